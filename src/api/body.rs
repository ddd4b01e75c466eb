//! How a record looks from outside: the envelope, the fields, rows of lists, versions with their differences.

use std::io;

use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::admin::{ADMIN_COMPUTED, Admin};
use super::answers::Answer;
use super::error::ApiError;
use crate::domain::merge::{MERGED_INTO, merged_into};
use crate::domain::record::tidy;
use crate::domain::{Convoy, Kind, Record, shown, typed};
use crate::store::{StoreError, Stored};

/// The fields that stand beside a record's own and cannot be set.
pub(super) const READ_ONLY: [&str; 13] = [
    "id",
    "kind",
    "version",
    "recorded_at",
    "learned_at",
    "retired_at",
    "withdrawn",
    MERGED_INTO,
    "level",
    "owner",
    "withheld",
    "under_embargo",
    "admin2",
];

/// Who confirmed a record, when and why, beside its own fields; told by the ledger and not sent back.
pub(super) const CONFIRMATION: &str = "confirmation";

/// JSON out of a stored text.
pub(super) fn parsed(stored: &Stored) -> Result<Value, ApiError> {
    serde_json::from_str(&stored.body).map_err(|fault| {
        ApiError::Store(StoreError::Corrupt(format!("{} {}: {fault}", stored.kind, stored.id)))
    })
}

/// A whole record as it is shown.
pub(super) fn record(stored: &Stored) -> Result<Value, ApiError> {
    record_as_of(stored, None)
}

/// A whole record as it is shown of a day: a convoy is where it was then.
pub(super) fn record_as_of(
    stored: &Stored,
    as_of: Option<DateTime<Utc>>,
) -> Result<Value, ApiError> {
    let body = parsed(stored)?;
    let mut fields = envelope(stored);
    if let Value::Object(own) = shown(stored.kind.schema(), &body) {
        fields.extend(own);
    }
    if let Some(into) = merged_into(&body) {
        fields.insert(MERGED_INTO.to_owned(), into.into());
    }
    if stored.kind == Kind::Convoy
        && stored.seen.embargo_until.is_none()
        && let Ok(convoy) = typed::<Convoy>(&body)
    {
        fields.extend(convoy.derived());
        if let Some(as_of) = as_of {
            fields.insert("stage".to_owned(), convoy.stage_at(as_of).as_str().into());
        }
    }
    let mut whole = Value::Object(fields);
    tidy(&mut whole);
    Ok(whole)
}

fn envelope(stored: &Stored) -> Map<String, Value> {
    let seen = &stored.seen;
    let under_embargo = seen.embargo_until.is_some();
    // When a convoy under way was last heard of tells where it is.
    let told = |value: Value| if under_embargo { Value::Null } else { value };
    let fields = json!({
        "id": stored.id,
        "code": stored.code,
        "kind": stored.kind,
        "version": told(json!(stored.version)),
        "recorded_at": told(json!(stored.recorded_at)),
        "learned_at": told(json!(stored.learned_at)),
        "retired_at": told(json!(stored.retired_at)),
        "withdrawn": stored.withdrawn,
        "level": seen.level,
        "owner": seen.owner,
        "withheld": seen.withheld,
    });
    let Value::Object(mut fields) = fields else { return Map::new() };
    if under_embargo {
        fields.insert("under_embargo".to_owned(), true.into());
        fields.insert("admin2".to_owned(), json!(seen.admin2));
    }
    fields
}

/// A row of a list, out of the stored summary: text, as it is sent as it stands.
pub(super) fn row(stored: &Stored) -> String {
    let id = json!(stored.id);
    let code = json!(stored.code);
    let withdrawn = if stored.withdrawn { ",\"withdrawn\":true" } else { "" };
    let withheld = if stored.seen.is_part { ",\"withheld\":true" } else { "" };
    let under_embargo = stored.seen.embargo_until.is_some();
    let version = if under_embargo { Value::Null } else { json!(stored.version) };
    let rest = stored.body.strip_prefix('{').unwrap_or("}");
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"id\":{id},\"code\":{code},\"version\":{version}{withdrawn}{withheld}{comma}{rest}")
}

/// A row of a list of a day, out of the body: what follows from time is as it was then.
pub(super) fn row_as_of(stored: &Stored, as_of: DateTime<Utc>) -> Result<String, ApiError> {
    let whole = record_as_of(stored, Some(as_of))?;
    let shown = ["id", "code", "version"].iter().chain(stored.kind.summary());
    let mut row: Map<String, Value> =
        shown.map(|name| ((*name).to_owned(), whole[*name].clone())).collect();
    if stored.seen.is_part {
        row.insert("withheld".to_owned(), true.into());
    }
    Ok(Value::Object(row).to_string())
}

/// The `ETag` of a version.
pub(super) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// A record with its `ETag`, or 304 where the reader has it already. What is computed from more than the record changes
/// the tag too; the version in it stays what a change is made against.
pub(super) fn with_etag(
    request: &HttpRequest,
    stored: &Stored,
    as_of: Option<DateTime<Utc>>,
    confirmation: Option<Value>,
    admin: Option<&Admin>,
) -> Result<HttpResponse, ApiError> {
    let mut whole = record_as_of(stored, as_of)?;
    let computed = admin.and_then(|admin| admin.beside(stored, &whole));
    let mark = computed.as_ref().map(|computed| blake3::hash(computed.to_string().as_bytes()));
    if let Some(computed) = computed {
        whole[ADMIN_COMPUTED] = computed;
    }
    if let Some(confirmation) = confirmation {
        whole[CONFIRMATION] = confirmation;
    }
    // A tag by version would tell how often a hidden part is changed.
    let etag = match mark {
        _ if stored.seen.is_part => Answer::of("application/json", whole.to_string()).etag,
        Some(mark) => format!("\"{}.{}\"", stored.version, &mark.to_hex()[..8]),
        None => etag(stored.version),
    };
    if matches(request, "If-None-Match", &etag) {
        return Ok(HttpResponse::NotModified().insert_header(("ETag", etag)).finish());
    }
    Ok(HttpResponse::Ok().insert_header(("ETag", etag)).json(whole))
}

/// Is the tag among those of the header?
pub(super) fn matches(request: &HttpRequest, header: &str, etag: &str) -> bool {
    tags(request, header).any(|tag| tag == etag || tag == "*")
}

/// Is the version among those that the tags of the header name?
pub(super) fn names_version(request: &HttpRequest, header: &str, version: i64) -> bool {
    let own = version.to_string();
    let named = |tag: &str| tag.trim_matches('"').split('.').next() == Some(own.as_str());
    tags(request, header).any(|tag| tag == "*" || named(tag))
}

fn tags<'r>(request: &'r HttpRequest, header: &str) -> impl Iterator<Item = &'r str> {
    let given = request.headers().get(header).and_then(|value| value.to_str().ok());
    given.unwrap_or("").split(',').map(|tag| tag.trim().trim_start_matches("W/"))
}

/// A computed answer: whole numbers without a fraction, an `ETag` of what it says.
pub(super) fn answer(
    request: &HttpRequest,
    body: &impl serde::Serialize,
) -> Result<HttpResponse, ApiError> {
    let mut written = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut written, Tidy);
    body.serialize(&mut serializer).map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    let written =
        String::from_utf8(written).map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    Ok(text(request, "application/json", written))
}

/// Writes whole numbers without a fraction: `40000`, not `40000.0`.
struct Tidy;

impl serde_json::ser::Formatter for Tidy {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        /// Up to here every whole number is exact.
        const LARGEST: f64 = 9e15;
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        if value.fract() == 0.0 && value.abs() < LARGEST {
            write!(writer, "{}", value as i64)
        } else {
            serde_json::ser::CompactFormatter.write_f64(writer, value)
        }
    }
}

/// A text with an `ETag` of what it says, or 304 where the reader has it already.
pub(super) fn text(
    request: &HttpRequest,
    content_type: &'static str,
    text: String,
) -> HttpResponse {
    given(request, Answer::of(content_type, text))
}

/// Bytes with an `ETag` of what they are, or 304 where the reader has them already.
pub(super) fn bytes(
    request: &HttpRequest,
    content_type: &'static str,
    bytes: Vec<u8>,
) -> HttpResponse {
    given(request, Answer::of(content_type, bytes))
}

/// An answer with its `ETag`, or 304 where the reader has it already.
pub(super) fn given(request: &HttpRequest, answer: Answer) -> HttpResponse {
    if matches(request, "If-None-Match", &answer.etag) {
        return HttpResponse::NotModified().insert_header(("ETag", answer.etag)).finish();
    }
    let mut response = HttpResponse::Ok();
    for header in answer.headers {
        response.insert_header(header);
    }
    response
        .insert_header(("ETag", answer.etag))
        .content_type(answer.content_type)
        .body(answer.text)
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
