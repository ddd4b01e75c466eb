-- What keeps the data safe: which deployment this is, what was purged, what upkeep was done.

-- The name that checkpoints and backups carry, so that another deployment's is never taken for ours.
CREATE TABLE deployment (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  BLOB NOT NULL CHECK (length(id) = 16)
) STRICT;
INSERT INTO deployment (one, id) VALUES (1, randomblob(16));

-- The checkpoint of the ledger that went out with a report; part of the report as it was made.
ALTER TABLE report ADD COLUMN checkpoint TEXT;

-- Records whose bodies were destroyed. Of the code only a hash is left: whoever has the code learns that it
-- was purged, and nobody learns the code.
CREATE TABLE purged (
    sequence  INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    kind      TEXT NOT NULL,
    id        BLOB NOT NULL CHECK (length(id) = 16),
    code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
    versions  INTEGER NOT NULL CHECK (versions > 0),
    -- Who could see it, and so may know that it was there.
    level     INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3)
) STRICT;
CREATE INDEX purged_closed ON purged (kind, level) WHERE level > 1;
CREATE INDEX purged_id ON purged (kind, id);
CREATE INDEX purged_code ON purged (code_hash);

-- When a regular duty was last tried and last done: backup, retention, verify; and rewrite, which a purge leaves to be
-- done.
CREATE TABLE upkeep (
    task     TEXT PRIMARY KEY,
    tried_at INTEGER NOT NULL,
    done_at  INTEGER,
    detail   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
