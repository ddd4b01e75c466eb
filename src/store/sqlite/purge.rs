//! Destroys what records say. The entries of the ledger stay, and one more says who purged what, when and why.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::keeping::deployment;
use super::ledger::{Link, Note, hash_of};
use super::sealed::level_of;
use super::{alert, attachment, instant, millis, unlock};
use crate::domain::{Kind, Sensitivity, Stage};
use crate::store::{
    Action, Doomed, Key, PurgeNote, PurgeOrder, Purged, PurgedRecord, REWRITE, Reference,
    StoreError, StoreResult,
};

/// Told apart from every other hash that is ever made here.
const CODE_DOMAIN: &[u8] = b"passage purged code v1";

/// Written with a purge: until the file is written anew, bytes of what was destroyed are left in it.
const MARK: &str = "
    INSERT INTO upkeep (task, tried_at, detail)
    VALUES (?2, ?1, 'records were purged, and bytes of them are left in the file')
    ON CONFLICT (task) DO UPDATE SET tried_at = excluded.tried_at, done_at = NULL, detail = excluded.detail";

/// How often the log is tried to be emptied; each waits as long as for any lock for a reader that is in the way.
const TRIES: u32 = 2;

/// What the order is for; nothing is changed.
pub(super) fn found(connection: &Connection, order: &PurgeOrder) -> StoreResult<Purged> {
    let records = doomed(connection, order)?;
    let codes: HashSet<&str> = records.iter().map(|record| record.code.as_str()).collect();
    let reports = reports_naming(connection, &codes)?;
    let mut answers = 0;
    for record in &records {
        answers += answers_naming(connection, record.id, "SELECT count(*) FROM")?;
    }
    Ok(Purged { records, reports, answers })
}

/// Carries the order out, in the transaction of the writer.
pub(super) fn purge(connection: &Connection, order: &PurgeOrder) -> StoreResult<Purged> {
    let purged = found(connection, order)?;
    let mut link = Link::last(connection)?;
    for record in &purged.records {
        link = destroy(connection, order, record, link)?;
    }
    for (schedule, period_end) in &purged.reports {
        for table in ["delivery", "report_file", "report"] {
            let sql = format!("DELETE FROM {table} WHERE schedule = ?1 AND period_end = ?2");
            connection.prepare_cached(&sql)?.execute(params![schedule, millis(*period_end)])?;
        }
    }
    if !purged.records.is_empty() {
        super::import::forget(connection)?;
        connection.prepare_cached(MARK)?.execute(params![millis(order.recorded_at), REWRITE])?;
    }
    Ok(purged)
}

/// Destroys one record and writes the entry that says so.
fn destroy(
    connection: &Connection,
    order: &PurgeOrder,
    record: &PurgedRecord,
    link: Link,
) -> StoreResult<Link> {
    const NOTE: &str = "
        INSERT INTO purged (sequence, kind, id, code_hash, versions, level)
        VALUES (:sequence, :kind, :id, :code_hash, :versions, :level)";
    let kind = order.kind;
    let id = record.id.as_bytes();
    let level: i64 = connection.query_row(
        &format!("SELECT max(seen_from) FROM {kind} WHERE id = ?1"),
        [id],
        |row| row.get(0),
    )?;
    let of_it = format!("(SELECT version FROM {kind} WHERE id = ?1)");
    attachment::purge(connection, kind, id)?;
    connection.execute(&format!("DELETE FROM ledger_body WHERE sequence IN {of_it}"), [id])?;
    connection.execute(
        &format!("DELETE FROM mention WHERE kind = '{kind}' AND version IN {of_it}"),
        [id],
    )?;
    connection.execute(&format!("DELETE FROM {kind} WHERE id = ?1"), [id])?;
    answers_naming(connection, record.id, "DELETE FROM")?;
    alert::purge(connection, kind, &record.code)?;
    let link = link.note(
        connection,
        &Note {
            recorded_at: order.recorded_at,
            learned_at: order.recorded_at,
            actor: &order.actor,
            action: Action::Purge,
            kind,
            id: record.id,
            code: &record.id.to_string(),
            sensitivity: level,
            body: &json!({ "versions": record.versions }).to_string(),
            reason: Some(&order.reason),
        },
    )?;
    connection.prepare_cached(NOTE)?.execute(named_params! {
        ":sequence": link.sequence, ":kind": kind.as_str(), ":id": id,
        ":code_hash": code_hash(connection, kind, &record.code)?,
        ":versions": i64::try_from(record.versions).unwrap_or(i64::MAX), ":level": level,
    })?;
    Ok(link)
}

/// The records that the order is for.
fn doomed(connection: &Connection, order: &PurgeOrder) -> StoreResult<Vec<PurgedRecord>> {
    let kind = order.kind;
    let head = format!(
        "SELECT c.id, c.code, (SELECT count(*) FROM {kind} v WHERE v.id = c.id) AS versions
           FROM {kind} c WHERE c.retired_by IS NULL"
    );
    match &order.doomed {
        Doomed::Before(before) => {
            let sql = format!(
                "{head} AND (c.happened_at IS NULL OR c.happened_at < ?1)
                   AND NOT EXISTS (SELECT 1 FROM {kind} o WHERE o.id = c.id AND o.recorded_at >= ?1)
                   AND (c.withdrawn = 1 OR {}) ORDER BY c.version",
                over(kind)
            );
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map([millis(*before)], record_from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        }
        Doomed::Named(references) => {
            let mut found: Vec<PurgedRecord> = Vec::with_capacity(references.len());
            for reference in references {
                let one = match reference {
                    Reference::Id(id) => connection
                        .prepare_cached(&format!("{head} AND c.id = ?1"))?
                        .query_row([id.as_bytes()], record_from_row),
                    Reference::Code(code) => connection
                        .prepare_cached(&format!("{head} AND c.code = ?1"))?
                        .query_row([code], record_from_row),
                };
                match one.optional()? {
                    Some(one) if !found.contains(&one) => found.push(one),
                    Some(_) => {}
                    None if was_purged(connection, kind, reference)? => {}
                    None => {
                        let reference = reference.to_string();
                        return Err(StoreError::NotFound { kind, reference });
                    }
                }
            }
            Ok(found)
        }
    }
}

/// The condition that a record of this kind is over by its age alone.
fn over(kind: Kind) -> String {
    if Doomed::is_lasting(kind) {
        return "0".to_owned();
    }
    if kind != Kind::Convoy {
        return "1".to_owned();
    }
    let over = Stage::ALL.iter().filter(|stage| stage.is_over());
    let over: Vec<String> = over.map(|stage| format!("'{stage}'")).collect();
    format!("c.stage IN ({})", over.join(", "))
}

fn record_from_row(row: &Row<'_>) -> rusqlite::Result<PurgedRecord> {
    let versions: i64 = row.get("versions")?;
    let id: [u8; 16] = row.get("id")?;
    let (id, code) = (Uuid::from_bytes(id), row.get("code")?);
    Ok(PurgedRecord { id, code, versions: versions.unsigned_abs() })
}

/// Counts or deletes the kept answers that name a record: a retry under such a key is a new request from then on.
fn answers_naming(connection: &Connection, id: Uuid, what: &str) -> StoreResult<u64> {
    let sql = format!("{what} idempotency WHERE instr(written, ?1) > 0");
    let id = id.to_string();
    if what.starts_with("DELETE") {
        return Ok(connection.prepare_cached(&sql)?.execute([id])? as u64);
    }
    let count: i64 = connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The kept reports that name one of the codes, or were made by a schedule of that code.
fn reports_naming(
    connection: &Connection,
    codes: &HashSet<&str>,
) -> StoreResult<Vec<(String, chrono::DateTime<chrono::Utc>)>> {
    let mut found = Vec::new();
    if codes.is_empty() {
        return Ok(found);
    }
    let mut statement = connection
        .prepare("SELECT schedule, period_end, body FROM report ORDER BY schedule, period_end")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body: String = row.get("body")?;
        // What cannot be read may name anything.
        let names = serde_json::from_str(&body).map_or(true, |body| names_one(&body, codes));
        let schedule: String = row.get("schedule")?;
        if names || codes.contains(schedule.as_str()) {
            // Its other copies go with it.
            found.push((schedule, instant(row.get("period_end")?)?));
        }
    }
    found.dedup();
    Ok(found)
}

/// Does a text of it say one of the codes, alone or among other words?
pub(super) fn names_one(value: &Value, codes: &HashSet<&str>) -> bool {
    match value {
        Value::String(text) => {
            let words =
                text.split(|letter: char| letter.is_whitespace() || "()[],;".contains(letter));
            let mut words = words.map(|word| word.trim_end_matches(['.', ':', '?', '!']));
            codes.contains(text.as_str()) || words.any(|word| codes.contains(word))
        }
        Value::Array(items) => items.iter().any(|item| names_one(item, codes)),
        Value::Object(fields) => fields.values().any(|field| names_one(field, codes)),
        _ => false,
    }
}

fn code_hash(connection: &Connection, kind: Kind, code: &str) -> StoreResult<[u8; 32]> {
    let deployment = deployment(connection)?;
    Ok(hash_of(CODE_DOMAIN, &[&deployment, kind.as_str().as_bytes(), code.as_bytes()]))
}

/// Who may know of the record of this code that was purged: who could see it. `None` where there was none.
pub(super) fn purged_level(
    connection: &Connection,
    kind: Kind,
    code: &str,
) -> StoreResult<Option<Sensitivity>> {
    const LEVEL: &str = "SELECT max(level) FROM purged WHERE code_hash = ?1";
    let hash = code_hash(connection, kind, code)?;
    let level: Option<i64> =
        connection.prepare_cached(LEVEL)?.query_row([hash], |row| row.get(0))?;
    level.map(level_of).transpose()
}

/// Is there no such record any more, since it was purged?
pub(super) fn is_purged(connection: &Connection, kind: Kind, code: &str) -> StoreResult<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {kind} WHERE code = ?1)");
    let is_there: bool = connection.prepare_cached(&sql)?.query_row([code], |row| row.get(0))?;
    Ok(!is_there && purged_level(connection, kind, code)?.is_some())
}

fn was_purged(connection: &Connection, kind: Kind, reference: &Reference) -> StoreResult<bool> {
    const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM purged WHERE kind = ?1 AND id = ?2)";
    match reference {
        Reference::Id(id) => Ok(connection
            .prepare_cached(EXISTS)?
            .query_row(params![kind.as_str(), id.as_bytes()], |row| row.get(0))?),
        Reference::Code(code) => Ok(purged_level(connection, kind, code)?.is_some()),
    }
}

/// What the ledger says of the last purge of a record, if the reader could have seen the record.
pub(super) fn note(
    connection: &Connection,
    kind: Kind,
    reference: &Reference,
    level: Sensitivity,
) -> StoreResult<Option<PurgeNote>> {
    const NOTE: &str = "
        SELECT p.sequence, p.id, p.versions, l.recorded_at, l.actor, b.reason
          FROM purged p JOIN ledger l ON l.sequence = p.sequence
          JOIN ledger_body b ON b.sequence = p.sequence
         WHERE p.kind = ?1 AND (p.id = ?2 OR p.code_hash = ?3) AND p.level <= ?4
         ORDER BY p.sequence DESC LIMIT 1";
    let (id, hash) = match reference {
        Reference::Id(id) => (Some(*id.as_bytes()), None),
        Reference::Code(code) => (None, Some(code_hash(connection, kind, code)?)),
    };
    let mut statement = connection.prepare_cached(NOTE)?;
    let mut rows = statement.query(params![kind.as_str(), id, hash, level as i64])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (id, versions): ([u8; 16], i64) = (row.get("id")?, row.get("versions")?);
    Ok(Some(PurgeNote {
        sequence: row.get("sequence")?,
        id: Uuid::from_bytes(id),
        at: instant(row.get("recorded_at")?)?,
        actor: row.get("actor")?,
        reason: row.get::<_, Option<String>>("reason")?.unwrap_or_default(),
        versions: versions.unsigned_abs(),
    }))
}

/// When the last record was purged of which bytes are left in the file, in milliseconds.
pub(super) fn to_be_rewritten(connection: &Connection) -> StoreResult<Option<i64>> {
    const SINCE: &str = "SELECT tried_at FROM upkeep WHERE task = ?1 AND done_at IS NULL";
    Ok(connection.prepare_cached(SINCE)?.query_row([REWRITE], |row| row.get(0)).optional()?)
}

/// Notes that nothing is left of what was purged until then; what was purged meanwhile keeps its mark.
pub(super) fn rewritten(connection: &Connection, until: i64) -> StoreResult<()> {
    const DONE: &str = "
        UPDATE upkeep SET done_at = tried_at, detail = 'the file was written anew'
         WHERE task = ?2 AND tried_at = ?1";
    connection.prepare_cached(DONE)?.execute(params![until, REWRITE])?;
    Ok(())
}

/// Writes the file anew without what was destroyed, and empties its log; `false` where a reader was in the way.
pub(super) fn rewrite(path: &Path, key: Option<&Key>) -> StoreResult<bool> {
    let connection = Connection::open(path)?;
    unlock::unlock(&connection, key)?;
    super::prepare(&connection)?;
    connection.execute_batch("VACUUM")?;
    empty_log(&connection)
}

/// Brings all of the log into the file; `false` where a reader was in the way.
pub(super) fn empty_log(connection: &Connection) -> StoreResult<bool> {
    for _ in 0..TRIES {
        let busy: i64 =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
