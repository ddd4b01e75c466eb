//! Reports as they were made, one for each schedule and period.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreResult;
use super::delivery::Delivery;
use crate::domain::sensitive::withheld;
use crate::domain::{Format, Language, Sensitivity};

/// A report as it was made.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptReport {
    /// Which schedule asked for it.
    pub schedule: String,
    /// The end of its period.
    pub period_end: DateTime<Utc>,
    /// The code of the recipient whose copy it is; empty for the copy in the folder of reports.
    pub recipient: String,
    /// The language of its files.
    pub language: Language,
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

/// A report in a list: what it is, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedReport {
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
    /// Its copies that the reader may see, by recipient.
    pub copies: Vec<ListedCopy>,
}

/// A copy of a report in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCopy {
    /// The code of its recipient; empty for the copy in the folder of reports.
    pub recipient: String,
    /// The language of its files.
    pub language: Language,
    /// For whom it was made.
    pub clearance: Sensitivity,
}

/// A place in the list of reports: the end of the period and the schedule of the last that was listed.
pub type ReportPlace = (DateTime<Utc>, String);

/// A report for one reader, with its files as they are sent.
pub struct ReportCopy {
    /// The report.
    pub report: KeptReport,
    /// Its files, exactly as they are sent.
    pub files: Vec<(Format, Vec<u8>)>,
    /// What brings it to its recipient.
    pub deliveries: Vec<Delivery>,
}

impl From<KeptReport> for ReportCopy {
    fn from(report: KeptReport) -> Self {
        Self { report, files: Vec::new(), deliveries: Vec::new() }
    }
}

withheld!(KeptReport { schedule, period_end, as_of, known_at, made_at });

/// Keeps reports.
#[async_trait]
pub trait ReportStore: Send + Sync {
    /// Keeps the copies of a report with what is to be delivered, all or nothing; `false`, and nothing is kept, where
    /// one of them is kept already.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn keep_report(&self, copies: Vec<ReportCopy>) -> StoreResult<bool>;
    /// The latest copy of a schedule for a recipient whose period ends before a moment.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn report_before(
        &self,
        schedule: &str,
        recipient: &str,
        period_end: DateTime<Utc>,
    ) -> StoreResult<Option<KeptReport>>;
    /// The ends of the periods of a schedule from a moment on that a report was made of, the earliest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn report_ends(
        &self,
        schedule: &str,
        from: DateTime<Utc>,
    ) -> StoreResult<Vec<DateTime<Utc>>>;
    /// A file of a report exactly as it was sent; `None` where it has none of this format.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn report_file(
        &self,
        report: &KeptReport,
        format: Format,
    ) -> StoreResult<Option<Vec<u8>>>;
    /// The reports with a copy for this level or one below, the newest first, after a place in the list, at most so many.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn reports(
        &self,
        after: Option<ReportPlace>,
        limit: usize,
        level: Sensitivity,
    ) -> StoreResult<Vec<ListedReport>>;
}
