//! A small mail server on this machine, in a thread, that does as it is told.
//!
//! Other test targets include this file by `#[path = "../delivery/smtp.rs"]`.
#![cfg(test)]
#![allow(dead_code, reason = "each target of tests that takes it in uses its part")]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What it does when it hears a command; "." stands for the end of a letter.
#[derive(Clone, Copy, Debug)]
pub enum Mood {
    /// Takes everything.
    Well,
    /// Answers this command with a number and a text that repeats what it heard.
    Refuses(&'static str, u16),
    /// Never answers this command.
    Hangs(&'static str),
    /// Closes the line at this command.
    Closes(&'static str),
    /// Takes its time to answer this command.
    Waits(&'static str, std::time::Duration),
}

/// How it offers TLS.
#[derive(Clone)]
pub enum Offer {
    Nothing,
    Starttls(Arc<ServerConfig>),
    Tls(Arc<ServerConfig>),
}

/// What came in.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub login: Option<String>,
    pub is_encrypted: bool,
    pub letter: Vec<u8>,
}

pub struct Server {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(offer: Offer) -> Self {
        Self::at(0, offer)
    }

    /// At this port, or at any.
    pub fn at(port: u16, offer: Offer) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Well)),
            taken: Arc::default(),
            heard: Arc::default(),
        };
        let (mood, taken, heard) =
            (Arc::clone(&server.mood), Arc::clone(&server.taken), Arc::clone(&server.heard));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut talk = Talk {
                    line: Line::Plain(stream),
                    mood: *mood.lock().unwrap(),
                    offer: offer.clone(),
                    now: Taken::default(),
                    taken: Arc::clone(&taken),
                    heard: Arc::clone(&heard),
                };
                thread::spawn(move || talk.run());
            }
        });
        server
    }

    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// The commands it heard.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

enum Line {
    Plain(TcpStream),
    Secure(Box<StreamOwned<ServerConnection, TcpStream>>),
    Gone,
}

impl Line {
    fn secured(self, config: &Arc<ServerConfig>) -> Self {
        let Self::Plain(stream) = self else { panic!("it is in the clear before") };
        let server = ServerConnection::new(Arc::clone(config)).unwrap();
        Self::Secure(Box::new(StreamOwned::new(server, stream)))
    }
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(into),
            Self::Secure(stream) => stream.read(into),
            Self::Gone => Ok(0),
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Secure(stream) => stream.write(bytes),
            Self::Gone => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Secure(stream) => stream.flush(),
            Self::Gone => Ok(()),
        }
    }
}

/// What comes of a command.
enum Turn {
    Usual,
    Says(String),
    Ends,
}

struct Talk {
    line: Line,
    mood: Mood,
    offer: Offer,
    now: Taken,
    taken: Arc<Mutex<Vec<Taken>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Talk {
    /// Until the other side, or the mood, ends it.
    fn run(&mut self) -> Option<()> {
        if let Offer::Tls(config) = self.offer.clone() {
            self.secure(&config);
        }
        self.say("220 mail.test ready")?;
        loop {
            let said = self.read_to(b"\r\n")?;
            let said = String::from_utf8(said).unwrap();
            let said = said.trim_end();
            let word = said.split([' ', ':']).next().unwrap().to_uppercase();
            self.heard.lock().unwrap().push(said.to_owned());
            self.answer(&word, said)?;
        }
    }

    fn answer(&mut self, word: &str, said: &str) -> Option<()> {
        match self.turn(word, said) {
            Turn::Usual => {}
            Turn::Says(refused) => return self.say(&refused),
            Turn::Ends => return None,
        }
        match word {
            "EHLO" => {
                let more = match (&self.offer, &self.line) {
                    (Offer::Starttls(_), Line::Plain(_)) => "250-STARTTLS\r\n",
                    _ => "",
                };
                self.say(&format!("250-mail.test\r\n{more}250-AUTH PLAIN\r\n250 8BITMIME"))
            }
            "STARTTLS" => {
                let Offer::Starttls(config) = self.offer.clone() else { return self.say("502 no") };
                self.say("220 go on")?;
                self.secure(&config);
                Some(())
            }
            "AUTH" => {
                self.now.login = said.rsplit(' ').next().map(str::to_owned);
                self.say("235 welcome")
            }
            "MAIL" => {
                self.now.from = said.to_owned();
                self.say("250 ok")
            }
            "RCPT" => {
                self.now.to.push(said.to_owned());
                self.say("250 ok")
            }
            "DATA" => {
                self.say("354 go on")?;
                self.take_letter()
            }
            "QUIT" => {
                self.say("221 bye")?;
                None
            }
            _ => self.say("502 what"),
        }
    }

    fn take_letter(&mut self) -> Option<()> {
        let mut letter = self.read_to(b"\r\n.\r\n")?;
        letter.truncate(letter.len() - b".\r\n".len());
        let text = String::from_utf8(letter).unwrap().replace("\r\n..", "\r\n.");
        self.now.letter = text.into_bytes();
        self.now.is_encrypted = matches!(self.line, Line::Secure(_));
        // A server that takes a letter and then falls silent has it all the same.
        if !matches!(self.mood, Mood::Refuses(".", _)) {
            self.taken.lock().unwrap().push(self.now.clone());
        }
        match self.turn(".", "the letter") {
            Turn::Usual => self.say("250 taken"),
            Turn::Says(refused) => self.say(&refused),
            Turn::Ends => None,
        }
    }

    /// What its mood makes of a command.
    fn turn(&mut self, word: &str, said: &str) -> Turn {
        match self.mood {
            Mood::Refuses(at, code) if at == word => {
                Turn::Says(format!("{code} Kanari7q will not have {said}"))
            }
            Mood::Hangs(at) if at == word => {
                // Until the other side gives up.
                let _ended = io::copy(&mut self.line, &mut io::sink());
                Turn::Ends
            }
            Mood::Closes(at) if at == word => Turn::Ends,
            Mood::Waits(at, long) if at == word => {
                thread::sleep(long);
                Turn::Usual
            }
            Mood::Well | Mood::Refuses(..) | Mood::Hangs(_) | Mood::Closes(_) | Mood::Waits(..) => {
                Turn::Usual
            }
        }
    }

    fn secure(&mut self, config: &Arc<ServerConfig>) {
        let plain = std::mem::replace(&mut self.line, Line::Gone);
        self.line = plain.secured(config);
    }

    fn say(&mut self, text: &str) -> Option<()> {
        self.line.write_all(format!("{text}\r\n").as_bytes()).ok()?;
        self.line.flush().ok()
    }

    fn read_to(&mut self, end: &[u8]) -> Option<Vec<u8>> {
        let (mut read, mut byte) = (Vec::new(), [0]);
        while !read.ends_with(end) {
            if self.line.read(&mut byte).ok()? == 0 {
                return None;
            }
            read.push(byte[0]);
        }
        Some(read)
    }
}
