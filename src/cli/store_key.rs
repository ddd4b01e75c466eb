//! `passage store-key`: makes the key of an encrypted store.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `store-key` takes.
#[derive(Debug, clap::Args)]
pub(super) struct StoreKeyArgs {
    /// The file to make; one that is there stays as it is.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(args: &StoreKeyArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    crate::store_key::make(&args.file)?;
    writeln!(out, "{}", args.file.display())?;
    writeln!(out, "Keep a copy of it elsewhere: without it the store is lost.")?;
    Ok(ExitCode::SUCCESS)
}
