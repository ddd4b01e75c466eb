//! What an area lacks in a period, as people, tonnes, trucks and convoys: with the doubt of what it has.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;
use serde::Serialize;

use super::coverage::{Counted, Supplied, counted_otherwise, days_between, supplied};
use super::of_area::{OfArea, Row};
use super::outlook;
use super::supply::{AreaSupply, SupplyQuestion, of_area};
use super::table::Known;
use super::world::Situation;
use crate::assess::gap::{Gap, Haulage, gap};
use crate::domain::{Area, Figure, Logistics, Saying, Text};

/// What is asked of the gap of one area.
#[derive(Debug, Clone, Copy)]
pub struct GapQuestion<'q> {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The last instant.
    pub to: DateTime<Utc>,
    /// What the supply is asked.
    pub supply: SupplyQuestion<'q>,
    /// How food is carried, as far as the reader said.
    pub asked: AskedHaulage,
}

/// How food is carried, as far as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AskedHaulage {
    /// Weight of one person-day, kg.
    pub ration_kg: Option<f64>,
    /// Share lost in handling.
    pub loss: Option<f64>,
    /// Tonnes on one truck.
    pub payload_tonnes: Option<f64>,
    /// Trucks in one convoy.
    pub trucks_per_convoy: Option<f64>,
}

/// What one area lacks.
#[derive(Debug, Clone, Serialize)]
pub struct AreaGap {
    /// The area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The last instant.
    pub to: DateTime<Utc>,
    /// How many days that is.
    pub period_days: f64,
    /// The people.
    pub population: Figure,
    /// What was or will be needed, and what of it there is.
    #[serde(flatten)]
    pub supplied: Supplied,
    /// The gap: at least, best guess, at most.
    pub gap: GapRange,
    /// How it would be carried.
    pub haulage: UsedHaulage,
    /// How the gap follows from the rest.
    pub formula: Saying,
    /// What to mind.
    pub notes: Vec<Saying>,
    /// The sources of the records that it rests on.
    pub sources: Vec<String>,
}

/// The gap between its ends; `None` where that end is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GapRange {
    /// If there is most food and fewest people.
    pub low: Option<Gap>,
    /// The best guess.
    pub best: Option<Gap>,
    /// If there is least food and most people.
    pub high: Option<Gap>,
}

/// How food is carried, and who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsedHaulage {
    /// Weight of one person-day, kg.
    pub ration_kg: f64,
    /// Share lost in handling.
    pub loss: f64,
    /// Tonnes on one truck.
    pub payload_tonnes: f64,
    /// Trucks in one convoy.
    pub trucks_per_convoy: Option<f64>,
    /// The logistics record that was used for what was not asked for.
    pub logistics: Option<String>,
}

/// The newest logistics of an area by a moment.
#[must_use]
pub fn logistics(of: &OfArea, by: DateTime<Utc>) -> Option<&Row<Logistics>> {
    of.logistics.iter().rev().find(|row| row.record.date.start() <= by)
}

/// What each area lacks in the period, by code: those named, or all; only those of the unit, where one is named.
#[must_use]
pub fn area_gaps(
    situation: &Situation,
    question: &GapQuestion<'_>,
    areas: &[String],
    admin1: Option<&str>,
) -> Vec<AreaGap> {
    let is_asked = |area: &&Arc<Known<Area>>| {
        let unit = area.record.admin1_pcode.as_ref().map(Text::as_str);
        (areas.is_empty() || areas.iter().any(|code| **code == *area.code))
            && (admin1.is_none() || unit == admin1)
    };
    let left_out = counted_otherwise(situation);
    let asked: Vec<_> = situation.world.areas.iter().filter(is_asked).collect();
    asked.into_par_iter().map(|area| of_one(situation, area, question, &left_out)).collect()
}

/// What the area lacks in the period.
#[must_use]
pub fn area_gap(situation: &Situation, area: &Known<Area>, question: &GapQuestion<'_>) -> AreaGap {
    of_one(situation, area, question, &counted_otherwise(situation))
}

fn of_one<'w>(
    situation: &'w Situation,
    area: &'w Known<Area>,
    question: &GapQuestion<'_>,
    left_out: &'w HashSet<&'w str>,
) -> AreaGap {
    let visits = Counted::of(situation, &area.code, left_out);
    let period = (question.from, question.to);
    let supply = AreaSupply::gather(situation, area, visits, period, &question.supply);
    let supplied = supplied(&supply, period, situation.as_of);
    let used = haulage(situation, area, question.asked);
    let carried = Haulage {
        ration_kg: used.ration_kg,
        loss: used.loss,
        payload_tonnes: used.payload_tonnes,
        trucks_per_convoy: used.trucks_per_convoy,
    };
    let period_days = days_between(question.from, question.to + TimeDelta::milliseconds(1));
    AreaGap {
        area: area.code.to_string(),
        name: area.record.names.any().to_owned(),
        from: question.from,
        to: question.to,
        period_days,
        population: supply.people.map_or(Figure::UNKNOWN, |people| people.people),
        gap: range(&supplied, period_days, &carried),
        notes: notes(&supply, &supplied),
        sources: outlook::sources(&supply),
        supplied,
        haulage: used,
        formula: Saying::of("lack-formula"),
    }
}

fn range(supplied: &Supplied, period_days: f64, haulage: &Haulage) -> GapRange {
    let (needed, served) = (supplied.needed_person_days, supplied.served_person_days);
    let of = |needed: Option<f64>, served: Option<f64>| {
        needed.zip(served).map(|(needed, served)| gap(needed, served, period_days, haulage))
    };
    // Of an unknown stock there can be enough for all.
    let most = served.ceiling().or_else(|| served.low().and(needed.floor()));
    GapRange {
        low: of(needed.floor(), most),
        best: of(needed.best(), served.best()),
        high: of(needed.ceiling(), served.floor()),
    }
}

/// As asked, else as stored for the area, else as usual.
fn haulage(situation: &Situation, area: &Known<Area>, asked: AskedHaulage) -> UsedHaulage {
    let usual = Haulage::default();
    let row = logistics(of_area(situation, &area.code), situation.as_of);
    let stored = row.map(|row| &row.record);
    #[expect(clippy::cast_precision_loss, reason = "trucks stay far below 2^53")]
    let size = stored.and_then(|stored| stored.trucks_per_convoy).map(|trucks| trucks as f64);
    UsedHaulage {
        ration_kg: asked.ration_kg.or(stored.and_then(|s| s.ration_kg)).unwrap_or(usual.ration_kg),
        loss: asked.loss.or(stored.and_then(|s| s.handling_loss)).unwrap_or(usual.loss),
        payload_tonnes: asked
            .payload_tonnes
            .or(stored.and_then(|s| s.payload_tonnes))
            .unwrap_or(usual.payload_tonnes),
        trucks_per_convoy: asked.trucks_per_convoy.or(size),
        logistics: row.map(|row| row.code.to_string()),
    }
}

/// What must be minded.
fn notes(supply: &AreaSupply<'_>, supplied: &Supplied) -> Vec<Saying> {
    let unknown = supply.arrivals.iter().any(|moved| moved.amount.is_unknown());
    let checks = [
        ("lack-not-counted", supply.counted.is_none()),
        ("lack-unknown-inflow", supply.inflow.is_none()),
        ("lack-unknown-arrivals", unknown),
        ("lack-unknown-people", supplied.needed_person_days.is_unknown()),
        ("lack-no-need", supplied.needed_person_days.ceiling() == Some(0.0)),
    ];
    checks.into_iter().filter(|(_, holds)| *holds).map(|(say, _)| Saying::of(say)).collect()
}
