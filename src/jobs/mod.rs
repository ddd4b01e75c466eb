//! What is done at its time and not on request.
//!
//! What is decided is pure and takes the time it is decided at; the loops that run for ever sleep and read the clock of
//! the program. Every job can be repeated: a second run at the same time changes nothing, and whoever is killed in the
//! midst of one does no harm.

pub mod deliver;
pub mod import;
pub mod kept;
pub mod look;
pub mod outbox;
mod pack;
pub mod replay;
pub mod report;
pub mod schedule;
pub mod telling;
pub mod upkeep;

use std::path::PathBuf;

use crate::store::StoreError;

/// A computation that takes longer than some milliseconds, off the thread that all jobs share.
async fn computed<T: Send + 'static>(
    compute: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JobError> {
    // What a panic says may name people; it goes nowhere.
    let broke_off = |_panic| JobError::Refused("a computation broke off".to_owned());
    tokio::task::spawn_blocking(compute).await.map_err(broke_off)
}

/// A job could not be done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be written.
    #[error("cannot write {path}: {cause}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A report could not be put into words.
    #[error("the report cannot be rendered: {0}")]
    Page(#[from] askama::Error),
    /// A report could not be written as JSON, or a kept one not read back.
    #[error("the report of {schedule} for {period_end} cannot be read or written as JSON, at character {}", .cause.column())]
    Json {
        /// Its schedule.
        schedule: String,
        /// The end of its period.
        period_end: chrono::DateTime<chrono::Utc>,
        /// Why.
        #[source]
        cause: serde_json::Error,
    },
    /// What was asked for is impossible.
    #[error("{0}")]
    Refused(String),
}

/// A fault with everything that it came from, for the log.
#[must_use]
pub fn causes(fault: &dyn std::error::Error) -> String {
    let mut said = vec![fault.to_string()];
    let mut cause = fault.source();
    while let Some(inner) = cause {
        let sentence = inner.to_string();
        // Some repeat in their own sentence what they came from.
        if !said.iter().any(|before| before.contains(&sentence)) {
            said.push(sentence);
        }
        cause = inner.source();
    }
    said.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_with_all_that_it_came_from_and_nothing_twice() {
        let inner = std::io::Error::other("UNIQUE constraint failed");
        let fault = JobError::from(StoreError::Backend(Box::new(inner)));
        assert_eq!(causes(&fault), "the store failed: UNIQUE constraint failed");
    }
}
