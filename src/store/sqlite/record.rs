//! Reading versions: one, its history, all that was known at a moment.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};

use super::sealed::{self, Eyes, Raw, SEALED, raw_from_row};
use super::{SqliteStore, change, export, instant, list, merge, millis};
use crate::domain::merge::Merges;
use crate::domain::{Clearance, Kind, Mention, Problem};
use crate::store::record::{Pull, Visit};
use crate::store::{
    Cut, Export, Exported, ImportCount, Page, Query, RecordStore, Reference, Snapshot, StoreError,
    StoreResult, Stored, Write, Written,
};

/// The condition that a version was the known one at `?1`.
const KNOWN: &str = "k.learned_at <= ?1 AND (k.retired_at IS NULL OR k.retired_at > ?1)";

/// The same, of what was recorded up to place `?4` in the ledger: of the versions that were known, the last counts.
const KNOWN_UP_TO: &str = "k.learned_at <= ?1 AND NOT EXISTS (
    SELECT 1 FROM {kind} later WHERE later.id = k.id AND later.version > k.version AND later.version <= ?4
       AND later.learned_at <= ?1)";

/// An import that was only tried is undone by this; it never leaves the room.
const TRIED: &str = "only tried";

#[async_trait]
impl RecordStore for SqliteStore {
    async fn write(&self, write: Write) -> StoreResult<Vec<Written>> {
        self.must_be_sealed_alike()?;
        let gate = Arc::clone(&self.gate);
        self.write_in_turn(move |connection| change::write_all(connection, &gate, &write)).await
    }

    async fn unknown(
        &self,
        mentions: Vec<Mention>,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Problem>> {
        let clearance = clearance.clone();
        self.read(move |connection| change::unknown(connection, &clearance, mentions)).await
    }

    async fn answered(
        &self,
        actor: &str,
        idempotency: &(String, [u8; 32]),
    ) -> StoreResult<Option<Vec<Written>>> {
        let (actor, idempotency) = (actor.to_owned(), idempotency.clone());
        self.read(move |connection| {
            super::idempotency::answered_before(connection, &actor, Some(&idempotency))
        })
        .await
    }

    async fn import(&self, head: Write, keep: bool, pull: Pull) -> StoreResult<ImportCount> {
        self.must_be_sealed_alike()?;
        let gate = Arc::clone(&self.gate);
        let (sender, counted) = std::sync::mpsc::channel();
        let imported = self
            .write_in_turn(move |connection| {
                let (count, _) = change::import_all(connection, &gate, &head, pull)?;
                if keep {
                    return Ok(count);
                }
                // Whoever waits gets the count by this channel; the error undoes the change.
                let _ = sender.send(count);
                Err(StoreError::Backend(TRIED.into()))
            })
            .await;
        counted.try_recv().or(imported)
    }

    async fn record(
        &self,
        kind: Kind,
        reference: &Reference,
        cut: Cut,
        clearance: &Clearance,
    ) -> StoreResult<Stored> {
        let (reference, clearance) = (reference.clone(), clearance.clone());
        let gate = Arc::clone(&self.gate);
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, cut.known_at);
            merge::meant(connection, kind, &reference, cut, &mut eyes)
        })
        .await
    }

    async fn records(&self, query: Query, clearance: &Clearance) -> StoreResult<Page> {
        let clearance = clearance.clone();
        let gate = Arc::clone(&self.gate);
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, query.cut.known_at);
            list::page(connection, &query, &mut eyes)
        })
        .await
    }

    async fn merges(&self, known_at: DateTime<Utc>, clearance: &Clearance) -> StoreResult<Merges> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, known_at);
            merge::all_at(&mut eyes, millis(known_at))
        })
        .await
    }

    async fn history(
        &self,
        kind: Kind,
        reference: &Reference,
        known_at: DateTime<Utc>,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Stored>> {
        let (reference, clearance) = (reference.clone(), clearance.clone());
        let gate = Arc::clone(&self.gate);
        self.read(move |connection| {
            let cut = Cut { as_of: None, known_at };
            let mut eyes = Eyes::new(connection, &gate, &clearance, known_at);
            let current = one(connection, kind, &reference, cut, &mut eyes)?;
            if current.seen.embargo_until.is_some() {
                return Ok(vec![current]);
            }
            let sql = format!(
                "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                  WHERE k.id = ?2 AND k.learned_at <= ?1 AND {} ORDER BY k.learned_at, k.version",
                sealed::may_see("k", "?3", "?4"),
            );
            let id = current.id.as_bytes();
            let parameters =
                params![millis(known_at), id, eyes.level(), eyes.organisation()];
            all(connection, kind, &sql, parameters, |raw| eyes.body(raw))
        })
        .await
    }

    async fn visit_known(
        &self,
        known_at: DateTime<Utc>,
        sequence: i64,
        clearance: &Clearance,
        at: DateTime<Utc>,
        mut visit: Visit,
    ) -> StoreResult<i64> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let last = super::ledger::Link::last(connection)?.sequence;
            let known = if sequence < last { KNOWN_UP_TO } else { KNOWN };
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            // First what stands for what: whoever reads the others must know it.
            let merged = merge::kinds().map(|kind| (kind, "k.merged_into IS NOT NULL"));
            let all = Kind::ALL.iter().map(|kind| (*kind, "k.withdrawn = 0"));
            for (kind, condition) in merged.chain(all) {
                let sql = format!(
                    "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                      WHERE {} AND k.version <= ?4 AND {condition} AND {} ORDER BY k.version",
                    known.replace("{kind}", kind.as_str()),
                    sealed::may_see("k", "?2", "?3"),
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let of =
                    params![millis(known_at), eyes.level(), eyes.organisation(), sequence];
                let mut rows = statement.query(of)?;
                while let Some(row) = rows.next()? {
                    if let Some(stored) = eyes.body(raw_from_row(kind, row)?)? {
                        visit(stored)?;
                    }
                }
            }
            Ok(sequence.min(last))
        })
        .await
    }

    async fn since(
        &self,
        sequence: i64,
        known_at: DateTime<Utc>,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Snapshot> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let last = super::ledger::Link::last(connection)?.sequence;
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            let (mut records, mut changes_sight) = (Vec::new(), false);
            for kind in kinds_since(connection, sequence)? {
                let sql = format!(
                    "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
                      WHERE k.version > ?2 AND {KNOWN} ORDER BY k.version"
                );
                let parameters = params![millis(known_at), sequence];
                let see = |raw| eyes.body_or_nothing(raw).map(Some);
                records.extend(all(connection, kind, &sql, parameters, see)?);
                changes_sight |= sight_changed(connection, kind, sequence)?;
                let merged = merge::changed_since(connection, kind, sequence)?;
                // A group may have a member more or less now.
                changes_sight |= !merged.is_empty();
                for code in merged {
                    let of = (kind, code.as_str());
                    records.extend(naming(connection, of, (known_at, sequence), &mut eyes)?);
                }
            }
            records.sort_by_key(|stored| stored.version);
            records.dedup_by_key(|stored| stored.version);
            Ok(Snapshot { records, sequence: last, changes_sight })
        })
        .await
    }

    async fn newest(&self) -> StoreResult<DateTime<Utc>> {
        const NEWEST: &str = "SELECT coalesce(max(learned_at), 0) FROM ledger";
        self.read(|connection| instant(connection.query_row(NEWEST, [], |row| row.get(0))?)).await
    }

    async fn note_export(&self, export: Export) -> StoreResult<()> {
        self.write_in_turn(move |connection| export::note(connection, &export)).await
    }

    async fn exports(
        &self,
        after: i64,
        limit: usize,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Exported>> {
        let clearance = clearance.clone();
        self.read(move |connection| export::noted(connection, after, limit, &clearance)).await
    }
}

/// Did a change since decide what is seen of other records: a level, a count of people, what lies in what, a record
/// that others named before it was there?
fn sight_changed(connection: &Connection, kind: Kind, sequence: i64) -> StoreResult<bool> {
    let lies_in = |table: &str| {
        format!(
            "(SELECT m.target_code FROM mention m
               WHERE m.kind = 'area' AND m.version = {table}.version AND m.target_kind = 'area')"
        )
    };
    let tells = match kind {
        // A large count tells a small one together with the total of a group.
        Kind::Population | Kind::AreaGroup => "1".to_owned(),
        Kind::Area => {
            format!("before.version IS NOT NULL AND {} IS NOT {}", lies_in("before"), lies_in("k"))
        }
        _ => "k.small > 0 OR before.small > 0".to_owned(),
    };
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {kind} k LEFT JOIN {kind} before ON before.id = k.id AND before.retired_by = k.version
          WHERE k.version > ?1 AND ({tells} OR before.sensitivity <> k.sensitivity
                OR before.place_from <> k.place_from
                OR before.version IS NULL AND EXISTS (SELECT 1 FROM mention m
                    WHERE m.target_kind = '{kind}' AND m.target_code = k.code AND m.version <= ?1)))"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([sequence], |row| row.get(0))?)
}

/// The versions up to a place in the ledger, known at a moment, that name a record.
fn naming(
    connection: &Connection,
    (target, code): (Kind, &str),
    (known_at, sequence): (DateTime<Utc>, i64),
    eyes: &mut Eyes<'_>,
) -> StoreResult<Vec<Stored>> {
    let mut found = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.mentions().contains(&target)) {
        let sql = format!(
            "SELECT {SEALED}, b.body AS body FROM mention m
               JOIN {kind} k ON k.version = m.version JOIN ledger_body b ON b.sequence = k.version
              WHERE m.target_kind = '{target}' AND m.target_code = ?3 AND m.kind = '{kind}'
                AND k.version <= ?2 AND {KNOWN}"
        );
        let parameters = params![millis(known_at), sequence, code];
        let see = |raw| eyes.body_or_nothing(raw).map(Some);
        found.extend(all(connection, *kind, &sql, parameters, see)?);
    }
    Ok(found)
}

/// The version of a record that the cut shows, as far as it may be seen.
pub(super) fn one(
    connection: &Connection,
    kind: Kind,
    reference: &Reference,
    cut: Cut,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Stored> {
    // Each record has exactly one version that nothing retired, so its code leads to its id.
    let (id, key) = match reference {
        Reference::Id(id) => ("?2".to_owned(), Sql::Blob(id.as_bytes().to_vec())),
        Reference::Code(code) => (
            format!("(SELECT id FROM {kind} WHERE code = ?2 AND retired_by IS NULL)"),
            Sql::Text(code.clone()),
        ),
    };
    // When a convoy under way happened may not be asked for either.
    let happened = format!(
        "(?5 IS NULL OR k.happened_at IS NULL OR k.happened_at <= ?5 OR {} AND ?6 IS NOT NULL)",
        eyes.under_embargo("k", kind, "?6", "?4")
    );
    let sql = format!(
        "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
          WHERE k.id = {id} AND {KNOWN} AND {} AND {happened}
          ORDER BY k.version DESC LIMIT 1",
        sealed::may_see("k", "?3", "?4"),
    );
    let (known_at, as_of) = (millis(cut.known_at), cut.as_of.map(millis));
    let parameters = params![known_at, key, eyes.level(), eyes.organisation(), as_of, eyes.at()];
    let found = all(connection, kind, &sql, parameters, |raw| eyes.body(raw))?;
    let missing = || StoreError::NotFound { kind, reference: reference.to_string() };
    found.into_iter().next().ok_or_else(missing)
}

/// The kinds of which something was recorded after a place in the ledger.
fn kinds_since(connection: &Connection, sequence: i64) -> StoreResult<Vec<Kind>> {
    const KINDS: &str = "SELECT DISTINCT kind FROM ledger WHERE sequence > ?1";
    let mut statement = connection.prepare_cached(KINDS)?;
    let words = statement.query_map([sequence], |row| row.get::<_, String>(0))?;
    let kind = |word: String| {
        word.parse().map_err(|fault: crate::domain::InvalidValue| {
            StoreError::Corrupt(format!("kind of an entry: {}", fault.rule))
        })
    };
    words.map(|word| kind(word?)).collect()
}

/// Reads every row of a question, as far as it may be seen.
pub(super) fn all(
    connection: &Connection,
    kind: Kind,
    sql: &str,
    parameters: impl rusqlite::Params,
    mut see: impl FnMut(Raw) -> StoreResult<Option<Stored>>,
) -> StoreResult<Vec<Stored>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(see(raw_from_row(kind, row)?)?);
    }
    Ok(found)
}
