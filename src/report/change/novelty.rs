//! Whether something happened since the last report, or was only learned since.

use chrono::{DateTime, Months, TimeDelta, Utc};

use super::Side;
use crate::domain::choice::choice;
use crate::domain::{DatePrecision, Moment};

choice! {
    /// How something came to differ from the last report.
    Novelty {
        /// It is dated after it, or nobody knows its day.
        Since = "since",
        /// It is dated before it, and was learned after it.
        Late = "late",
        /// It was told before, and is not any more: corrected, withdrawn or withheld.
        TakenBack = "taken_back",
    }
}

impl Novelty {
    /// Of what is told now and was not told then.
    pub(super) fn of(
        at: Option<Moment>,
        precision: Option<DatePrecision>,
        then: &Side<'_>,
    ) -> Self {
        let is_past = at.is_some_and(|at| last_instant(at, precision) <= then.situation.as_of);
        if is_past { Self::Late } else { Self::Since }
    }
}

/// The last instant on which it can have been: what is known by its month can have been on the last day of it.
fn last_instant(at: Moment, precision: Option<DatePrecision>) -> DateTime<Utc> {
    let months = match precision {
        None | Some(DatePrecision::Day | DatePrecision::Approx) => return at.end(),
        Some(DatePrecision::Month) => 1,
        Some(DatePrecision::Year) => 12,
    };
    at.start()
        .checked_add_months(Months::new(months))
        .map_or(DateTime::<Utc>::MAX_UTC, |end| end - TimeDelta::milliseconds(1))
}
