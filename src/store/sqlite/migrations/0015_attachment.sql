-- Files attached to records: a waybill, a photo, a letter. They lie in this file, so that whoever copies, restores, purges or
-- wipes it has them all.

CREATE TABLE attachment (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind         TEXT NOT NULL,
    record       BLOB NOT NULL CHECK (length(record) = 16),
    name         TEXT NOT NULL,
    note         TEXT,
    media_type   TEXT NOT NULL,
    bytes        INTEGER NOT NULL CHECK (bytes > 0),
    -- BLAKE3 of what is kept, and of what was sent: what pictures tell of where they were taken is not kept.
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    sent_digest  BLOB NOT NULL CHECK (length(sent_digest) = 32),
    -- The entries of the ledger by which it was attached and withdrawn.
    sequence     INTEGER NOT NULL UNIQUE REFERENCES ledger (sequence),
    withdrawn_by INTEGER UNIQUE REFERENCES ledger (sequence)
) STRICT;
CREATE UNIQUE INDEX attachment_once ON attachment (kind, record, digest) WHERE withdrawn_by IS NULL;
CREATE INDEX attachment_of ON attachment (kind, record, sequence);

CREATE TABLE attachment_content (
    attachment BLOB PRIMARY KEY REFERENCES attachment (id),
    content    BLOB NOT NULL
) STRICT;

-- Two more things that people do and the ledger keeps: that a file is attached to a record, and that it is taken back.
CREATE TABLE ledger_next (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    learned_at  INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action IN ('create', 'revise', 'withdraw', 'confirm', 'lower', 'export', 'purge', 'dismiss',
                                                'merge', 'unmerge', 'attach', 'detach')),
    kind        TEXT NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    digest      BLOB NOT NULL CHECK (length(digest) = 32),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO ledger_next SELECT * FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_next RENAME TO ledger;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE fires no DELETE trigger: an entry may only come after the last one.
CREATE TRIGGER ledger_is_only_appended BEFORE INSERT ON ledger
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE INDEX ledger_exports ON ledger (sequence) WHERE action = 'export';
