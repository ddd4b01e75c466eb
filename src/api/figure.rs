//! Figures over all records: totals, coverage, alerts, and the change feed.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use serde_json::json;

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{self, Page, Wanted};
use super::params::Params;
use super::{State, list};
use crate::assess::reconcile::Policy;
use crate::domain::population::Metric;
use crate::domain::{Area, Kind, Saying, Scheme};
use crate::exchange::extract::{figures, service};
use crate::situation::coverage::{CoverageQuestion, coverage};
use crate::situation::totals::{By, TotalsQuestion, totals};
use crate::situation::{Known, Situation};

/// The situation that the parameters ask for.
pub(super) async fn situation(
    params: &mut Params,
    state: &State,
    reader: &Reader,
) -> Result<Situation, ApiError> {
    let (as_of, known_at) = (params.moment("as_of", true), list::known_at(params, state));
    // Only who asks for the past gets it: the wall clock moves on between two looks at it.
    let as_of = as_of.or(known_at).unwrap_or_else(|| auth::now(state));
    Ok(state.app.situations.situation(as_of, known_at, &reader.clearance).await?)
}

/// The area of a code or an id, as it is known in the situation.
pub(super) fn area<'s>(
    situation: &'s Situation,
    reference: &str,
) -> Result<&'s Arc<Known<Area>>, ApiError> {
    let areas = &situation.world.areas;
    let by_id = |id: uuid::Uuid| areas.iter().find(|area| area.id == id);
    let code = situation.world.stands_for(Kind::Area, reference);
    let found = areas.get(code).or_else(|| reference.parse().ok().and_then(by_id));
    found.ok_or_else(|| ApiError::not_found(Kind::Area, reference))
}

/// The areas that are asked for by `area=`, each by the code that its own stands for.
pub(super) fn areas(params: &mut Params, situation: &Situation) -> Vec<String> {
    let meant = |code: String| situation.world.stands_for(Kind::Area, &code).to_owned();
    let mut areas: Vec<String> = params.list("area").into_iter().map(meant).collect();
    let mut seen = std::collections::HashSet::new();
    areas.retain(|area| seen.insert(area.clone()));
    areas
}

/// `GET /api/v1/totals`.
pub(super) async fn get_totals(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::TOTALS)?;
    let scheme = params.text("scheme").filter(|scheme| scheme != "any");
    let question = TotalsQuestion {
        by: params.parsed("by").unwrap_or(By::Scheme),
        scheme: scheme.and_then(|word| {
            word.parse::<Scheme>()
                .map_err(|fault| params.wrong("scheme", &format!("{fault}, or any")))
                .ok()
        }),
        policy: params.parsed("policy").unwrap_or(Policy::Latest),
        metric: params.parsed::<Metric>("metric"),
        spread_flag: state.app.settings.totals.spread_flag,
    };
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let wanted = match question.by {
        By::Scheme => wanted,
        _ => wanted.unless_named("groups"),
    };
    let answer = extract::json(&totals(&situation, &question))?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `GET /api/v1/coverage`.
pub(super) async fn get_coverage(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    const PERIOD: TimeDelta = TimeDelta::days(30);
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::COVERAGE)?;
    let situation = situation(&mut params, &state, &reader).await?;
    let to = params.moment("to", true).unwrap_or(situation.as_of);
    let from = params.moment("from", false).unwrap_or(to - PERIOD + TimeDelta::milliseconds(1));
    if from > to {
        params.wrong("from", "must not lie after to");
    }
    let standards = state.app.standards();
    let question = CoverageQuestion {
        from,
        to,
        areas: areas(&mut params, &situation),
        admin1: params.text("admin1"),
        standards: &standards,
    };
    for area in question.areas.iter().filter(|code| situation.world.areas.get(code).is_none()) {
        params.wrong("area", &format!("there is no area {area}"));
    }
    params.finish()?;
    let areas = coverage(&situation, &question);
    let notes = std::iter::once(Saying::of("coverage-is")).chain(situation.withheld());
    let answer = json!({
        "as_of": situation.as_of, "known_at": situation.known_at, "from": from, "to": to,
        "losses": standards.losses,
        "food_kcal_per_person_day": crate::assess::cargo::ENERGY_NEED_KCAL,
        "notes": notes.collect::<Vec<_>>(), "data": areas, "total": areas.len(),
    });
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `GET /api/v1/changes?after=&limit=`.
pub(super) async fn get_changes(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::CHANGES)?;
    let (after, limit) = (params.after(), wanted.rows(&mut params));
    params.finish()?;
    let at = auth::known_by(&state);
    let entries = state.app.store.changes(after, limit, &reader.clearance, at).await?;
    let last = entries.last().map_or(after, |entry| entry.sequence);
    let next = (entries.len() == limit).then(|| ("after", last.to_string()));
    let answer = json!({ "data": entries, "next": last, "total": entries.len() });
    wanted.give_page(&request, &state, &reader, Page::of_now(&state, answer, next, None)).await
}
