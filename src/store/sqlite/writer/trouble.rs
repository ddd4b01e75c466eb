//! What kept a batch from being written, as far as the writer must tell it apart.

use rusqlite::ErrorCode;

use super::super::DAMAGED_FILE;
use crate::store::StoreError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Another program holds the file.
    Busy,
    /// The disk is full or may only be read: it mends itself when that is over.
    NoSpace,
    /// The disk gave an error, or a page of the file makes no sense: what is there is no longer known.
    Disk,
    /// Anything else: a fault of this program.
    Other,
}

impl Trouble {
    /// The troubles of the disk that a change met.
    pub(super) fn of_store(error: &StoreError) -> Option<Self> {
        match error {
            StoreError::NoSpace => Some(Self::NoSpace),
            StoreError::DiskFault => Some(Self::Disk),
            StoreError::Corrupt(what) if what == DAMAGED_FILE => Some(Self::Disk),
            _ => None,
        }
    }

    /// What everybody in the batch is told.
    pub(super) fn error(self) -> StoreError {
        match self {
            Self::Busy => StoreError::Busy,
            Self::NoSpace => StoreError::NoSpace,
            Self::Disk => StoreError::DiskFault,
            Self::Other => StoreError::Backend("a batch of writes failed".into()),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => Self::NoSpace,
            Some(
                ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase,
            ) => Self::Disk,
            _ => {
                tracing::error!(error = %error, "The store refused a batch");
                Self::Other
            }
        }
    }
}
