//! Lowerings: that more may see a record than before, asked for by one person and decided by another.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::StoreResult;
use crate::domain::choice::choice;
use crate::domain::{FieldLevel, Kind, Sensitivity};

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
    /// All, those that are open first and the newest of each first, at most so many.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn lowerings(&self, limit: usize) -> StoreResult<Vec<Lowering>>;
    /// One of them.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn lowering(&self, id: Uuid) -> StoreResult<Option<Lowering>>;
    /// Decides one; `false` where it is decided already, or by who asked for it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn decide_lowering(
        &self,
        id: Uuid,
        by: &str,
        at: DateTime<Utc>,
        decision: Decision,
    ) -> StoreResult<bool>;
}
