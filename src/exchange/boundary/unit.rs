//! What a feature says of its unit: the columns of OCHA's common operational datasets, in capitals or not.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value, json};

use super::FeatureProblem;
use crate::domain::boundary::DEEPEST_LEVEL;
use crate::domain::door::Door;
use crate::domain::{Names, Pcode, Pointer, Problems};

/// A unit without its outline.
pub(super) struct Said {
    pub(super) pcode: Pcode,
    pub(super) level: u8,
    pub(super) names: Names,
    pub(super) parent: Option<Pcode>,
    pub(super) country: Pcode,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_to: Option<NaiveDate>,
}

/// The properties of a feature by their names in capitals, and where to say what is wrong.
pub(super) struct Properties<'p> {
    own: BTreeMap<String, (&'p str, &'p Value)>,
    file: &'p str,
    number: usize,
    problems: Vec<FeatureProblem>,
}

impl<'p> Properties<'p> {
    pub(super) fn of(file: &'p str, number: usize, properties: &'p Map<String, Value>) -> Self {
        let own = properties
            .iter()
            .filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
            .map(|(name, value)| (name.to_ascii_uppercase(), (name.as_str(), value)));
        Self { own: own.collect(), file, number, problems: Vec::new() }
    }

    /// The unit, or everything that is wrong.
    pub(super) fn said(
        mut self,
        otherwise_from: Option<NaiveDate>,
    ) -> Result<Said, Vec<FeatureProblem>> {
        let level = self.level();
        let pcode = level.and_then(|level| self.pcode(level));
        let country = self.pcode(0);
        let names = level.and_then(|level| self.names(level));
        let above = level.and_then(|level| (0..level).rev().find(|above| self.has(*above)));
        let parent = above.and_then(|above| self.pcode(above));
        let said = self.problems.len();
        let valid_from = self.valid_from().or(otherwise_from);
        let has_none = valid_from.is_none() && self.problems.len() == said;
        let valid_to = self.day(&["VALIDTO", "VALID_TO"]);
        if has_none {
            self.wrong(
                "validOn",
                "is required, as YYYY-MM-DD: from when the release holds; or give --valid-from",
            );
        }
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            self.wrong("validTo", &format!("must not lie before {from}"));
        }
        match (pcode, level, names, country, valid_from) {
            (Some(pcode), Some(level), Some(names), Some(country), Some(valid_from))
                if self.problems.is_empty() =>
            {
                Ok(Said { pcode, level, names, parent, country, valid_from, valid_to })
            }
            _ => Err(self.problems),
        }
    }

    fn wrong(&mut self, field: &str, reason: &str) {
        let problem = FeatureProblem::of(self.file, self.number, field, reason);
        self.problems.push(problem);
    }

    fn has(&self, level: u8) -> bool {
        self.own.contains_key(&format!("ADM{level}_PCODE"))
    }

    /// The deepest level that the feature has a P-code of.
    fn level(&mut self) -> Option<u8> {
        let found = (0..=DEEPEST_LEVEL).rev().find(|level| self.has(*level));
        if found.is_none() {
            self.wrong(
                "ADM1_PCODE",
                "is required: the P-code of the unit, as ADM0_PCODE to ADM4_PCODE",
            );
        }
        found
    }

    /// A P-code; some publishers write one without letters as a number.
    fn pcode(&mut self, level: u8) -> Option<Pcode> {
        let name = format!("ADM{level}_PCODE");
        let Some((field, value)) = self.own.get(&name).copied() else {
            if level == 0 {
                self.wrong(&name, "is required: the P-code of the country");
            }
            return None;
        };
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match text.parse() {
            Ok(pcode) => Some(pcode),
            Err(fault) => {
                let crate::domain::InvalidValue { rule, value, .. } = fault;
                let problem = FeatureProblem::of(self.file, self.number, field, rule).with(&value);
                self.problems.push(problem);
                None
            }
        }
    }

    /// Names as `ADM1_EN`, `ADM1_AR`, …, or as `adm1_name` and `adm1_name1` with their languages in `lang` and `lang1`.
    fn names(&mut self, level: u8) -> Option<Names> {
        let mut found = Map::new();
        for language in Names::LANGUAGES {
            let name = format!("ADM{level}_{}", language.to_ascii_uppercase());
            if let Some((_, value)) = self.own.get(&name) {
                found.insert(language.to_owned(), (*value).clone());
            }
        }
        for (name, language) in [("NAME", "LANG"), ("NAME1", "LANG1"), ("NAME2", "LANG2")] {
            let text = self.own.get(&format!("ADM{level}_{name}")).map(|(_, value)| *value);
            let given = self.own.get(language).and_then(|(_, value)| value.as_str());
            let language = given.map_or("en", |given| given.get(..2).unwrap_or(given));
            if let Some(text) = text.filter(|_| Names::LANGUAGES.contains(&language)) {
                found.entry(language.to_owned()).or_insert_with(|| text.clone());
            }
        }
        let field = format!("ADM{level}_EN");
        if found.is_empty() {
            let reason = format!("is required: a name, as {field}, ADM{level}_AR or ADM{level}_FR");
            self.wrong(&field, &reason);
            return None;
        }
        let mut problems = Problems::default();
        let names = Names::open(&json!(found), &Pointer::Root, &mut problems);
        for problem in problems.0 {
            let language = problem.pointer.trim_start_matches('/').to_ascii_uppercase();
            self.wrong(&format!("ADM{level}_{language}"), &problem.detail);
        }
        names
    }

    /// From when the release holds; where its publisher does not say so, the day that it was drawn.
    fn valid_from(&mut self) -> Option<NaiveDate> {
        self.day(&["VALIDON", "VALID_ON"]).or_else(|| self.day(&["DATE"]))
    }

    fn day(&mut self, names: &[&str]) -> Option<NaiveDate> {
        let (field, value) = names.iter().find_map(|name| self.own.get(*name)).copied()?;
        match day(value) {
            Ok(day) => day,
            Err(text) => {
                let reason = "must be a day as YYYY-MM-DD";
                let problem = FeatureProblem::of(self.file, self.number, field, reason).with(&text);
                self.problems.push(problem);
                None
            }
        }
    }
}

/// A day; some programs write it with a time, or as milliseconds. What lies before 1900 stands for none.
fn day(value: &Value) -> Result<Option<NaiveDate>, String> {
    let read = match value {
        Value::String(text) => {
            let date = text
                .get(..10)
                .filter(|_| matches!(text.as_bytes().get(10), None | Some(b'T' | b' ')));
            date.and_then(|date| date.parse::<NaiveDate>().ok())
        }
        Value::Number(number) => number
            .as_i64()
            .and_then(DateTime::from_timestamp_millis)
            .map(|instant| instant.date_naive()),
        _ => None,
    };
    let before = NaiveDate::from_ymd_opt(1900, 1, 1);
    let written = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    read.map(|day| Some(day).filter(|day| Some(*day) >= before)).ok_or_else(written)
}
