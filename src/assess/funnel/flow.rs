//! The numbers of a flow, and their sums.

use serde::Serialize;

use super::{Flags, FunnelFlag, LineFlow};

/// The flow of a line, or of several of one unit: sums of what is known.
///
/// # Units
///
/// Those of the line. `None` where nothing is known, never zero for it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Flow {
    /// Asked for.
    pub requested: Option<f64>,
    /// Approved.
    pub approved: Option<f64>,
    /// On the lists of convoys that are not loaded yet and not given up.
    pub planned: Option<f64>,
    /// Put on the trucks.
    pub loaded: Option<f64>,
    /// Taken off by an authority, at least.
    pub removed: Option<f64>,
    /// Taken on the way by people or armed actors.
    pub intercepted: Option<f64>,
    /// Lost.
    pub lost: Option<f64>,
    /// Damaged.
    pub damaged: Option<f64>,
    /// Brought back.
    pub returned: Option<f64>,
    /// Off the trucks where it was meant to be.
    pub delivered: Option<f64>,
    /// Still on the road.
    pub in_transit: Option<f64>,
    /// Loaded, and no source tells what became of it.
    pub unaccounted: Option<f64>,
    /// By how much more left the line than was loaded.
    pub excess: Option<f64>,
    /// What left lines whose load nobody told: a part of the outflows above that no load stands for.
    pub from_unknown_load: Option<f64>,
    /// The part of `delivered` that nobody reported: the convoy arrived, and this was left.
    pub delivered_implied: Option<f64>,
    /// Reported as delivered and not counted: more than was left, or of a convoy that did not arrive.
    pub delivered_not_counted: Option<f64>,
}

impl Flow {
    /// The ways in which goods leave a line.
    #[must_use]
    pub const fn outflows(&self) -> [Option<f64>; 7] {
        [
            self.removed,
            self.intercepted,
            self.lost,
            self.damaged,
            self.returned,
            self.delivered,
            self.in_transit,
        ]
    }

    fn numbers(&mut self) -> [&mut Option<f64>; 16] {
        [
            &mut self.requested,
            &mut self.approved,
            &mut self.planned,
            &mut self.loaded,
            &mut self.removed,
            &mut self.intercepted,
            &mut self.lost,
            &mut self.damaged,
            &mut self.returned,
            &mut self.delivered,
            &mut self.in_transit,
            &mut self.unaccounted,
            &mut self.excess,
            &mut self.from_unknown_load,
            &mut self.delivered_implied,
            &mut self.delivered_not_counted,
        ]
    }

    /// The same in another unit.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        for number in self.numbers() {
            *number = number.map(|number| number * factor);
        }
        self
    }

    /// Adds a flow of the same unit; what is unknown in both stays unknown.
    pub fn add(&mut self, mut other: Self) {
        for (sum, number) in self.numbers().into_iter().zip(other.numbers()) {
            *sum = add(*sum, *number);
        }
    }
}

/// The sum of what is known.
pub(super) fn add(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (one, other) => one.or(other),
    }
}

/// The flows of several lines of one unit, and how many of them are not known.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct FlowSum {
    /// The sums of what is known.
    #[serde(flatten)]
    pub flow: Flow,
    /// How many lines.
    pub lines: usize,
    /// Lines that set out and whose load nobody told.
    pub lines_of_unknown_load: usize,
    /// Lines that arrived and of which neither load nor delivery is told: `delivered` is a floor.
    pub lines_of_unknown_delivery: usize,
    /// What to mind.
    pub flags: Flags,
}

impl FlowSum {
    /// Adds a line.
    pub fn add_line(&mut self, line: &LineFlow) {
        self.flow.add(line.flow);
        self.lines += 1;
        self.lines_of_unknown_load += usize::from(line.flags.has(FunnelFlag::LoadUnknown));
        self.lines_of_unknown_delivery += usize::from(line.flags.has(FunnelFlag::DeliveredUnknown));
        self.flags.add(line.flags);
    }

    /// Adds another sum, its numbers multiplied by what brings them into the unit of this one.
    pub fn add(&mut self, other: &Self, factor: f64) {
        self.flow.add(other.flow.times(factor));
        self.lines += other.lines;
        self.lines_of_unknown_load += other.lines_of_unknown_load;
        self.lines_of_unknown_delivery += other.lines_of_unknown_delivery;
        self.flags.add(other.flags);
    }
}
