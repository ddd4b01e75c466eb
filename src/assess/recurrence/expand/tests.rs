//! Whole pauses on real clocks, rules against the library's own zones, and rules that make no sense.

use chrono::TimeZone;
use chrono_tz::Asia::Damascus;
use proptest::prelude::*;

use super::*;
use crate::assess::interval::merge_intervals;
use DurationMode::{Elapsed, Nominal};

fn local(text: &str) -> First {
    let (date, time) = text.split_once(' ').unwrap();
    First::Local(date.parse().unwrap(), time.parse().unwrap())
}

fn times<'a>(first: &str, repeat: Repeat<'a>) -> Times<'a> {
    let lasts = Lasts::Hours(48.0, Elapsed);
    Times { first: local(first), zone: Damascus, repeat, lasts, until: None }
}

fn day(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDate>().unwrap().and_time(NaiveTime::MIN).and_utc()
}

/// The windows of the year 2016, starts and ends to the minute.
fn in_2016(times: &Times<'_>) -> Result<Vec<String>, NoWindows> {
    let windows = expand(times, day("2016-01-01"), day("2017-01-01"))?;
    let text = |at: DateTime<Utc>| at.format("%m-%d %H:%M").to_string();
    Ok(windows.iter().map(|w| format!("{} to {}", text(w.start), text(w.end))).collect())
}

#[test]
fn a_start_in_the_gap_is_kept_which_the_library_would_drop() {
    let thursday = times("2016-03-18 00:30", Repeat::Rule("FREQ=WEEKLY;COUNT=2"));
    let expected = ["03-17 22:30 to 03-19 22:30", "03-24 22:30 to 03-26 22:30"];
    assert_eq!(in_2016(&thursday).unwrap(), expected);
}

#[test]
fn a_daily_pause_to_a_local_time_ends_on_the_next_day_if_that_is_earlier() {
    let night = Times {
        lasts: Lasts::To("06:00".parse().unwrap()),
        ..times("2016-10-26 18:00", Repeat::Rule("FREQ=DAILY;COUNT=2"))
    };
    // The second night has the hour that comes twice.
    let expected = ["10-26 15:00 to 10-27 03:00", "10-27 15:00 to 10-28 04:00"];
    assert_eq!(in_2016(&night).unwrap(), expected);
    let to_midnight =
        Times { lasts: Lasts::To("24:00".parse().unwrap()), repeat: Repeat::Once, ..night };
    assert_eq!(in_2016(&to_midnight).unwrap(), ["10-26 15:00 to 10-26 21:00"]);
    let from_midnight = Times { first: local("2016-10-25 24:00"), ..to_midnight };
    assert_eq!(in_2016(&from_midnight).unwrap(), ["10-25 21:00 to 10-26 21:00"]);
}

#[test]
fn an_exact_instant_in_the_hour_that_comes_twice_stays_what_it_is() {
    let second = "2016-10-27T21:30:00.250Z".parse().unwrap();
    let once = Times {
        first: First::Instant(second),
        lasts: Lasts::Hours(1.0, Elapsed),
        ..times("2016-10-27 23:30", Repeat::EveryDays(366))
    };
    assert_eq!(expand(&once, second, day("2017-01-01")).unwrap()[0].start, second);
    let by_rule = Times { repeat: Repeat::Rule("FREQ=DAILY;COUNT=1"), ..once };
    assert_eq!(expand(&by_rule, second, day("2017-01-01")).unwrap()[0].start, second);
}

#[test]
fn until_is_an_instant_a_local_time_or_a_local_day_and_includes_it() {
    let windows = |rule| in_2016(&times("2016-10-13 10:00", Repeat::Rule(rule))).unwrap().len();
    assert_eq!(windows("FREQ=WEEKLY;UNTIL=20161103T080000Z"), 4);
    assert_eq!(windows("FREQ=WEEKLY;UNTIL=20161103T075959Z"), 3);
    assert_eq!(windows("UNTIL=20161103T100000;FREQ=WEEKLY"), 4);
    assert_eq!(windows("RRULE:FREQ=WEEKLY;UNTIL=20161103"), 4);
    assert_eq!(windows(" rrule:freq=weekly;until=20161102"), 3);
    assert_eq!(windows("FREQ=WEEKLY;UNTIL=20160101"), 0);
}

#[test]
fn the_overall_end_cuts_the_window_that_runs_over_it() {
    let until = "2016-10-21T00:00:00Z".parse().ok();
    let cut = Times { until, ..times("2016-10-13 10:00", Repeat::EveryDays(7)) };
    let expected = ["10-13 07:00 to 10-15 07:00", "10-20 07:00 to 10-21 00:00"];
    assert_eq!(in_2016(&cut).unwrap(), expected);
}

#[test]
fn a_pause_without_an_end_is_told_as_far_as_asked_and_a_distant_time_is_reached() {
    let weekly = times("1950-01-05 10:00", Repeat::Rule("FREQ=WEEKLY"));
    // 52 Thursdays, and the last of 2015, which has not ended.
    assert_eq!(in_2016(&weekly).unwrap().len(), 53);
    let daily = times("1900-01-02 10:00", Repeat::EveryDays(1));
    assert_eq!(in_2016(&daily).unwrap().len(), 368);
    let future = times("2016-10-13 10:00", Repeat::Once);
    assert!(expand(&future, day("2017-01-01"), day("2018-01-01")).unwrap().is_empty());
}

#[test]
fn what_cannot_be_told_says_why_and_where() {
    let rule = |text| in_2016(&times("2016-10-13 10:00", Repeat::Rule(text))).unwrap_err();
    assert_eq!(rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), NoWindows::NeverComes);
    assert_eq!(rule("FREQ=HOURLY"), NoWindows::FinerThanDaily);
    for text in [
        "every Thursday",
        "",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20161103",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;BYMINUTE=0,1,2,3,4,5,6;BYSECOND=0,1,2,3",
        "EXRULE:FREQ=DAILY",
        "DTSTART:20160101T000000Z;FREQ=DAILY",
        &format!("FREQ=DAILY;BYMONTHDAY=1{}", ",1".repeat(300)),
    ] {
        assert!(matches!(rule(text), NoWindows::BadRule(_)), "{text}: {:?}", rule(text));
    }
    let base = times("2016-10-13 10:00", Repeat::EveryDays(0));
    assert_eq!(in_2016(&base).unwrap_err().field(), "every_days");
    let sunset = Times { lasts: Lasts::To(LocalTime::Sunset), ..base };
    assert_eq!(in_2016(&sunset).unwrap_err(), NoWindows::EndsAtSunset);
    let sunset = Times { first: local("2016-10-13 sunset"), ..base };
    assert!(in_2016(&sunset).unwrap_err().to_string().starts_with("sunset is not computed"));
    for hours in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e6] {
        let bad = Times { lasts: Lasts::Hours(hours, Nominal), ..base };
        assert_eq!(in_2016(&bad).unwrap_err(), NoWindows::BadHours);
    }
    let dense = times("2016-10-13 10:00", Repeat::EveryDays(1));
    assert_eq!(expand(&dense, day("2016-01-01"), day("2100-01-01")), Err(NoWindows::TooMany));
}

#[test]
fn local_times_are_read_as_records_write_them() {
    assert_eq!("24:00".parse(), Ok(LocalTime::Clock(1_440)));
    for text in ["24:01", "9:00", "+9:00", "10:60", "10", "Sunset", "١٠:٠٠"] {
        assert!(text.parse::<LocalTime>().is_err(), "{text}");
    }
}

/// A rule with what people write: days of the week or month, in any order of steps.
fn rule() -> impl Strategy<Value = String> {
    let every = prop::sample::select(vec![
        "DAILY",
        "WEEKLY",
        "WEEKLY;BYDAY=TH",
        "WEEKLY;BYDAY=MO,FR;WKST=SU",
        "MONTHLY",
        "MONTHLY;BYMONTHDAY=-1",
        "MONTHLY;BYDAY=2TU",
        "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "DAILY;BYHOUR=8,20",
        "YEARLY;BYMONTH=3,10;BYDAY=-1FR",
    ]);
    (every, 1..5, 1..40).prop_map(|(every, interval, count)| {
        format!("FREQ={every};INTERVAL={interval};COUNT={count}")
    })
}

proptest! {
    #[test]
    fn rules_agree_with_the_library_in_a_real_zone(
        rule in rule(), start in 0_i64..1_000, minute in 0_i64..1_440,
        zone in prop::sample::select(vec![Damascus, chrono_tz::Europe::Berlin, chrono_tz::America::Santiago]),
    ) {
        let first = "2015-01-01T00:00:00".parse::<NaiveDateTime>().unwrap()
            + TimeDelta::days(start) + TimeDelta::minutes(minute);
        let library_zone = rrule::Tz::Tz(zone);
        let placed = library_zone.from_local_datetime(&first).single();
        prop_assume!(placed.is_some());
        let placed = placed.unwrap();
        let parsed: rrule::RRule<rrule::Unvalidated> = rule.parse().unwrap();
        let starts: Vec<_> = parsed.build(placed).unwrap().all(100).dates;
        // The library counts no start that the clock skips, and loses its way near one.
        let times = Times {
            first: First::Instant(placed.to_utc()), zone, repeat: Repeat::Rule(&rule),
            lasts: Lasts::Hours(1.0, Elapsed), until: None,
        };
        let windows = expand(&times, day("2015-01-01"), day("2199-01-01")).unwrap();
        let is_plain = |window: &Window| {
            let local = window.start.with_timezone(&zone).naive_local();
            let shown = zone.from_local_datetime(&local).single().is_some();
            let minutes = i64::from(local.hour()) * 60 + i64::from(local.minute());
            shown && (rule.contains("BYHOUR") || minutes == minute)
        };
        prop_assume!(windows.iter().all(is_plain));
        let ours: Vec<_> = windows.iter().map(|window| window.start).collect();
        prop_assert_eq!(ours, starts.into_iter().map(|start| start.to_utc()).collect::<Vec<_>>());
    }

    #[test]
    fn the_union_of_windows_has_their_hours_unless_they_overlap(every in 1_u32..9, hours in 1.0..100.0_f64) {
        let lasts = Lasts::Hours(hours, Elapsed);
        let times = Times { lasts, ..times("2016-10-13 10:00", Repeat::EveryDays(every)) };
        let windows = expand(&times, day("2016-10-01"), day("2016-12-01")).unwrap();
        let hour = |at: DateTime<Utc>| (at - day("2016-10-01")).as_seconds_f64() / 3600.0;
        let pairs: Vec<_> = windows.iter().map(|w| (hour(w.start), hour(w.end))).collect();
        let sum: f64 = windows.iter().map(|window| window.hours()).sum();
        let union: f64 = merge_intervals(&pairs).iter().map(|(start, end)| end - start).sum();
        let overlaps = windows.windows(2).any(|pair| pair[1].start < pair[0].end);
        prop_assert!(union <= sum + 1e-6);
        prop_assert_eq!(overlaps, union < sum - 1e-6);
    }

    #[test]
    fn a_rule_of_any_letters_is_answered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "INTERVAL=65535", "INTERVAL=7",
            "BYDAY=+53MO", "BYDAY=-1FR,2TU", "BYDAY=MO", "BYMONTH=2", "BYMONTH=13", "BYMONTHDAY=-31",
            "BYMONTHDAY=29", "BYYEARDAY=366", "BYYEARDAY=-366", "BYWEEKNO=53", "BYWEEKNO=-53",
            "BYSETPOS=-366", "BYSETPOS=2,-1", "BYHOUR=0,6,12", "BYHOUR=24", "BYMINUTE=59", "BYSECOND=60",
            "COUNT=4294967295", "COUNT=9", "WKST=SU", "UNTIL=20161231", "BYEASTER=1", "=", "X=", ";;",
        ]), 1..7),
    ) {
        let rule = parts.join(";");
        let _answered = in_2016(&times("2016-02-29 10:00", Repeat::Rule(&rule)));
    }
}
