//! Checkpoints of the ledger, what upkeep was done, and what is left of records that were purged.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::{State, body};
use crate::domain::Kind;
use crate::keeping::checkpoint::Signer;
use crate::store::{PurgeNote, Reference, StoreError};

/// `GET /api/v1/checkpoint`: where the ledger stands, signed; a text to keep elsewhere.
pub(super) async fn checkpoint(
    request: HttpRequest,
    state: web::Data<State>,
    _reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let head = state.app.store.head().await?;
    let signer = Signer::of(&state.app.data).map_err(|fault| StoreError::Backend(fault.into()))?;
    let checkpoint = signer.checkpoint(&head, state.app.clock.recorded_at());
    Ok(body::text(&request, "text/plain; charset=utf-8", checkpoint.to_string()))
}

/// `GET /api/v1/upkeep`: when backups and purges were last tried and done, and what came of them.
pub(super) async fn upkeep(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let done = state.app.store.upkeep().await?;
    let settings = &state.app.settings;
    let limits: serde_json::Map<String, Value> =
        settings.retention.limits().map(|(kind, days)| (kind.to_string(), days.into())).collect();
    let set =
        json!({ "backup_every_hours": settings.backup.every_hours, "retention_days": limits });
    body::answer(&request, &json!({ "data": done, "total": done.len(), "settings": set }))
}

/// What is said of a record that is not there: that it was purged, or what was said before.
pub(super) async fn gone(
    kind: Kind,
    state: &State,
    reader: &Reader,
    reference: &Reference,
    missing: StoreError,
) -> ApiError {
    match note(kind, state, reader, reference, missing).await {
        Ok(note) => ApiError::Purged(sentence(kind, &note)),
        Err(missing) => missing,
    }
}

/// The purge of a record that is not there.
///
/// # Errors
///
/// What was said of it before, where it was not purged.
pub(super) async fn note(
    kind: Kind,
    state: &State,
    reader: &Reader,
    reference: &Reference,
    missing: StoreError,
) -> Result<PurgeNote, ApiError> {
    if !matches!(missing, StoreError::NotFound { .. }) {
        return Err(missing.into());
    }
    let note = state.app.store.purge_note(kind, reference, &reader.clearance).await?;
    note.ok_or_else(|| missing.into())
}

fn sentence(kind: Kind, note: &PurgeNote) -> String {
    format!(
        "this {kind} was purged on {} by {}, because: {}",
        note.at.format("%Y-%m-%d"),
        note.actor,
        note.reason
    )
}

/// The history of a purged record: one row, which says so.
pub(super) fn history(kind: Kind, note: &PurgeNote) -> Value {
    let row = json!({
        "version": note.sequence,
        "recorded_at": note.at,
        "learned_at": note.at,
        "retired_at": null,
        "withdrawn": true,
        "actor": note.actor,
        "action": "purge",
        "reason": note.reason,
        "changes": [],
    });
    let says = sentence(kind, note);
    json!({ "data": [row], "total": 1, "purged": says, "versions_destroyed": note.versions })
}
