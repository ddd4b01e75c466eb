//! The band of days: by a formula where there is one, else by drawing lots.

use crate::assess::doubt::{
    P10P90, RunoutDoubt, RunoutQuantiles, Triangular, mc_runout, mc_runout_with_events,
    runout_lognormal,
};
use crate::assess::stock::{
    Outlook, Period, Reading, StockEvent, Supply, run_out_closed, simulate,
};
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
    let doubt = RunoutDoubt {
        stock: triangular(opening)?,
        population: triangular(need)?,
        ration: triangular(share)?,
        inflow: triangular(inflow)?,
        loss: Triangular::exactly(0.0)?,
        theta_days: (supply.policy == RationPolicy::Threshold)
            .then_some(supply.rules.threshold_days),
    };
    let is_by_ends = inflow == Figure::exactly(0.0)
        && supply.policy != RationPolicy::Threshold
        && [need, share].into_iter().all(is_known_by_its_ends)
        && is_counted_by_its_ends(supply);
    let by_ends = || {
        let [stock, need, share] = [ends(opening)?, ends(need)?, ends(share)?];
        runout_lognormal(stock, need, share, P10P90::ONE).filter(|_| is_by_ends)
    };
    if future.is_empty()
        && let Some(closed) = by_one_doubt(supply, &doubt, ahead.as_of).or_else(by_ends)
    {
        return Some((closed, Method::ClosedForm));
    }
    let lots = supply.rules.draws;
    let drawn = if future.is_empty() {
        mc_runout(&doubt, lots, seed)
    } else {
        mc_runout_with_events(&doubt, future, ahead, lots, seed)
    };
    drawn.map(|quantiles| (quantiles, Method::MonteCarlo))
}

/// Where the count alone is in doubt the days follow its own quantiles, and nothing needs to be drawn. What was
/// eaten since is the same for each of them, so that more in store never gives an earlier day.
fn by_one_doubt(supply: &AreaSupply<'_>, doubt: &RunoutDoubt, now: f64) -> Option<RunoutQuantiles> {
    let certain = [doubt.population, doubt.ration, doubt.inflow, doubt.loss];
    let events = supply.events(None);
    let is_sure = |figure: Figure| figure.floor().is_some() && figure.floor() == figure.ceiling();
    if !certain.iter().all(Triangular::is_certain) || !events.iter().all(|e| is_sure(e.amount)) {
        return None;
    }
    let counted = Counted::of(supply)?;
    let [need, share, inflow] =
        [doubt.population, doubt.ration, doubt.inflow].map(|known| known.quantile(0.5));
    let days = |chance: f64| {
        let stock = Figure::exactly(counted.quantile(chance));
        let lived = Supply { stock, ..supply.supply(&events, share) };
        let left = simulate(&lived, Reading::Best, &Period::of(0.0, now)).closing_stock?;
        Some(run_out_closed(left, need, inflow, supply.rationing(share)))
    };
    let p50 = days(0.5)?;
    let p_never = if p50.is_infinite() { 1.0 } else { 0.0 };
    Some(RunoutQuantiles { p10: days(0.1)?, p50, p90: days(0.9)?, p_never })
}

/// What was counted, as a quantity in doubt.
enum Counted {
    /// Known by its ends, which are taken as P10 and P90.
    Ends(P10P90),
    /// With a likeliest number.
    Likeliest(Triangular),
}

impl Counted {
    fn of(supply: &AreaSupply<'_>) -> Option<Self> {
        let amount = supply.opening();
        let by_ends = is_counted_by_its_ends(supply).then(|| ends(amount)).flatten();
        let by_ends = by_ends.filter(|ends| ends.p10 > 0.0).map(Self::Ends);
        by_ends.or_else(|| Triangular::of(amount).map(Self::Likeliest))
    }

    /// The quantity that it stays below with this chance; of ends only their own and the middle.
    fn quantile(&self, chance: f64) -> f64 {
        match self {
            Self::Likeliest(amount) => amount.quantile(chance),
            Self::Ends(ends) if chance < 0.5 => ends.p10,
            Self::Ends(ends) if chance > 0.5 => ends.p90,
            // The middle of a lognormal, SPEC §3.
            Self::Ends(ends) => (ends.p10 * ends.p90).sqrt(),
        }
    }
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
