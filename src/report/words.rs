//! The words of a report that all renderers share: how a number, a range, a day is written, what a word means.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::Period;
use super::stated::Day;
use crate::domain::status::SiegeStatus;
use crate::domain::{AreaCode, AreaGroupCode, DatePrecision, Figure, Scheme, Text};
use crate::situation::Situation;
use crate::situation::alert::Rule;

/// What stands where nothing is known. Never 0.
pub(super) const NOT_KNOWN: &str = "not known";
/// Who says how many were reached.
pub(super) const BY_ARRIVALS: &str = "Passage, from what the sources claim of each arrival";
/// Who says how many live where nothing arrived.
pub(super) const BY_LISTS: &str = "Passage, from the latest count of each area";
/// Whose counts the people of several areas are.
pub(super) const BY_LATEST: &str = "the latest count of each area";
/// Who has not answered, where the source names nobody.
pub(super) const UNNAMED_PARTIES: &str = "the parties, which the source does not name";

/// A whole number with its thousands apart.
pub(super) fn number(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure with its range: `250,000 to 275,000`, `at least 250,000`, `not known`.
pub(super) fn range(figure: Figure) -> String {
    ranged(figure, number)
}

/// A share with its range, in percent.
pub(super) fn share(figure: Figure) -> String {
    let whole = |share: f64| (share * 100.0).round();
    let text = ranged(figure.map(whole), number);
    if figure.is_unknown() { text } else { format!("{text} %") }
}

fn ranged(figure: Figure, write: impl Fn(f64) -> String) -> String {
    match (figure.low(), figure.best(), figure.high()) {
        (None, None, None) => NOT_KNOWN.to_owned(),
        (Some(low), None, None) => format!("at least {}", write(low)),
        (None, None, Some(high)) => format!("at most {}", write(high)),
        (Some(low), _, Some(high)) if write(low) == write(high) => write(low),
        (Some(low), None, Some(high)) => format!("{} to {}", write(low), write(high)),
        (None, Some(best), None) => write(best),
        (Some(low), Some(best), None) => format!("{} (at least {})", write(best), write(low)),
        (None, Some(best), Some(high)) => format!("{} (at most {})", write(best), write(high)),
        (Some(low), Some(best), Some(high)) => {
            format!("{} ({} to {})", write(best), write(low), write(high))
        }
    }
}

/// Says where a figure is one number without a range.
pub(super) fn is_single(figure: Figure) -> bool {
    figure.best().is_some() && figure.low().is_none() && figure.high().is_none()
}

/// `26 July 2016`.
pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `26 Jul 2016`, for tables.
pub(super) fn short_date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// A day, as exactly as it is known.
pub(super) fn day(day: Day) -> String {
    with_precision(day, date)
}

/// The same for tables.
pub(super) fn short_day(day: Day) -> String {
    with_precision(day, short_date)
}

/// A day that may not be known.
pub(super) fn some_day(known: Option<&Day>) -> String {
    known.map_or_else(|| format!("date {NOT_KNOWN}"), |known| short_day(*known))
}

fn with_precision(day: Day, write: fn(NaiveDate) -> String) -> String {
    match day.precision {
        None | Some(DatePrecision::Day) => write(day.date),
        Some(DatePrecision::Approx) => format!("about {}", write(day.date)),
        Some(DatePrecision::Month) => day.date.format("%B %Y").to_string(),
        Some(DatePrecision::Year) => day.date.format("%Y").to_string(),
    }
}

/// `end of 26 July 2016` for the last instant of a day, else with the time; always UTC.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    if (at + chrono::TimeDelta::milliseconds(1)).time() == chrono::NaiveTime::MIN {
        return format!("end of {}, UTC", date(at.date_naive()));
    }
    let seconds = if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    format!("{}, {} UTC", date(at.date_naive()), at.format(seconds))
}

/// `20 to 26 July 2016`, or with times where it does not begin at midnight.
pub(super) fn period(period: Period) -> String {
    let from = period.after + chrono::TimeDelta::milliseconds(1);
    if from.time() != chrono::NaiveTime::MIN {
        return format!("{} to {}", instant(period.after), instant(period.to));
    }
    let (from, to) = (from.date_naive(), period.to.date_naive());
    let short = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => from.format("%-d").to_string(),
        (true, false) => from.format("%-d %B").to_string(),
        (false, _) => date(from),
    };
    if from == to { date(to) } else { format!("{short} to {}", date(to)) }
}

/// A word of a closed list without its underscores, as a sentence begins with it.
pub(super) fn plain(word: &str) -> String {
    let mut letters = word.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The name of a scheme, inside a sentence.
pub(super) const fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Un => "the United Nations",
        Scheme::SiegeWatch => "Siege Watch",
        Scheme::Press => "the press and others",
        Scheme::Own => "our own judgement",
    }
}

/// The name of a scheme in a table.
pub(super) const fn short_scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Un => "UN",
        Scheme::SiegeWatch => "Siege Watch",
        Scheme::Press => "press",
        Scheme::Own => "own",
    }
}

/// What a scheme calls an area; where it says nothing, that it is not listed.
pub(super) fn status(status: Option<SiegeStatus>) -> &'static str {
    match status {
        None => "not listed",
        Some(SiegeStatus::Besieged) => "besieged",
        Some(SiegeStatus::HardToReach) => "hard to reach",
        Some(SiegeStatus::Watchlist) => "on the watchlist",
        Some(SiegeStatus::Accessible) => "accessible",
        Some(SiegeStatus::Evacuated) => "evacuated",
        Some(SiegeStatus::Delisted) => "taken off the list",
    }
}

/// What a rule looks for, as a heading over what it found.
#[must_use]
pub const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::PauseEnding => "Pauses about to end with convoys inside",
        Rule::Runout => "Known food ends soon, if no convoy comes",
        Rule::StockDestroyed => "Food in store destroyed, as reported",
        Rule::ConvoyStalled => "Convoys on the road without news",
        Rule::DataGap => "Not counted, so that no run-out can be told",
        Rule::NoDelivery => "No known arrival for long",
        Rule::LowCoverage => "Known arrivals meet little of the food need",
        Rule::ConvoyOverdue => "Convoys overdue",
        Rule::ConvoyDenied => "Convoys denied or turned back",
        Rule::ConvoyAttacked => "Convoys and those who ride with them attacked",
        Rule::ItemsRemoved => "Goods taken off convoys",
        Rule::PauseUnanswered => "Pauses without an answer",
        Rule::PauseViolated => "Pauses broken, as reported",
        Rule::StaleEstimate => "Old estimates",
        Rule::PopulationJump => "Counts of people that change or disagree",
        Rule::FacilityAttacked => "Health facilities, bakeries, water stations hit",
        Rule::NewlyBesieged => "Newly said to be besieged",
        Rule::FutureDated => "Dated in the future",
        Rule::OverDelivery => "More delivered than can be",
        Rule::RouteCut => "The way in cut, as reported",
        Rule::ReportSkipped => "Reports that were not made",
        Rule::DeliveryFailed => "Messages that could not be delivered",
    }
}

/// One thing or several: `1 area`, `3 areas`.
pub(super) fn several(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(count)) }
}

fn thousands(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^53")]
    let count = count as f64;
    number(count)
}

/// The name of an area, else its code.
pub(super) fn area_name(situation: &Situation, code: &str) -> String {
    let area = situation.world.areas.get(code);
    area.map_or_else(|| code.to_owned(), |area| area.record.names.any().to_owned())
}

/// The name of a party, else its code.
pub(super) fn party_name(situation: &Situation, code: &str) -> String {
    let party = situation.world.parties.get(code);
    party.map_or_else(|| code.to_owned(), |party| party.record.names.any().to_owned())
}

/// The names of areas and groups of areas; else the place in the source's words.
pub(super) fn places(
    situation: &Situation,
    areas: &[AreaCode],
    groups: &[AreaGroupCode],
    place: Option<&Text>,
) -> Vec<String> {
    let group_name = |code: &str| {
        let group = situation.world.area_groups.get(code);
        group.map_or_else(|| code.to_owned(), |group| group.record.names.any().to_owned())
    };
    let named = areas.iter().map(|area| area_name(situation, area.as_str()));
    let all: Vec<String> =
        named.chain(groups.iter().map(|group| group_name(group.as_str()))).collect();
    if all.is_empty() { place.iter().map(ToString::to_string).collect() } else { all }
}
