//! Messages that end otherwise than by arriving: dismissed by somebody, or forgotten when they are old.

use rusqlite::{Connection, OptionalExtension, named_params, params};
use serde_json::json;
use uuid::Uuid;

use super::super::ledger::{Link, Note};
use super::super::millis;
use crate::domain::{Kind, Sensitivity};
use crate::store::{Action, Dismissal, Forgetting, StoreResult};

/// Dismisses what failed, and writes into the ledger who did it and why.
pub(super) fn dismiss(connection: &Connection, dismissal: &Dismissal) -> StoreResult<bool> {
    const LEVEL: &str =
        "SELECT level FROM delivery WHERE id = ?1 AND state = 'failed' AND level <= ?2";
    let of = params![dismissal.id.as_bytes(), dismissal.level as i64];
    let level: Option<i64> =
        connection.prepare_cached(LEVEL)?.query_row(of, |row| row.get(0)).optional()?;
    let Some(level) = level else { return Ok(false) };
    let why = format!("dismissed: {}", dismissal.reason);
    end(connection, dismissal.id.as_bytes(), millis(dismissal.at), &why)?;
    let note = Note {
        recorded_at: dismissal.at,
        learned_at: dismissal.at,
        actor: &dismissal.actor,
        action: Action::Dismiss,
        kind: Kind::Recipient,
        id: dismissal.id,
        code: &dismissal.id.to_string(),
        // The list of what was sent is not everybody's, and somebody's reason may say more than its level allows.
        sensitivity: level.max(Sensitivity::Confidential as i64),
        body: &json!({ "delivery": dismissal.id }).to_string(),
        reason: Some(&dismissal.reason),
    };
    Link::last(connection)?.note(connection, &note)?;
    Ok(true)
}

/// Ends a message that is not sent: it stays on the list with the reason, and what it says is destroyed.
pub(super) fn end(connection: &Connection, id: &[u8; 16], at: i64, why: &str) -> StoreResult<()> {
    const END: &str = "
        UPDATE delivery SET state = 'dismissed', next_at = NULL, done_at = :at,
               problem = :why || coalesce('; before that: ' || problem, '')
         WHERE id = :id";
    const DESTROY: &str = "DELETE FROM delivery_content WHERE delivery = ?1";
    let ended = named_params! { ":id": id, ":at": at, ":why": why };
    connection.prepare_cached(END)?.execute(ended)?;
    connection.prepare_cached(DESTROY)?.execute([id])?;
    Ok(())
}

/// Forgets what was delivered or dismissed before a moment.
pub(super) fn forget(connection: &Connection, order: &Forgetting) -> StoreResult<u64> {
    const OLD: &str = "state IN ('delivered', 'dismissed') AND done_at < ?1";
    let before = millis(order.before);
    if order.dry_run {
        let sql = format!("SELECT count(*) FROM delivery WHERE {OLD}");
        let count: i64 = connection.query_row(&sql, [before], |row| row.get(0))?;
        return Ok(count.unsigned_abs());
    }
    let told = format!(
        "DELETE FROM delivery_alert WHERE delivery IN (SELECT id FROM delivery WHERE {OLD})"
    );
    connection.execute(&told, [before])?;
    let count = connection.execute(&format!("DELETE FROM delivery WHERE {OLD}"), [before])? as u64;
    if count > 0 {
        let note = Note {
            recorded_at: order.recorded_at,
            learned_at: order.recorded_at,
            actor: &order.actor,
            action: Action::Dismiss,
            kind: Kind::Recipient,
            id: Uuid::new_v4(),
            code: "old deliveries",
            sensitivity: Sensitivity::Confidential as i64,
            body: &json!({ "forgotten": count, "before": order.before }).to_string(),
            reason: Some(&order.reason),
        };
        Link::last(connection)?.note(connection, &note)?;
    }
    Ok(count)
}
