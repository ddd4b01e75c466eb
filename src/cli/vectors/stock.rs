//! Adapters of stock and flow: what a period was served, when the food ends, and how sure that is.

use serde_json::{Value, json};

use super::Adapter;
use super::args::{Args, BadArgs, Parsed, as_json};
use crate::assess::doubt::{self, P10P90, RunoutDoubt, RunoutQuantiles, Triangular};
use crate::assess::stock::{
    self, HORIZON_DAYS, Outlook, Period, Rationing, Reading, StockChange, StockEvent, Supply,
};
use crate::domain::Figure;

pub(super) const ADAPTERS: &[(&str, Adapter)] = &[
    ("simulate", simulate),
    ("run_out", run_out),
    ("run_out_closed", run_out_closed),
    ("coverage_interval", coverage_interval),
    ("quantile7", quantile7),
    ("tri_ppf", tri_ppf),
    ("runout_lognormal", runout_lognormal),
    ("mc_runout", mc_runout),
];

/// A figure of a case: one number, its low, best and high, or unknown.
fn figure(args: Args, name: &str) -> Parsed<Figure> {
    let value = Args(&args.0[name]);
    if value.0.is_object() {
        let (low, high) = (value.maybe("low")?, value.maybe("high")?);
        return Ok(Figure::computed(low, value.maybe("best")?, high));
    }
    Ok(args.maybe(name)?.map_or(Figure::UNKNOWN, Figure::exactly))
}

fn event(event: Args) -> Parsed<StockEvent> {
    let change = match event.text("type")? {
        "count" => StockChange::Count,
        "loss" => StockChange::Loss,
        "arrival" => StockChange::Arrival,
        "population" => StockChange::Population,
        "inflow" => StockChange::Inflow,
        _ => return event.refuse("type", "an event of a stock"),
    };
    Ok(StockEvent { day: event.number("t")?, change, amount: figure(event, "value")? })
}

fn rationing(args: Args) -> Parsed<Rationing> {
    let policy = Args(&args.0["policy"]);
    let share = policy.parsed_or("rho", 1.0)?;
    match policy.parsed_or("mode", "full")? {
        "full" => Ok(Rationing::Full),
        "constant" => Ok(Rationing::Constant { share }),
        "threshold" => {
            Ok(Rationing::Threshold { theta_days: policy.parsed_or("theta_days", 0.0)?, share })
        }
        _ => policy.refuse("mode", "full, constant or threshold"),
    }
}

fn events(args: Args) -> Parsed<Vec<StockEvent>> {
    if args.0["events"].is_null() { Ok(Vec::new()) } else { args.each("events", event) }
}

fn supply<'e>(args: Args, events: &'e [StockEvent]) -> Parsed<Supply<'e>> {
    let inflow =
        if args.0.get("inflow").is_some() { figure(args, "inflow")? } else { Figure::exactly(0.0) };
    Ok(Supply {
        uncounted: args.parsed_or("uncounted", 0.0)?,
        inflow,
        rationing: rationing(args)?,
        events,
        ..Supply::of(figure(args, "stock")?, figure(args, "population")?)
    })
}

fn period(args: Args) -> Parsed<Period> {
    Ok(Period {
        from: args.parsed_or("t0", 0.0)?,
        to: args.parsed_or("t1", 30.0)?,
        as_of: args.maybe("as_of")?,
        include_planned: args.parsed_or("include_planned", false)?,
    })
}

fn simulate(args: Args) -> Parsed<Value> {
    let events = events(args)?;
    Ok(json!(stock::simulate(&supply(args, &events)?, Reading::Best, &period(args)?)))
}

fn coverage_interval(args: Args) -> Parsed<Value> {
    let events = events(args)?;
    Ok(json!(stock::coverage_interval(&supply(args, &events)?, &period(args)?)))
}

fn run_out(args: Args) -> Parsed<Value> {
    let from = args.parsed_or("t0", 0.0)?;
    let outlook = Outlook {
        from,
        as_of: args.parsed_or("as_of", from)?,
        horizon_days: args.parsed_or("horizon", HORIZON_DAYS)?,
        include_planned: args.parsed_or("include_planned", true)?,
    };
    let events = events(args)?;
    Ok(json!(stock::run_out(&supply(args, &events)?, Reading::Best, &outlook)))
}

fn run_out_closed(args: Args) -> Parsed<Value> {
    let (stock, population) = (args.maybe("stock")?, args.maybe("population")?);
    let share = args.parsed_or("rho", 1.0)?;
    let rationing = args.maybe("theta_days")?.map_or(Rationing::Constant { share }, |theta_days| {
        Rationing::Threshold { theta_days, share }
    });
    let (inflow, uncounted) = (args.parsed_or("inflow", 0.0)?, args.parsed_or("uncounted", 0.0)?);
    Ok(stock.zip(population).map_or(Value::Null, |(stock, population)| {
        as_json(stock::run_out_closed(stock, population * (1.0 + uncounted), inflow, rationing))
    }))
}

fn quantile7(args: Args) -> Parsed<Value> {
    let values = args.each("values", Args::item)?;
    let known: Option<Vec<f64>> = values.into_iter().collect();
    let p = args.number("p")?;
    Ok(known.and_then(|mut known| doubt::quantile7(&mut known, p)).map_or(Value::Null, as_json))
}

fn triangular(low: f64, best: f64, high: f64) -> Parsed<Triangular> {
    Triangular::new(low, best, high).map_err(|refused| BadArgs(refused.to_string()))
}

fn tri_ppf(args: Args) -> Parsed<Value> {
    let distribution = triangular(args.number("a")?, args.number("c")?, args.number("b")?)?;
    Ok(as_json(distribution.quantile(args.number("u")?)))
}

/// The numbers of a list of known length.
fn numbers<const N: usize>(args: Args, name: &str) -> Parsed<Option<[f64; N]>> {
    if args.0[name].is_null() {
        return Ok(None);
    }
    let numbers: Option<Vec<f64>> = args.each(name, Args::item)?.into_iter().collect();
    match numbers.and_then(|numbers| <[f64; N]>::try_from(numbers).ok()) {
        Some(numbers) => Ok(Some(numbers)),
        None => args.refuse(name, &format!("{N} numbers")),
    }
}

fn quantiles(days: Option<RunoutQuantiles>) -> Value {
    let [p10, p50, p90, p_never] = days.map_or([const { Value::Null }; 4], |days| {
        [days.p10, days.p50, days.p90, days.p_never].map(as_json)
    });
    json!({ "p10": p10, "p50": p50, "p90": p90, "p_never": p_never })
}

fn runout_lognormal(args: Args) -> Parsed<Value> {
    let range = |name| {
        let range = numbers::<2>(args, name)?;
        Ok(range.map_or(P10P90::ONE, |[p10, p90]| P10P90 { p10, p90 }))
    };
    let (stock, population) = (range("stock")?, range("population")?);
    let (ration, keep) = (range("ration")?, range("keep")?);
    Ok(quantiles(doubt::runout_lognormal(stock, population, ration, keep)))
}

fn mc_runout(args: Args) -> Parsed<Value> {
    let between = |name, usual: f64| {
        let [low, best, high] = numbers::<3>(args, name)?.unwrap_or([usual; 3]);
        triangular(low, best, high)
    };
    if args.0["stock"].is_null() || args.0["population"].is_null() {
        return Ok(quantiles(None));
    }
    let doubt = RunoutDoubt {
        stock: between("stock", 0.0)?,
        population: between("population", 0.0)?,
        ration: between("ration", 1.0)?,
        inflow: between("inflow", 0.0)?,
        loss: between("loss", 0.0)?,
        theta_days: None,
    };
    let draws = args.parsed_or("n", doubt::DRAWS)?;
    Ok(quantiles(doubt::mc_runout(&doubt, draws, args.parsed_or("seed", 0)?)))
}
