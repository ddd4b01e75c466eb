//! Imports: one long list, whole or not at all, while everybody else goes on reading.
#![cfg(test)]

use std::collections::VecDeque;
use std::time::Duration;

use passage::domain::Kind;
use passage::store::record::Pull;
use passage::store::{Change, Filter, ImportCount, StoreError, StoreResult};
use serde_json::{Value, json};

use super::{Housed, area, backends, hour, later, name_of, new, next, upsert, write};

/// Gives the changes one after the other.
fn pulled(changes: Vec<StoreResult<Change>>) -> Pull {
    let mut changes = VecDeque::from(changes);
    Box::new(move || changes.pop_front())
}

async fn imported(store: &Housed, keep: bool, changes: Vec<Change>) -> StoreResult<ImportCount> {
    let pull = pulled(changes.into_iter().map(Ok).collect());
    store.import(write(hour(10), Vec::new()), keep, pull).await
}

#[tokio::test]
async fn an_import_counts_what_was_new_and_what_was_revised() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let changes = [("duma", "Douma"), ("homs", "Homs"), ("hama", "Hama"), ("homs", "Hims")];
        let changes = changes.map(|(code, title)| upsert(Kind::Area, &area(code, title)));
        let count = imported(&store, true, changes.to_vec()).await.unwrap();
        assert_eq!(count, ImportCount { created: 2, revised: 2 }, "{name}");
        for (code, title) in [("duma", "Douma"), ("homs", "Hims"), ("hama", "Hama")] {
            let read = store.known(Kind::Area, code, later()).await.unwrap();
            assert_eq!(name_of(&read), title, "{name}");
        }
        assert_eq!(store.verify().await.unwrap().entries, 5, "{name}");
        let nothing = imported(&store, true, Vec::new()).await.unwrap();
        assert_eq!(nothing, ImportCount::default(), "{name}");
    }
}

#[tokio::test]
async fn an_import_that_is_only_tried_counts_and_changes_nothing() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let before = store.verify().await.unwrap();
        let changes =
            ["duma", "homs"].map(|code| upsert(Kind::Area, &area(code, "Another"))).to_vec();
        let count = imported(&store, false, changes.clone()).await.unwrap();
        assert_eq!(count, ImportCount { created: 1, revised: 1 }, "{name}");
        assert_eq!(store.verify().await.unwrap(), before, "{name}");
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(name_of(&read), "Duma", "{name}");
        assert_eq!(imported(&store, true, changes).await.unwrap(), count, "{name}: now for good");
    }
}

#[tokio::test]
async fn an_import_with_one_wrong_record_is_refused_whole_with_its_place() {
    for (name, store) in backends() {
        let lost = json!({ "code": "g", "names": { "en": "G" }, "areas": ["nowhere"] });
        for keep in [true, false] {
            let changes = vec![new(Kind::Area, &area("duma", "Duma")), new(Kind::AreaGroup, &lost)];
            let outcome = imported(&store, keep, changes).await;
            let Err(StoreError::Refused(refusals)) = outcome else {
                panic!("{name}: not refused: {outcome:?}");
            };
            assert_eq!((refusals.len(), refusals[0].index), (1, 1), "{name}");
            assert_eq!(refusals[0].problems.0[0].pointer, "/areas/0", "{name}");
            assert_eq!(store.sequence().await.unwrap(), 0, "{name}");
        }
    }
}

#[tokio::test]
async fn a_taken_code_and_a_stale_version_undo_the_whole_import() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let revised = next(Kind::Area, duma.version, &area("duma", "Douma"));
        store.put_one(hour(2), revised.clone()).await;
        let homs = new(Kind::Area, &area("homs", "Homs"));
        let taken = vec![homs.clone(), new(Kind::Area, &area("duma", "D"))];
        let outcome = imported(&store, true, taken).await;
        assert!(matches!(outcome, Err(StoreError::Taken { index: 1, .. })), "{name}: {outcome:?}");
        let outcome = imported(&store, true, vec![homs, revised]).await;
        assert!(matches!(outcome, Err(StoreError::Stale { .. })), "{name}: {outcome:?}");
        assert_eq!(store.sequence().await.unwrap(), 2, "{name}");
    }
}

#[tokio::test]
async fn an_error_of_the_source_undoes_the_whole_import() {
    for (name, store) in backends() {
        let changes = vec![
            Ok(new(Kind::Area, &area("duma", "Duma"))),
            Err(StoreError::Corrupt("line 2 cannot be read".to_owned())),
            Ok(new(Kind::Area, &area("homs", "Homs"))),
        ];
        let head = write(hour(10), Vec::new());
        let fault = store.import(head, true, pulled(changes)).await.unwrap_err();
        assert!(
            matches!(&fault, StoreError::Corrupt(t) if t.contains("line 2")),
            "{name}: {fault}"
        );
        assert!(store.everything(later()).await.records.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn an_import_may_name_what_comes_later_in_it() {
    for (name, store) in backends() {
        let group = json!({ "code": "g", "names": { "en": "G" }, "areas": ["duma"] });
        let changes = vec![new(Kind::AreaGroup, &group), new(Kind::Area, &area("duma", "Duma"))];
        let count = imported(&store, true, changes).await.unwrap();
        assert_eq!(count.created, 2, "{name}");
    }
}

#[tokio::test]
async fn nobody_waits_with_reading_for_a_long_import_and_nobody_sees_half_of_it() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (go_on, gate) = std::sync::mpsc::channel();
        let mut begun = Some(begun);
        let mut changes = VecDeque::from([("duma", "Douma"), ("homs", "Homs")]);
        let pull: Pull = Box::new(move || {
            if changes.len() == 1 {
                // One version is written; the next one comes when the reading is done.
                begun.take().map(|begun| begun.send(()));
                gate.recv().unwrap();
            }
            changes.pop_front().map(|(code, title)| Ok(upsert(Kind::Area, &area(code, title))))
        });
        let shared = store.shared();
        let import =
            tokio::spawn(async move { shared.import(write(hour(10), vec![]), true, pull).await });
        has_begun.await.unwrap();

        let reading = async {
            let read = store.known(Kind::Area, "duma", later()).await.unwrap();
            assert_eq!(name_of(&read), "Duma", "{name}");
            assert_eq!(store.found(Kind::Area, Filter::default()).await, ["duma"], "{name}");
            assert_eq!(store.everything(later()).await.sequence, 1, "{name}");
            assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
        };
        tokio::time::timeout(Duration::from_secs(4), reading).await.expect("reading must not wait");
        go_on.send(()).unwrap();
        import.await.unwrap().unwrap();
        assert_eq!(store.everything(later()).await.sequence, 3, "{name}");
    }
}

#[tokio::test]
async fn a_long_import_is_known_since_what_each_of_its_records_says() {
    for (name, store) in backends() {
        let body: Value = area("duma", "Duma");
        let change = Change { learned_at: Some(hour(2)), ..upsert(Kind::Area, &body) };
        imported(&store, true, vec![change]).await.unwrap();
        assert!(store.known(Kind::Area, "duma", hour(2)).await.is_ok(), "{name}");
        assert!(store.known(Kind::Area, "duma", hour(1)).await.is_err(), "{name}");
    }
}
