//! Lowerings: that more may see a record than before, asked for by one person and decided by another.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Cut, StoreResult, Stored, Write, Written};
use crate::domain::choice::choice;
use crate::domain::{Clearance, FieldLevel, Kind, Sensitivity};

choice! {
    /// What was decided.
    Decision {
        /// More may see it.
        Approved = "approved",
        /// It stays as it is.
        Refused = "refused",
    }
}

/// One lowering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lowering {
    /// Its id.
    pub id: Uuid,
    /// The kind of the record.
    pub kind: Kind,
    /// The id of the record.
    pub record_id: Uuid,
    /// The version of the record that it is asked for.
    pub version: i64,
    /// The level that the record shall have; `None` leaves it.
    pub sensitivity: Option<Sensitivity>,
    /// The levels that its fields shall have, all of them; `None` leaves them.
    pub field_sensitivity: Option<Vec<FieldLevel>>,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// How.
    pub decision: Option<Decision>,
}

/// Keeps lowerings.
#[async_trait]
pub trait LoweringStore: Send + Sync {
    /// Keeps a new one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn propose_lowering(&self, lowering: Lowering) -> StoreResult<()>;
    /// Those of records that this reader sees whole, each with its record: the open ones first and the newest of each
    /// first, at most so many.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn lowerings(
        &self,
        limit: usize,
        cut: Cut,
        clearance: &Clearance,
    ) -> StoreResult<Vec<(Lowering, Stored)>>;
    /// One of them.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn lowering(&self, id: Uuid) -> StoreResult<Option<Lowering>>;
    /// Decides one and makes the changes that follow from it, both or neither; `None` where it is decided already, or
    /// by who asked for it.
    ///
    /// # Errors
    ///
    /// As [`super::RecordStore::write`].
    async fn decide_lowering(
        &self,
        id: Uuid,
        decision: Decision,
        write: Write,
    ) -> StoreResult<Option<Vec<Written>>>;
}
