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
            delivery::destroy(connection, &delivery)?;
        }
        DESTROY.iter().try_for_each(|sql| connection.execute(sql, [episode]).map(|_| ()))?;
    }
    Ok(())
}
