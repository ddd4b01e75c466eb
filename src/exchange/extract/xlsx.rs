//! An extract as a workbook: a sheet that says what it is, then a sheet for each table with typed cells.
//!
//! Words are written as words, never as formulas. Small workbooks are made in memory; a large one is written row by
//! row into nameless files of the temporary folder, so that memory stays flat.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate, NaiveTime};
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::readme::About;
use super::room::{NoRoom, Room, guarded};
use super::{Cell, Column, Holds, readme};
use crate::domain::{Language, Moment};

/// How many rows a sheet has room for, below its two rows of header and tags.
pub const MOST_ROWS: u64 = 1_048_574;

/// The most letters that a cell can hold, with room for the mark that some are left out.
const MOST_LETTERS: usize = 32_000;
/// The row of the tags: it stays with the header above it when rows are sorted.
const TAGS: u32 = 1;
/// The longest name that a sheet can have, letters.
const LONGEST_NAME: usize = 31;

/// A workbook that is being filled.
pub struct Book {
    inner: Workbook,
    looks: Looks,
    language: Language,
    is_large: bool,
    room: Room,
    sheets: Vec<Filled>,
}

/// A sheet with its rows so far.
pub(super) struct Filled {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u32,
    /// The codes of the sources that its rows name.
    cited: std::collections::BTreeSet<String>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("sheets", &self.sheets.len()).finish_non_exhaustive()
    }
}

impl Book {
    /// Begins a workbook; a large one must be given its rows sheet by sheet or in the order of its rows.
    #[must_use]
    pub fn begin(language: Language, is_large: bool) -> Self {
        let mut book = Workbook::new();
        // Its content is written last: only then it is known which sources are named.
        book.add_worksheet();
        let (looks, room) = (Looks::new(), Room::new(is_large));
        Self { inner: book, looks, language, is_large, room, sheets: Vec::new() }
    }

    /// Adds a sheet; gives its place.
    ///
    /// # Errors
    ///
    /// When it cannot be begun.
    pub fn sheet(&mut self, name: &str, about: &str, columns: Vec<Column>) -> io::Result<usize> {
        let name: String = name.chars().take(LONGEST_NAME).collect();
        self.room.look()?;
        let (inner, looks, is_large) = (&mut self.inner, &self.looks, self.is_large);
        guarded(|| {
            let sheet = if is_large {
                inner.add_worksheet_with_constant_memory().map_err(failed)?
            } else {
                inner.add_worksheet()
            };
            head(sheet, &name, &columns, self.language, looks).map_err(failed)
        })?;
        let about = about.to_owned();
        self.sheets.push(Filled { name, about, columns, rows: 0, cited: [].into() });
        Ok(self.sheets.len() - 1)
    }

    /// Adds a row to the sheet at this place.
    ///
    /// # Errors
    ///
    /// When the sheet is full or cannot be written.
    pub fn row(&mut self, place: usize, cells: &[Cell]) -> io::Result<()> {
        let Some(filled) = self.sheets.get_mut(place) else { return Ok(()) };
        if u64::from(filled.rows) >= MOST_ROWS {
            let name = &filled.name;
            return Err(io::Error::other(format!(
                "the sheet {name} is full: a sheet of XLSX has room for {MOST_ROWS} rows; take CSV or Parquet"
            )));
        }
        filled.rows += 1;
        let row = filled.rows + TAGS;
        for (column, cell) in filled.columns.iter().zip(cells) {
            let Cell::Text(text) = cell else {
                self.room.count(0);
                continue;
            };
            self.room.count(text.len());
            if column.cites {
                filled.cited.extend(text.split("; ").map(str::to_owned));
            }
        }
        self.room.look()?;
        guarded(|| {
            let sheet = self.inner.worksheet_from_index(place + 1).map_err(failed)?;
            for ((at, column), cell) in (0_u16..).zip(&filled.columns).zip(cells) {
                self.looks.write(sheet, (row, at), cell, column.holds).map_err(failed)?;
            }
            Ok(())
        })
    }

    /// The codes of all sources that the rows so far name, sorted.
    #[must_use]
    pub fn cited(&self) -> Vec<String> {
        let all = self.sheets.iter().flat_map(|sheet| sheet.cited.iter().cloned());
        all.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// Writes the sheet that says what it is, and the whole.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(self, about: &About, out: impl Write + Send) -> io::Result<()> {
        guarded(|| self.write(about, out))
    }

    fn write(mut self, about: &About, out: impl Write + Send) -> io::Result<()> {
        let properties = DocProperties::new()
            .set_title(readme::title(about, self.language))
            .set_author("Passage")
            .set_creation_datetime(&about.made_at.naive_utc());
        self.inner.set_properties(&properties);
        for (place, filled) in self.sheets.iter().enumerate() {
            let sheet = self.inner.worksheet_from_index(place + 1).map_err(failed)?;
            let last_row = (filled.rows + TAGS).max(TAGS + 1);
            let last_column =
                u16::try_from(filled.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
            // On the row of the tags, so that sorting and filtering leave both heads where they are.
            sheet.autofilter(TAGS, 0, last_row, last_column).map_err(failed)?;
        }
        let sheet = self.inner.worksheet_from_index(0).map_err(failed)?;
        readme::write(sheet, about, &self.sheets, self.language).map_err(failed)?;
        self.inner.save_to_writer(out).map_err(failed)
    }
}

/// Header, tags, widths, and what stays in sight.
fn head(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[Column],
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_right_to_left(language.is_right_to_left());
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, width(column))?;
        sheet.write_string_with_format(0, at, &*column.name, &looks.head)?;
    }
    for (at, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(TAGS, at, &*column.tag, &looks.tag)?;
    }
    sheet.set_freeze_panes(TAGS + 1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, TAGS)?;
    Ok(())
}

/// Wide enough for what usually stands in it and for its name, letters.
fn width(column: &Column) -> f64 {
    const WIDEST: usize = 40;
    let usual = match column.holds {
        Holds::Text if column.name == "id" => 38,
        Holds::Text => 22,
        Holds::Moment => 20,
        Holds::Number | Holds::Whole | Holds::Flag | Holds::Day => 12,
    };
    #[expect(clippy::cast_precision_loss, reason = "some letters")]
    let width = usual.max(column.name.len().min(WIDEST) + 2) as f64;
    width
}

/// How cells look.
struct Looks {
    head: Format,
    tag: Format,
    words: Format,
    /// Marked as words, so that they stay words when somebody edits the cell.
    quoted: Format,
    whole: Format,
    number: Format,
    date: Format,
    /// Its form says that it is UTC, and tells the first instant of a day from the day.
    instant: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        let head = plain().set_bold();
        Self {
            tag: plain().set_italic().set_border_bottom(FormatBorder::Medium),
            head,
            words: plain(),
            quoted: plain().set_quote_prefix(),
            whole: plain().set_num_format("#,##0"),
            number: plain().set_num_format("#,##0.##"),
            date: plain().set_num_format("yyyy-mm-dd"),
            instant: plain().set_num_format("yyyy-mm-dd hh:mm:ss\"Z\""),
        }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        cell: &Cell,
        holds: Holds,
    ) -> Result<(), XlsxError> {
        let (row, column) = at;
        match cell {
            Cell::Empty => {}
            Cell::Text(words) => self.write_words(sheet, at, words)?,
            Cell::Number(number) => {
                // A whole number must not end with a bare point.
                let is_whole = number.fract().abs() < f64::EPSILON;
                let format = if is_whole { &self.whole } else { &self.number };
                sheet.write_number_with_format(row, column, *number, format)?;
            }
            Cell::Flag(yes) => {
                sheet.write_boolean(row, column, *yes)?;
            }
            Cell::Moment(moment) => self.write_moment(sheet, at, *moment, holds)?,
        }
        Ok(())
    }

    fn write_moment(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        moment: Moment,
        holds: Holds,
    ) -> Result<(), XlsxError> {
        // Spreadsheets know no day before 1900, and take the year 1900 for a leap year.
        let has_day = |day: NaiveDate| (1901..=9999).contains(&day.year());
        if !has_day(moment.date()) {
            return self.write_words(sheet, (row, column), &moment.to_string());
        }
        let is_midnight = moment.start().time() == NaiveTime::MIN;
        if moment.is_day() || is_midnight && holds == Holds::Day {
            sheet.write_datetime_with_format(row, column, moment.date(), &self.date)?;
        } else {
            let utc = moment.start().naive_utc();
            sheet.write_datetime_with_format(row, column, utc, &self.instant)?;
        }
        Ok(())
    }

    fn write_words(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        words: &str,
    ) -> Result<(), XlsxError> {
        let is_like_a_formula = crate::exchange::cell::is_dangerous(words.trim_start());
        let format = if is_like_a_formula { &self.quoted } else { &self.words };
        let words = match words.char_indices().nth(MOST_LETTERS) {
            Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
            None => words.to_owned(),
        };
        sheet.write_string_with_format(row, column, words, format)?;
        Ok(())
    }
}

pub(super) fn failed(fault: XlsxError) -> io::Error {
    match fault {
        XlsxError::TempFileError(_, cause) => NoRoom::from(cause).into(),
        XlsxError::IoError(fault) => fault,
        other => io::Error::other(other),
    }
}
