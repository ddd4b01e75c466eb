//! Reports in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::{SqliteStore, instant, millis};
use crate::domain::Sensitivity;
use crate::store::{KeptReport, ReportStore, StoreResult};

const INSERT: &str = "
    INSERT INTO report (schedule, period_end, as_of, known_at, made_at, clearance, body, checkpoint)
    VALUES (:schedule, :period_end, :as_of, :known_at, :made_at, :clearance, :body, :checkpoint)
    ON CONFLICT (schedule, period_end) DO NOTHING";

const SELECT_BEFORE: &str = "
    SELECT schedule, period_end, as_of, known_at, made_at, clearance, body, checkpoint
      FROM report
     WHERE schedule = :schedule AND period_end < :period_end
     ORDER BY period_end DESC LIMIT 1";

const SELECT_NEWEST: &str = "
    SELECT schedule, period_end, as_of, known_at, made_at, clearance, body, checkpoint
      FROM report WHERE clearance <= :level ORDER BY period_end DESC, schedule LIMIT :limit";

#[async_trait]
impl ReportStore for SqliteStore {
    async fn keep_report(&self, report: KeptReport) -> StoreResult<bool> {
        self.write_in_turn(move |connection| {
            let kept = connection.execute(
                INSERT,
                named_params! {
                    ":schedule": report.schedule, ":period_end": millis(report.period_end),
                    ":as_of": millis(report.as_of), ":known_at": millis(report.known_at),
                    ":made_at": millis(report.made_at),
                    ":clearance": report.clearance as i64, ":body": report.body,
                    ":checkpoint": report.checkpoint,
                },
            )?;
            Ok(kept == 1)
        })
        .await
    }

    async fn report_before(
        &self,
        schedule: &str,
        period_end: DateTime<Utc>,
    ) -> StoreResult<Option<KeptReport>> {
        let schedule = schedule.to_owned();
        self.read(move |connection| {
            let parameters =
                named_params! { ":schedule": schedule, ":period_end": millis(period_end) };
            connection
                .prepare_cached(SELECT_BEFORE)?
                .query_row(parameters, |row| Ok(report_from_row(row)))
                .optional()?
                .transpose()
        })
        .await
    }

    async fn reports(&self, limit: usize, level: Sensitivity) -> StoreResult<Vec<KeptReport>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_NEWEST)?;
            let rows = statement
                .query_map(named_params! { ":limit": limit, ":level": level as i64 }, |row| {
                    Ok(report_from_row(row))
                })?;
            rows.map(|row| row?).collect()
        })
        .await
    }
}

fn report_from_row(row: &Row<'_>) -> StoreResult<KeptReport> {
    Ok(KeptReport {
        schedule: row.get("schedule")?,
        period_end: instant(row.get("period_end")?)?,
        as_of: instant(row.get("as_of")?)?,
        known_at: instant(row.get("known_at")?)?,
        made_at: instant(row.get("made_at")?)?,
        clearance: super::sealed::level_of(row.get("clearance")?)?,
        body: row.get("body")?,
        checkpoint: row.get("checkpoint")?,
    })
}
