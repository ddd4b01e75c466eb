//! What waits is brought out: those who can be reached wait for nobody who cannot.
#![cfg(test)]

use std::path::Path;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::domain::{Channel, Sensitivity};
use passage::jobs::outbox::{Unnoted, run_due};
use passage::store::{Delivery, DeliveryState, Look, Message, Progress};
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

async fn app_with(data: &Path, messages: Vec<Delivery>) -> App {
    let app = App::build(data, Clock::Wall, settings(LOCAL)).await.unwrap();
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
