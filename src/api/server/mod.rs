//! The server: what a connection passes on its way to a handler, and a stop that loses nothing.
//!
//! From the outside in: a seat among the connections ([`seats`]), TLS ([`tls`]), a watch over slow readers ([`mod@line`]),
//! headers of every answer ([`headers`]), the count, the log and the time-outs ([`timed`]), a net for panics
//! ([`problems`]), the rate limits ([`limits`]), then authentication and the routes.

mod headers;
mod limits;
mod line;
mod listen;
mod pace;
mod problems;
mod seats;
mod timed;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_http::{HttpService, Request};
use actix_server::GracefulShutdownSignal;
use actix_service::{
    IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config,
};
use actix_web::dev::{AppConfig, Server};
use actix_web::rt::net::TcpStream;
use actix_web::{App as Actix, Error, middleware, web};

pub use self::limits::Limits;
pub(super) use self::limits::WrongPassword;
use self::line::Line;
use self::listen::Door;
use super::auth::authenticate;
use super::stop::{Signals, when_told};
use super::{State, routes};
use crate::app::App;

/// How long a client may take over its headers and its handshake, and keep an idle connection.
const CLIENT_WAIT: Duration = Duration::from_secs(5);

/// How long the rest of a refused body is read, so that the client sees why it was refused.
const LINGER: Duration = Duration::from_secs(1);

/// A server that runs.
pub struct Serving {
    /// The address it listens on.
    pub listening: SocketAddr,
    /// Does it speak TLS?
    pub secure: bool,
    /// Ends when the server has stopped.
    pub server: Server,
}

impl Serving {
    /// When the certificate that the settings name expires; `None` where HTTP is plain.
    ///
    /// # Errors
    ///
    /// A sentence: a file cannot be read, or certificate and key do not serve together.
    pub fn certificate_until(
        settings: &crate::config::Server,
    ) -> std::io::Result<Option<chrono::DateTime<chrono::Utc>>> {
        tls::expiry(settings)
    }
}

/// Binds and starts. SIGTERM and SIGINT stop it: running requests finish, nothing acknowledged is lost.
///
/// # Errors
///
/// When the address cannot be bound, the certificates do not hold, others could reach it without TLS, or the policy
/// does not say who may use one of the routes.
pub fn serve(app: &Arc<App>, listen: &str, open_reading: bool) -> std::io::Result<Serving> {
    let settings = &app.settings.server;
    let tls = tls::Tls::of_settings(settings)?;
    let secure = tls.is_some();
    let listeners = listen::bound(listen, secure || settings.allow_plain_http)?;
    listen::allow_files(settings.max_connections);
    let state = web::Data::new(State::of(app, open_reading)?);
    let door = Door::new(settings, tls);
    let signals = Signals::listen()?;
    let mut server = Server::build()
        .disable_signals()
        .workers(settings.workers)
        .max_concurrent_connections(settings.max_connections)
        .shutdown_timeout(settings.shutdown_seconds);
    let stopping = server.graceful_shutdown_signal();
    let mut listening = None;
    for listener in listeners {
        listening = listening.or(Some(listener.local_addr()?));
        let (state, door, stopping) = (state.clone(), door.clone(), stopping.clone());
        server = server.listen("passage", listener, move || {
            connections(state.clone(), door.clone(), stopping.clone())
        })?;
    }
    let listening = listening.ok_or_else(|| std::io::Error::other("no address was bound"))?;
    let server = server.run();
    actix_web::rt::spawn(when_told(signals, server.handle(), state.clone()));
    Ok(Serving { listening, secure, server })
}

/// What becomes of a connection that was accepted.
fn connections(
    state: web::Data<State>,
    door: Door,
    stopping: GracefulShutdownSignal,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = (), InitError = ()> {
    let secure = door.is_secure();
    let http = HttpService::build()
        .graceful_shutdown_signal(move || {
            let signal = stopping.clone();
            async move { signal.notified().await }
        })
        .keep_alive(CLIENT_WAIT)
        .client_request_timeout(CLIENT_WAIT)
        .client_disconnect_timeout(LINGER)
        .h1(map_config(requests(state, secure), |()| AppConfig::default()));
    fn_service(move |stream: TcpStream| {
        let door = door.clone();
        async move {
            let peer = stream.peer_addr().map_err(|_gone| ())?;
            let line: Line = door.admitted(stream, peer).await.ok_or(())?;
            Ok((line, Some(peer)))
        }
    })
    .and_then(http.map_err(|_cut| ()))
}

/// What becomes of a request.
fn requests(
    state: web::Data<State>,
    secure: bool,
) -> impl ServiceFactory<
    Request,
    Config = AppConfig,
    Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
    Error = actix_web::HttpResponse,
    InitError = (),
> {
    let limit = state.app.settings.server.body_limit_bytes;
    Actix::new()
        .app_data(state)
        .app_data(web::PayloadConfig::new(limit))
        .wrap(middleware::from_fn(problems::in_our_form))
        .wrap(middleware::from_fn(authenticate))
        .wrap(middleware::from_fn(limits::limited))
        .wrap(middleware::from_fn(problems::survived))
        .wrap(middleware::from_fn(timed::timed))
        .wrap(middleware::from_fn(move |request, next| headers::added(secure, request, next)))
        .wrap(middleware::Compress::default())
        .configure(routes)
        .into_factory()
        .map_err(move |fault: Error| headers::of_error(secure, &fault))
}
