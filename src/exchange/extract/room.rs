//! The temporary folder, in which a large workbook is made: whether there is room, asked before the library writes.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much room there must be, bytes.
const ROOM: usize = 8 << 20;
/// After how many bytes it is looked for again: well before what was there can be used up.
const AGAIN: usize = ROOM / 2;
/// What a cell takes beside its words, bytes, and how much longer its letters can get.
const CELL: usize = 64;
const LONGER: usize = 2;

/// The temporary folder is full or cannot be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "the temporary folder, in which a large workbook is made, {}; mend that, name another folder by TMPDIR, or take CSV or Parquet",
    if *.is_full { "is full" } else { "is not there or cannot be written" }
)]
pub struct NoRoom {
    /// Is it full, or is it not there, or closed?
    pub is_full: bool,
    #[source]
    cause: io::Error,
}

impl From<io::Error> for NoRoom {
    fn from(cause: io::Error) -> Self {
        let is_full = matches!(
            cause.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        );
        Self { is_full, cause }
    }
}

impl From<NoRoom> for io::Error {
    fn from(fault: NoRoom) -> Self {
        Self::other(fault)
    }
}

/// Looks for room from time to time.
#[derive(Debug)]
pub(super) struct Room {
    is_needed: bool,
    unseen: usize,
}

impl Room {
    pub(super) const fn new(is_needed: bool) -> Self {
        Self { is_needed, unseen: AGAIN }
    }

    /// Makes sure that there is room.
    pub(super) fn look(&mut self) -> Result<(), NoRoom> {
        if self.is_needed && self.unseen >= AGAIN {
            look_in(&std::env::temp_dir())?;
            self.unseen = 0;
        }
        Ok(())
    }

    /// Counts the words of a cell that is written.
    pub(super) const fn count(&mut self, letters: usize) {
        self.unseen = self.unseen.saturating_add(CELL + LONGER * letters);
    }
}

/// A nameless file of the temporary folder in which a workbook is made whole before anybody gets any of it.
///
/// It remembers why it could not be written: the library puts that into words of its own.
#[derive(Debug)]
pub struct Whole {
    file: BufWriter<File>,
    fault: Option<io::Error>,
}

impl Whole {
    /// An empty one.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn begin() -> Result<Self, NoRoom> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), fault: None })
    }

    /// The file, to be read from its beginning.
    ///
    /// # Errors
    ///
    /// When not all of it could be written.
    pub fn read(self) -> Result<File, NoRoom> {
        if let Some(fault) = self.fault {
            return Err(fault.into());
        }
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }

    fn noted<T>(&mut self, written: io::Result<T>) -> io::Result<T> {
        written.inspect_err(|fault| {
            if fault.kind() != io::ErrorKind::Interrupted {
                self.fault.get_or_insert_with(|| fault.kind().into());
            }
        })
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.noted(flushed)
    }
}

fn look_in(folder: &std::path::Path) -> io::Result<()> {
    static PIECE: [u8; 64 << 10] = [0; 64 << 10];
    let mut file = tempfile::tempfile_in(folder)?;
    for _ in 0..ROOM / PIECE.len() {
        file.write_all(&PIECE)?;
    }
    file.flush()
}

/// Runs what the library does. It panics where its own files cannot be written; by what was looked for before, that
/// is only where somebody else filled the folder meanwhile.
pub(super) fn guarded<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_panic| {
        let found = look_in(&std::env::temp_dir());
        let cause = found.err().unwrap_or_else(|| io::ErrorKind::StorageFull.into());
        Err(NoRoom::from(cause).into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_told_in_a_sentence() {
        let home = tempfile::tempdir().unwrap();
        assert!(look_in(home.path()).is_ok());
        let fault = NoRoom::from(look_in(&home.path().join("gone")).unwrap_err());
        assert!(!fault.is_full);
        assert!(fault.to_string().contains("is not there or cannot be written"), "{fault}");
        let full = NoRoom::from(io::Error::from(io::ErrorKind::StorageFull));
        assert!(full.is_full && full.to_string().contains("is full"), "{full}");
    }

    #[test]
    fn a_file_that_could_not_be_written_says_why_whatever_was_made_of_it() {
        let mut whole = Whole::begin().unwrap();
        whole.write_all(b"PK").unwrap();
        assert_eq!(io::read_to_string(whole.read().unwrap()).unwrap(), "PK");
        let mut full = Whole::begin().unwrap();
        let fault = full.noted::<()>(Err(io::ErrorKind::StorageFull.into()));
        assert!(fault.is_err() && full.read().unwrap_err().is_full);
    }

    #[test]
    fn a_panic_of_the_library_is_an_error() {
        let broken: io::Result<()> = guarded(|| panic!("couldn't write to file"));
        assert!(broken.unwrap_err().downcast::<NoRoom>().unwrap().is_full);
    }
}
