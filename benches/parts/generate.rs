//! The generated world: seeded, so that every run is of the same one.

use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};
use passage::clock::{self, Clock};
use passage::domain::{Draft, Kind, draft};
use passage::store::{Action, Basis, Change, RecordStore, SqliteStore, Write};
use serde_json::{Value, json};

/// A small generator of numbers that is the same everywhere (splitmix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

/// The body of convoy `n`: one drop, arrived or not, on a day of ten years.
pub fn convoy(n: usize, areas: usize) -> Value {
    let mut seeded = Seeded(n as u64);
    let day =
        DateTime::<Utc>::UNIX_EPOCH + chrono::TimeDelta::days(16_801 + seeded.below(3_650) as i64);
    let day = day.date_naive().to_string();
    let area = format!("A{:04}", seeded.below(areas));
    let stage =
        ["completed", "completed", "completed", "denied", "departed", "planned"][seeded.below(6)];
    json!({
        "code": format!("CV-{n:07}"), "mode": "cross_line", "date": day,
        "drops": [{ "areas": [area], "trucks": 5 + seeded.below(60), "people_targeted": 1_000 + seeded.below(40_000),
            "people_reached": 1_000 + seeded.below(40_000), "carries_food": true }],
        "events": [{ "stage": stage, "at": day }],
    })
}

/// A convoy with two drops and six lines, without a code.
pub fn two_drops_six_lines() -> String {
    let lines = json!([
        { "commodity": "wheat_flour", "loaded": 20000, "delivered": 19000 },
        { "commodity": "rice", "loaded": 5000, "removed": 100 },
        { "commodity": "hygiene_kit", "loaded": 400 },
    ]);
    let drop = |area: &str| json!({ "areas": [area], "trucks": 12, "people_targeted": 9000, "lines": lines });
    json!({ "mode": "cross_line", "date": "2026-01-05", "drops": [drop("A0001"), drop("A0002")],
        "events": [{ "stage": "departed", "at": "2026-01-05T06:00:00Z" }] })
    .to_string()
}

pub fn change(draft: Draft) -> Change {
    Change {
        action: Action::Create,
        new_id: clock::new_id(),
        lowers: false,
        basis: Basis::Code,
        learned_at: None,
        reason: None,
        draft,
    }
}

fn made(kind: Kind, body: &Value) -> Change {
    change(draft(kind, body).expect("generated bodies are right"))
}

/// Fills a store; gives convoys a second, through the doors and with the ledger, and the memory it grew by, MiB.
pub async fn fill(data: &Path, areas: usize, convoys: usize) -> (f64, f64) {
    let store = SqliteStore::open(&data.join(passage::app::STORE_FILE), 2).expect("a store");
    let now = Clock::Wall.recorded_at();
    let head = || Write {
        actor: "bench".into(),
        owner: None,
        clearance: passage::domain::Clearance::ALL,
        recorded_at: now,
        learned_at: now,
        idempotency: None,
        changes: Vec::new(),
    };
    let mut places = (0..areas).flat_map(move |n| {
        let mut seeded = Seeded(n as u64);
        let code = format!("A{n:04}");
        let lon = 37.0 + seeded.below(3_000) as f64 / 1_000.0;
        let lat = 34.6 + seeded.below(1_800) as f64 / 1_000.0;
        let unit = format!("SY{:02}", 1 + n % 14);
        [
            made(Kind::Area, &json!({ "code": code, "names": code, "admin1_pcode": unit, "position": { "lon": lon, "lat": lat } })),
            made(Kind::Population, &json!({ "area": code, "date": "2025-11-01", "people": 1_000 + seeded.below(90_000), "metric": "residents", "estimated_by": "bench" })),
            made(Kind::Status, &json!({ "area": code, "scheme": "un", "status": if n % 3 == 0 { "besieged" } else { "hard_to_reach" }, "listed_on": "2025-01-01" })),
        ]
    });
    store.import(head(), true, Box::new(move || places.next().map(Ok))).await.expect("areas");
    let before = crate::load::pss_mib("self");
    let begun = Instant::now();
    let mut rows = (0..convoys).map(move |n| made(Kind::Convoy, &convoy(n, areas)));
    store.import(head(), true, Box::new(move || rows.next().map(Ok))).await.expect("convoys");
    let rate = convoys as f64 / begun.elapsed().as_secs_f64();
    (rate, crate::load::pss_mib("self") - before)
}
