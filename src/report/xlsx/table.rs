//! One sheet of the workbook: a row of headings, then typed cells. Words are written as words, whatever they begin with.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::heading::{heading, low_best_high};
use crate::domain::Figure;
use crate::report::stated::Day;
use crate::report::words::UNNAMED_PARTIES;
use crate::tongue::Tongue;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing is known, or there is nothing to say: the cell stays empty, never 0.
    Empty,
    Words(String),
    /// A word of a closed list: the list as the catalogue names it, and the word as programs read it.
    Choice(&'static str, String),
    /// Words of closed lists.
    Choices(&'static str, Vec<String>),
    /// Names of places, parties, organisations.
    Names(Vec<String>),
    Number(f64),
    /// A share, shown in percent.
    Share(f64),
    Date(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Cell {
    pub(super) fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }

    pub(super) fn some(words: Option<&String>) -> Self {
        words.map_or(Self::Empty, |words| Self::words(words.as_str()))
    }

    pub(super) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    pub(super) fn count(count: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^53")]
        let count = count as f64;
        Self::Number(count)
    }

    pub(super) fn day(day: Option<&Day>) -> Self {
        day.map_or(Self::Empty, |day| Self::Date(day.date))
    }

    pub(super) fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub(super) fn list(list: &[String]) -> Self {
        Self::words(list.join("; "))
    }

    pub(super) fn yes(yes: bool) -> Self {
        Self::choice("book", if yes { "yes" } else { "no" })
    }

    /// A word of a closed list.
    pub(super) fn choice(list: &'static str, word: &str) -> Self {
        if word.is_empty() { Self::Empty } else { Self::Choice(list, word.to_owned()) }
    }

    pub(super) fn name(name: &str) -> Self {
        Self::Names(vec![name.to_owned()])
    }

    pub(super) fn some_name(name: Option<&String>) -> Self {
        name.map_or(Self::Empty, |name| Self::name(name))
    }

    pub(super) fn names(names: &[String]) -> Self {
        Self::Names(names.to_vec())
    }

    /// Its words in a language; nothing where it has none.
    fn told(&self, t: Tongue<'_>) -> Option<String> {
        let word = |list: &str, word: &str| chosen(t, list, word);
        Some(match self {
            Self::Words(words) => words.clone(),
            Self::Choice(list, own) => word(list, own),
            Self::Choices(list, own) => {
                own.iter().map(|own| word(list, own)).collect::<Vec<_>>().join("; ")
            }
            Self::Names(names) => {
                names.iter().map(|name| whole_name(t, name)).collect::<Vec<_>>().join("; ")
            }
            Self::Empty | Self::Number(_) | Self::Share(_) | Self::Date(_) | Self::Instant(_) => {
                return None;
            }
        })
    }

    pub(super) fn figure(figure: Figure) -> [Self; 3] {
        [figure.low(), figure.best(), figure.high()].map(Self::number)
    }
}

/// A word of a closed list; one that the catalogue does not know stands for itself.
pub(super) fn chosen(t: Tongue<'_>, list: &str, word: &str) -> String {
    let name = format!("{list}-{word}");
    if t.knows(&name) { t.word(&name) } else { word.to_owned() }
}

/// A name in the language, all of it.
pub(super) fn whole_name(t: Tongue<'_>, name: &str) -> String {
    if name == UNNAMED_PARTIES { t.word("unnamed-parties") } else { t.whole_name(name) }
}

/// A sheet that is being filled.
pub(super) struct Table {
    /// The key of its name.
    pub name: &'static str,
    /// The keys of its columns.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Of these columns; a key that ends with `*` is a figure and takes three.
    pub(super) fn new(name: &'static str, columns: &[&str]) -> Self {
        let columns = columns.iter().flat_map(|key| match key.strip_suffix('*') {
            Some(key) => low_best_high(key).to_vec(),
            None => vec![(*key).to_owned()],
        });
        Self { name, columns: columns.collect(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Writes it onto a sheet of its own.
    pub(super) fn write(&self, sheet: &mut Worksheet, t: Tongue<'_>) -> Result<(), XlsxError> {
        let language = t.language();
        sheet.set_name(heading(self.name, language))?;
        sheet.set_right_to_left(language.is_right_to_left());
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Medium);
        for (column, key) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, heading(key, language), &head)?;
        }
        let looks = Looks::new();
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                looks.write(sheet, (row, column), cell, t)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX).max(1);
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.set_autofit_max_width(WIDEST_PIXELS);
        sheet.autofit();
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(())
    }
}

/// The widest column, pixels: longer words are wrapped.
const WIDEST_PIXELS: u32 = 360;
/// The most letters that a cell can hold, with room for the mark that some are left out.
const MOST_LETTERS: usize = 32_000;

/// How cells look.
struct Looks {
    words: Format,
    /// Marked as words, so that they stay words when somebody edits the cell.
    quoted: Format,
    number: Format,
    share: Format,
    date: Format,
    instant: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        Self {
            words: plain().set_text_wrap(),
            quoted: plain().set_text_wrap().set_quote_prefix(),
            number: plain().set_num_format("#,##0.##"),
            share: plain().set_num_format("0 %"),
            date: plain().set_num_format("yyyy-mm-dd"),
            instant: plain().set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        cell: &Cell,
        t: Tongue<'_>,
    ) -> Result<(), XlsxError> {
        let (row, column) = at;
        // Spreadsheets know no day before 1900.
        let has_day = |day: NaiveDate| (1900..=9999).contains(&day.year());
        match cell {
            Cell::Empty => {}
            Cell::Words(_) | Cell::Choice(..) | Cell::Choices(..) | Cell::Names(_) => {
                let words = cell.told(t).filter(|words| !words.is_empty());
                words.map_or(Ok(()), |words| self.write_words(sheet, at, &words))?;
            }
            Cell::Number(number) => {
                // A whole number must not end with a bare point.
                let is_whole = number.fract().abs() < f64::EPSILON;
                let whole = self.number.clone().set_num_format("#,##0");
                let format = if is_whole { &whole } else { &self.number };
                sheet.write_number_with_format(row, column, *number, format)?;
            }
            Cell::Share(share) => {
                sheet.write_number_with_format(row, column, *share, &self.share)?;
            }
            Cell::Date(day) if has_day(*day) => {
                sheet.write_datetime_with_format(row, column, *day, &self.date)?;
            }
            Cell::Date(day) => self.write_words(sheet, at, &day.to_string())?,
            Cell::Instant(at_time) if has_day(at_time.date_naive()) => {
                let utc = at_time.naive_utc();
                sheet.write_datetime_with_format(row, column, utc, &self.instant)?;
            }
            Cell::Instant(at_time) => self.write_words(sheet, at, &at_time.to_rfc3339())?,
        }
        Ok(())
    }

    fn write_words(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        words: &str,
    ) -> Result<(), XlsxError> {
        let is_like_a_formula = words.trim_start().starts_with(['=', '+', '-', '@']);
        let format = if is_like_a_formula { &self.quoted } else { &self.words };
        let words = match words.char_indices().nth(MOST_LETTERS) {
            Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
            None => words.to_owned(),
        };
        sheet.write_string_with_format(row, column, words, format)?;
        Ok(())
    }
}
