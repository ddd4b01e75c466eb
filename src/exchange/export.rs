//! Export: the records of each kind into a folder, in the form that import reads.
//!
//! A file is written beside its place, flushed to the disk and then renamed: whoever reads the folder sees
//! the old file or the new one, never half of one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use serde_json::Value;
use uuid::Uuid;

use super::csv::{part_cells, record_cells, write_head, writer};
use super::current::each;
use super::sheet::Sheet;
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

/// Writes the records of each kind into a folder, sorted by code.
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
        let mut out = KindWriter::create(folder, kind)?;
        for record in &records {
            out.write(record)?;
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
    #[error("the folder cannot be written")]
    Folder(#[from] io::Error),
    /// A body in the store is no JSON.
    #[error("the body of {kind} {code} is damaged")]
    Damaged {
        /// The kind.
        kind: Kind,
        /// The code.
        code: String,
    },
}

/// Writes what is known now of these kinds into a folder, a page of records at a time, as a reader of this clearance
/// sees it. Records of which something is withheld are left out: read back, they would seem whole. Which exact
/// positions are in the files is written into the ledger before they get their names.
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
    // One instant for all pages and kinds: what comes in meanwhile is in none of them.
    let (recorded_at, known_at) =
        (clock.recorded_at(), Clock::Wall.known_by(store.newest().await?));
    let mut files = Vec::new();
    for kind in kinds {
        let mut out = KindWriter::create(folder, *kind)?;
        let (mut fault, mut exact) = (None, Vec::new());
        each(store, *kind, known_at, Filter::default(), clearance, |stored| {
            if fault.is_none() && !stored.seen.is_part {
                fault = out.write_stored(&stored).err();
                exact.extend(stored.seen.exact_position.then_some(stored.id));
            }
        })
        .await?;
        fault.map_or(Ok(()), Err)?;
        if !exact.is_empty() {
            let (actor, form) = ("export".to_owned(), "folder".to_owned());
            let kind = *kind;
            store.note_export(Export { actor, recorded_at, kind, ids: exact, form }).await?;
        }
        files.extend(out.finish()?);
    }
    Ok(files)
}

/// Writes the files of one kind, a record at a time.
pub struct KindWriter {
    folder: PathBuf,
    sheet: &'static Sheet,
    files: Vec<(&'static Sheet, Draft)>,
}

impl std::fmt::Debug for KindWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KindWriter").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The name of a file that is not in its place yet; what never comes there is taken away.
struct Unplaced(PathBuf);

/// A file on its way.
struct Draft {
    path: Unplaced,
    out: csv::Writer<BufWriter<File>>,
}

impl KindWriter {
    /// Begins the files of a kind in a folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn create(folder: &Path, kind: Kind) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let sheet = Sheet::of(kind);
        let mut made = Self { folder: folder.to_owned(), sheet, files: Vec::new() };
        made.file(sheet)?;
        Ok(made)
    }

    /// Adds a record; they are expected in the order of their codes.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn write(&mut self, record: &Exported) -> io::Result<()> {
        let sheet = self.sheet;
        let cells = record_cells(sheet, &record.code, record.id, &record.body);
        self.file(sheet)?.write_record(cells)?;
        self.write_parts(sheet, &record.code, &[], &record.body)
    }

    fn write_stored(&mut self, stored: &Stored) -> Result<(), ExportError> {
        let damaged = |_| ExportError::Damaged { kind: stored.kind, code: stored.code.clone() };
        let body = serde_json::from_str(&stored.body).map_err(damaged)?;
        Ok(self.write(&Exported { code: stored.code.clone(), id: stored.id, body })?)
    }

    fn write_parts(
        &mut self,
        sheet: &'static Sheet,
        code: &str,
        place: &[usize],
        body: &Value,
    ) -> io::Result<()> {
        for child in &sheet.children {
            let parts = body.get(child.list).and_then(Value::as_array).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                let place: Vec<usize> = place.iter().copied().chain([index + 1]).collect();
                self.file(child)?.write_record(part_cells(child, code, &place, part))?;
                self.write_parts(child, code, &place, part)?;
            }
        }
        Ok(())
    }

    /// Puts the files in their places and takes away those of lists that are empty now.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written; then the old files are still there.
    pub fn finish(self) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (sheet, Draft { path, out }) in self.files {
            let out = out.into_inner().map_err(|fault| io::Error::other(fault.to_string()))?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            let place = self.folder.join(sheet.file(sheet.kind.plural()));
            fs::rename(&path.0, &place)?;
            written.push(place);
        }
        for sheet in self.sheet.all() {
            let place = self.folder.join(sheet.file(sheet.kind.plural()));
            if !written.contains(&place) && place.exists() {
                fs::remove_file(place)?;
            }
        }
        // The names are on the disk only once the folder is.
        File::open(&self.folder)?.sync_all()?;
        Ok(written)
    }

    /// The open file of a sheet, begun when its first row comes.
    fn file(&mut self, sheet: &'static Sheet) -> io::Result<&mut csv::Writer<BufWriter<File>>> {
        let of_sheet = |(own, _): &(&Sheet, Draft)| own.suffix == sheet.suffix;
        if let Some(at) = self.files.iter().position(of_sheet) {
            return Ok(&mut self.files[at].1.out);
        }
        let name = sheet.file(sheet.kind.plural());
        let path = Unplaced(self.folder.join(format!(".{name}.part")));
        let mut out = writer(BufWriter::new(File::create(&path.0)?));
        write_head(&mut out, sheet)?;
        let at = self.files.len();
        self.files.push((sheet, Draft { path, out }));
        Ok(&mut self.files[at].1.out)
    }
}

impl Drop for Unplaced {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
