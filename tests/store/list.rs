//! Filters: each narrows the list by what it says, all together by all that they say.
#![cfg(test)]

use std::collections::BTreeMap;

use passage::domain::{Clearance, Kind};
use passage::store::Filter;
use serde_json::{Value, json};

use super::{Housed, area, area_at, backends, hour, new, next, query};

fn incident(code: &str, date: &str, what: &str, areas: &[&str]) -> Value {
    json!({ "code": code, "incident_type": what, "date": date, "areas": areas })
}

/// Four incidents in two areas.
async fn incidents(store: &Housed) {
    let of =
        |code, date, what, areas: &[&str]| new(Kind::Incident, &incident(code, date, what, areas));
    let changes = vec![
        new(Kind::Area, &area("duma", "Duma")),
        new(Kind::Area, &area("homs", "Homs")),
        of("i1", "2016-03-01", "shelling", &["duma"]),
        of("i2", "2016-03-02", "air_strike", &["homs"]),
        of("i3", "2016-03-03", "bakery_hit", &["duma", "homs"]),
        of("i4", "2016-03-04", "shelling", &[]),
    ];
    store.put(hour(1), changes).await;
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn kinds(values: &[&str]) -> Filter {
    let columns = BTreeMap::from([("incident_type".to_owned(), words(values))]);
    Filter { columns, ..Filter::default() }
}

fn areas(codes: &[&str]) -> Filter {
    let mentions = BTreeMap::from([(Kind::Area, words(codes))]);
    Filter { mentions, ..Filter::default() }
}

#[tokio::test]
async fn without_a_filter_everything_is_found() {
    for (name, store) in backends() {
        incidents(&store).await;
        let found = store.found(Kind::Incident, Filter::default()).await;
        assert_eq!(found, ["i1", "i2", "i3", "i4"], "{name}");
        assert!(store.found(Kind::Convoy, Filter::default()).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_column_may_have_any_of_the_values() {
    for (name, store) in backends() {
        incidents(&store).await;
        assert_eq!(store.found(Kind::Incident, kinds(&["shelling"])).await, ["i1", "i4"], "{name}");
        let found = store.found(Kind::Incident, kinds(&["air_strike", "bakery_hit"])).await;
        assert_eq!(found, ["i2", "i3"], "{name}");
        assert!(store.found(Kind::Incident, kinds(&["other"])).await.is_empty(), "{name}");
        let quoted = store.found(Kind::Incident, kinds(&["') OR ('1' = '1"])).await;
        assert!(quoted.is_empty(), "{name}: a value is only a value");
    }
}

#[tokio::test]
async fn a_column_that_the_kind_does_not_have_is_an_error_and_never_a_part_of_the_question() {
    for (name, store) in backends() {
        incidents(&store).await;
        for column in ["stage", "code = k.code OR k.code"] {
            let columns = BTreeMap::from([(column.to_owned(), words(&["nothing"]))]);
            let asked = query(Kind::Incident, Filter { columns, ..Filter::default() });
            let outcome = store.records(asked, &Clearance::ALL).await;
            assert!(outcome.is_err(), "{name}: {column} finds {outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_record_is_found_by_any_other_that_it_names_each_once() {
    for (name, store) in backends() {
        incidents(&store).await;
        assert_eq!(store.found(Kind::Incident, areas(&["duma"])).await, ["i1", "i3"], "{name}");
        let both = store.found(Kind::Incident, areas(&["duma", "homs"])).await;
        assert_eq!(both, ["i1", "i2", "i3"], "{name}");
        assert!(store.found(Kind::Incident, areas(&["nowhere"])).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn what_an_old_version_named_finds_only_the_old_version() {
    for (name, store) in backends() {
        incidents(&store).await;
        let i1 = store.known(Kind::Incident, "i1", hour(1)).await.unwrap();
        let moved = incident("i1", "2016-03-01", "shelling", &["homs"]);
        store.put_one(hour(2), next(Kind::Incident, i1.version, &moved)).await;
        assert_eq!(store.found(Kind::Incident, areas(&["duma"])).await, ["i3"], "{name}");
        let mut then = query(Kind::Incident, areas(&["duma"]));
        then.cut.known_at = hour(1);
        let page = store.records(then, &Clearance::ALL).await.unwrap();
        assert_eq!(super::codes(&page), ["i1", "i3"], "{name}");
    }
}

#[tokio::test]
async fn records_are_found_by_their_codes() {
    for (name, store) in backends() {
        incidents(&store).await;
        let codes = words(&["i4", "i2", "nothing"]);
        let found = store.found(Kind::Incident, Filter { codes, ..Filter::default() }).await;
        assert_eq!(found, ["i2", "i4"], "{name}");
    }
}

#[tokio::test]
async fn from_and_to_count_their_own_moment_and_leave_out_what_has_no_date() {
    for (name, store) in backends() {
        incidents(&store).await;
        let undated = json!({ "code": "undated", "name": "Undated" });
        store.put_one(hour(2), new(Kind::Source, &undated)).await;
        let day = |day| Some(format!("2016-03-0{day}T00:00:00Z").parse().unwrap());
        let between = |from, to| Filter { from, to, ..Filter::default() };
        for (filter, expected) in [
            (between(day(2), None), vec!["i2", "i3", "i4"]),
            (between(None, day(2)), vec!["i1", "i2"]),
            (between(day(2), day(3)), vec!["i2", "i3"]),
            (between(day(3), day(2)), vec![]),
        ] {
            let found = store.found(Kind::Incident, filter.clone()).await;
            assert_eq!(found, expected, "{name}: {filter:?}");
        }
        assert!(store.found(Kind::Source, between(day(1), None)).await.is_empty(), "{name}");
        assert!(store.found(Kind::Source, between(None, day(9))).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn all_that_is_asked_for_must_be_true_at_once() {
    for (name, store) in backends() {
        incidents(&store).await;
        let filter = Filter {
            columns: kinds(&["shelling", "bakery_hit"]).columns,
            mentions: areas(&["duma"]).mentions,
            codes: words(&["i1", "i3", "i4"]),
            from: Some("2016-03-02T00:00:00Z".parse().unwrap()),
            ..Filter::default()
        };
        assert_eq!(store.found(Kind::Incident, filter).await, ["i3"], "{name}");
    }
}

#[tokio::test]
async fn a_box_finds_what_lies_in_it_with_its_edges() {
    for (name, store) in backends() {
        let places = [("in", 36.0, 33.0), ("edge", 37.0, 34.0), ("out", 37.1, 33.0)];
        let changes = places.map(|(code, lon, lat)| new(Kind::Area, &area_at(code, lon, lat)));
        store.put(hour(1), changes.to_vec()).await;
        store.put_one(hour(1), new(Kind::Area, &area("unplaced", "Unplaced"))).await;
        let bbox = |bbox| Filter { bbox: Some(bbox), ..Filter::default() };
        let found = store.found(Kind::Area, bbox([35.0, 32.0, 37.0, 34.0])).await;
        assert_eq!(found, ["in", "edge"], "{name}");
        let world = store.found(Kind::Area, bbox([-180.0, -90.0, 180.0, 90.0])).await;
        assert_eq!(world, ["in", "edge", "out"], "{name}");
    }
}

#[tokio::test]
async fn a_box_may_cross_the_180th_meridian() {
    for (name, store) in backends() {
        let places = [("west", 179.0), ("east", -179.0), ("line", 180.0), ("far", 0.0)];
        let changes = places.map(|(code, lon)| new(Kind::Area, &area_at(code, lon, 0.0)));
        store.put(hour(1), changes.to_vec()).await;
        let bbox = |west, east| Filter { bbox: Some([west, -1.0, east, 1.0]), ..Filter::default() };
        let found = store.found(Kind::Area, bbox(178.0, -178.0)).await;
        assert_eq!(found, ["west", "east", "line"], "{name}");
        assert_eq!(store.found(Kind::Area, bbox(-178.0, 178.0)).await, ["far"], "{name}");
        assert_eq!(store.found(Kind::Area, bbox(179.5, -178.0)).await, ["east", "line"], "{name}");
    }
}

#[tokio::test]
async fn a_page_that_is_not_asked_for_the_count_has_the_same_rows_and_none() {
    for (name, store) in backends() {
        incidents(&store).await;
        let counted = query(Kind::Incident, Filter::default());
        let uncounted = passage::store::Query { count: false, ..counted.clone() };
        let counted = store.records(counted, &Clearance::ALL).await.unwrap();
        let uncounted = store.records(uncounted, &Clearance::ALL).await.unwrap();
        assert_eq!((counted.total, uncounted.total), (4, 0), "{name}");
        assert_eq!(counted.rows, uncounted.rows, "{name}");
    }
}
