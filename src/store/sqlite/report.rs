//! Reports in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::{SqliteStore, delivery, instant, millis, word};
use crate::domain::{Format, Sensitivity};
use crate::store::{
    KeptReport, ListedCopy, ListedReport, ReportCopy, ReportPlace, ReportStore, StoreResult,
};

const INSERT: &str = "
    INSERT INTO report (schedule, period_end, recipient, language, as_of, known_at, made_at, clearance, body, checkpoint)
    VALUES (:schedule, :period_end, :recipient, :language, :as_of, :known_at, :made_at, :clearance, :body, :checkpoint)";

const EXISTS: &str = "
    SELECT EXISTS (SELECT 1 FROM report WHERE schedule = ?1 AND period_end = ?2 AND recipient = ?3)";

const INSERT_FILE: &str = "
    INSERT INTO report_file (schedule, period_end, recipient, format, content) VALUES (?1, ?2, ?3, ?4, ?5)";

const SELECT_BEFORE: &str = "
    SELECT schedule, period_end, recipient, language, as_of, known_at, made_at, clearance, body, checkpoint
      FROM report
     WHERE schedule = :schedule AND recipient = :recipient AND period_end < :period_end
     ORDER BY period_end DESC LIMIT 1";

const SELECT_ENDS: &str = "
    SELECT DISTINCT period_end FROM report WHERE schedule = ?1 AND period_end >= ?2 ORDER BY period_end";

const SELECT_FILE: &str = "
    SELECT content FROM report_file WHERE schedule = ?1 AND period_end = ?2 AND recipient = ?3 AND format = ?4";

const SELECT_NEWEST: &str = "
    SELECT period_end, schedule FROM report
     WHERE clearance <= :level AND period_end <= :period_end AND (period_end < :period_end OR schedule > :schedule)
     GROUP BY period_end, schedule ORDER BY period_end DESC, schedule LIMIT :limit";

const SELECT_COPIES: &str = "
    SELECT recipient, language, as_of, known_at, made_at, clearance FROM report
     WHERE schedule = ?1 AND period_end = ?2 AND clearance <= ?3 ORDER BY recipient";

#[async_trait]
impl ReportStore for SqliteStore {
    async fn keep_report(&self, copies: Vec<ReportCopy>) -> StoreResult<bool> {
        self.write_in_turn(move |connection| {
            for copy in &copies {
                if is_kept(connection, &copy.report)? {
                    return Ok(false);
                }
            }
            copies.iter().try_for_each(|copy| keep(connection, copy))?;
            // What they name may have been closed while they were made.
            let made_at = copies.first().map_or(0, |copy| millis(copy.report.made_at));
            delivery::take_back_reports(connection, made_at, Some(made_at))?;
            Ok(true)
        })
        .await
    }

    async fn report_before(
        &self,
        schedule: &str,
        recipient: &str,
        period_end: DateTime<Utc>,
    ) -> StoreResult<Option<KeptReport>> {
        let (schedule, recipient) = (schedule.to_owned(), recipient.to_owned());
        self.read(move |connection| {
            let parameters = named_params! {
                ":schedule": schedule, ":recipient": recipient, ":period_end": millis(period_end),
            };
            connection
                .prepare_cached(SELECT_BEFORE)?
                .query_row(parameters, |row| Ok(report_from_row(row)))
                .optional()?
                .transpose()
        })
        .await
    }

    async fn report_ends(
        &self,
        schedule: &str,
        from: DateTime<Utc>,
    ) -> StoreResult<Vec<DateTime<Utc>>> {
        let schedule = schedule.to_owned();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_ENDS)?;
            let rows = statement
                .query_map(params![schedule, millis(from)], |row| Ok(instant(row.get(0)?)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn report_file(
        &self,
        report: &KeptReport,
        format: Format,
    ) -> StoreResult<Option<Vec<u8>>> {
        let (schedule, recipient) = (report.schedule.clone(), report.recipient.clone());
        let period_end = millis(report.period_end);
        self.read(move |connection| {
            let of = params![schedule, period_end, recipient, format.as_str()];
            Ok(connection
                .prepare_cached(SELECT_FILE)?
                .query_row(of, |row| row.get(0))
                .optional()?)
        })
        .await
    }

    async fn reports(
        &self,
        after: Option<ReportPlace>,
        limit: usize,
        level: Sensitivity,
    ) -> StoreResult<Vec<ListedReport>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let (end, schedule) =
                after.map_or((i64::MAX, String::new()), |(end, schedule)| (millis(end), schedule));
            let mut statement = connection.prepare_cached(SELECT_NEWEST)?;
            let from = named_params! {
                ":level": level as i64, ":period_end": end, ":schedule": schedule, ":limit": limit,
            };
            let places = statement.query_map(from, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let places: Vec<(i64, String)> = places.collect::<Result<_, _>>()?;
            places.into_iter().map(|place| listed(connection, place, level)).collect()
        })
        .await
    }
}

/// A report in the list, with its copies up to a level.
fn listed(
    connection: &Connection,
    (end, schedule): (i64, String),
    level: Sensitivity,
) -> StoreResult<ListedReport> {
    let mut statement = connection.prepare_cached(SELECT_COPIES)?;
    let mut rows = statement.query(params![schedule, end, level as i64])?;
    let period_end = instant(end)?;
    let (as_of, known_at, made_at) = (period_end, period_end, period_end);
    let mut report =
        ListedReport { schedule, period_end, as_of, known_at, made_at, copies: Vec::new() };
    while let Some(row) = rows.next()? {
        if report.copies.is_empty() {
            report.as_of = instant(row.get("as_of")?)?;
            report.known_at = instant(row.get("known_at")?)?;
            report.made_at = instant(row.get("made_at")?)?;
        }
        report.copies.push(ListedCopy {
            recipient: row.get("recipient")?,
            language: word(row, "language")?,
            clearance: super::sealed::level_of(row.get("clearance")?)?,
        });
    }
    Ok(report)
}

fn is_kept(connection: &Connection, report: &KeptReport) -> StoreResult<bool> {
    let of = params![report.schedule, millis(report.period_end), report.recipient];
    Ok(connection.prepare_cached(EXISTS)?.query_row(of, |row| row.get(0))?)
}

fn keep(connection: &Connection, copy: &ReportCopy) -> StoreResult<()> {
    let report = &copy.report;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":schedule": report.schedule, ":period_end": millis(report.period_end),
        ":recipient": report.recipient, ":language": report.language.as_str(),
        ":as_of": millis(report.as_of), ":known_at": millis(report.known_at),
        ":made_at": millis(report.made_at), ":clearance": report.clearance as i64,
        ":body": report.body, ":checkpoint": report.checkpoint,
    })?;
    for (format, content) in &copy.files {
        let of = (&report.schedule, millis(report.period_end), &report.recipient);
        let file = params![of.0, of.1, of.2, format.as_str(), content];
        connection.prepare_cached(INSERT_FILE)?.execute(file)?;
    }
    copy.deliveries.iter().try_for_each(|delivery| delivery::insert(connection, delivery))
}

fn report_from_row(row: &Row<'_>) -> StoreResult<KeptReport> {
    Ok(KeptReport {
        schedule: row.get("schedule")?,
        period_end: instant(row.get("period_end")?)?,
        recipient: row.get("recipient")?,
        language: word(row, "language")?,
        as_of: instant(row.get("as_of")?)?,
        known_at: instant(row.get("known_at")?)?,
        made_at: instant(row.get("made_at")?)?,
        clearance: super::sealed::level_of(row.get("clearance")?)?,
        body: row.get("body")?,
        checkpoint: row.get("checkpoint")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_reports_reads_an_index_and_sorts_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::migrate::migrate(&mut connection).unwrap();
        let plan = |sql: &str| -> String {
            let sql = format!("EXPLAIN QUERY PLAN {sql}");
            let mut statement = connection.prepare(&sql).unwrap();
            let (mut steps, mut rows) = (String::new(), statement.raw_query());
            while let Some(row) = rows.next().unwrap() {
                steps += &row.get::<_, String>("detail").unwrap();
            }
            steps
        };
        let newest = plan(SELECT_NEWEST);
        assert!(newest.contains("USING COVERING INDEX report_newest"), "{newest}");
        let copies = plan(SELECT_COPIES);
        assert!(copies.contains("USING PRIMARY KEY"), "{copies}");
        assert!(![newest, copies].concat().contains("TEMP B-TREE"), "nothing is sorted");
    }
}
