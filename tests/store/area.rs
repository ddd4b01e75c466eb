//! Areas: created, read, and named by others.
#![cfg(test)]

use passage::domain::{Clearance, Kind};
use passage::store::{Basis, Cut, Filter, Reference, StoreError};
use serde_json::json;
use uuid::Uuid;

use super::{area, area_at, backends, field, hour, later, name_of, new, query, upsert};

const NOW: Cut = Cut { as_of: None, known_at: chrono::DateTime::<chrono::Utc>::MAX_UTC };

#[tokio::test]
async fn a_record_is_read_by_its_code_and_by_its_id() {
    for (name, store) in backends() {
        let cut = Cut { known_at: later(), ..NOW };
        let duma = store.put_one(hour(1), new(Kind::Area, &area_at("duma", 36.4, 33.57))).await;
        for reference in [Reference::Code("duma".to_owned()), Reference::Id(duma.id)] {
            let read = store.record(Kind::Area, &reference, cut, &Clearance::ALL).await.unwrap();
            assert_eq!((read.kind, read.id, read.version), (Kind::Area, duma.id, duma.version));
            assert_eq!((read.code.as_str(), name_of(&read).as_str()), ("duma", "duma"), "{name}");
            assert_eq!((read.recorded_at, read.learned_at), (hour(1), hour(1)), "{name}");
            assert_eq!((read.retired_at, read.withdrawn), (None, false), "{name}");
            assert_eq!(field(&read, "/position"), json!({ "lon": 36.4, "lat": 33.57 }), "{name}");
        }
    }
}

#[tokio::test]
async fn a_record_that_is_not_there_is_not_found_in_the_words_it_was_asked_for() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let nobody = Uuid::nil();
        for (kind, reference) in [
            (Kind::Area, Reference::Code("homs".to_owned())),
            (Kind::Area, Reference::Id(nobody)),
            (Kind::Convoy, Reference::Code("duma".to_owned())),
        ] {
            let cut = Cut { known_at: later(), ..NOW };
            let fault = store.record(kind, &reference, cut, &Clearance::ALL).await.unwrap_err();
            assert_eq!(fault.to_string(), format!("no {kind} {reference}"), "{name}");
            assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");
            let fault =
                store.history(kind, &reference, later(), &Clearance::ALL).await.unwrap_err();
            assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");
        }
    }
}

#[tokio::test]
async fn a_record_keeps_the_id_that_the_client_gave_it() {
    for (name, store) in backends() {
        let id: Uuid = "0197c0de-0000-7000-8000-000000000001".parse().unwrap();
        let body = json!({ "id": id, "code": "duma", "names": { "ar": "دوما" } });
        let written = store.put_one(hour(1), new(Kind::Area, &body)).await;
        assert_eq!(written.id, id, "{name}");
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(field(&read, "/names/ar"), "دوما", "{name}");
    }
}

#[tokio::test]
async fn a_record_without_a_code_gets_one_that_begins_with_the_letters_of_its_kind() {
    for (name, store) in backends() {
        let body = json!({ "names": { "en": "Duma" } });
        let changes = vec![new(Kind::Area, &body), new(Kind::Area, &body)];
        let written = store.put(hour(1), changes).await;
        assert!(written[0].code.starts_with("AR-"), "{name}: {}", written[0].code);
        assert_ne!(written[0].code, written[1].code, "{name}");
        assert!(store.known(Kind::Area, &written[0].code, later()).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn the_same_code_may_be_used_by_two_kinds() {
    for (name, store) in backends() {
        let party = json!({ "code": "duma", "names": { "en": "Council of Duma" } });
        let changes = vec![new(Kind::Area, &area("duma", "Duma")), new(Kind::Party, &party)];
        store.put(hour(1), changes).await;
        let read = store.known(Kind::Party, "duma", later()).await.unwrap();
        assert_eq!(name_of(&read), "Council of Duma", "{name}");
    }
}

#[tokio::test]
async fn an_area_is_never_written_over_by_another_with_its_code() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let mut other = new(Kind::Area, &area("duma", "Douma"));
        let fault = store.write(super::write(hour(2), vec![other.clone()])).await.unwrap_err();
        assert!(
            matches!(&fault, StoreError::Taken { kind: Kind::Area, code, index: 0 } if code == "duma"),
            "{name}: {fault}"
        );
        other.basis = Basis::Code;
        store.put_one(hour(3), other).await;
        let page = store.records(query(Kind::Area, Filter::default()), &Clearance::ALL).await;
        assert_eq!(page.unwrap().total, 1, "{name}");
    }
}

#[tokio::test]
async fn an_id_is_taken_also_when_the_code_is_free() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let mut other = new(Kind::Area, &area("homs", "Homs"));
        other.new_id = duma.id;
        let changes = vec![new(Kind::Area, &area("hama", "Hama")), other];
        let fault = store.write(super::write(hour(2), changes)).await.unwrap_err();
        assert!(matches!(fault, StoreError::Taken { index: 1, .. }), "{name}: {fault}");
        assert_eq!(store.sequence().await.unwrap(), 1, "{name}: nothing of the write stays");
    }
}

#[tokio::test]
async fn a_new_code_with_the_id_of_another_record_never_makes_two_records_of_one_id() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let mut other = upsert(Kind::Area, &area("homs", "Homs"));
        other.new_id = duma.id;
        let outcome = store.write(super::write(hour(2), vec![other])).await;
        assert!(
            matches!(outcome, Err(StoreError::Taken { .. } | StoreError::Refused(_))),
            "{name}: {outcome:?}"
        );
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(name_of(&read), "Duma", "{name}");
    }
}
