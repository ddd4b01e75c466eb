//! Alerts for other programs: a message of the Common Alerting Protocol for each, and all of them as a feed.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};

use super::super::auth::{self, Reader};
use super::super::error::ApiError;
use super::super::params::Params;
use super::super::{State, body};
use super::words;
use crate::domain::{Language, Rule, Severity, Step};
use crate::exchange::told::{Said, Teller, Told, areas};
use crate::exchange::{atom as form, cap as message};
use crate::jobs::kept;
use crate::situation::Situation;
use crate::situation::alert::Alert;
use crate::situation::alert::life::Episode;
use crate::store::{EpisodeQuery, KeptEpisode, KeptEvent};
use crate::tongue::Tongue;

/// How many of the latest episodes a feed has.
const USUAL_ENTRIES: usize = 100;

/// Who sends, where no address is set: a name that means nobody else.
const NOBODY: &str = "passage.invalid";

/// One episode as a message.
pub(super) async fn cap(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    kept: &KeptEpisode,
    events: &[KeptEvent],
) -> Result<HttpResponse, ApiError> {
    let situation = now(state, reader).await?;
    let episode = kept::episode(kept)?;
    let messages = messages(events);
    let told = told(state, kept, &episode, &messages);
    let say = |alert: &Alert, language: Language| said(&situation, alert, language);
    let sender = sender(state);
    let teller = Teller { sender: &sender, name: "Passage", languages: Language::ALL, say: &say };
    Ok(body::text(request, message::MEDIA_TYPE, message::cap(&told, &teller)))
}

/// `GET /api/v1/alerts/feed.atom?language=&rule=&severity=&limit=`.
pub(in crate::api) async fn atom(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let language = params.parsed("language").unwrap_or(Language::En);
    let rules: Vec<Rule> = words(&mut params, "rule");
    let severities: Vec<Severity> = words(&mut params, "severity");
    let limit = params.whole("limit", 1..=1_000).unwrap_or(USUAL_ENTRIES);
    params.finish()?;
    let situation = now(&state, &reader).await?;
    let query = EpisodeQuery { rules, severities, limit, ..EpisodeQuery::default() };
    let kept = state.app.store.episodes(query, &reader.clearance, auth::now(&state)).await?;
    let mut read = Vec::with_capacity(kept.len());
    for kept in &kept {
        read.push((kept, kept::episode(kept)?, changes(kept)));
    }
    let told: Vec<Told<'_>> = read
        .iter()
        .map(|(kept, episode, messages)| told(&state, kept, episode, messages))
        .collect();
    let say = |alert: &Alert, language: Language| said(&situation, alert, language);
    let sender = sender(&state);
    let teller = Teller { sender: &sender, name: "Passage", languages: &[language], say: &say };
    let url = format!("{}{}", state.app.settings.server.public_url, request.uri());
    let feed = form::Feed {
        address: &url,
        title: "Passage: alerts",
        updated: kept.iter().map(|kept| kept.updated_at).max().unwrap_or(situation.as_of),
    };
    Ok(body::text(&request, form::MEDIA_TYPE, form::atom(&feed, &told, &teller)))
}

async fn now(state: &State, reader: &Reader) -> Result<Situation, ApiError> {
    Ok(state.app.situations.situation(auth::now(state), None, &reader.clearance).await?)
}

/// The steps that are messages: what somebody did about an alert is none.
fn messages(events: &[KeptEvent]) -> Vec<(DateTime<Utc>, Step)> {
    let is_message =
        |step: Step| matches!(step, Step::Open | Step::Raised | Step::Updated | Step::Resolved);
    let messages = events.iter().filter(|event| is_message(event.step));
    messages.map(|event| (event.at, event.step)).collect()
}

/// What a feed needs of them: when it began, was last changed, and ended.
fn changes(kept: &KeptEpisode) -> Vec<(DateTime<Utc>, Step)> {
    let mut changes = vec![(kept.raised_at, Step::Raised)];
    if kept.updated_at > kept.raised_at && kept.resolved_at.is_none() {
        changes.push((kept.updated_at, Step::Updated));
    }
    changes.extend(kept.resolved_at.map(|at| (at, Step::Resolved)));
    changes
}

fn told<'a>(
    state: &State,
    kept: &'a KeptEpisode,
    episode: &'a Episode,
    messages: &'a [(DateTime<Utc>, Step)],
) -> Told<'a> {
    let link = state.app.settings.server.public_url.clone() + &crate::domain::alert::path(kept.id);
    let acknowledged = kept.acknowledged.as_ref();
    let acknowledged = acknowledged.map(|of| of.note.as_deref().unwrap_or_default());
    Told { id: kept.id, level: kept.level, episode, messages, acknowledged, link }
}

fn said(situation: &Situation, alert: &Alert, language: Language) -> Said {
    let t = Tongue::of(language);
    Said {
        event: t.choice("rule", alert.rule.as_str()),
        severity: t.capital("severity", alert.severity.as_str()),
        over: t.word(if alert.is_turned_off() {
            "notice-why-turned-off"
        } else {
            "notice-why-over"
        }),
        headline: alert.in_language(language),
        description: alert.in_language(language),
        areas: areas(situation, alert, language),
    }
}

/// Whose messages they are: the host that others know this Passage by.
fn sender(state: &State) -> String {
    let url = &state.app.settings.server.public_url;
    let host = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
    let host = host.split('/').next().unwrap_or_default();
    if host.is_empty() { NOBODY.to_owned() } else { host.to_owned() }
}
