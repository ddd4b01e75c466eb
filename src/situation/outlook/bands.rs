//! The band of days: by a formula where there is one, else by drawing lots.

use crate::assess::doubt::{
    P10P90, RunoutDoubt, RunoutQuantiles, Triangular, mc_runout, mc_runout_with_events,
    runout_lognormal,
};
use crate::assess::stock::{Outlook, Rationing, StockEvent, run_out_closed};
use crate::domain::Figure;
use crate::domain::choice::choice;
use crate::domain::stock::RationPolicy;
use crate::situation::supply::{AreaSupply, best_of};

choice! {
    /// How a band of days was made.
    Method {
        /// By a formula: each figure is known by its ends, and nothing comes in.
        ClosedForm = "closed_form",
        /// By drawing lots.
        MonteCarlo = "monte_carlo",
    }
}

/// The band of days on which the stock of now ends; `None` where what is needed each day has no end.
pub(super) fn band(
    supply: &AreaSupply<'_>,
    opening: Figure,
    future: &[StockEvent],
    ahead: &Outlook,
    seed: u64,
) -> Option<(RunoutQuantiles, Method)> {
    let [low, best, high] = supply.shares();
    let share = Figure::computed(Some(low), Some(best), Some(high));
    let inflow = supply.inflow_per_day();
    let need = supply.need_per_day();
    let closed = (future.is_empty()
        && inflow == Figure::exactly(0.0)
        && supply.policy != RationPolicy::Threshold
        && [need, share].into_iter().all(is_known_by_its_ends)
        && is_counted_by_its_ends(supply))
    .then(|| runout_lognormal(ends(opening)?, ends(need)?, ends(share)?, P10P90::ONE))
    .flatten();
    if let Some(closed) = closed {
        return Some((closed, Method::ClosedForm));
    }
    let doubt = RunoutDoubt {
        stock: triangular(opening)?,
        population: triangular(need)?,
        ration: triangular(share)?,
        inflow: triangular(inflow)?,
        loss: Triangular::exactly(0.0)?,
        theta_days: (supply.policy == RationPolicy::Threshold)
            .then_some(supply.rules.threshold_days),
    };
    if future.is_empty()
        && let Some(only) = by_one_doubt(&doubt)
    {
        return Some((only, Method::ClosedForm));
    }
    let lots = supply.rules.draws;
    let drawn = if future.is_empty() {
        mc_runout(&doubt, lots, seed)
    } else {
        mc_runout_with_events(&doubt, future, ahead, lots, seed)
    };
    drawn.map(|quantiles| (quantiles, Method::MonteCarlo))
}

/// Where the stock alone is in doubt the days follow its own quantiles, and nothing needs to be drawn.
fn by_one_doubt(doubt: &RunoutDoubt) -> Option<RunoutQuantiles> {
    let certain = [doubt.population, doubt.ration, doubt.inflow, doubt.loss];
    if !certain.iter().all(Triangular::is_certain) {
        return None;
    }
    let rationing = |share| match doubt.theta_days {
        Some(theta_days) => Rationing::Threshold { theta_days, share },
        None => Rationing::Constant { share },
    };
    let [need, share, inflow] =
        [doubt.population, doubt.ration, doubt.inflow].map(|known| known.quantile(0.5));
    let days =
        |chance: f64| run_out_closed(doubt.stock.quantile(chance), need, inflow, rationing(share));
    let p_never = if days(0.0).is_infinite() { 1.0 } else { 0.0 };
    Some(RunoutQuantiles { p10: days(0.1), p50: days(0.5), p90: days(0.9), p_never })
}

/// Is there no likeliest number between the ends: then they are taken as P10 and P90.
fn is_known_by_its_ends(figure: Figure) -> bool {
    let is_certain = figure.floor().is_some() && figure.floor() == figure.ceiling();
    is_certain || figure.best().is_none()
}

/// The same of the stock: its counts, before the doubt of losses and of what was eaten since.
fn is_counted_by_its_ends(supply: &AreaSupply<'_>) -> bool {
    let counts = supply.counted.iter().flat_map(|counted| &counted.counts);
    counts.into_iter().all(|(_, holding)| is_known_by_its_ends(holding.amount))
}

fn ends(figure: Figure) -> Option<P10P90> {
    Some(P10P90 { p10: figure.floor()?, p90: figure.ceiling()? })
}

/// An end that nobody gave is the number that is known: the caller says so.
fn triangular(figure: Figure) -> Option<Triangular> {
    let figure = best_of(figure);
    let best = figure.central()?;
    let (low, high) = (figure.floor().unwrap_or(best), figure.ceiling().unwrap_or(best));
    Triangular::of(Figure::computed(Some(low), Some(best.clamp(low, high)), Some(high)))
}
