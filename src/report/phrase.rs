//! Half-sentences about the rows of a report that all renderers share. They compute nothing; they word what is there.

use serde_json::Value;

use super::area::{AreaRow, GroupCount};
use super::change::{Number, NumberChange};
use super::convoy::ConvoyRow;
use super::headline::{ListTotal, Reached, WithoutArrival};
use super::outlook::EndsFirst;
use super::pause::{PauseRow, State, ViolationRow};
use super::source::SourceRow;
use super::stated::Stated;
use super::statement::{IncidentRow, StatementRow};
use super::{Day, Finding, LedgerMark, Report, Term};
use crate::situation::alert::Severity;
use crate::tongue::{Tongue, say};

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
pub(super) fn compared(t: Tongue<'_>, report: &Report) -> String {
    let name = if report.before.is_report { "compared-report" } else { "compared-begin" };
    say!(t, name, at = t.instant(report.before.as_of))
}

/// What its readers do not see.
pub(super) fn withheld(t: Tongue<'_>, report: &Report) -> Option<String> {
    let said = report.withheld_said.as_ref().map(|said| t.told(said));
    said.or_else(|| report.withheld.clone())
}

/// The sentence of an alert; in English where a report of an earlier version has it in no other language.
pub(super) fn alert(t: Tongue<'_>, alert: &Finding) -> String {
    if alert.said.is_empty() { t.text(&alert.text) } else { t.tell(&alert.said) }
}

/// Where food ends first.
pub(super) fn ends_first(t: Tongue<'_>, first: &EndsFirst) -> String {
    if first.said.is_empty() { t.text(&first.text) } else { t.tell(&first.said) }
}

/// When the task that makes reports last ran before.
pub(super) fn scheduler_ran(t: Tongue<'_>, report: &Report) -> Option<String> {
    let ran = report.scheduler_ran_at?;
    Some(say!(t, "scheduler-ran", at = t.instant(ran)))
}

/// Where the ledger stood.
pub(super) fn ledger(t: Tongue<'_>, mark: &LedgerMark) -> String {
    say!(t, "ledger", entry = mark.sequence.to_string(), head = t.text(&mark.head))
}

/// Since when changes are told.
pub(super) fn since(t: Tongue<'_>, report: &Report) -> String {
    let name = if report.before.is_report { "since-report" } else { "since-begin" };
    say!(t, name, at = t.instant(report.before.as_of))
}

/// How many of the areas without an arrival nobody counted.
pub(super) fn without_count(t: Tongue<'_>, waiting: &WithoutArrival) -> String {
    match waiting.areas_without_count {
        0 => String::new(),
        some => t.several(some, "uncounted"),
    }
}

/// A word and what it means.
pub(super) fn term(t: Tongue<'_>, term: &Term) -> (String, String) {
    match &term.said {
        Some((word, means)) => (t.told(word), t.told(means)),
        None => (t.text(&term.term), t.text(&term.meaning)),
    }
}

/// How many convoys arrived, of how many.
pub(super) fn arrived(t: Tongue<'_>, reached: &Reached) -> String {
    let convoys = reached.convoys;
    let refused = match convoys.refused {
        0 => String::new(),
        some => format!(" {}", t.several(some, "convoys-refused")),
    };
    match (convoys.planned, convoys.arrived) {
        (0, _) => t.word("arrived-no-convoy"),
        (1, 0) => format!("{}{refused}", t.word("arrived-one-not")),
        (1, _) => t.word("arrived-one"),
        (planned, arrived) => {
            let of = say!(t, "arrived-of", planned = planned, arrived = arrived);
            format!("{of}{refused}")
        }
    }
}

/// How many places a list total covers, and how many of them are known by name.
pub(super) fn places(t: Tongue<'_>, count: &ListTotal) -> String {
    let places = count.places.and_then(|places| usize::try_from(places).ok());
    let of = places.map(|places| t.several(places, "in-places")).unwrap_or_default();
    match (places, count.places_known_by_name) {
        (Some(all), named) if all == named => of,
        (Some(_), 0) => format!("{of}{}", t.word("named-none")),
        (Some(_), named) => format!("{of}{}", say!(t, "named-some", named = named)),
        (None, 0) => t.word("places-named-none"),
        (None, named) => say!(t, "places-named-some", named = named),
    }
}

/// `by the count of …`; of a scheme that counts itself, only the day.
pub(super) fn counted_by(t: Tongue<'_>, count: &ListTotal) -> String {
    let day = t.some_day(count.people.day.as_ref());
    let by = count.people.by.as_ref();
    if by.is_some_and(|by| *by == Tongue::ENGLISH.scheme(count.scheme)) {
        return day;
    }
    say!(t, "by-the-count", by = t.author(by), day = day)
}

/// The name of the sentence that says which of the three numbers it is.
pub(super) const fn what(number: Number) -> &'static str {
    match number {
        Number::Besieged => "change-besieged",
        Number::Reached => "change-reached",
        Number::WithoutArrival => "change-waiting",
    }
}

/// One of the three numbers, then and now.
pub(super) fn number_change(t: Tongue<'_>, change: &NumberChange) -> String {
    let what = what(change.number);
    let unit = match change.number {
        Number::Besieged => "places",
        Number::Reached => "arrivals",
        Number::WithoutArrival => "areas",
    };
    let one = |stated: &Stated, count: Option<u64>| {
        let count = count.and_then(|count| usize::try_from(count).ok());
        let dated = match change.number {
            Number::Besieged => stated.day.map(|day| t.short_day(day)),
            Number::Reached | Number::WithoutArrival => None,
        };
        let beside: Vec<String> =
            count.map(|count| t.several(count, unit)).into_iter().chain(dated).collect();
        let beside =
            if beside.is_empty() { String::new() } else { format!(" ({})", t.row(&beside)) };
        format!("{}{beside}", t.range(stated.figure))
    };
    let (then, now) = (one(&change.then, change.count.0), one(&change.now, change.count.1));
    if change.differs() {
        say!(t, "number-changed", what = t.word(what), then = then, now = now)
    } else {
        say!(t, "number-unchanged", what = t.word(what), now = now)
    }
}

/// How long ago the last known arrival was.
pub(super) fn days_ago(t: Tongue<'_>, row: &AreaRow) -> String {
    match row.days_since_last_arrival {
        None => String::new(),
        Some(0) => t.word("less-than-a-day-ago"),
        Some(days) => say!(t, "days-ago", count = days),
    }
}

/// Until when a running total tells of deliveries, where it is later than the last known arrival.
pub(super) fn running_total(t: Tongue<'_>, row: &AreaRow) -> Option<String> {
    let until = row.running_total_until?;
    let later = row.last_arrival.is_none_or(|last| last.date < until.date);
    later.then(|| say!(t, "running-total", day = t.short_day(until)))
}

/// A count of a group of areas that one area is a part of.
pub(super) fn of_group(t: Tongue<'_>, count: &GroupCount) -> String {
    let (by, day) = (count.people.by.as_ref(), count.people.day.as_ref());
    let (group, people) = (t.name(&count.name), t.range(count.people.figure));
    say!(t, "of-group", group = group, people = people, by = t.author(by), day = t.some_day(day))
}

/// What became of the convoys to an area in the period.
pub(super) fn convoys(t: Tongue<'_>, row: &AreaRow) -> String {
    let counts = row.convoys;
    if counts.planned == 0 {
        return t.word("none-known");
    }
    say!(
        t,
        "convoys-of-area",
        planned = counts.planned,
        allowed = counts.allowed,
        refused = counts.refused,
        arrived = counts.arrived
    )
}

/// Why a convoy is not counted.
pub(super) fn uncounted(t: Tongue<'_>, row: &ConvoyRow) -> String {
    if !row.carries_goods {
        return t.word("uncounted-mission");
    }
    if row.part_of.is_empty() {
        return t.word("uncounted-whole");
    }
    let whole: Vec<String> = row.part_of.iter().map(|code| t.text(code)).collect();
    say!(t, "uncounted-part", whole = t.row(&whole))
}

/// What was taken off a convoy.
pub(super) fn removed(t: Tongue<'_>, row: &ConvoyRow) -> String {
    if !row.goods_removed {
        return t.word("removed-nothing");
    }
    let what = t.word(if row.medical_removed { "removed-medical" } else { "removed-goods" });
    let share = row.removed_share.map(|share| t.percent(share));
    let name = if share.is_some() { "removed-share" } else { "removed-unknown" };
    say!(t, name, what = what, share = share.unwrap_or_default())
}

/// How far a pause is.
pub(super) fn state(t: Tongue<'_>, state: State) -> String {
    t.choice("state", state.as_str())
}

/// Who asked whom for what, when.
pub(super) fn pause_line(t: Tongue<'_>, row: &PauseRow) -> String {
    let asked = row.pause_type == crate::domain::pause::PauseType::Requested;
    let by = row.by.as_ref().map_or_else(|| t.word("somebody-not-named"), |by| t.name(by));
    let yes = |is: bool| if is { "yes" } else { "no" };
    let asked = say!(
        t,
        "pause-line",
        verb = if asked { "asked" } else { "announced" },
        by = by,
        dated = yes(row.announced.is_some()),
        on = row.announced.map(|day| t.day(day)).unwrap_or_default(),
        addressed = yes(row.of.is_some()),
        of = row.of.as_ref().map(|of| t.name(of)).unwrap_or_default()
    );
    let hours = row.duration_hours.map(|hours| say!(t, "hours", count = hours));
    let again = row.recurrence.as_ref().map(|again| recurrence(t, again));
    let length: Vec<String> = hours.into_iter().chain(again).collect();
    let length = match length.as_slice() {
        [] => String::new(),
        parts => format!(" {}", say!(t, "pause-length", length = t.row(parts))),
    };
    let text = |known: Option<Day>| known.map_or_else(|| t.not_known(), |day| t.day(day));
    let window = match (row.start, row.end) {
        (None, None) => t.word("pause-begin-end-not-known"),
        (start, None) => say!(t, "pause-end-not-known", from = text(start)),
        (start, end) => say!(t, "pause-from-to", from = text(start), to = text(end)),
    };
    format!("{asked}{length} {window}")
}

/// How often: a usual word in the language, anything else as its source wrote it.
pub(super) fn recurrence(t: Tongue<'_>, again: &str) -> String {
    let name = format!("recurrence-{}", again.replace(' ', "_"));
    if t.knows(&name) { t.word(&name) } else { t.text(again) }
}

/// A breach, as reported.
pub(super) fn violation_line(t: Tongue<'_>, row: &ViolationRow) -> String {
    let by = row.attributed_to.as_ref();
    let by = by.map(|by| say!(t, "breach-by", by = t.text(by))).unwrap_or_default();
    let killed = if row.killed.is_unknown() {
        String::new()
    } else {
        say!(t, "breach-killed", killed = t.range(row.killed))
    };
    let ended = if row.terminal == Some(true) { t.word("breach-ended") } else { String::new() };
    let breach = say!(t, "breach", day = t.some_day(row.day.as_ref()));
    format!("{breach}{by}{killed}{ended}")
}

/// The days of an incident.
pub(super) fn days(t: Tongue<'_>, row: &IncidentRow) -> String {
    let from = t.some_day(row.day.as_ref());
    match row.until.filter(|until| Some(*until) != row.day) {
        Some(until) => say!(t, "days-of-incident", from = from, to = t.short_day(until)),
        None => from,
    }
}

/// What happened: in the words of its source, else what kind of thing it is.
pub(super) fn incident(t: Tongue<'_>, row: &IncidentRow) -> String {
    let kind = row.incident_type.as_str();
    if row.title == Tongue::ENGLISH.capital("incident", kind) {
        return t.capital("incident", kind);
    }
    t.text(&row.title)
}

/// Publisher and day of a source, to follow its name.
pub(super) fn published(t: Tongue<'_>, row: &SourceRow) -> String {
    let day = row.published.map_or_else(|| t.word("no-date-given"), |day| t.day(day));
    let by = row.publisher.as_ref().filter(|publisher| **publisher != row.name);
    let name = if by.is_some() { "published" } else { "published-without-publisher" };
    say!(t, name, by = by.map(|by| t.text(by)).unwrap_or_default(), day = day)
}

/// What is said, with its author unless the text itself begins with him.
pub(super) fn said(t: Tongue<'_>, row: &StatementRow) -> String {
    let begins = |by: &String| row.text.to_lowercase().starts_with(&by.to_lowercase());
    let named = row.by.clone().unwrap_or_else(|| Tongue::ENGLISH.word("author-not-named"));
    if begins(&named) {
        return t.text(&row.text);
    }
    say!(t, "statement", by = t.author(row.by.as_ref()), text = t.text(&row.text))
}

/// Since when an alert holds and the numbers it rests on.
pub(super) fn facts(t: Tongue<'_>, alert: &Finding) -> String {
    let since = alert.since.map(|since| t.short_date(since.date_naive()));
    let since = since.map(|since| say!(t, "fact-since", date = since));
    // The days waited say the same as the days since the last arrival, and also where there was none.
    let said = |name: &str| {
        name == "days_since_last_delivery" && alert.numbers.contains_key("days_waited")
    };
    let shown =
        |name: &&String| !name.starts_with("threshold") && !name.ends_with("_high") && !said(name);
    let numbers = alert.numbers.keys().filter(shown);
    let numbers = numbers.filter_map(|name| measure(t, alert, name, "fact-amount"));
    since.into_iter().chain(numbers).collect::<Vec<_>>().join(" · ")
}

/// The thresholds that an alert was held against.
pub(super) fn thresholds(t: Tongue<'_>, alert: &Finding) -> String {
    let names = alert.numbers.keys().filter(|name| name.starts_with("threshold"));
    let limits = names.filter_map(|name| measure(t, alert, name, "fact-limit"));
    t.row(&limits.collect::<Vec<_>>())
}

/// What a number of an alert is called; one that the catalogue does not know, by its name alone.
fn fact(t: Tongue<'_>, bare: &str) -> String {
    let name = format!("fact-{bare}");
    if t.knows(&name) { t.word(&name) } else { t.text(&bare.replace('_', " ")) }
}

/// To one decimal, so that it says the same as the sentence above it; a whole number without.
fn rounded(t: Tongue<'_>, value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    t.decimal(tenths, usize::from(tenths.fract().abs() > f64::EPSILON && tenths.abs() < 1_000.0))
}

/// The numbers of an alert, each with its name and exactly, for a table.
pub(super) fn exact_numbers(t: Tongue<'_>, alert: &Finding) -> Vec<String> {
    let ends = [("_low", "fact-low"), ("_high", "fact-high")];
    let told = alert.numbers.iter().map(|(name, value)| {
        let end = ends.iter().find_map(|(end, word)| Some((name.strip_suffix(end)?, *word)));
        let (bare, end) = end.map_or((name.as_str(), None), |(bare, word)| (bare, Some(word)));
        let named = fact(t, bare);
        let fact = match end {
            Some(word) => say!(t, word, fact = named),
            None => named,
        };
        let amount = match value {
            Value::Number(number) => t.as_it_is(number.as_f64().unwrap_or(f64::NAN)),
            Value::Bool(true) => t.word("book-yes"),
            Value::Bool(false) => t.word("book-no"),
            Value::String(text) => t.text(text),
            Value::Null | Value::Array(_) | Value::Object(_) => t.not_known(),
        };
        say!(t, "fact-amount", fact = fact, amount = amount)
    });
    told.collect()
}

/// A number of an alert with its name, low and high together; what is no number and says nothing more is left out.
fn measure(t: Tongue<'_>, alert: &Finding, name: &str, how: &str) -> Option<String> {
    let bare = name.trim_end_matches("_low");
    let value = |name: &str| alert.numbers.get(name).and_then(Value::as_f64);
    let (low, high) = (value(name), value(&format!("{bare}_high")));
    let is_share = name.contains("share");
    let write = |value: f64| if is_share { t.percent(value) } else { rounded(t, value) };
    let fact = fact(t, bare);
    if alert.numbers.get(name) == Some(&Value::Bool(true)) {
        return Some(fact);
    }
    let amount = match (low, high) {
        (Some(low), Some(high)) if write(low) != write(high) => t.between(write(low), write(high)),
        (Some(one), _) | (None, Some(one)) => write(one),
        (None, None) if alert.numbers.get(name) == Some(&Value::Null) => {
            return Some(say!(t, how, fact = fact, amount = t.not_known()));
        }
        (None, None) => return None,
    };
    let amount = if is_share { say!(t, "percent", share = amount) } else { amount };
    Some(say!(t, how, fact = fact, amount = amount))
}
