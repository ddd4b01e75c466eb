//! HTTP: every route is here, one line each, with the operation that the policy knows it by.

mod access;
mod account;
mod account_change;
mod admin;
mod alert;
mod answers;
mod attachment;
mod auth;
mod body;
mod boundary;
mod calendar;
mod confirmation;
mod convoy;
mod delivery;
mod error;
mod export;
mod extract;
mod figure;
mod funnel;
mod hapi;
mod health;
mod import;
#[cfg(feature = "mcp")]
pub mod inside;
mod keeping;
mod list;
mod lowering;
mod me;
mod merge;
pub mod openapi;
mod outlook;
mod params;
mod part;
mod pause;
mod plan;
mod record;
mod report;
mod server;
mod standing;
mod state;
mod stop;
mod telling;
mod template;
mod tile;
mod token;
mod upload;
mod user;
mod way;
mod within;

use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, web};

pub use self::answers::Answers;
pub use self::auth::Reader;
pub use self::error::ApiError;
pub use self::health::Metrics;
pub use self::server::{Limits, Serving, serve};
pub use self::state::State;
pub use self::way::Ways;
pub(crate) use self::way::{At, at};
use crate::disclose::policy::Operation;
use crate::domain::Kind;
use crate::exchange::extract::{Form, figures, service, table};
use crate::store::{Action, Decision};

/// The lists inside records that can be added to by themselves.
pub const PARTS: [(Kind, &str); 6] = [
    (Kind::Convoy, "events"),
    (Kind::Convoy, "accounts"),
    (Kind::Pause, "answers"),
    (Kind::Pause, "violations"),
    (Kind::Pause, "accounts"),
    (Kind::Incident, "accounts"),
];

/// Every route, for the router.
pub fn routes(config: &mut web::ServiceConfig) {
    for at in paths() {
        config.service(at.resource());
    }
    config
        .configure(crate::web::routes)
        .default_service(web::to(|request: HttpRequest| async move { no_path(&request) }));
}

/// Every route.
#[must_use]
pub fn paths() -> Vec<At> {
    let mut paths = running();
    paths.extend(listed());
    paths.extend(figures());
    paths.extend(maps());
    paths.extend(files());
    paths.extend(telling());
    paths.extend(lowerings());
    paths.extend(people());
    paths.extend(pages());
    paths.extend(hapi());
    paths.extend(Kind::ALL.iter().flat_map(|kind| of_kind(*kind)));
    paths
}

/// What keeps the service running.
fn running() -> Vec<At> {
    vec![
        at("/healthz").open_get(health::healthz),
        at("/readyz").open_get(health::readyz),
        at("/openapi.json").open_get(openapi::get),
        at("/metrics").get(Operation::MetricsRead, health::metrics),
        at("/api/v1/me").get(Operation::FigureRead, me::get),
        at("/api/v1/changes").get(Operation::ChangesRead, figure::get_changes),
        at("/api/v1/checkpoint").get(Operation::ChangesRead, keeping::checkpoint),
        at("/api/v1/exports").get(Operation::ExportedRead, export::list),
        at("/api/v1/upkeep").get(Operation::UpkeepRead, keeping::upkeep),
    ]
}

/// What more may see than before: asked for by one, decided by another.
fn lowerings() -> Vec<At> {
    use Operation::{LoweringDecide, LoweringPropose};
    let decide = |decision| move |s, r, p| lowering::decide(decision, s, r, p);
    vec![
        at("/api/v1/lowerings").get(LoweringPropose, lowering::list),
        at("/api/v1/lowerings/{id}/approve").post(LoweringDecide, decide(Decision::Approved)),
        at("/api/v1/lowerings/{id}/refuse").post(LoweringDecide, decide(Decision::Refused)),
    ]
}

/// What is computed: how long, what got through, what a pause would deliver, who gets the next truck.
fn figures() -> Vec<At> {
    use Operation::{FigureRead, ReportRead};
    let told = [
        told("/api/v1/duplicates", &figures::DUPLICATES, merge::list),
        told("/api/v1/totals", &figures::TOTALS, figure::get_totals),
        told("/api/v1/coverage", &figures::COVERAGE, figure::get_coverage),
        told("/api/v1/alerts", &figures::ALERTS, alert::list),
        told("/api/v1/alerts/history", &figures::HISTORY, alert::history),
        told("/api/v1/outlook", &figures::OUTLOOK, outlook::list),
        told("/api/v1/areas/{reference}/outlook", &figures::OUTLOOK, outlook::get),
        told("/api/v1/gap", &figures::GAP, outlook::gaps),
        told("/api/v1/areas/{reference}/gap", &figures::GAP, outlook::gap),
        told("/api/v1/plans/{reference}/outcome", &figures::OUTCOME, plan::outcome),
        told("/api/v1/funnel", &figures::FUNNEL, funnel::get),
        told("/api/v1/access/scorecard", &figures::SCORECARD, access::scorecard),
        told("/api/v1/pauses/{reference}/windows", &figures::WINDOWS, pause::windows),
        told("/api/v1/convoys/{reference}/coverage", &figures::CONVOY_COVERAGE, convoy::coverage),
        told("/api/v1/convoys/{reference}/funnel", &figures::CONVOY_FUNNEL, funnel::of_convoy),
    ];
    let others = [
        at("/api/v1/reports").get(ReportRead, report::get_reports),
        at("/api/v1/reports/preview").get(ReportRead, report::preview),
        at("/api/v1/pauses.ics").get(Operation::ExportRead, calendar::pauses),
        // A question that is too long for an address is posted, and changes nothing.
        at("/api/v1/pauses/{reference}/throughput").post(FigureRead, pause::throughput),
    ];
    told.into_iter().flatten().chain(others).collect()
}

/// A question, answered as JSON and in every form of file that its answer has.
fn told<H, A>(path: &str, of: &table::Answer, handler: H) -> Vec<At>
where
    H: Handler<A, Output: Responder + 'static> + Copy,
    A: FromRequest + 'static,
{
    let json = at(path).get(Operation::FigureRead, handler);
    std::iter::once(json).chain(in_files(path, of, Operation::ExportRead, handler)).collect()
}

/// The files that an answer has, each at an address of its own.
fn in_files<H, A>(path: &str, of: &table::Answer, operation: Operation, handler: H) -> Vec<At>
where
    H: Handler<A, Output: Responder + 'static> + Copy,
    A: FromRequest + 'static,
{
    let files = extract::forms(of).into_iter();
    files.map(|form| at(format!("{path}.{form}")).get(operation, handler)).collect()
}

/// Lists that are no records, as files: for those who may read them and may take things away.
fn listed() -> Vec<At> {
    use Operation::{AccountChangeRead, ChangesRead, DeliveryRead, ExportedRead, ImportRead};
    use Operation::{ListRead, LoweringPropose, ReportRead, TokenManage, UserManage};
    let listed = [
        in_files("/api/v1/boundaries", &service::BOUNDARIES, ListRead, boundary::list),
        in_files("/api/v1/changes", &service::CHANGES, ChangesRead, figure::get_changes),
        in_files("/api/v1/exports", &service::EXPORTS, ExportedRead, export::list),
        in_files("/api/v1/lowerings", &service::LOWERINGS, LoweringPropose, lowering::list),
        in_files("/api/v1/imports", &service::IMPORTS, ImportRead, import::list),
        in_files("/api/v1/reports", &service::REPORTS, ReportRead, report::get_reports),
        in_files("/api/v1/deliveries", &service::DELIVERIES, DeliveryRead, delivery::list),
        in_files("/api/v1/tokens", &service::TOKENS, TokenManage, token::list),
        in_files("/api/v1/users", &service::USERS, UserManage, user::list),
        in_files(
            "/api/v1/account_changes",
            &service::ACCOUNT_CHANGES,
            AccountChangeRead,
            account_change::list,
        ),
    ];
    listed.into_iter().flatten().collect()
}

/// Boundaries, and tiles to draw areas and boundaries with.
fn maps() -> Vec<At> {
    use Operation::{ExportRead, ListRead};
    vec![
        at("/api/v1/boundaries").get(ListRead, boundary::list),
        at("/api/v1/boundaries.geojson").get(ExportRead, boundary::geojson),
        at("/api/v1/tiles/areas/{z}/{x}/{y}.mvt").get(ExportRead, tile::areas),
    ]
}

/// Files that are sent.
fn files() -> Vec<At> {
    use Operation::{AttachmentRead, AttachmentWithdraw, ImportRead, ImportRun, ImportUndo};
    vec![
        at("/api/v1/imports").get(ImportRead, import::list).post(ImportRun, import::create),
        at("/api/v1/imports/{id}").get(ImportRead, import::get),
        at("/api/v1/imports/{id}/commit").post(ImportRun, import::commit),
        at("/api/v1/imports/{id}/undo").post(ImportUndo, import::undo),
        at("/api/v1/attachments/{id}").get(AttachmentRead, attachment::get),
        at("/api/v1/attachments/{id}/withdraw").post(AttachmentWithdraw, attachment::withdraw),
    ]
}

/// What becomes of alerts, what was sent, and reports as they were sent.
fn telling() -> Vec<At> {
    use Operation::{AlertAck, DeliveryDismiss, DeliveryRead, DeliveryRetry};
    use Operation::{ExportRead, FigureRead, ReportRead};
    vec![
        at("/api/v1/alerts/stream").get(FigureRead, alert::stream),
        at("/api/v1/alerts/feed.atom").get(ExportRead, alert::atom),
        // A question that is too long for an address is posted, and changes nothing.
        at("/api/v1/alerts/preview").post(FigureRead, alert::preview),
        at("/api/v1/alerts/{id}").get(FigureRead, alert::get),
        at("/api/v1/alerts/{id}/ack").post(AlertAck, alert::acknowledge),
        at("/api/v1/deliveries").get(DeliveryRead, delivery::list),
        at("/api/v1/deliveries/{id}").get(DeliveryRead, delivery::get),
        at("/api/v1/deliveries/{id}/retry").post(DeliveryRetry, delivery::retry),
        at("/api/v1/deliveries/{id}/dismiss").post(DeliveryDismiss, delivery::dismiss),
        at("/api/v1/reports/{schedule}/{period_end}").get(ReportRead, report::get),
    ]
}

/// Tokens for programs, users for people, and what was changed about them.
fn people() -> Vec<At> {
    use Operation::{AccountChangeRead, TokenManage, UserManage};
    vec![
        at("/api/v1/tokens").get(TokenManage, token::list).post(TokenManage, token::create),
        at("/api/v1/tokens/{id}").get(TokenManage, token::get).put(TokenManage, token::put),
        at("/api/v1/tokens/{id}/revoke").post(TokenManage, token::revoke),
        at("/api/v1/users").get(UserManage, user::list).post(UserManage, user::create),
        at("/api/v1/users/{id}").get(UserManage, user::get).put(UserManage, user::put),
        at("/api/v1/users/{id}/disable").post(UserManage, user::disable),
        at("/api/v1/users/{id}/enable").post(UserManage, user::enable),
        at("/api/v1/users/{id}/password").post(UserManage, user::password),
        at("/api/v1/account_changes").get(AccountChangeRead, account_change::list),
    ]
}

/// What everybody may know, as programs that read HDX HAPI ask for it: `disclose` is asked at public clearance.
fn hapi() -> Vec<At> {
    let resources = crate::exchange::hapi::RESOURCES.into_iter();
    resources
        .map(|resource| at(resource.path).open_get(move |q, s| hapi::get(resource, q, s)))
        .chain([
            at("/api/v2/encode_app_identifier").open_get(hapi::encode_app_identifier),
            at("/api/v2/util/version").open_get(hapi::version),
        ])
        .collect()
}

/// The pages: who may see one is decided by its session.
fn pages() -> Vec<At> {
    let mut pages = crate::web::paths();
    pages.extend([
        at("/login").open_get(account::login_page).open_post(account::log_in),
        at("/logout").open_post(account::log_out),
        at("/account").open_get(account::page),
        at("/account/password").open_post(account::change_password),
        at("/account/sessions").open_post(account::end_other_sessions),
    ]);
    pages
}

/// What every kind of record has.
fn of_kind(kind: Kind) -> Vec<At> {
    use Operation::{ExportRead, ListRead, RecordAppend, RecordConfirm, RecordCreate, RecordRead};
    let lists = format!("/api/v1/{}", kind.plural());
    let one = format!("{lists}/{{reference}}");
    let list = move |request, state, reader| list::list(kind, request, state, reader);
    // A plan that is only asked for is a figure; keeping it is decided where it is known that it is to be kept.
    let all = at(&lists).get(ListRead, list);
    let changed = |usual| match kind {
        Kind::Plan => Operation::PlanSave,
        Kind::Recipient | Kind::Schedule => Operation::ScheduleManage,
        Kind::Silence => Operation::SilenceSet,
        _ => usual,
    };
    let all = if kind == Kind::Plan {
        all.post(Operation::FigureRead, plan::post)
    } else {
        all.post(changed(RecordCreate), move |q, s, r, b| record::create(kind, q, s, r, b))
    };
    let mut paths = vec![
        all,
        at(format!("/api/v1/templates/{}.xlsx", kind.plural()))
            .get(ExportRead, move |q, s, r| template::get(kind, q, s, r)),
        at(&one)
            .get(RecordRead, move |q, s, r, p| record::get(kind, q, s, r, p))
            .put(changed(Operation::RecordRevise), move |q, s, r, p, b| {
                record::put(kind, q, s, r, p, b)
            }),
    ];
    paths.extend(versions(kind, &one));
    paths.extend(attached(kind, &one));
    let files = Form::ALL.iter().map(|form| at(format!("{lists}.{form}")).get(ExportRead, list));
    paths.extend(files);
    let withdraw = changed(Operation::RecordWithdraw);
    for (action, operation) in [(Action::Withdraw, withdraw), (Action::Confirm, RecordConfirm)] {
        paths.push(at(format!("{one}/{action}")).post(operation, move |q, s, r, p, b| {
            record::withdraw_or_confirm(kind, action, q, s, r, p, b)
        }));
    }
    paths.push(
        at(format!("{one}/lowerings")).post(Operation::LoweringPropose, move |q, s, r, p, b| {
            lowering::propose(kind, q, s, r, p, b)
        }),
    );
    paths.extend(merges(kind, &one));
    for (_, field) in PARTS.into_iter().filter(|(of, _)| *of == kind) {
        paths.push(
            at(format!("{one}/{field}"))
                .post(RecordAppend, move |q, s, r, p, b| part::append(kind, field, q, s, r, p, b)),
        );
    }
    paths
}

/// The versions of a record.
fn versions(kind: Kind, one: &str) -> Vec<At> {
    let (all, needs) = (format!("{one}/history"), Operation::RecordRead);
    let history = move |q, s, r, p| record::history(kind, q, s, r, p);
    let mut paths = in_files(&all, &service::VERSIONS, needs, history);
    paths.push(at(all).get(needs, history));
    paths
}

/// The files that are attached to a record.
fn attached(kind: Kind, one: &str) -> Vec<At> {
    use Operation::{AttachmentAdd, AttachmentRead};
    let all = format!("{one}/attachments");
    let list = move |q, s, r, p| attachment::list(kind, q, s, r, p);
    let mut paths = in_files(&all, &service::ATTACHMENTS, AttachmentRead, list);
    paths.push(
        at(all)
            .get(AttachmentRead, list)
            .post(AttachmentAdd, move |q, s, r, p, b| attachment::create(kind, q, s, r, p, b)),
    );
    paths
}

/// Records that are found to be the same, and not to be.
fn merges(kind: Kind, one: &str) -> Vec<At> {
    let operation = Operation::RecordMerge;
    if !kind.can_merge() {
        return Vec::new();
    }
    vec![
        at(format!("{one}/merge"))
            .post(operation, move |q, s, r, p, b| merge::merge(kind, q, s, r, p, b)),
        at(format!("{one}/unmerge"))
            .post(operation, move |q, s, r, p, b| merge::unmerge(kind, q, s, r, p, b)),
    ]
}

/// A computation that takes longer than some milliseconds, off the threads that answer requests.
pub(crate) async fn computed<T: Send + 'static>(
    compute: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    let broke_off = || ApiError::BrokeOff("a computation panicked".into());
    // What a panic says may name people; it goes nowhere.
    web::block(compute).await.map_err(|_stopped| broke_off())
}

fn no_path(request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    Err(ApiError::NoPath(request.path().to_owned()))
}
