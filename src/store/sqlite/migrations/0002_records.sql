-- Every kind of record has a table of versions. The body itself lies beside the ledger (ledger_body);
-- here are the columns that lists are filtered and sorted by. Times are milliseconds since 1970, UTC.
-- masked_lon, masked_lat: the position that readers below the record's level are answered from.

CREATE TABLE mention (
    target_kind TEXT NOT NULL,
    target_code TEXT NOT NULL,
    kind        TEXT NOT NULL,
    version     INTEGER NOT NULL REFERENCES ledger (sequence),
    PRIMARY KEY (target_kind, target_code, kind, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
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
CREATE UNIQUE INDEX source_current_code ON source (code) WHERE retired_by IS NULL;
CREATE INDEX source_id ON source (id);
CREATE INDEX source_happened_at ON source (happened_at);

CREATE TABLE organisation (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    org_type    TEXT,
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX organisation_current_code ON organisation (code) WHERE retired_by IS NULL;
CREATE INDEX organisation_id ON organisation (id);
CREATE INDEX organisation_happened_at ON organisation (happened_at);

CREATE TABLE party (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    role        TEXT CHECK (role IN ('state', 'non_state_armed_group', 'third_state', 'international', 'local', 'other')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX party_current_code ON party (code) WHERE retired_by IS NULL;
CREATE INDEX party_id ON party (id);
CREATE INDEX party_happened_at ON party (happened_at);

CREATE TABLE area (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    pcode       TEXT,
    country     TEXT,
    admin1_pcode TEXT,
    admin2_pcode TEXT,
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX area_current_code ON area (code) WHERE retired_by IS NULL;
CREATE INDEX area_id ON area (id);
CREATE INDEX area_happened_at ON area (happened_at);
CREATE INDEX area_masked_place ON area (masked_lat, masked_lon);

CREATE TABLE area_group (
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
CREATE UNIQUE INDEX area_group_current_code ON area_group (code) WHERE retired_by IS NULL;
CREATE INDEX area_group_id ON area_group (id);
CREATE INDEX area_group_happened_at ON area_group (happened_at);

CREATE TABLE facility (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    facility_type TEXT CHECK (facility_type IN ('hospital', 'clinic', 'bakery', 'warehouse', 'water_station', 'crossing', 'checkpoint', 'supply_route', 'school', 'other')),
    functioning TEXT CHECK (functioning IN ('working', 'partly', 'not_working')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX facility_current_code ON facility (code) WHERE retired_by IS NULL;
CREATE INDEX facility_id ON facility (id);
CREATE INDEX facility_happened_at ON facility (happened_at);
CREATE INDEX facility_masked_place ON facility (masked_lat, masked_lon);

CREATE TABLE status (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    scheme      TEXT CHECK (scheme IN ('un', 'siege_watch', 'press', 'own')),
    status      TEXT CHECK (status IN ('besieged', 'hard_to_reach', 'watchlist', 'accessible', 'evacuated', 'delisted')),
    tier        INTEGER,
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX status_current_code ON status (code) WHERE retired_by IS NULL;
CREATE INDEX status_id ON status (id);
CREATE INDEX status_happened_at ON status (happened_at);

CREATE TABLE population (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    metric      TEXT CHECK (metric IN ('residents', 'besieged', 'hard_to_reach', 'besieged_and_hard_to_reach', 'watchlist', 'trapped', 'in_need', 'assisted')),
    scheme      TEXT CHECK (scheme IN ('un', 'siege_watch', 'press', 'own')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX population_current_code ON population (code) WHERE retired_by IS NULL;
CREATE INDEX population_id ON population (id);
CREATE INDEX population_happened_at ON population (happened_at);

CREATE TABLE convoy (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    stage       TEXT CHECK (stage IN ('planned', 'requested', 'approved', 'denied', 'loaded', 'departed', 'at_checkpoint', 'entered', 'offloaded', 'completed', 'postponed', 'cancelled', 'turned_back', 'attacked', 'looted', 'closed_with_loss')),
    mode        TEXT CHECK (mode IN ('cross_line', 'cross_border', 'airdrop', 'airlift', 'local_distribution')),
    convoy_type TEXT CHECK (convoy_type IN ('aid', 'mission')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX convoy_current_code ON convoy (code) WHERE retired_by IS NULL;
CREATE INDEX convoy_id ON convoy (id);
CREATE INDEX convoy_happened_at ON convoy (happened_at);
CREATE INDEX convoy_stage ON convoy (stage, happened_at);

CREATE TABLE pause (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    pause_type  TEXT CHECK (pause_type IN ('requested', 'announced', 'ceasefire', 'cessation_of_hostilities', 'corridor', 'evacuation', 'endorsement')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX pause_current_code ON pause (code) WHERE retired_by IS NULL;
CREATE INDEX pause_id ON pause (id);
CREATE INDEX pause_happened_at ON pause (happened_at);

CREATE TABLE access_request (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    answer      TEXT CHECK (answer IN ('approved', 'approved_with_conditions', 'partly_approved', 'denied', 'no_answer', 'pending')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX access_request_current_code ON access_request (code) WHERE retired_by IS NULL;
CREATE INDEX access_request_id ON access_request (id);
CREATE INDEX access_request_happened_at ON access_request (happened_at);

CREATE TABLE stock (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    stock_type  TEXT CHECK (stock_type IN ('stock', 'inflow', 'ration')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX stock_current_code ON stock (code) WHERE retired_by IS NULL;
CREATE INDEX stock_id ON stock (id);
CREATE INDEX stock_happened_at ON stock (happened_at);

CREATE TABLE incident (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    incident_type TEXT CHECK (incident_type IN ('health_facility_hit', 'health_facility_near_hit', 'bakery_hit', 'water_station_hit', 'warehouse_hit', 'convoy_attacked', 'convoy_fired_on', 'convoy_looted', 'convoy_obstructed', 'aid_vehicle_fired_on', 'aid_worker_attacked', 'shelling', 'shelling_at_distribution', 'air_strike', 'hostilities', 'chemical_attack_alleged', 'starvation_deaths', 'supply_route_cut', 'medical_evacuation', 'evacuation', 'pause_violation', 'other')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX incident_current_code ON incident (code) WHERE retired_by IS NULL;
CREATE INDEX incident_id ON incident (id);
CREATE INDEX incident_happened_at ON incident (happened_at);

CREATE TABLE observation (
    version     INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 80),
    happened_at INTEGER,
    sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 3),
    lon         REAL CHECK (lon BETWEEN -180 AND 180),
    lat         REAL CHECK (lat BETWEEN -90 AND 90),
    masked_lon  REAL CHECK (masked_lon BETWEEN -180 AND 180),
    masked_lat  REAL CHECK (masked_lat BETWEEN -90 AND 90),
    topic       TEXT CHECK (topic IN ('price', 'run_out_statement', 'stock_statement', 'stock_expiry', 'cumulative_reached', 'delivery_baseline', 'convoy_plan_result', 'convoy_delayed', 'checkpoint_delay', 'items_removed', 'access_failed', 'access_refused', 'time_since_last_aid', 'medical_evacuation_need', 'unmet_need', 'suspension', 'diplomatic_event', 'other')),
    summary     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    learned_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    retired_by  INTEGER REFERENCES ledger (sequence),
    retired_at  INTEGER CHECK ((retired_by IS NULL) = (retired_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX observation_current_code ON observation (code) WHERE retired_by IS NULL;
CREATE INDEX observation_id ON observation (id);
CREATE INDEX observation_happened_at ON observation (happened_at);
