//! What keeps the data safe outside the store: signed checkpoints, backups and their way back, purging by age,
//! wiping, and one screen that says how everything is.

pub mod backup;
pub mod checkpoint;
pub mod disk;
pub mod package;
mod place;
pub mod restore;
pub mod wipe;

use std::path::PathBuf;

use crate::store::StoreError;

/// Why it could not be done, in a sentence for people.
#[derive(Debug, thiserror::Error)]
pub enum KeepingError {
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// What was asked for is not done, and why.
    #[error("{0}")]
    Refused(String),
}

impl KeepingError {
    /// A file that could not be read or written.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |cause| Self::File { path, cause }
    }

    /// What is not done, and why.
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}
