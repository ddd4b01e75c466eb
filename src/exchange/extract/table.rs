//! Computed tables: columns written down once, each with the place in the answer where its cells are found.
//!
//! A table shows what the JSON answer says, so the two cannot disagree. A further table costs its columns.

use std::io::{self, Write};

use serde_json::Value;

use super::csv::CsvRows;
use super::parquet::ParquetRows;
use super::readme::About;
use super::xlsx::Book;
use super::{Cell, Column, Holds, Rows};

/// What is computed together: the tables that an answer comes to, the usual one first.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// What the answer is called: the stem of file names.
    pub name: &'static str,
    /// The tables in it.
    pub tables: &'static [Table],
}

/// One table of an answer.
#[derive(Clone, Copy)]
pub struct Table {
    /// What it is called among the tables of the answer.
    pub name: &'static str,
    /// What a row is, in a sentence.
    pub about: &'static str,
    /// The rows in an answer.
    pub rows: fn(&Value) -> Vec<Value>,
    /// Its columns.
    pub columns: &'static [Col],
    /// Where a row names the area, or the areas, that it stands at on a map; `None` where rows have no place.
    pub place: Option<&'static str>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A column of a computed table; a figure takes three.
#[derive(Debug, Clone, Copy)]
pub struct Col {
    /// The name in the header.
    pub name: &'static str,
    /// The HXL tag.
    pub tag: &'static str,
    /// Where its cell lies in a row: a JSON pointer.
    pub at: &'static str,
    /// What it holds.
    pub is: Is,
    /// The unit of its numbers.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// What a column of a computed table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// One thing a cell.
    One(Holds),
    /// Codes of sources.
    Sources,
    /// `{low, best, high}`: three columns.
    Figure,
}

/// A column of words, codes, or lists of them.
#[must_use]
pub const fn text(
    name: &'static str,
    tag: &'static str,
    at: &'static str,
    about: &'static str,
) -> Col {
    Col { name, tag, at, is: Is::One(Holds::Text), unit: "", about }
}

/// A column of codes of sources.
#[must_use]
pub const fn sources(at: &'static str) -> Col {
    let about = "The sources that the row rests on.";
    Col { name: "sources", tag: "#meta+source+code", at, is: Is::Sources, unit: "", about }
}

/// A column of anything that is one thing a cell.
#[must_use]
pub const fn one(
    holds: Holds,
    name: &'static str,
    tag: &'static str,
    at: &'static str,
    about: &'static str,
) -> Col {
    Col { name, tag, at, is: Is::One(holds), unit: "", about }
}

/// A column of numbers in a unit.
#[must_use]
pub const fn number(
    name: &'static str,
    tag: &'static str,
    at: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Col {
    Col { name, tag, at, is: Is::One(Holds::Number), unit, about }
}

/// A column of counts.
#[must_use]
pub const fn count(
    name: &'static str,
    tag: &'static str,
    at: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Col {
    Col { name, tag, at, is: Is::One(Holds::Whole), unit, about }
}

/// Three columns of an estimate: low, best, high.
#[must_use]
pub const fn figure(
    name: &'static str,
    tag: &'static str,
    at: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Col {
    Col { name, tag, at, is: Is::Figure, unit, about }
}

/// The rows that lie in a list of the answer.
#[must_use]
pub fn list(answer: &Value, at: &str) -> Vec<Value> {
    answer.pointer(at).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The two clocks, which every row ends with: tables of several days can be laid under each other.
const CLOCKS: [Col; 2] = [
    one(Holds::Moment, "as_of", "#date+as_of", "/as_of", "How it was then."),
    one(Holds::Moment, "known_at", "#date+known_at", "/known_at", "What was known by then."),
];

/// The ends of a figure: key, ending of the name, ending of the tag, what it is.
const ENDS: [(&str, &str, &str, &str); 3] = [
    ("low", "_low", "+min", "at least"),
    ("best", "", "", "best estimate"),
    ("high", "_high", "+max", "at most"),
];

impl Answer {
    /// The table of a name; the usual one where none is named.
    #[must_use]
    pub fn table(&self, name: Option<&str>) -> Option<&'static Table> {
        match name {
            None => self.tables.first(),
            Some(name) => self.tables.iter().find(|table| table.name == name),
        }
    }

    /// The name of the file of a table, which says what it is of; its sheet and `table=` have the name of the table.
    #[must_use]
    pub fn file(&self, table: &Table) -> String {
        if table.name == self.name {
            self.name.to_owned()
        } else {
            format!("{}.{}", self.name, table.name)
        }
    }

    /// Adds a sheet for each of its tables to a workbook.
    ///
    /// # Errors
    ///
    /// When a sheet cannot be written.
    pub fn sheets(&self, book: &mut Book, answer: &Value) -> io::Result<()> {
        for table in self.tables {
            let place = book.sheet(table.name, table.about, table.columns())?;
            for cells in table.cells(answer) {
                book.row(place, &cells)?;
            }
        }
        Ok(())
    }
}

impl Table {
    /// Its columns, figures as three, the two clocks last.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        self.all().flat_map(columns_of).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Col> {
        self.columns.iter().chain(&CLOCKS)
    }

    /// Its rows in an answer, as cells.
    #[must_use]
    pub fn cells(&self, answer: &Value) -> Vec<Vec<Cell>> {
        let clocks: Vec<Cell> = CLOCKS.iter().flat_map(|clock| cells_of(clock, answer)).collect();
        let row = |row: &Value| {
            let own = self.columns.iter().flat_map(|column| cells_of(column, row));
            own.chain(clocks.iter().cloned()).collect()
        };
        (self.rows)(answer).iter().map(row).collect()
    }

    /// Writes it as CSV.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn csv(&self, answer: &Value, out: impl Write + Send) -> io::Result<()> {
        self.fill(&mut CsvRows::begin(out, &self.columns())?, answer)
    }

    /// Writes it as Parquet.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn parquet(&self, answer: &Value, about: &About, out: impl Write + Send) -> io::Result<()> {
        self.fill(&mut ParquetRows::begin(out, &self.columns(), &about.named())?, answer)
    }

    fn fill(&self, rows: &mut dyn Rows, answer: &Value) -> io::Result<()> {
        for cells in self.cells(answer) {
            rows.row(&cells)?;
        }
        rows.finish()
    }

    /// The codes of all sources that its rows name.
    #[must_use]
    pub fn cited(&self, answer: &Value) -> Vec<String> {
        let columns = self.columns();
        let rows = self.cells(answer);
        let cells = rows.iter().flat_map(|cells| columns.iter().zip(cells));
        let cited = cells.filter(|(column, _)| column.cites).filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text.split("; ").map(str::to_owned)),
            _ => None,
        });
        let cited: std::collections::BTreeSet<String> = cited.flatten().collect();
        cited.into_iter().collect()
    }

    /// The codes of the areas that a row stands at.
    #[must_use]
    pub fn places<'r>(&self, row: &'r Value) -> Vec<&'r str> {
        match self.place.and_then(|at| row.pointer(at)) {
            Some(Value::String(code)) => vec![code],
            Some(Value::Array(codes)) => codes.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// A row as properties of a feature: by the names of its columns, typed as in JSON.
    #[must_use]
    pub fn properties(&self, row: &Value) -> Value {
        let properties = self.columns.iter().flat_map(|column| {
            columns_of(column).into_iter().zip(cells_of(column, row)).map(|(of, cell)| {
                let value = match cell {
                    Cell::Empty => Value::Null,
                    Cell::Text(text) => text.into(),
                    Cell::Number(number) => whole(number),
                    Cell::Flag(yes) => yes.into(),
                    Cell::Moment(moment) => moment.to_string().into(),
                };
                (of.name.into_owned(), value)
            })
        });
        Value::Object(properties.collect())
    }
}

/// Whole numbers without a fraction.
fn whole(number: f64) -> Value {
    const LARGEST: f64 = 9e15;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    if number.fract() == 0.0 && number.abs() < LARGEST {
        (number as i64).into()
    } else {
        number.into()
    }
}

fn columns_of(column: &Col) -> Vec<Column> {
    let words = Column::words(column.name, column.tag, column.about);
    let made = Column { unit: column.unit, ..words };
    match column.is {
        Is::One(holds) => vec![Column { holds, ..made }],
        Is::Sources => vec![Column { cites: true, ..made }],
        Is::Figure => ENDS
            .iter()
            .map(|(_, name, tag, end)| Column {
                name: format!("{}{name}", column.name).into(),
                tag: format!("{}{tag}", column.tag).into(),
                holds: Holds::Number,
                about: format!("{} ({end})", column.about.trim_end_matches('.')).into(),
                ..made.clone()
            })
            .collect(),
    }
}

fn cells_of(column: &Col, row: &Value) -> Vec<Cell> {
    let value = row.pointer(column.at).unwrap_or(&Value::Null);
    match column.is {
        Is::One(holds) => vec![Cell::of(holds, value)],
        Is::Sources => vec![Cell::of(Holds::Text, value)],
        Is::Figure => ENDS.iter().map(|(key, ..)| Cell::of(Holds::Number, &value[*key])).collect(),
    }
}
