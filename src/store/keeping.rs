//! What keeps the data safe: where the ledger stands, copies of the whole, purges, and how the file is.

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Reference, StoreResult};
use crate::domain::{Clearance, Kind};

/// Where the ledger stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Which deployment's it is: 32 hexadecimal digits.
    pub deployment: String,
    /// The last entry; 0 where there is none.
    pub sequence: i64,
    /// Its hash, hexadecimal; zeros where there is none.
    pub hash: String,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// A whole copy of the data, walked and found in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// Where its ledger stands.
    pub head: Head,
    /// How many versions of each kind are in it; kinds without any are left out.
    pub counts: BTreeMap<String, u64>,
    /// The step of its tables.
    pub schema_step: u32,
}

/// How the file of the data is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// What is wrong with its pages; empty where nothing is.
    pub faults: Vec<String>,
    /// The step of its tables.
    pub schema_step: u32,
    /// The step that this program brings tables to.
    pub newest_step: u32,
    /// Where its ledger stands; `None` where that or what follows cannot be read.
    pub head: Option<Head>,
    /// What upkeep was done.
    pub upkeep: Vec<Upkeep>,
    /// The end of the last period of each schedule that has a report.
    pub reports: Vec<(String, DateTime<Utc>)>,
    /// The schedules that were posted: code, since when it is so, and the body.
    pub schedules: Vec<(String, DateTime<Utc>, String)>,
    /// The codes of the recipients.
    pub recipients: Vec<String>,
}

/// The word of the duty to write the file anew after a purge, which notes it.
pub const REWRITE: &str = "rewrite";

/// A regular duty, when it was last tried and last done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Upkeep {
    /// Which: `backup`, `retention`, `verify`, `rewrite`.
    pub task: String,
    /// When it was last tried.
    pub tried_at: DateTime<Utc>,
    /// When it last went well.
    pub done_at: Option<DateTime<Utc>>,
    /// What came of the last try, in a sentence.
    pub detail: String,
}

impl Upkeep {
    /// Did the last try fail? Whatever the clock was set to since the last good one.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.done_at != Some(self.tried_at)
    }
}

/// Which records are purged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doomed {
    /// Those that were last touched and happened before this, and are withdrawn or over: see [`Doomed::is_lasting`].
    Before(DateTime<Utc>),
    /// These.
    Named(Vec<Reference>),
}

impl Doomed {
    /// Records of places and people hold until they are withdrawn; age alone never purges them.
    #[must_use]
    pub const fn is_lasting(kind: Kind) -> bool {
        matches!(
            kind,
            Kind::Source
                | Kind::Organisation
                | Kind::Party
                | Kind::Area
                | Kind::AreaGroup
                | Kind::Facility
                | Kind::Status
                | Kind::Logistics
                | Kind::Recipient
                | Kind::Schedule
        )
    }
}

/// An order to destroy what some records say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurgeOrder {
    /// The kind.
    pub kind: Kind,
    /// Which of it.
    pub doomed: Doomed,
    /// Who orders it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// Only say what would be destroyed?
    pub dry_run: bool,
}

/// A record whose versions were, or would be, destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurgedRecord {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// How many versions it had.
    pub versions: u64,
}

/// What a purge destroyed, or would destroy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Purged {
    /// The records.
    pub records: Vec<PurgedRecord>,
    /// Kept reports that named one of them: schedule and end of the period.
    pub reports: Vec<(String, DateTime<Utc>)>,
    /// Kept answers to keyed requests that named one of them.
    pub answers: u64,
}

/// What became of writing the file anew, so that nothing of what was purged is left between its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewrite {
    /// Nothing was purged since the last time.
    NotNeeded,
    /// Nothing is left.
    Done,
    /// A long reader was in the way: it is still to be done.
    Hindered,
}

/// That a record was purged, as its history tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurgeNote {
    /// The entry of the ledger.
    pub sequence: i64,
    /// The id of the record.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// How many versions it had.
    pub versions: u64,
}

/// Keeps the data safe.
#[async_trait]
pub trait KeepingStore: Send + Sync {
    /// Where the ledger stands.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn head(&self) -> StoreResult<Head>;

    /// The hash of an entry, hexadecimal; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn hash_at(&self, sequence: i64) -> StoreResult<Option<String>>;

    /// Writes all of the data, as it is at one moment, into a new file, while others write on; then opens the
    /// file and walks its ledger.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, or the copy is not in order.
    async fn copy_to(&self, file: &Path) -> StoreResult<Copied>;

    /// Destroys what records say: bodies, codes, columns. The ledger keeps that they were there, who purged them
    /// and why, and still verifies. A named record that was purged before is none of those that are told.
    ///
    /// Bytes of them are left between the pages of the file until [`KeepingStore::rewrite`] is done.
    ///
    /// # Errors
    ///
    /// When the store fails; `NotFound` for a named record that was never there.
    async fn purge(&self, order: PurgeOrder) -> StoreResult<Purged>;

    /// Writes the file anew where something was purged since it was last done.
    ///
    /// # Errors
    ///
    /// When the store fails; it is still to be done then.
    async fn rewrite(&self) -> StoreResult<Rewrite>;

    /// That a record was purged; `None` where it was not, or the reader could not have seen it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn purge_note(
        &self,
        kind: Kind,
        reference: &Reference,
        clearance: &Clearance,
    ) -> StoreResult<Option<PurgeNote>>;

    /// Was anything purged after this place in the ledger? Then what was read before must be read anew.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn purged_after(&self, sequence: i64) -> StoreResult<bool>;

    /// Notes what came of a regular duty; a failed try leaves the time of the last good one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn note_upkeep(
        &self,
        task: &str,
        at: DateTime<Utc>,
        outcome: Result<String, String>,
    ) -> StoreResult<()>;

    /// What upkeep was done.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn upkeep(&self) -> StoreResult<Vec<Upkeep>>;
}
