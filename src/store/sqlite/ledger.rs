//! The chain of the ledger: each entry is hashed with the one before it; bodies only by a salted digest.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use uuid::Uuid;

use super::sealed::{self, Eyes};
use super::{SqliteStore, change, instant, millis};
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{Action, Change, Entry, LedgerStore, StoreError, StoreResult, Verified, Write};

/// Told apart from every other hash that is ever made here.
const ENTRY_DOMAIN: &[u8] = b"passage ledger entry v1";
const BODY_DOMAIN: &[u8] = b"passage ledger body v1";

/// The end of the chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) sequence: i64,
    hash: [u8; 32],
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
        let body = change::canonical(change);
        let reason = change.reason.as_deref();
        let told = Told {
            action: action.as_str(),
            kind: change.draft.kind,
            id,
            code,
            level,
            body: &body,
            reason,
        };
        self.append(&head.actor, head.recorded_at, learned_at, &told, connection)
    }

    /// Writes the next entry, whatever it tells, and its body; gives the new end.
    pub(super) fn append(
        self,
        actor: &str,
        recorded_at: DateTime<Utc>,
        learned_at: DateTime<Utc>,
        told: &Told<'_>,
        connection: &Connection,
    ) -> StoreResult<Self> {
        const INSERT: &str = "
            INSERT INTO ledger (sequence, recorded_at, learned_at, actor, action, kind, id, digest, hash)
            VALUES (:sequence, :recorded_at, :learned_at, :actor, :action, :kind, :id, :digest, :hash)";
        const INSERT_BODY: &str = "
            INSERT INTO ledger_body (sequence, salt, code, sensitivity, body, reason)
            VALUES (:sequence, :salt, :code, :sensitivity, :body, :reason)";
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)
            .map_err(|fault| StoreError::Backend(fault.to_string().into()))?;
        let level = told.level as i64;
        let row = EntryRow {
            sequence: self.sequence + 1,
            recorded_at: millis(recorded_at),
            learned_at: millis(learned_at),
            actor: actor.to_owned(),
            action: told.action.to_owned(),
            kind: told.kind.as_str().to_owned(),
            id: told.id.into_bytes(),
            digest: digest(
                &salt,
                told.code.as_bytes(),
                level,
                told.body.as_bytes(),
                told.reason.unwrap_or("").as_bytes(),
            ),
        };
        let hash = row.hash(&self.hash);
        connection.prepare_cached(INSERT)?.execute(named_params! {
            ":sequence": row.sequence, ":recorded_at": row.recorded_at, ":learned_at": row.learned_at,
            ":actor": row.actor, ":action": row.action, ":kind": row.kind, ":id": row.id,
            ":digest": row.digest, ":hash": hash,
        })?;
        connection.prepare_cached(INSERT_BODY)?.execute(named_params! {
            ":sequence": row.sequence, ":salt": salt, ":code": told.code,
            ":sensitivity": level, ":body": told.body, ":reason": told.reason,
        })?;
        Ok(Self { sequence: row.sequence, hash })
    }
}

/// What an entry tells.
pub(super) struct Told<'t> {
    pub(super) action: &'t str,
    pub(super) kind: Kind,
    pub(super) id: Uuid,
    pub(super) code: &'t str,
    pub(super) level: Sensitivity,
    pub(super) body: &'t str,
    pub(super) reason: Option<&'t str>,
}

/// An entry as it is hashed.
struct EntryRow {
    sequence: i64,
    recorded_at: i64,
    learned_at: i64,
    actor: String,
    action: String,
    kind: String,
    id: [u8; 16],
    digest: [u8; 32],
}

impl EntryRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
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

    fn hash(&self, previous: &[u8; 32]) -> [u8; 32] {
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

fn digest(salt: &[u8], code: &[u8], level: i64, body: &[u8], reason: &[u8]) -> [u8; 32] {
    hash_of(BODY_DOMAIN, &[salt, code, &level.to_be_bytes(), body, reason])
}

/// Fields go in with their length before them, so that no two lists of fields look alike.
fn hash_of(domain: &[u8], fields: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for field in std::iter::once(&domain).chain(fields) {
        hasher.update(&(field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

/// Walks the chain; gives the first entry that does not fit.
fn walk(connection: &Connection) -> StoreResult<Verified> {
    const ALL: &str = "
        SELECT l.sequence, l.recorded_at, l.learned_at, l.actor, l.action, l.kind, l.id, l.digest, l.hash,
               b.salt, b.code, b.sensitivity, b.body, b.reason
          FROM ledger l LEFT JOIN ledger_body b ON b.sequence = l.sequence
         ORDER BY l.sequence";
    let (mut entries, mut previous) = (0_u64, [0; 32]);
    let mut statement = connection.prepare(ALL)?;
    let mut rows = statement.query([])?;
    let broken_at = |sequence, entries, previous: [u8; 32], fault: &str| Verified {
        entries,
        head: hex(&previous),
        broken: Some((sequence, fault.to_owned())),
    };
    while let Some(row) = rows.next()? {
        let expected = i64::try_from(entries).unwrap_or(i64::MAX) + 1;
        let (Ok(entry), Ok(hash)) = (EntryRow::from_row(row), row.get::<_, [u8; 32]>("hash"))
        else {
            return Ok(broken_at(expected, entries, previous, "the entry cannot be read"));
        };
        if entry.sequence != expected {
            return Ok(broken_at(expected, entries, previous, "the entry is missing"));
        }
        if entry.hash(&previous) != hash {
            return Ok(broken_at(entry.sequence, entries, previous, "the entry was changed"));
        }
        // As bytes: what was tampered with need not be text.
        let bytes = |column| row.get_ref(column).map(|v| v.as_bytes_or_null().ok().flatten());
        if let Some(body) = bytes("body")? {
            let (salt, reason) = (bytes("salt")?.unwrap_or(&[]), bytes("reason")?.unwrap_or(&[]));
            let (code, level) =
                (bytes("code")?.unwrap_or(&[]), row.get("sensitivity").unwrap_or(-1));
            if digest(salt, code, level, body, reason) != entry.digest {
                return Ok(broken_at(
                    entry.sequence,
                    entries,
                    previous,
                    "the body of the entry was changed",
                ));
            }
        }
        (entries, previous) = (entries + 1, hash);
    }
    Ok(Verified { entries, head: hex(&previous), broken: None })
}

/// Walks the chain, then compares the versions with it; the first that is wrong is named.
fn verified(connection: &Connection) -> StoreResult<Verified> {
    let walked = walk(connection)?;
    let lost = lost_version(connection)?;
    let first = |found: &(i64, String)| walked.broken.as_ref().is_none_or(|(at, _)| found.0 < *at);
    let broken = lost.filter(first).or_else(|| walked.broken.clone());
    Ok(Verified { broken, ..walked })
}

/// The first version without an entry, entry without its version, or version that says otherwise than its entry.
fn lost_version(connection: &Connection) -> StoreResult<Option<(i64, String)>> {
    let mut first: Option<(i64, String)> = None;
    for kind in Kind::ALL {
        let sql = format!(
            "SELECT coalesce(l.sequence, k.version)
               FROM (SELECT l.*, b.code, b.sensitivity FROM ledger l
                       LEFT JOIN ledger_body b ON b.sequence = l.sequence
                      WHERE l.kind = ?1 AND l.action NOT IN ('export', 'purge')) l
               FULL JOIN {kind} k ON k.version = l.sequence
              WHERE l.sequence IS NULL OR k.version IS NULL OR k.id <> l.id
                 OR k.learned_at <> l.learned_at OR k.recorded_at <> l.recorded_at
                 OR k.withdrawn <> (l.action = 'withdraw')
                 OR k.code <> l.code OR k.sensitivity <> l.sensitivity
              ORDER BY 1 LIMIT 1"
        );
        let lost: Option<i64> =
            connection.prepare(&sql)?.query_row([kind.as_str()], |row| row.get(0)).optional()?;
        if let Some(lost) = lost.filter(|lost| first.as_ref().is_none_or(|(at, _)| lost < at)) {
            first = Some((lost, format!("the {kind} is missing, or is not what its entry says")));
        }
    }
    Ok(first)
}

fn hex(bytes: &[u8; 32]) -> String {
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
            let eyes = Eyes::new(connection, &gate, &clearance, at);
            entries_after(connection, after, limit, &eyes)
        })
        .await
    }

    async fn sequence(&self) -> StoreResult<i64> {
        self.read(|connection| Link::last(connection).map(|link| link.sequence)).await
    }

    async fn verify(&self) -> StoreResult<Verified> {
        self.read(verified).await
    }
}

fn entries_after(
    connection: &Connection,
    after: i64,
    limit: usize,
    eyes: &Eyes<'_>,
) -> StoreResult<Vec<Entry>> {
    const AFTER: &str = "SELECT sequence, recorded_at, learned_at, actor, action, kind, id, digest
        FROM ledger WHERE sequence > :after ORDER BY sequence";
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
fn entry_of(connection: &Connection, row: EntryRow, eyes: &Eyes<'_>) -> StoreResult<Option<Entry>> {
    let corrupt = |fault: crate::domain::InvalidValue| StoreError::Corrupt(fault.to_string());
    let kind: Kind = row.kind.parse().map_err(corrupt)?;
    let seen: Option<(String, Option<String>)> = connection
        .prepare_cached(&format!(
            "SELECT k.code, b.reason FROM {kind} k LEFT JOIN ledger_body b ON b.sequence = k.version
              WHERE k.version = ?1 AND ?4 IS NOT NULL AND {} AND NOT {}",
            sealed::may_see("k", "?2", "?3"),
            eyes.under_embargo("k", kind, "?4", "?3"),
        ))?
        .query_row(eyes.parameters(row.sequence), |row| Ok((row.get("code")?, row.get("reason")?)))
        .optional()?;
    let Some((code, reason)) = seen else { return Ok(None) };
    let action: Action = row.action.parse().map_err(corrupt)?;
    let (recorded_at, learned_at) = (instant(row.recorded_at)?, instant(row.learned_at)?);
    let (sequence, actor, id) = (row.sequence, row.actor, Uuid::from_bytes(row.id));
    Ok(Some(Entry { sequence, recorded_at, learned_at, actor, action, kind, id, code, reason }))
}
