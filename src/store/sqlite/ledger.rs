//! The chain of the ledger: each entry is hashed with the one before it; bodies only by a salted digest.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use uuid::Uuid;

use super::sealed::{self, Eyes, SEALED};
use super::{SqliteStore, change, instant, millis, record};
use crate::disclose::NOT_TOLD;
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{Action, Change, Entry, LedgerStore, StoreError, StoreResult, Verified, Write};

/// Told apart from every other hash that is ever made here.
const ENTRY_DOMAIN: &[u8] = b"passage ledger entry v1";
const BODY_DOMAIN: &[u8] = b"passage ledger body v1";

/// The end of the chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) sequence: i64,
    pub(super) hash: [u8; 32],
}

impl Link {
    /// The last link of the stored chain.
    pub(super) fn last(connection: &Connection) -> StoreResult<Self> {
        const LAST: &str = "SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1";
        let last = connection
            .prepare_cached(LAST)?
            .query_row([], |row| {
                Ok(Self { sequence: row.get("sequence")?, hash: row.get("hash")? })
            })
            .optional()?;
        Ok(last.unwrap_or(Self { sequence: 0, hash: [0; 32] }))
    }

    /// Writes the next entry and its body, and gives the new end.
    pub(super) fn next(
        self,
        head: &Write,
        change: &Change,
        action: Action,
        (id, code, level): (Uuid, &str, Sensitivity),
        learned_at: DateTime<Utc>,
        connection: &Connection,
    ) -> StoreResult<Self> {
        self.note(
            connection,
            &Note {
                recorded_at: head.recorded_at,
                actor: &head.actor,
                action,
                kind: change.draft.kind,
                id,
                code,
                sensitivity: level as i64,
                body: &change::canonical(change),
                reason: change.reason.as_deref(),
                learned_at,
            },
        )
    }

    /// Writes an entry and its body, and gives the new end.
    pub(super) fn note(self, connection: &Connection, note: &Note<'_>) -> StoreResult<Self> {
        const INSERT: &str = "
            INSERT INTO ledger (sequence, recorded_at, learned_at, actor, action, kind, id, digest, hash)
            VALUES (:sequence, :recorded_at, :learned_at, :actor, :action, :kind, :id, :digest, :hash)";
        const INSERT_BODY: &str = "
            INSERT INTO ledger_body (sequence, salt, code, sensitivity, body, reason)
            VALUES (:sequence, :salt, :code, :sensitivity, :body, :reason)";
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)
            .map_err(|fault| StoreError::Backend(fault.to_string().into()))?;
        let (code, body, reason) = (note.code.as_bytes(), note.body.as_bytes(), note.reason);
        let row = EntryRow {
            sequence: self.sequence + 1,
            recorded_at: millis(note.recorded_at),
            learned_at: millis(note.learned_at),
            actor: note.actor.to_owned(),
            action: note.action.as_str().to_owned(),
            kind: note.kind.as_str().to_owned(),
            id: note.id.into_bytes(),
            digest: digest(&salt, code, note.sensitivity, body, reason.unwrap_or("").as_bytes()),
        };
        let hash = row.hash(&self.hash);
        connection.prepare_cached(INSERT)?.execute(named_params! {
            ":sequence": row.sequence, ":recorded_at": row.recorded_at, ":learned_at": row.learned_at,
            ":actor": row.actor, ":action": row.action, ":kind": row.kind, ":id": row.id,
            ":digest": row.digest, ":hash": hash,
        })?;
        connection.prepare_cached(INSERT_BODY)?.execute(named_params! {
            ":sequence": row.sequence, ":salt": salt, ":code": note.code,
            ":sensitivity": note.sensitivity, ":body": note.body, ":reason": reason,
        })?;
        Ok(Self { sequence: row.sequence, hash })
    }
}

/// What an entry says.
pub(super) struct Note<'n> {
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) learned_at: DateTime<Utc>,
    pub(super) actor: &'n str,
    pub(super) action: Action,
    pub(super) kind: Kind,
    pub(super) id: Uuid,
    pub(super) code: &'n str,
    pub(super) sensitivity: i64,
    pub(super) body: &'n str,
    pub(super) reason: Option<&'n str>,
}

/// An entry as it is hashed.
pub(super) struct EntryRow {
    pub(super) sequence: i64,
    pub(super) recorded_at: i64,
    pub(super) learned_at: i64,
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) kind: String,
    pub(super) id: [u8; 16],
    pub(super) digest: [u8; 32],
}

impl EntryRow {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            sequence: row.get("sequence")?,
            recorded_at: row.get("recorded_at")?,
            learned_at: row.get("learned_at")?,
            actor: row.get("actor")?,
            action: row.get("action")?,
            kind: row.get("kind")?,
            id: row.get("id")?,
            digest: row.get("digest")?,
        })
    }

    pub(super) fn hash(&self, previous: &[u8; 32]) -> [u8; 32] {
        hash_of(
            ENTRY_DOMAIN,
            &[
                previous,
                &self.sequence.to_be_bytes(),
                &self.recorded_at.to_be_bytes(),
                &self.learned_at.to_be_bytes(),
                self.actor.as_bytes(),
                self.action.as_bytes(),
                self.kind.as_bytes(),
                &self.id,
                &self.digest,
            ],
        )
    }
}

/// What of a body goes into the chain: destroyed with its salt, a body cannot be guessed from it.
pub(super) fn digest(salt: &[u8], code: &[u8], level: i64, body: &[u8], reason: &[u8]) -> [u8; 32] {
    hash_of(BODY_DOMAIN, &[salt, code, &level.to_be_bytes(), body, reason])
}

/// Fields go in with their length before them, so that no two lists of fields look alike.
pub(super) fn hash_of(domain: &[u8], fields: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for field in std::iter::once(&domain).chain(fields) {
        hasher.update(&(field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

/// As hexadecimal digits.
pub(super) fn hex(bytes: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*bytes).to_hex().to_string()
}

#[async_trait]
impl LedgerStore for SqliteStore {
    async fn changes(
        &self,
        after: i64,
        limit: usize,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<Entry>> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            entries_after(connection, after, limit, &mut eyes)
        })
        .await
    }

    async fn sequence(&self) -> StoreResult<i64> {
        self.read(|connection| Link::last(connection).map(|link| link.sequence)).await
    }

    async fn verify(&self) -> StoreResult<Verified> {
        let judge = self.judge();
        self.read(move |connection| super::verify::verified(connection, judge.as_deref())).await
    }
}

fn entries_after(
    connection: &Connection,
    after: i64,
    limit: usize,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Vec<Entry>> {
    // Who was given exact positions is no change of a record; auditors read that elsewhere.
    const AFTER: &str = "SELECT sequence, recorded_at, learned_at, actor, action, kind, id, digest
        FROM ledger WHERE sequence > :after AND action <> 'export' ORDER BY sequence";
    let mut statement = connection.prepare_cached(AFTER)?;
    let mut rows = statement.query(named_params! { ":after": after })?;
    let mut entries = Vec::new();
    while entries.len() < limit
        && let Some(row) = rows.next()?
    {
        entries.extend(entry_of(connection, EntryRow::from_row(row)?, eyes)?);
    }
    Ok(entries)
}

/// The entry as it is shown; `None` where the reader may not see the record.
fn entry_of(
    connection: &Connection,
    row: EntryRow,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Option<Entry>> {
    let corrupt = |fault: crate::domain::InvalidValue| StoreError::Corrupt(fault.rule);
    let kind: Kind = row.kind.parse().map_err(corrupt)?;
    let has_version = !super::verify::WITHOUT_VERSION.contains(&row.action.as_str());
    let sql = if super::verify::OF_FILES.contains(&row.action.as_str()) {
        // A file is as closed as its record is now.
        format!(
            "SELECT k.code, b.reason FROM ledger l JOIN {kind} k ON k.id = l.id AND k.retired_by IS NULL
               LEFT JOIN ledger_body b ON b.sequence = l.sequence
              WHERE l.sequence = ?1 AND ?4 IS NOT NULL AND {} AND NOT {}",
            sealed::may_see("k", "?2", "?3"),
            eyes.under_embargo("k", kind, "?4", "?3"),
        )
    } else if has_version {
        format!(
            "SELECT k.code, b.reason FROM {kind} k LEFT JOIN ledger_body b ON b.sequence = k.version
               WHERE k.version = ?1 AND ?4 IS NOT NULL AND {} AND NOT {}",
            sealed::may_see("k", "?2", "?3"),
            eyes.under_embargo("k", kind, "?4", "?3"),
        )
    } else {
        "SELECT code, reason FROM ledger_body
          WHERE sequence = ?1 AND sensitivity <= ?2 AND ?3 IS ?3 AND ?4 IS NOT NULL"
            .to_owned()
    };
    let seen: Option<(String, Option<String>)> = connection
        .prepare_cached(&sql)?
        .query_row(eyes.parameters(row.sequence), |row| Ok((row.get("code")?, row.get("reason")?)))
        .optional()?;
    let Some((code, mut reason)) = seen else { return Ok(None) };
    if has_version && reason.is_some() && !sees_whole(connection, kind, row.sequence, eyes)? {
        reason = Some(NOT_TOLD.to_owned());
    }
    let action: Action = row.action.parse().map_err(corrupt)?;
    let (recorded_at, learned_at) = (instant(row.recorded_at)?, instant(row.learned_at)?);
    let (sequence, actor, id) = (row.sequence, row.actor, Uuid::from_bytes(row.id));
    Ok(Some(Entry { sequence, recorded_at, learned_at, actor, action, kind, id, code, reason }))
}

/// Is nothing withheld of the version from this reader?
pub(super) fn sees_whole(
    connection: &Connection,
    kind: Kind,
    version: i64,
    eyes: &mut Eyes<'_>,
) -> StoreResult<bool> {
    let sql = format!(
        "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
          WHERE k.version = ?1"
    );
    let seen = record::all(connection, kind, &sql, [version], |raw| eyes.body(raw))?;
    Ok(seen.first().is_some_and(|stored| !stored.seen.is_part))
}
