//! The administrative units that are known: what their codes stand for, and which lies in which.

use std::collections::BTreeMap;

use crate::domain::Names;
use crate::domain::boundary::{DEEPEST_LEVEL, key};
use crate::matching::name::{Likeness, Spelling, Step, WORTH_SHOWING};
use crate::matching::pcode::{MOST_SHOWN, Pcodes, Reading};
use crate::store::ListedBoundary;

/// A unit, without its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct Unit {
    pub(in crate::exchange) code: String,
    pub(in crate::exchange) level: u8,
    name: String,
    /// Each of its names, to compare with.
    spellings: Vec<Spelling>,
    /// The code of the unit that it lies in.
    parent: Option<String>,
}

impl Unit {
    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its code and its name.
    pub(in crate::exchange) fn shown(&self) -> String {
        let gap = if self.name.is_empty() { "" } else { " " };
        format!("{}{gap}{}", self.code, self.name)
    }
}

/// All units that are known.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct Units {
    /// By country and level.
    levels: BTreeMap<(String, u8), Pcodes>,
    /// By the key of the code; of several releases the last one.
    known: BTreeMap<String, Unit>,
    /// The codes that areas have, by level: not all there are, but ones that somebody wrote before.
    written: BTreeMap<u8, Pcodes>,
}

impl Units {
    pub(super) fn of(listed: Vec<ListedBoundary>) -> Self {
        let mut units = Self::default();
        for unit in listed {
            units.add(&unit);
        }
        units
    }

    /// Notes the code of a unit that an area has.
    pub(super) fn note_written(&mut self, level: u8, code: &str) {
        self.written.entry(level).or_default().add(code, "", &[]);
    }

    /// The codes that areas have of a level.
    pub(super) fn written(&self, level: u8) -> Option<&Pcodes> {
        self.written.get(&level)
    }

    fn add(&mut self, unit: &ListedBoundary) {
        let parent = unit.parent.as_ref().map(|parent| parent.as_str().to_owned());
        let parents = [unit.country.as_str(), parent.as_deref().unwrap_or_default()];
        let (code, name) = (unit.pcode.as_str(), unit.names.any());
        let of = (unit.country.key(), unit.level);
        self.levels.entry(of).or_default().add(code, name, &parents);
        let (code, name) = (code.to_owned(), name.to_owned());
        let spellings = Names::LANGUAGES
            .iter()
            .filter_map(|of| unit.names.in_language(of))
            .map(Spelling::of)
            .collect();
        self.known.insert(key(&code), Unit { code, level: unit.level, name, spellings, parent });
    }

    /// The codes of a level of a country, by its letters; `None` where nobody gave us its units.
    pub(in crate::exchange) fn level(&self, country: &str, level: u8) -> Option<&Pcodes> {
        self.levels.get(&(key(country), level))
    }

    /// The unit of a code, but for case, dashes, spaces and the letters of the country.
    pub(in crate::exchange) fn unit(&self, code: &str) -> Option<&Unit> {
        self.known.get(&key(code.trim()))
    }

    /// The units that are called so, or nearly, the nearest first; only of this level, where one is asked for.
    pub(in crate::exchange) fn named(
        &self,
        name: &str,
        level: Option<u8>,
    ) -> Vec<(&Unit, Likeness)> {
        let written = Spelling::of(name);
        let is_asked = |unit: &&Unit| level.is_none_or(|level| unit.level == level);
        let mut found: Vec<(&Unit, Likeness)> = self
            .known
            .values()
            .filter(is_asked)
            .filter_map(|unit| {
                let alike = unit.spellings.iter().map(|own| own.likeness(&written));
                Some((unit, alike.max_by_key(|alike| alike.score)?))
            })
            .filter(|(_, alike)| alike.score >= WORTH_SHOWING)
            .collect();
        found.sort_by(|(a, one), (b, other)| {
            other.score.cmp(&one.score).then_with(|| a.code.cmp(&b.code))
        });
        found.truncate(MOST_SHOWN);
        found
    }

    /// The one unit of this name, however it is spelled.
    pub(super) fn called(&self, name: &str) -> Option<&Unit> {
        let mut found = self.named(name, None).into_iter();
        let (unit, alike) = found.next()?;
        (alike.step != Step::Close && found.next().is_none()).then_some(unit)
    }

    /// The unit that is written as we show one: its code, then its name.
    pub(super) fn as_shown(&self, written: &str) -> Option<&Unit> {
        let (code, name) = written.trim().split_once(char::is_whitespace)?;
        let unit = self.unit(code)?;
        let name = Spelling::of(name);
        let is_called = |own: &Spelling| own.likeness(&name).score >= WORTH_SHOWING;
        unit.spellings.iter().any(is_called).then_some(unit)
    }

    /// The one unit that a code stands for, also with a zero more or less.
    pub(in crate::exchange) fn read(&self, code: &str) -> Option<&Unit> {
        let padded = || {
            let mut found = self.levels.values().filter_map(|level| match level.read(code) {
                Reading::Padded(code) => self.unit(&code),
                _ => None,
            });
            found.next().filter(|_| found.next().is_none())
        };
        self.unit(code).or_else(padded)
    }

    /// The unit itself and those that it lies in, the nearest first, as far as they are known.
    pub(in crate::exchange) fn up<'u>(&'u self, unit: &'u Unit) -> impl Iterator<Item = &'u Unit> {
        let above = |unit: &&'u Unit| unit.parent.as_deref().and_then(|code| self.unit(code));
        // Parents that go round in a circle end too.
        std::iter::successors(Some(unit), above).take(usize::from(DEEPEST_LEVEL) + 1)
    }

    /// The unit of this level that the unit of a code lies in, or is.
    pub(in crate::exchange) fn above(&self, code: &str, level: u8) -> Option<&Unit> {
        self.up(self.unit(code)?).find(|unit| unit.level == level)
    }

    /// Does a place with this code lie in the unit, or is it the unit?
    pub(super) fn lies_in(&self, code: &str, unit: &Unit) -> bool {
        let own = key(&unit.code);
        key(code) == own
            || self.unit(code).is_some_and(|inner| self.up(inner).any(|up| key(&up.code) == own))
    }
}
