//! Tampering with the file of a `SQLite` store: every kind is found, and the first broken entry is named.
//!
//! Who can rewrite the whole chain, or cut its end together with the records, is found by signed checkpoints alone.
#![cfg(test)]

use std::time::{Duration, Instant};

use passage::domain::Kind;
use passage::keeping::checkpoint::{self, Checkpoint, Mismatch, Signer};
use passage::store::{Action, Change, LedgerStore, RecordStore, SqliteStore, Verified};
use rusqlite::Connection;
use serde_json::json;

use super::result::{is_night, record};
use super::{Housed, area, hour, new, next, sqlite, withdrawal, write};

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

/// How long the walk of a million entries may take.
const MOST: Duration = Duration::from_secs(10);

/// The time is held against the promise before a release only: that wants a quiet machine and the fast build.
#[tokio::test]
async fn a_long_ledger_is_walked_to_its_end() {
    const BATCH: u32 = 2_000;
    let batches = if is_night() { 500 } else { 1 };
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    for batch in 0..batches {
        let convoy = |at: u32| {
            let day = 1 + at % 28;
            json!({ "code": format!("c-{batch}-{at}"), "mode": "cross_line", "date": format!("2016-07-{day:02}"),
                "drops": [{ "areas": ["duma"], "trucks": 1 + at % 50 }] })
        };
        let changes = (0..BATCH).map(|at| new(Kind::Convoy, &convoy(at))).collect();
        store.put(hour(1), changes).await;
    }
    let begun = Instant::now();
    let verified = store.verify().await.unwrap();
    let took = begun.elapsed();
    assert_eq!((verified.entries, verified.broken), (u64::from(BATCH * batches) + 1, None));
    if is_night() {
        record(
            "G28",
            &format!("{} entries verified in {took:.1?}", verified.entries),
            took <= MOST,
        );
        assert!(took <= MOST, "{took:?}");
    }
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
    let edits = [
        ("UPDATE ledger_body SET body = replace(body, 'Duma', 'Douma') WHERE sequence = 1", 1),
        ("UPDATE ledger_body SET body = body || ' ' WHERE sequence = 4", 4),
        ("UPDATE ledger_body SET reason = 'another' WHERE sequence = 5", 5),
        ("UPDATE ledger_body SET reason = NULL WHERE sequence = 5", 5),
        ("UPDATE ledger_body SET reason = 'added' WHERE sequence = 2", 2),
        ("UPDATE ledger_body SET salt = zeroblob(16) WHERE sequence = 6", 6),
    ];
    for (edit, entry) in edits {
        let (broken, how) = broken_after(edit).await;
        assert_eq!(broken, entry, "{edit}: {how}");
        assert!(how.contains("body"), "{edit}: {how}");
    }
    record("G28", &format!("{} edits of bodies found", edits.len()), true);
}

#[tokio::test]
async fn a_body_that_is_no_text_any_more_is_named_like_any_other() {
    let edit = "UPDATE ledger_body SET body = CAST(x'ff' AS TEXT) WHERE sequence = 3";
    assert_eq!(broken_after(edit).await.0, 3);
}

#[tokio::test]
async fn an_entry_that_was_edited_is_found_whatever_was_edited() {
    let edits = [
        "recorded_at = recorded_at + 1",
        "learned_at = learned_at - 1",
        "actor = 'somebody else'",
        "action = 'confirm'",
        "kind = 'party'",
        "id = randomblob(16)",
        "digest = randomblob(32)",
        "hash = randomblob(32)",
    ];
    for edit in edits {
        let sql = format!("UPDATE ledger SET {edit} WHERE sequence = 3");
        let (broken, how) = broken_after(&sql).await;
        assert_eq!((broken, how.as_str()), (3, "the entry was changed"), "{edit}");
    }
    record("G28", &format!("{} edits of entries found", edits.len()), true);
}

#[tokio::test]
async fn an_entry_that_is_missing_is_named() {
    for entry in [1, 3, 5] {
        let found = found_after(&format!("DELETE FROM ledger WHERE sequence = {entry}")).await;
        assert_eq!(found.broken, Some((entry, "the entry is missing".to_owned())));
        assert_eq!(found.entries, entry.unsigned_abs() - 1, "so many were sound");
    }
    record("G28", "entries taken out named", true);
}

#[tokio::test]
async fn a_hole_that_was_closed_is_found_where_it_was() {
    let close = "
        DELETE FROM ledger WHERE sequence = 3;
        UPDATE ledger SET sequence = -sequence WHERE sequence > 3;
        UPDATE ledger SET sequence = -sequence - 1 WHERE sequence < 0;";
    assert_eq!(broken_after(close).await.0, 3);
    record("G28", "a closed hole found", true);
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
    record("G28", "swapped entries, bodies and versions found", true);
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
async fn a_body_that_is_gone_without_a_purge_is_found() {
    let (broken, how) = broken_after("DELETE FROM ledger_body WHERE sequence = 3").await;
    assert_eq!(broken, 3);
    assert!(how.contains("no purge says why"), "{how}");
    let both = "DELETE FROM ledger_body WHERE sequence = 3; DELETE FROM area WHERE version = 3;";
    assert_eq!(broken_after(both).await.0, 3);
}

#[tokio::test]
async fn a_purge_that_nobody_entered_is_found() {
    let secret = "
        INSERT INTO purged (sequence, kind, id, code_hash, versions, level)
        SELECT 6, kind, id, zeroblob(32), 1, 0 FROM ledger WHERE sequence = 2;
        DELETE FROM ledger_body WHERE sequence = 2; DELETE FROM convoy WHERE version = 2;";
    assert_eq!(broken_after(secret).await.0, 2);
}

#[tokio::test]
async fn what_follows_from_a_body_cannot_be_edited() {
    let edits = [
        "UPDATE convoy SET summary = '{}' WHERE version = 2",
        "UPDATE convoy SET happened_at = happened_at + 86400000 WHERE version = 2",
        "UPDATE convoy SET happened_at = NULL WHERE version = 2",
        "UPDATE convoy SET mode = 'cross_border' WHERE version = 2",
        "UPDATE convoy SET stage = 'completed' WHERE version = 2",
        "UPDATE area SET lon = 36.1, lat = 33.2 WHERE version = 4",
        "UPDATE party SET code = 'p2' WHERE version = 6",
        "UPDATE party SET sensitivity = sensitivity + 1 WHERE version = 6",
        "UPDATE ledger_body SET sensitivity = sensitivity + 1 WHERE sequence = 6",
        "INSERT INTO mention VALUES ('area', 'duma', 'convoy', 2)",
        "INSERT INTO mention VALUES ('area', 'duma', 'convoy', 7)",
    ];
    let overlooked = overlooked(&edits).await;
    let told = format!("{} edits of versions, {} not found", edits.len(), overlooked.len());
    record("G28", &told, overlooked.is_empty());
    assert!(overlooked.is_empty(), "{overlooked:#?}");
}

#[tokio::test]
async fn who_retired_a_version_when_cannot_be_edited() {
    let edits = [
        "UPDATE area SET retired_at = retired_at + 1 WHERE version = 1",
        "UPDATE area SET retired_by = 5 WHERE version = 1",
        "DROP INDEX area_current_code; UPDATE area SET retired_by = NULL, retired_at = NULL WHERE version = 3",
        "UPDATE party SET retired_by = 6, retired_at = learned_at WHERE version = 6",
    ];
    assert!(overlooked(&edits).await.is_empty(), "{:#?}", overlooked(&edits).await);
}

#[tokio::test]
async fn a_mention_that_was_removed_or_turned_is_found() {
    for sql in [
        "DELETE FROM mention",
        "UPDATE mention SET target_code = 'homs'",
        "UPDATE mention SET version = 6, kind = 'party'",
    ] {
        let store = sqlite();
        let drop = json!({ "areas": ["duma"], "trucks": 3 });
        let convoy =
            json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-26", "drops": [drop] });
        store.put(hour(1), vec![new(Kind::Area, &area("duma", "Duma"))]).await;
        store.put(hour(2), vec![new(Kind::Convoy, &convoy)]).await;
        assert_eq!(store.verify().await.unwrap().broken, None);
        let file = Connection::open(store.file()).unwrap();
        file.pragma_update(None, "foreign_keys", false).unwrap();
        file.execute_batch(sql).unwrap();
        let (broken, how) = store.verify().await.unwrap().broken.unwrap();
        assert_eq!(broken, 2, "{sql}: {how}");
    }
}

/// A checkpoint of a store, as it would lie elsewhere.
async fn kept_elsewhere(store: &Housed) -> Checkpoint {
    let signer = Signer::of(store.home.path()).unwrap();
    signer.checkpoint(&store.head().await.unwrap(), hour(5))
}

/// How a store does not fit a checkpoint.
async fn mismatch(store: &Housed, checkpoint: &Checkpoint) -> Option<Mismatch> {
    let trusted = checkpoint::trusted(store.home.path()).unwrap();
    checkpoint.compare(&**store, &trusted).await.unwrap().err()
}

#[tokio::test]
async fn a_tail_that_was_cut_off_cleanly_is_found_by_a_checkpoint_alone() {
    let store = six_entries().await;
    let before = kept_elsewhere(&store).await;
    assert_eq!(mismatch(&store, &before).await, None);
    let file = Connection::open(store.file()).unwrap();
    file.execute_batch(
        "DROP TRIGGER ledger_is_never_shortened;
         DELETE FROM party WHERE version = 6; DELETE FROM ledger_body WHERE sequence = 6;
         DELETE FROM ledger WHERE sequence = 6;",
    )
    .unwrap();
    assert_eq!(store.verify().await.unwrap().broken, None, "the chain alone cannot tell");
    let found = mismatch(&store, &before).await.unwrap();
    assert!(matches!(found, Mismatch::Short { seen: 6, last: 5, .. }), "{found}");
    assert!(found.to_string().contains("cut off"), "{found}");
    record("G28", "a cut tail found by its checkpoint", true);
}

#[tokio::test]
async fn a_file_that_was_rolled_back_is_found_also_when_it_was_written_on() {
    let store = six_entries().await;
    let old = tempfile::tempdir().unwrap();
    store.copy_to(&old.path().join("passage.db")).await.unwrap();
    store
        .put_one(hour(5), new(Kind::Party, &json!({ "code": "p2", "names": { "en": "x" } })))
        .await;
    let before = kept_elsewhere(&store).await;
    let rolled = SqliteStore::open(&old.path().join("passage.db"), 2).unwrap();
    let trusted = checkpoint::trusted(store.home.path()).unwrap();
    let compare = async || before.compare(&rolled, &trusted).await.unwrap().unwrap_err();
    assert!(matches!(compare().await, Mismatch::Short { seen: 7, last: 6, .. }));
    let other = new(Kind::Party, &json!({ "code": "p3", "names": { "en": "y" } }));
    rolled.write(write(hour(6), vec![other])).await.unwrap();
    assert_eq!(rolled.verify().await.unwrap().broken, None);
    assert!(matches!(compare().await, Mismatch::Rewritten { seen: 7, .. }));
}

#[tokio::test]
async fn a_chain_that_was_rewritten_as_a_whole_is_found_by_a_checkpoint_alone() {
    let store = six_entries().await;
    let before = kept_elsewhere(&store).await;
    // Another ledger of as many entries that claims to be the same deployment.
    let forged = six_entries().await;
    let id = &before.deployment;
    let sql = format!("UPDATE deployment SET id = x'{id}'");
    Connection::open(forged.file()).unwrap().execute_batch(&sql).unwrap();
    assert_eq!(forged.verify().await.unwrap().broken, None);
    let trusted = checkpoint::trusted(store.home.path()).unwrap();
    let found = before.compare(&*forged, &trusted).await.unwrap().unwrap_err();
    assert!(matches!(found, Mismatch::Rewritten { seen: 6, .. }), "{found}");
    assert!(found.to_string().contains("rewritten"), "{found}");
    record("G28", "a rewritten chain found by its checkpoint", true);
}

#[tokio::test]
async fn a_foreign_or_forged_checkpoint_is_named_as_what_it_is() {
    let (store, other) = (six_entries().await, six_entries().await);
    let foreign = kept_elsewhere(&other).await;
    assert!(matches!(mismatch(&store, &foreign).await, Some(Mismatch::Deployment(..))));
    let head = store.head().await.unwrap();
    let stranger = tempfile::tempdir().unwrap();
    let forged = Signer::of(stranger.path()).unwrap().checkpoint(&head, hour(5));
    kept_elsewhere(&store).await;
    assert!(matches!(mismatch(&store, &forged).await, Some(Mismatch::Key(_))));
    let text = kept_elsewhere(&store).await.to_string().replacen("sequence 6", "sequence 5", 1);
    let changed = Checkpoint::read_all(&text).unwrap().remove(0);
    assert_eq!(mismatch(&store, &changed).await, Some(Mismatch::Signature));
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
