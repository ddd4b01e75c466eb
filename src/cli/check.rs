//! `passage check`: one screen that says whether the store, the disk, the clock, the backups, the schedules and the
//! keys are well. Works beside a running server and on a damaged store.

mod lines;
mod schedules;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::json;

use super::wrapped;
use crate::clock::Clock;

/// The columns beside the name of what is checked.
const WIDTH: usize = 61;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Look,
    Bad,
}

/// One line of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    about: &'static str,
    state: State,
    says: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    todo: Option<String>,
}

impl Line {
    fn ok(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, state: State::Ok, says: says.into(), todo: None }
    }

    fn look(about: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { about, state: State::Look, says: says.into(), todo: Some(todo.into()) }
    }

    fn bad(about: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { state: State::Bad, ..Self::look(about, says, todo) }
    }
}

pub(super) fn run(
    args: &CheckArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let settings = super::settings(config, Some(&args.data))?;
    let now = Clock::Wall.recorded_at();
    let lines = lines::all(&args.data, &settings, now);
    let worst = lines.iter().map(|line| line.state).max().unwrap_or(State::Ok);
    if args.json {
        writeln!(out, "{}", json!({ "state": worst, "checked_at": now, "lines": lines }))?;
    } else {
        for line in &lines {
            show(line, out)?;
        }
        let end = match worst {
            State::Ok => "All is well.",
            State::Look => "Somebody should look at the lines marked look.",
            State::Bad => "Do first what the lines marked BAD say.",
        };
        writeln!(out, "{end}")?;
    }
    Ok(ExitCode::from(worst as u8))
}

/// A line of at most 80 columns, and more below it where that is not enough.
fn show(line: &Line, out: &mut dyn Write) -> std::io::Result<()> {
    let state = match line.state {
        State::Ok => "ok  ",
        State::Look => "look",
        State::Bad => "BAD ",
    };
    for (at, part) in wrapped(&line.says, WIDTH).iter().enumerate() {
        let (state, about) = if at == 0 { (state, line.about) } else { ("    ", "") };
        writeln!(out, "{state}  {about:<10}  {part}")?;
    }
    for (at, part) in line.todo.iter().flat_map(|todo| wrapped(todo, WIDTH)).enumerate() {
        let arrow = if at == 0 { "->" } else { "  " };
        writeln!(out, "{:<15}{arrow} {part}", "")?;
    }
    Ok(())
}
