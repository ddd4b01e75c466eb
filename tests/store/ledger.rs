//! The ledger: in order, complete, and sound.
#![cfg(test)]

use passage::domain::{Clearance, Kind};
use passage::store::{Action, Entry};

use super::{Housed, area, backends, hour, later, new, next, withdrawal, write};

async fn some_changes(store: &Housed) {
    let first = store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
    let second = store.put_one(hour(2), next(Kind::Area, first.version, &area("a", "B"))).await;
    let mut last = write(hour(4), vec![withdrawal(Kind::Area, second.version, &area("a", "B"))]);
    (last.actor, last.learned_at) = ("other desk".to_owned(), hour(3));
    store.write(last).await.unwrap();
    store.put_one(hour(5), new(Kind::Area, &area("b", "B"))).await;
}

#[tokio::test]
async fn an_entry_says_who_recorded_what_and_when() {
    for (name, store) in backends() {
        some_changes(&store).await;
        let read = store.known(Kind::Area, "a", hour(9)).await.unwrap();
        let entry = store.changes(2, 1, &Clearance::ALL, later()).await.unwrap().remove(0);
        let expected = Entry {
            sequence: 3,
            recorded_at: hour(4),
            learned_at: hour(3),
            actor: "other desk".to_owned(),
            action: Action::Withdraw,
            kind: Kind::Area,
            id: read.id,
            code: "a".to_owned(),
            reason: Some("entered twice".to_owned()),
        };
        assert_eq!(entry, expected, "{name}");
        assert_eq!(read.version, entry.sequence, "{name}: the version is the place of its entry");
    }
}

#[tokio::test]
async fn the_change_feed_goes_on_after_a_place_in_order_and_never_gives_more_than_asked() {
    for (name, store) in backends() {
        some_changes(&store).await;
        for (after, limit, expected) in [
            (0, 100, vec![1, 2, 3, 4]),
            (0, 2, vec![1, 2]),
            (2, 2, vec![3, 4]),
            (3, 1, vec![4]),
            (4, 5, vec![]),
            (99, 5, vec![]),
        ] {
            let entries = store.changes(after, limit, &Clearance::ALL, later()).await.unwrap();
            let places: Vec<i64> = entries.iter().map(|entry| entry.sequence).collect();
            assert_eq!(places, expected, "{name}: {limit} after {after}");
        }
    }
}

#[tokio::test]
async fn who_asks_for_no_changes_gets_none() {
    for (name, store) in backends() {
        some_changes(&store).await;
        let entries = store.changes(0, 0, &Clearance::ALL, later()).await.unwrap();
        assert_eq!(entries.len(), 0, "{name}");
    }
}

#[tokio::test]
async fn the_sequence_is_the_place_of_the_last_entry() {
    for (name, store) in backends() {
        assert_eq!(store.sequence().await.unwrap(), 0, "{name}: there is none");
        some_changes(&store).await;
        assert_eq!(store.sequence().await.unwrap(), 4, "{name}");
    }
}

#[tokio::test]
async fn an_untouched_ledger_is_sound_and_its_head_moves_with_every_entry() {
    for (name, store) in backends() {
        let empty = store.verify().await.unwrap();
        assert_eq!((empty.entries, empty.broken), (0, None), "{name}");
        some_changes(&store).await;
        let four = store.verify().await.unwrap();
        assert_eq!((four.entries, &four.broken), (4, &None), "{name}");
        assert_eq!(four.head.len(), 64, "{name}: 32 bytes, hexadecimal");
        assert_eq!(store.verify().await.unwrap(), four, "{name}: walking changes nothing");
        store.put_one(hour(6), new(Kind::Area, &area("c", "C"))).await;
        let five = store.verify().await.unwrap();
        assert_eq!((five.entries, &five.broken), (5, &None), "{name}");
        assert_ne!(five.head, four.head, "{name}");
    }
}

#[tokio::test]
async fn a_refused_write_leaves_no_entry() {
    for (name, store) in backends() {
        some_changes(&store).await;
        let before = store.verify().await.unwrap();
        let outcome = store.write(write(hour(6), vec![new(Kind::Area, &area("a", "A"))])).await;
        assert!(outcome.is_err(), "{name}");
        assert_eq!(store.verify().await.unwrap(), before, "{name}");
    }
}
