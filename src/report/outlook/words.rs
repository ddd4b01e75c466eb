//! The outlook in words that all renderers share: days, bands, on what they rest, which areas lack a count.

use chrono::{Datelike, NaiveDate};

use super::{FoodRow, StockCount};
use crate::domain::{Called, Figure, Saying, Told};
use crate::situation::outlook::OutlookStatus;
use crate::tongue::{Tongue, say};

/// From how likely on it is said that food does not end as things are.
const EVEN_CHANCE: f64 = 0.5;

/// How many areas are named that should be counted first.
const FIRST_TO_COUNT: usize = 3;

/// What the days of the section mean and on what all of them rest.
pub(in crate::report) fn lead(t: Tongue<'_>) -> String {
    format!("{} {}", t.word("lasts-band"), t.word("lasts-holds-if"))
}

/// Whole days that are over, of a stretch that may be shorter than one.
fn days(t: Tongue<'_>, days: f64) -> String {
    if days <= 0.0 {
        "0".to_owned()
    } else if days < 1.0 {
        t.word("days-under-one")
    } else {
        t.number(days.floor())
    }
}

/// The same with its unit.
fn in_days(t: Tongue<'_>, days: f64) -> String {
    t.told(&days_said(days))
}

/// The same before a language is chosen.
fn days_said(days: f64) -> Saying {
    if days > 0.0 && days < 1.0 {
        return Saying::of("in-days-under-one");
    }
    Saying::of("in-days").number("count", days.max(0.0).floor())
}

/// `1 day (under 1 to 2)`, `counted food is gone`, `not within 730 days`.
pub(in crate::report) fn lasts(t: Tongue<'_>, row: &FoodRow) -> String {
    let band = row.days_left;
    let over = || say!(t, "lasts-over", days = row.horizon_days);
    let late = || band.p90.map_or_else(over, |late| days(t, late));
    match row.status {
        OutlookStatus::Dated => {
            let middle = band.p50.map_or_else(|| t.not_known(), |middle| in_days(t, middle));
            let early = band.p10.map_or_else(|| "0".to_owned(), |early| days(t, early));
            say!(t, "lasts-range", middle = middle, early = early, late = late())
        }
        OutlookStatus::AlreadyOut => match band.p90.filter(|late| *late > 0.0) {
            Some(_) => say!(t, "lasts-gone-range", late = late()),
            None => t.word("lasts-gone"),
        },
        OutlookStatus::NotWithinHorizon if is_never(row) => t.word("lasts-never"),
        OutlookStatus::NotWithinHorizon => say!(t, "lasts-not-within", days = row.horizon_days),
        OutlookStatus::NoNeed => t.word("lasts-nobody"),
        OutlookStatus::UnknownStock
        | OutlookStatus::UnknownPopulation
        | OutlookStatus::UnknownNeed => t.not_known(),
    }
}

fn is_never(row: &FoodRow) -> bool {
    row.chance_never.is_some_and(|chance| chance >= EVEN_CHANCE)
}

/// The days of the calendar: `27 Jul – 28 Jul – 29 Jul 2016`; what is known where there is none.
pub(in crate::report) fn dates(t: Tongue<'_>, row: &FoodRow) -> Option<String> {
    let on = row.runs_out_on;
    match row.status {
        OutlookStatus::Dated => {
            let each: Vec<NaiveDate> = [on.p10, on.p50, on.p90].into_iter().flatten().collect();
            let last = each.last().copied();
            let mut each: Vec<String> = each.into_iter().map(|day| before(t, day, last)).collect();
            if on.p90.is_none() {
                each.push(t.word("later-than-looked"));
            }
            Some(each.join(" – "))
        }
        OutlookStatus::AlreadyOut => None,
        OutlookStatus::NotWithinHorizon => {
            on.p10.map(|early| say!(t, "one-in-ten-before", day = t.short_date(early)))
        }
        OutlookStatus::NoNeed
        | OutlookStatus::UnknownStock
        | OutlookStatus::UnknownPopulation
        | OutlookStatus::UnknownNeed => {
            let (left, day) = row.not_before_days.zip(row.not_before)?;
            (left >= 1.0)
                .then(|| say!(t, "not-before", day = t.short_date(day), days = in_days(t, left)))
        }
    }
}

/// A day in a list, with its year only where another one follows or it is the last.
fn before(t: Tongue<'_>, day: NaiveDate, last: Option<NaiveDate>) -> String {
    match last.filter(|last| *last != day && last.year() == day.year()) {
        Some(_) => t.short_day_of_year(day),
        None => t.short_date(day),
    }
}

/// How urgent it is, in a word.
pub(in crate::report) fn urgency(t: Tongue<'_>, row: &FoodRow) -> String {
    t.choice("urgency", row.urgency.as_str())
}

/// `counted 13 Jul 2016, 13 days ago, held by UN`.
pub(in crate::report) fn counted(t: Tongue<'_>, count: &StockCount) -> String {
    let held = match &count.held_by[..] {
        [] => String::new(),
        holders => say!(t, "held-by", holders = t.names(holders)),
    };
    let day = t.short_day(count.day);
    match count.age_days {
        age if age < 1.0 => say!(t, "counted-that-day", day = day, held = held),
        age => say!(t, "counted-ago", day = day, days = in_days(t, age), held = held),
    }
}

/// What happened since the count and is reckoned with.
pub(in crate::report) fn since(t: Tongue<'_>, row: &FoodRow) -> Option<String> {
    let events = [(row.arrivals_since, "arrivals"), (row.losses_since, "losses")];
    let events = events.into_iter().filter(|(count, _)| *count > 0);
    let events: Vec<String> = events.map(|(count, what)| t.several(count, what)).collect();
    let name = if row.counts.is_empty() { "known-since" } else { "since-then" };
    (!events.is_empty()).then(|| say!(t, name, events = t.row(&events)))
}

/// What must be minded of some or all areas, once.
pub(in crate::report) struct Note {
    /// The letter that stands beside the areas it is for; `None` where it is for all.
    pub mark: Option<char>,
    /// The sentence.
    pub text: String,
    flag: &'static str,
}

/// The notes to the rows of a table, in the order of the list below.
pub(in crate::report) fn notes(t: Tongue<'_>, rows: &[&FoodRow]) -> Vec<Note> {
    let mut marks = 'a'..='z';
    let raised = NOTES.iter().filter(|flag| rows.iter().any(|row| row.is_flagged(flag)));
    raised
        .map(|&flag| {
            let is_for_all = rows.iter().all(|row| row.is_flagged(flag));
            let mark = if is_for_all { None } else { marks.next() };
            Note { mark, text: t.choice("note", flag), flag }
        })
        .collect()
}

/// The letters of the notes that are for one row.
pub(in crate::report) fn marks(t: Tongue<'_>, notes: &[Note], row: &FoodRow) -> String {
    let own = notes.iter().filter(|note| row.is_flagged(note.flag));
    let marks: Vec<String> = own.filter_map(|note| note.mark).map(String::from).collect();
    t.row(&marks)
}

const NOTES: [&str; 10] = [
    "one_holder",
    "unknown_inflow",
    "stale_count",
    "counts_may_overlap",
    "unknown_arrivals",
    "assumed_ration",
    "assumed_cargo",
    "open_population",
    "low_ration",
    "counts_in_words",
];

/// The areas of which no day can be told and why, each kind in one sentence.
pub(in crate::report) fn without_a_day(t: Tongue<'_>, rows: &[FoodRow]) -> Vec<String> {
    let of = |status: OutlookStatus| rows.iter().filter(move |row| row.status == status);
    let mut uncounted: Vec<&FoodRow> = of(OutlookStatus::UnknownStock).collect();
    uncounted.sort_by(|a, b| {
        let day = |row: &FoodRow| row.not_before_days.unwrap_or(0.0).floor();
        let people = |row: &FoodRow| row.people.central().or(row.people.floor()).unwrap_or(0.0);
        let by_day = day(a).total_cmp(&day(b));
        by_day.then(people(b).total_cmp(&people(a))).then_with(|| a.code.cmp(&b.code))
    });
    let nobody: Vec<&FoodRow> = of(OutlookStatus::UnknownPopulation).collect();
    let empty: Vec<&FoodRow> = of(OutlookStatus::NoNeed).collect();
    [stock_not_counted(t, &uncounted), people_not_counted(t, &nobody), without_need(t, &empty)]
        .into_iter()
        .flatten()
        .collect()
}

fn stock_not_counted(t: Tongue<'_>, rows: &[&FoodRow]) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let named = rows.iter().map(|row| {
        say!(t, "area-with-people", area = t.name(&row.name), people = t.range(row.people))
    });
    let named = t.row(&named.collect::<Vec<_>>());
    let told = say!(t, "stock-not-counted", count = rows.len(), named = named);
    let first = (rows.len() > 1).then(|| {
        let named = t.names(rows.iter().take(FIRST_TO_COUNT).map(|row| &row.name));
        say!(t, "count-first", named = named)
    });
    Some(std::iter::once(told).chain(first).collect::<Vec<_>>().join(" "))
}

fn people_not_counted(t: Tongue<'_>, rows: &[&FoodRow]) -> Option<String> {
    let named = t.names(rows.iter().map(|row| &row.name));
    (!rows.is_empty()).then(|| say!(t, "people-not-counted", count = rows.len(), named = named))
}

fn without_need(t: Tongue<'_>, rows: &[&FoodRow]) -> Option<String> {
    let named = t.names(rows.iter().map(|row| &row.name));
    (!rows.is_empty()).then(|| say!(t, "nobody-in-need", named = named))
}

/// The sentences at the top of the report.
pub(super) fn ends_first(row: &FoodRow, others: usize) -> Vec<Saying> {
    let holder = row.is_flagged("one_holder").then(|| row.counts.first()).flatten();
    let on = row.runs_out_on;
    let when = match (row.status, on.p10.zip(on.p50), row.days_left.p50) {
        (OutlookStatus::Dated, Some((early, middle)), Some(days_left)) => {
            let when = Saying::of("ends-first")
                .date("middle", middle, None)
                .part("days", days_said(days_left))
                .date("early", early, None);
            match on.p90 {
                Some(late) => when.date("late", late, None),
                None => when.part("late", Saying::of("later-than-looked")),
            }
        }
        _ => Saying::of("ends-first-gone"),
    };
    let when = when
        .name("area", Called::only(&row.name))
        .case("food", if holder.is_some() { "counted" } else { "all" });
    let caveat = holder.map(|count| {
        let holders = count.held_by.iter().map(|name| Called::only(name)).collect();
        Saying::of("ends-first-holder")
            .with("holders", Told::Names(holders))
            .date("day", count.day.date, count.day.precision)
            .case("aged", if count.age_days < 1.0 { "no" } else { "yes" })
            .part("age", days_said(count.age_days))
    });
    #[expect(clippy::cast_precision_loss, reason = "areas stay far below 2^53")]
    let more = (others > 0).then(|| Saying::of("ends-first-others").number("count", others as f64));
    std::iter::once(when).chain(caveat).chain(more).collect()
}

/// A figure whose least may be nothing: `none to 309`, `295 (245 to 309)`.
pub(in crate::report) fn amount(t: Tongue<'_>, figure: Figure) -> String {
    let is_none = |number: Option<f64>| number.is_some_and(|number| number < 0.5);
    match (figure.low(), figure.best(), figure.high()) {
        (low, _, high) if is_none(low) && is_none(high) => t.word("none"),
        (low, None, None) if is_none(low) => t.not_known(),
        (low, best, Some(high)) if is_none(low) && (best.is_none() || is_none(best)) => {
            say!(t, "none-to", high = t.number(high))
        }
        (low, Some(best), Some(high)) if is_none(low) => {
            say!(t, "best-none-to", best = t.number(best), high = t.number(high))
        }
        _ => t.range(figure),
    }
}
