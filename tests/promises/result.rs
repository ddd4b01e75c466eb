//! One line of what a promise's test measured, for docs/PROMISES.md.
//!
//! Other test targets include this file by `#[path = "../promises/result.rs"]` and call [`record`].
#![cfg(test)]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

/// The file inside the folder that `PROMISES_RESULTS` names.
pub const FILE: &str = "results.jsonl";

/// Keeps what was measured: `record("G14", "200 each, all cut in 12 s", true)`. Without a folder to keep it in, nothing.
///
/// Several tests of one promise each keep a part; of one test the last line counts.
#[track_caller]
pub fn record(promise: &str, told: &str, passed: bool) {
    let Some(folder) = variable("PROMISES_RESULTS").map(PathBuf::from) else { return };
    let line = json!({
        "promise": promise,
        "part": part(),
        "run": if is_night() { "night" } else { "ci" },
        "told": told,
        "passed": passed,
        "date": today(),
        "machine": machine(),
    });
    fs::create_dir_all(&folder).expect("the folder of the results can be made");
    let file = OpenOptions::new().create(true).append(true).open(folder.join(FILE));
    writeln!(file.expect("the results can be opened"), "{line}").expect("a result can be kept");
}

/// Is the value for before a release asked for?
pub fn is_night() -> bool {
    variable("PROMISES_NIGHT").is_some()
}

/// The file and the test that measured.
#[track_caller]
fn part() -> String {
    let thread = std::thread::current();
    let test = thread.name().and_then(|name| name.rsplit("::").next()).unwrap_or_default();
    format!("{}::{test}", std::panic::Location::caller().file())
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let build = if cfg!(debug_assertions) { "dev" } else { "release" };
    let more = variable("PROMISES_MACHINE").map_or_else(String::new, |more| format!(", {more}"));
    format!("{cores} cores{more}, {build} build")
}

#[expect(clippy::disallowed_methods, reason = "a test says on which day it was run")]
fn today() -> String {
    chrono::Utc::now().format("%Y-%m-%d").to_string()
}

/// A variable that only tests read; empty counts as not set.
#[expect(clippy::disallowed_methods, reason = "the program itself never reads these")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
