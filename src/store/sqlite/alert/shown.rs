//! What of the lives of alerts is shown to whom.

use rusqlite::params;
use uuid::Uuid;

use super::episodes_by;
use crate::domain::{Kind, Step};
use crate::store::sqlite::sealed::{Eyes, may_see};
use crate::store::sqlite::word;
use crate::store::{KeptEpisode, KeptEvent, StoreResult};

const SELECT_ONE: &str = "SELECT * FROM alert_episode WHERE id = ?1 AND level <= ?2";

const SELECT_NAMES: &str = "SELECT kind, code FROM alert_names WHERE episode = ?1";

/// The episode, if it is one of the reader's level or below, as a letter to such readers names it, that speaks of nothing
/// they may not know.
pub(super) fn shown(eyes: &Eyes<'_>, episode: Uuid) -> StoreResult<Option<KeptEpisode>> {
    let of = params![episode.as_bytes(), eyes.level()];
    let Some(found) = episodes_by(eyes.connection(), SELECT_ONE, of)?.pop() else {
        return Ok(None);
    };
    Ok(if is_shown(eyes, episode)? { Some(blinded(eyes, found)?) } else { None })
}

/// May the reader know of every record that it speaks of? Levels rise, and a convoy can set out again.
pub(super) fn is_shown(eyes: &Eyes<'_>, episode: Uuid) -> StoreResult<bool> {
    let mut statement = eyes.connection().prepare_cached(SELECT_NAMES)?;
    let mut rows = statement.query([episode.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let (kind, code): (Kind, String) = (word(row, "kind")?, row.get("code")?);
        if !is_known(eyes, kind, &code)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_known(eyes: &Eyes<'_>, kind: Kind, code: &str) -> StoreResult<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {kind} k WHERE k.code = ?1 AND k.retired_by IS NULL
                           AND {} AND NOT {} AND ?2 >= 0 AND ?3 IS ?3 AND ?4 IS NOT NULL)",
        may_see("k", "?2", "?3"),
        eyes.under_embargo("k", kind, "?4", "?3")
    );
    let of = params![code, eyes.level(), eyes.organisation(), eyes.at()];
    Ok(eyes.connection().prepare_cached(&sql)?.query_row(of, |row| row.get(0))?)
}

/// The episode without the code of a silence that the reader may not know of; that one keeps it quiet is no secret.
pub(super) fn blinded(eyes: &Eyes<'_>, episode: KeptEpisode) -> StoreResult<KeptEpisode> {
    let silenced_by = match episode.silenced_by {
        Some(code) if !is_known(eyes, Kind::Silence, &code)? => Some(String::new()),
        other => other,
    };
    Ok(KeptEpisode { silenced_by, ..episode })
}

/// The same of an event.
pub(super) fn event(eyes: &Eyes<'_>, event: KeptEvent) -> StoreResult<KeptEvent> {
    // A key is no code: it has a stroke in it, and stands for an alert of the same level.
    let is_code = |note: &&String| event.step == Step::Silenced && !note.contains('/');
    let is_closed = match event.note.as_ref().filter(is_code) {
        Some(code) => !is_known(eyes, Kind::Silence, code)?,
        None => false,
    };
    Ok(if is_closed { KeptEvent { note: None, ..event } } else { event })
}
