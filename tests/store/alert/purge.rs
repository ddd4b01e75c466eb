//! A record that is destroyed, or closed to whom a message goes, takes along what was told of it, and nothing else that
//! somebody is to be told.
#![cfg(test)]

use passage::domain::{Kind, Sensitivity, Step};
use passage::store::{
    Delivery, DeliveryQuery, DeliveryState, KeptEpisode, Look, LookedAt, Progress, Told,
};
use serde_json::json;
use uuid::Uuid;

use super::{INTERNAL, episode, ids, keep, naming, open, raised, resolved, seen, tell, told};
use crate::delivery::{message, order};
use crate::{Housed, area, backends, hour, later, new, upsert};

/// Two areas, an episode about each, and one that somebody was told of both in one message.
async fn told_of_two(store: &Housed, state: DeliveryState) {
    for code in ["duma", "arbin"] {
        store.put_one(hour(1), new(Kind::Area, &area(code, code))).await;
    }
    keep_told_of_two(store, state).await;
}

async fn keep_told_of_two(store: &Housed, state: DeliveryState) {
    let episodes = vec![
        naming(episode(1, "runout/duma"), &[(Kind::Area, "duma")]),
        naming(episode(2, "runout/arbin"), &[(Kind::Area, "arbin")]),
    ];
    let progress = Progress {
        state,
        next_at: (state == DeliveryState::Waiting).then(|| hour(2)),
        ..Progress::beginning(hour(1))
    };
    let both = Delivery { progress, ..message(5, "hub", 1) };
    let other = message(6, "desk", 1);
    let (duma, arbin) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let deliveries = vec![(both, vec![duma, arbin]), (other, vec![arbin])];
    let told = vec![told(1, "hub"), told(2, "hub"), told(2, "desk")];
    store.keep_look(hour(1), Look { episodes, told, deliveries }).await.unwrap();
}

async fn told_now(store: &Housed) -> Vec<(u128, String)> {
    let told = store.told().await.unwrap();
    let mut told: Vec<_> =
        told.into_iter().map(|one| (one.episode.as_u128(), one.recipient)).collect();
    told.sort();
    told
}

#[tokio::test]
async fn a_purge_destroys_the_episodes_that_name_the_record_with_all_that_was_told_of_them() {
    for (name, store) in backends() {
        told_of_two(&store, DeliveryState::Delivered).await;
        store.purge(order(Kind::Area, "duma")).await.unwrap();
        assert!(seen(&store, 1, INTERNAL).await.is_none(), "{name}");
        assert_eq!(open(&store, Sensitivity::Internal).await, [2], "{name}");
        let (events, _) = store.alert_events_after(0, 9, INTERNAL, later()).await.unwrap();
        assert_eq!(events.len(), 1, "{name}");
        let gone = store.delivery(Uuid::from_u128(5), Sensitivity::Internal).await.unwrap();
        assert!(gone.is_none(), "{name}: what it said names the record");
        let other = store.delivery(Uuid::from_u128(6), Sensitivity::Internal).await.unwrap();
        assert_eq!(other, Some(message(6, "desk", 1)), "{name}");
        let left = [(2, "desk".to_owned()), (2, "hub".to_owned())];
        assert_eq!(told_now(&store).await, left, "{name}: they know of the other one");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn what_a_destroyed_message_would_have_told_of_other_alerts_is_told_anew() {
    for (name, store) in backends() {
        for state in [DeliveryState::Waiting, DeliveryState::Failed] {
            let store = &backends().remove(0).1;
            told_of_two(store, state).await;
            store.purge(order(Kind::Area, "duma")).await.unwrap();
            assert_eq!(told_now(store).await, [(2, "desk".to_owned())], "{name}: {state}");
        }
        // The same of an end.
        told_of_two(&store, DeliveryState::Waiting).await;
        keep(&store, vec![raised(resolved(episode(2, "runout/arbin"), 3))]).await;
        tell(&store, vec![Told { is_over: true, ..told(2, "hub") }]).await;
        store.purge(order(Kind::Area, "duma")).await.unwrap();
        assert_eq!(told_now(&store).await.len(), 2, "{name}: the hub is told the end anew");
        assert_eq!(ids(&store.ended_untold(Sensitivity::Internal).await.unwrap()), [2], "{name}");
    }
}

/// The next version of an area, at a level.
async fn close(store: &Housed, code: &str, level: Sensitivity) {
    let mut body = area(code, code);
    body["sensitivity"] = json!(level);
    store.put_one(hour(2), upsert(Kind::Area, &body)).await;
}

/// Which of the messages of `told_of_two` are still there.
async fn kept(store: &Housed) -> Vec<u128> {
    let kept = store.deliveries(DeliveryQuery::latest(9), Sensitivity::Internal).await.unwrap();
    let mut kept: Vec<u128> = kept.iter().map(|delivery| delivery.id.as_u128()).collect();
    kept.sort_unstable();
    kept
}

#[tokio::test]
async fn a_message_that_did_not_arrive_is_taken_back_when_what_it_names_is_closed_to_its_reader() {
    for (state, level, left) in [
        (DeliveryState::Waiting, Sensitivity::Internal, vec![5, 6]),
        (DeliveryState::Waiting, Sensitivity::Confidential, vec![6]),
        (DeliveryState::Failed, Sensitivity::Confidential, vec![6]),
        // What arrived is on record.
        (DeliveryState::Delivered, Sensitivity::Confidential, vec![5, 6]),
    ] {
        for (name, store) in backends() {
            told_of_two(&store, state).await;
            close(&store, "duma", level).await;
            assert_eq!(kept(&store).await, left, "{name}: {state}, {level}");
            let hub = told_now(&store).await.iter().filter(|one| one.1 == "hub").count();
            assert_eq!(hub, if left.len() == 2 { 2 } else { 0 }, "{name}: told anew of the rest");
        }
    }
}

#[tokio::test]
async fn a_message_goes_back_too_when_only_what_its_records_are_about_is_closed() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let stock = json!({ "code": "s", "area": "duma", "date": "2016-01-01", "stock_type": "stock",
            "person_days": 900 });
        store.put_one(hour(1), new(Kind::Stock, &stock)).await;
        let episodes = vec![naming(episode(1, "runout"), &[(Kind::Stock, "s")])];
        let deliveries = vec![(message(5, "hub", 1), vec![Uuid::from_u128(1)])];
        let told = vec![told(1, "hub")];
        store.keep_look(hour(1), Look { episodes, told, deliveries }).await.unwrap();
        close(&store, "duma", Sensitivity::Confidential).await;
        assert_eq!(kept(&store).await, [], "{name}");
    }
}

#[tokio::test]
async fn a_message_that_was_made_before_and_kept_after_a_record_was_closed_does_not_go() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("arbin", "Arbin"))).await;
        close(&store, "duma", Sensitivity::Confidential).await;
        keep_told_of_two(&store, DeliveryState::Waiting).await;
        assert_eq!(kept(&store).await, [6], "{name}");
        assert_eq!(told_now(&store).await, [(2, "desk".to_owned())], "{name}");
    }
}

#[tokio::test]
async fn a_silence_that_is_purged_is_named_nowhere() {
    for (name, store) in backends() {
        let body =
            json!({ "code": "s1", "from": "2016-01-01", "until": "2016-02-01", "reason": "known" });
        store.put_one(hour(1), new(Kind::Silence, &body)).await;
        let quiet = KeptEpisode { silenced_by: Some("s1".to_owned()), ..episode(1, "a") };
        let steps = vec![(Step::Silenced, None)];
        keep(&store, vec![LookedAt { steps, ..raised(quiet) }]).await;
        store.purge(order(Kind::Silence, "s1")).await.unwrap();
        let (kept, events) = seen(&store, 1, INTERNAL).await.unwrap();
        assert_eq!((kept.silenced_by, &events[0].note), (None, &None), "{name}");
        assert_eq!(events[0].step, Step::Silenced, "{name}");
    }
}
