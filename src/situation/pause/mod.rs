//! A pause as it stands on a day: when it holds, what each party answered, what it lets through.
//!
//! Alerts, reports and answers read the parties' answers here, so that they cannot contradict each other.

pub mod answers;
mod breach;
pub mod calendar;
mod chain;
mod place;
pub mod throughput;
mod times;
mod union;
pub mod windows;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::alert::Evidence;
use super::table::Known;
use super::world::Situation;
use crate::assess::recurrence::Window;
use crate::domain::{Kind, Pause, Text};

/// A record as evidence.
pub(in crate::situation) fn evidence<T>(kind: Kind, row: &Known<T>) -> Evidence {
    let href = format!("/api/v1/{}/{}", kind.plural(), row.code);
    Evidence { kind, code: row.code.to_string(), version: row.version, href }
}

/// The clock by which a pause is meant, and whether nobody told it.
#[derive(Debug, Clone, Copy)]
struct LocalClock {
    zone: Tz,
    is_assumed: bool,
}

impl LocalClock {
    /// The pause's own, else that of the first of its areas that has one, else UTC.
    fn of(situation: &Situation, pause: &Pause) -> Self {
        let own = pause.time_zone.as_ref().and_then(|zone| zone.as_str().parse().ok());
        let of_area = |code: String| {
            let area = situation.world.areas.get(&code)?;
            area.record.time_zone.as_ref().and_then(|zone: &Text| zone.as_str().parse().ok())
        };
        let found = own.or_else(|| place::areas(situation, pause).into_iter().find_map(of_area));
        Self { zone: found.unwrap_or(Tz::UTC), is_assumed: found.is_none() }
    }

    /// An instant as this clock shows it, with its offset.
    fn shows(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
    }

    /// The same in a sentence.
    fn says(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// Hours from one instant to another, with a fraction; negative if it lies before.
fn hours_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    (to - from).as_seconds_f64() / 3600.0
}

/// What is left of a window when others are taken out of it.
fn without(window: Window, others: &[Window]) -> Vec<Window> {
    let mut left = vec![window];
    for other in others {
        left = left
            .into_iter()
            .flat_map(|w| {
                let before = Window { end: w.end.min(other.start), ..w };
                let after = Window { start: w.start.max(other.end), ..w };
                [before, after].into_iter().filter(|w| w.start < w.end)
            })
            .collect();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: i64, end: i64) -> Window {
        let at = |hour| DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour);
        Window { start: at(start), end: at(end) }
    }

    #[test]
    fn what_an_extension_adds_is_what_was_not_there_before() {
        assert_eq!(without(window(8, 19), &[window(8, 16)]), [window(16, 19)]);
        assert_eq!(
            without(window(0, 10), &[window(2, 3), window(5, 20)]),
            [window(0, 2), window(3, 5)]
        );
        assert_eq!(without(window(0, 10), &[window(10, 12)]), [window(0, 10)]);
        assert_eq!(without(window(3, 4), &[window(0, 9)]), []);
    }
}
