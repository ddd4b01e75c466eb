//! A small receiver of webhooks on this machine, in a thread, that does as it is told.
//!
//! Other test targets include this file by `#[path = "../delivery/receiver.rs"]`.
#![cfg(test)]
#![allow(dead_code, reason = "each target of tests that takes it in uses its part")]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What it does with a call.
#[derive(Clone, Debug)]
pub enum Mood {
    /// Answers with this status.
    Answers(u16),
    /// Sends whoever calls elsewhere.
    Redirects(u16, String),
    /// Never answers.
    Hangs,
    /// Closes the line when it has read the call.
    Closes,
    /// Answers 200, with a body that has no end.
    Endless,
}

/// A call that came in.
#[derive(Clone, Debug)]
pub struct Call {
    pub head: String,
    pub body: Vec<u8>,
    /// Was it answered as taken?
    pub is_taken: bool,
}

impl Call {
    /// What a header says.
    pub fn header(&self, name: &str) -> &str {
        let found = self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then_some(value)
        });
        found.unwrap_or_else(|| panic!("{name} in {}", self.head))
    }
}

pub struct Receiver {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Receiver {
    /// In the clear, or with this certificate.
    pub fn start(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let receiver = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Answers(200))),
            calls: Arc::default(),
        };
        let (mood, calls) = (Arc::clone(&receiver.mood), Arc::clone(&receiver.calls));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mood, calls, tls) =
                    (mood.lock().unwrap().clone(), Arc::clone(&calls), tls.clone());
                thread::spawn(move || match tls {
                    None => serve(stream, &mood, &calls),
                    Some(config) => {
                        let server = ServerConnection::new(config).unwrap();
                        serve(StreamOwned::new(server, stream), &mood, &calls)
                    }
                });
            }
        });
        receiver
    }

    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

fn serve(mut line: impl Read + Write, mood: &Mood, calls: &Mutex<Vec<Call>>) -> io::Result<()> {
    let is_taken = matches!(mood, Mood::Answers(200..300));
    let call = Call { is_taken, ..read_call(&mut line)? };
    calls.lock().unwrap().push(call);
    match mood {
        Mood::Answers(status) => write!(
            line,
            "HTTP/1.1 {status} Kanari7q\r\nContent-Length: 8\r\nConnection: close\r\n\r\nKanari7q"
        )?,
        Mood::Redirects(status, to) => write!(
            line,
            "HTTP/1.1 {status} Elsewhere\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?,
        Mood::Hangs => {
            io::copy(&mut line, &mut io::sink())?;
        }
        Mood::Closes => {}
        Mood::Endless => {
            write!(line, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            // Until the other side has had enough.
            while write!(line, "8\r\nKanari7q\r\n").is_ok() {}
        }
    }
    line.flush()
}

fn read_call(line: &mut impl Read) -> io::Result<Call> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        line.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let call = Call { head, body: Vec::new(), is_taken: false };
    let mut body = vec![0; call.header("Content-Length").parse().unwrap()];
    line.read_exact(&mut body)?;
    Ok(Call { body, ..call })
}

/// Counts who connects to it, whatever they want.
pub struct Canary {
    pub port: u16,
    listener: TcpListener,
}

impl Canary {
    /// On every address of this machine.
    pub fn start() -> Self {
        let listener =
            TcpListener::bind("[::]:0").or_else(|_no_ipv6| TcpListener::bind("0.0.0.0:0"));
        let listener = listener.unwrap();
        Self { port: listener.local_addr().unwrap().port(), listener }
    }

    /// How many connected up to now. They wait in line, so whoever came before our own connection is before it.
    pub fn count(&self) -> usize {
        let ours = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let ours = ours.local_addr().unwrap().port();
        let mut others = 0;
        while self.listener.accept().unwrap().1.port() != ours {
            others += 1;
        }
        others
    }
}
