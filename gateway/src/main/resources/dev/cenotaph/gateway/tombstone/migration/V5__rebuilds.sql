-- How far the rebuild of a collection's index has come; one row a collection, kept when it is over.
CREATE TABLE rebuild (
    resource    TEXT   NOT NULL,
    parents     TEXT   NOT NULL,
    state       TEXT   NOT NULL, -- RUNNING, DONE, FAILED, STOPPED
    next_page   TEXT,            -- the URL of the page that is read next; null when there is none
    pages       BIGINT NOT NULL,
    trashed     BIGINT NOT NULL, -- items seen so
    live        BIGINT NOT NULL,
    unreadable  BIGINT NOT NULL, -- rows that did not tell which item they are, or what state it is in
    learned     BIGINT NOT NULL, -- of those seen, how many the index did not know so
    failure     TEXT,
    start_time  BIGINT NOT NULL,
    change_time BIGINT NOT NULL,
    owner       TEXT   NOT NULL, -- the process at work
    lease_until BIGINT NOT NULL,
    request_id  TEXT   NOT NULL,
    PRIMARY KEY (resource, parents)
);
