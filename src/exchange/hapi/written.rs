//! Rows as HAPI writes them: `{"data": […]}`, or CSV whose header names the columns.

use serde_json::{Map, Value, json};

use super::{Resource, Row};
use crate::exchange::extract::csv::line;
use crate::exchange::extract::{Cell, Holds};

/// `{"data": […]}`; every column stands in every row, `null` where nothing is known.
#[must_use]
pub fn json(resource: &Resource, expand: bool, rows: &[Row]) -> String {
    let shown = |row: &Row| {
        let columns = resource.all_columns(expand);
        let cells = columns.map(|column| {
            let value = row.get(column.name).cloned().unwrap_or(Value::Null);
            (column.name.to_owned(), value)
        });
        Value::Object(cells.collect::<Map<_, _>>())
    };
    json!({ "data": rows.iter().map(shown).collect::<Vec<_>>() }).to_string()
}

/// CSV in the order of HAPI; of no rows nothing at all, as HAPI does it.
#[must_use]
pub fn csv(resource: &Resource, expand: bool, rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = line(&mut out, resource.all_columns(expand).map(|column| column.name.into()));
    for row in rows {
        let cells = resource.all_columns(expand);
        let cells = cells.map(|column| {
            // As words, for numbers that stand for codes can be larger than those of spreadsheets.
            let value = row.get(column.name).unwrap_or(&Value::Null);
            Cell::of(Holds::Text, value).text().into_owned().into()
        });
        let _ = line(&mut out, cells);
    }
    String::from_utf8(out).unwrap_or_default()
}
