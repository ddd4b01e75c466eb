//! `passage checkpoint`: where the ledger stands, signed, to be kept elsewhere.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::open_store;
use crate::clock::Clock;
use crate::keeping::checkpoint::Signer;

/// What `checkpoint` takes.
#[derive(Debug, clap::Args)]
pub(super) struct CheckpointArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub(super) async fn run(
    args: CheckpointArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    super::must_hold_data(&args.data)?;
    let settings = super::settings(config, Some(&args.data))?;
    let head = open_store(&args.data, &settings)?.head().await?;
    let signer = Signer::of(&args.data).context("the checkpoint key")?;
    write!(out, "{}", signer.checkpoint(&head, Clock::Wall.recorded_at()))?;
    Ok(ExitCode::SUCCESS)
}
