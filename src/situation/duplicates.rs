//! Records of a situation that may tell of the same thing.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Known, Situation};
use crate::assess::delivery::ConvoyFacts;
use crate::domain::Moment;
use crate::domain::choice::choice;
use crate::matching::duplicate::{Mark, Pair, Trip, pairs};

choice! {
    /// The kinds of which it is known when two may be the same.
    Duplicate {
        /// Convoys of a day or two that follow each other, to an area, with as many trucks.
        Convoy = "convoy",
        /// Counts of a day by one source.
        Population = "population",
        /// Reports of a day under two titles.
        Source = "source",
        /// Places of one name.
        Area = "area",
    }
}

/// A time, from and to; open where nothing is given.
pub type Span = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The pairs that may be the same, the most alike first; those of a time and of some areas where that is asked. A pair is
/// of a time where one of the two is.
#[must_use]
pub fn duplicates(of: &Situation, kind: Duplicate, span: Span, areas: &[String]) -> Vec<Pair> {
    let has_happened = |at: Option<DateTime<Utc>>| at.is_none_or(|at| at <= of.as_of);
    let world = &of.world;
    match kind {
        Duplicate::Convoy => {
            let happened =
                |convoy: &Known<ConvoyFacts>| convoy.record.happened().map(Moment::start);
            let goes = |convoy: &Known<ConvoyFacts>| {
                let mut all = convoy.record.drops.iter().flat_map(|drop| drop.areas.iter());
                areas.is_empty() || all.any(|area| areas.iter().any(|asked| asked == area.as_str()))
            };
            let convoys = world.convoys.iter().filter(|convoy| {
                let at = happened(convoy);
                has_happened(at) && is_near(at, span) && goes(convoy)
            });
            let found = pairs(&convoys.cloned().collect::<Vec<_>>(), trip);
            let is_of = |code: &String| {
                world.convoys.get(code).is_some_and(|convoy| is_in(happened(convoy), span))
            };
            found.into_iter().filter(|pair| is_of(&pair.one) || is_of(&pair.other)).collect()
        }
        Duplicate::Population => {
            let counts = world.populations.iter().filter(|count| {
                let at = count.record.date.start();
                let area = count.record.area.as_ref().map(|area| area.as_str().to_owned());
                let is_there = areas.is_empty() || area.is_some_and(|area| areas.contains(&area));
                at <= of.as_of && is_in(Some(at), span) && is_there
            });
            pairs(&counts.cloned().collect::<Vec<_>>(), |count| {
                Mark::of_population(&count.code, &count.record)
            })
        }
        Duplicate::Source => {
            let sources = world.sources.iter().filter(|source| {
                let at = source.record.date.map(Moment::start);
                areas.is_empty() && has_happened(at) && is_in(at, span)
            });
            pairs(&sources.cloned().collect::<Vec<_>>(), |source| {
                Some(Mark::of_source(&source.code, &source.record))
            })
        }
        Duplicate::Area => {
            let found = pairs(&world.areas.iter().cloned().collect::<Vec<_>>(), |area| {
                Some(Mark::of_area(&area.code, &area.record))
            });
            let is_of = |pair: &Pair| {
                areas.is_empty() || areas.contains(&pair.one) || areas.contains(&pair.other)
            };
            found.into_iter().filter(is_of).collect()
        }
    }
}

fn trip(convoy: &Arc<Known<ConvoyFacts>>) -> Option<Mark> {
    let facts = &convoy.record;
    let areas = facts.drops.iter().flat_map(|drop| drop.areas.iter());
    let trip = Trip {
        day: facts.happened()?.date(),
        areas: areas.map(|area| area.as_str().to_owned()).collect(),
        trucks: facts.drops.iter().map(|drop| drop.trucks).collect(),
        mode: facts.mode,
        part_of: facts.part_of.iter().map(|whole| whole.as_str().to_owned()).collect(),
    };
    Some(Mark::of_trip(&convoy.code, trip))
}

/// Does it lie in a time?
fn is_in(at: Option<DateTime<Utc>>, (from, to): Span) -> bool {
    let after = from.is_none_or(|from| at.is_some_and(|at| at >= from));
    let before = to.is_none_or(|to| at.is_some_and(|at| at <= to));
    after && before
}

/// The same, or a day beside it.
fn is_near(at: Option<DateTime<Utc>>, (from, to): Span) -> bool {
    let day = chrono::TimeDelta::days(1);
    is_in(at, (from.map(|from| from - day), to.map(|to| to + day)))
}
