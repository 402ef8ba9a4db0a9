-- Keys are compared byte by byte, as SQLite does. A database's own collation may change with the operating system's
-- libraries, and an index built under the old one then lets a key in twice.
ALTER TABLE tombstone
    ALTER COLUMN resource TYPE TEXT COLLATE "C",
    ALTER COLUMN parents TYPE TEXT COLLATE "C",
    ALTER COLUMN id TYPE TEXT COLLATE "C",
    ALTER COLUMN state TYPE TEXT COLLATE "C";
