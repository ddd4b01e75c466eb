//! The ledger: who recorded what, when, in which order, and proof that nothing was changed since.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Action, StoreResult};
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Kind};

/// One entry of the change feed.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its place.
    pub sequence: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// From when it counts as known.
    pub learned_at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// The kind of record.
    pub kind: Kind,
    /// The id of the record.
    pub id: Uuid,
    /// The code of the record.
    pub code: String,
    /// Why, for withdrawals and confirmations.
    pub reason: Option<String>,
}

withheld!(Entry { sequence, recorded_at, learned_at, action, kind, id });

/// What a walk along the chain, and a comparison of everything else with it, found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many entries were walked.
    pub entries: u64,
    /// The hash of the last one, hexadecimal.
    pub head: String,
    /// How many entries' bodies were purged, each by an entry that says who and why.
    pub purged: u64,
    /// How many bodies this program cannot read: what follows from them was not compared.
    pub unread: u64,
    /// The first entry that is wrong, and how.
    pub broken: Option<(i64, String)>,
}

/// Reads the ledger.
#[async_trait]
pub trait LedgerStore: Send + Sync {
    /// Entries after a place, in order, as this reader sees them at a moment: not what it may not see, and nothing
    /// of a convoy under way.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn changes(
        &self,
        after: i64,
        limit: usize,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<Entry>>;

    /// The place of the last entry; 0 where there is none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn sequence(&self) -> StoreResult<i64>;

    /// Walks the whole chain.
    ///
    /// # Errors
    ///
    /// When the store fails; a broken chain is an answer, not an error.
    async fn verify(&self) -> StoreResult<Verified>;
}
