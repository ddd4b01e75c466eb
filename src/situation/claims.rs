//! What is claimed of each area: by whose count it is cut off, and who counted its people.

use std::collections::BTreeMap;

use super::supply::of_area;
use super::table::Known;
use super::world::Situation;
use crate::assess::reconcile::Claim;
use crate::assess::siege;
use crate::domain::population::Metric;
use crate::domain::{Population, Scheme, Status};

/// For each scheme and area the claim that holds: the latest one, whatever it says.
#[must_use]
pub fn holding(situation: &Situation) -> BTreeMap<(Scheme, &str), &Known<Status>> {
    let mut holding: BTreeMap<(Scheme, &str), &Known<Status>> = BTreeMap::new();
    let newness = |claim: &Known<Status>| (siege::day_of(&claim.record), claim.version);
    for row in situation.world.statuses.iter() {
        let Some(area) = &row.record.area else { continue };
        if siege::holds(&row.record, situation.as_of) {
            let kept = holding.entry((row.record.scheme, area.as_str())).or_insert(row);
            if newness(kept) < newness(row) {
                *kept = row;
            }
        }
    }
    holding
}

/// The counts of people of each area, the newest first: of one metric, or of all that count everybody.
#[must_use]
pub fn counts(
    situation: &Situation,
    only: Option<Metric>,
) -> BTreeMap<&str, Vec<&Known<Population>>> {
    let mut by_area: BTreeMap<&str, Vec<&Known<Population>>> = BTreeMap::new();
    for row in situation.world.populations.iter() {
        let metric = row.record.metric;
        let wanted = only.map_or_else(|| metric.counts_everybody(), |only| only == metric);
        if let Some(area) = row.record.area.as_ref().filter(|_| wanted)
            && row.record.date.start() <= situation.as_of
        {
            by_area.entry(area.as_str()).or_default().push(row);
        }
    }
    for rows in by_area.values_mut() {
        rows.sort_by(|a, b| b.record.date.cmp(&a.record.date).then_with(|| a.code.cmp(&b.code)));
    }
    by_area
}

/// The counts of everybody in one area by the day of the situation.
pub fn counts_of<'w>(
    situation: &'w Situation,
    area: &str,
) -> impl Iterator<Item = &'w Known<Population>> {
    let rows = of_area(situation, area).populations.iter().map(|row| &**row);
    let as_of = situation.as_of;
    rows.filter(move |row| row.record.metric.counts_everybody() && row.record.date.start() <= as_of)
}

/// A count of people as a claim that can be reconciled with others.
#[must_use]
pub fn claim_of(situation: &Situation, row: &Known<Population>) -> Claim {
    let source = row.record.source.as_ref().map(|source| source.as_str().to_owned());
    let reliability = source
        .as_ref()
        .and_then(|code| situation.world.sources.get(code))
        .and_then(|source| source.record.reliability);
    Claim {
        record: row.code.to_string(),
        source,
        estimated_by: row.record.estimated_by.as_ref().map(|by| by.as_str().to_owned()),
        date: row.record.date.start(),
        people: row.record.people,
        places: row.record.places,
        reliability,
    }
}
