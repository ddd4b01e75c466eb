//! Who was given exact positions, written into the ledger.

use rusqlite::{Connection, named_params};
use uuid::Uuid;

use super::instant;
use super::ledger::{Link, Note};
use super::sealed::may_know;
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{Action, Export, Exported, StoreError, StoreResult};

/// Writes an export down.
pub(super) fn note(connection: &Connection, export: &Export) -> StoreResult<()> {
    let body = serde_json::to_string(&export.codes)
        .map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    let note = Note {
        recorded_at: export.recorded_at,
        learned_at: export.recorded_at,
        actor: &export.actor,
        action: Action::Export,
        kind: export.kind,
        id: Uuid::new_v4(),
        code: &export.form,
        sensitivity: Sensitivity::StrictlyConfidential as i64,
        body: &body,
        reason: None,
    };
    Link::last(connection)?.note(connection, &note)?;
    Ok(())
}

/// What was noted after a place in the ledger; of records that the reader may not know of the codes are left out.
pub(super) fn noted(
    connection: &Connection,
    after: i64,
    limit: usize,
    clearance: &Clearance,
) -> StoreResult<Vec<Exported>> {
    const NOTED: &str = "
        SELECT l.sequence, l.recorded_at, l.actor, l.kind, b.code, b.body
          FROM ledger l LEFT JOIN ledger_body b ON b.sequence = l.sequence
         WHERE l.action = 'export' AND l.sequence > :after ORDER BY l.sequence LIMIT :limit";
    let corrupt = |fault: String| StoreError::Corrupt(format!("an export in the ledger: {fault}"));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(NOTED)?;
    let mut rows = statement.query(named_params! { ":after": after, ":limit": limit })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get("kind")?;
        let kind: Kind = kind
            .parse()
            .map_err(|fault: crate::domain::InvalidValue| corrupt(fault.to_string()))?;
        let (form, codes): (Option<String>, Option<String>) = (row.get("code")?, row.get("body")?);
        let codes = codes.map(|codes| serde_json::from_str::<Vec<String>>(&codes)).transpose();
        let mut known = Vec::new();
        for code in codes.map_err(|fault| corrupt(fault.to_string()))?.unwrap_or_default() {
            if may_know(connection, clearance, kind, &code)? {
                known.push(code);
            }
        }
        found.push(Exported {
            sequence: row.get("sequence")?,
            recorded_at: instant(row.get("recorded_at")?)?,
            actor: row.get("actor")?,
            kind,
            form: form.unwrap_or_default(),
            codes: known,
        });
    }
    Ok(found)
}
