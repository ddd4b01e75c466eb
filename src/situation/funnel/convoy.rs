//! The funnel of one convoy: line by line, drop by drop.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::tally::{Behind, Funnel, Tally};
use super::{RemovalTally, Removals};
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::assess::funnel::{
    Flags, Flow, FlowLine, FunnelFlag, Passed, Progress, Taken, line_flow,
};
use crate::domain::{Figure, Kind, Stage};
use crate::situation::table::Known;

/// Where everything of one convoy went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConvoyFunnel {
    /// The convoy.
    pub convoy: String,
    /// Its version.
    pub version: i64,
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// The stage it had reached.
    pub stage: Stage,
    /// How far it had come.
    pub progress: Progress,
    /// Drop by drop.
    pub drops: Vec<DropFunnel>,
    /// All drops together.
    pub totals: Funnel,
    /// What was taken off.
    pub removals: Removals,
    /// The operations it is a part of; parts and whole are never added together.
    pub part_of: Behind,
    /// What to mind.
    pub flags: BTreeSet<&'static str>,
}

/// One drop.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DropFunnel {
    /// The areas; several where the source gives one figure for all.
    pub areas: Vec<String>,
    /// Trucks.
    pub trucks: Figure,
    /// People it is for.
    pub people_targeted: Figure,
    /// People it reached; unknown until it has arrived.
    pub people_reached: Figure,
    /// Line by line.
    pub lines: Vec<LineFunnel>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineFunnel {
    /// Its code, or what the source calls it.
    pub commodity: String,
    /// Its name, where the table has it.
    pub name: Option<&'static str>,
    /// The sector; `None` for what the table does not have.
    pub sector: Option<&'static str>,
    /// The unit of the flow.
    pub unit: Option<String>,
    /// The flow.
    #[serde(flatten)]
    pub flow: Flow,
    /// The same in kg, where the weight of a unit is known.
    pub weight_kg: Option<Flow>,
    /// The same in person-days of food at 2,100 kcal, where it is food of known energy.
    pub food_person_days: Option<Flow>,
    /// What was taken off, by whom, where and why.
    pub removals: Vec<Taken>,
    /// By how much the single removals add up to more than what is told to have been removed.
    pub removals_beyond_removed: Option<f64>,
    /// What to mind.
    pub flags: Flags,
}

/// The funnel of one convoy on a day.
#[must_use]
pub fn convoy_funnel(
    row: &Known<ConvoyFacts>,
    as_of: DateTime<Utc>,
    known_at: DateTime<Utc>,
) -> ConvoyFunnel {
    let facts = &row.record;
    let passed = Passed::by(facts, as_of);
    let (mut totals, mut removals) = (Tally::default(), RemovalTally::default());
    totals.convoy(row, passed);
    for drop in &facts.drops {
        totals.add_drop(drop, passed);
        for line in &drop.lines {
            totals.lines.add(line, &line_flow(&line.told(), passed.progress));
            for taken in line.taken.iter().filter(|_| passed.progress.set_out()) {
                removals.add(row, line, taken);
            }
        }
    }
    let totals = totals.shown();
    let mut flags = totals.flag_words();
    flags.extend((!facts.carries_goods).then_some("mission_without_cargo"));
    flags.extend((!facts.part_of.is_empty()).then_some("part_of_other_convoys"));
    flags.extend((passed.progress != Progress::Arrived).then_some("not_arrived"));
    let mut wholes: Vec<&str> =
        facts.part_of.iter().map(crate::domain::ConvoyCode::as_str).collect();
    wholes.sort_unstable();
    ConvoyFunnel {
        convoy: row.code.to_string(),
        version: row.version,
        as_of,
        known_at,
        stage: facts.stage_at(as_of),
        progress: passed.progress,
        drops: facts.drops.iter().map(|drop| drop_funnel(drop, passed.progress)).collect(),
        totals,
        removals: removals.shown(),
        part_of: Behind::of(Kind::Convoy, &wholes),
        flags,
    }
}

fn drop_funnel(drop: &DropFacts, progress: Progress) -> DropFunnel {
    let arrived = progress == Progress::Arrived;
    DropFunnel {
        areas: drop.areas.iter().map(ToString::to_string).collect(),
        trucks: drop.trucks,
        people_targeted: drop.people_targeted,
        people_reached: if arrived { drop.people_reached } else { Figure::UNKNOWN },
        lines: drop.lines.iter().map(|line| line_funnel(line, progress)).collect(),
    }
}

fn line_funnel(line: &FlowLine, progress: Progress) -> LineFunnel {
    let goods = &*line.goods;
    let mut own = line_flow(&line.told(), progress);
    let beyond = line.removals_beyond();
    if beyond.is_some() {
        own.flags.raise(FunnelFlag::RemovalsExceedRemoved);
    }
    LineFunnel {
        commodity: goods.commodity.to_string(),
        name: goods.listed.map(|commodity| commodity.name_en.as_str()),
        sector: goods.sector(),
        unit: goods.unit.as_ref().map(ToString::to_string),
        flow: own.flow,
        weight_kg: goods.kg_per_unit.map(|kg| own.flow.times(kg)),
        food_person_days: goods.food_person_days_per_unit.map(|days| own.flow.times(days)),
        removals: line.taken.to_vec(),
        removals_beyond_removed: beyond,
        flags: own.flags,
    }
}
