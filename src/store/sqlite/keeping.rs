//! Copies of the file, where its ledger stands, how it is. Purges stand in `purge`, the walk in `verify`.

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, named_params, params};

use super::ledger::{Link, hex};
use super::{SqliteStore, instant, migrate, millis, purge, unlock, verify};
use crate::disclose::Gate;
use crate::domain::{Clearance, Kind};
use crate::store::{
    Copied, Head, Health, KeepingStore, Key, PurgeNote, PurgeOrder, Purged, Reference, Rewrite,
    StoreError, StoreResult, Upkeep,
};

/// How many faults of the pages are told.
const MOST_FAULTS: usize = 10;

#[async_trait]
impl KeepingStore for SqliteStore {
    async fn head(&self) -> StoreResult<Head> {
        self.read(head).await
    }

    async fn hash_at(&self, sequence: i64) -> StoreResult<Option<String>> {
        const HASH: &str = "SELECT hash FROM ledger WHERE sequence = ?1";
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(HASH)?;
            let hash = statement.query_row([sequence], |row| row.get::<_, [u8; 32]>(0));
            Ok(hash.optional()?.as_ref().map(hex))
        })
        .await
    }

    async fn copy_to(&self, file: &Path) -> StoreResult<Copied> {
        let (from, to, key) = (self.path.clone(), file.to_owned(), self.key.clone());
        let judge = self.judge();
        blocking(move || {
            // One snapshot, also while others write; free pages and what was deleted stay behind.
            // Of an encrypted file the copy has the same key.
            let from = opened(&from, key.as_ref())?;
            from.execute("VACUUM INTO ?1", [to.display().to_string()])?;
            inspect(&to, key.as_ref(), judge.as_deref())
        })
        .await
    }

    async fn purge(&self, order: PurgeOrder) -> StoreResult<Purged> {
        if order.dry_run {
            return self.read(move |connection| purge::found(connection, &order)).await;
        }
        self.write_in_turn(move |connection| purge::purge(connection, &order)).await
    }

    async fn rewrite(&self) -> StoreResult<Rewrite> {
        let Some(since) = self.read(purge::to_be_rewritten).await? else {
            return Ok(Rewrite::NotNeeded);
        };
        let (path, key) = (self.path.clone(), self.key.clone());
        if !blocking(move || purge::rewrite(&path, key.as_ref())).await? {
            return Ok(Rewrite::Hindered);
        }
        self.write_in_turn(move |connection| purge::rewritten(connection, since)).await?;
        Ok(Rewrite::Done)
    }

    async fn purge_note(
        &self,
        kind: Kind,
        reference: &Reference,
        clearance: &Clearance,
    ) -> StoreResult<Option<PurgeNote>> {
        let (reference, level) = (reference.clone(), clearance.level);
        self.read(move |connection| purge::note(connection, kind, &reference, level)).await
    }

    async fn purged_after(&self, sequence: i64) -> StoreResult<bool> {
        const AFTER: &str = "SELECT EXISTS (SELECT 1 FROM purged WHERE sequence > ?1)";
        self.read(move |connection| {
            Ok(connection.prepare_cached(AFTER)?.query_row([sequence], |row| row.get(0))?)
        })
        .await
    }

    async fn note_upkeep(
        &self,
        task: &str,
        at: DateTime<Utc>,
        outcome: Result<String, String>,
    ) -> StoreResult<()> {
        const NOTE: &str = "
            INSERT INTO upkeep (task, tried_at, done_at, detail)
            VALUES (:task, :tried_at, :done_at, :detail)
            ON CONFLICT (task) DO UPDATE SET tried_at = excluded.tried_at,
                done_at = coalesce(excluded.done_at, done_at), detail = excluded.detail";
        let task = task.to_owned();
        self.write_in_turn(move |connection| {
            let done_at = outcome.is_ok().then(|| millis(at));
            let (Ok(detail) | Err(detail)) = outcome;
            connection.prepare_cached(NOTE)?.execute(named_params! {
                ":task": task, ":tried_at": millis(at), ":done_at": done_at, ":detail": detail,
            })?;
            Ok(())
        })
        .await
    }

    async fn upkeep(&self) -> StoreResult<Vec<Upkeep>> {
        self.read(upkeep).await
    }
}

impl SqliteStore {
    /// How the file is, also where it is damaged or of another step: nothing in it is changed.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, does not fit the key, or is no file of this kind at all.
    pub fn health(path: &Path, key: Option<&Key>) -> StoreResult<Health> {
        let connection = opened(path, key)?;
        let told = || -> StoreResult<_> {
            Ok((head(&connection)?, upkeep(&connection)?, last_reports(&connection)?))
        };
        let (head, upkeep, reports) = told().map_or_else(
            |_fault| (None, Vec::new(), Vec::new()),
            |(head, upkeep, reports)| (Some(head), upkeep, reports),
        );
        Ok(Health {
            faults: faults(&connection)?,
            schema_step: step(&connection)?,
            newest_step: u32::try_from(migrate::NEWEST).unwrap_or(u32::MAX),
            head,
            upkeep,
            reports,
            // In a file of an earlier step there are none.
            schedules: schedules(&connection).unwrap_or_default(),
            recipients: recipients(&connection).unwrap_or_default(),
        })
    }
}

impl SqliteStore {
    /// Brings a file that nobody has open any more to rest: all of it stands in the file itself.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, does not fit the key, or is still in use.
    pub fn rest(path: &Path, key: Option<&Key>) -> StoreResult<()> {
        let connection = Connection::open(path)?;
        unlock::unlock(&connection, key)?;
        super::prepare(&connection)?;
        if purge::empty_log(&connection)? { Ok(()) } else { Err(StoreError::Busy) }
    }
}

/// Opens a file to read it alone.
fn opened(path: &Path, key: Option<&Key>) -> StoreResult<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    unlock::unlock(&connection, key)?;
    super::prepare(&connection)?;
    Ok(connection)
}

/// Opens a copy and walks its ledger.
fn inspect(path: &Path, key: Option<&Key>, judge: Option<&Gate>) -> StoreResult<Copied> {
    let connection = opened(path, key)?;
    if let Some(fault) = faults(&connection)?.first() {
        return Err(StoreError::Corrupt(format!("the copy is not in order: {fault}")));
    }
    if let Some((sequence, fault)) = verify::verified(&connection, judge)?.broken {
        let detail = format!("entry {sequence} is the first that is broken: {fault}");
        return Err(StoreError::Corrupt(detail));
    }
    let mut counts = BTreeMap::new();
    for kind in Kind::ALL {
        let sql = format!("SELECT count(*) FROM {kind}");
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        if count > 0 {
            counts.insert(kind.to_string(), count.unsigned_abs());
        }
    }
    Ok(Copied { head: head(&connection)?, counts, schema_step: step(&connection)? })
}

fn step(connection: &Connection) -> StoreResult<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// What is wrong with the pages of the file.
fn faults(connection: &Connection) -> StoreResult<Vec<String>> {
    let sql = format!("PRAGMA quick_check({MOST_FAULTS})");
    let mut statement = connection.prepare(&sql)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn head(connection: &Connection) -> StoreResult<Head> {
    let link = Link::last(connection)?;
    let recorded_at: Option<i64> = connection.query_row(
        "SELECT max(recorded_at) FROM ledger WHERE sequence = ?1",
        [link.sequence],
        |row| row.get(0),
    )?;
    Ok(Head {
        deployment: hex_short(deployment(connection)?),
        sequence: link.sequence,
        hash: hex(&link.hash),
        recorded_at: recorded_at.map(instant).transpose()?,
    })
}

/// The id of this deployment.
pub(super) fn deployment(connection: &Connection) -> StoreResult<[u8; 16]> {
    const SELECT: &str = "SELECT id FROM deployment";
    Ok(connection.prepare_cached(SELECT)?.query_row([], |row| row.get(0))?)
}

fn hex_short(id: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(id))
}

fn upkeep(connection: &Connection) -> StoreResult<Vec<Upkeep>> {
    const SELECT: &str = "SELECT task, tried_at, done_at, detail FROM upkeep ORDER BY task";
    let mut statement = connection.prepare_cached(SELECT)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let done_at: Option<i64> = row.get("done_at")?;
        found.push(Upkeep {
            task: row.get("task")?,
            tried_at: instant(row.get("tried_at")?)?,
            done_at: done_at.map(instant).transpose()?,
            detail: row.get("detail")?,
        });
    }
    Ok(found)
}

fn last_reports(connection: &Connection) -> StoreResult<Vec<(String, DateTime<Utc>)>> {
    const SELECT: &str = "SELECT schedule, max(period_end) FROM report GROUP BY schedule";
    let mut statement = connection.prepare(SELECT)?;
    let mut rows = statement.query(params![])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, instant(row.get(1)?)?));
    }
    Ok(found)
}

fn schedules(connection: &Connection) -> StoreResult<Vec<(String, DateTime<Utc>, String)>> {
    const SELECT: &str = "
        SELECT k.code, k.learned_at, b.body FROM schedule k JOIN ledger_body b ON b.sequence = k.version
         WHERE k.retired_by IS NULL AND k.withdrawn = 0 ORDER BY k.code";
    let mut statement = connection.prepare(SELECT)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (code, learned_at, body) = row?;
        Ok((code, instant(learned_at)?, body))
    })
    .collect()
}

fn recipients(connection: &Connection) -> StoreResult<Vec<String>> {
    const SELECT: &str = "SELECT code FROM recipient WHERE retired_by IS NULL AND withdrawn = 0";
    let mut statement = connection.prepare(SELECT)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.map(|row| Ok(row?)).collect()
}

/// Runs what takes long off the async threads, on a connection of its own.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> StoreResult<T> + Send + 'static,
) -> StoreResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| StoreError::Backend(Box::new(fault)))?
}
