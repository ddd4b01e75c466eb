//! The server: limits, time-outs, logs, and a stop that loses nothing.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::middleware::{self, Next};
use actix_web::{App as Actix, Error, HttpServer, web};

use super::auth::authenticate;
use super::error::ApiError;
use super::{Answers, Metrics, State, Ways, paths, routes};
use crate::app::App;
use crate::disclose::policy::POLICY;
use crate::people::Passwords;

/// How long a client may take over its headers, and keep an idle connection.
const CLIENT_WAIT: Duration = Duration::from_secs(5);

/// How many connections are open at once.
const MOST_CONNECTIONS: usize = 4_096;

/// A server that runs.
pub struct Serving {
    /// The address it listens on.
    pub listening: SocketAddr,
    /// Ends when the server has stopped.
    pub server: Server,
}

/// Binds and starts. SIGTERM and SIGINT stop it: running requests finish, nothing acknowledged is lost.
///
/// # Errors
///
/// When the address cannot be bound, or the policy does not say who may use one of the routes.
pub fn serve(app: &Arc<App>, listen: &str, open_reading: bool) -> std::io::Result<Serving> {
    let settings = app.settings.server.clone();
    let state = web::Data::new(State {
        app: Arc::clone(app),
        open_reading,
        ways: Ways::of(&paths(), POLICY).map_err(std::io::Error::other)?,
        passwords: Passwords::start().map_err(std::io::Error::other)?,
        answers: Answers::default(),
        metrics: Metrics::default(),
    });
    let limit = settings.body_limit_bytes;
    let bound = HttpServer::new(move || {
        Actix::new()
            .app_data(state.clone())
            .app_data(web::PayloadConfig::new(limit))
            .wrap(middleware::from_fn(problems))
            .wrap(middleware::from_fn(authenticate))
            .wrap(middleware::from_fn(timed))
            .wrap(headers())
            .wrap(middleware::Compress::default())
            .configure(routes)
    })
    .workers(settings.workers)
    .max_connections(MOST_CONNECTIONS)
    .client_request_timeout(CLIENT_WAIT)
    .keep_alive(CLIENT_WAIT)
    .shutdown_timeout(settings.shutdown_seconds)
    .bind(listen)?;
    let listening =
        *bound.addrs().first().ok_or_else(|| std::io::Error::other("no address was bound"))?;
    Ok(Serving { listening, server: bound.run() })
}

fn headers() -> middleware::DefaultHeaders {
    middleware::DefaultHeaders::new()
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Cache-Control", "no-cache"))
}

/// Cuts off what takes too long, counts and logs every request: never its body, query or token.
async fn timed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return next.call(request).await;
    };
    let (method, begun) = (request.method().to_string(), std::time::Instant::now());
    let seconds = state.app.settings.server.request_timeout_seconds;
    // The request itself must not be kept here: the router wants it for itself.
    let answered = tokio::time::timeout(Duration::from_secs(seconds), next.call(request)).await;
    let answered = answered.unwrap_or_else(|_| Err(ApiError::Timeout(seconds).into()));
    let (route, status) = match &answered {
        Ok(response) => (response.request().match_pattern(), response.status()),
        Err(fault) => (None, fault.as_response_error().status_code()),
    };
    let (route, status) = (route.unwrap_or_else(|| "none".to_owned()), status.as_u16());
    state.metrics.count(&method, &route, status, begun.elapsed());
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(method, route, status, took_ms, "{method} {route} answered {status}");
    answered
}

/// Errors of the framework (a body over the limit, a broken upload) get the same form as ours.
async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let limit = request
        .app_data::<web::Data<State>>()
        .map_or(0, |state| state.app.settings.server.body_limit_bytes);
    let announced: Option<usize> = request
        .headers()
        .get("Content-Length")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    if announced.is_some_and(|length| length > limit) {
        return Ok(request.error_response(ApiError::TooLarge(limit)));
    }
    let response = next.call(request).await;
    let response = match response {
        Ok(response) => response,
        Err(fault) => return Err(as_problem(fault, limit)),
    };
    let foreign =
        response.response().error().filter(|error| error.as_error::<ApiError>().is_none());
    if let Some(foreign) = foreign {
        let problem = problem_of(
            &foreign.to_string(),
            foreign.as_response_error().status_code().as_u16(),
            limit,
        );
        return Ok(response.error_response(problem).map_into_boxed_body());
    }
    Ok(response.map_into_boxed_body())
}

fn as_problem(fault: Error, limit: usize) -> Error {
    if fault.as_error::<ApiError>().is_some() {
        return fault;
    }
    let status = fault.as_response_error().status_code().as_u16();
    problem_of(&fault.to_string(), status, limit).into()
}

fn problem_of(text: &str, status: u16, limit: usize) -> ApiError {
    match status {
        413 => ApiError::TooLarge(limit),
        _ => ApiError::Unreadable(text.to_owned()),
    }
}
