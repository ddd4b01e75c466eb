-- What a message says lies in a table of its own: it can be large, and is neither read where many are listed nor
-- written anew where an attempt is noted. What is decided not to be sent has a state of its own.
CREATE TABLE delivery_next (
    -- The order in which they were made.
    made       INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    recipient  TEXT NOT NULL,
    channel    TEXT NOT NULL CHECK (channel IN ('email', 'webhook', 'folder')),
    address    TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    made_at    INTEGER NOT NULL,
    -- What it brings: a report, else alerts.
    schedule   TEXT,
    period_end INTEGER,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'dismissed')),
    attempts   INTEGER NOT NULL CHECK (attempts >= 0),
    -- When it is tried next, while it waits.
    next_at    INTEGER,
    tried_at   INTEGER,
    done_at    INTEGER,
    problem    TEXT,
    CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
    CHECK ((schedule IS NULL) = (period_end IS NULL))
) STRICT;
INSERT INTO delivery_next (made, id, recipient, channel, address, file_name, level, made_at, schedule, period_end,
                           state, attempts, next_at, tried_at, done_at, problem)
    SELECT rowid, id, recipient, channel, address, file_name, level, made_at, schedule, period_end,
           state, attempts, next_at, tried_at, done_at, problem FROM delivery;

-- It goes with its message.
CREATE TABLE delivery_content (
    delivery BLOB PRIMARY KEY REFERENCES delivery (id) ON DELETE CASCADE,
    payload  BLOB NOT NULL
) STRICT;
INSERT INTO delivery_content (delivery, payload) SELECT id, payload FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_next RENAME TO delivery;

CREATE INDEX delivery_waiting ON delivery (recipient, made) WHERE state = 'waiting';
CREATE INDEX delivery_failed ON delivery (recipient, level) WHERE state = 'failed';
CREATE INDEX delivery_made ON delivery (made_at, id);
CREATE INDEX delivery_state ON delivery (state, made_at, id);
CREATE INDEX delivery_recipient ON delivery (recipient, made_at, id);
CREATE INDEX delivery_level ON delivery (level, state);
CREATE INDEX delivery_report ON delivery (schedule, period_end) WHERE schedule IS NOT NULL;

-- One more thing that people do and the ledger keeps: that a message is not sent.
CREATE TABLE ledger_next (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    learned_at  INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action IN ('create', 'revise', 'withdraw', 'confirm', 'lower', 'export', 'purge', 'dismiss')),
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
