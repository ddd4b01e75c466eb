//! Versions: each write adds one, none is lost, and nobody overwrites what they have not seen.
#![cfg(test)]

use passage::domain::{Clearance, Kind};
use passage::store::{Action, Basis, Change, Filter, Reference, StoreError};
use serde_json::json;

use super::{area, backends, hour, later, name_of, new, next, query, upsert, withdrawal, write};

#[tokio::test]
async fn the_next_version_retires_the_one_before_and_both_stay_readable() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let second = next(Kind::Area, first.version, &area("duma", "Douma"));
        let second = store.put_one(hour(2), second).await;
        assert_eq!((second.id, &second.code), (first.id, &first.code), "{name}");
        assert!(second.version > first.version, "{name}");

        let now = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!((name_of(&now).as_str(), now.retired_at), ("Douma", None), "{name}");
        let then = store.known(Kind::Area, "duma", hour(1)).await.unwrap();
        assert_eq!((name_of(&then).as_str(), then.retired_at), ("Duma", Some(hour(2))), "{name}");

        for reference in [Reference::Id(first.id), Reference::Code("duma".to_owned())] {
            let history =
                store.history(Kind::Area, &reference, later(), &Clearance::ALL).await.unwrap();
            let versions: Vec<i64> = history.iter().map(|stored| stored.version).collect();
            assert_eq!(versions, [first.version, second.version], "{name}");
        }
        let id = Reference::Id(first.id);
        let known = store.history(Kind::Area, &id, hour(1), &Clearance::ALL).await.unwrap();
        assert_eq!(known.len(), 1, "{name}: the second was not known yet");
    }
}

#[tokio::test]
async fn a_change_against_an_old_version_is_told_the_one_it_is_at() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let change = next(Kind::Area, first.version, &area("duma", "Douma"));
        let second = store.put_one(hour(2), change.clone()).await;
        let fault = store.write(write(hour(3), vec![change])).await.unwrap_err();
        assert!(
            matches!(&fault, StoreError::Stale { kind: Kind::Area, reference, current }
                if reference == "duma" && *current == second.version),
            "{name}: {fault}"
        );
        assert_eq!(store.sequence().await.unwrap(), 2, "{name}");
    }
}

#[tokio::test]
async fn two_changes_of_one_version_in_one_write_are_one_too_many() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let change = next(Kind::Area, first.version, &area("duma", "Douma"));
        let outcome = store.write(write(hour(2), vec![change.clone(), change])).await;
        assert!(matches!(outcome, Err(StoreError::Stale { .. })), "{name}: {outcome:?}");
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(read.version, first.version, "{name}");
    }
}

#[tokio::test]
async fn a_change_against_a_version_that_never_was_finds_nothing() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let outcome = store.write(write(hour(2), vec![next(Kind::Area, 99, &area("duma", "D"))]));
        assert!(matches!(outcome.await, Err(StoreError::NotFound { .. })), "{name}");
        let other_kind = json!({ "code": "duma", "names": { "en": "Council" } });
        let outcome = store.write(write(hour(2), vec![next(Kind::Party, 1, &other_kind)]));
        assert!(matches!(outcome.await, Err(StoreError::NotFound { .. })), "{name}");
    }
}

#[tokio::test]
async fn a_code_never_changes() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let change = next(Kind::Area, first.version, &area("douma", "Douma"));
        let refusals = store.refusals(vec![new(Kind::Area, &area("homs", "Homs")), change]).await;
        assert_eq!((refusals.len(), refusals[0].index), (1, 1), "{name}: {refusals:?}");
        assert_eq!(refusals[0].problems.0[0].pointer, "/code", "{name}");
        assert!(store.known(Kind::Area, "homs", later()).await.is_err(), "{name}");
        assert!(store.known(Kind::Area, "douma", later()).await.is_err(), "{name}");

        let without = json!({ "names": { "en": "Douma" } });
        let second = store.put_one(hour(2), next(Kind::Area, first.version, &without)).await;
        assert_eq!(second.code, "duma", "{name}: left out, it stays");
    }
}

#[tokio::test]
async fn what_is_withdrawn_stays_readable_but_leaves_the_lists() {
    for (name, store) in backends() {
        let body = area("duma", "Duma");
        let first = store.put_one(hour(1), new(Kind::Area, &body)).await;
        let last = store.put_one(hour(2), withdrawal(Kind::Area, first.version, &body)).await;
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!((read.version, read.withdrawn), (last.version, true), "{name}");
        let before = store.known(Kind::Area, "duma", hour(1)).await.unwrap();
        assert!(!before.withdrawn, "{name}");

        let mut all = query(Kind::Area, Filter::default());
        assert!(store.found(Kind::Area, all.filter.clone()).await.is_empty(), "{name}");
        all.filter.withdrawn = true;
        assert_eq!(store.found(Kind::Area, all.filter.clone()).await, ["duma"], "{name}");
        let entry = store.changes(1, 10, &Clearance::ALL, later()).await.unwrap().remove(0);
        assert_eq!(entry.action, Action::Withdraw, "{name}");
    }
}

#[tokio::test]
async fn the_code_of_a_withdrawn_record_stays_its_own_and_it_can_come_back() {
    for (name, store) in backends() {
        let body = area("duma", "Duma");
        let first = store.put_one(hour(1), new(Kind::Area, &body)).await;
        let gone = store.put_one(hour(2), withdrawal(Kind::Area, first.version, &body)).await;
        let outcome = store.write(write(hour(3), vec![new(Kind::Area, &body)])).await;
        assert!(matches!(outcome, Err(StoreError::Taken { .. })), "{name}: {outcome:?}");
        store.put_one(hour(4), next(Kind::Area, gone.version, &body)).await;
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!((read.id, read.withdrawn), (first.id, false), "{name}");
    }
}

#[tokio::test]
async fn a_change_by_code_makes_the_record_or_its_next_version() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), upsert(Kind::Area, &area("duma", "Duma"))).await;
        let second = store.put_one(hour(2), upsert(Kind::Area, &area("duma", "Douma"))).await;
        assert_eq!(second.id, first.id, "{name}");
        let twice = vec![
            upsert(Kind::Area, &area("homs", "Homs")),
            upsert(Kind::Area, &area("homs", "Hims")),
        ];
        let twice = store.put(hour(3), twice).await;
        assert_eq!(twice[0].id, twice[1].id, "{name}: also inside one write");
        let read = store.known(Kind::Area, "homs", later()).await.unwrap();
        assert_eq!(name_of(&read), "Hims", "{name}");
    }
}

#[tokio::test]
async fn a_confirmation_is_a_version_with_a_reason() {
    for (name, store) in backends() {
        let body = area("duma", "Duma");
        let first = store.put_one(hour(1), new(Kind::Area, &body)).await;
        let reason = Some("seen on imagery".to_owned());
        let change =
            Change { action: Action::Confirm, reason, ..next(Kind::Area, first.version, &body) };
        let second = store.put_one(hour(2), change).await;
        let entry =
            store.changes(first.version, 1, &Clearance::ALL, later()).await.unwrap().remove(0);
        assert_eq!((entry.action, entry.sequence), (Action::Confirm, second.version), "{name}");
        assert!(store.verify().await.unwrap().broken.is_none(), "{name}");
    }
}

#[tokio::test]
async fn of_fifty_who_change_one_version_at_once_exactly_one_wins() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..50 {
            let (shared, body) = (store.shared(), area("duma", &format!("Duma {n}")));
            let change = next(Kind::Area, first.version, &body);
            tasks.spawn(async move { shared.write(write(hour(2), vec![change])).await });
        }
        let outcomes = tasks.join_all().await;
        let won: Vec<i64> = outcomes.iter().flatten().map(|written| written[0].version).collect();
        assert_eq!(won.len(), 1, "{name}");
        let stale = |fault: &StoreError| matches!(fault, StoreError::Stale { current, .. } if *current == won[0]);
        assert!(outcomes.iter().filter_map(|o| o.as_ref().err()).all(stale), "{name}");
        assert_eq!(store.sequence().await.unwrap(), 2, "{name}");
    }
}

#[tokio::test]
async fn of_two_who_change_one_version_the_second_is_stale_also_when_its_clock_was_read_first() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let change = |title| next(Kind::Area, first.version, &area("duma", title));
        // Each request reads the clock before it queues: the later in the queue may have the earlier time.
        let moment = chrono::TimeDelta::milliseconds(1);
        let second = store.put_one(hour(2), change("came first")).await;
        let outcome = store.write(write(hour(2) - moment, vec![change("overwrites")])).await;
        assert!(
            matches!(outcome, Err(StoreError::Stale { current, .. }) if current == second.version),
            "{name}: {outcome:?}"
        );
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(name_of(&read), "came first", "{name}");
    }
}

#[tokio::test]
async fn who_lives_in_the_past_may_change_what_was_known_then() {
    for (name, store) in backends() {
        let first = store.put_one(hour(10), new(Kind::Area, &area("duma", "first"))).await;
        let second = next(Kind::Area, first.version, &area("duma", "second"));
        store.put_one(hour(40), second).await;
        // A program that was started with `--now` at hour 30 has read the first version.
        let mut then =
            write(hour(50), vec![next(Kind::Area, first.version, &area("duma", "then"))]);
        then.learned_at = hour(30);
        store.write(then.clone()).await.unwrap();
        let read = store.known(Kind::Area, "duma", hour(30)).await.unwrap();
        assert_eq!(name_of(&read), "then", "{name}");
        let again = store.write(then).await;
        assert!(matches!(again, Err(StoreError::Stale { .. })), "{name}: {again:?}");
    }
}

#[tokio::test]
async fn the_ledger_says_of_a_change_by_code_whether_it_made_or_revised_the_record() {
    for (name, store) in backends() {
        store.put_one(hour(1), upsert(Kind::Area, &area("duma", "Duma"))).await;
        let mut again = upsert(Kind::Area, &area("duma", "Douma"));
        // Who changes by code cannot know which of the two it will be.
        (again.action, again.basis) = (Action::Create, Basis::Code);
        store.put_one(hour(2), again).await;
        let entries = store.changes(0, 10, &Clearance::ALL, later()).await.unwrap();
        let actions: Vec<Action> = entries.iter().map(|entry| entry.action).collect();
        assert_eq!(actions, [Action::Create, Action::Revise], "{name}");
    }
}
