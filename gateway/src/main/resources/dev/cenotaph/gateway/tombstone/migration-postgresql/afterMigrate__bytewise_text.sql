-- Text is compared byte by byte in every table, as SQLite does, and alike in all of them, so that a join finds their indexes. A
-- database's own collation may change with the operating system's libraries, and an index built under the old one then
-- lets a key in twice.
DO $$
DECLARE
    found RECORD;
BEGIN
    FOR found IN
        SELECT table_name, columns.column_name
        FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = current_schema()
            AND tables.table_type = 'BASE TABLE'
            AND columns.data_type = 'text'
            AND columns.collation_name IS DISTINCT FROM 'C'
        ORDER BY table_name, columns.ordinal_position
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"', found.table_name, found.column_name);
    END LOOP;
END $$;
