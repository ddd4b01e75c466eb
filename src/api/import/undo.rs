//! Taking an import back over HTTP: in one step, or not at all.

use actix_web::{HttpRequest, HttpResponse, web};

use super::super::State;
use super::super::auth::Reader;
use super::super::error::ApiError;
use super::super::params::Params;
use super::super::record;
use super::{found, shown};
use crate::store::{ImportState, Undoing, Undone};

/// `POST /api/v1/imports/{id}/undo {reason}`: what it brought is withdrawn, what it changed has again what it had.
pub(in crate::api) async fn undo(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let reason = record::reason(&request, &sent)?;
    let kept = found(&state, &reader, &id).await?;
    let clock = state.app.clock;
    let order = Undoing {
        id: kept.new.id,
        actor: reader.actor.clone(),
        clearance: reader.clearance.clone(),
        reason,
        recorded_at: clock.recorded_at(),
        learned_at: clock.now(),
    };
    match state.app.store.undo_import(order).await? {
        Undone::Done { .. } => {
            let sequence = state.app.store.sequence().await?;
            state.app.situations.catch_up_to(sequence).await?;
        }
        // Twice does no more than once.
        Undone::Not(ImportState::Undone) => {}
        Undone::Not(other) => return Err(ApiError::NotCommitted(other)),
        Undone::Closed => return Err(ApiError::PartlyClosed),
        Undone::Changed { listed, more } => return Err(ApiError::ChangedSince(listed, more)),
    }
    let kept = found(&state, &reader, &id).await?;
    Ok(HttpResponse::Ok().json(shown(&kept, &state, &reader)?))
}
