//! Every form of file as rows of cells, read by libraries that had no part in writing it.
#![cfg(test)]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use passage::domain::Moment;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Flag(bool),
    /// Seconds since 1970.
    Time(i64),
}

/// A table: the names of its columns, their tags, its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub names: Vec<String>,
    pub tags: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The cells of a column.
    pub fn column(&self, name: &str) -> Vec<&Cell> {
        let at = self.names.iter().position(|own| own == name);
        let at = at.unwrap_or_else(|| panic!("no column {name} among {:?}", self.names));
        self.rows.iter().map(|row| &row[at]).collect()
    }
}

/// A file of CSV: all its cells are words.
pub fn csv(bytes: &[u8]) -> Sheet {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut rows = rows.records().map(|row| row.expect("a row of CSV"));
    let mut words = || rows.next().expect("two heads").iter().map(str::to_owned).collect();
    let (names, tags) = (words(), words());
    let cell = |text: &str| match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    Sheet { names, tags, rows: rows.map(|row| row.iter().map(cell).collect()).collect() }
}

/// A workbook: its sheets by name, in their order.
pub fn xlsx(bytes: &[u8]) -> Vec<(String, Sheet)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let mut rows = range.rows().map(|row| row.iter().map(of_workbook).collect::<Vec<_>>());
            let mut words = || {
                let row = rows.next().unwrap_or_default();
                row.into_iter().map(|cell| match cell {
                    Cell::Text(text) => text,
                    _ => String::new(),
                })
            };
            let (names, tags) = (words().collect(), words().collect());
            (name, Sheet { names, tags, rows: rows.collect() })
        })
        .collect()
}

fn of_workbook(cell: &Data) -> Cell {
    match cell {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Float(number) => Cell::Number(*number),
        #[expect(clippy::cast_precision_loss, reason = "counts of tests are small")]
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Bool(yes) => Cell::Flag(*yes),
        Data::DateTime(at) => {
            let at = at.as_datetime().expect("a day of the calendar").and_utc();
            Cell::Time((at.timestamp_millis() + 500).div_euclid(1_000))
        }
        other => panic!("a cell that is nothing we write: {other:?}"),
    }
}

/// A file of Parquet, with the notes in it.
pub fn parquet(bytes: Vec<u8>) -> (Sheet, Vec<(String, String)>) {
    let reader = SerializedFileReader::new(actix_web::web::Bytes::from(bytes)).expect("Parquet");
    let about = reader.metadata().file_metadata();
    let columns = about.schema_descr().columns();
    let names = columns.iter().map(|column| column.name().to_owned()).collect();
    let notes = about.key_value_metadata().cloned().unwrap_or_default();
    let notes = notes.into_iter().map(|note| (note.key, note.value.unwrap_or_default())).collect();
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(_, field)| of_parquet(field)).collect()
    });
    (Sheet { names, tags: Vec::new(), rows: rows.collect() }, notes)
}

fn of_parquet(field: &Field) -> Cell {
    match field {
        Field::Null => Cell::Empty,
        Field::Str(text) => Cell::Text(text.clone()),
        Field::Double(number) => Cell::Number(*number),
        #[expect(clippy::cast_precision_loss, reason = "counts of tests are small")]
        Field::Long(number) => Cell::Number(*number as f64),
        Field::Bool(yes) => Cell::Flag(*yes),
        Field::Date(days) => Cell::Time(i64::from(*days) * 86_400),
        Field::TimestampMillis(at) => Cell::Time((at + 500).div_euclid(1_000)),
        other => panic!("a field that is nothing we write: {other:?}"),
    }
}

/// Do a cell of CSV and one of a typed form say the same?
pub fn same(words: &Cell, typed: &Cell) -> bool {
    const NEAR: f64 = 1e-9;
    let text = match words {
        Cell::Empty => return *typed == Cell::Empty,
        Cell::Text(text) => text,
        other => panic!("{other:?} is no cell of CSV"),
    };
    match typed {
        Cell::Empty => false,
        // The mark before what a spreadsheet would run stands in CSV alone.
        Cell::Text(own) => text == own || text.replace('\'', "") == own.replace('\'', ""),
        Cell::Number(own) => {
            text.parse::<f64>().is_ok_and(|number| (number - own).abs() <= NEAR * own.abs())
        }
        Cell::Flag(own) => text == if *own { "true" } else { "false" },
        Cell::Time(own) => text.parse::<Moment>().is_ok_and(|moment| {
            (moment.start().timestamp_millis() + 500).div_euclid(1_000) == *own
        }),
    }
}

/// Checks that two tables say the same, cell by cell.
pub fn agree(what: &str, words: &Sheet, typed: &Sheet) {
    assert_eq!(words.names, typed.names, "{what}");
    assert_eq!(words.rows.len(), typed.rows.len(), "{what}: rows");
    for (number, (row, other)) in words.rows.iter().zip(&typed.rows).enumerate() {
        for (at, name) in words.names.iter().enumerate() {
            // A sheet ends where its last cell is.
            let typed = other.get(at).unwrap_or(&Cell::Empty);
            assert!(same(&row[at], typed), "{what} row {number} {name}: {:?} {typed:?}", row[at]);
        }
    }
}
