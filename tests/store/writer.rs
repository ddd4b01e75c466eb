//! The writer: survives what goes wrong, keeps neighbours apart, and says when too many wait.
#![cfg(test)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use passage::domain::Kind;
use passage::store::record::Pull;
use passage::store::{Filter, ImportCount, StoreError, StoreResult};
use tokio::task::{JoinHandle, JoinSet};

use super::{Housed, area, backends, hour, later, new, next, write};

/// Keeps the writer busy with an empty import until the sender speaks or is dropped.
async fn busy(store: &Housed) -> (Sender<()>, JoinHandle<StoreResult<ImportCount>>) {
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (go_on, gate) = std::sync::mpsc::channel();
    let mut begun = Some(begun);
    let pull: Pull = Box::new(move || {
        begun.take().map(|begun| begun.send(()));
        let _ = gate.recv();
        None
    });
    let shared = store.shared();
    let import =
        tokio::spawn(async move { shared.import(write(hour(1), vec![]), true, pull).await });
    has_begun.await.unwrap();
    (go_on, import)
}

#[tokio::test]
async fn a_change_that_panics_is_undone_and_the_next_write_works() {
    for (name, store) in backends() {
        let mut first = Some(new(Kind::Area, &area("duma", "Duma")));
        let pull: Pull = Box::new(move || match first.take() {
            Some(change) => Some(Ok(change)),
            None => panic!("the file was pulled out"),
        });
        let fault = store.import(write(hour(1), vec![]), true, pull).await.unwrap_err();
        assert!(matches!(fault, StoreError::Backend(_)), "{name}: {fault}");
        assert_eq!(store.sequence().await.unwrap(), 0, "{name}");
        store.put_one(hour(2), new(Kind::Area, &area("duma", "Duma"))).await;
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn one_refused_write_does_not_undo_those_that_waited_with_it() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let (go_on, import) = busy(&store).await;
        let mut tasks = JoinSet::new();
        for n in 0..40 {
            let change = match n % 4 {
                0 => new(Kind::Area, &area("duma", "taken")),
                1 => next(Kind::Area, 99, &area("duma", "unknown")),
                2 => next(Kind::Area, duma.version, &area("douma", "another code")),
                _ => new(Kind::Area, &area(&format!("a{n}"), "good")),
            };
            let shared = store.shared();
            tasks.spawn(async move { (n, shared.write(write(hour(2), vec![change])).await) });
        }
        tokio::task::yield_now().await;
        go_on.send(()).unwrap();
        for (n, outcome) in tasks.join_all().await {
            assert_eq!(outcome.is_ok(), n % 4 == 3, "{name}: {n} {outcome:?}");
        }
        import.await.unwrap().unwrap();
        assert_eq!(store.sequence().await.unwrap(), 11, "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn what_was_answered_can_be_read_at_once() {
    for (name, store) in backends() {
        for n in 0..20 {
            let code = format!("a{n}");
            store.put_one(hour(n), new(Kind::Area, &area(&code, &code))).await;
            assert!(store.known(Kind::Area, &code, later()).await.is_ok(), "{name}: {code}");
        }
    }
}

#[tokio::test]
async fn a_change_stands_also_when_whoever_asked_has_gone() {
    for (name, store) in backends() {
        let (go_on, import) = busy(&store).await;
        let shared = store.shared();
        let asked = tokio::spawn(async move {
            shared.write(write(hour(2), vec![new(Kind::Area, &area("duma", "Duma"))])).await
        });
        tokio::task::yield_now().await;
        asked.abort();
        assert!(asked.await.unwrap_err().is_cancelled(), "{name}");
        go_on.send(()).unwrap();
        import.await.unwrap().unwrap();
        store.put_one(hour(3), new(Kind::Area, &area("homs", "Homs"))).await;
        assert_eq!(store.found(Kind::Area, Filter::default()).await, ["duma", "homs"], "{name}");
    }
}

#[tokio::test]
async fn when_too_many_wait_the_rest_are_told_to_come_again_and_none_is_lost() {
    const MANY: u64 = 1_200;
    for (name, store) in backends() {
        let (go_on, import) = busy(&store).await;
        let (mut tasks, begun) = (JoinSet::new(), Arc::new(AtomicU64::new(0)));
        for n in 0..MANY {
            let (shared, code) = (store.shared(), format!("a{n}"));
            let change = new(Kind::Area, &area(&code, &code));
            let begun = Arc::clone(&begun);
            tasks.spawn(async move {
                begun.fetch_add(1, Ordering::Relaxed);
                shared.write(write(hour(2), vec![change])).await
            });
        }
        while begun.load(Ordering::Relaxed) < MANY {
            tokio::task::yield_now().await;
        }
        go_on.send(()).unwrap();
        let outcomes = tasks.join_all().await;
        import.await.unwrap().unwrap();
        let stored = outcomes.iter().filter(|outcome| outcome.is_ok()).count() as u64;
        let busy = |o: &&StoreResult<_>| matches!(o, Err(StoreError::Busy));
        let refused = outcomes.iter().filter(busy).count() as u64;
        assert_eq!(stored + refused, MANY, "{name}: nothing but stored or busy");
        assert!(refused > 0, "{name}: the queue has an end");
        assert_eq!(store.verify().await.unwrap().entries, stored, "{name}");
    }
}
