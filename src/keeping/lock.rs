//! One server to a data folder: it holds a lock for as long as it lives, and the system lets go when it dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked. It stays; only the lock counts.
pub const FILE: &str = "serve.lock";

/// The lock of a data folder; dropped, it is let go.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

/// Takes the lock of a data folder; `None` where a server, or somebody who restores, holds it.
///
/// # Errors
///
/// When the file cannot be made.
pub fn take(data: &Path) -> io::Result<Option<Lock>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(data.join(FILE))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(fault)) => Err(fault),
    }
}
