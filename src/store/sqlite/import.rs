//! Imports in `SQLite`: begun and ended by themselves, committed in the transaction of what they write.

mod undo;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use uuid::Uuid;

use super::ledger::Link;
use super::sealed::level_of;
use super::{SqliteStore, change, instant, millis, uuid, word};
use crate::domain::Sensitivity;
use crate::store::import::Report;
use crate::store::record::Pull;
use crate::store::{
    EndedImport, ImportCount, ImportQuery, ImportReader, ImportState, ImportStore, KeptImport,
    NewImport, StoreError, StoreResult, Undoing, Undone, Write,
};

/// The report; one that was tried before keeps what came of its files then.
macro_rules! report {
    () => {
        "CASE state WHEN 'tried' THEN json_set(:report, '$.tried', json(report -> '$.files')) ELSE :report END"
    };
}

/// The report without what it says of cells.
macro_rules! without_cells {
    () => {
        "json_remove(report, '$.problems', '$.notes', '$.suggestions', '$.taken', '$.offers', '$.duplicates')"
    };
}

const INSERT: &str = "
    INSERT INTO import (id, actor, key, fingerprint, state, level, begun_at, asked, files, report)
    VALUES (:id, :actor, :key, :fingerprint, 'running', :level, :begun_at, :asked, :files, '{}')
    ON CONFLICT (id) DO NOTHING";

const COMMIT: &str = concat!(
    "UPDATE import SET report = ",
    report!(),
    ", level = CASE state WHEN 'committed' THEN max(level, :level) ELSE :level END,
       state = 'committed', ended_at = :ended_at, kept_until = NULL
      WHERE id = :id"
);

const INSERT_SPAN: &str =
    "INSERT INTO import_span (import, first_sequence, last_sequence) VALUES (?1, ?2, ?3)";

const END: &str = concat!(
    "UPDATE import SET report = ",
    report!(),
    ", state = :state, ended_at = :ended_at, kept_until = :kept_until
      WHERE id = :id AND state IN ('running', 'tried')"
);

const SELECT: &str = "
    SELECT id, actor, key, fingerprint, state, level, begun_at, ended_at, kept_until, asked, files, report,
           undone_at, undone_by, undo_reason FROM import";

/// The condition that a reader may know of an import.
const MAY_SEE: &str = "(actor = :actor OR level <= :seen)";

const SELECT_SPANS: &str = "
    SELECT first_sequence, last_sequence FROM import_span WHERE import = ?1 ORDER BY first_sequence";

/// What was wrong with cells is not kept longer than the files.
const EXPIRE: &str = concat!(
    "UPDATE import SET state = 'expired', kept_until = NULL, report = ",
    without_cells!(),
    " WHERE state = 'tried' AND kept_until <= ?1"
);

const FORGET: &str = concat!(
    "UPDATE import SET kept_until = NULL, report = ",
    without_cells!(),
    " WHERE state = 'refused' AND kept_until <= ?1"
);

const SELECT_LIVE: &str = "SELECT id FROM import WHERE state IN ('running', 'tried')";

const BREAK_OFF: &str =
    "UPDATE import SET state = 'refused', ended_at = ?1, report = ?2 WHERE state = 'running'";

#[async_trait]
impl ImportStore for SqliteStore {
    async fn begin_import(&self, import: NewImport) -> StoreResult<Option<KeptImport>> {
        self.write_in_turn(move |connection| {
            if let Some(before) = same_request(connection, &import)? {
                return Ok(Some(before));
            }
            insert(connection, &import)?;
            Ok(None)
        })
        .await
    }

    async fn commit_import(
        &self,
        import: NewImport,
        head: Write,
        pull: Pull,
        report: Report,
    ) -> StoreResult<ImportCount> {
        self.must_be_sealed_alike()?;
        let gate = Arc::clone(&self.gate);
        self.write_in_turn(move |connection| {
            let before = Link::last(connection)?.sequence;
            let (count, level) = change::import_all(connection, &gate, &head, pull)?;
            let after = Link::last(connection)?.sequence;
            insert(connection, &import)?;
            connection.prepare_cached(COMMIT)?.execute(named_params! {
                ":id": import.id.as_bytes(), ":level": level as i64,
                ":ended_at": millis(head.recorded_at), ":report": report(),
            })?;
            if after > before {
                let of = params![import.id.as_bytes(), before + 1, after];
                connection.prepare_cached(INSERT_SPAN)?.execute(of)?;
            }
            Ok(count)
        })
        .await
    }

    async fn end_import(&self, ended: EndedImport) -> StoreResult<()> {
        self.write_in_turn(move |connection| {
            connection.prepare_cached(END)?.execute(named_params! {
                ":id": ended.id.as_bytes(), ":state": ended.state.as_str(),
                ":ended_at": millis(ended.ended_at), ":kept_until": ended.kept_until.map(millis),
                ":report": ended.report,
            })?;
            Ok(())
        })
        .await
    }

    async fn kept_import(
        &self,
        id: Uuid,
        reader: &ImportReader,
    ) -> StoreResult<Option<KeptImport>> {
        let reader = reader.clone();
        self.read(move |connection| {
            let sql = format!("{SELECT} WHERE id = :id AND {MAY_SEE}");
            let of = named_params! {
                ":id": id.as_bytes(), ":actor": reader.actor, ":seen": reader.level as i64,
            };
            let found = connection
                .prepare_cached(&sql)?
                .query_row(of, |row| Ok(import_from_row(row)))
                .optional()?;
            found.map(|import| with_spans(connection, import?)).transpose()
        })
        .await
    }

    async fn kept_imports(
        &self,
        query: ImportQuery,
        reader: &ImportReader,
    ) -> StoreResult<(Vec<KeptImport>, u64)> {
        let reader = reader.clone();
        self.read(move |connection| page(connection, &query, &reader)).await
    }

    async fn expire_imports(&self, now: DateTime<Utc>) -> StoreResult<Vec<Uuid>> {
        self.write_in_turn(move |connection| {
            for sql in [EXPIRE, FORGET] {
                connection.prepare_cached(sql)?.execute([millis(now)])?;
            }
            let mut statement = connection.prepare_cached(SELECT_LIVE)?;
            let rows = statement.query_map([], |row| Ok(uuid(row, "id")))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn undo_import(&self, order: Undoing) -> StoreResult<Undone> {
        self.must_be_sealed_alike()?;
        let gate = Arc::clone(&self.gate);
        self.write_in_turn(move |connection| undo::undo(connection, &gate, &order)).await
    }

    async fn undone_spans(&self) -> StoreResult<Vec<(i64, i64)>> {
        const SPANS: &str = "
            SELECT undone_first, undone_last FROM import WHERE undone_first IS NOT NULL ORDER BY undone_first";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SPANS)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    async fn break_off_imports(&self, at: DateTime<Utc>, report: String) -> StoreResult<u64> {
        self.write_in_turn(move |connection| {
            Ok(connection.prepare_cached(BREAK_OFF)?.execute(params![millis(at), report])? as u64)
        })
        .await
    }
}

/// What is said to run, or was only tried, may hold anything: nobody else knows of it.
fn insert(connection: &Connection, import: &NewImport) -> StoreResult<()> {
    let (key, fingerprint) = import.idempotency.as_ref().map(|(key, print)| (key, print)).unzip();
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":id": import.id.as_bytes(), ":actor": import.actor, ":key": key, ":fingerprint": fingerprint,
        ":level": Sensitivity::StrictlyConfidential as i64, ":begun_at": millis(import.begun_at),
        ":asked": import.asked, ":files": import.files,
    })?;
    Ok(())
}

/// The import of the same request, sent before.
fn same_request(connection: &Connection, import: &NewImport) -> StoreResult<Option<KeptImport>> {
    let Some((key, fingerprint)) = &import.idempotency else { return Ok(None) };
    let sql = format!("{SELECT} WHERE actor = ?1 AND key = ?2");
    let found = connection
        .prepare_cached(&sql)?
        .query_row([&import.actor, key], |row| Ok(import_from_row(row)))
        .optional()?
        .transpose()?;
    match found {
        None => Ok(None),
        Some(before)
            if before.new.idempotency.as_ref().is_some_and(|(_, of)| of == fingerprint) =>
        {
            with_spans(connection, before).map(Some)
        }
        Some(_) => Err(StoreError::KeyReused),
    }
}

fn page(
    connection: &Connection,
    query: &ImportQuery,
    reader: &ImportReader,
) -> StoreResult<(Vec<KeptImport>, u64)> {
    let asked = format!("{MAY_SEE} AND (:state IS NULL OR state = :state)");
    let state = query.state.map(ImportState::as_str);
    let of = named_params! {
        ":actor": reader.actor, ":seen": reader.level as i64, ":state": state,
    };
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM import WHERE {asked}"))?
        .query_row(of, |row| row.get(0))?;
    let sql = format!(
        "{SELECT} WHERE {asked} AND (:at IS NULL OR begun_at < :at OR begun_at = :at AND id > :id)
          ORDER BY begun_at DESC, id LIMIT :limit"
    );
    let (at, id) = query.after.map(|(at, id)| (millis(at), id.into_bytes())).unzip();
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":actor": reader.actor, ":seen": reader.level as i64, ":state": state, ":at": at, ":id": id,
            ":limit": i64::try_from(query.limit).unwrap_or(i64::MAX),
        },
        |row| Ok(import_from_row(row)),
    )?;
    let found: StoreResult<Vec<KeptImport>> =
        rows.map(|row| with_spans(connection, row??)).collect();
    Ok((found?, total.unsigned_abs()))
}

fn with_spans(connection: &Connection, import: KeptImport) -> StoreResult<KeptImport> {
    Ok(KeptImport { spans: spans(connection, import.new.id)?, ..import })
}

/// Ends the imports whose files wait, and destroys what all reports say of cells: they may tell of what was purged.
pub(super) fn forget(connection: &Connection) -> StoreResult<()> {
    const FORGET: &str = concat!(
        "UPDATE import SET state = CASE state WHEN 'tried' THEN 'expired' ELSE state END, kept_until = NULL, report = ",
        without_cells!(),
        " WHERE state <> 'running'"
    );
    connection.prepare_cached(FORGET)?.execute([])?;
    Ok(())
}

/// The entries that an import wrote, in order.
pub(super) fn spans(connection: &Connection, id: Uuid) -> StoreResult<Vec<(i64, i64)>> {
    let mut statement = connection.prepare_cached(SELECT_SPANS)?;
    let rows = statement.query_map([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn import_from_row(row: &Row<'_>) -> StoreResult<KeptImport> {
    let at = |column| -> StoreResult<Option<DateTime<Utc>>> {
        row.get::<_, Option<i64>>(column)?.map(instant).transpose()
    };
    let key: Option<String> = row.get("key")?;
    let undone_at = at("undone_at")?;
    let undone = match undone_at {
        None => None,
        Some(at) => Some((row.get("undone_by")?, at, row.get("undo_reason")?)),
    };
    let new = NewImport {
        id: uuid(row, "id")?,
        actor: row.get("actor")?,
        idempotency: key.zip(row.get("fingerprint")?),
        begun_at: instant(row.get("begun_at")?)?,
        asked: row.get("asked")?,
        files: row.get("files")?,
    };
    Ok(KeptImport {
        new,
        state: word(row, "state")?,
        level: level_of(row.get("level")?)?,
        ended_at: at("ended_at")?,
        kept_until: at("kept_until")?,
        report: row.get("report")?,
        spans: Vec::new(),
        undone,
    })
}
