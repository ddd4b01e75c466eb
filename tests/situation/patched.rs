//! A world that took in one change after another gives the figures of one that was loaded as it is now.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use passage::assess::holding::Sector;
use passage::config::Settings;
use passage::domain::{Kind, Moment, draft};
use passage::situation::alert::alerts;
use passage::situation::coverage::{CoverageQuestion, coverage};
use passage::situation::outlook::{OutlookQuestion, outlooks};
use passage::situation::standards::Standards;
use passage::situation::supply::SupplyQuestion;
use passage::situation::{Situation, World};
use passage::store::Stored;
use proptest::prelude::*;
use serde_json::{Value, json};

const AREAS: [&str; 3] = ["a", "b", "c"];

pub fn standards() -> Standards {
    Standards::of_settings(
        &Settings::layered("test", "[outlook]\ndraws = 200", std::iter::empty()).unwrap(),
    )
}

pub fn now() -> DateTime<Utc> {
    "2016-07-26".parse::<Moment>().unwrap().end()
}

/// One version of one record: withdrawn where there is no body.
#[derive(Debug, Clone)]
pub struct Written {
    pub kind: Kind,
    pub code: String,
    pub body: Option<Value>,
}

fn day(day: u32) -> String {
    format!("2016-07-{:02}", 1 + day % 25)
}

fn body(kind: Kind, area: &str, other: &str, number: u32) -> Value {
    match kind {
        Kind::Population => {
            json!({ "area": area, "date": day(number), "people": 100 + number, "metric": "residents" })
        }
        Kind::Stock => {
            let kinds = ["stock", "stock", "inflow"];
            json!({ "area": area, "date": day(number), "stock_type": kinds[number as usize % 3], "person_days": number * 10 })
        }
        Kind::Incident => {
            json!({ "incident_type": "warehouse_hit", "date": day(number), "areas": [area],
            "losses": [{ "item": "wheat_flour", "quantity": number, "unit": "kg" }] })
        }
        Kind::Logistics => json!({ "area": area, "date": day(number), "trucks": number }),
        Kind::Status => {
            json!({ "area": area, "scheme": "un", "status": "besieged", "valid_from": day(number) })
        }
        _ => {
            let stage = ["completed", "departed", "denied", "approved"][number as usize % 4];
            let both = if area == other { json!([area]) } else { json!([other, area]) };
            let whole = if number.is_multiple_of(5) { json!(["convoy-0"]) } else { json!([]) };
            json!({ "mode": "cross_line", "date": day(number), "part_of": whole,
                "drops": [{ "areas": [area], "lines": [{ "commodity": "wheat_flour", "loaded": number * 6 }] },
                    { "areas": both, "carries_food": true, "people_reached": number }],
                "events": [{ "stage": stage, "at": day(number + 1) }] })
        }
    }
}

pub fn written() -> impl Strategy<Value = Written> {
    let kinds = [
        Kind::Population,
        Kind::Stock,
        Kind::Incident,
        Kind::Logistics,
        Kind::Status,
        Kind::Convoy,
        Kind::Convoy,
    ];
    (0..kinds.len(), 0..4_usize, 0..3_usize, 0..3_usize, 0..600_u32, 0..5_u8).prop_map(
        move |(kind, code, area, other, number, fate)| {
            let kind = kinds[kind];
            let body = body(kind, AREAS[area], AREAS[other], number);
            Written { kind, code: format!("{kind}-{code}"), body: (fate > 0).then_some(body) }
        },
    )
}

pub fn put(world: &mut World, version: i64, written: &Written) {
    world.put(stored(version, written), standards().ration).unwrap();
}

pub fn stored(version: i64, written: &Written) -> Stored {
    let made = written.body.as_ref().map(|body| draft(written.kind, body).unwrap().body);
    Stored {
        kind: written.kind,
        id: uuid::Uuid::nil(),
        code: written.code.clone(),
        version,
        recorded_at: now(),
        learned_at: now(),
        retired_at: None,
        withdrawn: made.is_none(),
        body: made.unwrap_or_else(|| json!({})).to_string(),
        seen: passage::store::Seen::default(),
    }
}

pub fn with_areas() -> World {
    let mut world = World::default();
    for (version, code) in (1..).zip(AREAS) {
        let body = Some(json!({ "names": code }));
        put(&mut world, version, &Written { kind: Kind::Area, code: code.to_owned(), body });
    }
    world
}

/// Everything that is computed from a world, as text.
pub fn figures(world: World) -> String {
    let standards = standards();
    let situation = Situation { world: Arc::new(world), as_of: now(), known_at: now() };
    let of = CoverageQuestion {
        from: now() - TimeDelta::days(30),
        to: now(),
        areas: Vec::new(),
        admin1: None,
        standards: &standards,
    };
    let look = OutlookQuestion {
        supply: SupplyQuestion {
            sector: Sector::Food,
            policy: None,
            include_planned: false,
            standards: &standards,
        },
        horizon_days: None,
        areas: Vec::new(),
        admin1: None,
        with_inputs: true,
    };
    let figures = json!([
        coverage(&situation, &of),
        outlooks(&situation, &look),
        alerts(&situation, &standards),
    ]);
    serde_json::to_string_pretty(&figures).unwrap()
}

#[test]
fn a_convoy_under_way_that_was_taken_back_is_no_longer_counted_as_withheld() {
    let mut world = World::default();
    let body = body(Kind::Convoy, "a", "b", 1);
    for (version, body, withheld) in [(1, Some(body), 1), (2, None, 0)] {
        let written = Written { kind: Kind::Convoy, code: "c1".to_owned(), body };
        let mut stored = stored(version, &written);
        stored.seen.embargo_until = Some(now() + TimeDelta::days(1));
        world.put(stored, standards().ration).unwrap();
        assert_eq!(world.embargoed.len(), withheld, "after version {version}");
    }
}

#[test]
fn convoys_that_arrived_at_the_same_time_stand_by_code_however_they_came_in() {
    let in_order = |codes: [&str; 2]| {
        let mut world = with_areas();
        for (version, code) in (10..).zip(codes) {
            let body = Some(body(Kind::Convoy, "a", "b", 252));
            put(&mut world, version, &Written { kind: Kind::Convoy, code: code.to_owned(), body });
        }
        let visits = &world.visits.get("a").unwrap().record;
        let of_all_time = visits.happened(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        of_all_time.iter().map(|visit| visit.convoy.code.to_string()).collect::<Vec<_>>()
    };
    let found = in_order(["c2", "c1"]);
    assert_eq!(found, ["c1", "c1", "c2", "c2"]);
    assert_eq!(found, in_order(["c1", "c2"]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_world_that_was_patched_gives_the_figures_of_one_that_was_loaded(
        changes in proptest::collection::vec(written(), 1..40),
    ) {
        let (mut patched, mut last) = (with_areas(), BTreeMap::new());
        for (version, change) in (10..).zip(&changes) {
            put(&mut patched, version, change);
            last.insert((change.kind, change.code.clone()), (version, change));
        }
        let mut loaded = with_areas();
        for (version, change) in last.into_values().filter(|(_, change)| change.body.is_some()) {
            put(&mut loaded, version, change);
        }
        prop_assert_eq!(figures(patched), figures(loaded));
    }
}
