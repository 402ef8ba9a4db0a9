-- Whose request a snapshot was kept for: a salted hash of who he is, so that he alone is known again. Null where nobody knows.
ALTER TABLE body ADD COLUMN caller TEXT;
