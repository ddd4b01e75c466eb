//! Episodes between the rules and the store: the alert inside is kept as JSON.

use super::JobError;
use crate::situation::alert::Alert;
use crate::situation::alert::life::Episode;
use crate::store::{KeptEpisode, StoreError, StoreResult};

/// An alert as it is kept.
pub(super) fn body(alert: &Alert) -> String {
    // Its numbers are JSON already, and everything else is words.
    serde_json::to_string(alert).unwrap_or_default()
}

/// The alert of an episode that was kept.
///
/// # Errors
///
/// When it was kept by a program that wrote alerts otherwise.
pub fn alert(kept: &KeptEpisode) -> StoreResult<Alert> {
    serde_json::from_str(&kept.body).map_err(|fault| {
        let (id, column) = (kept.id, fault.column());
        StoreError::Corrupt(format!("alert {id} cannot be read at character {column}"))
    })
}

/// The episode that was kept.
///
/// # Errors
///
/// As [`alert`].
pub fn episode(kept: &KeptEpisode) -> StoreResult<Episode> {
    Ok(Episode {
        alert: alert(kept)?,
        number: kept.number,
        gravest: kept.gravest,
        raised_at: kept.raised_at,
        updated_at: kept.updated_at,
        resolved_at: kept.resolved_at,
    })
}

pub(super) fn read(kept: KeptEpisode) -> Result<super::look::Read, JobError> {
    let episode = episode(&kept)?;
    Ok(super::look::Read { kept, episode, is_closed: false })
}
