//! `make bench`: the assessment in process, beside a bare loop over columns, on a generated world held in memory.
//!
//! Believe ratios taken in one run, never single times. `PASSAGE_BENCH_CONVOYS` makes it smaller.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_lines,
    reason = "a bench prints rough numbers"
)]

#[path = "parts/world.rs"]
mod world;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use passage::assess::allocation::{AreaInNeed, Cap, Loads, Policy, Supply, Task, Window};
use passage::assess::allocation::{greedy_trucks, nested_water_fill, plan};
use passage::assess::holding::Sector;
use passage::assess::throughput::Logistics;
use passage::assess::throughput::simulation::loads_sim;
use passage::domain::stock::RationPolicy;
use passage::situation::coverage::{CoverageQuestion, coverage, shares};
use passage::situation::outlook::{OutlookQuestion, outlooks};
use passage::situation::standards::Standards;
use passage::situation::supply::SupplyQuestion;
use passage::situation::{Situation, World};

use crate::world::{AREAS, Columns, standards, world};

#[expect(clippy::disallowed_methods, reason = "a bench has no settings file")]
fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The shortest of some runs: what else ran on the machine only adds.
fn shortest<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let time = || {
        let begun = Instant::now();
        black_box(run());
        begun.elapsed()
    };
    std::iter::repeat_with(time).take(runs).min().unwrap_or_default()
}

fn row(name: &str, target: &str, took: Duration, anchor: Duration) {
    let times = took.as_secs_f64() / anchor.as_secs_f64();
    println!("| {name} | {target} | {:.2} ms, {times:.1} × |", took.as_secs_f64() * 1e3);
}

fn main() {
    let convoys = number("PASSAGE_BENCH_CONVOYS", 1_000_000);
    println!(
        "{AREAS} areas, {convoys} convoys\n\n| figure | target | measured, × the loop |\n|---|---|---|"
    );
    let (few, _) = world(convoys / 100);
    let (many, columns) = world(convoys);
    let standards = standards();
    let anchor = loop_over(&columns);
    row("branch-free loop over columns, one thread", "–", anchor, anchor);
    let situation = |world: &Arc<World>| Situation {
        world: Arc::clone(world),
        as_of: world::end(),
        known_at: world::end(),
    };
    let (few, many) = (situation(&few), situation(&many));
    for (name, target, situation) in [
        ("P7 coverage of all areas, 30 days", "≤ 2 ×", &many),
        ("   the same with a hundredth of the convoys", "within 20 %", &few),
    ] {
        let from = situation.as_of - TimeDelta::days(30);
        let took = shortest(9, || shares(situation, (from, situation.as_of), &standards).len());
        row(name, target, took, anchor);
    }
    let took = shortest(5, || cover(&many, &standards));
    row("   the same with claims, sources and counts of convoys", "–", took, anchor);
    row(
        "outlook of all areas by the formula",
        "≤ 20 ×",
        shortest(5, || look(&many, &standards, RationPolicy::Full, Vec::new())),
        anchor,
    );
    for areas in [20, 40] {
        let codes = (0..areas).map(|n| format!("A{:04}", n * 3)).collect();
        row(
            &format!("outlook of {areas} areas by 200,000 draws each"),
            "linear in areas",
            shortest(3, || look(&many, &standards, RationPolicy::Constant, Vec::clone(&codes))),
            anchor,
        );
    }
    allocations(anchor);
}

fn cover(situation: &Situation, standards: &Standards) -> usize {
    let from = situation.as_of - TimeDelta::days(30);
    let question =
        CoverageQuestion { from, to: situation.as_of, areas: Vec::new(), admin1: None, standards };
    coverage(situation, &question).len()
}

fn look(
    situation: &Situation,
    standards: &Standards,
    policy: RationPolicy,
    areas: Vec<String>,
) -> usize {
    let supply = SupplyQuestion {
        sector: Sector::Food,
        policy: Some(policy),
        include_planned: false,
        standards,
    };
    let question =
        OutlookQuestion { supply, horizon_days: None, areas, admin1: None, with_inputs: false };
    outlooks(situation, &question).len()
}

/// What arrived in thirty days, for each area: read in order, without a branch.
fn loop_over(columns: &Columns) -> Duration {
    let to = (world::end() - DateTime::<Utc>::UNIX_EPOCH).num_days() as i32;
    let from = to - 30;
    shortest(15, || {
        let mut sums = vec![0.0_f32; AREAS];
        for ((area, day), food) in columns.area.iter().zip(&columns.day).zip(&columns.food) {
            let counts = i32::from(*day > from) & i32::from(*day <= to);
            sums[usize::from(*area)] += food * counts as f32;
        }
        sums
    })
}

fn allocations(anchor: Duration) {
    let task = |areas: usize, windows: usize| Task {
        areas: (0..areas)
            .map(|n| {
                let people = 1_000.0 + (n * 7919 % 90_000) as f64;
                AreaInNeed::new(&format!("A{n}"), people, people * (n % 11) as f64)
            })
            .collect(),
        windows: (0..windows)
            .map(|n| Window { day: 7.0 * n as f64, loads: areas as f64 / 4.0 })
            .collect(),
        horizon_days: 7.0 * windows as f64,
        supplies: vec![Supply::food(27_000.0)],
        route_caps: std::collections::BTreeMap::new(),
    };
    let large = task(10_000, 52);
    let took = shortest(3, || nested_water_fill(&large).is_ok());
    row(
        "nested water-filling, 10,000 areas × 52 windows",
        "tenths of a second at most",
        took,
        anchor,
    );
    let need: Vec<f64> = large.areas.iter().map(|a| a.population.unwrap_or(0.0) * 30.0).collect();
    let have = vec![0.0; need.len()];
    let took = shortest(3, || greedy_trucks(&need, &have, 10_000, 27_000.0));
    row("greedy, 10,000 loads over 10,000 areas", "milliseconds", took, anchor);
    let thousand = Logistics { trucks: 1_000, lanes: 25, docks: 100, ..Logistics::EASTERN_ALEPPO };
    let took = shortest(5, || loads_sim(48.0, &thousand).is_ok());
    row("exact simulation of 48 h with 1,000 trucks", "milliseconds", took, anchor);
    let mut capped = task(50, 12);
    capped.areas[0].window_cap = Some(Cap::EachWindow(1.0));
    let took = shortest(2, || plan(&capped, Policy::Lexicographic, Loads::Divisible).is_ok());
    row("linear model with a cap, 50 areas × 12 windows", "–", took, anchor);
}
