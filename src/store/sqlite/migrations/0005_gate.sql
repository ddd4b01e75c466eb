-- What the gate knows of every version: to whom it belongs, from which level it is seen, its position, whole.
-- The columns hold the strictest answer until the gate has sealed the versions (`gate.sealed_by`).
-- seen_from: the level of the version, or of a later one, or of the area that it is about, whichever is highest.

CREATE TABLE gate (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    -- Moves the grid of masked positions. It lies beside the true positions, so it is no secret here.
    mask_key  BLOB NOT NULL CHECK (length(mask_key) = 32),
    -- The rules that the versions were last sealed by.
    sealed_by BLOB CHECK (length(sealed_by) = 32)
) STRICT;
INSERT INTO gate (id, mask_key) VALUES (1, randomblob(32));

-- The mentions of a version, to leave out those that a reader may not know of.
CREATE INDEX mention_of ON mention (kind, version);

-- More is written down than changes of records: what was exported, purged, sealed anew.
CREATE TABLE ledger_next (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    learned_at  INTEGER NOT NULL CHECK (learned_at <= recorded_at),
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action IN ('create', 'revise', 'withdraw', 'confirm', 'lower', 'export', 'purge')),
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

-- Requests to lower a level, until a second person decides.
CREATE TABLE lowering (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    record_id   BLOB NOT NULL CHECK (length(record_id) = 16),
    version     INTEGER NOT NULL,
    sensitivity INTEGER CHECK (sensitivity BETWEEN 0 AND 3),
    field_sensitivity TEXT,
    reason      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by  TEXT CHECK (decided_by <> proposed_by),
    decided_at  INTEGER,
    decision    TEXT CHECK (decision IN ('approved', 'refused')),
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL))
) STRICT;

-- A report is seen by those who see everything in it. Those made before the gate left nothing out.
ALTER TABLE report ADD COLUMN clearance INTEGER NOT NULL DEFAULT 3 CHECK (clearance BETWEEN 0 AND 3);

ALTER TABLE source ADD COLUMN owner TEXT;
ALTER TABLE source ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE source ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE source ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE source ADD COLUMN embargo_until INTEGER;
ALTER TABLE source ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE source SET seen_from = (SELECT max(v.sensitivity) FROM source v WHERE v.id = source.id AND v.version >= source.version);
CREATE INDEX source_closed ON source (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX source_small ON source (small) WHERE small > 0;

ALTER TABLE organisation ADD COLUMN owner TEXT;
ALTER TABLE organisation ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE organisation ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE organisation ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE organisation ADD COLUMN embargo_until INTEGER;
ALTER TABLE organisation ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE organisation SET seen_from = (SELECT max(v.sensitivity) FROM organisation v WHERE v.id = organisation.id AND v.version >= organisation.version);
CREATE INDEX organisation_closed ON organisation (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX organisation_small ON organisation (small) WHERE small > 0;

ALTER TABLE party ADD COLUMN owner TEXT;
ALTER TABLE party ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE party ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE party ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE party ADD COLUMN embargo_until INTEGER;
ALTER TABLE party ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE party SET seen_from = (SELECT max(v.sensitivity) FROM party v WHERE v.id = party.id AND v.version >= party.version);
CREATE INDEX party_closed ON party (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX party_small ON party (small) WHERE small > 0;

ALTER TABLE area ADD COLUMN owner TEXT;
ALTER TABLE area ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE area ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE area ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE area ADD COLUMN embargo_until INTEGER;
ALTER TABLE area ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE area SET seen_from = (SELECT max(v.sensitivity) FROM area v WHERE v.id = area.id AND v.version >= area.version);
CREATE INDEX area_closed ON area (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX area_small ON area (small) WHERE small > 0;

ALTER TABLE area_group ADD COLUMN owner TEXT;
ALTER TABLE area_group ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE area_group ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE area_group ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE area_group ADD COLUMN embargo_until INTEGER;
ALTER TABLE area_group ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE area_group SET seen_from = (SELECT max(v.sensitivity) FROM area_group v WHERE v.id = area_group.id AND v.version >= area_group.version);
CREATE INDEX area_group_closed ON area_group (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX area_group_small ON area_group (small) WHERE small > 0;

ALTER TABLE facility ADD COLUMN owner TEXT;
ALTER TABLE facility ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE facility ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE facility ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE facility ADD COLUMN embargo_until INTEGER;
ALTER TABLE facility ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE facility SET seen_from = (SELECT max(v.sensitivity) FROM facility v WHERE v.id = facility.id AND v.version >= facility.version);
CREATE INDEX facility_closed ON facility (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX facility_small ON facility (small) WHERE small > 0;

ALTER TABLE status ADD COLUMN owner TEXT;
ALTER TABLE status ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE status ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE status ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE status ADD COLUMN embargo_until INTEGER;
ALTER TABLE status ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE status SET seen_from = (SELECT max(v.sensitivity) FROM status v WHERE v.id = status.id AND v.version >= status.version);
CREATE INDEX status_closed ON status (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX status_small ON status (small) WHERE small > 0;

ALTER TABLE population ADD COLUMN owner TEXT;
ALTER TABLE population ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE population ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE population ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE population ADD COLUMN embargo_until INTEGER;
ALTER TABLE population ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE population SET seen_from = (SELECT max(v.sensitivity) FROM population v WHERE v.id = population.id AND v.version >= population.version);
CREATE INDEX population_closed ON population (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX population_small ON population (small) WHERE small > 0;

ALTER TABLE convoy ADD COLUMN owner TEXT;
ALTER TABLE convoy ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE convoy ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE convoy ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE convoy ADD COLUMN embargo_until INTEGER;
ALTER TABLE convoy ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE convoy SET seen_from = (SELECT max(v.sensitivity) FROM convoy v WHERE v.id = convoy.id AND v.version >= convoy.version);
CREATE INDEX convoy_closed ON convoy (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX convoy_small ON convoy (small) WHERE small > 0;
CREATE INDEX convoy_embargo ON convoy (embargo_until) WHERE embargo_until IS NOT NULL;

ALTER TABLE pause ADD COLUMN owner TEXT;
ALTER TABLE pause ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE pause ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE pause ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE pause ADD COLUMN embargo_until INTEGER;
ALTER TABLE pause ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE pause SET seen_from = (SELECT max(v.sensitivity) FROM pause v WHERE v.id = pause.id AND v.version >= pause.version);
CREATE INDEX pause_closed ON pause (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX pause_small ON pause (small) WHERE small > 0;

ALTER TABLE access_request ADD COLUMN owner TEXT;
ALTER TABLE access_request ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE access_request ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE access_request ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE access_request ADD COLUMN embargo_until INTEGER;
ALTER TABLE access_request ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE access_request SET seen_from = (SELECT max(v.sensitivity) FROM access_request v WHERE v.id = access_request.id AND v.version >= access_request.version);
CREATE INDEX access_request_closed ON access_request (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX access_request_small ON access_request (small) WHERE small > 0;

ALTER TABLE stock ADD COLUMN owner TEXT;
ALTER TABLE stock ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE stock ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE stock ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE stock ADD COLUMN embargo_until INTEGER;
ALTER TABLE stock ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE stock SET seen_from = (SELECT max(v.sensitivity) FROM stock v WHERE v.id = stock.id AND v.version >= stock.version);
CREATE INDEX stock_closed ON stock (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX stock_small ON stock (small) WHERE small > 0;

ALTER TABLE incident ADD COLUMN owner TEXT;
ALTER TABLE incident ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE incident ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE incident ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE incident ADD COLUMN embargo_until INTEGER;
ALTER TABLE incident ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE incident SET seen_from = (SELECT max(v.sensitivity) FROM incident v WHERE v.id = incident.id AND v.version >= incident.version);
CREATE INDEX incident_closed ON incident (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX incident_small ON incident (small) WHERE small > 0;

ALTER TABLE observation ADD COLUMN owner TEXT;
ALTER TABLE observation ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE observation ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE observation ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE observation ADD COLUMN embargo_until INTEGER;
ALTER TABLE observation ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE observation SET seen_from = (SELECT max(v.sensitivity) FROM observation v WHERE v.id = observation.id AND v.version >= observation.version);
CREATE INDEX observation_closed ON observation (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX observation_small ON observation (small) WHERE small > 0;

ALTER TABLE logistics ADD COLUMN owner TEXT;
ALTER TABLE logistics ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE logistics ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE logistics ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE logistics ADD COLUMN embargo_until INTEGER;
ALTER TABLE logistics ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE logistics SET seen_from = (SELECT max(v.sensitivity) FROM logistics v WHERE v.id = logistics.id AND v.version >= logistics.version);
CREATE INDEX logistics_closed ON logistics (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX logistics_small ON logistics (small) WHERE small > 0;

ALTER TABLE plan ADD COLUMN owner TEXT;
ALTER TABLE plan ADD COLUMN seen_from INTEGER NOT NULL DEFAULT 3 CHECK (seen_from BETWEEN 0 AND 3);
ALTER TABLE plan ADD COLUMN place_from INTEGER NOT NULL DEFAULT 3 CHECK (place_from BETWEEN 0 AND 3);
ALTER TABLE plan ADD COLUMN whole_from INTEGER NOT NULL DEFAULT 3 CHECK (whole_from BETWEEN 0 AND 3);
ALTER TABLE plan ADD COLUMN embargo_until INTEGER;
ALTER TABLE plan ADD COLUMN small INTEGER NOT NULL DEFAULT 2 CHECK (small BETWEEN 0 AND 2);
UPDATE plan SET seen_from = (SELECT max(v.sensitivity) FROM plan v WHERE v.id = plan.id AND v.version >= plan.version);
CREATE INDEX plan_closed ON plan (seen_from, code) WHERE retired_by IS NULL AND seen_from > 1;
CREATE INDEX plan_small ON plan (small) WHERE small > 0;

-- What is about an area or a group is seen by those who may know of that.
UPDATE facility SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM facility v
      JOIN mention m ON m.kind = 'facility' AND m.version = v.version AND m.target_kind = 'area'
      JOIN area t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = facility.id AND v.version >= facility.version));
UPDATE status SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM status v
      JOIN mention m ON m.kind = 'status' AND m.version = v.version AND m.target_kind = 'area'
      JOIN area t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = status.id AND v.version >= status.version));
UPDATE status SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM status v
      JOIN mention m ON m.kind = 'status' AND m.version = v.version AND m.target_kind = 'area_group'
      JOIN area_group t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = status.id AND v.version >= status.version));
UPDATE population SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM population v
      JOIN mention m ON m.kind = 'population' AND m.version = v.version AND m.target_kind = 'area'
      JOIN area t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = population.id AND v.version >= population.version));
UPDATE population SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM population v
      JOIN mention m ON m.kind = 'population' AND m.version = v.version AND m.target_kind = 'area_group'
      JOIN area_group t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = population.id AND v.version >= population.version));
UPDATE stock SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM stock v
      JOIN mention m ON m.kind = 'stock' AND m.version = v.version AND m.target_kind = 'area'
      JOIN area t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = stock.id AND v.version >= stock.version));
UPDATE logistics SET seen_from = max(seen_from, (
    SELECT coalesce(max(t.seen_from), 0) FROM logistics v
      JOIN mention m ON m.kind = 'logistics' AND m.version = v.version AND m.target_kind = 'area'
      JOIN area t ON t.code = m.target_code AND t.retired_by IS NULL
     WHERE v.id = logistics.id AND v.version >= logistics.version));
