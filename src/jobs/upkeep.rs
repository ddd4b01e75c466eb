//! The regular duties: backups by their setting, and purging what is older than it shall be kept.
//!
//! What was missed while the program did not run is made up at its start, once. What came of the last try stands
//! in the store.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{JobError, import, report};
use crate::app::App;
use crate::keeping::backup::{self, BackupDone, BackupOrder};
use crate::keeping::disk;
use crate::store::{Doomed, PurgeOrder, Purged, REWRITE, Rewrite, Store, Upkeep};
use crate::store_key;

/// The word of the duty to make backups.
pub const BACKUP: &str = "backup";

/// The word of the duty to purge by age.
pub const RETENTION: &str = "retention";

/// The word of the duty to walk the ledger, which every backup does.
pub const VERIFY: &str = "verify";

/// Who purges by age, as the ledger names it.
const ACTOR: &str = "retention";

/// Why the file could not be written anew.
const HINDERED: &str =
    "a long reader kept the log from being emptied, and bytes of what was purged are left in it";

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_mins(1);

/// After a failed try this long is waited.
const AFTER_FAILURE: TimeDelta = TimeDelta::minutes(10);

/// How far a done duty may lie in the future before the clock is taken to have been set back.
const SET_BACK: TimeDelta = TimeDelta::hours(1);

/// Is a duty due that is done this often?
#[must_use]
pub fn is_due(every: TimeDelta, last: Option<&Upkeep>, now: DateTime<Utc>) -> bool {
    let Some(last) = last else { return true };
    let since = |at: DateTime<Utc>, pause| now - at >= pause || at - now > SET_BACK;
    let is_old = last.done_at.is_none_or(|done| since(done, every));
    is_old && (!last.has_failed() || since(last.tried_at, AFTER_FAILURE))
}

/// Does what is due now.
///
/// # Errors
///
/// The first failure, after every duty had its turn.
pub async fn run_due(app: &App) -> Result<(), JobError> {
    let now = app.clock.recorded_at();
    let done = app.store.upkeep().await?;
    let last = |task: &str| done.iter().find(|upkeep| upkeep.task == task);
    let hours = app.settings.backup.every_hours;
    let mut outcome = Ok(());
    if hours > 0 && is_due(TimeDelta::hours(hours.into()), last(BACKUP), now) {
        outcome = back_up(app, now).await.map(|_made| ());
    }
    let has_limits = app.settings.retention.limits().next().is_some();
    if has_limits && is_due(TimeDelta::days(1), last(RETENTION), now) {
        outcome = outcome.and(retain(app, now).await);
    }
    let age = TimeDelta::hours(app.settings.upload.keep_hours.into());
    outcome = outcome.and(import::tidy(&*app.store, &app.data, now, age).await);
    let left = last(REWRITE).filter(|left| left.has_failed());
    if left.is_some() && is_due(AFTER_FAILURE, left, now) {
        outcome = outcome.and(rewrite(&*app.store, now).await.map(|_done| ()));
    }
    outcome
}

/// Does what is due, for as long as the program runs.
pub async fn run_forever(app: Arc<App>) {
    loop {
        if let Err(fault) = run_due(&app).await {
            tracing::error!(error = %fault, "A regular duty could not be done");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The folder that scheduled backups go into.
#[must_use]
pub fn backup_folder(data: &Path, settings: &crate::config::Backup) -> PathBuf {
    data.join(&settings.folder)
}

/// Makes the scheduled backup, removes the oldest, and notes what came of it.
async fn back_up(app: &App, now: DateTime<Utc>) -> Result<BackupDone, JobError> {
    let settings = &app.settings.backup;
    let folder = backup_folder(&app.data, settings);
    let recipient = Some(settings.recipient.clone()).filter(|recipient| !recipient.is_empty());
    let end = if recipient.is_some() { "backup.age" } else { "backup" };
    let to = folder.join(format!("passage-{}.{end}", now.format("%Y-%m-%dT%H%M%SZ")));
    let store_key = store_key::file(&app.settings.store);
    let order = BackupOrder { to, recipient, with_keys: false, store_key };
    let made = async {
        fs::create_dir_all(&folder)
            .map_err(|cause| JobError::File { path: folder.clone(), cause })?;
        let made = backup::make(&*app.store, &app.data, order, now, Box::new(|_, _| ())).await;
        made.map_err(|fault| JobError::Refused(fault.to_string()))
    };
    let made: Result<BackupDone, JobError> = made.await;
    note_backup(&*app.store, now, &made).await;
    let made = made?;
    // The backup is good, whatever becomes of those before it.
    if let Err(fault) = remove_oldest(&folder, &made.to, settings.keep) {
        tracing::error!(error = %fault, "An old backup could not be removed");
    }
    Ok(made)
}

/// Notes what came of a backup, and that its copy was walked. A walk that found something stands until the next walk
/// by `passage verify`, which looks at checkpoints too. Where the disk refuses the note, the backup is as good.
pub async fn note_backup<E: std::fmt::Display>(
    store: &dyn Store,
    now: DateTime<Utc>,
    made: &Result<BackupDone, E>,
) {
    let outcome = made.as_ref().map(told).map_err(ToString::to_string);
    let noted = async {
        store.note_upkeep(BACKUP, now, outcome).await?;
        let Ok(made) = made else { return Ok(()) };
        let notes = store.upkeep().await?;
        if notes.iter().any(|note| note.task == VERIFY && note.has_failed()) {
            return Ok(());
        }
        let walked = format!("walked with a backup, {} entries", made.manifest.head.sequence);
        store.note_upkeep(VERIFY, now, Ok(walked)).await
    };
    if let Err(fault) = noted.await {
        tracing::error!(error = %fault, "What came of a backup could not be noted");
    }
}

/// A backup in a sentence.
#[must_use]
pub fn told(made: &BackupDone) -> String {
    let how = if made.is_encrypted { "encrypted" } else { "not encrypted" };
    format!(
        "{}, {}, {how}, up to entry {}",
        made.to.display(),
        disk::in_words(made.bytes),
        made.manifest.head.sequence
    )
}

/// The backups that the program named itself, the newest first.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn backups(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("passage-")
                && (name.ends_with(".backup") || name.ends_with(".backup.age"))
        })
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// Keeps so many backups, the one that was just made among them, whatever time the names of the others tell: the clock
/// may have been set back.
fn remove_oldest(folder: &Path, made: &Path, keep: usize) -> Result<(), JobError> {
    let found =
        backups(folder).map_err(|cause| JobError::File { path: folder.to_owned(), cause })?;
    let others = found.iter().filter(|path| *path != made);
    for path in others.skip(keep.saturating_sub(1)) {
        fs::remove_file(path).map_err(|cause| JobError::File { path: path.clone(), cause })?;
    }
    Ok(())
}

/// Purges what is older than the settings keep it.
async fn retain(app: &App, now: DateTime<Utc>) -> Result<(), JobError> {
    let mut purged = 0;
    let mut failed = None;
    for (kind, days) in app.settings.retention.limits() {
        let order = PurgeOrder {
            kind,
            doomed: Doomed::Before(now - TimeDelta::days(days.into())),
            actor: ACTOR.to_owned(),
            reason: format!("older than the {days} days that such records are kept"),
            recorded_at: now,
            dry_run: false,
        };
        match purge(&*app.store, &app.data, order).await {
            Ok(done) => purged += done.records.len(),
            Err(fault) => {
                failed.get_or_insert(fault);
            }
        }
    }
    match rewrite(&*app.store, now).await {
        Ok(Rewrite::Hindered) => {
            failed.get_or_insert(JobError::Refused(HINDERED.to_owned()));
        }
        Ok(_) => {}
        Err(fault) => {
            failed.get_or_insert(fault);
        }
    }
    let outcome = failed
        .as_ref()
        .map_or(Ok(format!("{purged} records purged")), |fault| Err(fault.to_string()));
    app.store.note_upkeep(RETENTION, now, outcome).await?;
    failed.map_or(Ok(()), Err)
}

/// Destroys what records say, and the files of the reports that named them. Bytes of them are left in the file of the
/// store until [`rewrite`] is done.
///
/// # Errors
///
/// When the store fails, or a file cannot be removed. The same order again does what is left then.
pub async fn purge(store: &dyn Store, data: &Path, order: PurgeOrder) -> Result<Purged, JobError> {
    let found = store.purge(PurgeOrder { dry_run: true, ..order.clone() }).await?;
    if order.dry_run {
        return Ok(found);
    }
    // The files go first: once the records are gone, nothing tells which reports named them.
    remove_reports(data, &found)?;
    let recorded_at = order.recorded_at;
    let purged = store.purge(order).await?;
    // Once more, as a report may have been made meanwhile.
    remove_reports(data, &purged)?;
    // Files that wait to be committed may hold it; a purge ends their imports.
    import::tidy(store, data, recorded_at, TimeDelta::zero()).await?;
    Ok(purged)
}

fn remove_reports(data: &Path, purged: &Purged) -> Result<(), JobError> {
    let mut reports = purged.reports.iter();
    reports.try_for_each(|(schedule, period_end)| report::remove_files(data, schedule, *period_end))
}

/// Writes the file of the store anew where something was purged, and notes why where that could not be done.
///
/// # Errors
///
/// When the store fails.
pub async fn rewrite(store: &dyn Store, now: DateTime<Utc>) -> Result<Rewrite, JobError> {
    let outcome = store.rewrite().await;
    let why = match &outcome {
        Ok(Rewrite::Hindered) => HINDERED.to_owned(),
        Err(fault) => fault.to_string(),
        Ok(_) => return Ok(outcome?),
    };
    let noted = store.note_upkeep(REWRITE, now, Err(why)).await;
    let done = outcome?;
    Ok(noted.map(|()| done)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn last(tried: &str, done: Option<&str>) -> Upkeep {
        Upkeep {
            task: BACKUP.to_owned(),
            tried_at: at(tried),
            done_at: done.map(at),
            detail: String::new(),
        }
    }

    #[test]
    fn a_duty_is_due_when_its_time_is_over_and_not_before() {
        let day = TimeDelta::days(1);
        assert!(is_due(day, None, at("2016-07-26T07:00:00Z")));
        let done = last("2016-07-26T07:00:00Z", Some("2016-07-26T07:00:00Z"));
        assert!(!is_due(day, Some(&done), at("2016-07-27T06:59:59Z")));
        assert!(is_due(day, Some(&done), at("2016-07-27T07:00:00Z")));
        assert!(
            is_due(day, Some(&done), at("2016-09-01T00:00:00Z")),
            "after a month without power"
        );
    }

    #[test]
    fn a_failed_duty_is_tried_again_after_a_while() {
        let day = TimeDelta::days(1);
        let failed = last("2016-07-27T07:00:00Z", Some("2016-07-26T07:00:00Z"));
        assert!(!is_due(day, Some(&failed), at("2016-07-27T07:05:00Z")));
        assert!(is_due(day, Some(&failed), at("2016-07-27T07:10:00Z")));
        let never = last("2016-07-27T07:00:00Z", None);
        assert!(!is_due(day, Some(&never), at("2016-07-27T07:05:00Z")));
    }

    #[test]
    fn the_backup_that_was_just_made_stays_also_where_others_are_of_a_later_day() {
        let home = tempfile::tempdir().unwrap();
        let file = |day: &str| home.path().join(format!("passage-{day}T070000Z.backup"));
        for day in ["2016-07-26", "2026-11-28", "2026-11-29", "2026-11-30"] {
            fs::write(file(day), "").unwrap();
        }
        let made = file("2016-07-26");
        remove_oldest(home.path(), &made, 2).unwrap();
        assert_eq!(backups(home.path()).unwrap(), [file("2026-11-30"), made]);
    }

    #[test]
    fn a_clock_that_was_set_back_stops_no_duty() {
        let done = last("2026-07-26T07:00:00Z", Some("2026-07-26T07:00:00Z"));
        assert!(is_due(TimeDelta::days(1), Some(&done), at("2016-07-26T07:00:00Z")));
        assert!(!is_due(TimeDelta::days(1), Some(&done), at("2026-07-26T06:59:00Z")));
    }
}
