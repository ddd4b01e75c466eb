//! Records: written as versions, read as of a moment and as known at a moment.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::StoreResult;
use super::query::{Page, Query};
use crate::domain::choice::choice;
use crate::domain::merge::Merges;
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Draft, Kind, Mention, OrganisationCode, Problem, Sensitivity};

choice! {
    /// What was done to a record.
    Action {
        /// It was posted.
        Create = "create",
        /// It got a next version.
        Revise = "revise",
        /// It was taken back.
        Withdraw = "withdraw",
        /// An analyst stood by it.
        Confirm = "confirm",
        /// More may see it than before, by the word of two people.
        Lower = "lower",
        /// What it said was destroyed; no version comes of this.
        Purge = "purge",
        /// It was found to be the same as another, which stands for it from then on.
        Merge = "merge",
        /// It was found to be another after all.
        Unmerge = "unmerge",
        /// Exact positions were given to somebody; no version comes of this.
        Export = "export",
        /// A message to a recipient was decided not to be sent; no version comes of this.
        Dismiss = "dismiss",
        /// A file was attached to it; no version comes of this.
        Attach = "attach",
        /// A file was taken back from it; no version comes of this.
        Detach = "detach",
    }
}

impl Action {
    /// Is the record gone with this version?
    #[must_use]
    pub const fn takes_back(self) -> bool {
        matches!(self, Self::Withdraw | Self::Merge)
    }
}

/// A record by code or by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By id.
    Id(Uuid),
    /// By code.
    Code(String),
}

impl Reference {
    /// Reads what stands in a URL: a UUID is an id, everything else a code.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Code(text.to_owned()), Self::Id)
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Code(code) => code.fmt(f),
        }
    }
}

/// Which versions are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Only what had happened by then; `None` looks at all.
    pub as_of: Option<DateTime<Utc>>,
    /// Only what was known by then.
    pub known_at: DateTime<Utc>,
}

/// A stored version.
#[derive(Clone, PartialEq)]
pub struct Stored {
    /// Its kind.
    pub kind: Kind,
    /// The id of the record.
    pub id: Uuid,
    /// The code of the record.
    pub code: String,
    /// The version: its place in the ledger.
    pub version: i64,
    /// When Passage took it in.
    pub recorded_at: DateTime<Utc>,
    /// When it was known to us.
    pub learned_at: DateTime<Utc>,
    /// When the next version replaced it.
    pub retired_at: Option<DateTime<Utc>>,
    /// Was the record taken back with this version?
    pub withdrawn: bool,
    /// The body, JSON: as much of it as the reader may see.
    pub body: String,
    /// What the reader may know of it beside the body.
    pub seen: Seen,
}

/// What the gate says of a version that is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Who may see it: its level, or that of a later version or of what it is about where that is higher.
    pub level: Option<Sensitivity>,
    /// The organisation that it belongs to.
    pub owner: Option<OrganisationCode>,
    /// Is something of it masked or withheld from this reader?
    pub is_part: bool,
    /// The fields that are.
    pub withheld: Vec<String>,
    /// Until when it is withheld that the convoy is under way, which then is all that is told.
    pub embargo_until: Option<DateTime<Utc>>,
    /// The second-level units that such a convoy goes to.
    pub admin2: Vec<String>,
    /// Is an exact position in it that fewer may see than this Passage has readers?
    pub exact_position: bool,
}

withheld!(Stored { kind, id, version, recorded_at, learned_at, retired_at, withdrawn });

/// Against what a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The record must be new.
    New,
    /// The record must be at this version.
    Version(i64),
    /// Whatever is there: a new record or the next version of the one with this code.
    Code,
}

/// One change of one record.
#[derive(Clone, PartialEq)]
pub struct Change {
    /// What is done.
    pub action: Action,
    /// The record as it shall be.
    pub draft: Draft,
    /// Its id, if it is new.
    pub new_id: Uuid,
    /// Was it decided by two people that its levels may be lowered?
    pub lowers: bool,
    /// Against what the change is made.
    pub basis: Basis,
    /// When it was known, where that is not when it is recorded.
    pub learned_at: Option<DateTime<Utc>>,
    /// Why, for withdrawals and confirmations.
    pub reason: Option<String>,
}

withheld!(Change { action, draft, new_id, lowers, basis, learned_at });

/// Changes that are made together or not at all.
#[derive(Clone, PartialEq)]
pub struct Write {
    /// Who makes them.
    pub actor: String,
    /// The organisation that new records belong to.
    pub owner: Option<OrganisationCode>,
    /// What who makes them may see: what they may not see they cannot name.
    pub clearance: Clearance,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// The time they count as known from, unless a change says otherwise; never after `recorded_at`.
    pub learned_at: DateTime<Utc>,
    /// The key of the request and a fingerprint of what it asked.
    pub idempotency: Option<(String, [u8; 32])>,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

withheld!(Write { recorded_at, learned_at, changes });

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Written {
    /// The id of the record.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its version now.
    pub version: i64,
}

/// Everything known at a moment, and the place in the ledger up to which it was read.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The versions.
    pub records: Vec<Stored>,
    /// The last entry of the ledger that was looked at.
    pub sequence: i64,
    /// Did something change that decides what is seen of other records: a level, a count of people, what lies in what?
    pub changes_sight: bool,
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCount {
    /// Records that were new.
    pub created: u64,
    /// Versions that were added to records.
    pub revised: u64,
}

/// Reads and writes records of every kind.
#[async_trait]
pub trait RecordStore: Send + Sync {
    /// Makes the changes together or not at all.
    ///
    /// # Errors
    ///
    /// [`super::StoreError::Refused`] with every problem of every change; `Taken`, `Stale`, `KeyReused`.
    async fn write(&self, write: Write) -> StoreResult<Vec<Written>>;

    /// What is not there of what is named, or not for this reader: what [`RecordStore::write`] would refuse, for
    /// whoever cannot write yet because something else is wrong.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn unknown(
        &self,
        mentions: Vec<Mention>,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Problem>>;

    /// What the same request of the same actor was answered before; `None` where it is new.
    ///
    /// # Errors
    ///
    /// `KeyReused` where the key was used for another request.
    async fn answered(
        &self,
        actor: &str,
        idempotency: &(String, [u8; 32]),
    ) -> StoreResult<Option<Vec<Written>>>;

    /// Makes one long list of changes, in one transaction, without holding them all in memory.
    ///
    /// `pull` gives the next change and `None` at the end; when it gives an error the whole is undone.
    ///
    /// # Errors
    ///
    /// As [`RecordStore::write`], and whatever `pull` gives. With `keep` false everything is checked and undone.
    async fn import(&self, head: Write, keep: bool, pull: Pull) -> StoreResult<ImportCount>;

    /// The version of a record that the cut shows. The code of a record that was merged stands for the one it was merged
    /// into; its id stands for itself.
    ///
    /// # Errors
    ///
    /// `NotFound` also for what the reader may not see.
    async fn record(
        &self,
        kind: Kind,
        reference: &Reference,
        cut: Cut,
        clearance: &Clearance,
    ) -> StoreResult<Stored>;

    /// A page of a list. Whole bodies name what stands for a record that was merged; a single record and its history
    /// are as they were written.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn records(&self, query: Query, clearance: &Clearance) -> StoreResult<Page>;

    /// The records that stood for others at a moment, as far as this reader may know of both.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn merges(&self, known_at: DateTime<Utc>, clearance: &Clearance) -> StoreResult<Merges>;

    /// Every version of a record, the first one first, as far as known by then.
    ///
    /// # Errors
    ///
    /// `NotFound` also for what the reader may not see.
    async fn history(
        &self,
        kind: Kind,
        reference: &Reference,
        known_at: DateTime<Utc>,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Stored>>;

    /// Visits every version that was known by then and recorded up to a place in the ledger, kind by kind, withdrawn
    /// ones left out but for those that were merged, which come first, as this reader sees them at a moment; gives the place in the ledger up to which that is. Nothing
    /// is collected: a store of a million records passes through.
    ///
    /// # Errors
    ///
    /// When the store fails, or the visit does.
    async fn visit_known(
        &self,
        known_at: DateTime<Utc>,
        sequence: i64,
        clearance: &Clearance,
        at: DateTime<Utc>,
        visit: Visit,
    ) -> StoreResult<i64>;

    /// All versions recorded after a place in the ledger and known by then, withdrawn ones too, as this reader sees
    /// them at a moment; with them the versions that name a record which was merged, or is not any more, since. What it may not see comes as withdrawn and empty.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn since(
        &self,
        sequence: i64,
        known_at: DateTime<Utc>,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Snapshot>;

    /// From when the newest of all that was recorded counts as known; the epoch where nothing was.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn newest(&self) -> StoreResult<DateTime<Utc>>;

    /// Writes into the ledger who was given the exact positions of these records, and how.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn note_export(&self, export: Export) -> StoreResult<()>;

    /// What was noted of exports after a place in the ledger, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn exports(
        &self,
        after: i64,
        limit: usize,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Exported>>;
}

/// That somebody was given exact positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Who.
    pub actor: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// The kind of the records.
    pub kind: Kind,
    /// Their ids: unlike a code, an id may stay in the ledger when the record is purged.
    pub ids: Vec<Uuid>,
    /// In which form: `json`, `csv`, `geojson`, `folder`.
    pub form: String,
}

/// The same, as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    /// Its place in the ledger.
    pub sequence: i64,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// The kind of the records.
    pub kind: Kind,
    /// In which form.
    pub form: String,
    /// Their codes now; the id of one that was purged.
    pub codes: Vec<String>,
}

/// Is shown one version after the other.
pub type Visit = Box<dyn FnMut(Stored) -> StoreResult<()> + Send>;

/// Gives the next change of an import.
pub type Pull = Box<dyn FnMut() -> Option<Result<Change, super::StoreError>> + Send>;
