//! The data folder: one server at a time, its owner's alone, and never over a network; and files that are written
//! whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// The file that a running server holds.
pub const LOCK_FILE: &str = "passage.lock";

/// The folder is ours alone until this is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the folder, which must exist.
    ///
    /// # Errors
    ///
    /// When another server runs on it, or the file cannot be made.
    pub fn take(folder: &Path) -> io::Result<Self> {
        Self::take_if_free(folder)?.ok_or_else(|| {
            io::Error::other(format!("another Passage runs on this folder: {}", folder.display()))
        })
    }

    /// Takes the folder; `None` where a server, or somebody who restores, holds it.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub fn take_if_free(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(LOCK_FILE);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|fault| {
            io::Error::new(fault.kind(), format!("cannot make {}: {fault}", path.display()))
        })?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(fault)) => Err(fault),
        }
    }

    /// Does somebody hold the folder? Nothing is made where nobody ever did.
    #[must_use]
    pub fn is_held(folder: &Path) -> bool {
        folder.join(LOCK_FILE).exists() && !matches!(Self::take_if_free(folder), Ok(Some(_)))
    }
}

/// Whatever this process makes from now on is its owner's alone: data, keys, backups, reports, exports.
pub fn keep_to_owner() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// The file systems that are known by their number (`statfs`), and whether they lie on another machine: of those,
/// `SQLite` cannot rely on locks and shared memory.
#[cfg(target_os = "linux")]
const FILE_SYSTEMS: [(u64, &str, bool); 15] = [
    (0xEF53, "ext4", false),
    (0x5846_5342, "xfs", false),
    (0x9123_683E, "btrfs", false),
    (0x0102_1994, "tmpfs", false),
    (0x794C_7630, "overlay", false),
    (0x4D44, "fat", false),
    (0x6969, "NFS", true),
    (0x517B, "SMB", true),
    (0xFE53_4D42, "SMB", true),
    (0xFF53_4D42, "CIFS", true),
    (0x0102_1997, "9P", true),
    (0x00C3_6400, "Ceph", true),
    (0x5346_414F, "AFS", true),
    (0x0BD0_0BD0, "Lustre", true),
    (0x7375_7245, "Coda", true),
];

/// The name of the file system of a folder, and whether it lies on another machine. One that is not known goes by its
/// number.
///
/// # Errors
///
/// When it cannot be told.
#[cfg(target_os = "linux")]
pub fn file_system(folder: &Path) -> io::Result<(String, bool)> {
    // The numbers have 32 bits, whatever type the system gives them.
    #[expect(clippy::cast_sign_loss, reason = "a number of the kernel, compared bit by bit")]
    let number = rustix::fs::statfs(folder)?.f_type as u64 & 0xFFFF_FFFF;
    Ok(named(number)
        .map_or_else(|| (format!("{number:#x}"), false), |(name, far)| (name.to_owned(), far)))
}

/// Elsewhere it cannot be told.
///
/// # Errors
///
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn file_system(_folder: &Path) -> io::Result<(String, bool)> {
    Ok(("unknown".to_owned(), false))
}

#[cfg(target_os = "linux")]
fn named(number: u64) -> Option<(&'static str, bool)> {
    let known = FILE_SYSTEMS.iter().find(|(known, ..)| *known == number);
    known.map(|(_, name, far)| (*name, *far))
}

/// Refuses a folder that lies on another machine: what was written there can be lost or damaged.
///
/// # Errors
///
/// When it does, with a sentence that says so, or when its file system cannot be told.
pub fn refuse_network(folder: &Path) -> io::Result<()> {
    let (name, is_far) = file_system(folder)?;
    if !is_far {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "{} lies on a network file system ({name}), which can lose data: take a folder on a disk of this machine",
        folder.display()
    )))
}

/// What the name of a file begins with while it is written.
pub const FILE_WORK: &str = ".part-";

/// Writes a small file whole or not at all: beside its place, to the disk, then under its name.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = of(path);
    let mut beside = tempfile::Builder::new().prefix(FILE_WORK).tempfile_in(folder)?;
    beside.write_all(content)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|fault| fault.error)?;
    sync(folder)
}

/// The folder that a file lies in.
#[must_use]
pub fn of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// New names are on the disk only once their folder is.
///
/// # Errors
///
/// When the folder cannot be synced.
pub fn sync(folder: &Path) -> io::Result<()> {
    // Only Unix can open a folder to sync it; elsewhere the rename is as safe as it gets.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A new file that only its owner may read.
///
/// # Errors
///
/// When it cannot be made, or is there already.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_taken_once_and_again_when_it_was_let_go() {
        let home = tempfile::tempdir().unwrap();
        let first = Lock::take(home.path()).unwrap();
        let refused = Lock::take(home.path()).unwrap_err().to_string();
        assert!(refused.starts_with("another Passage runs on this folder"), "{refused}");
        assert!(Lock::is_held(home.path()));
        drop(first);
        assert!(!Lock::is_held(home.path()));
        Lock::take(home.path()).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn shares_of_other_machines_are_known_by_name_and_a_disk_is_none() {
        assert_eq!(named(0x6969), Some(("NFS", true)));
        assert_eq!(named(0xFE53_4D42), Some(("SMB", true)));
        assert_eq!(named(0xEF53), Some(("ext4", false)));
        refuse_network(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    }
}
