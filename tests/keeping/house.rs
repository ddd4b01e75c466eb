//! The program in a process of its own, and data folders to try it on.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use passage::app::STORE_FILE;
use reqwest::blocking::Client;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::client;
use crate::serving::{ready, serve};

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// What it said, if it went well.
    pub fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Everything it said, if it was refused.
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        format!("{}{}", self.out, self.err)
    }
}

/// Runs the program, with what is typed.
pub fn passage_typing(arguments: &[&str], typed: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_passage"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    Said::of(&child.wait_with_output().unwrap())
}

/// Runs the program.
pub fn passage(arguments: &[&str]) -> Said {
    passage_typing(arguments, "")
}

/// A server that runs until it is dropped.
pub struct Server {
    pub child: Child,
    pub address: String,
    pub token: String,
    client: Client,
}

impl Server {
    /// Starts on a folder without tokens, so that the first start tells one.
    pub fn start(data: &Path) -> Self {
        let (mut server, token) = Self::spawn(data);
        server.token = token.expect("a first start makes a token");
        server
    }

    /// Starts on a folder whose token is known.
    pub fn start_with(data: &Path, token: &str) -> Self {
        let mut server = Self::spawn(data).0;
        token.clone_into(&mut server.token);
        server
    }

    fn spawn(data: &Path) -> (Self, Option<String>) {
        let mut command = serve();
        command.arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (address, token) = ready(child.stdout.take().unwrap()).expect("it starts");
        (Self { child, address, token: String::new(), client: client().build().unwrap() }, token)
    }

    /// Reads a path; `None` where nobody answers.
    pub fn get(&self, path: &str) -> Option<(u16, String)> {
        let asked = self.client.get(format!("{}{path}", self.address)).bearer_auth(&self.token);
        let answer = asked.send().ok()?;
        Some((answer.status().as_u16(), answer.text().ok()?))
    }

    /// Posts a record; `None` where nobody answers.
    pub fn post(&self, path: &str, body: &Value) -> Option<u16> {
        let asked = self.client.post(format!("{}{path}", self.address)).bearer_auth(&self.token);
        Some(asked.json(body).send().ok()?.status().as_u16())
    }

    /// Posts an area that must be taken.
    pub fn area(&self, code: &str) {
        let taken = self.post("/api/v1/areas", &json!({ "code": code, "names": code }));
        assert_eq!(taken, Some(201), "{code}");
    }

    /// Stops it the hard way.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A data folder with some areas in it, and nothing running on it.
pub struct House {
    pub home: TempDir,
    pub data: PathBuf,
    pub token: String,
}

impl House {
    pub fn with_areas(count: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        fs::create_dir(&data).unwrap();
        // Reports are made when a test asks for one.
        fs::write(data.join("config.toml"), "schedule = []\n").unwrap();
        let server = Server::start(&data);
        for n in 0..count {
            server.area(&format!("a-{n}"));
        }
        let token = server.token.clone();
        server.kill();
        Self { home, data, token }
    }

    /// The data folder, as an argument.
    pub fn data(&self) -> &str {
        self.data.to_str().unwrap()
    }

    /// A path beside the data folder.
    pub fn beside(&self, name: &str) -> String {
        self.home.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn file(&self) -> PathBuf {
        self.data.join(STORE_FILE)
    }

    pub fn start(&self) -> Server {
        Server::start_with(&self.data, &self.token)
    }

    /// Does to the file what its owner can do.
    pub fn tamper(&self, sql: &str) {
        let file = Connection::open(self.file()).unwrap();
        file.pragma_update(None, "foreign_keys", false).unwrap();
        let open = "DROP TRIGGER IF EXISTS ledger_is_never_changed; DROP TRIGGER IF EXISTS ledger_is_never_shortened;";
        file.execute_batch(open).unwrap();
        file.execute_batch(sql).unwrap();
    }
}

/// Every row of every table, in words.
pub fn rows(file: &Path) -> Vec<String> {
    let file = Connection::open(file).unwrap();
    let mut tables = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'upkeep' ORDER BY name")
        .unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut found = Vec::new();
    for table in tables {
        let mut statement = file.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut all = statement.query([]).unwrap();
        let mut own = Vec::new();
        while let Some(row) = all.next().unwrap() {
            let values: Vec<String> =
                (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            own.push(format!("{table}: {}", values.join(" | ")));
        }
        own.sort();
        found.extend(own);
    }
    found
}

/// How often some bytes stand in the files of a folder and its folders.
pub fn occurrences(folder: &Path, bytes: &[u8]) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += occurrences(&path, bytes);
        } else {
            let content = fs::read(&path).unwrap_or_default();
            count += content.windows(bytes.len()).filter(|window| *window == bytes).count();
        }
    }
    count
}
