//! Where the mask puts a position hangs on a random key of each store: here on one key, so that no test is a matter of luck.
//!
//! Other test targets include this file by `#[path = "../store/fixed_mask.rs"]`.
#![cfg(test)]

use std::path::Path;

use passage::store::SqliteStore;

/// Makes a new store whose masked positions lie on the same grid at each run.
pub fn make(file: &Path) {
    drop(SqliteStore::open(file, 1).unwrap());
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute("UPDATE gate SET mask_key = ?1", [[7_u8; 32]]).unwrap();
}
