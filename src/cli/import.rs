//! `passage import`: files in, with a bar on a terminal and a table at the end; or an import taken back.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use crate::clock::{self, Clock};
use crate::domain::{Clearance, Kind};
use crate::exchange::boundary::{self, BoundaryError};
use crate::exchange::import::{
    self, Accept, Encoding, ImportError, Offer, Options, Progress, Summary,
};
use crate::matching::Score;
use crate::matching::duplicate::Pair;
use crate::store::{Store, Undoing, Undone};

/// What `passage import` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Folders, workbooks (.xlsx), or CSV files named after their kind, like convoys.csv, or with HXL tags; or the word
    /// `boundaries` and GeoJSON files of administrative units.
    #[arg(required_unless_present = "undo", conflicts_with = "undo", value_name = "DIR|FILE")]
    pub paths: Vec<PathBuf>,
    /// Take an import back: what it brought is withdrawn, what it changed has again what it had.
    #[arg(long, value_name = "ID", requires = "reason")]
    pub undo: Option<Uuid>,
    /// Why it is taken back; the ledger keeps it.
    #[arg(long, value_name = "WHY", requires = "undo")]
    pub reason: Option<String>,
    /// The kind of the files, where their names do not tell; of a folder only this kind.
    #[arg(long, value_parser = kind_named)]
    pub kind: Option<Kind>,
    /// Check everything and change nothing; meanwhile it takes as much room on the disk as the import would.
    #[arg(long)]
    pub dry_run: bool,
    /// Count each record as known from the date of its source, not from today.
    #[arg(long)]
    pub as_reported: bool,
    /// Who drew the boundaries; left out, the names of the files.
    #[arg(long, value_name = "WHO")]
    pub source: Option<String>,
    /// From when boundaries hold whose file does not say so.
    #[arg(long, value_name = "DAY")]
    pub valid_from: Option<NaiveDate>,
    /// Another form of dates beside YYYY-MM-DD, e.g. %d/%m/%Y.
    #[arg(long, value_name = "FORM")]
    pub date_format: Option<String>,
    /// Where the clock hung that times without a zone were read from, e.g. Asia/Damascus.
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<Tz>,
    /// The mark before the fraction of a number: . or ,
    #[arg(long, value_name = "MARK")]
    pub decimal: Option<char>,
    /// The mark between thousands: . or , or ' or a space.
    #[arg(long, value_name = "MARK")]
    pub thousands: Option<char>,
    /// How CSV files are written, where that is not UTF-8: utf-16le, utf-16be, windows-1256, windows-1252.
    #[arg(long)]
    pub encoding: Option<Encoding>,
    /// What stands between the cells of CSV files, where that cannot be told: , or ; or tab.
    #[arg(long, value_name = "MARK", value_parser = import::separator)]
    pub separator: Option<char>,
    /// Make the organisations that a 4W names and that are not known here.
    #[arg(long)]
    pub new_organisations: bool,
    /// Take a value that is no code for one, as VALUE=CODE. May be given several times.
    #[arg(long, value_name = "VALUE=CODE", value_parser = import::accepted)]
    pub accept: Vec<(String, String)>,
    /// Take the nearest record for a value that is no code, from this score on (0 to 1), where no other is as near.
    #[arg(long, value_name = "SCORE", value_parser = import::score)]
    pub accept_from: Option<Score>,
}

/// A kind by its word or by the name of its file.
pub(super) fn kind_named(word: &str) -> Result<Kind, crate::domain::InvalidValue> {
    Kind::of_plural(word).map_or_else(|| word.parse(), Ok)
}

/// What is read, and how.
fn options(args: Args) -> (Vec<PathBuf>, Options) {
    let options = Options {
        kind: args.kind,
        dry_run: args.dry_run,
        as_reported: args.as_reported,
        date_format: args.date_format,
        time_zone: args.time_zone,
        decimal: args.decimal,
        thousands: args.thousands,
        encoding: args.encoding,
        separator: args.separator,
        new_organisations: args.new_organisations,
        id: Some(clock::new_id()),
        accept: Accept { codes: args.accept.into_iter().collect(), from: args.accept_from },
        ..Options::by("import")
    };
    (args.paths, options)
}

/// Imports, and says what was done or all that is wrong.
///
/// # Errors
///
/// When the store fails, or a path or option cannot be used. Wrong rows are written to `out`, with exit code 1.
pub async fn run(
    args: Args,
    store: &dyn Store,
    clock: Clock,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if let (Some(id), Some(reason)) = (args.undo, args.reason.clone()) {
        return undo(id, reason, store, clock, out).await;
    }
    if args.paths.first().is_some_and(|first| first.as_os_str() == BOUNDARIES) {
        return boundaries(args, store, clock, out).await;
    }
    if args.source.is_some() || args.valid_from.is_some() {
        anyhow::bail!(
            "--source and --valid-from are for boundaries: passage import {BOUNDARIES} FILE…"
        );
    }
    let (paths, options) = options(args);
    // Off a terminal the bar draws nothing.
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(
        "{msg:24} {wide_bar} {bytes}/{total_bytes} {eta}",
    )?);
    let mut draw = |progress: &Progress| {
        bar.set_length(progress.total_bytes);
        bar.set_position(progress.bytes);
        bar.set_message(progress.file.clone());
    };
    let result = import::run(store, &paths, &options, clock, &mut draw).await;
    bar.finish_and_clear();
    match result {
        Ok(summary) => {
            write_notes(&summary, out)?;
            write_table(&summary, options.dry_run, out)?;
            write_way_back(&summary, &options, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(ImportError::Wrong { wrong, done }) => {
            write_notes(&done, out)?;
            writeln!(out, "{wrong}\n\nWrong: {}.", wrong.count())?;
            if done.files.is_empty() {
                writeln!(out, "Nothing was imported.")?;
            } else {
                writeln!(out, "Imported were only the files before the first wrong one:")?;
                write_table(&done, false, out)?;
                write_way_back(&done, &options, out)?;
            }
            Ok(ExitCode::FAILURE)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// How an import that changed something is taken back.
fn write_way_back(
    summary: &Summary,
    options: &Options,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let is_in = summary.files.iter().any(|file| file.new + file.changed > 0);
    match options.id.filter(|_| is_in && !options.dry_run) {
        Some(id) => writeln!(out, "To take it back: passage import --undo {id} --reason WHY"),
        None => Ok(()),
    }
}

/// Takes an import back, or says what stands in the way.
async fn undo(
    id: Uuid,
    reason: String,
    store: &dyn Store,
    clock: Clock,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let order = Undoing {
        id,
        actor: "operator".to_owned(),
        clearance: Clearance::ALL,
        reason,
        recorded_at: clock.recorded_at(),
        learned_at: clock.now(),
    };
    match store.undo_import(order).await? {
        Undone::Done { withdrawn, restored } => {
            writeln!(out, "Taken back: {withdrawn} records withdrawn, {restored} as they were.")?;
            Ok(ExitCode::SUCCESS)
        }
        Undone::Changed { listed, more } => {
            for since in &listed {
                let at = since.recorded_at.format("%Y-%m-%d %H:%M");
                let (kind, code, actor) = (since.kind, &since.code, &since.actor);
                writeln!(out, "{kind} {code} was changed since, by {actor} on {at} UTC")?;
            }
            if more > 0 {
                writeln!(out, "and {more} more")?;
            }
            writeln!(out, "Nothing was taken back.")?;
            Ok(ExitCode::FAILURE)
        }
        Undone::Closed => anyhow::bail!("there is no import {id}"),
        Undone::Not(state) => {
            anyhow::bail!("import {id} is {state}; only one that is in can be taken back")
        }
    }
}

/// What stands in place of the first path where boundaries are imported.
const BOUNDARIES: &str = "boundaries";

/// Imports boundaries, and says what was done or all that is wrong.
async fn boundaries(
    args: Args,
    store: &dyn Store,
    clock: Clock,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let for_records = [
        ("--kind", args.kind.is_some()),
        ("--date-format", args.date_format.is_some()),
        ("--time-zone", args.time_zone.is_some()),
        ("--decimal", args.decimal.is_some()),
        ("--thousands", args.thousands.is_some()),
        ("--encoding", args.encoding.is_some()),
        ("--separator", args.separator.is_some()),
        ("--new-organisations", args.new_organisations),
        ("--accept", !args.accept.is_empty()),
        ("--accept-from", args.accept_from.is_some()),
    ];
    let given: Vec<&str> =
        for_records.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
    if !given.is_empty() {
        anyhow::bail!("not for boundaries: {}", given.join(", "));
    }
    let files = &args.paths[1..];
    if files.is_empty() {
        anyhow::bail!("name the files: passage import {BOUNDARIES} FILE…");
    }
    let options = boundary::Options {
        dry_run: args.dry_run,
        as_reported: args.as_reported,
        source: args.source,
        valid_from: args.valid_from,
        ..boundary::Options::by("import")
    };
    match boundary::run(store, files, &options, clock).await {
        Ok(summary) => {
            write_boundaries(&summary, args.dry_run, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(BoundaryError::Wrong(wrong)) => {
            writeln!(out, "{wrong}\n\nWrong: {}.\nNothing was imported.", wrong.count())?;
            Ok(ExitCode::FAILURE)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn write_boundaries(
    summary: &boundary::Summary,
    dry_run: bool,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for (level, units) in &summary.levels {
        writeln!(out, "{:<24} {units} units", format!("level {level}"))?;
    }
    let (new, changed, unchanged) = (summary.new, summary.changed, summary.unchanged);
    writeln!(out, "{:<24} {new} new, {changed} changed, {unchanged} unchanged", "boundaries")?;
    writeln!(
        out,
        "{} corners; for drawing {}, within {} m of the published borders.",
        summary.corners, summary.display_corners, summary.tolerance_m
    )?;
    for note in &summary.notes {
        writeln!(out, "Note: {note}.")?;
    }
    if dry_run {
        writeln!(out, "Only tried: nothing was changed.")?;
    }
    Ok(())
}

/// What was not read, or was understood though it is not word for word.
fn write_notes(summary: &Summary, out: &mut dyn Write) -> std::io::Result<()> {
    summary.notes.iter().try_for_each(|note| writeln!(out, "Note: {note}"))?;
    summary.taken.iter().try_for_each(|taken| {
        let cells = if taken.cells == 1 { "" } else { ", and in more cells" };
        writeln!(out, "Note: {}{cells}", taken.at)
    })?;
    summary.duplicates.iter().try_for_each(|twice| {
        let (kind, Pair { one, other, score, reasons }) = (twice.kind, &twice.pair);
        let reasons: Vec<&str> = reasons.iter().map(|reason| reason.as_str()).collect();
        writeln!(out, "Twice? {kind} {one} and {other} ({score}: {})", reasons.join(", "))
    })?;
    summary.offers.iter().try_for_each(|offer| {
        let Offer { name, code, rows, .. } = offer;
        writeln!(out, "New: organisation {name:?} would be {code}, named in {rows} rows")
    })
}

fn write_table(summary: &Summary, dry_run: bool, out: &mut dyn Write) -> std::io::Result<()> {
    for count in &summary.files {
        let (new, changed, unchanged) = (count.new, count.changed, count.unchanged);
        write!(out, "{:<24} {new} new, {changed} changed, {unchanged} unchanged", count.file)?;
        match count.left_out {
            0 => writeln!(out)?,
            left_out => writeln!(out, ", {left_out} left out")?,
        }
    }
    for file in &summary.skipped {
        writeln!(out, "{file:<24} not read: it tells no kind")?;
    }
    if dry_run {
        writeln!(out, "Only tried: nothing was changed.")?;
    }
    Ok(())
}
