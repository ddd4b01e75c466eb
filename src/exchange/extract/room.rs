//! The temporary folder, in which a large workbook is made: whether there is room, asked before the library writes.

use std::io::{self, Write};
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
    fn a_panic_of_the_library_is_an_error() {
        let broken: io::Result<()> = guarded(|| panic!("couldn't write to file"));
        assert!(broken.unwrap_err().downcast::<NoRoom>().unwrap().is_full);
    }
}
