//! Users over HTTP, for admins: people who log in with a password.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::record::read_json;
use super::standing::{Fields, allowed};
use crate::domain::{Problem, Text};
use crate::exchange::extract::service;
use crate::people::{self, NewUser, password};
use crate::store::{User, UserChange};

/// `GET /api/v1/users`.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::USERS)?;
    params.finish()?;
    let rows: Vec<Value> = state.app.store.users().await?.iter().map(shown).collect();
    let total = rows.len();
    let answer = json!({ "data": rows, "total": total });
    let page = Page::of_now(&state, answer, None, Some(total as u64));
    wanted.give_page(&request, &state, &reader, page).await
}

/// `GET /api/v1/users/{id}`: by id or login name.
pub(super) async fn get(
    state: web::Data<State>,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(shown(&found(&state, &id).await?)))
}

/// `POST /api/v1/users {login, name, role, clearance?, organisation?, expires_at?, password}`: the password is one to
/// begin with, which they must change.
pub(super) async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let now = state.app.clock.recorded_at();
    let mut fields = Fields::of(&json);
    let login = fields.take::<Text>("login");
    let login = login.and_then(|text| match people::login_name(text.as_str()) {
        Ok(login) => Some(login),
        Err(fault) => {
            fields.problems.add_field("login", fault);
            None
        }
    });
    let new = fields.named_standing();
    let expires_at = fields.expiry(now, None);
    let password = acceptable(&mut fields, login.as_deref().unwrap_or_default());
    let all = new.zip(login).zip(password);
    let (((name, standing), login), password) = fields.finish(all)?;
    allowed(&state, &reader, &standing).await?;
    let password_hash = hashed(&state, password).await?;
    let by = reader.actor.clone();
    let must_change_password = true;
    let taken = Problem { pointer: "/login".to_owned(), detail: format!("{login} exists already") };
    let new =
        NewUser { login, name, standing, password_hash, must_change_password, expires_at, by };
    let user = people::add(&*state.app.store, new, now).await?.ok_or(ApiError::Taken(taken))?;
    let place = format!("/api/v1/users/{}", user.id);
    Ok(HttpResponse::Created().insert_header(("Location", place)).json(shown(&user)))
}

/// `PUT /api/v1/users/{id} {name, role, clearance?, organisation?, expires_at?}`: what they may, from now on. A change
/// of role, clearance or organisation ends their sessions. The end stays where it is left out, and goes with `null`.
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
    let expires_at = fields.expiry(now, None);
    let (name, standing) = fields.finish(new)?;
    let before = found(&state, &id).await?;
    let is_given = json.get("expires_at").is_some();
    let expires_at = if is_given { expires_at } else { before.expires_at };
    reader.gives(&before.standing)?;
    allowed(&state, &reader, &standing).await?;
    change(&state, &reader, &before, UserChange::Details { name, standing, expires_at }).await
}

/// `POST /api/v1/users/{id}/disable`: they may not come in any more, and their sessions end.
pub(super) async fn disable(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let before = found(&state, &id).await?;
    change(&state, &reader, &before, UserChange::Disable).await
}

/// `POST /api/v1/users/{id}/enable`: they may come in again.
pub(super) async fn enable(
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let before = found(&state, &id).await?;
    reader.gives(&before.standing)?;
    change(&state, &reader, &before, UserChange::Enable).await
}

/// `POST /api/v1/users/{id}/password {password}`: another one to begin with; their sessions end.
pub(super) async fn password(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let before = found(&state, &id).await?;
    let mut fields = Fields::of(&json);
    let password = acceptable(&mut fields, &before.login);
    let password = fields.finish(password)?;
    // Whoever knows the password of somebody is that person.
    reader.gives(&before.standing)?;
    let hash = hashed(&state, password).await?;
    change(&state, &reader, &before, UserChange::Password { hash, must_change: true }).await
}

fn acceptable(fields: &mut Fields<'_>, login: &str) -> Option<String> {
    let password = fields.secret("password")?;
    if let Err(fault) = password::acceptable(&password, login) {
        fields.problems.add_field("password", fault.rule);
        return None;
    }
    Some(password)
}

/// The hash of a password, made in its turn.
pub(super) async fn hashed(state: &State, password: String) -> Result<String, ApiError> {
    let place = state.passwords.place().ok_or(ApiError::TooManyLogins)?;
    Ok(place.hash(password).await?)
}

async fn change(
    state: &State,
    reader: &Reader,
    before: &User,
    change: UserChange,
) -> Result<HttpResponse, ApiError> {
    let now = state.app.clock.recorded_at();
    if !state.app.store.change_user(&before.id, change, &reader.actor, now).await? {
        return Err(none(&before.id));
    }
    Ok(HttpResponse::Ok().json(shown(&found(state, &before.id).await?)))
}

async fn found(state: &State, id: &str) -> Result<User, ApiError> {
    state.app.store.user(id).await?.ok_or_else(|| none(id))
}

fn none(id: &str) -> ApiError {
    ApiError::NoPath(format!("user {id}"))
}

/// Never the hash of the password.
fn shown(user: &User) -> Value {
    json!({
        "id": user.id, "login": user.login, "name": user.name, "role": user.standing.role,
        "clearance": user.standing.level, "organisation": user.standing.organisation,
        "must_change_password": user.must_change_password, "created_at": user.created_at,
        "created_by": user.created_by, "expires_at": user.expires_at,
        "disabled_at": user.disabled_at,
    })
}
