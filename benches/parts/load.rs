//! Clients that ask over the loopback as fast as they are answered, and what they saw.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A request, ready to be sent.
pub struct Request {
    address: SocketAddr,
    head: String,
    body: String,
}

impl Request {
    pub fn get(address: SocketAddr, token: &str, path: &str) -> Self {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n");
        Self { address, head, body: String::new() }
    }

    pub fn post(address: SocketAddr, token: &str, path: &str, body: &str) -> Self {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        Self { address, head, body: body.to_owned() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        for text in [name, ": ", value, "\r\n"] {
            self.head.push_str(text);
        }
        self
    }
}

/// What the clients saw: how long each answer took, sorted.
pub struct Measured {
    took: Vec<Duration>,
    elapsed: Duration,
}

impl Measured {
    pub fn per_second(&self) -> f64 {
        self.took.len() as f64 / self.elapsed.as_secs_f64()
    }

    fn quantile(&self, share: f64) -> Duration {
        let at = ((self.took.len() as f64 * share) as usize).min(self.took.len().saturating_sub(1));
        self.took.get(at).copied().unwrap_or_default()
    }

    pub fn p99(&self) -> Duration {
        self.quantile(0.99)
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |took: Duration| took.as_secs_f64() * 1_000.0;
        write!(
            f,
            "{:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
            self.per_second(),
            ms(self.quantile(0.5)),
            ms(self.p99())
        )
    }
}

/// So many clients ask for so long; `request` makes the nth.
pub fn measure(
    clients: usize,
    seconds: Duration,
    request: impl Fn(usize) -> Request + Sync,
) -> Measured {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    let mut took: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let mut took = Vec::new();
                    let mut line: Option<BufReader<TcpStream>> = None;
                    while begun.elapsed() < seconds {
                        let request = request(next.fetch_add(1, Ordering::Relaxed));
                        let asked = Instant::now();
                        let answer = ask(&mut line, &request);
                        assert!(
                            (200..400).contains(&answer.0),
                            "{} answered {}",
                            request.head,
                            answer.0
                        );
                        took.push(asked.elapsed());
                    }
                    took
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a client ends")).collect()
    });
    let elapsed = begun.elapsed();
    took.sort_unstable();
    Measured { took, elapsed }
}

/// The tag of an answer.
pub fn etag_of(request: &Request) -> String {
    ask(&mut None, request).1
}

/// Sends a request on the line, which is opened first where it is not; gives status and tag.
fn ask(line: &mut Option<BufReader<TcpStream>>, request: &Request) -> (u16, String) {
    let stream = line.get_or_insert_with(|| {
        let stream = TcpStream::connect(request.address).expect("the server listens");
        stream.set_nodelay(true).expect("a plain socket");
        BufReader::new(stream)
    });
    let text = format!("{}\r\n{}", request.head, request.body);
    stream.get_mut().write_all(text.as_bytes()).expect("the request is sent");
    let (mut status, mut length, mut etag) = (0, 0, String::new());
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).expect("the answer comes");
        let header = header.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some(rest) = header.strip_prefix("HTTP/1.1 ") {
            status = rest[..3].parse().expect("a status");
        }
        match header.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().expect("a length");
            }
            Some((name, value)) if name.eq_ignore_ascii_case("etag") => value.clone_into(&mut etag),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the body comes");
    (status, etag)
}

/// Starts a server with one worker that does nothing.
pub fn hello_server() -> (SocketAddr, actix_web::dev::Server) {
    let hello = || async {
        actix_web::HttpResponse::Ok().content_type("application/json").body("{\"hello\":\"you\"}")
    };
    let bound = actix_web::HttpServer::new(move || {
        actix_web::App::new().route("/hello", actix_web::web::get().to(hello))
    })
    .workers(1)
    .disable_signals()
    .bind("127.0.0.1:0")
    .expect("a port");
    (bound.addrs()[0], bound.run())
}

/// Memory of a process (`self`, or its number), its share of shared pages counted in part, MiB.
pub fn pss_mib(process: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib: f64 =
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN);
    kib / 1_024.0
}
