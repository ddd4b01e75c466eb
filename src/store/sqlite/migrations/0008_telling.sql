-- Who is told, when reports are made, when alerts are not sent; what became of alerts, and what is to be delivered.
-- The first three have the same columns as every kind of record has.

CREATE TABLE recipient (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    channel     TEXT CHECK (channel IN ('email', 'webhook', 'folder')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL)),
    owner       TEXT,
    seen_from   INTEGER NOT NULL CHECK (seen_from BETWEEN 0 AND 3),
    place_from  INTEGER NOT NULL CHECK (place_from BETWEEN 0 AND 3),
    whole_from  INTEGER NOT NULL CHECK (whole_from BETWEEN 0 AND 3),
    embargo_until INTEGER,
    small       INTEGER NOT NULL CHECK (small BETWEEN 0 AND 2)
) STRICT;
CREATE UNIQUE INDEX recipient_current_code ON recipient (code) WHERE retired_by IS NULL;
CREATE INDEX recipient_id ON recipient (id);
CREATE INDEX recipient_happened_at ON recipient (happened_at);
CREATE INDEX recipient_closed ON recipient (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX recipient_small ON recipient (small) WHERE small > 0;

CREATE TABLE schedule (
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
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL)),
    owner       TEXT,
    seen_from   INTEGER NOT NULL CHECK (seen_from BETWEEN 0 AND 3),
    place_from  INTEGER NOT NULL CHECK (place_from BETWEEN 0 AND 3),
    whole_from  INTEGER NOT NULL CHECK (whole_from BETWEEN 0 AND 3),
    embargo_until INTEGER,
    small       INTEGER NOT NULL CHECK (small BETWEEN 0 AND 2)
) STRICT;
CREATE UNIQUE INDEX schedule_current_code ON schedule (code) WHERE retired_by IS NULL;
CREATE INDEX schedule_id ON schedule (id);
CREATE INDEX schedule_happened_at ON schedule (happened_at);
CREATE INDEX schedule_closed ON schedule (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX schedule_small ON schedule (small) WHERE small > 0;

CREATE TABLE silence (
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
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL)),
    owner       TEXT,
    seen_from   INTEGER NOT NULL CHECK (seen_from BETWEEN 0 AND 3),
    place_from  INTEGER NOT NULL CHECK (place_from BETWEEN 0 AND 3),
    whole_from  INTEGER NOT NULL CHECK (whole_from BETWEEN 0 AND 3),
    embargo_until INTEGER,
    small       INTEGER NOT NULL CHECK (small BETWEEN 0 AND 2)
) STRICT;
CREATE UNIQUE INDEX silence_current_code ON silence (code) WHERE retired_by IS NULL;
CREATE INDEX silence_id ON silence (id);
CREATE INDEX silence_happened_at ON silence (happened_at);
CREATE INDEX silence_closed ON silence (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX silence_small ON silence (small) WHERE small > 0;

-- An alert from when it was raised until it was resolved, computed from what readers of one level may know.
CREATE TABLE alert_episode (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    key         TEXT NOT NULL,
    number      INTEGER NOT NULL CHECK (number > 0),
    rule        TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    gravest     TEXT NOT NULL CHECK (gravest IN ('low', 'medium', 'high', 'critical')),
    -- The alert as it is, or was at its end, JSON.
    body        TEXT NOT NULL,
    raised_at   INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    resolved_at INTEGER,
    acknowledged_at   INTEGER,
    acknowledged_by   TEXT,
    acknowledged_note TEXT,
    -- The silence that keeps it quiet, and the alert that mutes it.
    silenced_by TEXT,
    muted_by    TEXT,
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alert_episode_open ON alert_episode (level, key) WHERE resolved_at IS NULL;
CREATE UNIQUE INDEX alert_episode_number ON alert_episode (level, key, number);
CREATE INDEX alert_episode_raised ON alert_episode (level, raised_at);

-- What happened to it, in order.
CREATE TABLE alert_event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    episode  BLOB NOT NULL REFERENCES alert_episode (id),
    at       INTEGER NOT NULL,
    step     TEXT NOT NULL,
    severity TEXT NOT NULL,
    -- How grave it was before, where that changed.
    was      TEXT,
    actor    TEXT,
    note     TEXT
) STRICT;
CREATE INDEX alert_event_episode ON alert_event (episode);

-- The records that an episode speaks of: it is shown to who may see them all, and goes when one is purged.
CREATE TABLE alert_names (
    episode BLOB NOT NULL REFERENCES alert_episode (id),
    kind    TEXT NOT NULL,
    code    TEXT NOT NULL,
    PRIMARY KEY (episode, kind, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_names_code ON alert_names (kind, code);

-- Who was told of which episode, how grave it was then, and under which delivery the thread began.
CREATE TABLE alert_told (
    episode   BLOB NOT NULL REFERENCES alert_episode (id),
    recipient TEXT NOT NULL,
    severity  TEXT NOT NULL,
    first_at  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    thread    BLOB NOT NULL CHECK (length(thread) = 16),
    -- Was its end told?
    is_over   INTEGER NOT NULL CHECK (is_over IN (0, 1)),
    PRIMARY KEY (episode, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_told_open ON alert_told (episode) WHERE is_over = 0;

-- A report has a copy for each of its recipients, of what that one may know and compared with what that one had last.
-- The copy of nobody lies in the folder of reports.
CREATE TABLE report_next (
    schedule   TEXT NOT NULL,
    period_end INTEGER NOT NULL,
    recipient  TEXT NOT NULL,
    language   TEXT NOT NULL CHECK (language IN ('en', 'ar', 'fr')),
    as_of      INTEGER NOT NULL,
    known_at   INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    clearance  INTEGER NOT NULL CHECK (clearance BETWEEN 0 AND 3),
    body       TEXT NOT NULL,
    checkpoint TEXT,
    PRIMARY KEY (schedule, period_end, recipient)
) STRICT, WITHOUT ROWID;
INSERT INTO report_next (schedule, period_end, recipient, language, as_of, known_at, made_at, clearance, body, checkpoint)
    SELECT schedule, period_end, '', 'en', as_of, known_at, made_at, clearance, body, checkpoint FROM report;
DROP TABLE report;
ALTER TABLE report_next RENAME TO report;

-- A report exactly as it was sent.
CREATE TABLE report_file (
    schedule   TEXT NOT NULL,
    period_end INTEGER NOT NULL,
    recipient  TEXT NOT NULL,
    format     TEXT NOT NULL CHECK (format IN ('html', 'text', 'xlsx', 'json')),
    content    BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX report_file_of ON report_file (schedule, period_end, recipient, format);

-- What is to be delivered: made whole, and kept before it is sent. Every attempt sends the same bytes.
CREATE TABLE delivery (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    recipient  TEXT NOT NULL,
    channel    TEXT NOT NULL CHECK (channel IN ('email', 'webhook', 'folder')),
    address    TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    payload    BLOB NOT NULL,
    level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    made_at    INTEGER NOT NULL,
    -- What it brings: a report, else alerts.
    schedule   TEXT,
    period_end INTEGER,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts   INTEGER NOT NULL CHECK (attempts >= 0),
    -- When it is tried next, while it waits.
    next_at    INTEGER,
    tried_at   INTEGER,
    done_at    INTEGER,
    problem    TEXT,
    CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
    CHECK ((schedule IS NULL) = (period_end IS NULL))
) STRICT;
CREATE INDEX delivery_waiting ON delivery (next_at) WHERE state = 'waiting';
CREATE INDEX delivery_state ON delivery (state, made_at);
CREATE INDEX delivery_report ON delivery (schedule, period_end) WHERE schedule IS NOT NULL;

-- The episodes that a delivery tells of.
CREATE TABLE delivery_alert (
    delivery BLOB NOT NULL REFERENCES delivery (id),
    episode  BLOB NOT NULL REFERENCES alert_episode (id),
    PRIMARY KEY (delivery, episode)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_alert_episode ON delivery_alert (episode);
