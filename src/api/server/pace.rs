//! An even pace with a burst, for each of very many keys, in memory that has an end.
//!
//! Each key has one number: until when its requests are spoken for. A request moves it on by one interval, and is
//! refused where that would be further ahead than the burst (the generic cell rate algorithm).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How many keys are kept; more share one pace.
pub(super) const MOST_KEYS: usize = 100_000;

/// How often keys that have rested are looked for when there are too many.
const SWEEP: u64 = 1_000_000_000;

/// So many a second, and so many at once.
pub(super) struct Pace {
    interval: u64,
    burst: u64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Until when each key's requests are spoken for, nanoseconds.
    until: HashMap<u64, u64>,
    /// The same of all keys that found no room.
    rest: u64,
    swept: u64,
}

impl Pace {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        let interval = 1_000_000_000 / u64::from(per_second.max(1));
        Self { interval, burst: interval * u64::from(burst.max(1)), kept: Mutex::default() }
    }

    /// Counts one request, or says after how long it would be taken.
    pub(super) fn take(&self, key: u64, now: Duration) -> Result<(), Duration> {
        let now = nanos(now);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let until = kept.of(key, now);
        let next = (*until).max(now) + self.interval;
        let ahead = next - now;
        if ahead > self.burst {
            return Err(Duration::from_nanos(ahead - self.burst));
        }
        *until = next;
        Ok(())
    }

    /// Counts so many more that were taken already; never more than another burst beyond the first.
    pub(super) fn charge(&self, key: u64, count: u32, now: Duration) {
        let now = nanos(now);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let until = kept.of(key, now);
        let next = (*until).max(now) + self.interval * u64::from(count);
        *until = next.min(now + 2 * self.burst);
    }

    /// How many keys are kept.
    #[cfg(test)]
    fn keys(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).until.len()
    }
}

impl Kept {
    /// The number of a key. Where all places are taken by keys that have not rested, the key shares one with all such:
    /// to forget one of the others would give it a burst anew.
    fn of(&mut self, key: u64, now: u64) -> &mut u64 {
        if self.until.len() >= MOST_KEYS && !self.until.contains_key(&key) {
            if now >= self.swept + SWEEP {
                self.until.retain(|_, until| *until > now);
                self.swept = now;
            }
            if self.until.len() >= MOST_KEYS {
                return &mut self.rest;
            }
        }
        self.until.entry(key).or_insert(0)
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX / 2)
}

#[cfg(test)]
mod tests;
