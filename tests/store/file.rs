//! What only a `SQLite` file can show: it keeps everything, guards its ledger, and is refused when it is not ours.
#![cfg(test)]

use passage::clock::Clock;
use passage::domain::{Clearance, Kind, Role, Standing};
use passage::keys::{Keys, Purpose};
use passage::store::{
    KeptReport, LedgerStore, RecordStore, ReportStore, SqliteStore, StoreError, Token, TokenStore,
    Write,
};
use passage::token;
use rusqlite::Connection;

use super::earlier::earlier_file;
use super::{area, hour, later, new, next, sqlite, write};

fn report() -> KeptReport {
    KeptReport {
        schedule: "weekly".to_owned(),
        period_end: hour(1),
        recipient: String::new(),
        language: passage::domain::Language::En,
        as_of: hour(1),
        known_at: hour(1),
        made_at: hour(1),
        clearance: passage::domain::Sensitivity::Internal,
        body: "{}".to_owned(),
        checkpoint: Some("passage checkpoint v1".to_owned()),
    }
}

#[tokio::test]
async fn a_file_that_is_opened_again_has_kept_everything() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    let keyed = Write {
        idempotency: Some(("k".to_owned(), [1; 32])),
        ..write(hour(1), vec![new(Kind::Area, &area("duma", "Duma"))])
    };
    let token = Token {
        id: "aa".to_owned(),
        name: "desk".to_owned(),
        standing: Standing::usual(Role::Admin),
        secret_hash: [7; 32],
        created_at: hour(1),
        created_by: "command line".to_owned(),
        expires_at: hour(99),
        revoked_at: None,
    };
    let report = report();
    let (answer, sound, known) = {
        let store = SqliteStore::open(&path, 2).unwrap();
        let answer = store.write(keyed.clone()).await.unwrap();
        let change = next(Kind::Area, answer[0].version, &area("duma", "Douma"));
        store.write(write(hour(2), vec![change])).await.unwrap();
        store.add_token(token.clone()).await.unwrap();
        store.keep_report(vec![report.clone().into()]).await.unwrap();
        let known = store.since(0, later(), &Clearance::ALL, later()).await.unwrap();
        (answer, store.verify().await.unwrap(), known)
    };
    let store = SqliteStore::open(&path, 2).unwrap();
    assert_eq!(store.verify().await.unwrap(), sound);
    assert_eq!(
        store.since(0, later(), &Clearance::ALL, later()).await.unwrap().records,
        known.records
    );
    assert_eq!(store.write(keyed).await.unwrap(), answer, "a retry after a restart");
    assert_eq!(store.tokens().await.unwrap(), [token]);
    assert_eq!(store.report_before("weekly", "", later()).await.unwrap(), Some(report));
    assert_eq!(store.changes(0, 9, &Clearance::ALL, later()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_ledger_refuses_to_be_changed_or_shortened() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let file = Connection::open(store.file()).unwrap();
    for sql in [
        "UPDATE ledger SET actor = 'somebody else'",
        "UPDATE ledger SET sequence = 2",
        "DELETE FROM ledger",
        "DELETE FROM ledger WHERE sequence = 1",
    ] {
        let fault = file.execute(sql, []).unwrap_err();
        assert!(fault.to_string().contains("append-only"), "{sql}: {fault}");
    }
    assert_eq!(store.verify().await.unwrap().entries, 1);
}

#[tokio::test]
async fn an_entry_is_not_written_over_by_insert_or_replace() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let file = Connection::open(store.file()).unwrap();
    let sql = "INSERT OR REPLACE INTO ledger SELECT sequence, recorded_at, learned_at, 'somebody else', action, kind, id, digest, hash FROM ledger";
    let outcome = file.execute(sql, []);
    assert!(outcome.is_err(), "it took the place of {outcome:?} entry");
    assert_eq!(store.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn the_file_is_in_wal_mode() {
    let store = sqlite();
    let file = Connection::open(store.file()).unwrap();
    let mode: String = file.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn every_row_of_the_file_stands_on_an_entry_of_the_ledger() {
    let store = sqlite();
    let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    store.put_one(hour(2), next(Kind::Area, first.version, &area("duma", "Douma"))).await;
    let file = Connection::open(store.file()).unwrap();
    for pragma in ["integrity_check", "quick_check"] {
        let sound: String = file.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
    let mut check = file.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!check.exists([]).unwrap(), "every row stands on an entry of the ledger");
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    drop(SqliteStore::open(&path, 1).unwrap());
    let file = Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    let fault = SqliteStore::open(&path, 1).unwrap_err();
    assert!(matches!(&fault, StoreError::Corrupt(t) if t.contains("newer")), "{fault}");
    let step: u32 = file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(step, 99);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    std::fs::write(&path, "a letter, not a database\n".repeat(1_000)).unwrap();
    let fault = SqliteStore::open(&path, 1).unwrap_err();
    assert!(matches!(fault, StoreError::Corrupt(_)), "{fault}");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("a letter"), "it was left as it is");
}

#[tokio::test]
async fn a_token_of_an_earlier_passage_goes_on_working_under_the_key() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    let secret = "ab".repeat(32);
    let unkeyed = blake3::derive_key("passage token secret v1", secret.as_bytes());
    let file = earlier_file(&path);
    let old = "INSERT INTO token VALUES ('psg_0123456789ab', 'desk', 'coordinator', ?1, 1000, NULL, NULL)";
    file.execute(old, [unkeyed.as_slice()]).unwrap();
    drop(file);

    let store = SqliteStore::open(&path, 1).unwrap();
    let key = Keys::of(home.path()).key(Purpose::Token).unwrap();
    let given = format!("psg_0123456789ab.{secret}");
    let holds =
        async || token::check(&store, &key, &given, Clock::Wall.recorded_at()).await.unwrap();
    assert_eq!(holds().await, None, "what is not under the key is no use");
    for adopted in [1, 0] {
        let key = key.clone();
        let keyed = Box::new(move |hash: &[u8; 32]| token::keyed(&key, hash));
        assert_eq!(store.key_tokens(keyed).await.unwrap(), adopted);
    }
    let held = holds().await.expect("it goes on working");
    assert_eq!(held.standing, Standing::usual(Role::Coordinator));
    let days = (held.expires_at - chrono::DateTime::UNIX_EPOCH).num_days();
    let today = (Clock::Wall.recorded_at() - chrono::DateTime::UNIX_EPOCH).num_days();
    assert!((365..=366).contains(&(days - today)), "for a year: {days} {today}");
}

#[tokio::test]
async fn what_was_changed_about_accounts_is_append_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    let store = SqliteStore::open(&path, 1).unwrap();
    store.revoke_token("none", "Ada", hour(1)).await.unwrap();
    let file = Connection::open(&path).unwrap();
    let row = |sequence: i64| {
        format!(
            "INSERT OR REPLACE INTO account_change VALUES ({sequence}, 1, 'a', 'create', 'token', 'x', '{{}}')"
        )
    };
    file.execute_batch(&row(1)).unwrap();
    for change in [
        "UPDATE account_change SET actor = 'b'".to_owned(),
        "DELETE FROM account_change".to_owned(),
        row(1),
        row(3),
    ] {
        let fault = file.execute_batch(&change).unwrap_err().to_string();
        assert!(fault.contains("append-only"), "{change}: {fault}");
    }
}
