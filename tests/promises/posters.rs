//! Several who post at once: single records, batches and next versions, until they are stopped.
#![cfg(test)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::book::{Book, Fate, Request};
use crate::program::Program;

/// How many post at once.
pub const POSTERS: usize = 4;

/// They post while `meanwhile` runs, and go home at their first unanswered request after it.
pub fn post_while<T>(
    program: &Program,
    book: &Book,
    round: &str,
    meanwhile: impl FnOnce() -> T,
) -> T {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for poster in 0..POSTERS {
            let (over, name) = (&over, format!("{round}-{poster}"));
            scope.spawn(move || {
                for turn in 0.. {
                    let answered = one_turn(program, book, &name, turn);
                    if over.load(Ordering::Relaxed) || !answered {
                        break;
                    }
                }
            });
        }
        let _over = Over(&over);
        meanwhile()
    })
}

/// Ends the posters, also where what goes on meanwhile panics: else nobody would hear of it.
struct Over<'o>(&'o AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One request, or two; was it answered?
fn one_turn(program: &Program, book: &Book, name: &str, turn: u32) -> bool {
    if turn % 5 == 4 {
        return book.send(program, batch(name, turn)).status.is_some();
    }
    let made = book.send(program, create(&format!("{name}-{turn}")));
    match made.body["version"].as_i64() {
        Some(version) if made.fate == Fate::Acknowledged && turn.is_multiple_of(3) => {
            book.send(program, revise(&format!("{name}-{turn}"), version)).status.is_some()
        }
        _ => made.status.is_some(),
    }
}

/// A record by itself.
pub fn create(code: &str) -> Request {
    post(code, json!({ "code": code, "names": "A" }), vec![code.to_owned()])
}

fn batch(name: &str, turn: u32) -> Request {
    let codes: Vec<String> = (0..3).map(|part| format!("{name}-{turn}-{part}")).collect();
    let body = codes.iter().map(|code| json!({ "code": code, "names": "A" })).collect();
    post(&format!("{name}-{turn}"), Value::Array(body), codes)
}

fn post(key: &str, body: Value, codes: Vec<String>) -> Request {
    Request {
        key: format!("create {key}"),
        method: Method::POST,
        path: "/api/v1/areas".to_owned(),
        if_match: None,
        body,
        action: "create",
        codes,
    }
}

fn revise(code: &str, version: i64) -> Request {
    Request {
        key: format!("revise {code}"),
        method: Method::PUT,
        path: format!("/api/v1/areas/{code}"),
        if_match: Some(version),
        body: json!({ "names": "B" }),
        action: "revise",
        codes: vec![code.to_owned()],
    }
}

/// A while between two lengths, drawn anew each time.
pub fn a_while(draw: &mut impl rand::Rng, from_ms: u64, to_ms: u64) -> Duration {
    use rand::RngExt;
    Duration::from_millis(draw.random_range(from_ms..=to_ms))
}
