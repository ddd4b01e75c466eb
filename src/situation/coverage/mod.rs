//! Coverage: whom a convoy fed, and how far deliveries meet the need of an area.

pub mod convoy;
mod supplied;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use rayon::prelude::*;
use serde::Serialize;

pub use self::convoy::{ConvoyFigures, drop_figures, figures};
pub use self::supplied::{AreaShare, Supplied, shares, supplied};
use super::arrivals::{AreaVisits, Visit};
use super::claims::{self, claim_of};
use super::standards::{Losses, Standards};
use super::supply::{AreaSupply, SupplyQuestion};
use super::table::Known;
use super::world::Situation;
use crate::assess::delivery::{ConvoyFacts, DropFacts, DropFlag};
use crate::assess::holding::Sector;
use crate::assess::reach::{Reached, unique_reached};
use crate::assess::reconcile::{Policy, Reconciled, reconcile};
use crate::domain::{AreaCode, Figure, Stage, Text};

/// Which areas and days coverage is asked for.
#[derive(Debug, Clone)]
pub struct CoverageQuestion<'q> {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The last instant.
    pub to: DateTime<Utc>,
    /// These areas only; empty asks for all.
    pub areas: Vec<String>,
    /// This first-level unit only.
    pub admin1: Option<String>,
    /// What figures are held against.
    pub standards: &'q Standards,
}

/// Coverage of one area by deliveries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaCoverage {
    /// The area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// P-code of its first-level unit.
    pub admin1_pcode: Option<String>,
    /// The people there, with every source.
    pub population: Option<Reconciled>,
    /// People reached: all rounds added up, and how many different people that can be.
    pub reached: Reached,
    /// Rounds whose number of people is not known for this area alone.
    pub rounds_of_unknown_size: usize,
    /// Food that arrived, person-days after losses.
    pub food_person_days: Figure,
    /// Arrivals whose food is not known for this area alone.
    pub arrivals_of_unknown_food: usize,
    /// What was needed, what there was, and the share of the one in the other.
    #[serde(flatten)]
    pub supplied: Supplied,
    /// Days since the last arrival, of all time; `None` where none is known.
    pub days_since_last_delivery: Option<f64>,
    /// The last arrival, of all time.
    pub last_delivery: Option<DateTime<Utc>>,
    /// Convoys of the period by what became of them.
    pub convoys: ConvoyCounts,
    /// What to mind.
    pub flags: Vec<&'static str>,
    /// The sources used.
    pub sources: Vec<String>,
}

/// Convoys by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ConvoyCounts {
    /// All that were planned or more.
    pub planned: usize,
    /// That were let go.
    pub allowed: usize,
    /// That were denied or turned back.
    pub refused: usize,
    /// That arrived.
    pub arrived: usize,
}

/// Coverage of every area that is asked for, by code.
#[must_use]
pub fn coverage(situation: &Situation, question: &CoverageQuestion<'_>) -> Vec<AreaCoverage> {
    let left_out = counted_otherwise(situation);
    let asked: HashSet<&str> = question.areas.iter().map(String::as_str).collect();
    let areas = situation.world.areas.iter().filter(|area| {
        let admin1 = area.record.admin1_pcode.as_ref().map(Text::as_str);
        let named = asked.is_empty() || asked.contains(&*area.code);
        named && question.admin1.as_deref().is_none_or(|only| admin1 == Some(only))
    });
    let areas: Vec<_> = areas.collect();
    let each = areas.into_par_iter().map(|area| {
        let own = Counted::of(situation, &area.code, &left_out);
        let counts = claims::counts_of(situation, &area.code);
        let claims = counts.map(|row| claim_of(situation, row)).collect();
        let population = reconcile(claims, Policy::Latest, question.standards.spread_flag);
        area_coverage(situation, question, area, own, population)
    });
    each.collect()
}

/// The drops for one area, of convoys that count: parts and whole are never added together.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'w> {
    visits: Option<&'w AreaVisits>,
    left_out: &'w HashSet<&'w str>,
    as_of: DateTime<Utc>,
}

impl<'w> Counted<'w> {
    /// The drops for an area.
    #[must_use]
    pub fn of(situation: &'w Situation, area: &str, left_out: &'w HashSet<&'w str>) -> Self {
        let visits = situation.world.visits.get(area).map(|row| &row.record);
        Self { visits, left_out, as_of: situation.as_of }
    }

    /// Those that arrived within a time, and by the day of the situation.
    #[must_use]
    pub fn arrived(
        self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl DoubleEndedIterator<Item = &'w Visit> {
        let visits = self.visits.map_or(&[][..], |visits| visits.arrived(from, to.min(self.as_of)));
        visits.iter().filter(move |visit| !self.left_out.contains(&*visit.convoy.code))
    }

    /// Those that happened or are meant to within a time, and by the day of the situation.
    pub fn happened(
        self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl Iterator<Item = &'w Visit> {
        let visits =
            self.visits.map_or(&[][..], |visits| visits.happened(from, to.min(self.as_of)));
        visits.iter().filter(move |visit| !self.left_out.contains(&*visit.convoy.code))
    }

    /// All, of all time, also those that are only meant to come.
    pub fn of_all_time(self) -> impl Iterator<Item = &'w Visit> {
        let visits = self.visits.map_or(&[][..], |visits| {
            visits.happened(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC)
        });
        visits.iter().filter(move |visit| !self.left_out.contains(&*visit.convoy.code))
    }

    /// The last that arrived, of all time.
    #[must_use]
    pub fn last_arrival(self) -> Option<&'w Visit> {
        self.arrived(DateTime::<Utc>::MIN_UTC, self.as_of).next_back()
    }
}

/// Convoys that are counted through others: a whole through its parts where they cover all its areas, else the
/// parts through the whole; a part of several wholes through those.
#[must_use]
pub fn counted_otherwise(situation: &Situation) -> HashSet<&str> {
    let convoys = &situation.world.convoys;
    let mut left_out = HashSet::new();
    let mut parts: BTreeMap<&str, Vec<&Known<ConvoyFacts>>> = BTreeMap::new();
    for convoy in situation.world.parts.iter().filter_map(|part| convoys.get(&part.code)) {
        // A whole that was withdrawn, or is not known yet, counts nothing for its parts.
        let wholes =
            convoy.record.part_of.iter().filter(|whole| convoys.get(whole.as_str()).is_some());
        match wholes.collect::<Vec<_>>()[..] {
            [] => {}
            [whole] => parts.entry(whole.as_str()).or_default().push(convoy),
            _ => {
                left_out.insert(&*convoy.code);
            }
        }
    }
    for (whole, parts) in parts {
        let Some(row) = convoys.get(whole) else { continue };
        // Of two that name each other, the first by code is the whole: else both would be left out.
        let is_whole_of_its_whole = |part: &Known<ConvoyFacts>| {
            part.code < row.code && row.record.part_of.iter().any(|w| w.as_str() == &*part.code)
        };
        let parts: Vec<&Known<ConvoyFacts>> =
            parts.into_iter().filter(|part| !is_whole_of_its_whole(part)).collect();
        if parts.is_empty() {
            continue;
        }
        let covered: HashSet<&str> =
            parts.iter().flat_map(|part| part.record.areas()).map(AreaCode::as_str).collect();
        // A whole that tells how many it reached says more than parts that do not.
        let tells = |row: &Known<ConvoyFacts>| {
            row.record.drops.iter().any(|drop| !drop.people_reached.is_unknown())
        };
        let parts_tell_as_much = !tells(row) || parts.iter().all(|part| tells(part));
        let all_covered = row.record.areas().all(|area| covered.contains(area.as_str()));
        if all_covered && parts_tell_as_much {
            left_out.insert(&*row.code);
        } else {
            left_out.extend(parts.iter().map(|part| &*part.code));
        }
    }
    left_out
}

fn area_coverage(
    situation: &Situation,
    question: &CoverageQuestion<'_>,
    area: &Known<crate::domain::Area>,
    visits: Counted<'_>,
    population: Option<Reconciled>,
) -> AreaCoverage {
    let arrivals: Vec<&Visit> = visits.arrived(question.from, question.to).collect();
    let last = visits.last_arrival().map(Visit::at);
    let rounds: Vec<Option<f64>> =
        arrivals.iter().map(|v| alone(v, |d| d.people_reached.central())).collect();
    let people = population.as_ref().map_or(Figure::UNKNOWN, |p| p.people);
    let foods: Vec<Option<f64>> =
        arrivals.iter().map(|v| alone(v, |d| d.cargo.food_person_days)).collect();
    let unknown_food =
        arrivals.iter().zip(&foods).filter(|(v, food)| food.is_none() && may_feed(v)).count();
    let food = food_of(&foods, unknown_food, question.standards.losses);
    let period = (question.from, question.to);
    let asked = SupplyQuestion {
        sector: Sector::Food,
        policy: None,
        include_planned: false,
        standards: question.standards,
    };
    let supply = AreaSupply::gather(situation, area, visits, period, &asked);
    AreaCoverage {
        area: area.code.to_string(),
        name: area.record.names.any().to_owned(),
        admin1_pcode: area.record.admin1_pcode.as_ref().map(|p| p.as_str().to_owned()),
        reached: unique_reached(&rounds, people.ceiling()),
        rounds_of_unknown_size: rounds.iter().filter(|round| round.is_none()).count(),
        food_person_days: food,
        arrivals_of_unknown_food: unknown_food,
        supplied: supplied(&supply, period, situation.as_of),
        days_since_last_delivery: last.map(|last| whole_days(last, situation.as_of)),
        last_delivery: last,
        convoys: counts(situation, question, visits),
        flags: flags(&arrivals, unknown_food, population.as_ref()),
        sources: sources(&arrivals, population.as_ref()),
        population,
    }
}

/// A figure of a drop that goes to this area alone; one figure for several areas says nothing of each.
fn alone(visit: &Visit, figure: impl Fn(&DropFacts) -> Option<f64>) -> Option<f64> {
    if visit.is_for_one_area() { figure(visit.drop()) } else { None }
}

/// Can there be food on it that we do not know of?
fn may_feed(visit: &Visit) -> bool {
    let cargo = &visit.drop().cargo;
    cargo.food_person_days.is_some()
        || cargo.unknown_lines > 0
        || cargo.flags.contains(&DropFlag::UnknownCargo)
}

/// Nothing arrived is zero; something arrived whose food is unknown leaves only a floor.
fn food_of(foods: &[Option<f64>], unknown: usize, losses: Losses) -> Figure {
    // Not sum(): the sum of nothing is -0.0.
    let known = foods.iter().flatten().fold(0.0, |sum, food| sum + food);
    let left = losses.left_of(known);
    match (unknown, known > 0.0) {
        (0, _) => left,
        (_, true) => Figure::computed(left.low(), None, None),
        (_, false) => Figure::UNKNOWN,
    }
}

/// Days from one instant to another, with a fraction.
#[must_use]
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of centuries stay below 2^53")]
    let milliseconds = (to - from).num_milliseconds() as f64;
    milliseconds / MILLISECONDS_PER_DAY
}

/// Days by the calendar: sources know the day of an arrival, not its hour.
#[must_use]
pub fn whole_days(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "days of centuries stay below 2^53")]
    let days = (to.date_naive() - from.date_naive()).num_days() as f64;
    days
}

fn counts(
    situation: &Situation,
    question: &CoverageQuestion<'_>,
    visits: Counted<'_>,
) -> ConvoyCounts {
    let mut counts = ConvoyCounts::default();
    let mut seen = HashSet::new();
    for visit in visits.happened(question.from, question.to) {
        if !seen.insert(&visit.convoy.code) {
            continue;
        }
        let passed = |test: fn(Stage) -> bool| {
            visit.convoy.record.moves_by(situation.as_of).any(|(stage, _)| test(*stage))
        };
        counts.planned += 1;
        counts.allowed += usize::from(passed(Stage::was_allowed));
        counts.refused += usize::from(passed(Stage::was_refused));
        counts.arrived += usize::from(passed(Stage::has_arrived));
    }
    counts
}

fn flags(
    arrivals: &[&Visit],
    unknown_food: usize,
    population: Option<&Reconciled>,
) -> Vec<&'static str> {
    let has = |flag| arrivals.iter().any(|visit| visit.drop().cargo.flags.contains(&flag));
    let shared = arrivals.iter().any(|visit| visit.drop().areas.len() > 1);
    let checks = [
        ("assumed_cargo", has(DropFlag::AssumedCargo)),
        ("unknown_food", unknown_food > 0),
        ("one_figure_for_several_areas", shared),
        ("losses_exceed_loaded", has(DropFlag::LossesExceedLoaded)),
        ("sources_differ", population.is_some_and(|p| p.sources_differ)),
    ];
    checks.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)).collect()
}

fn sources(arrivals: &[&Visit], population: Option<&Reconciled>) -> Vec<String> {
    let of_convoys =
        arrivals.iter().flat_map(|v| v.convoy.record.sources.iter()).map(ToString::to_string);
    let of_people =
        population.into_iter().flat_map(|p| p.claims.iter()).filter_map(|c| c.source.clone());
    of_convoys.chain(of_people).collect::<BTreeSet<_>>().into_iter().collect()
}
