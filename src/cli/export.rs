//! `passage export`: everything out, in the form that import reads.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::clock::Clock;
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::exchange::export::export;
use crate::store::RecordStore;

/// What `passage export` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder to write to; it is made if it is not there.
    #[arg(value_name = "OUT")]
    pub folder: PathBuf,
    /// Only these kinds.
    #[arg(long, value_parser = super::import::kind_named)]
    pub kind: Vec<Kind>,
    /// As readers of this clearance see it; what was withheld from them is not in the files.
    #[arg(long, value_name = "LEVEL", default_value = "strictly_confidential")]
    pub clearance: Sensitivity,
}

/// Exports, and says which files were written.
///
/// # Errors
///
/// When the store fails or the folder cannot be written.
pub async fn run(
    args: Args,
    store: &dyn RecordStore,
    clock: Clock,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let kinds = if args.kind.is_empty() { Kind::ALL.to_vec() } else { args.kind };
    for file in export(store, &args.folder, &kinds, clock, &Clearance::of(args.clearance)).await? {
        writeln!(out, "{}", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}
