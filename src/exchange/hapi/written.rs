//! Rows as HAPI writes them: `{"data": […]}`, or CSV whose header names the columns.

use serde_json::{Map, Value, json};

use super::{Resource, Row};
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
    let end = csv::Terminator::Any(b'\n');
    let mut writer = csv::WriterBuilder::new().terminator(end).from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as the header.
    let _ = writer.write_record(resource.all_columns(expand).map(|column| column.name));
    for row in rows {
        let cells = resource.all_columns(expand);
        let cells = cells.map(|column| {
            // As words, for numbers that stand for codes can be larger than those of spreadsheets.
            let value = row.get(column.name).unwrap_or(&Value::Null);
            Cell::of(Holds::Text, value).text().into_owned()
        });
        let _ = writer.write_record(cells);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
