//! What a convoy amounts to: its cargo in person-days, its moves, what was taken off. Computed once a version.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cargo::{self, CargoKind, CargoLine, ConvoyTotals};
use super::commodity::{Commodity, Medical, commodity, unit_scale};
use super::funnel::FlowLine;
use super::funnel::line::taken_off_at_least;
use crate::domain::convoy::{ConvoyType, Mode};
use crate::domain::sector::Sector;
use crate::domain::{
    AreaCode, Convoy, ConvoyCode, DatePrecision, Drop, Figure, Line, Moment, OrganisationCode,
    SourceCode, Stage,
};

/// The ration that is assumed where a source says only "food for N people".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssumedRation {
    /// Energy, kcal per person and day.
    pub kcal: f64,
    /// For how many days.
    pub days: f64,
}

/// A convoy as far as figures and alerts need it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvoyFacts {
    /// How it travels.
    pub mode: Mode,
    /// Does it carry goods?
    pub carries_goods: bool,
    /// Who takes part.
    pub organisations: Box<[OrganisationCode]>,
    /// The operations it is a part of.
    pub part_of: Box<[ConvoyCode]>,
    /// Its moves, in order.
    pub moves: Box<[(Stage, Moment)]>,
    /// The day the sources give.
    pub date: Option<Moment>,
    /// Its planned departure.
    pub planned_departure: Option<Moment>,
    /// Its planned arrival.
    pub eta: Option<Moment>,
    /// How exactly the dates are known.
    pub date_precision: DatePrecision,
    /// What it brings, drop by drop.
    pub drops: Box<[DropFacts]>,
    /// The sources that speak of it.
    pub sources: Box<[Box<str>]>,
    /// News of it that are no moves: a delay, another route, a note.
    pub other_news: Box<[Moment]>,
    /// Does an analyst stand by it?
    pub is_confirmed: bool,
}

/// A drop as far as figures and alerts need it.
#[derive(Debug, Clone, PartialEq)]
pub struct DropFacts {
    /// The areas.
    pub areas: Box<[AreaCode]>,
    /// Trucks.
    pub trucks: Figure,
    /// People it is for.
    pub people_targeted: Figure,
    /// People it reached.
    pub people_reached: Figure,
    /// When it arrived, where that differs from the convoy.
    pub arrived_at: Option<Moment>,
    /// The sectors that whoever brings it counts it for.
    pub sectors: Box<[Sector]>,
    /// Its cargo.
    pub cargo: CargoFacts,
    /// Its lines, for the funnel.
    pub lines: Box<[FlowLine]>,
}

/// A reason to read a convoy's figures with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DropFlag {
    /// The cargo was taken as people × days × ration, for want of a list.
    AssumedCargo,
    /// The days of the ration are not stated and were assumed.
    AssumedRationDays,
    /// More was reported delivered than the losses leave.
    DeliveredExceedsImplied,
    /// More left a line than was loaded.
    LossesExceedLoaded,
    /// Nothing is known of the cargo.
    UnknownCargo,
    /// A commodity is not in the table.
    UnknownCommodity,
    /// A quantity or what is in a parcel is not known; food is a floor.
    UnknownQuantity,
}

/// The cargo of a drop.
///
/// # Units
///
/// Person-days before handling losses and diversion.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CargoFacts {
    /// Food, at 2,100 kcal; `None` where nothing can be told.
    pub food_person_days: Option<f64>,
    /// Water, at 15 L.
    pub water_person_days: Option<f64>,
    /// Health kits.
    pub health_person_days: Option<f64>,
    /// Lines whose quantity or content is not known.
    pub unknown_lines: usize,
    /// Share of the weight that was taken off, where weights are known.
    pub removed_share: Option<f64>,
    /// The gravest medical line from which something was taken off.
    pub removed_medical: Option<Medical>,
    /// Was anything taken off at all?
    pub anything_removed: bool,
    /// What to mind.
    pub flags: BTreeSet<DropFlag>,
}

impl ConvoyFacts {
    /// Works a convoy out.
    #[must_use]
    pub fn of(convoy: &Convoy, ration: AssumedRation) -> Self {
        let sources: BTreeSet<&str> = convoy
            .source
            .iter()
            .chain(convoy.accounts.iter().filter_map(|account| account.source.as_ref()))
            .chain(convoy.events.iter().filter_map(|event| event.source.as_ref()))
            .map(SourceCode::as_str)
            .collect();
        Self {
            mode: convoy.mode,
            carries_goods: convoy.convoy_type.unwrap_or(ConvoyType::Aid) == ConvoyType::Aid,
            organisations: convoy.organisations.clone().into(),
            part_of: convoy.part_of.clone().into(),
            moves: convoy.moves().collect(),
            date: convoy.date,
            planned_departure: convoy.planned_departure,
            eta: convoy.eta,
            date_precision: convoy.date_precision.unwrap_or(DatePrecision::Day),
            drops: convoy.drops.iter().map(|drop| DropFacts::of(drop, ration)).collect(),
            sources: sources.into_iter().map(Box::from).collect(),
            other_news: convoy
                .events
                .iter()
                .filter(|event| event.stage.is_none())
                .map(|event| event.at)
                .collect(),
            is_confirmed: convoy.confirmed.is_some(),
        }
    }

    /// The stage it had reached by then.
    #[must_use]
    pub fn stage_at(&self, as_of: chrono::DateTime<chrono::Utc>) -> Stage {
        self.moves_by(as_of).last().map_or(Stage::Planned, |(stage, _)| *stage)
    }

    /// The moves made by then.
    #[must_use]
    pub fn moves_by(
        &self,
        as_of: chrono::DateTime<chrono::Utc>,
    ) -> impl DoubleEndedIterator<Item = &(Stage, Moment)> {
        self.moves.iter().filter(move |(_, at)| at.start() <= as_of)
    }

    /// When the goods came off the trucks, if they had by then.
    #[must_use]
    pub fn arrived_by(&self, as_of: chrono::DateTime<chrono::Utc>) -> Option<Moment> {
        let arrival = self.moves_by(as_of).find(|(stage, _)| stage.has_arrived())?;
        Some(arrival.1)
    }

    /// When it happened, or is meant to: the cut of `as_of` for convoys that have not moved.
    #[must_use]
    pub fn happened(&self) -> Option<Moment> {
        let first = self.moves.iter().map(|(_, at)| *at).min();
        self.date.into_iter().chain(first).min().or(self.planned_departure).or(self.eta)
    }

    /// The areas it goes to.
    pub fn areas(&self) -> impl Iterator<Item = &AreaCode> {
        self.drops.iter().flat_map(|drop| drop.areas.iter())
    }
}

impl DropFacts {
    fn of(drop: &Drop, ration: AssumedRation) -> Self {
        Self {
            areas: drop.areas.clone().into(),
            trucks: drop.trucks,
            people_targeted: drop.people_targeted,
            people_reached: drop.people_reached,
            arrived_at: drop.arrived_at,
            sectors: drop.sectors.clone().into(),
            cargo: CargoFacts::of(drop, ration),
            lines: drop.lines.iter().map(FlowLine::of).collect(),
        }
    }
}

impl CargoFacts {
    fn of(drop: &Drop, ration: AssumedRation) -> Self {
        let lines: Vec<CargoLine> = drop.lines.iter().map(cargo_line).collect();
        let totals = cargo::convoy_totals(&lines, None, ration.days, 0.0, 0.0);
        let mut facts = Self { unknown_lines: totals.unknown_lines, ..Self::default() };
        facts.flags = drop.lines.iter().flat_map(line_flags).chain(totals_flags(&totals)).collect();
        facts.note_removals(&drop.lines);
        facts.water_person_days =
            known_sum(totals.water_person_days, &lines, |k| matches!(k, CargoKind::Water));
        facts.health_person_days = known_sum(totals.health_person_days, &lines, |k| {
            matches!(k, CargoKind::HealthKit { .. })
        });
        let is_food = |k| matches!(k, CargoKind::BulkFood { .. } | CargoKind::Parcel { .. });
        let counted = known_sum(totals.food_person_days, &lines, is_food);
        facts.food_person_days = counted.or_else(|| facts.assumed_food(drop, ration));
        if facts.food_person_days.is_none()
            && drop.lines.is_empty()
            && drop.carries_food != Some(false)
        {
            facts.flags.insert(DropFlag::UnknownCargo);
        }
        facts
    }

    /// "Food for N people" where there is no list: N × days × ration, flagged.
    fn assumed_food(&mut self, drop: &Drop, ration: AssumedRation) -> Option<f64> {
        let people = drop.people_reached.central().or_else(|| drop.people_targeted.central())?;
        if drop.carries_food != Some(true) {
            return None;
        }
        self.flags.insert(DropFlag::AssumedCargo);
        if drop.ration_days.is_none() {
            self.flags.insert(DropFlag::AssumedRationDays);
        }
        let (days, kcal) =
            (drop.ration_days.unwrap_or(ration.days), drop.ration_kcal.unwrap_or(ration.kcal));
        Some(cargo::assumed_cargo(people, days, kcal))
    }

    fn note_removals(&mut self, lines: &[Line]) {
        let removed =
            |line: &&Line| line.taken_off().is_some_and(|r| r > 0.0) || !line.removals.is_empty();
        self.anything_removed = lines.iter().any(|line| removed(&line));
        self.removed_medical = lines
            .iter()
            .filter(removed)
            .filter_map(|line| commodity(line.commodity.as_str()).map(|c| c.medical))
            .filter(|medical| *medical != Medical::No)
            .max();
        let weights: Vec<(Option<f64>, Option<f64>)> = lines.iter().map(weights).collect();
        self.removed_share = cargo::removed_share(&weights);
    }
}

/// The sum, unless no line of that sort is known.
fn known_sum(sum: f64, lines: &[CargoLine], of_sort: impl Fn(CargoKind) -> bool) -> Option<f64> {
    let known = |line: &CargoLine| of_sort(line.kind) && cargo::line_person_days(line).is_some();
    lines.iter().any(known).then_some(sum)
}

/// A line as the calculation needs it: the commodity's numbers, replaced by what the line says of itself.
pub(super) fn cargo_line(line: &Line) -> CargoLine {
    let kind = commodity(line.commodity.as_str()).map_or(CargoKind::Unknown, Commodity::cargo_kind);
    let kind = match kind {
        CargoKind::BulkFood { kcal_per_100g } => {
            CargoKind::BulkFood { kcal_per_100g: line.kcal_per_100g.or(kcal_per_100g) }
        }
        CargoKind::Parcel { persons, days, kcal_per_person_day } => CargoKind::Parcel {
            persons: line.persons.or(persons),
            days: line.days.or(days),
            kcal_per_person_day: line.kcal_per_person_day.or(kcal_per_person_day),
        },
        CargoKind::HealthKit { persons, days } => {
            CargoKind::HealthKit { persons: line.persons.or(persons), days: line.days.or(days) }
        }
        CargoKind::Unknown if line.kcal_per_person_day.is_some() => CargoKind::Parcel {
            persons: line.persons,
            days: line.days,
            kcal_per_person_day: line.kcal_per_person_day,
        },
        kind => kind,
    };
    // A bag of flour of unknown weight is not a kilogram of flour.
    let scale = unit_scale(line);
    let kind = if scale.is_some() { kind } else { CargoKind::Unknown };
    let in_units = |quantity: Option<f64>| quantity.zip(scale).map(|(q, scale)| q * scale);
    let losses = [line.intercepted, line.lost, line.damaged, line.returned];
    let lost = losses.iter().any(Option::is_some).then(|| losses.into_iter().flatten().sum());
    CargoLine {
        kind,
        loaded: in_units(line.loaded),
        removed: in_units(taken_off_at_least(line)),
        lost: in_units(lost),
        delivered: in_units(line.delivered),
    }
}

/// Loaded and removed, kg, where the weight of a unit is known.
fn weights(line: &Line) -> (Option<f64>, Option<f64>) {
    let kg = kg_per_unit_told(line);
    let weight = |quantity: Option<f64>| quantity.zip(kg).map(|(quantity, kg)| quantity * kg);
    (weight(line.loaded), weight(line.taken_off()))
}

/// Weight of one unit as the line counts them, kg.
pub(super) fn kg_per_unit_told(line: &Line) -> Option<f64> {
    let known = commodity(line.commodity.as_str());
    let kg_per_own_unit =
        known.and_then(|c| if c.unit == "kg" { Some(1.0) } else { c.kg_per_unit });
    let by_commodity = || kg_per_own_unit.zip(unit_scale(line)).map(|(kg, scale)| kg * scale);
    line.kg_per_unit.or_else(by_commodity)
}

fn line_flags(line: &Line) -> impl Iterator<Item = DropFlag> {
    let unknown =
        commodity(line.commodity.as_str()).is_none().then_some(DropFlag::UnknownCommodity);
    let excess = line.excess().map(|_| DropFlag::LossesExceedLoaded);
    unknown.into_iter().chain(excess)
}

fn totals_flags(totals: &ConvoyTotals) -> impl Iterator<Item = DropFlag> {
    totals.flags.iter().map(|flag| match flag {
        cargo::CargoFlag::DeliveredExceedsImplied => DropFlag::DeliveredExceedsImplied,
        cargo::CargoFlag::LossesExceedLoaded => DropFlag::LossesExceedLoaded,
        cargo::CargoFlag::UnknownQuantity => DropFlag::UnknownQuantity,
    })
}

#[cfg(test)]
mod tests;
