//! What other thresholds would find: now, and at the end of each of the last days, beside what those in force find.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::auth::{self, Reader};
use super::super::error::ApiError;
use super::super::record::read_json;
use super::super::{State, body, computed};
use crate::config::{Fault, Place};
use crate::domain::{Pointer, Problem, Problems, Rule, Severity, Step};
use crate::situation::alert::life::Lives;
use crate::situation::alert::{Alert, alerts_unless};
use crate::situation::standards::Standards;

/// How many days back are looked at where nobody says, and at most.
const USUAL_DAYS: u32 = 90;
const MOST_DAYS: u32 = 366;

/// After so long no further day is looked at; the answer says how many were.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many previews are computed at one time: each takes a core for itself.
const AT_ONCE: usize = 2;

/// After so many seconds it is worth asking again where there is no turn.
const AGAIN_SECONDS: u64 = 5;

/// What is asked.
#[derive(Debug, Default)]
struct Ask {
    /// Thresholds of `[alert]` in the place of those that are set.
    alert: toml::Table,
    /// Thresholds of single areas or P-codes, beside those that are set, each with its number in what was sent.
    places: Vec<(usize, Place)>,
    /// Only these rules.
    rules: Vec<Rule>,
    /// How many days back.
    days: Option<u32>,
}

impl Ask {
    const FIELDS: [&str; 4] = ["alert", "places", "rules", "days"];

    /// Reads what was sent; all that is wrong is noted.
    fn read(sent: &Value, problems: &mut Problems) -> Self {
        let mut ask = Self::default();
        let Some(fields) = sent.as_object() else {
            problems.add(&Pointer::Root, "must be an object");
            return ask;
        };
        for name in fields.keys().filter(|name| !Self::FIELDS.contains(&name.as_str())) {
            let known = Self::FIELDS.join(", ");
            problems.add_field(name, format!("unknown field; a preview has {known}"));
        }
        let field = |name: &str| fields.get(name).filter(|value| !value.is_null());
        if let Some(alert) = field("alert") {
            ask.alert = as_read(alert, "/alert", problems).unwrap_or_default();
        }
        let list = |name: &str, problems: &mut Problems| match field(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items.clone(),
            Some(_) => {
                problems.add_field(name, "must be a list");
                Vec::new()
            }
        };
        for (index, place) in list("places", problems).iter().enumerate() {
            let read = as_read(place, &format!("/places/{index}"), problems);
            ask.places.extend(read.map(|place| (index, place)));
        }
        for (index, rule) in list("rules", problems).iter().enumerate() {
            ask.rules.extend(as_read::<Rule>(rule, &format!("/rules/{index}"), problems));
        }
        ask.days = field("days").and_then(|days| as_read(days, "/days", problems));
        let days = ask.days.unwrap_or(USUAL_DAYS);
        if !(1..=MOST_DAYS).contains(&days) {
            problems.add_field("days", format!("must be 1 to {MOST_DAYS}, got {days}"));
        }
        ask
    }
}

fn as_read<T: serde::de::DeserializeOwned>(
    value: &Value,
    pointer: &str,
    problems: &mut Problems,
) -> Option<T> {
    let read = serde_json::from_value(value.clone());
    let problem = |fault: serde_json::Error| Problem {
        pointer: pointer.to_owned(),
        detail: fault.to_string(),
    };
    read.map_err(|fault| problems.0.push(problem(fault))).ok()
}

/// `POST /api/v1/alerts/preview {alert?, places?, rules?, days?}`: so that thresholds are chosen with eyes open. Nothing
/// is kept or sent.
pub(in crate::api) async fn preview(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let mut problems = Problems::default();
    let ask = Ask::read(&read_json(&request, &sent)?, &mut problems);
    let own: Vec<Place> = ask.places.iter().map(|(_, place)| place.clone()).collect();
    let places = state.app.settings.places.changed(&ask.alert, &own);
    let wrong = places.as_ref().err().into_iter().flatten();
    problems.0.extend(wrong.map(|fault| problem_of(fault, &ask)));
    let now = state.app.situations.situation(auth::now(&state), None, &reader.clearance).await?;
    for (index, place) in &ask.places {
        if let Some(area) = place.area.as_ref().filter(|area| now.world.areas.get(area).is_none()) {
            let pointer = format!("/places/{index}/area");
            problems.0.push(Problem { pointer, detail: format!("there is no area {area}") });
        }
    }
    let Ok(places) = places else { return Err(ApiError::Invalid(problems)) };
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let days = ask.days.unwrap_or(USUAL_DAYS);
    let standards = state.app.standards();
    let asked = Standards { alert: places.base().alert, places, ..standards.clone() };
    let turn = turn(&state)?;
    let looks = looks(&state, &reader, days, [standards, asked], &turn).await?;
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

/// What is wrong with a threshold, at its place in what was sent. What is asked for everywhere may contradict what is set
/// for a place.
fn problem_of(fault: &Fault, ask: &Ask) -> Problem {
    let mut fault = fault.clone();
    if let [place, number, rest @ ..] = fault.at.as_slice()
        && place == "place"
    {
        let index = number.parse().ok().and_then(|index: usize| ask.places.get(index));
        let at = match index {
            Some((index, _)) => vec!["places".to_owned(), index.to_string()],
            None => Vec::new(),
        };
        fault.at = at.into_iter().chain(rest.iter().cloned()).collect();
    }
    Problem { pointer: fault.pointer(), detail: fault.detail }
}

/// A turn to compute: it is given back, and whatever is still computed for it given up, when it is dropped.
struct Turn {
    permit: Arc<OwnedSemaphorePermit>,
    is_over: Arc<AtomicBool>,
    begun: Instant,
}

/// The turns that there are.
pub(in crate::api) fn turns() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

/// Takes a turn, where there is one.
fn turn(state: &State) -> Result<Turn, ApiError> {
    let permit = Arc::clone(&state.previews).try_acquire_owned();
    let permit = permit.map_err(|_none| ApiError::TooMany(AGAIN_SECONDS))?;
    let is_over = Arc::new(AtomicBool::new(false));
    Ok(Turn { permit: Arc::new(permit), is_over, begun: Instant::now() })
}

impl Turn {
    fn has_time(&self) -> bool {
        self.begun.elapsed() <= PATIENCE
    }
}

/// Who asked is gone, or has the answer.
impl Drop for Turn {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// What both sets of thresholds found at a moment.
struct Look {
    at: DateTime<Utc>,
    found: [Vec<Alert>; 2],
}

/// The latest first until patience ends, given in the order of time. A day that patience ended in is left out.
async fn looks(
    state: &State,
    reader: &Reader,
    days: u32,
    standards: [Standards; 2],
    turn: &Turn,
) -> Result<Vec<Look>, ApiError> {
    let now = auth::now(state);
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let end_of = |day: u32| today - TimeDelta::days(day.into()) - TimeDelta::milliseconds(1);
    let mut looks = Vec::new();
    for at in std::iter::once(now).chain((0..days).map(end_of)) {
        if !turn.has_time() {
            break;
        }
        let known_at = (at != now).then_some(at);
        let situation = state.app.situations.situation(at, known_at, &reader.clearance).await?;
        let standards = standards.clone();
        let (is_over, begun) = (Arc::clone(&turn.is_over), turn.begun);
        // As long as it is computed, nobody else has the turn.
        let permit = Arc::clone(&turn.permit);
        let find = move || {
            let _permit = permit;
            let gives_up = || is_over.load(Ordering::Relaxed) || begun.elapsed() > PATIENCE;
            let [set, asked] = &standards;
            Some([
                alerts_unless(&situation, set, &gives_up)?,
                alerts_unless(&situation, asked, &gives_up)?,
            ])
        };
        let Some(found) = computed(find).await? else { break };
        looks.push(Look { at, found });
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
