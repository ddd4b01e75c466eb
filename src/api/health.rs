//! Is it alive, is it ready, what has it done: for people and machines that watch it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::error::ApiError;
use super::{State, body};
use crate::app::App;
use crate::clock::Clock;
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

/// `GET /healthz`: the process answers, when the tasks that run by themselves last ran, and which broke off or stand
/// still. The status of HTTP stays 200: whoever would start the program again for it would end the reading too.
pub(super) async fn healthz(state: web::Data<State>) -> HttpResponse {
    let app = &state.app;
    let last_ran: BTreeMap<&str, _> =
        Task::ALL.iter().map(|task| (task.as_str(), app.pulse.last(*task))).collect();
    // Where time stands still, tasks run when something was written.
    let runs = matches!(app.clock, Clock::Wall);
    let is_troubled = |task: &Task| {
        app.pulse.is_troubled(*task, if runs { longest(app, *task) } else { Duration::MAX })
    };
    let troubled: Vec<Task> = Task::ALL.iter().copied().filter(is_troubled).collect();
    let status = if troubled.is_empty() { "ok" } else { "degraded" };
    HttpResponse::Ok().json(json!({
        "status": status, "version": env!("CARGO_PKG_VERSION"), "now": app.clock.now(),
        "last_ran": last_ran, "stand_still": troubled,
    }))
}

/// How long a task may not have run: several times as long as it takes and sleeps.
fn longest(app: &App, task: Task) -> Duration {
    const TIMES: u32 = 3;
    const AT_LEAST: Duration = Duration::from_mins(5);
    let every = match task {
        Task::Schedule => AT_LEAST,
        Task::Look => Duration::from_secs(app.settings.telling.look_seconds.into()),
        // Of a receiver that hangs, several messages may be tried one after the other.
        Task::Deliver => {
            Duration::from_secs(
                app.settings.webhook.timeout_seconds.max(app.settings.mail.timeout_seconds),
            ) * TIMES
        }
    };
    (every * TIMES).max(AT_LEAST)
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
