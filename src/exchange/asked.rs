//! How an import is asked for, in words: the fields of a form, kept with the import so that it can be done as it was tried.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::import::{Options, check_options};
use super::outcome::ImportError;
use crate::clock;
use crate::domain::{Kind, Problems};
use crate::matching::Score;
use crate::store::NewImport;

/// The fields that say how files are read, each with what it is about.
pub const FIELDS: [(&str, &str); 11] = [
    ("kind", "The kind of the files, where their names and tags do not tell: convoy or convoys."),
    ("as_reported", "true counts each record as known from the date of its source; for admins."),
    ("date_format", "Another form of dates beside YYYY-MM-DD, e.g. %d/%m/%Y."),
    (
        "time_zone",
        "Where the clock hung that times without a zone were read from, e.g. Asia/Damascus.",
    ),
    ("decimal", "The mark before the fraction of a number: . or ,"),
    ("thousands", "The mark between thousands: . or , or ' or a space."),
    (
        "encoding",
        "How CSV files are written, where that is not UTF-8: utf-16le, utf-16be, windows-1256, windows-1252.",
    ),
    (
        "separator",
        "What stands between the cells of CSV files, where that cannot be told: , or ; or tab.",
    ),
    (
        "new_organisations",
        "true makes the organisations that a 4W names and that are not known here.",
    ),
    (
        "accept",
        "What is meant by values that are no codes, one VALUE=CODE a line, e.g. Douma=SY-DUMA; see suggestions.",
    ),
    (
        "accept_from",
        "Takes the nearest name from this score on, 0 to 1; what was taken is listed in taken.",
    ),
];

/// A sentence about a file for who sends forms: the options of the command line are their fields, between backticks.
///
/// # Example
///
/// ```
/// use passage::exchange::import::by_fields;
/// let sentence = "give --thousands . or --date-format %d/%m/%Y";
/// assert_eq!(by_fields(sentence), "give `thousands` . or `date_format` %d/%m/%Y");
/// ```
#[must_use]
pub fn by_fields(sentence: &str) -> String {
    let words = sentence.replace("`passage template`", "`/api/v1/templates/{kinds}.xlsx`");
    // From behind: --accept-from is no --accept.
    FIELDS.iter().rev().fold(words, |words, (field, _)| {
        words.replace(&format!("--{}", field.replace('_', "-")), &format!("`{field}`"))
    })
}

impl Options {
    /// The fields that ask for this; what is left out is as usual.
    #[must_use]
    pub fn asked(&self) -> BTreeMap<&'static str, String> {
        let flag = |is: bool| is.then(|| "true".to_owned());
        let mark = |mark: Option<char>| mark.map(String::from);
        let separator = self.separator.map(|mark| match mark {
            '\t' => "tab".to_owned(),
            other => other.to_string(),
        });
        [
            ("kind", self.kind.map(|kind| kind.to_string())),
            ("as_reported", flag(self.as_reported)),
            ("date_format", self.date_format.clone()),
            ("time_zone", self.time_zone.map(|zone| zone.to_string())),
            ("decimal", mark(self.decimal)),
            ("thousands", mark(self.thousands)),
            ("encoding", self.encoding.map(|encoding| encoding.to_string())),
            ("separator", separator),
            ("new_organisations", flag(self.new_organisations)),
            ("accept", (!self.accept.codes.is_empty()).then(|| lines(&self.accept.codes))),
            ("accept_from", self.accept.from.map(|score| score.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// The import as it stands on record.
    pub(super) fn on_record(&self, paths: &[PathBuf], begun_at: DateTime<Utc>) -> NewImport {
        let names = paths.iter().map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let file = path.metadata().ok().filter(std::fs::Metadata::is_file);
            json!({ "file": name, "bytes": file.map(|file| file.len()) })
        });
        NewImport {
            id: self.id.unwrap_or_else(clock::new_id),
            actor: self.actor.clone(),
            idempotency: None,
            begun_at,
            asked: json!(self.asked()).to_string(),
            files: names.collect::<Value>().to_string(),
        }
    }

    /// Takes what the fields ask for.
    ///
    /// # Errors
    ///
    /// Every field that cannot be used, and every one that is not known.
    pub fn asking(mut self, fields: &BTreeMap<String, String>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        for (name, value) in fields {
            if let Err(why) = self.set(name, value) {
                problems.add_field(name, format!("{why}, got {value:?}"));
            }
        }
        match check_options(&self) {
            Err(ImportError::DateFormat(why)) => problems.add_field("date_format", why),
            Err(fault) => problems.add_field("decimal", by_fields(&fault.to_string())),
            Ok(()) => {}
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "kind" => self.kind = Some(kind_named(value)?),
            "as_reported" => self.as_reported = flag(value)?,
            "date_format" => self.date_format = Some(value.to_owned()),
            "time_zone" => {
                let zone = value.parse();
                self.time_zone = Some(zone.map_err(|_unknown| "is no time zone".to_owned())?);
            }
            "decimal" => self.decimal = Some(mark(value)?),
            "thousands" => self.thousands = Some(mark(value)?),
            "encoding" => {
                let encoding = value.parse();
                self.encoding =
                    Some(encoding.map_err(|fault: crate::domain::InvalidValue| fault.rule)?);
            }
            "separator" => self.separator = Some(separator(value)?),
            "new_organisations" => self.new_organisations = flag(value)?,
            "accept" => {
                let pairs = value.lines().filter(|line| !line.trim().is_empty()).map(accepted);
                self.accept.codes = pairs.collect::<Result<_, _>>()?;
            }
            "accept_from" => self.accept.from = Some(score(value)?),
            _ => {
                let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "is no field of an import; known are file, dry_run, {}",
                    known.join(", ")
                ));
            }
        }
        Ok(())
    }
}

/// A kind by its word or by the name of its file.
fn kind_named(word: &str) -> Result<Kind, String> {
    let named = Kind::of_plural(word).map_or_else(|| word.parse(), Ok);
    named.map_err(|fault: crate::domain::InvalidValue| fault.rule)
}

/// Yes or no, as a form says it.
///
/// # Errors
///
/// A sentence.
pub fn flag(word: &str) -> Result<bool, String> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("must be true or false".to_owned()),
    }
}

fn mark(text: &str) -> Result<char, String> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(mark), None) => Ok(mark),
        _ => Err("must be one mark".to_owned()),
    }
}

/// One of the marks that may stand between cells; a tab by its name.
///
/// # Errors
///
/// A sentence.
pub fn separator(mark: &str) -> Result<char, String> {
    match mark {
        "," => Ok(','),
        ";" => Ok(';'),
        "tab" | "\t" | "\\t" => Ok('\t'),
        _ => Err("must be , or ; or tab".to_owned()),
    }
}

/// Values and what each stands for, as a form says it.
fn lines(codes: &BTreeMap<String, String>) -> String {
    codes.iter().map(|(value, code)| format!("{value}={code}")).collect::<Vec<_>>().join("\n")
}

/// A value and the code that it stands for.
///
/// # Errors
///
/// A sentence.
pub fn accepted(pair: &str) -> Result<(String, String), String> {
    let both = pair.split_once('=').map(|(value, code)| (value.trim(), code.trim()));
    let both = both.filter(|(value, code)| !value.is_empty() && !code.is_empty());
    let both = both.map(|(value, code)| (value.to_owned(), code.to_owned()));
    both.ok_or_else(|| "must be VALUE=CODE, as in \"Douma=SY-DUMA\"".to_owned())
}

/// A score from 0 to 1.
///
/// # Errors
///
/// A sentence.
pub fn score(text: &str) -> Result<Score, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.map(Score::of).ok_or_else(|| "must be a number from 0 to 1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_asked_can_be_asked_again() {
        let asked = fields(&[
            ("kind", "convoy"),
            ("as_reported", "true"),
            ("date_format", "%d/%m/%Y"),
            ("time_zone", "Asia/Damascus"),
            ("decimal", ","),
            ("thousands", "."),
            ("encoding", "windows-1256"),
            ("separator", "tab"),
            ("new_organisations", "true"),
            ("accept", "Douma=SY-DUMA\nFu'ah=foah"),
            ("accept_from", "0.95"),
        ]);
        assert_eq!(asked.len(), FIELDS.len(), "every field is tried here");
        let options = Options::by("x").asking(&asked).unwrap();
        let again: BTreeMap<String, String> =
            options.asked().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(again, asked);
        assert_eq!(Options::by("x").asking(&again).unwrap(), options);
        assert!(Options::by("x").asked().is_empty(), "what is usual is not said");
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong = fields(&[
            ("kind", "lorries"),
            ("date_format", "%Q"),
            ("as_reported", "yes"),
            ("colour", "red"),
        ]);
        let problems = Options::by("x").asking(&wrong).unwrap_err();
        let at: Vec<&str> = problems.0.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(at, ["/as_reported", "/colour", "/kind", "/date_format"]);
    }
}
