//! What other thresholds would find: now, and at the end of each of the last days, beside what those in force find.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::auth::{self, Reader};
use super::super::error::ApiError;
use super::super::record::read_json;
use super::super::{State, body, computed};
use crate::config::Place;
use crate::domain::{Rule, Severity, Step};
use crate::situation::alert::life::Lives;
use crate::situation::alert::{Alert, alerts};
use crate::situation::standards::Standards;

/// How many days back are looked at where nobody says, and at most.
const USUAL_DAYS: u32 = 90;
const MOST_DAYS: u32 = 366;

/// After so long no further day is looked at; the answer says how many were.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// Thresholds of `[alert]` in the place of those that are set.
    #[serde(default)]
    alert: toml::Table,
    /// Thresholds of single areas or P-codes, beside those that are set.
    #[serde(default)]
    places: Vec<Place>,
    /// Only these rules.
    #[serde(default)]
    rules: Vec<Rule>,
    /// How many days back.
    days: Option<u32>,
}

/// `POST /api/v1/alerts/preview {alert?, places?, rules?, days?}`: so that thresholds are chosen with eyes open. Nothing
/// is kept or sent.
pub(in crate::api) async fn preview(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let ask: Ask =
        serde_json::from_value(json).map_err(|fault| ApiError::invalid("", fault.to_string()))?;
    let days = ask.days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(ApiError::invalid("/days", format!("must be 1 to {MOST_DAYS}, got {days}")));
    }
    let places = state.app.settings.places.changed(&ask.alert, &ask.places);
    let places = places.map_err(|detail| ApiError::invalid("/alert", detail))?;
    let standards = state.app.standards();
    let asked = Standards { alert: places.base().alert, places, ..standards.clone() };
    let looks = looks(&state, &reader, days, [standards, asked]).await?;
    let [in_force, tried] = [0, 1].map(|which| told(&looks, which, &ask.rules));
    body::answer(
        &request,
        &json!({
            "days": days, "days_looked_at": looks.len().saturating_sub(1),
            "from": looks.first().map(|look| look.at), "to": looks.last().map(|look| look.at),
            "note": "Looked at the end of each day, UTC, from what was known then. What came and went within a day is not told.",
            "as_set": in_force, "as_asked": tried,
        }),
    )
}

/// What both sets of thresholds found at a moment.
struct Look {
    at: DateTime<Utc>,
    found: [Vec<Alert>; 2],
}

/// The latest first until patience ends, given in the order of time.
async fn looks(
    state: &State,
    reader: &Reader,
    days: u32,
    standards: [Standards; 2],
) -> Result<Vec<Look>, ApiError> {
    let now = auth::now(state);
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let end_of = |day: u32| today - TimeDelta::days(day.into()) - TimeDelta::milliseconds(1);
    let begun = Instant::now();
    let mut looks = Vec::new();
    for at in std::iter::once(now).chain((0..days).map(end_of)) {
        if begun.elapsed() > PATIENCE {
            break;
        }
        let known_at = (at != now).then_some(at);
        let situation = state.app.situations.situation(at, known_at, &reader.clearance).await?;
        let standards = standards.clone();
        let find = move || standards.each_ref().map(|standards| alerts(&situation, standards));
        looks.push(Look { at, found: computed(find).await? });
    }
    looks.reverse();
    Ok(looks)
}

/// What one set of thresholds would have told.
fn told(looks: &[Look], which: usize, rules: &[Rule]) -> Value {
    let is_asked = |alert: &&Alert| rules.is_empty() || rules.contains(&alert.rule);
    let found = |look: &Look| -> Vec<Alert> {
        look.found[which].iter().filter(is_asked).cloned().collect()
    };
    let mut lives = Lives::default();
    let mut raised: BTreeMap<Rule, u32> = BTreeMap::new();
    for look in looks {
        for event in lives.look(look.at, &found(look)) {
            if event.step == Step::Raised {
                *raised.entry(event.episode.alert.rule).or_default() += 1;
            }
        }
    }
    let now = looks.last().map(found).unwrap_or_default();
    let by_severity: serde_json::Map<String, Value> = Severity::ALL
        .iter()
        .map(|of| {
            let count = now.iter().filter(|alert| alert.severity == *of).count();
            (of.to_string(), count.into())
        })
        .collect();
    let raised: serde_json::Map<String, Value> =
        raised.into_iter().map(|(rule, count)| (rule.to_string(), count.into())).collect();
    let row = |alert: &Alert| {
        json!({
            "key": alert.key, "rule": alert.rule, "severity": alert.severity, "areas": alert.areas,
            "text": alert.text,
        })
    };
    json!({
        "now": now.iter().map(row).collect::<Vec<_>>(), "now_total": now.len(),
        "now_by_severity": by_severity, "raised_by_rule": raised,
    })
}
