//! A key that this program cannot use is refused, and nothing is written.
#![cfg(all(test, not(feature = "sqlcipher")))]

use passage::store::{Key, SqliteStore, StoreError};

#[test]
fn a_program_that_cannot_encrypt_refuses_a_key_rather_than_write_in_the_clear() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    let fault = SqliteStore::open_with(&path, 1, Some(Key::new([7; 32]))).unwrap_err();
    assert!(matches!(&fault, StoreError::Key(t) if t.contains("--features sqlcipher")), "{fault}");
    assert!(std::fs::read(&path).map_or(0, |bytes| bytes.len()) == 0, "nothing is written");
}
