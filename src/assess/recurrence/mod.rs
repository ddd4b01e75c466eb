//! Windows that come again on the local clock, and where a local time lies in UTC.
//!
//! A start that the clock shows twice is its first showing; one that the clock skips is read with the
//! offset before the gap (RFC 5545 §3.3.5). [`recurrence`] repeats every so many days; [`expand`] is for
//! a whole pause: a rule, local ends, an overall end.

pub mod expand;
mod rule;

use chrono::{DateTime, Datelike, Days, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

use crate::domain::Problems;
use crate::domain::pause::DurationMode;

/// The most windows that are worked out at once.
pub const MOST_WINDOWS: usize = 10_000;
/// The years in which windows may lie.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The longest stretch of hours: ten years.
const MOST_HOURS: f64 = 87_600.0;

/// A stretch of time, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The instant it ends, not part of it.
    pub end: DateTime<Utc>,
}

impl Window {
    /// Its length: real hours, 0 if it ends before it starts.
    #[must_use]
    pub fn hours(self) -> f64 {
        (self.end - self.start).max(TimeDelta::zero()).as_seconds_f64() / 3600.0
    }
}

/// The instant at which a local clock first shows a time.
///
/// A time that the clock skips is read with the offset before the gap. `None` outside of the years
/// 1900–2200.
///
/// # Example
///
/// In Damascus the clock went from 00:00 to 01:00 on 25 March 2016, and showed 23:00 to 24:00 twice on
/// 27 October.
///
/// ```
/// use passage::assess::recurrence::instant;
/// let at = |local: &str| {
///     instant(local.parse().unwrap(), chrono_tz::Asia::Damascus).unwrap().to_rfc3339()
/// };
/// assert_eq!(at("2016-03-25T00:30:00"), "2016-03-24T22:30:00+00:00");
/// assert_eq!(at("2016-10-27T23:30:00"), "2016-10-27T20:30:00+00:00");
/// ```
///
/// # Source
///
/// SPEC §5, recurrence; RFC 5545 §3.3.5.
#[must_use]
pub fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    if !is_in_years(local.and_utc()) {
        return None;
    }
    if let Some(at) = zone.from_local_datetime(&local).earliest() {
        return Some(at.to_utc());
    }
    let (_, offset) = GapInfo::new(&local, &zone)?.begin?;
    Some((local - chrono::Offset::fix(&offset)).and_utc())
}

/// Does it lie in the years that any record may name?
pub(super) fn is_in_years(at: DateTime<Utc>) -> bool {
    YEARS.contains(&at.year())
}

/// A length of time; `None` if it is not a number, or longer than ten years.
pub(super) fn length(hours: f64) -> Option<TimeDelta> {
    #[expect(clippy::cast_possible_truncation, reason = "whole and far inside 64 bits")]
    let microseconds = |hours: f64| (hours * 3.6e9).round() as i64;
    (hours.abs() <= MOST_HOURS).then(|| TimeDelta::microseconds(microseconds(hours)))
}

/// Where a window ends that begins at `start`, shown as `local`.
fn end(
    start: DateTime<Utc>,
    local: NaiveDateTime,
    zone: Tz,
    length: TimeDelta,
    mode: DurationMode,
) -> Option<DateTime<Utc>> {
    match mode {
        DurationMode::Elapsed => Some(start + length),
        DurationMode::Nominal => Some(instant(local + length, zone)?.max(start)),
    }
}

/// The windows of a pause that comes again every so many days at the same local time.
///
/// `elapsed` counts real hours; `nominal` ends at the local time it would reach without a change of the
/// clocks, and so can last an hour more or less. A window never ends before it starts.
///
/// # Units
///
/// `first`: time on the local clock of `zone`; `hours`: hours; results: UTC.
///
/// # Errors
///
/// All of: `every_days` of 0 for more than one window, more than [`MOST_WINDOWS`], hours that are not a
/// number from 0 to ten years, and windows outside of the years 1900–2200.
///
/// # Example
///
/// 48 hours from Thursday 10:00 in Damascus, across the change of the clocks of October 2016:
///
/// ```
/// use chrono_tz::Asia::Damascus;
/// use passage::assess::recurrence::recurrence;
/// use passage::domain::pause::DurationMode::{Elapsed, Nominal};
/// let first = "2016-10-13T10:00:00".parse().unwrap();
/// let third = |mode| recurrence(first, Damascus, 7, 3, 48.0, mode).unwrap()[2];
/// assert_eq!(third(Elapsed).end.to_rfc3339(), "2016-10-29T07:00:00+00:00");
/// assert_eq!(third(Nominal).hours(), 49.0);
/// ```
///
/// # Source
///
/// SPEC §5 and §7a, `recurrence`.
pub fn recurrence(
    first: NaiveDateTime,
    zone: Tz,
    every_days: u32,
    count: usize,
    hours: f64,
    mode: DurationMode,
) -> Result<Vec<Window>, Problems> {
    let mut problems = Problems::default();
    if every_days == 0 && count > 1 {
        problems.add_field("every_days", "must be 1 or more");
    }
    if count > MOST_WINDOWS {
        problems.add_field("count", format!("must be {MOST_WINDOWS} or fewer, got {count}"));
    }
    let Some(length) = length(hours).filter(|_| hours >= 0.0) else {
        problems.add_field("hours", format!("must be from 0 to {MOST_HOURS}, got {hours}"));
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let window = |days: u64| {
        let local = first.checked_add_days(Days::new(days * u64::from(every_days)))?;
        let start = instant(local, zone)?;
        Some(Window { start, end: end(start, local, zone, length, mode)? })
    };
    (0_u64..).take(count).map(window).collect::<Option<_>>().ok_or_else(|| {
        problems.add_field("first_local", "all windows must lie in the years 1900 to 2200");
        problems
    })
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Sao_Paulo, Asia::Damascus, Europe::London, Pacific::Apia};
    use proptest::prelude::*;

    use super::*;
    use DurationMode::{Elapsed, Nominal};

    fn windows(first: &str, zone: Tz, hours: f64, mode: DurationMode) -> Vec<Window> {
        recurrence(first.parse().unwrap(), zone, 1, 3, hours, mode).unwrap()
    }

    fn at(local: &str, zone: Tz) -> String {
        instant(local.parse().unwrap(), zone).unwrap().to_rfc3339()
    }

    #[test]
    fn a_skipped_day_is_read_with_the_offset_before_it() {
        // Samoa went from 29 December 24:00 (UTC−10) straight to 31 December (UTC+14).
        assert_eq!(at("2011-12-30T12:00:00", Apia), "2011-12-30T22:00:00+00:00");
        assert_eq!(at("2018-11-04T00:00:00", Sao_Paulo), "2018-11-04T03:00:00+00:00");
    }

    #[test]
    fn the_hour_that_comes_twice_counts_at_its_first_showing() {
        assert_eq!(at("2016-10-27T23:00:00", Damascus), "2016-10-27T20:00:00+00:00");
        assert_eq!(at("2016-10-28T00:00:00", Damascus), "2016-10-27T22:00:00+00:00");
        assert_eq!(at("2016-10-30T01:30:00", London), "2016-10-30T00:30:00+00:00");
    }

    #[test]
    fn a_nominal_day_lasts_23_or_25_hours_when_the_clock_changes() {
        let hours = |first| {
            windows(first, Damascus, 24.0, Nominal)
                .into_iter()
                .map(Window::hours)
                .collect::<Vec<_>>()
        };
        assert_eq!(hours("2016-03-24T00:00:00"), [24.0, 23.0, 24.0]);
        assert_eq!(hours("2016-10-26T00:00:00"), [24.0, 25.0, 24.0]);
    }

    #[test]
    fn a_nominal_window_that_starts_in_the_gap_never_ends_before_it_starts() {
        let first = windows("2016-03-25T00:30:00", Damascus, 0.75, Nominal)[0];
        assert_eq!((first.end, first.hours()), (first.start, 0.0));
    }

    #[test]
    fn every_problem_is_named() {
        let first = "2016-10-13T10:00:00".parse().unwrap();
        let problems = recurrence(first, Damascus, 0, 10_001, f64::NAN, Elapsed).unwrap_err();
        let fields: Vec<_> = problems.0.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(fields, ["/every_days", "/count", "/hours"]);
        assert!(recurrence(first, Damascus, u32::MAX, 3, 48.0, Elapsed).is_err());
        assert!(recurrence(NaiveDateTime::MAX, Damascus, 1, 1, 48.0, Nominal).is_err());
        assert!(recurrence(NaiveDateTime::MIN, Damascus, 1, 1, 48.0, Elapsed).is_err());
        assert_eq!(recurrence(first, Damascus, 7, 0, 48.0, Elapsed), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn elapsed_windows_have_their_hours_and_all_windows_come_in_order(
            minutes in 0_i64..900_000, zone in 0_usize..chrono_tz::TZ_VARIANTS.len(), hours in 0.0..100.0_f64,
        ) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let first: NaiveDateTime = "2016-01-01T00:00:00".parse().unwrap();
            let first = first + TimeDelta::minutes(minutes);
            let elapsed = recurrence(first, zone, 1, 3, hours, Elapsed).unwrap();
            prop_assert!(elapsed.iter().all(|window| (window.hours() - hours).abs() < 1e-6));
            prop_assert!(elapsed.is_sorted_by_key(|window| window.start));
            let nominal = recurrence(first, zone, 1, 3, hours, Nominal).unwrap();
            prop_assert!(nominal.iter().all(|window| (window.hours() - hours).abs() < 24.1));
        }
    }
}
