-- Who may read and write: tokens for programs, users with sessions for people, and what was changed about them.

CREATE TABLE token_of_people (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('viewer', 'partner', 'coordinator', 'analyst', 'admin', 'auditor')),
    level        TEXT NOT NULL CHECK (level IN ('public', 'internal', 'confidential', 'strictly_confidential')),
    organisation TEXT CHECK (role <> 'partner' OR organisation IS NOT NULL),
    secret_hash  BLOB NOT NULL CHECK (length(secret_hash) = 32),
    -- 0: not yet hashed with the key that lies outside this file; the program does that when it starts.
    keyed        INTEGER NOT NULL CHECK (keyed IN (0, 1)),
    created_at   INTEGER NOT NULL,
    created_by   TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER
) STRICT, WITHOUT ROWID;

-- Tokens of before go on working: with what their role could do, and for a year at most.
INSERT INTO token_of_people
SELECT id, name, role,
       CASE role WHEN 'viewer' THEN 'internal' WHEN 'coordinator' THEN 'confidential' ELSE 'strictly_confidential' END,
       NULL, secret_hash, 0, created_at, 'an earlier Passage',
       min(coalesce(expires_at, 9000000000000000), (unixepoch() + 366 * 86400) * 1000), revoked_at
  FROM token;

DROP TABLE token;
ALTER TABLE token_of_people RENAME TO token;

CREATE TABLE user (
    id                   TEXT PRIMARY KEY,
    login                TEXT NOT NULL UNIQUE,
    name                 TEXT NOT NULL,
    role                 TEXT NOT NULL CHECK (role IN ('viewer', 'partner', 'coordinator', 'analyst', 'admin', 'auditor')),
    level                TEXT NOT NULL CHECK (level IN ('public', 'internal', 'confidential', 'strictly_confidential')),
    organisation         TEXT CHECK (role <> 'partner' OR organisation IS NOT NULL),
    password_hash        TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
    created_at           INTEGER NOT NULL,
    created_by           TEXT NOT NULL,
    expires_at           INTEGER,
    disabled_at          INTEGER
) STRICT, WITHOUT ROWID;

-- A session that ended is gone.
CREATE TABLE session (
    id          TEXT PRIMARY KEY,
    user        TEXT NOT NULL REFERENCES user (id),
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    browser     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_user ON session (user);

-- How often a name or an address was given with a wrong password. The subject is a keyed hash: people type passwords
-- where a name belongs.
CREATE TABLE login_failure (
    subject      BLOB PRIMARY KEY CHECK (length(subject) = 32),
    wrong        INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    last_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was changed about tokens and people, by whom, when: for the auditor.
CREATE TABLE account_change (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL CHECK (subject IN ('token', 'user')),
    id          TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;

CREATE TRIGGER account_change_is_never_changed BEFORE UPDATE ON account_change
BEGIN SELECT RAISE(ABORT, 'what was changed about accounts is append-only'); END;

CREATE TRIGGER account_change_is_never_shortened BEFORE DELETE ON account_change
BEGIN SELECT RAISE(ABORT, 'what was changed about accounts is append-only'); END;

CREATE TRIGGER account_change_is_only_appended BEFORE INSERT ON account_change
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM account_change)
BEGIN SELECT RAISE(ABORT, 'what was changed about accounts is append-only'); END;
