//! What an import found of values that are no codes: what was taken, and what is only suggested.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::super::problem::{MOST_LISTED, RowProblem, WrongRows};
use super::super::target::Target;
use super::super::twice::Marks;
use super::against::{against_position, atlas};
use super::known::{Meaning, Meant, UNITS, is_known_by_code};
use crate::atlas::Atlas;
use crate::domain::choice::choice;
use crate::domain::code::Code;
use crate::domain::merge::{each_code, redirect};
use crate::domain::{Kind, Pointer, Problem};
use crate::matching::Score;
use crate::matching::name::Step;
use crate::store::{Store, StoreResult};

choice! {
    /// How a value came to stand for a code, or would.
    Way {
        /// Somebody said so.
        Accepted = "accepted",
        /// It is the nearest, and near enough for what somebody asked.
        Threshold = "threshold",
        /// It is the code of a record that was merged into this one.
        Merged = "merged",
        /// It is the P-code, but for case, dashes, spaces and the letters of the country.
        Pcode = "pcode",
        /// It is the P-code with a zero more or less where a level begins.
        PaddedPcode = "padded_pcode",
        /// It is near the P-code.
        NearPcode = "near_pcode",
        /// It is the name, or the code, word for word.
        Name = "name",
        /// It is the name but for case, marks and spaces.
        Marks = "marks",
        /// It is the name but for forms of Arabic letters.
        Letters = "letters",
        /// It is the name but for the article.
        Article = "article",
        /// It is the name but for how Arabic is written in Latin letters.
        Transliteration = "transliteration",
        /// It is near the name.
        NearName = "near_name",
        /// The name begins with it, word for word, and goes on.
        Beginning = "beginning",
        /// It is the P-code of a unit that this lies in.
        InUnit = "in_unit",
    }
}

impl Way {
    /// The way that names are alike.
    pub(super) const fn of(step: Step) -> Self {
        match step {
            Step::Same => Self::Name,
            Step::Marks => Self::Marks,
            Step::Letters => Self::Letters,
            Step::Article => Self::Article,
            Step::Transliteration => Self::Transliteration,
            Step::Close => Self::NearName,
        }
    }
}

/// A record, or a unit, that a value may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Near {
    /// Its code.
    pub code: String,
    /// What it is called; empty where that is not known.
    pub name: String,
    /// How alike, from 0 to 1; 0 where it only lies in what is meant.
    pub score: Score,
    /// In what.
    pub way: Way,
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.name.is_empty() { "" } else { " " };
        write!(f, "{}{gap}{}", self.code, self.name)?;
        if self.way == Way::InUnit { Ok(()) } else { write!(f, " ({})", self.score) }
    }
}

/// What may help with a value that names nothing known here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::exchange) struct Hints {
    /// The unit whose P-code it is.
    pub(super) unit: Option<String>,
    /// What comes near, or lies in the unit.
    pub(super) near: Vec<Near>,
}

/// A value that is no code, and what was taken in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// What it names: the word of a kind, or `unit`.
    pub of: &'static str,
    /// The value as it is written.
    pub value: String,
    /// The code that was taken.
    pub code: String,
    /// What that is called; empty where it is not known.
    pub name: String,
    /// How alike, from 0 to 1; 1 where somebody said so.
    pub score: Score,
    /// How it was found.
    pub way: Way,
    /// Where it stands first, and what is said of it.
    pub at: RowProblem,
    /// In how many cells it stands.
    pub cells: u64,
}

/// A value that names nothing known here, and what comes near.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What it should name: the word of a kind, or `unit`.
    pub of: &'static str,
    /// The value as it is written.
    pub value: String,
    /// What it may mean, the nearest first; empty where nothing comes near.
    pub near: Vec<Near>,
    /// Where it stands first, and what is said of it.
    pub at: RowProblem,
    /// In how many cells it stands.
    pub cells: u64,
}

/// What is meant by a value that a record names, by where it stands.
type Unknown = (Kind, String);

/// How many different values are looked up by name; a file with more has another fault.
const MOST_LOOKED_UP: usize = 2_000;

/// What was found so far.
#[derive(Clone, Default)]
pub(in crate::exchange) struct Findings {
    meant: Arc<Meant>,
    /// The records that came with the files, of kinds that have names.
    came: HashSet<(&'static str, String)>,
    looked_up: BTreeMap<(&'static str, String), Meaning>,
    taken: BTreeMap<(&'static str, String), Taken>,
    suggested: BTreeMap<(&'static str, String), Suggestion>,
    /// What is odd, and taken all the same.
    notes: WrongRows,
    /// The outlines of the units, where they were asked for.
    atlas: Option<Arc<Atlas>>,
    /// The new records, where it is asked which of them may be told twice.
    marks: Option<Marks>,
}

impl Findings {
    pub(in crate::exchange) fn new(meant: Arc<Meant>) -> Self {
        Self { meant, ..Self::default() }
    }

    /// With what is known and nothing found, for files that are read once more.
    pub(in crate::exchange) fn anew(&self) -> Self {
        let marks = self.marks.as_ref().map(|_| Marks::default());
        let (came, atlas) = (self.came.clone(), self.atlas.clone());
        Self { came, atlas, marks, ..Self::new(Arc::clone(&self.meant)) }
    }

    /// What is known.
    pub(in crate::exchange) fn meant(&self) -> &Meant {
        &self.meant
    }

    /// New records are kept in mind from now on, to tell which may be told twice.
    pub(in crate::exchange) fn compare(&mut self) {
        self.marks = Some(Marks::default());
    }

    /// Notes a record that was not there.
    pub(in crate::exchange) fn mark(&mut self, kind: Kind, code: &str, body: &Value) {
        if let Some(marks) = &mut self.marks {
            marks.note(kind, code, body);
        }
    }

    /// The new records, where they were kept in mind.
    pub(in crate::exchange) fn take_marks(&mut self) -> Marks {
        self.marks.take().unwrap_or_default()
    }

    /// Notes a record that comes with the files: its code is one from now on.
    pub(in crate::exchange) fn note(&mut self, kind: Kind, code: &str) {
        if self.meant.has(kind) {
            self.came.insert((kind.as_str(), code.to_owned()));
        }
    }

    /// What a value stands for; names that come near are looked for once.
    pub(in crate::exchange) fn meaning(&mut self, kind: Kind, value: &str) -> Meaning {
        if self.meant.is_code(kind, value) {
            return Meaning::Itself;
        }
        let key = (kind.as_str(), value.to_owned());
        if self.came.contains(&key) {
            return Meaning::Itself;
        }
        if let Some(found) = self.meant.at_once(kind, value) {
            return found;
        }
        if let Some(found) = self.looked_up.get(&key) {
            return found.clone();
        }
        if self.looked_up.len() >= MOST_LOOKED_UP {
            return Meaning::Unknown(Hints::default());
        }
        let found = self.meant.nearest_to(kind, value);
        self.looked_up.insert(key, found.clone());
        found
    }

    /// Puts the code in the place of each value that stands for one, and gives what it could not tell by where it stands.
    pub(in crate::exchange) fn enter(
        &mut self,
        kind: Kind,
        body: &mut Value,
        at: impl Fn(String) -> RowProblem,
    ) -> BTreeMap<String, Unknown> {
        let (mut unknown, mut is_merged) = (BTreeMap::new(), false);
        each_code(kind.schema(), body, &Pointer::Root, &mut |of, value, pointer| match self
            .meaning(of, value)
        {
            // What cannot be a code names nothing.
            Meaning::Itself if value.parse::<Code>().is_ok() => {}
            Meaning::Taken(near, way) => {
                self.take((of.as_str(), value), &near, way, || at(pointer.to_string()));
                is_merged |= way == Way::Merged;
                *value = near.code;
            }
            Meaning::Itself | Meaning::Unknown(_) => {
                unknown.insert(pointer.to_string(), (of, value.clone()));
            }
        });
        // A list that named both records names the one that stands for them once.
        if is_merged && unknown.is_empty() {
            redirect(kind.schema(), body, &|_, _| None);
        }
        unknown
    }

    /// The codes of units in an area: each is one that is known, is taken for one, or is said to be none.
    pub(in crate::exchange) fn units(
        &mut self,
        body: &mut Value,
        at: impl Fn(String) -> RowProblem,
    ) -> Vec<RowProblem> {
        let mut wrong = Vec::new();
        for (field, level) in UNITS {
            let Some(value) = body.get(field).and_then(Value::as_str).map(str::to_owned) else {
                continue;
            };
            let place = || at(format!("/{field}"));
            match self.meant.of_unit(level, &value, body) {
                Meaning::Itself => {}
                Meaning::Taken(near, way) => {
                    self.take(("unit", &value), &near, way, place);
                    body[field] = near.code.into();
                }
                Meaning::Unknown(hints) => {
                    self.suggest(("unit", &value), &hints, place);
                    let reason =
                        format!("is no unit of level {level} known here{}", listed(&hints));
                    wrong.push(RowProblem { reason, ..place() }.with_value(&value));
                }
            }
        }
        if wrong.is_empty() {
            wrong.extend(self.meant.against_each_other(body, &at));
        }
        if wrong.is_empty() {
            let notes = self.meant.against_country(body, &at);
            self.notes.extend(notes);
            let note = self.atlas.as_ref().and_then(|atlas| against_position(atlas, body, &at));
            self.notes.extend(note);
        }
        wrong
    }

    /// Reads the outlines of units, where areas come that may lie elsewhere than they say.
    pub(in crate::exchange) async fn draw(
        &mut self,
        store: &dyn Store,
        targets: &[Target],
    ) -> StoreResult<()> {
        if targets.iter().any(|target| target.kind == Kind::Area) {
            self.atlas = atlas(store).await?.map(Arc::new);
        }
        Ok(())
    }

    /// Says of a problem what the value may mean; `unknown` is what could not be told by where it stands.
    pub(in crate::exchange) fn explained(
        &mut self,
        problem: Problem,
        unknown: Option<&Unknown>,
        at: impl Fn() -> RowProblem,
    ) -> Problem {
        let named = problem.detail.strip_prefix("there is no ");
        let named = named.and_then(|rest| rest.split_once(' '));
        let missing = named.and_then(|(kind, code)| Some((kind.parse().ok()?, code.to_owned())));
        let Some((kind, value)) = unknown.cloned().or(missing) else { return problem };
        let is_no_code = unknown.is_some() && problem.detail.starts_with("must be a code");
        let hints = match self.meaning(kind, &value) {
            Meaning::Unknown(hints) if !(is_no_code && is_known_by_code(kind)) => hints,
            Meaning::Itself | Meaning::Unknown(_) if unknown.is_some() => {
                let detail = format!("there is no {kind} {value}: it {}", problem.detail);
                return Problem { detail, ..problem };
            }
            Meaning::Itself | Meaning::Unknown(_) | Meaning::Taken(..) => return problem,
        };
        self.suggest((kind.as_str(), &value), &hints, at);
        Problem { detail: format!("there is no {kind} {value}{}", listed(&hints)), ..problem }
    }

    /// Notes that a value was taken for a code.
    pub(in crate::exchange) fn take(
        &mut self,
        (of, value): (&'static str, &str),
        near: &Near,
        way: Way,
        at: impl Fn() -> RowProblem,
    ) {
        let new = || {
            let Near { code, name, score, .. } = near.clone();
            let reason = if way == Way::Merged {
                let gap = if name.is_empty() { "" } else { " " };
                format!("{value:?} was merged into {code}{gap}{name}, which stands for it")
            } else {
                format!("{value:?} is taken for the {of} {near}")
            };
            let at = RowProblem { reason, ..at() };
            Taken { of, value: value.to_owned(), code, name, score, way, at, cells: 0 }
        };
        self.taken.entry((of, value.to_owned())).or_insert_with(new).cells += 1;
    }

    /// Notes what a value may mean.
    pub(in crate::exchange) fn suggest(
        &mut self,
        (of, value): (&'static str, &str),
        hints: &Hints,
        at: impl Fn() -> RowProblem,
    ) {
        let new = || {
            let reason = format!("{value:?} is no {of} known here{}", listed(hints));
            let (at, near) = (RowProblem { reason, ..at() }, hints.near.clone());
            Suggestion { of, value: value.to_owned(), near, at, cells: 0 }
        };
        if self.suggested.len() < MOST_LISTED {
            self.suggested.entry((of, value.to_owned())).or_insert_with(new).cells += 1;
        }
    }

    /// Notes what others found too.
    pub(in crate::exchange) fn merge(&mut self, others: Self) {
        self.came.extend(others.came);
        self.marks = self.marks.take().and(others.marks);
        self.taken.extend(others.taken);
        self.suggested.extend(others.suggested);
        self.notes.merge(others.notes);
    }

    /// What is odd, and was taken all the same.
    pub(in crate::exchange) fn notes(&self) -> Vec<RowProblem> {
        self.notes.listed.clone()
    }

    pub(in crate::exchange) fn taken(&self) -> Vec<Taken> {
        self.taken.values().cloned().collect()
    }

    pub(in crate::exchange) fn suggestions(&self) -> Vec<Suggestion> {
        self.suggested.values().cloned().collect()
    }
}

/// What may help, as the end of a sentence.
pub(in crate::exchange) fn listed(Hints { unit, near }: &Hints) -> String {
    let names: Vec<String> = near.iter().map(ToString::to_string).collect();
    let names = names.join(", ");
    match unit {
        None if near.is_empty() => String::new(),
        None => format!("; near: {names}. Write the code, or accept it"),
        Some(unit) if near.is_empty() => format!("; it is the unit {unit}"),
        Some(unit) => format!("; it is the unit {unit}; recorded in it: {names}. Write the code"),
    }
}
