//! Convoys: they name areas, go through stages, and lie where their areas lie.
#![cfg(test)]

use std::collections::BTreeMap;

use passage::domain::{Clearance, Kind};
use passage::store::Filter;
use serde_json::{Value, json};

use super::{area_at, backends, hour, later, new, next, query};

fn convoy(code: &str, areas: &[&str], events: &Value) -> Value {
    json!({
        "code": code, "mode": "cross_line", "date": "2016-07-26", "events": events,
        "drops": [{ "areas": areas, "trucks": { "best": 20 } }],
    })
}

fn stage(stage: &str) -> Filter {
    let columns = BTreeMap::from([("stage".to_owned(), vec![stage.to_owned()])]);
    Filter { columns, ..Filter::default() }
}

#[tokio::test]
async fn a_convoy_is_found_by_the_stage_it_is_in_now() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area_at("duma", 36.4, 33.57))).await;
        let planned = new(Kind::Convoy, &convoy("c1", &["duma"], &json!([])));
        let planned = store.put_one(hour(2), planned).await;
        assert_eq!(store.found(Kind::Convoy, stage("planned")).await, ["c1"], "{name}");

        let events = json!([{ "stage": "requested", "at": "2016-07-20" }]);
        let body = convoy("c1", &["duma"], &events);
        store.put_one(hour(3), next(Kind::Convoy, planned.version, &body)).await;
        assert_eq!(store.found(Kind::Convoy, stage("requested")).await, ["c1"], "{name}");
        assert!(store.found(Kind::Convoy, stage("planned")).await.is_empty(), "{name}");

        let mut then = query(Kind::Convoy, stage("planned"));
        then.cut.known_at = hour(2);
        let page = store.records(then, &Clearance::ALL).await.unwrap();
        assert_eq!(super::codes(&page), ["c1"], "{name}: as it was known then");
    }
}

#[tokio::test]
async fn a_convoy_to_an_unknown_area_is_refused_where_it_names_it() {
    for (name, store) in backends() {
        let body = convoy("c1", &["nowhere"], &json!([]));
        let refusals = store.refusals(vec![new(Kind::Convoy, &body)]).await;
        assert_eq!(refusals.len(), 1, "{name}: {refusals:?}");
        assert_eq!(refusals[0].index, 0, "{name}");
        let problem = &refusals[0].problems.0[0];
        assert_eq!(problem.pointer, "/drops/0/areas/0", "{name}");
        assert_eq!(problem.detail, "there is no area nowhere", "{name}");
    }
}

#[tokio::test]
async fn a_row_of_a_list_says_in_short_what_the_convoy_is() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Area, &area_at("duma", 36.4, 33.57)),
            new(Kind::Convoy, &convoy("c1", &["duma"], &json!([]))),
        ];
        store.put(hour(1), changes).await;
        let page = store.records(query(Kind::Convoy, Filter::default()), &Clearance::ALL).await;
        let row = page.unwrap().rows.remove(0);
        assert_eq!(super::field(&row, "/areas"), json!(["duma"]), "{name}");
        assert_eq!(super::field(&row, "/trucks/best"), 20, "{name}");
        assert_eq!(super::field(&row, "/drops"), Value::Null, "{name}: not the whole body");
        let read = store.known(Kind::Convoy, "c1", later()).await.unwrap();
        assert_eq!(super::field(&read, "/drops/0/areas/0"), "duma", "{name}: the whole body");
    }
}
