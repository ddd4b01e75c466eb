//! What was sent and what could not be: for those who see to it that messages arrive.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::{State, body, record};
use crate::domain::Kind;
use crate::exchange::extract::service;
use crate::jobs::outbox::{NotAgain, try_again};
use crate::store::{Cut, Delivery, DeliveryQuery, DeliveryState, Dismissal, Reference, StoreError};

/// `GET /api/v1/deliveries?state=&recipient=&limit=&cursor=`: the latest first, without what they say.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::DELIVERIES)?;
    let mut query = DeliveryQuery {
        state: params.parsed::<DeliveryState>("state"),
        recipient: params.text("recipient"),
        after: None,
        limit: wanted.rows(&mut params),
    };
    if let Some(cursor) = params.text("cursor") {
        query.after = read_cursor(&cursor);
        if query.after.is_none() {
            params.wrong("cursor", "is not a cursor of this list; begin without one");
        }
    }
    params.finish()?;
    if let Some(asked) = &query.recipient
        && !is_known(&state, &reader, asked).await?
    {
        let none = json!({ "by_state": counted(&[]), "data": [], "next": null, "total": 0 });
        let page = Page::of_now(&state, none, None, Some(0));
        return wanted.give_page(&request, &state, &reader, page).await;
    }
    let (store, level) = (&state.app.store, reader.clearance.level);
    let counts = store.delivery_counts(query.recipient.clone(), level).await?;
    let is_asked = |of: DeliveryState| query.state.is_none_or(|asked| asked == of);
    let total: u64 = counts.iter().filter(|(of, _)| is_asked(*of)).map(|(_, count)| count).sum();
    let found = store.deliveries(query.clone(), level).await?;
    let known = known(&state, &reader, &found).await?;
    let rows: Vec<Value> = found.iter().map(|one| shown(one, &known)).collect();
    let last = found.last().filter(|_| found.len() == query.limit);
    let next = last.map(|last| write_cursor(last.made_at, last.id));
    let answer =
        json!({ "by_state": counted(&counts), "data": rows, "next": next, "total": total });
    let next = next.map(|next| ("cursor", next));
    let page = Page::of_now(&state, answer, next, Some(total));
    wanted.give_page(&request, &state, &reader, page).await
}

/// How many there are in each state, also where there are none.
fn counted(counts: &[(DeliveryState, u64)]) -> Map<String, Value> {
    let of = |state| counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    DeliveryState::ALL.iter().map(|state| (state.to_string(), of(*state).into())).collect()
}

/// A place in the list: when the last one was made, and its id.
fn write_cursor(made_at: DateTime<Utc>, id: Uuid) -> String {
    format!("{}.{}", made_at.timestamp_millis(), id.simple())
}

fn read_cursor(cursor: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (made_at, id) = cursor.split_once('.')?;
    Some((DateTime::from_timestamp_millis(made_at.parse().ok()?)?, id.parse().ok()?))
}

/// Those of the recipients whose records the reader may know of.
async fn known(
    state: &State,
    reader: &Reader,
    found: &[Delivery],
) -> Result<BTreeSet<String>, ApiError> {
    let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
    for delivery in found {
        if !asked.contains_key(delivery.recipient.as_str()) {
            let is_known = is_known(state, reader, &delivery.recipient).await?;
            asked.insert(&delivery.recipient, is_known);
        }
    }
    let known = asked.into_iter().filter(|(_, is_known)| *is_known);
    Ok(known.map(|(code, _)| code.to_owned()).collect())
}

/// May the reader know of the recipient of this code, be it withdrawn by now?
async fn is_known(state: &State, reader: &Reader, code: &str) -> Result<bool, ApiError> {
    let cut = Cut { as_of: None, known_at: auth::known_by(state) };
    let reference = Reference::Code(code.to_owned());
    match state.app.store.record(Kind::Recipient, &reference, cut, &reader.clearance).await {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound { .. }) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /api/v1/deliveries/{id}`: exactly what is sent at every attempt. Not to who may not know of its recipient, whom
/// it names.
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
    let known = known(&state, &reader, std::slice::from_ref(&found)).await?;
    let mut whole = shown(&found, &known);
    whole["content"] = match String::from_utf8(found.payload) {
        Ok(text) if known.contains(&found.recipient) && !text.is_empty() => text.into(),
        // A workbook, of which its report has the file; or nothing that is left.
        _ => Value::Null,
    };
    body::answer(&request, &whole)
}

/// `POST /api/v1/deliveries/{id}/retry`: tries a failed one again, from the beginning, where its recipient is
/// now, and one that waits at once.
pub(super) async fn retry(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let (at, level) = (state.app.clock.recorded_at(), reader.clearance.level);
    let parsed: Uuid = id.parse().map_err(|_no_id| none(&id))?;
    match try_again(&*state.app.store, parsed, at, level).await? {
        Ok(()) => {}
        Err(NotAgain::NoSuch) => return Err(none(&id)),
        Err(NotAgain::Refused(why)) => return Err(ApiError::NotFailed(why)),
    }
    tracing::info!(delivery.id = %parsed, by = reader.token_id(), "A delivery is tried again");
    answer_now(&state, &reader, parsed).await
}

/// `POST /api/v1/deliveries/{id}/dismiss`: a failed one is not sent any more, and the ledger says who decided it and why.
pub(super) async fn dismiss(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let parsed: Uuid = id.parse().map_err(|_no_id| none(&id))?;
    let reason = record::reason(&request, &sent)?;
    let level = reader.clearance.level;
    let store = &state.app.store;
    let at = state.app.clock.recorded_at();
    let actor = reader.actor.clone();
    let dismissal = Dismissal { id: parsed, actor, reason, at, level };
    if !store.dismiss_delivery(dismissal).await? {
        let found = store.delivery(parsed, level).await?;
        found.ok_or_else(|| none(&id))?;
        return Err(ApiError::NotFailed("only what failed is dismissed"));
    }
    answer_now(&state, &reader, parsed).await
}

/// How it stands now.
async fn answer_now(state: &State, reader: &Reader, id: Uuid) -> Result<HttpResponse, ApiError> {
    let found = state.app.store.delivery(id, reader.clearance.level).await?;
    let found = found.ok_or_else(|| none(&id.to_string()))?;
    let known = known(state, reader, std::slice::from_ref(&found)).await?;
    Ok(HttpResponse::Ok().json(shown(&found, &known)))
}

fn none(id: &str) -> ApiError {
    ApiError::NoPath(format!("delivery {id}"))
}

fn shown(delivery: &Delivery, known: &BTreeSet<String>) -> Value {
    let Delivery { progress, report, .. } = delivery;
    json!({
        "id": delivery.id, "recipient": known.get(&delivery.recipient), "channel": delivery.channel,
        "level": delivery.level, "made_at": delivery.made_at,
        "schedule": report.as_ref().map(|(schedule, _)| schedule),
        "period_end": report.as_ref().map(|(_, end)| end),
        "state": progress.state, "attempts": progress.attempts, "next_at": progress.next_at,
        "tried_at": progress.tried_at, "done_at": progress.done_at, "problem": progress.problem,
    })
}
