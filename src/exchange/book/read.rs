//! A workbook cell by cell, laid down as rows.

use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::super::row::{Cell, Form, letters};
use super::guard::look_through;
use super::merged::Merged;
use super::scan::SheetNotes;
use super::serial;
use super::spool::{Spool, SpoolWriter};

/// The last column that is read, from 0.
const LAST_COLUMN: u32 = 1_023;
/// The first whole number of more digits than a spreadsheet keeps.
const MOST_WHOLE: u64 = 1_000_000_000_000_000;
/// How many bytes of rows any workbook may come to.
const LEAST_ROOM: u64 = 32 << 20;
/// How many times its own size on the disk the rows may come to beside that.
const ROOM: u64 = 60;

/// A workbook that was read.
pub(in crate::exchange) struct Book {
    /// Its sheets that are shown, in their order.
    pub(in crate::exchange) sheets: Vec<(String, Spool)>,
    /// The names of those that are hidden; they were not read.
    pub(in crate::exchange) hidden: Vec<String>,
}

/// How the numbers of a format are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    is_percent: bool,
    /// As many digits as it has zeros, where it has nothing else.
    digits: usize,
    shows_day: bool,
    /// Does it end with the letter Z, as times in UTC are written?
    is_utc: bool,
}

/// Reads a workbook.
///
/// # Errors
///
/// A sentence on why it is not read.
pub(in crate::exchange) fn read(file: &File) -> Result<Book, String> {
    let mut notes = look_through(file)?;
    let again = file.try_clone().map_err(|fault| format!("cannot be read: {fault}"))?;
    let size = again.metadata().map_or(0, |file| file.len());
    let mut workbook: Xlsx<_> = Xlsx::new(BufReader::new(again)).map_err(|fault| said(&fault))?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut writer = SpoolWriter::new().map_err(|fault| full(&fault))?;
    let mut book = Book { sheets: Vec::new(), hidden: Vec::new() };
    let most = LEAST_ROOM + ROOM * size;
    for sheet in sheets {
        match sheet.visible {
            SheetVisible::Hidden | SheetVisible::VeryHidden => book.hidden.push(sheet.name),
            SheetVisible::Visible if sheet.typ == SheetType::WorkSheet => {
                let notes = notes.remove(&sheet.name).unwrap_or_default();
                let spool = lay_down(&mut workbook, &sheet.name, notes, &mut writer, most)
                    .map_err(|fault| format!("{fault} (sheet {})", sheet.name))?;
                book.sheets.push((sheet.name, spool));
            }
            // A sheet that is only a chart.
            SheetVisible::Visible => {}
        }
    }
    Ok(book)
}

/// Lays the rows of one sheet down.
fn lay_down(
    workbook: &mut Xlsx<BufReader<File>>,
    name: &str,
    notes: SheetNotes,
    writer: &mut SpoolWriter,
    most: u64,
) -> Result<Spool, String> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|fault| said(&fault))?;
    let looks: Vec<Look> = cells.styles().iter().map(look).collect();
    let mut rows = Rows { writer, row: None };
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|fault| said(&fault))? {
        let at = cell.get_position();
        let look = looks.get(style).copied().unwrap_or_default();
        let (text, form) = match as_text(cell.get_value(), look, is_1904) {
            Some(written) => written,
            None if notes.unreckoned.contains(&at) => (String::new(), Form::Unreckoned),
            None => continue,
        };
        rows.push(at, &text, form)?;
        if rows.writer.size() > most {
            return Err("holds more text than an honest workbook of its size; copy the table into a new workbook".to_owned());
        }
    }
    rows.end_row()?;
    writer.end_sheet(Merged::new(notes.merged)).map_err(|fault| full(&fault))
}

/// Rows on their way down.
struct Rows<'w> {
    writer: &'w mut SpoolWriter,
    /// The row that is being written, from 0.
    row: Option<u32>,
}

impl Rows<'_> {
    fn push(&mut self, (row, column): (u32, u32), text: &str, form: Form) -> Result<(), String> {
        let out_of_order = |what: &str| {
            format!("has {what} out of order; open it in a spreadsheet program and save it")
        };
        if column > LAST_COLUMN {
            let letters = letters(column as usize);
            return Err(format!(
                "has a cell {letters}{} far from any table; clear it",
                u64::from(row) + 1
            ));
        }
        if self.row.is_some_and(|before| before > row) {
            return Err(out_of_order("rows"));
        }
        if self.row != Some(row) {
            self.end_row()?;
        }
        self.row = Some(row);
        if self.writer.len() > column as usize {
            return Err(out_of_order("cells"));
        }
        while self.writer.len() < column as usize {
            self.writer.push(Cell { text: "", form: Form::Text });
        }
        self.writer.push(Cell { text, form });
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), String> {
        let Some(row) = self.row.take() else { return Ok(()) };
        self.writer.end_row(u64::from(row) + 1).map_err(|fault| full(&fault))
    }
}

/// The text and form of a cell; `None` where it is empty.
fn as_text(value: &DataRef<'_>, look: Look, is_1904: bool) -> Option<(String, Form)> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => (text.clone(), Form::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), Form::Text),
        DataRef::Bool(flag) => (flag.to_string(), Form::Flag),
        DataRef::Error(error) => (error.to_string(), Form::Error),
        DataRef::DateTimeIso(text) => (text.clone(), Form::Day),
        DataRef::DurationIso(text) => (text.clone(), Form::Clock),
        DataRef::DateTime(at) if at.is_duration() => serial::written(at.as_f64(), is_1904, false),
        DataRef::DateTime(at) => {
            let written = serial::written(at.as_f64(), is_1904, look.shows_day);
            if look.is_utc { serial::in_utc(written) } else { written }
        }
        DataRef::Int(whole) if whole.unsigned_abs() >= MOST_WHOLE => rounded(),
        DataRef::Int(whole) => (whole.to_string(), Form::Number),
        DataRef::Float(value) => number(*value, look),
    })
}

/// What is said of a number that a spreadsheet has rounded.
fn rounded() -> (String, Form) {
    let reason = "is a number of more than 15 digits, and a spreadsheet rounds those: format the cell as text and write it again";
    (reason.to_owned(), Form::Refused)
}

fn number(value: f64, look: Look) -> (String, Form) {
    #[expect(clippy::cast_precision_loss, reason = "it is exact")]
    if value.abs() >= MOST_WHOLE as f64 {
        return rounded();
    }
    if look.is_percent {
        return (format!("{}%", serial::plain(value * 100.0)), Form::Percent);
    }
    let text = serial::plain(value);
    if look.digits > 1 && value.fract() == 0.0 && value >= 0.0 {
        return (format!("{text:0>width$}", width = look.digits), Form::Number);
    }
    (text, Form::Number)
}

fn look(style: &calamine::Style) -> Look {
    let Some(format) = &style.number_format else { return Look::default() };
    let code = format.format_code.as_str();
    // What stands in quotes or after a backslash is shown, and says nothing of the form.
    let bare: String = code.split('"').step_by(2).collect::<String>().to_ascii_lowercase();
    let bare = bare.replace("am/pm", "").replace("[red]", "");
    // The built-in forms of East Asia are dates, and their code is not said.
    let is_unsaid = matches!(format.format_id, Some(27..=36 | 50..=58));
    Look {
        is_percent: bare.contains('%'),
        digits: if code.bytes().all(|byte| byte == b'0') { code.len() } else { 0 },
        is_utc: code.trim_end().trim_end_matches('"').ends_with('Z'),
        shows_day: is_unsaid || bare.contains(['d', 'y']) || bare.contains("mmm"),
    }
}

fn full(fault: &std::io::Error) -> String {
    format!("cannot be laid down in the temporary folder (TMPDIR names another): {fault}")
}

/// What the reader found, in words.
fn said(fault: &XlsxError) -> String {
    format!(
        "is damaged or was not written by a spreadsheet program ({fault}); open it in one and save it as .xlsx"
    )
}
