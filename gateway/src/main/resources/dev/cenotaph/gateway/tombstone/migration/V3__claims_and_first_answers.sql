-- What nobody works on any more is looked for every second.
CREATE INDEX tombstone_claimed ON tombstone (revision)
    WHERE state IN ('PENDING', 'RESTORING', 'PURGING');

-- What a request with an Idempotency-Key was answered the first time; without a status: not answered yet.
CREATE TABLE first_answer (
    scope       TEXT   NOT NULL PRIMARY KEY, -- a hash of the key and of who used it
    fingerprint TEXT   NOT NULL,             -- a hash of the request
    begin_time  BIGINT NOT NULL,             -- of the first attempt
    lease_until BIGINT NOT NULL,             -- until when an attempt is under way
    expire_time BIGINT NOT NULL,
    status      BIGINT,
    headers     TEXT,                        -- "name: value" lines
    body        TEXT                         -- Base64
);
CREATE INDEX first_answer_expiry ON first_answer (expire_time);
