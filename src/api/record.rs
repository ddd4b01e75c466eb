//! Records of every kind: post, read, list, next version, withdraw, confirm, history. Written once for all.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use serde_json::{Value, json};

use super::auth::{self, Reader};
use super::confirmation::confirmation;
use super::error::ApiError;
use super::params::Params;
use super::{State, body, export, keeping, list};
use crate::clock;
use crate::domain::{Draft, Kind, Problem, Problems, draft, shown};
use crate::store::{Action, Basis, Change, Cut, Reference, StoreError, Stored, Write, Written};

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
    let drafts = drafts(kind, &items, is_batch)?;
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

/// The place in the ledger that a write came to.
pub(super) fn newest(written: &[Written]) -> i64 {
    written.iter().map(|written| written.version).max().unwrap_or(0)
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

/// What was answered to the same request before, if it is sent again under its key.
pub(super) async fn answered_before(
    kind: Kind,
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    sent: &[u8],
) -> Result<Option<Stored>, ApiError> {
    let Some(key) = auth::idempotency(request, sent)? else { return Ok(None) };
    let Some(written) = state.app.store.answered(&reader.actor, &key).await? else {
        return Ok(None);
    };
    let Some(written) = written.first() else { return Ok(None) };
    version(kind, state, reader, written).await.map(Some)
}

/// The version that was written, also where a later one has replaced it by now.
pub(super) async fn version(
    kind: Kind,
    state: &State,
    reader: &Reader,
    written: &Written,
) -> Result<Stored, ApiError> {
    let id = Reference::Id(written.id);
    let versions =
        state.app.store.history(kind, &id, auth::known_by(state), &reader.clearance).await?;
    let found = versions.into_iter().find(|stored| stored.version == written.version);
    found.ok_or_else(|| ApiError::not_found(kind, &written.code))
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
    body::with_etag(&request, &stored, cut.as_of, confirmation)
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
    drop_unchanged_read_only(&mut json, &current)?;
    let draft = draft(kind, &json).map_err(ApiError::Invalid)?;
    let stored =
        revise(&request, &state, &reader, &current, draft, Action::Revise, None, &sent).await?;
    shown_as(&mut HttpResponse::Ok(), &stored)
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
    let json = read_json(&request, &sent)?;
    let unknown = json.as_object().is_none_or(|fields| fields.keys().any(|name| name != "reason"));
    let reason = json
        .get("reason")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let Some(reason) = reason.filter(|_| !unknown) else {
        return Err(ApiError::invalid(
            "/reason",
            "is required, as {\"reason\": \"…\"}, and nothing else",
        ));
    };
    let current = changeable(kind, &state, &reader, &reference).await?;
    if current.withdrawn {
        let before = answered_before(kind, &request, &state, &reader, &sent).await?;
        let withdrawn = ApiError::Withdrawn(format!("{kind} {}", current.code));
        return before.map_or(Err(withdrawn), |stored| shown_as(&mut HttpResponse::Ok(), &stored));
    }
    let mut fields = body::parsed(&current)?;
    if action == Action::Confirm {
        fields["confirmed"] = reason.into();
    }
    let draft = draft(kind, &fields).map_err(ApiError::Invalid)?;
    let reason = Some(reason.to_owned());
    let stored = revise(&request, &state, &reader, &current, draft, action, reason, &sent).await?;
    shown_as(&mut HttpResponse::Ok(), &stored)
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
    params.finish()?;
    let reference = Reference::parse(&reference);
    let versions = state.app.store.history(kind, &reference, known_at, &reader.clearance).await;
    let versions = match versions {
        Ok(versions) => versions,
        Err(missing) => {
            let note = keeping::note(kind, &state, &reader, &reference, missing).await?;
            return keeping::history(&request, kind, &note);
        }
    };
    export::note(&state, &reader, kind, "history", &versions).await?;
    let mut before = Value::Object(serde_json::Map::new());
    let mut rows = Vec::with_capacity(versions.len());
    for stored in &versions {
        let entry = state
            .app
            .store
            .changes(stored.version - 1, 1, &reader.clearance, auth::now(&state))
            .await?;
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
            "actor": entry.first().map(|entry| &entry.actor),
            "action": entry.first().map(|entry| entry.action),
            "reason": entry.first().map(|entry| &entry.reason),
            "changes": body::differences(&before, &after),
        }));
        before = after;
    }
    body::answer(&request, &json!({ "data": rows, "total": rows.len() }))
}

/// A convoy to compute from: of one under way there is nothing that a figure could rest on.
pub(super) async fn convoy(
    state: &State,
    reader: &Reader,
    reference: &Reference,
    cut: Cut,
) -> Result<Stored, ApiError> {
    let stored = state.app.store.record(Kind::Convoy, reference, cut, &reader.clearance).await?;
    if stored.seen.embargo_until.is_some() {
        return Err(ApiError::not_found(Kind::Convoy, &reference.to_string()));
    }
    Ok(stored)
}

/// The version that is current now, for those who may change it: a partner its own, nobody what is seen in part.
pub(super) async fn changeable(
    kind: Kind,
    state: &State,
    reader: &Reader,
    reference: &str,
) -> Result<Stored, ApiError> {
    let cut = Cut { as_of: None, known_at: auth::known_by(state) };
    let reference = Reference::parse(reference);
    let stored = state.app.store.record(kind, &reference, cut, &reader.clearance).await?;
    reader.changes(stored.seen.owner.as_ref())?;
    if stored.seen.is_part { Err(ApiError::PartlyHidden) } else { Ok(stored) }
}

/// Writes the next version.
#[expect(
    clippy::too_many_arguments,
    reason = "one line of each caller says what is revised, by whom and why"
)]
pub(super) async fn revise(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    current: &Stored,
    draft: Draft,
    action: Action,
    reason: Option<String>,
    sent: &[u8],
) -> Result<Stored, ApiError> {
    let kind = current.kind;
    let change = Change { reason, ..change(draft, action, Basis::Version(current.version)) };
    let write = write(state, reader, vec![change], auth::idempotency(request, sent)?);
    let written = state.app.store.write(write).await.map_err(|fault| placed(fault, false))?;
    state.app.situations.catch_up_to(newest(&written)).await?;
    let written = written.first().ok_or_else(|| ApiError::not_found(kind, &current.code))?;
    version(kind, state, reader, written).await
}

/// A version that was just written, with its `ETag`.
pub(super) fn shown_as(
    response: &mut HttpResponseBuilder,
    stored: &Stored,
) -> Result<HttpResponse, ApiError> {
    Ok(response.insert_header(("ETag", body::etag(stored.version))).json(body::record(stored)?))
}

/// The change that a draft asks for, on its way through the gate.
pub(super) fn change(draft: Draft, action: Action, basis: Basis) -> Change {
    Change {
        action,
        new_id: draft.id.unwrap_or_else(clock::new_id),
        lowers: false,
        basis,
        learned_at: None,
        reason: None,
        draft,
    }
}

pub(super) fn write(
    state: &State,
    reader: &Reader,
    changes: Vec<Change>,
    idempotency: Option<(String, [u8; 32])>,
) -> Write {
    let clock = state.app.clock;
    let (recorded_at, learned_at) = (clock.recorded_at(), clock.now());
    Write {
        actor: reader.actor.clone(),
        owner: reader.organisation.clone(),
        clearance: reader.clearance.clone(),
        recorded_at,
        learned_at,
        idempotency,
        changes,
    }
}

/// Every item through its door; all problems of all items at once.
fn drafts(kind: Kind, items: &[Value], is_batch: bool) -> Result<Vec<Draft>, ApiError> {
    let mut problems = Problems::default();
    let mut drafts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if problems.0.len() >= Problems::MOST {
            break;
        }
        match draft(kind, item) {
            Ok(draft) => drafts.push(draft),
            Err(found) => problems.0.extend(if is_batch { found.in_item(index) } else { found }.0),
        }
    }
    if problems.is_empty() { Ok(drafts) } else { Err(ApiError::Invalid(problems)) }
}

/// What is taken, the code or the id, pointed at in what was sent; other faults as ever.
pub(super) fn taken(fault: StoreError, codes: &[Option<String>], is_batch: bool) -> ApiError {
    let StoreError::Taken { code, index, .. } = &fault else { return placed(fault, is_batch) };
    let is_code = codes.get(*index).is_some_and(|given| given.as_ref() == Some(code));
    let name = if is_code { "code" } else { "id" };
    let pointer = if is_batch { format!("/{index}/{name}") } else { format!("/{name}") };
    ApiError::Taken(Problem { pointer, detail: fault.to_string() })
}

/// What the store refused, pointed at in what was sent.
fn placed(fault: StoreError, is_batch: bool) -> ApiError {
    match fault {
        StoreError::Refused(refusals) => {
            let problems = refusals.into_iter().flat_map(|refusal| {
                let problems = refusal.problems;
                if is_batch { problems.in_item(refusal.index).0 } else { problems.0 }
            });
            ApiError::Invalid(Problems(problems.collect()))
        }
        other => ApiError::Store(other),
    }
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

fn require_match(request: &HttpRequest, kind: Kind, current: &Stored) -> Result<(), ApiError> {
    if request.headers().get("If-Match").is_none() {
        return Err(ApiError::NoIfMatch);
    }
    if body::matches(request, "If-Match", &body::etag(current.version)) {
        return Ok(());
    }
    Err(StoreError::Stale { kind, reference: current.code.clone(), current: current.version }
        .into())
}

/// Who sends back what was read may leave the computed fields in, if they are as they were.
fn drop_unchanged_read_only(json: &mut Value, current: &Stored) -> Result<(), ApiError> {
    let whole = body::record(current)?;
    let stored = body::parsed(current)?;
    let own = shown(current.kind.schema(), &Value::Null);
    let Some(fields) = json.as_object_mut() else { return Ok(()) };
    fields.remove(body::CONFIRMATION);
    let mut problems = Problems::default();
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
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}
