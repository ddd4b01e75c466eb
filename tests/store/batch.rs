//! Changes that are made together: all or none, checked against each other, each fault with its place.
#![cfg(test)]

use passage::domain::Kind;
use passage::store::StoreError;
use serde_json::{Value, json};

use super::{area, backends, hour, later, new, next, withdrawal, write};

/// A facility in an area, at a position.
fn clinic(code: &str, area: &str, position: &Value) -> Value {
    json!({ "code": code, "names": { "en": code }, "facility_type": "clinic", "area": area, "position": position })
}

fn syrian(code: &str) -> Value {
    json!({ "code": code, "names": { "en": code }, "country": "SYR" })
}

/// A place in Syria, and one far outside.
fn in_duma() -> Value {
    json!({ "lon": 36.4, "lat": 33.57 })
}

fn in_paris() -> Value {
    json!({ "lon": 2.35, "lat": 48.85 })
}

#[tokio::test]
async fn a_batch_is_stored_whole_and_in_its_order() {
    for (name, store) in backends() {
        let changes = ["a", "b", "c"].map(|code| new(Kind::Area, &area(code, code)));
        let written = store.put(hour(1), changes.to_vec()).await;
        let found: Vec<(&str, i64)> =
            written.iter().map(|w| (w.code.as_str(), w.version)).collect();
        assert_eq!(found, [("a", 1), ("b", 2), ("c", 3)], "{name}");
    }
}

#[tokio::test]
async fn a_batch_is_all_or_nothing_and_each_refusal_says_which_and_where() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Area, &area("duma", "Duma")),
            new(Kind::Facility, &clinic("f1", "nowhere", &Value::Null)),
            new(Kind::Facility, &clinic("f2", "duma", &Value::Null)),
            new(Kind::Facility, &clinic("f3", "elsewhere", &Value::Null)),
        ];
        let refusals = store.refusals(changes).await;
        let places: Vec<(usize, &str)> = refusals
            .iter()
            .flat_map(|r| r.problems.0.iter().map(|problem| (r.index, problem.pointer.as_str())))
            .collect();
        assert_eq!(places, [(1, "/area"), (3, "/area")], "{name}: {refusals:?}");
        assert_eq!(store.sequence().await.unwrap(), 0, "{name}");
        assert!(store.everything(later()).await.records.is_empty(), "{name}");
        assert!(store.known(Kind::Area, "duma", later()).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn a_taken_code_undoes_the_whole_batch() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let changes =
            vec![new(Kind::Area, &area("homs", "Homs")), new(Kind::Area, &area("duma", "D"))];
        let fault = store.write(write(hour(2), changes)).await.unwrap_err();
        assert!(matches!(fault, StoreError::Taken { index: 1, .. }), "{name}: {fault}");
        assert!(store.known(Kind::Area, "homs", later()).await.is_err(), "{name}");
        store.put_one(hour(3), new(Kind::Area, &area("homs", "Homs"))).await;
        assert!(store.verify().await.unwrap().broken.is_none(), "{name}: no gap in the ledger");
    }
}

#[tokio::test]
async fn a_stale_version_undoes_the_whole_batch() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let change = next(Kind::Area, first.version, &area("duma", "Douma"));
        store.put_one(hour(2), change.clone()).await;
        let changes = vec![new(Kind::Area, &area("homs", "Homs")), change];
        let outcome = store.write(write(hour(3), changes)).await;
        assert!(matches!(outcome, Err(StoreError::Stale { .. })), "{name}: {outcome:?}");
        assert!(store.known(Kind::Area, "homs", later()).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn an_empty_batch_changes_nothing() {
    for (name, store) in backends() {
        assert!(store.put(hour(1), Vec::new()).await.is_empty(), "{name}");
        assert_eq!(store.sequence().await.unwrap(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_record_may_name_one_that_comes_later_in_the_batch() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Facility, &clinic("f1", "duma", &Value::Null)),
            new(Kind::Area, &area("duma", "Duma")),
        ];
        assert_eq!(store.put(hour(1), changes).await.len(), 2, "{name}");
    }
}

#[tokio::test]
async fn what_is_withdrawn_cannot_be_named_any_more() {
    for (name, store) in backends() {
        let body = area("duma", "Duma");
        let duma = store.put_one(hour(1), new(Kind::Area, &body)).await;
        store.put_one(hour(2), withdrawal(Kind::Area, duma.version, &body)).await;
        let change = new(Kind::Facility, &clinic("f1", "duma", &Value::Null));
        let refusals = store.refusals(vec![change]).await;
        assert_eq!(refusals[0].problems.0[0].detail, "there is no area duma", "{name}");
    }
}

#[tokio::test]
async fn a_record_can_be_withdrawn_after_what_it_names_was() {
    for (name, store) in backends() {
        let (body, clinic) = (area("duma", "Duma"), clinic("f1", "duma", &Value::Null));
        let changes = vec![new(Kind::Area, &body), new(Kind::Facility, &clinic)];
        let [duma, f1] = store.put(hour(1), changes).await.try_into().unwrap();
        store.put_one(hour(2), withdrawal(Kind::Area, duma.version, &body)).await;
        let outcome =
            store.write(write(hour(3), vec![withdrawal(Kind::Facility, f1.version, &clinic)]));
        assert!(outcome.await.is_ok(), "{name}: or nobody could ever take it back");
    }
}

#[tokio::test]
async fn a_facility_far_outside_the_country_of_its_area_is_refused() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &syrian("duma"))).await;
        let changes = vec![
            new(Kind::Facility, &clinic("near", "duma", &in_duma())),
            new(Kind::Facility, &clinic("far", "duma", &in_paris())),
        ];
        let refusals = store.refusals(changes).await;
        assert_eq!((refusals.len(), refusals[0].index), (1, 1), "{name}: {refusals:?}");
        assert_eq!(refusals[0].problems.0[0].pointer, "/position", "{name}");
        store.put_one(hour(2), new(Kind::Facility, &clinic("near", "duma", &in_duma()))).await;
    }
}

#[tokio::test]
async fn swapped_degrees_are_pointed_out() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &syrian("duma"))).await;
        let swapped = json!({ "lon": 33.57, "lat": 36.4 });
        let change = new(Kind::Facility, &clinic("f1", "duma", &swapped));
        let detail = store.refusals(vec![change]).await[0].problems.0[0].detail.clone();
        assert!(detail.contains("swapped"), "{name}: {detail}");
    }
}

#[tokio::test]
async fn a_facility_far_outside_is_refused_also_when_its_area_comes_later_in_the_batch() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Facility, &clinic("far", "duma", &in_paris())),
            new(Kind::Area, &syrian("duma")),
        ];
        let outcome = store.write(write(hour(1), changes)).await;
        assert!(
            matches!(&outcome, Err(StoreError::Refused(r)) if r[0].index == 0),
            "{name}: {outcome:?}"
        );
    }
}
