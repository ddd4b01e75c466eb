//! Alerts as they happen, and that records were written, for pages that stay open (server-sent events).
//!
//! A reader who was cut off sends the id of the last event back and misses nothing. The id names the episode and which
//! of its events it was, and tells nothing of events that the reader may not know of.

use std::time::{Duration, Instant};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, ContentEncoding};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use futures_util::stream::unfold;
use serde_json::json;
use uuid::Uuid;

use super::super::auth::{self, Reader};
use super::super::error::ApiError;
use super::super::params::Params;
use super::super::{State, stop};
use super::{Life, found, kept};
use crate::store::{KeptEpisode, KeptEvent};

/// How often it is looked whether something happened.
const TICK: Duration = Duration::from_millis(500);

/// How often a line is sent where nothing happens, and the reader's right to read is looked at again.
const BEAT: Duration = Duration::from_secs(15);

/// How many events are read at once.
const PAGE: usize = 200;

/// The longest that a stream can be asked to last, seconds: a day.
const LONGEST_SECONDS: u64 = 86_400;

/// How long a page waits before it asks again, milliseconds.
const RETRY_MS: u32 = 3_000;

/// What a stream is between two of its pieces.
struct Line {
    state: web::Data<State>,
    request: HttpRequest,
    reader: Reader,
    /// The place up to which events were told.
    after: i64,
    /// The place of the ledger up to which it was told that something was written.
    written: i64,
    beat_at: Instant,
    /// When it ends by itself.
    until: Option<Instant>,
    first: Option<String>,
}

/// `GET /api/v1/alerts/stream`, with `Last-Event-ID` or `last_event_id=` to go on after an event; it ends after
/// `for_seconds=`, if that is given.
pub(in crate::api) async fn stream(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let given = params.text("last_event_id");
    let seconds = params.whole("for_seconds", 0..=LONGEST_SECONDS);
    params.finish()?;
    let header = request.headers().get("Last-Event-ID");
    let header = header.and_then(|id| id.to_str().ok()).map(str::to_owned);
    let (after, note) = match header.or(given) {
        None => (latest(&state, &reader).await?, "from now on"),
        Some(id) => match place_of(&state, &reader, &id).await? {
            Some(place) => (place, "after your last event"),
            None => (latest(&state, &reader).await?, "from now on: your last event is not known"),
        },
    };
    let first = Some(format!("retry: {RETRY_MS}\n: {note}\n\n"));
    let beat_at = Instant::now();
    let until = seconds.map(|seconds| beat_at + Duration::from_secs(seconds));
    let written = state.app.store.sequence().await?;
    let line = Line { state, request, reader, after, written, beat_at, until, first };
    let pieces = unfold(line, |mut line| async move {
        let piece = line.next().await?;
        Some((Ok::<_, actix_web::Error>(Bytes::from(piece)), line))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        // A compressed stream is held back until there is enough of it.
        .insert_header((CONTENT_ENCODING, ContentEncoding::Identity.as_str()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(Box::pin(pieces)))
}

impl Line {
    /// The next piece; `None` ends the stream: the server stops, or the reader may read no more.
    async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            if stop::is_told(&self.state) {
                return None;
            }
            if let Some(piece) = self.news().await? {
                self.beat_at = Instant::now();
                return Some(piece);
            }
            if self.until.is_some_and(|until| until <= Instant::now()) {
                return None;
            }
            if self.beat_at.elapsed() >= BEAT {
                self.beat_at = Instant::now();
                auth::still_reads(&self.request, &self.state, &self.reader).await.ok()?;
                return Some(": beat\n\n".to_owned());
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// What happened since; the inner `None` is nothing. Where it cannot be read the stream ends, and the page asks anew.
    async fn news(&mut self) -> Option<Option<String>> {
        let store = &self.state.app.store;
        let at = auth::now(&self.state);
        let read = store.alert_events_after(self.after, PAGE, &self.reader.clearance, at).await;
        let (events, until) = read.ok()?;
        self.after = until;
        let mut piece = String::new();
        if self.is_written(at).await? {
            piece.push_str("event: written\ndata: {}\n\n");
        }
        if events.is_empty() && piece.is_empty() {
            return Some(None);
        }
        auth::still_reads(&self.request, &self.state, &self.reader).await.ok()?;
        for (event, episode) in &events {
            let number = number_of(&self.state, &self.reader, event).await?;
            piece.push_str(&written(event, episode, number)?);
        }
        Some(Some(piece))
    }

    /// Was a record written since that this reader may know of? Which one, the page asks for itself.
    async fn is_written(&mut self, at: DateTime<Utc>) -> Option<bool> {
        let store = &self.state.app.store;
        let reached = store.sequence().await.ok()?;
        if reached == self.written {
            return Some(false);
        }
        let entries = store.changes(self.written, 1, &self.reader.clearance, at).await.ok()?;
        self.written = reached;
        Some(!entries.is_empty())
    }
}

/// One event as it is sent.
fn written(event: &KeptEvent, episode: &KeptEpisode, number: usize) -> Option<String> {
    let alert = kept::alert(episode).ok()?;
    let body = json!({
        "at": event.at, "step": event.step, "severity": event.severity, "was": event.was,
        "by": event.actor, "note": event.note, "key": episode.key, "rule": episode.rule,
        "areas": alert.areas, "text": alert.text, "life": Life::of(episode),
    });
    Some(format!("id: {}.{number}\nevent: {}\ndata: {body}\n\n", event.episode, event.step))
}

/// Which of the events of its episode it is, from 1.
async fn number_of(state: &State, reader: &Reader, event: &KeptEvent) -> Option<usize> {
    let (_, events) = found(state, reader, &event.episode.to_string()).await.ok()?;
    Some(events.iter().filter(|other| other.sequence <= event.sequence).count())
}

/// The place of the event with this id; `None` where the reader knows of none.
async fn place_of(state: &State, reader: &Reader, id: &str) -> Result<Option<i64>, ApiError> {
    let read = id.rsplit_once('.').and_then(|(episode, number)| {
        Some((episode.parse::<Uuid>().ok()?, number.parse::<usize>().ok()?))
    });
    let Some((episode, number)) = read else { return Ok(None) };
    let at = auth::now(state);
    let found = state.app.store.episode(episode, &reader.clearance, at).await?;
    let event = found.and_then(|(_, events)| events.into_iter().nth(number.checked_sub(1)?));
    Ok(event.map(|event| event.sequence))
}

/// The place that events have reached.
async fn latest(state: &State, reader: &Reader) -> Result<i64, ApiError> {
    Ok(state.app.store.alert_events_end(&reader.clearance).await?)
}
