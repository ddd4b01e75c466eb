//! What is to be delivered: it waits in order, is noted as it goes, and says the same to the end.
#![cfg(test)]

use chrono::TimeDelta;
use passage::domain::{Channel, Format, Kind, Sensitivity};
use passage::store::{
    Action, Anew, Delivery, DeliveryQuery, DeliveryState, Dismissal, Doomed, Failures, Forgetting,
    Look, Message, Progress, PurgeOrder, Reference, ReportCopy,
};
use serde_json::json;
use uuid::Uuid;

use super::report::report;
use super::{Housed, area, backends, hour, later, new, upsert};

/// A message for a recipient, made at an hour.
pub fn message(id: u128, recipient: &str, made: i64) -> Delivery {
    Delivery {
        id: Uuid::from_u128(id),
        recipient: recipient.to_owned(),
        channel: Channel::Webhook,
        address: format!("https://example.org/{recipient}"),
        file_name: format!("alerts-{id}.txt"),
        payload: vec![7, 0, 255, 10],
        level: Sensitivity::Internal,
        made_at: hour(made),
        report: None,
        progress: Progress::beginning(hour(made)),
    }
}

/// A message that tells of nothing that is kept.
fn alone(delivery: Delivery) -> Message {
    Message { delivery, tells: Vec::new(), names: Vec::new() }
}

/// Makes messages, in this order, as a look does.
pub async fn send(store: &Housed, messages: Vec<Delivery>) {
    let messages = messages.into_iter().map(alone).collect();
    store.keep_look(hour(0), Look { messages, ..Look::default() }).await.unwrap();
}

const ALL: Sensitivity = Sensitivity::StrictlyConfidential;

/// How a message stands after its first attempt.
fn tried(state: DeliveryState) -> Progress {
    let is_waiting = state == DeliveryState::Waiting;
    Progress {
        state,
        attempts: 1,
        next_at: is_waiting.then(|| hour(9)),
        tried_at: Some(hour(5)),
        done_at: (!is_waiting).then(|| hour(5)),
        problem: (state != DeliveryState::Delivered).then(|| "it does not answer".to_owned()),
    }
}

async fn ids_that_wait(store: &Housed, of_each: usize) -> Vec<u128> {
    let waiting = store.waiting(of_each).await.unwrap();
    assert!(waiting.iter().all(|one| one.payload.is_empty()), "without what they say");
    waiting.iter().map(|one| one.id.as_u128()).collect()
}

async fn one(store: &Housed, id: u128) -> Option<Delivery> {
    store.delivery(Uuid::from_u128(id), Sensitivity::StrictlyConfidential).await.unwrap()
}

#[tokio::test]
async fn what_was_made_is_kept_byte_for_byte() {
    for (name, store) in backends() {
        let made = Delivery {
            report: Some(("weekly".to_owned(), hour(3))),
            progress: tried(DeliveryState::Failed),
            ..message(1, "hub", 3)
        };
        send(&store, vec![made.clone(), message(2, "hub", 4)]).await;
        assert_eq!(one(&store, 1).await, Some(made), "{name}");
        assert_eq!(one(&store, 2).await, Some(message(2, "hub", 4)), "{name}");
        assert_eq!(one(&store, 3).await, None, "{name}");
    }
}

#[tokio::test]
async fn what_waits_comes_in_the_order_in_which_it_was_made_whatever_the_clock_showed() {
    for (name, store) in backends() {
        assert!(ids_that_wait(&store, 9).await.is_empty(), "{name}");
        // The clock was ahead when the first was made.
        send(&store, vec![message(9, "hub", 9_000), message(5, "desk", 5)]).await;
        send(&store, vec![message(7, "hub", 2), message(3, "hub", 2)]).await;
        store.note_progress(Uuid::from_u128(9), tried(DeliveryState::Waiting)).await.unwrap();
        assert_eq!(ids_that_wait(&store, 9).await, [9, 5, 7, 3], "{name}");
        let waiting = store.waiting(9).await.unwrap().remove(0);
        assert_eq!(waiting.progress, tried(DeliveryState::Waiting), "{name}");
    }
}

#[tokio::test]
async fn a_recipient_for_whom_much_waits_leaves_the_others_their_place() {
    for (name, store) in backends() {
        send(&store, (1..=100).map(|id| message(id, "away", 1)).collect()).await;
        send(&store, vec![message(200, "hub", 8), message(201, "hub", 8)]).await;
        assert_eq!(ids_that_wait(&store, 3).await, [1, 2, 3, 200, 201], "{name}");
        assert!(ids_that_wait(&store, 0).await.is_empty(), "{name}");
        assert_eq!(ids_that_wait(&store, usize::MAX).await.len(), 102, "{name}");
    }
}

#[tokio::test]
async fn what_is_over_waits_no_more_and_nothing_that_comes_late_revives_it() {
    for (name, store) in backends() {
        send(&store, vec![message(1, "hub", 1), message(2, "hub", 1)]).await;
        let note = async |id: u128, state| {
            store.note_progress(Uuid::from_u128(id), tried(state)).await.unwrap()
        };
        assert!(note(1, DeliveryState::Waiting).await, "{name}");
        assert!(note(1, DeliveryState::Delivered).await, "{name}");
        assert!(note(2, DeliveryState::Failed).await, "{name}");
        for state in DeliveryState::ALL {
            assert!(!note(1, *state).await && !note(2, *state).await, "{name}: {state}");
        }
        assert!(!note(3, DeliveryState::Delivered).await, "{name}: there is none");
        assert_eq!(one(&store, 1).await.unwrap().progress, tried(DeliveryState::Delivered));
        assert_eq!(one(&store, 2).await.unwrap().progress, tried(DeliveryState::Failed), "{name}");
        assert!(ids_that_wait(&store, 9).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn what_failed_is_tried_again_from_the_beginning_when_who_may_know_of_it_asks() {
    for (name, store) in backends() {
        send(&store, vec![message(1, "hub", 1), message(2, "hub", 1), message(3, "hub", 1)]).await;
        store.note_progress(Uuid::from_u128(1), tried(DeliveryState::Failed)).await.unwrap();
        store.note_progress(Uuid::from_u128(2), tried(DeliveryState::Delivered)).await.unwrap();
        let retry = async |id: u128, level| {
            store.retry_delivery(Uuid::from_u128(id), hour(20), level, None).await.unwrap()
        };
        assert!(!retry(1, Sensitivity::Public).await, "{name}: who may not know of it");
        for id in [2, 4] {
            assert!(!retry(id, Sensitivity::Internal).await, "{name}: {id} is over, or is none");
        }
        assert!(retry(1, Sensitivity::Internal).await, "{name}");
        assert!(retry(1, Sensitivity::Internal).await, "{name}: one that waits is tried at once");
        let again = one(&store, 1).await.unwrap();
        let Progress { state, attempts, next_at, done_at, .. } = again.progress;
        assert_eq!((state, attempts), (DeliveryState::Waiting, 0), "{name}");
        assert_eq!((next_at, done_at), (Some(hour(20)), None), "{name}");
        assert_eq!(again.payload, message(1, "hub", 1).payload, "{name}: the same bytes");
        store.note_progress(Uuid::from_u128(1), tried(DeliveryState::Failed)).await.unwrap();
        let anew = Anew { address: "https://example.org/new".to_owned(), payload: vec![8] };
        assert!(store.retry_delivery(Uuid::from_u128(1), hour(21), ALL, Some(anew)).await.unwrap());
        let again = one(&store, 1).await.unwrap();
        assert_eq!(
            (&*again.address, again.payload),
            ("https://example.org/new", vec![8]),
            "{name}"
        );
        assert_eq!(one(&store, 2).await.unwrap().progress, tried(DeliveryState::Delivered));
        assert_eq!(one(&store, 3).await, Some(message(3, "hub", 1)), "{name}");
    }
}

#[tokio::test]
async fn a_delivery_is_shown_to_who_may_know_what_it_says_and_listed_without_it() {
    for (name, store) in backends() {
        let levels = [Sensitivity::Public, Sensitivity::Internal, Sensitivity::Confidential];
        let made = levels.into_iter().zip(1..).map(|(level, id)| Delivery {
            level,
            ..message(id, if id == 2 { "desk" } else { "hub" }, 5 - i64::try_from(id).unwrap())
        });
        send(&store, made.collect()).await;
        store.note_progress(Uuid::from_u128(3), tried(DeliveryState::Failed)).await.unwrap();
        let list = async |state, recipient: Option<&str>, limit, level| {
            let recipient = recipient.map(str::to_owned);
            let query = DeliveryQuery { state, recipient, after: None, limit };
            let found = store.deliveries(query, level).await;
            let found = found.unwrap();
            assert!(found.iter().all(|one| one.payload.is_empty()), "{name}");
            found.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>()
        };
        let all = Sensitivity::StrictlyConfidential;
        assert_eq!(list(None, None, 9, all).await, [1, 2, 3], "{name}: the latest first");
        assert_eq!(list(None, None, 2, all).await, [1, 2], "{name}");
        assert_eq!(list(None, None, 9, Sensitivity::Public).await, [1], "{name}");
        assert_eq!(list(None, None, 9, Sensitivity::Internal).await, [1, 2], "{name}");
        assert_eq!(list(None, Some("hub"), 9, all).await, [1, 3], "{name}");
        assert_eq!(list(Some(DeliveryState::Failed), None, 9, all).await, [3], "{name}");
        assert!(list(Some(DeliveryState::Failed), Some("desk"), 9, all).await.is_empty());
        for (id, level) in (1..).zip(levels) {
            for reader in Sensitivity::ALL {
                let found = store.delivery(Uuid::from_u128(id), *reader).await.unwrap();
                assert_eq!(found.is_some(), *reader >= level, "{name}: {id} to {reader}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_in_each_state_is_counted() {
    for (name, store) in backends() {
        let counts = async |recipient: Option<&str>, level| {
            store.delivery_counts(recipient.map(str::to_owned), level).await.unwrap()
        };
        assert!(counts(None, ALL).await.is_empty(), "{name}");
        send(&store, (1..=4).map(|id| message(id, "hub", 1)).collect()).await;
        store.note_progress(Uuid::from_u128(1), tried(DeliveryState::Failed)).await.unwrap();
        store.note_progress(Uuid::from_u128(2), tried(DeliveryState::Delivered)).await.unwrap();
        send(&store, vec![Delivery { level: Sensitivity::Confidential, ..message(5, "desk", 1) }])
            .await;
        let mut found = counts(None, Sensitivity::Internal).await;
        found.sort();
        let (waiting, delivered, failed) =
            (DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::Failed);
        assert_eq!(found, [(waiting, 2), (delivered, 1), (failed, 1)], "{name}: what it may know");
        assert_eq!(counts(Some("desk"), ALL).await, [(waiting, 1)], "{name}");
    }
}

#[tokio::test]
async fn only_what_waits_is_given_to_be_sent() {
    for (name, store) in backends() {
        send(&store, vec![message(1, "hub", 1)]).await;
        let to_send = async || store.to_send(Uuid::from_u128(1)).await.unwrap();
        assert_eq!(to_send().await, Some(message(1, "hub", 1)), "{name}");
        store.note_progress(Uuid::from_u128(1), tried(DeliveryState::Failed)).await.unwrap();
        assert_eq!(to_send().await, None, "{name}");
    }
}

#[tokio::test]
async fn a_list_goes_on_after_the_last_of_the_page_before() {
    for (name, store) in backends() {
        // Several were made at the same moment.
        send(
            &store,
            (1..=7).map(|id| message(id, "hub", i64::try_from(id / 3).unwrap())).collect(),
        )
        .await;
        let (mut query, mut seen) = (DeliveryQuery::latest(2), Vec::new());
        loop {
            let page = store.deliveries(query.clone(), ALL).await.unwrap();
            let Some(last) = page.last() else { break };
            query.after = Some((last.made_at, last.id));
            seen.extend(page.iter().map(|one| one.id.as_u128()));
        }
        assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1], "{name}");
    }
}

#[tokio::test]
async fn what_failed_is_told_recipient_by_recipient_to_who_may_know_of_it() {
    for (name, store) in backends() {
        let failed = |id: u128, recipient: &str, level| {
            let problem = Some(format!("because {id}"));
            let progress = Progress { problem, ..tried(DeliveryState::Failed) };
            Delivery { level, progress, ..message(id, recipient, 1) }
        };
        let inner = Sensitivity::Internal;
        let secret = failed(2, "hub", Sensitivity::Confidential);
        send(&store, vec![failed(1, "hub", inner), secret, failed(3, "desk", inner)]).await;
        send(&store, (10..1_020).map(|id| failed(id, "noisy", inner)).collect()).await;
        send(&store, vec![message(5, "waits", 1)]).await;
        let failures = async |level| {
            let mut found = store.failures(level).await.unwrap();
            found.sort_by(|one, other| one.recipient.cmp(&other.recipient));
            found
        };
        let of = |recipient: &str, count, id| Failures {
            recipient: recipient.to_owned(),
            count,
            problem: Some(format!("because {id}")),
        };
        let (desk, noisy) = (of("desk", 1, 3), of("noisy", 1_010, 1_019));
        let low = failures(Sensitivity::Internal).await;
        assert_eq!(low, [desk.clone(), of("hub", 1, 1), noisy.clone()], "{name}");
        assert_eq!(failures(ALL).await, [desk, of("hub", 2, 2), noisy], "{name}");
    }
}

#[tokio::test]
async fn what_is_dismissed_is_over_says_nothing_any_more_and_stands_in_the_ledger() {
    for (name, store) in backends() {
        send(&store, vec![message(1, "hub", 1), message(2, "hub", 1)]).await;
        store.note_progress(Uuid::from_u128(1), tried(DeliveryState::Failed)).await.unwrap();
        let dismiss = async |id: u128, level| {
            let (actor, reason) = ("keeper".to_owned(), "he left".to_owned());
            let dismissal =
                Dismissal { id: Uuid::from_u128(id), actor, reason, at: later(), level };
            store.dismiss_delivery(dismissal).await.unwrap()
        };
        assert!(!dismiss(1, Sensitivity::Public).await, "{name}: who may not know of it");
        assert!(!dismiss(2, ALL).await, "{name}: it waits");
        assert!(dismiss(1, Sensitivity::Internal).await, "{name}");
        assert!(!dismiss(1, ALL).await, "{name}: it is over");
        let over = one(&store, 1).await.unwrap();
        let Progress { state, next_at, problem, .. } = over.progress;
        assert_eq!((state, next_at), (DeliveryState::Dismissed, None), "{name}");
        let problem = problem.unwrap();
        assert_eq!(problem, "dismissed: he left; before that: it does not answer", "{name}");
        assert!(over.payload.is_empty(), "{name}: what it said is destroyed");
        assert!(store.failures(ALL).await.unwrap().is_empty(), "{name}");
        assert!(!store.retry_delivery(Uuid::from_u128(1), hour(20), ALL, None).await.unwrap());
        let all = passage::domain::Clearance::ALL;
        let entries = store.changes(0, 9, &all, later()).await.unwrap();
        let entry = entries.iter().find(|entry| entry.action == Action::Dismiss).unwrap();
        assert_eq!((&*entry.actor, entry.id), ("keeper", Uuid::from_u128(1)), "{name}");
        assert_eq!(entry.reason.as_deref(), Some("he left"), "{name}");
        let low = passage::domain::Clearance::of(Sensitivity::Internal);
        assert!(store.changes(0, 9, &low, later()).await.unwrap().is_empty(), "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn what_was_sent_long_ago_can_be_forgotten_and_what_waits_or_failed_is_not() {
    for (name, store) in backends() {
        send(&store, (1..=4).map(|id| message(id, "hub", 1)).collect()).await;
        for (id, state) in [(1, DeliveryState::Delivered), (2, DeliveryState::Failed)] {
            store.note_progress(Uuid::from_u128(id), tried(state)).await.unwrap();
        }
        let late = Progress { done_at: Some(hour(9)), ..tried(DeliveryState::Delivered) };
        store.note_progress(Uuid::from_u128(3), late).await.unwrap();
        let forget = async |dry_run| {
            let (actor, reason) = ("keeper".to_owned(), "a year".to_owned());
            let order =
                Forgetting { before: hour(6), actor, reason, recorded_at: later(), dry_run };
            store.forget_deliveries(order).await.unwrap()
        };
        assert_eq!(
            [forget(true).await, forget(false).await, forget(false).await],
            [1, 1, 0],
            "{name}"
        );
        let left = store.deliveries(DeliveryQuery::latest(9), ALL).await.unwrap();
        assert_eq!(
            left.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>(),
            [4, 3, 2],
            "{name}"
        );
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
        let contents: i64 = rusqlite::Connection::open(store.file())
            .unwrap()
            .query_row("SELECT count(*) FROM delivery_content", [], |row| row.get(0))
            .unwrap();
        assert_eq!(contents, 3, "{name}: what it said went with it");
    }
}

#[tokio::test]
async fn a_report_that_waits_is_taken_back_when_a_record_in_it_is_closed() {
    for (name, store) in backends() {
        let mut duma = area("duma-17", "Duma");
        store.put_one(hour(1), new(Kind::Area, &duma)).await;
        let copy = |recipient: &str, id: u128, body: &str, level| ReportCopy {
            report: passage::store::KeptReport {
                recipient: recipient.to_owned(),
                body: body.to_owned(),
                ..report("weekly", 10)
            },
            files: vec![(Format::Text, b"x".to_vec())],
            deliveries: vec![Delivery {
                report: Some(("weekly".to_owned(), hour(10))),
                level,
                ..message(id, recipient, 10)
            }],
        };
        let (names, other) = (r#"{"areas":["duma-17"]}"#, r#"{"areas":["arbin"]}"#);
        let (inner, secret) = (Sensitivity::Internal, Sensitivity::Confidential);
        let copies = vec![
            copy("hub", 1, names, inner),
            copy("desk", 2, other, inner),
            copy("head", 3, names, secret),
            copy("arrived", 4, names, inner),
        ];
        store.keep_report(copies).await.unwrap();
        let arrived = tried(DeliveryState::Delivered);
        store.note_progress(Uuid::from_u128(4), arrived.clone()).await.unwrap();
        duma["sensitivity"] = json!("confidential");
        store.put_one(hour(11), upsert(Kind::Area, &duma)).await;
        let taken = one(&store, 1).await.unwrap();
        assert_eq!(taken.progress.state, DeliveryState::Dismissed, "{name}");
        let why = taken.progress.problem.unwrap();
        assert!(why.starts_with("taken back: a record in it was closed"), "{name}: {why}");
        assert!(taken.payload.is_empty(), "{name}");
        for id in [2, 3] {
            assert_eq!(one(&store, id).await.unwrap().progress, Progress::beginning(hour(10)));
        }
        assert_eq!(one(&store, 4).await.unwrap().progress, arrived, "{name}: it stays on record");
        let has = async |recipient| {
            store.report_before("weekly", recipient, hour(99)).await.unwrap().is_some()
        };
        assert!(!has("hub").await, "{name}: the next report tells all that it would have told");
        assert!(has("desk").await && has("head").await && has("arrived").await, "{name}");
        // It was on its way when it was taken back.
        let note =
            async |state| store.note_progress(Uuid::from_u128(1), tried(state)).await.unwrap();
        assert!(!note(DeliveryState::Waiting).await && !note(DeliveryState::Failed).await);
        assert!(note(DeliveryState::Delivered).await, "{name}: what arrived has arrived");
    }
}

#[tokio::test]
async fn a_message_under_an_id_that_is_there_is_refused_with_all_that_came_with_it() {
    for (name, store) in backends() {
        send(&store, vec![message(1, "hub", 1)]).await;
        let other = Delivery { payload: vec![1], ..message(1, "desk", 2) };
        let messages = vec![alone(message(2, "hub", 2)), alone(other)];
        let look = Look { messages, ..Look::default() };
        assert!(store.keep_look(hour(2), look).await.is_err(), "{name}");
        assert_eq!(ids_that_wait(&store, 9).await, [1], "{name}");
        assert_eq!(one(&store, 1).await, Some(message(1, "hub", 1)), "{name}");
    }
}

/// The purge of a record.
pub fn order(kind: Kind, code: &str) -> PurgeOrder {
    PurgeOrder {
        kind,
        doomed: Doomed::Named(vec![Reference::Code(code.to_owned())]),
        actor: "keeper".to_owned(),
        reason: "asked for".to_owned(),
        recorded_at: later() + TimeDelta::hours(1),
        dry_run: false,
    }
}

#[tokio::test]
async fn a_recipient_who_is_purged_leaves_nothing_that_was_sent_to_them() {
    for (name, store) in backends() {
        let body = json!({ "code": "hub", "name": "Hub", "channel": "webhook",
            "address": "https://example.org/hub" });
        store.put_one(hour(1), new(Kind::Recipient, &body)).await;
        send(&store, vec![message(1, "hub", 1), message(2, "desk", 1)]).await;
        let copy = |recipient: &str, id: u128| ReportCopy {
            report: passage::store::KeptReport {
                recipient: recipient.to_owned(),
                ..report("weekly", 10)
            },
            files: vec![(Format::Text, b"x".to_vec())],
            deliveries: vec![message(id, recipient, 10)],
        };
        store.keep_report(vec![copy("hub", 3), copy("desk", 4)]).await.unwrap();
        store.purge(order(Kind::Recipient, "hub")).await.unwrap();
        let left = store.deliveries(DeliveryQuery::latest(9), ALL).await;
        let mut left: Vec<u128> = left.unwrap().iter().map(|one| one.id.as_u128()).collect();
        left.sort_unstable();
        assert_eq!(left, [2, 4], "{name}");
        assert_eq!(store.report_before("weekly", "hub", hour(99)).await.unwrap(), None, "{name}");
        assert!(store.report_before("weekly", "desk", hour(99)).await.unwrap().is_some());
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}
