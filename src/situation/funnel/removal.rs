//! What was taken off convoys: how often, how much, by whom or why. An amount that nobody told is not zero.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lines::{Sort, sort_of};
use super::tally::{Behind, Witnesses};
use crate::assess::delivery::ConvoyFacts;
use crate::assess::funnel::{FlowLine, Taken};
use crate::situation::table::Known;

/// What has been counted so far.
#[derive(Default)]
pub(super) struct RemovalTally<'w> {
    witnesses: Witnesses<'w>,
    all: Amount,
    goods: BTreeMap<Sort<'w>, Amount>,
    kg: BTreeMap<Option<&'static str>, Amount>,
    food: Amount,
}

/// How much was removed, and how often nobody told how much.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Amount {
    /// The sum of what is known; `None` where nothing is.
    pub removed: Option<f64>,
    /// How many removals.
    pub removals: usize,
    /// Those of which nobody told how much, or what a unit is worth: `removed` is a floor.
    pub of_unknown_quantity: usize,
}

impl Amount {
    fn add(&mut self, quantity: Option<f64>) {
        self.removals += 1;
        match quantity {
            Some(quantity) => self.removed = Some(self.removed.unwrap_or(0.0) + quantity),
            None => self.of_unknown_quantity += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.removals += other.removals;
        self.of_unknown_quantity += other.of_unknown_quantity;
        if let Some(removed) = other.removed {
            self.removed = Some(self.removed.unwrap_or(0.0) + removed);
        }
    }
}

/// What was taken off, and the records behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Removals {
    /// How many removals: lines, each once for every authority, place and reason.
    pub removals: usize,
    /// Those of which nobody told how much.
    pub of_unknown_quantity: usize,
    /// By sector, kind and unit.
    pub removed_goods: Vec<RemovedGoods>,
    /// By sector, kg.
    pub removed_kg: Vec<RemovedWeight>,
    /// Food, person-days at 2,100 kcal; `None` where no food was taken off.
    pub removed_food_person_days: Option<Amount>,
    /// The convoys.
    pub convoys: Behind,
    /// The sources that speak of them.
    pub sources: Behind,
}

/// What was taken off of one sector, kind and unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemovedGoods {
    /// The sector; `None` for what the table of commodities does not have.
    pub sector: Option<&'static str>,
    /// How such goods are counted.
    pub kind: Option<&'static str>,
    /// The unit; `None` where nobody told.
    pub unit: Option<String>,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

/// What was taken off of one sector, kg.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemovedWeight {
    /// The sector; `None` for what the table of commodities does not have.
    pub sector: Option<&'static str>,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

impl<'w> RemovalTally<'w> {
    pub(super) fn add(
        &mut self,
        row: &'w Known<ConvoyFacts>,
        line: &'w FlowLine,
        taken: &'w Taken,
    ) {
        let goods = &*line.goods;
        let worth = |per_unit: Option<f64>| taken.quantity.zip(per_unit).map(|(n, per)| n * per);
        self.witnesses.note(row);
        self.all.add(taken.quantity);
        self.goods.entry(sort_of(goods)).or_default().add(taken.quantity);
        self.kg.entry(goods.sector()).or_default().add(worth(goods.kg_per_unit));
        if goods.is_food {
            self.food.add(worth(goods.food_person_days_per_unit));
        }
    }

    /// Counts what another has counted, of convoys that come after.
    pub(super) fn merge(&mut self, other: Self) {
        self.witnesses.merge(other.witnesses);
        self.all.merge(other.all);
        self.food.merge(other.food);
        for (sort, amount) in other.goods {
            self.goods.entry(sort).or_default().merge(amount);
        }
        for (sector, amount) in other.kg {
            self.kg.entry(sector).or_default().merge(amount);
        }
    }

    pub(super) fn shown(self) -> Removals {
        let (convoys, sources) = self.witnesses.shown();
        let goods = self.goods.into_iter().map(|((sector, kind, unit), amount)| RemovedGoods {
            sector,
            kind,
            unit: unit.map(str::to_owned),
            amount,
        });
        let kg = self.kg.into_iter().map(|(sector, amount)| RemovedWeight { sector, amount });
        Removals {
            removals: self.all.removals,
            of_unknown_quantity: self.all.of_unknown_quantity,
            removed_goods: goods.collect(),
            removed_kg: kg.collect(),
            removed_food_person_days: (self.food.removals > 0).then_some(self.food),
            convoys,
            sources,
        }
    }
}
