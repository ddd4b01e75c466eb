//! What is known here by name: organisations and areas, looked up word for word but for case and spelling marks.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::super::current::each;
use super::super::intake::digest;
use super::super::label::folded;
use super::super::meant::UNITS;
use crate::domain::{Clearance, Kind};
use crate::store::{Filter, RecordStore, StoreResult};

/// An organisation that is named and not known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// Its kind.
    pub kind: Kind,
    /// Its name, as the table has it.
    pub name: String,
    /// The code that it would get.
    pub code: String,
    /// The row that names it first.
    pub row: u64,
    /// How many rows name it.
    pub rows: u64,
}

/// The codes that a name may stand for, by the name without case and marks.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Known {
    organisations: Names,
    areas: Names,
}

/// The P-codes that were recorded for an area.
#[derive(Debug, Clone, Default)]
pub(super) struct Recorded {
    /// Its own.
    pub(super) pcode: Option<String>,
    /// Those of the units that it lies in, by level.
    pub(super) units: BTreeMap<u8, String>,
}

#[derive(Debug, Default)]
struct Names {
    codes: HashMap<String, String>,
    recorded: HashMap<String, Recorded>,
    called: HashMap<String, BTreeSet<String>>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// It is a code, or a P-code.
    Code(String),
    /// One record has this name.
    Name(String),
    /// Several have it.
    Several(Vec<String>),
    Nothing,
}

impl Known {
    /// Reads what is known.
    pub(in crate::exchange) async fn load(
        store: &dyn RecordStore,
        clearance: &Clearance,
    ) -> StoreResult<Self> {
        let mut known = Self::default();
        let far = DateTime::<Utc>::MAX_UTC;
        for kind in [Kind::Organisation, Kind::Area] {
            let names =
                if kind == Kind::Area { &mut known.areas } else { &mut known.organisations };
            each(store, kind, far, Filter::default(), clearance, |stored| {
                let body: Value = serde_json::from_str(&stored.body).unwrap_or_default();
                names.add(&stored.code, &body);
            })
            .await?;
        }
        Ok(known)
    }

    pub(super) fn organisation(&self, name: &str) -> Lookup {
        self.organisations.look_up(name)
    }

    pub(super) fn area(&self, name: &str) -> Lookup {
        self.areas.look_up(name)
    }

    /// The P-codes of an area.
    pub(super) fn recorded(&self, area: &str) -> Recorded {
        self.areas.recorded.get(area).cloned().unwrap_or_default()
    }

    /// A code that no organisation has.
    pub(super) fn new_code(&self, name: &str, taken: &BTreeSet<String>) -> String {
        let letter = |letter: char| {
            if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }
        };
        let slug: String = name.chars().map(letter).collect();
        let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
        let slug: String = words.join("-").chars().take(40).collect();
        let slug = slug.trim_end_matches('-');
        // A name in other letters has no letters for a code.
        let base = if slug.len() < 2 { format!("OR-{}", short(name)) } else { slug.to_owned() };
        let is_free = |code: &String| {
            !self.organisations.codes.contains_key(&folded(code)) && !taken.contains(code)
        };
        let next = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(next.take(10_000)).find(is_free).unwrap_or(base)
    }
}

/// Some letters and digits that stand for a text.
pub(super) fn short(text: &str) -> String {
    let digest = digest(text);
    let number = digest.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:012x}")
}

impl Names {
    fn add(&mut self, code: &str, body: &Value) {
        let text = |field: &str| body.get(field).and_then(Value::as_str);
        for own in [Some(code), text("pcode")].into_iter().flatten() {
            self.codes.insert(folded(own), code.to_owned());
        }
        let units =
            UNITS.iter().filter_map(|(field, level)| Some((*level, text(field)?.to_owned())));
        let recorded = Recorded { pcode: text("pcode").map(str::to_owned), units: units.collect() };
        self.recorded.insert(code.to_owned(), recorded);
        let names = body.get("names").and_then(Value::as_object).into_iter().flatten();
        let aliases = body.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let all = names
            .map(|(_, name)| name)
            .chain(aliases)
            .filter_map(Value::as_str)
            .chain(text("acronym"));
        for name in all {
            self.called.entry(folded(name)).or_default().insert(code.to_owned());
        }
    }

    fn look_up(&self, name: &str) -> Lookup {
        let name = folded(name);
        if let Some(code) = self.codes.get(&name) {
            return Lookup::Code(code.clone());
        }
        let codes: Vec<String> = self.called.get(&name).into_iter().flatten().cloned().collect();
        match codes.len() {
            0 => Lookup::Nothing,
            1 => codes.into_iter().next().map_or(Lookup::Nothing, Lookup::Name),
            _ => Lookup::Several(codes),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn known() -> Known {
        let mut known = Known::default();
        known
            .areas
            .add("AR-1", &json!({ "names": { "en": "Duma", "ar": "دوما" }, "pcode": "SY030101" }));
        known.areas.add("AR-2", &json!({ "names": { "en": "Duma" }, "aliases": ["Foah"] }));
        known
            .organisations
            .add("sarc", &json!({ "names": { "en": "Red Crescent" }, "acronym": "SARC" }));
        known
    }

    #[test]
    fn a_name_is_looked_up_without_case_and_marks_and_never_guessed() {
        let known = known();
        assert_eq!(known.area("sy030101"), Lookup::Code("AR-1".to_owned()));
        assert_eq!(known.area("دُوما"), Lookup::Name("AR-1".to_owned()));
        assert_eq!(known.area("Duma"), Lookup::Several(vec!["AR-1".to_owned(), "AR-2".to_owned()]));
        assert_eq!(known.area("Douma"), Lookup::Nothing);
        assert_eq!(known.organisation("red crescent"), Lookup::Name("sarc".to_owned()));
    }

    #[test]
    fn a_new_code_is_one_that_nobody_has() {
        let known = known();
        assert_eq!(known.new_code("Relief & Hope (R&H)", &BTreeSet::new()), "relief-hope-r-h");
        assert_eq!(known.new_code("SARC", &BTreeSet::new()), "sarc-2");
        assert_eq!(known.new_code("SARC", &BTreeSet::from(["sarc-2".to_owned()])), "sarc-3");
        assert!(known.new_code("هيئة الإغاثة", &BTreeSet::new()).starts_with("OR-"));
    }
}
