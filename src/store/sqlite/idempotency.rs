//! Keyed requests: the same key and question get the same answer.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::millis;
use crate::store::{StoreError, StoreResult, Write, Written};

/// What was answered to the same keyed request before.
pub(super) fn answered_before(
    connection: &Connection,
    actor: &str,
    idempotency: Option<&(String, [u8; 32])>,
) -> StoreResult<Option<Vec<Written>>> {
    const SELECT: &str =
        "SELECT fingerprint, written FROM idempotency WHERE actor = ?1 AND key = ?2";
    let Some((key, fingerprint)) = idempotency else { return Ok(None) };
    let found: Option<([u8; 32], String)> = connection
        .prepare_cached(SELECT)?
        .query_row([actor, key.as_str()], |row| Ok((row.get("fingerprint")?, row.get("written")?)))
        .optional()?;
    match found {
        None => Ok(None),
        Some((before, _)) if before != *fingerprint => Err(StoreError::KeyReused),
        Some((_, written)) => serde_json::from_str(&written).map(Some).map_err(|fault| {
            let column = fault.column();
            StoreError::Corrupt(format!("a kept answer cannot be read at character {column}"))
        }),
    }
}

pub(super) fn remember_answer(
    connection: &Connection,
    write: &Write,
    written: &[Written],
) -> StoreResult<()> {
    const INSERT: &str = "
        INSERT INTO idempotency (actor, key, fingerprint, written, created_at)
        VALUES (:actor, :key, :fingerprint, :written, :created_at)";
    let Some((key, fingerprint)) = &write.idempotency else { return Ok(()) };
    let written =
        serde_json::to_string(written).map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":actor": write.actor, ":key": key, ":fingerprint": fingerprint,
        ":written": written, ":created_at": millis(write.recorded_at),
    })?;
    Ok(())
}
