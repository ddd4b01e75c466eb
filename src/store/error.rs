//! What can go wrong with the data, in words that name no database.

use crate::domain::{Kind, Problems};

/// What a store answers.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why one change of a write was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which change of the write, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problems: Problems,
}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such record, or the reader may not know of it.
    #[error("no {kind} {reference}")]
    NotFound {
        /// The kind that was asked for.
        kind: Kind,
        /// The code or id that was asked for.
        reference: String,
    },
    /// Records of the write are wrong; nothing of it was stored.
    #[error("refused: {}", .0.iter().map(|r| r.problems.to_string()).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// A code or id is taken.
    #[error("{kind} {code} exists already")]
    Taken {
        /// The kind.
        kind: Kind,
        /// The code or id that is taken.
        code: String,
        /// Which change of the write, from 0.
        index: usize,
    },
    /// The record was changed in the meantime.
    #[error("{kind} {reference} is at version {current} now")]
    Stale {
        /// The kind.
        kind: Kind,
        /// The code or id that was asked for.
        reference: String,
        /// The version it is at.
        current: i64,
    },
    /// The key of the request was used for another request.
    #[error("this Idempotency-Key was used for another request")]
    KeyReused,
    /// Too many are waiting.
    #[error("too many requests are waiting for the store; try again")]
    Busy,
    /// There is no room left on the disk, or it cannot be written.
    #[error("the disk is full or cannot be written")]
    NoSpace,
    /// The disk gave an error; nothing is written until the data have been checked.
    #[error("the disk gave an error, and the data are being checked; try again")]
    DiskFault,
    /// The store must not lie where it lies.
    #[error("{0}")]
    WrongPlace(String),
    /// The records were sealed by other rules of the gate than this program was started with.
    #[error(
        "the [gate] settings differ from those that this folder was opened with; give the same --config as the server has"
    )]
    OtherRules,
    /// What is stored contradicts itself.
    #[error("the data is damaged: {0}")]
    Corrupt(String),
    /// The file is encrypted and the key does not fit, or the other way round.
    #[error("{0}")]
    Key(String),
    /// Something beside the data that is needed for it cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// Anything else that failed underneath.
    #[error("the store failed")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
}
