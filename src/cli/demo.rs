//! `passage demo`: starts with real history in it, at the end of 26 July 2016.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// The data folder; left out, a throw-away one.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(super) async fn run(
    _args: DemoArgs,
    _config: Option<PathBuf>,
    _out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
