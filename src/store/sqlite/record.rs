//! Reading versions: one, its history, all that was known at a moment.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::{SqliteStore, change, instant, list, millis};
use crate::domain::{Clearance, Kind};
use crate::store::record::{Pull, Visit};
use crate::store::{
    Cut, ImportCount, Page, Query, RecordStore, Reference, Snapshot, StoreError, StoreResult,
    Stored, Write, Written,
};

/// The columns of a [`Stored`] version with its body.
const WITH_BODY: &str = "k.version, k.id, k.code, k.recorded_at, k.learned_at, k.retired_at, k.withdrawn, b.body AS body";

/// The condition that a version was the known one at `?1`.
const KNOWN: &str = "k.learned_at <= ?1 AND (k.retired_at IS NULL OR k.retired_at > ?1)";

/// An import that was only tried is undone by this; it never leaves the room.
const TRIED: &str = "only tried";

#[async_trait]
impl RecordStore for SqliteStore {
    async fn write(&self, write: Write) -> StoreResult<Vec<Written>> {
        self.write_in_turn(move |connection| change::write_all(connection, &write)).await
    }

    async fn answered(
        &self,
        actor: &str,
        idempotency: &(String, [u8; 32]),
    ) -> StoreResult<Option<Vec<Written>>> {
        let (actor, idempotency) = (actor.to_owned(), idempotency.clone());
        self.read(move |connection| {
            super::idempotency::answered_before(connection, &actor, Some(&idempotency))
        })
        .await
    }

    async fn import(&self, head: Write, keep: bool, pull: Pull) -> StoreResult<ImportCount> {
        let (sender, counted) = std::sync::mpsc::channel();
        let imported = self
            .write_in_turn(move |connection| {
                let count = change::import_all(connection, &head, pull)?;
                if keep {
                    return Ok(count);
                }
                // Whoever waits gets the count by this channel; the error undoes the change.
                let _ = sender.send(count);
                Err(StoreError::Backend(TRIED.into()))
            })
            .await;
        counted.try_recv().or(imported)
    }

    async fn record(
        &self,
        kind: Kind,
        reference: &Reference,
        cut: Cut,
        clearance: Clearance,
    ) -> StoreResult<Stored> {
        let reference = reference.clone();
        self.read(move |connection| one(connection, kind, &reference, cut, clearance)).await
    }

    async fn records(&self, query: Query, clearance: Clearance) -> StoreResult<Page> {
        self.read(move |connection| list::page(connection, &query, clearance)).await
    }

    async fn history(
        &self,
        kind: Kind,
        reference: &Reference,
        known_at: DateTime<Utc>,
        clearance: Clearance,
    ) -> StoreResult<Vec<Stored>> {
        let reference = reference.clone();
        self.read(move |connection| {
            let cut = Cut { as_of: None, known_at };
            let current = one(connection, kind, &reference, cut, clearance)?;
            let sql = format!(
                "SELECT {WITH_BODY} FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                  WHERE k.id = ?2 AND k.learned_at <= ?1 AND k.sensitivity <= ?3 ORDER BY k.learned_at, k.version"
            );
            let parameters = params![millis(known_at), current.id.as_bytes(), clearance.0 as i64];
            all(connection, kind, &sql, parameters)
        })
        .await
    }

    async fn visit_known(&self, known_at: DateTime<Utc>, mut visit: Visit) -> StoreResult<i64> {
        self.read(move |connection| {
            let sequence = super::ledger::Link::last(connection)?.sequence;
            for kind in Kind::ALL {
                let sql = format!(
                    "SELECT {WITH_BODY} FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                      WHERE {KNOWN} AND k.withdrawn = 0 ORDER BY k.version"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params![millis(known_at)])?;
                while let Some(row) = rows.next()? {
                    visit(stored_from_row(*kind, row)?)?;
                }
            }
            Ok(sequence)
        })
        .await
    }

    async fn since(&self, sequence: i64, known_at: DateTime<Utc>) -> StoreResult<Snapshot> {
        self.read(move |connection| {
            let last = super::ledger::Link::last(connection)?.sequence;
            let mut records = Vec::new();
            for kind in kinds_since(connection, sequence)? {
                let sql = format!(
                    "SELECT {WITH_BODY} FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                      WHERE k.version > ?2 AND {KNOWN} ORDER BY k.version"
                );
                records.extend(all(connection, kind, &sql, params![millis(known_at), sequence])?);
            }
            records.sort_by_key(|stored| stored.version);
            Ok(Snapshot { records, sequence: last })
        })
        .await
    }
}

fn one(
    connection: &Connection,
    kind: Kind,
    reference: &Reference,
    cut: Cut,
    clearance: Clearance,
) -> StoreResult<Stored> {
    // Each record has exactly one version that nothing retired, so its code leads to its id.
    let id = match reference {
        Reference::Id(_) => "?2".to_owned(),
        Reference::Code(_) => {
            format!("(SELECT id FROM {kind} WHERE code = ?2 AND retired_by IS NULL)")
        }
    };
    let sql = format!(
        "SELECT {WITH_BODY} FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
          WHERE k.id = {id} AND {KNOWN} AND k.sensitivity <= ?3
            AND (?4 IS NULL OR k.happened_at IS NULL OR k.happened_at <= ?4)
          ORDER BY k.version DESC LIMIT 1"
    );
    let (known_at, as_of) = (millis(cut.known_at), cut.as_of.map(millis));
    let mut statement = connection.prepare_cached(&sql)?;
    let read = |row: &Row<'_>| Ok(stored_from_row(kind, row));
    let found = match reference {
        Reference::Id(id) => {
            statement.query_row(params![known_at, id.as_bytes(), clearance.0 as i64, as_of], read)
        }
        Reference::Code(code) => {
            statement.query_row(params![known_at, code, clearance.0 as i64, as_of], read)
        }
    };
    let missing = || StoreError::NotFound { kind, reference: reference.to_string() };
    found.optional()?.ok_or_else(missing)?
}

/// The kinds of which something was recorded after a place in the ledger.
fn kinds_since(connection: &Connection, sequence: i64) -> StoreResult<Vec<Kind>> {
    const KINDS: &str = "SELECT DISTINCT kind FROM ledger WHERE sequence > ?1";
    let mut statement = connection.prepare_cached(KINDS)?;
    let words = statement.query_map([sequence], |row| row.get::<_, String>(0))?;
    let kind = |word: String| {
        word.parse().map_err(|fault: crate::domain::InvalidValue| {
            StoreError::Corrupt(format!("kind of an entry: {}", fault.rule))
        })
    };
    words.map(|word| kind(word?)).collect()
}

/// Reads every row of a question.
pub(super) fn all(
    connection: &Connection,
    kind: Kind,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> StoreResult<Vec<Stored>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(stored_from_row(kind, row)?);
    }
    Ok(found)
}

fn stored_from_row(kind: Kind, row: &Row<'_>) -> StoreResult<Stored> {
    let id: [u8; 16] = row.get("id")?;
    let retired_at: Option<i64> = row.get("retired_at")?;
    Ok(Stored {
        kind,
        id: Uuid::from_bytes(id),
        code: row.get("code")?,
        version: row.get("version")?,
        recorded_at: instant(row.get("recorded_at")?)?,
        learned_at: instant(row.get("learned_at")?)?,
        retired_at: retired_at.map(instant).transpose()?,
        withdrawn: row.get("withdrawn")?,
        body: row.get("body")?,
    })
}
