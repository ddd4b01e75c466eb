//! One pause as an event.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::line::Lines;
use super::zone::local;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::{Saying, Sensitivity, Text};
use crate::situation::pause::answers::PartyAnswer;
use crate::situation::pause::calendar::{Again, Entry, Stands};
use crate::tongue::Tongue;

/// Writes the event of a pause, and one more for each of its windows that a change of the clocks moves.
pub(super) fn write(lines: &mut Lines, entry: &Entry<'_>) {
    let (occurs, zone) = (&entry.occurs, entry.occurs.zone);
    begin(lines, entry);
    match &occurs.again {
        None => {
            instant(lines, "DTSTART", occurs.start, zone);
            if let Some(end) = occurs.end {
                instant(lines, "DTEND", end, zone);
            }
        }
        Some(again) => {
            clock(lines, "DTSTART", occurs.local, zone);
            repeat(lines, again, zone);
        }
    }
    lines.text("DESCRIPTION", &description(entry));
    end(lines, entry);
    for (name, window) in occurs.again.iter().flat_map(|again| &again.moved) {
        begin(lines, entry);
        clock(lines, "RECURRENCE-ID", *name, zone);
        instant(lines, "DTSTART", window.start, zone);
        instant(lines, "DTEND", window.end, zone);
        lines.text("DESCRIPTION", &format!("{}\n{MOVED}", english(&entry.sentence)));
        end(lines, entry);
    }
}

const MOVED: &str = "Here the clocks change, or the end of the pause cuts the window: its start and end are given by themselves.";

/// What every event of a pause begins with.
fn begin(lines: &mut Lines, entry: &Entry<'_>) {
    let pause = entry.pause;
    lines.line("BEGIN", "VEVENT");
    lines.line("UID", &pause.id.to_string());
    lines.line("DTSTAMP", &utc(pause.learned_at));
    // A version is its place in the ledger; the standard has room for 31 bits.
    lines.line("SEQUENCE", &pause.version.clamp(0, i32::MAX.into()).to_string());
}

/// What every event of a pause ends with.
fn end(lines: &mut Lines, entry: &Entry<'_>) {
    let areas = entry.areas.join("; ");
    lines.text("SUMMARY", &summary(entry));
    if !areas.is_empty() {
        lines.text("LOCATION", &areas);
    }
    lines.texts("CATEGORIES", [entry.pause.record.pause_type.as_str()]);
    lines.line("STATUS", &entry.stands.as_str().to_ascii_uppercase());
    lines.line("CLASS", class(entry.pause.level));
    // Nobody's own time is taken by it.
    lines.line("TRANSP", "TRANSPARENT");
    if let Some(extends) = entry.extends {
        lines.line("RELATED-TO", &extends.to_string());
    }
    lines.line("END", "VEVENT");
}

/// Readers of a calendar program see more than its owner does: what is not public is private, what named people may
/// see is confidential, and so is that of which the level is not known.
const fn class(level: Option<Sensitivity>) -> &'static str {
    match level {
        Some(Sensitivity::Public) => "PUBLIC",
        Some(Sensitivity::Internal) => "PRIVATE",
        Some(Sensitivity::Confidential | Sensitivity::StrictlyConfidential) | None => {
            "CONFIDENTIAL"
        }
    }
}

/// How it comes again. The length is given as such: an end would be read as real hours by some programs and on the
/// clock by others, wherever the first window lies over a change of the clocks.
fn repeat(lines: &mut Lines, again: &Again, zone: Tz) {
    lines.line("DURATION", &duration(again.length));
    let rule = match again.last {
        Some(last) => format!("{};UNTIL={}", again.rule, utc(last)),
        None => again.rule.clone(),
    };
    lines.line("RRULE", &rule);
    for except in &again.except {
        clock(lines, "EXDATE", *except, zone);
    }
}

/// `PT48H`, `PT9H30M`.
fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    let parts = [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')];
    let told = parts.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, unit)| format!("{number}{unit}")).collect();
    let told = told.concat();
    if told.is_empty() { "PT0S".to_owned() } else { format!("PT{told}") }
}

/// An instant on the local clock; in UTC where the clock shows that time twice and means the other.
fn instant(lines: &mut Lines, name: &str, at: DateTime<Utc>, zone: Tz) {
    let shown = at.with_timezone(&zone).naive_local();
    let meant = zone.from_local_datetime(&shown).earliest().map(|at| at.to_utc());
    if meant == Some(at) {
        clock(lines, name, shown, zone);
    } else {
        lines.line(name, &utc(at));
    }
}

/// A time of the local clock.
fn clock(lines: &mut Lines, name: &str, at: NaiveDateTime, zone: Tz) {
    if zone == Tz::UTC {
        lines.line(name, &format!("{}Z", local(at)));
    } else {
        lines.line(&format!("{name};TZID={}", zone.name()), &local(at));
    }
}

fn utc(at: DateTime<Utc>) -> String {
    format!("{}Z", local(at.naive_utc()))
}

/// Its name; many programs show no status, so it says so itself where nobody can rely on it.
fn summary(entry: &Entry<'_>) -> String {
    let record = &entry.pause.record;
    let code = || format!("{} {}", record.pause_type.as_str().replace('_', " "), entry.pause.code);
    let name = record.title.as_ref().map_or_else(code, Text::to_string);
    match entry.stands {
        Stands::Confirmed => name,
        Stands::Tentative => format!("{name} (not agreed)"),
        Stands::Cancelled => format!("{name} (not in force)"),
    }
}

/// Calendars are told in English.
fn english(said: &Saying) -> String {
    Tongue::ENGLISH.told(said)
}

fn description(entry: &Entry<'_>) -> String {
    let mut told = vec![english(&entry.sentence), asked(entry)];
    told.extend(entry.parties.iter().map(answered));
    told.extend(entry.notes.iter().map(english));
    let of =
        if entry.sources.is_empty() { "no source".to_owned() } else { entry.sources.join(", ") };
    told.push(format!("Record {}; sources: {of}.", entry.pause.code));
    told.join("\n")
}

/// Who asked for it or announced it, of whom, and when.
fn asked(entry: &Entry<'_>) -> String {
    let record = &entry.pause.record;
    let said = if record.pause_type == PauseType::Requested { "Asked for" } else { "Announced" };
    let by = record.asked_by.as_ref().map_or("somebody who is not known", Text::as_str);
    let of = record.asked_of.as_ref().map(|of| format!(", of {of}")).unwrap_or_default();
    let on = record.announced_on.map(|at| format!(", on {at}")).unwrap_or_default();
    format!("{said} by {by}{of}{on}.")
}

fn answered(party: &PartyAnswer) -> String {
    let said = party.answer.map_or("no answer is known", word);
    let since = party.since.map(|at| format!(", {at}")).unwrap_or_default();
    let beside = if party.must_agree { "" } else { " (need not agree)" };
    format!("{}{beside}: {said}{since}.", english(&party.name))
}

const fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Agreed => "agreed",
        Answer::AgreedWithConditions => "agreed with conditions",
        Answer::Refused => "refused",
        Answer::WillingToDiscuss => "is willing to talk about it",
        Answer::Withdrawn => "took its yes back",
        Answer::Endorsed => "supports it",
    }
}
