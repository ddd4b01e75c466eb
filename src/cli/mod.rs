//! The commands.

mod demo;
mod export;
mod import;
mod report;
mod serve;
mod standing;
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

use crate::app::{App, open_store};
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
    /// Brings records in from HXL-tagged CSV files.
    Import(DataArgs<import::Args>),
    /// Writes records out in the same form.
    Export(DataArgs<export::Args>),
    /// Makes the situation report of a day, into reports/ of the data folder.
    Report(report::ReportArgs),
    /// Makes, lists, changes and revokes tokens, with which programs read and write.
    Token(token::TokenArgs),
    /// Adds, lists, changes and disables people, who log in with a password.
    User(user::UserArgs),
    /// Walks the ledger and names the first broken entry.
    Verify(verify::VerifyArgs),
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
            import::run(args.own, &*open_store(&args.data, &settings)?, Clock::Wall, out).await
        }
        Command::Export(args) => {
            let settings = settings(config, Some(&args.data))?;
            export::run(args.own, &*open_store(&args.data, &settings)?, Clock::Wall, out).await
        }
        Command::Report(args) => {
            let settings = settings(config, Some(&args.data))?;
            let data = args.data.clone();
            let app = App::build(&data, Clock::Wall, settings).await?;
            report::run(args, &app, &data, out).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Token(args) => token::run(args, config, out).await,
        Command::User(args) => user::run(args, config, out).await,
        Command::Verify(args) => verify::run(args, config, out).await,
        Command::Vectors { files } => {
            let passed = vectors::run(&files, out)?;
            Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

/// The settings for a data folder; a log is started with them.
fn settings(config: Option<PathBuf>, data: Option<&PathBuf>) -> anyhow::Result<Settings> {
    let beside = data.map(|data| data.join("config.toml")).filter(|path| path.exists());
    let settings = Settings::load(config.or(beside).as_deref())?;
    crate::telemetry::start(&settings.log)?;
    Ok(settings)
}

/// The clock that `--now` asks for; a date means its end.
fn clock(now: Option<&str>) -> anyhow::Result<Clock> {
    Ok(match now {
        None => Clock::Wall,
        Some(now) => Clock::Fixed(moment(now)?),
    })
}

/// The end of a day, or an instant.
fn moment(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(text.parse::<Moment>()?.end())
}
