//! Adapters of what is counted: cargo, people, gaps, evidence.

use serde_json::{Value, json};

use super::Adapter;
use super::args::{Args, Parsed};
use crate::assess::cargo::{self, CargoKind, CargoLine};
use crate::assess::estimate;
use crate::assess::evidence::{self, RunoutLines};
use crate::assess::gap::{self, Haulage};
use crate::assess::hysteresis::{self, Direction};
use crate::assess::reach;
use crate::domain::Figure;

pub(super) const ADAPTERS: &[(&str, Adapter)] = &[
    ("convoy_totals", convoy_totals),
    ("removed_share", removed_share),
    ("unique_reached", unique_reached),
    ("merge_estimates", merge_estimates),
    ("hysteresis", hysteresis),
    ("gap", gap),
    ("famine_evidence", famine_evidence),
    ("runout_severity", runout_severity),
];

fn cargo_line(line: Args) -> Parsed<CargoLine> {
    let (persons, days) = (line.maybe("persons")?, line.maybe("days")?);
    let kind = match line.text("kind")? {
        "bulk_food" => CargoKind::BulkFood { kcal_per_100g: line.maybe("kcal_per_100g")? },
        "parcel" => {
            CargoKind::Parcel { persons, days, kcal_per_person_day: line.maybe("kcal_pppd")? }
        }
        "water" => CargoKind::Water,
        "health_kit" => CargoKind::HealthKit { persons, days },
        "unknown" => CargoKind::Unknown,
        _ => CargoKind::Other,
    };
    Ok(CargoLine {
        kind,
        loaded: line.maybe("loaded")?,
        removed: line.maybe("removed")?,
        lost: line.maybe("lost")?,
        delivered: line.maybe("delivered")?,
    })
}

fn convoy_totals(args: Args) -> Parsed<Value> {
    let lines = args.each("lines", cargo_line)?;
    let days = args.parsed_or("ration_days", cargo::RATION_DAYS)?;
    let (loss, diversion) = (args.parsed_or("loss", 0.0)?, args.parsed_or("diversion", 0.0)?);
    Ok(json!(cargo::convoy_totals(&lines, args.maybe("trucks")?, days, loss, diversion)))
}

fn removed_share(args: Args) -> Parsed<Value> {
    let weights = args.each("lines", |line| Ok((line.maybe("kg")?, line.maybe("removed_kg")?)))?;
    Ok(json!(cargo::removed_share(&weights)))
}

fn unique_reached(args: Args) -> Parsed<Value> {
    Ok(json!(reach::unique_reached(&args.each("rounds", Args::item)?, args.maybe("population")?)))
}

fn merge_estimates(args: Args) -> Parsed<Value> {
    let estimates = args.each("estimates", |figure| {
        let (low, high) = (figure.maybe("low")?, figure.maybe("high")?);
        Ok(Figure::computed(low, figure.maybe("best")?, high))
    })?;
    Ok(json!(estimate::merge_estimates(&estimates)))
}

fn hysteresis(args: Args) -> Parsed<Value> {
    let values = args.each("values", Args::item)?;
    let (raise_at, clear_at) = (args.number("raise_at")?, args.number("clear_at")?);
    let direction = args.parsed_or("direction", Direction::default())?;
    let hold = args.parsed_or("hold", 1)?;
    Ok(json!(hysteresis::hysteresis(&values, raise_at, clear_at, direction, hold)))
}

fn gap(args: Args) -> Parsed<Value> {
    let usual = Haulage::default();
    let haulage = Haulage {
        ration_kg: args.parsed_or("ration_kg_pppd", usual.ration_kg)?,
        loss: args.parsed_or("loss", usual.loss)?,
        payload_tonnes: args.parsed_or("payload_t", usual.payload_tonnes)?,
        trucks_per_convoy: args.maybe("trucks_per_convoy")?,
    };
    let (needed, served) = (args.number("needed_pd")?, args.number("served_pd")?);
    Ok(json!(gap::gap(needed, served, args.number("period_days")?, &haulage)))
}

fn famine_evidence(args: Args) -> Parsed<Value> {
    let (food, gam, cdr) = (args.maybe("food_share")?, args.maybe("gam")?, args.maybe("cdr")?);
    Ok(json!(evidence::famine_evidence(food, gam, cdr)))
}

fn runout_severity(args: Args) -> Parsed<Value> {
    let (p10, p50) = (args.maybe("p10")?, args.maybe("p50")?);
    Ok(json!(evidence::runout_severity(p10, p50, &RunoutLines::default())))
}
