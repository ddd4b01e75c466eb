//! Situation reports: as they were made, and as one would be made now.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::{State, body, figure};
use crate::domain::{Format, Language, Sensitivity};
use crate::exchange::extract::service;
use crate::report;
use crate::situation::Situation;
use crate::store::{KeptReport, ListedReport, ReportPlace, StoreError};

/// `GET /api/v1/reports?cursor=&limit=`: which were made, the newest first, each with its copies and without what it
/// says. Whose copy it is stays `null` to who may not know of that recipient.
pub(super) async fn get_reports(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::REPORTS)?;
    let limit = wanted.rows(&mut params);
    let cursor = params.text("cursor");
    let after = cursor.as_deref().and_then(read_cursor);
    if cursor.is_some() && after.is_none() {
        params.wrong("cursor", "is not a cursor of this list; begin without one");
    }
    params.finish()?;
    let mut found = state.app.store.reports(after, limit + 1, reader.clearance.level).await?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}.{}", last.period_end.timestamp_millis(), last.schedule));
    let known = Recipients::of(&state, &reader).await?;
    let rows: Vec<Value> = found.iter().map(|report| row(report, &known)).collect();
    let answer = json!({ "data": rows, "next": next });
    let next = next.map(|next| ("cursor", next));
    wanted.give_page(&request, &state, &reader, Page::of_now(&state, answer, next, None)).await
}

fn row(report: &ListedReport, known: &Recipients) -> Value {
    let copies = report.copies.iter().map(|copy| {
        let recipient = Some(&copy.recipient).filter(|code| known.has(code));
        json!({
            "recipient": recipient, "is_for_recipient": !copy.recipient.is_empty(),
            "language": copy.language, "clearance": copy.clearance,
        })
    });
    let copies: Vec<Value> = copies.collect();
    json!({
        "schedule": report.schedule, "period_end": report.period_end, "as_of": report.as_of,
        "known_at": report.known_at, "made_at": report.made_at, "copies": copies,
    })
}

/// A place in the list: the end of the period, the schedule.
fn read_cursor(cursor: &str) -> Option<ReportPlace> {
    let (end, schedule) = cursor.split_once('.')?;
    Some((DateTime::from_timestamp_millis(end.parse().ok()?)?, schedule.to_owned()))
}

/// The recipients that a reader may know of.
struct Recipients {
    situation: Situation,
    /// Who sees everything also knows those that are no more.
    sees_all: bool,
}

impl Recipients {
    async fn of(state: &State, reader: &Reader) -> Result<Self, ApiError> {
        let (app, clearance) = (&state.app, &reader.clearance);
        let situation = app.situations.situation(app.clock.now(), None, clearance).await?;
        Ok(Self { situation, sees_all: clearance.level == Sensitivity::StrictlyConfidential })
    }

    fn has(&self, code: &str) -> bool {
        let is_there = || self.situation.world.recipients.get(code).is_some();
        !code.is_empty() && (self.sees_all || is_there())
    }
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
    let after = end.checked_add_signed(TimeDelta::milliseconds(1)).ok_or_else(none)?;
    if !recipient.is_empty() && !Recipients::of(&state, &reader).await?.has(&recipient) {
        return Err(none());
    }
    let store = &state.app.store;
    let kept = store.report_before(&schedule, &recipient, after).await?;
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
    Ok(body::bytes(&request, format.media_type(), sent))
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
    let standards = state.app.standards();
    let build = move || report::build(&now, &before, false, "preview", period_days, &standards);
    let report = super::computed(build).await?;
    match format.as_str() {
        "json" => body::answer(&request, &report),
        "text" => {
            let plain = super::computed(move || report::text::plain(&report, language)).await?;
            Ok(body::text(&request, Format::Text.media_type(), plain))
        }
        _ => {
            let page = super::computed(move || report::html::page(&report, language)).await?;
            let page = page.map_err(|fault| StoreError::Backend(fault.to_string().into()))?;
            Ok(body::text(&request, Format::Html.media_type(), page))
        }
    }
}
