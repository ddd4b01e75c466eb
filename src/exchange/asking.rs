//! An import on its way: how far it is, and what its reader asks of the records that are there.
//!
//! Files are read on a thread of their own while the store writes. What a file does not tell of a record is asked of
//! the store one record at a time, so that a file of any length fits.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use super::outcome::Progress;
use crate::domain::{Clearance, Kind};
use crate::store::{Cut, Reference, Store, StoreError, StoreResult};

/// A record that is asked for, and where its body goes.
type Question = (Kind, String, oneshot::Sender<Option<Value>>);

/// Asks for what is on record; from a thread that may wait.
#[derive(Debug, Clone)]
pub(super) struct Asking(mpsc::Sender<Question>);

/// What is heard of a reader.
pub(super) struct Heard {
    progress: watch::Receiver<Progress>,
    questions: mpsc::Receiver<Question>,
}

/// Both ends of the talk with a reader: what it speaks into, and what is heard.
pub(super) fn talk() -> (watch::Sender<Progress>, Asking, Heard) {
    let (says, progress) = watch::channel(Progress::default());
    let (asks, questions) = mpsc::channel(1);
    (says, Asking(asks), Heard { progress, questions })
}

impl Asking {
    /// The body of a record as it is now; `None` where there is none that who imports may see.
    ///
    /// # Errors
    ///
    /// When nobody answers: the import is over.
    pub(super) fn body(&self, kind: Kind, code: &str) -> Result<Option<Value>, &'static str> {
        const OVER: &str = "what is on record of it could not be read";
        let (sender, answer) = oneshot::channel();
        self.0.blocking_send((kind, code.to_owned(), sender)).map_err(|_over| OVER)?;
        answer.blocking_recv().map_err(|_over| OVER)
    }
}

impl Heard {
    /// Waits for the work; says meanwhile how far it is, and answers what is asked.
    ///
    /// # Errors
    ///
    /// When the store fails at a question.
    pub(super) async fn wait<T>(
        mut self,
        work: impl Future<Output = T>,
        (store, clearance): (&dyn Store, &Clearance),
        say: &mut (dyn FnMut(&Progress) + Send),
    ) -> StoreResult<T> {
        tokio::pin!(work);
        let mut fault = None;
        loop {
            tokio::select! {
                done = &mut work => return fault.map_or(Ok(done), Err),
                Ok(()) = self.progress.changed() => {
                    let how_far = self.progress.borrow_and_update().clone();
                    say(&how_far);
                }
                Some((kind, code, sender)) = self.questions.recv() => {
                    match body(store, kind, code, clearance).await {
                        // Who asked may have given up.
                        Ok(body) => drop(sender.send(body)),
                        Err(failed) => fault = Some(failed),
                    }
                }
            }
        }
    }
}

async fn body(
    store: &dyn Store,
    kind: Kind,
    code: String,
    clearance: &Clearance,
) -> StoreResult<Option<Value>> {
    let now = Cut { as_of: None, known_at: DateTime::<Utc>::MAX_UTC };
    match store.record(kind, &Reference::Code(code.clone()), now, clearance).await {
        // The code of a record that was merged gives the one it was merged into.
        Ok(stored) if stored.code == code => Ok(serde_json::from_str(&stored.body).ok()),
        Ok(_) | Err(StoreError::NotFound { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}
