//! Keeps the write-ahead log short, also where somebody reads at every moment.
//!
//! `SQLite` moves the log into the file by itself, but begins it anew only when it finds a moment in which nobody reads
//! from it. Readers that overlap leave none, and the log would grow as long as they come: then they are waited for.

use std::time::Duration;

use rusqlite::Connection;

use crate::store::StoreResult;

/// The log is long from this many pages on: 16 MiB.
const LONG: i64 = 4_096;

/// What is left of the file of the log when it begins anew, bytes.
pub(super) const KEPT_BYTES: i64 = 16 << 20;

/// How long the writer waits for one who reads. Whoever reads longer is let be until the log has grown as much again.
const WAIT: Duration = Duration::from_secs(1);

pub(super) struct Checkpoint {
    /// The length from which on readers are waited for, pages.
    long: i64,
}

impl Checkpoint {
    pub(super) const fn new() -> Self {
        Self { long: LONG }
    }

    /// After a commit: where the log is long, moves all of it into the file and begins it anew.
    pub(super) fn keep_short(&mut self, connection: &Connection) {
        if let Err(fault) = self.try_to(connection) {
            tracing::warn!(error = %fault, "The write-ahead log could not be shortened");
        }
    }

    fn try_to(&mut self, connection: &Connection) -> StoreResult<()> {
        let (_, pages) = checkpoint(connection, "PRAGMA wal_checkpoint(NOOP)")?;
        // What was undone is no page of the log any more, but its file is as long as it was.
        let pages = pages.max(pages_in_file(connection));
        if pages < self.long {
            return Ok(());
        }
        connection.busy_timeout(WAIT)?;
        let tried = checkpoint(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        connection.busy_timeout(super::WAIT)?;
        let (is_read, left) = tried?;
        self.long = if is_read { left.max(pages) + LONG } else { LONG };
        Ok(())
    }
}

/// How many pages have room in the file of the log; 0 where that cannot be told.
fn pages_in_file(connection: &Connection) -> i64 {
    /// A page of the file and what the log writes before it, bytes.
    const PAGE: u64 = 4_096 + 24;
    let path = connection.path().map(|path| format!("{path}-wal"));
    let length = path.and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len());
    i64::try_from(length / PAGE).unwrap_or(i64::MAX)
}

/// Did somebody read, so that not all was done? And how many pages the log has now.
fn checkpoint(connection: &Connection, sql: &str) -> StoreResult<(bool, i64)> {
    let mut ask = connection.prepare_cached(sql)?;
    Ok(ask.query_row([], |row| Ok((row.get::<_, i64>(0)? != 0, row.get(1)?)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_begins_anew_when_it_is_long_and_waits_for_no_long_reader_twice() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        let (writer, reader) = (Connection::open(&path).unwrap(), Connection::open(&path).unwrap());
        let mode = writer.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0));
        assert_eq!(mode, Ok("wal".to_owned()));
        writer.execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (1)").unwrap();
        let snapshot = reader.unchecked_transaction().unwrap();
        let count = |at: &Connection| at.query_row("SELECT count(*) FROM a", [], |row| row.get(0));
        assert_eq!(count(&snapshot), Ok(1));
        writer.execute("INSERT INTO a VALUES (randomblob(20000))", []).unwrap();
        let mut checkpoint = Checkpoint { long: 1 };
        checkpoint.keep_short(&writer);
        assert!(checkpoint.long > LONG, "it does not wait for the same reader again");
        assert_eq!(count(&snapshot), Ok(1), "the reader goes on");
        drop(snapshot);
        checkpoint.long = 1;
        checkpoint.keep_short(&writer);
        assert_eq!(checkpoint.long, LONG);
        let log = std::fs::metadata(path.with_file_name("file-wal"));
        assert_eq!(log.unwrap().len(), 0);
        assert_eq!(count(&reader), Ok(2));
    }

    #[test]
    fn what_was_undone_leaves_no_long_file() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        let writer = Connection::open(&path).unwrap();
        let mode = writer.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0));
        assert_eq!(mode, Ok("wal".to_owned()));
        writer.execute_batch("CREATE TABLE a (b); PRAGMA cache_size = 100").unwrap();
        let trial = writer.unchecked_transaction().unwrap();
        for _ in 0..100 {
            trial.execute("INSERT INTO a VALUES (randomblob(400000))", []).unwrap();
        }
        trial.rollback().unwrap();
        let length = || std::fs::metadata(path.with_file_name("file-wal")).unwrap().len();
        assert!(length() > 20 << 20, "the trial was written down: {}", length());
        Checkpoint::new().keep_short(&writer);
        assert_eq!(length(), 0);
    }
}
