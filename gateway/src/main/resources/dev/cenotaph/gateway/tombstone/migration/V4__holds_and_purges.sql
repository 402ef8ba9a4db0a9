-- While a hold stands, nothing deletes the item for good, whether it is trashed or live. Set and lifted in turn with the
-- changes of tombstones: each takes the next revision, for its line in the audit.
CREATE TABLE hold (
    resource   TEXT   NOT NULL,
    parents    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    actor      TEXT,
    set_time   BIGINT NOT NULL,
    request_id TEXT   NOT NULL,
    PRIMARY KEY (resource, parents, id)
);

-- What could not be purged, and when it is tried again.
CREATE TABLE purge_failure (
    resource   TEXT   NOT NULL,
    parents    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    failures   BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    not_before BIGINT NOT NULL,
    PRIMARY KEY (resource, parents, id)
);
CREATE INDEX purge_failure_by_time ON purge_failure (not_before);

CREATE INDEX tombstone_due ON tombstone (resource, purge_time) WHERE state = 'TRASHED' AND purge_time IS NOT NULL;
