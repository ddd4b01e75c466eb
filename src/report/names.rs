//! What the places, parties and organisations of a report are called in other languages.

use std::collections::BTreeSet;

use super::Report;
use super::change::Since;
use crate::domain::{Called, Language, Names};
use crate::situation::Situation;
use crate::tongue::CalledBy;

/// The names that stand in the report, of which another language has its own.
pub(super) fn of(situation: &Situation, report: &Report) -> CalledBy {
    let told: BTreeSet<&str> = told(report).map(String::as_str).collect();
    let mut names = of_world(situation);
    names.retain(|name, _| told.contains(name.as_str()));
    names
}

/// What the reader knows of is called in this language; nothing in English, in which it is named already.
#[must_use]
pub fn in_language(situation: &Situation, language: Language) -> CalledBy {
    if language == Language::En { CalledBy::new() } else { of_world(situation) }
}

/// The names of places, parties and organisations that the reader knows of, where another language has its own.
fn of_world(situation: &Situation) -> CalledBy {
    let world = &situation.world;
    let areas = world.areas.iter().map(|row| &row.record.names);
    let groups = world.area_groups.iter().map(|row| &row.record.names);
    let parties = world.parties.iter().map(|row| &row.record.names);
    let organisations = world.organisations.iter().map(|row| &row.record.names);
    let all = areas.chain(groups).chain(parties).chain(organisations);
    let known = all.filter(|names| is_translated(names));
    known.map(|names| (names.any().to_owned(), Called::of(names))).collect()
}

fn is_translated(names: &Names) -> bool {
    ["ar", "fr"].iter().any(|language| names.in_language(language).is_some())
}

/// Every name of a report, as often as it stands there.
fn told(report: &Report) -> impl Iterator<Item = &String> {
    let areas = report.areas.iter().flat_map(|row| {
        let people = row.people.iter().filter_map(|stated| stated.by.as_ref());
        let groups = row.group_counts.iter().map(|count| &count.name);
        std::iter::once(&row.name).chain(&row.admin1).chain(people).chain(groups)
    });
    let totals = report.headline.besieged.counts.iter();
    let totals = totals.filter_map(|count| count.people.by.as_ref());
    let listings = report.changes.listings.iter().map(|change| &change.name);
    let since = report.changes.since.iter().flat_map(Since::names);
    let food = report.outlook.iter().flat_map(|outlook| &outlook.areas).flat_map(|row| {
        let holders = row.counts.iter().flat_map(|count| &count.held_by);
        std::iter::once(&row.name).chain(holders)
    });
    let convoys = report.convoys.iter().flat_map(|row| &row.to);
    let pauses = report.pauses.iter().flat_map(|row| {
        let answers = row.answers.iter().map(|answer| &answer.party);
        row.areas.iter().chain(&row.silent).chain(answers).chain(&row.by).chain(&row.of)
    });
    let said = report.statements.iter().flat_map(|row| row.areas.iter().chain(&row.by));
    let incidents = report.incidents.iter().flat_map(|row| &row.areas);
    areas
        .chain(totals)
        .chain(listings)
        .chain(since)
        .chain(food)
        .chain(convoys)
        .chain(pauses)
        .chain(said)
        .chain(incidents)
}
