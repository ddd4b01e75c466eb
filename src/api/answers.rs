//! Answers that were given before and still hold: a list asked again costs no work while nothing was written.
//!
//! A list is a function of its address and of the place the ledger has reached, so both together are the key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;

/// How many answers are kept.
const MOST: usize = 512;

/// How large a kept answer may be, bytes.
const LARGEST: usize = 256 * 1024;

/// An answer that was given.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) etag: String,
    pub(super) content_type: &'static str,
    pub(super) text: Bytes,
}

impl Answer {
    pub(super) fn of(content_type: &'static str, text: String) -> Self {
        let etag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..24]);
        Self { etag, content_type, text: text.into() }
    }
}

/// The answers that hold at one place of the ledger.
#[derive(Default)]
pub struct Answers(Mutex<(i64, HashMap<String, Answer>)>);

impl Answers {
    /// The answer to this address, if nothing was written since.
    pub(super) fn get(&self, address: &str, sequence: i64) -> Option<Answer> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.get(address).filter(|_| kept.0 == sequence).cloned()
    }

    /// Keeps an answer; what was kept before something was written is dropped.
    pub(super) fn keep(&self, address: String, sequence: i64, answer: &Answer) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 < sequence {
            *kept = (sequence, HashMap::new());
        }
        if kept.0 == sequence && kept.1.len() < MOST && answer.text.len() <= LARGEST {
            kept.1.insert(address, answer.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_until_something_is_written() {
        let answers = Answers::default();
        answers.keep("/a".to_owned(), 7, &Answer::of("application/json", "{}".to_owned()));
        assert!(answers.get("/a", 7).is_some());
        assert!(answers.get("/a", 8).is_none());
        answers.keep("/b".to_owned(), 8, &Answer::of("application/json", "{}".to_owned()));
        assert!(answers.get("/a", 7).is_none(), "the old ones are dropped");
        answers.keep("/c".to_owned(), 7, &Answer::of("application/json", "{}".to_owned()));
        assert!(
            answers.get("/c", 7).is_none(),
            "an answer that took too long is not kept as a new one"
        );
    }
}
