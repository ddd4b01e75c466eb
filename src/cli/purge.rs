//! `passage purge` and `passage wipe`.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::TimeDelta;

use crate::app::open_store;
use crate::clock::Clock;
use crate::domain::Kind;
use crate::jobs::upkeep;
use crate::keeping::wipe;
use crate::store::{Doomed, Forgetting, PurgeOrder, Reference, Rewrite};

/// What `purge` takes.
#[derive(Debug, clap::Args)]
pub(super) struct PurgeArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The kind of record.
    #[arg(long, required_unless_present = "deliveries")]
    kind: Option<Kind>,
    /// In place of records: what was delivered or dismissed so long ago, with what it said.
    #[arg(long, conflicts_with_all = ["kind", "reference"], requires = "older_than")]
    deliveries: bool,
    /// Records that are over or withdrawn and were not touched for so long, e.g. 365d.
    #[arg(long, value_name = "DAYS", conflicts_with = "reference", required_unless_present = "reference", value_parser = days)]
    older_than: Option<i64>,
    /// This record, by code or id; may be given several times.
    #[arg(long = "ref", value_name = "REF", id = "reference")]
    reference: Vec<String>,
    /// Why; the ledger keeps it.
    #[arg(long)]
    reason: String,
    /// Who; the ledger keeps it.
    #[arg(long, default_value = "operator")]
    by: String,
    /// Only says what would be destroyed.
    #[arg(long)]
    dry_run: bool,
}

fn days(text: &str) -> Result<i64, String> {
    let days = text
        .strip_suffix('d')
        .unwrap_or(text)
        .parse()
        .ok()
        .filter(|days| (0..=36_600).contains(days));
    days.ok_or_else(|| format!("must be days, as 365d, got {text}"))
}

pub(super) async fn run(
    args: PurgeArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    super::must_hold_data(&args.data)?;
    if args.reason.trim().is_empty() {
        bail!("--reason must say why");
    }
    let settings = super::settings(config, Some(&args.data))?;
    let store = open_store(&args.data, &settings)?;
    let (data, dry_run) = (args.data.clone(), args.dry_run);
    let verb = if dry_run { "would purge" } else { "purged" };
    let Some(kind) = args.kind else {
        let count = store.forget_deliveries(forgetting(args)).await?;
        writeln!(out, "{verb} {count} deliveries with what they said")?;
        return Ok(ExitCode::SUCCESS);
    };
    let purged = upkeep::purge(&*store, &data, order(kind, args)).await?;
    for record in &purged.records {
        writeln!(out, "{verb} {kind} {} ({} versions)", record.code, record.versions)?;
    }
    writeln!(
        out,
        "{verb} {} records, {} kept reports and {} kept answers that named them",
        purged.records.len(),
        purged.reports.len(),
        purged.answers
    )?;
    if dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    match upkeep::rewrite(&*store, Clock::Wall.recorded_at()).await? {
        Rewrite::NotNeeded => {}
        Rewrite::Done => writeln!(
            out,
            "The file was written anew: nothing of what was purged is left in it. Backups made before still hold it."
        )?,
        Rewrite::Hindered => {
            writeln!(
                out,
                "A long reader kept the log from being emptied: bytes of what was purged are left in it. Run the same command again, or let the server do it."
            )?;
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The same for what was sent.
fn forgetting(args: PurgeArgs) -> Forgetting {
    let recorded_at = Clock::Wall.recorded_at();
    let before = recorded_at - TimeDelta::days(args.older_than.unwrap_or_default());
    let PurgeArgs { by: actor, reason, dry_run, .. } = args;
    Forgetting { before, actor, reason, recorded_at, dry_run }
}

/// What is ordered, from now on.
fn order(kind: Kind, args: PurgeArgs) -> PurgeOrder {
    let now = Clock::Wall.recorded_at();
    let doomed = match args.older_than {
        Some(days) => Doomed::Before(now - TimeDelta::days(days)),
        None => Doomed::Named(args.reference.iter().map(|text| Reference::parse(text)).collect()),
    };
    PurgeOrder {
        kind,
        doomed,
        actor: args.by,
        reason: args.reason,
        recorded_at: now,
        dry_run: args.dry_run,
    }
}

/// What `wipe` takes.
#[derive(Debug, clap::Args)]
pub(super) struct WipeArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Does not ask.
    #[arg(long)]
    yes_destroy_everything: bool,
}

pub(super) fn wipe(
    args: &WipeArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let data = args.data.canonicalize().with_context(|| args.data.display().to_string())?;
    let name = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !args.yes_destroy_everything {
        write!(
            out,
            "This destroys everything in {}, for ever. Type the folder's name ({name}): ",
            data.display()
        )?;
        out.flush()?;
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed)?;
        if name.is_empty() || typed.trim() != name {
            bail!("that is not the folder's name; nothing was destroyed");
        }
    }
    // What cannot be read must not stop it: then only the key file that it would name is not known.
    let settings = super::settings(config, Some(&data));
    if let Err(fault) = &settings {
        writeln!(out, "The settings cannot be read, nor which key opens the store: {fault:#}")?;
    }
    let wiped = wipe::run(&data, settings.ok().as_ref().map(|settings| &settings.store))?;
    if let Some(key) = &wiped.store_key {
        writeln!(out, "Destroyed {}: nobody opens the store again.", key.display())?;
    }
    if let Some(why) = &wiped.store_key_left {
        writeln!(out, "The key of the store is left: {why}")?;
    }
    writeln!(out, "Destroyed {} keys first, then {} files.", wiped.keys, wiped.files)?;
    match wiped.server_ended {
        Some(true) => {
            writeln!(out, "The server that ran on it has ended.")?;
        }
        Some(false) => {
            writeln!(out, "A server still holds the folder: end it, or switch the machine off.")?;
        }
        None => {}
    }
    for path in &wiped.left {
        writeln!(out, "left, as it is not ours: {}", path.display())?;
    }
    writeln!(
        out,
        "If the data was not encrypted, an SSD, a snapshot or a backup elsewhere may still hold copies: overwriting does not reach those."
    )?;
    let code =
        if wiped.server_ended == Some(false) { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    Ok(code)
}
