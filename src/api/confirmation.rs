//! Who stands by a record: told beside its fields, out of the ledger.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::{State, body};
use crate::store::{Action, Entry, Reference, Stored};

/// Who confirmed a record, when and why; `None` where nobody did.
pub(super) async fn confirmation(
    state: &State,
    reader: &Reader,
    stored: &Stored,
    known_at: DateTime<Utc>,
) -> Result<Option<Value>, ApiError> {
    let fields = body::parsed(stored)?;
    let Some(why) = fields["confirmed"].as_str() else { return Ok(None) };
    let reference = Reference::Id(stored.id);
    let versions =
        state.app.store.history(stored.kind, &reference, known_at, &reader.clearance).await?;
    for version in versions.iter().rev().filter(|version| version.version <= stored.version) {
        // What was confirmed before it was changed is not what is confirmed now.
        if body::parsed(version)?["confirmed"].is_null() {
            break;
        }
        let entry = entry(state, reader, version, known_at).await?;
        if let Some(entry) = entry.filter(|entry| entry.action == Action::Confirm) {
            let told = json!({ "by": entry.actor, "at": entry.recorded_at, "why": why });
            return Ok(Some(told));
        }
    }
    // It came with the record, as in an import: who wrote that version is in its history.
    Ok(None)
}

/// The entry that a version came with, as the reader sees it at a moment; never that of another in its place.
pub(super) async fn entry(
    state: &State,
    reader: &Reader,
    stored: &Stored,
    at: DateTime<Utc>,
) -> Result<Option<Entry>, ApiError> {
    let entries = state.app.store.changes(stored.version - 1, 1, &reader.clearance, at).await?;
    Ok(entries.into_iter().find(|entry| entry.sequence == stored.version))
}
