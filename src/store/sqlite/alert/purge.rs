//! Episodes that speak of a record which is purged go with it.

use rusqlite::{Connection, params};

use super::delivery;
use crate::domain::Kind;
use crate::store::StoreResult;

/// Destroys the episodes that speak of a record, with what was told of them.
pub(in crate::store::sqlite) fn purge(
    connection: &Connection,
    kind: Kind,
    code: &str,
) -> StoreResult<()> {
    const NAMING: &str = "SELECT episode FROM alert_names WHERE kind = ?1 AND code = ?2";
    // In an order in which nothing refers to what is gone.
    const DESTROY: [&str; 5] = [
        "DELETE FROM delivery_alert WHERE episode = ?1",
        "DELETE FROM alert_told WHERE episode = ?1",
        "DELETE FROM alert_event WHERE episode = ?1",
        "DELETE FROM alert_names WHERE episode = ?1",
        "DELETE FROM alert_episode WHERE id = ?1",
    ];
    const DELIVERED: &str = "SELECT delivery FROM delivery_alert WHERE episode = ?1";
    let mut naming = connection.prepare_cached(NAMING)?;
    let episodes = naming.query_map(params![kind.as_str(), code], |row| row.get(0))?;
    for episode in episodes.collect::<Result<Vec<[u8; 16]>, _>>()? {
        let mut delivered = connection.prepare_cached(DELIVERED)?;
        let deliveries = delivered.query_map([episode], |row| row.get(0))?;
        for delivery in deliveries.collect::<Result<Vec<[u8; 16]>, _>>()? {
            tell_again(connection, &delivery)?;
            delivery::destroy(connection, &delivery)?;
        }
        DESTROY.iter().try_for_each(|sql| connection.execute(sql, [episode]).map(|_| ()))?;
    }
    if kind == Kind::Recipient {
        purge_recipient(connection, code)?;
    }
    if kind == Kind::Silence {
        purge_silence(connection, code)?;
    }
    Ok(())
}

/// A message that is destroyed before it arrived may tell of other alerts too: they are told anew.
pub(super) fn tell_again(connection: &Connection, delivery: &[u8; 16]) -> StoreResult<()> {
    const ITS: &str =
        "recipient = (SELECT recipient FROM delivery WHERE id = ?1 AND state <> 'delivered')
           AND episode IN (SELECT episode FROM delivery_alert WHERE delivery = ?1)";
    let raised = format!("DELETE FROM alert_told WHERE is_over = 0 AND {ITS}");
    let over = format!("UPDATE alert_told SET is_over = 0 WHERE is_over = 1 AND {ITS}");
    for sql in [raised, over] {
        connection.prepare_cached(&sql)?.execute([delivery])?;
    }
    Ok(())
}

/// Destroys what somebody was sent: it says where to.
fn purge_recipient(connection: &Connection, code: &str) -> StoreResult<()> {
    const DESTROY: [&str; 5] = [
        "DELETE FROM delivery_alert WHERE delivery IN (SELECT id FROM delivery WHERE recipient = ?1)",
        "DELETE FROM delivery WHERE recipient = ?1",
        "DELETE FROM alert_told WHERE recipient = ?1",
        "DELETE FROM report_file WHERE recipient = ?1",
        "DELETE FROM report WHERE recipient = ?1",
    ];
    DESTROY.iter().try_for_each(|sql| connection.execute(sql, [code]).map(|_| ()))?;
    Ok(())
}

/// What a silence kept quiet no longer says by which it was.
fn purge_silence(connection: &Connection, code: &str) -> StoreResult<()> {
    const FORGET: [&str; 2] = [
        "UPDATE alert_episode SET silenced_by = NULL WHERE silenced_by = ?1",
        "UPDATE alert_event SET note = NULL WHERE step = 'silenced' AND note = ?1",
    ];
    FORGET.iter().try_for_each(|sql| connection.execute(sql, [code]).map(|_| ()))?;
    Ok(())
}
