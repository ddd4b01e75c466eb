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

    /// The copy of this test program that is to panic.
    #[test]
    #[ignore = "panics; run by the test below"]
    fn a_panic_that_tells_too_much() {
        if std::env::args().any(|argument| argument == "--exact") {
            start(&Log { filter: "info".to_owned(), json: false }).unwrap();
            panic!("the secret of convoy 7");
        }
    }

    #[test]
    fn the_log_says_where_a_panic_was_and_not_what_it_said() {
        let test = "telemetry::tests::a_panic_that_tells_too_much";
        let program = std::env::current_exe().unwrap();
        let arguments = ["--exact", test, "--ignored", "--nocapture"];
        let ended = std::process::Command::new(program).args(arguments).output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(said.contains(file!()), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}
