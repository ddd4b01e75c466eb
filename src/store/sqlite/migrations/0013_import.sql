-- Imports of files: who brought in what, what came of it, and where in the ledger it stands, so that it can be undone.

CREATE TABLE import (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    actor        TEXT NOT NULL,
    -- The key of the request and a fingerprint of what it asked: the same request is the same import.
    key          TEXT,
    fingerprint  BLOB CHECK ((fingerprint IS NULL) = (key IS NULL)),
    state        TEXT NOT NULL CHECK (state IN ('running', 'tried', 'committed', 'refused', 'undone', 'expired')),
    -- Who may know of it beside who made it: whoever may see the most closed of its records.
    level        INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    begun_at     INTEGER NOT NULL,
    ended_at     INTEGER,
    -- Until when the files of one that was only tried are kept.
    kept_until   INTEGER,
    -- How it was asked for, which files, and what came of them: JSON.
    asked        TEXT NOT NULL,
    files        TEXT NOT NULL,
    report       TEXT NOT NULL,
    undone_at    INTEGER CHECK ((undone_at IS NULL) = (state <> 'undone')),
    undone_by    TEXT CHECK ((undone_by IS NULL) = (undone_at IS NULL)),
    undo_reason  TEXT CHECK ((undo_reason IS NULL) = (undone_at IS NULL)),
    -- The entries of the undoing; none where nothing was left to undo.
    undone_first INTEGER REFERENCES ledger (sequence),
    undone_last  INTEGER REFERENCES ledger (sequence)
                 CHECK ((undone_last IS NULL) = (undone_first IS NULL) AND (undone_last IS NULL OR undone_last >= undone_first))
) STRICT;
CREATE UNIQUE INDEX import_key ON import (actor, key) WHERE key IS NOT NULL;
CREATE INDEX import_newest ON import (begun_at DESC, id);

-- The entries that an import wrote: one span for each of its transactions, nobody else's entry in it.
CREATE TABLE import_span (
    first_sequence INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    last_sequence  INTEGER NOT NULL REFERENCES ledger (sequence) CHECK (last_sequence >= first_sequence),
    import         BLOB NOT NULL REFERENCES import (id)
) STRICT;
CREATE INDEX import_span_of ON import_span (import);
