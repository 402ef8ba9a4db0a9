-- A change of many items that takes longer than a client waits: who asked for it, and who is at work on it.
CREATE TABLE many_job (
    id          TEXT   NOT NULL PRIMARY KEY,
    resource    TEXT   NOT NULL,
    parents     TEXT   NOT NULL,
    change      TEXT   NOT NULL, -- RESTORE, PURGE
    caller      TEXT   NOT NULL, -- a hash of the credentials; they themselves are never kept
    start_time  BIGINT NOT NULL,
    change_time BIGINT NOT NULL,
    owner       TEXT   NOT NULL, -- the process at work
    lease_until BIGINT NOT NULL
);

-- What came of each item of it.
CREATE TABLE many_job_item (
    job    TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    status INTEGER,          -- null as long as it is to be done
    detail TEXT,             -- what went wrong, as JSON
    PRIMARY KEY (job, id)
);
