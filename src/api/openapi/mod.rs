//! The description of the API for programs, `OpenAPI` 3.1, made from the same schemas that the doors use.

mod answer;
mod assessment;
mod attachment;
mod extracts;
mod figure;
mod hapi;
mod import;
mod operation;
mod parameter;
mod people;
mod record;
mod schema;
mod telling;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use self::answer::{list, list_on, shape, text};
use self::operation::{Operation, Verb};
use self::schema::object_schema;
use super::auth::COOKIE;
use super::body;
use crate::domain::Kind;

/// `GET /openapi.json`.
pub(super) async fn get(request: HttpRequest) -> HttpResponse {
    body::text(&request, "application/json", document().to_string())
}

/// The whole document.
#[must_use]
pub fn document() -> Value {
    let mut paths = Map::new();
    fixed_paths(&mut paths);
    for kind in Kind::ALL {
        record::paths(*kind, &mut paths);
        attachment::of_kind(*kind, &mut paths);
    }
    assessment::paths(&mut paths);
    hapi::paths(&mut paths);
    // Last: it copies what is described.
    extracts::figures(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Passage",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who is cut off, what got through, how long it lasts, what to do next. \
                Every answer takes as_of (how was it on that day; a date means its end, UTC) and \
                known_at (what did we know by then). Unknown is null, never 0.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "tags": tags(),
        "security": [{ "token": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": security_schemes(),
            "schemas": schemas(),
            "responses": answer::components(),
            "headers": answer::header_components(),
        },
    })
}

fn security_schemes() -> Value {
    json!({
        "token": { "type": "http", "scheme": "bearer", "description": "<id>.<secret>, for programs." },
        "session": { "type": "apiKey", "in": "cookie", "name": COOKIE,
            "description": "Of a person who logged in at /login; only from pages of the same origin." },
    })
}

/// The questions first, then the kinds of record, then what keeps the service running.
fn tags() -> Vec<Value> {
    let kinds = Kind::ALL.iter().map(|kind| (kind.plural(), kind.schema().doc.trim()));
    let tag = |(name, about): (&str, &str)| json!({ "name": name, "description": about });
    std::iter::once(("figures", "What is computed from the records."))
        .chain(kinds)
        .chain([
            ("alerts", "What becomes of alerts."),
            ("reports", "Reports as they were sent, and what was delivered."),
            ("people", "Tokens for programs, users for people."),
            (
                "hapi",
                "The same records in the shape of HDX HAPI, at public clearance, for everybody.",
            ),
            ("maps", "Boundaries, and tiles for maps."),
            ("files", "Files that are sent: imports, attachments."),
            ("service", "Health and counters."),
        ])
        .map(tag)
        .collect()
}

fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.insert("problem".to_owned(), schema::problem());
    schemas.insert("figure".to_owned(), schema::figure());
    for kind in Kind::ALL {
        schemas.insert(kind.to_string(), object_schema(kind.schema(), true));
        schemas.insert(format!("{kind}_record"), schema::record(*kind));
    }
    schemas
}

const CLOCKS: [(&str, &str); 2] = [
    ("as_of", "How was it on that day; a date means its end, UTC."),
    ("known_at", "What did we know by then."),
];

fn fixed_paths(paths: &mut Map<String, Value>) {
    for operation in service_reads().into_iter().chain(decisions()).chain(figure::reads()) {
        operation.add_to(paths);
    }
    people::paths(paths);
    telling::paths(paths);
    import::paths(paths);
    attachment::paths(paths);
}

fn service_reads() -> Vec<Operation<'static>> {
    let get = |path: &'static str, about: &'static str| Operation::get(path, "service", about);
    let plain = |operation: Operation<'static>| operation.also(200, "text/plain", text());
    let pages = [("after", "From this place on; 0."), ("limit", "1 to 1000; 100.")];
    let exported = "sequence:int recorded_at:time actor:text kind:text form:text";
    vec![
        get("/healthz", "The process answers; when its tasks last ran, and which stand still.")
            .answering(shape("status:text version:text now:time last_ran:obj stand_still:[text]")),
        get("/readyz", "The store answers and the read model is up to date.")
            .answering(shape("status:text behind:int")),
        plain(get("/metrics", "Counters, in the text form of Prometheus.")),
        get("/openapi.json", "This document.").answering(shape("openapi:text info:obj paths:obj")),
        plain(get(
            "/api/v1/checkpoint",
            "Where the ledger stands, signed: a text to keep elsewhere.",
        )),
        get("/api/v1/exports", "Who was given which exact positions, and in which form.")
            .asking(pages)
            .answering(list_on(exported, "int")),
        get("/api/v1/lowerings", "What more shall see than before: what is to be decided first.")
            .asking([pages[1]])
            .answering(list(LOWERING)),
        Operation::get(
            "/api/v1/duplicates",
            "figures",
            "Records that may tell of the same thing, the most alike first, and in what they are.",
        )
        .asking(CLOCKS)
        .asking([
            ("kind", "Of which records: convoy, population, source or area; convoy."),
            ("area", "Codes of areas."),
            ("from", "Happened on or after."),
            ("to", "Happened on or before."),
            pages[1],
        ])
        .answering(duplicates()),
        get("/api/v1/me", "Who asks, and what they may do; the time of the program.").answering(shape(
            "id:text? user:text? role:text level:text organisation:text? may:[text] now:time is_demo:flag \
             tile_url:text?",
        )),
        get("/api/v1/upkeep", "When backups and purges were last tried and done, for admins.")
            .answering(shape("data:[obj] total:int settings:obj")),
    ]
}

/// Pairs of records, with how alike they are and in what.
fn duplicates() -> Value {
    let mut pairs = list("one:text other:text score:num reasons:[text]");
    let beside = shape("as_of:time known_at:time kind:text notes:[text]");
    for name in ["as_of", "known_at", "kind", "notes"] {
        pairs["properties"][name] = beside["properties"][name].clone();
    }
    pairs
}

/// What is asked to be lowered.
const LOWERING: &str = "id:id kind:text code:text record_id:id version:int sensitivity:text? \
    field_sensitivity~:[text]? reason:text proposed_by:text proposed_at:time decided_by:text? \
    decided_at:time? decision:text?";

/// What was asked to be lowered is decided by a second person.
fn decisions() -> Vec<Operation<'static>> {
    [
        ("approve", "Lowers the level; whoever asked may not."),
        ("refuse", "Leaves the level as it is; whoever asked may not."),
    ]
    .into_iter()
    .map(|(word, about)| {
        let path = format!("/api/v1/lowerings/{{id}}/{word}");
        let post = Operation::post(path, "service", about, Value::Null);
        let post = Operation { success: 200, body: None, headers: Vec::new(), ..post };
        post.answering(shape(LOWERING)).failing([412])
    })
    .collect()
}
