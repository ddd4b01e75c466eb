//! Who asks, and may they: decided here, before anything of the request is read.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use chrono::{DateTime, Utc};

use super::State;
use super::error::ApiError;
use crate::clock::Clock;
use crate::domain::{Clearance, OrganisationCode, Role};
use crate::store::{StoreResult, Token, TokenStore};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Reader {
    /// As the ledger names them.
    pub actor: String,
    /// What they may do.
    pub role: Role,
    /// What they may see.
    pub clearance: Clearance,
    /// The organisation that what they post belongs to.
    pub organisation: Option<OrganisationCode>,
}

impl Reader {
    /// The public half of their token, for logs, where no name stands.
    pub(super) fn token_id(&self) -> &str {
        let id = self.actor.rsplit_once(" (").map_or("none", |(_, id)| id);
        id.trim_end_matches(')')
    }

    /// Refuses who may not do what needs this role.
    ///
    /// # Errors
    ///
    /// [`ApiError::Forbidden`].
    pub(super) fn needs(&self, role: Role) -> Result<(), ApiError> {
        if self.role < role { Err(ApiError::Forbidden(role)) } else { Ok(()) }
    }

    /// Refuses a partner who would change what belongs to others.
    ///
    /// # Errors
    ///
    /// [`ApiError::Forbidden`].
    pub(super) fn may_change(&self, owner: Option<&OrganisationCode>) -> Result<(), ApiError> {
        let is_own = self.organisation.is_some() && self.organisation.as_ref() == owner;
        if self.role == Role::Partner && !is_own {
            return Err(ApiError::Forbidden(Role::Coordinator));
        }
        Ok(())
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

/// What may be read without a token; `None` needs no role at all.
fn needed_role(method: &Method, path: &str) -> Option<Role> {
    if !path.starts_with("/api/") && path != "/metrics" {
        return None;
    }
    if path.starts_with("/api/v1/tokens") {
        return Some(Role::Admin);
    }
    // A question that is too long for an address is posted, and changes nothing.
    let asks = path == "/api/v1/plans"
        || path.starts_with("/api/v1/pauses/") && path.ends_with("/throughput");
    let reads = asks || [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
    Some(if reads { Role::Viewer } else { Role::Coordinator })
}

/// Lets a request through, or answers 401 or 403 before its body is read.
pub(super) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // The path as the router will read it: %74okens is tokens there too.
    let needed = needed_role(request.method(), request.match_info().as_str());
    if let Some(needed) = needed {
        match admitted(&request, needed).await {
            Ok(reader) => {
                request.extensions_mut().insert(reader);
            }
            // An answer rather than an error, so that the headers of every answer are added to it.
            Err(fault) => return Ok(request.error_response(fault).map_into_right_body()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

async fn admitted(request: &ServiceRequest, needed: Role) -> Result<Reader, ApiError> {
    let state = request.app_data::<web::Data<State>>().ok_or(ApiError::Unauthorised)?;
    let header = request.headers().get("Authorization");
    let Some(header) = header else {
        // The demo lets everybody read.
        let open = state.open_reading && needed == Role::Viewer;
        return open.then(|| reader("anybody", Role::Viewer)).ok_or(ApiError::Unauthorised);
    };
    let given = header.to_str().ok().and_then(|text| text.split_once(' '));
    let given = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let given = given.ok_or(ApiError::Unauthorised)?.1.trim();
    let tokens = state.tokens.current(&*state.app.store).await?;
    // Tokens hold by the true time, also where the demo's clock stands still.
    let token = crate::token::check(&tokens, given, state.app.clock.recorded_at());
    let token = token.ok_or(ApiError::Unauthorised)?;
    if token.role < needed {
        return Err(ApiError::Forbidden(needed));
    }
    Ok(reader(&format!("{} ({})", token.name, token.id), token.role))
}

fn reader(actor: &str, role: Role) -> Reader {
    let clearance = Clearance::of(role.usual_clearance());
    Reader { actor: actor.to_owned(), role, clearance, organisation: None }
}

/// The tokens, read again every second: a revoked one holds no longer than that.
#[derive(Default)]
pub struct Tokens(Mutex<Option<(Instant, std::sync::Arc<Vec<Token>>)>>);

impl Tokens {
    const AGE: Duration = Duration::from_secs(1);

    /// Reads them anew for the next request: one was made or revoked here.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn current<S: TokenStore + ?Sized>(
        &self,
        store: &S,
    ) -> StoreResult<std::sync::Arc<Vec<Token>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, tokens)) = kept.filter(|(read, _)| read.elapsed() < Self::AGE) {
            return Ok(tokens);
        }
        let tokens = std::sync::Arc::new(store.tokens().await?);
        let read = (Instant::now(), std::sync::Arc::clone(&tokens));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        Ok(tokens)
    }
}

/// The key of a request that may be sent again, with a fingerprint of what it asks.
pub(super) fn idempotency(
    request: &HttpRequest,
    body: &[u8],
) -> Result<Option<(String, [u8; 32])>, ApiError> {
    const LONGEST: usize = 200;
    let Some(header) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let key = header.to_str().ok().filter(|key| (1..=LONGEST).contains(&key.len()));
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

/// Up to when things are known, where nobody asks for a past: whatever is recorded is known, even if the clock was
/// set back since.
pub(super) fn known(state: &State) -> DateTime<Utc> {
    match state.app.clock {
        Clock::Fixed(now) => now,
        Clock::Wall => now(state).max(state.app.situations.world().learned_at),
    }
}
