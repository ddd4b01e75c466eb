//! Alerts as they are now, with their lives; what became of them; taking one on.

mod feed;
mod preview;
mod stream;

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) use self::feed::atom;
pub(super) use self::preview::{preview, turns};
pub(super) use self::stream::stream;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use super::record::read_json;
use super::standing::Fields;
use super::{State, body, computed, extract, figure};
use crate::domain::choice::choice;
use crate::domain::{Language, Rule, Saying, Severity, Text};
use crate::exchange::extract::figures;
use crate::jobs::kept;
use crate::report::names;
use crate::situation::Situation;
use crate::situation::alert::{Alert, alerts, off};
use crate::store::{Acknowledgement, EpisodeQuery, KeptEpisode, KeptEvent};
use crate::tongue::Tongue;

choice! {
    /// Where an alert stands.
    Standing {
        /// It is there and nobody took it on.
        Raised = "raised",
        /// Somebody took it on.
        Acknowledged = "acknowledged",
        /// A silence, or another alert, keeps it quiet.
        Silenced = "silenced",
        /// It is over.
        Resolved = "resolved",
    }
}

/// Where an episode stands.
fn standing(kept: &KeptEpisode) -> Standing {
    let is_quiet = kept.silenced_by.is_some() || kept.muted_by.is_some();
    match (kept.resolved_at, &kept.acknowledged) {
        (Some(_), _) => Standing::Resolved,
        (None, Some(_)) => Standing::Acknowledged,
        (None, None) if is_quiet => Standing::Silenced,
        (None, None) => Standing::Raised,
    }
}

/// Which alerts are asked for.
struct Wanted {
    severities: Vec<Severity>,
    rules: Vec<Rule>,
    areas: Vec<String>,
    states: Vec<Standing>,
}

impl Wanted {
    fn of(params: &mut Params, situation: &Situation) -> Self {
        Self {
            severities: words(params, "severity"),
            rules: words(params, "rule"),
            areas: figure::areas(params, situation),
            states: words(params, "state"),
        }
    }

    fn has(&self, alert: &Alert, kept: Option<&KeptEpisode>) -> bool {
        (self.severities.is_empty() || self.severities.contains(&alert.severity))
            && (self.rules.is_empty() || self.rules.contains(&alert.rule))
            && (self.areas.is_empty() || alert.areas.iter().any(|area| self.areas.contains(area)))
            && (self.states.is_empty()
                || kept.is_some_and(|kept| self.states.contains(&standing(kept))))
    }
}

/// `GET /api/v1/alerts`: what the rules find. Asked for now, each comes with its life.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let form = extract::Wanted::of(&request, &mut params, &reader, &figures::ALERTS)?;
    let is_past = params.has("as_of") || params.has("known_at");
    let situation = figure::situation(&mut params, &state, &reader).await?;
    let wanted = Wanted::of(&mut params, &situation);
    let language = form.language();
    params.finish()?;
    let names = names::in_language(&situation, language);
    let tongue = Tongue::with_names(language, &names);
    let standards = state.app.standards();
    let are_off = off::said(&situation, &standards);
    let notes: Vec<Saying> = situation.withheld().into_iter().chain(are_off).collect();
    // Run-outs may have to be drawn by lot.
    let asked = situation.clone();
    let mut found = computed(move || alerts(&asked, &standards)).await?;
    let lives = if is_past { Vec::new() } else { open_now(&state, &reader).await? };
    // What the service could not do is found by its jobs alone.
    for kept in lives.iter().filter(|kept| kept.rule.is_of_the_service()) {
        found.push(kept::alert(kept)?);
    }
    found.sort_by_key(|alert| std::cmp::Reverse(alert.severity));
    for alert in &mut found {
        tell(alert, tongue);
    }
    let lives: BTreeMap<&str, &KeptEpisode> =
        lives.iter().map(|kept| (kept.key.as_str(), kept)).collect();
    let life = |alert: &Alert| lives.get(alert.key.as_str()).copied();
    let found: Vec<Alert> =
        found.into_iter().filter(|alert| wanted.has(alert, life(alert))).collect();
    let count = |severity| found.iter().filter(|alert| alert.severity == severity).count();
    let counts: serde_json::Map<String, Value> = Severity::ALL
        .iter()
        .rev()
        .map(|severity| (severity.to_string(), count(*severity).into()))
        .collect();
    let states: Vec<Standing> = found.iter().filter_map(&life).map(standing).collect();
    let data: Vec<AlertBody<'_>> =
        found.iter().map(|alert| AlertBody::of(&situation, alert, life(alert))).collect();
    let answer = json!({
        "as_of": situation.as_of, "known_at": situation.known_at,
        "notes": notes,
        "by_severity": counts, "by_state": by_state(&states), "data": data, "total": found.len(),
    });
    form.give(&request, &state, &reader, &situation, answer).await
}

/// How many stand in each state that is not over.
fn by_state(states: &[Standing]) -> serde_json::Map<String, Value> {
    let open = Standing::ALL.iter().filter(|state| **state != Standing::Resolved);
    let count = |state| states.iter().filter(|of| *of == state).count();
    open.map(|state| (state.to_string(), count(state).into())).collect()
}

/// Puts its sentence into a language. What an earlier Passage kept has English alone.
fn tell(alert: &mut Alert, tongue: Tongue<'_>) {
    if tongue.language() != Language::En && !alert.said.is_empty() {
        alert.text = tongue.tell(&alert.said);
    }
}

async fn open_now(state: &State, reader: &Reader) -> Result<Vec<KeptEpisode>, ApiError> {
    let query = EpisodeQuery { open_only: true, limit: usize::MAX, ..EpisodeQuery::default() };
    Ok(state.app.store.episodes(query, &reader.clearance, auth::now(state)).await?)
}

/// An alert, with its life and its sources to go and read.
#[derive(Serialize)]
struct AlertBody<'a> {
    #[serde(flatten)]
    alert: &'a Alert,
    /// `null` where it was not looked for yet, or rests on what only the reader's organisation sees.
    life: Option<Life<'a>>,
    cited: Vec<Cited<'a>>,
}

/// The life of an alert.
#[derive(Serialize)]
struct Life<'a> {
    id: Uuid,
    episode: u32,
    state: Standing,
    gravest: Severity,
    raised_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    acknowledged: Option<Value>,
    silenced_by: Option<&'a str>,
    muted_by: Option<&'a str>,
}

/// A source that an alert rests on.
#[derive(Serialize)]
struct Cited<'a> {
    code: &'a str,
    name: Option<&'a str>,
    url: Option<&'a str>,
    href: String,
}

impl<'a> AlertBody<'a> {
    fn of(situation: &'a Situation, alert: &'a Alert, kept: Option<&'a KeptEpisode>) -> Self {
        let cited = alert.sources.iter().map(|code| {
            let source = situation.world.sources.get(code).map(|row| &row.record);
            Cited {
                code,
                name: source.map(|source| source.name.as_str()),
                url: source.and_then(|source| source.url.as_ref()).map(Text::as_str),
                href: format!("/api/v1/sources/{code}"),
            }
        });
        Self { alert, life: kept.map(Life::of), cited: cited.collect() }
    }
}

impl<'a> Life<'a> {
    fn of(kept: &'a KeptEpisode) -> Self {
        Self {
            id: kept.id,
            episode: kept.number,
            state: standing(kept),
            gravest: kept.gravest,
            raised_at: kept.raised_at,
            updated_at: kept.updated_at,
            resolved_at: kept.resolved_at,
            acknowledged: kept.acknowledged.as_ref().map(acknowledged),
            // Empty where the reader may not know by which.
            silenced_by: kept.silenced_by.as_deref().filter(|code| !code.is_empty()),
            muted_by: kept.muted_by.as_deref(),
        }
    }
}

fn acknowledged(of: &Acknowledgement) -> Value {
    json!({ "at": of.at, "by": of.by, "note": of.note })
}

/// Words of a closed list, several with commas between them.
pub(super) fn words<T: std::str::FromStr<Err: ToString>>(
    params: &mut Params,
    name: &'static str,
) -> Vec<T> {
    let given = params.list(name);
    let read = given.iter().filter_map(|word| {
        word.parse().map_err(|fault: T::Err| params.wrong(name, &fault.to_string())).ok()
    });
    read.collect()
}

/// `GET /api/v1/alerts/{id}?language=`: an episode with everything that happened to it; with `.cap` behind the id, as a
/// message of the Common Alerting Protocol.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let language = params.parsed("language").unwrap_or(Language::En);
    params.finish()?;
    let (id, is_cap) = path.strip_suffix(".cap").map_or((path.as_str(), false), |id| (id, true));
    let (kept, events) = found(&state, &reader, id).await?;
    if is_cap {
        return feed::cap(&request, &state, &reader, &kept, &events).await;
    }
    let (now, clearance) = (auth::now(&state), &reader.clearance);
    let situation = state.app.situations.situation(now, None, clearance).await?;
    let names = names::in_language(&situation, language);
    let mut alert = kept::alert(&kept)?;
    tell(&mut alert, Tongue::with_names(language, &names));
    let events: Vec<Value> = events.iter().map(happened).collect();
    let mut whole = json!({ "alert": alert, "life": Life::of(&kept) });
    whole["events"] = events.into();
    body::answer(&request, &whole)
}

async fn found(
    state: &State,
    reader: &Reader,
    id: &str,
) -> Result<(KeptEpisode, Vec<KeptEvent>), ApiError> {
    let none = || ApiError::NoPath(format!("alert {id}"));
    let id: Uuid = id.parse().map_err(|_no_id| none())?;
    let found = state.app.store.episode(id, &reader.clearance, auth::now(state)).await?;
    found.ok_or_else(none)
}

fn happened(event: &KeptEvent) -> Value {
    json!({
        "at": event.at, "step": event.step, "severity": event.severity, "was": event.was,
        "by": event.actor, "note": event.note,
    })
}

/// `POST /api/v1/alerts/{id}/ack {note?}`: somebody takes it on; it is quiet until it is over.
pub(super) async fn acknowledge(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    path: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = if sent.is_empty() { json!({}) } else { read_json(&request, &sent)? };
    let mut fields = Fields::of(&json);
    let note: Option<Option<Text>> = fields.take("note");
    let note = fields.finish(Some(note.flatten()))?;
    let (kept, _events) = found(&state, &reader, &path).await?;
    if kept.resolved_at.is_some() {
        return Err(ApiError::Over);
    }
    let (at, by) = (auth::now(&state), reader.actor.clone());
    let taken = Acknowledgement { at, by, note: note.map(|note| note.to_string()) };
    let kept = state.app.store.acknowledge(kept.id, taken, &reader.clearance).await?;
    let kept = kept.ok_or(ApiError::Over)?;
    tracing::info!(alert.id = %kept.id, by = reader.token_id(), "An alert was acknowledged");
    Ok(HttpResponse::Ok().json(json!({ "alert": kept::alert(&kept)?, "life": Life::of(&kept) })))
}

/// `GET /api/v1/alerts/history?from=&to=&rule=&area=&severity=&limit=&language=`: what was open in a time, with counts
/// and how long it lasted.
pub(super) async fn history(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    const USUAL: TimeDelta = TimeDelta::days(90);
    let mut params = Params::of(&request)?;
    let form = extract::Wanted::of(&request, &mut params, &reader, &figures::HISTORY)?;
    let now = auth::now(&state);
    let to = params.moment("to", true).unwrap_or(now);
    let from = params.moment("from", false).unwrap_or(to - USUAL);
    if from > to {
        params.wrong("from", "must not lie after to");
    }
    let situation = state.app.situations.situation(now, None, &reader.clearance).await?;
    let wanted = Wanted::of(&mut params, &situation);
    let limit = form.limit(&mut params);
    let language = form.language();
    params.finish()?;
    let names = names::in_language(&situation, language);
    let query = EpisodeQuery {
        from: Some(from),
        to: Some(to),
        rules: wanted.rules.clone(),
        limit: usize::MAX,
        ..EpisodeQuery::default()
    };
    let kept = state.app.store.episodes(query, &reader.clearance, now).await?;
    let mut told = Vec::new();
    for kept in &kept {
        let mut alert = kept::alert(kept)?;
        if wanted.has(&alert, Some(kept)) {
            tell(&mut alert, Tongue::with_names(language, &names));
            told.push((kept, alert));
        }
    }
    let by_rule = by_rule(told.iter().map(|(kept, _)| *kept), now);
    let data: Vec<Value> = told.iter().take(limit).map(|one| past(one, now)).collect();
    let answer =
        json!({ "from": from, "to": to, "by_rule": by_rule, "data": data, "total": told.len() });
    form.give(&request, &state, &reader, &situation, answer).await
}

fn past((kept, alert): &(&KeptEpisode, Alert), now: DateTime<Utc>) -> Value {
    json!({
        "key": kept.key, "rule": kept.rule, "subject": alert.subject, "areas": alert.areas,
        "severity": kept.severity, "text": alert.text, "life": Life::of(kept),
        "hours": lasted_hours(kept, now),
    })
}

/// How long it lasted, or has lasted so far; never less than nothing, whatever the clock did.
fn lasted_hours(kept: &KeptEpisode, now: DateTime<Utc>) -> f64 {
    const SECONDS_PER_HOUR: f64 = 3_600.0;
    let seconds = (kept.resolved_at.unwrap_or(now) - kept.raised_at).num_seconds().max(0);
    #[expect(clippy::cast_precision_loss, reason = "a time in seconds is far below 2^53")]
    let hours = seconds as f64 / SECONDS_PER_HOUR;
    (hours * 10.0).round() / 10.0
}

/// For each rule how many episodes there were, how many are open, and how long they lasted.
fn by_rule<'a>(kept: impl Iterator<Item = &'a KeptEpisode>, now: DateTime<Utc>) -> Value {
    let mut rules: BTreeMap<&str, Vec<&KeptEpisode>> = BTreeMap::new();
    for episode in kept {
        rules.entry(episode.rule.as_str()).or_default().push(episode);
    }
    let told = rules.into_iter().map(|(rule, episodes)| {
        let mut hours: Vec<f64> =
            episodes.iter().map(|episode| lasted_hours(episode, now)).collect();
        hours.sort_by(f64::total_cmp);
        let open = episodes.iter().filter(|episode| episode.resolved_at.is_none()).count();
        let told = json!({
            "episodes": episodes.len(), "open": open, "hours_total": hours.iter().sum::<f64>(),
            "hours_median": hours[hours.len() / 2], "hours_longest": hours.last(),
        });
        (rule.to_owned(), told)
    });
    Value::Object(told.collect())
}
