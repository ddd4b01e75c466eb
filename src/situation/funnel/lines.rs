//! The goods of a row: each line counted once in its own unit, then in kg and in food.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assess::funnel::line::Goods;
use crate::assess::funnel::{Flags, FlowLine, FlowSum, FunnelFlag, LineFlow};

/// Goods that may be added: of one sector, kind and unit. Parcels are not kits, and food is not medicine.
pub(super) type Sort<'w> = (Option<&'static str>, Option<&'static str>, Option<&'w str>);

pub(super) fn sort_of(goods: &Goods) -> Sort<'_> {
    (goods.sector(), goods.kind(), goods.unit.as_deref())
}

/// What has been counted so far.
#[derive(Default)]
pub(super) struct Lines<'w> {
    /// Goods as the table has them: few, so that a line finds its own by looking along them.
    shared: Vec<(&'w Goods, FlowSum)>,
    others: Worth<'w>,
    flags: Flags,
}

impl<'w> Lines<'w> {
    /// Counts the flow of a line.
    pub(super) fn add(&mut self, line: &'w FlowLine, flow: &LineFlow) {
        let goods = &*line.goods;
        if line.removals_beyond().is_some() {
            self.flags.raise(FunnelFlag::RemovalsExceedRemoved);
        }
        if goods.is_shared {
            self.of_shared(goods).add_line(flow);
        } else {
            let mut sum = FlowSum::default();
            sum.add_line(flow);
            self.others.add(goods, &sum);
        }
    }

    /// Counts what another row has counted.
    pub(super) fn merge(&mut self, other: &Self) {
        for (goods, sum) in &other.shared {
            self.of_shared(goods).add(sum, 1.0);
        }
        self.others.merge(&other.others);
        self.flags.add(other.flags);
    }

    fn of_shared(&mut self, goods: &'w Goods) -> &mut FlowSum {
        let found = self.shared.iter().position(|(own, _)| std::ptr::eq(*own, goods));
        let place = found.unwrap_or(self.shared.len());
        if found.is_none() {
            self.shared.push((goods, FlowSum::default()));
        }
        &mut self.shared[place].1
    }

    pub(super) fn shown(self) -> LinesShown {
        let mut worth = self.others;
        for (goods, sum) in &self.shared {
            worth.add(goods, sum);
        }
        let mut flags = self.flags;
        worth.goods.values().for_each(|sum| flags.add(sum.flags));
        let goods = worth.goods.into_iter().map(|((sector, kind, unit), flow)| GoodsFlow {
            sector,
            kind,
            unit: unit.map(str::to_owned),
            flow,
        });
        let kg = worth.kg.into_iter().map(|(sector, flow)| SectorFlow { sector, flow });
        LinesShown {
            goods: goods.collect(),
            weight_kg: kg.collect(),
            lines_without_weight: worth.lines_without_weight,
            food_person_days: (worth.food.lines > 0).then_some(worth.food),
            food_lines_without_energy: worth.food_lines_without_energy,
            flags,
        }
    }
}

/// Sums in the units of the goods, in kg and in person-days of food.
#[derive(Default)]
struct Worth<'w> {
    goods: BTreeMap<Sort<'w>, FlowSum>,
    kg: BTreeMap<Option<&'static str>, FlowSum>,
    food: FlowSum,
    lines_without_weight: usize,
    food_lines_without_energy: usize,
}

impl<'w> Worth<'w> {
    fn add(&mut self, goods: &'w Goods, sum: &FlowSum) {
        self.goods.entry(sort_of(goods)).or_default().add(sum, 1.0);
        match goods.kg_per_unit {
            Some(kg) => self.kg.entry(goods.sector()).or_default().add(sum, kg),
            None => self.lines_without_weight += sum.lines,
        }
        match goods.food_person_days_per_unit {
            Some(days) => self.food.add(sum, days),
            None if goods.is_food => self.food_lines_without_energy += sum.lines,
            None => {}
        }
    }

    fn merge(&mut self, other: &Self) {
        for (sort, sum) in &other.goods {
            self.goods.entry(*sort).or_default().add(sum, 1.0);
        }
        for (sector, sum) in &other.kg {
            self.kg.entry(*sector).or_default().add(sum, 1.0);
        }
        self.food.add(&other.food, 1.0);
        self.lines_without_weight += other.lines_without_weight;
        self.food_lines_without_energy += other.food_lines_without_energy;
    }
}

/// Goods as they are shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinesShown {
    /// In their own units.
    pub goods: Vec<GoodsFlow>,
    /// Those of known weight, kg.
    pub weight_kg: Vec<SectorFlow>,
    /// Lines that are left out of the weight.
    pub lines_without_weight: usize,
    /// Food of known energy, person-days at 2,100 kcal.
    pub food_person_days: Option<FlowSum>,
    /// Lines of food that are left out of it.
    pub food_lines_without_energy: usize,
    /// What to mind.
    pub flags: Flags,
}

/// The flow of goods of one sector, kind and unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoodsFlow {
    /// The sector; `None` for what the table of commodities does not have.
    pub sector: Option<&'static str>,
    /// How such goods are counted: `bulk_food`, `parcel`, `water`, `health_kit`, `other`.
    pub kind: Option<&'static str>,
    /// The unit; `None` where nobody told.
    pub unit: Option<String>,
    /// The flow.
    #[serde(flatten)]
    pub flow: FlowSum,
}

/// The flow of one sector, kg.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorFlow {
    /// The sector; `None` for what the table of commodities does not have.
    pub sector: Option<&'static str>,
    /// The flow.
    #[serde(flatten)]
    pub flow: FlowSum,
}
