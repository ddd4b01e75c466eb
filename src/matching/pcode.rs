//! P-codes: which one is meant by another way to write it, and which come near one that nobody has.
//!
//! Codes are matched as HDX HAPI does: case, dashes and spaces say nothing; three letters of a country stand for its
//! two; a zero may be missing or one too many where the number of a level begins. A code without letters keeps its
//! zeros: nothing says where its levels begin.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Score, best_first};
use crate::domain::boundary::key;

/// Below this two codes are not worth showing.
const WORTH_SHOWING: Score = Score::hundredths(66);

/// How far the length of two codes that are near each other may differ.
const MOST_LONGER: usize = 2;

/// How many are shown.
pub const MOST_SHOWN: usize = 3;

/// What a written code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It is this code, but for case, dashes, spaces and the letters of the country.
    Same(String),
    /// It is this code with a zero more or less.
    Padded(String),
    /// It may be any of these.
    Several(Vec<String>),
    /// Nobody has it.
    Unknown,
}

/// A code that is known, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    code: String,
    name: String,
}

/// The codes that are known.
#[derive(Debug, Clone, Default)]
pub struct Pcodes {
    /// By the key of the code.
    known: BTreeMap<String, Known>,
    /// By the key of another way to write it.
    padded: HashMap<String, BTreeSet<String>>,
}

/// A code that comes near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The code.
    pub code: String,
    /// What it stands for.
    pub name: String,
    /// How alike the codes are.
    pub score: Score,
}

impl Pcodes {
    /// Adds a code; `parents` are the codes of the units that it lies in, of which it may be a continuation.
    pub fn add(&mut self, code: &str, name: &str, parents: &[&str]) {
        let own = key(code);
        if own.is_empty() {
            return;
        }
        for other in paddings(&own, parents) {
            self.padded.entry(other).or_default().insert(own.clone());
        }
        // Of several releases the last one says how it is written and called.
        self.known.insert(own, Known { code: code.to_owned(), name: name.to_owned() });
    }

    /// Is nothing known?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What a written code stands for.
    #[must_use]
    pub fn read(&self, written: &str) -> Reading {
        let written = key(written.trim());
        if let Some(known) = self.known.get(&written) {
            return Reading::Same(known.code.clone());
        }
        let keys = self.padded.get(&written).into_iter().flatten();
        let codes: Vec<String> =
            keys.filter_map(|key| Some(self.known.get(key)?.code.clone())).collect();
        match codes.len() {
            0 => Reading::Unknown,
            1 => codes.into_iter().next().map_or(Reading::Unknown, Reading::Padded),
            _ => Reading::Several(codes),
        }
    }

    /// The codes that come nearest to one that nobody has.
    #[must_use]
    pub fn near(&self, written: &str) -> Vec<Near> {
        let written = key(written.trim());
        // A name is no code that was mistyped.
        if !written.chars().any(|letter| letter.is_ascii_digit()) || !written.is_ascii() {
            return Vec::new();
        }
        let country = letters(&written);
        let is_possible = |other: &String| {
            letters(other) == country && other.len().abs_diff(written.len()) <= MOST_LONGER
        };
        let mut near: Vec<Near> = self
            .known
            .iter()
            .filter(|(other, _)| is_possible(other))
            .map(|(other, known)| Near {
                code: known.code.clone(),
                name: known.name.clone(),
                score: alike(&written, other),
            })
            .filter(|near| near.score >= WORTH_SHOWING)
            .collect();
        near.sort_by(best_first(|near: &Near| near.score, |near: &Near| near.code.clone()));
        near.truncate(MOST_SHOWN);
        near
    }
}

/// Does it look like a P-code: at most three letters, then digits, two or more, but for dashes and spaces?
#[must_use]
pub fn looks_like_one(written: &str) -> bool {
    let written = key(written.trim());
    let first = letters(&written).len();
    let digits = written.get(first..).unwrap_or_default();
    first <= 3 && digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The share of a code that needs no change, two letters that changed places being one. Never the same.
fn alike(one: &str, other: &str) -> Score {
    Score::of(strsim::normalized_damerau_levenshtein(one, other)).min(Score::hundredths(99))
}

/// The letters that a code begins with.
fn letters(key: &str) -> &str {
    let end = key.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(key.len());
    key.get(..end).unwrap_or_default()
}

/// The other ways to write a code: one zero less or more where the number of a level begins.
fn paddings(own: &str, parents: &[&str]) -> BTreeSet<String> {
    let first = letters(own).len();
    if first == 0 || !own.is_ascii() {
        return BTreeSet::new();
    }
    let parents =
        parents.iter().map(|parent| key(parent)).filter(|parent| own.starts_with(parent.as_str()));
    let starts: BTreeSet<usize> = parents
        .map(|parent| parent.len())
        .chain([first])
        .filter(|at| *at >= first && *at < own.len())
        .collect();
    let mut found = BTreeSet::new();
    for at in starts {
        let (before, after) = own.split_at(at);
        found.insert(format!("{before}0{after}"));
        // A level is never written with no digit at all.
        if let Some(rest) = after.strip_prefix('0').filter(|rest| !rest.is_empty()) {
            found.insert(format!("{before}{rest}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn syria() -> Pcodes {
        let mut codes = Pcodes::default();
        codes.add("SY", "Syria", &[]);
        for (code, name) in [("SY01", "Damascus"), ("SY02", "Aleppo"), ("SY10", "Tartous")] {
            codes.add(code, name, &["SY"]);
        }
        codes.add("SY0200", "Jebel Saman", &["SY", "SY02"]);
        codes.add("SY0205", "Ain al-Arab", &["SY", "SY02"]);
        codes
    }

    #[test]
    fn case_dashes_and_three_letters_say_nothing() {
        let codes = syria();
        for written in ["SY0200", "sy0200", "SYR0200", "SY02-00", " SY 0200 "] {
            assert_eq!(codes.read(written), Reading::Same("SY0200".to_owned()), "{written}");
        }
    }

    #[test]
    fn a_zero_may_be_missing_or_one_too_many_where_a_level_begins() {
        let codes = syria();
        for (written, code) in [
            ("SY2", "SY02"),
            ("SY002", "SY02"),
            ("SYR2", "SY02"),
            ("SY205", "SY0205"),
            ("SY025", "SY0205"),
            ("SY00205", "SY0205"),
            ("SY02005", "SY0205"),
        ] {
            assert_eq!(codes.read(written), Reading::Padded(code.to_owned()), "{written}");
        }
        assert_eq!(codes.read("SY0210"), Reading::Unknown);
    }

    #[test]
    fn what_may_be_two_codes_is_neither() {
        let mut codes = Pcodes::default();
        codes.add("KE07", "one", &["KE"]);
        codes.add("KE0007", "another", &["KE"]);
        assert_eq!(
            codes.read("KE007"),
            Reading::Several(vec!["KE0007".to_owned(), "KE07".to_owned()])
        );
        codes.add("KE007", "the very one", &["KE"]);
        assert_eq!(codes.read("KE007"), Reading::Same("KE007".to_owned()));
    }

    #[test]
    fn codes_that_break_every_pattern_are_found_and_a_code_without_letters_keeps_its_zeros() {
        let mut codes = Pcodes::default();
        for code in ["BDI014", "HT0811-07", "62179", "AZ91100002", "HT0114-0101", "0107"] {
            codes.add(code, "", &[]);
            assert_eq!(codes.read(code), Reading::Same(code.to_owned()));
        }
        assert_eq!(codes.read("bi014"), Reading::Same("BDI014".to_owned()));
        assert_eq!(codes.read("HT081107"), Reading::Same("HT0811-07".to_owned()));
        assert_eq!(codes.read("107"), Reading::Unknown);
    }

    #[test]
    fn what_looks_like_a_code_is_told_from_names() {
        for code in ["SY0303", "syr 03-03", "62179", "C4321"] {
            assert!(looks_like_one(code), "{code}");
        }
        for name in ["Douma", "Block 9", "SY-DUMA", "دوما", "KM 7 camp", ""] {
            assert!(!looks_like_one(name), "{name}");
        }
    }

    #[test]
    fn a_mistyped_code_has_its_neighbours_with_their_names() {
        let codes = syria();
        let near = codes.near("SY0201");
        assert_eq!((near[0].code.as_str(), near[0].name.as_str()), ("SY0200", "Jebel Saman"));
        assert_eq!(near[0].score.to_string(), "0.83");
        assert_eq!(codes.near("YS0200"), [], "another country is not near");
        assert_eq!(codes.near("Duma"), [], "a name is no code");
    }

    proptest! {
        #[test]
        fn a_code_is_always_read_as_itself(all in prop::collection::btree_set("[A-Z]{0,3}[0-9]{1,8}", 1..20)) {
            let mut codes = Pcodes::default();
            for code in &all {
                codes.add(code, "", &[]);
            }
            for code in &all {
                let Reading::Same(found) = codes.read(code) else { panic!("{code} is not known") };
                prop_assert_eq!(key(&found), key(code));
            }
        }

        #[test]
        fn no_near_code_has_the_full_score(written in "[A-Z]{2}[0-9]{0,8}", all in prop::collection::btree_set("[A-Z]{2}[0-9]{1,8}", 0..20)) {
            let mut codes = Pcodes::default();
            for code in &all {
                codes.add(code, "", &[]);
            }
            let near = codes.near(&written);
            prop_assert!(near.len() <= MOST_SHOWN);
            prop_assert!(near.iter().all(|near| near.score < Score::SAME));
            prop_assert!(near.windows(2).all(|pair| pair[0].score >= pair[1].score));
        }
    }
}
