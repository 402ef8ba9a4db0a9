-- Former bodies of items, kept for a restore (SNAPSHOT) or for reading (REVISION). Numbers count from 1 for each item and kind;
-- the newest is never dropped alone, so none is given twice while any is left.
CREATE TABLE body (
    resource     TEXT   NOT NULL,
    parents      TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL, -- SNAPSHOT, REVISION
    number       BIGINT NOT NULL,
    store_time   BIGINT NOT NULL,
    deletion_id  TEXT,            -- of the deletion that it was kept for
    actor        TEXT,
    content_type TEXT,
    entity_tag   TEXT,            -- the upstream's own, strong
    key_id       TEXT,            -- null: the content lies in the clear
    checksum     TEXT   NOT NULL, -- SHA-256 over the other columns and the content as it lies here
    size         BIGINT NOT NULL, -- of the body, in bytes
    content      TEXT   NOT NULL, -- Base64; under a key: 12 bytes of nonce, the cipher text, 16 bytes of tag
    PRIMARY KEY (resource, parents, id, kind, number)
);

-- What a restore from a snapshot sent, durable before it is sent. Without an answer nobody knows whether it took effect, and
-- what created an item once must not create it twice. Kept where the item got another id: who asks for the old one is sent there.
CREATE TABLE recreation (
    resource    TEXT   NOT NULL,
    parents     TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    deletion_id TEXT   NOT NULL,
    sent_time   BIGINT NOT NULL,
    new_id      TEXT,            -- null: not known to have taken effect
    PRIMARY KEY (resource, parents, id)
);
