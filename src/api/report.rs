//! Alerts and situation reports.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::params::Params;
use super::{State, body, figure};
use crate::situation::alert::{Alert, Rule, Severity, Thresholds, alerts};
use crate::store::StoreError;

/// `GET /api/v1/alerts`.
pub(super) async fn get_alerts(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let severities: Vec<Severity> = words(&mut params, "severity");
    let rules: Vec<Rule> = words(&mut params, "rule");
    let areas = params.list("area");
    let situation = figure::situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let wanted = |alert: &Alert| {
        (severities.is_empty() || severities.contains(&alert.severity))
            && (rules.is_empty() || rules.contains(&alert.rule))
            && (areas.is_empty() || alert.areas.iter().any(|area| areas.contains(area)))
    };
    let found: Vec<Alert> =
        alerts(&situation, &thresholds(&state)).into_iter().filter(wanted).collect();
    let count = |severity| found.iter().filter(|alert| alert.severity == severity).count();
    let counts: serde_json::Map<String, Value> = Severity::ALL
        .iter()
        .rev()
        .map(|severity| (severity.to_string(), count(*severity).into()))
        .collect();
    body::answer(
        &request,
        &json!({
            "as_of": situation.as_of, "known_at": situation.known_at,
            "by_severity": counts, "data": found, "total": found.len(),
        }),
    )
}

/// Words of a closed list, several with commas between them.
fn words<T: std::str::FromStr<Err: ToString>>(params: &mut Params, name: &'static str) -> Vec<T> {
    let given = params.list(name);
    let read = given.iter().filter_map(|word| {
        word.parse().map_err(|fault: T::Err| params.wrong(name, &fault.to_string())).ok()
    });
    read.collect()
}

fn thresholds(state: &State) -> Thresholds {
    state.app.thresholds()
}

/// `GET /api/v1/reports`: as they were made.
pub(super) async fn get_reports(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    const ROWS: usize = 100;
    let mut params = Params::of(&request)?;
    let limit = params.parsed("limit").unwrap_or(ROWS).clamp(1, 1_000);
    params.finish()?;
    let kept = state.app.store.reports(limit).await?;
    let mut rows = Vec::with_capacity(kept.len());
    for report in &kept {
        let says: Value = serde_json::from_str(&report.body)
            .map_err(|fault| StoreError::Corrupt(format!("report {}: {fault}", report.schedule)))?;
        rows.push(json!({
            "schedule": report.schedule, "period_end": report.period_end, "as_of": report.as_of,
            "known_at": report.known_at, "made_at": report.made_at, "report": says,
        }));
    }
    body::answer(&request, &json!({ "data": rows, "total": rows.len() }))
}
