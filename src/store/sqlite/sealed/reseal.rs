//! Sealing anew: the rules of the gate were changed, so every version is sealed by those that hold now.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::super::millis;
use super::level_of;
use crate::disclose::Gate;
use crate::domain::{Kind, Place};
use crate::store::{StoreError, StoreResult};

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
        "SELECT k.version, k.lon, k.lat, k.sensitivity, b.body FROM {kind} k
           JOIN ledger_body b ON b.sequence = k.version ORDER BY k.version"
    );
    let one = format!(
        "UPDATE {kind} SET place_from = ?2, whole_from = ?3, embargo_until = ?4, small = ?5,
                masked_lon = ?6, masked_lat = ?7 WHERE version = ?1"
    );
    let mut statement = connection.prepare(&all)?;
    let mut rows = statement.query([])?;
    let mut update = connection.prepare(&one)?;
    while let Some(row) = rows.next()? {
        let version: i64 = row.get("version")?;
        let (lon, lat): (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
        let place = lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok());
        let level = level_of(row.get("sensitivity")?)?;
        let text: String = row.get("body")?;
        let body: Value = serde_json::from_str(&text)
            .map_err(|fault| StoreError::Corrupt(format!("{kind} version {version}: {fault}")))?;
        let seal = gate.seal(kind, &body, place, Some(level));
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
    let newest = format!(
        "UPDATE {kind} SET embargo_until = (SELECT v.embargo_until FROM {kind} v
            WHERE v.id = {kind}.id ORDER BY v.version DESC LIMIT 1) WHERE embargo_until IS NOT NULL"
    );
    connection.execute(&newest, [])?;
    // Older versions are no way in to a position that was closed later.
    let closed = format!(
        "UPDATE {kind} SET place_from = (SELECT max(v.place_from) FROM {kind} v
            WHERE v.id = {kind}.id AND v.version >= {kind}.version) WHERE retired_by IS NOT NULL"
    );
    connection.execute(&closed, [])?;
    Ok(())
}
