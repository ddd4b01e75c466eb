//! `passage mcp`: figures for language models, over standard input and output.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::domain::Sensitivity;

/// What `mcp` takes.
#[derive(Debug, clap::Args)]
pub(super) struct McpArgs {
    /// The data folder; the server may run on it meanwhile.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What the model may know, and with it whoever runs it.
    #[arg(long, value_name = "LEVEL", default_value = "public")]
    clearance: Sensitivity,
}

#[cfg(feature = "mcp")]
pub(super) async fn run(args: McpArgs, config: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    use std::sync::Arc;

    super::must_hold_data(&args.data)?;
    let settings = super::settings(config, Some(&args.data))?;
    let app =
        crate::app::App::beside(&args.data, crate::clock::Clock::sane_wall()?, settings).await?;
    crate::mcp::serve(&Arc::new(app), args.clearance).await?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "mcp"))]
#[expect(clippy::unused_async, reason = "with the feature it waits")]
pub(super) async fn run(args: McpArgs, _config: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let McpArgs { data, clearance } = args;
    anyhow::bail!(
        "this program was built without figures for language models; build it with cargo build --release --features \
         mcp, then passage mcp --data {} --clearance {clearance}",
        data.display()
    );
}
