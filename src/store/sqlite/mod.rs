//! The store on one `SQLite` file. The only room that names `rusqlite`.
//!
//! [`SqliteStore::read`] and [`SqliteStore::write_in_turn`] are the only two ways from async code to a connection.

mod account_change;
mod alert;
mod attachment;
mod boundary;
mod change;
mod checkpoint;
mod delivery;
mod export;
mod idempotency;
mod import;
mod keeping;
mod ledger;
mod list;
mod lowering;
mod margin;
mod merge;
mod migrate;
mod purge;
mod readers;
mod record;
mod report;
mod sealed;
mod statements;
mod token;
mod unlock;
mod user;
mod verify;
mod withheld;
mod within;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Row, ffi};

use self::readers::Readers;
use self::writer::Writer;
use super::{Key, StoreError, StoreResult};
use crate::disclose::{Gate, Rules, Watch};

/// The oldest bundled `SQLite` without the WAL-reset corruption bug (3.7.0 to 3.51.2), as a number.
const OLDEST_SOUND_SQLITE: i32 = 3_051_003;

/// How long a connection waits for another program's lock.
const WAIT: Duration = Duration::from_secs(5);

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 256;

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// How many reading connections there are.
    pub readers: usize,
    /// The rules of the gate.
    pub rules: Rules,
    /// Are versions that were sealed by other rules sealed by these? Else records can be read and not written.
    pub renew: bool,
    /// The key of an encrypted file.
    pub key: Option<Key>,
    /// The clock that embargoes end by.
    pub watch: Option<Watch>,
}

/// The store.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    path: PathBuf,
    /// The key of an encrypted file, for connections of their own.
    key: Option<Key>,
    gate: Arc<Gate>,
    /// Were the versions sealed by other rules than those of this gate?
    sealed_by_others: bool,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens a file that is not encrypted, with the built-in rules of the gate.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open_as`].
    pub fn open(path: &Path, readers: usize) -> StoreResult<Self> {
        Self::open_with(path, readers, None)
    }

    /// Opens a file with the built-in rules of the gate. With a key the file is encrypted.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open_as`].
    pub fn open_with(path: &Path, readers: usize, key: Option<Key>) -> StoreResult<Self> {
        Self::open_as(
            path,
            Opening { readers, rules: Rules::default(), renew: true, key, watch: None },
        )
    }

    /// Opens the file, makes or migrates its tables, and starts the writer.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, is damaged, does not fit the key, or was made by a newer program.
    pub fn open_as(path: &Path, opening: Opening) -> StoreResult<Self> {
        let Opening { readers, rules, renew, key, watch } = opening;
        if rusqlite::version_number() < OLDEST_SOUND_SQLITE {
            return Err(StoreError::Corrupt(format!("SQLite {} loses data", rusqlite::version())));
        }
        let mut connection = open_to_write(path, key.as_ref())?;
        migrate::migrate(&mut connection)?;
        let (mask_key, sealed_by) = sealed::gate_row(&connection)?;
        let gate = Gate::new(rules, mask_key).with_watch(watch);
        let is_sealed = sealed_by == Some(gate.fingerprint());
        if !is_sealed && (renew || sealed_by.is_none()) {
            sealed::reseal(&connection, &gate)?;
        }
        Ok(Self {
            writer: Writer::start(connection, path, key.clone())?,
            readers: Readers::new(path, readers, key.clone())?,
            path: path.to_owned(),
            key,
            gate: Arc::new(gate),
            sealed_by_others: !is_sealed && !renew && sealed_by.is_some(),
        })
    }

    /// Runs `query` on a reading connection, in one snapshot of the data.
    async fn read<T, F>(&self, query: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        let read = self.readers.run(query).await;
        if matches!(&read, Err(StoreError::Corrupt(what)) if what == DAMAGED_FILE) {
            self.writer.suspect();
        }
        read
    }

    /// The gate that the versions were sealed by; `None` where it was another.
    fn judge(&self) -> Option<Arc<Gate>> {
        (!self.sealed_by_others).then(|| Arc::clone(&self.gate))
    }

    /// Records must not be sealed by two sets of rules, nor figures made of what nobody judged by these.
    ///
    /// # Errors
    ///
    /// When the records of this store were sealed by other rules.
    pub fn must_be_sealed_alike(&self) -> StoreResult<()> {
        if self.sealed_by_others { Err(StoreError::OtherRules) } else { Ok(()) }
    }

    /// Runs `change` on the writing connection, in its turn, and answers when it is on the disk.
    async fn write_in_turn<T, F>(&self, change: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        self.writer.run(change).await
    }
}

/// The writing connection.
fn open_to_write(path: &Path, key: Option<&Key>) -> StoreResult<Connection> {
    let connection = Connection::open(path)?;
    unlock::unlock(&connection, key)?;
    prepare(&connection)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Corrupt(format!(
            "the file system refuses WAL, journal mode is {mode}"
        )));
    }
    // NORMAL loses acknowledged writes when the power goes.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // After a long reader the log does not stay as long as it once was.
    connection.pragma_update(None, "journal_size_limit", checkpoint::KEPT_BYTES)?;
    Ok(connection)
}

/// What every connection needs.
fn prepare(connection: &Connection) -> StoreResult<()> {
    connection.busy_timeout(WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

/// What is said where `SQLite` itself finds the file damaged: the writer then looks at all of it.
const DAMAGED_FILE: &str = "the file is damaged, or is no database";

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => Self::NoSpace,
            Some(ErrorCode::SystemIoFailure) => Self::DiskFault,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(DAMAGED_FILE.to_owned())
            }
            _ => Self::Backend(Box::new(error)),
        }
    }
}

/// Was a unique index broken? Told by the extended code, so that a broken `CHECK` is not taken for it.
fn is_unique_violation(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(failure, _)
        if matches!(failure.extended_code, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY))
}

/// An instant as it stands in a column.
const fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// An instant out of a column.
fn instant(millis: i64) -> StoreResult<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis)
        .ok_or_else(|| StoreError::Corrupt(format!("{millis} is no instant")))
}

/// A word of a closed list out of a column.
fn word<T: std::str::FromStr<Err: std::fmt::Display>>(
    row: &Row<'_>,
    column: &str,
) -> StoreResult<T> {
    let word: String = row.get(column)?;
    word.parse().map_err(|fault| StoreError::Corrupt(format!("{column}: {fault}")))
}

/// The same where there may be none.
fn word_or_none<T: std::str::FromStr<Err: std::fmt::Display>>(
    row: &Row<'_>,
    column: &str,
) -> StoreResult<Option<T>> {
    let is_there: Option<String> = row.get(column)?;
    is_there.map(|_| word(row, column)).transpose()
}

/// An id out of a column.
fn uuid(row: &Row<'_>, column: &str) -> StoreResult<uuid::Uuid> {
    let id: [u8; 16] = row.get(column)?;
    Ok(uuid::Uuid::from_bytes(id))
}
