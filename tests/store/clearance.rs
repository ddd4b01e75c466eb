//! What a reader may not see is not there: not by code, not in lists, totals, histories or the change feed.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Place, Sensitivity};
use passage::store::{Change, Cut, Filter, Reference, StoreError};

use super::{area, area_at, backends, codes, hour, later, new, next, query};

const VISITOR: &Clearance = &Clearance::of(Sensitivity::Public);

fn confidential(change: Change) -> Change {
    Change { sensitivity: Sensitivity::Confidential, ..change }
}

#[tokio::test]
async fn a_reader_below_the_level_of_a_record_finds_no_trace_of_it() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Area, &area("open", "Open")),
            confidential(new(Kind::Area, &area("closed", "Closed"))),
        ];
        store.put(hour(1), changes).await;
        let cut = Cut { as_of: None, known_at: later() };
        let closed = Reference::Code("closed".to_owned());
        let fault = store.record(Kind::Area, &closed, cut, VISITOR).await.unwrap_err();
        assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");
        let fault = store.history(Kind::Area, &closed, later(), VISITOR).await.unwrap_err();
        assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");

        let all = || query(Kind::Area, Filter::default());
        let page = store.records(all(), VISITOR).await.unwrap();
        assert_eq!((codes(&page), page.total), (vec!["open".to_owned()], 1), "{name}");
        let entries = store.changes(0, 10, VISITOR).await.unwrap();
        assert_eq!(entries.len(), 1, "{name}: {entries:?}");

        let officer = &Clearance::of(Sensitivity::Confidential);
        assert!(store.record(Kind::Area, &closed, cut, officer).await.is_ok(), "{name}");
        assert_eq!(store.records(all(), officer).await.unwrap().total, 2, "{name}");
        assert_eq!(store.changes(0, 10, officer).await.unwrap().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn what_is_closed_with_a_later_version_is_gone_and_its_open_past_is_no_way_in() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let second = next(Kind::Area, first.version, &area("duma", "Douma"));
        store.put_one(hour(2), confidential(second)).await;
        let duma = Reference::Code("duma".to_owned());
        let history = store.history(Kind::Area, &duma, later(), VISITOR).await;
        assert!(matches!(history, Err(StoreError::NotFound { .. })), "{name}");
    }
}

#[tokio::test]
async fn places_are_asked_for_where_they_are_shown_and_not_where_they_are() {
    for (name, store) in backends() {
        let mut change = new(Kind::Area, &area_at("duma", 36.4, 33.57));
        change.masked_place = Some(Place::new(30.0, 30.0).unwrap());
        store.put_one(hour(1), change).await;
        let around = |lon: f64, lat: f64| Filter {
            bbox: Some([lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1]),
            ..Filter::default()
        };
        assert!(store.found(Kind::Area, around(36.4, 33.57)).await.is_empty(), "{name}");
        assert_eq!(store.found(Kind::Area, around(30.0, 30.0)).await, ["duma"], "{name}");
    }
}
