//! Sealing anew: the rules of the gate were changed, so every version is sealed by those that hold now.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde_json::Value;

use super::super::millis;
use super::level_of;
use crate::disclose::{Gate, Seal};
use crate::domain::{Kind, Place, Sensitivity};
use crate::store::{Action, StoreError, StoreResult};

/// Seals every version by the rules of this gate, where they were sealed by others or never.
///
/// Levels of records stay as they were given: rules decide what a record gets of which none is given.
pub(in super::super) fn reseal(connection: &Connection, gate: &Gate) -> StoreResult<()> {
    const DONE: &str = "UPDATE gate SET sealed_by = ?1 WHERE id = 1";
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let sealed = (|| {
        for kind in Kind::ALL {
            reseal_kind(connection, gate, *kind)?;
        }
        connection.execute(DONE, [gate.fingerprint()])?;
        Ok(())
    })();
    connection.execute_batch(if sealed.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    sealed
}

fn reseal_kind(connection: &Connection, gate: &Gate, kind: Kind) -> StoreResult<()> {
    let all = format!(
        "SELECT k.version, k.id, k.lon, k.lat, k.sensitivity, b.body, l.action FROM {kind} k
           JOIN ledger_body b ON b.sequence = k.version
           JOIN ledger l ON l.sequence = k.version ORDER BY k.version"
    );
    let one = format!(
        "UPDATE {kind} SET place_from = ?2, whole_from = ?3, embargo_until = ?4, small = ?5,
                masked_lon = ?6, masked_lat = ?7 WHERE version = ?1"
    );
    let mut statement = connection.prepare(&all)?;
    let mut rows = statement.query([])?;
    let mut update = connection.prepare(&one)?;
    let mut before: HashMap<[u8; 16], Before> = HashMap::new();
    while let Some(row) = rows.next()? {
        let version: i64 = row.get("version")?;
        let (lon, lat): (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
        let place = lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok());
        let level = level_of(row.get("sensitivity")?)?;
        let (text, action): (String, String) = (row.get("body")?, row.get("action")?);
        let body: Value = serde_json::from_str(&text)
            .map_err(|fault| StoreError::Corrupt(format!("{kind} version {version}: {fault}")))?;
        let mut seal = gate.seal(kind, &body, place, Some(level));
        let lowers = action == Action::Lower.as_str();
        before.entry(row.get("id")?).or_default().hold(&mut seal, place, lowers, gate);
        update.execute(params![
            version,
            seal.place_level as i64,
            seal.whole_level as i64,
            seal.embargo_until.map(millis),
            seal.small as i64,
            seal.masked_place.map(Place::lon),
            seal.masked_place.map(Place::lat),
        ])?;
    }
    follow_the_newest(connection, kind)
}

/// What the versions of a record before the one that is sealed leave to it, as when they were written.
#[derive(Default)]
struct Before {
    mask: Option<Place>,
    place_level: Option<Sensitivity>,
}

impl Before {
    /// Keeps the mask where it is and the position as closed as it was, unless two people lowered it.
    fn hold(&mut self, seal: &mut Seal, place: Option<Place>, lowers: bool, gate: &Gate) {
        if let (Some(place), Some(mask)) = (place, seal.masked_place) {
            // A small correction must not tell on which side of a line of the grid it lies.
            let is_near = |mask: &Place| place.distance_km(*mask) <= gate.rules().mask_km;
            self.mask = self.mask.filter(is_near).or(Some(mask));
            seal.masked_place = self.mask;
        }
        if let Some(before) = self.place_level.filter(|_| !lowers) {
            seal.place_level = seal.place_level.max(before);
            seal.whole_level = seal.whole_level.max(before);
        }
        self.place_level = Some(seal.place_level);
    }
}

/// Older versions are no way in to what was closed later: a position, or the way of a convoy under way.
fn follow_the_newest(connection: &Connection, kind: Kind) -> StoreResult<()> {
    let closed = format!(
        "UPDATE {kind} SET
            embargo_until = (SELECT v.embargo_until FROM {kind} v WHERE v.id = {kind}.id ORDER BY v.version DESC LIMIT 1),
            place_from = (SELECT max(v.place_from) FROM {kind} v WHERE v.id = {kind}.id AND v.version >= {kind}.version)
          WHERE retired_by IS NOT NULL"
    );
    connection.execute(&closed, [])?;
    Ok(())
}
