//! Sets up the log: to standard error, as text or as JSON lines.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Log;

/// Starts the log. A filter that cannot be read is refused.
///
/// # Errors
///
/// When the filter is wrong or a log runs already.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let base = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if log.json {
        base.json().finish().try_init()?;
    } else {
        base.finish().try_init()?;
    }
    Ok(())
}
