//! Tampering with the file of a `SQLite` store: every kind is found, and the first broken entry is named.
//!
//! Who can rewrite the whole chain, or cut its end together with the records, is found by signed checkpoints alone.
#![cfg(test)]

use passage::domain::Kind;
use passage::store::{Action, Change, Verified};
use rusqlite::Connection;
use serde_json::json;

use super::{Housed, area, hour, new, next, sqlite, withdrawal};

/// Two areas, a convoy between them, a revision, a withdrawal with a reason, a party: entries 1 to 6.
async fn six_entries() -> Housed {
    let store = sqlite();
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-26" });
    let party = json!({ "code": "p1", "names": { "en": "Council" } });
    let changes = vec![
        new(Kind::Area, &area("duma", "Duma")),
        new(Kind::Convoy, &convoy),
        new(Kind::Area, &area("homs", "Homs")),
    ];
    store.put(hour(1), changes).await;
    store.put_one(hour(2), next(Kind::Area, 1, &area("duma", "Douma"))).await;
    store.put_one(hour(3), withdrawal(Kind::Area, 3, &area("homs", "Homs"))).await;
    store.put_one(hour(4), new(Kind::Party, &party)).await;
    assert_eq!(store.verify().await.unwrap().broken, None);
    store
}

/// What is found after somebody who owns the file ran this.
async fn found_after(sql: &str) -> Verified {
    let store = six_entries().await;
    let file = Connection::open(store.file()).unwrap();
    file.pragma_update(None, "foreign_keys", false).unwrap();
    file.execute_batch(
        "DROP TRIGGER ledger_is_never_changed; DROP TRIGGER ledger_is_never_shortened;",
    )
    .unwrap();
    file.execute_batch(sql).unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    store.verify().await.unwrap_or_else(|fault| panic!("{sql}: an answer, not an error: {fault}"))
}

/// The first broken entry, and how.
async fn broken_after(sql: &str) -> (i64, String) {
    found_after(sql).await.broken.unwrap_or_else(|| panic!("{sql}: nothing was found"))
}

#[tokio::test]
async fn a_body_that_was_edited_is_found() {
    for (edit, entry) in [
        ("UPDATE ledger_body SET body = replace(body, 'Duma', 'Douma') WHERE sequence = 1", 1),
        ("UPDATE ledger_body SET body = body || ' ' WHERE sequence = 4", 4),
        ("UPDATE ledger_body SET reason = 'another' WHERE sequence = 5", 5),
        ("UPDATE ledger_body SET reason = NULL WHERE sequence = 5", 5),
        ("UPDATE ledger_body SET reason = 'added' WHERE sequence = 2", 2),
        ("UPDATE ledger_body SET salt = zeroblob(16) WHERE sequence = 6", 6),
    ] {
        let (broken, how) = broken_after(edit).await;
        assert_eq!(broken, entry, "{edit}: {how}");
        assert!(how.contains("body"), "{edit}: {how}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_any_more_is_named_like_any_other() {
    let edit = "UPDATE ledger_body SET body = CAST(x'ff' AS TEXT) WHERE sequence = 3";
    assert_eq!(broken_after(edit).await.0, 3);
}

#[tokio::test]
async fn an_entry_that_was_edited_is_found_whatever_was_edited() {
    for edit in [
        "recorded_at = recorded_at + 1",
        "learned_at = learned_at - 1",
        "actor = 'somebody else'",
        "action = 'confirm'",
        "kind = 'party'",
        "id = randomblob(16)",
        "digest = randomblob(32)",
        "hash = randomblob(32)",
    ] {
        let sql = format!("UPDATE ledger SET {edit} WHERE sequence = 3");
        let (broken, how) = broken_after(&sql).await;
        assert_eq!((broken, how.as_str()), (3, "the entry was changed"), "{edit}");
    }
}

#[tokio::test]
async fn an_entry_that_is_missing_is_named() {
    for entry in [1, 3, 5] {
        let found = found_after(&format!("DELETE FROM ledger WHERE sequence = {entry}")).await;
        assert_eq!(found.broken, Some((entry, "the entry is missing".to_owned())));
        assert_eq!(found.entries, entry.unsigned_abs() - 1, "so many were sound");
    }
}

#[tokio::test]
async fn a_hole_that_was_closed_is_found_where_it_was() {
    let close = "
        DELETE FROM ledger WHERE sequence = 3;
        UPDATE ledger SET sequence = -sequence WHERE sequence > 3;
        UPDATE ledger SET sequence = -sequence - 1 WHERE sequence < 0;";
    assert_eq!(broken_after(close).await.0, 3);
}

#[tokio::test]
async fn two_entries_that_were_swapped_are_found_at_the_first() {
    let swap = |table: &str, column: &str| {
        format!(
            "UPDATE {table} SET {column} = -1 WHERE {column} = 3;
             UPDATE {table} SET {column} = 3 WHERE {column} = 4;
             UPDATE {table} SET {column} = 4 WHERE {column} = -1;"
        )
    };
    assert_eq!(broken_after(&swap("ledger", "sequence")).await.0, 3);
    assert_eq!(broken_after(&swap("ledger_body", "sequence")).await.0, 3, "the bodies alone");
    assert_eq!(broken_after(&swap("area", "version")).await.0, 3, "the versions alone");
}

#[tokio::test]
async fn a_version_that_is_missing_is_named() {
    assert_eq!(broken_after("DELETE FROM convoy WHERE version = 2").await.0, 2);
    assert_eq!(broken_after("DELETE FROM area WHERE version = 4").await.0, 4);
    assert_eq!(broken_after("DELETE FROM party").await.0, 6);
}

#[tokio::test]
async fn the_first_of_several_is_named_whatever_their_kinds() {
    let versions = "DELETE FROM convoy WHERE version = 2; DELETE FROM area WHERE version = 3;";
    assert_eq!(broken_after(versions).await.0, 2, "versions of two kinds");
    let both = "
        DELETE FROM convoy WHERE version = 2;
        UPDATE ledger_body SET body = '{}' WHERE sequence = 4;";
    assert_eq!(broken_after(both).await.0, 2, "a version, then a body");
    let entries = "
        UPDATE ledger SET actor = 'x' WHERE sequence = 5;
        UPDATE ledger SET actor = 'x' WHERE sequence = 2;";
    assert_eq!(broken_after(entries).await.0, 2, "two entries");
}

#[tokio::test]
async fn a_version_without_an_entry_is_found() {
    let cut = "DELETE FROM ledger WHERE sequence = 6; DELETE FROM ledger_body WHERE sequence = 6;";
    assert_eq!(broken_after(cut).await.0, 6, "the end was cut, the record left");
}

#[tokio::test]
async fn a_body_that_was_destroyed_leaves_the_chain_sound() {
    let found = found_after("DELETE FROM ledger_body WHERE sequence = 3").await;
    assert_eq!((found.entries, found.broken), (6, None));
}

/// Each of the edits that is not found.
async fn overlooked<'e>(edits: &[&'e str]) -> Vec<&'e str> {
    let mut overlooked = Vec::new();
    for edit in edits {
        if found_after(edit).await.broken.is_none() {
            overlooked.push(*edit);
        }
    }
    overlooked
}

#[tokio::test]
async fn a_version_that_does_not_say_what_its_entry_says_is_found() {
    let edits = [
        "UPDATE area SET withdrawn = 0 WHERE version = 5",
        "UPDATE area SET withdrawn = 1 WHERE version = 4",
        "UPDATE area SET learned_at = learned_at - 1 WHERE version = 4",
        "UPDATE area SET recorded_at = recorded_at + 1 WHERE version = 4",
    ];
    assert!(overlooked(&edits).await.is_empty(), "{:#?}", overlooked(&edits).await);
}

#[tokio::test]
async fn a_code_or_a_level_that_was_edited_is_found() {
    let edits = [
        "UPDATE area SET code = 'elsewhere' WHERE version = 5",
        "UPDATE area SET sensitivity = 3 WHERE version = 4",
    ];
    assert!(overlooked(&edits).await.is_empty(), "{:#?}", overlooked(&edits).await);
}

#[tokio::test]
async fn a_confirmation_may_be_given_without_a_reason_and_stays_sound() {
    let store = six_entries().await;
    let change = next(Kind::Area, 4, &area("duma", "Douma"));
    let change = Change { action: Action::Confirm, reason: None, ..change };
    store.put_one(hour(9), change).await;
    assert_eq!(store.verify().await.unwrap().broken, None);
}
