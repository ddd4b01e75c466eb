//! Reports that wait are taken back when a record in them is closed to whom they go.

use std::collections::HashSet;

use rusqlite::{Connection, Row, params};

use super::super::purge::names_one;
use super::end;
use crate::domain::Kind;
use crate::store::StoreResult;

/// Why it is not sent.
const CLOSED: &str = "taken back: a record in it was closed to its recipient; the next report tells what is left of it";

/// A copy of a report that did not arrive yet, and the level it was made for.
struct Copy {
    schedule: String,
    period_end: i64,
    recipient: String,
    level: i64,
}

impl Copy {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (schedule, period_end) = (row.get("schedule")?, row.get("period_end")?);
        Ok(Self {
            schedule,
            period_end,
            recipient: row.get("recipient")?,
            level: row.get("level")?,
        })
    }
}

/// Takes the copies of reports back that did not arrive yet and name a record above the level they were made for. What
/// of a copy arrived stays on record as it was sent; where nothing did, the copy is forgotten, so that the next report
/// is compared with the last that its recipient had. Only records that were changed from `since` on are looked at: a
/// code can be a word of any text.
pub(in crate::store::sqlite) fn take_back_reports(
    connection: &Connection,
    at: i64,
    since: Option<i64>,
) -> StoreResult<()> {
    const ON_THEIR_WAY: &str = "
        SELECT DISTINCT d.schedule, d.period_end, d.recipient, d.level
          FROM delivery d JOIN delivery_content c ON c.delivery = d.id
         WHERE d.state IN ('waiting', 'failed') AND d.schedule IS NOT NULL";
    const BODY: &str =
        "SELECT body FROM report WHERE schedule = ?1 AND period_end = ?2 AND recipient = ?3";
    let mut statement = connection.prepare_cached(ON_THEIR_WAY)?;
    let copies = statement.query_map([], Copy::from_row)?.collect::<Result<Vec<_>, _>>()?;
    let mut closed: Vec<(i64, HashSet<String>)> = Vec::new();
    for copy in copies {
        if closed.iter().all(|(level, _)| *level != copy.level) {
            closed.push((copy.level, closed_to(connection, copy.level, since)?));
        }
        let codes = closed.iter().find(|(level, _)| *level == copy.level);
        let codes: HashSet<&str> =
            codes.into_iter().flat_map(|(_, codes)| codes).map(String::as_str).collect();
        let mut body = connection.prepare_cached(BODY)?;
        let mut body = body.query(params![copy.schedule, copy.period_end, copy.recipient])?;
        let body: Option<String> = body.next()?.map(|row| row.get(0)).transpose()?;
        // What cannot be read may name anything.
        let body = body.and_then(|body| serde_json::from_str(&body).ok());
        if body.is_none_or(|body| names_one(&body, &codes)) {
            take_back(connection, &copy, at)?;
        }
    }
    Ok(())
}

/// The codes of what readers of a level may not know. Who is told, and when, is in no report.
fn closed_to(
    connection: &Connection,
    level: i64,
    since: Option<i64>,
) -> StoreResult<HashSet<String>> {
    let mut codes = HashSet::new();
    let is_told = |kind: &&Kind| !matches!(kind, Kind::Recipient | Kind::Schedule | Kind::Silence);
    for kind in Kind::ALL.iter().filter(is_told) {
        let sql = format!(
            "SELECT code FROM {kind} WHERE retired_by IS NULL AND seen_from > ?1 AND recorded_at >= ?2"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([level, since.unwrap_or(i64::MIN)], |row| row.get(0))?;
        for code in rows {
            codes.insert(code?);
        }
    }
    Ok(codes)
}

fn take_back(connection: &Connection, copy: &Copy, at: i64) -> StoreResult<()> {
    const ITS: &str = "schedule = ?1 AND period_end = ?2 AND recipient = ?3";
    let of = params![copy.schedule, copy.period_end, copy.recipient];
    let left = format!("SELECT id FROM delivery WHERE {ITS} AND state IN ('waiting', 'failed')");
    let mut left = connection.prepare_cached(&left)?;
    let left = left.query_map(of, |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
    for id in &left {
        end::end(connection, id, at, CLOSED)?;
    }
    let arrived = format!("SELECT 1 FROM delivery WHERE {ITS} AND state = 'delivered'");
    if connection.prepare_cached(&arrived)?.exists(of)? {
        return Ok(());
    }
    for table in ["report_file", "report"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {ITS}"))?.execute(of)?;
    }
    Ok(())
}
