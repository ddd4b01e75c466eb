//! The gate: nothing leaves the program except through here, and it knows the reader's clearance.
//!
//! The pipes are laid: every record has a level, every position its masked twin, every read a clearance.
//! The policy still lets every reader see everything, as it is (`docs/decisions/0005-gate.md`).

pub mod policy;

use crate::domain::{Draft, Kind, Place, Sensitivity};

/// The level of a record whose author gave none.
#[must_use]
pub const fn default_level(_kind: Kind) -> Sensitivity {
    Sensitivity::Internal
}

/// The level of a record.
#[must_use]
pub fn level(draft: &Draft) -> Sensitivity {
    draft.sensitivity.unwrap_or_else(|| default_level(draft.kind))
}

/// The position that readers below the record's clearance see, and that all their filters are computed on.
#[must_use]
pub const fn masked(place: Place) -> Place {
    place
}
