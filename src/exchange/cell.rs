//! One cell: a value written so that no spreadsheet runs it, and read back strictly.

use std::borrow::Cow;

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone};
use chrono_tz::Tz;
use serde_json::Value;

use super::number::{Hand, Marks, bare, number, plain_number};
use super::row::{Cell, Form};
use crate::domain::{Moment, Shape};

/// What a spreadsheet takes for the start of a formula, with the full-width forms that some fold into it.
const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Would a spreadsheet run it, or would the mark before it be taken for ours?
pub(super) fn is_dangerous(text: &str) -> bool {
    // Some look past spaces for the start of a formula.
    let is_passed_over = |c: char| c == '\'' || (c.is_whitespace() && !STARTERS.contains(&c));
    text.trim_start_matches(is_passed_over).starts_with(STARTERS)
}

/// Where a spreadsheet of another country, or a paste, begins a new cell: quotes that began after a comma do not hold
/// it together then.
const SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// Would a spreadsheet run what stands behind a separator?
fn is_formula(piece: &str) -> bool {
    let text = piece.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    text.starts_with(STARTERS)
}

/// A part of a cell, up to the next separator: would it be run where it stands?
fn runs((place, piece): (usize, &str)) -> bool {
    if place == 0 { is_dangerous(piece) } else { is_formula(piece) }
}

/// The text as it stands in a cell: with `'` before what a spreadsheet would run, at its beginning or behind a
/// separator of others.
pub(super) fn protected(text: &str) -> Cow<'_, str> {
    let pieces = || text.split_inclusive(SEPARATORS).enumerate();
    if !pieces().any(runs) {
        return Cow::Borrowed(text);
    }
    let marked = pieces().flat_map(|piece| [if runs(piece) { "'" } else { "" }, piece.1]);
    Cow::Owned(marked.collect())
}

/// The text inside a cell, without any `'` that [`protected`] put there.
fn unprotected(cell: &str) -> Result<Cow<'_, str>, String> {
    let pieces = || cell.split_inclusive(SEPARATORS).enumerate();
    let unmarked = |(place, piece): (usize, &'_ str)| {
        piece.strip_prefix('\'').filter(|text| runs((place, text))).map(str::len)
    };
    if pieces().any(|piece| unmarked(piece).is_some()) {
        let own = pieces().map(|piece| {
            let length = unmarked(piece).unwrap_or(piece.1.len());
            &piece.1[piece.1.len() - length..]
        });
        let text: String = own.collect();
        return refuse_running(cell, text.into());
    }
    refuse_running(cell, cell.into())
}

/// Refuses what a spreadsheet would have run and nobody marked.
fn refuse_running<'t>(cell: &str, own: Cow<'t, str>) -> Result<Cow<'t, str>, String> {
    let text = cell.trim_start();
    let runs = text.starts_with(['=', '@']) || text.starts_with(['+', '-']) && !is_signed(text);
    if runs { Err("looks like a formula; write ' before it".to_owned()) } else { Ok(own) }
}

/// Is it a number with a sign, however its marks are meant?
fn is_signed(text: &str) -> bool {
    let text = bare(text);
    let digits = &text[1..];
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || " .,'٫٬eE+-".contains(c))
        && (!digits.contains(['+', '-']) || plain_number(&text).is_ok())
}

/// A list in one cell.
pub(super) fn joined(items: &[Value]) -> String {
    let items = items.iter().map(|item| {
        let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
        text.replace('\\', "\\\\").replace(';', "\\;")
    });
    items.collect::<Vec<_>>().join("; ")
}

/// The items of a list in one cell.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut items = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ';' => {
                items.push(String::new());
                continue;
            }
            '\\' => letters.next().ok_or("ends with \\; write \\\\ for one")?,
            other => other,
        };
        if let Some(item) = items.last_mut() {
            item.push(letter);
        }
    }
    // People end a list with the separator as often as not.
    if items.last().is_some_and(|item| item.trim().is_empty()) {
        items.pop();
    }
    if items.iter().any(|item| item.trim().is_empty()) {
        return Err("has an empty item between two ;".to_owned());
    }
    Ok(items)
}

/// How cells are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    date_format: Option<String>,
    zone: Option<Tz>,
    marks: Marks,
}

impl Reading {
    /// With this form of dates beside the usual one, in this time zone where a time has none, and with these marks in
    /// numbers.
    ///
    /// # Errors
    ///
    /// When the form leaves out the year, the month or the day, or names anything finer.
    pub(super) fn new(
        date_format: Option<&str>,
        zone: Option<Tz>,
        marks: Marks,
    ) -> Result<Self, String> {
        use std::fmt::Write;
        if let Some(format) = date_format {
            let mut sample = String::new();
            let written = NaiveDate::from_ymd_opt(2016, 11, 23)
                .filter(|date| write!(sample, "{}", date.format(format)).is_ok());
            if written.is_none() || NaiveDate::parse_from_str(&sample, format).ok() != written {
                return Err("must hold year, month and day and no time, e.g. %d/%m/%Y".to_owned());
            }
        }
        Ok(Self { date_format: date_format.map(str::to_owned), zone, marks })
    }

    /// The value in a cell; `None` where it is empty.
    ///
    /// Only the form of the cell is checked; whether the value makes sense is asked at the domain's door.
    pub(super) fn value(
        &self,
        shape: &Shape,
        cell: Cell<'_>,
        hand: Hand,
    ) -> Result<Option<Value>, String> {
        if cell.form == Form::Refused {
            return Err(cell.text.to_owned());
        }
        refuse_form(shape, cell)?;
        let text = if cell.form == Form::Typed {
            unprotected(cell.text)?
        } else {
            Cow::Borrowed(cell.text)
        };
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match shape {
            Shape::List(item) => {
                let items = split(text)?;
                let values = items
                    .iter()
                    .map(|text| self.typed(item, Cell { text: text.trim(), ..cell }, hand));
                Ok(Some(Value::Array(values.collect::<Result<_, _>>()?)))
            }
            single => self.typed(single, Cell { text, ..cell }, hand).map(Some),
        }
    }

    fn typed(&self, shape: &Shape, cell: Cell<'_>, hand: Hand) -> Result<Value, String> {
        let text = cell.text;
        match shape {
            Shape::Number | Shape::Count | Shape::Figure if cell.form != Form::Number => {
                number(text, self.marks, hand)
            }
            // A thousand times a degree is none: the point can only stand before the fraction.
            Shape::Place if cell.form != Form::Number => {
                let marks = if text.contains(',') { self.marks } else { Marks::default() };
                number(text, marks, Hand::Ours)
            }
            Shape::Number | Shape::Count | Shape::Figure | Shape::Place => plain_number(text),
            Shape::Flag => match text.to_ascii_lowercase().as_str() {
                "true" => Ok(Value::from(true)),
                "false" => Ok(Value::from(false)),
                _ => Err("must be true or false".to_owned()),
            },
            Shape::Moment => self.moment(&bare(text)),
            Shape::Outline => serde_json::from_str(text)
                .map_err(|fault| format!("must be GeoJSON of a Polygon or MultiPolygon: {fault}")),
            _ => Ok(Value::from(text)),
        }
    }

    fn moment(&self, text: &str) -> Result<Value, String> {
        let given = self.date_format.as_deref();
        if let Some(date) = given.and_then(|form| NaiveDate::parse_from_str(text, form).ok()) {
            return Ok(Value::from(date.to_string()));
        }
        if let Some(local) = local_time(text) {
            return self.in_zone(local);
        }
        match text.parse::<Moment>() {
            Ok(_) => Ok(Value::from(text)),
            Err(refusal) if refusal.rule.starts_with("must be a date") => Err(match given {
                Some(given) => format!("{}, or in the form that was given, {given}", refusal.rule),
                None => {
                    format!("{}; for another form give --date-format, e.g. %d/%m/%Y", refusal.rule)
                }
            }),
            Err(refusal) => Err(refusal.rule),
        }
    }

    /// An instant out of a time on a wall.
    fn in_zone(&self, local: NaiveDateTime) -> Result<Value, String> {
        if local.time() == NaiveTime::MIN {
            return Ok(Value::from(local.date().to_string()));
        }
        let Some(zone) = self.zone else {
            return Err("is a time without a time zone; give --time-zone, e.g. Asia/Damascus, or write 2016-07-26T10:30:00+03:00".to_owned());
        };
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) => Ok(Value::from(Moment::instant(at.to_utc()).to_string())),
            LocalResult::Ambiguous(first, _) => Err(format!(
                "comes twice in {zone}, when the clocks go back; write it as {}",
                first.to_rfc3339_opts(SecondsFormat::AutoSi, true)
            )),
            LocalResult::None => {
                Err(format!("does not come in {zone}: the clocks go forward over it"))
            }
        }
    }
}

/// A time on a wall, as a spreadsheet has it or people write it.
fn local_time(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// Refuses what a workbook says a cell is, where the field wants something else.
fn refuse_form(shape: &Shape, cell: Cell<'_>) -> Result<(), String> {
    let shape = if let Shape::List(item) = shape { item } else { shape };
    let is_number = matches!(shape, Shape::Number | Shape::Count | Shape::Figure | Shape::Place);
    let is_moment = matches!(shape, Shape::Moment);
    let refused = match cell.form {
        Form::Error => "is the error of a formula; mend it in the spreadsheet",
        Form::Unreckoned => {
            "is a formula whose result was not saved; open the file in a spreadsheet program and save it"
        }
        Form::NoDay => "is shown as a date that no calendar has",
        Form::Percent if is_number => {
            "is a percentage; give the number itself, with another format of the cell"
        }
        Form::Percent | Form::Number | Form::Flag if is_moment => {
            "is no date; give the cell the format of a date, or write YYYY-MM-DD"
        }
        Form::Clock if is_moment => "is a time without a day; write day and time",
        Form::Day | Form::Clock if is_number => {
            "is a date or a time, where a number belongs; change the format of the cell"
        }
        Form::Flag if is_number => "is true or false, where a number belongs",
        _ => return Ok(()),
    };
    Err(refused.to_owned())
}

#[cfg(test)]
mod tests;
