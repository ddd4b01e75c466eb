//! What the disk says of itself: free room, its file system, may it be written?

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::app::STORE_FILE;
use crate::folder::{self, FILE_WORK};

/// What a disk says of itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Disk {
    /// Bytes that are free for this program.
    pub free_bytes: u64,
    /// Is it mounted to be read only?
    pub read_only: bool,
    /// Is it a network file system? Locks do not hold there, and the store may be lost.
    pub network: bool,
    /// Which file system, as far as known.
    pub file_system: String,
}

/// What the disk of a folder says of itself.
///
/// # Errors
///
/// When it cannot be asked.
#[cfg(unix)]
pub fn of(folder: &Path) -> io::Result<Disk> {
    use rustix::fs::StatVfsMountFlags;
    let room = rustix::fs::statvfs(folder)?;
    let (file_system, network) = folder::file_system(folder)?;
    Ok(Disk {
        free_bytes: room.f_bavail.saturating_mul(room.f_frsize),
        read_only: room.f_flag.contains(StatVfsMountFlags::RDONLY),
        network,
        file_system,
    })
}

/// What the disk of a folder says of itself: elsewhere than on Unix, nothing is known.
///
/// # Errors
///
/// Never.
#[cfg(not(unix))]
pub fn of(_folder: &Path) -> io::Result<Disk> {
    let file_system = "unknown".to_owned();
    Ok(Disk { free_bytes: u64::MAX, read_only: false, network: false, file_system })
}

/// What the names of the work of a backup begin with.
pub const BACKUP_WORK: &str = ".backup-";

/// What the names of the work of a restore begin with.
pub const RESTORE_WORK: &str = ".restore-";

/// Work that is older is nobody's any more: whoever did it was killed.
const LEFT_AFTER: Duration = Duration::from_hours(24);

/// Removes from a folder what was left half-done there a day ago or longer, by a backup, a restore or the writing of a
/// file that was killed: copies of the data.
///
/// # Errors
///
/// When something is there and cannot be removed.
pub fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_work = [BACKUP_WORK, RESTORE_WORK, FILE_WORK]
            .iter()
            .any(|work| name.as_encoded_bytes().starts_with(work.as_bytes()));
        let Ok(about) = entry.metadata() else { continue };
        let age = about.modified().ok().and_then(|at| at.elapsed().ok()).unwrap_or_default();
        if !is_work || age < LEFT_AFTER {
            continue;
        }
        if about.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Lets the system forget what it holds of a file, so that it is read from the disk again where that can be had.
pub fn forget_cached(file: &File) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

/// The size of a file; 0 where there is none.
#[must_use]
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

/// The sizes of the store of a data folder and of its write-ahead log.
#[must_use]
pub fn store_sizes(data: &Path) -> (u64, u64) {
    let log = data.join(format!("{STORE_FILE}-wal"));
    (size(&data.join(STORE_FILE)), size(&log))
}

/// Bytes as people say them.
#[must_use]
pub fn in_words(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    let unit = units.iter().find(|(_, size)| bytes >= *size);
    unit.map_or_else(
        || format!("{bytes} bytes"),
        |(name, size)| {
            let tenths = bytes / (size / 10);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        },
    )
}
