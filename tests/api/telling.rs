//! Alerts have lives, recipients are told of them and sent reports, and everything that was sent is on record.
#![cfg(test)]

mod alerts;
mod recipients;
mod refused;
mod reports;

use serde_json::{Value, json};

use crate::harness::{How, Passage, area};

/// An area that is cut off since January, where nothing is known to have arrived.
fn cut_off(passage: &Passage, code: &str) {
    passage.create("/api/v1/areas", &area(code));
    besieged(passage, code, &json!({}));
}

fn besieged(passage: &Passage, code: &str, more: &Value) {
    let mut body = json!({
        "code": format!("{code}-besieged"), "area": code, "scheme": "un", "status": "besieged",
        "valid_from": "2016-01-05",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    passage.create("/api/v1/statuses", &body);
}

/// The alert that nothing arrives, as a coordinator sees it.
fn no_delivery(passage: &Passage) -> Value {
    let alerts = passage.read("/api/v1/alerts?rule=no_delivery");
    assert_eq!(alerts["total"], 1, "{alerts}");
    alerts["data"][0].clone()
}

/// A recipient in a folder of its own name, who chose what `more` says.
fn recipient(passage: &Passage, code: &str, more: &Value) {
    let mut body = json!({
        "code": code, "name": "Duty desk", "channel": "folder", "address": code, "clearance": "confidential",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    passage.create("/api/v1/recipients", &body);
}

/// The files that a recipient was brought, by name.
fn brought(passage: &Passage, folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = passage.home().join("outgoing").join(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn with(settings: &str) -> Passage {
    Passage::start_as(How { settings: settings.to_owned(), ..How::default() })
}
