//! Who was given exact positions, written into the ledger.

use rusqlite::{Connection, OptionalExtension, named_params};
use uuid::Uuid;

use super::ledger::{Link, Note};
use super::sealed::may_know;
use super::{instant, purge};
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{Action, Export, Exported, Reference, StoreError, StoreResult};

/// Writes an export down.
pub(super) fn note(connection: &Connection, export: &Export) -> StoreResult<()> {
    let body =
        serde_json::to_string(&export.ids).map_err(|fault| StoreError::Backend(Box::new(fault)))?;
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

/// The code of a record, or its id where it was purged; `None` where the reader may not know of it.
fn code_of(
    connection: &Connection,
    clearance: &Clearance,
    kind: Kind,
    id: Uuid,
) -> StoreResult<Option<String>> {
    let sql = format!("SELECT code FROM {kind} WHERE id = ?1 AND retired_by IS NULL");
    let code = connection
        .prepare_cached(&sql)?
        .query_row([id.as_bytes()], |row| row.get::<_, String>(0))
        .optional()?;
    let Some(code) = code else {
        let purged = purge::note(connection, kind, &Reference::Id(id), clearance.level)?;
        return Ok(purged.map(|note| note.id.to_string()));
    };
    Ok(may_know(connection, clearance, kind, &code)?.then_some(code))
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
        let (form, ids): (Option<String>, Option<String>) = (row.get("code")?, row.get("body")?);
        let ids = ids.map(|ids| serde_json::from_str::<Vec<Uuid>>(&ids)).transpose();
        let mut codes = Vec::new();
        for id in ids.map_err(|fault| corrupt(fault.to_string()))?.unwrap_or_default() {
            codes.extend(code_of(connection, clearance, kind, id)?);
        }
        found.push(Exported {
            sequence: row.get("sequence")?,
            recorded_at: instant(row.get("recorded_at")?)?,
            actor: row.get("actor")?,
            kind,
            form: form.unwrap_or_default(),
            codes,
        });
    }
    Ok(found)
}
