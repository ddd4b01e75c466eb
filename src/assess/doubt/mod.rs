//! How sure a run-out date is: from the doubt of stock, population, ration and inflow to early and late days.
//!
//! Where there are only P10 and P90 and nothing comes in, [`runout_lognormal`] needs no drawing of lots; else
//! [`mc_runout`] draws them, and [`mc_runout_with_events`] where arrivals or losses are planned. The errors are
//! drawn independently: if one source gives both stock and population, its error is not seen twice here.

mod lognormal;
mod monte_carlo;
mod quantile;
mod triangular;

pub use lognormal::{P10P90, runout_lognormal};
pub use monte_carlo::{DRAWS, RunoutDoubt, mc_runout, mc_runout_with_events};
pub use quantile::quantile7;
pub use triangular::Triangular;

use serde::Serialize;

/// When the food ends: early, middle and late. Days from now; infinite for never.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunoutQuantiles {
    /// The early day: one chance in ten that the food ends before it.
    pub p10: f64,
    /// The middle day.
    pub p50: f64,
    /// The late day: one chance in ten that the food lasts longer.
    pub p90: f64,
    /// The chance that it never ends as things are, or not as far as was looked.
    pub p_never: f64,
}

impl RunoutQuantiles {
    /// Of equally likely run-outs, which are reordered; `None` of none.
    fn of(days: &mut [f64]) -> Option<Self> {
        let never = days.iter().filter(|days| days.is_infinite()).count();
        #[expect(clippy::cast_precision_loss, reason = "draws stay far below 2^53")]
        let p_never = never as f64 / days.len() as f64;
        Some(Self {
            p10: quantile7(days, 0.1)?,
            p50: quantile7(days, 0.5)?,
            p90: quantile7(days, 0.9)?,
            p_never,
        })
    }
}
