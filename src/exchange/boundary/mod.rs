//! Boundaries in: `GeoJSON` of admin units, as OCHA publishes it (COD-AB), checked feature by feature; all or nothing.

mod check;
mod read;
mod unit;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::atlas::simplify::{TOLERANCE_M, simplified};
use crate::clock::Clock;
use crate::domain::{Boundary, InvalidValue};
use crate::store::{BoundaryCount, BoundaryImport, BoundaryStore, StoreError};

/// The largest file that is read, bytes.
pub const MOST_BYTES: u64 = 256 << 20;
/// How many corners one import may have in all, so that memory is enough.
const MOST_CORNERS: usize = 2_000_000;
/// How many problems are listed; of the others only the number is said.
const MOST_LISTED: usize = 1_000;

/// How to import.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Who imports.
    pub actor: String,
    /// Check everything and change nothing?
    pub dry_run: bool,
    /// Count the units as known from the day that their release holds from, not from today?
    pub as_reported: bool,
    /// Who drew them; left out, the names of the files.
    pub source: Option<String>,
    /// From when units hold whose file does not say so.
    pub valid_from: Option<NaiveDate>,
    /// How far a border for drawing may lie from the published one, metres.
    pub tolerance_m: f64,
}

impl Options {
    /// The usual way.
    #[must_use]
    pub fn by(actor: impl Into<String>) -> Self {
        Self {
            actor: actor.into(),
            dry_run: false,
            as_reported: false,
            source: None,
            valid_from: None,
            tolerance_m: TOLERANCE_M,
        }
    }
}

/// A file on its way in.
pub struct Incoming {
    /// Its name, as problems say it.
    pub name: String,
    /// What is in it.
    pub content: Box<dyn Read + Send>,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeatureProblem {
    /// The name of the file.
    pub file: String,
    /// The feature, the first one being 1; `None` where it is the file itself.
    pub feature: Option<usize>,
    /// The property, or `geometry`.
    pub field: Option<String>,
    /// What is wrong and what is allowed.
    pub reason: String,
    /// What stands there, cut to a readable length.
    pub value: Option<String>,
}

impl FeatureProblem {
    fn of_file(file: &str, reason: impl Into<String>) -> Self {
        let (file, reason) = (file.to_owned(), reason.into());
        Self { file, feature: None, field: None, reason, value: None }
    }

    fn of(file: &str, feature: usize, field: &str, reason: impl Into<String>) -> Self {
        let field = Some(field.to_owned());
        Self { feature: Some(feature), field, ..Self::of_file(file, reason) }
    }

    fn with(self, value: &str) -> Self {
        Self { value: Some(InvalidValue::new("", value).value), ..self }
    }
}

impl fmt::Display for FeatureProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(feature) = self.feature {
            write!(f, ", feature {feature}")?;
        }
        if let Some(field) = &self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": {}", self.reason)?;
        self.value.as_ref().map_or(Ok(()), |value| write!(f, ", got {value:?}"))
    }
}

/// Everything that is wrong, up to a readable number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrongFeatures {
    /// The first thousand.
    pub listed: Vec<FeatureProblem>,
    /// How many more there are.
    pub more: u64,
}

impl WrongFeatures {
    fn push(&mut self, problem: FeatureProblem) {
        if self.listed.len() < MOST_LISTED {
            self.listed.push(problem);
        } else {
            self.more += 1;
        }
    }

    fn extend(&mut self, problems: impl IntoIterator<Item = FeatureProblem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.listed.len() as u64 + self.more
    }
}

impl fmt::Display for WrongFeatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.listed.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "\n" })?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Units that were not there in this release.
    pub new: u64,
    /// Units that were there in this release as something else.
    pub changed: u64,
    /// Units that were there as they are.
    pub unchanged: u64,
    /// How many units of each level.
    pub levels: BTreeMap<u8, usize>,
    /// Corners as published.
    pub corners: usize,
    /// Corners for drawing.
    pub display_corners: usize,
    /// How far a border for drawing may lie from the published one, metres.
    pub tolerance_m: f64,
    /// What to know and not to mend.
    pub notes: Vec<String>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum BoundaryError {
    /// Something is wrong with the files.
    #[error("{0}")]
    Wrong(WrongFeatures),
    /// A file cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports files.
///
/// # Errors
///
/// [`BoundaryError::Wrong`] with everything that is wrong; then nothing is imported.
pub async fn run(
    store: &dyn BoundaryStore,
    paths: &[PathBuf],
    options: &Options,
    clock: Clock,
) -> Result<Summary, BoundaryError> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let unreadable =
            |source| BoundaryError::Unreadable { path: path.display().to_string(), source };
        let file = File::open(path).map_err(unreadable)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        files.push(Incoming { name, content: Box::new(file) });
    }
    import(store, files, options, clock).await
}

/// Imports what comes as bytes.
///
/// # Errors
///
/// As [`run`].
pub async fn import(
    store: &dyn BoundaryStore,
    files: Vec<Incoming>,
    options: &Options,
    clock: Clock,
) -> Result<Summary, BoundaryError> {
    let listed = store.listed_boundaries().await?;
    let (names, asked) =
        (files.iter().map(|file| file.name.clone()).collect::<Vec<_>>(), options.clone());
    let work = move || prepared(files, &listed, &asked);
    let prepared = tokio::task::spawn_blocking(work)
        .await
        .map_err(|fault| StoreError::Backend(Box::new(fault)))??;
    let Prepared { boundaries, digests, mut summary } = prepared;
    let recorded_at = clock.recorded_at();
    let now = clock.now().min(recorded_at);
    // A release of a day to come is known today.
    let first = boundaries.iter().map(|boundary| boundary.valid_from).min();
    let published = first.map_or(now, |day| day.and_time(NaiveTime::MIN).and_utc().min(now));
    let learned_at = if options.as_reported { published } else { now };
    let source = options.source.clone().unwrap_or_else(|| names.join(", "));
    let import = BoundaryImport {
        actor: options.actor.clone(),
        recorded_at,
        learned_at,
        source,
        files: names.into_iter().zip(digests).collect(),
        tolerance_m: options.tolerance_m,
        boundaries,
    };
    let count = store.import_boundaries(import, !options.dry_run).await?;
    let BoundaryCount { new, changed, unchanged } = count;
    (summary.new, summary.changed, summary.unchanged) = (new, changed, unchanged);
    Ok(summary)
}

/// Units that passed, with their outlines for drawing.
struct Prepared {
    boundaries: Vec<Boundary>,
    digests: Vec<[u8; 32]>,
    summary: Summary,
}

fn prepared(
    files: Vec<Incoming>,
    listed: &[crate::store::ListedBoundary],
    options: &Options,
) -> Result<Prepared, BoundaryError> {
    let mut taken = check::Taken::new(options.valid_from);
    let mut digests = Vec::with_capacity(files.len());
    for file in files {
        digests.push(taken.take(file));
    }
    let check::Checked { mut boundaries, notes } =
        taken.checked(listed).map_err(BoundaryError::Wrong)?;
    let outlines: Vec<_> = boundaries.iter().map(|boundary| &boundary.outline).collect();
    let display = simplified(&outlines, options.tolerance_m);
    let mut summary = Summary { tolerance_m: options.tolerance_m, notes, ..Summary::default() };
    for (boundary, display) in boundaries.iter_mut().zip(display) {
        boundary.display = display;
        summary.corners += geo::CoordsIter::coords_count(&boundary.outline);
        summary.display_corners += geo::CoordsIter::coords_count(&boundary.display);
        *summary.levels.entry(boundary.level).or_default() += 1;
    }
    Ok(Prepared { boundaries, digests, summary })
}
