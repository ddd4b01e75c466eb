//! The one writer: takes what waits, writes it in one transaction, answers after it is on the disk.
//!
//! When the disk gives an error, the connection is closed, opened anew and the data are checked before the next write;
//! until then who wants to write is told to come again. When that does not help, or this thread panics, the whole
//! process ends: a server that takes requests and stores nothing is worse than none.
//!
//! FULL costs one flush of the disk a commit; sharing it among all that wait gives many times the rate.

mod trouble;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use self::trouble::Trouble;
use super::checkpoint::Checkpoint;
use crate::store::{Key, StoreError, StoreResult};

/// How many changes may wait; a further one is told to come again.
const LONGEST_QUEUE: usize = 1_024;

/// How many changes share one transaction.
const LARGEST_BATCH: usize = 256;

/// How long after an error of the disk it is asked again, and again after that.
const PAUSE: Duration = Duration::from_secs(1);

/// For how long the file may refuse to be opened after an error of the disk before the process ends.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the process ends with when nothing can be written any more: `EX_IOERR` of sysexits.h.
const DEAD: i32 = 74;

/// A change: does its work and says whether to keep it; what it answers goes out after the commit.
/// Where the connection cannot be used it is given the reason, and answers with that.
type Job = Box<dyn FnOnce(StoreResult<&Connection>) -> Done + Send>;

/// Tells whoever waits; it is given the failure of the commit, if there was one.
type Answer = Box<dyn FnOnce(Option<StoreError>) + Send>;

struct Done {
    keep: bool,
    trouble: Option<Trouble>,
    answer: Answer,
}

pub(super) struct Writer {
    queue: SyncSender<Job>,
    /// The disk gave an error and the data are being checked.
    mending: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        path: &Path,
        key: Option<Key>,
    ) -> StoreResult<Self> {
        let (queue, waiting) = sync_channel(LONGEST_QUEUE);
        let mending = Arc::new(AtomicBool::new(false));
        let desk = Desk { path: path.to_owned(), key, waiting, mending: Arc::clone(&mending) };
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || desk.write_or_end(connection))
            .map_err(|fault| StoreError::Backend(Box::new(fault)))?;
        Ok(Self { queue, mending })
    }

    /// Somebody read a page that makes no sense: the file is looked at before anything more is written, and where it
    /// is damaged the process ends.
    pub(super) fn suspect(&self) {
        let job: Job = Box::new(|_connection| Done {
            keep: false,
            trouble: Some(Trouble::Disk),
            answer: Box::new(|_failure| ()),
        });
        // Where the queue is full, or the file is being looked at, one of the others finds the same.
        let _ = self.queue.try_send(job);
    }

    /// Queues a change and waits until it is on the disk.
    pub(super) async fn run<T, F>(&self, change: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        if self.mending.load(Ordering::Relaxed) {
            return Err(StoreError::DiskFault);
        }
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection.and_then(|connection| unharmed(|| change(connection)));
            Done {
                keep: result.is_ok(),
                trouble: result.as_ref().err().and_then(Trouble::of_store),
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

/// A change that panics fails alone; what the panic says may name people and goes nowhere.
fn unharmed<T>(change: impl FnOnce() -> StoreResult<T>) -> StoreResult<T> {
    catch_unwind(AssertUnwindSafe(change))
        .unwrap_or_else(|_panic| Err(StoreError::Backend("a change panicked".into())))
}

/// What the writing thread has.
struct Desk {
    path: PathBuf,
    key: Option<Key>,
    waiting: Receiver<Job>,
    mending: Arc<AtomicBool>,
}

impl Desk {
    fn write_or_end(&self, connection: Connection) {
        let why = match catch_unwind(AssertUnwindSafe(|| self.write_all(connection))) {
            Ok(Ok(())) => return,
            Ok(Err(why)) => why,
            Err(_panic) => "it panicked".to_owned(),
        };
        tracing::error!(
            "The writer has stopped: {why}. Passage ends, so that nothing is taken that cannot be kept"
        );
        std::process::exit(DEAD);
    }

    /// Runs until the last sender is gone; what waits by then is still written.
    fn write_all(&self, mut connection: Connection) -> Result<(), String> {
        let mut checkpoint = Checkpoint::new();
        let mut has_written = false;
        while let Ok(first) = self.waiting.recv() {
            // A connection opened while the disk could only be read stays so when that is over. It may not know it:
            // the file may be open for writing from before, and only the log for reading.
            if !has_written && let Ok(fresh) = super::open_to_write(&self.path, self.key.as_ref()) {
                connection = fresh;
            }
            let rest = self.waiting.try_iter().take(LARGEST_BATCH - 1);
            let batch: Vec<Job> = std::iter::once(first).chain(rest).collect();
            let closed = Closed(&self.mending);
            let trouble = write_batch(&connection, batch, &closed);
            has_written = trouble.is_none();
            if trouble == Some(Trouble::Disk) {
                drop(connection);
                let Some(fresh) = self.mend()? else { return Ok(()) };
                connection = fresh;
            }
            closed.open();
            checkpoint.keep_short(&connection);
        }
        Ok(())
    }

    /// Opens the file anew and checks it. `None`: nobody is left to write for.
    fn mend(&self) -> Result<Option<Connection>, String> {
        let begun = Instant::now();
        loop {
            thread::sleep(PAUSE);
            if !self.refuse_waiting() {
                return Ok(None);
            }
            match super::open_to_write(&self.path, self.key.as_ref()).and_then(checked) {
                Ok(connection) => {
                    tracing::warn!(
                        "The data are sound after the error of the disk; writing goes on"
                    );
                    return Ok(Some(connection));
                }
                Err(StoreError::Corrupt(what)) => {
                    return Err(format!("the data are damaged after an error of the disk: {what}"));
                }
                Err(fault) if begun.elapsed() > PATIENCE => {
                    return Err(format!(
                        "the file cannot be opened after an error of the disk: {fault}"
                    ));
                }
                Err(_not_yet) => {}
            }
        }
    }

    /// Tells all that wait to come again. False when the last sender is gone.
    fn refuse_waiting(&self) -> bool {
        loop {
            match self.waiting.try_recv() {
                Ok(job) => (job(Err(StoreError::DiskFault)).answer)(None),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }
}

/// The door for those who want to write: shut before the first is told of an error of the disk.
struct Closed<'a>(&'a AtomicBool);

impl Closed<'_> {
    fn shut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn open(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// A file whose pages and indexes agree.
fn checked(connection: Connection) -> StoreResult<Connection> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(connection) } else { Err(StoreError::Corrupt(said)) }
}

/// All of the batch or nothing of it, but for changes that fail by themselves.
fn write_batch(connection: &Connection, batch: Vec<Job>, door: &Closed) -> Option<Trouble> {
    let mut answers = Vec::with_capacity(batch.len());
    let mut jobs = batch.into_iter();
    let committed = begin(connection).and_then(|()| {
        jobs.by_ref().try_for_each(|job| in_savepoint(connection, job, &mut answers))?;
        Ok(connection.execute_batch("COMMIT")?)
    });
    // Nothing of the batch may stay, and the connection must be fit for the next one.
    let trouble = committed.err().map(|trouble| undone(connection, trouble));
    if let Some(trouble) = trouble {
        tracing::error!("A batch of writes failed and was undone: {}", trouble.error());
        if trouble == Trouble::Disk {
            door.shut();
        }
        jobs.for_each(|job| answers.push(job(Err(trouble.error())).answer));
    }
    for answer in answers {
        answer(trouble.map(Trouble::error));
    }
    trouble
}

fn begin(connection: &Connection) -> Result<(), Trouble> {
    Ok(connection.execute_batch("BEGIN IMMEDIATE")?)
}

fn undone(connection: &Connection, trouble: Trouble) -> Trouble {
    let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
    if clean { trouble } else { Trouble::Disk }
}

/// One bad change must not undo its neighbours.
fn in_savepoint(
    connection: &Connection,
    job: Job,
    answers: &mut Vec<Answer>,
) -> Result<(), Trouble> {
    if let Err(fault) = connection.execute_batch("SAVEPOINT change") {
        let trouble = Trouble::from(fault);
        answers.push(job(Err(trouble.error())).answer);
        return Err(trouble);
    }
    let done = job(Ok(connection));
    answers.push(done.answer);
    // A disk that is full or broken may have undone everything already, the neighbours too.
    let lost = connection.is_autocommit();
    match done.trouble {
        Some(trouble) if lost || trouble == Trouble::Disk => return Err(trouble),
        None if lost => return Err(Trouble::Other),
        _ => {}
    }
    if !done.keep {
        connection.execute_batch("ROLLBACK TO change")?;
    }
    Ok(connection.execute_batch("RELEASE change")?)
}

#[cfg(test)]
mod tests;
