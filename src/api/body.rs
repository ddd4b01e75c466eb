//! How a record looks from outside: the envelope, the fields, rows of lists, versions with their differences.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::error::ApiError;
use crate::domain::record::tidy;
use crate::domain::{Convoy, Kind, Record, shown, typed};
use crate::store::{StoreError, Stored};

/// The fields that stand beside a record's own and cannot be set.
pub(super) const READ_ONLY: [&str; 7] =
    ["id", "kind", "version", "recorded_at", "learned_at", "retired_at", "withdrawn"];

/// JSON out of a stored text.
pub(super) fn parsed(stored: &Stored) -> Result<Value, ApiError> {
    serde_json::from_str(&stored.body).map_err(|fault| {
        ApiError::Store(StoreError::Corrupt(format!("{} {}: {fault}", stored.kind, stored.code)))
    })
}

/// A whole record as it is shown.
pub(super) fn record(stored: &Stored) -> Result<Value, ApiError> {
    let body = parsed(stored)?;
    let mut fields = envelope(stored);
    if let Value::Object(own) = shown(stored.kind.schema(), &body) {
        fields.extend(own);
    }
    if stored.kind == Kind::Convoy
        && let Ok(convoy) = typed::<Convoy>(&body)
    {
        fields.extend(convoy.derived());
    }
    let mut whole = Value::Object(fields);
    tidy(&mut whole);
    Ok(whole)
}

fn envelope(stored: &Stored) -> Map<String, Value> {
    let fields = json!({
        "id": stored.id,
        "code": stored.code,
        "kind": stored.kind,
        "version": stored.version,
        "recorded_at": stored.recorded_at,
        "learned_at": stored.learned_at,
        "retired_at": stored.retired_at,
        "withdrawn": stored.withdrawn,
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// A row of a list, out of the stored summary: text, as it is sent as it stands.
pub(super) fn row(stored: &Stored) -> String {
    let id = json!(stored.id);
    let code = json!(stored.code);
    let withdrawn = if stored.withdrawn { ",\"withdrawn\":true" } else { "" };
    let rest = stored.body.strip_prefix('{').unwrap_or("}");
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"id\":{id},\"code\":{code},\"version\":{}{withdrawn}{comma}{rest}", stored.version)
}

/// The `ETag` of a version.
pub(super) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// A record with its `ETag`, or 304 where the reader has it already.
pub(super) fn with_etag(request: &HttpRequest, stored: &Stored) -> Result<HttpResponse, ApiError> {
    let etag = etag(stored.version);
    if matches(request, "If-None-Match", &etag) {
        return Ok(HttpResponse::NotModified().insert_header(("ETag", etag)).finish());
    }
    Ok(HttpResponse::Ok().insert_header(("ETag", etag)).json(record(stored)?))
}

/// Is the tag among those of the header?
pub(super) fn matches(request: &HttpRequest, header: &str, etag: &str) -> bool {
    let Some(given) = request.headers().get(header).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    given
        .split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag || tag == "*")
}

/// A computed answer: whole numbers without a fraction, an `ETag` of what it says.
pub(super) fn answer(
    request: &HttpRequest,
    body: &impl serde::Serialize,
) -> Result<HttpResponse, ApiError> {
    let mut value =
        serde_json::to_value(body).map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    tidy(&mut value);
    Ok(text(request, "application/json", value.to_string()))
}

/// A text with an `ETag` of what it says, or 304 where the reader has it already.
pub(super) fn text(request: &HttpRequest, content_type: &str, text: String) -> HttpResponse {
    let etag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..24]);
    if matches(request, "If-None-Match", &etag) {
        return HttpResponse::NotModified().insert_header(("ETag", etag)).finish();
    }
    HttpResponse::Ok().insert_header(("ETag", etag)).content_type(content_type).body(text)
}

/// What differs between two versions, field by field.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    differ(before, after, "", &mut found);
    found
}

fn differ(before: &Value, after: &Value, pointer: &str, found: &mut Vec<Value>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let null = Value::Null;
                let (a, b) = (a.get(name).unwrap_or(&null), b.get(name).unwrap_or(&null));
                differ(a, b, &format!("{pointer}/{name}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let null = Value::Null;
                let (a, b) = (a.get(index).unwrap_or(&null), b.get(index).unwrap_or(&null));
                differ(a, b, &format!("{pointer}/{index}"), found);
            }
        }
        (a, b) if a != b => found.push(json!({ "field": pointer, "from": a, "to": b })),
        _ => {}
    }
}
