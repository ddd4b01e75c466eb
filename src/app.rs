//! The composition root: the only place that names [`SqliteStore`]. Built the same for `main` and for tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assess::delivery::AssumedRation;
use crate::atlas::Atlases;
use crate::clock::Clock;
use crate::config::Settings;
use crate::disclose::Watch;
use crate::folder::refuse_network;
use crate::keys::{Key, Keys, Purpose};
use crate::pulse::{Pulse, Task};
use crate::situation::Situations;
use crate::situation::standards::Losses;
use crate::situation::standards::Standards;
use crate::store::{Health, Key as StoreKey, Opening, SqliteStore, Store, StoreError, StoreResult};
use crate::store_key;
use crate::token;

/// The file of data inside the data folder.
pub const STORE_FILE: &str = "passage.sqlite";

/// Everything that a request, a job or a command needs.
pub struct App {
    /// The data.
    pub store: Arc<dyn Store>,
    /// The read model.
    pub situations: Situations,
    /// The boundaries of administrative units.
    pub atlases: Atlases,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Settings,
    /// The data folder.
    pub data: PathBuf,
    /// The key that secrets of tokens and sessions are hashed with.
    pub token_key: Key,
    /// When the tasks that run by themselves last ran.
    pub pulse: Pulse,
}

impl App {
    /// Opens the data folder, which must exist, for the server: from now on its rules of the gate are in force.
    ///
    /// # Errors
    ///
    /// When the store cannot be opened or read.
    pub async fn build(data: &Path, clock: Clock, settings: Settings) -> StoreResult<Self> {
        let store = open(data, &settings, key_of(data, &settings)?, clock, true)?;
        Self::over(Arc::new(store), data, clock, settings).await
    }

    /// The same for a command that computes figures beside the server: its rules of the gate must be those in force.
    ///
    /// # Errors
    ///
    /// As [`App::build`], and when the records were sealed by other rules.
    pub async fn beside(data: &Path, clock: Clock, settings: Settings) -> StoreResult<Self> {
        let store = open(data, &settings, key_of(data, &settings)?, clock, false)?;
        store.must_be_sealed_alike()?;
        Self::over(Arc::new(store), data, clock, settings).await
    }

    async fn over(
        store: Arc<dyn Store>,
        data: &Path,
        clock: Clock,
        settings: Settings,
    ) -> StoreResult<Self> {
        let token_key = token_key(data)?;
        adopt_tokens(&*store, &token_key).await?;
        let situations = Situations::load(Arc::clone(&store), clock, ration_of(&settings)).await?;
        let upkeep = store.upkeep().await?;
        let noted = Task::ALL.iter().filter_map(|task| {
            let noted = upkeep.iter().find(|noted| noted.task == task.noted_as())?;
            Some((*task, noted.done_at?))
        });
        let atlases = Atlases::of(Arc::clone(&store));
        let (data, pulse) = (data.to_owned(), Pulse::resumed(noted, clock.recorded_at()));
        Ok(Self { store, situations, atlases, clock, settings, data, token_key, pulse })
    }

    /// Notes that a task ran: at once for whoever asks, and at most once a minute in the store, for the next start.
    pub async fn note_ran(&self, task: Task) {
        let at = self.clock.recorded_at();
        if !self.pulse.note(task, at) {
            return;
        }
        if let Err(fault) = self.store.note_upkeep(&task.noted_as(), at, Ok(String::new())).await {
            tracing::warn!(error = %fault, %task, "That a task ran could not be noted");
        }
    }

    /// The ration that is assumed where a source states none, as set.
    #[must_use]
    pub fn ration(&self) -> AssumedRation {
        ration_of(&self.settings)
    }

    /// The standards of the alert rules, as set.
    #[must_use]
    pub fn standards(&self) -> Standards {
        Standards::of_settings(&self.settings)
    }

    /// What food loses on the way, as set.
    #[must_use]
    pub fn losses(&self) -> Losses {
        self.standards().losses
    }
}

/// Opens the store alone, for commands that need no read model.
///
/// # Errors
///
/// When the file cannot be opened or lies on another machine.
pub fn open_store(data: &Path, settings: &Settings) -> StoreResult<Arc<dyn Store>> {
    Ok(Arc::new(open(data, settings, key_of(data, settings)?, Clock::Wall, false)?))
}

/// The same with a key that was read before, so that nobody is asked twice for a passphrase.
///
/// # Errors
///
/// As [`open_store`].
pub fn open_store_by(
    data: &Path,
    settings: &Settings,
    key: Option<StoreKey>,
) -> StoreResult<Arc<dyn Store>> {
    Ok(Arc::new(open(data, settings, key, Clock::Wall, false)?))
}

/// The key of the store in a data folder, as the settings name it; `None` where it is not encrypted.
///
/// # Errors
///
/// When the settings name a key that is not there or is none.
pub fn key_of(data: &Path, settings: &Settings) -> StoreResult<Option<StoreKey>> {
    store_key::of(&data.join(STORE_FILE), &settings.store)
        .map_err(|fault| StoreError::Key(fault.to_string()))
}

/// `renew`: versions that were sealed by other rules of the gate are sealed by these from now on.
fn open(
    data: &Path,
    settings: &Settings,
    key: Option<StoreKey>,
    clock: Clock,
    renew: bool,
) -> StoreResult<SqliteStore> {
    refuse_network(data).map_err(|fault| StoreError::WrongPlace(fault.to_string()))?;
    let path = data.join(STORE_FILE);
    let (readers, rules) = (settings.store.readers, settings.gate.clone());
    let watch = Some(Watch::of(move || clock.now()));
    SqliteStore::open_as(&path, Opening { readers, rules, renew, key, watch })
}

/// How the file of a data folder is, also where it is damaged; nothing in it is changed.
///
/// # Errors
///
/// When it cannot be opened at all, or its key is not there.
pub fn store_health(data: &Path, settings: &Settings) -> StoreResult<Health> {
    let path = data.join(STORE_FILE);
    // Nobody is asked for the passphrase of nothing.
    let key = if path.exists() { key_of(data, settings)? } else { None };
    SqliteStore::health(&path, key.as_ref())
}

/// Brings the file of a data folder that was just closed to rest, so that it can be moved alone.
///
/// # Errors
///
/// When it is still in use.
pub fn rest_store(data: &Path, key: Option<&StoreKey>) -> StoreResult<()> {
    SqliteStore::rest(&data.join(STORE_FILE), key)
}

/// The key that secrets of tokens and sessions of a data folder are hashed with.
///
/// # Errors
///
/// When it cannot be read or made.
pub fn token_key(data: &Path) -> StoreResult<Key> {
    let key = Keys::of(data).key(Purpose::Token);
    key.map_err(|fault| StoreError::Unusable(format!("the key of the tokens: {fault}")))
}

/// Brings the hashes of tokens that an earlier Passage made under the key; the tokens go on working.
///
/// # Errors
///
/// When the store fails.
pub async fn adopt_tokens(store: &dyn Store, key: &Key) -> StoreResult<()> {
    let key = key.clone();
    let count = store.key_tokens(Box::new(move |unkeyed| token::keyed(&key, unkeyed))).await?;
    if count > 0 {
        tracing::info!(count, "Hashes of tokens were brought under the key");
    }
    Ok(())
}

fn ration_of(settings: &Settings) -> AssumedRation {
    Standards::of_settings(settings).ration
}
