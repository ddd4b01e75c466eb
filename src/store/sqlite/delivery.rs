//! What is to be delivered, in `SQLite`. What it says lies beside it, and is read where it is asked for alone.

mod end;
mod taken_back;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params, params};
use uuid::Uuid;

pub(super) use self::taken_back::take_back_reports;
use super::{SqliteStore, instant, millis, uuid, word};
use crate::domain::Sensitivity;
use crate::store::{
    Anew, Delivery, DeliveryQuery, DeliveryState, DeliveryStore, Dismissal, Failures, Forgetting,
    Progress, StoreResult,
};

const INSERT: &str = "
    INSERT INTO delivery (id, recipient, channel, address, file_name, level, made_at, schedule, period_end,
                          state, attempts, next_at, tried_at, done_at, problem)
    VALUES (:id, :recipient, :channel, :address, :file_name, :level, :made_at, :schedule, :period_end,
            :state, :attempts, :next_at, :tried_at, :done_at, :problem)";

const INSERT_CONTENT: &str = "INSERT INTO delivery_content (delivery, payload) VALUES (?1, ?2)";

const COLUMNS: &str =
    "id, recipient, channel, address, file_name, level, made_at, schedule, period_end,
           state, attempts, next_at, tried_at, done_at, problem";

/// In the order in which they were made, whatever the clock showed.
const WAITING: &str = "
     WHERE made IN (SELECT made FROM (SELECT made, row_number() OVER (PARTITION BY recipient ORDER BY made) AS place
                                        FROM delivery INDEXED BY delivery_waiting WHERE state = 'waiting')
                     WHERE place <= :of_each)
     ORDER BY made";

const SELECT_CONTENT: &str = "SELECT payload FROM delivery_content WHERE delivery = ?1";

/// What arrived while it was taken back has arrived.
const UPDATE: &str = "
    UPDATE delivery
       SET state = :state, attempts = :attempts, next_at = :next_at, tried_at = :tried_at, done_at = :done_at,
           problem = :problem
     WHERE id = :id AND (state = 'waiting' OR state = 'dismissed' AND :state = 'delivered')";

const RETRY: &str = "
    UPDATE delivery SET attempts = CASE state WHEN 'failed' THEN 0 ELSE attempts END,
                        state = 'waiting', next_at = ?2, done_at = NULL
     WHERE id = ?1 AND state IN ('failed', 'waiting') AND level <= ?3";

const READDRESS: &str = "UPDATE delivery SET address = ?2 WHERE id = ?1";

const UPDATE_CONTENT: &str = "UPDATE delivery_content SET payload = ?2 WHERE delivery = ?1";

/// Of the row that has the greatest, the problem is taken too.
const FAILURES: &str = "
    SELECT recipient, count(*) AS count, max(made), problem
      FROM delivery INDEXED BY delivery_failed WHERE state = 'failed' AND level <= ?1 GROUP BY recipient";

#[async_trait]
impl DeliveryStore for SqliteStore {
    async fn waiting(&self, of_each: usize) -> StoreResult<Vec<Delivery>> {
        let of_each = i64::try_from(of_each).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM delivery {WAITING}");
            rows(connection, &sql, &[(":of_each", &of_each)])
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
        anew: Option<Anew>,
    ) -> StoreResult<bool> {
        self.write_in_turn(move |connection| {
            let of = params![id.as_bytes(), millis(at), level as i64];
            let waits = connection.prepare_cached(RETRY)?.execute(of)? == 1;
            if let Some(Anew { address, payload }) = anew.filter(|_| waits) {
                let id = id.as_bytes();
                connection.prepare_cached(READDRESS)?.execute(params![id, address])?;
                connection.prepare_cached(UPDATE_CONTENT)?.execute(params![id, payload])?;
            }
            Ok(waits)
        })
        .await
    }

    async fn dismiss_delivery(&self, dismissal: Dismissal) -> StoreResult<bool> {
        self.write_in_turn(move |connection| end::dismiss(connection, &dismissal)).await
    }

    async fn delivery(&self, id: Uuid, level: Sensitivity) -> StoreResult<Option<Delivery>> {
        let level = level as i64;
        self.read(move |connection| whole(connection, id, "level <= :level", &[(":level", &level)]))
            .await
    }

    async fn to_send(&self, id: Uuid) -> StoreResult<Option<Delivery>> {
        self.read(move |connection| whole(connection, id, "state = 'waiting'", &[])).await
    }

    async fn deliveries(
        &self,
        query: DeliveryQuery,
        level: Sensitivity,
    ) -> StoreResult<Vec<Delivery>> {
        self.read(move |connection| listed(connection, &query, level)).await
    }

    async fn delivery_counts(
        &self,
        recipient: Option<String>,
        level: Sensitivity,
    ) -> StoreResult<Vec<(DeliveryState, u64)>> {
        let level = level as i64;
        self.read(move |connection| {
            let mut asked: Vec<(&str, &dyn ToSql)> = vec![(":level", &level)];
            let mut to = "";
            if let Some(recipient) = &recipient {
                to = "AND recipient = :recipient";
                asked.push((":recipient", recipient));
            }
            let sql = format!(
                "SELECT state, count(*) AS count FROM delivery WHERE level <= :level {to} GROUP BY state ORDER BY state"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let count = |row: &Row<'_>| Ok((word(row, "state")?, counted(row)?));
            let rows = statement.query_map(&*asked, |row| Ok(count(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn failures(&self, level: Sensitivity) -> StoreResult<Vec<Failures>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(FAILURES)?;
            let failures = |row: &Row<'_>| {
                let (recipient, problem) = (row.get("recipient")?, row.get("problem")?);
                Ok(Failures { recipient, count: counted(row)?, problem })
            };
            let rows = statement.query_map([level as i64], |row| Ok(failures(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn forget_deliveries(&self, order: Forgetting) -> StoreResult<u64> {
        self.write_in_turn(move |connection| end::forget(connection, &order)).await
    }
}

fn counted(row: &Row<'_>) -> StoreResult<u64> {
    Ok(row.get::<_, i64>("count")?.unsigned_abs())
}

/// The rows of a list, without what they say.
fn rows(
    connection: &Connection,
    sql: &str,
    asked: &[(&str, &dyn ToSql)],
) -> StoreResult<Vec<Delivery>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(asked, |row| Ok(delivery_from_row(row)))?;
    rows.map(|row| row?).collect()
}

/// One row with what it says, if it is as it must be.
fn whole(
    connection: &Connection,
    id: Uuid,
    if_so: &str,
    asked: &[(&str, &dyn ToSql)],
) -> StoreResult<Option<Delivery>> {
    let sql = format!("SELECT {COLUMNS} FROM delivery WHERE id = :id AND {if_so}");
    let (key, mut of) = (*id.as_bytes(), asked.to_vec());
    of.push((":id", &key));
    let Some(found) = rows(connection, &sql, &of)?.pop() else { return Ok(None) };
    let mut statement = connection.prepare_cached(SELECT_CONTENT)?;
    let payload: Option<Vec<u8>> = statement.query_row([key], |row| row.get(0)).optional()?;
    Ok(Some(Delivery { payload: payload.unwrap_or_default(), ..found }))
}

fn listed(
    connection: &Connection,
    query: &DeliveryQuery,
    level: Sensitivity,
) -> StoreResult<Vec<Delivery>> {
    let (level, limit) = (level as i64, i64::try_from(query.limit).unwrap_or(i64::MAX));
    let state = query.state.map(DeliveryState::as_str);
    let after = query.after.map(|(at, id)| (millis(at), *id.as_bytes()));
    let mut asked: Vec<(&str, &dyn ToSql)> = vec![(":level", &level), (":limit", &limit)];
    if let Some(state) = &state {
        asked.push((":state", state));
    }
    if let Some(recipient) = &query.recipient {
        asked.push((":recipient", recipient));
    }
    if let Some((at, id)) = &after {
        asked.extend([(":at", at as &dyn ToSql), (":id", id)]);
    }
    rows(connection, &list_sql(query), &asked)
}

/// A statement of its own for what is asked, so that each is answered in the order of an index.
fn list_sql(query: &DeliveryQuery) -> String {
    let state = query.state.map_or("", |_| "AND state = :state");
    let recipient = query.recipient.as_ref().map_or("", |_| "AND recipient = :recipient");
    let after = query.after.map_or("", |_| "AND (made_at, id) < (:at, :id)");
    format!(
        "SELECT {COLUMNS} FROM delivery WHERE level <= :level {state} {recipient} {after}
          ORDER BY made_at DESC, id DESC LIMIT :limit"
    )
}

/// Puts in what is to be delivered, in the transaction of what it tells of.
pub(super) fn insert(connection: &Connection, delivery: &Delivery) -> StoreResult<()> {
    let Delivery { progress, report, .. } = delivery;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":id": delivery.id.as_bytes(), ":recipient": delivery.recipient,
        ":channel": delivery.channel.as_str(), ":address": delivery.address,
        ":file_name": delivery.file_name, ":level": delivery.level as i64, ":made_at": millis(delivery.made_at),
        ":schedule": report.as_ref().map(|(schedule, _)| schedule),
        ":period_end": report.as_ref().map(|(_, end)| millis(*end)),
        ":state": progress.state.as_str(), ":attempts": progress.attempts,
        ":next_at": progress.next_at.map(millis), ":tried_at": progress.tried_at.map(millis),
        ":done_at": progress.done_at.map(millis), ":problem": progress.problem,
    })?;
    let content = params![delivery.id.as_bytes(), delivery.payload];
    connection.prepare_cached(INSERT_CONTENT)?.execute(content)?;
    Ok(())
}

/// Destroys a delivery: what it says may no longer be kept.
pub(super) fn destroy(connection: &Connection, id: &[u8; 16]) -> StoreResult<()> {
    for sql in
        ["DELETE FROM delivery_alert WHERE delivery = ?1", "DELETE FROM delivery WHERE id = ?1"]
    {
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
        payload: Vec::new(),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How `SQLite` goes about a statement.
    fn plan(connection: &Connection, sql: &str) -> String {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // The plan needs no values.
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
        rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }

    fn empty() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::store::sqlite::migrate::migrate(&mut connection).unwrap();
        connection
    }

    #[test]
    fn every_list_is_read_in_the_order_of_an_index() {
        let connection = empty();
        for state in [None, Some(DeliveryState::Failed)] {
            for recipient in [None, Some("hub".to_owned())] {
                for after in [None, Some((DateTime::UNIX_EPOCH, Uuid::nil()))] {
                    let query =
                        DeliveryQuery { state, recipient: recipient.clone(), after, limit: 9 };
                    let plan = plan(&connection, &list_sql(&query));
                    assert!(!plan.contains("TEMP B-TREE"), "{query:?}: {plan}");
                    let is_all = query == DeliveryQuery::latest(9);
                    assert!(is_all || plan.contains("SEARCH delivery"), "{query:?}: {plan}");
                }
            }
        }
    }

    #[test]
    fn what_waits_and_what_failed_is_found_without_what_is_over() {
        let connection = empty();
        let waiting = plan(&connection, &format!("SELECT {COLUMNS} FROM delivery {WAITING}"));
        assert!(waiting.contains("INDEX delivery_waiting"), "{waiting}");
        assert!(waiting.contains("SEARCH delivery USING INTEGER PRIMARY KEY"), "{waiting}");
        let failures = plan(&connection, FAILURES);
        assert!(failures.contains("INDEX delivery_failed"), "{failures}");
        assert!(!failures.contains("TEMP B-TREE"), "{failures}");
    }
}
