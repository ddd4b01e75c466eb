//! Rows of files and records of imports, as problems that are pointed at.

use serde_json::Value;

use crate::domain::Problem;
use crate::store::ChangedSince;

/// A record that stands in the way of an undoing.
pub(super) fn changed(since: &ChangedSince) -> Problem {
    let ChangedSince { kind, code, version, actor, recorded_at } = since;
    let at = recorded_at.format("%Y-%m-%d %H:%M");
    Problem {
        pointer: format!("/{}/{code}", kind.plural()),
        detail: format!("{kind} {code} is at version {version} now, by {actor} on {at} UTC"),
    }
}

/// How many things are wrong with an import.
pub(super) fn wrong_rows(import: &Value) -> u64 {
    let listed = import["problems"].as_array().map_or(0, Vec::len) as u64;
    listed + import["more"].as_u64().unwrap_or(0)
}

/// What is wrong with a row, pointed at among the problems of the import.
pub(super) fn of_row((index, problem): (usize, &Value)) -> Problem {
    let mut place = Vec::new();
    for (name, before) in
        [("file", ""), ("sheet", "sheet "), ("row", "row "), ("column", "column ")]
    {
        match &problem[name] {
            Value::String(text) if !text.is_empty() => place.push(format!("{before}{text}")),
            Value::Number(number) => place.push(format!("{before}{number}")),
            _ => {}
        }
    }
    let reason = problem["reason"].as_str().unwrap_or_default();
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
    Problem { pointer: format!("/import/problems/{index}"), detail: format!("{place}{reason}") }
}
