//! Small worlds to report on.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::assess::delivery::AssumedRation;
use passage::config::Settings;
use passage::domain::{Kind, Moment, Schedule, draft, typed};
use passage::jobs::JobError;
use passage::jobs::report::{Ask, Outcome, make};
use passage::report::{Report, build};
use passage::situation::standards::Standards;
use passage::situation::{Situation, World};
use passage::store::Stored;
use serde_json::{Value, json};

pub fn end_of(day: &str) -> DateTime<Utc> {
    day.parse::<Moment>().unwrap().end()
}

pub fn settings() -> Settings {
    Settings::layered("test", "", std::iter::empty()).unwrap()
}

pub fn standards() -> Standards {
    Standards::of_settings(&settings())
}

/// The world that these records make, each through its door.
pub fn world(records: &[(Kind, &str, Value)]) -> Arc<World> {
    let mut world = World::default();
    let learned_at = end_of("2016-01-01");
    for (number, (kind, code, body)) in (1_i64..).zip(records) {
        let draft = draft(*kind, body).unwrap_or_else(|problems| panic!("{code}: {problems}"));
        let stored = Stored {
            kind: *kind,
            id: uuid::Uuid::nil(),
            code: (*code).to_owned(),
            version: number,
            recorded_at: learned_at,
            learned_at,
            retired_at: None,
            withdrawn: false,
            body: draft.body.to_string(),
            seen: passage::store::Seen::default(),
        };
        world.put(stored, AssumedRation { kcal: 1700.0, days: 30.0 }).unwrap();
    }
    Arc::new(world)
}

/// The same world, seen at two days.
pub fn report_of(records: &[(Kind, &str, Value)], then: &str, now: &str) -> Report {
    let world = world(records);
    let seen = |day: &str| Situation {
        world: Arc::clone(&world),
        as_of: end_of(day),
        known_at: end_of(day),
    };
    build(&seen(now), &seen(then), false, "test", 7, &standards())
}

pub fn source(code: &'static str) -> (Kind, &'static str, Value) {
    let url = format!("https://example.org/{code}");
    (
        Kind::Source,
        code,
        json!({"name": format!("Source {code}"), "date": "2016-07-01", "url": url}),
    )
}

pub fn area(code: &'static str) -> (Kind, &'static str, Value) {
    (Kind::Area, code, json!({"names": {"en": code}, "admin1_name": "Homs"}))
}

pub fn besieged(code: &'static str, area: &str, from: &str) -> (Kind, &'static str, Value) {
    let body = json!({"area": area, "scheme": "un", "status": "besieged", "listed_on": from, "source": "s1"});
    (Kind::Status, code, body)
}

pub fn people(code: &'static str, area: &str, people: &Value) -> (Kind, &'static str, Value) {
    let body = json!({
        "area": area, "date": "2016-06-01", "people": people, "metric": "residents",
        "estimated_by": "UN", "source": "s1",
    });
    (Kind::Population, code, body)
}

/// A convoy that arrived.
pub fn arrival(
    code: &'static str,
    day: &str,
    areas: &[&str],
    reached: Option<f64>,
) -> (Kind, &'static str, Value) {
    let mut drop = json!({"areas": areas, "carries_food": true});
    if let Some(reached) = reached {
        drop["people_reached"] = json!({"best": reached});
    }
    let events = json!([{"stage": "completed", "at": day}]);
    let body = json!({"mode": "cross_line", "date": day, "source": "s1", "drops": [drop], "events": events});
    (Kind::Convoy, code, body)
}

/// A schedule that looks back so many days.
pub fn schedule(period_days: u32) -> Schedule {
    let body = json!({ "cron": "0 7 * * *", "time_zone": "UTC", "period_days": period_days });
    typed(&body).unwrap()
}

/// A report that nobody scheduled.
pub async fn manual(
    app: &App,
    data: &Path,
    period_days: u32,
    day: DateTime<Utc>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Outcome, JobError> {
    make(app, data, &Ask::of("manual", &schedule(period_days)), day, known_at).await
}
