//! HTTP: every route is here, one line each.

mod access;
mod answers;
mod auth;
mod body;
mod confirmation;
mod convoy;
mod error;
mod export;
mod figure;
mod funnel;
mod health;
mod keeping;
mod list;
mod lowering;
pub mod openapi;
mod outlook;
mod params;
mod part;
mod pause;
mod plan;
mod record;
mod report;
mod server;
mod stop;
mod token;

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard, web};

pub use self::answers::Answers;
pub use self::auth::{Reader, Tokens};
pub use self::error::ApiError;
pub use self::health::Metrics;
pub use self::server::{Limits, Serving, serve};
use crate::app::App;
use crate::domain::Kind;
use crate::store::{Action, Decision};

/// What every handler gets.
pub struct State {
    /// The program.
    pub app: Arc<App>,
    /// May everybody read, as in the demo?
    pub open_reading: bool,
    /// The tokens as last read.
    pub tokens: Tokens,
    /// The lists that were given and still hold.
    pub answers: Answers,
    /// What is counted.
    pub metrics: Metrics,
    /// Who has asked how often.
    pub limits: Limits,
}

/// The lists inside records that can be added to by themselves.
pub const PARTS: [(Kind, &str); 6] = [
    (Kind::Convoy, "events"),
    (Kind::Convoy, "accounts"),
    (Kind::Pause, "answers"),
    (Kind::Pause, "violations"),
    (Kind::Pause, "accounts"),
    (Kind::Incident, "accounts"),
];

/// Every route.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/healthz", "GET, HEAD").route(read().to(health::healthz)))
        .service(resource("/readyz", "GET, HEAD").route(read().to(health::readyz)))
        .service(resource("/metrics", "GET, HEAD").route(read().to(health::metrics)))
        .service(resource("/openapi.json", "GET, HEAD").route(read().to(openapi::get)))
        .service(resource("/api/v1/totals", "GET, HEAD").route(read().to(figure::get_totals)))
        .service(resource("/api/v1/coverage", "GET, HEAD").route(read().to(figure::get_coverage)))
        .service(resource("/api/v1/changes", "GET, HEAD").route(read().to(figure::get_changes)))
        .service(resource("/api/v1/exports", "GET, HEAD").route(read().to(export::list)))
        .service(resource("/api/v1/checkpoint", "GET, HEAD").route(read().to(keeping::checkpoint)))
        .service(resource("/api/v1/upkeep", "GET, HEAD").route(read().to(keeping::upkeep)))
        .service(resource("/api/v1/alerts", "GET, HEAD").route(read().to(report::get_alerts)))
        .service(resource("/api/v1/reports", "GET, HEAD").route(read().to(report::get_reports)))
        .service(resource("/api/v1/reports/preview", "GET, HEAD").route(read().to(report::preview)))
        .service(resource("/api/v1/lowerings", "GET, HEAD").route(read().to(lowering::list)))
        .service(
            resource("/api/v1/lowerings/{id}/approve", "POST").route(
                web::post().to(|q, s, r, p| lowering::decide(Decision::Approved, q, s, r, p)),
            ),
        )
        .service(
            resource("/api/v1/lowerings/{id}/refuse", "POST").route(
                web::post().to(|q, s, r, p| lowering::decide(Decision::Refused, q, s, r, p)),
            ),
        )
        .service(
            resource("/api/v1/tokens", "GET, HEAD, POST")
                .route(read().to(token::list))
                .route(web::post().to(token::create)),
        )
        .service(
            resource("/api/v1/tokens/{id}/revoke", "POST").route(web::post().to(token::revoke)),
        )
        .service(
            resource("/api/v1/convoys/{reference}/coverage", "GET, HEAD")
                .route(read().to(convoy::coverage)),
        );
    assessment(config);
    for kind in Kind::ALL {
        kind_routes(config, *kind);
    }
    config
        .configure(crate::web::routes)
        .default_service(web::to(|request: HttpRequest| async move { no_path(&request) }));
}

/// How long, what got through, what a pause would deliver, who gets the next truck.
fn assessment(config: &mut web::ServiceConfig) {
    config
        .service(resource("/api/v1/outlook", "GET, HEAD").route(read().to(outlook::list)))
        .service(
            resource("/api/v1/areas/{reference}/outlook", "GET, HEAD")
                .route(read().to(outlook::get)),
        )
        .service(
            resource("/api/v1/areas/{reference}/gap", "GET, HEAD").route(read().to(outlook::gap)),
        )
        .service(
            resource("/api/v1/plans/{reference}/outcome", "GET, HEAD")
                .route(read().to(plan::outcome)),
        )
        .service(resource("/api/v1/funnel", "GET, HEAD").route(read().to(funnel::get)))
        .service(
            resource("/api/v1/convoys/{reference}/funnel", "GET, HEAD")
                .route(read().to(funnel::of_convoy)),
        )
        .service(
            resource("/api/v1/access/scorecard", "GET, HEAD").route(read().to(access::scorecard)),
        )
        .service(
            resource("/api/v1/pauses/{reference}/windows", "GET, HEAD")
                .route(read().to(pause::windows)),
        )
        .service(
            resource("/api/v1/pauses/{reference}/throughput", "POST")
                .route(web::post().to(pause::throughput)),
        );
}

/// What every kind of record has.
fn kind_routes(config: &mut web::ServiceConfig, kind: Kind) {
    let lists = format!("/api/v1/{}", kind.plural());
    let one = format!("{lists}/{{reference}}");
    let list = move |form| {
        read().to(move |request, state, reader| list::list(kind, form, request, state, reader))
    };
    config
        .service(resource(&lists, "GET, HEAD, POST").route(list(list::Form::Json)).route(
            if kind == Kind::Plan {
                web::post().to(plan::post)
            } else {
                web::post().to(move |q, s, r, b| record::create(kind, q, s, r, b))
            },
        ))
        .service(
            resource(&format!("{lists}.geojson"), "GET, HEAD").route(list(list::Form::GeoJson)),
        )
        .service(resource(&format!("{lists}.csv"), "GET, HEAD").route(list(list::Form::Csv)))
        .service(
            resource(&one, "GET, HEAD, PUT")
                .route(read().to(move |q, s, r, p| record::get(kind, q, s, r, p)))
                .route(web::put().to(move |q, s, r, p, b| record::put(kind, q, s, r, p, b))),
        )
        .service(
            resource(&format!("{one}/history"), "GET, HEAD")
                .route(read().to(move |q, s, r, p| record::history(kind, q, s, r, p))),
        );
    for action in [Action::Withdraw, Action::Confirm] {
        let route = web::post()
            .to(move |q, s, r, p, b| record::withdraw_or_confirm(kind, action, q, s, r, p, b));
        config.service(resource(&format!("{one}/{action}"), "POST").route(route));
    }
    let lowerings = web::post().to(move |q, s, r, p, b| lowering::propose(kind, q, s, r, p, b));
    config.service(resource(&format!("{one}/lowerings"), "POST").route(lowerings));
    for (_, field) in PARTS.into_iter().filter(|(of, _)| *of == kind) {
        let route = web::post().to(move |q, s, r, p, b| part::append(kind, field, q, s, r, p, b));
        config.service(resource(&format!("{one}/{field}"), "POST").route(route));
    }
}

/// A computation that takes longer than some milliseconds, off the threads that answer requests.
pub(crate) async fn computed<T: Send + 'static>(
    compute: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    let broke_off = || ApiError::BrokeOff("a computation panicked".into());
    // What a panic says may name people; it goes nowhere.
    web::block(compute).await.map_err(|_stopped| broke_off())
}

/// Reading: GET, and HEAD for those who want only the headers.
pub(crate) fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A path; methods that it does not take get 405 as problem+json, with those that it does.
pub(crate) fn resource(path: &str, allowed: &'static str) -> Resource {
    web::resource(path).default_service(web::to(move |method: Method| async move {
        Err::<HttpResponse, _>(ApiError::Method(method.to_string(), allowed))
    }))
}

fn no_path(request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    Err(ApiError::NoPath(request.path().to_owned()))
}
