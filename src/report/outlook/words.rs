//! The outlook in words that all renderers share: days, bands, on what they rest, which areas lack a count.

use chrono::{Datelike, NaiveDate};

use super::{FoodRow, StockCount, Urgency};
use crate::domain::Figure;
use crate::report::words::{NOT_KNOWN, date, day, number, range, several, short_date, short_day};
use crate::situation::outlook::OutlookStatus;

/// From how likely on it is said that food does not end as things are.
const EVEN_CHANCE: f64 = 0.5;

/// How many areas are named that should be counted first.
const FIRST_TO_COUNT: usize = 3;

/// What the three days of a band mean.
pub(in crate::report) const BAND: &str = "Early, middle and late day: one chance in ten that food ends before the early day, as likely before \
     as after the middle day, one chance in ten that it lasts beyond the late day.";

/// On what every day of the section rests.
pub(in crate::report) const HOLDS_IF: &str = "The days hold if no further convoy arrives.";

/// Whole days that are over, of a stretch that may be shorter than one.
pub(in crate::report) fn days(days: f64) -> String {
    if days <= 0.0 {
        "0".to_owned()
    } else if days < 1.0 {
        "under 1".to_owned()
    } else {
        number(days.floor())
    }
}

/// The same with its unit.
fn in_days(count: f64) -> String {
    let unit = if count > 0.0 && count < 2.0 { "day" } else { "days" };
    format!("{} {unit}", days(count))
}

/// `1 day (under 1 to 2)`, `counted food is gone`, `not within 730 days`.
pub(in crate::report) fn lasts(row: &FoodRow) -> String {
    let band = row.days_left;
    let late = || band.p90.map_or_else(|| format!("over {}", row.horizon_days), days);
    match row.status {
        OutlookStatus::Dated => {
            let middle = band.p50.map_or_else(|| NOT_KNOWN.to_owned(), in_days);
            let early = band.p10.map_or_else(|| "0".to_owned(), days);
            format!("{middle} ({early} to {})", late())
        }
        OutlookStatus::AlreadyOut => match band.p90.filter(|late| *late > 0.0) {
            Some(_) => format!("counted food is gone (0 to {})", late()),
            None => "counted food is gone".to_owned(),
        },
        OutlookStatus::NotWithinHorizon if is_never(row) => "does not end as things are".to_owned(),
        OutlookStatus::NotWithinHorizon => format!("not within {} days", row.horizon_days),
        OutlookStatus::NoNeed => "nobody needs it".to_owned(),
        OutlookStatus::UnknownStock
        | OutlookStatus::UnknownPopulation
        | OutlookStatus::UnknownNeed => NOT_KNOWN.to_owned(),
    }
}

fn is_never(row: &FoodRow) -> bool {
    row.chance_never.is_some_and(|chance| chance >= EVEN_CHANCE)
}

/// The days of the calendar: `27 Jul – 28 Jul – 29 Jul 2016`; what is known where there is none.
pub(in crate::report) fn dates(row: &FoodRow) -> Option<String> {
    let on = row.runs_out_on;
    match row.status {
        OutlookStatus::Dated => {
            let each: Vec<NaiveDate> = [on.p10, on.p50, on.p90].into_iter().flatten().collect();
            let last = each.last().copied();
            let mut each: Vec<String> = each.into_iter().map(|day| before(day, last)).collect();
            if on.p90.is_none() {
                each.push("later than was looked".to_owned());
            }
            Some(each.join(" – "))
        }
        OutlookStatus::AlreadyOut => None,
        OutlookStatus::NotWithinHorizon => {
            on.p10.map(|early| format!("one chance in ten before {}", short_date(early)))
        }
        _ => {
            let (days_left, day) = row.not_before_days.zip(row.not_before)?;
            (days_left >= 1.0)
                .then(|| format!("not before {}, in {}", short_date(day), in_days(days_left)))
        }
    }
}

/// A day in a list, with its year only where another one follows or it is the last.
fn before(day: NaiveDate, last: Option<NaiveDate>) -> String {
    match last.filter(|last| *last != day && last.year() == day.year()) {
        Some(_) => day.format("%-d %b").to_string(),
        None => short_date(day),
    }
}

/// How urgent it is, in a word.
pub(in crate::report) const fn urgency(row: &FoodRow) -> &'static str {
    match row.urgency {
        Urgency::DataGap => NOT_KNOWN,
        Urgency::None => "later than every threshold",
        Urgency::Medium => "medium",
        Urgency::High => "high",
        Urgency::Critical => "critical",
    }
}

/// `counted 13 Jul 2016, 13 days ago, held by UN`.
pub(in crate::report) fn counted(count: &StockCount) -> String {
    let ago = match count.age_days {
        age if age < 1.0 => "that day".to_owned(),
        age => format!("{} ago", in_days(age)),
    };
    let by = match &count.held_by[..] {
        [] => String::new(),
        holders => format!(", held by {}", holders.join(", ")),
    };
    format!("counted {}, {ago}{by}", short_day(count.day))
}

/// What happened since the count and is reckoned with.
pub(in crate::report) fn since(row: &FoodRow) -> Option<String> {
    let one = |count: usize, what: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        some => Some(format!("{some} {more}")),
    };
    let parts =
        [one(row.arrivals_since, "arrival", "arrivals"), one(row.losses_since, "loss", "losses")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let from = if row.counts.is_empty() { "known" } else { "since then" };
    (!parts.is_empty()).then(|| format!("{from}: {}", parts.join(", ")))
}

/// What must be minded of some or all areas, once.
pub(in crate::report) struct Note {
    /// The letter that stands beside the areas it is for; `None` where it is for all.
    pub mark: Option<char>,
    /// The sentence.
    pub text: &'static str,
    flag: &'static str,
}

/// The notes to the rows of a table, in the order of the list below.
pub(in crate::report) fn notes(rows: &[&FoodRow]) -> Vec<Note> {
    let mut marks = 'a'..='z';
    let raised = NOTES.iter().filter(|(flag, _)| rows.iter().any(|row| row.is_flagged(flag)));
    raised
        .map(|&(flag, text)| {
            let is_for_all = rows.iter().all(|row| row.is_flagged(flag));
            let mark = if is_for_all { None } else { marks.next() };
            Note { mark, text, flag }
        })
        .collect()
}

/// The letters of the notes that are for one row.
pub(in crate::report) fn marks(notes: &[Note], row: &FoodRow) -> String {
    let own = notes.iter().filter(|note| row.is_flagged(note.flag));
    let marks: Vec<String> = own.filter_map(|note| note.mark).map(String::from).collect();
    marks.join(", ")
}

const NOTES: [(&str, &str); 10] = [
    (
        "one_holder",
        "Rests on what one organisation holds: the dates are a floor, not a forecast. What others and families hold \
         is not in it.",
    ),
    (
        "unknown_inflow",
        "What comes in by itself (own production, trade, smuggling) is not known and is taken as nothing: food may \
         last longer.",
    ),
    (
        "stale_count",
        "The count is old: what was eaten, brought and lost since is reckoned, not counted.",
    ),
    (
        "counts_may_overlap",
        "Several organisations counted what they hold and may have counted the same food: the least is the largest \
         count, the most is their sum.",
    ),
    (
        "unknown_arrivals",
        "Something arrived of which nobody told how much; it is not reckoned with: food may last longer.",
    ),
    (
        "assumed_ration",
        "The energy of the rations in store is not told: taken between the ration of the programme and 2,100 kcal.",
    ),
    (
        "assumed_cargo",
        "For some arrivals the sources say only for how many people they were; the ration of the programme is \
         assumed.",
    ),
    (
        "open_population",
        "Nobody gave an upper end for the number of people: the early day may lie earlier.",
    ),
    ("low_ration", "People are taken to eat less than half of what they need."),
    (
        "counts_in_words",
        "Other statements of stocks are in words or in units that cannot be counted, and are left out.",
    ),
];

/// The areas of which no day can be told and why, each kind in one sentence.
pub(in crate::report) fn without_a_day(rows: &[FoodRow]) -> Vec<String> {
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
    [stock_not_counted(&uncounted), people_not_counted(&nobody), without_need(&empty)]
        .into_iter()
        .flatten()
        .collect()
}

fn stock_not_counted(rows: &[&FoodRow]) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let named: Vec<String> =
        rows.iter().map(|row| format!("{} ({} people)", row.name, range(row.people))).collect();
    let first = match rows {
        [_] => String::new(),
        _ => format!(
            " To count first, where what is known to have arrived is used up soonest and most people live: {}.",
            names(rows.iter().take(FIRST_TO_COUNT))
        ),
    };
    Some(format!(
        "For {} called besieged or hard to reach nobody is known to have counted the stock: {}.{first}",
        several(rows.len(), "area"),
        named.join(", ")
    ))
}

fn people_not_counted(rows: &[&FoodRow]) -> Option<String> {
    (!rows.is_empty()).then(|| {
        format!(
            "For {} nobody is known to have counted the people, so that nothing can be told: {}.",
            several(rows.len(), "area"),
            names(rows.iter())
        )
    })
}

fn without_need(rows: &[&FoodRow]) -> Option<String> {
    (!rows.is_empty()).then(|| format!("Nobody is there who needs food: {}.", names(rows.iter())))
}

fn names<'r>(rows: impl Iterator<Item = &'r &'r FoodRow>) -> String {
    rows.map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The sentence at the top of the report.
pub(super) fn ends_first(row: &FoodRow, others: usize) -> String {
    let holder = row.is_flagged("one_holder").then(|| row.counts.first()).flatten();
    let food = if holder.is_some() { "the food that was counted" } else { "food" };
    let on = row.runs_out_on;
    let when = match (row.status, on.p10.zip(on.p50), row.days_left.p50) {
        (OutlookStatus::Dated, Some((early, middle)), Some(days_left)) => {
            let late = on.p90.map_or_else(|| "later than was looked".to_owned(), date);
            format!(
                "{food} is gone about {}, in {} ({} to {late}), if no further convoy arrives.",
                date(middle),
                in_days(days_left),
                date(early)
            )
        }
        _ => format!("{food} is gone by now."),
    };
    let caveat = holder.map_or_else(String::new, |count| {
        format!(
            " Only the stock of {} was counted, on {}{}: this is a floor on the date, not a forecast.",
            count.held_by.join(", "),
            day(count.day),
            if count.age_days < 1.0 { String::new() } else { format!(", {} ago", in_days(count.age_days)) }
        )
    });
    let more = match others {
        0 => String::new(),
        some => format!(" In {} it is gone within two weeks too.", several(some, "more area")),
    };
    format!("{}: {when}{caveat}{more}", row.name)
}

/// A figure whose least may be nothing: `none to 309`, `295 (245 to 309)`.
pub(in crate::report) fn amount(figure: Figure) -> String {
    let is_none = |number: Option<f64>| number.is_some_and(|number| number < 0.5);
    match (figure.low(), figure.best(), figure.high()) {
        (low, _, high) if is_none(low) && is_none(high) => "none".to_owned(),
        (low, None, None) if is_none(low) => NOT_KNOWN.to_owned(),
        (low, best, Some(high)) if is_none(low) && (best.is_none() || is_none(best)) => {
            format!("none to {}", number(high))
        }
        (low, Some(best), Some(high)) if is_none(low) => {
            format!("{} (none to {})", number(best), number(high))
        }
        _ => range(figure),
    }
}
