//! What can be judged only at the end of the walk: who retired whom, what was purged, what hangs over the end.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::super::ledger::EntryRow;
use super::row::{KindRow, Mentions};
use super::seal::{self, OwnSeal, RowSeal};
use super::{Fault, first};
use crate::domain::Kind;
use crate::store::StoreResult;

/// What is kept of each entry until the end.
#[derive(Default)]
pub(super) struct Ends {
    /// By record: its versions in order.
    versions: Vec<(Kind, [u8; 16], Version)>,
    /// The last entry that purged a record.
    purges: HashMap<(String, [u8; 16]), i64>,
    /// Entries without a body or a version: which record, has it a body, has it a version?
    missing: Vec<Missing>,
}

/// An entry that lacks its body, its version, or both.
struct Missing {
    sequence: i64,
    kind: String,
    id: [u8; 16],
    has_body: bool,
    has_row: bool,
}

/// A version, and what its row says that other versions decide: who retired it when, who sees it, whose it is.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) sequence: i64,
    learned_at: i64,
    pub(super) has_row: bool,
    retired: Option<(i64, i64)>,
    pub(super) sealed: RowSeal,
}

impl Ends {
    pub(super) fn note(
        &mut self,
        entry: &EntryRow,
        kind: Option<Kind>,
        has_body: bool,
        row: Option<&KindRow>,
    ) {
        let (sequence, id) = (entry.sequence, entry.id);
        if entry.action == "purge" {
            self.purges.insert((entry.kind.clone(), id), sequence);
        }
        let has_row = row.is_some() || kind.is_none();
        if !has_body || !has_row {
            let kind = entry.kind.clone();
            self.missing.push(Missing { sequence, kind, id, has_body, has_row: row.is_some() });
        }
        if let Some(kind) = kind {
            let number = |column| row.and_then(|row| row.number(column));
            let retired = number("retired_by").zip(number("retired_at"));
            let has_row = row.is_some();
            let learned_at = entry.learned_at;
            let sealed = row.map(RowSeal::of).unwrap_or_default();
            self.versions.push((
                kind,
                id,
                Version { sequence, learned_at, has_row, retired, sealed },
            ));
        }
    }

    /// How many entries were purged.
    pub(super) fn purged(&self) -> u64 {
        self.missing.iter().filter(|missing| self.is_purged(missing)).count() as u64
    }

    fn is_purged(&self, missing: &Missing) -> bool {
        let purged = self.purged_until(&missing.kind, missing.id);
        missing.sequence < purged && !missing.has_body && !missing.has_row
    }

    /// The entry that purged all versions of a record before it; 0 where none did.
    fn purged_until(&self, kind: &str, id: [u8; 16]) -> i64 {
        self.purges.get(&(kind.to_owned(), id)).copied().unwrap_or(0)
    }

    /// The first fault. `is_whole`: did the chain reach the end, so that what lies beyond it can be judged?
    pub(super) fn first_fault(
        &self,
        connection: &Connection,
        is_whole: bool,
        last: u64,
        mentions: &Mentions,
    ) -> StoreResult<Option<Fault>> {
        let missing = self.lost(is_whole, mentions);
        if !is_whole {
            return Ok(missing);
        }
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        Ok(first(first(missing, self.retired()), beyond(connection, last, mentions)?))
    }

    /// The first entry whose body or version is gone, and nobody purged it.
    fn lost(&self, is_whole: bool, mentions: &Mentions) -> Option<Fault> {
        let mut found = None;
        for missing in &self.missing {
            let kind = &missing.kind;
            let how = match (missing.has_body, missing.has_row) {
                (false, false) if self.is_purged(missing) => {
                    if !mentions.stray(missing.sequence) {
                        continue;
                    }
                    format!("the {kind} was purged, but what it mentions is left")
                }
                (true, _) => format!("the {kind} is missing"),
                // The purge may lie beyond the break.
                (false, _) if !is_whole => continue,
                (false, _) => "the body of the entry is gone, and no purge says why".to_owned(),
            };
            found = first(found, Some((missing.sequence, how)));
        }
        found
    }

    /// The first version that says another retired it than the entries after it did.
    fn retired(&self) -> Option<Fault> {
        self.of_records(|kind, versions| {
            let mut found = None;
            for (version, retired) in versions.iter().zip(retirements(versions)) {
                if version.has_row && version.retired != retired {
                    let how = format!("the {kind} does not say rightly which version replaced it");
                    found = first(found, Some((version.sequence, how)));
                }
            }
            found
        })
    }

    /// The first version that is seen by more than the versions after it allow, or belongs to another.
    pub(super) fn unsealed(&self, seals: &HashMap<i64, OwnSeal>) -> Option<Fault> {
        self.of_records(|kind, versions| seal::of_record(kind, versions, seals))
    }

    /// The first fault in what is looked for among the versions of each record that were not purged, in order.
    fn of_records(
        &self,
        mut look: impl FnMut(Kind, &[&Version]) -> Option<Fault>,
    ) -> Option<Fault> {
        let mut order: Vec<&(Kind, [u8; 16], Version)> = self.versions.iter().collect();
        order.sort_unstable_by_key(|(kind, id, version)| (*kind, *id, version.sequence));
        let mut found = None;
        for record in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some((kind, id, _)) = record.first() else { continue };
            let purged = self.purged_until(kind.as_str(), *id);
            let versions = record.iter().map(|(.., version)| version);
            let versions: Vec<&Version> = versions.filter(|one| one.sequence > purged).collect();
            found = first(found, look(*kind, &versions));
        }
        found
    }
}

/// Who retired each version when: each next one retires those that were known then or later.
fn retirements(versions: &[&Version]) -> Vec<Option<(i64, i64)>> {
    let mut retired: Vec<Option<(i64, i64)>> = vec![None; versions.len()];
    for (at, next) in versions.iter().enumerate() {
        for (before, by) in versions.iter().zip(retired.iter_mut()).take(at) {
            if by.is_none_or(|(_, when)| when > next.learned_at) {
                *by = Some((next.sequence, next.learned_at.max(before.learned_at)));
            }
        }
    }
    retired
}

/// What lies beyond the end of the chain: its end was cut off.
fn beyond(connection: &Connection, last: i64, mentions: &Mentions) -> StoreResult<Option<Fault>> {
    let mut found = None;
    let tables = Kind::ALL.iter().map(|kind| (kind.as_str(), "version"));
    for (table, column) in tables.chain([("ledger_body", "sequence")]) {
        let sql =
            format!("SELECT {column} FROM {table} WHERE {column} > ?1 OR {column} < 1 ORDER BY 1");
        let stray: Option<i64> =
            connection.prepare(&sql)?.query_row([last], |row| row.get(0)).optional()?;
        let how = || format!("there is a row of {table} without an entry");
        found = first(found, stray.map(|stray| (stray, how())));
    }
    if mentions.last() > last {
        let how = "something is mentioned by an entry that is not there".to_owned();
        found = first(found, Some((last + 1, how)));
    }
    Ok(found)
}
