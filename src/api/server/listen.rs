//! Where the server listens, and who is let in.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use rustix::process::{Resource, getrlimit, setrlimit};
use socket2::{Domain, SockRef, Socket as Raw, Type};

use super::CLIENT_WAIT;
use super::line::{Line, Patience, Socket};
use super::seats::Seats;
use super::tls::Tls;
use crate::config;

/// How many connections wait to be accepted.
const BACKLOG: i32 = 1_024;

/// How much of an answer lies in the operating system unsent. Little, so that a reader's progress is seen.
const UNSENT_BYTES: u32 = 32 * 1_024;

/// Files that are open besides connections: the store, its readers, logs, reports.
const OTHER_FILES: u64 = 256;

/// All addresses of a name and port.
pub(super) fn bound(listen: &str, anywhere: bool) -> io::Result<Vec<TcpListener>> {
    let addresses: Vec<SocketAddr> = listen.to_socket_addrs()?.collect();
    if let Some(open) = addresses.iter().find(|address| !address.ip().is_loopback() && !anywhere) {
        return Err(io::Error::other(format!(
            "{open} can be reached by other machines and would be read by anyone on the way: set server.tls_certificate \
             and server.tls_key, or listen on 127.0.0.1, or, behind a proxy that does TLS, set server.allow_plain_http"
        )));
    }
    addresses.into_iter().map(listener).collect()
}

fn listener(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Raw::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Lets the process have as many files as its connections need, where the system allows it.
pub(super) fn allow_files(connections: usize) {
    let needed = connections as u64 + OTHER_FILES;
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= needed) {
        return;
    }
    limit.current = Some(limit.maximum.map_or(needed, |maximum| maximum.min(needed)));
    if setrlimit(Resource::Nofile, limit).is_err() || limit.current < Some(needed) {
        tracing::warn!(
            "Only {} files may be open, max_connections would need {needed}",
            limit.current.unwrap_or(0)
        );
    }
}

/// Who is let in, and how.
#[derive(Clone)]
pub(super) struct Door {
    seats: Arc<Seats>,
    tls: Option<Arc<Tls>>,
    slow_answer: Duration,
    bytes_per_second: u64,
}

impl Door {
    pub(super) fn new(settings: &config::Server, tls: Option<Arc<Tls>>) -> Self {
        Self {
            seats: Arc::new(Seats::of_settings(settings)),
            tls,
            slow_answer: Duration::from_secs(settings.slow_answer_seconds),
            bytes_per_second: settings.slowest_bytes_per_second,
        }
    }

    pub(super) const fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// The line to a client, or nothing where there is no seat left or its handshake fails.
    pub(super) async fn admitted(&self, stream: TcpStream, peer: SocketAddr) -> Option<Line> {
        let Some(seat) = self.seats.take(peer.ip()) else {
            tracing::debug!("Too many connections; one was refused");
            return None;
        };
        self.set_up(&stream).ok()?;
        let patience = Patience::new(self.slow_answer, self.bytes_per_second);
        let socket = Socket::new(stream, patience, seat);
        let Some(tls) = &self.tls else { return Some(Line::Plain(socket)) };
        match tokio::time::timeout(CLIENT_WAIT, tls.accept(socket)).await {
            Ok(Ok(secure)) => Some(Line::Secure(Box::new(secure))),
            Ok(Err(fault)) => {
                tracing::debug!(error = %fault, "A TLS handshake failed");
                None
            }
            Err(_late) => None,
        }
    }

    fn set_up(&self, stream: &TcpStream) -> io::Result<()> {
        let socket = SockRef::from(stream);
        socket.set_tcp_nodelay(true)?;
        #[cfg(target_os = "linux")]
        {
            socket.set_tcp_notsent_lowat(UNSENT_BYTES)?;
            // Also for what lies in the operating system alone, after the line was closed here.
            socket.set_tcp_user_timeout(Some(self.slow_answer))?;
        }
        Ok(())
    }
}
