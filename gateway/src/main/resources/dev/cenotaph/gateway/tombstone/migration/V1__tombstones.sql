-- Plain SQL for every engine: TEXT and BIGINT, times in milliseconds since 1970-01-01T00:00:00Z.

-- One row. Every change of a tombstone takes the next revision inside its own transaction, first of all its statements.
-- The row is thereby locked until the end of that transaction, so revisions become visible in their order and without
-- gaps, on SQLite (one writer) as on PostgreSQL (row lock): who has read up to a revision has missed nothing before it.
-- swept: no forgotten tombstone at or below this revision is left to read; who has read less far loads anew.
CREATE TABLE revision (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    latest   BIGINT NOT NULL,
    swept    BIGINT NOT NULL
);
INSERT INTO revision (only_row, latest, swept) VALUES (1, 0, 0);

-- A tombstone that is forgotten keeps its row, in the state FORGOTTEN, until it is swept: others read on by revision and
-- must see that it went; an answer of the upstream that is older must not bring it back; its version goes on counting.
CREATE TABLE tombstone (
    resource       TEXT   NOT NULL,
    parents        TEXT   NOT NULL, -- each followed by a slash, see KeyText
    id             TEXT   NOT NULL,
    state          TEXT   NOT NULL, -- PENDING, TRASHED, RESTORING, PURGING, FORGOTTEN
    version        BIGINT NOT NULL,
    revision       BIGINT NOT NULL,
    delete_time    BIGINT NOT NULL,
    purge_time     BIGINT,
    deletion_id    TEXT   NOT NULL,
    actor          TEXT,
    former         TEXT,
    lease_until    BIGINT,          -- of PENDING, RESTORING, PURGING
    change_time    BIGINT NOT NULL, -- of the last change, as are the following
    request_id     TEXT   NOT NULL,
    policy_version TEXT   NOT NULL,
    PRIMARY KEY (resource, parents, id)
);
CREATE UNIQUE INDEX tombstone_by_revision ON tombstone (revision);
CREATE INDEX tombstone_trash ON tombstone (resource, parents, delete_time DESC, id)
    WHERE state IN ('TRASHED', 'RESTORING', 'PURGING');
CREATE INDEX tombstone_forgotten ON tombstone (revision) WHERE state = 'FORGOTTEN';

-- One line for each change of state, written in its transaction.
CREATE TABLE audit (
    revision       BIGINT NOT NULL PRIMARY KEY,
    time           BIGINT NOT NULL,
    action         TEXT   NOT NULL,
    resource       TEXT   NOT NULL,
    parents        TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    deletion_id    TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    from_state     TEXT,            -- null where there was no tombstone
    to_state       TEXT   NOT NULL,
    reason         TEXT,
    actor          TEXT,
    request_id     TEXT   NOT NULL,
    policy_version TEXT   NOT NULL
);
