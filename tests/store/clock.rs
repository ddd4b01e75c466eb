//! The two clocks: what had happened by a moment, and what was known by a moment.
#![cfg(test)]

use chrono::{DateTime, Utc};
use passage::domain::{Clearance, Kind};
use passage::store::{Change, Cut, Filter, Reference, StoreError, StoreResult, Stored};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Housed, area, backends, block_on, hour, later, name_of, new, next, query, sqlite, upsert,
    withdrawal, write,
};

fn source(code: &str, date: &str) -> Value {
    json!({ "code": code, "name": code, "date": date })
}

/// The change, as known since a moment.
fn learned(at: DateTime<Utc>, change: Change) -> Change {
    Change { learned_at: Some(at), ..change }
}

async fn as_of(store: &Housed, code: &str, as_of: DateTime<Utc>) -> StoreResult<Stored> {
    let cut = Cut { as_of: Some(as_of), known_at: later() };
    store.record(Kind::Source, &Reference::Code(code.to_owned()), cut, &Clearance::ALL).await
}

#[tokio::test]
async fn before_it_was_known_there_was_nothing() {
    for (name, store) in backends() {
        store.put_one(hour(10), new(Kind::Area, &area("duma", "Duma"))).await;
        let before = hour(10) - chrono::TimeDelta::milliseconds(1);
        let fault = store.known(Kind::Area, "duma", before).await.unwrap_err();
        assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");
        assert!(store.known(Kind::Area, "duma", hour(10)).await.is_ok(), "{name}: from then on");
        assert!(store.everything(before).await.records.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn what_happened_later_is_cut_off_and_what_has_no_date_never_is() {
    for (name, store) in backends() {
        let undated = json!({ "code": "undated", "name": "Undated" });
        let changes =
            vec![new(Kind::Source, &source("march", "2016-03-01")), new(Kind::Source, &undated)];
        store.put(hour(5_000), changes).await;
        let march: DateTime<Utc> = "2016-03-01T00:00:00Z".parse().unwrap();
        let before = march - chrono::TimeDelta::milliseconds(1);
        assert!(as_of(&store, "march", march).await.is_ok(), "{name}: the moment itself counts");
        assert!(as_of(&store, "march", before).await.is_err(), "{name}");
        assert!(as_of(&store, "undated", before).await.is_ok(), "{name}");

        let mut list = query(Kind::Source, Filter::default());
        list.cut.as_of = Some(before);
        let page = store.records(list, &Clearance::ALL).await.unwrap();
        assert_eq!((super::codes(&page), page.total), (vec!["undated".to_owned()], 1), "{name}");
    }
}

#[tokio::test]
async fn a_version_learned_in_the_past_is_known_from_then_on() {
    for (name, store) in backends() {
        let change = learned(hour(10), new(Kind::Area, &area("duma", "Duma")));
        store.put_one(hour(100), change).await;
        assert!(store.known(Kind::Area, "duma", hour(9)).await.is_err(), "{name}");
        let read = store.known(Kind::Area, "duma", hour(10)).await.unwrap();
        assert_eq!((read.learned_at, read.recorded_at), (hour(10), hour(100)), "{name}");
        let entry = store.changes(0, 1, &Clearance::ALL, later()).await.unwrap().remove(0);
        assert_eq!((entry.learned_at, entry.recorded_at), (hour(10), hour(100)), "{name}");
    }
}

#[tokio::test]
async fn the_whole_write_can_be_known_since_before_it_was_recorded() {
    for (name, store) in backends() {
        let early = learned(hour(5), new(Kind::Area, &area("early", "Early")));
        let mut whole = write(hour(100), vec![early, new(Kind::Area, &area("duma", "Duma"))]);
        whole.learned_at = hour(10);
        store.write(whole).await.unwrap();
        let learned = |stored: Stored| stored.learned_at;
        let read = store.known(Kind::Area, "duma", later()).await.map(learned);
        assert_eq!(read.unwrap(), hour(10), "{name}");
        let read = store.known(Kind::Area, "early", later()).await.map(learned);
        assert_eq!(read.unwrap(), hour(5), "{name}: a change of it says otherwise");
    }
}

#[tokio::test]
async fn nothing_is_known_before_it_is_recorded() {
    for (name, store) in backends() {
        let change = learned(hour(200), new(Kind::Area, &area("duma", "Duma")));
        let mut whole = write(hour(100), vec![change, new(Kind::Area, &area("homs", "Homs"))]);
        whole.learned_at = hour(300);
        store.write(whole).await.unwrap();
        for code in ["duma", "homs"] {
            let read = store.known(Kind::Area, code, later()).await.unwrap();
            assert_eq!(read.learned_at, hour(100), "{name}");
        }
    }
}

#[tokio::test]
async fn a_later_write_that_was_known_earlier_hides_what_was_learned_after_it() {
    for (name, store) in backends() {
        let first = learned(hour(10), new(Kind::Area, &area("duma", "first")));
        store.put_one(hour(100), first).await;
        let second = learned(hour(30), upsert(Kind::Area, &area("duma", "second")));
        store.put_one(hour(101), second).await;
        let third = learned(hour(20), upsert(Kind::Area, &area("duma", "third")));
        store.put_one(hour(102), third).await;
        for (at, expected) in
            [(hour(10), "first"), (hour(19), "first"), (hour(20), "third"), (hour(30), "third")]
        {
            let read = store.known(Kind::Area, "duma", at).await.unwrap();
            assert_eq!(name_of(&read), expected, "{name} at {at}");
            let page = store.everything(at).await.records;
            assert_eq!(page.len(), 1, "{name} at {at}: one version at a time");
        }
        let duma = Reference::Code("duma".to_owned());
        let history = store.history(Kind::Area, &duma, later(), &Clearance::ALL).await.unwrap();
        assert_eq!(history.len(), 3, "{name}: hidden, not lost");
    }
}

#[tokio::test]
async fn a_stale_change_at_an_earlier_time_is_told_the_version_that_was_known_then() {
    for (name, store) in backends() {
        let first = store.put_one(hour(10), new(Kind::Area, &area("duma", "first"))).await;
        let second = next(Kind::Area, first.version, &area("duma", "second"));
        let second = store.put_one(hour(20), second).await;
        let third = next(Kind::Area, second.version, &area("duma", "third"));
        store.put_one(hour(40), third).await;
        // A program that lives at hour 30 (`--now`) reads the second version.
        let read = store.known(Kind::Area, "duma", hour(30)).await.unwrap();
        assert_eq!(read.version, second.version, "{name}");
        let late = learned(hour(30), next(Kind::Area, first.version, &area("duma", "late")));
        let fault = store.write(write(hour(50), vec![late])).await.unwrap_err();
        assert!(
            matches!(fault, StoreError::Stale { current, .. } if current == second.version),
            "{name}: {fault}"
        );
    }
}

#[tokio::test]
async fn a_withdrawal_is_known_from_when_it_was_learned() {
    for (name, store) in backends() {
        let body = area("duma", "Duma");
        let first = store.put_one(hour(10), new(Kind::Area, &body)).await;
        store.put_one(hour(20), withdrawal(Kind::Area, first.version, &body)).await;
        let mut list = query(Kind::Area, Filter::default());
        list.cut.known_at = hour(19);
        let page = store.records(list.clone(), &Clearance::ALL).await.unwrap();
        assert_eq!(page.total, 1, "{name}");
        list.cut.known_at = hour(20);
        let page = store.records(list, &Clearance::ALL).await.unwrap();
        assert_eq!(page.total, 0, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_known_at_a_moment_is_the_last_recorded_of_what_was_learned_by_then(
        learned_at in prop::collection::vec(0..12_i64, 1..12)
    ) {
        block_on(async {
            let store = sqlite();
            for (n, at) in (0_i64..).zip(&learned_at) {
                let change = upsert(Kind::Area, &area("duma", &n.to_string()));
                store.put_one(hour(100 + n), learned(hour(*at), change)).await;
            }
            for at in 0..=12 {
                let expected = learned_at.iter().rposition(|learned| *learned <= at);
                let shown = store.everything(hour(at)).await.records;
                let names: Vec<String> = shown.iter().map(name_of).collect();
                let expected: Vec<String> = expected.iter().map(usize::to_string).collect();
                assert_eq!(names, expected, "learned at {learned_at:?}, known at {at}");
                let read = store.known(Kind::Area, "duma", hour(at)).await;
                assert_eq!(read.ok().map(|stored| name_of(&stored)), expected.first().cloned());
            }
        });
    }
}
