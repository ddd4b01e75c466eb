//! Records of every kind: post, read, list, next version, withdraw, confirm, history. Written once for all.

mod writing;

use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use self::writing::drafts;
pub(super) use self::writing::{
    answered_before, change, changeable, convoy, newest, revise, shown_as, taken, version, write,
};
use super::admin::{ADMIN_COMPUTED, Admin};
use super::auth::{self, Reader};
use super::confirmation::{confirmation, entry};
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::{State, body, export, keeping, list};
use crate::domain::{Draft, Kind, Problems, draft, shown};
use crate::exchange::extract::service;
use crate::store::{Action, Basis, Reference, StoreError, Stored, Written};

/// `POST /api/v1/{kinds}`: one record, or an array that goes in whole or not at all.
pub(super) async fn create(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = read_json(&request, &sent)?;
    let is_batch = json.is_array();
    let items = match json {
        Value::Array(items) => items,
        one => vec![one],
    };
    if items.is_empty() {
        return Err(ApiError::invalid("", "must have at least one record"));
    }
    let drafts = drafts(kind, &items, is_batch, &state, &reader).await?;
    let codes: Vec<Option<String>> =
        drafts.iter().map(|draft| draft.code.as_ref().map(ToString::to_string)).collect();
    let changes = drafts.into_iter().map(|draft| change(draft, Action::Create, Basis::New));
    let write = write(&state, &reader, changes.collect(), auth::idempotency(&request, &sent)?);
    let written = state.app.store.write(write).await;
    let written = written.map_err(|fault| taken(fault, &codes, is_batch))?;
    state.app.situations.catch_up_to(newest(&written)).await?;
    if is_batch {
        let rows: Vec<Value> = written
            .iter()
            .map(|w| json!({ "id": w.id, "code": w.code, "version": w.version }))
            .collect();
        return Ok(HttpResponse::Created().json(json!({ "data": rows, "total": rows.len() })));
    }
    created(kind, &state, &reader, written.first()).await
}

/// The answer to a new record: where it is, and the record.
async fn created(
    kind: Kind,
    state: &State,
    reader: &Reader,
    written: Option<&Written>,
) -> Result<HttpResponse, ApiError> {
    let written = written.ok_or_else(|| ApiError::Unreadable("nothing was sent".to_owned()))?;
    let body = match version(kind, state, reader, written).await {
        Ok(stored) => body::record(&stored)?,
        // Who posts above their own clearance cannot read it back.
        Err(ApiError::Store(StoreError::NotFound { .. })) => {
            json!({ "id": written.id, "code": written.code, "version": written.version })
        }
        Err(fault) => return Err(fault),
    };
    Ok(HttpResponse::Created()
        .insert_header((
            "Location",
            format!("/api/v1/{}/{}", kind.plural(), encoded(&written.code)),
        ))
        .insert_header(("ETag", body::etag(written.version)))
        .json(body))
}

/// A code as it stands in an address: whatever is not plain ASCII is percent-encoded.
fn encoded(code: &str) -> String {
    use std::fmt::Write;
    code.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = if byte.is_ascii_alphanumeric() || b"-_.:+'".contains(&byte) {
            write!(text, "{}", char::from(byte))
        } else {
            write!(text, "%{byte:02X}")
        };
        text
    })
}

/// `GET /api/v1/{kinds}/{ref}`.
pub(super) async fn get(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let cut = list::cut(&mut params, &state);
    params.finish()?;
    let reference = Reference::parse(&reference);
    let stored = match state.app.store.record(kind, &reference, cut, &reader.clearance).await {
        Ok(stored) => stored,
        Err(missing) => {
            return Err(keeping::gone(kind, &state, &reader, &reference, missing).await);
        }
    };
    let confirmation = confirmation(&state, &reader, &stored, cut.known_at).await?;
    export::note(&state, &reader, kind, "json", [&stored]).await?;
    let admin = Admin::of(kind, &state, cut).await?;
    body::with_etag(&request, &stored, cut.as_of, confirmation, admin.as_ref())
}

/// `PUT /api/v1/{kinds}/{ref}`: the next version; `If-Match` names the one it follows.
pub(super) async fn put(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let mut json = read_json(&request, &sent)?;
    let current = changeable(kind, &state, &reader, &reference).await?;
    if let Err(stale) = require_match(&request, kind, &current) {
        let before = answered_before(kind, &request, &state, &reader, &sent).await?;
        return before.map_or(Err(stale), |stored| shown_as(&mut HttpResponse::Ok(), &stored));
    }
    let computed = drop_read_only(&mut json, &current)?;
    let drafts = drafts(kind, std::slice::from_ref(&json), false, &state, &reader).await;
    let drafts = beside(computed, drafts)?;
    let draft = drafts.into_iter().next().ok_or_else(|| ApiError::not_found(kind, &reference))?;
    let stored =
        revise(&request, &state, &reader, &current, draft, Action::Revise, None, &sent).await?;
    shown_as(&mut HttpResponse::Ok(), &stored)
}

/// The reason that is asked for, and nothing else.
pub(super) fn reason(request: &HttpRequest, sent: &web::Bytes) -> Result<String, ApiError> {
    let json = read_json(request, sent)?;
    let unknown = json.as_object().is_none_or(|fields| fields.keys().any(|name| name != "reason"));
    let reason = json
        .get("reason")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let reason = reason.filter(|_| !unknown).ok_or_else(|| {
        let rule = "is required, as {\"reason\": \"…\"}, and nothing else";
        ApiError::invalid("/reason", rule)
    })?;
    Ok(reason.to_owned())
}

/// `POST /api/v1/{kinds}/{ref}/withdraw` and `…/confirm`, with a reason.
pub(super) async fn withdraw_or_confirm(
    kind: Kind,
    action: Action,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let reason = reason(&request, &sent)?;
    let current = changeable(kind, &state, &reader, &reference).await?;
    if action == Action::Withdraw && stands_for_another(&reference, &current) {
        let detail = format!(
            "{} was merged into {}: withdraw that one, or undo the merge",
            *reference, current.code
        );
        return Err(ApiError::invalid("", detail));
    }
    if current.withdrawn {
        let before = answered_before(kind, &request, &state, &reader, &sent).await?;
        let withdrawn = ApiError::Withdrawn(format!("{kind} {}", current.code));
        return shown_and_noted(&state, &reader, &before.ok_or(withdrawn)?).await;
    }
    let mut fields = body::parsed(&current)?;
    if action == Action::Confirm {
        fields["confirmed"] = reason.clone().into();
    }
    let draft = draft(kind, &fields).map_err(ApiError::Invalid)?;
    let reason = Some(reason);
    let stored = revise(&request, &state, &reader, &current, draft, action, reason, &sent).await?;
    shown_and_noted(&state, &reader, &stored).await
}

/// Is it named by the code of a record that was merged into it? Then it is not the one that is meant to go.
fn stands_for_another(reference: &str, current: &Stored) -> bool {
    matches!(Reference::parse(reference), Reference::Code(code) if code != current.code)
}

/// The answer to who sent only a reason: where the record is stands in it as in what is read.
async fn shown_and_noted(
    state: &State,
    reader: &Reader,
    stored: &Stored,
) -> Result<HttpResponse, ApiError> {
    export::note(state, reader, stored.kind, "json", [stored]).await?;
    shown_as(&mut HttpResponse::Ok(), stored)
}

/// `GET /api/v1/{kinds}/{ref}/history`: every version, with what changed from the one before.
pub(super) async fn history(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let known_at = list::known_at(&mut params, &state).unwrap_or_else(|| auth::known_by(&state));
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::VERSIONS)?;
    params.finish()?;
    let reference = Reference::parse(&reference);
    let versions = state.app.store.history(kind, &reference, known_at, &reader.clearance).await;
    let versions = match versions {
        Ok(versions) => versions,
        Err(missing) => {
            let note = keeping::note(kind, &state, &reader, &reference, missing).await?;
            let page = Page::of_one(known_at, keeping::history(kind, &note), 1);
            return wanted.give_page(&request, &state, &reader, page).await;
        }
    };
    export::note(&state, &reader, kind, wanted.form_or("history"), &versions).await?;
    let mut before = Value::Object(serde_json::Map::new());
    let mut rows = Vec::with_capacity(versions.len());
    for stored in &versions {
        let entry = entry(&state, &reader, stored, known_at).await?;
        let after = body::parsed(stored)?;
        if stored.seen.embargo_until.is_some() {
            rows.push(body::record(stored)?);
            continue;
        }
        rows.push(json!({
            "version": stored.version,
            "recorded_at": stored.recorded_at,
            "learned_at": stored.learned_at,
            "retired_at": stored.retired_at,
            "withdrawn": stored.withdrawn,
            "withheld": stored.seen.withheld,
            "actor": entry.as_ref().map(|entry| &entry.actor),
            "action": entry.as_ref().map(|entry| entry.action),
            "reason": entry.as_ref().map(|entry| &entry.reason),
            "changes": body::differences(&before, &after),
        }));
        before = after;
    }
    let total = rows.len();
    let page = Page::of_one(known_at, json!({ "data": rows, "total": total }), total);
    wanted.give_page(&request, &state, &reader, page).await
}

/// The body as JSON.
pub(super) fn read_json(request: &HttpRequest, sent: &[u8]) -> Result<Value, ApiError> {
    let content_type =
        request.headers().get("Content-Type").and_then(|v| v.to_str().ok()).unwrap_or("");
    let essence = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if essence != "application/json" {
        let got = if essence.is_empty() { "no content type".to_owned() } else { essence };
        return Err(ApiError::ContentType(got));
    }
    let text = std::str::from_utf8(sent).map_err(|fault| {
        ApiError::Unreadable(format!("the body is not UTF-8 from byte {}", fault.valid_up_to()))
    })?;
    serde_json::from_str(text)
        .map_err(|fault| ApiError::Unreadable(format!("the body is not JSON: {fault}")))
}

pub(super) fn require_match(
    request: &HttpRequest,
    kind: Kind,
    current: &Stored,
) -> Result<(), ApiError> {
    if request.headers().get("If-Match").is_none_or(HeaderValue::is_empty) {
        return Err(ApiError::NoIfMatch);
    }
    if body::names_version(request, "If-Match", current.version) {
        return Ok(());
    }
    Err(StoreError::Stale { kind, reference: current.code.clone(), current: current.version }
        .into())
}

/// What is wrong with what was sent, beside what is known to be wrong.
fn beside(
    mut wrong: Problems,
    drafts: Result<Vec<Draft>, ApiError>,
) -> Result<Vec<Draft>, ApiError> {
    match drafts {
        Err(ApiError::Invalid(others)) => wrong.0.extend(others.0),
        Ok(drafts) if wrong.is_empty() => return Ok(drafts),
        Ok(_) => {}
        Err(fault) => return Err(fault),
    }
    Err(ApiError::Invalid(wrong))
}

/// Who sends back what was read may leave the computed fields in, if they are as they were. Gives those that are not.
fn drop_read_only(json: &mut Value, current: &Stored) -> Result<Problems, ApiError> {
    let whole = body::record(current)?;
    let stored = body::parsed(current)?;
    let own = shown(current.kind.schema(), &Value::Null);
    let mut problems = Problems::default();
    let Some(fields) = json.as_object_mut() else { return Ok(problems) };
    fields.remove(body::CONFIRMATION);
    fields.remove(ADMIN_COMPUTED);
    fields.retain(|name, value| {
        // A stock has an owner of its own, which is not the organisation that the record belongs to.
        let is_own = current.kind.schema().field(name).is_some();
        let computed = !is_own && body::READ_ONLY.contains(&name.as_str())
            || (whole.get(name).is_some() && own.get(name).is_none() && name != "code");
        let unchanged = whole.get(name) == Some(value);
        if computed && !unchanged {
            problems.add_field(name, "is computed and cannot be set");
        }
        // What is shown in place of a field that was left out stays left out.
        let implied = unchanged && stored.get(name).is_none() && name != "code";
        !computed && !implied
    });
    Ok(problems)
}
