//! Attached files: as closed as their record, once each, taken back, purged with it, and found where they were changed.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{
    Action, Detaching, Doomed, NewAttachment, PurgeOrder, Reference, StoreError, Verified, Write,
};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use super::{Housed, area, area_at, backends, hour, later, new, next, sqlite, write};

fn file(id: u128, record: Uuid, content: &str) -> NewAttachment {
    NewAttachment {
        id: Uuid::from_u128(id),
        kind: Kind::Area,
        record,
        name: "waybill.txt".to_owned(),
        note: Some("a waybill".to_owned()),
        media_type: "text/plain".to_owned(),
        content: content.as_bytes().to_vec(),
        sent_digest: [7; 32],
        actor: "desk".to_owned(),
        recorded_at: hour(2),
    }
}

async fn an_area(store: &Housed) -> Uuid {
    store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await.id
}

fn detaching(id: u128) -> Detaching {
    Detaching {
        id: Uuid::from_u128(id),
        actor: "editor".to_owned(),
        reason: "of another convoy".to_owned(),
        recorded_at: hour(3),
    }
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_stands_in_the_ledger_with_its_hash() {
    for (name, store) in backends() {
        let a = an_area(&store).await;
        let (made, is_new) =
            store.attach(file(1, a, "nine trucks"), &Clearance::ALL).await.unwrap();
        assert!(is_new, "{name}");
        assert_eq!((made.sequence, made.bytes, made.sent_digest), (2, 11, [7; 32]), "{name}");
        assert_eq!(made.digest, *blake3::hash(b"nine trucks").as_bytes(), "{name}");
        assert_eq!(made.attached, ("desk".to_owned(), hour(2)), "{name}");
        let bytes = store.attached_bytes(made.id, &Clearance::ALL, later()).await.unwrap();
        assert_eq!(bytes.as_deref(), Some(&b"nine trucks"[..]), "{name}");
        let entries = store.changes(1, 10, &Clearance::ALL, later()).await.unwrap();
        assert_eq!((entries[0].action, entries[0].code.as_str()), (Action::Attach, "a"), "{name}");
        let listed = store.attachments(Kind::Area, a, &Clearance::ALL, later()).await.unwrap();
        assert_eq!(listed, [made], "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn the_same_bytes_are_one_file_of_a_record_until_it_is_taken_back() {
    for (name, store) in backends() {
        let a = an_area(&store).await;
        let b = store.put_one(hour(1), new(Kind::Area, &area("b", "B"))).await.id;
        let attach = async |id, record| {
            let (made, is_new) =
                store.attach(file(id, record, "x"), &Clearance::ALL).await.unwrap();
            (made.id.as_u128(), is_new)
        };
        assert_eq!(attach(1, a).await, (1, true), "{name}");
        assert_eq!(attach(2, a).await, (1, false), "{name}");
        assert_eq!(attach(3, b).await, (3, true), "{name}: of another record");
        assert!(store.detach(detaching(1), &Clearance::ALL).await.unwrap(), "{name}");
        assert!(store.detach(detaching(1), &Clearance::ALL).await.unwrap(), "{name}: twice");
        assert_eq!(attach(4, a).await, (4, true), "{name}: it may come again");
        let listed = store.attachments(Kind::Area, a, &Clearance::ALL, later()).await.unwrap();
        let gone = Some(("editor".to_owned(), hour(3), "of another convoy".to_owned()));
        let withdrawn: Vec<_> = listed.iter().map(|one| one.withdrawn.clone()).collect();
        assert_eq!(withdrawn, [gone, None], "{name}");
        assert_eq!(store.sequence().await.unwrap(), 6, "{name}: taken back once");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn a_file_is_as_closed_as_its_record_whenever_that_is_closed() {
    for (name, store) in backends() {
        let internal = Clearance::of(Sensitivity::Internal);
        let a = an_area(&store).await;
        store.attach(file(1, a, "x"), &Clearance::ALL).await.unwrap();
        let id = Uuid::from_u128(1);
        assert!(store.attachment(id, &internal, later()).await.unwrap().is_some(), "{name}");
        assert_eq!(store.changes(1, 9, &internal, later()).await.unwrap().len(), 1, "{name}");
        let mut raised = next(Kind::Area, 1, &area("a", "A"));
        raised.draft.sensitivity = Some(Sensitivity::Confidential);
        store.put_one(hour(3), raised).await;
        assert!(store.attachment(id, &internal, later()).await.unwrap().is_none(), "{name}");
        assert_eq!(store.attached_bytes(id, &internal, later()).await.unwrap(), None, "{name}");
        let listed = store.attachments(Kind::Area, a, &internal, later()).await;
        assert!(matches!(listed, Err(StoreError::NotFound { .. })), "{name}");
        assert!(!store.detach(detaching(1), &internal).await.unwrap(), "{name}");
        let attached = store.attach(file(2, a, "y"), &internal).await;
        assert!(matches!(attached, Err(StoreError::NotFound { .. })), "{name}");
        assert!(store.changes(0, 9, &internal, later()).await.unwrap().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn who_sees_a_record_in_part_does_not_see_its_files() {
    for (name, store) in backends() {
        let mut placed = area_at("a", 36.1, 33.5);
        placed["field_sensitivity"] = json!(["position=confidential"]);
        let a = store.put_one(hour(1), new(Kind::Area, &placed)).await.id;
        store.attach(file(1, a, "x"), &Clearance::ALL).await.unwrap();
        let internal = Clearance::of(Sensitivity::Internal);
        let read = store
            .record(
                Kind::Area,
                &Reference::Id(a),
                passage::store::Cut { as_of: None, known_at: later() },
                &internal,
            )
            .await
            .unwrap();
        assert!(read.seen.is_part, "{name}");
        let id = Uuid::from_u128(1);
        assert!(store.attachment(id, &internal, later()).await.unwrap().is_none(), "{name}");
    }
}

#[tokio::test]
async fn a_partner_attaches_and_takes_back_only_with_its_own() {
    for (name, store) in backends() {
        let a = an_area(&store).await;
        let owner = Some("sarc".parse().unwrap());
        let head = Write { owner, ..write(hour(1), vec![new(Kind::Area, &area("own", "O"))]) };
        let own = store.write(head).await.unwrap()[0].id;
        let partner = Clearance {
            organisation: Some("sarc".parse().unwrap()),
            ..Clearance::of(Sensitivity::Internal)
        };
        assert!(store.attach(file(1, own, "x"), &partner).await.is_ok(), "{name}");
        assert!(store.attach(file(2, a, "x"), &partner).await.is_err(), "{name}");
        store.attach(file(3, a, "x"), &Clearance::ALL).await.unwrap();
        assert!(!store.detach(detaching(3), &partner).await.unwrap(), "{name}");
        assert!(store.detach(detaching(1), &partner).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn files_are_purged_with_their_record() {
    for (name, store) in backends() {
        let a = an_area(&store).await;
        let b = store.put_one(hour(1), new(Kind::Area, &area("b", "B"))).await.id;
        for (id, record) in [(1, a), (2, a), (3, b)] {
            store.attach(file(id, record, &format!("CANARY{id}")), &Clearance::ALL).await.unwrap();
        }
        store.detach(detaching(2), &Clearance::ALL).await.unwrap();
        let order = PurgeOrder {
            kind: Kind::Area,
            doomed: Doomed::Named(vec![Reference::Id(a)]),
            actor: "operator".to_owned(),
            reason: "asked for".to_owned(),
            recorded_at: hour(4),
            dry_run: false,
        };
        store.purge(order).await.unwrap();
        for (id, is_there) in [(1, false), (2, false), (3, true)] {
            let found = store.attached_bytes(Uuid::from_u128(id), &Clearance::ALL, later()).await;
            assert_eq!(found.unwrap().is_some(), is_there, "{name}: {id}");
        }
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

/// What is found after somebody who owns the file ran this on one attached file, entry 2.
async fn found_after(sql: &str) -> Verified {
    let store = sqlite();
    let a = an_area(&store).await;
    store.attach(file(1, a, "x"), &Clearance::ALL).await.unwrap();
    let opened = Connection::open(store.file()).unwrap();
    opened.pragma_update(None, "foreign_keys", false).unwrap();
    opened.execute_batch(sql).unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    store.verify().await.unwrap()
}

#[tokio::test]
async fn a_file_that_was_changed_in_secret_is_found() {
    for sql in [
        "UPDATE attachment_content SET content = x'00'",
        "UPDATE attachment_content SET content = x'00'; UPDATE attachment SET digest = zeroblob(32)",
        "UPDATE attachment SET name = 'other.txt'",
        "UPDATE attachment SET record = zeroblob(16)",
        "DELETE FROM attachment_content",
        "DELETE FROM attachment_content; DELETE FROM attachment",
    ] {
        let broken = found_after(sql).await.broken;
        assert_eq!(broken.as_ref().map(|(at, _)| *at), Some(2), "{sql}: {broken:?}");
    }
}
