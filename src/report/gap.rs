//! What cut-off areas lack in the next 30 days: as people without food, tonnes, trucks and convoys.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::outlook::words::amount;
use super::outlook::{FoodRow, question};
use crate::assess::gap::{Gap, Haulage};
use crate::domain::Figure;
use crate::situation::Situation;
use crate::situation::gap::{AreaGap, AskedHaulage, GapQuestion, area_gap};
use crate::situation::standards::Standards;
use crate::tongue::{Tongue, say};

/// How far ahead the gap is told, days.
const PERIOD_DAYS: i64 = 30;

/// What is missing in the next 30 days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoodGap {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The last instant.
    pub to: DateTime<Utc>,
    /// The areas where people are known, in the order of the outlook.
    pub areas: Vec<GapRow>,
    /// All of them together, without what lies in another one; `null` for fewer than two.
    pub total: Option<Missing>,
    /// The areas that are counted in the total.
    pub areas_in_total: usize,
    /// Areas of which nobody counted the people: what they lack is not known.
    pub areas_unknown: usize,
}

/// What one area lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GapRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The area of this list that it lies in; it is not added a second time.
    pub within: Option<String>,
    /// Was its stock counted? If not, the gap lies between none and what known deliveries leave open.
    pub stock_is_counted: bool,
    /// How much is missing.
    #[serde(flatten)]
    pub missing: Missing,
    /// How it would be carried.
    pub haulage: Carried,
}

/// How much is missing, at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// People without food for the whole period.
    pub people: Figure,
    /// Tonnes to load.
    pub tonnes: Figure,
    /// Truckloads.
    pub trucks: Figure,
    /// Convoys, where it is known how many trucks go in one.
    pub convoys: Figure,
}

/// How food is carried to an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// Weight of one person-day, kg.
    pub ration_kg: f64,
    /// Share lost in handling.
    pub loss: f64,
    /// Tonnes on one truck.
    pub payload_tonnes: f64,
    /// Trucks in one convoy.
    pub trucks_per_convoy: Option<f64>,
    /// The logistics record that says so; `null` where all is as usual.
    pub logistics: Option<String>,
}

pub(super) fn of(situation: &Situation, rows: &[FoodRow], standards: &Standards) -> FoodGap {
    let from = situation.as_of + TimeDelta::milliseconds(1);
    let to = situation.as_of + TimeDelta::days(PERIOD_DAYS);
    let asked = AskedHaulage::default();
    let question = GapQuestion { from, to, supply: question(standards), asked };
    let known: Vec<&FoodRow> = rows.iter().filter(|row| !row.people.is_unknown()).collect();
    let areas: Vec<GapRow> = known
        .iter()
        .filter_map(|row| {
            let area = situation.world.areas.get(&row.code)?;
            Some(gap_row(row, area_gap(situation, area, &question)))
        })
        .collect();
    let told: HashSet<&str> = areas.iter().map(|row| row.code.as_str()).collect();
    let is_own =
        |row: &&GapRow| row.within.as_ref().is_none_or(|within| !told.contains(within.as_str()));
    let own: Vec<Missing> = areas.iter().filter(is_own).map(|row| row.missing).collect();
    FoodGap {
        from,
        to,
        total: (own.len() > 1).then(|| Missing::sum(&own)),
        areas_in_total: own.len(),
        areas_unknown: rows.len() - known.len(),
        areas,
    }
}

fn gap_row(row: &FoodRow, found: AreaGap) -> GapRow {
    let of = |field: fn(&Gap) -> Option<f64>| {
        let end = |gap: Option<Gap>| gap.as_ref().and_then(field);
        Figure::computed(end(found.gap.low), end(found.gap.best), end(found.gap.high))
    };
    GapRow {
        code: row.code.clone(),
        name: row.name.clone(),
        within: row.within.clone(),
        stock_is_counted: !row.counts.is_empty(),
        missing: Missing {
            people: of(|gap| gap.people),
            tonnes: of(|gap| gap.tonnes),
            trucks: of(|gap| gap.trucks.map(as_number)),
            convoys: of(|gap| gap.convoys.map(as_number)),
        },
        haulage: Carried {
            ration_kg: found.haulage.ration_kg,
            loss: found.haulage.loss,
            payload_tonnes: found.haulage.payload_tonnes,
            trucks_per_convoy: found.haulage.trucks_per_convoy,
            logistics: found.haulage.logistics,
        },
    }
}

fn as_number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "trucks stay far below 2^53")]
    let count = count as f64;
    count
}

impl Missing {
    /// Least and most together; no best, since not all areas have one.
    fn sum(each: &[Self]) -> Self {
        let sum = |part: fn(&Self) -> Figure| {
            let ends = |end: fn(Figure) -> Option<f64>| {
                each.iter().map(|one| end(part(one))).try_fold(0.0, |sum, end| Some(sum + end?))
            };
            Figure::computed(ends(Figure::floor), None, ends(Figure::ceiling))
        };
        Self {
            people: sum(|one| one.people),
            tonnes: sum(|one| one.tonnes),
            trucks: sum(|one| one.trucks),
            convoys: sum(|one| one.convoys),
        }
    }

    /// The four in a sentence.
    pub(super) fn told(&self, t: Tongue<'_>) -> String {
        let name = if self.convoys.is_unknown() { "gap-missing" } else { "gap-missing-convoys" };
        say!(
            t,
            name,
            people = amount(t, self.people),
            tonnes = amount(t, self.tonnes),
            trucks = amount(t, self.trucks),
            convoys = amount(t, self.convoys)
        )
    }
}

impl FoodGap {
    /// Is it known of any area how many trucks go in one convoy?
    #[must_use]
    pub fn has_convoys(&self) -> bool {
        self.areas.iter().any(|row| !row.missing.convoys.is_unknown())
    }

    /// What it assumes, in one sentence; then what is not in it.
    pub(super) fn assumes(&self, t: Tongue<'_>) -> String {
        let usual = Haulage::default();
        let own = self.areas.iter().filter(|row| row.haulage.logistics.is_some());
        let own = own.map(|row| {
            say!(t, "gap-own-area", area = t.name(&row.name), haulage = row.haulage.told(t))
        });
        let own = match &own.collect::<Vec<_>>()[..] {
            [] => String::new(),
            own => say!(t, "gap-own", areas = t.row(own)),
        };
        let convoys = (!self.has_convoys()).then(|| t.word("gap-no-convoys"));
        let unknown =
            (self.areas_unknown > 0).then(|| t.several(self.areas_unknown, "gap-unknown"));
        let assumes = say!(
            t,
            "gap-assumes",
            ration = t.as_it_is(usual.ration_kg),
            loss = t.number(usual.loss * 100.0),
            payload = t.as_it_is(usual.payload_tonnes),
            own = own
        );
        let told: Vec<String> = std::iter::once(assumes).chain(convoys).chain(unknown).collect();
        told.join(" ")
    }
}

impl Carried {
    fn told(&self, t: Tongue<'_>) -> String {
        let name = match self.trucks_per_convoy {
            Some(_) => "gap-haulage-convoy",
            None => "gap-haulage",
        };
        say!(
            t,
            name,
            ration = t.as_it_is(self.ration_kg),
            loss = t.number(self.loss * 100.0),
            payload = t.as_it_is(self.payload_tonnes),
            trucks = t.number(self.trucks_per_convoy.unwrap_or_default())
        )
    }
}
