//! A server in a process of its own: how it is started, and what it tells when it is ready.
//!
//! Other test targets include this file by `#[path = "../promises/serving.rs"]`.
#![cfg(test)]

use std::io::{BufRead, BufReader};
use std::process::{ChildStdout, Command};

use serde_json::Value;

/// `passage serve` with its ready line as JSON on a free port.
///
/// One client asks for many here: the limits of requests have tests of their own.
pub fn serve() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passage"));
    command.args(["serve", "--json", "--listen", "127.0.0.1:0"]).envs(unlimited());
    command
}

/// Variables for as many requests as a test sends.
pub fn unlimited() -> impl Iterator<Item = (String, &'static str)> {
    let limits = ["TOKEN", "TOKEN_BURST", "ADDRESS", "ADDRESS_BURST"];
    limits.into_iter().map(|of| (format!("PASSAGE_SERVER__REQUESTS_PER_{of}"), "1000000"))
}

/// Its address, and the token of an admin if this was its first start; `None` where it ended before it was ready.
pub fn ready(said: ChildStdout) -> Option<(String, Option<String>)> {
    let mut line = String::new();
    BufReader::new(said).read_line(&mut line).ok()?;
    let ready: Value = serde_json::from_str(&line).ok()?;
    let token = ready["tokens"]["admin"].as_str().map(str::to_owned);
    Some((ready["listening"].as_str()?.to_owned(), token))
}
