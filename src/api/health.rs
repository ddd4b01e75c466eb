//! Is it alive, is it ready, what has it done: for people and machines that watch it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::error::ApiError;
use super::{State, body};
use crate::pulse::Task;

/// Upper bounds of the time a request took, seconds.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// What is counted: requests by method, route and status, and how long they took.
#[derive(Default)]
pub struct Metrics(Mutex<BTreeMap<(String, String, u16), Counted>>);

#[derive(Default)]
struct Counted {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts one request, by the pattern of its route: never by its path, which may name records.
    pub fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = counted.entry((method.to_owned(), route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        for (bucket, bound) in entry.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
        entry.count += 1;
        entry.seconds += seconds;
    }

    /// In the text form of Prometheus.
    fn text(&self) -> String {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = "# TYPE passage_request_seconds histogram\n".to_owned();
        for ((method, route, status), entry) in counted.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (bucket, bound) in entry.buckets.iter().zip(BOUNDS) {
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "passage_request_seconds_bucket{{{labels},le=\"{bound}\"}} {bucket}"
                );
            }
            let _ = writeln!(
                text,
                "passage_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}",
                entry.count
            );
            let _ = writeln!(text, "passage_request_seconds_sum{{{labels}}} {}", entry.seconds);
            let _ = writeln!(text, "passage_request_seconds_count{{{labels}}} {}", entry.count);
        }
        text
    }
}

/// `GET /healthz`: the process answers, and when the tasks that run by themselves last ran.
pub(super) async fn healthz(state: web::Data<State>) -> HttpResponse {
    let now = state.app.clock.now();
    let last_ran: BTreeMap<&str, _> =
        Task::ALL.iter().map(|task| (task.as_str(), state.app.pulse.last(*task))).collect();
    HttpResponse::Ok().json(json!({
        "status": "ok", "version": env!("CARGO_PKG_VERSION"), "now": now, "last_ran": last_ran,
    }))
}

/// `GET /readyz`: the store answers, and the read model is up to date. How far the ledger is would tell anybody, at
/// the second, that something was written which they may not see.
pub(super) async fn readyz(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let sequence = state.app.store.sequence().await?;
    let seen = state.app.situations.world().sequence;
    Ok(HttpResponse::Ok()
        .json(json!({ "status": "ready", "behind": sequence.saturating_sub(seen).max(0) })))
}

/// `GET /metrics`.
pub(super) async fn metrics(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let world = state.app.situations.world();
    let mut text = state.metrics.text();
    let _ = writeln!(
        text,
        "# TYPE passage_ledger_sequence gauge\npassage_ledger_sequence {}",
        world.sequence
    );
    body::text(&request, "text/plain; version=0.0.4", text)
}
