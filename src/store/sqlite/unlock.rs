//! Opening an encrypted file: the key comes before anything else on every connection.

use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use super::WAIT;
use crate::store::{Key, StoreError, StoreResult};

/// How every file begins that is not encrypted.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Can this program encrypt?
pub(super) const CAN_ENCRYPT: bool = cfg!(feature = "sqlcipher");

/// Gives the key to a connection that has read nothing yet, and sees whether it fits.
pub(super) fn unlock(connection: &Connection, key: Option<&Key>) -> StoreResult<()> {
    let path = connection.path().unwrap_or_default().to_owned();
    connection.busy_timeout(WAIT)?;
    let Some(key) = key else {
        let damaged = format!("{path} is no store, or it is encrypted and store.key_from is none");
        return read_first_page(connection, StoreError::Corrupt(damaged));
    };
    if !CAN_ENCRYPT {
        return Err(refused(
            "this program cannot encrypt: build it with --features sqlcipher, or set store.key_from to none",
        ));
    }
    if begins_plain(Path::new(&path)) {
        return Err(refused(&format!(
            "{path} is not encrypted, but a key is given: set store.key_from to none, or import its export into a new folder"
        )));
    }
    // What SQLCipher would say of a wrong key is said below, in one sentence.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", format!("x'{}'", key.hex().expose()))?;
    let reasons = "it is the key of another store, or the file is damaged";
    read_first_page(connection, refused(&format!("the key does not open {path}: {reasons}")))
}

/// Nothing is known of a file before its first page could be read.
fn read_first_page(connection: &Connection, refusal: StoreError) -> StoreResult<()> {
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(refusal),
        other => Ok(other?),
    }
}

/// Is there a file that anybody can read?
fn begins_plain(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *PLAIN
}

fn refused(sentence: &str) -> StoreError {
    StoreError::Key(sentence.to_owned())
}
