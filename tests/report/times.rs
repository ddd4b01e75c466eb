//! When reports are due where clocks change: laws, at every kind of change that any zone had in seven years.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use passage::domain::{Kind, Schedule, draft, typed};
use passage::jobs::schedule::{due, next};
use serde_json::json;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn schedule(cron: &str, zone: Tz) -> Schedule {
    typed(&json!({ "cron": cron, "time_zone": zone.name() })).unwrap()
}

fn shown(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

fn offset_seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// The first moments after clocks changed, one of each kind: by how much, from what, at what time of day. None has
/// another change within two days.
fn changes() -> Vec<(Tz, DateTime<Utc>)> {
    let (begin, end) = (at("2011-01-01T00:00:00Z"), at("2018-01-01T00:00:00Z"));
    let (mut kinds, mut found) = (BTreeSet::new(), Vec::new());
    for zone in TZ_VARIANTS {
        let mut day = begin;
        while day < end {
            let (mut before, mut after) = (day, day + TimeDelta::days(1));
            day = after;
            let (old, new) = (offset_seconds(zone, before), offset_seconds(zone, after));
            if old == new {
                continue;
            }
            while after - before > TimeDelta::seconds(1) {
                let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
                if offset_seconds(zone, middle) == old { before = middle } else { after = middle }
            }
            let two_days = TimeDelta::days(2);
            let is_alone = offset_seconds(zone, before - two_days) == old
                && offset_seconds(zone, after + two_days) == new;
            if is_alone && kinds.insert((new - old, old % 3_600, shown(zone, before).time())) {
                found.push((zone, after));
            }
        }
    }
    found
}

type Matches = fn(u32, u32) -> bool;

/// Fields, and the times of day that they mean.
const NAMED: [(&str, Matches); 5] = [
    ("30 0 * * *", |hour, minute| (hour, minute) == (0, 30)),
    ("*/30 0 * * *", |hour, minute| hour == 0 && minute.is_multiple_of(30)),
    ("*/7 1-3 * * *", |hour, minute| (1..=3).contains(&hour) && minute.is_multiple_of(7)),
    ("15 2,23 * * *", |hour, minute| [2, 23].contains(&hour) && minute == 15),
    ("0 */2 * * *", |hour, minute| hour.is_multiple_of(2) && minute == 0),
];
const HOURLY: [(&str, Matches); 3] = [
    ("30 * * * *", |_, minute| minute == 30),
    ("*/20 * * * *", |_, minute| minute.is_multiple_of(20)),
    ("5 0-23 * * *", |_, minute| minute == 5),
];

/// How far about a change it is looked.
const HOURS: i64 = 6;

/// The minutes from some hours before the change to some hours after it.
fn minutes(change: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let begin = change - TimeDelta::hours(HOURS);
    (1..=2 * HOURS * 60).map(move |minute| begin + TimeDelta::minutes(minute))
}

fn is_at(matches: Matches, shown: NaiveDateTime) -> bool {
    shown.second() == 0 && matches(shown.hour(), shown.minute())
}

/// What is due about a change, looking forward from one to the next; looking back must find the same.
fn all_due(cron: &str, zone: Tz, change: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
    let schedule = schedule(cron, zone);
    let (begin, end) = (change - TimeDelta::hours(HOURS), change + TimeDelta::hours(HOURS));
    let first = next(&schedule, begin);
    let times = std::iter::successors(first, |at| next(&schedule, *at));
    let found: BTreeSet<_> = times.take_while(|at| *at <= end).collect();
    for at in minutes(change).step_by(11).filter(|at| found.first().is_some_and(|one| one <= at)) {
        let latest = found.range(..=at).next_back().copied();
        assert_eq!(due(&schedule, None, at).first().copied(), latest, "{cron} {zone} at {at}");
    }
    found
}

#[test]
fn a_time_that_names_its_hour_comes_once_at_every_change_of_any_clock() {
    let changes = changes();
    assert!(changes.len() > 30, "{}", changes.len());
    for (zone, change) in changes {
        let left_out = || {
            let (mut shown_at, end) =
                (shown(zone, change - TimeDelta::seconds(1)), shown(zone, change));
            std::iter::from_fn(move || {
                shown_at += TimeDelta::seconds(1);
                (shown_at < end).then_some(shown_at)
            })
        };
        for (cron, matches) in NAMED {
            let is_first = |at: &DateTime<Utc>| {
                zone.from_local_datetime(&shown(zone, *at)).earliest().unwrap() == *at
            };
            let shows = minutes(change).filter(|at| is_at(matches, shown(zone, *at)));
            let mut expected: BTreeSet<_> = shows.filter(is_first).collect();
            if left_out().any(|time| is_at(matches, time)) {
                expected.insert(change);
            }
            assert_eq!(all_due(cron, zone, change), expected, "{cron} {zone} at {change}");
        }
    }
}

#[test]
fn times_of_every_hour_go_by_the_hours_that_pass_at_every_change_of_any_clock() {
    for (zone, change) in changes() {
        for (cron, matches) in HOURLY {
            let shows = minutes(change).filter(|at| is_at(matches, shown(zone, *at)));
            let expected: BTreeSet<_> = shows.collect();
            assert_eq!(all_due(cron, zone, change), expected, "{cron} {zone} at {change}");
        }
    }
}

#[test]
fn a_half_hour_that_the_clock_springs_over_is_not_passed_over_in_silence() {
    // Damascus went from 00:00 to 01:00 on 25 March 2022; 01:00+03:00 is 22:00 UTC of the day before.
    let schedule = schedule("*/30 0 * * *", Tz::Asia__Damascus);
    let after_the_gap = at("2022-03-24T22:00:00Z");
    assert_eq!(next(&schedule, at("2022-03-24T12:00:00Z")), Some(after_the_gap));
    assert_eq!(next(&schedule, after_the_gap), Some(at("2022-03-25T21:00:00Z")), "once");
    assert_eq!(due(&schedule, None, at("2022-03-25T05:00:00Z")), [after_the_gap]);
}

#[test]
fn a_year_in_an_earlier_file_is_kept_to() {
    let schedule = schedule("0 0 7 1 1 * 2017", Tz::UTC);
    let day = at("2017-01-01T07:00:00Z");
    assert_eq!(next(&schedule, at("2016-07-26T00:00:00Z")), Some(day));
    assert_eq!(next(&schedule, day), None);
}

#[test]
fn a_schedule_that_comes_no_more_some_day_is_refused_with_the_field_and_what_is_allowed() {
    let refused = |cron: &str| {
        let body = json!({ "cron": cron, "time_zone": "UTC" });
        draft(Kind::Schedule, &body).unwrap_err().to_string()
    };
    for cron in ["0 0 7 1 1 * 2017", "0 0 7 1 1 * 2099", "0 7 * *", "at seven"] {
        let why = refused(cron);
        assert!(why.contains("cron") && why.contains("five fields"), "{cron}: {why}");
        assert!(why.contains("a year is not allowed"), "{cron}: {why}");
    }
    assert!(refused("0 0 30 2 *").contains("never comes"));
    for cron in ["0 7 1 1 *", "30 0 7 1 1 *"] {
        let body = json!({ "cron": cron, "time_zone": "UTC" });
        assert!(draft(Kind::Schedule, &body).is_ok(), "{cron}");
    }
}
