//! What is wrong with settings: all of it at once, each with its key.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// One thing that is wrong with settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: the section, then the key, and for one of several the number, from 0.
    pub at: Vec<String>,
    /// What is wrong and what is allowed.
    pub detail: String,
}

impl Fault {
    pub(super) fn of(at: &[&str], detail: impl Into<String>) -> Self {
        let at = at.iter().map(|part| (*part).to_owned()).collect();
        Self { at, detail: detail.into() }
    }

    /// The same inside of something.
    pub(super) fn inside(mut self, outer: &[&str]) -> Self {
        self.at.splice(0..0, outer.iter().map(|part| (*part).to_owned()));
        self
    }

    /// As a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.at.iter().fold(String::new(), |pointer, part| {
            pointer + "/" + &part.replace('~', "~0").replace('/', "~1")
        })
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.at.join("."), self.detail)
    }
}

/// The settings of `over` that can be laid over those of `base`, each tried by itself, so that one that is wrong hides
/// none of the others. What is wrong is noted and left out.
pub(super) fn fitting<T: DeserializeOwned>(
    base: &Table,
    over: &Table,
    faults: &mut Vec<Fault>,
) -> Table {
    let mut fits = Table::new();
    for (key, value) in over {
        if !base.contains_key(key) {
            let known: Vec<&String> = base.keys().collect();
            faults.push(Fault::of(&[key], format!("is an unknown setting; known are {known:?}")));
            continue;
        }
        let mut tried = base.clone();
        tried.insert(key.clone(), value.clone());
        match tried.try_into::<T>() {
            Ok(_) => {
                fits.insert(key.clone(), value.clone());
            }
            Err(fault) => faults.push(Fault::of(&[key], fault.message())),
        }
    }
    fits
}

/// The limits of numbers: what lies outside of them is noted under its key.
pub(super) fn within(limits: &[(&str, f64, std::ops::RangeInclusive<f64>)]) -> Vec<Fault> {
    let wrong = limits.iter().filter(|(_, number, limits)| !limits.contains(number));
    let told = wrong.map(|(key, number, limits)| {
        Fault::of(&[key], format!("must be {} to {}, got {number}", limits.start(), limits.end()))
    });
    told.collect()
}

/// Of each pair the second must not be less than the first. A number that is wrong by itself is held against none.
pub(super) fn in_order(pairs: &[[(&str, f64); 2]], faults: &mut Vec<Fault>) {
    let is_wrong = |key: &str| faults.iter().any(|fault| fault.at.iter().any(|at| at == key));
    let wrong = pairs.iter().filter(|[(low_key, low), (high_key, high)]| {
        low > high && !is_wrong(low_key) && !is_wrong(high_key)
    });
    let told = wrong.map(|[(low_key, low), (high_key, high)]| {
        Fault::of(&[high_key], format!("must not be less than {low_key}, {low}, got {high}"))
    });
    let told: Vec<Fault> = told.collect();
    faults.extend(told);
}

/// The number of a section with several of its kind, for a place in it.
pub(super) fn number(index: usize) -> String {
    index.to_string()
}

/// A table out of the settings, empty where there is none.
pub(super) fn table_of(settings: &Table, name: &str) -> Table {
    settings.get(name).and_then(Value::as_table).cloned().unwrap_or_default()
}
