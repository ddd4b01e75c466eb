//! What is computed where nothing else is asked: the usual question of each figure, by the name of its answer.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::alert::alerts;
use super::coverage::{CoverageQuestion, coverage};
use super::funnel::{FunnelQuestion, funnel};
use super::gap::{AskedHaulage, GapQuestion, area_gaps};
use super::outlook::{OutlookQuestion, outlooks};
use super::scorecard::{ScorecardQuestion, scorecard};
use super::standards::Standards;
use super::supply::SupplyQuestion;
use super::totals::{TotalsQuestion, totals};
use super::world::Situation;
use crate::assess::holding::Sector;
use crate::assess::reconcile::Policy;

/// How far coverage looks back and the gap looks ahead.
const PERIOD: TimeDelta = TimeDelta::days(30);

/// Every figure of all areas, by the name of its answer.
///
/// # Errors
///
/// When one cannot be written as JSON.
pub fn usual(
    situation: &Situation,
    standards: &Standards,
) -> Result<Vec<(&'static str, Value)>, serde_json::Error> {
    let found = [
        ("totals", serde_json::to_value(totals(situation, &of_totals(standards)))?),
        ("coverage", json!({ "data": coverage(situation, &of_coverage(situation, standards)) })),
        ("outlook", json!({ "data": outlooks(situation, &of_outlook(standards)) })),
        ("gap", json!({ "data": area_gaps(situation, &of_gap(situation, standards), &[], None) })),
        ("funnel", serde_json::to_value(funnel(situation, &of_funnel()))?),
        ("scorecard", serde_json::to_value(scorecard(situation, &of_scorecard()))?),
        ("alerts", json!({ "data": alerts(situation, standards) })),
    ];
    let with_clocks = |(name, mut answer): (&'static str, Value)| {
        answer["as_of"] = json!(situation.as_of);
        answer["known_at"] = json!(situation.known_at);
        (name, answer)
    };
    Ok(found.into_iter().map(with_clocks).collect())
}

const fn of_totals(standards: &Standards) -> TotalsQuestion {
    TotalsQuestion {
        by: super::totals::By::Area,
        scheme: None,
        policy: Policy::Latest,
        metric: None,
        spread_flag: standards.spread_flag,
    }
}

fn of_coverage<'q>(situation: &Situation, standards: &'q Standards) -> CoverageQuestion<'q> {
    let (from, to) = (situation.as_of - PERIOD + TimeDelta::milliseconds(1), situation.as_of);
    CoverageQuestion { from, to, areas: Vec::new(), admin1: None, standards }
}

const fn of_outlook(standards: &Standards) -> OutlookQuestion<'_> {
    OutlookQuestion {
        supply: food(standards),
        horizon_days: None,
        areas: Vec::new(),
        admin1: None,
        with_inputs: true,
    }
}

fn of_gap<'q>(situation: &Situation, standards: &'q Standards) -> GapQuestion<'q> {
    let from = situation.as_of + TimeDelta::milliseconds(1);
    let to = from + PERIOD - TimeDelta::milliseconds(1);
    GapQuestion { from, to, supply: food(standards), asked: AskedHaulage::default() }
}

const fn food(standards: &Standards) -> SupplyQuestion<'_> {
    SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards }
}

const fn of_funnel() -> FunnelQuestion {
    let by = super::funnel::By::Month;
    FunnelQuestion { by, from: None, to: None, areas: Vec::new(), admin1: None, modes: Vec::new() }
}

const fn of_scorecard() -> ScorecardQuestion {
    ScorecardQuestion {
        by: super::scorecard::By::Authority,
        from: None,
        to: None,
        areas: Vec::new(),
        admin1: None,
        authorities: Vec::new(),
    }
}
