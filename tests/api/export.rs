//! Files to take away: every list and every computed table in every form, as a client gets them.
#![cfg(test)]

mod figures;
mod lists;
mod one;
mod readers;
mod said;
mod service;
mod whole;

use std::sync::LazyLock;

use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::harness::{How, Passage};

/// The history of Syria at the end of 26 July 2016, for tests that only read.
static SYRIA: LazyLock<Passage> =
    LazyLock::new(|| Passage::start_as(How { is_seeded: true, ..How::default() }));

/// What was answered, as bytes.
struct File {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl File {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Reads a file that must be there, as somebody.
fn file_for(passage: &Passage, token: &str, path: &str) -> File {
    let file = asked(passage, token, path, None);
    assert_eq!(file.status, 200, "{path}: {}", String::from_utf8_lossy(&file.bytes));
    file
}

/// The same as a coordinator.
fn file(passage: &Passage, path: &str) -> File {
    file_for(passage, &passage.coordinator, path)
}

/// Asks, with an `Accept` where one is given.
fn asked(passage: &Passage, token: &str, path: &str, accept: Option<&str>) -> File {
    let mut request = passage.with(token, Method::GET, path);
    if let Some(accept) = accept {
        request = request.header("Accept", accept);
    }
    let response = request.send().expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    File { status, headers, bytes: response.bytes().expect("a whole answer").to_vec() }
}
