//! The one writer: takes what waits, writes it in one transaction, answers after it is on the disk.
//!
//! FULL costs one flush of the disk a commit; sharing it among all that wait gives many times the rate.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::checkpoint::Checkpoint;
use crate::store::{StoreError, StoreResult};

/// How many changes may wait; a further one is told to come again.
const LONGEST_QUEUE: usize = 1_024;

/// How many changes share one transaction.
const LARGEST_BATCH: usize = 256;

/// A change: does its work and says whether to keep it; what it answers goes out after the commit.
type Job = Box<dyn FnOnce(&Connection) -> Done + Send>;

struct Done {
    keep: bool,
    /// Tells whoever waits; it is given the failure of the commit, if there was one.
    answer: Box<dyn FnOnce(Option<StoreError>) + Send>,
}

pub(super) struct Writer {
    queue: SyncSender<Job>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> StoreResult<Self> {
        let (queue, waiting) = sync_channel(LONGEST_QUEUE);
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_all(&connection, &waiting))
            .map_err(|fault| StoreError::Backend(Box::new(fault)))?;
        Ok(Self { queue })
    }

    /// Queues a change and waits until it is on the disk.
    pub(super) async fn run<T, F>(&self, change: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = catch_unwind(AssertUnwindSafe(|| change(connection)))
                .unwrap_or_else(|panic| Err(StoreError::Backend(panicked(panic.as_ref()).into())));
            Done {
                keep: result.is_ok(),
                answer: Box::new(move |failure| {
                    // Whoever asked may have gone; the change stands all the same.
                    let _ = sender.send(failure.map_or(result, Err));
                }),
            }
        });
        self.queue.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Backend("the writer has stopped".into()),
        })?;
        receiver.await.map_err(|_dropped| StoreError::Busy)?
    }
}

fn panicked(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("a change panicked: {}", text.unwrap_or_default())
}

/// Runs until the last sender is gone; what waits by then is still written.
fn write_all(connection: &Connection, waiting: &Receiver<Job>) {
    let mut checkpoint = Checkpoint::new();
    while let Ok(first) = waiting.recv() {
        let batch: Vec<Job> =
            std::iter::once(first).chain(waiting.try_iter().take(LARGEST_BATCH - 1)).collect();
        write_batch(connection, batch);
        checkpoint.keep_short(connection);
    }
}

fn write_batch(connection: &Connection, batch: Vec<Job>) {
    let mut answers = Vec::with_capacity(batch.len());
    let committed = connection.execute_batch("BEGIN IMMEDIATE").and_then(|()| {
        for job in batch {
            answers.push(in_savepoint(connection, job)?);
        }
        connection.execute_batch("COMMIT")
    });
    if let Err(fault) = &committed {
        tracing::error!(error = %fault, "A batch of writes failed and was undone");
        // Nothing of the batch may stay, and the connection must be fit for the next one.
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
    for answer in answers {
        let failure = committed.as_ref().err().map(|fault| match fault.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                StoreError::Busy
            }
            Some(
                rusqlite::ErrorCode::DiskFull
                | rusqlite::ErrorCode::ReadOnly
                | rusqlite::ErrorCode::SystemIoFailure,
            ) => StoreError::NoSpace,
            _ => StoreError::Backend(fault.to_string().into()),
        });
        answer(failure);
    }
}

/// One bad change must not undo its neighbours.
fn in_savepoint(
    connection: &Connection,
    job: Job,
) -> rusqlite::Result<Box<dyn FnOnce(Option<StoreError>) + Send>> {
    connection.execute_batch("SAVEPOINT change")?;
    let done = job(connection);
    if !done.keep {
        connection.execute_batch("ROLLBACK TO change")?;
    }
    connection.execute_batch("RELEASE change")?;
    Ok(done.answer)
}
