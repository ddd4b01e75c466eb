//! Imports: who brought in what, what came of it, and how it is undone.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::record::Pull;
use super::{ImportCount, RecordStore, StoreResult, Write};
use crate::domain::choice::choice;
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Kind, Sensitivity};

choice! {
    /// How far an import has come.
    ImportState {
        /// Its files are being read.
        Running = "running",
        /// Its files are right; nothing was changed yet.
        Tried = "tried",
        /// It is in.
        Committed = "committed",
        /// Something is wrong with its files, or it broke off; nothing of it is in.
        Refused = "refused",
        /// It was in, and was taken back.
        Undone = "undone",
        /// It was only tried, and its files are gone.
        Expired = "expired",
    }
}

/// An import that begins.
#[derive(Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Its id.
    pub id: Uuid,
    /// Who imports.
    pub actor: String,
    /// The key of the request and a fingerprint of what it asks.
    pub idempotency: Option<(String, [u8; 32])>,
    /// The true time.
    pub begun_at: DateTime<Utc>,
    /// How it was asked for, JSON.
    pub asked: String,
    /// Which files, JSON.
    pub files: String,
}

withheld!(NewImport { id, begun_at });

/// What came of an import that changed nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct EndedImport {
    /// Its id.
    pub id: Uuid,
    /// Tried or refused.
    pub state: ImportState,
    /// The true time.
    pub ended_at: DateTime<Utc>,
    /// Until when its files are kept.
    pub kept_until: Option<DateTime<Utc>>,
    /// What came of its files, JSON.
    pub report: String,
}

withheld!(EndedImport { id, state, ended_at, kept_until });

/// Says at the end of a commit, in its transaction, what came of the files, as JSON.
pub type Report = Box<dyn FnOnce() -> String + Send>;

/// An import as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptImport {
    /// As it began.
    pub new: NewImport,
    /// How far it is.
    pub state: ImportState,
    /// Who may know of it beside who made it.
    pub level: Sensitivity,
    /// When it came to an end.
    pub ended_at: Option<DateTime<Utc>>,
    /// Until when its files are kept.
    pub kept_until: Option<DateTime<Utc>>,
    /// What came of its files, JSON.
    pub report: String,
    /// The entries of the ledger that it wrote, the first and the last of each of its transactions.
    pub spans: Vec<(i64, i64)>,
    /// Who undid it, when and why.
    pub undone: Option<(String, DateTime<Utc>, String)>,
}

withheld!(KeptImport { state, level, ended_at, kept_until, spans });

/// Who asks for imports: everybody their own, and those whose records they may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReader {
    /// Who.
    pub actor: String,
    /// The highest level that they see.
    pub level: Sensitivity,
}

/// A question for imports, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportQuery {
    /// Only those in this state.
    pub state: Option<ImportState>,
    /// Only what comes after this one: when it began, and its id.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    /// How many at most.
    pub limit: usize,
}

/// That an import is to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoing {
    /// The import.
    pub id: Uuid,
    /// Who undoes it.
    pub actor: String,
    /// What they may see, and whose records they change.
    pub clearance: Clearance,
    /// Why.
    pub reason: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// From when it counts as known; never after `recorded_at`.
    pub learned_at: DateTime<Utc>,
}

/// A record that was changed after the import that brought or changed it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChangedSince {
    /// Its kind.
    pub kind: Kind,
    /// Its code.
    pub code: String,
    /// Its version now.
    pub version: i64,
    /// Who changed it last.
    pub actor: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// What became of an undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// It is undone, in one transaction.
    Done {
        /// How many records were withdrawn that it had brought.
        withdrawn: u64,
        /// How many records have again what they had before it.
        restored: u64,
    },
    /// Records were changed by others since; nothing was undone.
    Changed {
        /// The first thousand.
        listed: Vec<ChangedSince>,
        /// How many more there are.
        more: u64,
    },
    /// Some of its records are closed to who undoes it, wholly or in part, or belong to others; nothing was undone.
    Closed,
    /// It is in another state, in which there is nothing to undo.
    Not(ImportState),
}

/// Keeps imports on record.
#[async_trait]
pub trait ImportStore: RecordStore {
    /// Notes that an import begins; gives the earlier one where the same request came before.
    ///
    /// # Errors
    ///
    /// `KeyReused` where the key was used for another request.
    async fn begin_import(&self, import: NewImport) -> StoreResult<Option<KeptImport>>;

    /// [`RecordStore::import`] for good, on record as part of an import, in the same transaction.
    ///
    /// # Errors
    ///
    /// As [`RecordStore::import`].
    async fn commit_import(
        &self,
        import: NewImport,
        head: Write,
        pull: Pull,
        report: Report,
    ) -> StoreResult<ImportCount>;

    /// Notes what came of an import that changed nothing. One that is in, or over, stays as it is.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn end_import(&self, ended: EndedImport) -> StoreResult<()>;

    /// An import by its id; `None` also where the reader may not know of it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn kept_import(&self, id: Uuid, reader: &ImportReader)
    -> StoreResult<Option<KeptImport>>;

    /// Imports that the reader may know of, the latest first, and how many there are in all.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn kept_imports(
        &self,
        query: ImportQuery,
        reader: &ImportReader,
    ) -> StoreResult<(Vec<KeptImport>, u64)>;

    /// Ends what is over: the files of those that were tried are not kept for ever. Gives those whose files are kept
    /// still: the tried ones, and those that run.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn expire_imports(&self, now: DateTime<Utc>) -> StoreResult<Vec<Uuid>>;

    /// Takes an import back, or says what stands in the way.
    ///
    /// # Errors
    ///
    /// As [`RecordStore::write`]; then nothing is undone.
    async fn undo_import(&self, order: Undoing) -> StoreResult<Undone>;

    /// The entries that undoings wrote, the first and the last of each. What they withdrew comes back when its file does.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn undone_spans(&self) -> StoreResult<Vec<(i64, i64)>>;

    /// Refuses all that are said to run, with this report: called when nobody can be running one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn break_off_imports(&self, at: DateTime<Utc>, report: String) -> StoreResult<u64>;
}
