//! Boundaries of administrative units: a release of their publisher is kept beside the one before.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use super::StoreResult;
use crate::domain::{Boundary, Names, Pcode};

/// A unit as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownBoundary {
    /// The unit.
    pub boundary: Boundary,
    /// Who drew it, as it was said at the import.
    pub source: String,
    /// How far the outline for drawing may lie from the published one, metres.
    pub tolerance_m: f64,
    /// From when it was known to us.
    pub learned_at: DateTime<Utc>,
    /// From when it was known better: the same release was imported again with another outline or name.
    pub superseded_at: Option<DateTime<Utc>>,
}

impl KnownBoundary {
    /// When what is known of it changed last.
    #[must_use]
    pub fn last_change(&self) -> DateTime<Utc> {
        self.superseded_at.unwrap_or(self.learned_at).max(self.learned_at)
    }
}

/// A unit without its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBoundary {
    /// Its P-code.
    pub pcode: Pcode,
    /// Its level.
    pub level: u8,
    /// Its names.
    pub names: Names,
    /// The P-code of the unit that it lies in; `None` for a country.
    pub parent: Option<Pcode>,
    /// The P-code of its country.
    pub country: Pcode,
    /// From when its release holds.
    pub valid_from: NaiveDate,
}

/// Units that are imported together or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryImport {
    /// Who imports.
    pub actor: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
    /// From when it counts as known; never after `recorded_at`.
    pub learned_at: DateTime<Utc>,
    /// Who drew them.
    pub source: String,
    /// The files, by name, each with a digest of what was in it.
    pub files: Vec<(String, [u8; 32])>,
    /// How far the outlines for drawing may lie from the published ones, metres.
    pub tolerance_m: f64,
    /// The units.
    pub boundaries: Vec<Boundary>,
}

/// What an import of boundaries did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoundaryCount {
    /// Units that were not there in this release.
    pub new: u64,
    /// Units that were there in this release with another outline, name or parent: what was known stays known.
    pub changed: u64,
    /// Units that were there as they are.
    pub unchanged: u64,
}

/// Reads and writes boundaries. They are published, so there is no clearance.
#[async_trait]
pub trait BoundaryStore: Send + Sync {
    /// Makes an import, or only says what it would do where `keep` is false. One that changes nothing leaves no trace.
    ///
    /// # Errors
    ///
    /// When the store fails; then nothing of it is kept.
    async fn import_boundaries(
        &self,
        import: BoundaryImport,
        keep: bool,
    ) -> StoreResult<BoundaryCount>;

    /// Everything that was ever known, by P-code and release.
    ///
    /// # Errors
    ///
    /// When the store fails or an outline is damaged.
    async fn boundaries(&self) -> StoreResult<Vec<KnownBoundary>>;

    /// The units as they are known now, without their outlines, by P-code and release.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn listed_boundaries(&self) -> StoreResult<Vec<ListedBoundary>>;

    /// How many imports there were.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn boundary_imports(&self) -> StoreResult<i64>;
}
