//! What may be the same thing, written otherwise: P-codes, names, records. Pure; it says how alike and why, and decides
//! nothing.

pub mod duplicate;
pub mod name;
pub mod pcode;

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

/// How alike two things are, from 0 (not at all) to 1 (the same), in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

impl Score {
    /// The same.
    pub const SAME: Self = Self(100);

    /// A share, rounded down: what is not quite the same never looks the same.
    #[must_use]
    pub fn of(share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and 100"
        )]
        let hundredths = (share.clamp(0.0, 1.0) * 100.0 + 1e-9).floor() as u8;
        Self(hundredths)
    }

    /// Hundredths, at most 100.
    #[must_use]
    pub const fn hundredths(of: u8) -> Self {
        Self(if of > 100 { 100 } else { of })
    }

    /// As a number from 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.share())
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.share())
    }
}

/// The most alike first; of equals the lesser code, so that the same question has the same answer.
pub fn best_first<T>(
    score: impl Fn(&T) -> Score,
    code: impl Fn(&T) -> String,
) -> impl Fn(&T, &T) -> Ordering {
    move |one, other| score(other).cmp(&score(one)).then_with(|| code(one).cmp(&code(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_never_rounded_up_to_the_same() {
        assert_eq!(Score::of(0.999), Score::hundredths(99));
        assert_eq!(Score::of(0.93).to_string(), "0.93");
        assert_eq!((Score::of(-1.0), Score::of(7.0)), (Score::hundredths(0), Score::SAME));
    }
}
