//! The funnel of aid: what was asked for, approved and loaded, and what became of all that was loaded.
//!
//! For a line whose load is told, `removed + intercepted + lost + damaged + returned + delivered + in_transit +
//! unaccounted − excess = loaded`. What left a line whose load nobody told stands beside it as `from_unknown_load`.

pub mod flow;
pub mod heads;
pub mod line;
pub mod progress;

use serde::Serialize;

use self::flow::add;
pub use self::flow::{Flow, FlowSum};
pub use self::heads::Heads;
pub use self::line::{FlowLine, Goods, Taken};
pub use self::progress::{Passed, Progress};
use super::cargo::{CargoFlag, CargoKind, CargoLine, delivered_qty};
use crate::domain::choice::choice;

/// How far a sum of decimals may be off by rounding, as a share of what was loaded.
const ROUNDING: f64 = 1e-9;

/// What the sources tell of a line.
///
/// # Units
///
/// The unit of the line; `None` where nobody told.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[expect(missing_docs, reason = "the words of the line, see domain::convoy::Line")]
pub struct Told {
    pub requested: Option<f64>,
    pub approved: Option<f64>,
    pub loaded: Option<f64>,
    /// Taken off by an authority, at least.
    pub removed: Option<f64>,
    pub intercepted: Option<f64>,
    pub lost: Option<f64>,
    pub damaged: Option<f64>,
    pub returned: Option<f64>,
    pub delivered: Option<f64>,
    pub in_transit: Option<f64>,
}

choice! {
    /// A reason to read a flow with care.
    FunnelFlag {
        /// More was reported delivered than was left; the smaller number was taken.
        DeliveredExceedsImplied = "delivered_exceeds_implied",
        /// It arrived and nobody reported how much; what was left was taken.
        DeliveredImplied = "delivered_implied",
        /// It arrived, and neither its load nor its delivery is told.
        DeliveredUnknown = "delivered_unknown",
        /// It set out, and nobody told how much was loaded.
        LoadUnknown = "load_unknown",
        /// More left a line than was loaded.
        LossesExceedLoaded = "losses_exceed_loaded",
        /// The single removals add up to more than what is told to have been removed.
        RemovalsExceedRemoved = "removals_exceed_removed",
    }
}

/// A set of flags, one bit each: a line is looked at too often for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u8);

impl Flags {
    /// Raises a flag.
    pub const fn raise(&mut self, flag: FunnelFlag) {
        self.0 |= 1 << flag as u8;
    }

    /// Raises those of another set too.
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Is it raised?
    #[must_use]
    pub const fn has(self, flag: FunnelFlag) -> bool {
        self.0 & (1 << flag as u8) != 0
    }

    /// The flags that are raised, in alphabetical order.
    pub fn iter(self) -> impl Iterator<Item = FunnelFlag> {
        FunnelFlag::ALL.iter().copied().filter(move |flag| self.has(*flag))
    }
}

impl Serialize for Flags {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The flow of one line, with what to mind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineFlow {
    /// The flow.
    pub flow: Flow,
    /// What to mind.
    pub flags: Flags,
}

/// Where everything went that was loaded on a line, given how far its convoy has come.
///
/// - Arrived: the reported delivery, but never more than was left; where none is reported, all that was left.
/// - On the road: nothing is delivered, whatever is reported; what was left on the trucks is in transit.
/// - Stopped: it set out and did not arrive. What nobody told of is unaccounted for.
/// - Not loaded yet: the load is only planned. Given up: not even that.
///
/// # Units
///
/// The unit of the line.
///
/// # Example
///
/// Of 1,000 bags 300 were taken off and 500 handed over; of the other 200 no source tells.
///
/// ```
/// use passage::assess::funnel::{Progress, Told, line_flow};
/// let told = Told { loaded: Some(1000.0), removed: Some(300.0), delivered: Some(500.0), ..Told::default() };
/// let flow = line_flow(&told, Progress::Arrived).flow;
/// assert_eq!((flow.delivered, flow.unaccounted, flow.excess), (Some(500.0), Some(200.0), Some(0.0)));
/// let flow = line_flow(&told, Progress::OnTheRoad).flow;
/// assert_eq!((flow.delivered, flow.in_transit), (None, Some(700.0)));
/// ```
///
/// # Source
///
/// SPEC §1, line.
#[must_use]
pub fn line_flow(told: &Told, progress: Progress) -> LineFlow {
    let flow = Flow { requested: told.requested, approved: told.approved, ..Flow::default() };
    if !progress.set_out() {
        let planned = told.loaded.or(told.delivered).filter(|_| progress == Progress::NotLoaded);
        return LineFlow { flow: Flow { planned, ..flow }, ..LineFlow::default() };
    }
    let flow = Flow {
        loaded: told.loaded,
        removed: told.removed,
        intercepted: told.intercepted,
        lost: told.lost,
        damaged: told.damaged,
        returned: told.returned,
        ..flow
    };
    let mut line = LineFlow { flow, flags: Flags::default() };
    match progress {
        Progress::Arrived => line.arrive(told),
        Progress::OnTheRoad => line.flow.in_transit = on_board(told),
        _ => line.flow.delivered_not_counted = told.delivered,
    }
    line.balance();
    line
}

/// What was taken, lost, damaged or brought back, as far as told.
fn losses(told: &Told) -> f64 {
    [told.removed, told.intercepted, told.lost, told.damaged, told.returned]
        .into_iter()
        .flatten()
        .fold(0.0, |sum, loss| sum + loss)
}

/// What is on the trucks: the load less the losses, unless told; what is told as delivered is still to come.
fn on_board(told: &Told) -> Option<f64> {
    let rest = told.loaded.map(|loaded| (loaded - losses(told)).max(0.0));
    match (told.in_transit, rest) {
        (None, Some(rest)) => Some(rest),
        (told_on_board, _) => add(told_on_board, told.delivered),
    }
}

impl LineFlow {
    /// The goods came off the trucks: the rule of the cargo, less what is told to be still on the road.
    fn arrive(&mut self, told: &Told) {
        let late = told.in_transit.filter(|_| told.delivered.is_none()).unwrap_or(0.0);
        let arrived = delivered_qty(&CargoLine {
            kind: CargoKind::Other,
            loaded: told.loaded,
            removed: None,
            lost: Some(losses(told) + late),
            delivered: told.delivered,
        });
        self.flow.in_transit = told.in_transit;
        self.flow.delivered = arrived.quantity;
        if told.delivered.is_none() && arrived.quantity.is_some() {
            self.flow.delivered_implied = arrived.quantity;
            self.flags.raise(FunnelFlag::DeliveredImplied);
        }
        // That more left than was loaded is told by the balance, which counts what is in transit too.
        if arrived.flags.contains(&CargoFlag::UnknownQuantity) {
            self.flags.raise(FunnelFlag::DeliveredUnknown);
        }
        if arrived.flags.contains(&CargoFlag::DeliveredExceedsImplied) {
            let beyond = told.delivered.zip(arrived.quantity).map(|(all, some)| all - some);
            self.flow.delivered_not_counted = beyond;
            self.flags.raise(FunnelFlag::DeliveredExceedsImplied);
        }
    }

    /// Sets what left the line against what was loaded.
    fn balance(&mut self) {
        let flow = &mut self.flow;
        let outflows = flow.outflows();
        let out = outflows.into_iter().flatten().fold(0.0, |sum, part| sum + part);
        let Some(loaded) = flow.loaded else {
            self.flags.raise(FunnelFlag::LoadUnknown);
            flow.from_unknown_load = outflows.iter().any(Option::is_some).then_some(out);
            return;
        };
        let open = loaded - out;
        let open = if open.abs() <= ROUNDING * loaded.max(out) { 0.0 } else { open };
        flow.unaccounted = Some(open.max(0.0));
        // Not -open: zero has no sign here.
        flow.excess = Some(if open < 0.0 { out - loaded } else { 0.0 });
        if open < 0.0 {
            self.flags.raise(FunnelFlag::LossesExceedLoaded);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SET_OUT: [Progress; 3] = [Progress::Arrived, Progress::OnTheRoad, Progress::Stopped];

    fn left(flow: &Flow) -> f64 {
        flow.outflows().into_iter().flatten().sum()
    }

    #[test]
    fn a_convoy_that_was_sent_back_delivered_nothing_also_where_a_delivery_is_told() {
        let told = Told { loaded: Some(10.0), delivered: Some(4.0), ..Told::default() };
        let flow = line_flow(&told, Progress::Stopped).flow;
        assert_eq!((flow.delivered, flow.delivered_not_counted), (None, Some(4.0)));
        assert_eq!(flow.unaccounted, Some(10.0));
    }

    #[test]
    fn a_delivery_beyond_the_load_is_cut_and_said() {
        let told = Told { loaded: Some(10.0), delivered: Some(14.0), ..Told::default() };
        let line = line_flow(&told, Progress::Arrived);
        assert_eq!((line.flow.delivered, line.flow.delivered_not_counted), (Some(10.0), Some(4.0)));
        assert!(line.flags.iter().eq([FunnelFlag::DeliveredExceedsImplied]));
    }

    #[test]
    fn what_a_source_says_is_still_on_the_road_has_not_arrived() {
        let told = Told { loaded: Some(10.0), in_transit: Some(3.0), ..Told::default() };
        let flow = line_flow(&told, Progress::Arrived).flow;
        assert_eq!((flow.delivered, flow.in_transit), (Some(7.0), Some(3.0)));
        let flow = line_flow(&Told { delivered: Some(9.0), ..told }, Progress::Arrived).flow;
        assert_eq!((flow.delivered, flow.excess), (Some(9.0), Some(2.0)));
    }

    #[test]
    fn a_load_that_nobody_told_is_unknown_and_what_left_it_stands_beside() {
        let told = Told { delivered: Some(900.0), ..Told::default() };
        let line = line_flow(&told, Progress::Arrived);
        assert_eq!((line.flow.loaded, line.flow.from_unknown_load), (None, Some(900.0)));
        assert_eq!((line.flow.unaccounted, line.flow.excess), (None, None));
        let nothing = line_flow(&Told::default(), Progress::Arrived);
        assert_eq!((nothing.flow.delivered, nothing.flow.from_unknown_load), (None, None));
        assert!(nothing.flags.has(FunnelFlag::DeliveredUnknown));
    }

    #[test]
    fn a_convoy_that_is_not_loaded_has_only_plans_and_one_given_up_not_even_those() {
        let told = Told { requested: Some(9.0), loaded: Some(5.0), ..Told::default() };
        let flow = line_flow(&told, Progress::NotLoaded).flow;
        assert_eq!((flow.requested, flow.planned, flow.loaded), (Some(9.0), Some(5.0), None));
        assert_eq!(line_flow(&told, Progress::GivenUp).flow.planned, None);
    }

    fn told() -> impl Strategy<Value = Told> {
        proptest::array::uniform10(proptest::option::of(0.0..1e6_f64)).prop_map(
            |[
                requested,
                approved,
                loaded,
                removed,
                intercepted,
                lost,
                damaged,
                returned,
                delivered,
                in_transit,
            ]| {
                Told {
                    requested,
                    approved,
                    loaded,
                    removed,
                    intercepted,
                    lost,
                    damaged,
                    returned,
                    delivered,
                    in_transit,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn everything_that_was_loaded_is_somewhere(told in told(), stage in 0..3_usize) {
            let flow = line_flow(&told, SET_OUT[stage]).flow;
            let told_open = flow.unaccounted.unwrap_or(0.0) - flow.excess.unwrap_or(0.0);
            let sum = left(&flow) + told_open - flow.from_unknown_load.unwrap_or(0.0);
            prop_assert!((sum - flow.loaded.unwrap_or(0.0)).abs() < 1e-3, "{flow:?}");
        }

        #[test]
        fn sums_of_lines_add_up_as_lines_do(lines in proptest::collection::vec((told(), 0..3_usize), 0..9), factor in 0.1..9.0_f64) {
            let (mut own, mut sum) = (FlowSum::default(), FlowSum::default());
            for (told, stage) in &lines {
                own.add_line(&line_flow(told, SET_OUT[*stage]));
            }
            sum.add(&own, factor);
            let flow = sum.flow;
            let open = flow.unaccounted.unwrap_or(0.0) - flow.excess.unwrap_or(0.0);
            let all = left(&flow) + open - flow.from_unknown_load.unwrap_or(0.0);
            prop_assert!((all - flow.loaded.unwrap_or(0.0)).abs() < 0.1, "{flow:?}");
            prop_assert_eq!(sum.lines, lines.len());
        }

        #[test]
        fn never_is_more_delivered_than_was_left_or_than_was_told(told in told()) {
            let flow = line_flow(&told, Progress::Arrived).flow;
            if let Some(delivered) = flow.delivered {
                let most = told.loaded.map_or(f64::INFINITY, |loaded| (loaded - losses(&told)).max(0.0));
                prop_assert!(delivered <= told.delivered.unwrap_or(most) && delivered <= most + 1e-3);
            }
        }
    }
}
