//! Reports as they were made, one for each schedule and period.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreResult;
use crate::domain::Sensitivity;
use crate::domain::sensitive::withheld;

/// A report as it was made.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptReport {
    /// Which schedule asked for it.
    pub schedule: String,
    /// The end of its period.
    pub period_end: DateTime<Utc>,
    /// The day it shows.
    pub as_of: DateTime<Utc>,
    /// What was known when it was made.
    pub known_at: DateTime<Utc>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// For whom it was made: it holds what they may see.
    pub clearance: Sensitivity,
    /// What it says, JSON.
    pub body: String,
    /// The checkpoint of the ledger that goes out with it.
    pub checkpoint: Option<String>,
}

withheld!(KeptReport { schedule, period_end, as_of, known_at, made_at });

/// Keeps reports.
#[async_trait]
pub trait ReportStore: Send + Sync {
    /// Keeps a report; `false` where one of the same schedule and period is kept already.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn keep_report(&self, report: KeptReport) -> StoreResult<bool>;
    /// The latest report of a schedule whose period ends before a moment.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn report_before(
        &self,
        schedule: &str,
        period_end: DateTime<Utc>,
    ) -> StoreResult<Option<KeptReport>>;
    /// All reports that are for this level or one below, the newest first, at most so many.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn reports(&self, limit: usize, level: Sensitivity) -> StoreResult<Vec<KeptReport>>;
}
