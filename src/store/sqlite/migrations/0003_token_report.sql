-- Who may read and write, and what was reported.

CREATE TABLE token (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('viewer', 'coordinator', 'admin')),
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    revoked_at  INTEGER
) STRICT;

-- A report as it was made: one for each schedule and period, never made twice.
CREATE TABLE report (
    schedule   TEXT NOT NULL,
    period_end INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    known_at   INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (schedule, period_end)
) STRICT, WITHOUT ROWID;
