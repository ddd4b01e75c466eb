//! What each parameter may be. It follows from its name and path, so that the same name means the same everywhere.

use serde_json::{Value, json};

use super::operation::Operation;
use crate::atlas::tile::DEEPEST_ZOOM;
use crate::domain::{Kind, Shape};
use crate::exchange::extract::Form;
use crate::exchange::extract::records::Of;

/// A day that exists, from 1900 on.
macro_rules! day {
    () => {
        "((19|20|21)[0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|((19|21)(0[48]|[2468][048]|[13579][26])|20([02468][048]|[13579][26]))-02-29)"
    };
}
/// A time of a day.
macro_rules! time {
    () => {
        "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    };
}
/// A day or an instant.
macro_rules! moment {
    () => {
        concat!("^(", day!(), "(T", time!(), "(\\.[0-9]{1,9})?(Z|\\+0[0-9]:[0-5][0-9]))?)")
    };
}

/// A day, or an instant.
pub(super) const MOMENT: &str = concat!(moment!(), "$");
/// The same in a query, where an empty one asks for nothing.
pub(super) const MOMENT_ASKED: &str = concat!(moment!(), "?$");
/// A year, a month, a day or a second, as HAPI takes them.
pub(super) const DATE_ASKED: &str =
    concat!("^((19|20|21)[0-9][0-9](-(0[1-9]|1[0-2]))?|", day!(), "(T", time!(), ")?)?$");
const LATITUDE: &str = "-?(90|[0-8]?[0-9](\\.[0-9]{1,9})?)";
const LONGITUDE: &str = "-?(180|(1[0-7])?[0-9](\\.[0-9]{1,9})?|[0-9]{2}(\\.[0-9]{1,9})?)";

/// Every parameter of an operation: in its path, in the query, among the headers.
pub(super) fn all(operation: &Operation<'_>) -> Vec<Value> {
    let parameter = |name: &str, place: &str, required: bool, about: &str, schema: Value| json!({ "name": name, "in": place, "required": required, "description": about, "schema": schema });
    let in_path = operation.path.split(['{', '}']).skip(1).step_by(2).map(|name| {
        let (about, schema) = place_in_path(name);
        parameter(name, "path", true, about, schema)
    });
    let query = operation.query.iter().map(|parameter| asked(&operation.path, *parameter));
    let headers = operation.headers.iter().map(|(name, required)| {
        let (about, schema) = header(name);
        parameter(name, "header", *required, about, schema)
    });
    in_path.chain(query).chain(headers).collect()
}

/// A parameter of the query.
pub(super) fn asked(path: &str, (name, about): (&str, &str)) -> Value {
    let is_required = ["application", "email"].contains(&name);
    json!({ "name": name, "in": "query", "required": is_required, "description": about,
        "schema": schema(path, name) })
}

fn place_in_path(name: &str) -> (&'static str, Value) {
    let last = i64::from(1_u32 << DEEPEST_ZOOM) - 1;
    match name {
        "reference" => ("Code or id.", json!({ "type": "string", "minLength": 1 })),
        "z" => ("Zoom, 0 to 14.", whole(0, i64::from(DEEPEST_ZOOM))),
        "x" => ("Column from the west, 0 to 2^z - 1.", whole(0, last)),
        "y" => ("Row from the north, 0 to 2^z - 1.", whole(0, last)),
        _ => ("Its id.", json!({ "type": "string", "minLength": 1 })),
    }
}

fn header(name: &str) -> (&'static str, Value) {
    match name {
        "If-Match" => (
            "The ETag of the version that is changed.",
            json!({ "type": "string", "minLength": 1 }),
        ),
        "Idempotency-Key" => (
            "The same key and body are answered the same, and done once.",
            json!({ "type": "string", "pattern": "^[!-~]([ -~]{0,198}[!-~])?$" }),
        ),
        _ => ("", json!({ "type": "string" })),
    }
}

fn whole(low: i64, high: i64) -> Value {
    json!({ "type": "integer", "minimum": low, "maximum": high })
}

fn number(low: f64, high: f64) -> Value {
    json!({ "type": "number", "minimum": low, "maximum": high })
}

fn one_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// Several of these words, with commas between them.
fn several_of(words: &[&str]) -> Value {
    let word = format!("({})?", words.join("|"));
    pattern(&format!("^{word}(,{word})*$"))
}

/// What the parameter of this name may be at this path.
fn schema(path: &str, name: &str) -> Value {
    if path.starts_with("/api/v2/") {
        return super::hapi::parameter(path, name);
    }
    if let Some(schema) = of_kind(path, name) {
        return schema;
    }
    match name {
        "as_of" | "known_at" | "from" | "to" => pattern(MOMENT_ASKED),
        "limit" if takes_all(path) => json!({ "anyOf": [whole(1, 1_000), { "const": "all" }] }),
        "limit" => whole(1, 1_000),
        "after" => json!({ "type": "integer", "format": "int64" }),
        "expand" => one_of(&["all"]),
        "withdrawn" | "include_planned" => json!({ "type": "boolean" }),
        "sort" => one_of(crate::store::Sort::WORDS),
        // An empty one asks for nothing, as everywhere in a query.
        "bbox" => {
            let corner = format!("{LONGITUDE},{LATITUDE}");
            pattern(&format!("^({corner},{corner})?$"))
        }
        "near" => pattern(&format!("^({LONGITUDE},{LATITUDE},[0-9]{{1,4}}(\\.[0-9]{{1,9}})?)?$")),
        "language" => one_of(crate::domain::Language::WORDS),
        "severity" => several_of(crate::domain::Severity::WORDS),
        "rule" => several_of(crate::domain::Rule::WORDS),
        "sector" => one_of(&["food", "water", "health", "fuel"]),
        "horizon_days" | "period_days" => whole(1, 3_660),
        "for_seconds" => whole(0, 86_400),
        "ration_kg" => number(0.01, 100.0),
        "loss" => number(0.0, 0.99),
        "payload_tonnes" => number(0.1, 1_000.0),
        "trucks_per_convoy" => number(1.0, 1_000_000.0),
        _ => of_path(path, name),
    }
}

/// Parameters that mean something else at each path.
fn of_path(path: &str, name: &str) -> Value {
    match (name, path) {
        ("by", "/api/v1/totals") => one_of(&["area", "admin1", "admin2", "status", "scheme"]),
        ("by", "/api/v1/funnel") => one_of(&["authority", "reason", "commodity", "month", "area"]),
        ("by", _) => one_of(&["authority", "month", "area"]),
        ("policy", "/api/v1/totals") => one_of(&["latest", "most_reliable", "median", "max"]),
        ("policy", _) => one_of(&["full", "constant", "threshold"]),
        ("scheme", "/api/v1/totals") => {
            let words: Vec<&str> =
                crate::domain::Scheme::WORDS.iter().copied().chain(["any"]).collect();
            one_of(&words)
        }
        ("metric", "/api/v1/totals") => one_of(crate::domain::population::Metric::WORDS),
        ("state", "/api/v1/imports") => one_of(crate::store::ImportState::WORDS),
        ("state", "/api/v1/deliveries") => one_of(crate::store::DeliveryState::WORDS),
        ("state", _) => several_of(&["raised", "acknowledged", "silenced", "resolved"]),
        ("level", "/api/v1/boundaries" | "/api/v1/boundaries.geojson") => {
            several_of(&["0", "1", "2", "3", "4"])
        }
        ("kind", "/api/v1/duplicates") => one_of(crate::situation::duplicates::Duplicate::WORDS),
        ("outline", _) => one_of(&["display", "exact"]),
        ("part", _) => parts(path),
        ("mode", _) => several_of(crate::domain::convoy::Mode::WORDS),
        ("days", _) => number(1.0, 3_650.0),
        ("format", "/api/v1/reports/preview") => one_of(&["html", "text", "json"]),
        ("format", _) => one_of(&["html", "text", "xlsx", "json"]),
        _ => json!({ "type": "string" }),
    }
}

/// The kind whose list, or a file of it, is at this path.
fn kind_at(path: &str) -> Option<Kind> {
    let word = path.strip_prefix("/api/v1/")?.split('.').next()?;
    Kind::ALL.iter().copied().find(|kind| kind.plural() == word)
}

/// Is it a list as a file, which can be had in one go?
fn takes_all(path: &str) -> bool {
    Form::ALL.iter().any(|form| path.ends_with(&format!(".{form}")))
}

/// The lists in the records of a kind.
fn parts(path: &str) -> Value {
    let parts = kind_at(path).map(Of::parts).unwrap_or_default();
    one_of(&parts)
}

/// The filters of a list that are named like a field of its kind.
fn of_kind(path: &str, name: &str) -> Option<Value> {
    let kind = kind_at(path)?;
    if !kind.columns().contains(&name) {
        return None;
    }
    Some(match kind.schema().field(name).map(|field| field.shape) {
        Some(Shape::Choice(words)) => several_of(words),
        None if name == "stage" => several_of(crate::domain::Stage::WORDS),
        _ => json!({ "type": "string" }),
    })
}
