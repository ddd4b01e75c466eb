//! Pauses as a calendar that programs subscribe to (RFC 5545): one event each, on the clock of its place.
//!
//! A pause that not all have agreed to is tentative, one that was refused or called off is cancelled; one of which it
//! is not known when it begins has no place in a calendar, and the description counts it.

mod event;
mod line;
mod zone;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use self::line::Lines;
use crate::situation::Situation;
use crate::situation::pause::calendar::{Calendar, calendar};
use crate::situation::pause::windows::TimesStatus;

/// The media type of a calendar.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// How often a program that subscribes should ask again.
const ASK_AGAIN: &str = "PT1H";

/// All pauses of a situation.
#[must_use]
pub fn pauses(situation: &Situation) -> String {
    let found = calendar(situation);
    let mut lines = Lines::default();
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.text("PRODID", concat!("-//Passage//Passage ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.line("CALSCALE", "GREGORIAN");
    lines.text("X-WR-CALNAME", "Pauses in fighting");
    lines.text("X-WR-CALDESC", &about(&found));
    lines.line("REFRESH-INTERVAL;VALUE=DURATION", ASK_AGAIN);
    lines.line("X-PUBLISHED-TTL", ASK_AGAIN);
    for (zone, (from, to)) in zones(&found) {
        zone::write(&mut lines, zone, from, to);
    }
    for entry in &found.entries {
        event::write(&mut lines, entry);
    }
    lines.line("END", "VCALENDAR");
    lines.done()
}

/// From one instant to another.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// Every zone that events name, with the time that they lie in.
fn zones(found: &Calendar<'_>) -> Vec<(Tz, Span)> {
    let mut zones: BTreeMap<&'static str, (Tz, Span)> = BTreeMap::new();
    let named = found.entries.iter().map(|entry| &entry.occurs);
    for occurs in named.filter(|occurs| occurs.zone != Tz::UTC) {
        let new = (occurs.start, occurs.told_to.max(occurs.start));
        let (_, time) = zones.entry(occurs.zone.name()).or_insert((occurs.zone, new));
        *time = (time.0.min(new.0), time.1.max(new.1));
    }
    zones.into_values().collect()
}

/// What the calendar is, and what it cannot show.
fn about(found: &Calendar<'_>) -> String {
    let shown = format!(
        "Pauses in fighting that were asked for or announced: {} shown. Confirmed means that every party that must \
         agree has agreed.",
        found.entries.len()
    );
    let left_out = found.left_out.iter();
    let left_out =
        left_out.map(|(why, count)| format!("Not shown: {count}, because {}.", because(*why)));
    std::iter::once(shown).chain(left_out).collect::<Vec<_>>().join(" ")
}

const fn because(why: TimesStatus) -> &'static str {
    match why {
        TimesStatus::NoStart => "it is not known when they begin",
        TimesStatus::NoLength => "it is not known how long they last each time",
        TimesStatus::NoHours => "they are to end before they begin, or last no time at all",
        TimesStatus::Sunset => "they begin or end at sunset, which is not computed",
        TimesStatus::NeverFires => "their rule names no day that exists",
        TimesStatus::RuleNotUnderstood => "their rule is not understood",
        TimesStatus::OutOfYears => "they lie outside of the years 1900 to 2200",
        TimesStatus::TooMany => "they come too often",
        TimesStatus::NoWindowsInTime => "they hold at no time",
        // A pause of which one of these is said is shown, with a word about it.
        TimesStatus::Ok | TimesStatus::NoEnd | TimesStatus::InWords => "of another reason",
    }
}
