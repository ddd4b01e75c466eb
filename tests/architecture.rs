//! The wall: a room uses only the rooms below it, and some names stay in one room. Says file and line.

use std::fs;
use std::path::{Path, PathBuf};

/// Every room and the rooms of ours that it may use.
const ROOMS: [(&str, &[&str]); 27] = [
    ("domain", &[]),
    ("matching", &["domain"]),
    ("tongue", &["domain"]),
    ("assess", &["domain"]),
    ("disclose", &["domain"]),
    ("store", &["domain", "disclose"]),
    ("atlas", &["domain", "store"]),
    ("clock", &[]),
    ("folder", &[]),
    ("config", &["domain", "disclose"]),
    ("keys", &[]),
    ("pulse", &["domain"]),
    ("store_key", &["domain", "store", "config", "folder"]),
    ("telemetry", &["config"]),
    ("token", &["domain", "store", "keys"]),
    ("people", &["domain", "store", "disclose", "config", "keys", "token"]),
    (
        "situation",
        &["domain", "matching", "tongue", "assess", "store", "disclose", "clock", "config"],
    ),
    (
        "exchange",
        &[
            "domain",
            "matching",
            "tongue",
            "assess",
            "store",
            "disclose",
            "atlas",
            "clock",
            "situation",
        ],
    ),
    ("report", &["domain", "tongue", "assess", "situation", "exchange"]),
    (
        "app",
        &[
            "pulse",
            "domain",
            "assess",
            "store",
            "disclose",
            "atlas",
            "clock",
            "config",
            "folder",
            "keys",
            "store_key",
            "token",
            "people",
            "situation",
        ],
    ),
    ("keeping", &["domain", "store", "config", "keys", "app", "store_key", "folder"]),
    (
        "jobs",
        &[
            "pulse",
            "domain",
            "assess",
            "store",
            "disclose",
            "clock",
            "config",
            "situation",
            "exchange",
            "report",
            "app",
            "folder",
            "keys",
            "store_key",
            "keeping",
        ],
    ),
    (
        "api",
        &[
            "pulse",
            "tongue",
            "domain",
            "matching",
            "assess",
            "store",
            "disclose",
            "atlas",
            "clock",
            "config",
            "situation",
            "exchange",
            "report",
            "jobs",
            "app",
            "keys",
            "keeping",
            "token",
            "people",
            "web",
        ],
    ),
    ("web", &["domain", "disclose", "api"]),
    ("mcp", &["domain", "app", "api"]),
    (
        "cli",
        &[
            "pulse",
            "domain",
            "matching",
            "assess",
            "store",
            "disclose",
            "atlas",
            "clock",
            "config",
            "store_key",
            "telemetry",
            "folder",
            "situation",
            "exchange",
            "report",
            "jobs",
            "app",
            "keys",
            "keeping",
            "token",
            "people",
            "api",
            "mcp",
        ],
    ),
    ("main", &["cli"]),
];

/// Names that stay where they are at home.
const AT_HOME: [(&str, &[&str]); 9] = [
    ("rusqlite", &["src/store/sqlite/"]),
    ("SqliteStore", &["src/store/", "src/app.rs"]),
    ("actix_web", &["src/api/", "src/web.rs", "src/web/room.rs", "src/cli/"]),
    ("rustls", &["src/api/server/", "src/jobs/deliver/", "src/telemetry.rs"]),
    ("StatusCode", &["src/api/error.rs"]),
    ("Utc::now", &["src/clock.rs"]),
    // The two tests read their own mark, by which they know that they run in a process that is to end.
    ("env::var", &["src/config.rs", "src/store/sqlite/writer/tests.rs", "src/telemetry.rs"]),
    ("anyhow", &["src/main.rs", "src/cli/", "src/telemetry.rs"]),
    ("block_in_place", &[]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every line of code under `src`, with its file and number; comments are left out.
fn lines() -> Vec<(String, usize, String)> {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src"), &mut files);
    files.sort();
    assert!(files.len() > 50, "the walk found the sources");
    files
        .iter()
        .flat_map(|file| {
            let name = file.strip_prefix(root).expect("below the root").display().to_string();
            let text = fs::read_to_string(file).expect("sources are text");
            let lines =
                text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            lines.map(|(at, line)| (name.clone(), at + 1, line.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

fn room_of(file: &str) -> String {
    let inside = file.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or(inside).to_owned()
}

#[test]
fn every_room_looks_down_only() {
    let mut broken = Vec::new();
    for (file, at, line) in lines() {
        let room = room_of(&file);
        if room == "lib" {
            continue;
        }
        let allowed = ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
        let Some(allowed) = allowed else {
            panic!("{file}: the room {room} is not in the table of the wall")
        };
        for used in line
            .split("crate::")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        {
            let is_room = ROOMS.iter().any(|(name, _)| *name == used);
            if is_room && used != room && !allowed.contains(&used) {
                broken.push(format!("{file}:{at}: {room} must not use {used}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn some_names_stay_at_home() {
    let mut broken = Vec::new();
    for (file, at, line) in lines() {
        for (name, homes) in AT_HOME {
            if line.contains(name) && !homes.iter().any(|home| file.starts_with(home)) {
                broken.push(format!("{file}:{at}: {name} belongs in {homes:?}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(&root.join(folder), &mut files);
    }
    let silent: Vec<String> = files
        .iter()
        .filter(|file| {
            let text = fs::read_to_string(file).expect("sources are text");
            let first =
                text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
            !first.is_some_and(|line| line.starts_with("//!"))
        })
        .map(|file| file.display().to_string())
        .collect();
    assert!(silent.is_empty(), "these begin without `//!`: {silent:#?}");
}

#[test]
fn no_file_outgrows_its_room() {
    const LIMIT: usize = 400;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let long: Vec<String> = files
        .iter()
        .map(|file| (file, fs::read_to_string(file).expect("sources are text").lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(file, lines)| format!("{}: {lines}", file.display()))
        .collect();
    assert!(long.is_empty(), "these have more than {LIMIT} lines: {long:#?}");
}
