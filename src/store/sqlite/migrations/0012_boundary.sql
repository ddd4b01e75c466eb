-- Boundaries of administrative units: reference data of a publisher, no records. A release stays beside the one before.

CREATE TABLE boundary_import (
    id          INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    learned_at  INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    actor       TEXT NOT NULL,
    source      TEXT NOT NULL,
    -- Names and digests of the files, JSON.
    files       TEXT NOT NULL
) STRICT;

CREATE TABLE boundary (
    id            INTEGER PRIMARY KEY,
    import        INTEGER NOT NULL REFERENCES boundary_import (id),
    pcode         TEXT NOT NULL CHECK (length(pcode) BETWEEN 1 AND 20),
    level         INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
    country       TEXT NOT NULL,
    parent        TEXT CHECK ((parent IS NULL) = (level = 0)),
    names         TEXT NOT NULL,
    valid_from    TEXT NOT NULL,
    valid_to      TEXT CHECK (valid_to IS NULL OR valid_to >= valid_from),
    -- As published, and with fewer corners for drawing: WKB.
    outline       BLOB NOT NULL,
    display       BLOB NOT NULL,
    tolerance_m   REAL NOT NULL CHECK (tolerance_m >= 0),
    digest        BLOB NOT NULL CHECK (length(digest) = 32),
    learned_at    INTEGER NOT NULL,
    superseded_at INTEGER CHECK (superseded_at IS NULL OR superseded_at >= learned_at)
) STRICT;
CREATE UNIQUE INDEX boundary_current ON boundary (pcode, valid_from) WHERE superseded_at IS NULL;
CREATE INDEX boundary_of_import ON boundary (import);

-- Areas are looked for by the third level too.
ALTER TABLE area ADD COLUMN admin3_pcode TEXT;
UPDATE area SET admin3_pcode =
    (SELECT json_extract(b.body, '$.admin3_pcode') FROM ledger_body b WHERE b.sequence = area.version AND json_valid(b.body));
