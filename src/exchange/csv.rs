//! Records written as CSV: header, HXL tags, rows.

use std::io::Write;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::cell::{protected, written};
use super::sheet::{Column, Holds, Sheet};
use crate::domain::Kind;

/// The column that says that a file does not hold all.
pub(super) const WITHHELD: &str = "withheld";

/// The file of the records of a kind, without the files of the lists inside them.
///
/// A record is its code, its id and its body, which may show what is unknown as `null` or leave it out. Where
/// something was withheld from who gets it, a last column says so, and the file is refused by an import.
#[must_use]
pub fn kind_csv<'r>(
    kind: Kind,
    records: impl IntoIterator<Item = (&'r str, Uuid, &'r Value)>,
    is_part: bool,
) -> String {
    let sheet = Sheet::of(kind);
    let mut writer = writer(Vec::new());
    let mark = |text: &str| is_part.then(|| text.to_owned());
    let names = sheet.columns.iter().map(|column| column.name.clone());
    let tags = sheet.columns.iter().map(|column| column.tag.clone());
    // Writing to memory cannot fail, and every row has as many cells as the header.
    let _ = writer.write_record(names.chain(mark(WITHHELD)));
    let _ = writer.write_record(tags.chain(mark("#meta+withheld")));
    for (code, id, body) in records {
        let cells = record_cells(sheet, code, id, body).into_iter();
        let _ = writer.write_record(cells.chain(mark("yes")));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

pub(super) fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out)
}

pub(super) fn write_head<W: Write>(writer: &mut csv::Writer<W>, sheet: &Sheet) -> csv::Result<()> {
    writer.write_record(sheet.columns.iter().map(|column| column.name.as_bytes()))?;
    writer.write_record(sheet.columns.iter().map(|column| column.tag.as_bytes()))
}

/// The cells of a record's own row.
pub(super) fn record_cells(sheet: &Sheet, code: &str, id: Uuid, body: &Value) -> Vec<String> {
    let cell = |column: &Column| match column.holds {
        Holds::Id => id.to_string(),
        _ => cell(column, code, &[], body.as_object()),
    };
    sheet.columns.iter().map(cell).collect()
}

/// The cells of a part: the code of its record, its places from 1, its fields.
pub(super) fn part_cells(sheet: &Sheet, code: &str, places: &[usize], part: &Value) -> Vec<String> {
    sheet.columns.iter().map(|column| cell(column, code, places, part.as_object())).collect()
}

fn cell(
    column: &Column,
    code: &str,
    places: &[usize],
    fields: Option<&Map<String, Value>>,
) -> String {
    match column.holds {
        Holds::Code => protected(code).into_owned(),
        Holds::Id => String::new(),
        Holds::Position(depth) => places.get(depth).map_or_else(String::new, usize::to_string),
        Holds::Field(field, key) => {
            let value = fields.and_then(|fields| fields.get(field.name)).unwrap_or(&Value::Null);
            written(key.map_or(Some(value), |key| value.get(key)).unwrap_or(&Value::Null))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_is_one_row_and_unknown_is_an_empty_cell() {
        let body = json!({
            "area": "AR-1", "date": "2016-07-26", "metric": "besieged",
            "people": {"low": 250_000, "best": null, "high": null}, "note": "=1+1, \"quoted\"",
        });
        let text = kind_csv(Kind::Population, [("PO-1", Uuid::nil(), &body)], false);
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[0].starts_with(
            "code,id,area,area_group,date,date_precision,people_low,people,people_high"
        ));
        assert!(rows[1].starts_with("#meta+code,#meta+id,#loc+code,"));
        assert!(rows[2].starts_with(
            "PO-1,00000000-0000-0000-0000-000000000000,AR-1,,2016-07-26,,250000,,,besieged,"
        ));
        assert!(rows[2].contains("\"'=1+1, \"\"quoted\"\"\""), "{}", rows[2]);
        assert_eq!(rows.len(), 3);
    }
}
