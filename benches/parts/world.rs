//! A generated world in memory: the same areas, counts and convoys in every run, and the convoys as bare columns.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use passage::config::Settings;
use passage::domain::{Kind, draft};
use passage::situation::World;
use passage::situation::standards::Standards;
use passage::store::Stored;
use serde_json::{Value, json};

pub const AREAS: usize = 5_000;

/// The convoys as columns: area, day since 1970, food in person-days.
pub struct Columns {
    pub area: Vec<u16>,
    pub day: Vec<i32>,
    pub food: Vec<f32>,
}

pub fn standards() -> Standards {
    Standards::of_settings(&Settings::layered("bench", "", std::iter::empty()).expect("settings"))
}

/// The first day on which convoys go, since 1970, and for how many days they do.
const FIRST_DAY: i64 = 16_801;
const DAYS: u64 = 3_650;

/// The last instant.
pub fn end() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(FIRST_DAY + DAYS as i64)
        - TimeDelta::milliseconds(1)
}

/// A number below a limit that only depends on the seed (splitmix64).
fn below(seed: u64, limit: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % limit
}

/// Areas with a count of people each, every third with a count of its stock, and convoys that all arrived.
pub fn world(convoys: usize) -> (Arc<World>, Columns) {
    let mut world = World::default();
    let mut version = 0;
    let standards = standards();
    let mut put = |kind: Kind, code: String, body: &Value| {
        version += 1;
        let body = draft(kind, body).expect("generated bodies are right").body.to_string();
        let id = uuid::Uuid::from_u128(version as u128);
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let stored = Stored {
            kind,
            id,
            code,
            version,
            recorded_at: at,
            learned_at: at,
            retired_at: None,
            withdrawn: false,
            body,
            seen: passage::store::Seen::default(),
        };
        world.put(stored, standards.ration).expect("generated bodies are right");
    };
    let counted = (end() - TimeDelta::days(40)).date_naive().to_string();
    for n in 0..AREAS as u64 {
        let code = format!("A{n:04}");
        put(
            Kind::Area,
            code.clone(),
            &json!({ "names": code, "admin1_pcode": format!("SY{:02}", 1 + n % 14) }),
        );
        let people = 1_000 + below(n, 90_000);
        put(
            Kind::Population,
            format!("P{n}"),
            &json!({ "area": code, "date": counted, "people": people,
            "metric": "residents", "estimated_by": "bench" }),
        );
        if n % 3 == 0 {
            put(
                Kind::Stock,
                format!("S{n}"),
                &json!({ "area": code, "date": counted, "stock_type": "stock",
                "person_days": people * below(n + 7, 90) }),
            );
        }
    }
    let mut columns = Columns { area: Vec::new(), day: Vec::new(), food: Vec::new() };
    for n in 0..convoys as u64 {
        let (area, day) = (below(3 * n, AREAS as u64), FIRST_DAY + below(3 * n + 1, DAYS) as i64);
        let people = 1_000 + below(3 * n + 2, 40_000);
        let date = (DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(day)).date_naive().to_string();
        put(
            Kind::Convoy,
            format!("CV-{n:07}"),
            &json!({ "mode": "cross_line", "date": date,
            "drops": [{ "areas": [format!("A{area:04}")], "trucks": 5, "people_reached": people, "carries_food": true }],
            "events": [{ "stage": "completed", "at": date }] }),
        );
        columns.area.push(area as u16);
        columns.day.push(day as i32);
        columns.food.push((people * 30) as f32);
    }
    (Arc::new(world), columns)
}
