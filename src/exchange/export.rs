//! Export: the records of each kind into a folder, in the form that import reads, or in another for analysts.

mod file;
mod kind;
mod map;
mod workbook;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

pub(super) use self::file::Draft;
pub use self::kind::KindWriter;
use super::current::each;
use super::extract::Form;
use super::extract::readme::About;
use super::extract::records::Taken;
use super::extract::room::NoRoom;
use crate::clock::Clock;
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Kind};
use crate::store::{Export, Filter, RecordStore, StoreError, Stored};

/// A record as it is exported.
#[derive(Clone, PartialEq)]
pub struct Exported {
    /// Its code.
    pub code: String,
    /// Its id.
    pub id: Uuid,
    /// Its body.
    pub body: Value,
}

withheld!(Exported { id });

/// Writes the records of each kind into a folder, sorted by code, in the form that import reads.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write_dir(
    folder: &Path,
    records: BTreeMap<Kind, Vec<Exported>>,
) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for (kind, mut records) in records {
        records.sort_by(|a, b| a.code.cmp(&b.code));
        let mut out = KindWriter::create(folder, kind, Form::Csv, false, About::default())?;
        for Exported { code, id, body } in &records {
            out.write(&Taken { code, id: *id, body, is_part: false })?;
        }
        files.extend(out.finish()?);
    }
    Ok(files)
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder cannot be written.
    #[error("the folder cannot be written: {0}")]
    Folder(io::Error),
    /// The temporary folder is full or cannot be written.
    #[error(transparent)]
    NoRoom(NoRoom),
    /// A body in the store is no JSON.
    #[error("the body of {kind} {code} is damaged")]
    Damaged {
        /// The kind.
        kind: Kind,
        /// The code.
        code: String,
    },
}

impl From<io::Error> for ExportError {
    fn from(fault: io::Error) -> Self {
        fault.downcast::<NoRoom>().map_or_else(Self::Folder, Self::NoRoom)
    }
}

/// What is taken out of a store, and for whom.
#[derive(Clone)]
pub struct Ask<'s> {
    /// The store.
    pub store: &'s dyn RecordStore,
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// When it is recorded that exact positions were given.
    pub clock: Clock,
    /// As readers of this clearance see it.
    pub clearance: Clearance,
    /// What was known by then: one instant for all pages and kinds, so that what comes in meanwhile is in none.
    pub known_at: DateTime<Utc>,
    /// Also records of which something is withheld? Read back by an import, they would seem whole.
    pub partly: bool,
}

impl std::fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ask").field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

impl<'s> Ask<'s> {
    /// Asks for what is known now.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn of(
        store: &'s dyn RecordStore,
        kinds: &[Kind],
        clock: Clock,
        clearance: &Clearance,
    ) -> Result<Self, ExportError> {
        let known_at = Clock::Wall.known_by(store.newest().await?);
        let (kinds, clearance) = (kinds.to_vec(), clearance.clone());
        Ok(Self { store, kinds, clock, clearance, known_at, partly: false })
    }

    /// Is there a column that says of which records something is withheld?
    pub(super) fn marks(&self) -> bool {
        self.partly && self.clearance.level < Clearance::ALL.level
    }

    /// What is said of it in files that have a place for that.
    pub(super) fn about(&self, title: &str) -> About {
        let left_out = "Records of which something is withheld from such readers are left out.";
        let marked = "Where something of a record is withheld, its last column says so.";
        let withheld = match (self.clearance == Clearance::ALL, self.partly) {
            (true, _) => None,
            (false, false) => Some(left_out.to_owned()),
            (false, true) => Some(marked.to_owned()),
        };
        About {
            title: title.to_owned(),
            as_of: Some(self.known_at),
            known_at: Some(self.known_at),
            made_at: self.clock.recorded_at(),
            clearance: self.clearance.level.to_string(),
            withheld: withheld.into_iter().collect(),
            ..About::default()
        }
    }

    /// Runs over the records of a kind that the reader may know of, to look something up.
    async fn look(
        &self,
        kind: Kind,
        mut visit: impl FnMut(&Stored, &Value),
    ) -> Result<(), ExportError> {
        let see = |stored: Stored| {
            if let Ok(body) = serde_json::from_str(&stored.body) {
                visit(&stored, &body);
            }
        };
        let filter = Filter::default();
        Ok(each(self.store, kind, self.known_at, filter, &self.clearance, see).await?)
    }

    /// Runs over the records of a kind in the order of their codes, and notes in the ledger which exact positions
    /// were given, before whoever writes them puts them in their place.
    pub(super) async fn walk(
        &self,
        kind: Kind,
        form: &str,
        mut visit: impl FnMut(&Stored, &Value) -> io::Result<()>,
    ) -> Result<(), ExportError> {
        let (mut fault, mut exact) = (None, Vec::new());
        let see = |stored: Stored| {
            if fault.is_some() || stored.seen.is_part && !self.partly {
                return;
            }
            let damaged = |_| ExportError::Damaged { kind, code: stored.code.clone() };
            let body = serde_json::from_str::<Value>(&stored.body).map_err(damaged);
            fault = body.and_then(|body| Ok(visit(&stored, &body)?)).err();
            exact.extend(stored.seen.exact_position.then_some(stored.id));
        };
        each(self.store, kind, self.known_at, Filter::default(), &self.clearance, see).await?;
        fault.map_or(Ok(()), Err)?;
        self.note(kind, form, exact).await
    }

    /// Notes which exact positions were given.
    async fn note(&self, kind: Kind, form: &str, ids: Vec<Uuid>) -> Result<(), ExportError> {
        if !ids.is_empty() {
            let (actor, form) = ("export".to_owned(), form.to_owned());
            let recorded_at = self.clock.recorded_at();
            self.store.note_export(Export { actor, recorded_at, kind, ids, form }).await?;
        }
        Ok(())
    }

    /// Writes what is asked for: a folder with a file for each table, or one workbook.
    ///
    /// # Errors
    ///
    /// When the store fails, or the files cannot be written; then the old ones are still there.
    pub async fn write(&self, form: Form, place: &Path) -> Result<Vec<PathBuf>, ExportError> {
        match form {
            Form::Csv | Form::Parquet => self.folder(form, place).await,
            Form::GeoJson => map::write(self, place).await,
            Form::Xlsx => workbook::write(self, place).await,
        }
    }

    async fn folder(&self, form: Form, folder: &Path) -> Result<Vec<PathBuf>, ExportError> {
        let mut files = Vec::new();
        for kind in &self.kinds {
            let about = self.about(kind.plural());
            let mut out = KindWriter::create(folder, *kind, form, self.marks(), about)?;
            self.walk(*kind, "folder", |stored, body| out.write(&taken(stored, body))).await?;
            files.extend(out.finish()?);
        }
        Ok(files)
    }
}

/// A stored record on its way out.
pub(super) fn taken<'r>(stored: &'r Stored, body: &'r Value) -> Taken<'r> {
    Taken { code: &stored.code, id: stored.id, body, is_part: stored.seen.is_part }
}

/// Writes what is known now of these kinds into a folder in the form that import reads, a page of records at a time,
/// as a reader of this clearance sees it. Records of which something is withheld are left out: read back, they would
/// seem whole. Which exact positions are in the files is written into the ledger before they get their names.
///
/// # Errors
///
/// When the store fails or the folder cannot be written.
pub async fn export(
    store: &dyn RecordStore,
    folder: &Path,
    kinds: &[Kind],
    clock: Clock,
    clearance: &Clearance,
) -> Result<Vec<PathBuf>, ExportError> {
    Ask::of(store, kinds, clock, clearance).await?.write(Form::Csv, folder).await
}
