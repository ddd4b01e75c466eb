-- How trucks reach an area, and allocations that were kept. The same columns as every kind of record has.

CREATE TABLE logistics (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX logistics_current_code ON logistics (code) WHERE retired_by IS NULL;
CREATE INDEX logistics_id ON logistics (id);
CREATE INDEX logistics_happened_at ON logistics (happened_at);

CREATE TABLE plan (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX plan_current_code ON plan (code) WHERE retired_by IS NULL;
CREATE INDEX plan_id ON plan (id);
CREATE INDEX plan_happened_at ON plan (happened_at);
