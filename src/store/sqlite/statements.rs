//! The statements that write a kind, built once from its columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::types::Value as Sql;
use serde_json::Value;

use crate::domain::Kind;
use crate::store::{StoreError, StoreResult};

/// The statements of one kind.
pub(super) struct Statements {
    pub(super) insert: String,
    pub(super) by_code: String,
    pub(super) by_id: String,
    pub(super) by_version: String,
    pub(super) latest: String,
    pub(super) retire: String,
    pub(super) exists: String,
    /// Raises what every version of a record is seen from, and ends its embargo when that of the newest ends.
    pub(super) raise: String,
}

static STATEMENTS: LazyLock<HashMap<Kind, Statements>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| (*kind, statements(*kind))).collect());

fn statements(kind: Kind) -> Statements {
    let own = kind.columns().iter().fold(String::new(), |own, column| own + " " + column + ",");
    let count = 19 + kind.columns().len();
    let places: Vec<String> = (1..=count).map(|n| format!("?{n}")).collect();
    let current = "SELECT version, id, code, learned_at, retired_at, sensitivity, seen_from, place_from, owner,
                          masked_lon, masked_lat FROM";
    Statements {
        insert: format!(
            "INSERT INTO {kind} (version, id, code, happened_at, sensitivity, lon, lat, masked_lon, masked_lat,{own}
                summary, withdrawn, learned_at, recorded_at, owner, seen_from, place_from, whole_from, embargo_until, small)
             VALUES ({})",
            places.join(", ")
        ),
        by_code: format!("{current} {kind} WHERE code = ?1 AND retired_by IS NULL"),
        by_id: format!("{current} {kind} WHERE id = ?1 AND retired_by IS NULL"),
        by_version: format!("{current} {kind} WHERE version = ?1"),
        latest: format!(
            "SELECT max(version) FROM {kind}
              WHERE id = ?1 AND learned_at <= ?2 AND (retired_at IS NULL OR retired_at > ?2)"
        ),
        // A version known only later than the new one was never known: its time is empty.
        retire: format!(
            "UPDATE {kind} SET retired_by = :version, retired_at = max(:learned_at, learned_at)
              WHERE id = :id AND version <> :version AND (retired_at IS NULL OR retired_at > :learned_at)"
        ),
        exists: format!("SELECT withdrawn FROM {kind} WHERE code = ?1 AND retired_by IS NULL"),
        raise: format!(
            "UPDATE {kind} SET seen_from = max(seen_from, :seen_from), place_from = max(place_from, :place_from),
                    embargo_until = :embargo_until
              WHERE id = :id AND version < :version"
        ),
    }
}

pub(super) fn statements_of(kind: Kind) -> StoreResult<&'static Statements> {
    STATEMENTS.get(&kind).ok_or_else(|| StoreError::Corrupt(format!("no table for {kind}")))
}

/// A value of a body as it stands in a column.
pub(super) fn sql_value(value: &Value) -> Sql {
    match value {
        Value::String(text) => Sql::Text(text.clone()),
        Value::Number(number) => number
            .as_i64()
            .map(Sql::Integer)
            .or_else(|| number.as_f64().map(Sql::Real))
            .unwrap_or(Sql::Null),
        Value::Bool(flag) => Sql::Integer(i64::from(*flag)),
        _ => Sql::Null,
    }
}
