//! Imports on record: begun, ended, committed with what they write, and taken back whole or not at all.
#![cfg(test)]

use std::collections::VecDeque;

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{
    Change, EndedImport, ImportQuery, ImportReader, ImportState, KeptImport, NewImport, StoreError,
    StoreResult, Stored, Undoing, Undone, Write,
};
use serde_json::json;
use uuid::Uuid;

use super::{Housed, area, backends, hour, later, name_of, next, upsert, withdrawal, write};

fn import(id: u128, at: i64) -> NewImport {
    NewImport {
        id: Uuid::from_u128(id),
        actor: "desk".to_owned(),
        idempotency: None,
        begun_at: hour(at),
        asked: "{}".to_owned(),
        files: "[]".to_owned(),
    }
}

fn all() -> ImportReader {
    ImportReader { actor: "auditor".to_owned(), level: Sensitivity::StrictlyConfidential }
}

async fn kept(store: &Housed, id: u128) -> KeptImport {
    store.kept_import(Uuid::from_u128(id), &all()).await.unwrap().unwrap()
}

async fn commit_as(store: &Housed, id: u128, head: Write, changes: Vec<Change>) -> StoreResult<()> {
    let mut changes = VecDeque::from(changes);
    let pull = Box::new(move || changes.pop_front().map(Ok));
    let report = Box::new(|| json!({ "files": [1] }).to_string());
    let at = (head.recorded_at - hour(0)).num_hours();
    store.commit_import(import(id, at), head, pull, report).await.map(|_| ())
}

async fn commit(store: &Housed, id: u128, at: i64, changes: Vec<Change>) {
    commit_as(store, id, write(hour(at), Vec::new()), changes).await.unwrap();
}

fn undoing(id: u128, at: i64) -> Undoing {
    Undoing {
        id: Uuid::from_u128(id),
        actor: "editor".to_owned(),
        clearance: Clearance::ALL,
        reason: "the wrong file".to_owned(),
        recorded_at: hour(at),
        learned_at: hour(at),
    }
}

async fn undo(store: &Housed, id: u128, at: i64) -> Undone {
    store.undo_import(undoing(id, at)).await.unwrap()
}

fn named(code: &str, name: &str) -> Change {
    let mut body = area(code, name);
    body["sensitivity"] = json!("public");
    upsert(Kind::Area, &body)
}

async fn known(store: &Housed, code: &str) -> Stored {
    store.known(Kind::Area, code, later()).await.unwrap()
}

#[tokio::test]
async fn an_import_is_on_record_with_what_it_wrote() {
    for (name, store) in backends() {
        store.put_one(hour(1), named("a", "A")).await;
        store.begin_import(import(7, 2)).await.unwrap();
        assert_eq!(kept(&store, 7).await.state, ImportState::Running, "{name}");
        commit(&store, 7, 3, vec![named("b", "B"), named("c", "C")]).await;
        let after = kept(&store, 7).await;
        assert_eq!((after.state, after.spans), (ImportState::Committed, vec![(2, 3)]), "{name}");
        assert_eq!((after.new.begun_at, after.ended_at), (hour(2), Some(hour(3))), "{name}");
        assert_eq!(after.level, Sensitivity::Public, "{name}");
        commit(&store, 7, 4, vec![named("d", "D")]).await;
        assert_eq!(kept(&store, 7).await.spans, [(2, 3), (4, 4)], "{name}: one for each part");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn an_import_that_is_refused_leaves_its_record_as_it_was() {
    for (name, store) in backends() {
        store.begin_import(import(7, 1)).await.unwrap();
        let lost = json!({ "code": "g", "names": { "en": "G" }, "areas": ["nowhere"] });
        let changes = vec![named("a", "A"), upsert(Kind::AreaGroup, &lost)];
        let outcome = commit_as(&store, 7, write(hour(2), Vec::new()), changes).await;
        assert!(matches!(outcome, Err(StoreError::Refused(_))), "{name}: {outcome:?}");
        let after = kept(&store, 7).await;
        assert_eq!((after.state, after.spans.len()), (ImportState::Running, 0), "{name}");
        assert_eq!(store.sequence().await.unwrap(), 0, "{name}");
    }
}

#[tokio::test]
async fn the_same_key_is_the_same_import_and_never_another() {
    for (name, store) in backends() {
        let keyed = |id: u128, print: u8| NewImport {
            idempotency: Some(("k".to_owned(), [print; 32])),
            ..import(id, 1)
        };
        assert_eq!(store.begin_import(keyed(1, 1)).await.unwrap(), None, "{name}");
        let before = store.begin_import(keyed(2, 1)).await.unwrap().unwrap();
        assert_eq!(before.new.id, Uuid::from_u128(1), "{name}");
        let other = store.begin_import(keyed(3, 2)).await;
        assert!(matches!(other, Err(StoreError::KeyReused)), "{name}");
        let of_another = NewImport { actor: "x".to_owned(), ..keyed(4, 2) };
        assert_eq!(store.begin_import(of_another).await.unwrap(), None, "{name}");
    }
}

#[tokio::test]
async fn what_was_tried_expires_and_what_ended_stays() {
    for (name, store) in backends() {
        let end = |id: u128, state| EndedImport {
            id: Uuid::from_u128(id),
            state,
            ended_at: hour(1),
            kept_until: Some(hour(25)),
            report: json!({ "files": [], "problems": ["CANARY"] }).to_string(),
        };
        for id in 1..=3 {
            store.begin_import(import(id, 1)).await.unwrap();
        }
        store.end_import(end(1, ImportState::Tried)).await.unwrap();
        store.end_import(end(2, ImportState::Refused)).await.unwrap();
        let live = store.expire_imports(hour(24)).await.unwrap();
        assert_eq!(live.len(), 2, "{name}: the tried one and the one that runs");
        assert_eq!(store.expire_imports(hour(25)).await.unwrap(), [Uuid::from_u128(3)], "{name}");
        assert_eq!(kept(&store, 1).await.state, ImportState::Expired, "{name}");
        for id in 1..=2 {
            assert!(!kept(&store, id).await.report.contains("CANARY"), "{name}");
        }
        store.end_import(end(1, ImportState::Refused)).await.unwrap();
        assert_eq!(kept(&store, 1).await.state, ImportState::Expired, "{name}: it is over");
        let broken = store.break_off_imports(hour(30), "{}".to_owned()).await.unwrap();
        assert_eq!((broken, kept(&store, 3).await.state), (1, ImportState::Refused), "{name}");
    }
}

#[tokio::test]
async fn a_commit_keeps_what_came_of_the_trial() {
    for (name, store) in backends() {
        store.begin_import(import(7, 1)).await.unwrap();
        let tried = EndedImport {
            id: Uuid::from_u128(7),
            state: ImportState::Tried,
            ended_at: hour(1),
            kept_until: Some(hour(25)),
            report: json!({ "files": [2] }).to_string(),
        };
        store.end_import(tried).await.unwrap();
        commit(&store, 7, 2, vec![named("a", "A")]).await;
        let report: serde_json::Value =
            serde_json::from_str(&kept(&store, 7).await.report).unwrap();
        assert_eq!(report, json!({ "files": [1], "tried": [2] }), "{name}");
    }
}

#[tokio::test]
async fn others_know_of_an_import_what_they_may_know_of_its_records() {
    for (name, store) in backends() {
        let mut closed = named("x", "X");
        closed.draft.sensitivity = Some(Sensitivity::Confidential);
        commit(&store, 1, 1, vec![named("a", "A")]).await;
        commit(&store, 2, 2, vec![named("b", "B"), closed]).await;
        store.begin_import(import(3, 3)).await.unwrap();
        let query = || ImportQuery { state: None, after: None, limit: 10 };
        let seen = async |actor: &str, level| {
            let reader = ImportReader { actor: actor.to_owned(), level };
            let (found, total) = store.kept_imports(query(), &reader).await.unwrap();
            assert_eq!(found.len() as u64, total, "{name}");
            for import in &found {
                assert!(store.kept_import(import.new.id, &reader).await.unwrap().is_some());
            }
            found.iter().map(|import| import.new.id.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(seen("x", Sensitivity::Internal).await, [1], "{name}");
        assert_eq!(seen("x", Sensitivity::Confidential).await, [2, 1], "{name}");
        assert_eq!(seen("desk", Sensitivity::Public).await, [3, 2, 1], "{name}: their own");
        let after = Some((hour(3), Uuid::from_u128(3)));
        let (rest, total) =
            store.kept_imports(ImportQuery { after, ..query() }, &all()).await.unwrap();
        assert_eq!((rest.len(), total), (2, 3), "{name}");
        let running = ImportQuery { state: Some(ImportState::Running), ..query() };
        assert_eq!(store.kept_imports(running, &all()).await.unwrap().1, 1, "{name}");
    }
}

#[tokio::test]
async fn what_an_import_brought_is_withdrawn_and_what_it_changed_is_as_it_was() {
    for (name, store) in backends() {
        store.put_one(hour(1), named("a", "Before")).await;
        commit(&store, 7, 2, vec![named("a", "After"), named("a", "Later"), named("b", "B")]).await;
        let group = json!({ "code": "g", "names": { "en": "G" }, "areas": ["b"] });
        commit(&store, 7, 2, vec![upsert(Kind::AreaGroup, &group)]).await;
        let outcome = undo(&store, 7, 3).await;
        assert_eq!(outcome, Undone::Done { withdrawn: 2, restored: 1 }, "{name}");
        let a = known(&store, "a").await;
        assert_eq!((name_of(&a), a.withdrawn), ("Before".to_owned(), false), "{name}");
        assert!(known(&store, "b").await.withdrawn, "{name}");
        let then = store.known(Kind::Area, "a", hour(2)).await.unwrap();
        assert_eq!(name_of(&then), "Later", "{name}: that it was so known stays");
        let after = kept(&store, 7).await;
        let by = Some(("editor".to_owned(), hour(3), "the wrong file".to_owned()));
        assert_eq!((after.state, after.undone), (ImportState::Undone, by), "{name}");
        assert_eq!(store.undone_spans().await.unwrap(), [(6, 8)], "{name}");
        assert_eq!(undo(&store, 7, 4).await, Undone::Not(ImportState::Undone), "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn what_others_changed_since_is_named_and_nothing_is_undone() {
    for (name, store) in backends() {
        commit(&store, 7, 1, vec![named("a", "A"), named("b", "B"), named("c", "C")]).await;
        store.put_one(hour(2), next(Kind::Area, 1, &area("a", "Corrected"))).await;
        store.put_one(hour(2), withdrawal(Kind::Area, 3, &area("c", "C"))).await;
        let before = store.sequence().await.unwrap();
        let Undone::Changed { listed, more } = undo(&store, 7, 3).await else {
            panic!("{name}: it was undone")
        };
        let found: Vec<_> =
            listed.iter().map(|since| (since.code.as_str(), since.version)).collect();
        assert_eq!((found, more), (vec![("a", 4)], 0), "{name}: what is withdrawn is no hindrance");
        assert_eq!((&*listed[0].actor, listed[0].recorded_at), ("desk", hour(2)), "{name}");
        assert_eq!(store.sequence().await.unwrap(), before, "{name}");
        assert_eq!(kept(&store, 7).await.state, ImportState::Committed, "{name}");
    }
}

#[tokio::test]
async fn imports_are_undone_one_after_the_other_the_last_first() {
    for (name, store) in backends() {
        commit(&store, 1, 1, vec![named("a", "One")]).await;
        commit(&store, 2, 2, vec![named("a", "Two")]).await;
        assert!(matches!(undo(&store, 1, 3).await, Undone::Changed { .. }), "{name}");
        assert_eq!(undo(&store, 2, 4).await, Undone::Done { withdrawn: 0, restored: 1 }, "{name}");
        assert_eq!(name_of(&known(&store, "a").await), "One", "{name}");
        assert_eq!(undo(&store, 1, 5).await, Undone::Done { withdrawn: 1, restored: 0 }, "{name}");
        assert!(known(&store, "a").await.withdrawn, "{name}");
        commit(&store, 3, 6, vec![named("a", "Three")]).await;
        assert!(!known(&store, "a").await.withdrawn, "{name}: it came back");
        assert_eq!(undo(&store, 3, 7).await, Undone::Done { withdrawn: 0, restored: 1 }, "{name}");
        assert!(known(&store, "a").await.withdrawn, "{name}: as it was before");
    }
}

#[tokio::test]
async fn an_undoing_lowers_no_level() {
    for (name, store) in backends() {
        store.put_one(hour(1), named("a", "Before")).await;
        let mut body = area("a", "After");
        body["sensitivity"] = json!("confidential");
        body["field_sensitivity"] = json!(["note=confidential"]);
        commit(&store, 7, 2, vec![upsert(Kind::Area, &body)]).await;
        undo(&store, 7, 3).await;
        let after = known(&store, "a").await;
        assert_eq!(
            (name_of(&after), after.seen.level),
            ("Before".to_owned(), Some(Sensitivity::Confidential)),
            "{name}"
        );
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn who_does_not_see_or_own_all_of_it_undoes_nothing() {
    for (name, store) in backends() {
        let mut closed = named("x", "X");
        closed.draft.sensitivity = Some(Sensitivity::Confidential);
        let owner = Some("sarc".parse().unwrap());
        let head = Write { owner: owner.clone(), ..write(hour(1), Vec::new()) };
        commit_as(&store, 1, head, vec![named("a", "A")]).await.unwrap();
        commit(&store, 2, 2, vec![named("b", "B"), closed]).await;
        let by = async |id: u128, actor: &str, clearance: Clearance| {
            let order = Undoing { actor: actor.to_owned(), clearance, ..undoing(id, 5) };
            store.undo_import(order).await.unwrap()
        };
        let internal = Clearance::of(Sensitivity::Internal);
        assert_eq!(by(2, "desk", internal.clone()).await, Undone::Closed, "{name}");
        assert_eq!(by(2, "x", internal.clone()).await, Undone::Closed, "{name}: as if not there");
        let of = |code: &str| Clearance {
            organisation: Some(code.parse().unwrap()),
            ..internal.clone()
        };
        assert_eq!(by(1, "desk", of("wfp")).await, Undone::Closed, "{name}");
        let done = Undone::Done { withdrawn: 1, restored: 0 };
        assert_eq!(by(1, "desk", of("sarc")).await, done, "{name}");
    }
}

#[tokio::test]
async fn who_imports_changes_only_what_they_could_change_by_hand() {
    for (name, store) in backends() {
        let mut closed = named("x", "X");
        closed.draft.sensitivity = Some(Sensitivity::Confidential);
        store.put(hour(1), vec![closed, named("o", "O")]).await;
        let clearance = Clearance {
            organisation: Some("sarc".parse().unwrap()),
            ..Clearance::of(Sensitivity::Internal)
        };
        let head = Write { clearance, ..write(hour(2), Vec::new()) };
        let changes = vec![named("x", "Mine"), named("o", "Mine"), named("n", "N")];
        let outcome = commit_as(&store, 7, head, changes).await;
        let Err(StoreError::Refused(refusals)) = outcome else {
            panic!("{name}: not refused: {outcome:?}")
        };
        let said: Vec<_> =
            refusals.iter().map(|of| (of.index, of.problems.0[0].detail.as_str())).collect();
        assert_eq!(said.len(), 2, "{name}: {said:?}");
        assert!(said[0].0 == 0 && said[0].1.contains("already"), "{name}: {said:?}");
        assert!(said[1].0 == 1 && said[1].1.contains("own organisation"), "{name}: {said:?}");
    }
}

#[tokio::test]
async fn an_import_that_claims_what_is_not_its_own_is_found() {
    for sql in [
        "UPDATE import_span SET last_sequence = 9",
        "UPDATE import_span SET first_sequence = 1",
        "INSERT INTO import_span SELECT 3, 3, import FROM import_span",
    ] {
        let store = super::sqlite();
        store.put_one(hour(1), named("a", "A")).await;
        commit(&store, 7, 2, vec![named("b", "B"), named("c", "C")]).await;
        assert_eq!(store.verify().await.unwrap().broken, None);
        let opened = rusqlite::Connection::open(store.file()).unwrap();
        opened.pragma_update(None, "foreign_keys", false).unwrap();
        opened.execute_batch(sql).unwrap();
        assert!(store.verify().await.unwrap().broken.is_some(), "{sql}");
    }
}
