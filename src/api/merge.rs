//! Records that are found to be the same: merged, and not merged any more; and those that may be.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::Wanted;
use super::params::Params;
use super::record::{answered_before, changeable, read_json, reason, revise, shown_as};
use super::{State, body, computed, export, figure};
use crate::domain::merge::{MERGED_INTO, merged_into, unmerged};
use crate::domain::{Kind, Problems, draft};
use crate::exchange::extract::figures;
use crate::situation::duplicates::{Duplicate, duplicates};
use crate::store::{Action, Reference, Stored};

/// What is asked: into which record, and why.
struct Asked {
    into: String,
    reason: String,
}

fn asked(json: &Value) -> Result<Asked, ApiError> {
    let mut problems = Problems::default();
    let mut text = |name: &str| {
        let text = json.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default();
        if text.is_empty() {
            problems.add_field(name, "is required, a text");
        }
        text.to_owned()
    };
    let asked = Asked { into: text("into"), reason: text("reason") };
    for name in json.as_object().into_iter().flat_map(|fields| fields.keys()) {
        if !["into", "reason"].contains(&name.as_str()) {
            problems.add_field(name, "unknown field; a merge has into and reason");
        }
    }
    if problems.is_empty() { Ok(asked) } else { Err(ApiError::Invalid(problems)) }
}

/// `POST /api/v1/{kinds}/{ref}/merge {into, reason}`: this record is withdrawn, and its code stands for the other.
pub(super) async fn merge(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let asked = asked(&read_json(&request, &sent)?)?;
    let goes = itself(kind, &state, &reader, &reference).await?;
    if goes.withdrawn {
        let before = answered_before(kind, &request, &state, &reader, &sent).await?;
        let gone = match merged_into(&body::parsed(&goes)?) {
            Some(into) => {
                let why = "undo that merge first";
                ApiError::invalid(
                    "",
                    format!("{} was merged into {into} already; {why}", goes.code),
                )
            }
            None => ApiError::Withdrawn(format!("{kind} {}", goes.code)),
        };
        return given(&state, &reader, &before.ok_or(gone)?).await;
    }
    // Whoever merges two records must see both whole, and be one who may change both.
    let stays = itself(kind, &state, &reader, &asked.into).await.map_err(|fault| match fault {
        ApiError::Store(crate::store::StoreError::NotFound { .. }) => {
            ApiError::invalid("/into", format!("there is no {kind} {}", asked.into))
        }
        other => other,
    })?;
    let mut draft = draft(kind, &body::parsed(&goes)?).map_err(ApiError::Invalid)?;
    draft.body[MERGED_INTO] = stays.code.as_str().into();
    let (action, reason) = (Action::Merge, Some(asked.reason));
    let stored = revise(&request, &state, &reader, &goes, draft, action, reason, &sent).await?;
    given(&state, &reader, &stored).await
}

/// `POST /api/v1/{kinds}/{ref}/unmerge {reason}`: the record is back, as it was before it was merged.
pub(super) async fn unmerge(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let reason = reason(&request, &sent)?;
    let gone = itself(kind, &state, &reader, &reference).await?;
    let fields = body::parsed(&gone)?;
    if merged_into(&fields).is_none() {
        let before = answered_before(kind, &request, &state, &reader, &sent).await?;
        let not = ApiError::invalid("", format!("{} is not merged into another", gone.code));
        return given(&state, &reader, &before.ok_or(not)?).await;
    }
    let draft = draft(kind, &unmerged(fields)).map_err(ApiError::Invalid)?;
    let (action, reason) = (Action::Unmerge, Some(reason));
    let stored = revise(&request, &state, &reader, &gone, draft, action, reason, &sent).await?;
    given(&state, &reader, &stored).await
}

/// The record under its own code, as one who may change it sees it: also where the code stands for another by now.
async fn itself(
    kind: Kind,
    state: &State,
    reader: &Reader,
    reference: &str,
) -> Result<Stored, ApiError> {
    let named = Reference::parse(reference);
    let known_at = auth::known_by(state);
    let versions = state.app.store.history(kind, &named, known_at, &reader.clearance).await?;
    let newest = versions.last().ok_or_else(|| ApiError::not_found(kind, reference))?;
    if newest.withdrawn {
        reader.changes(newest.seen.owner.as_ref())?;
        return if newest.seen.is_part { Err(ApiError::PartlyHidden) } else { Ok(newest.clone()) };
    }
    changeable(kind, state, reader, &newest.id.to_string()).await
}

/// The answer to who merged: where the record is stands in it as in what is read.
async fn given(state: &State, reader: &Reader, stored: &Stored) -> Result<HttpResponse, ApiError> {
    export::note(state, reader, stored.kind, "json", [stored]).await?;
    shown_as(&mut HttpResponse::Ok(), stored)
}

/// `GET /api/v1/duplicates?kind=`: records that may tell of the same thing, the most alike first.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::DUPLICATES)?;
    let kind = params.parsed("kind").unwrap_or(Duplicate::Convoy);
    let limit = wanted.limit(&mut params);
    let situation = figure::situation(&mut params, &state, &reader).await?;
    let (from, to) = (params.moment("from", false), params.moment("to", true));
    let areas = figure::areas(&mut params, &situation);
    params.finish()?;
    let of = situation.clone();
    let found = computed(move || duplicates(&of, kind, (from, to), &areas)).await?;
    let rows: Vec<_> = found.iter().take(limit).collect();
    let answer = json!({
        "as_of": situation.as_of, "known_at": situation.known_at, "kind": kind,
        "notes": situation.withheld().into_iter().collect::<Vec<_>>(),
        "data": rows, "total": found.len(),
    });
    wanted.give(&request, &state, &reader, &situation, answer).await
}
