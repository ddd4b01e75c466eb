//! Counts of people that changed since the last report, each by who counts.
//!
//! The newest count of each source is held against its newest count then. A source that counts the same again changes
//! nothing, and one that is heard for the first time stands beside the newest count that others had given.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Novelty, Side};
use crate::domain::population::Metric;
use crate::domain::{Moment, Population, SourceCode, Text};
use crate::report::area::stated_of;
use crate::report::stated::{self, Stated};
use crate::report::words::area_name;
use crate::situation::claims::claim_of;
use crate::situation::{Known, Situation};

/// A count of people that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PopulationChange {
    /// The code of the area or of the group of areas.
    pub place: String,
    /// Its name.
    pub name: String,
    /// Is it a group of areas? Its figure is never split.
    pub is_group: bool,
    /// Whom the figure counts.
    #[serde(deserialize_with = "stated::word")]
    pub metric: Metric,
    /// What this source counted then; `null` where nothing was known.
    pub then: Option<Stated>,
    /// What it counts now; `null` where its count was taken back.
    pub now: Option<Stated>,
    /// Where this source is heard for the first time, the newest count of others that was known then.
    pub newest_then: Option<Stated>,
    /// Is the count of a day since, or was it only learned since?
    #[serde(deserialize_with = "stated::word")]
    pub novelty: Novelty,
}

impl PopulationChange {
    fn stated(&self) -> impl Iterator<Item = &Stated> {
        self.now.iter().chain(&self.then).chain(&self.newest_then)
    }

    /// The codes of the sources.
    pub(super) fn sources(&self) -> impl Iterator<Item = &String> {
        self.stated().flat_map(|stated| &stated.sources)
    }

    /// The place, and who counts.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(self.stated().filter_map(|stated| stated.by.as_ref()))
    }

    /// What changed first, then who is heard for the first time, then what was taken back.
    const fn rank(&self) -> u8 {
        match (&self.then, &self.now) {
            (Some(_), Some(_)) => 0,
            (None, _) => 1,
            (Some(_), None) => 2,
        }
    }
}

/// Whom a source counts: the place, whether it is a group, the metric, and who counts.
type Counted<'w> = (&'w str, bool, Metric, Option<&'w str>);

/// The newest count of each source; what the three numbers tell is not told again.
pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Vec<PopulationChange> {
    let (old, new) = (newest(then.situation), newest(now.situation));
    let told = now.headline.besieged.un().map(|total| &total.people);
    let mut all: Vec<&Counted<'_>> = old.keys().chain(new.keys()).collect();
    all.sort();
    all.dedup();
    let changes = all.into_iter().filter_map(|counted| {
        let (was, is) = (old.get(counted).copied(), new.get(counted).copied());
        let same = was.map(|row| row.record.people) == is.map(|row| row.record.people);
        (!same).then(|| change((then, was), (now, is), counted))
    });
    let mut changes: Vec<PopulationChange> =
        changes.filter(|change| change.now.is_none() || change.now.as_ref() != told).collect();
    changes.sort_by(|a, b| {
        let key = |change: &PopulationChange| (change.rank(), change.is_group);
        key(a).cmp(&key(b)).then_with(|| (&a.name, a.metric).cmp(&(&b.name, b.metric)))
    });
    changes
}

fn place(row: &Population) -> Option<(&str, bool)> {
    let area = row.area.as_ref().map(|area| (area.as_str(), false));
    area.or_else(|| row.area_group.as_ref().map(|group| (group.as_str(), true)))
}

fn newest(situation: &Situation) -> BTreeMap<Counted<'_>, &Known<Population>> {
    let mut newest: BTreeMap<Counted<'_>, &Known<Population>> = BTreeMap::new();
    for row in situation.world.populations.iter() {
        let record = &row.record;
        let Some((code, is_group)) = place(record) else { continue };
        if record.date.start() > situation.as_of {
            continue;
        }
        let by = record.estimated_by.as_ref().map(Text::as_str);
        let by = by.or_else(|| record.source.as_ref().map(SourceCode::as_str));
        let kept = newest.entry((code, is_group, record.metric, by)).or_insert(row);
        if order(kept) < order(row) {
            *kept = row;
        }
    }
    newest
}

/// The later one; of one day the first by its code.
fn order(row: &Known<Population>) -> (Moment, Reverse<&str>) {
    (row.record.date, Reverse(&*row.code))
}

type Row<'w> = Option<&'w Known<Population>>;

fn change(
    (then, was): (&Side<'_>, Row<'_>),
    (now, is): (&Side<'_>, Row<'_>),
    &(code, is_group, metric, _): &Counted<'_>,
) -> PopulationChange {
    let stated = |side: &Side<'_>, row: &Known<Population>| {
        stated_of(side.situation, &claim_of(side.situation, row))
    };
    let others = others(then.situation, (code, is_group), metric).filter(|_| was.is_none());
    PopulationChange {
        place: code.to_owned(),
        name: name(now.situation, code, is_group),
        is_group,
        metric,
        then: was.map(|row| stated(then, row)),
        now: is.map(|row| stated(now, row)),
        newest_then: others.map(|row| stated(then, row)),
        novelty: is.map_or(Novelty::TakenBack, |row| {
            Novelty::of(Some(row.record.date), row.record.date_precision, then)
        }),
    }
}

/// The newest count of the same people by anybody.
fn others<'w>(
    situation: &'w Situation,
    of: (&str, bool),
    metric: Metric,
) -> Option<&'w Known<Population>> {
    let is_like = |other: Metric| {
        if metric.counts_everybody() { other.counts_everybody() } else { other == metric }
    };
    let rows = situation.world.populations.iter().map(|row| &**row);
    let like = rows.filter(|row| {
        let record = &row.record;
        let is_past = record.date.start() <= situation.as_of;
        is_past && place(record) == Some(of) && is_like(record.metric)
    });
    like.max_by(|a, b| order(a).cmp(&order(b)))
}

fn name(situation: &Situation, code: &str, is_group: bool) -> String {
    if !is_group {
        return area_name(situation, code);
    }
    let group = situation.world.area_groups.get(code);
    group.map_or_else(|| code.to_owned(), |group| group.record.names.any().to_owned())
}
