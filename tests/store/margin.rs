//! G22: whatever a reader adds and subtracts of the counts that are published, no count of 1 to 4 people comes out.
#![cfg(test)]

use std::cell::Cell;
use std::collections::BTreeMap;

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{Change, Filter, Query};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::result::{record, variable};
use super::{Housed, area, block_on, hour, new, query, sqlite};

const PARTS: [&str; 4] = ["women", "men", "girls", "boys"];

/// The people of an area, and whether their count is recorded, and each of its parts.
#[derive(Debug, Clone)]
struct People {
    parts: [u64; 4],
    more: u64,
    is_recorded: bool,
    tells: [bool; 4],
}

/// A group: its areas as bits, and which parts its total tells.
#[derive(Debug, Clone)]
struct Group {
    areas: u32,
    tells: [bool; 4],
}

#[derive(Debug, Clone)]
struct World {
    areas: Vec<People>,
    groups: Vec<Group>,
}

/// Few, none, or up to fifteen, so that five of them are up to 60 and more.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0_u64), 2 => 1..6_u64, 3 => 5..16_u64]
}

fn people() -> impl Strategy<Value = People> {
    let counts = (prop::array::uniform4(count()), count());
    let told = (prop::bool::weighted(0.7), prop::array::uniform4(any::<bool>()));
    (counts, told).prop_map(|((parts, more), (is_recorded, tells))| People {
        parts,
        more,
        is_recorded,
        tells,
    })
}

fn world() -> impl Strategy<Value = World> {
    prop::collection::vec(people(), 2..=6).prop_flat_map(|areas| {
        let all = 1_u32 << areas.len();
        let group = (1..all, prop::array::uniform4(any::<bool>()))
            .prop_map(|(areas, tells)| Group { areas, tells });
        (Just(areas), prop::collection::vec(group, 1..=3))
            .prop_map(|(areas, groups)| World { areas, groups })
    })
}

fn is_in(areas: u32, at: usize) -> bool {
    areas & (1 << at) != 0
}

/// A population: the sum of the people of some areas, with the parts that it tells.
fn population(of: (&str, &str), people: &[&People], tells: [bool; 4]) -> Change {
    let parts: Vec<u64> =
        (0..4).map(|part| people.iter().map(|people| people.parts[part]).sum()).collect();
    let whole = parts.iter().sum::<u64>() + people.iter().map(|people| people.more).sum::<u64>();
    let mut body = json!({
        "code": format!("P-{}", of.1), "date": "2016-01-01", "metric": "residents",
        "people": { "best": whole }, "sensitivity": "public",
    });
    body[of.0] = json!(of.1);
    for (part, name) in PARTS.iter().enumerate().filter(|(part, _)| tells[*part]) {
        body[*name] = json!(parts[part]);
    }
    new(Kind::Population, &body)
}

async fn stored(world: &World) -> Housed {
    let store = sqlite();
    let areas = (0..world.areas.len()).map(|at| new(Kind::Area, &area(&format!("A{at}"), "A")));
    store.put(hour(1), areas.collect()).await;
    let group = |(at, group): (usize, &Group)| {
        let areas: Vec<String> = (0..world.areas.len())
            .filter(|area| is_in(group.areas, *area))
            .map(|area| format!("A{area}"))
            .collect();
        let body = json!({ "code": format!("G{at}"), "names": { "en": "G" }, "areas": areas });
        new(Kind::AreaGroup, &body)
    };
    store.put(hour(2), world.groups.iter().enumerate().map(group).collect()).await;
    let of_areas = world.areas.iter().enumerate().filter(|(_, people)| people.is_recorded);
    let of_areas = of_areas
        .map(|(at, people)| population(("area", &format!("A{at}")), &[people], people.tells));
    let of_groups = world.groups.iter().enumerate().map(|(at, group)| {
        let people = world.areas.iter().enumerate().filter(|(area, _)| is_in(group.areas, *area));
        let people: Vec<&People> = people.map(|(_, people)| people).collect();
        population(("area_group", &format!("G{at}")), &people, group.tells)
    });
    let all: Vec<Change> = of_areas.chain(of_groups).collect();
    store.put(hour(3), all).await;
    store
}

/// What a reader of internal items is told: by area or group, and by what is counted.
type Published = BTreeMap<(String, String), i64>;

async fn published(store: &Housed) -> Published {
    let reader = Clearance::of(Sensitivity::Internal);
    let mut told = Published::new();
    for expand in [false, true] {
        let all = Query { expand, ..query(Kind::Population, Filter::default()) };
        for row in store.records(all, &reader).await.unwrap().rows {
            let body: Value = serde_json::from_str(&row.body).unwrap();
            let of = row.code.trim_start_matches("P-").to_owned();
            for column in PARTS {
                let count = body[column].as_i64();
                told.extend(count.map(|count| ((of.clone(), column.to_owned()), count)));
            }
            #[expect(clippy::cast_possible_truncation, reason = "whole heads")]
            let whole = body["people"]["best"].as_f64().map(|whole| whole as i64);
            told.extend(whole.map(|whole| ((of.clone(), "people".to_owned()), whole)));
        }
    }
    told
}

/// Every number that is the count of some people and can be had by adding and subtracting; with how.
fn margins(world: &World, told: &Published) -> Vec<(i64, String)> {
    let mut found: Vec<(i64, String)> =
        told.iter().map(|(of, count)| (*count, format!("{of:?}"))).collect();
    for of in told.keys().filter(|(_, column)| column == "people").map(|(of, _)| of) {
        within(of, told, &mut found);
    }
    for column in PARTS.iter().chain(&["people"]) {
        let get = |of: String| told.get(&(of, (*column).to_owned())).copied();
        for (at, group) in world.groups.iter().enumerate() {
            let Some(total) = get(format!("G{at}")) else { continue };
            less_areas(total, group.areas, &get, &format!("{column} of G{at}"), &mut found);
            for (other, inner) in world.groups.iter().enumerate() {
                let is_inside = other != at && inner.areas & !group.areas == 0;
                let Some(part) = get(format!("G{other}")).filter(|_| is_inside) else { continue };
                let how = format!("{column} of G{at} less G{other}");
                less_areas(total - part, group.areas & !inner.areas, &get, &how, &mut found);
            }
        }
    }
    found
}

/// The whole of one record less any of its parts.
fn within(of: &str, told: &Published, found: &mut Vec<(i64, String)>) {
    let get = |column: &str| told.get(&(of.to_owned(), column.to_owned())).copied();
    let whole = get("people").unwrap();
    for choice in 1..16_u32 {
        let chosen = PARTS.iter().enumerate().filter(|(part, _)| is_in(choice, *part));
        let sum: Option<i64> = chosen.map(|(_, name)| get(name)).sum();
        found.extend(sum.map(|sum| (whole - sum, format!("{of} less its parts {choice:04b}"))));
    }
}

/// A total less the counts of any of its areas that tell one.
fn less_areas(
    total: i64,
    areas: u32,
    get: &impl Fn(String) -> Option<i64>,
    how: &str,
    found: &mut Vec<(i64, String)>,
) {
    for choice in 0..=areas {
        if choice & !areas != 0 {
            continue;
        }
        let chosen = (0..32).filter(|at| is_in(choice, *at));
        let sum: Option<i64> = chosen.map(|at| get(format!("A{at}"))).sum();
        found.extend(sum.map(|sum| (total - sum, format!("{how} less areas {choice:b}"))));
    }
}

#[test]
fn no_sum_or_difference_of_published_counts_is_a_few_people() {
    let mut config = ProptestConfig::default();
    if variable("PROPTEST_CASES").is_none() {
        config.cases = 48;
    }
    config.failure_persistence = None;
    let cases = config.cases;
    let (looked_at, numbers) = (Cell::new(0_usize), Cell::new(0_usize));
    let found = TestRunner::new(config).run(&world(), |world| {
        let told = block_on(async { published(&stored(&world).await).await });
        let margins = margins(&world, &told);
        looked_at.set(looked_at.get() + margins.len());
        numbers.set(numbers.get() + told.len());
        for (count, how) in margins {
            prop_assert!(!(1..5).contains(&count), "{how} is {count}: {told:?}");
        }
        Ok(())
    });
    let told = format!(
        "{cases} worlds of areas and overlapping groups, {} counts published, {} sums and differences: {}",
        numbers.get(),
        looked_at.get(),
        if found.is_ok() { "none is 1 to 4 people" } else { "one is 1 to 4 people" }
    );
    record("G22", &told, found.is_ok());
    assert!(numbers.get() > cases as usize, "not everything is suppressed: {told}");
    found.unwrap();
}
