//! Snapshots: everything known at a moment, and what to add to an older one to have it again.
#![cfg(test)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use passage::domain::{Clearance, Kind};
use passage::store::{Action, Change, Snapshot};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Housed, area, backends, block_on, hour, later, name_of, new, next, sqlite, upsert, withdrawal,
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
async fn a_visit_that_fails_ends_the_walk_with_its_own_error() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
        let refuse = |_| Err(passage::store::StoreError::Corrupt("seen enough".to_owned()));
        let fault = store
            .visit_known(later(), &Clearance::ALL, later(), Box::new(refuse))
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
