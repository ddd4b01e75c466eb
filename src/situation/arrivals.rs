//! For each area the drops that go to it, sorted by time and code: any period is two binary searches.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::table::{Known, Table};
use crate::assess::delivery::{ConvoyFacts, DropFacts, DropFlag};

/// What a drop brings an area of one sector, before losses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Brought {
    /// None.
    Nothing,
    /// Some, of which it is not known how much, or how much of it for this area.
    Unknown,
    /// So many person-days, or litres of fuel.
    Amount(f64),
}

impl Brought {
    fn by(drop: &DropFacts) -> Self {
        let cargo = &drop.cargo;
        match cargo.food_person_days {
            Some(person_days) if drop.areas.len() == 1 => Self::Amount(person_days),
            Some(_) => Self::Unknown,
            None if cargo.unknown_lines > 0 || cargo.flags.contains(&DropFlag::UnknownCargo) => {
                Self::Unknown
            }
            None => Self::Nothing,
        }
    }
}

/// One convoy's drop for one area.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Its food, at hand: sums over many need not look into each convoy.
    pub food: Brought,
    /// The convoy.
    pub convoy: Arc<Known<ConvoyFacts>>,
    /// Which of its drops.
    drop: u32,
    /// When it arrived, or happened or is meant to.
    at: DateTime<Utc>,
}

impl Visit {
    /// The drop.
    #[must_use]
    pub fn drop(&self) -> &DropFacts {
        &self.convoy.record.drops[self.drop as usize]
    }

    /// When it arrived, or happened or is meant to.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Where it stands among others: what arrived at the same time stands by code, however it came in.
    fn place(&self) -> (DateTime<Utc>, &str, u32) {
        (self.at, &self.convoy.code, self.drop)
    }

    /// How many areas share its figures.
    #[must_use]
    pub fn is_for_one_area(&self) -> bool {
        self.drop().areas.len() == 1
    }
}

/// The drops for one area.
#[derive(Debug, Clone, Default)]
pub struct AreaVisits {
    /// Those that arrived, by when.
    arrivals: Vec<Visit>,
    /// All, by when they happened or are meant to.
    all: Vec<Visit>,
}

impl AreaVisits {
    /// Those that arrived within a time, the earliest first.
    #[must_use]
    pub fn arrived(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> &[Visit] {
        within(&self.arrivals, from, to)
    }

    /// Those that happened or are meant to within a time, the earliest first.
    #[must_use]
    pub fn happened(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> &[Visit] {
        within(&self.all, from, to)
    }
}

fn within(visits: &[Visit], from: DateTime<Utc>, to: DateTime<Utc>) -> &[Visit] {
    let begin = visits.partition_point(|visit| visit.at < from);
    let end = visits.partition_point(|visit| visit.at <= to);
    visits.get(begin..end).unwrap_or_default()
}

/// Puts in a convoy's drops, or takes them out, in every area it goes to.
pub(super) fn index(
    table: &mut Table<AreaVisits>,
    convoy: &Arc<Known<ConvoyFacts>>,
    is_there: bool,
) {
    let record = &convoy.record;
    if !record.carries_goods {
        return;
    }
    let arrival =
        record.moves.iter().find(|(stage, _)| stage.has_arrived()).map(|(_, at)| at.start());
    let happened = record.happened().map(crate::domain::Moment::start);
    for (number, drop) in (0_u32..).zip(&record.drops) {
        let arrived = arrival.map(|at| drop.arrived_at.map_or(at, crate::domain::Moment::start));
        for area in &drop.areas {
            table.change(area.as_str(), |visits| {
                for (list, at) in [(&mut visits.arrivals, arrived), (&mut visits.all, happened)] {
                    let Some(at) = at else { continue };
                    if is_there {
                        let (convoy, food) = (Arc::clone(convoy), Brought::by(drop));
                        let visit = Visit { food, convoy, drop: number, at };
                        let place = list.partition_point(|other| other.place() < visit.place());
                        list.insert(place, visit);
                    } else {
                        list.retain(|other| other.convoy.code != convoy.code);
                    }
                }
            });
        }
    }
}
