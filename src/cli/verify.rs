//! `passage verify`: walks the ledger, compares everything with it, and holds it against checkpoints.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};

use crate::app::open_store;
use crate::clock::Clock;
use crate::jobs::upkeep::VERIFY;
use crate::keeping::checkpoint::{self, Checkpoint};
use crate::store::{Store, Verified};

/// What `verify` takes.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A checkpoint that was kept elsewhere; may be given several times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// A public key that checkpoints are trusted by; left out, that of the data folder.
    #[arg(long, value_name = "PUBKEY")]
    key: Vec<String>,
}

pub(super) async fn run(
    args: VerifyArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    super::must_hold_data(&args.data)?;
    let settings = super::settings(config, Some(&args.data))?;
    let store = open_store(&args.data, &settings)?;
    let given = checkpoints(&args.checkpoint)?;
    let verified = store.verify().await?;
    let mut faults = Vec::new();
    if let Some((sequence, fault)) = &verified.broken {
        faults.push(format!("entry {sequence} is the first that is broken: {fault}"));
    }
    let compared = compare(&*store, &args, given, &mut faults).await?;
    let outcome =
        if faults.is_empty() { Ok(praise(&verified, compared)) } else { Err(faults.join("; ")) };
    // A damaged or full disk may refuse the note; the answer is given all the same.
    let _ = store.note_upkeep(VERIFY, Clock::Wall.recorded_at(), outcome).await;
    if faults.is_empty() {
        writeln!(out, "{}", praise(&verified, compared))?;
        return Ok(ExitCode::SUCCESS);
    }
    for fault in faults {
        writeln!(out, "{fault}")?;
    }
    Ok(ExitCode::FAILURE)
}

fn praise(verified: &Verified, compared: usize) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{} entries, all in order; head {}", verified.entries, verified.head);
    let mut also = |count: u64, what: &str| {
        if count > 0 {
            // Writing to a string cannot fail.
            let _ = write!(text, "; {count} {what}");
        }
    };
    also(verified.purged, "of them purged, each with who and why");
    also(
        verified.unread,
        "bodies are of another program's rules, so only their hashes were checked",
    );
    also(compared as u64, "checkpoints fit");
    text
}

/// The checkpoints of the files, each with the name of its file.
pub(super) fn checkpoints(files: &[PathBuf]) -> anyhow::Result<Vec<(String, Checkpoint)>> {
    let mut found = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| name.clone())?;
        let read = Checkpoint::read_all(&text).map_err(|fault| anyhow!("{name}: {fault}"))?;
        found.extend(read.into_iter().map(|checkpoint| (name.clone(), checkpoint)));
    }
    Ok(found)
}

/// Holds the ledger against the given checkpoints and those that reports left in the data folder.
async fn compare(
    store: &dyn Store,
    args: &VerifyArgs,
    given: Vec<(String, Checkpoint)>,
    faults: &mut Vec<String>,
) -> anyhow::Result<usize> {
    let own = checkpoint::trusted(&args.data).context("the checkpoint key")?;
    let trusted = if args.key.is_empty() { &own } else { &args.key };
    let mut compared = 0;
    let kept = kept(&args.data, faults)?;
    let all = given.iter().map(|one| (one, trusted)).chain(kept.iter().map(|one| (one, &own)));
    for ((name, checkpoint), trusted) in all {
        match checkpoint.compare(store, trusted).await? {
            Ok(()) => compared += 1,
            Err(mismatch) => faults.push(format!("{name}: {mismatch}")),
        }
    }
    Ok(compared)
}

fn kept(data: &Path, faults: &mut Vec<String>) -> anyhow::Result<Vec<(String, Checkpoint)>> {
    let mut found = Vec::new();
    for (name, read) in checkpoint::kept(data).context("the checkpoints of the data folder")? {
        match read {
            Ok(read) => found.extend(read.into_iter().map(|one| (name.clone(), one))),
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    Ok(found)
}
