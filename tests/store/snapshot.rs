//! Snapshots: everything known at a moment, and what to add to an older one to have it again.
#![cfg(test)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{Action, Change, Cut, Doomed, PurgeOrder, Reference, Snapshot, Write};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Housed, area, backends, block_on, hour, later, name_of, new, next, sqlite, upsert, withdrawal,
    write,
};

/// The records of a snapshot: the version and body of each.
type Known = BTreeMap<(Kind, Uuid), (i64, String)>;

/// Takes what came since into what was known before.
fn applied(mut known: Known, since: &Snapshot) -> Known {
    for stored in &since.records {
        if stored.withdrawn {
            known.remove(&(stored.kind, stored.id));
        } else {
            known.insert((stored.kind, stored.id), (stored.version, stored.body.clone()));
        }
    }
    known
}

#[tokio::test]
async fn a_snapshot_has_each_record_as_it_is_known_and_no_withdrawn_one() {
    for (name, store) in backends() {
        let changes = ["a", "b", "c"].map(|code| new(Kind::Area, &area(code, code)));
        let [a, b, _] = store.put(hour(1), changes.to_vec()).await.try_into().unwrap();
        store.put_one(hour(2), next(Kind::Area, a.version, &area("a", "A"))).await;
        store.put_one(hour(3), withdrawal(Kind::Area, b.version, &area("b", "b"))).await;
        let names = |snapshot: &Snapshot| -> Vec<String> {
            let mut names: Vec<String> = snapshot.records.iter().map(name_of).collect();
            names.sort();
            names
        };
        let now = store.everything(later()).await;
        assert_eq!((names(&now), now.sequence), (vec!["A".into(), "c".into()], 5), "{name}");
        let then = store.everything(hour(1)).await;
        assert_eq!(names(&then), ["a", "b", "c"], "{name}");
    }
}

#[tokio::test]
async fn what_was_recorded_after_a_place_in_the_ledger_is_left_out_however_early_it_was_learned() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
        let second =
            store.put_one(hour(9), next(Kind::Area, first.version, &area("a", "AA"))).await;
        let noted =
            |learned, change| Write { learned_at: hour(learned), ..write(hour(20), vec![change]) };
        store.write(noted(5, new(Kind::Area, &area("b", "B")))).await.unwrap();
        store.write(noted(6, next(Kind::Area, first.version, &area("a", "AAA")))).await.unwrap();
        let names = async |sequence, known: i64| {
            let seen = store.recorded_by(sequence, hour(known)).await;
            let mut names: Vec<String> = seen.records.iter().map(name_of).collect();
            names.sort();
            (names, seen.sequence)
        };
        let expect = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let up_to = second.version;
        assert_eq!(names(up_to, 20).await, (expect(&["AA"]), up_to), "{name}: as it was");
        assert_eq!(names(up_to, 7).await, (expect(&["A"]), up_to), "{name}: as it was known then");
        assert_eq!(names(first.version, 20).await.0, expect(&["A"]), "{name}");
        assert_eq!(names(0, 20).await, (expect(&[]), 0), "{name}");
        assert_eq!(names(i64::MAX, 7).await.0, expect(&["AAA", "B"]), "{name}: as it is known now");
        let last = store.everything(hour(7)).await.sequence;
        for (sequence, known) in [(last, 7), (last, 5), (last, 20), (last, 1)] {
            let (bounded, whole) = (names(sequence, known).await, names(i64::MAX, known).await);
            assert_eq!(bounded, whole, "{name}: the bound at the end leaves nothing out");
        }
    }
}

#[tokio::test]
async fn a_visit_that_fails_ends_the_walk_with_its_own_error() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
        let refuse = |_| Err(passage::store::StoreError::Corrupt("seen enough".to_owned()));
        let fault = store
            .visit_known(later(), i64::MAX, &Clearance::ALL, later(), Box::new(refuse))
            .await
            .unwrap_err();
        assert!(fault.to_string().contains("seen enough"), "{name}: {fault}");
    }
}

#[tokio::test]
async fn since_a_place_in_the_ledger_comes_exactly_what_was_recorded_after_it() {
    for (name, store) in backends() {
        let a = store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
        let b = store.put_one(hour(2), new(Kind::Area, &area("b", "B"))).await;
        let old = store.everything(later()).await;
        let nothing = store.since(old.sequence, later(), &Clearance::ALL, later()).await.unwrap();
        assert_eq!((nothing.records.len(), nothing.sequence), (0, old.sequence), "{name}");

        let a2 = store.put_one(hour(3), next(Kind::Area, a.version, &area("a", "A2"))).await;
        let gone = withdrawal(Kind::Area, b.version, &area("b", "B"));
        let gone = store.put_one(hour(4), gone).await;
        let c = store.put_one(hour(5), new(Kind::Area, &area("c", "C"))).await;
        let since = store.since(old.sequence, later(), &Clearance::ALL, later()).await.unwrap();
        let versions: Vec<i64> = since.records.iter().map(|stored| stored.version).collect();
        assert_eq!(versions, [a2.version, gone.version, c.version], "{name}");
        assert_eq!(since.sequence, c.version, "{name}");
        assert!(since.records[1].withdrawn, "{name}: that it went must be told");

        let known = store.since(old.sequence, hour(3), &Clearance::ALL, later()).await.unwrap();
        assert_eq!(known.records.len(), 1, "{name}: the rest was not known yet");
        assert_eq!(known.sequence, c.version, "{name}: but was looked at");
    }
}

#[tokio::test]
async fn who_asks_for_all_times_misses_nothing_whatever_the_clocks_say() {
    for (name, store) in backends() {
        // Asked with a clock that was read before the first write, the second snapshot would not know its record,
        // though it has looked at its entry: no later `since` would bring it. So what is always to be the latest
        // asks for all times.
        let all_times = DateTime::<Utc>::MAX_UTC;
        store.put_one(hour(2), new(Kind::Area, &area("a", "A"))).await;
        let old = store.everything(all_times).await;
        store.put_one(hour(1), new(Kind::Area, &area("b", "B"))).await;
        let since = store.since(old.sequence, all_times, &Clearance::ALL, later()).await.unwrap();
        let known = applied(applied(Known::new(), &old), &since);
        assert_eq!(known, applied(Known::new(), &store.everything(hour(3)).await), "{name}");
    }
}

/// People of an area or a group, on the first day of the year.
fn people(code: &str, of: &str, place: &str, people: u32) -> Value {
    json!({ "code": code, of: place, "date": "2016-01-01", "metric": "residents", "people": people,
        "sensitivity": "public" })
}

#[tokio::test]
async fn what_decides_whether_a_total_of_others_is_told_is_said_to_change_what_is_seen() {
    let reader = &Clearance::of(Sensitivity::Public);
    for (name, store) in backends() {
        let changed = async |change: Change| {
            let before = store.sequence().await.unwrap();
            store.put_one(hour(2), change).await;
            store.since(before, later(), reader, later()).await.unwrap().changes_sight
        };
        let inner = |part_of: Option<&str>, name: &str| {
            let mut body = area("few", name);
            body["part_of"] = json!(part_of);
            body
        };
        store.put(hour(1), vec![new(Kind::Area, &area("many", "Many"))]).await;
        let few = store.put_one(hour(1), new(Kind::Area, &inner(None, "Few"))).await;
        let group = json!({ "code": "G", "names": { "en": "Both" }, "areas": ["few", "many"] });
        assert!(changed(new(Kind::AreaGroup, &group)).await, "{name}: who is in a group");
        let both = new(Kind::Population, &people("P-BOTH", "area_group", "G", 1_000));
        assert!(changed(both).await, "{name}: a total");
        let told = async || {
            let reference = Reference::Code("P-BOTH".to_owned());
            let cut = Cut { as_of: None, known_at: later() };
            store.record(Kind::Population, &reference, cut, reader).await.unwrap().body
        };
        assert!(told().await.contains("1000"), "{name}");
        let many = new(Kind::Population, &people("P-MANY", "area", "many", 998));
        assert!(changed(many).await, "{name}: what is large tells what is left");
        assert!(!told().await.contains("1000"), "{name}: and so closes the total");
        let inside = next(Kind::Area, few.version, &inner(Some("many"), "Few"));
        assert!(changed(inside).await, "{name}: what lies in what");
        let renamed = upsert(Kind::Area, &inner(Some("many"), "The few"));
        assert!(!changed(renamed).await, "{name}: a name decides nothing");
    }
}

#[tokio::test]
async fn a_record_that_others_named_before_it_was_there_again_changes_what_is_seen() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let few = new(Kind::Population, &people("P", "area", "duma", 900));
    store.put_one(hour(2), few).await;
    let order = PurgeOrder {
        kind: Kind::Area,
        doomed: Doomed::Named(vec![Reference::Code("duma".to_owned())]),
        actor: "keeper".to_owned(),
        reason: "kept for a year".to_owned(),
        recorded_at: hour(3),
        dry_run: false,
    };
    store.purge(order).await.unwrap();
    let before = store.sequence().await.unwrap();
    store.put_one(hour(4), new(Kind::Area, &area("duma", "Duma"))).await;
    let news = store.since(before, later(), &Clearance::ALL, later()).await.unwrap();
    assert!(news.changes_sight);
}

/// A version of one of four areas: which, learned when, withdrawn?
fn step() -> impl Strategy<Value = (usize, i64, bool)> {
    (0..4_usize, 0..20_i64, prop::bool::weighted(0.25))
}

fn change((n, (which, learned_at, withdrawn)): (usize, &(usize, i64, bool))) -> Change {
    let code = ["a", "b", "c", "d"][*which];
    let action = if *withdrawn { Action::Withdraw } else { Action::Revise };
    let learned_at = Some(hour(*learned_at));
    Change { action, learned_at, ..upsert(Kind::Area, &area(code, &n.to_string())) }
}

async fn put_each(store: &Housed, changes: &[Change]) {
    for change in changes {
        store.put_one(hour(100), change.clone()).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_old_snapshot_and_what_came_since_are_a_new_snapshot(
        steps in prop::collection::vec(step(), 1..16), split in 0..16_usize, known_at in 0..25_i64
    ) {
        block_on(async {
            let store = sqlite();
            let changes: Vec<Change> = steps.iter().enumerate().map(change).collect();
            let (before, after) = changes.split_at(split.min(changes.len()));
            put_each(&store, before).await;
            let known_at = hour(known_at);
            let old = store.everything(known_at).await;
            put_each(&store, after).await;
            let since = store.since(old.sequence, known_at, &Clearance::ALL, later()).await.unwrap();
            let new = store.everything(known_at).await;
            assert_eq!(since.sequence, new.sequence);
            let known = applied(applied(Known::new(), &old), &since);
            assert_eq!(known, applied(Known::new(), &new), "{steps:?} split at {split}");
        });
    }
}
