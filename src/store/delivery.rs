//! What is to be delivered: made whole and kept before it is sent, so that no failure loses it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::StoreResult;
use crate::domain::choice::choice;
use crate::domain::sensitive::withheld;
use crate::domain::{Channel, Sensitivity};

choice! {
    /// How far a delivery has come.
    DeliveryState {
        /// It is to be tried, or tried again.
        Waiting = "waiting",
        /// It was taken by whom it is for.
        Delivered = "delivered",
        /// It is not tried any more; somebody must look.
        Failed = "failed",
        /// It is not sent, and what it said is destroyed: somebody decided so, or it told what was closed since.
        Dismissed = "dismissed",
    }
}

/// Something that is to be delivered. Every attempt sends the same bytes under the same id.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// By which a repeat is recognised.
    pub id: Uuid,
    /// The code of the recipient.
    pub recipient: String,
    /// On which way.
    pub channel: Channel,
    /// Where to, as it was when it was made.
    pub address: String,
    /// What a file of it is called.
    pub file_name: String,
    /// What is sent.
    pub payload: Vec<u8>,
    /// Who may know what it says.
    pub level: Sensitivity,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The schedule and the end of the period of the report it brings; `None` where it brings alerts.
    pub report: Option<(String, DateTime<Utc>)>,
    /// How far it has come.
    pub progress: Progress,
}

withheld!(Delivery { id, channel, level, made_at, progress });

/// How far a delivery has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How far.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; `None` where it is not.
    pub next_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    pub tried_at: Option<DateTime<Utc>>,
    /// When it was taken, or given up.
    pub done_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    pub problem: Option<String>,
}

impl Progress {
    /// That of something that was just made.
    #[must_use]
    pub const fn beginning(at: DateTime<Utc>) -> Self {
        Self {
            state: DeliveryState::Waiting,
            attempts: 0,
            next_at: Some(at),
            tried_at: None,
            done_at: None,
            problem: None,
        }
    }
}

/// What a delivery goes out with from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct Anew {
    /// Where to.
    pub address: String,
    /// What is sent.
    pub payload: Vec<u8>,
}

withheld!(Anew {});

/// The decision that a failed delivery is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissal {
    /// Which.
    pub id: Uuid,
    /// Who decides.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// When, by the true clock.
    pub at: DateTime<Utc>,
    /// What who decides may know.
    pub level: Sensitivity,
}

/// Which deliveries are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// Those in this state.
    pub state: Option<DeliveryState>,
    /// Those to this recipient.
    pub recipient: Option<String>,
    /// Those after this one: when it was made, and its id.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    /// At most so many.
    pub limit: usize,
}

impl DeliveryQuery {
    /// The latest.
    #[must_use]
    pub const fn latest(limit: usize) -> Self {
        Self { state: None, recipient: None, after: None, limit }
    }
}

/// What failed for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// The code of the recipient.
    pub recipient: String,
    /// How many.
    pub count: u64,
    /// Why the latest of them failed.
    pub problem: Option<String>,
}

/// The order to forget what was sent long ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// What was delivered or dismissed before this.
    pub before: DateTime<Utc>,
    /// Who orders it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// Only count?
    pub dry_run: bool,
}

/// Keeps what is to be delivered. It comes in with what it tells of: alerts or a report.
#[async_trait]
pub trait DeliveryStore: Send + Sync {
    /// What waits, without its content, in the order in which it was made, of each recipient at most so many: whoever
    /// asks decides what is due.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn waiting(&self, of_each: usize) -> StoreResult<Vec<Delivery>>;
    /// Notes how far a delivery has come; `false` where it does not wait any more.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn note_progress(&self, id: Uuid, progress: Progress) -> StoreResult<bool>;
    /// Lets a failed delivery wait again, as if it was never tried, with what is sent anew; `false` where there is no such
    /// one for this level.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn retry_delivery(
        &self,
        id: Uuid,
        at: DateTime<Utc>,
        level: Sensitivity,
        anew: Option<Anew>,
    ) -> StoreResult<bool>;
    /// Decides that a failed delivery is not sent: destroys what it says, and writes into the ledger who decided it and
    /// why. `false` where there is no such one for the level of who decides.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn dismiss_delivery(&self, dismissal: Dismissal) -> StoreResult<bool>;
    /// One delivery whose content this level may know.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn delivery(&self, id: Uuid, level: Sensitivity) -> StoreResult<Option<Delivery>>;
    /// A delivery that waits, with its content, for the service itself, which sends it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn to_send(&self, id: Uuid) -> StoreResult<Option<Delivery>>;
    /// Deliveries whose content this level may know, without their content, the latest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn deliveries(
        &self,
        query: DeliveryQuery,
        level: Sensitivity,
    ) -> StoreResult<Vec<Delivery>>;
    /// How many there are in each state, of those whose content this level may know, to one recipient or to all.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn delivery_counts(
        &self,
        recipient: Option<String>,
        level: Sensitivity,
    ) -> StoreResult<Vec<(DeliveryState, u64)>>;
    /// What failed and nobody dismissed, recipient by recipient, of what this level may know.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn failures(&self, level: Sensitivity) -> StoreResult<Vec<Failures>>;
    /// Forgets what was delivered or dismissed before a moment, and writes that into the ledger; gives how many.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn forget_deliveries(&self, order: Forgetting) -> StoreResult<u64>;
}
