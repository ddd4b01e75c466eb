//! Feeds for other programs, written where `tests/interop/feeds.sh` lets independent readers check them: alerts of
//! July 2016 as CAP and Atom, pauses as calendars with the windows that Passage itself tells.
#![cfg(test)]

mod alerts;
mod hostile;
mod pauses;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use passage::domain::Moment;

/// Where the files go; a reader finds them below the folder of the build.
fn folder() -> PathBuf {
    let built = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("it lies in the folder of the build");
    let folder = built.join("feeds");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(name: &str, text: &str) {
    std::fs::write(folder().join(name), text).unwrap();
}

fn end_of(day: &str) -> DateTime<Utc> {
    day.parse::<Moment>().unwrap().end()
}

/// The text of every element of this name.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = xml.split(open.as_str()).skip(1);
    parts.map(|part| part.split(close.as_str()).next().unwrap()).collect()
}
