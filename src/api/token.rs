//! Tokens over HTTP, for admins.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use super::record::read_json;
use crate::domain::Role;
use crate::domain::{Door, Moment, Pointer, Problems, Text};

/// `GET /api/v1/tokens`: without secrets, which nobody can read again.
pub(super) async fn list(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let tokens = state.app.store.tokens().await?;
    let rows: Vec<Value> = tokens
        .iter()
        .map(|token| {
            json!({
                "id": token.id, "name": token.name, "role": token.role, "created_at": token.created_at,
                "expires_at": token.expires_at, "revoked_at": token.revoked_at,
            })
        })
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "data": rows, "total": rows.len() })))
}

/// `POST /api/v1/tokens {name, role, expires_at?}`: the secret is shown this once.
pub(super) async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let mut problems = Problems::default();
    let field = |name| (json.get(name), Pointer::Field(&Pointer::Root, name));
    let (value, at) = field("name");
    let name = Text::enter(value, &at, &mut problems);
    let (value, at) = field("role");
    let role = Role::enter(value, &at, &mut problems);
    let (value, at) = field("expires_at");
    let expires = Option::<Moment>::enter(value, &at, &mut problems);
    let known = ["name", "role", "expires_at"];
    for name in json.as_object().into_iter().flat_map(|fields| fields.keys()) {
        if !known.contains(&name.as_str()) {
            problems.add_field(name, "unknown field; a token has name, role, expires_at");
        }
    }
    let (Some(name), Some(role), Some(expires), true) = (name, role, expires, problems.is_empty())
    else {
        return Err(ApiError::Invalid(problems));
    };
    let now = state.app.clock.recorded_at();
    let expires_at = expires.map(Moment::end);
    if expires_at.is_some_and(|end| end <= now) {
        return Err(ApiError::invalid("/expires_at", "must lie in the future, by the true time"));
    }
    let token =
        crate::token::create(&*state.app.store, name.as_str(), role, expires_at, now).await?;
    state.tokens.forget();
    tracing::info!(by = reader.actor, role = %role, "A token was made");
    Ok(HttpResponse::Created().json(json!({ "token": token, "name": name, "role": role })))
}

/// `POST /api/v1/tokens/{id}/revoke`.
pub(super) async fn revoke(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    if !state.app.store.revoke_token(&id, state.app.clock.recorded_at()).await? {
        return Err(ApiError::NoPath(format!("token {id}")));
    }
    state.tokens.forget();
    tracing::info!(by = reader.actor, token.id = %id, "A token was revoked");
    Ok(HttpResponse::Ok().json(json!({ "id": *id, "revoked": true })))
}
