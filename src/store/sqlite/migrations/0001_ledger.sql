-- The ledger: append-only, each entry chained to the one before it. It is the audit trail and the change feed.

CREATE TABLE ledger (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    learned_at  INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action IN ('create', 'revise', 'withdraw', 'confirm')),
    kind        TEXT NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    digest      BLOB NOT NULL CHECK (length(digest) = 32),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE fires no DELETE trigger: an entry may only come after the last one.
CREATE TRIGGER ledger_is_only_appended BEFORE INSERT ON ledger
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Bodies lie beside the ledger, so that they can be destroyed while the chain still verifies.
CREATE TABLE ledger_body (
    sequence INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    salt     BLOB NOT NULL CHECK (length(salt) = 16),
    code     TEXT NOT NULL,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    body     TEXT NOT NULL,
    reason   TEXT
) STRICT;

-- An answer that was given to a keyed request, so that a retry gets the same one.
CREATE TABLE idempotency (
    actor       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    written     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;
