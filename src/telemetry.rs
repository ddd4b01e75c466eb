//! Sets up the log: to standard error, as text or as JSON lines; and sees to it that no core is left behind.

use rustix::process::{Resource, Rlimit, setrlimit};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::Log;

/// Starts the log. A filter that cannot be read is refused.
///
/// Of the libraries nothing finer than `info` is let through, whatever the filter says: what they say of a request is
/// not ours to vouch for.
///
/// # Errors
///
/// When the filter is wrong or a log runs already.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let ours = Targets::new()
        .with_target(env!("CARGO_PKG_NAME"), LevelFilter::TRACE)
        .with_default(LevelFilter::INFO);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> =
        if log.json { Box::new(lines.json()) } else { Box::new(lines) };
    tracing_subscriber::registry().with(lines.with_filter(ours)).with(filter).try_init()?;
    Ok(())
}

/// When the program dies, the system keeps no copy of its memory: positions and keys are in it.
///
/// # Errors
///
/// When the system refuses.
pub fn leave_no_core() -> std::io::Result<()> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    Ok(setrlimit(Resource::Core, none)?)
}
