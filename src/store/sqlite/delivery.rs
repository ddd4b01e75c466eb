//! What is to be delivered, in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use uuid::Uuid;

use super::{SqliteStore, instant, millis, uuid, word};
use crate::domain::Sensitivity;
use crate::store::{Delivery, DeliveryState, DeliveryStore, Progress, StoreResult};

const INSERT: &str = "
    INSERT INTO delivery (id, recipient, channel, address, file_name, payload, level, made_at, schedule, period_end,
                          state, attempts, next_at, tried_at, done_at, problem)
    VALUES (:id, :recipient, :channel, :address, :file_name, :payload, :level, :made_at, :schedule, :period_end,
            :state, :attempts, :next_at, :tried_at, :done_at, :problem)";

/// Rows come in the order in which they were made, whatever the clock showed.
const SELECT_WAITING: &str = "
    SELECT id, recipient, channel, address, file_name, x'' AS payload, level, made_at, schedule, period_end,
           state, attempts, next_at, tried_at, done_at, problem
      FROM delivery
     WHERE rowid IN (SELECT made FROM (SELECT rowid AS made, row_number() OVER (PARTITION BY recipient ORDER BY rowid)
                                              AS place FROM delivery WHERE state = 'waiting') WHERE place <= ?1)
     ORDER BY rowid";

const SELECT_ONE: &str = "SELECT * FROM delivery WHERE id = ?1 AND level <= ?2";

const SELECT_LATEST: &str = "
    SELECT id, recipient, channel, address, file_name, x'' AS payload, level, made_at, schedule, period_end,
           state, attempts, next_at, tried_at, done_at, problem
      FROM delivery
     WHERE level <= :level AND (:state IS NULL OR state = :state) AND (:recipient IS NULL OR recipient = :recipient)
     ORDER BY made_at DESC, id DESC LIMIT :limit";

const UPDATE: &str = "
    UPDATE delivery
       SET state = :state, attempts = :attempts, next_at = :next_at, tried_at = :tried_at, done_at = :done_at,
           problem = :problem
     WHERE id = :id AND state = 'waiting'";

const RETRY: &str = "
    UPDATE delivery SET state = 'waiting', attempts = 0, next_at = ?2, done_at = NULL
     WHERE id = ?1 AND state = 'failed' AND level <= ?3";

const COUNT: &str = "SELECT state, count(*) AS count FROM delivery GROUP BY state ORDER BY state";

#[async_trait]
impl DeliveryStore for SqliteStore {
    async fn waiting(&self, of_each: usize) -> StoreResult<Vec<Delivery>> {
        let of_each = i64::try_from(of_each).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_WAITING)?;
            let rows = statement.query_map([of_each], |row| Ok(delivery_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn note_progress(&self, id: Uuid, progress: Progress) -> StoreResult<bool> {
        self.write_in_turn(move |connection| {
            let noted = connection.prepare_cached(UPDATE)?.execute(named_params! {
                ":id": id.as_bytes(), ":state": progress.state.as_str(),
                ":attempts": progress.attempts, ":next_at": progress.next_at.map(millis),
                ":tried_at": progress.tried_at.map(millis),
                ":done_at": progress.done_at.map(millis), ":problem": progress.problem,
            })?;
            Ok(noted == 1)
        })
        .await
    }

    async fn retry_delivery(
        &self,
        id: Uuid,
        at: DateTime<Utc>,
        level: Sensitivity,
    ) -> StoreResult<bool> {
        self.write_in_turn(move |connection| {
            let of = params![id.as_bytes(), millis(at), level as i64];
            Ok(connection.prepare_cached(RETRY)?.execute(of)? == 1)
        })
        .await
    }

    async fn delivery(&self, id: Uuid, level: Sensitivity) -> StoreResult<Option<Delivery>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_ONE)?;
            let of = params![id.as_bytes(), level as i64];
            statement.query_row(of, |row| Ok(delivery_from_row(row))).optional()?.transpose()
        })
        .await
    }

    async fn deliveries(
        &self,
        state: Option<DeliveryState>,
        recipient: Option<String>,
        limit: usize,
        level: Sensitivity,
    ) -> StoreResult<Vec<Delivery>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_LATEST)?;
            let asked = named_params! {
                ":level": level as i64, ":state": state.map(DeliveryState::as_str),
                ":recipient": recipient, ":limit": limit,
            };
            let rows = statement.query_map(asked, |row| Ok(delivery_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn delivery_counts(&self) -> StoreResult<Vec<(DeliveryState, u64)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(COUNT)?;
            let count = |row: &Row<'_>| -> StoreResult<(DeliveryState, u64)> {
                let count: i64 = row.get("count")?;
                Ok((word(row, "state")?, count.unsigned_abs()))
            };
            let rows = statement.query_map([], |row| Ok(count(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }
}

/// Puts in what is to be delivered, in the transaction of what it tells of.
pub(super) fn insert(connection: &Connection, delivery: &Delivery) -> StoreResult<()> {
    let Delivery { progress, report, .. } = delivery;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":id": delivery.id.as_bytes(), ":recipient": delivery.recipient,
        ":channel": delivery.channel.as_str(), ":address": delivery.address,
        ":file_name": delivery.file_name, ":payload": delivery.payload,
        ":level": delivery.level as i64, ":made_at": millis(delivery.made_at),
        ":schedule": report.as_ref().map(|(schedule, _)| schedule),
        ":period_end": report.as_ref().map(|(_, end)| millis(*end)),
        ":state": progress.state.as_str(), ":attempts": progress.attempts,
        ":next_at": progress.next_at.map(millis), ":tried_at": progress.tried_at.map(millis),
        ":done_at": progress.done_at.map(millis), ":problem": progress.problem,
    })?;
    Ok(())
}

/// Destroys a delivery: what it says may no longer be kept.
pub(super) fn destroy(connection: &Connection, id: &[u8; 16]) -> StoreResult<()> {
    for sql in [
        "DELETE FROM delivery_alert WHERE delivery = ?1",
        "DELETE FROM delivery_name WHERE delivery = ?1",
        "DELETE FROM delivery WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

fn delivery_from_row(row: &Row<'_>) -> StoreResult<Delivery> {
    let time = |column: &str| row.get::<_, Option<i64>>(column).map(|at| at.map(instant));
    let schedule: Option<String> = row.get("schedule")?;
    let period_end = time("period_end")?.transpose()?;
    Ok(Delivery {
        id: uuid(row, "id")?,
        recipient: row.get("recipient")?,
        channel: word(row, "channel")?,
        address: row.get("address")?,
        file_name: row.get("file_name")?,
        payload: row.get("payload")?,
        level: super::sealed::level_of(row.get("level")?)?,
        made_at: instant(row.get("made_at")?)?,
        report: schedule.zip(period_end),
        progress: Progress {
            state: word(row, "state")?,
            attempts: row.get("attempts")?,
            next_at: time("next_at")?.transpose()?,
            tried_at: time("tried_at")?.transpose()?,
            done_at: time("done_at")?.transpose()?,
            problem: row.get("problem")?,
        },
    })
}
