//! The commands.

mod alerts;
mod backup;
mod check;
mod checkpoint;
mod deliveries;
mod demo;
mod export;
mod import;
mod mcp;
mod purge;
mod report;
mod serve;
mod standing;
mod store_key;
mod template;
mod token;
mod user;
pub mod vectors;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};

use crate::app::{App, STORE_FILE, open_store};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::Moment;

/// Who is cut off, what got through, how long it lasts, what to do next.
#[derive(Debug, Parser)]
#[command(name = "passage", version, about)]
struct Arguments {
    /// Settings that override the built-in ones; left out, DATA/config.toml if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts with the history of Syria up to 26 July 2016 in it, and prints address and tokens.
    Demo(demo::DemoArgs),
    /// Starts the server on a data folder.
    Serve(serve::ServeArgs),
    /// Brings records in from workbooks (.xlsx) and CSV files, also those of others: HXL, 4W.
    Import(DataArgs<import::Args>),
    /// Writes records out: in the same form, as a workbook, as Parquet, as maps, or as a package for HDX.
    Export(DataArgs<export::Args>),
    /// Makes a workbook to fill in for records of one kind.
    Template(template::Args),
    /// Says what would have been raised in a time in the past, and when, from what was known at each moment alone.
    Alerts(alerts::AlertsArgs),
    /// Makes the situation report of a day, into reports/ of the data folder.
    Report(report::ReportArgs),
    /// Answers a language model over standard input and output; it reads and changes nothing.
    Mcp(mcp::McpArgs),
    /// Says what was sent and what could not be, and has it sent again.
    Deliveries(deliveries::DeliveriesArgs),
    /// Makes the key of an encrypted store.
    StoreKey(store_key::StoreKeyArgs),
    /// Makes, lists, changes and revokes tokens, with which programs read and write.
    Token(token::TokenArgs),
    /// Adds, lists, changes and disables people, who log in with a password.
    User(user::UserArgs),
    /// Walks the ledger, compares all records with it and names the first broken entry.
    Verify(verify::VerifyArgs),
    /// Says where the ledger stands, signed: keep it elsewhere.
    Checkpoint(checkpoint::CheckpointArgs),
    /// Makes a backup, also while the server runs.
    Backup(backup::BackupArgs),
    /// Brings a backup back, after checking all of it.
    Restore(backup::RestoreArgs),
    /// Destroys what records say; the ledger keeps who did it and why.
    Purge(purge::PurgeArgs),
    /// Destroys everything in a data folder, the keys first.
    Wipe(purge::WipeArgs),
    /// Says in one screen whether all is well.
    Check(check::CheckArgs),
    /// Runs worked cases against the calculations.
    Vectors {
        /// Files of cases.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// A command that works on a data folder.
#[derive(Debug, clap::Args)]
struct DataArgs<T: clap::Args> {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    own: T,
}

/// Runs the command of the command line, and writes what it says to `out`.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(help) => {
            // Nothing can be done where the terminal is gone.
            let _ = help.print();
            return ExitCode::from(u8::try_from(help.exit_code()).unwrap_or(2));
        }
    };
    if let Err(fault) = crate::telemetry::leave_no_core() {
        let _ = writeln!(std::io::stderr(), "passage: a core file cannot be forbidden: {fault}");
    }
    crate::folder::keep_to_owner();
    let runtime = actix_web::rt::System::new();
    match runtime.block_on(dispatch(arguments, out)) {
        Ok(code) => code,
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "passage: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(arguments: Arguments, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let config = arguments.config;
    match arguments.command {
        Command::Demo(args) => demo::run(args, config, out).await,
        Command::Serve(args) => serve::run(args, config, out).await,
        Command::Import(args) => {
            std::fs::create_dir_all(&args.data)?;
            let settings = settings(config, Some(&args.data))?;
            let clock = Clock::sane_wall()?;
            import::run(args.own, &*open_store(&args.data, &settings)?, clock, out).await
        }
        Command::Export(args) => {
            let settings = settings(config, Some(&args.data))?;
            if args.own.needs_figures() {
                let app = App::beside(&args.data, Clock::sane_wall()?, settings).await?;
                return export::run_hdx(args.own, &app, out).await;
            }
            export::run(args.own, &*open_store(&args.data, &settings)?, Clock::Wall, out).await
        }
        Command::Template(args) => {
            let Some(data) = &args.data else { return template::run(&args, None, out).await };
            must_hold_data(data)?;
            let store = open_store(data, &settings(config, Some(data))?)?;
            template::run(&args, Some(&*store), out).await
        }
        Command::Report(args) => {
            let settings = settings(config, Some(&args.data))?;
            let app = App::beside(&args.data, Clock::sane_wall()?, settings).await?;
            report::run(&args, &app, out).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Alerts(args) => alerts::run(args, config, out).await,
        Command::Mcp(args) => mcp::run(args, config).await,
        Command::Deliveries(args) => deliveries::run(args, config, out).await,
        Command::StoreKey(args) => store_key::run(&args, out),
        Command::Token(args) => token::run(args, config, out).await,
        Command::User(args) => user::run(args, config, out).await,
        Command::Verify(args) => verify::run(args, config, out).await,
        Command::Checkpoint(args) => checkpoint::run(args, config, out).await,
        Command::Backup(args) => backup::run(args, config, out).await,
        Command::Restore(args) => backup::restore(args, config, out).await,
        Command::Purge(args) => purge::run(args, config, out).await,
        Command::Wipe(args) => purge::wipe(&args, config, out),
        Command::Check(args) => check::run(&args, config, out),
        Command::Vectors { files } => {
            let passed = vectors::run(&files, out)?;
            Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

/// The settings for a data folder; a log is started with them.
fn settings(config: Option<PathBuf>, data: Option<&PathBuf>) -> anyhow::Result<Settings> {
    settings_over("", config, data)
}

/// The same, with other settings in the place of some built-in ones.
fn settings_over(
    usual: &str,
    config: Option<PathBuf>,
    data: Option<&PathBuf>,
) -> anyhow::Result<Settings> {
    let beside = data.map(|data| data.join("config.toml")).filter(|path| path.exists());
    let settings = Settings::load_over(usual, config.or(beside).as_deref())?;
    crate::telemetry::start(&settings.log)?;
    Ok(settings)
}

/// Refuses a folder without data, rather than making some.
fn must_hold_data(data: &std::path::Path) -> anyhow::Result<()> {
    if !data.join(STORE_FILE).is_file() {
        anyhow::bail!("there is no {STORE_FILE} in {}", data.display());
    }
    Ok(())
}

/// The clock that `--now` asks for; a date means its end. Without it, that of the machine, if it can be right.
fn clock(now: Option<&str>) -> anyhow::Result<Clock> {
    Ok(match now {
        None => Clock::sane_wall()?,
        Some(now) => Clock::Fixed(moment(now)?),
    })
}

/// The end of a day, or an instant.
fn moment(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(text.parse::<Moment>()?.end())
}

/// Lines of at most so many letters, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
            continue;
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word);
    }
    lines
}
