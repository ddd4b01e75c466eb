//! A record that is destroyed, or closed to whom a message goes, takes along what was told of it, and nothing else that
//! somebody is to be told.
#![cfg(test)]

use passage::domain::{Kind, Sensitivity, Severity, Step};
use passage::store::{
    Delivery, DeliveryQuery, DeliveryState, KeptEpisode, Look, LookedAt, Message, Progress, Told,
};
use serde_json::json;
use uuid::Uuid;

use super::{INTERNAL, episode, ids, keep, naming, open, raised, resolved, seen, telling, told};
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
    let (duma, arbin) = ((Kind::Area, "duma"), (Kind::Area, "arbin"));
    let messages = vec![telling(both, &[1, 2], &[duma, arbin]), telling(other, &[2], &[arbin])];
    let told = vec![told(1, "hub"), told(2, "hub"), told(2, "desk")];
    store.keep_look(hour(1), Look { episodes, told, messages }).await.unwrap();
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
    for state in [DeliveryState::Waiting, DeliveryState::Failed] {
        for (name, store) in backends() {
            told_of_two(&store, state).await;
            store.purge(order(Kind::Area, "duma")).await.unwrap();
            assert_eq!(told_now(&store).await, [(2, "desk".to_owned())], "{name}: {state}");
        }
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
        let messages = vec![telling(message(5, "hub", 1), &[1], &[(Kind::Stock, "s")])];
        let told = vec![told(1, "hub")];
        store.keep_look(hour(1), Look { episodes, told, messages }).await.unwrap();
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

/// Episode 1 as it is told now, naming these areas.
fn about(codes: &[&'static str]) -> LookedAt {
    let names: Vec<(Kind, &str)> = codes.iter().map(|code| (Kind::Area, *code)).collect();
    naming(episode(1, "runout/duma"), &names)
}

#[tokio::test]
async fn an_alert_that_speaks_of_a_record_no_longer_is_shown_though_that_was_closed_and_stays_though_it_is_purged()
 {
    for (name, store) in backends() {
        for code in ["duma", "arbin"] {
            store.put_one(hour(1), new(Kind::Area, &area(code, code))).await;
        }
        let messages = vec![telling(message(5, "hub", 1), &[1], &[(Kind::Area, "arbin")])];
        let episodes = vec![about(&["duma", "arbin"])];
        let look = Look { episodes, told: vec![told(1, "hub")], messages };
        store.keep_look(hour(1), look).await.unwrap();
        keep(&store, vec![about(&["duma"])]).await;
        close(&store, "arbin", Sensitivity::Confidential).await;
        assert!(seen(&store, 1, INTERNAL).await.is_some(), "{name}: it says nothing of arbin now");
        assert_eq!(kept(&store).await, [], "{name}: the message did, and waited");
        assert_eq!(told_now(&store).await, [], "{name}: so it is told anew");
        store.purge(order(Kind::Area, "arbin")).await.unwrap();
        assert!(seen(&store, 1, INTERNAL).await.is_some(), "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn who_was_told_before_a_message_that_was_taken_back_was_told_that_much() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let state = DeliveryState::Delivered;
        let progress = Progress { state, next_at: None, ..Progress::beginning(hour(1)) };
        let first = Delivery { progress, ..message(5, "hub", 1) };
        let messages = vec![telling(first, &[1], &[])];
        let look = Look { episodes: vec![about(&["duma"])], told: vec![told(1, "hub")], messages };
        store.keep_look(hour(1), look).await.unwrap();
        let graver = Told { severity: Severity::Critical, is_over: true, ..told(1, "hub") };
        let tells = vec![(Uuid::from_u128(1), Some(Severity::High))];
        let waits =
            Message { tells, ..telling(message(6, "hub", 1), &[], &[(Kind::Area, "duma")]) };
        let look = Look { told: vec![graver], messages: vec![waits], ..Look::default() };
        store.keep_look(hour(2), look).await.unwrap();
        close(&store, "duma", Sensitivity::Confidential).await;
        assert_eq!(kept(&store).await, [5], "{name}");
        assert_eq!(store.told().await.unwrap(), [told(1, "hub")], "{name}: the end is told anew");
        keep(&store, vec![raised(resolved(episode(1, "runout/duma"), 3))]).await;
        assert_eq!(ids(&store.ended_untold(Sensitivity::Internal).await.unwrap()), [1], "{name}");
    }
}

#[tokio::test]
async fn an_end_that_says_nothing_more_goes_though_what_the_alert_spoke_of_was_closed() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        keep(&store, vec![about(&["duma"])]).await;
        close(&store, "duma", Sensitivity::Confidential).await;
        let messages = vec![telling(message(5, "hub", 1), &[1], &[])];
        let over = Told { is_over: true, ..told(1, "hub") };
        let look = Look { told: vec![over], messages, ..Look::default() };
        store.keep_look(hour(2), look).await.unwrap();
        assert_eq!(kept(&store).await, [5], "{name}");
        assert_eq!(store.told().await.unwrap(), [], "{name}: everybody knows");
    }
}

#[tokio::test]
async fn what_was_purged_while_a_look_was_made_does_not_come_back_with_it() {
    for (name, store) in backends() {
        for code in ["duma", "arbin"] {
            store.put_one(hour(1), new(Kind::Area, &area(code, code))).await;
        }
        store.purge(order(Kind::Area, "duma")).await.unwrap();
        keep_told_of_two(&store, DeliveryState::Waiting).await;
        assert_eq!(open(&store, Sensitivity::Internal).await, [2], "{name}");
        assert_eq!(kept(&store).await, [6], "{name}");
        assert_eq!(told_now(&store).await, [(2, "desk".to_owned())], "{name}");
    }
}

#[tokio::test]
async fn a_silence_that_is_purged_is_named_nowhere() {
    for (name, store) in backends() {
        let body =
            json!({ "code": "s1", "from": "2016-01-01", "until": "2016-01-03", "reason": "known" });
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
