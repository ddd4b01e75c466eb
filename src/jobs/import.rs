//! Imports of files that were sent: one after the other, on record, from the folder where the files lie.
//!
//! A folder for each import, named after it. It goes when the import is in or refused, and after some hours where it
//! was only tried.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::JobError;
use crate::app::App;
use crate::exchange::import::{self, ImportError, Options, Progress, Summary, Together, WrongRows};
use crate::store::{EndedImport, ImportState, Store, StoreError};

/// The folder inside the data folder.
pub const FOLDER: &str = "imports";

/// Why an import that a server left behind is not in.
const STOPPED: &str =
    "the server stopped while this ran, and nothing of it is in: send the files again";

/// Why files that were tried are not committed.
const NOT_WHOLE: &str = "the files that were tried are not whole any more: send them again";

/// The folder of one import.
#[must_use]
pub fn folder(data: &Path, id: Uuid) -> PathBuf {
    data.join(FOLDER).join(id.to_string())
}

/// The imports that run in this program.
#[derive(Debug)]
pub struct Imports {
    /// The store has one writer, which an import holds: a second one would only wait there.
    turn: Semaphore,
    running: Mutex<HashMap<Uuid, Progress>>,
}

impl Default for Imports {
    fn default() -> Self {
        Self { turn: Semaphore::new(1), running: Mutex::default() }
    }
}

impl Imports {
    /// How far an import is; `None` where it does not run.
    #[must_use]
    pub fn progress(&self, id: Uuid) -> Option<Progress> {
        self.locked().get(&id).cloned()
    }

    /// Takes an import on; `None` where it runs already.
    #[must_use]
    pub fn take(self: &Arc<Self>, id: Uuid) -> Option<Running> {
        let mut running = self.locked();
        if running.contains_key(&id) {
            return None;
        }
        running.insert(id, Progress::default());
        Some(Running { imports: Arc::clone(self), id })
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<Uuid, Progress>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An import that runs, until this is dropped.
#[derive(Debug)]
pub struct Running {
    imports: Arc<Imports>,
    id: Uuid,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.imports.locked().remove(&self.id);
    }
}

/// Imports the files in the folder of an import that is on record, and notes there what came of it.
///
/// # Errors
///
/// When the store fails; the import is refused then.
pub async fn run(app: Arc<App>, running: Running, options: Options) -> Result<(), StoreError> {
    let id = running.id;
    let folder = folder(&app.data, id);
    // Nobody closes it.
    let _turn = running.imports.turn.acquire().await;
    let mut say = |progress: &Progress| {
        running.imports.locked().insert(id, progress.clone());
    };
    let options = Options { id: Some(id), together: Together::All, ..options };
    let done = match files_in(&folder) {
        Ok(paths) => import::run(&*app.store, &paths, &options, app.clock, &mut say).await,
        Err(_gone) => Err(ImportError::Nothing(NOT_WHOLE.to_owned())),
    };
    let now = app.clock.recorded_at();
    let until = now + TimeDelta::hours(app.settings.upload.keep_hours.into());
    let ended = |state, report: &Value| {
        let (kept_until, report) = (Some(until), report.to_string());
        EndedImport { id, state, ended_at: now, kept_until, report }
    };
    let outcome = match done {
        // What is in was noted with it.
        Ok(_) if !options.dry_run => {
            let sequence = app.store.sequence().await?;
            app.situations.catch_up_to(sequence).await
        }
        Ok(summary) => {
            let report = summary.report(&WrongRows::default());
            return app.store.end_import(ended(ImportState::Tried, &report)).await;
        }
        Err(fault) => {
            let (report, fault) = refusal(fault);
            let noted = app.store.end_import(ended(ImportState::Refused, &report)).await;
            fault.map_or(noted, Err)
        }
    };
    remove(&folder);
    outcome
}

/// What is told of an import that is not in, and the fault of the store that it failed by.
fn refusal(fault: ImportError) -> (Value, Option<StoreError>) {
    match fault.told() {
        Ok((done, wrong)) => (done.report(&wrong), None),
        Err(fault) => {
            let wrong = WrongRows::of_all("the store failed while this ran; nothing of it is in");
            (Summary::default().report(&wrong), Some(fault))
        }
    }
}

/// The files of an import, by name.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort_unstable();
    Ok(paths)
}

/// Are the files of an import there as they were received? `files` says so, as they stand on record.
#[must_use]
pub fn is_whole(folder: &Path, files: &Value) -> bool {
    let is_there = |file: &Value| {
        let (name, digest) = (file["file"].as_str(), file["blake3"].as_str());
        let hashed = name.and_then(|name| hash(&folder.join(name)).ok());
        hashed.is_some_and(|hash| Some(hash.to_hex().as_str()) == digest)
    };
    let files = files.as_array().map_or(&[][..], Vec::as_slice);
    !files.is_empty() && files.iter().all(is_there)
}

fn hash(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
}

/// Removes the folder of an import, if it is there.
pub fn remove(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
            tracing::error!(error = %fault, "The files of an import could not be removed");
        }
        _ => {}
    }
}

/// Tells the truth of what an earlier server left running; called before this one takes anything.
///
/// # Errors
///
/// When the store fails.
pub async fn settle(app: &App) -> Result<(), JobError> {
    let report = Summary::default().report(&WrongRows::of_all(STOPPED)).to_string();
    let now = app.clock.recorded_at();
    let count = app.store.break_off_imports(now, report).await?;
    if count > 0 {
        tracing::warn!(count, "Imports that ran when the server stopped are refused");
    }
    tidy(&*app.store, &app.data, now, TimeDelta::zero()).await
}

/// Ends imports whose files were kept long enough, and removes the files that belong to none and are so old.
///
/// # Errors
///
/// When the store fails.
pub async fn tidy(
    store: &dyn Store,
    data: &Path,
    now: DateTime<Utc>,
    age: TimeDelta,
) -> Result<(), JobError> {
    let Ok(entries) = fs::read_dir(data.join(FOLDER)) else { return Ok(()) };
    let kept = store.expire_imports(now).await?;
    for entry in entries.flatten() {
        let id = entry.file_name().to_string_lossy().parse::<Uuid>().ok();
        let modified = entry.metadata().and_then(|about| about.modified());
        // By the clock of the machine, as the file system has it.
        let has_age = modified
            .ok()
            .and_then(|at| at.elapsed().ok())
            .is_some_and(|passed| TimeDelta::from_std(passed).is_ok_and(|passed| passed >= age));
        if id.is_none_or(|id| !kept.contains(&id)) && (has_age || age == TimeDelta::zero()) {
            remove(&entry.path());
        }
    }
    Ok(())
}
