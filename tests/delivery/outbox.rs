//! What waits is brought out: those who can be reached wait for nobody who cannot.
#![cfg(test)]

use std::path::Path;

use chrono::{DateTime, Utc};
use passage::app::{App, STORE_FILE};
use passage::clock::Clock;
use passage::domain::{Channel, Clearance, Kind, Sensitivity, draft};
use passage::jobs::outbox::{NotAgain, Unnoted, run_due, try_again};
use passage::store::{
    Action, Basis, Change, Delivery, DeliveryState, Look, Message, Progress, Write,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::receiver::{Mood, Receiver};
use crate::{deliverers, now, settings};

const LOCAL: &str = "[webhook]\nallow_private = ['127.0.0.1']\ntimeout_seconds = 1";

fn message(id: u128, recipient: &str, channel: Channel, address: &str) -> Delivery {
    Delivery {
        id: Uuid::from_u128(id),
        recipient: recipient.to_owned(),
        channel,
        address: address.to_owned(),
        file_name: format!("{id}.txt"),
        payload: format!("{{\"number\":{id}}}").into_bytes(),
        level: Sensitivity::Internal,
        made_at: now(),
        report: None,
        progress: Progress::beginning(now()),
    }
}

/// Enters a recipient, or the next version of it.
async fn enter(
    app: &App,
    action: Action,
    code: &str,
    channel: Channel,
    address: &str,
    more: &Value,
) {
    let mut body = json!({ "code": code, "name": code, "channel": channel, "address": address });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let draft = draft(Kind::Recipient, &body).unwrap();
    let reason = (action == Action::Withdraw).then(|| "he left".to_owned());
    let basis = Basis::Code;
    let new_id = Uuid::new_v4();
    let change = Change { action, new_id, lowers: true, basis, learned_at: None, reason, draft };
    let at = app.clock.recorded_at();
    let head = Write {
        actor: "desk".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: at,
        learned_at: at,
        idempotency: None,
        changes: vec![change],
    };
    app.store.write(head).await.unwrap();
}

async fn app_with(data: &Path, messages: Vec<Delivery>) -> App {
    let app = App::build(data, Clock::Wall, settings(LOCAL)).await.unwrap();
    let mut known = std::collections::BTreeSet::new();
    for one in &messages {
        if known.insert(one.recipient.clone()) {
            let (to, address) = (&one.recipient, &one.address);
            enter(&app, Action::Create, to, one.channel, address, &json!({})).await;
        }
    }
    let alone = |delivery| Message { delivery, tells: Vec::new(), names: Vec::new() };
    let messages = messages.into_iter().map(alone).collect();
    let at: DateTime<Utc> = now();
    app.store.keep_look(at, Look { messages, ..Look::default() }).await.unwrap();
    app
}

async fn progress(app: &App, id: u128) -> Progress {
    let of = Uuid::from_u128(id);
    app.store.delivery(of, Sensitivity::Internal).await.unwrap().unwrap().progress
}

#[tokio::test]
async fn who_is_away_holds_up_nobody_else_and_is_tried_with_the_oldest_alone() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    receiver.be(Mood::Answers(500));
    let url = format!("http://127.0.0.1:{}/hub", receiver.port);
    let mut messages: Vec<Delivery> =
        (1..=200).map(|id| message(id, "away", Channel::Webhook, &url)).collect();
    messages.push(message(201, "shelf", Channel::Folder, "shelf"));
    let app = app_with(data.path(), messages).await;
    let ways = deliverers(LOCAL, data.path());
    let unnoted = Unnoted::default();
    assert_eq!(run_due(&app, &ways, &unnoted).await.unwrap(), 2);
    assert_eq!(progress(&app, 201).await.state, DeliveryState::Delivered);
    for _ in 0..3 {
        assert_eq!(run_due(&app, &ways, &unnoted).await.unwrap(), 0, "its time has not come");
    }
    assert_eq!(progress(&app, 1).await.attempts, 1);
    assert_eq!(progress(&app, 2).await, Progress::beginning(now()), "it waits behind the oldest");
    assert_eq!(receiver.calls().len(), 1);
}

#[tokio::test]
async fn the_messages_of_one_recipient_come_in_the_order_in_which_they_were_made() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    let url = format!("http://127.0.0.1:{}/hub", receiver.port);
    let order = [9, 4, 7, 1, 40, 39];
    let messages = order.map(|id| message(id, "hub", Channel::Webhook, &url)).to_vec();
    let app = app_with(data.path(), messages).await;
    let ways = deliverers(LOCAL, data.path());
    assert_eq!(run_due(&app, &ways, &Unnoted::default()).await.unwrap(), order.len());
    let came: Vec<u128> = receiver
        .calls()
        .iter()
        .map(|call| call.header("Passage-Delivery").parse::<Uuid>().unwrap().as_u128())
        .collect();
    assert_eq!(came, order);
    assert!(receiver.calls().iter().all(|call| call.is_taken));
}

#[tokio::test]
async fn what_was_sent_and_could_not_be_taken_down_is_taken_down_before_anything_else_is_sent() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    let url = format!("http://127.0.0.1:{}/hub", receiver.port);
    let messages = [1, 2].map(|id| message(id, "hub", Channel::Webhook, &url)).to_vec();
    let app = app_with(data.path(), messages).await;
    let (ways, unnoted) = (deliverers(LOCAL, data.path()), Unnoted::default());
    let file = rusqlite::Connection::open(data.path().join(STORE_FILE)).unwrap();
    let full = "CREATE TRIGGER full BEFORE UPDATE ON delivery
        BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
    file.execute_batch(full).unwrap();
    for _ in 0..3 {
        run_due(&app, &ways, &unnoted).await.unwrap_err();
    }
    assert_eq!(receiver.calls().len(), 1, "what was sent is not sent again, nor anything after it");
    file.execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(run_due(&app, &ways, &unnoted).await.unwrap(), 1, "the other one");
    assert_eq!(receiver.calls().len(), 2);
    for id in [1, 2] {
        let progress = progress(&app, id).await;
        assert_eq!((progress.state, progress.attempts), (DeliveryState::Delivered, 1));
    }
}

#[tokio::test]
async fn what_is_not_due_is_not_tried_because_something_after_it_is() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    let url = format!("http://127.0.0.1:{}/hub", receiver.port);
    let messages =
        vec![message(1, "hub", Channel::Webhook, &url), message(2, "hub", Channel::Webhook, &url)];
    let app = app_with(data.path(), messages).await;
    let next_at = Some(app.clock.recorded_at() + chrono::TimeDelta::minutes(50));
    let often = Progress { attempts: 5, next_at, ..Progress::beginning(now()) };
    app.store.note_progress(Uuid::from_u128(1), often.clone()).await.unwrap();
    let ways = deliverers(LOCAL, data.path());
    assert_eq!(run_due(&app, &ways, &Unnoted::default()).await.unwrap(), 1);
    assert_eq!(progress(&app, 1).await, often, "its time has not come");
    assert_eq!(progress(&app, 2).await.state, DeliveryState::Delivered);
}

#[tokio::test]
async fn nothing_goes_to_who_was_withdrawn_moved_or_may_know_less_since() {
    let moved = json!({ "address": "http://127.0.0.1:1/elsewhere" });
    for (action, more, why) in [
        (Action::Withdraw, json!({}), "was withdrawn"),
        (Action::Revise, moved, "has another address since"),
        (Action::Revise, json!({ "clearance": "public" }), "may know less since"),
        (Action::Revise, json!({ "channel": "folder", "address": "hub" }), "in another way"),
    ] {
        let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
        let url = format!("http://127.0.0.1:{}/hub", receiver.port);
        let app = app_with(data.path(), vec![message(1, "hub", Channel::Webhook, &url)]).await;
        enter(&app, action, "hub", Channel::Webhook, &url, &more).await;
        let ways = deliverers(LOCAL, data.path());
        run_due(&app, &ways, &Unnoted::default()).await.unwrap();
        let Progress { state, attempts, problem, .. } = progress(&app, 1).await;
        assert_eq!((state, attempts), (DeliveryState::Failed, 0), "{more}");
        assert!(problem.as_ref().is_some_and(|said| said.contains(why)), "{problem:?}");
        assert!(receiver.calls().is_empty(), "{more}");
    }
}

#[tokio::test]
async fn who_is_paused_is_told_when_the_pause_is_over_and_holds_up_nobody_else() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    let url = format!("http://127.0.0.1:{}/hub", receiver.port);
    let messages = vec![
        message(1, "hub", Channel::Webhook, &url),
        message(2, "shelf", Channel::Folder, "shelf"),
    ];
    let app = app_with(data.path(), messages).await;
    let pause = async |paused: bool| {
        let more = json!({ "paused": paused });
        enter(&app, Action::Revise, "hub", Channel::Webhook, &url, &more).await;
    };
    pause(true).await;
    let ways = deliverers(LOCAL, data.path());
    run_due(&app, &ways, &Unnoted::default()).await.unwrap();
    assert_eq!(progress(&app, 1).await, Progress::beginning(now()));
    assert_eq!(progress(&app, 2).await.state, DeliveryState::Delivered);
    pause(false).await;
    run_due(&app, &ways, &Unnoted::default()).await.unwrap();
    assert_eq!(progress(&app, 1).await.state, DeliveryState::Delivered);
}

#[tokio::test]
async fn what_is_asked_for_again_goes_to_where_its_recipient_is_now() {
    let (data, receiver) = (tempfile::tempdir().unwrap(), Receiver::start(None));
    let (old, new) = (
        format!("http://127.0.0.1:{}/old", receiver.port),
        format!("http://127.0.0.1:{}/new", receiver.port),
    );
    let app = app_with(data.path(), vec![message(1, "hub", Channel::Webhook, &old)]).await;
    let again = async || {
        let (at, level) = (app.clock.recorded_at(), Sensitivity::Internal);
        try_again(&*app.store, Uuid::from_u128(1), at, level).await.unwrap()
    };
    assert!(again().await.is_ok(), "what waits is tried at once");
    receiver.be(Mood::Answers(410));
    let ways = deliverers(LOCAL, data.path());
    run_due(&app, &ways, &Unnoted::default()).await.unwrap();
    assert_eq!(progress(&app, 1).await.state, DeliveryState::Failed);
    receiver.be(Mood::Answers(200));
    enter(&app, Action::Revise, "hub", Channel::Webhook, &new, &json!({})).await;
    again().await.unwrap();
    run_due(&app, &ways, &Unnoted::default()).await.unwrap();
    assert_eq!(progress(&app, 1).await.state, DeliveryState::Delivered);
    let calls = receiver.calls();
    let paths: Vec<&str> = calls.iter().filter_map(|call| call.head.split(' ').nth(1)).collect();
    assert_eq!(paths, ["/old", "/new"]);
    let other = Uuid::from_u128(9);
    let none = try_again(&*app.store, other, app.clock.recorded_at(), Sensitivity::Internal).await;
    assert_eq!(none.unwrap(), Err(NotAgain::NoSuch));
}
