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
    std::panic::set_hook(Box::new(panicked));
    let filter = EnvFilter::try_new(&log.filter)?;
    let ours = Targets::new()
        .with_target(env!("CARGO_PKG_NAME"), LevelFilter::TRACE)
        // It names the host of a webhook whose certificate does not hold; what became of the call says so without.
        .with_target("rustls_platform_verifier", LevelFilter::OFF)
        .with_default(LevelFilter::INFO);
    // Where the log cannot be written (it may lie on the disk that is full), a complaint about that would panic.
    let lines = fmt::layer().with_writer(std::io::stderr).log_internal_errors(false);
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

/// Says where a panic was. What it says may name people, places or a body, and is not told.
fn panicked(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
    tracing::error!(place, thread, "A panic, which is a fault of Passage");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_says_where_a_panic_was_and_not_what_it_said() {
        const IS_TO_PANIC: &str = "PASSAGE_TEST_IS_TO_PANIC";
        let test = "telemetry::tests::the_log_says_where_a_panic_was_and_not_what_it_said";
        #[expect(clippy::disallowed_methods, reason = "the program itself never reads it")]
        if std::env::var(IS_TO_PANIC).is_ok() {
            start(&Log { filter: "info".to_owned(), json: false }).unwrap();
            panic!("the secret of convoy 7");
        }
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", test, "--nocapture"]).env(IS_TO_PANIC, "1");
        let ended = again.output().unwrap();
        assert!(!ended.status.success(), "it panicked");
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(said.contains(file!()), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}
