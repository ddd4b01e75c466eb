//! Which claim about an area holds: for each scheme its latest one. Schemes never overwrite each other.

use chrono::{DateTime, Utc};

use crate::domain::status::SiegeStatus;
use crate::domain::{DatePrecision, Status};

/// Does the claim hold on that day?
///
/// A claim holds from its first day until it says it ended, or until the same scheme says something newer.
#[must_use]
pub fn holds(claim: &Status, as_of: DateTime<Utc>) -> bool {
    let begun = claim.valid_from.or(claim.listed_on).is_some_and(|from| from.start() <= as_of);
    let over = claim.valid_to.is_some_and(|to| {
        let precision = claim.date_precision.unwrap_or(DatePrecision::Day);
        precision.latest(to) < as_of
    });
    begun && !over
}

/// By what the newer of two claims of one scheme is told: the day it is for.
#[must_use]
pub fn day_of(claim: &Status) -> Option<DateTime<Utc>> {
    claim.listed_on.or(claim.valid_from).map(crate::domain::Moment::start)
}

/// The statuses that count as a place on a list: cut off in some way.
#[must_use]
pub const fn is_cut_off(status: SiegeStatus) -> bool {
    matches!(status, SiegeStatus::Besieged | SiegeStatus::HardToReach | SiegeStatus::Watchlist)
}
