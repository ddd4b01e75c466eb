-- Records that were found to be the same: the one that goes is withdrawn, and its code stands for the one that stays.
ALTER TABLE area ADD COLUMN merged_into TEXT;
ALTER TABLE convoy ADD COLUMN merged_into TEXT;
ALTER TABLE source ADD COLUMN merged_into TEXT;
CREATE INDEX area_merged ON area (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX convoy_merged ON convoy (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX source_merged ON source (merged_into) WHERE merged_into IS NOT NULL;

-- All codes that stand for the same area as this one does, beside its own.
CREATE VIEW area_same (code, other) AS
    SELECT code, merged_into FROM area WHERE retired_by IS NULL AND merged_into IS NOT NULL
    UNION ALL
    SELECT merged_into, code FROM area WHERE retired_by IS NULL AND merged_into IS NOT NULL
    UNION ALL
    SELECT one.code, two.code FROM area one JOIN area two ON two.merged_into = one.merged_into AND two.code <> one.code
     WHERE one.retired_by IS NULL AND two.retired_by IS NULL AND one.merged_into IS NOT NULL;

-- Four more things that people do and the ledger keeps: that records were found to be the same, and that they are not;
-- that a file is attached to a record (0015), and that it is taken back.
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
