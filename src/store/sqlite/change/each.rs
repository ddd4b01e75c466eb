//! The changes of an import, made as they come: one hand reads and checks, the other writes.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rusqlite::Connection;

use super::Sitting;
use crate::disclose::Gate;
use crate::domain::Sensitivity;
use crate::store::record::Pull;
use crate::store::{Change, ImportCount, StoreError, StoreResult, Write};

/// Makes every change that `pull` gives, or gives back what is wrong with each; tells who may see all of them.
pub(in crate::store::sqlite) fn import_all(
    connection: &Connection,
    gate: &Gate,
    head: &Write,
    mut pull: Pull,
) -> StoreResult<(ImportCount, Sensitivity)> {
    /// How many changes are made ready while others are written.
    const AHEAD: usize = 256;
    let (ready, changes) = sync_channel(AHEAD);
    // Reading and checking a change takes as long as writing it: two hands.
    let reader = thread::spawn(move || {
        while let Some(change) = pull() {
            if ready.send(change).is_err() {
                break;
            }
        }
    });
    let written = write_each(connection, gate, head, changes);
    // A reader that broke off has not come to the end: nothing of it may stay.
    reader
        .join()
        .map_err(|_panic| StoreError::Backend("the reading of an import panicked".into()))?;
    written
}

/// Makes the changes as they come; what is left when one fails is not waited for.
fn write_each(
    connection: &Connection,
    gate: &Gate,
    head: &Write,
    changes: Receiver<StoreResult<Change>>,
) -> StoreResult<(ImportCount, Sensitivity)> {
    let mut sitting = Sitting::new(connection, gate, head)?;
    let mut count = ImportCount::default();
    for (index, change) in changes.into_iter().enumerate() {
        if sitting.is_refused()? {
            break;
        }
        sitting.make(index, &change?)?;
        if sitting.was_new {
            count.created += 1;
        } else {
            count.revised += 1;
        }
    }
    let level = sitting.highest;
    sitting.finish()?;
    Ok((count, level))
}
