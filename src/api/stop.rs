//! Told to stop: from the moment the server is announced, a signal lets running requests finish.
//!
//! The framework listens for signals only once its workers run, which is later than the first request can come.

use std::sync::atomic::Ordering;

use actix_web::dev::ServerHandle;

use super::State;

/// Was the server told to stop? What would go on for ever ends then.
pub(super) fn is_told(state: &State) -> bool {
    state.stopping.load(Ordering::Relaxed)
}

/// What is listened for.
#[cfg(unix)]
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// From here on a signal no longer ends the process by itself.
    pub(super) fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn one(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// What is listened for: elsewhere there is only Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Nothing has to be made ready for it.
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn one(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// The first signal lets running requests finish; a second one does not wait for them.
pub(super) async fn when_told(
    mut signals: Signals,
    server: ServerHandle,
    state: actix_web::web::Data<State>,
) {
    signals.one().await;
    state.stopping.store(true, Ordering::Relaxed);
    tracing::info!("Told to stop: running requests finish first");
    let graceful = actix_web::rt::spawn(server.stop(true));
    signals.one().await;
    tracing::warn!("Told to stop again: running requests are cut off");
    server.stop(false).await;
    graceful.abort();
}
