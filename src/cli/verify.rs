//! `passage verify`: walks the ledger.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use crate::app::{STORE_FILE, open_store};

/// What `verify` takes.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub(super) async fn run(
    args: VerifyArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if !args.data.join(STORE_FILE).is_file() {
        bail!("there is no {STORE_FILE} in {}", args.data.display());
    }
    let settings = super::settings(config, Some(&args.data))?;
    let verified = open_store(&args.data, &settings)?.verify().await?;
    match verified.broken {
        None => {
            writeln!(out, "{} entries, all in order; head {}", verified.entries, verified.head)?;
            Ok(ExitCode::SUCCESS)
        }
        Some((sequence, fault)) => {
            writeln!(out, "entry {sequence} is the first that is broken: {fault}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}
