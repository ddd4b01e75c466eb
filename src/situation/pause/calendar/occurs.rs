//! When a pause holds, in the terms of calendars: a first time, a rule, and what does not follow the rule.
//!
//! Calendars repeat a local time and a length. Where a clock changes inside a window they differ among each other about
//! its end, so every window that some of them would get wrong is told by itself.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::assess::recurrence::expand::{Named, Repeat, Times, named};
use crate::assess::recurrence::{Window, instant};
use crate::domain::Saying;
use crate::situation::pause::times::{Held, Schedule, TimesStatus, Untold};

/// How far ahead of today the changes of the clocks are looked at where no end is set.
const AHEAD: TimeDelta = TimeDelta::days(2 * 366);

/// When a pause holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurs {
    /// The zone of its clock.
    pub zone: Tz,
    /// The local time of its first window, even if no clock shows it.
    pub local: NaiveDateTime,
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The end of its first window; `None` where no end is set.
    pub end: Option<DateTime<Utc>>,
    /// How it comes again.
    pub again: Option<Again>,
    /// Until when it is told: its last end, or where none is set how far the changes of the clocks were looked at.
    pub told_to: DateTime<Utc>,
}

/// How a pause comes again.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// A rule of RFC 5545 without `COUNT` and `UNTIL`.
    pub rule: String,
    /// The start of its last window; `None` where no end is set.
    pub last: Option<DateTime<Utc>>,
    /// How long each window is on a clock that does not change.
    pub length: TimeDelta,
    /// The windows that differ: the local time by which the rule names each, and when it holds.
    pub moved: Vec<(NaiveDateTime, Window)>,
    /// Local times that the rule names and at which it does not hold.
    pub except: Vec<NaiveDateTime>,
}

impl Occurs {
    /// Reads it out of the times of a record.
    pub(super) fn of(schedule: &Schedule<'_>, zone: Tz, by: DateTime<Utc>) -> Result<Self, Untold> {
        let times = match &schedule.held {
            Held::At(times) => times,
            Held::Span(start, end) => {
                let local = start.with_timezone(&zone).naive_local();
                let (start, told_to) = (*start, end.unwrap_or(*start));
                return Ok(Self { zone, local, start, end: *end, again: None, told_to });
            }
        };
        let to = asked_to(times, schedule, by);
        let found = named(times, schedule.start, to)?;
        let never = || Untold::new(TimesStatus::NoWindowsInTime, Saying::of("times-never"));
        let first = found.first().ok_or_else(never)?;
        Ok(Self {
            zone,
            local: first.local,
            start: first.window.start,
            end: Some(first.window.end),
            again: rule_of(times.repeat).map(|rule| again(rule, times, &found, first)),
            told_to: if is_endless(times) { to } else { last_end(&found) },
        })
    }
}

/// Until when windows are looked at: to the last, or where there is none some years ahead.
fn asked_to(times: &Times<'_>, schedule: &Schedule<'_>, by: DateTime<Utc>) -> DateTime<Utc> {
    /// No record names a later year than 2200, and a rule that comes so often is told as one that comes too often.
    const LONGEST: TimeDelta = TimeDelta::days(300 * 366);
    let begins = schedule.start.max(by);
    if is_endless(times) { begins + AHEAD } else { begins + LONGEST }
}

fn last_end(found: &[Named]) -> DateTime<Utc> {
    found.iter().map(|named| named.window.end).max().unwrap_or_default()
}

/// Does it come again without an end?
fn is_endless(times: &Times<'_>) -> bool {
    let rule_ends = match times.repeat {
        Repeat::Once => true,
        Repeat::EveryDays(_) => false,
        Repeat::Rule(text) => parts(text).any(|part| is_end(&part)),
    };
    times.until.is_none() && !rule_ends
}

/// The parts of a rule, without its name.
fn parts(rule: &str) -> impl Iterator<Item = String> {
    let upper = rule.trim().to_ascii_uppercase();
    let text = upper.strip_prefix("RRULE:").unwrap_or(&upper).to_owned();
    let parts: Vec<String> = text.split(';').map(str::to_owned).collect();
    parts.into_iter().filter(|part| !part.is_empty())
}

fn is_end(part: &str) -> bool {
    part.starts_with("COUNT=") || part.starts_with("UNTIL=")
}

/// The rule without its end, which is told as the last start; `None` for what comes once.
fn rule_of(repeat: Repeat<'_>) -> Option<String> {
    match repeat {
        Repeat::Once => None,
        Repeat::EveryDays(days) => Some(format!("FREQ=DAILY;INTERVAL={days}")),
        Repeat::Rule(text) => {
            let kept: Vec<String> = parts(text).filter(|part| !is_end(part)).collect();
            Some(kept.join(";"))
        }
    }
}

fn again(rule: String, times: &Times<'_>, found: &[Named], first: &Named) -> Again {
    let length = first.local_end - first.local;
    let (held, empty): (Vec<&Named>, Vec<&Named>) =
        found.iter().partition(|named| named.window.start < named.window.end);
    let moved = held.into_iter().filter(|named| is_moved(named, length, times.zone));
    let last = found.last().filter(|_| !is_endless(times));
    Again {
        rule,
        last: last.map(|named| named.window.start),
        length,
        moved: moved.map(|named| (named.local, named.window)).collect(),
        except: empty.into_iter().map(|named| named.local).collect(),
    }
}

/// Would a calendar that counts real hours, or one that counts on the local clock, get this window wrong?
fn is_moved(named: &Named, length: TimeDelta, zone: Tz) -> bool {
    let window = named.window;
    let starts = instant(named.local, zone);
    let on_the_clock = instant(named.local + length, zone);
    starts != Some(window.start)
        || Some(window.end) != on_the_clock
        || window.end != window.start + length
}
