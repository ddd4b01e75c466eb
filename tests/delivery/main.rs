//! What is delivered, against servers that take it, refuse it, hang, break off and come back.
#![cfg(test)]

mod authority;
mod guard;
mod mail;
mod outbox;
mod receiver;
#[path = "../promises/result.rs"]
mod result;
mod said;
mod smtp;
mod webhook;

use std::path::Path;

use chrono::{DateTime, Utc};
use passage::config::Settings;
use passage::domain::{Channel, Sensitivity};
use passage::jobs::deliver::{Deliverers, Outcome};
use passage::store::{Delivery, Progress};
use uuid::Uuid;

/// Stands in what no log and no sentence may repeat.
const CANARY: &str = "Kanari7q";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_467_356_400, 0).unwrap()
}

fn settings(file: &str) -> Settings {
    Settings::layered("test", file, std::iter::empty()).unwrap()
}

fn deliverers(file: &str, data: &Path) -> Deliverers {
    Deliverers::of(&settings(file), data).unwrap()
}

fn parcel(channel: Channel, address: &str, payload: &[u8]) -> Delivery {
    Delivery {
        id: Uuid::from_u128(7),
        recipient: "hub".to_owned(),
        channel,
        level: Sensitivity::Internal,
        address: address.to_owned(),
        file_name: "daily-2016-07-01.html".to_owned(),
        payload: payload.to_vec(),
        made_at: now(),
        report: None,
        progress: Progress::beginning(now()),
    }
}

/// The sentence of an attempt that is to be repeated.
#[track_caller]
fn again(outcome: &Outcome) -> &str {
    let Outcome::Again(said) = outcome else { panic!("it is to be tried again: {outcome:?}") };
    said
}

/// The sentence of an attempt that is the last.
#[track_caller]
fn never(outcome: &Outcome) -> &str {
    let Outcome::Never(said) = outcome else { panic!("it is not to be tried again: {outcome:?}") };
    said
}
