//! Answers that were given before and still hold: a list asked again costs no work while nothing was written.
//!
//! A list is a function of its address and of the place the ledger has reached, so both together are the key; and of
//! what is under embargo, so it holds until the next embargo ends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};

/// How many answers each half keeps.
const MOST: usize = 256;

/// How large a kept answer may be, bytes.
const LARGEST: usize = 256 * 1024;

/// An answer that was given.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) etag: String,
    pub(super) content_type: &'static str,
    pub(super) text: Bytes,
    /// Further headers.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub(super) fn of(content_type: &'static str, text: impl Into<Bytes>) -> Self {
        let text = text.into();
        let etag = format!("\"{}\"", &blake3::hash(&text).to_hex()[..24]);
        Self { etag, content_type, text, headers: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// The answers that hold at one place of the ledger.
#[derive(Default)]
pub struct Answers(Mutex<Kept>);

/// An answer, and until when it holds; `None` for as long as nothing is written.
type Held = (Answer, Option<DateTime<Utc>>);

/// When the newer half is full it becomes the older one: what is asked again moves on, the rest is forgotten.
#[derive(Default)]
struct Kept {
    sequence: i64,
    newer: HashMap<String, Held>,
    older: HashMap<String, Held>,
}

impl Answers {
    /// The answer to this address, if nothing was written and no embargo ended since.
    pub(super) fn get(&self, address: &str, sequence: i64, now: DateTime<Utc>) -> Option<Answer> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.sequence != sequence {
            return None;
        }
        if !kept.newer.contains_key(address) {
            let (address, held) = kept.older.remove_entry(address)?;
            kept.put(address, held);
        }
        let (answer, until) = kept.newer.get(address)?;
        until.is_none_or(|until| now < until).then(|| answer.clone())
    }

    /// Keeps an answer; what was kept before something was written is dropped.
    pub(super) fn keep(
        &self,
        address: String,
        sequence: i64,
        answer: &Answer,
        until: Option<DateTime<Utc>>,
    ) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.sequence < sequence {
            *kept = Kept { sequence, ..Kept::default() };
        }
        if kept.sequence == sequence && answer.text.len() <= LARGEST {
            kept.put(address, (answer.clone(), until));
        }
    }
}

impl Kept {
    fn put(&mut self, address: String, held: Held) {
        if self.newer.len() >= MOST {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(address, held);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn an_answer_holds_until_something_is_written() {
        let answers = Answers::default();
        answers.keep("/a".to_owned(), 7, &Answer::of("application/json", "{}".to_owned()), None);
        assert!(answers.get("/a", 7, NOW).is_some());
        assert!(answers.get("/a", 8, NOW).is_none());
        answers.keep("/b".to_owned(), 8, &Answer::of("application/json", "{}".to_owned()), None);
        assert!(answers.get("/a", 7, NOW).is_none(), "the old ones are dropped");
        answers.keep("/c".to_owned(), 7, &Answer::of("application/json", "{}".to_owned()), None);
        assert!(
            answers.get("/c", 7, NOW).is_none(),
            "an answer that took too long is not kept as a new one"
        );
    }

    #[test]
    fn an_answer_holds_until_the_next_embargo_ends() {
        let answers = Answers::default();
        let end = NOW + TimeDelta::hours(1);
        let answer = Answer::of("application/json", "{}".to_owned());
        answers.keep("/a".to_owned(), 1, &answer, Some(end));
        assert!(answers.get("/a", 1, end - TimeDelta::milliseconds(1)).is_some());
        assert!(answers.get("/a", 1, end).is_none());
    }

    #[test]
    fn of_many_answers_those_that_are_asked_again_stay() {
        let answers = Answers::default();
        let answer = Answer::of("application/json", "{}".to_owned());
        for number in 0..10 * MOST {
            answers.keep("/asked".to_owned(), 1, &answer, None);
            answers.keep(format!("/{number}"), 1, &answer, None);
            assert!(answers.get("/asked", 1, NOW).is_some());
        }
        let kept = answers.0.lock().unwrap();
        assert!(kept.newer.len() + kept.older.len() <= 2 * MOST + 1);
    }
}
