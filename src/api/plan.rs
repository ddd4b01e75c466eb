//! Plans: who gets the next truck, kept where that is asked for, and held against what then happened.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{self, Wanted};
use super::figure::situation;
use super::params::Params;
use super::{State, body, computed, record};
use crate::disclose::policy::Operation;
use crate::domain::plan::{Fairness, PlanRequest};
use crate::domain::{Door, Kind, Plan, Pointer, Problems, Sensitivity, draft, typed};
use crate::exchange::extract::figures;
use crate::situation::plan::{NoPlan, ToldPlan, told_plan};
use crate::situation::plan_outcome::plan_outcome;
use crate::store::{Action, Basis, Cut, Reference, Stored};
use crate::tongue::Tongue;

/// `POST /api/v1/plans`: works a plan out, and keeps it where `save` says so. A plan that says already who gets
/// what was made elsewhere and is kept as it is.
pub(super) async fn post(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = record::read_json(&request, &sent)?;
    if is_made(&json) {
        reader.needs(Operation::PlanSave)?;
        return record::create(Kind::Plan, request, state, reader, sent).await;
    }
    let asked = asked(&json)?;
    if asked.save == Some(true) {
        reader.needs(Operation::PlanSave)?;
        if let Some(kept) =
            record::answered_before(Kind::Plan, &request, &state, &reader, &sent).await?
        {
            return record::shown_as(&mut HttpResponse::Created(), &kept);
        }
    }
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::PLAN)?;
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let standards = state.app.standards();
    let (save, of) = (asked.save == Some(true), situation.clone());
    let (told, asked) = computed(move || (told_plan(&of, &asked, &standards), asked)).await?;
    let told = told.map_err(refused)?;
    if save {
        let mut kept = kept(&asked, &told);
        // It rests on all that its maker may know: counts of few people, what a convoy under way brings. Who knows
        // less would read these in it, until two people lower it.
        let usual = state.app.settings.gate.levels.of_kind(Kind::Plan);
        if reader.clearance.level > usual.max(Sensitivity::Internal) {
            kept["sensitivity"] = reader.clearance.level.as_str().into();
        }
        let stored = keep(&request, &state, &reader, &kept, &sent).await?;
        let place = format!("/api/v1/plans/{}", stored.code);
        return record::shown_as(
            HttpResponse::Created().insert_header(("Location", place)),
            &stored,
        );
    }
    let mut answer = extract::json(&told)?;
    answer["as_of"] = json!(situation.as_of);
    answer["known_at"] = json!(situation.known_at);
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// Does it say already who gets what?
fn is_made(json: &Value) -> bool {
    let areas = json["areas"].as_array().map_or(&[][..], Vec::as_slice);
    json.is_array() || areas.iter().any(|area| area.get("loads").is_some())
}

fn asked(json: &Value) -> Result<PlanRequest, ApiError> {
    let mut problems = Problems::default();
    let asked = PlanRequest::open(json, &Pointer::Root, &mut problems);
    asked.filter(|_| problems.is_empty()).ok_or(ApiError::Invalid(problems))
}

fn refused(why: NoPlan) -> ApiError {
    match why {
        NoPlan::Invalid(problems) => ApiError::Invalid(problems),
        NoPlan::Unsolved(why) => ApiError::NoPlan(why.to_string()),
    }
}

/// The plan as a record.
fn kept(asked: &PlanRequest, told: &ToldPlan) -> Value {
    const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "a horizon is at most ten years")]
    let at = |day: f64| {
        let at = told.date + TimeDelta::milliseconds((day * MILLISECONDS_PER_DAY) as i64);
        at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    };
    let allocation = &told.allocation;
    let each = told.inputs.iter().zip(&allocation.areas).zip(&told.told);
    let areas: Vec<Value> = each
        .clone()
        .map(|((input, area), told_area)| {
            json!({ "area": input.area, "people": input.people, "loads": area.loads,
                "needed_person_days": input.people.map(|people| people * told.horizon_days),
                "coverage_before": area.coverage_before, "coverage_after": area.coverage,
                "why": Tongue::ENGLISH.told(&told_area.because) })
        })
        .collect();
    let deliveries: Vec<Value> = each
        .flat_map(|((input, area), _)| {
            area.deliveries.iter().map(move |d| {
                json!({ "area": input.area, "at": at(d.day), "loads": d.loads,
                    "person_days": d.person_days, "commodity": d.supply })
            })
        })
        .collect();
    let windows = asked.windows.iter();
    json!({
        "code": asked.code, "title": asked.title,
        "date": told.date.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        "horizon_days": told.horizon_days,
        "fairness": asked.fairness.unwrap_or(Fairness::Lexicographic),
        "method": allocation.method.as_str(),
        "windows": windows.map(|w| json!({ "at": w.at, "loads": w.loads, "pause": w.pause })).collect::<Vec<_>>(),
        "areas": areas, "deliveries": deliveries,
        "minimum_coverage": allocation.minimum_coverage,
        "unmet_person_days": allocation.unmet_person_days,
    })
}

/// Keeps a plan that was worked out.
async fn keep(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    made: &Value,
    sent: &[u8],
) -> Result<Stored, ApiError> {
    let draft = draft(Kind::Plan, made).map_err(ApiError::Invalid)?;
    let codes = [draft.code.as_ref().map(ToString::to_string)];
    let changes = vec![record::change(draft, Action::Create, Basis::New)];
    let write = record::write(state, reader, changes, auth::idempotency(request, sent)?);
    let written = state.app.store.write(write).await;
    let written = written.map_err(|fault| record::taken(fault, &codes, false))?;
    state.app.situations.catch_up_to(record::newest(&written)).await?;
    let written = written.first().ok_or_else(|| ApiError::not_found(Kind::Plan, ""))?;
    record::version(Kind::Plan, state, reader, written).await
}

/// `GET /api/v1/plans/{ref}/outcome`: what came of it by a day.
pub(super) async fn outcome(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::OUTCOME)?;
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let reference = Reference::parse(&reference);
    let cut = Cut { as_of: None, known_at: situation.known_at };
    let stored = state.app.store.record(Kind::Plan, &reference, cut, &reader.clearance).await?;
    let plan: Plan = typed(&body::parsed(&stored)?).map_err(ApiError::Invalid)?;
    let outcome = plan_outcome(&situation, &plan, &state.app.standards());
    let mut answer = extract::json(&outcome)?;
    answer["plan"] = json!(stored.code);
    answer["as_of"] = json!(situation.as_of);
    answer["known_at"] = json!(situation.known_at);
    wanted.give(&request, &state, &reader, &situation, answer).await
}
