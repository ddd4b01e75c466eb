//! `passage backup` and `passage restore`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use chrono::{DateTime, TimeDelta, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use super::verify;
use crate::app::open_store;
use crate::clock::Clock;
use crate::jobs::upkeep;
use crate::keeping::backup::{self, BackupOrder, Progress};
use crate::keeping::disk;
use crate::keeping::restore::{self, RestoreOrder, Restored};
use crate::store_key;

/// What `backup` takes.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR", required_unless_present = "make_key")]
    data: Option<PathBuf>,
    /// The file that is made.
    #[arg(long, value_name = "FILE", required_unless_present = "make_key")]
    to: Option<PathBuf>,
    /// Encrypts it to this public key, and puts the keys of the deployment in.
    #[arg(long, value_name = "age1…")]
    recipient: Option<String>,
    /// Puts the keys in although it is not encrypted: who has the file can sign as you.
    #[arg(long)]
    with_keys: bool,
    /// Only makes a pair of keys for backups: the secret one into this file, the public one is shown.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["data", "to"])]
    make_key: Option<PathBuf>,
}

pub(super) async fn run(
    args: BackupArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.make_key {
        let public = backup::make_key(file)?;
        writeln!(out, "{public}")?;
        writeln!(out, "The secret key is in {}. Keep it away from this machine.", file.display())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (Some(data), Some(to)) = (args.data, args.to) else { bail!("name --data and --to") };
    super::must_hold_data(&data)?;
    let settings = super::settings(config, Some(&data))?;
    let store = open_store(&data, &settings)?;
    let now = Clock::Wall.recorded_at();
    let store_key = store_key::file(&settings.store);
    let order = BackupOrder { to, recipient: args.recipient, with_keys: args.with_keys, store_key };
    let made = backup::make(&*store, &data, order, now, progress()).await;
    upkeep::note_backup(&*store, now, &made).await;
    let made = made?;
    writeln!(out, "{}", upkeep::told(&made))?;
    for (kind, count) in &made.manifest.counts {
        writeln!(out, "  {kind:<16}{count:>10}")?;
    }
    let keys = match (made.manifest.has_keys(), made.is_encrypted) {
        (true, true) => "The keys are in it.",
        (true, false) => "The keys are in it, readable by whoever has the file.",
        (false, _) => {
            "The keys are not in it: after a restore elsewhere, tokens must be made anew."
        }
    };
    writeln!(out, "Walked and read back: in order. {keys}")?;
    Ok(ExitCode::SUCCESS)
}

/// A bar, where somebody looks.
fn progress() -> Progress {
    if !std::io::stderr().is_terminal() {
        return Box::new(|_, _| ());
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}") {
        bar.set_style(style);
    }
    Box::new(move |more, all| {
        bar.set_length(all);
        bar.inc(more);
    })
}

/// What `restore` takes.
#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The data folder that is made of it: empty, or not there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The file with the secret key, for an encrypted backup.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// A checkpoint that was kept elsewhere and that the data must fit; may be given several times.
    #[arg(long, value_name = "FILE")]
    expect_checkpoint: Vec<PathBuf>,
    /// The entry of the ledger that the backup must at least reach.
    #[arg(long, value_name = "N")]
    expect_sequence: Option<i64>,
    /// A public key that checkpoints are trusted by, beside the one that signed the backup.
    #[arg(long, value_name = "PUBKEY")]
    key: Vec<String>,
    /// Takes the place of what is in the folder, which is kept aside.
    #[arg(long)]
    replace: bool,
}

pub(super) async fn restore(
    args: RestoreArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let begun = Instant::now();
    let settings = super::settings(config, Some(&args.data))?;
    let expected = verify::checkpoints(&args.expect_checkpoint)?;
    let order = RestoreOrder {
        from: args.from,
        data: args.data,
        identity: args.identity,
        expected: expected.into_iter().map(|(_file, checkpoint)| checkpoint).collect(),
        expected_sequence: args.expect_sequence,
        keys: args.key,
        replace: args.replace,
    };
    let now = Clock::Wall.recorded_at();
    let restored = restore::run(&order, &settings, now).await?;
    tell(&restored, now, out)?;
    writeln!(out, "RTO: {:.1} s", begun.elapsed().as_secs_f64())?;
    Ok(ExitCode::SUCCESS)
}

/// What was brought back, and how much may be missing.
fn tell(restored: &Restored, now: DateTime<Utc>, out: &mut dyn Write) -> std::io::Result<()> {
    let manifest = &restored.manifest;
    let (head, made) = (&manifest.head, manifest.made_at.format("%Y-%m-%d %H:%M UTC"));
    let bytes = disk::in_words(manifest.files.iter().map(|file| file.bytes).sum());
    writeln!(out, "restored {bytes} up to entry {}, head {}", head.sequence, head.hash)?;
    writeln!(out, "made {made} by Passage {}, signed by {}", manifest.program, manifest.key)?;
    let newest = head.recorded_at.map_or_else(
        || "nothing was ever recorded".to_owned(),
        |newest| {
            let age = in_words(now - newest);
            format!("the newest record is {age} old; what came after it is not in the backup")
        },
    );
    writeln!(out, "RPO: {newest}")?;
    if !manifest.has_keys() {
        writeln!(
            out,
            "The backup holds no keys: unless the old keys/ is brought back, tokens from before do not hold."
        )?;
    }
    if let Some(aside) = &restored.aside {
        writeln!(out, "What was there is kept in {}", aside.display())?;
    }
    Ok(())
}

/// A span of time as people say it.
pub(super) fn in_words(span: TimeDelta) -> String {
    let (days, hours, minutes) = (span.num_days(), span.num_hours(), span.num_minutes());
    match (days, hours, minutes) {
        (2.., ..) => format!("{days} days"),
        (_, 2.., _) => format!("{hours} hours"),
        (.., 2..) => format!("{minutes} minutes"),
        _ => format!("{} seconds", span.num_seconds().max(0)),
    }
}
