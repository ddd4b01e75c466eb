//! What was changed about tokens and people, written with the change itself.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, named_params};
use serde_json::Value;

use super::{instant, millis};
use crate::store::{AccountChange, StoreError, StoreResult};

const INSERT: &str = "
    INSERT INTO account_change (sequence, recorded_at, actor, action, subject, id, detail)
    SELECT coalesce(max(sequence), 0) + 1, :at, :actor, :action, :subject, :id, :detail
      FROM account_change";

const SELECT_AFTER: &str = "
    SELECT sequence, recorded_at, actor, action, subject, id, detail
      FROM account_change WHERE sequence > :after ORDER BY sequence LIMIT :limit";

/// Whom something was done to: a token or a user, and which.
pub(super) type Subject<'a> = (&'static str, &'a str);

/// Writes down what was done, as part of the transaction that does it.
pub(super) fn note(
    connection: &Connection,
    (by, at): (&str, DateTime<Utc>),
    action: &str,
    (subject, id): Subject<'_>,
    detail: &Value,
) -> StoreResult<()> {
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":at": millis(at), ":actor": by, ":action": action, ":subject": subject, ":id": id,
        ":detail": detail.to_string(),
    })?;
    Ok(())
}

pub(super) fn after(
    connection: &Connection,
    after: i64,
    limit: usize,
) -> StoreResult<Vec<AccountChange>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(SELECT_AFTER)?;
    let rows = statement
        .query_map(named_params! { ":after": after, ":limit": limit }, |row| Ok(from_row(row)))?;
    rows.map(|row| row?).collect()
}

fn from_row(row: &Row<'_>) -> StoreResult<AccountChange> {
    let detail: String = row.get("detail")?;
    Ok(AccountChange {
        sequence: row.get("sequence")?,
        recorded_at: instant(row.get("recorded_at")?)?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        id: row.get("id")?,
        detail: serde_json::from_str(&detail)
            .map_err(|fault| StoreError::Corrupt(format!("a change of an account: {fault}")))?,
    })
}
