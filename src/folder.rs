//! The data folder: one server at a time, its owner's alone, and never over a network.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
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

/// File systems whose locks and shared memory `SQLite` cannot rely on: their number and name.
#[cfg(target_os = "linux")]
const NETWORK: [(u64, &str); 9] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0x0102_1997, "9P"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
    (0x0BD0_0BD0, "Lustre"),
    (0x7375_7245, "Coda"),
];

/// Refuses a folder that lies on another machine: what was written there can be lost or damaged.
///
/// # Errors
///
/// When it does, with a sentence that says so, or when its file system cannot be told.
#[cfg(target_os = "linux")]
pub fn refuse_network(folder: &Path) -> io::Result<()> {
    let kind = rustix::fs::statfs(folder)?.f_type;
    // The numbers have 32 bits, whatever type the system gives them.
    let Ok(kind) = u64::try_from(kind & 0xFFFF_FFFF) else { return Ok(()) };
    named(kind).map_or(Ok(()), |name| {
        Err(io::Error::other(format!(
            "{} lies on a network file system ({name}), which can lose data: take a folder on a disk of this machine",
            folder.display()
        )))
    })
}

#[cfg(target_os = "linux")]
fn named(kind: u64) -> Option<&'static str> {
    NETWORK.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
}

/// Elsewhere it cannot be told.
///
/// # Errors
///
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn refuse_network(_: &Path) -> io::Result<()> {
    Ok(())
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
        assert_eq!(named(0x6969), Some("NFS"));
        assert_eq!(named(0xFE53_4D42), Some("SMB"));
        assert_eq!(named(0xEF53), None, "ext4");
        refuse_network(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    }
}
