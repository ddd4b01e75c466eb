//! What was asked of the program and what it said: acknowledged, in doubt or refused are kept apart.
//!
//! In doubt is whatever got no answer, or one that does not say what became of it (5xx).
#![cfg(test)]

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use reqwest::Method;
use rusqlite::Connection;
use serde_json::Value;

use crate::program::Program;

/// A request that changes something, fit to be sent again.
#[derive(Debug, Clone)]
pub struct Request {
    pub key: String,
    pub method: Method,
    pub path: String,
    pub if_match: Option<i64>,
    pub body: Value,
    /// What the ledger has once it is done: the action, and the code of each record.
    pub action: &'static str,
    pub codes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Acknowledged,
    InDoubt,
    Refused,
}

/// What came of sending a request.
pub struct Sent {
    pub fate: Fate,
    /// The status, where there was an answer.
    pub status: Option<u16>,
    pub content_type: String,
    pub body: Value,
}

pub fn send(program: &Program, request: &Request) -> Sent {
    let mut ask = program
        .ask(request.method.clone(), &request.path)
        .header("Idempotency-Key", &request.key)
        .json(&request.body);
    if let Some(version) = request.if_match {
        ask = ask.header("If-Match", format!("\"{version}\""));
    }
    let unanswered = |status| Sent {
        fate: Fate::InDoubt,
        status,
        content_type: String::new(),
        body: Value::Null,
    };
    let Ok(answer) = ask.send() else { return unanswered(None) };
    let status = answer.status().as_u16();
    let kind = answer.headers().get("Content-Type").and_then(|kind| kind.to_str().ok());
    let content_type = kind.unwrap_or_default().to_owned();
    // An answer that broke off in the middle is no acknowledgement.
    let Ok(body) = answer.json() else { return unanswered(Some(status)) };
    let fate = match status {
        200..=299 => Fate::Acknowledged,
        408 | 429 | 500..=599 => Fate::InDoubt,
        _ => Fate::Refused,
    };
    Sent { fate, status: Some(status), content_type, body }
}

/// Everything that was asked.
#[derive(Default)]
pub struct Book(Mutex<Vec<(Request, Fate)>>);

/// What a look into the ledger found wrong.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
    pub unasked: Vec<String>,
}

impl Book {
    /// Sends and notes what became of it.
    pub fn send(&self, program: &Program, request: Request) -> Sent {
        let sent = send(program, &request);
        self.note(request, sent.fate);
        sent
    }

    pub fn note(&self, request: Request, fate: Fate) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((request, fate));
    }

    pub fn count(&self, fate: Fate) -> usize {
        let book = self.0.lock().unwrap();
        book.iter().filter(|(_, noted)| *noted == fate).count()
    }

    /// Sends everything that is in doubt again, under its key; says how much that was.
    pub fn settle(&self, program: &Program) -> usize {
        let mut book = self.0.lock().unwrap();
        let mut settled = 0;
        for (request, fate) in book.iter_mut().filter(|(_, fate)| *fate == Fate::InDoubt) {
            let sent = send(program, request);
            assert_eq!(
                sent.fate,
                Fate::Acknowledged,
                "{request:?}: {:?} {}",
                sent.status,
                sent.body
            );
            *fate = Fate::Acknowledged;
            settled += 1;
        }
        settled
    }

    /// Compares the ledger after this entry with the requests after this one; says where both end.
    pub fn check(&self, file: &Connection, after: (usize, i64)) -> (Wrong, (usize, i64)) {
        let (mut stored, last) = stored(file, after.1);
        let book = self.0.lock().unwrap();
        let mut wrong = Wrong::default();
        for (request, fate) in book.iter().skip(after.0) {
            for code in &request.codes {
                let name = format!("{} {code}", request.action);
                match (stored.remove(&name), fate) {
                    (None, Fate::Acknowledged) => wrong.lost.push(name),
                    (Some(2..), _) => wrong.doubled.push(name),
                    (Some(_), Fate::Refused) => wrong.unasked.push(name),
                    _ => {}
                }
            }
        }
        wrong.unasked.extend(stored.into_keys());
        (wrong, (book.len(), last))
    }
}

/// How often each action on each code stands in the ledger after an entry, and its last entry.
fn stored(file: &Connection, after: i64) -> (HashMap<String, u64>, i64) {
    const SELECT: &str = "
        SELECT ledger.action || ' ' || ledger_body.code AS name, ledger.sequence
          FROM ledger JOIN ledger_body USING (sequence)
         WHERE ledger.sequence > ?1";
    let (mut stored, mut last) = (HashMap::new(), after);
    let mut question = file.prepare(SELECT).unwrap();
    let mut rows = question.query([after]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        *stored.entry(row.get("name").unwrap()).or_default() += 1;
        last = last.max(row.get("sequence").unwrap());
    }
    (stored, last)
}
