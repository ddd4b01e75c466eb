//! Besieged totals: how many places and people, by whose count. One scheme is never added to another.

mod group;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

pub use self::group::UNKNOWN;
use super::claims::{self, claim_of};
use super::table::Known;
use super::world::Situation;
use crate::assess::reconcile::{Claim, Policy, Reconciled, reconcile};
use crate::assess::siege;
use crate::domain::choice::choice;
use crate::domain::population::Metric;
use crate::domain::status::SiegeStatus;
use crate::domain::{Area, Figure, Population, Saying, Scheme, Status};

choice! {
    /// By what totals are grouped.
    By {
        /// Each area.
        Area = "area",
        /// First-level unit.
        Admin1 = "admin1",
        /// Second-level unit.
        Admin2 = "admin2",
        /// Besieged, hard to reach, …
        Status = "status",
        /// By whose count.
        Scheme = "scheme",
    }
}

/// What is asked of the totals.
#[derive(Debug, Clone, PartialEq)]
pub struct TotalsQuestion {
    /// How to group.
    pub by: By,
    /// One scheme only; `None` shows each, side by side.
    pub scheme: Option<Scheme>,
    /// How to pick a figure from several.
    pub policy: Policy,
    /// Only figures of this metric; `None` takes whichever describes the people of a place.
    pub metric: Option<Metric>,
    /// Sources further apart than this share are flagged.
    pub spread_flag: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Totals {
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// How groups were made.
    pub by: By,
    /// How figures were picked.
    pub policy: Policy,
    /// Each scheme's own totals; they are never added to each other.
    pub schemes: Vec<SchemeTotals>,
    /// The groups.
    pub groups: Vec<GroupTotals>,
    /// How far the schemes' published totals of besieged people are apart, (largest − smallest) / largest.
    pub spread_between_schemes: Option<f64>,
    /// What to mind.
    pub flags: Vec<&'static str>,
    /// What the numbers are, in words.
    pub notes: [Saying; 2],
}

/// What one scheme counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SchemeTotals {
    /// The scheme.
    pub scheme: Scheme,
    /// Besieged places and people.
    pub besieged: StatusTotals,
    /// Hard-to-reach places and people.
    pub hard_to_reach: StatusTotals,
    /// Places in danger of siege, and the people there.
    pub watchlist: StatusTotals,
}

/// What one scheme counts under one status: the areas we know by name, and the total it published.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatusTotals {
    /// The areas that the scheme names.
    pub areas: usize,
    /// People in those areas: the sum of those for which there is a figure.
    pub people: Figure,
    /// Areas for which there is a figure, and for which there is none.
    pub areas_with_figure: usize,
    /// Areas without any figure: the sum is a floor.
    pub areas_without_figure: usize,
    /// The total that the scheme published for its whole list; it is not split over areas.
    pub list_total: Option<Reconciled>,
    /// The codes of the areas.
    pub area_codes: Vec<String>,
    /// The sources used.
    pub sources: Vec<String>,
    /// What to mind.
    pub flags: Vec<&'static str>,
}

/// The totals of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupTotals {
    /// What the group is: a code, a P-code, a status or a scheme.
    pub group: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// By whose count.
    pub scheme: Scheme,
    /// Under which status.
    pub status: SiegeStatus,
    /// How many areas.
    pub areas: usize,
    /// People in them: the sum of those for which there is a figure.
    pub people: Figure,
    /// Areas without any figure: the sum is a floor.
    pub areas_without_figure: usize,
    /// The largest spread between the sources of one area.
    pub spread: Option<f64>,
    /// Do the sources of any area differ by more than the limit?
    pub sources_differ: bool,
    /// The figures, for a group of one area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Reconciled>,
    /// The sources used: of the statuses and of the figures.
    pub sources: Vec<String>,
}

/// One area under one scheme.
struct Place<'w> {
    claim: &'w Known<Status>,
    area: Option<&'w Known<Area>>,
    code: &'w str,
    figure: Option<Reconciled>,
}

/// Counts places and people.
#[must_use]
pub fn totals(situation: &Situation, question: &TotalsQuestion) -> Totals {
    let places = places(situation, question);
    let schemes: Vec<SchemeTotals> = Scheme::ALL
        .iter()
        .filter(|scheme| question.scheme.is_none_or(|only| only == **scheme))
        .map(|scheme| scheme_totals(situation, question, *scheme, &places))
        .collect();
    let published: Vec<Figure> = schemes
        .iter()
        .filter_map(|s| s.besieged.list_total.as_ref().map(|total| total.people))
        .collect();
    let spread_between_schemes = crate::assess::estimate::spread(&published);
    let mut flags = Vec::new();
    if spread_between_schemes.is_some_and(|spread| spread > question.spread_flag) {
        flags.push("schemes_differ");
    }
    if schemes.iter().any(|s| {
        [&s.besieged, &s.hard_to_reach].iter().any(|t| t.flags.contains(&"sources_differ"))
    }) {
        flags.push("sources_differ");
    }
    Totals {
        as_of: situation.as_of,
        known_at: situation.known_at,
        by: question.by,
        policy: question.policy,
        groups: group::groups(question.by, &places),
        schemes,
        spread_between_schemes,
        flags,
        notes: [
            Saying::of("totals-of-schemes"),
            Saying::of("totals-of-lists").text("people", "people").text("list_total", "list_total"),
        ],
    }
}

/// For each scheme and area the claim that holds, with the people there.
fn places<'w>(situation: &'w Situation, question: &TotalsQuestion) -> Vec<Place<'w>> {
    let counts = claims::counts(situation, question.metric);
    let figure = |code: &str| {
        let claims = counts.get(code)?.iter().map(|row| claim_of(situation, row));
        reconcile(claims.collect(), question.policy, question.spread_flag)
    };
    claims::holding(situation)
        .into_iter()
        .filter(|((scheme, _), claim)| {
            let wanted = question.scheme.is_none_or(|only| only == *scheme);
            wanted && siege::is_cut_off(claim.record.status)
        })
        .map(|((_, code), claim)| Place {
            claim,
            area: situation.world.areas.get(code).map(|area| &**area),
            code,
            figure: figure(code),
        })
        .collect()
}

fn scheme_totals(
    situation: &Situation,
    question: &TotalsQuestion,
    scheme: Scheme,
    places: &[Place<'_>],
) -> SchemeTotals {
    let of = |status, metric| status_totals(situation, question, scheme, status, metric, places);
    SchemeTotals {
        scheme,
        besieged: of(SiegeStatus::Besieged, Metric::Besieged),
        hard_to_reach: of(SiegeStatus::HardToReach, Metric::HardToReach),
        watchlist: of(SiegeStatus::Watchlist, Metric::Watchlist),
    }
}

fn status_totals(
    situation: &Situation,
    question: &TotalsQuestion,
    scheme: Scheme,
    status: SiegeStatus,
    metric: Metric,
    places: &[Place<'_>],
) -> StatusTotals {
    let own: Vec<&Place<'_>> = places
        .iter()
        .filter(|place| (place.claim.record.scheme, place.claim.record.status) == (scheme, status))
        .collect();
    let list_total = list_total(situation, question, scheme, metric);
    let without = own.iter().filter(|place| place.figure.is_none()).count();
    let mut sources = sources_of(&own);
    if let Some(total) = &list_total {
        sources.extend(total.claims.iter().filter_map(|claim| claim.source.clone()));
    }
    sources.sort();
    sources.dedup();
    let differ = own.iter().filter_map(|p| p.figure.as_ref()).any(|f| f.sources_differ)
        || list_total.as_ref().is_some_and(|total| total.sources_differ);
    let mut flags = Vec::new();
    if without > 0 {
        flags.push("areas_without_figure");
    }
    if differ {
        flags.push("sources_differ");
    }
    if list_total.as_ref().and_then(|t| t.places).is_some_and(|n| n != own.len() as u64) {
        flags.push("list_names_other_number_of_areas");
    }
    StatusTotals {
        areas: own.len(),
        people: sum(&own),
        areas_with_figure: own.len() - without,
        areas_without_figure: without,
        list_total,
        area_codes: own.iter().map(|place| place.code.to_owned()).collect(),
        sources,
        flags,
    }
}

/// What the scheme published for its whole list: figures of a group, under its own metric.
#[must_use]
pub fn list_total(
    situation: &Situation,
    question: &TotalsQuestion,
    scheme: Scheme,
    metric: Metric,
) -> Option<Reconciled> {
    let claims: Vec<Claim> = situation
        .world
        .populations
        .iter()
        .filter(|row| {
            is_list_total(&row.record, scheme, metric) && row.record.date.start() <= situation.as_of
        })
        .map(|row| claim_of(situation, row))
        .collect();
    let newest = claims.iter().map(|claim| claim.date).max()?;
    // A list of last year is another list, not a source that disagrees with this one.
    let current = claims.into_iter().filter(|claim| newest - claim.date <= LIST_AGE).collect();
    reconcile(current, question.policy, question.spread_flag)
}

/// Totals published further apart than this are of different lists: a quarter, as lists are revised.
const LIST_AGE: chrono::TimeDelta = chrono::TimeDelta::days(92);

/// Is it the total of the scheme's whole list? Only the groups that stand for a whole list count; a part of
/// one (the ten towns of Eastern Ghouta) does not.
fn is_list_total(population: &Population, scheme: Scheme, metric: Metric) -> bool {
    const WHOLE_LISTS: [&str; 4] =
        ["ALL-BESIEGED", "HTR-AREAS", "BESIEGED-AND-HTR", "SW-WATCHLIST"];
    let whole = |group: &crate::domain::AreaGroupCode| {
        WHOLE_LISTS.contains(&group.as_str()) || population.places.is_some()
    };
    population.scheme == Some(scheme)
        && population.metric == metric
        && population.area_group.as_ref().is_some_and(whole)
}

/// Unknown where no area has a figure; else the sum over those that have one, a floor if some have none.
/// A quarter of a town that has a figure too is in the town's already.
fn sum(places: &[&Place<'_>]) -> Figure {
    let counted: HashSet<&str> =
        places.iter().filter(|place| place.figure.is_some()).map(|place| place.code).collect();
    let is_inside = |place: &Place<'_>| {
        let whole = place.area.and_then(|area| area.record.part_of.as_ref());
        whole.is_some_and(|whole| counted.contains(whole.as_str()))
    };
    let own = places.iter().filter(|place| !is_inside(place));
    let figures: Vec<Figure> =
        own.filter_map(|place| place.figure.as_ref()).map(|figure| figure.people).collect();
    Figure::sum(&figures)
}

fn sources_of(places: &[&Place<'_>]) -> Vec<String> {
    let of_claims =
        places.iter().filter_map(|p| p.claim.record.source.as_ref()).map(|s| s.as_str().to_owned());
    let figures = places.iter().filter_map(|place| place.figure.as_ref());
    let of_figures = figures.flat_map(|f| f.claims.iter().filter_map(|claim| claim.source.clone()));
    let mut sources: Vec<String> = of_claims.chain(of_figures).collect();
    sources.sort();
    sources.dedup();
    sources
}
