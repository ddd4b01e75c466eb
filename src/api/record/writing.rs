//! A record on its way into the store: checked, written, and read back for who wrote it.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde_json::Value;

use super::super::auth::{self, Reader};
use super::super::error::ApiError;
use super::super::{State, body, telling};
use crate::clock;
use crate::domain::faults::named;
use crate::domain::{Draft, Kind, Mention, Pointer, Problem, Problems, draft};
use crate::store::{Action, Basis, Change, Cut, Reference, StoreError, Stored, Write, Written};

/// The place in the ledger that a write came to.
pub(in crate::api) fn newest(written: &[Written]) -> i64 {
    written.iter().map(|written| written.version).max().unwrap_or(0)
}

/// What was answered to the same request before, if it is sent again under its key.
pub(in crate::api) async fn answered_before(
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
pub(in crate::api) async fn version(
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

/// A convoy to compute from: of one under way there is nothing that a figure could rest on.
pub(in crate::api) async fn convoy(
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
pub(in crate::api) async fn changeable(
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
pub(in crate::api) async fn revise(
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
pub(in crate::api) fn shown_as(
    response: &mut HttpResponseBuilder,
    stored: &Stored,
) -> Result<HttpResponse, ApiError> {
    Ok(response.insert_header(("ETag", body::etag(stored.version))).json(body::record(stored)?))
}

/// The change that a draft asks for, on its way through the gate.
pub(in crate::api) fn change(draft: Draft, action: Action, basis: Basis) -> Change {
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

pub(in crate::api) fn write(
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

/// Every item through its door. All that is wrong with all items is said at once: what cannot be read, what contradicts
/// itself, what cannot be delivered to, and what is named and not there.
pub(super) async fn drafts(
    kind: Kind,
    items: &[Value],
    is_batch: bool,
    state: &State,
    reader: &Reader,
) -> Result<Vec<Draft>, ApiError> {
    let mut problems = Problems::default();
    let mut drafts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if problems.0.len() >= Problems::MOST {
            break;
        }
        let mut found = Problems::default();
        match draft(kind, item) {
            Ok(draft) => drafts.push(draft),
            Err(wrong) => found = wrong,
        }
        telling::check(kind, item, &Pointer::Root, state, &mut found);
        problems.0.extend(if is_batch { found.in_item(index) } else { found }.0);
    }
    if problems.is_empty() {
        for draft in &mut drafts {
            telling::complete(draft, reader);
        }
        telling::allowed(kind, &drafts, reader)?;
        return Ok(drafts);
    }
    let unknown = unknown(kind, items, is_batch, &problems);
    problems.0.extend(state.app.store.unknown(unknown, &reader.clearance).await?);
    problems.0.truncate(Problems::MOST);
    Err(ApiError::Invalid(problems))
}

/// What the items name, without what comes with one of them.
fn unknown(kind: Kind, items: &[Value], is_batch: bool, wrong: &Problems) -> Vec<Mention> {
    let codes: HashSet<&str> =
        items.iter().filter_map(|item| item.get("code").and_then(Value::as_str)).collect();
    let all = items.iter().enumerate().flat_map(|(index, item)| {
        let at = if is_batch { format!("/{index}") } else { String::new() };
        named(kind, item, &at, wrong)
    });
    all.filter(|mention| mention.kind != kind || !codes.contains(mention.code.as_str()))
        .take(Problems::MOST)
        .collect()
}

/// What is taken, the code or the id, pointed at in what was sent; other faults as ever.
pub(in crate::api) fn taken(
    fault: StoreError,
    codes: &[Option<String>],
    is_batch: bool,
) -> ApiError {
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
