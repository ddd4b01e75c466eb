//! The store on one `SQLite` file. The only room that names `rusqlite`.
//!
//! [`SqliteStore::read`] and [`SqliteStore::write_in_turn`] are the only two ways from async code to a connection.

mod account_change;
mod change;
mod idempotency;
mod ledger;
mod list;
mod migrate;
mod readers;
mod record;
mod report;
mod statements;
mod token;
mod user;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, ffi};

use self::readers::Readers;
use self::writer::Writer;
use super::{StoreError, StoreResult};

/// The oldest bundled `SQLite` without the WAL-reset corruption bug (3.7.0 to 3.51.2), as a number.
const OLDEST_SOUND_SQLITE: i32 = 3_051_003;

/// How long a connection waits for another program's lock.
const WAIT: Duration = Duration::from_secs(5);

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 256;

/// The store.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    path: PathBuf,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the file, makes or migrates its tables, and starts the writer.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, is damaged, or was made by a newer program.
    pub fn open(path: &Path, readers: usize) -> StoreResult<Self> {
        if rusqlite::version_number() < OLDEST_SOUND_SQLITE {
            return Err(StoreError::Corrupt(format!("SQLite {} loses data", rusqlite::version())));
        }
        let mut connection = Connection::open(path)?;
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
        migrate::migrate(&mut connection)?;
        Ok(Self {
            writer: Writer::start(connection)?,
            readers: Readers::new(path, readers)?,
            path: path.to_owned(),
        })
    }

    /// Runs `query` on a reading connection, in one snapshot of the data.
    async fn read<T, F>(&self, query: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        self.readers.run(query).await
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

/// What every connection needs.
fn prepare(connection: &Connection) -> StoreResult<()> {
    connection.busy_timeout(WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
                Self::NoSpace
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(error.to_string())
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
