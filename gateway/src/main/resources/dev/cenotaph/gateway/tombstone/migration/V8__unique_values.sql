-- What trashed items held at their unique keys, as hashes: written with the deletion, dropped with the tombstone.
CREATE TABLE unique_value (
    resource   TEXT NOT NULL,
    parents    TEXT NOT NULL,
    id         TEXT NOT NULL,
    key_name   TEXT NOT NULL, -- a JSON Pointer
    value_hash TEXT NOT NULL, -- HMAC-SHA-256 of key and value under the salt
    PRIMARY KEY (resource, parents, id, key_name)
);
CREATE INDEX unique_value_by_hash ON unique_value (resource, parents, key_name, value_hash);

-- One row, made with the first value.
CREATE TABLE unique_salt (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    salt     TEXT   NOT NULL
);
