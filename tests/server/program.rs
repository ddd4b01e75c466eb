//! The program itself, in a process of its own, and a client that sees every byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long an answer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Program {
    pub child: Child,
    pub address: SocketAddr,
    pub token: String,
    pub home: TempDir,
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Program {
    /// With these settings of `[server]`.
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let command = command(home.path(), settings);
        Self::of(command, home).expect("it starts")
    }

    /// By a command that was made beforehand.
    pub fn of(mut command: Command, home: TempDir) -> Option<Self> {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            let _ = child.wait();
            return None;
        };
        let listening = ready["listening"].as_str().unwrap();
        let address = listening.split_once("://").unwrap().1.parse().unwrap();
        let token = ready["tokens"]["admin"].as_str().unwrap().to_owned();
        Some(Self { child, address, token, home })
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A request on a connection of its own.
    pub fn ask(&self, request: &str) -> Reply {
        ask(&mut self.connect(), request).unwrap()
    }

    pub fn get(&self, path: &str) -> String {
        format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n", self.token)
    }

    pub fn post_area(&self, code: &str) -> String {
        let body = format!("{{\"code\":\"{code}\",\"names\":\"A\"}}");
        format!(
            "POST /api/v1/areas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        )
    }

    /// How many files the process has open, without those of its data: readers open the store when they first read.
    pub fn files(&self) -> usize {
        let files = std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap();
        let names = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
        names.filter(|name| !name.starts_with(self.home.path())).count()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(log_file(self.home.path())).unwrap()
    }

    /// Waits until the process has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "it goes on");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `passage serve` on a folder, with these settings of `[server]`.
pub fn command(home: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passage"));
    set_up(&mut command, home, settings);
    command
}

/// The same by way of `sh`, which has a word to say before.
pub fn command_after(before: &str, home: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_passage")]);
    set_up(&mut command, home, &[]);
    command
}

fn set_up(command: &mut Command, home: &Path, settings: &[(&str, &str)]) {
    command
        .args(["serve", "--json", "--data"])
        .arg(home)
        .env("PASSAGE_SERVER__LISTEN", "127.0.0.1:0");
    for (name, value) in settings {
        command.env(format!("PASSAGE_SERVER__{}", name.to_uppercase()), value);
    }
    let log = std::fs::File::create(log_file(home)).unwrap();
    command.stdout(Stdio::piped()).stderr(log);
}

fn log_file(home: &Path) -> PathBuf {
    home.join("log.txt")
}

/// Sends a request and reads one answer, as long as it announces.
pub fn ask(line: &mut (impl Read + Write), request: &str) -> std::io::Result<Reply> {
    line.write_all(request.as_bytes())?;
    line.flush()?;
    let mut answer = Vec::new();
    let mut piece = [0; 16_384];
    loop {
        if let Some(reply) = whole(&answer) {
            return Ok(reply);
        }
        match line.read(&mut piece)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => answer.extend_from_slice(&piece[..read]),
        }
    }
}

fn whole(answer: &[u8]) -> Option<Reply> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.get(9..12)?.parse().unwrap();
    let head = head.to_ascii_lowercase();
    let length: usize = header(&head, "content-length").parse().expect("an answer has a length");
    (body.len() >= length).then(|| Reply { status, head: head.clone(), body: body.to_owned() })
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let line = head.lines().filter_map(|line| line.split_once(": ")).find(|(is, _)| *is == name);
    line.map_or("", |(_, value)| value)
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        header(&self.head, name)
    }

    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(body["code"], code, "{self:?}");
    }
}

/// A connection from another address of the loopback.
pub fn connect_from(address: SocketAddr, from: &str) -> TcpStream {
    let kind = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let from: IpAddr = from.parse().unwrap();
    kind.bind(&SocketAddr::new(from, 0).into()).unwrap();
    kind.connect(&address.into()).unwrap();
    let stream: TcpStream = kind.into();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}
