//! The only file that reads the wall clock. Everything else takes the time as an argument.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// Where the time comes from: the wall, or a fixed instant that the demo lives at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The wall clock.
    Wall,
    /// Time stands still here.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The time it is for whoever asks a question or writes a record, cut to milliseconds.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Wall => wall(),
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

/// A new id, sortable by the true time at which it was made.
#[must_use]
pub fn new_id() -> Uuid {
    let now = wall();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}
