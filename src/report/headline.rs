//! The three numbers: who is besieged, whom convoys reached, where nothing is known to arrive.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::area::{AreaRow, stated_of};
use super::convoy::{Counts, counts, of_period};
use super::outlook::EndsFirst;
use super::stated::{self, Stated};
use super::{Period, convoy, words};
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::assess::reconcile::Policy;
use crate::domain::{Figure, Scheme};
use crate::situation::alert::{Alert, Rule};
use crate::situation::coverage::{CoverageQuestion, counted_otherwise, coverage};
use crate::situation::standards::Standards;
use crate::situation::totals::{By, SchemeTotals, TotalsQuestion, totals};
use crate::situation::{Known, Situation};

/// The three numbers, and where food ends first if that is near.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Headline {
    /// Where food ends first, if that is within two weeks.
    #[serde(default)]
    pub ends_first: Option<EndsFirst>,
    /// People besieged.
    pub besieged: Besieged,
    /// People whom convoys reached in the period.
    pub reached: Reached,
    /// Areas without a known arrival.
    pub without_arrival: WithoutArrival,
}

/// People besieged, by the published list of each scheme. The lists are never added.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Besieged {
    /// The published totals, that of the United Nations first; a scheme that published none is left out.
    pub counts: Vec<ListTotal>,
    /// How far the published totals are apart, (largest − smallest) / largest.
    pub spread: Option<f64>,
}

/// What one scheme published for its whole list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListTotal {
    /// By whose count.
    #[serde(deserialize_with = "stated::word")]
    pub scheme: Scheme,
    /// How many people.
    pub people: Stated,
    /// How many places, where it is told.
    pub places: Option<u64>,
    /// How many of its besieged places are known here by name.
    pub places_known_by_name: usize,
}

/// People reached by convoys that arrived in the period.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reached {
    /// How many different people: least if rounds served the same, most if none was served twice.
    pub people: Stated,
    /// Convoys that arrived whose number of people is not known; with any, the most is not known.
    pub arrivals_of_unknown_size: usize,
    /// Convoys of the period.
    pub convoys: Counts,
}

/// Besieged or hard-to-reach areas in which nothing is known to have arrived for long.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WithoutArrival {
    /// For how many days or more.
    pub threshold_days: f64,
    /// How many areas.
    pub areas: usize,
    /// Of how many that somebody lists as besieged or hard to reach.
    pub areas_listed: usize,
    /// Those among them for which no arrival was ever recorded.
    pub areas_without_any: usize,
    /// The people there.
    pub people: Stated,
    /// Areas among them that nobody counted; with any, the most is not known.
    pub areas_without_count: usize,
    /// The codes of the areas.
    pub area_codes: Vec<String>,
}

impl Besieged {
    /// What the United Nations count.
    #[must_use]
    pub fn un(&self) -> Option<&ListTotal> {
        self.counts.iter().find(|count| count.scheme == Scheme::Un)
    }
}

pub(super) fn of(
    situation: &Situation,
    period: Period,
    areas: &[AreaRow],
    alerts: &[Alert],
    standards: &Standards,
) -> Headline {
    Headline {
        ends_first: None,
        besieged: besieged(situation, standards),
        reached: reached(situation, period, standards),
        without_arrival: without_arrival(situation, areas, alerts, standards),
    }
}

fn besieged(situation: &Situation, standards: &Standards) -> Besieged {
    let question = TotalsQuestion {
        by: By::Scheme,
        scheme: None,
        policy: Policy::Latest,
        metric: None,
        spread_flag: standards.spread_flag,
    };
    let totals = totals(situation, &question);
    Besieged {
        counts: totals.schemes.iter().filter_map(|scheme| list_total(situation, scheme)).collect(),
        spread: totals.spread_between_schemes.filter(|spread| *spread > 0.0),
    }
}

fn list_total(situation: &Situation, scheme: &SchemeTotals) -> Option<ListTotal> {
    let total = scheme.besieged.list_total.as_ref()?;
    Some(ListTotal {
        scheme: scheme.scheme,
        people: stated_of(situation, total.claims.first()?),
        places: total.places,
        places_known_by_name: scheme.besieged.areas,
    })
}

/// A drop that arrived in the period, and the convoy that brought it.
struct Arrival<'w> {
    convoy: &'w Known<ConvoyFacts>,
    drop: &'w DropFacts,
}

fn arrivals<'w>(convoys: &[&'w Known<ConvoyFacts>], period: Period) -> Vec<Arrival<'w>> {
    let of = |convoy: &&'w Known<ConvoyFacts>| {
        let convoy = *convoy;
        convoy::arrivals(period, &convoy.record).map(move |drop| Arrival { convoy, drop })
    };
    convoys.iter().flat_map(of).collect()
}

/// Areas that were served alone come from coverage; a figure for several areas together is one round for all.
pub(super) fn reached(situation: &Situation, period: Period, standards: &Standards) -> Reached {
    let left_out = counted_otherwise(situation);
    let convoys = of_period(situation, period, &left_out);
    let arrived = arrivals(&convoys, period);
    let mut ends = alone(situation, period, standards, &arrived);
    ends.extend(together(&arrived));
    let unknown = arrived.iter().filter(|arrival| arrival.drop.people_reached.is_unknown());
    let unknown: HashSet<&str> = unknown.map(|arrival| &*arrival.convoy.code).collect();
    let sources = arrived.iter().flat_map(|arrival| arrival.convoy.record.sources.iter());
    let sources: BTreeSet<String> = sources.map(ToString::to_string).collect();
    let low = ends.iter().filter_map(|(low, _)| *low).reduce(|sum, low| sum + low);
    let high = ends.iter().try_fold(0.0, |sum, (_, high)| high.map(|high| sum + high));
    Reached {
        people: Stated {
            figure: Figure::computed(
                low,
                None,
                high.filter(|_| low.is_some() && unknown.is_empty()),
            ),
            day: Some(period.to.date_naive().into()),
            by: Some(words::BY_ARRIVALS.to_owned()),
            sources: sources.into_iter().collect(),
        },
        arrivals_of_unknown_size: unknown.len(),
        convoys: counts(situation, period, convoys.into_iter()),
    }
}

/// The least and the most different people of each area that was served alone.
fn alone(
    situation: &Situation,
    period: Period,
    standards: &Standards,
    arrived: &[Arrival<'_>],
) -> Vec<(Option<f64>, Option<f64>)> {
    let alone = arrived.iter().filter(|arrival| arrival.drop.areas.len() == 1);
    let areas: BTreeSet<String> =
        alone.flat_map(|arrival| &arrival.drop.areas).map(ToString::to_string).collect();
    if areas.is_empty() {
        return Vec::new();
    }
    let question = CoverageQuestion {
        // Coverage takes both ends in; the period begins right after its first instant.
        from: period.after + TimeDelta::milliseconds(1),
        to: period.to,
        areas: areas.into_iter().collect(),
        admin1: None,
        standards,
    };
    let coverage = coverage(situation, &question);
    coverage.iter().map(|area| (area.reached.low, area.reached.high)).collect()
}

/// What drops for several areas at once add: to the most always, to the least only where nothing else arrived.
fn together(arrived: &[Arrival<'_>]) -> Vec<(Option<f64>, Option<f64>)> {
    let mut rounds: HashMap<&str, usize> = HashMap::new();
    for area in arrived.iter().flat_map(|arrival| &arrival.drop.areas) {
        *rounds.entry(area.as_str()).or_default() += 1;
    }
    let shared = arrived.iter().filter(|arrival| arrival.drop.areas.len() != 1);
    shared
        .map(|arrival| {
            let reached = arrival.drop.people_reached;
            let only = arrival.drop.areas.iter().all(|area| rounds.get(area.as_str()) == Some(&1));
            (reached.floor().filter(|_| only), reached.ceiling())
        })
        .collect()
}

/// The areas are those of the alerts of that rule, so that the number and the alerts cannot contradict each other.
fn without_arrival(
    situation: &Situation,
    areas: &[AreaRow],
    alerts: &[Alert],
    standards: &Standards,
) -> WithoutArrival {
    let days = standards.alert.no_delivery_days;
    let alerts = alerts.iter().filter(|alert| alert.rule == Rule::NoDelivery);
    let found: HashSet<&str> = alerts.map(|alert| alert.subject.code.as_str()).collect();
    let waiting: Vec<&AreaRow> =
        areas.iter().filter(|area| found.contains(area.code.as_str())).collect();
    let counted = waiting.iter().filter(|area| !area.people.is_empty());
    let counted: HashSet<&str> = counted.map(|area| area.code.as_str()).collect();
    // People of a town inside a listed district are counted with the district.
    let is_own = |area: &&&AreaRow| {
        area.within.as_ref().is_none_or(|within| !counted.contains(within.as_str()))
    };
    let own: Vec<&AreaRow> = waiting.iter().filter(is_own).copied().collect();
    let people: Vec<&Stated> = own.iter().filter_map(|area| area.people.first()).collect();
    let without_count = own.len() - people.len();
    let sum = |end: fn(Figure) -> Option<f64>| {
        people.iter().filter_map(|people| end(people.figure)).reduce(|sum, end| sum + end)
    };
    // "At most" says nothing of the least, and "at least" nothing of the most.
    let least = |figure: Figure| figure.low().or(figure.best());
    let most = |figure: Figure| figure.high().or(figure.best());
    let bounded = without_count == 0 && people.iter().all(|people| most(people.figure).is_some());
    let sources: BTreeSet<&String> = people.iter().flat_map(|people| &people.sources).collect();
    let codes: BTreeSet<&String> = waiting.iter().map(|area| &area.code).collect();
    WithoutArrival {
        threshold_days: days,
        areas: waiting.len(),
        areas_listed: areas.len(),
        areas_without_any: waiting
            .iter()
            .filter(|area| area.last_arrival.is_none() && area.running_total_until.is_none())
            .count(),
        people: Stated {
            figure: Figure::computed(sum(least), None, sum(most).filter(|_| bounded)),
            day: Some(situation.as_of.date_naive().into()),
            by: Some(words::BY_LISTS.to_owned()),
            sources: sources.into_iter().cloned().collect(),
        },
        areas_without_count: without_count,
        area_codes: codes.into_iter().cloned().collect(),
    }
}
