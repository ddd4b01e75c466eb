//! The table of areas: who is cut off by whose count, when something last arrived, how far it goes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Period;
use super::convoy::{Counts, counts, of_period};
use super::stated::{self, Day, Stated};
use crate::assess::delivery::ConvoyFacts;
use crate::assess::reconcile::{Claim, Reconciled};
use crate::assess::siege;
use crate::domain::observation::Topic;
use crate::domain::population::Metric;
use crate::domain::status::SiegeStatus;
use crate::domain::{AreaGroup, Figure, Scheme, Status};
use crate::situation::claims::claim_of;
use crate::situation::coverage::{
    AreaCoverage, Counted, CoverageQuestion, counted_otherwise, coverage,
};
use crate::situation::standards::Standards;
use crate::situation::{Known, Situation};

/// The days over which deliveries are held against the need. Source: domain rules, section 7.
pub const COVERAGE_DAYS: u32 = 30;

/// An area that somebody lists as besieged or hard to reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// Its first-level unit.
    pub admin1: Option<String>,
    /// The listed area that it lies in; its people are counted there.
    pub within: Option<String>,
    /// What each scheme calls it.
    pub listings: Vec<Listing>,
    /// The counts of people there, the one that is used first; empty where nobody counted.
    pub people: Vec<Stated>,
    /// The latest counts of groups that the area is a part of; they are never split.
    pub group_counts: Vec<GroupCount>,
    /// Are the counts further apart than the limit?
    pub sources_differ: bool,
    /// The last known arrival, of all time.
    pub last_arrival: Option<Day>,
    /// Whole days since then.
    pub days_since_last_arrival: Option<i64>,
    /// The sources of that arrival.
    pub last_arrival_sources: Vec<String>,
    /// Until when a running total tells of deliveries there, though not of each.
    pub running_total_until: Option<Day>,
    /// The sources of that total.
    pub running_total_sources: Vec<String>,
    /// Known arrivals of the last 30 days.
    pub arrivals_in_30_days: usize,
    /// Share of the food need of the last 30 days that these arrivals meet, at most 1; unknown without any.
    pub coverage: Figure,
    /// Convoys of the period.
    pub convoys: Counts,
}

/// A count of people in a group of areas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupCount {
    /// The code of the group.
    pub group: String,
    /// Its name.
    pub name: String,
    /// How many people in all its areas together.
    pub people: Stated,
}

/// What one scheme calls an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// By whose count.
    #[serde(deserialize_with = "stated::word")]
    pub scheme: Scheme,
    /// What it is called.
    #[serde(deserialize_with = "stated::word")]
    pub status: SiegeStatus,
    /// Siege Watch tier.
    pub tier: Option<u64>,
    /// The day of the list or statement.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

const fn is_cut_off(status: SiegeStatus) -> bool {
    matches!(status, SiegeStatus::Besieged | SiegeStatus::HardToReach)
}

/// The rows, besieged areas first, within these by first-level unit and name.
pub(super) fn rows(situation: &Situation, period: Period, standards: &Standards) -> Vec<AreaRow> {
    let listings = listings(situation);
    if listings.is_empty() {
        return Vec::new();
    }
    let question = CoverageQuestion {
        from: situation.as_of - TimeDelta::days(COVERAGE_DAYS.into()),
        to: situation.as_of,
        areas: listings.keys().map(|code| (*code).to_owned()).collect(),
        admin1: None,
        standards,
    };
    let left_out = counted_otherwise(situation);
    let convoys = of_period(situation, period, &left_out);
    let listed: HashSet<&str> = listings.keys().copied().collect();
    let mut rows: Vec<AreaRow> = coverage(situation, &question)
        .into_iter()
        .map(|area| {
            let claims = listings.get(area.area.as_str()).map_or(&[][..], Vec::as_slice);
            let goes_there = |convoy: &&&Known<ConvoyFacts>| {
                convoy.record.areas().any(|to| to.as_str() == area.area)
            };
            let own = counts(situation, period, convoys.iter().filter(goes_there).copied());
            let visits = Counted::of(situation, &area.area, &left_out);
            let within = within(situation, &area.area, &listed);
            row(situation, question.from, area, visits, (claims, within, own))
        })
        .collect();
    let besieged = |row: &AreaRow| row.listings.iter().any(|l| l.status == SiegeStatus::Besieged);
    rows.sort_by(|a, b| {
        let by_status = besieged(b).cmp(&besieged(a));
        by_status.then_with(|| (&a.admin1, &a.name, &a.code).cmp(&(&b.admin1, &b.name, &b.code)))
    });
    rows
}

/// For each area that any scheme calls besieged or hard to reach, the latest claim of every scheme that holds.
fn listings(situation: &Situation) -> BTreeMap<&str, Vec<&Known<Status>>> {
    let mut latest: HashMap<(&str, Scheme), &Known<Status>> = HashMap::new();
    for claim in situation.world.statuses.iter() {
        let holds = siege::holds(&claim.record, situation.as_of);
        let Some(area) = claim.record.area.as_ref().filter(|_| holds) else { continue };
        let kept = latest.entry((area.as_str(), claim.record.scheme)).or_insert(claim);
        let order = |claim: &Known<Status>| (siege::day_of(&claim.record), claim.version);
        if order(kept) < order(claim) {
            *kept = claim;
        }
    }
    let mut areas: BTreeMap<&str, Vec<&Known<Status>>> = BTreeMap::new();
    for ((area, _), claim) in latest {
        areas.entry(area).or_default().push(claim);
    }
    areas.retain(|_, claims| claims.iter().any(|claim| is_cut_off(claim.record.status)));
    for claims in areas.values_mut() {
        claims.sort_by_key(|claim| claim.record.scheme);
    }
    areas
}

/// The nearest area of these that this one lies in.
pub(super) fn within(situation: &Situation, code: &str, listed: &HashSet<&str>) -> Option<String> {
    const DEEPEST: usize = 8;
    let parent = |code: &str| {
        let area = situation.world.areas.get(code)?;
        area.record.part_of.as_ref().map(|parent| parent.as_str().to_owned())
    };
    let mut above = parent(code);
    for _ in 0..DEEPEST {
        let code = above?;
        if listed.contains(code.as_str()) {
            return Some(code);
        }
        above = parent(&code);
    }
    None
}

fn row(
    situation: &Situation,
    recent_from: DateTime<Utc>,
    area: AreaCoverage,
    visits: Counted<'_>,
    (claims, within, convoys): (&[&Known<Status>], Option<String>, Counts),
) -> AreaRow {
    let known = situation.world.areas.get(&area.area).map(|area| &area.record);
    let last = area.last_delivery.into_iter().flat_map(|at| visits.arrived(at, at));
    let last: Vec<&ConvoyFacts> = last.map(|visit| &visit.convoy.record).collect();
    let last_sources: BTreeSet<String> =
        last.iter().flat_map(|convoy| &convoy.sources).map(ToString::to_string).collect();
    let running_total = running_total(situation, &area.area);
    let recent = visits.arrived(recent_from, situation.as_of).count();
    AreaRow {
        name_ar: known.and_then(|area| area.names.in_language("ar")).map(ToOwned::to_owned),
        admin1: known.and_then(|area| area.admin1_name.as_ref()).map(ToString::to_string),
        within,
        listings: claims.iter().map(|claim| listing(&claim.record)).collect(),
        people: area
            .population
            .as_ref()
            .map_or_else(Vec::new, |people| counts_of_people(situation, people)),
        group_counts: group_counts(situation, &area.area),
        sources_differ: area.population.as_ref().is_some_and(|people| people.sources_differ),
        last_arrival: area.last_delivery.map(|at| Day {
            date: at.date_naive(),
            precision: last
                .first()
                .map(|convoy| convoy.date_precision)
                .filter(|p| *p != crate::domain::DatePrecision::Day),
        }),
        days_since_last_arrival: area.last_delivery.map(|at| (situation.as_of - at).num_days()),
        last_arrival_sources: last_sources.into_iter().collect(),
        running_total_until: running_total.as_ref().map(|(until, _)| *until),
        running_total_sources: running_total.map_or_else(Vec::new, |(_, sources)| sources),
        arrivals_in_30_days: recent,
        // No record of an arrival is no proof that nothing arrived: that is not 0 %.
        coverage: if recent == 0 { Figure::UNKNOWN } else { area.supplied.coverage },
        convoys,
        code: area.area,
        name: area.name,
    }
}

/// The latest running total that tells of deliveries to the area, by the day it runs to.
fn running_total(situation: &Situation, code: &str) -> Option<(Day, Vec<String>)> {
    let totals = situation.world.observations.iter().filter(|row| {
        row.record.topic == Topic::CumulativeReached
            && row.record.areas.iter().any(|area| area.as_str() == code)
    });
    let until = totals.map(|row| (row.record.period_to.unwrap_or(row.record.date), row));
    let past = until.filter(|(until, _)| until.start() <= situation.as_of);
    let (until, row) = past.max_by(|(a, x), (b, y)| (a, &x.code).cmp(&(b, &y.code)))?;
    let sources = row.record.source.iter().map(ToString::to_string).collect();
    Some((Day::of(until, row.record.date_precision), sources))
}

fn listing(claim: &Status) -> Listing {
    let day = claim.listed_on.or(claim.valid_from);
    Listing {
        scheme: claim.scheme,
        status: claim.status,
        tier: claim.tier,
        day: day.map(|day| Day::of(day, claim.date_precision)),
        sources: claim.source.iter().map(ToString::to_string).collect(),
    }
}

fn counts_of_people(situation: &Situation, people: &Reconciled) -> Vec<Stated> {
    people.claims.iter().map(|claim| stated_of(situation, claim)).collect()
}

/// The latest count of each group that names this area.
fn group_counts(situation: &Situation, code: &str) -> Vec<GroupCount> {
    let names_it = |group: &AreaGroup| group.areas.iter().any(|area| area.as_str() == code);
    let groups = situation.world.area_groups.iter().filter(|group| names_it(&group.record));
    let counts = groups.filter_map(|group| {
        let counts = situation.world.populations.iter().filter(|row| {
            let own =
                row.record.area_group.as_ref().is_some_and(|own| own.as_str() == &*group.code);
            own && counts_people(row.record.metric) && row.record.date.start() <= situation.as_of
        });
        let latest =
            counts.max_by(|a, b| (a.record.date, &a.code).cmp(&(b.record.date, &b.code)))?;
        Some(GroupCount {
            group: group.code.to_string(),
            name: group.record.names.any().to_owned(),
            people: stated_of(situation, &claim_of(situation, latest)),
        })
    });
    counts.collect()
}

/// "Assisted" counts aid and "in need" a part of the people; neither says how many there are.
const fn counts_people(metric: Metric) -> bool {
    !matches!(metric, Metric::Assisted | Metric::InNeed | Metric::BesiegedAndHardToReach)
}

/// A claim of people with its day, as exactly as it is known, and its author.
pub(super) fn stated_of(situation: &Situation, claim: &Claim) -> Stated {
    let record = situation.world.populations.get(&claim.record).map(|row| &row.record);
    let source = claim.source.as_ref().and_then(|code| situation.world.sources.get(code));
    let day = Day {
        date: claim.date.date_naive(),
        precision: record
            .and_then(|record| record.date_precision)
            .filter(|precision| *precision != crate::domain::DatePrecision::Day),
    };
    Stated {
        figure: claim.people,
        day: Some(day),
        by: claim
            .estimated_by
            .clone()
            .or_else(|| source.map(|source| source.record.name.to_string())),
        sources: claim.source.iter().cloned().collect(),
    }
}
