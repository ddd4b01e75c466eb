//! Lowerings over HTTP: one person asks and says why, another decides.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use uuid::Uuid;

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::record::{change, changeable, newest, read_json, write};
use super::{State, body};
use crate::clock;
use crate::domain::{Door, FieldLevel, Kind, Pointer, Problems, Sensitivity, Text, draft};
use crate::exchange::extract::service;
use crate::store::{Action, Basis, Change, Cut, Decision, Lowering, StoreError, Stored};

/// `POST /api/v1/{kinds}/{ref}/lowerings {sensitivity?, field_sensitivity?, reason}`.
pub(super) async fn propose(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let asked = asked(&read_json(&request, &sent)?)?;
    let record = changeable(kind, &state, &reader, &reference).await?;
    if record.withdrawn {
        return Err(ApiError::Withdrawn(format!("{kind} {}", record.code)));
    }
    let lowering = Lowering {
        id: clock::new_id(),
        kind,
        record_id: record.id,
        version: record.version,
        sensitivity: asked.sensitivity,
        field_sensitivity: asked.field_sensitivity,
        reason: asked.reason.as_str().to_owned(),
        proposed_by: reader.actor.clone(),
        proposed_at: state.app.clock.recorded_at(),
        decided_by: None,
        decided_at: None,
        decision: None,
    };
    // Tried before a second person is asked: what cannot be a next version is refused now.
    let mut fields = body::parsed(&record)?;
    lower(&mut fields, &lowering);
    draft(kind, &fields).map_err(ApiError::Invalid)?;
    state.app.store.propose_lowering(lowering.clone()).await?;
    Ok(HttpResponse::Accepted().json(shown(&lowering, &record.code)))
}

/// What is asked for.
struct Asked {
    sensitivity: Option<Sensitivity>,
    field_sensitivity: Option<Vec<FieldLevel>>,
    reason: Text,
}

fn asked(json: &Value) -> Result<Asked, ApiError> {
    const KNOWN: [&str; 3] = ["sensitivity", "field_sensitivity", "reason"];
    let mut problems = Problems::default();
    let field = |name| (json.get(name), Pointer::Field(&Pointer::Root, name));
    let (value, at) = field("sensitivity");
    let sensitivity = Option::<Sensitivity>::enter(value, &at, &mut problems);
    let (value, at) = field("field_sensitivity");
    let fields = Vec::<FieldLevel>::enter(value, &at, &mut problems);
    let are_given = value.is_some();
    let (value, at) = field("reason");
    let reason = Text::enter(value, &at, &mut problems);
    for name in json.as_object().into_iter().flat_map(|fields| fields.keys()) {
        if !KNOWN.contains(&name.as_str()) {
            problems.add_field(name, format!("unknown field; a lowering has {}", KNOWN.join(", ")));
        }
    }
    let field_sensitivity = fields.filter(|_| are_given);
    if sensitivity == Some(None) && !are_given {
        problems.add_field("sensitivity", "give sensitivity, field_sensitivity or both");
    }
    match (sensitivity, reason) {
        (Some(sensitivity), Some(reason)) if problems.is_empty() => {
            Ok(Asked { sensitivity, field_sensitivity, reason })
        }
        _ => Err(ApiError::Invalid(problems)),
    }
}

/// Puts the levels that were asked for into a body.
fn lower(fields: &mut Value, lowering: &Lowering) {
    if let Some(level) = lowering.sensitivity {
        fields["sensitivity"] = level.as_str().into();
    }
    if let Some(levels) = &lowering.field_sensitivity {
        fields["field_sensitivity"] = levels.iter().map(ToString::to_string).collect();
    }
}

fn shown(lowering: &Lowering, code: &str) -> Value {
    let mut shown = json!(lowering);
    shown["code"] = code.into();
    shown
}

/// `GET /api/v1/lowerings`: of the records that the reader sees whole, the open ones first.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::LOWERINGS)?;
    let limit = wanted.rows(&mut params);
    params.finish()?;
    let cut = Cut { as_of: None, known_at: auth::known_by(&state) };
    let found = state.app.store.lowerings(limit, cut, &reader.clearance).await?;
    let rows: Vec<Value> =
        found.iter().map(|(lowering, record)| shown(lowering, &record.code)).collect();
    let answer = json!({ "data": rows, "total": rows.len() });
    let page = Page { cut, answer, next: None, total: None };
    wanted.give_page(&request, &state, &reader, page).await
}

/// The name of who did something, without which of their tokens they did it with: two tokens are not two people.
fn person(actor: &str) -> &str {
    actor.rsplit_once(" (").map_or(actor, |(name, _token)| name)
}

/// `POST /api/v1/lowerings/{id}/approve` and `…/refuse`, by another than who asked.
pub(super) async fn decide(
    decision: Decision,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let named = format!("lowering {}", *id);
    let none = || ApiError::NoPath(named.clone());
    let id: Uuid = id.parse().map_err(|_unread| none())?;
    let mut lowering = state.app.store.lowering(id).await?.ok_or_else(none)?;
    let record = changeable(lowering.kind, &state, &reader, &lowering.record_id.to_string()).await;
    // Whoever does not see all of the record may not know that somebody asks for it.
    let record = record.map_err(|fault| match fault {
        ApiError::PartlyHidden | ApiError::Store(StoreError::NotFound { .. }) => none(),
        other => other,
    })?;
    if person(&lowering.proposed_by) == person(&reader.actor) {
        return Err(ApiError::SecondPerson);
    }
    let decided = || ApiError::Withdrawn("the lowering is decided already; it".to_owned());
    if lowering.decision.is_some() {
        return Err(decided());
    }
    let changes = match decision {
        Decision::Approved => vec![lowered(&record, &lowering, &reader)?],
        Decision::Refused => Vec::new(),
    };
    let write = write(&state, &reader, changes, None);
    lowering.decided_by = Some(reader.actor.clone());
    lowering.decided_at = Some(write.recorded_at);
    lowering.decision = Some(decision);
    let written =
        state.app.store.decide_lowering(id, decision, write).await?.ok_or_else(decided)?;
    state.app.situations.catch_up_to(newest(&written)).await?;
    Ok(HttpResponse::Ok().json(shown(&lowering, &record.code)))
}

/// The change that lowers a record.
fn lowered(record: &Stored, lowering: &Lowering, reader: &Reader) -> Result<Change, ApiError> {
    // Who asked may not put something else into the record while the other makes up their mind.
    if record.version != lowering.version {
        let (kind, reference, current) = (record.kind, record.code.clone(), record.version);
        return Err(StoreError::Stale { kind, reference, current }.into());
    }
    let mut fields = body::parsed(record)?;
    lower(&mut fields, lowering);
    let draft = draft(record.kind, &fields).map_err(ApiError::Invalid)?;
    let reason = format!(
        "{} (asked by {}, approved by {})",
        lowering.reason, lowering.proposed_by, reader.actor
    );
    let change = change(draft, Action::Lower, Basis::Version(lowering.version));
    Ok(Change { lowers: true, reason: Some(reason), ..change })
}
