//! Who asks, and may they: decided here, before anything of the request is read.

mod cookie;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use chrono::{DateTime, Utc};

pub(super) use self::cookie::{COOKIE, SignedIn, ended, is_cross_site, issued, signed_in};
use super::State;
use super::error::ApiError;
use super::way::Found;
use crate::disclose::policy::{self, Operation};
use crate::domain::{Clearance, OrganisationCode, Role, Sensitivity, Standing};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Reader {
    /// As the ledger names them.
    pub actor: String,
    /// What they may do.
    pub role: Role,
    /// What they may see.
    pub clearance: Clearance,
    /// Whose they are.
    pub organisation: Option<OrganisationCode>,
}

impl Reader {
    /// Somebody with a name, an id and a standing.
    pub(super) fn new(name: &str, id: &str, standing: &Standing) -> Self {
        Self {
            actor: format!("{name} ({id})"),
            role: standing.role,
            clearance: standing.clearance(),
            organisation: standing.organisation.clone(),
        }
    }

    /// What they are called; nobody's name where everybody may read.
    pub(super) fn name(&self) -> Option<&str> {
        self.actor.rsplit_once(" (").map(|(name, _id)| name)
    }

    /// The public half of their token or session, for logs, where no name stands.
    pub(super) fn token_id(&self) -> &str {
        let id = self.actor.rsplit_once(" (").map_or("none", |(_, id)| id);
        id.trim_end_matches(')')
    }

    /// Whoever reads where everybody may, as in the demo.
    fn anybody() -> Self {
        let standing = Standing::usual(Role::Viewer);
        let clearance = standing.clearance();
        Self { actor: "anybody".to_owned(), role: Role::Viewer, clearance, organisation: None }
    }

    /// Refuses who may not do this.
    ///
    /// # Errors
    ///
    /// [`ApiError::Forbidden`].
    pub(super) fn needs(&self, operation: Operation) -> Result<(), ApiError> {
        if policy::may(self.role, operation) { Ok(()) } else { Err(ApiError::Forbidden(operation)) }
    }

    /// Refuses who may change records, but not one that belongs to `owner`.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotYours`].
    pub(super) fn changes(&self, owner: Option<&OrganisationCode>) -> Result<(), ApiError> {
        let may = policy::may_change(self.role, &self.clearance, owner);
        if may { Ok(()) } else { Err(ApiError::NotYours) }
    }

    /// Refuses who would give, take or change more than they have.
    ///
    /// # Errors
    ///
    /// [`ApiError::AboveYou`].
    pub(super) fn gives(&self, standing: &Standing) -> Result<(), ApiError> {
        let own: (Role, Sensitivity) = (self.role, self.clearance.level);
        if policy::may_give(own, standing) { Ok(()) } else { Err(ApiError::AboveYou) }
    }
}

impl FromRequest for Reader {
    type Error = ApiError;
    type Future = std::future::Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let reader = request.extensions().get::<Self>().cloned();
        std::future::ready(reader.ok_or(ApiError::Unauthorised))
    }
}

/// Lets a request through, or answers 401, 403, 404 or 405 before its body is read. What is not in the table of
/// routes is not there, whatever the router thinks.
pub(super) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match admitted(&request).await {
        Ok(Some(reader)) => {
            request.extensions_mut().insert(reader);
        }
        Ok(None) => {}
        // An answer rather than an error, so that the headers of every answer are added to it.
        Err(fault) => return Ok(request.error_response(fault).map_into_right_body()),
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Who asks, or nobody where nobody needs to be known.
async fn admitted(request: &ServiceRequest) -> Result<Option<Reader>, ApiError> {
    let state = request.app_data::<web::Data<State>>().ok_or(ApiError::Unauthorised)?;
    // The path as the router will read it: %74okens is tokens there too.
    let path = request.match_info().as_str();
    // What HAPI has and we have not is not there, for everybody.
    let is_guarded = |path: &str| {
        (path.starts_with("/api/") && !path.starts_with("/api/v2/")) || path == "/metrics"
    };
    match state.ways.find(request.method(), path) {
        Found::Open => Ok(None),
        Found::Needs(operation) => {
            let reader = who(request.request(), state).await?;
            let needed = reader.map_or_else(
                || as_anybody(state, operation),
                |reader| {
                    reader.needs(operation)?;
                    Ok(reader)
                },
            );
            needed.map(Some)
        }
        Found::OtherMethods { allowed, is_open } => {
            if !is_open {
                known(request.request(), state).await?;
            }
            Err(ApiError::Method(request.method().to_string(), allowed.to_owned()))
        }
        Found::Nothing if crate::web::has(path) => Ok(None),
        Found::Nothing => {
            if is_guarded(path) {
                known(request.request(), state).await?;
            }
            Err(ApiError::NoPath(request.path().to_owned()))
        }
    }
}

/// Refuses who reads on and may no longer: the token was revoked, the session ended, the standing changed.
pub(super) async fn still_reads(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
) -> Result<(), ApiError> {
    let now = who(request, state).await?.map_or_else(
        || as_anybody(state, Operation::FigureRead),
        |reader| reader.needs(Operation::FigureRead).map(|()| reader),
    )?;
    let is_same = (now.role, &now.clearance) == (reader.role, &reader.clearance);
    if is_same { Ok(()) } else { Err(ApiError::Unauthorised) }
}

/// Refuses strangers, who are not told what is there.
async fn known(request: &HttpRequest, state: &State) -> Result<(), ApiError> {
    let is_known = state.open_reading || who(request, state).await?.is_some();
    if is_known { Ok(()) } else { Err(ApiError::Unauthorised) }
}

/// The demo lets everybody do what a viewer may.
fn as_anybody(state: &State, operation: Operation) -> Result<Reader, ApiError> {
    let reader = Reader::anybody();
    let open = state.open_reading && policy::may(reader.role, operation);
    if open { Ok(reader) } else { Err(ApiError::Unauthorised) }
}

/// Who shows a token or the cookie of a session; nobody where neither is shown.
async fn who(request: &HttpRequest, state: &State) -> Result<Option<Reader>, ApiError> {
    let Some(header) = request.headers().get("Authorization") else {
        let Some(signed_in) = signed_in(request, state).await? else { return Ok(None) };
        if is_cross_site(request) {
            return Err(ApiError::CrossSite);
        }
        if signed_in.user.must_change_password {
            return Err(ApiError::PasswordMustChange);
        }
        return Ok(Some(signed_in.reader()));
    };
    let given = bearer(header).ok_or(ApiError::Unauthorised)?;
    let app = &state.app;
    // Tokens hold by the true time, also where the demo's clock stands still. Each request asks the store, so that a
    // token that another program revoked holds no longer either.
    let token =
        crate::token::check(&*app.store, &app.token_key, given, app.clock.recorded_at()).await?;
    let token = token.ok_or(ApiError::Unauthorised)?;
    Ok(Some(Reader::new(&token.name, &token.id, &token.standing)))
}

/// The token in an `Authorization` header, without what stands around it.
pub(super) fn bearer(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

/// The key of a request that may be sent again, with a fingerprint of what it asks.
pub(super) fn idempotency(
    request: &HttpRequest,
    body: &[u8],
) -> Result<Option<(String, [u8; 32])>, ApiError> {
    const LONGEST: usize = 200;
    let Some(header) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    // A header may hold tabs too, which are no visible character.
    let is_visible = |key: &&str| key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let key = header.to_str().ok().filter(|key| (1..=LONGEST).contains(&key.len()));
    let key = key.filter(is_visible);
    let key = key.ok_or_else(|| {
        ApiError::invalid("Idempotency-Key", format!("must have 1 to {LONGEST} visible characters"))
    })?;
    let mut hasher = blake3::Hasher::new();
    for field in [request.method().as_str().as_bytes(), request.path().as_bytes(), body] {
        hasher.update(&(field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    Ok(Some((key.to_owned(), *hasher.finalize().as_bytes())))
}

/// The moment that answers are given for.
pub(super) fn now(state: &State) -> DateTime<Utc> {
    state.app.clock.now()
}

/// Up to when things are known, where nobody asks for a past.
pub(super) fn known_by(state: &State) -> DateTime<Utc> {
    state.app.situations.known_by()
}
