//! How long what an area has will last: early, middle and late day, with all that it rests on.
//!
//! A date holds only if no further convoy comes. From one organisation's stock it is a floor, not a forecast.

mod bands;
mod input;
mod words;

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rayon::prelude::*;
use serde::Serialize;

pub use self::bands::Method;
pub(in crate::situation) use self::input::sources;
pub use self::input::{Input, Statement};
use super::coverage::{Counted, counted_otherwise};
use super::supply::{AreaSupply, Moved, SupplyQuestion, best_of, opening};
use super::table::Known;
use super::world::Situation;
use crate::assess::doubt::RunoutQuantiles;
use crate::assess::evidence::{RunoutSeverity, runout_severity};
use crate::assess::holding::Sector;
use crate::assess::stock::{self, Reading, RunOutStatus};
use crate::domain::choice::choice;
use crate::domain::stock::RationPolicy;
use crate::domain::{Area, Figure, Saying, Text};

choice! {
    /// What is known of the day on which it runs out.
    OutlookStatus {
        /// There is a day.
        Dated = "dated",
        /// Nothing is left now.
        AlreadyOut = "already_out",
        /// Not as far as was looked.
        NotWithinHorizon = "not_within_horizon",
        /// Nobody is there who needs it.
        NoNeed = "no_need",
        /// It is not known how many people there are.
        UnknownPopulation = "unknown_population",
        /// It is not known how much is used each day.
        UnknownNeed = "unknown_need",
        /// Nobody counted what there is.
        UnknownStock = "unknown_stock",
    }
}

/// Which areas are asked for, and how.
#[derive(Debug, Clone)]
pub struct OutlookQuestion<'q> {
    /// What is asked of each.
    pub supply: SupplyQuestion<'q>,
    /// How far to look, days; left out, as the settings say.
    pub horizon_days: Option<u32>,
    /// These areas only; empty asks for all.
    pub areas: Vec<String>,
    /// This first-level unit only.
    pub admin1: Option<String>,
    /// With every input and statement, or only with what follows from them?
    pub with_inputs: bool,
}

/// Days from `as_of`; `None` where it does not run out as far as was looked, or is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct DaysLeft {
    /// The early day: one chance in ten that it runs out before.
    pub p10: Option<f64>,
    /// The middle day.
    pub p50: Option<f64>,
    /// The late day: one chance in ten that it lasts longer.
    pub p90: Option<f64>,
    /// The chance that it does not run out as things are.
    pub p_never: Option<f64>,
}

/// The same as days of the calendar, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RunsOutOn {
    /// The early day.
    pub p10: Option<NaiveDate>,
    /// The middle day.
    pub p50: Option<NaiveDate>,
    /// The late day.
    pub p90: Option<NaiveDate>,
}

/// What is in store on the day that is asked for, and how that is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpeningStock {
    /// Person-days or litres, after losses; unknown where nobody counted.
    pub amount: Figure,
    /// Where nobody counted, what at least is left of known deliveries.
    pub at_least: Option<f64>,
    /// `counted`, or `deliveries_only` where nobody counted.
    pub from: &'static str,
    /// The day of the count.
    pub counted_on: Option<NaiveDate>,
    /// From when it was followed.
    pub followed_from: DateTime<Utc>,
}

/// What came, was lost or is meant to come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Movement {
    /// How many times.
    pub number: usize,
    /// How many of them are of unknown size, and not counted.
    pub of_unknown_size: usize,
    /// Person-days or litres of the others.
    pub amount: Figure,
}

/// How long what one area has will last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaOutlook {
    /// The area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// P-code of its first-level unit.
    pub admin1_pcode: Option<String>,
    /// What runs out.
    pub sector: Sector,
    /// In which unit amounts are.
    pub unit: &'static str,
    /// What is known.
    pub status: OutlookStatus,
    /// When, as days from `as_of`.
    pub days_left: DaysLeft,
    /// When, by the calendar.
    pub runs_out_on: RunsOutOn,
    /// Not before so many days, whatever is in store that nobody counted.
    pub not_before_days: Option<f64>,
    /// The same as a day.
    pub not_before: Option<NaiveDate>,
    /// How urgent the dates are, by the thresholds of the place.
    pub severity: RunoutSeverity,
    /// How the band was made.
    pub method: Option<Method>,
    /// In store now.
    pub opening_stock: OpeningStock,
    /// Arrived since the count.
    pub arrivals: Movement,
    /// Lost since the count.
    pub losses: Movement,
    /// Meant to come, where that was asked for.
    pub planned: Movement,
    /// What comes in by itself each day; unknown is taken as nothing.
    pub inflow_per_day: Figure,
    /// The people.
    pub population: Figure,
    /// What is needed each day: person-days, or litres of fuel.
    pub need_per_day: Figure,
    /// How people are taken to eat.
    pub policy: RationPolicy,
    /// The share of the need that is eaten.
    pub ration_share: Figure,
    /// How far was looked, days.
    pub horizon_days: u32,
    /// How the days follow from the rest.
    pub formula: Saying,
    /// What to mind.
    pub notes: Vec<Saying>,
    /// The same for programs.
    pub flags: Vec<&'static str>,
    /// Every record that it rests on or that was left out, with source and age.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Vec<Input>>,
    /// What others say of when it runs out and what there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statements: Option<Vec<Statement>>,
}

/// The outlook of every area that is asked for, the most urgent first.
#[must_use]
pub fn outlooks(situation: &Situation, question: &OutlookQuestion<'_>) -> Vec<AreaOutlook> {
    let left_out = counted_otherwise(situation);
    let asked: HashSet<&str> = question.areas.iter().map(String::as_str).collect();
    let areas = situation.world.areas.iter().filter(|area| {
        let admin1 = area.record.admin1_pcode.as_ref().map(Text::as_str);
        let named = asked.is_empty() || asked.contains(&*area.code);
        named && question.admin1.as_deref().is_none_or(|only| admin1 == Some(only))
    });
    let areas: Vec<_> = areas.collect();
    let each = areas.into_par_iter().map(|area| outlook(situation, area, &left_out, question));
    let mut found: Vec<AreaOutlook> = each.collect();
    found.sort_by(more_urgent);
    found
}

/// The outlook of one area.
fn outlook(
    situation: &Situation,
    area: &Known<Area>,
    left_out: &HashSet<&str>,
    question: &OutlookQuestion<'_>,
) -> AreaOutlook {
    let visits = Counted::of(situation, &area.code, left_out);
    let until = (situation.as_of, situation.as_of);
    let supply = AreaSupply::gather(situation, area, visits, until, &question.supply);
    let horizon_days = question.horizon_days.unwrap_or(supply.rules.horizon_days);
    let found = Found::of(situation, &supply, horizon_days);
    told(situation, question, &supply, &found, horizon_days)
}

/// By the middle day, then by the early one, then by what is known least.
fn more_urgent(a: &AreaOutlook, b: &AreaOutlook) -> Ordering {
    let key = |o: &AreaOutlook| {
        let days = |days: Option<f64>| days.unwrap_or(f64::INFINITY);
        let rank = match o.status {
            OutlookStatus::AlreadyOut | OutlookStatus::Dated => 0,
            OutlookStatus::UnknownStock
            | OutlookStatus::UnknownPopulation
            | OutlookStatus::UnknownNeed => 1,
            OutlookStatus::NotWithinHorizon => 2,
            OutlookStatus::NoNeed => 3,
        };
        (rank, days(o.days_left.p50), days(o.days_left.p10), days(o.not_before_days))
    };
    let (a_key, b_key) = (key(a), key(b));
    a_key
        .0
        .cmp(&b_key.0)
        .then(a_key.1.total_cmp(&b_key.1))
        .then(a_key.2.total_cmp(&b_key.2))
        .then(a_key.3.total_cmp(&b_key.3))
        .then_with(|| a.area.cmp(&b.area))
}

/// What was found for an area, before it is put in words.
struct Found {
    status: OutlookStatus,
    opening: Figure,
    quantiles: Option<RunoutQuantiles>,
    method: Option<Method>,
    not_before_days: Option<f64>,
}

impl Found {
    fn of(situation: &Situation, supply: &AreaSupply<'_>, horizon_days: u32) -> Self {
        let horizon = f64::from(horizon_days);
        // An arrival of unknown size is left out: that gives the earlier date.
        let events = supply.events(None);
        let now = supply.day(situation.as_of);
        let opening = opening(supply, &events, now);
        let unknown =
            |status| Self { status, opening, quantiles: None, method: None, not_before_days: None };
        let need = supply.need_per_day();
        // "At least" says nothing of the early day: more people would make it earlier still.
        if need.ceiling().is_none() {
            return unknown(match supply.sector {
                Sector::Fuel => OutlookStatus::UnknownNeed,
                _ => OutlookStatus::UnknownPopulation,
            });
        }
        if need.ceiling() == Some(0.0) {
            return unknown(OutlookStatus::NoNeed);
        }
        if supply.counted.is_none() {
            let not_before_days = floor(supply, &events, now, horizon);
            return Self { not_before_days, ..unknown(OutlookStatus::UnknownStock) };
        }
        let ahead =
            stock::Outlook { from: now, as_of: now, horizon_days: horizon, include_planned: true };
        let future: Vec<_> = events.iter().filter(|event| event.day > now).copied().collect();
        let seed = seed(supply.area, situation.as_of);
        let band = bands::band(supply, opening, &future, &ahead, seed);
        let quantiles = band.map(|(quantiles, _)| quantiles);
        let status = quantiles.map_or(OutlookStatus::UnknownStock, |q| {
            if q.p50 <= 0.0 {
                OutlookStatus::AlreadyOut
            } else if q.p50 <= horizon {
                OutlookStatus::Dated
            } else {
                OutlookStatus::NotWithinHorizon
            }
        });
        let not_before_days = quantiles.map(|q| q.p10.min(horizon));
        Self { status, opening, quantiles, method: band.map(|(_, m)| m), not_before_days }
    }

    fn days_left(&self, horizon_days: u32) -> DaysLeft {
        let within = |days: f64| (days <= f64::from(horizon_days)).then_some(days);
        self.quantiles.map_or_else(DaysLeft::default, |q| DaysLeft {
            p10: within(q.p10),
            p50: within(q.p50),
            p90: within(q.p90),
            p_never: Some(q.p_never),
        })
    }
}

/// The earliest that it can run out if nothing was in store but what is known to have been brought.
fn floor(
    supply: &AreaSupply<'_>,
    events: &[stock::StockEvent],
    now: f64,
    horizon_days: f64,
) -> Option<f64> {
    let [_, _, high] = supply.shares();
    let outlook = stock::Outlook { from: 0.0, as_of: now, horizon_days, include_planned: true };
    let early = stock::run_out(&supply.supply(events, high), Reading::Least, &outlook);
    match early.status {
        RunOutStatus::NoNeed | RunOutStatus::UnknownPopulation => None,
        _ => early.not_before,
    }
}

/// The same for the same area on the same day, in every run.
fn seed(area: &Known<Area>, as_of: DateTime<Utc>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(area.code.as_bytes());
    hasher.update(&as_of.timestamp_millis().to_le_bytes());
    let mut seed = [0; 8];
    seed.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(seed)
}

fn told(
    situation: &Situation,
    question: &OutlookQuestion<'_>,
    supply: &AreaSupply<'_>,
    found: &Found,
    horizon_days: u32,
) -> AreaOutlook {
    let area = supply.area;
    let days_left = found.days_left(horizon_days);
    let on = |days: Option<f64>| days.and_then(|days| day_after(situation.as_of, days));
    let is_counted = supply.counted.is_some();
    let [low, best, high] = supply.shares();
    let lines = &question.supply.standards.of(area).alert.runout_lines();
    let (p10, p50) = found.quantiles.map_or((None, None), |q| (Some(q.p10), Some(q.p50)));
    AreaOutlook {
        area: area.code.to_string(),
        name: area.record.names.any().to_owned(),
        admin1_pcode: area.record.admin1_pcode.as_ref().map(|p| p.as_str().to_owned()),
        sector: supply.sector,
        unit: supply.sector.unit(),
        status: found.status,
        days_left,
        runs_out_on: RunsOutOn {
            p10: on(days_left.p10),
            p50: on(days_left.p50),
            p90: on(days_left.p90),
        },
        not_before_days: found.not_before_days,
        not_before: on(found.not_before_days),
        severity: runout_severity(p10, p50, lines),
        method: found.method,
        opening_stock: OpeningStock {
            amount: if is_counted { found.opening } else { Figure::UNKNOWN },
            at_least: found.opening.low().filter(|_| !is_counted),
            from: if is_counted { "counted" } else { "deliveries_only" },
            counted_on: supply.counted.as_ref().map(|counted| counted.at.date_naive()),
            followed_from: supply.origin,
        },
        arrivals: movement(&supply.arrivals),
        losses: movement(&supply.losses),
        planned: movement(&supply.planned),
        inflow_per_day: supply.inflow.map_or(Figure::UNKNOWN, |(_, inflow)| best_of(inflow)),
        population: supply.people.map_or(Figure::UNKNOWN, |people| people.people),
        need_per_day: best_of(supply.need_per_day()),
        policy: supply.policy,
        ration_share: Figure::computed(Some(low), Some(best), Some(high)),
        horizon_days,
        formula: words::formula(supply),
        notes: words::notes(situation, supply, found.status),
        flags: words::flags(situation, supply),
        inputs: question.with_inputs.then(|| input::inputs(situation, supply)),
        statements: question.with_inputs.then(|| input::statements(situation, area)),
    }
}

/// The day so many days later; `None` beyond the calendar.
fn day_after(as_of: DateTime<Utc>, days: f64) -> Option<NaiveDate> {
    const SECONDS_PER_DAY: f64 = 86_400.0;
    #[expect(clippy::cast_possible_truncation, reason = "saturates; the calendar refuses it then")]
    let seconds = TimeDelta::try_seconds((days * SECONDS_PER_DAY) as i64)?;
    as_of.checked_add_signed(seconds).map(|at| at.date_naive())
}

fn movement<R>(moved: &[Moved<R>]) -> Movement {
    let known: Vec<Figure> =
        moved.iter().map(|m| m.amount).filter(|amount| !amount.is_unknown()).collect();
    let amount = if known.is_empty() && !moved.is_empty() {
        Figure::UNKNOWN
    } else if known.is_empty() {
        Figure::exactly(0.0)
    } else {
        Figure::sum(&known)
    };
    Movement { number: moved.len(), of_unknown_size: moved.len() - known.len(), amount }
}
