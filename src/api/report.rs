//! Alerts and situation reports.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use serde::Serialize;
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::params::Params;
use super::{State, body, computed, figure};
use crate::domain::{Language, Text};
use crate::report;
use crate::situation::Situation;
use crate::situation::alert::{Alert, Rule, Severity, alerts};
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
    // Run-outs may have to be drawn by lot.
    let standards = state.app.standards();
    let asked = situation.clone();
    let found = computed(move || alerts(&asked, &standards)).await?;
    let found: Vec<Alert> = found.into_iter().filter(wanted).collect();
    let count = |severity| found.iter().filter(|alert| alert.severity == severity).count();
    let counts: serde_json::Map<String, Value> = Severity::ALL
        .iter()
        .rev()
        .map(|severity| (severity.to_string(), count(*severity).into()))
        .collect();
    let data: Vec<AlertBody<'_>> =
        found.iter().map(|alert| AlertBody::of(&situation, alert)).collect();
    body::answer(
        &request,
        &json!({
            "as_of": situation.as_of, "known_at": situation.known_at,
            "notes": situation.withheld().into_iter().collect::<Vec<_>>(),
            "by_severity": counts, "data": data, "total": found.len(),
        }),
    )
}

/// An alert, with its sources to go and read.
#[derive(Serialize)]
struct AlertBody<'a> {
    #[serde(flatten)]
    alert: &'a Alert,
    cited: Vec<Cited<'a>>,
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
    fn of(situation: &'a Situation, alert: &'a Alert) -> Self {
        let cited = alert.sources.iter().map(|code| {
            let source = situation.world.sources.get(code).map(|row| &row.record);
            Cited {
                code,
                name: source.map(|source| source.name.as_str()),
                url: source.and_then(|source| source.url.as_ref()).map(Text::as_str),
                href: format!("/api/v1/sources/{code}"),
            }
        });
        Self { alert, cited: cited.collect() }
    }
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

/// `GET /api/v1/reports`: as they were made.
pub(super) async fn get_reports(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    const ROWS: usize = 100;
    let mut params = Params::of(&request)?;
    let limit = params.parsed("limit").unwrap_or(ROWS).clamp(1, 1_000);
    params.finish()?;
    let kept = state.app.store.reports(limit, reader.clearance.level).await?;
    let mut rows = Vec::with_capacity(kept.len());
    for report in &kept {
        let says: Value = serde_json::from_str(&report.body)
            .map_err(|fault| StoreError::Corrupt(format!("report {}: {fault}", report.schedule)))?;
        rows.push(json!({
            "schedule": report.schedule, "period_end": report.period_end, "as_of": report.as_of,
            "known_at": report.known_at, "made_at": report.made_at, "clearance": report.clearance,
            "report": says,
        }));
    }
    body::answer(&request, &json!({ "data": rows, "total": rows.len() }))
}

/// `GET /api/v1/reports/preview`: the report as it would be made now; nothing is kept.
pub(super) async fn preview(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    const PERIOD_DAYS: u32 = 7;
    const LONGEST_DAYS: u32 = 3_660;
    let mut params = Params::of(&request)?;
    let format = params.text("format").unwrap_or_else(|| "html".to_owned());
    if !["html", "text", "json"].contains(&format.as_str()) {
        params.wrong("format", "must be html, text or json");
    }
    let language = params.parsed("language").unwrap_or(Language::En);
    let period_days = params.parsed("period_days").unwrap_or(PERIOD_DAYS);
    if !(1..=LONGEST_DAYS).contains(&period_days) {
        params.wrong("period_days", &format!("must be between 1 and {LONGEST_DAYS}"));
    }
    let now = figure::situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let begin = now.as_of - TimeDelta::days(i64::from(period_days));
    let before = state.app.situations.situation(begin, Some(begin), &reader.clearance).await?;
    let report =
        report::build(&now, &before, false, "preview", period_days, &state.app.standards());
    match format.as_str() {
        "json" => body::answer(&request, &report),
        "text" => Ok(body::text(
            &request,
            "text/plain; charset=utf-8",
            report::text::plain(&report, language),
        )),
        _ => {
            let page = report::html::page(&report, language)
                .map_err(|fault| StoreError::Backend(fault.to_string().into()))?;
            Ok(body::text(&request, "text/html; charset=utf-8", page))
        }
    }
}
