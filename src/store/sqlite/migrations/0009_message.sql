-- A message names records of its own: what an alert spoke of when it was told, whatever it speaks of later. It goes when
-- one of them is purged, and is taken back while it waits when one is closed to its reader.

CREATE TABLE delivery_name (
    delivery BLOB NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL,
    code     TEXT NOT NULL,
    PRIMARY KEY (delivery, kind, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_name_code ON delivery_name (kind, code);
INSERT INTO delivery_name (delivery, kind, code)
    SELECT DISTINCT a.delivery, n.kind, n.code FROM delivery_alert a JOIN alert_names n ON n.episode = a.episode;

-- How grave the alert was when its reader was told of it before this message; NULL where it is the first.
ALTER TABLE delivery_alert ADD COLUMN was TEXT;

-- A schedule of the settings is no record, and who may know of it is nobody's secret.
DELETE FROM alert_names WHERE kind = 'schedule' AND code NOT IN (SELECT code FROM schedule);
