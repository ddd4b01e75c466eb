//! Records as extracts: their columns follow from the schema of their kind, as those of import do.
//!
//! A record is a row of the table of its kind, and the parts in its lists are rows of tables beside it.

use std::io::{self, Write};

use serde_json::Value;
use uuid::Uuid;

use super::csv::CsvRows;
use super::parquet::ParquetRows;
use super::readme::About;
use super::xlsx::Book;
use super::{Cell, Column, Holds, Rows};
use crate::domain::{Field, Kind, Shape};
use crate::exchange::sheet::{self, Sheet};

/// The column that says that not all of a record is shown; an import refuses a file that has it.
pub(in crate::exchange) const WITHHELD: &str = "withheld";
const WITHHELD_TAG: &str = "#meta+withheld";

/// A record on its way out.
#[derive(Clone, Copy)]
pub struct Taken<'r> {
    /// Its code.
    pub code: &'r str,
    /// Its id.
    pub id: Uuid,
    /// Its body; what is unknown is `null` or left out.
    pub body: &'r Value,
    /// Is something of it withheld from who gets it?
    pub is_part: bool,
}

impl std::fmt::Debug for Taken<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Taken").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The table of a kind, or of the parts in one of its lists.
#[derive(Debug, Clone, Copy)]
pub struct Of(&'static Sheet);

impl Of {
    /// The records of a kind.
    #[must_use]
    pub fn kind(kind: Kind) -> Self {
        Self(Sheet::of(kind))
    }

    /// The parts in a list, such as `drops.lines`; `None` where there is no such list.
    #[must_use]
    pub fn part(kind: Kind, path: &str) -> Option<Self> {
        path.split('.').try_fold(Sheet::of(kind), |sheet, list| sheet.child(list)).map(Self)
    }

    /// The lists that records of a kind have, such as `drops` and `drops.lines`.
    #[must_use]
    pub fn parts(kind: Kind) -> Vec<&'static str> {
        let sheets = Sheet::of(kind).all().into_iter();
        sheets.filter_map(|sheet| sheet.suffix.strip_prefix('.')).collect()
    }

    /// It and all tables of the lists inside it, outer ones first.
    #[must_use]
    pub fn all(self) -> Vec<Self> {
        self.0.all().into_iter().map(Self).collect()
    }

    /// Its name: of the file without its ending, and of the sheet.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}{}", self.0.kind.plural(), self.0.suffix)
    }

    /// What it holds, in a sentence.
    #[must_use]
    pub fn about(self) -> String {
        let kind = self.0.kind;
        match self.0.suffix.strip_prefix('.') {
            None => kind.schema().doc.trim().to_owned(),
            Some(list) => format!("{} of {}", list.replace('.', ": "), kind.plural()),
        }
    }

    /// Its columns; `marks`: also the one that says that not all of a record is shown.
    #[must_use]
    pub fn columns(self, marks: bool) -> Vec<Column> {
        let own = self.0.columns.iter().map(column);
        let about = "yes where something of the record is withheld from who asked.";
        own.chain(marks.then(|| Column::words(WITHHELD, WITHHELD_TAG, about))).collect()
    }

    /// The rows of a record in this table: one in that of its kind, one for each part in that of a list.
    ///
    /// # Errors
    ///
    /// What `row` says.
    pub fn rows(
        self,
        taken: &Taken<'_>,
        marks: bool,
        row: &mut dyn FnMut(&[Cell]) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.0.suffix.is_empty() {
            return row(&own_row(self.0, taken, &[], taken.body, marks));
        }
        each(Sheet::of(self.0.kind), taken, &[], taken.body, marks, &mut |sheet, cells| {
            if sheet.suffix == self.0.suffix { row(&cells) } else { Ok(()) }
        })
    }

    /// The rows of a record in the table of its kind and in all of its lists.
    ///
    /// # Errors
    ///
    /// What `row` says.
    pub fn all_rows(
        self,
        taken: &Taken<'_>,
        marks: bool,
        row: &mut dyn FnMut(Self, &[Cell]) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut told = |sheet, cells: Vec<Cell>| row(Self(sheet), &cells);
        each(self.0, taken, &[], taken.body, marks, &mut told)
    }
}

type Row<'r> = dyn FnMut(&'static Sheet, Vec<Cell>) -> io::Result<()> + 'r;

fn each(
    sheet: &'static Sheet,
    taken: &Taken<'_>,
    places: &[usize],
    body: &Value,
    marks: bool,
    row: &mut Row<'_>,
) -> io::Result<()> {
    row(sheet, own_row(sheet, taken, places, body, marks))?;
    for child in &sheet.children {
        let parts = body.get(child.list).and_then(Value::as_array).into_iter().flatten();
        for (index, part) in parts.enumerate() {
            let places: Vec<usize> = places.iter().copied().chain([index + 1]).collect();
            each(child, taken, &places, part, marks, row)?;
        }
    }
    Ok(())
}

/// The row of a record, or of a part, by itself.
fn own_row(
    sheet: &Sheet,
    taken: &Taken<'_>,
    places: &[usize],
    body: &Value,
    marks: bool,
) -> Vec<Cell> {
    let own = sheet.columns.iter().map(|column| cell(column, taken, places, body));
    let mark = marks.then(|| Cell::words(if taken.is_part { "yes" } else { "" }));
    own.chain(mark).collect()
}

fn cell(column: &sheet::Column, taken: &Taken<'_>, places: &[usize], body: &Value) -> Cell {
    match column.holds {
        sheet::Holds::Code => Cell::words(taken.code),
        sheet::Holds::Id if places.is_empty() => Cell::Text(taken.id.to_string()),
        sheet::Holds::Id => Cell::Empty,
        #[expect(clippy::cast_precision_loss, reason = "places in a list stay far below 2^53")]
        sheet::Holds::Position(depth) => {
            places.get(depth).map_or(Cell::Empty, |place| Cell::Number(*place as f64))
        }
        sheet::Holds::Field(field, key) => {
            let value = body.get(field.name).unwrap_or(&Value::Null);
            let value = key.map_or(Some(value), |key| value.get(key)).unwrap_or(&Value::Null);
            Cell::of(holds(field), value)
        }
    }
}

const fn holds(field: &Field) -> Holds {
    match field.shape {
        Shape::Number | Shape::Figure | Shape::Place => Holds::Number,
        Shape::Count => Holds::Whole,
        Shape::Flag => Holds::Flag,
        Shape::Moment => Holds::Moment,
        _ => Holds::Text,
    }
}

fn column(of: &sheet::Column) -> Column {
    let words = |about: &'static str| Column::words("", "", about);
    let made = match of.holds {
        sheet::Holds::Code => words("The code of the record."),
        sheet::Holds::Id => words("The id of the record."),
        sheet::Holds::Position(_) => {
            Column { holds: Holds::Whole, ..words("Its place in the list, from 1.") }
        }
        sheet::Holds::Field(field, _) => Column {
            holds: holds(field),
            cites: cites(&field.shape),
            unit: if matches!(field.shape, Shape::Place) { "degrees" } else { "" },
            ..words(field.doc)
        },
    };
    Column { name: of.name.clone().into(), tag: of.tag.clone().into(), ..made }
}

const fn cites(shape: &Shape) -> bool {
    match shape {
        Shape::Code(kind) => matches!(kind.as_bytes(), b"source"),
        Shape::List(item) => cites(item),
        _ => false,
    }
}

/// One table of a kind, written in a form that holds one.
pub struct Table {
    of: Of,
    marks: bool,
    rows: Box<dyn Rows>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("of", &self.of.name()).finish_non_exhaustive()
    }
}

impl Table {
    /// Begins it as CSV.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn csv(of: Of, marks: bool, out: impl Write + Send + 'static) -> io::Result<Self> {
        let rows = Box::new(CsvRows::begin(out, &of.columns(marks))?);
        Ok(Self { of, marks, rows })
    }

    /// Begins it as Parquet.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn parquet(
        of: Of,
        marks: bool,
        about: &About,
        out: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let rows = Box::new(ParquetRows::begin(out, &of.columns(marks), &about.named())?);
        Ok(Self { of, marks, rows })
    }

    /// Adds what a record has in it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn record(&mut self, taken: &Taken<'_>) -> io::Result<()> {
        let rows = &mut self.rows;
        self.of.rows(taken, self.marks, &mut |cells| rows.row(cells))
    }

    /// Adds a row that was made already.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.rows.row(cells)
    }

    /// Writes what is left.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.rows.finish()
    }
}

/// The sheets of a kind in a workbook: that of its records, and those of lists that are not empty.
#[derive(Debug)]
pub struct Sheets {
    of: Of,
    marks: bool,
    places: Vec<(&'static str, usize)>,
}

impl Sheets {
    /// Adds the sheet of a kind.
    ///
    /// # Errors
    ///
    /// When it cannot be begun.
    pub fn begin(book: &mut Book, kind: Kind, marks: bool) -> io::Result<Self> {
        let of = Of::kind(kind);
        let mut sheets = Self { of, marks, places: Vec::new() };
        sheets.place(book, of)?;
        Ok(sheets)
    }

    /// Adds a record and its parts.
    ///
    /// # Errors
    ///
    /// When a sheet is full or cannot be written.
    pub fn record(&mut self, book: &mut Book, taken: &Taken<'_>) -> io::Result<()> {
        let (of, marks) = (self.of, self.marks);
        of.all_rows(taken, marks, &mut |of, cells| {
            let place = self.place(book, of)?;
            book.row(place, cells)
        })
    }

    fn place(&mut self, book: &mut Book, of: Of) -> io::Result<usize> {
        let known = self.places.iter().find(|(suffix, _)| *suffix == of.0.suffix);
        if let Some((_, place)) = known {
            return Ok(*place);
        }
        let place = book.sheet(&of.name(), &of.about(), of.columns(self.marks))?;
        self.places.push((&of.0.suffix, place));
        Ok(place)
    }
}
