//! The convoys of the period: where to, how far they came, whom they claim to reach, whom the cargo feeds.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::Period;
use super::area::COVERAGE_DAYS;
use super::stated::{self, Day};
use crate::assess::delivery::{ConvoyFacts, DropFacts, DropFlag};
use crate::domain::convoy::Mode;
use crate::domain::{Figure, Moment, Stage};
use crate::situation::coverage::{counted_otherwise, figures};
use crate::situation::standards::Losses;
use crate::situation::{Known, Situation};

/// A convoy of the period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own that a reader must see"
)]
pub struct ConvoyRow {
    /// Its code.
    pub code: String,
    /// The names of the areas it goes to.
    pub to: Vec<String>,
    /// How it travels.
    #[serde(deserialize_with = "stated::word")]
    pub mode: Mode,
    /// Does it carry goods?
    pub carries_goods: bool,
    /// Where it was in its life.
    #[serde(deserialize_with = "stated::word")]
    pub stage: Stage,
    /// The day of its last move; without one, the day it is meant for.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Trucks.
    pub trucks: Figure,
    /// People it is for, as claimed.
    pub people_targeted: Figure,
    /// People it reached, as claimed.
    pub people_reached: Figure,
    /// People whom its cargo feeds for 30 days, after losses.
    pub people_fed_30_days: Figure,
    /// Was the cargo worked out from a number of people, for want of a list?
    pub cargo_is_assumed: bool,
    /// Is a part of the cargo not known, so that more may be fed?
    pub cargo_is_partly_unknown: bool,
    /// Was anything taken off it?
    pub goods_removed: bool,
    /// Largest known share of the weight of a drop that was taken off.
    pub removed_share: Option<f64>,
    /// Was anything medical taken off?
    pub medical_removed: bool,
    /// The operations it is a part of.
    pub part_of: Vec<String>,
    /// Is it counted by itself? Parts and whole are never added together, and a mission carries nothing.
    pub is_counted: bool,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// Convoys by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// All that were planned, asked for or more.
    pub planned: usize,
    /// That were let go.
    pub allowed: usize,
    /// That were denied or turned back.
    pub refused: usize,
    /// That arrived.
    pub arrived: usize,
}

/// Is it a convoy of the period: did it move in it, or was it meant to?
pub(super) fn is_of(period: Period, convoy: &ConvoyFacts) -> bool {
    let has = |moment: &Moment| period.has(moment.start());
    let meant = [convoy.date, convoy.planned_departure, convoy.eta];
    let moved = convoy.moves.iter().any(|(_, at)| has(at));
    moved || meant.iter().flatten().any(has) || arrived_in(period, convoy)
}

/// The drops that arrived in the period.
pub(super) fn arrivals(period: Period, convoy: &ConvoyFacts) -> impl Iterator<Item = &DropFacts> {
    let arrived = convoy.arrived_by(period.to);
    let is_of = move |drop: &&DropFacts| {
        arrived.is_some_and(|at| period.has(drop.arrived_at.unwrap_or(at).start()))
    };
    convoy.drops.iter().filter(is_of)
}

/// Did it arrive in the period, or a part of it?
fn arrived_in(period: Period, convoy: &ConvoyFacts) -> bool {
    let whole = convoy.arrived_by(period.to).is_some_and(|at| period.has(at.start()));
    whole || arrivals(period, convoy).next().is_some()
}

/// The convoys of the period that count by themselves: parts and whole are never added, and a mission brings nothing.
pub(super) fn of_period<'w>(
    situation: &'w Situation,
    period: Period,
    left_out: &HashSet<&str>,
) -> Vec<&'w Known<ConvoyFacts>> {
    let convoys = situation.world.convoys.iter().map(|convoy| &**convoy);
    convoys
        .filter(|convoy| counts_by_itself(convoy, left_out) && is_of(period, &convoy.record))
        .collect()
}

pub(super) fn counts_by_itself(convoy: &Known<ConvoyFacts>, left_out: &HashSet<&str>) -> bool {
    convoy.record.carries_goods && !left_out.contains(&*convoy.code)
}

/// Counts convoys of the period by what became of them.
pub(super) fn counts<'w>(
    situation: &Situation,
    period: Period,
    convoys: impl Iterator<Item = &'w Known<ConvoyFacts>>,
) -> Counts {
    let mut counts = Counts::default();
    for convoy in convoys {
        let moves = || convoy.record.moves_by(situation.as_of);
        counts.planned += 1;
        counts.allowed += usize::from(moves().any(|(stage, _)| stage.was_allowed()));
        counts.refused += usize::from(moves().any(|(stage, _)| stage.was_refused()));
        counts.arrived += usize::from(arrived_in(period, &convoy.record));
    }
    counts
}

/// The convoys of the period, the latest first.
pub(super) fn rows(situation: &Situation, period: Period, losses: Losses) -> Vec<ConvoyRow> {
    let left_out = counted_otherwise(situation);
    let of_period = situation.world.convoys.iter().filter(|convoy| is_of(period, &convoy.record));
    let mut rows: Vec<ConvoyRow> = of_period
        .map(|convoy| row(situation, convoy, counts_by_itself(convoy, &left_out), losses))
        .collect();
    rows.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.code.cmp(&b.code)));
    rows
}

fn row(
    situation: &Situation,
    known: &Known<ConvoyFacts>,
    is_counted: bool,
    losses: Losses,
) -> ConvoyRow {
    let convoy = &known.record;
    let worked_out = figures(&convoy.drops, f64::from(COVERAGE_DAYS), losses);
    let has = |flags: &[DropFlag]| flags.iter().any(|flag| worked_out.flags.contains(flag));
    let moved = convoy.moves_by(situation.as_of).last().map(|(_, at)| *at);
    let day = moved.or(convoy.eta).or(convoy.planned_departure).or(convoy.date);
    let to: BTreeSet<String> =
        convoy.areas().map(|area| super::words::area_name(situation, area.as_str())).collect();
    ConvoyRow {
        code: known.code.to_string(),
        to: to.into_iter().collect(),
        mode: convoy.mode,
        carries_goods: convoy.carries_goods,
        stage: convoy.stage_at(situation.as_of),
        day: day.map(|day| Day::of(day, Some(convoy.date_precision))),
        trucks: sum(convoy, |drop| drop.trucks),
        people_targeted: sum(convoy, |drop| drop.people_targeted),
        people_reached: sum(convoy, |drop| drop.people_reached),
        people_fed_30_days: worked_out.after_losses.people_fed.map(f64::round),
        cargo_is_assumed: has(&[DropFlag::AssumedCargo]),
        cargo_is_partly_unknown: has(&[
            DropFlag::UnknownCargo,
            DropFlag::UnknownCommodity,
            DropFlag::UnknownQuantity,
        ]),
        goods_removed: convoy.drops.iter().any(|drop| drop.cargo.anything_removed),
        removed_share: worked_out.computed.removed_share,
        medical_removed: convoy.drops.iter().any(|drop| drop.cargo.removed_medical.is_some()),
        part_of: convoy.part_of.iter().map(ToString::to_string).collect(),
        is_counted,
        sources: convoy.sources.iter().map(ToString::to_string).collect(),
    }
}

/// The sum over the drops. A drop that gives one number takes it for both ends; where a drop tells nothing of an
/// end, the sum is only a floor.
pub(super) fn sum(convoy: &ConvoyFacts, part: fn(&DropFacts) -> Figure) -> Figure {
    let figures: Vec<Figure> = convoy.drops.iter().map(part).collect();
    if let [one] = figures.as_slice() {
        return *one;
    }
    let add = |end: fn(&Figure) -> Option<f64>| figures.iter().map(end).sum::<Option<f64>>();
    let low = figures.iter().filter_map(|f| f.low().or(f.best())).reduce(|sum, low| sum + low);
    let (best, high) = (add(|f| f.best()), add(|f| f.high().or(f.best())));
    if best.is_some() && low == high {
        return Figure::computed(None, best, None);
    }
    Figure::computed(low, best, high)
}
