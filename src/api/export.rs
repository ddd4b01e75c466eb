//! Who is given exact positions that fewer may see: written down before the answer goes out.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use crate::domain::Kind;
use crate::exchange::extract::service;
use crate::store::{Export, Stored};

/// Writes down which exact positions are about to be given; where that fails they are not given.
pub(super) async fn note(
    state: &State,
    reader: &Reader,
    kind: Kind,
    form: &str,
    rows: impl IntoIterator<Item = &Stored>,
) -> Result<(), ApiError> {
    let exact = rows.into_iter().filter(|stored| stored.seen.exact_position);
    note_of(state, reader, kind, form, exact.map(|stored| stored.id).collect()).await
}

/// The same by the ids of the records whose exact positions are given.
pub(super) async fn note_of(
    state: &State,
    reader: &Reader,
    kind: Kind,
    form: &str,
    mut ids: Vec<Uuid>,
) -> Result<(), ApiError> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let (actor, form) = (reader.actor.clone(), form.to_owned());
    let recorded_at = state.app.clock.recorded_at();
    Ok(state.app.store.note_export(Export { actor, recorded_at, kind, ids, form }).await?)
}

/// `GET /api/v1/exports?after=&limit=`: who was given which exact positions, for auditors.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::EXPORTS)?;
    let (after, limit) = (params.after(), wanted.rows(&mut params));
    params.finish()?;
    let exports = state.app.store.exports(after, limit, &reader.clearance).await?;
    let last = exports.last().map_or(after, |export| export.sequence);
    let next = (exports.len() == limit).then(|| ("after", last.to_string()));
    let answer = json!({ "data": exports, "next": last, "total": exports.len() });
    wanted.give_page(&request, &state, &reader, Page::of_now(&state, answer, next, None)).await
}
