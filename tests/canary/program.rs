//! The program itself in a process of its own, with all that it says kept.
#![cfg(test)]
#![allow(dead_code, reason = "each target of tests that takes it in uses its part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder};
use serde_json::Value;

use crate::client::client;

/// A server that runs until it is stopped.
pub struct Program {
    pub address: String,
    pub token: String,
    child: Child,
    client: Client,
    said: [Option<JoinHandle<String>>; 2],
}

/// A command, with the log at its finest.
pub fn command(data: &Path, json: bool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passage"));
    command
        .env("PASSAGE_LOG__FILTER", "trace")
        .env("PASSAGE_LOG__JSON", json.to_string())
        .env("PASSAGE_SERVER__BODY_LIMIT_BYTES", "100000")
        .env("RUST_BACKTRACE", "full")
        .env("TMPDIR", data);
    // Thousands of requests are sent as fast as they are answered.
    for of in ["TOKEN", "ADDRESS"] {
        command.env(format!("PASSAGE_SERVER__REQUESTS_PER_{of}"), "10000");
        command.env(format!("PASSAGE_SERVER__REQUESTS_PER_{of}_BURST"), "100000");
    }
    command
}

/// Runs a command to its end.
pub fn run(data: &Path, json: bool, arguments: &[&str]) -> Output {
    let mut command = command(data, json);
    command.arg(arguments[0]).args(["--data".as_ref(), data.as_os_str()]).args(&arguments[1..]);
    command.stdin(Stdio::null()).output().unwrap()
}

fn all_of(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

impl Program {
    /// Starts on a folder; its first line, which shows the first token to who started it, is not kept.
    pub fn serve(data: &Path, json: bool) -> Self {
        let mut child = command(data, json)
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors = all_of(child.stderr.take().unwrap());
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("it starts");
        let client = client().timeout(Duration::from_mins(2)).build().expect("a client is made");
        Self {
            address: ready["listening"].as_str().unwrap().to_owned(),
            token: ready["tokens"]["admin"].as_str().unwrap_or_default().to_owned(),
            child,
            client,
            said: [Some(all_of(out)), Some(errors)],
        }
    }

    /// A request with the first token.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.anybody(method, path).bearer_auth(&self.token)
    }

    /// A request without a token.
    pub fn anybody(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    /// Sends bytes as they are.
    pub fn raw(&self, bytes: &[u8]) {
        const PATIENCE: Duration = Duration::from_secs(20);
        let mut stream = TcpStream::connect(self.address.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(bytes);
        let _ = stream.read(&mut [0; 4096]);
    }

    /// What the system allows the process.
    pub fn limits(&self) -> String {
        std::fs::read_to_string(format!("/proc/{}/limits", self.child.id())).unwrap()
    }

    /// Stops it at once, as a power cut would.
    pub fn kill(mut self) -> String {
        self.child.kill().unwrap();
        self.ended()
    }

    /// Asks it to stop, and gives all that it said.
    pub fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.ended()
    }

    fn ended(&mut self) -> String {
        self.child.wait().unwrap();
        let said = self.said.iter_mut().filter_map(Option::take);
        said.map(|thread| thread.join().unwrap()).collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
