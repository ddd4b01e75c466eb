//! A file on its way: written beside its place, flushed to the disk, then renamed.
//!
//! Whoever reads the folder sees the old file or the new one, never half of one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file that is not in its place yet; what never comes there is taken away.
#[derive(Debug)]
pub(in crate::exchange) struct Draft {
    unplaced: Unplaced,
    place: PathBuf,
    file: File,
}

/// The name of a file that is not in its place yet.
#[derive(Debug)]
struct Unplaced(PathBuf);

impl Draft {
    /// Begins a file that shall stand at `place`; the folder is made if it is not there.
    pub(in crate::exchange) fn begin(place: &Path) -> io::Result<Self> {
        let folder = folder_of(place);
        fs::create_dir_all(folder)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let unplaced = Unplaced(folder.join(format!(".{name}.part")));
        let file = File::create(&unplaced.0)?;
        Ok(Self { unplaced, place: place.to_owned(), file })
    }

    /// What writers write to.
    pub(in crate::exchange) fn out(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Puts it in its place.
    pub(in crate::exchange) fn finish(self) -> io::Result<PathBuf> {
        self.file.sync_all()?;
        fs::rename(&self.unplaced.0, &self.place)?;
        // The name is on the disk only once the folder is.
        File::open(folder_of(&self.place))?.sync_all()?;
        Ok(self.place.clone())
    }
}

/// The folder that a file stands in.
fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Drop for Unplaced {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
