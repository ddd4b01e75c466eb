//! What was sent and what could not be: for those who see to it that messages arrive.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::auth::Reader;
use super::error::ApiError;
use super::params::Params;
use super::{State, body};
use crate::store::{Delivery, DeliveryState};

/// `GET /api/v1/deliveries?state=&recipient=&limit=`: the latest first, without what they say.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let asked = params.parsed::<DeliveryState>("state");
    let recipient = params.text("recipient");
    let limit = params.limit();
    params.finish()?;
    let store = &state.app.store;
    let found = store.deliveries(asked, recipient, limit, reader.clearance.level).await?;
    let counts: Map<String, Value> = DeliveryState::ALL
        .iter()
        .map(|state| {
            let count = found.iter().filter(|one| one.progress.state == *state).count();
            (state.to_string(), count.into())
        })
        .collect();
    let rows: Vec<Value> = found.iter().map(shown).collect();
    body::answer(&request, &json!({ "by_state": counts, "data": rows, "total": rows.len() }))
}

/// `GET /api/v1/deliveries/{id}`: exactly what is sent at every attempt.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let found = match id.parse::<Uuid>() {
        Ok(id) => state.app.store.delivery(id, reader.clearance.level).await?,
        Err(_no_id) => None,
    };
    let found = found.ok_or_else(|| none(&id))?;
    let mut whole = shown(&found);
    whole["content"] = match String::from_utf8(found.payload) {
        Ok(text) => text.into(),
        // A workbook; its report has it as a file.
        Err(_bytes) => Value::Null,
    };
    body::answer(&request, &whole)
}

/// `POST /api/v1/deliveries/{id}/retry`: tries a failed one again, from the beginning.
pub(super) async fn retry(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let at = state.app.clock.recorded_at();
    let level = reader.clearance.level;
    let store = &state.app.store;
    let parsed: Uuid = id.parse().map_err(|_no_id| none(&id))?;
    let Some(found) = store.delivery(parsed, level).await? else { return Err(none(&id)) };
    if found.payload.is_empty() {
        return Err(ApiError::NotFailed("it could not be made, and has nothing to send"));
    }
    if !store.retry_delivery(parsed, at, level).await? {
        return Err(ApiError::NotFailed(
            "only what failed is tried again; this waits, or was delivered",
        ));
    }
    tracing::info!(delivery.id = %parsed, by = reader.token_id(), "A delivery is tried again");
    let found = store.delivery(parsed, level).await?.ok_or_else(|| none(&id))?;
    Ok(HttpResponse::Ok().json(shown(&found)))
}

fn none(id: &str) -> ApiError {
    ApiError::NoPath(format!("delivery {id}"))
}

fn shown(delivery: &Delivery) -> Value {
    let Delivery { progress, report, .. } = delivery;
    json!({
        "id": delivery.id, "recipient": delivery.recipient, "channel": delivery.channel,
        "level": delivery.level, "made_at": delivery.made_at,
        "schedule": report.as_ref().map(|(schedule, _)| schedule),
        "period_end": report.as_ref().map(|(_, end)| end),
        "state": progress.state, "attempts": progress.attempts, "next_at": progress.next_at,
        "tried_at": progress.tried_at, "done_at": progress.done_at, "problem": progress.problem,
    })
}
