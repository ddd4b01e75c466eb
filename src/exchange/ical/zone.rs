//! The clocks of a zone, as far as the events of a calendar need them.
//!
//! A reader may know the zone by its name; one that does not computes with what stands here. Every change of the clock
//! in the time is written down by itself, so that no rule has to be guessed from the past.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use super::line::Lines;

/// What a clock shows: seconds east of Greenwich, whether that is summer time, what it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    east: i32,
    is_summer: bool,
    name: Option<String>,
}

impl Shown {
    fn at(zone: Tz, at: DateTime<Utc>) -> Self {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc());
        Self {
            east: offset.fix().local_minus_utc(),
            is_summer: !offset.dst_offset().is_zero(),
            name: offset.abbreviation().map(str::to_owned),
        }
    }
}

/// A change of the clock: how far east it was before, and what it shows after.
type Change = (i32, Shown);

/// Writes the `VTIMEZONE` of a zone for the years of these two instants.
pub(super) fn write(lines: &mut Lines, zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) {
    lines.line("BEGIN", "VTIMEZONE");
    lines.line("TZID", zone.name());
    for ((east_before, shown), onsets) in changes(zone, from, to) {
        let part = if shown.is_summer { "DAYLIGHT" } else { "STANDARD" };
        lines.line("BEGIN", part);
        let mut onsets = onsets.iter().map(|onset| local(*onset));
        lines.line("DTSTART", &onsets.next().unwrap_or_default());
        let others: Vec<String> = onsets.collect();
        if !others.is_empty() {
            lines.line("RDATE", &others.join(","));
        }
        lines.line("TZOFFSETFROM", &offset(east_before));
        lines.line("TZOFFSETTO", &offset(shown.east));
        lines.texts("TZNAME", shown.name.as_deref());
        lines.line("END", part);
    }
    lines.line("END", "VTIMEZONE");
}

/// A local time.
pub(super) fn local(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}

/// Equal changes with the local times at which they come, by the clock before them.
fn changes(
    zone: Tz,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> BTreeMap<Change, Vec<NaiveDateTime>> {
    // A day before, so that every local time of the first event lies after it.
    let begin = first_of(from - Days::new(1));
    let mut shown = Shown::at(zone, begin);
    let mut found: BTreeMap<Change, Vec<NaiveDateTime>> = BTreeMap::new();
    let onset = |at: DateTime<Utc>, east: i32| at.naive_utc() + TimeDelta::seconds(east.into());
    found.entry((shown.east, shown.clone())).or_default().push(onset(begin, shown.east));
    let mut day = begin;
    while day.year() <= to.year() {
        let next = day + Days::new(1);
        let then = Shown::at(zone, next);
        if then != shown {
            let at = change_between(zone, day, next);
            found.entry((shown.east, then.clone())).or_default().push(onset(at, shown.east));
            shown = then;
        }
        day = next;
    }
    found
}

/// The first instant of the year, UTC.
fn first_of(at: DateTime<Utc>) -> DateTime<Utc> {
    let days = Days::new(at.ordinal0().into());
    at.date_naive()
        .checked_sub_days(days)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
}

/// The second at which the clock of a zone changes between two instants.
fn change_between(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
    let was = Shown::at(zone, before);
    let (mut before, mut after) = (before.timestamp(), after.timestamp());
    let at = |second| DateTime::from_timestamp(second, 0).unwrap_or_default();
    while after - before > 1 {
        let middle = i64::midpoint(before, after);
        if Shown::at(zone, at(middle)) == was {
            before = middle;
        } else {
            after = middle;
        }
    }
    at(after)
}

/// `+0300`; with seconds where there are any.
fn offset(east: i32) -> String {
    let sign = if east < 0 { '-' } else { '+' };
    let seconds = east.unsigned_abs();
    let text = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds.is_multiple_of(60) { text } else { format!("{text}{:02}", seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: Tz, from: &str, to: &str) -> String {
        let at = |day: &str| format!("{day}T12:00:00Z").parse::<DateTime<Utc>>().unwrap();
        let mut lines = Lines::default();
        write(&mut lines, zone, at(from), at(to));
        lines.done().replace("\r\n", "\n")
    }

    #[test]
    fn a_zone_says_when_its_clocks_change_and_by_how_much() {
        let expected = "BEGIN:VTIMEZONE\nTZID:Asia/Damascus\n\
            BEGIN:STANDARD\nDTSTART:20160101T020000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nTZNAME:EET\nEND:STANDARD\n\
            BEGIN:DAYLIGHT\nDTSTART:20160325T000000\nRDATE:20170331T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nTZNAME:EEST\nEND:DAYLIGHT\n\
            BEGIN:STANDARD\nDTSTART:20161028T000000\nRDATE:20171027T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nTZNAME:EET\nEND:STANDARD\n\
            END:VTIMEZONE\n";
        assert_eq!(written(chrono_tz::Asia::Damascus, "2016-07-01", "2017-06-01"), expected);
    }

    #[test]
    fn a_zone_whose_clock_never_changes_has_one_time() {
        let khartoum = written(chrono_tz::Africa::Khartoum, "2025-06-01", "2027-06-01");
        assert_eq!(khartoum.matches("BEGIN:").count(), 2, "{khartoum}");
        assert!(khartoum.contains("TZOFFSETTO:+0200"), "{khartoum}");
        assert!(written(chrono_tz::Asia::Kathmandu, "2025-06-01", "2025-06-01").contains("+0545"));
    }

    #[test]
    fn what_is_written_shows_every_instant_as_the_zone_does() {
        let zones = [chrono_tz::Asia::Damascus, chrono_tz::Asia::Gaza, chrono_tz::Europe::Dublin];
        for zone in
            zones.into_iter().chain([chrono_tz::America::Sao_Paulo, chrono_tz::Pacific::Apia])
        {
            let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
            let (from, to) = (day("2009-01-01T00:00:00Z"), day("2020-01-01T00:00:00Z"));
            // Onsets in UTC with what the clock shows from then on.
            let mut onsets: Vec<(NaiveDateTime, i32)> = changes(zone, from, to)
                .into_iter()
                .flat_map(|((before, shown), locals)| {
                    let utc = move |local| local - TimeDelta::seconds(before.into());
                    locals.into_iter().map(move |local| (utc(local), shown.east))
                })
                .collect();
            onsets.sort_unstable();
            let mut at = from;
            while at < to {
                let last = onsets.iter().rev().find(|(onset, _)| *onset <= at.naive_utc());
                assert_eq!(last.unwrap().1, Shown::at(zone, at).east, "{zone} {at}");
                at += TimeDelta::hours(7);
            }
        }
    }
}
