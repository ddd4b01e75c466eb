//! The sources that a report cites, numbered in the order in which a reader meets them.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Report;
use super::change::Since;
use super::stated::{Day, Stated};
use crate::situation::Situation;

/// A source that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Its code.
    pub code: String,
    /// The source as it names itself; its code where the record is missing.
    pub name: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Day>,
    /// Where it can be read.
    pub url: Option<String>,
}

pub(super) fn cited(situation: &Situation, report: &Report) -> Vec<SourceRow> {
    let mut seen = HashSet::new();
    let codes = in_order(report).filter(|code| seen.insert(*code));
    codes.map(|code| row(situation, code)).collect()
}

fn row(situation: &Situation, code: &str) -> SourceRow {
    let source = situation.world.sources.get(code).map(|known| &known.record);
    SourceRow {
        code: code.to_owned(),
        name: source.map_or_else(|| code.to_owned(), |source| source.name.to_string()),
        publisher: source.and_then(|source| source.publisher.as_ref()).map(ToString::to_string),
        published: source.and_then(|source| Some(Day::of(source.date?, source.date_precision))),
        url: source.and_then(|source| source.url.as_ref()).map(ToString::to_string),
    }
}

/// Every code that is cited, as often as it is, in the order of the page.
fn in_order(report: &Report) -> impl Iterator<Item = &str> {
    let head = &report.headline;
    let headline = head.besieged.counts.iter().map(|count| &count.people);
    let headline = headline.chain([&head.reached.people, &head.without_arrival.people]);
    let changes = &report.changes;
    let before = changes.headline.iter().flat_map(|change| [&change.then, &change.now]);
    let since = changes.since.iter().flat_map(Since::sources);
    let ends_first = head.ends_first.iter().flat_map(|first| &first.sources);
    let food = report.outlook.iter().flat_map(|outlook| {
        let counts = outlook.areas.iter().flat_map(|row| &row.counts);
        counts.flat_map(|count| &count.sources).chain(&outlook.next_pause.sources)
    });
    let figures = headline.chain(before).flat_map(|stated: &Stated| &stated.sources);
    let listings = changes.listings.iter().flat_map(|change| &change.sources);
    let alerts = report.alerts.iter().chain(&changes.ended).flat_map(|alert| &alert.sources);
    let areas = report.areas.iter().flat_map(|row| {
        let listings = row.listings.iter().flat_map(|listing| &listing.sources);
        let people = row.people.iter().flat_map(|stated| &stated.sources);
        let groups = row.group_counts.iter().flat_map(|count| &count.people.sources);
        let arrivals = row.last_arrival_sources.iter().chain(&row.running_total_sources);
        listings.chain(people).chain(groups).chain(arrivals)
    });
    let convoys = report.convoys.iter().flat_map(|row| &row.sources);
    let pauses = report.pauses.iter().flat_map(|row| {
        let answers = row.answers.iter().filter_map(|answer| answer.source.as_ref());
        let violations = row.violations.iter().filter_map(|violation| violation.source.as_ref());
        row.sources.iter().chain(answers).chain(violations)
    });
    let said = report.statements.iter().flat_map(|row| &row.sources);
    let incidents = report.incidents.iter().flat_map(|row| &row.sources);
    let months = report.months.iter().flatten().flat_map(|row| &row.sources);
    let funnel = report.funnel.iter().flat_map(|steps| &steps.sources);
    let first = ends_first
        .chain(figures)
        .chain(since)
        .chain(listings)
        .chain(food)
        .chain(alerts)
        .chain(areas);
    first
        .chain(convoys)
        .chain(pauses)
        .chain(said)
        .chain(incidents)
        .chain(months)
        .chain(funnel)
        .map(String::as_str)
}
