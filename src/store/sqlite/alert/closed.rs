//! Messages that wait are taken back when what they name was closed to whom they go.

use rusqlite::Connection;

use super::delivery;
use super::purge::tell_again;
use crate::domain::Kind;
use crate::store::StoreResult;

/// Destroys the messages that did not arrive yet and name a record above the level they were made for.
///
/// What they tell of other alerts is told anew. What arrived stays on record as it was sent.
pub(in crate::store::sqlite) fn take_back(connection: &Connection) -> StoreResult<()> {
    const NAMED: &str = "
        SELECT DISTINCT n.kind FROM delivery d JOIN delivery_name n ON n.delivery = d.id
         WHERE d.state IN ('waiting', 'failed')";
    let mut named = connection.prepare_cached(NAMED)?;
    let kinds = named.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    for kind in Kind::ALL.iter().filter(|kind| kinds.iter().any(|named| named == kind.as_str())) {
        let closed = format!(
            "SELECT DISTINCT d.id FROM delivery d JOIN delivery_name n ON n.delivery = d.id
               JOIN {kind} k ON k.code = n.code AND k.retired_by IS NULL
              WHERE d.state IN ('waiting', 'failed') AND n.kind = '{kind}' AND k.seen_from > d.level"
        );
        let mut closed = connection.prepare_cached(&closed)?;
        let deliveries = closed.query_map([], |row| row.get(0))?;
        for delivery in deliveries.collect::<Result<Vec<[u8; 16]>, _>>()? {
            tell_again(connection, &delivery)?;
            delivery::destroy(connection, &delivery)?;
        }
    }
    Ok(())
}
