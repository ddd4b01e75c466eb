//! What the disk says of itself: free room, its file system, may it be written?

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::app::STORE_FILE;

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

/// The file systems that are known by their number (`statfs`), and whether they lie on another machine.
#[cfg(target_os = "linux")]
const KNOWN: [(u64, &str, bool); 10] = [
    (0xEF53, "ext4", false),
    (0x5846_5342, "xfs", false),
    (0x9123_683E, "btrfs", false),
    (0x0102_1994, "tmpfs", false),
    (0x794C_7630, "overlay", false),
    (0x4D44, "fat", false),
    (0x6969, "nfs", true),
    (0xFF53_4D42, "cifs", true),
    (0xFE53_4D42, "smb2", true),
    (0x517B, "smb", true),
];

/// What the disk of a folder says of itself.
///
/// # Errors
///
/// When it cannot be asked.
#[cfg(unix)]
pub fn of(folder: &Path) -> io::Result<Disk> {
    use rustix::fs::StatVfsMountFlags;
    let room = rustix::fs::statvfs(folder)?;
    let (file_system, network) = file_system(folder)?;
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

#[cfg(target_os = "linux")]
fn file_system(folder: &Path) -> io::Result<(String, bool)> {
    #[expect(clippy::cast_sign_loss, reason = "a number of the kernel, compared bit by bit")]
    let number = rustix::fs::statfs(folder)?.f_type as u64 & 0xFFFF_FFFF;
    let known = KNOWN.iter().find(|(known, ..)| *known == number);
    Ok(known.map_or_else(
        || (format!("{number:#x}"), false),
        |(_, name, far)| ((*name).to_owned(), *far),
    ))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn file_system(_folder: &Path) -> io::Result<(String, bool)> {
    Ok(("unknown".to_owned(), false))
}

/// Writes a small file whole or not at all: beside its place, to the disk, then under its name.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(content)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|fault| fault.error)?;
    sync_folder(folder)
}

/// New names are on the disk only once their folder is.
///
/// # Errors
///
/// When the folder cannot be synced.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only Unix can open a folder to sync it; elsewhere the rename is as safe as it gets.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// What the names of the work of a backup begin with.
pub const BACKUP_WORK: &str = ".backup-";

/// What the names of the work of a restore begin with.
pub const RESTORE_WORK: &str = ".restore-";

/// Work that is older is nobody's any more: whoever did it was killed.
const LEFT_AFTER: Duration = Duration::from_hours(24);

/// Removes from a folder what a killed backup or restore left there a day ago or longer: copies of the data.
///
/// # Errors
///
/// When something is there and cannot be removed.
pub fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_work = [BACKUP_WORK, RESTORE_WORK]
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

/// A new file that only its owner may read.
///
/// # Errors
///
/// When it cannot be made, or is there already.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
