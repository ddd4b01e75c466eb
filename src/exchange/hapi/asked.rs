//! What a program asks of a resource, read as HAPI reads it: unknown parameters are passed over, of one that is given
//! twice the last counts, and an empty text asks for nothing.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{END, Param, Resource, Row, START, Test, Time};
use crate::domain::Moment;

/// How many rows there are at most in an answer, and unless asked otherwise.
pub const MOST_ROWS: usize = 10_000;
/// How many rows `limit=0` gives, as HAPI has it.
const ROWS_OF_ZERO: usize = 1_000;
/// The largest number that can be asked for: what a program without unsigned numbers can hold.
pub const LARGEST: u64 = i64::MAX as u64;
/// The longest code that can be asked for, characters.
pub const LONGEST_CODE: usize = 128;
/// The longest name that can be asked for, characters.
pub const LONGEST_NAME: usize = 512;

/// By the time that rows hold for: all that overlap.
pub(super) const PERIOD: &[Param] = &[
    Param { name: "start_date", column: END, test: Test::From },
    Param { name: "end_date", column: START, test: Test::Until },
];

/// What is asked.
#[derive(Debug, Default)]
pub struct Question {
    wanted: Vec<(&'static str, Wanted)>,
    limit: usize,
    offset: usize,
    /// As CSV rather than as JSON?
    pub is_csv: bool,
    /// With the columns of ours?
    pub expand: bool,
    /// How was it on that day?
    pub as_of: Option<DateTime<Utc>>,
    /// What was known by then?
    pub known_at: Option<DateTime<Utc>>,
}

#[derive(Debug)]
enum Wanted {
    Code(String),
    Name(String),
    Whole(u64),
    AtLeast(u64),
    AtMost(u64),
    Flag(bool),
    From(String),
    Before(String),
}

/// Why a question cannot be answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Parameters that HAPI refuses one by one (422).
    Wrong(Vec<Detail>),
    /// What HAPI refuses in one sentence (400).
    Bad(String),
}

/// What is wrong with a parameter.
#[derive(Debug, PartialEq, Eq)]
pub struct Detail {
    /// The parameter.
    pub name: String,
    /// A stable word for programs.
    pub word: &'static str,
    /// What is allowed.
    pub message: String,
    /// What was given.
    pub input: String,
}

impl Question {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, as HAPI sorts it.
    pub fn read(resource: &Resource, given: &[(String, String)]) -> Result<Self, Fault> {
        let mut reading = Reading { given, wrong: Vec::new() };
        let limit = reading.whole("limit", MOST_ROWS as u64).unwrap_or(MOST_ROWS as u64);
        let offset = reading.whole("offset", LARGEST).unwrap_or(0);
        let in_rows = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let mut question = Self {
            limit: if limit == 0 { ROWS_OF_ZERO } else { in_rows(limit) },
            offset: in_rows(offset),
            is_csv: reading.word("output_format", &["json", "csv"]) == Some("csv"),
            expand: reading.word("expand", &["all"]).is_some(),
            as_of: reading.moment("as_of"),
            known_at: reading.moment("known_at"),
            wanted: Vec::new(),
        };
        reading.text("app_identifier", LONGEST_NAME);
        let mut bad = Vec::new();
        for param in resource.all_params() {
            match reading.wanted(param) {
                Ok(Some(wanted)) => question.wanted.push((param.column, wanted)),
                Ok(None) => {}
                Err(sentence) => bad.push(sentence),
            }
        }
        bad.extend(too_deep(given));
        match (reading.wrong, bad) {
            (wrong, _) if !wrong.is_empty() => Err(Fault::Wrong(wrong)),
            (_, bad) if !bad.is_empty() => Err(Fault::Bad(bad.join("; "))),
            _ => Ok(question),
        }
    }

    /// The rows that are asked for: this page of them, and how many there are in all.
    #[must_use]
    pub fn page(&self, rows: Vec<Row>) -> (Vec<Row>, usize) {
        let passes =
            |row: &Row| self.wanted.iter().all(|(column, wanted)| wanted.holds(row, column));
        let chosen: Vec<Row> = rows.into_iter().filter(passes).collect();
        let total = chosen.len();
        (chosen.into_iter().skip(self.offset).take(self.limit).collect(), total)
    }

    /// Where the next page begins, if there is one.
    #[must_use]
    pub fn next_offset(&self, total: usize) -> Option<usize> {
        let next = self.offset.saturating_add(self.limit);
        (next < total).then_some(next)
    }
}

/// A name below the level that is asked for can never be there.
fn too_deep(given: &[(String, String)]) -> Option<String> {
    let last = |name: &str| given.iter().rev().find(|(given, _)| given == name).map(|(_, v)| v);
    let level = last("admin_level")?;
    let there = |name: &str| last(name).is_some_and(|text| !text.is_empty());
    let below = match level.as_str() {
        "0" => ["provider_admin1_name", "provider_admin2_name"].into_iter().find(|n| there(n)),
        "1" => Some("provider_admin2_name").filter(|name| there(name)),
        _ => None,
    }?;
    Some(format!("{below} cannot be used with admin_level={level}"))
}

/// The parameters on their way to being understood.
struct Reading<'g> {
    given: &'g [(String, String)],
    wrong: Vec<Detail>,
}

impl<'g> Reading<'g> {
    fn given(&self, name: &str) -> Option<&'g str> {
        let last = self.given.iter().rev().find(|(given, _)| given == name);
        last.map(|(_, value)| value.as_str())
    }

    fn refuse(&mut self, name: &str, word: &'static str, message: String, input: &str) {
        let (name, input) = (name.to_owned(), input.to_owned());
        self.wrong.push(Detail { name, word, message, input });
    }

    fn text(&mut self, name: &str, longest: usize) -> Option<&'g str> {
        let text = self.given(name).filter(|text| !text.is_empty())?;
        if text.chars().count() <= longest {
            return Some(text);
        }
        let message = format!("String should have at most {longest} characters");
        self.refuse(name, "string_too_long", message, text);
        None
    }

    fn whole(&mut self, name: &str, most: u64) -> Option<u64> {
        let text = self.given(name)?;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && *number <= most);
        if number.is_none() {
            let message = format!("Input should be a whole number from zero to {most}");
            self.refuse(name, "int_parsing", message, text);
        }
        number
    }

    fn word(&mut self, name: &str, words: &[&'static str]) -> Option<&'static str> {
        let text = self.given(name)?;
        let word = words.iter().find(|word| **word == text).copied();
        if word.is_none() {
            let message = format!("Input should be one of {}", words.join(", "));
            self.refuse(name, "enum", message, text);
        }
        word
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        match self.given(name)?.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "t" | "y" => Some(true),
            "false" | "0" | "no" | "off" | "f" | "n" => Some(false),
            text => {
                let message = "Input should be true or false".to_owned();
                self.refuse(name, "bool_parsing", message, text);
                None
            }
        }
    }

    fn moment(&mut self, name: &str) -> Option<Time> {
        let text = self.given(name).filter(|text| !text.is_empty())?;
        let read: Result<Moment, _> = text.parse();
        read.map_err(|fault| self.refuse(name, "moment", fault.to_string(), text))
            .ok()
            .map(Moment::end)
    }

    /// What a parameter asks for; a date that is none is refused in a sentence, as HAPI does it.
    fn wanted(&mut self, param: &Param) -> Result<Option<Wanted>, String> {
        let name = param.name;
        let date = |end: bool| -> Result<Option<String>, String> {
            let Some(text) = self.given(name).filter(|text| !text.is_empty()) else {
                return Ok(None);
            };
            let bounds = span(text).ok_or_else(|| {
                format!(
                    "{name}: must be YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, got {text}"
                )
            })?;
            Ok(Some(written(if end { bounds.1 } else { bounds.0 })))
        };
        Ok(match param.test {
            Test::From => date(false)?.map(Wanted::From),
            Test::Until => date(true)?.map(Wanted::Before),
            Test::Code => {
                self.text(name, LONGEST_CODE).map(|text| Wanted::Code(text.to_lowercase()))
            }
            Test::Name => {
                self.text(name, LONGEST_NAME).map(|text| Wanted::Name(text.to_lowercase()))
            }
            Test::Word(words) => {
                self.word(name, words).map(|word| Wanted::Code(word.to_lowercase()))
            }
            Test::Whole => self.whole(name, LARGEST).map(Wanted::Whole),
            Test::AtLeast => self.whole(name, LARGEST).map(Wanted::AtLeast),
            Test::AtMost => self.whole(name, LARGEST).map(Wanted::AtMost),
            Test::Flag => self.flag(name).map(Wanted::Flag),
        })
    }
}

impl Wanted {
    /// Does a row pass? What is unknown passes nothing, but that a time has no end means that it goes on.
    fn holds(&self, row: &Row, column: &str) -> bool {
        let value = row.get(column).unwrap_or(&Value::Null);
        let text = match value {
            Value::String(text) => Some(text.to_lowercase()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let is_text = |test: &dyn Fn(&str) -> bool| text.as_deref().is_some_and(test);
        match self {
            Self::Code(code) => is_text(&|text| text == code),
            Self::Name(part) => is_text(&|text| text.contains(part.as_str())),
            Self::Whole(number) => value.as_u64() == Some(*number),
            Self::AtLeast(number) => value.as_u64().is_some_and(|value| value >= *number),
            Self::AtMost(number) => value.as_u64().is_some_and(|value| value <= *number),
            Self::Flag(flag) => value.as_bool() == Some(*flag),
            Self::From(start) => {
                value.as_str().map_or(row.contains_key(START), |end| end >= start.as_str())
            }
            Self::Before(end) => value.as_str().is_some_and(|start| start < end.as_str()),
        }
    }
}

/// The first moment of a date, and the first moment after it.
fn span(text: &str) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let in_form = text.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let (from, until) = match text.len() {
        _ if !in_form => return None,
        4 => (day(&format!("{text}-01-01"))?, day(&format!("{text}-01-01"))? + Months::new(12)),
        7 => (day(&format!("{text}-01"))?, day(&format!("{text}-01"))? + Months::new(1)),
        10 => (day(text)?, day(text)? + Days::new(1)),
        19 => {
            let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok()?;
            return Some((at, at + TimeDelta::seconds(1)));
        }
        _ => return None,
    };
    Some((from.into(), until.into()))
}

/// A time as HAPI writes it: UTC, without saying so.
pub(super) fn naive(time: Time) -> String {
    written(time.naive_utc())
}

fn written(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::hapi::RESOURCES;

    fn ask(query: &[(&str, &str)]) -> Result<Question, Fault> {
        let pairs: Vec<(String, String)> =
            query.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Question::read(RESOURCES[0], &pairs)
    }

    #[test]
    fn a_date_reaches_to_the_next_of_its_sort() {
        let bounds = |text| span(text).map(|(from, until)| (written(from), written(until)));
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(bounds("2016"), pair("2016-01-01T00:00:00", "2017-01-01T00:00:00"));
        assert_eq!(bounds("2016-12"), pair("2016-12-01T00:00:00", "2017-01-01T00:00:00"));
        assert_eq!(bounds("2016-02-29"), pair("2016-02-29T00:00:00", "2016-03-01T00:00:00"));
        assert_eq!(
            bounds("2016-07-26T10:00:00"),
            pair("2016-07-26T10:00:00", "2016-07-26T10:00:01")
        );
        for text in ["", "16", "2016-13", "2016-02-30", "+016", "2016-07-26T10:00", "2016-7-1"] {
            assert_eq!(bounds(text), None, "{text}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let fault = ask(&[("limit", "10001"), ("gender", "woman"), ("has_hrp", "perhaps")]);
        let Err(Fault::Wrong(details)) = fault else { panic!("{fault:?}") };
        let names: Vec<&str> = details.iter().map(|detail| detail.name.as_str()).collect();
        assert_eq!(names, ["limit", "gender", "has_hrp"]);
    }

    #[test]
    fn a_name_below_the_level_asked_for_is_refused_in_a_sentence() {
        let fault = ask(&[("admin_level", "1"), ("provider_admin2_name", "Darayya")]).unwrap_err();
        let sentence = "provider_admin2_name cannot be used with admin_level=1";
        assert_eq!(fault, Fault::Bad(sentence.to_owned()));
        assert!(ask(&[("admin_level", "2"), ("provider_admin2_name", "Darayya")]).is_ok());
    }

    #[test]
    fn no_limit_is_a_thousand_rows_and_what_is_not_known_is_passed_over() {
        let question = ask(&[("limit", "0"), ("a", "b"), ("location_code", "")]).unwrap();
        let rows = vec![Row::new(); 1_500];
        let (page, total) = question.page(rows);
        assert_eq!((page.len(), total, question.next_offset(total)), (1_000, 1_500, Some(1_000)));
    }

    #[test]
    fn a_percent_sign_is_a_letter_like_others() {
        let row = |name: &str| Row::from_iter([("location_name".to_owned(), name.into())]);
        let rows = vec![row("Syria"), row("100% Syria")];
        let (page, _) = ask(&[("location_name", "% s")]).unwrap().page(rows);
        assert_eq!(page, [row("100% Syria")]);
    }
}
