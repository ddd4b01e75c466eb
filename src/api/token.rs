//! Tokens over HTTP, for admins.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::record::read_json;
use super::standing::{Fields, allowed};
use crate::exchange::extract::service;
use crate::store::Token;
use crate::token::{MOST_DAYS, NewToken, USUAL_DAYS, in_days};

/// `GET /api/v1/tokens`: without secrets, which nobody can read again.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::TOKENS)?;
    params.finish()?;
    let rows: Vec<Value> = state.app.store.tokens().await?.iter().map(shown).collect();
    let total = rows.len();
    let answer = json!({ "data": rows, "total": total });
    let page = Page::of_now(&state, answer, None, Some(total as u64));
    wanted.give_page(&request, &state, &reader, page).await
}

/// `GET /api/v1/tokens/{id}`.
pub(super) async fn get(
    state: web::Data<State>,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(shown(&found(&state, &id).await?)))
}

/// `POST /api/v1/tokens {name, role, clearance?, organisation?, expires_at?}`: the secret is shown this once.
pub(super) async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let now = state.app.clock.recorded_at();
    let mut fields = Fields::of(&json);
    let new = fields.named_standing();
    let expires_at = fields.expiry(now, Some(in_days(now, MOST_DAYS)));
    let (name, standing) = fields.finish(new)?;
    allowed(&state, &reader, &standing).await?;
    let expires_at = expires_at.unwrap_or_else(|| in_days(now, USUAL_DAYS));
    let by = reader.actor.clone();
    let told = json!({
        "name": name, "role": standing.role, "clearance": standing.level,
        "organisation": standing.organisation, "expires_at": expires_at,
    });
    let new = NewToken { name, standing, expires_at, by };
    let token = crate::token::create(&*state.app.store, &state.app.token_key, new, now).await?;
    tracing::info!(by = reader.token_id(), "A token was made");
    let mut answer = told;
    answer["id"] = token.split('.').next().into();
    answer["token"] = token.into();
    Ok(HttpResponse::Created().json(answer))
}

/// `PUT /api/v1/tokens/{id} {name, role, clearance?, organisation?, expires_at}`: what it may, from now on.
pub(super) async fn put(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let now = state.app.clock.recorded_at();
    let mut fields = Fields::of(&json);
    let new = fields.named_standing();
    let expires_at = fields.expiry(now, Some(in_days(now, MOST_DAYS)));
    let (name, standing) = fields.finish(new)?;
    let before = found(&state, &id).await?;
    reader.gives(&before.standing)?;
    allowed(&state, &reader, &standing).await?;
    let expires_at = expires_at.unwrap_or(before.expires_at);
    let token = Token { name, standing, expires_at, ..before };
    if !state.app.store.change_token(token.clone(), &reader.actor, now).await? {
        return Err(none(&id));
    }
    Ok(HttpResponse::Ok().json(shown(&token)))
}

/// `POST /api/v1/tokens/{id}/revoke`: it holds no longer, from the next request on.
pub(super) async fn revoke(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let now = state.app.clock.recorded_at();
    if !state.app.store.revoke_token(&id, &reader.actor, now).await? {
        return Err(none(&id));
    }
    tracing::info!(by = reader.token_id(), token.id = %id, "A token was revoked");
    Ok(HttpResponse::Ok().json(json!({ "id": *id, "revoked": true })))
}

async fn found(state: &State, id: &str) -> Result<Token, ApiError> {
    state.app.store.token(id).await?.ok_or_else(|| none(id))
}

fn none(id: &str) -> ApiError {
    ApiError::NoPath(format!("token {id}"))
}

fn shown(token: &Token) -> Value {
    json!({
        "id": token.id, "name": token.name, "role": token.standing.role,
        "clearance": token.standing.level, "organisation": token.standing.organisation,
        "created_at": token.created_at, "created_by": token.created_by,
        "expires_at": token.expires_at, "revoked_at": token.revoked_at,
    })
}
