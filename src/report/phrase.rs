//! Half-sentences about the rows of a report that all renderers share. They compute nothing; they word what is there.

use serde_json::Value;

use super::area::{AreaRow, GroupCount};
use super::change::{Number, NumberChange};
use super::convoy::ConvoyRow;
use super::headline::{ListTotal, Reached};
use super::pause::{PauseRow, State, ViolationRow};
use super::source::SourceRow;
use super::stated::Stated;
use super::statement::{IncidentRow, StatementRow};
use super::words::{
    NOT_KNOWN, day, instant, number, range, scheme, several, short_date, short_day, some_day,
};
use super::{Day, Finding, Report};
use crate::situation::alert::Severity;

/// Filled squares, so that it can be told in black and white.
pub(super) const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "■■■■",
        Severity::High => "■■■□",
        Severity::Medium => "■■□□",
        Severity::Low => "■□□□",
    }
}

/// With what the report is compared.
pub(super) fn compared(report: &Report) -> String {
    let before = instant(report.before.as_of);
    if report.before.is_report {
        format!("last report, {before}")
    } else {
        format!("beginning of the period, {before}")
    }
}

/// A share in whole percent.
pub(super) fn percent(share: f64) -> String {
    number((share * 100.0).round())
}

/// How many convoys arrived, of how many.
pub(super) fn arrived(reached: &Reached) -> String {
    let convoys = reached.convoys;
    let refused = match convoys.refused {
        0 => String::new(),
        some => format!(" {} refused or turned back.", several(some, "convoy")),
    };
    match (convoys.planned, convoys.arrived) {
        (0, _) => "No convoy of the period is known.".to_owned(),
        (1, 0) => format!(
            "The one convoy planned, asked for or on the way is not known to have arrived.{refused}"
        ),
        (1, _) => {
            "The one convoy planned, asked for or on the way is known to have arrived.".to_owned()
        }
        (planned, arrived) => format!(
            "Of {planned} convoys planned, asked for or on the way, {} known to have arrived.{refused}",
            match arrived {
                0 => "none is".to_owned(),
                1 => "1 is".to_owned(),
                some => format!("{some} are"),
            }
        ),
    }
}

/// How many places a list total covers, and how many of them are known by name.
pub(super) fn places(count: &ListTotal) -> String {
    let places = count.places.and_then(|places| usize::try_from(places).ok());
    let of = places.map(|places| format!(", in {}", several(places, "place"))).unwrap_or_default();
    match (places, count.places_known_by_name) {
        (Some(all), named) if all == named => of,
        (Some(_), 0) => format!("{of}, none of them known here by name"),
        (Some(_), named) => format!("{of}, {named} of them known here by name"),
        (None, 0) => ", none of its places known here by name".to_owned(),
        (None, named) => format!(", {named} of its places known here by name"),
    }
}

/// `by the count of …`; of a scheme that counts itself, only the day.
pub(super) fn counted_by(count: &ListTotal) -> String {
    let author = count.people.by.as_deref().unwrap_or("an author not named");
    let day = some_day(count.people.day.as_ref());
    if author == scheme(count.scheme) { day } else { format!("by the count of {author}, {day}") }
}

/// One of the three numbers, then and now.
pub(super) fn number_change(change: &NumberChange) -> String {
    let what = match change.number {
        Number::Besieged => "People besieged, United Nations list",
        Number::Reached => "People reached by convoys that arrived in the period",
        Number::WithoutArrival => "People in listed areas with no known arrival for long",
    };
    let unit = match change.number {
        Number::Besieged => "place",
        Number::Reached => "arrival",
        Number::WithoutArrival => "area",
    };
    let one = |stated: &Stated, count: Option<u64>| {
        let count = count.and_then(|count| usize::try_from(count).ok());
        let dated = match change.number {
            Number::Besieged => stated.day.map(short_day),
            Number::Reached | Number::WithoutArrival => None,
        };
        let beside: Vec<String> =
            count.map(|count| several(count, unit)).into_iter().chain(dated).collect();
        let beside =
            if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        format!("{}{beside}", range(stated.figure))
    };
    let (then, now) = (one(&change.then, change.count.0), one(&change.now, change.count.1));
    if change.differs() {
        format!("{what}: {then} before, now {now}.")
    } else {
        format!("{what}: no change, {now}.")
    }
}

/// How long ago the last known arrival was.
pub(super) fn days_ago(row: &AreaRow) -> String {
    match row.days_since_last_arrival {
        None => String::new(),
        Some(0) => "less than a day ago".to_owned(),
        Some(1) => "1 day ago".to_owned(),
        Some(days) => format!("{days} days ago"),
    }
}

/// Until when a running total tells of deliveries, where it is later than the last known arrival.
pub(super) fn running_total(row: &AreaRow) -> Option<String> {
    let until = row.running_total_until?;
    let later = row.last_arrival.is_none_or(|last| last.date < until.date);
    later.then(|| format!("a running total tells of deliveries until {}", short_day(until)))
}

/// A count of a group of areas that one area is a part of.
pub(super) fn of_group(count: &GroupCount) -> String {
    let by = count.people.by.as_deref().unwrap_or("an author not named");
    format!(
        "{} together: {}, {by}, {}",
        count.name,
        range(count.people.figure),
        some_day(count.people.day.as_ref())
    )
}

/// What became of the convoys to an area in the period.
pub(super) fn convoys(row: &AreaRow) -> String {
    let counts = row.convoys;
    if counts.planned == 0 {
        return "none known".to_owned();
    }
    format!(
        "{} planned, {} allowed, {} refused, {} arrived",
        counts.planned, counts.allowed, counts.refused, counts.arrived
    )
}

/// Why a convoy is not counted.
pub(super) fn uncounted(row: &ConvoyRow) -> String {
    if !row.carries_goods {
        return "mission without goods, not counted".to_owned();
    }
    if row.part_of.is_empty() {
        return "counted through its parts".to_owned();
    }
    format!("part of {}, not counted twice", row.part_of.join(", "))
}

/// What was taken off a convoy.
pub(super) fn removed(row: &ConvoyRow) -> String {
    if !row.goods_removed {
        return "nothing reported".to_owned();
    }
    let what = if row.medical_removed { "medical items" } else { "goods" };
    let share =
        row.removed_share.map(|share| format!(", {} % of the known weight", percent(share)));
    format!("{what}{}", share.unwrap_or_else(|| format!(", how much is {NOT_KNOWN}")))
}

/// How far a pause is.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Open => "asked for, not everybody has answered",
        State::InForce => "in force by its dates",
        State::NotBegun => "not begun",
        State::Announced => "offered or announced; beginning not known",
        State::Begun => "begun; no end is recorded",
        State::Answered => "asked for, everybody has answered",
        State::Ended => "over",
    }
}

/// Who asked whom for what, when.
pub(super) fn pause_line(row: &PauseRow) -> String {
    let verb = if row.pause_type == crate::domain::pause::PauseType::Requested {
        "Asked for"
    } else {
        "Announced"
    };
    let by = row.by.as_deref().unwrap_or("somebody not named");
    let on = row.announced.map(|announced| format!(" on {}", day(announced))).unwrap_or_default();
    let to = row.of.as_ref().map(|of| format!(", addressed to {of}")).unwrap_or_default();
    let hours = row.duration_hours.map(|hours| format!("{} hours", number(hours)));
    let length: Vec<String> = hours.into_iter().chain(row.recurrence.clone()).collect();
    let length = match length.as_slice() {
        [] => String::new(),
        parts => format!(" Length: {}.", parts.join(", ")),
    };
    let text = |known: Option<Day>| known.map_or_else(|| NOT_KNOWN.to_owned(), day);
    let window = match (row.start, row.end) {
        (None, None) => format!("Begin and end: {NOT_KNOWN}."),
        (start, None) => format!("From {}; end: {NOT_KNOWN}.", text(start)),
        (start, end) => format!("From {} to {}.", text(start), text(end)),
    };
    format!("{verb} by {by}{on}{to}.{length} {window}")
}

/// A breach, as reported.
pub(super) fn violation_line(row: &ViolationRow) -> String {
    let by = row.attributed_to.as_ref().map(|by| format!(", attributed by the source to {by}"));
    let killed = if row.killed.is_unknown() {
        String::new()
    } else {
        format!("; killed: {}", range(row.killed))
    };
    let ended = if row.terminal == Some(true) { "; it ended the pause" } else { "" };
    format!(
        "Reported breach, {}{}{killed}{ended}",
        some_day(row.day.as_ref()),
        by.unwrap_or_default()
    )
}

/// The days of an incident.
pub(super) fn days(row: &IncidentRow) -> String {
    match row.until.filter(|until| Some(*until) != row.day) {
        Some(until) => format!("{} to {}", some_day(row.day.as_ref()), short_day(until)),
        None => some_day(row.day.as_ref()),
    }
}

/// Publisher and day of a source, to follow its name.
pub(super) fn published(row: &SourceRow) -> String {
    let publisher = row.publisher.as_ref().filter(|publisher| **publisher != row.name);
    let publisher = publisher.map(|publisher| format!(", {publisher}")).unwrap_or_default();
    format!("{publisher}, {}.", row.published.map_or_else(|| "no date given".to_owned(), day))
}

/// What is said, with its author unless the text itself begins with him.
pub(super) fn said(row: &StatementRow) -> String {
    let by = row.by.as_deref().unwrap_or("an author not named");
    if row.text.to_lowercase().starts_with(&by.to_lowercase()) {
        row.text.clone()
    } else {
        format!("{by}: {}", row.text)
    }
}

/// Since when an alert holds and the numbers it rests on.
pub(super) fn facts(alert: &Finding) -> String {
    let since = alert.since.map(|since| format!("since {}", short_date(since.date_naive())));
    // The days waited say the same as the days since the last arrival, and also where there was none.
    let said = |name: &str| {
        name == "days_since_last_delivery" && alert.numbers.contains_key("days_waited")
    };
    let shown =
        |name: &&String| !name.starts_with("threshold") && !name.ends_with("_high") && !said(name);
    let numbers = alert.numbers.keys().filter(shown).filter_map(|name| measure(alert, name));
    since.into_iter().chain(numbers).collect::<Vec<_>>().join(" · ")
}

/// The thresholds that an alert was held against.
pub(super) fn thresholds(alert: &Finding) -> String {
    let names = alert.numbers.keys().filter(|name| name.starts_with("threshold"));
    let limits = names.filter_map(|name| measure(alert, name));
    limits.map(|limit| limit.replacen(": ", " ", 1)).collect::<Vec<_>>().join(", ")
}

/// A number of an alert with its name, low and high together; what is no number and says nothing more is left out.
fn measure(alert: &Finding, name: &str) -> Option<String> {
    let bare = name.trim_end_matches("_low");
    let value = |name: &str| alert.numbers.get(name).and_then(Value::as_f64);
    let (low, high) = (value(name), value(&format!("{bare}_high")));
    let is_share = name.contains("share");
    let write = |value: f64| if is_share { percent(value) } else { number(value.floor()) };
    let words = bare.replace('_', " ").replace("p10", "(early)").replace("p50", "(middle)");
    if alert.numbers.get(name) == Some(&Value::Bool(true)) {
        return Some(words);
    }
    let amount = match (low, high) {
        (Some(low), Some(high)) if write(low) != write(high) => {
            format!("{} to {}", write(low), write(high))
        }
        (Some(one), _) | (None, Some(one)) => write(one),
        (None, None) if alert.numbers.get(name) == Some(&Value::Null) => {
            return Some(format!("{words}: {NOT_KNOWN}"));
        }
        (None, None) => return None,
    };
    Some(if is_share { format!("{words}: {amount} %") } else { format!("{words}: {amount}") })
}
