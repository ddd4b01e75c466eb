//! What is known here by name and by P-code.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::current::each;
use super::Accept;
use super::found::{Hints, Near, Way};
use super::units::{Unit, Units};
use crate::domain::boundary::key;
use crate::domain::merge::{Merges, merged_into};
use crate::domain::{Clearance, Kind, country};
use crate::matching::name::{A_BEGINNING, Spelling, WORTH_SHOWING};
use crate::matching::pcode::{MOST_SHOWN, Pcodes, Reading, looks_like_one};
use crate::matching::{Score, best_first};
use crate::store::{Filter, Store, StoreResult};

/// How many areas of a unit are shown.
const MOST_IN_A_UNIT: usize = 5;

/// The fields of an area that hold the code of a unit, with its level.
pub(in crate::exchange) const UNITS: [(&str, u8); 3] =
    [("admin1_pcode", 1), ("admin2_pcode", 2), ("admin3_pcode", 3)];

/// The records of a kind.
#[derive(Debug, Clone, Default)]
struct Records {
    codes: HashSet<String>,
    /// Each name, and whose it is.
    names: Vec<(Spelling, String)>,
    /// What a record is called.
    called: BTreeMap<String, String>,
    pcodes: Pcodes,
    /// The records that have a P-code, by its key.
    by_pcode: BTreeMap<String, BTreeSet<String>>,
    /// The P-codes in each record: its own, and those of the units that it was recorded in.
    recorded: BTreeMap<String, Vec<String>>,
}

/// All that is known, and what is accepted.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct Meant {
    records: BTreeMap<Kind, Records>,
    pub(in crate::exchange) units: Units,
    /// The codes that stand for another record since theirs was merged into it.
    merges: Merges,
    accept: Accept,
}

/// What a value stands for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exchange) enum Meaning {
    /// Itself.
    Itself,
    /// This, by this way.
    Taken(Near, Way),
    /// Nothing that is known; this may help.
    Unknown(Hints),
}

/// Has the kind names that it may be called by?
fn has_names(kind: Kind) -> bool {
    kind.schema().field("names").is_some()
}

/// Are the codes of the kind known here? Sources are few; their titles are too alike to be taken for each other.
pub(super) fn is_known_by_code(kind: Kind) -> bool {
    kind == Kind::Source
}

impl Meant {
    /// Reads what is known to who imports: what they may not know of is suggested to nobody.
    pub(in crate::exchange) async fn load(
        store: &dyn Store,
        accept: Accept,
        clearance: &Clearance,
    ) -> StoreResult<Self> {
        let far = DateTime::<Utc>::MAX_UTC;
        let merges = store.merges(far, clearance).await?;
        let mut meant = Self { merges, accept, ..Self::default() };
        let mut written: BTreeSet<(u8, String)> = BTreeSet::new();
        let is_looked_up = |kind: &Kind| has_names(*kind) || is_known_by_code(*kind);
        for kind in Kind::ALL.iter().copied().filter(is_looked_up) {
            let records = meant.records.entry(kind).or_default();
            // A record that was merged has no code of its own any more, but what it was called stays a name.
            let filter = Filter { withdrawn: kind.can_merge(), ..Filter::default() };
            each(store, kind, far, filter, clearance, |stored| {
                let body: Value = serde_json::from_str(&stored.body).unwrap_or_default();
                if kind == Kind::Area && !stored.withdrawn {
                    written.extend(UNITS.iter().filter_map(|(field, level)| {
                        Some((*level, body.get(field)?.as_str()?.to_owned()))
                    }));
                }
                match merged_into(&body) {
                    Some(_) if is_known_by_code(kind) => {}
                    Some(into) => {
                        records.name(into, &body);
                    }
                    None if stored.withdrawn => {}
                    None if is_known_by_code(kind) => {
                        records.codes.insert(stored.code.clone());
                    }
                    None => records.add(&stored.code, &body),
                }
            })
            .await?;
        }
        meant.units = Units::of(store.listed_boundaries().await?);
        for (level, code) in written {
            meant.units.note_written(level, &code);
        }
        Ok(meant)
    }

    /// Are its records known here, by name or by code?
    pub(in crate::exchange) fn has(&self, kind: Kind) -> bool {
        self.records.contains_key(&kind)
    }

    /// Is it a code that is known, or of a kind that is asked for by code alone?
    pub(in crate::exchange) fn is_code(&self, kind: Kind, value: &str) -> bool {
        if value.is_empty() {
            return true;
        }
        // Of a kind without names only what was merged can mean another.
        let is_merged = || self.merges.winner(kind, value).is_some();
        self.records
            .get(&kind)
            .map_or_else(|| !is_merged(), |records| records.codes.contains(value))
    }

    /// What a value that is no code stands for, if that is told without looking at names.
    pub(in crate::exchange) fn at_once(&self, kind: Kind, value: &str) -> Option<Meaning> {
        if let Some(into) = self.merges.winner(kind, value) {
            let called = self
                .records
                .get(&kind)
                .map(|records| records.called(into, Score::SAME, Way::Merged));
            let itself = || Near {
                code: into.to_owned(),
                name: String::new(),
                score: Score::SAME,
                way: Way::Merged,
            };
            return Some(Meaning::Taken(called.unwrap_or_else(itself), Way::Merged));
        }
        let records = self.records.get(&kind)?;
        if let Some(code) = self.accept.codes.get(value) {
            return Some(records.taken(code, Score::SAME, Way::Accepted));
        }
        match records.pcodes.read(value) {
            Reading::Same(pcode) => records.having(&pcode, Score::SAME, Way::Pcode),
            // The code of a unit is no other code with a zero too many.
            Reading::Padded(pcode) if self.units.unit(value).is_none() => {
                records.having(&pcode, Score::hundredths(99), Way::PaddedPcode)
            }
            Reading::Padded(_) | Reading::Several(_) | Reading::Unknown => None,
        }
    }

    /// What comes near a value, and whether it is accepted.
    pub(in crate::exchange) fn nearest_to(&self, kind: Kind, value: &str) -> Meaning {
        let Some(records) = self.records.get(&kind) else {
            return Meaning::Unknown(Hints::default());
        };
        let near = records.near(value);
        let unit = if kind == Kind::Area { self.unit_meant(value, &near) } else { None };
        match unit {
            Some(unit) => {
                let near = records.recorded_in(&self.units, unit);
                Meaning::Unknown(Hints { unit: Some(unit.shown()), near })
            }
            None => self.nearest(value, near),
        }
    }

    /// The unit that a value is the code of, or the name where no area comes `near`: a right code, and no slip of another.
    /// It only is no area.
    fn unit_meant(&self, value: &str, near: &[Near]) -> Option<&Unit> {
        let by_name = || self.units.as_shown(value).or_else(|| self.units.called(value));
        self.units.read(value).or_else(|| if near.is_empty() { by_name() } else { None })
    }

    /// How alike a value is to what a record is called, or to its code.
    pub(in crate::exchange) fn alike(&self, kind: Kind, value: &str, code: &str) -> Option<Score> {
        let written = Spelling::of(value);
        let names = self.records.get(&kind)?.names.iter().filter(|(_, of)| of == code);
        names.map(|(name, _)| name.likeness(&written).score).max()
    }

    /// Did somebody say that this value stands for this code?
    pub(in crate::exchange) fn accepts(&self, value: &str, code: &str) -> bool {
        self.accept.codes.get(value).is_some_and(|accepted| accepted == code)
    }

    /// Did somebody say what this value stands for?
    pub(in crate::exchange) fn is_accepted(&self, value: &str) -> bool {
        self.accept.codes.contains_key(value)
    }

    /// What the code of a unit stands for where nobody gave us the units of its level: none can be said to be wrong, but
    /// what an area has in another writing is the same unit.
    fn as_written(&self, level: u8, value: &str) -> Meaning {
        match self.units.written(level).map(|codes| codes.read(value)) {
            Some(Reading::Same(code)) if code != value => taken(code, Score::SAME, Way::Pcode),
            Some(Reading::Padded(code)) if !self.accepts(value, value) => {
                taken(code, Score::hundredths(99), Way::PaddedPcode)
            }
            _ => Meaning::Itself,
        }
    }

    /// What a value stands for where the code of a unit is asked for, of the area with this body.
    pub(in crate::exchange) fn of_unit(&self, level: u8, value: &str, area: &Value) -> Meaning {
        if let Some(code) = self.accept.codes.get(value) {
            let itself = code == value;
            return if itself {
                Meaning::Itself
            } else {
                taken(code.clone(), Score::SAME, Way::Accepted)
            };
        }
        if let Some(unit) = self.units.as_shown(value).filter(|unit| unit.level == level) {
            return taken(unit.code.clone(), Score::SAME, Way::Pcode);
        }
        match country_of(value, area).and_then(|iso3| self.units.level(&iso3, level)) {
            Some(units) => self.of_known_unit(units, level, value),
            None => match self.as_written(level, value) {
                Meaning::Itself => self.unless_it_is_a_name(level, value),
                written => written,
            },
        }
    }

    /// A name where a code is asked for is none, whichever country it is in.
    fn unless_it_is_a_name(&self, level: u8, value: &str) -> Meaning {
        let near = self.units_called(level, value);
        if near.is_empty() { Meaning::Itself } else { Meaning::Unknown(Hints { unit: None, near }) }
    }

    /// The units of a level that are called so, or nearly.
    fn units_called(&self, level: u8, name: &str) -> Vec<Near> {
        let called = self.units.named(name, Some(level)).into_iter();
        let near = called.map(|(unit, alike)| {
            of_pcode(unit.code.clone(), unit.name(), alike.score, Way::of(alike.step))
        });
        near.collect()
    }

    /// The same where the units of its level are known.
    fn of_known_unit(&self, units: &Pcodes, level: u8, value: &str) -> Meaning {
        let other = self.units.unit(value).filter(|unit| unit.level != level);
        let unknown = |near: Vec<Near>| {
            let shown = other.map(|unit| format!("{}, of level {}", unit.shown(), unit.level));
            Meaning::Unknown(Hints { unit: shown, near })
        };
        let padded = |code: String| of_pcode(code, "", Score::hundredths(99), Way::PaddedPcode);
        match units.read(value) {
            Reading::Same(code) if code == value => Meaning::Itself,
            Reading::Same(code) => taken(code, Score::SAME, Way::Pcode),
            _ if other.is_some() => unknown(Vec::new()),
            Reading::Padded(code) => taken(code, Score::hundredths(99), Way::PaddedPcode),
            Reading::Several(codes) => unknown(codes.into_iter().map(padded).collect()),
            // Another digit is another unit: that is never taken by a threshold.
            Reading::Unknown => {
                let called = self.units_called(level, value);
                let near = units.near(value).into_iter();
                let near =
                    near.map(|near| of_pcode(near.code, &near.name, near.score, Way::NearPcode));
                unknown(if called.is_empty() { near.collect() } else { called })
            }
        }
    }

    /// The nearest name, where it is accepted and no other is as near. Another digit in a P-code is another place.
    fn nearest(&self, value: &str, near: Vec<Near>) -> Meaning {
        let first = near.first().cloned();
        let is_alone = near.get(1).is_none_or(|second| near[0].score > second.score);
        let may_be = |way: Way| match way {
            Way::NearPcode | Way::Beginning => false,
            Way::NearName => !looks_like_one(value),
            _ => true,
        };
        match (first, self.accept.from) {
            (Some(first), Some(from)) if is_alone && first.score >= from && may_be(first.way) => {
                Meaning::Taken(first, Way::Threshold)
            }
            _ => Meaning::Unknown(Hints { unit: None, near }),
        }
    }
}

/// The country that the code of a unit is of: by its own letters, else as the area says or as its other codes show.
fn country_of(value: &str, area: &Value) -> Option<String> {
    let text = |field: &str| area.get(field).and_then(Value::as_str);
    let beside = || {
        let fields = UNITS.iter().map(|(field, _)| *field).chain(["pcode"]);
        fields.filter_map(text).find_map(country::of_pcode)
    };
    let said = || text("country").map(str::to_owned);
    country::of_pcode(value).or_else(said).or_else(beside)
}

/// The code of a unit, taken in the place of what was written.
fn taken(code: String, score: Score, way: Way) -> Meaning {
    Meaning::Taken(of_pcode(code, "", score, way), way)
}

fn of_pcode(code: String, name: &str, score: Score, way: Way) -> Near {
    Near { code, name: name.to_owned(), score, way }
}

impl Records {
    fn add(&mut self, code: &str, body: &Value) {
        let names = self.name(code, body);
        self.codes.insert(code.to_owned());
        self.called.insert(code.to_owned(), names.into_iter().next().unwrap_or_default());
    }

    /// Adds the names and the P-code in a body as those of a record, and gives the names.
    fn name(&mut self, code: &str, body: &Value) -> Vec<String> {
        let text = |field: &str| body.get(field).and_then(Value::as_str);
        // The English name first: it is the one that is shown.
        let in_language = |language: &&str| body.get("names")?.get(language)?.as_str();
        let names: Vec<&str> = ["en", "fr", "ar"].iter().filter_map(in_language).collect();
        let aliases = body.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let all =
            names.iter().copied().chain(aliases.filter_map(Value::as_str)).chain(text("acronym"));
        for name in all.chain([code]) {
            self.names.push((Spelling::of(name), code.to_owned()));
        }
        let parents: Vec<&str> = UNITS.iter().filter_map(|(field, _)| text(field)).collect();
        let recorded = self.recorded.entry(code.to_owned()).or_default();
        recorded.extend(parents.iter().copied().chain(text("pcode")).map(str::to_owned));
        if let Some(pcode) = text("pcode") {
            self.pcodes.add(pcode, "", &parents);
            self.by_pcode.entry(key(pcode)).or_default().insert(code.to_owned());
        }
        names.into_iter().map(str::to_owned).collect()
    }

    fn called(&self, code: &str, score: Score, way: Way) -> Near {
        let name = self.called.get(code).cloned().unwrap_or_default();
        Near { code: code.to_owned(), name, score, way }
    }

    fn taken(&self, code: &str, score: Score, way: Way) -> Meaning {
        Meaning::Taken(self.called(code, score, way), way)
    }

    /// The one record that has a P-code; of several, all of them as suggestions.
    fn having(&self, pcode: &str, score: Score, way: Way) -> Option<Meaning> {
        let codes = self.by_pcode.get(&key(pcode))?;
        let all = || codes.iter().map(|code| self.called(code, score, way)).collect();
        Some(match codes.first().filter(|_| codes.len() == 1) {
            Some(code) => self.taken(code, score, way),
            None => Meaning::Unknown(Hints { unit: None, near: all() }),
        })
    }

    /// The records that were recorded in a unit, by their codes.
    fn recorded_in(&self, units: &Units, unit: &Unit) -> Vec<Near> {
        let lies_in = |recorded: &[String]| recorded.iter().any(|pcode| units.lies_in(pcode, unit));
        let codes = self.recorded.iter().filter(|(_, recorded)| lies_in(recorded));
        let near = codes.map(|(code, _)| self.called(code, Score::hundredths(0), Way::InUnit));
        near.take(MOST_IN_A_UNIT).collect()
    }

    /// The records whose name or P-code comes nearest, each once.
    fn near(&self, value: &str) -> Vec<Near> {
        let written = Spelling::of(value);
        let mut best: BTreeMap<&str, Near> = BTreeMap::new();
        let by_name = self.names.iter().map(|(name, code)| {
            let found = name.likeness(&written);
            (code.as_str(), found.score, Way::of(found.step))
        });
        for (code, score, way) in by_name.filter(|(_, score, _)| *score >= WORTH_SHOWING) {
            if best.get(code).is_none_or(|before| before.score < score) {
                best.insert(code, self.called(code, score, way));
            }
        }
        for (_, code) in self.names.iter().filter(|(name, _)| name.goes_on_from(&written)) {
            best.entry(code).or_insert_with(|| self.called(code, A_BEGINNING, Way::Beginning));
        }
        for near in self.pcodes.near(value) {
            for code in self.by_pcode.get(&key(&near.code)).into_iter().flatten() {
                if best.get(code.as_str()).is_none_or(|before| before.score < near.score) {
                    best.insert(code, self.called(code, near.score, Way::NearPcode));
                }
            }
        }
        let mut near: Vec<Near> = best.into_values().collect();
        near.sort_by(best_first(|near: &Near| near.score, |near: &Near| near.code.clone()));
        near.truncate(MOST_SHOWN);
        near
    }
}
