//! The pages of people: logging in, out, one's own account. Forms only; no page needs a script.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, http::header, web};
use serde::Deserialize;

use super::State;
use super::auth::{SignedIn, ended, is_cross_site, issued, signed_in};
use super::error::ApiError;
use super::server::WrongPassword;
use super::user::hashed;
use crate::people::login::{Door, prove};
use crate::people::{self, Attempt, Refused, password, session};
use crate::store::{Store, UserChange};
use crate::web::html;
use crate::web::page::{self, Account, Notice, SessionLine, Words};

/// What the form of the login sends.
#[derive(Deserialize)]
pub(super) struct LoginForm {
    login: String,
    password: String,
}

/// What the form for another password sends.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    current: String,
    password: String,
    again: String,
}

/// `GET /login`.
pub(super) async fn login_page(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let words = words(&request);
    Ok(html(page::login(words, None).map_err(unwritten)?, words.language))
}

/// `POST /login`.
pub(super) async fn log_in(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<LoginForm>,
) -> Result<HttpResponse, ApiError> {
    if is_cross_site(&request) {
        return Err(ApiError::CrossSite);
    }
    let LoginForm { login, password } = form.into_inner();
    let address = state.limits.client(&request).to_string();
    let browser = text(&request, header::USER_AGENT).to_owned();
    let attempt = Attempt { login, password, address, browser };
    match people::log_in(&door(&state), attempt).await? {
        Ok(cookie) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "/"))
            .cookie(issued(cookie))
            .finish()),
        Err(refused) => {
            let words = words(&request);
            let page = page::login(words, Some(notice(refused))).map_err(unwritten)?;
            Ok(refusal(&request, &fault(refused), page, words))
        }
    }
}

/// `POST /logout`: the session ends here and in the store.
pub(super) async fn log_out(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    if is_cross_site(&request) {
        return Err(ApiError::CrossSite);
    }
    // Where the store cannot be asked, the browser keeps its cookie to try again with.
    if let Some(SignedIn { session, user }) = here(&request, &state).await? {
        state.app.store.end_sessions(&user.id, &session.id, false).await?;
    }
    Ok(to_login(&request))
}

/// `GET /account`.
pub(super) async fn page(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let Some(signed_in) = here(&request, &state).await? else { return Ok(to_login(&request)) };
    let is_changed = request.query_string().split('&').any(|part| part == "changed");
    let notice = is_changed.then_some(Notice::Changed);
    let words = words(&request);
    Ok(html(account(&state, &signed_in, words, notice).await?, words.language))
}

/// `POST /account/password`: every session ends, and a new one begins here.
pub(super) async fn change_password(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<PasswordForm>,
) -> Result<HttpResponse, ApiError> {
    if is_cross_site(&request) {
        return Err(ApiError::CrossSite);
    }
    let Some(signed_in) = here(&request, &state).await? else { return Ok(to_login(&request)) };
    let user = &signed_in.user;
    let PasswordForm { current, password, again } = form.into_inner();
    let door = door(&state);
    let refused = if password != again {
        Some((Notice::NotTheSame, ApiError::invalid("again", "must be the same password")))
    } else if let Err(fault) = acceptable(&password, &current, &user.login) {
        Some((Notice::Refused, fault))
    } else {
        let address = state.limits.client(&request).to_string();
        let proof = prove(&door, &user.login, Some(user), current, &address).await?;
        proof.err().map(|refused| (notice(refused), fault(refused)))
    };
    let words = words(&request);
    if let Some((notice, fault)) = refused {
        let page = account(&state, &signed_in, words, Some(notice)).await?;
        return Ok(refusal(&request, &fault, page, words));
    }
    let hash = hashed(&state, password).await?;
    let change = UserChange::Password { hash, must_change: false };
    let actor = signed_in.reader().actor;
    state.app.store.change_user(&user.id, change, &actor, door.now).await?;
    let new = (door.key, door.limits, door.now);
    let browser = text(&request, header::USER_AGENT);
    let cookie = session::begin(door.store, new, &user.id, browser).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, onward(&request, "/account?changed")))
        .cookie(issued(cookie))
        .finish())
}

/// `POST /account/sessions`: ends all sessions but this one.
pub(super) async fn end_other_sessions(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    if is_cross_site(&request) {
        return Err(ApiError::CrossSite);
    }
    let Some(SignedIn { session, user }) = here(&request, &state).await? else {
        return Ok(to_login(&request));
    };
    state.app.store.end_sessions(&user.id, &session.id, true).await?;
    let account = onward(&request, "/account");
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, account)).finish())
}

/// Who is logged in; a page sends everybody else to the login.
async fn here(request: &HttpRequest, state: &State) -> Result<Option<SignedIn>, ApiError> {
    match signed_in(request, state).await {
        Err(ApiError::Unauthorised) => Ok(None),
        other => other,
    }
}

async fn account(
    state: &State,
    SignedIn { session, user }: &SignedIn,
    words: &Words,
    notice: Option<Notice>,
) -> Result<String, ApiError> {
    let sessions = state.app.store.sessions(&user.id).await?;
    let line = |other: crate::store::Session| SessionLine {
        is_this: other.id == session.id,
        began: other.created_at,
        seen: other.seen_at,
        browser: other.browser,
    };
    let shown = Account {
        name: user.name.clone(),
        login: user.login.clone(),
        standing: user.standing.clone(),
        expires_at: user.expires_at,
        must_change: user.must_change_password,
        sessions: sessions.into_iter().map(line).collect(),
    };
    page::account(words, &shown, notice).map_err(unwritten)
}

fn door(state: &State) -> Door<'_, dyn Store> {
    Door {
        store: &*state.app.store,
        key: &state.app.token_key,
        passwords: &state.passwords,
        limits: state.app.settings.login,
        now: state.app.clock.recorded_at(),
    }
}

fn acceptable(new: &str, current: &str, login: &str) -> Result<(), ApiError> {
    if new == current {
        return Err(ApiError::invalid("password", "must be another than before"));
    }
    password::acceptable(new, login).map_err(|fault| ApiError::invalid("password", fault.rule))
}

const fn notice(refused: Refused) -> Notice {
    match refused {
        Refused::Wrong => Notice::Wrong,
        Refused::Locked(seconds) => Notice::Locked(seconds),
        Refused::Busy => Notice::Busy,
    }
}

const fn fault(refused: Refused) -> ApiError {
    match refused {
        Refused::Wrong => ApiError::WrongPassword,
        Refused::Locked(seconds) => ApiError::LockedOut(seconds),
        Refused::Busy => ApiError::TooManyLogins,
    }
}

/// The same status and headers for a browser and for a program; a browser gets its page.
fn refusal(request: &HttpRequest, fault: &ApiError, page: String, words: &Words) -> HttpResponse {
    if matches!(fault, ApiError::WrongPassword) {
        request.extensions_mut().insert(WrongPassword);
    }
    let problem = fault.error_response();
    if !text(request, header::ACCEPT).contains("text/html") {
        return problem;
    }
    let mut response = html(page, words.language);
    *response.status_mut() = problem.status();
    if let Some(wait) = problem.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response
}

fn to_login(request: &HttpRequest) -> HttpResponse {
    let login = onward(request, "/login");
    HttpResponse::SeeOther().insert_header((header::LOCATION, login)).cookie(ended()).finish()
}

/// In the language that the address asks for, else in the one that the browser likes best.
fn words(request: &HttpRequest) -> &'static Words {
    asked(request).unwrap_or_else(|| page::of(text(request, header::ACCEPT_LANGUAGE)))
}

/// The language that the address asks for.
fn asked(request: &HttpRequest) -> Option<&'static Words> {
    let asked = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?;
    asked.iter().find(|(name, _)| name == "language").and_then(|(_, word)| page::named(word))
}

/// An address, which goes on in the language that this one asks for.
fn onward(request: &HttpRequest, path: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    match asked(request) {
        Some(words) => format!("{path}{mark}language={}", words.language),
        None => path.to_owned(),
    }
}

fn text(request: &HttpRequest, name: header::HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn unwritten(fault: askama::Error) -> ApiError {
    ApiError::BrokeOff(Box::new(fault))
}
