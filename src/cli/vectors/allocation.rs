//! Adapters of what is shared out: one pool, whole trucks, many windows, the linear model.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Adapter;
use super::args::{Args, BadArgs, Parsed};
use crate::assess::allocation::{
    self, AreaInNeed, Cap, Loads, Outcome, Policy, Supply, Task, Window,
};

pub(super) const ADAPTERS: &[(&str, Adapter)] = &[
    ("water_fill", water_fill),
    ("greedy_trucks", greedy_trucks),
    ("nested_water_fill", nested_water_fill),
    ("allocate_lp", allocate_lp),
];

fn numbers(args: Args, name: &str) -> Parsed<Vec<f64>> {
    args.each(name, |item| Ok(item.item()?.unwrap_or(0.0)))
}

fn water_fill(args: Args) -> Parsed<Value> {
    let (need, have) = (numbers(args, "need")?, numbers(args, "have")?);
    let caps = if args.0["cap"].is_null() { Vec::new() } else { args.each("cap", Args::item)? };
    Ok(json!(allocation::water_fill(&need, &have, args.number("budget")?, &caps)))
}

fn greedy_trucks(args: Args) -> Parsed<Value> {
    let (need, have) = (numbers(args, "need")?, numbers(args, "have")?);
    let trucks = args.parsed_or("trucks", 0)?;
    Ok(json!(allocation::greedy_trucks(&need, &have, trucks, args.number("load")?)))
}

fn nested_water_fill(args: Args) -> Parsed<Value> {
    let task = task(Args(&args.0["prob"]))?;
    let shared = allocation::nested_water_fill(&task).map_err(|e| BadArgs(e.to_string()))?;
    let by_id: BTreeMap<&str, Option<f64>> = task
        .areas
        .iter()
        .zip(&shared.coverage)
        .map(|(area, coverage)| (area.id.as_str(), *coverage))
        .collect();
    let mut result = outcome(&shared);
    result["coverage"] = json!(by_id);
    Ok(result)
}

fn allocate_lp(args: Args) -> Parsed<Value> {
    let task = task(Args(&args.0["prob"]))?;
    let bad_policy = |_| args.refuse("policy", &Policy::WORDS.join(" or "));
    let policy = match args.0["policy"].as_str() {
        Some(word) => word.parse().or_else(bad_policy)?,
        None => Policy::Lexicographic,
    };
    let whole: bool = args.parsed_or("integer", false)?;
    let loads = if whole { Loads::Whole } else { Loads::Divisible };
    let shared = allocation::allocate_lp(&task, policy, loads);
    Ok(outcome(&shared.map_err(|e| BadArgs(e.to_string()))?))
}

fn outcome(shared: &Outcome) -> Value {
    json!({
        "min_coverage": shared.minimum_coverage,
        "sorted_coverage": shared.sorted_coverage(),
        "unmet": shared.unmet_person_days,
    })
}

fn task(prob: Args) -> Parsed<Task> {
    let window =
        |window: Args| Ok(Window { day: window.number("t")?, loads: window.number("loads")? });
    let route_caps = prob.parsed_or("route_caps", BTreeMap::<String, Option<Cap>>::new())?;
    Ok(Task {
        areas: prob.each("areas", area)?,
        windows: prob.each("windows", window)?,
        horizon_days: prob.number("horizon_days")?,
        supplies: supplies(prob)?,
        route_caps: route_caps.into_iter().filter_map(|(r, cap)| Some((r, cap?))).collect(),
    })
}

fn area(area: Args) -> Parsed<AreaInNeed> {
    Ok(AreaInNeed {
        id: area.text("id")?.to_owned(),
        population: area.maybe("population")?,
        stock_person_days: area.maybe("stock")?,
        inflow_person_days_per_day: area.maybe("inflow")?.unwrap_or(0.0),
        route: area.0["route"].as_str().map(str::to_owned),
        access: area.maybe("access")?.unwrap_or(1.0),
        loss: area.maybe("loss")?.unwrap_or(0.0),
        window_cap: area.parsed_or("window_cap", None)?,
    })
}

fn supplies(prob: Args) -> Parsed<Vec<Supply>> {
    if prob.0["commodities"].is_null() {
        let food = Supply::food(prob.number("pd_per_load")?);
        return Ok(vec![Supply { stock_loads: prob.maybe("hub_stock")?, ..food }]);
    }
    prob.each("commodities", |commodity| {
        Ok(Supply {
            id: commodity.text("id")?.to_owned(),
            stock_loads: commodity.maybe("hub_stock")?,
            ..Supply::food(commodity.number("pd_per_load")?)
        })
    })
}
