-- What follows the item at the top: one row an item, while a cascade is under way and for as long as what it trashed may
-- come back.
CREATE TABLE cascade_sequence (
    resource       TEXT   NOT NULL, -- the item at the top
    parents        TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    deletion_id    TEXT   NOT NULL, -- that all its tombstones share
    kind           TEXT   NOT NULL, -- TRASH, RESTORE
    state          TEXT   NOT NULL, -- OPEN, DONE
    obstacle       TEXT,            -- why it did not get on, the last time
    attempts       BIGINT NOT NULL, -- since it got on
    start_time     BIGINT NOT NULL,
    owner          TEXT   NOT NULL, -- the process at work
    lease_until    BIGINT NOT NULL, -- of OPEN; then it is taken up again
    actor          TEXT,            -- who asked for it, as are the following
    request_id     TEXT   NOT NULL,
    policy_version TEXT   NOT NULL,
    PRIMARY KEY (resource, parents, id)
);
CREATE INDEX cascade_sequence_open ON cascade_sequence (lease_until) WHERE state = 'OPEN';
CREATE INDEX cascade_sequence_deletion ON cascade_sequence (deletion_id);

-- What is left to trash: collections to be walked, and items that could not be trashed when a walk met them. A step is
-- written before what makes it necessary, and stays until the cascade ends.
CREATE TABLE cascade_step (
    deletion_id TEXT   NOT NULL,
    resource    TEXT   NOT NULL,
    parents     TEXT   NOT NULL,
    id          TEXT   NOT NULL, -- empty for the collection
    state       TEXT   NOT NULL, -- OPEN, DONE
    next_page   TEXT,            -- the URL of the page that is read next; null for the first
    pages       BIGINT NOT NULL, -- of this walk
    changed     BIGINT NOT NULL, -- items that this walk trashed
    attempts    BIGINT NOT NULL,
    obstacle    TEXT,
    PRIMARY KEY (deletion_id, resource, parents, id)
);

CREATE INDEX tombstone_by_deletion ON tombstone (deletion_id) WHERE state <> 'FORGOTTEN';
