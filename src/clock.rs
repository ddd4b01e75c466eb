//! The only file that reads the wall clock. Everything else takes the time as an argument.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// Surely past: this program was written later, so a clock that shows less is wrong.
const WRITTEN_AFTER: &str = "2026-09-01";

/// The clock of the machine cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the clock of this machine shows {shown}, but this program was written after {WRITTEN_AFTER}: set the clock, or give a time by --now where the command takes it"
)]
pub struct WrongClock {
    shown: DateTime<Utc>,
}

/// Where the time comes from: the wall, or a fixed instant that the demo lives at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The wall clock.
    Wall,
    /// Time stands still here.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The wall clock, for whoever records what happens: a dead battery must not date it to 1970.
    ///
    /// # Errors
    ///
    /// When it shows a time before this program was written.
    pub fn sane_wall() -> Result<Self, WrongClock> {
        not_before_it_was_written(wall()).map(|_shown| Self::Wall)
    }

    /// The time it is for whoever asks a question or writes a record, cut to milliseconds.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Wall => wall(),
            Self::Fixed(now) => now,
        }
    }

    /// Up to when things are known, for whoever asks for no past. `newest` is from when the newest of what was
    /// recorded counts as known: all of it is, also where the wall clock was ahead and was set back since.
    #[must_use]
    pub fn known_by(self, newest: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Wall => wall().max(newest),
            Self::Fixed(now) => now,
        }
    }

    /// The true time, which the ledger keeps.
    #[must_use]
    pub fn recorded_at(self) -> DateTime<Utc> {
        wall()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place")]
fn wall() -> DateTime<Utc> {
    let now = Utc::now();
    DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
}

fn not_before_it_was_written(shown: DateTime<Utc>) -> Result<DateTime<Utc>, WrongClock> {
    let written: NaiveDate = WRITTEN_AFTER.parse().unwrap_or_default();
    if shown.date_naive() < written { Err(WrongClock { shown }) } else { Ok(shown) }
}

/// A new id, sortable by the true time at which it was made.
#[must_use]
pub fn new_id() -> Uuid {
    let now = wall();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_the_day_of_writing_is_refused_with_the_way_out() {
        let refused = |text: &str| not_before_it_was_written(text.parse().unwrap());
        let fault = refused("2026-08-31T23:59:59Z").unwrap_err().to_string();
        assert!(fault.contains("2026-08-31") && fault.contains("set the clock"), "{fault}");
        assert!(refused("1970-01-01T00:00:00Z").is_err());
        assert!(refused("2026-09-01T00:00:00Z").is_ok());
        assert!(refused("2029-11-29T00:00:00Z").is_ok());
    }
}
