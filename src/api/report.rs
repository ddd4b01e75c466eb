//! Situation reports: as they were made, and as one would be made now.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::params::Params;
use super::{State, body, figure};
use crate::domain::{Format, Language};
use crate::report;
use crate::store::{KeptReport, StoreError};

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
            "schedule": report.schedule, "period_end": report.period_end,
            "recipient": Some(&report.recipient).filter(|code| !code.is_empty()),
            "language": report.language, "as_of": report.as_of,
            "known_at": report.known_at, "made_at": report.made_at, "clearance": report.clearance,
            "report": says,
        }));
    }
    body::answer(&request, &json!({ "data": rows, "total": rows.len() }))
}

/// `GET /api/v1/reports/{schedule}/{period_end}?format=&recipient=`: a report byte for byte as it was sent; without a
/// recipient, the copy in the folder of reports.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let (schedule, period_end) = path.into_inner();
    let mut params = Params::of(&request)?;
    let format = params.parsed("format").unwrap_or(Format::Json);
    let recipient = params.text("recipient").unwrap_or_default();
    params.finish()?;
    let none = || ApiError::NoPath(format!("report {schedule} of {period_end}"));
    let end: DateTime<Utc> = period_end.parse().map_err(|_no_time| none())?;
    let store = &state.app.store;
    let kept = store.report_before(&schedule, &recipient, end + TimeDelta::milliseconds(1)).await?;
    let is_it =
        |kept: &KeptReport| kept.period_end == end && kept.clearance <= reader.clearance.level;
    let kept = kept.filter(is_it).ok_or_else(none)?;
    let sent = match store.report_file(&kept, format).await? {
        Some(sent) => sent,
        // Reports made before their files were kept have their data alone.
        None if format == Format::Json => kept.body.into_bytes(),
        None => {
            return Err(ApiError::NoPath(format!("report {schedule} of {period_end} as {format}")));
        }
    };
    Ok(body::bytes(&request, media_type(format), sent))
}

/// The media type of a format.
const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html; charset=utf-8",
        Format::Text => "text/plain; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Json => "application/json",
    }
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
