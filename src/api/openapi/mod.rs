//! The description of the API for programs, `OpenAPI` 3.1, made from the same schemas that the doors use.

mod assessment;
mod extracts;
mod figure;
mod people;
mod telling;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::auth::COOKIE;
use super::{PARTS, body};
use crate::domain::choice::choice;
use crate::domain::{Kind, Schema, Shape};

choice! {
    /// What an operation does with a path.
    Verb {
        /// Reads.
        Get = "get",
        /// Adds.
        Post = "post",
        /// Puts the next version in place.
        Put = "put",
    }
}

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
        kind_paths(*kind, &mut paths);
    }
    assessment::paths(&mut paths);
    extracts::figures(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Passage",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who is cut off, what got through, how long it lasts, what to do next. \
                Every answer takes as_of (how was it on that day; a date means its end, UTC) and \
                known_at (what did we know by then). Unknown is null, never 0.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "tags": tags(),
        "security": [{ "token": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": security_schemes(),
            "schemas": schemas(),
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
            ("service", "Health and counters."),
        ])
        .map(tag)
        .collect()
}

fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.insert("problem".to_owned(), problem_schema());
    schemas.insert("figure".to_owned(), figure_schema());
    for kind in Kind::ALL {
        schemas.insert(kind.to_string(), object_schema(kind.schema(), true));
    }
    schemas
}

fn problem_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "RFC 9457. errors has every problem that was found, not only the first.",
        "required": ["status", "code", "detail"],
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "code": text, "detail": text,
            "errors": { "type": "array", "items": { "type": "object",
                "properties": { "pointer": text, "detail": text } } },
        },
    })
}

fn figure_schema() -> Value {
    let end = json!({ "type": ["number", "null"], "minimum": 0 });
    json!({
        "description": "An estimate; any end may be unknown. A bare number is read as the best estimate.",
        "oneOf": [
            { "type": "object", "properties": { "low": end, "best": end, "high": end }, "additionalProperties": false },
            { "type": "number", "minimum": 0 },
            { "type": "null" },
        ],
    })
}

/// The schema of a record or of a part of one.
fn object_schema(schema: &Schema, is_record: bool) -> Value {
    let mut properties = Map::new();
    if is_record {
        properties.insert("id".to_owned(), json!({ "type": ["string", "null"], "format": "uuid" }));
        let about = "Unique in its kind; never changes; given where it is left out.";
        properties
            .insert("code".to_owned(), json!({ "type": ["string", "null"], "description": about }));
    }
    for field in schema.fields {
        let mut property = shape_schema(&field.shape);
        if let Value::Object(fields) = &mut property {
            let about = format!("{} ({})", field.doc, field.hxl);
            fields.insert("description".to_owned(), about.into());
            if let Some(one) =
                fields.get("type").filter(|t| t.is_string() && !field.required).cloned()
            {
                fields.insert("type".to_owned(), json!([one, "null"]));
            }
        }
        properties.insert(field.name.to_owned(), property);
    }
    let required: Vec<&str> = schema.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    json!({
        "type": "object", "description": schema.doc.trim(), "properties": properties,
        "required": required, "additionalProperties": false,
    })
}

fn shape_schema(shape: &Shape) -> Value {
    let degrees = |limit: i32| json!({ "type": "number", "minimum": -limit, "maximum": limit });
    match shape {
        Shape::Text | Shape::Moment | Shape::Code(_) => json!({ "type": "string" }),
        Shape::Number => json!({ "type": "number", "minimum": 0 }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(words) => {
            json!({ "enum": words.iter().map(|w| json!(w)).chain([Value::Null]).collect::<Vec<_>>() })
        }
        Shape::Figure => json!({ "$ref": "#/components/schemas/figure" }),
        Shape::Names => {
            json!({ "type": "object", "additionalProperties": { "type": ["string", "null"] } })
        }
        Shape::Place => json!({ "type": "object", "required": ["lon", "lat"],
            "properties": { "lon": degrees(180), "lat": degrees(90) } }),
        Shape::Outline => json!({ "type": "object" }),
        Shape::List(item) => json!({ "type": "array", "items": shape_schema(item) }),
        Shape::Part(schema) => object_schema(schema, false),
    }
}

/// One operation.
struct Operation<'a> {
    verb: Verb,
    path: String,
    tag: &'a str,
    summary: String,
    query: Vec<(&'a str, &'a str)>,
    headers: Vec<(&'a str, bool)>,
    body: Option<Value>,
    success: u16,
    /// The media types of what is given; none is described as JSON.
    gives: Vec<&'static str>,
}

impl<'a> Operation<'a> {
    fn get(path: impl Into<String>, tag: &'a str, summary: impl Into<String>) -> Self {
        let (path, summary) = (path.into(), summary.into());
        let (query, headers) = (Vec::new(), Vec::new());
        let (body, gives) = (None, Vec::new());
        Self { verb: Verb::Get, path, tag, summary, query, headers, body, success: 200, gives }
    }

    fn post(
        path: impl Into<String>,
        tag: &'a str,
        summary: impl Into<String>,
        body: Value,
    ) -> Self {
        let headers = vec![("Idempotency-Key", false)];
        Self {
            verb: Verb::Post,
            headers,
            body: Some(body),
            success: 201,
            ..Self::get(path, tag, summary)
        }
    }

    fn asking(mut self, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.query.extend(query);
        self
    }

    /// Gives these media types.
    fn giving(mut self, media: impl IntoIterator<Item = &'static str>) -> Self {
        self.gives.extend(media);
        self
    }

    fn add_to(self, paths: &mut Map<String, Value>) {
        let parameter = |name: &str, place: &str, required: bool, about: &str| {
            json!({ "name": name, "in": place, "required": required, "description": about,
                "schema": { "type": "string" } })
        };
        let in_path = self.path.split(['{', '}']).skip(1).step_by(2).map(|name| {
            parameter(
                name,
                "path",
                true,
                match name {
                    "reference" => "Code or id.",
                    "z" => "Zoom, 0 to 14.",
                    "x" => "Column from the west, 0 to 2^z - 1.",
                    "y" => "Row from the north, 0 to 2^z - 1.",
                    _ => "Its id.",
                },
            )
        });
        let query = self.query.iter().map(|(name, about)| parameter(name, "query", false, about));
        let headers =
            self.headers.iter().map(|(name, required)| parameter(name, "header", *required, ""));
        let parameters: Vec<Value> = in_path.chain(query).chain(headers).collect();
        let problem = |about: &str| {
            json!({ "description": about, "content": { "application/problem+json":
                { "schema": { "$ref": "#/components/schemas/problem" } } } })
        };
        let mut operation = json!({
            "tags": [self.tag], "summary": self.summary, "parameters": parameters,
            "operationId": format!("{}_{}", self.verb, self.path.replace(['/', '{', '}', '.'], "_")),
            "responses": {
                self.success.to_string(): { "description": "As asked." },
                "default": problem("What is wrong, with every problem that was found."),
            },
        });
        if !self.gives.is_empty() {
            let content = extracts::content(&self.gives);
            operation["responses"][self.success.to_string()]["content"] = content;
        }
        if let Some(schema) = self.body {
            operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        let entry = paths.entry(self.path).or_insert_with(|| json!({}));
        entry[self.verb.as_str()] = operation;
    }
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
}

fn service_reads() -> Vec<Operation<'static>> {
    [
        ("/healthz", "The process answers; when its tasks last ran, and which stand still."),
        ("/readyz", "The store answers and the read model is up to date."),
        ("/metrics", "Counters, in the text form of Prometheus."),
        ("/openapi.json", "This document."),
        ("/api/v1/checkpoint", "Where the ledger stands, signed: a text to keep elsewhere."),
        ("/api/v1/exports", "Who was given which exact positions, and in which form."),
        ("/api/v1/lowerings", "What more shall see than before: what is to be decided first."),
        ("/api/v1/upkeep", "When backups and purges were last tried and done, for admins."),
    ]
    .into_iter()
    .map(|(path, about)| Operation::get(path, "service", about))
    .collect()
}

fn kind_paths(kind: Kind, paths: &mut Map<String, Value>) {
    let tag = kind.plural();
    let (lists, one) = (format!("/api/v1/{tag}"), format!("/api/v1/{tag}/{{reference}}"));
    let schema = json!({ "$ref": format!("#/components/schemas/{kind}") });
    let mentionable: Vec<&str> = kind.mentions().iter().map(|kind| kind.as_str()).collect();
    let about = format!("Lists {}.", tag.replace('_', " "));
    let list = |path: &str| {
        Operation::get(path, tag, about.clone())
            .asking(CLOCKS)
            .asking(FILTERS)
            .asking(kind.columns().iter().map(|column| (*column, "Only with these words.")))
            .asking(mentionable.iter().map(|target| (*target, "Only that name these codes.")))
    };
    extracts::of_list(&lists, kind, list, paths);
    let template = format!("/api/v1/templates/{tag}.xlsx");
    Operation::get(
        template,
        tag,
        "A workbook to fill in and import: what may be chosen, notes, an example.",
    )
    .asking([("lang", "The language of its headers: en, ar or fr; en.")])
    .giving([Form::Xlsx.media_type()])
    .add_to(paths);
    let batch = json!({ "oneOf": [schema, { "type": "array", "items": schema }] });
    Operation::post(
        &lists,
        tag,
        "Posts one record, or several that go in whole or not at all.",
        batch,
    )
    .add_to(paths);
    Operation::get(&one, tag, "Reads a record.").asking(CLOCKS).add_to(paths);
    let put = Operation::post(
        &one,
        tag,
        "Puts the next version in place of the one that If-Match names.",
        schema,
    );
    Operation {
        verb: Verb::Put,
        success: 200,
        headers: vec![("If-Match", true), ("Idempotency-Key", false)],
        ..put
    }
    .add_to(paths);
    Operation::get(format!("{one}/history"), tag, "Every version, with what changed.")
        .asking([CLOCKS[1]])
        .add_to(paths);
    sub_paths(kind, &one, paths);
}

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
        Operation { success: 200, ..post }
    })
    .collect()
}

/// What lowers the level of a record or of its fields, once a second person agrees.
fn lowering_path(kind: Kind, one: &str) -> Operation<'static> {
    let level = json!({ "type": "string", "enum": crate::domain::Sensitivity::WORDS });
    let body = json!({ "type": "object", "required": ["reason"], "properties": {
        "sensitivity": level,
        "field_sensitivity": { "type": "array", "items": { "type": "string" },
            "description": "All levels of fields that shall hold, as field=level." },
        "reason": { "type": "string" },
    } });
    let about = "Asks that more may see the record, which a second person decides.";
    let post = Operation::post(format!("{one}/lowerings"), kind.plural(), about, body);
    Operation { success: 202, ..post }
}

/// What can be done with a record beside reading and replacing it.
fn sub_paths(kind: Kind, one: &str, paths: &mut Map<String, Value>) {
    let tag = kind.plural();
    let reason = json!({ "type": "object", "required": ["reason"], "properties": { "reason": { "type": "string" } } });
    for (action, about) in
        [("withdraw", "Takes the record back."), ("confirm", "Stands by the record.")]
    {
        let post = Operation::post(format!("{one}/{action}"), tag, about, reason.clone());
        Operation { success: 200, ..post }.add_to(paths);
    }
    lowering_path(kind, one).add_to(paths);
    for (_, field) in PARTS.iter().filter(|(of, _)| *of == kind) {
        let part = kind.schema().field(field).map_or(Value::Null, |field| match field.shape {
            Shape::List(Shape::Part(schema)) => object_schema(schema, false),
            _ => Value::Null,
        });
        let about = format!("Adds to {field}.");
        Operation::post(format!("{one}/{field}"), tag, about, part).add_to(paths);
    }
}

const FILTERS: [(&str, &str); 11] = [
    ("code", "Codes."),
    ("from", "Happened on or after."),
    ("to", "Happened on or before."),
    ("bbox", "west,south,east,north in degrees."),
    ("near", "lon,lat,km: within that distance, over the ellipsoid."),
    (
        "within",
        "A P-code or the code of an area: what lies in it, by recorded codes, else by position.",
    ),
    ("withdrawn", "true also shows what was taken back."),
    ("sort", "version, -version, code, date or -date."),
    ("limit", "1 to 1000; 100. In files also all: the whole list in one go."),
    ("cursor", "next of the page before."),
    ("expand", "all: whole records instead of rows."),
];
