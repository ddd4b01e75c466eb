//! Walks the chain and compares everything else with it: bodies, versions, what they mention, who retired them.
//!
//! One hand reads the file in order and follows the hashes; the others check batches of bodies and work out from
//! each what its row must say (`row::follows`, the one place that knows it).

mod end;
mod files;
mod row;
mod seal;

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rusqlite::{Connection, Row};

use self::end::Ends;
use self::row::{Checked, KindRow, Mentions};
use self::seal::OwnSeal;
use super::ledger::{EntryRow, hex};
use crate::disclose::Gate;
use crate::domain::Kind;
use crate::store::{StoreError, StoreResult, Verified};

/// How many entries are checked at once.
const BATCH: usize = 2_048;

/// How many batches may wait to be checked.
const AHEAD: usize = 4;

/// The entries that no version comes of.
pub(super) const WITHOUT_VERSION: [&str; 5] = ["purge", "export", "dismiss", "attach", "detach"];

/// Those of them that are about the files of a record.
pub(super) const OF_FILES: [&str; 2] = ["attach", "detach"];

/// An entry on its way, with what lies beside it, as bytes: what was tampered with need not be text.
struct Walked {
    entry: EntryRow,
    kind: Option<Kind>,
    body: Option<Body>,
}

/// The body of an entry as it is stored.
struct Body {
    salt: Vec<u8>,
    code: Vec<u8>,
    level: i64,
    text: Vec<u8>,
    reason: Vec<u8>,
}

/// The first thing that is wrong: the entry, and how.
type Fault = (i64, String);

/// Entries, and the versions that lie in the same span.
#[derive(Default)]
struct Batch {
    entries: Vec<Walked>,
    rows: HashMap<(i64, Kind), KindRow>,
}

/// Walks the chain, then compares the rest with it; the first that is wrong is named.
///
/// `judge` is the gate that the versions were sealed by; without it what follows from its rules is not judged.
pub(super) fn verified(connection: &Connection, judge: Option<&Gate>) -> StoreResult<Verified> {
    let (batches, waiting) = sync_channel(AHEAD);
    let (waiting, faults) = (Mutex::new(waiting), Mutex::new(Faults::default()));
    let mentions = Mentions::read(connection)?;
    let hands = thread::available_parallelism().map_or(1, |hands| hands.get().clamp(1, 8));
    let (walk, ends) = thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| check_batches(&waiting, (&mentions, judge), &faults));
        }
        let mut walk = Walk::new(connection, batches);
        let ends = walk.run();
        (walk, ends)
    });
    let ends = ends?;
    let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    // After a break in the chain nothing is left to compare the rest with.
    let is_whole = walk.broken.is_none();
    let mut broken = first(walk.broken, faults.first);
    broken = first(broken, ends.first_fault(connection, is_whole, walk.entries, &mentions)?);
    broken = first(broken, ends.unsealed(&faults.seals));
    if is_whole {
        broken = first(broken, seal::seen_too_early(connection)?);
        broken = first(broken, seal::purged_too_open(connection)?);
        broken = first(broken, files::first_fault(connection)?);
    }
    let sound = broken.as_ref().map_or(walk.entries, |(at, _)| at.unsigned_abs().saturating_sub(1));
    Ok(Verified {
        entries: sound.min(walk.entries),
        head: hex(&walk.previous),
        purged: ends.purged(),
        unread: faults.unread,
        broken,
    })
}

/// The earlier of two faults.
fn first(one: Option<Fault>, other: Option<Fault>) -> Option<Fault> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// What the checking hands found.
#[derive(Default)]
struct Faults {
    first: Option<Fault>,
    unread: u64,
    /// By version: what its body asks for.
    seals: HashMap<i64, OwnSeal>,
}

fn check_batches(
    waiting: &Mutex<Receiver<Batch>>,
    by: (&Mentions, Option<&Gate>),
    faults: &Mutex<Faults>,
) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = next else { return };
        let found = batch.check(by);
        let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.first = first(faults.first.take(), found.first);
        faults.unread += found.unread;
        faults.seals.extend(found.seals);
    }
}

impl Batch {
    /// The first fault, how many bodies cannot be read, what the others ask for.
    fn check(self, (mentions, judge): (&Mentions, Option<&Gate>)) -> Faults {
        let mut all = Faults::default();
        let mut found = None;
        for walked in &self.entries {
            let row = walked.kind.and_then(|kind| self.rows.get(&(walked.entry.sequence, kind)));
            match row::check(walked, row, mentions, judge) {
                Ok(Checked::Unread) => all.unread += 1,
                Ok(Checked::Sealed(seal)) => {
                    all.seals.insert(walked.entry.sequence, seal);
                }
                Ok(Checked::Fits) => {}
                Err(how) => found = first(found, Some((walked.entry.sequence, how))),
            }
        }
        let entries: HashMap<i64, Option<Kind>> =
            self.entries.iter().map(|walked| (walked.entry.sequence, walked.kind)).collect();
        for (sequence, kind) in self.rows.keys() {
            if entries.get(sequence) != Some(&Some(*kind)) {
                let how = format!("the {kind} stands at an entry that is not its own");
                found = first(found, Some((*sequence, how)));
            }
        }
        Faults { first: found, ..all }
    }
}

/// The way along the chain.
struct Walk<'c> {
    connection: &'c Connection,
    batches: SyncSender<Batch>,
    entries: u64,
    previous: [u8; 32],
    broken: Option<Fault>,
}

impl<'c> Walk<'c> {
    const fn new(connection: &'c Connection, batches: SyncSender<Batch>) -> Self {
        Self { connection, batches, entries: 0, previous: [0; 32], broken: None }
    }

    /// Walks until the end or the first entry that does not fit.
    fn run(&mut self) -> StoreResult<Ends> {
        const ALL: &str = "
            SELECT l.sequence, l.recorded_at, l.learned_at, l.actor, l.action, l.kind, l.id, l.digest, l.hash,
                   b.salt, b.code, b.sensitivity, b.body, b.reason
              FROM ledger l LEFT JOIN ledger_body b ON b.sequence = l.sequence
             ORDER BY l.sequence";
        let mut statement = self.connection.prepare(ALL)?;
        let mut rows = statement.query([])?;
        let (mut batch, mut ends) = (Batch::default(), Ends::default());
        while self.broken.is_none()
            && let Some(row) = rows.next()?
        {
            if let Some(walked) = self.step(row)? {
                batch.entries.push(walked);
            }
            if batch.entries.len() >= BATCH {
                self.hand_on(std::mem::take(&mut batch), &mut ends)?;
            }
        }
        self.hand_on(batch, &mut ends)?;
        // The hands stop when nothing can come any more.
        self.batches = sync_channel(0).0;
        Ok(ends)
    }

    /// The next entry, if it fits on the one before.
    fn step(&mut self, row: &Row<'_>) -> StoreResult<Option<Walked>> {
        let expected = i64::try_from(self.entries).unwrap_or(i64::MAX) + 1;
        let mut broken = |how: &str| self.broken = Some((expected, how.to_owned()));
        let (Ok(entry), Ok(hash)) = (EntryRow::from_row(row), row.get::<_, [u8; 32]>("hash"))
        else {
            broken("the entry cannot be read");
            return Ok(None);
        };
        if entry.sequence != expected {
            broken("the entry is missing");
            return Ok(None);
        }
        if entry.hash(&self.previous) != hash {
            broken("the entry was changed");
            return Ok(None);
        }
        (self.entries, self.previous) = (self.entries + 1, hash);
        let kind = entry.kind.parse().ok();
        let has_version = !WITHOUT_VERSION.contains(&entry.action.as_str());
        Ok(Some(Walked { kind: kind.filter(|_| has_version), body: Body::of(row)?, entry }))
    }

    /// Reads the versions beside the entries, and gives both to the hands.
    fn hand_on(&self, mut batch: Batch, ends: &mut Ends) -> StoreResult<()> {
        let (Some(one), Some(last)) = (batch.entries.first(), batch.entries.last()) else {
            return Ok(());
        };
        let span = (one.entry.sequence, last.entry.sequence);
        for kind in Kind::ALL {
            row::read(self.connection, *kind, span, &mut batch.rows)?;
        }
        for walked in &batch.entries {
            let row = walked.kind.and_then(|kind| batch.rows.get(&(walked.entry.sequence, kind)));
            ends.note(&walked.entry, walked.kind, walked.body.is_some(), row);
        }
        self.batches
            .send(batch)
            .map_err(|_gone| StoreError::Backend("the checking of the ledger stopped".into()))
    }
}

impl Body {
    fn of(row: &Row<'_>) -> StoreResult<Option<Self>> {
        let bytes = |column| -> StoreResult<Option<Vec<u8>>> {
            let value = row.get_ref(column)?;
            Ok(value.as_bytes_or_null().ok().flatten().map(<[u8]>::to_vec))
        };
        let Some(text) = bytes("body")? else { return Ok(None) };
        Ok(Some(Self {
            salt: bytes("salt")?.unwrap_or_default(),
            code: bytes("code")?.unwrap_or_default(),
            level: row.get("sensitivity").unwrap_or(-1),
            reason: bytes("reason")?.unwrap_or_default(),
            text,
        }))
    }
}
