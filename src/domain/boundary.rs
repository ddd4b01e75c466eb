//! An administrative unit as its publisher draws it: reference data, not a claim of ours and no besieged area.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use geo::MultiPolygon;
use serde::Serialize;

use super::country;
use super::invalid::InvalidValue;
use super::sensitive::withheld;
use super::text::Names;

/// The deepest level that a boundary can have: 0 is the country.
pub const DEEPEST_LEVEL: u8 = 4;

/// A P-code as its publisher writes it. Most begin with the two or three letters of a country; some have none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Pcode(String);

impl Pcode {
    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What codes that mean the same share: see [`key`].
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// What P-codes that mean the same share: capital letters, no dashes and spaces, two letters for the country.
///
/// # Example
///
/// ```
/// use passage::domain::boundary::key;
/// assert_eq!(key("bdi014"), key("BI014"));
/// assert_eq!(key("HT0811-07"), "HT081107");
/// assert_ne!(key("SY02"), key("SY2"));
/// ```
#[must_use]
pub fn key(pcode: &str) -> String {
    let plain: String =
        pcode.chars().filter(|c| !matches!(c, '-' | ' ')).flat_map(char::to_uppercase).collect();
    let letters = plain.chars().take_while(char::is_ascii_alphabetic).count();
    match plain.get(..3).filter(|_| letters == 3).and_then(country::iso2) {
        Some(two) => format!("{two}{}", &plain[3..]),
        None => plain,
    }
}

impl FromStr for Pcode {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        const LONGEST: usize = 20;
        const RULE: &str =
            "must be a P-code: 1 to 20 letters and digits, single dashes or spaces between them";
        let text = text.trim();
        let is_part = |part: &str| {
            !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric())
        };
        if text.len() > LONGEST || !text.split(['-', ' ']).all(is_part) {
            return Err(InvalidValue::new(RULE, text));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Pcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A unit in one release of its publisher.
#[derive(Clone, PartialEq)]
pub struct Boundary {
    /// Its P-code.
    pub pcode: Pcode,
    /// 0 is the country, 1 the first level below it, and so on to [`DEEPEST_LEVEL`].
    pub level: u8,
    /// Its names.
    pub names: Names,
    /// The P-code of the unit that it lies in; `None` for a country.
    pub parent: Option<Pcode>,
    /// The P-code of its country.
    pub country: Pcode,
    /// From when the release holds.
    pub valid_from: NaiveDate,
    /// Until when, where its publisher says so: the last day.
    pub valid_to: Option<NaiveDate>,
    /// Its outline as published, degrees WGS 84, exterior rings counter-clockwise.
    pub outline: MultiPolygon,
    /// The same for drawing, with fewer corners.
    pub display: MultiPolygon,
}

withheld!(Boundary { pcode, level, valid_from });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_break_every_pattern_are_codes() {
        for code in ["SY", "SY0200", "BDI014", "HT0811-07", "62179", "AZ91100002", "HT0114-0101"] {
            assert_eq!(code.parse::<Pcode>().unwrap().as_str(), code);
        }
        assert_eq!("  HT08 11 ".parse::<Pcode>().unwrap().as_str(), "HT08 11");
    }

    #[test]
    fn what_cannot_be_a_code_is_refused_with_the_rule() {
        for text in ["", "-SY02", "SY--02", "SY02-", "SY_02", "سوريا", "SY0200000000000000000"]
        {
            let fault = text.parse::<Pcode>().unwrap_err().to_string();
            assert!(fault.contains("must be a P-code"), "{fault}");
        }
    }

    #[test]
    fn a_code_without_letters_keeps_its_zeros() {
        assert_eq!(key("0107"), "0107");
        assert_ne!(key("0107"), key("107"));
    }
}
