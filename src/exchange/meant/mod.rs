//! What a value may mean that is no code known here: a P-code, a name in another spelling. Shown with a score, and taken
//! only where somebody accepted it.

mod against;
mod found;
mod known;
mod units;

pub(super) use found::{Findings, listed};
pub use found::{Near, Suggestion, Taken, Way};
pub(super) use known::{Meaning, Meant, UNITS};

use std::collections::BTreeMap;

use crate::matching::Score;

/// What somebody accepts of what was suggested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accept {
    /// By the value as it is written: the code that it stands for. A P-code that stands for itself is left as it is.
    pub codes: BTreeMap<String, String>,
    /// The least score from which the nearest is taken, where it is nearer than all others.
    pub from: Option<Score>,
}
