//! Half-sentences about the rows of a report that all renderers share. They compute nothing; they word what is there.

use serde_json::Value;

use super::area::AreaRow;
use super::change::{Number, NumberChange};
use super::convoy::ConvoyRow;
use super::headline::Reached;
use super::pause::{PauseRow, State, ViolationRow};
use super::source::SourceRow;
use super::stated::Stated;
use super::statement::IncidentRow;
use super::words::{NOT_KNOWN, day, instant, number, plain, range, several, short_day, some_day};
use super::{Finding, Report};
use crate::situation::alert::Severity;

/// Filled squares, so that it can be told in black and white.
pub(super) const fn mark(severity: &Severity) -> &'static str {
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
    if convoys.planned == 0 {
        return "No convoy of the period is known.".to_owned();
    }
    let of = several(convoys.planned, "convoy");
    let refused = if convoys.refused == 0 { String::new() } else { format!("; {} refused or turned back", convoys.refused) };
    format!("Known to have arrived: {} of {of} planned, asked for or on the way{refused}.", convoys.arrived)
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
            Number::Besieged => stated.day.map(|day| short_day(day)),
            Number::Reached | Number::WithoutArrival => None,
        };
        let beside: Vec<String> = count.map(|count| several(count, unit)).into_iter().chain(dated).collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        format!("{}{beside}", range(stated.figure))
    };
    let (then, now) = (one(&change.then, change.count.0), one(&change.now, change.count.1));
    if change.differs() { format!("{what}: {then} before, now {now}.") } else { format!("{what}: unchanged, {now}.") }
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
    let share = row.removed_share.map(|share| format!(", {} % of the known weight", percent(share)));
    format!("{what}{}", share.unwrap_or_else(|| format!(", how much is {NOT_KNOWN}")))
}

/// How far a pause is.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::InForce => "in force, as far as is known",
        State::NotBegun => "not begun",
        State::Open => "asked for, not everybody has answered",
        State::Answered => "asked for, everybody has answered",
        State::Announced => "offered or announced; beginning not known",
        State::Ended => "over",
    }
}

/// Who asked whom for what, when.
pub(super) fn pause_line(row: &PauseRow) -> String {
    let verb = if row.pause_type == crate::domain::pause::PauseType::Requested { "Asked for" } else { "Announced" };
    let mut line = format!("{verb} by {}", row.by.as_deref().unwrap_or("somebody not named"));
    if let Some(announced) = row.announced {
        line.push_str(&format!(" on {}", day(announced)));
    }
    if let Some(of) = &row.of {
        line.push_str(&format!(", addressed to {of}"));
    }
    line.push('.');
    let hours = row.duration_hours.map(|hours| format!("{} hours", number(hours)));
    let length: Vec<String> = hours.into_iter().chain(row.recurrence.clone()).collect();
    if !length.is_empty() {
        line.push_str(&format!(" Length: {}.", length.join(", ")));
    }
    match (row.start, row.end) {
        (None, None) => line.push_str(&format!(" Begin and end: {NOT_KNOWN}.")),
        (start, end) => {
            let text = |known: Option<super::Day>| known.map_or_else(|| NOT_KNOWN.to_owned(), day);
            line.push_str(&format!(" From {} to {}.", text(start), text(end)));
        }
    }
    line
}

/// A breach, as reported.
pub(super) fn violation_line(row: &ViolationRow) -> String {
    let by = row.attributed_to.as_ref().map(|by| format!(", attributed by the source to {by}"));
    let killed = if row.killed.is_unknown() { String::new() } else { format!("; killed: {}", range(row.killed)) };
    let ended = if row.terminal == Some(true) { "; it ended the pause" } else { "" };
    format!("Reported breach, {}{}{killed}{ended}", some_day(row.day.as_ref()), by.unwrap_or_default())
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

/// Since when an alert holds and the numbers it rests on.
pub(super) fn facts(alert: &Finding) -> String {
    let since = alert.since.map(|since| format!("since {}", super::words::short_date(since.date_naive())));
    let numbers = alert.numbers.iter().filter_map(|(name, value)| measure(name, value));
    since.into_iter().chain(numbers).collect::<Vec<_>>().join(" · ")
}

/// A number of an alert with its name; a share in percent; what is no number and says nothing more is left out.
fn measure(name: &str, value: &Value) -> Option<String> {
    let is_share = name.contains("share");
    let words = name.replace('_', " ");
    let words = if is_share { words.replace("share", "share, %") } else { words };
    match value {
        Value::Null => Some(format!("{words}: {NOT_KNOWN}")),
        Value::Number(value) => {
            let value = value.as_f64()?;
            Some(format!("{words}: {}", if is_share { percent(value) } else { number(value.floor()) }))
        }
        Value::Bool(true) => Some(plain(&words).to_lowercase()),
        _ => None,
    }
}
