//! Episodes that speak of a record which is purged go with it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::delivery;
use crate::domain::Kind;
use crate::store::sqlite::purge::is_purged;
use crate::store::{Look, StoreResult};

/// Destroys the episodes and the messages that speak of a record.
pub(in crate::store::sqlite) fn purge(
    connection: &Connection,
    kind: Kind,
    code: &str,
) -> StoreResult<()> {
    const NAMING: &str = "SELECT episode FROM alert_names WHERE kind = ?1 AND code = ?2";
    const TELLING: &str = "SELECT delivery FROM delivery_name WHERE kind = ?1 AND code = ?2";
    // In an order in which nothing refers to what is gone.
    const DESTROY: [&str; 5] = [
        "DELETE FROM delivery_alert WHERE episode = ?1",
        "DELETE FROM alert_told WHERE episode = ?1",
        "DELETE FROM alert_event WHERE episode = ?1",
        "DELETE FROM alert_names WHERE episode = ?1",
        "DELETE FROM alert_episode WHERE id = ?1",
    ];
    let naming = |sql: &str| {
        let mut naming = connection.prepare_cached(sql)?;
        let ids = naming.query_map(params![kind.as_str(), code], |row| row.get(0))?;
        ids.collect::<Result<Vec<[u8; 16]>, _>>()
    };
    for delivery in naming(TELLING)? {
        tell_again(connection, &delivery)?;
        delivery::destroy(connection, &delivery)?;
    }
    for episode in naming(NAMING)? {
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

/// Purges again what a look speaks of that was purged while it was made.
pub(super) fn again(connection: &Connection, look: &Look) -> StoreResult<()> {
    let of_episodes = look.episodes.iter().flat_map(|looked| &looked.names);
    let of_messages = look.messages.iter().flat_map(|message| &message.names);
    let named: BTreeSet<(&str, Kind, &str)> = of_episodes
        .chain(of_messages)
        .map(|(kind, code)| (kind.as_str(), *kind, code.as_str()))
        .collect();
    for (_, kind, code) in named {
        if is_purged(connection, kind, code)? {
            purge(connection, kind, code)?;
        }
    }
    Ok(())
}

/// A message that is destroyed before it arrived: its reader was told what was told before it, and no more.
pub(super) fn tell_again(connection: &Connection, delivery: &[u8; 16]) -> StoreResult<()> {
    const ITS: &str = "
        FROM delivery_alert a JOIN delivery d ON d.id = a.delivery
       WHERE d.id = ?1 AND d.state <> 'delivered' AND d.recipient = alert_told.recipient
         AND a.episode = alert_told.episode";
    let first = format!("DELETE FROM alert_told WHERE EXISTS (SELECT 1 {ITS} AND a.was IS NULL)");
    let later = format!(
        "UPDATE alert_told SET is_over = 0, severity = (SELECT a.was {ITS})
          WHERE EXISTS (SELECT 1 {ITS} AND a.was IS NOT NULL)"
    );
    for sql in [first, later] {
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
