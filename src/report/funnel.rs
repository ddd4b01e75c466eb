//! How far the convoys of the period came: asked for, approved, loaded, arrived.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Period;
use crate::assess::funnel::heads::HeadsShown;
use crate::domain::Figure;
use crate::situation::Situation;
use crate::situation::funnel::{By, FunnelQuestion, funnel};

/// How far the convoys of the period came. Each step holds those of the next one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FunnelSteps {
    /// That somebody was asked for.
    pub requested: Step,
    /// That somebody let go.
    pub approved: Step,
    /// That were loaded or set out.
    pub loaded: Step,
    /// That arrived.
    pub arrived: Step,
    /// People reached by those that arrived, as claimed; rounds added up, so more than there are different people.
    pub people_reached: Heads,
    /// Convoys that were denied or sent back, also where they went later.
    pub refused: usize,
    /// Convoys that set out and are not there yet.
    pub on_the_road: usize,
    /// Convoys that set out and were attacked, looted, sent back or given up.
    pub stopped: usize,
    /// The codes of the sources, the first of them by code.
    pub sources: Vec<String>,
    /// How many more sources there are.
    pub more_sources: usize,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Step {
    /// Convoys.
    pub convoys: usize,
    /// Their trucks.
    pub trucks: Heads,
    /// The people they are meant for.
    pub people: Heads,
}

/// A sum over drops.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Heads {
    /// The sum of what is known; a floor where some do not tell.
    #[serde(flatten)]
    pub figure: Figure,
    /// How many drops do not tell.
    pub unknown: usize,
}

impl From<HeadsShown> for Heads {
    fn from(shown: HeadsShown) -> Self {
        Self { figure: shown.figure, unknown: shown.unknown }
    }
}

impl FunnelSteps {
    /// The steps in their order.
    #[must_use]
    pub const fn steps(&self) -> [&Step; 4] {
        [&self.requested, &self.approved, &self.loaded, &self.arrived]
    }

    /// Is no convoy of the period known?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps().iter().all(|step| step.convoys == 0) && self.refused == 0
    }
}

pub(super) fn of(situation: &Situation, period: Period) -> FunnelSteps {
    let question = FunnelQuestion {
        by: By::Month,
        // The funnel takes both ends in; the period begins right after its first instant.
        from: Some(period.after + TimeDelta::milliseconds(1)),
        to: Some(period.to),
        areas: Vec::new(),
        admin1: None,
        modes: Vec::new(),
    };
    let all = funnel(situation, &question).totals.funnel;
    let (Some(counts), Some(trucks), Some(people)) =
        (all.convoys_by_stage, all.trucks, all.people_targeted)
    else {
        return FunnelSteps::default();
    };
    let step = |convoys, trucks: HeadsShown, people: HeadsShown| Step {
        convoys,
        trucks: trucks.into(),
        people: people.into(),
    };
    let sources: Vec<String> = all.sources.named.iter().map(|source| source.code.clone()).collect();
    FunnelSteps {
        requested: step(counts.requested, trucks.requested, people.requested),
        approved: step(counts.approved, trucks.approved, people.approved),
        loaded: step(counts.loaded, trucks.loaded, people.loaded),
        arrived: step(counts.arrived, trucks.arrived, people.arrived),
        people_reached: all.people_reached.map(Heads::from).unwrap_or_default(),
        refused: counts.refused,
        on_the_road: counts.on_the_road,
        stopped: counts.stopped,
        more_sources: all.sources.total - sources.len(),
        sources,
    }
}
