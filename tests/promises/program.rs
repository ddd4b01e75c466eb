//! The program itself, in a process of its own, that can be killed at any time.
#![cfg(test)]

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{LazyLock, mpsc};
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder, Response};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::client::client;
use crate::serving::{ready, serve};

/// The name of the file of data.
pub const FILE: &str = "passage.sqlite";

/// How long a start may take before a test gives up; far above what is promised.
const PATIENCE: Duration = Duration::from_mins(2);

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let wait = Duration::from_mins(1);
    client().timeout(wait).pool_max_idle_per_host(64).no_proxy().build().unwrap()
});

/// Variables of a process.
pub type Variables = Vec<(String, String)>;

/// A running program.
pub struct Program {
    child: Child,
    pub address: String,
    pub token: String,
    pub ready_in: Duration,
}

/// `passage` with these arguments.
pub fn command(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passage"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    command
}

fn serving(data: &Path, variables: &Variables, more: &[&str]) -> Command {
    let mut command = serve();
    command.arg("--data").arg(data).args(more).envs(variables.iter().cloned());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log(data));
    command
}

/// Where the program's log goes: beside the data folder, so that a fault of its disk does not reach it.
pub fn log_path(data: &Path) -> PathBuf {
    data.with_added_extension("log")
}

fn log(data: &Path) -> File {
    OpenOptions::new().create(true).append(true).open(log_path(data)).unwrap()
}

/// Starts, with the token of an earlier start if there was one.
pub fn start(data: &Path, token: Option<&str>) -> Program {
    start_with(data, token, &Vec::new(), &[]).expect("the program starts")
}

/// Starts with these variables; if it ends instead, how.
pub fn start_with(
    data: &Path,
    token: Option<&str>,
    variables: &Variables,
    more: &[&str],
) -> Result<Program, ExitStatus> {
    let begun = Instant::now();
    let mut child = serving(data, variables, more).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(ready(out)));
    let ready = told.recv_timeout(PATIENCE).ok().flatten();
    let ready_in = begun.elapsed();
    let Some((address, made)) = ready else {
        let _ = child.kill();
        return Err(child.wait().unwrap());
    };
    let token = token.map(str::to_owned).or(made).expect("a first start makes a token");
    Ok(Program { child, address, token, ready_in })
}

/// Starts and kills it after a while, ready or not.
pub fn start_and_kill(data: &Path, after: Duration) {
    let mut child = serving(data, &Vec::new(), &[]).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Runs a command of the program to its end.
pub fn run(arguments: &[&str], data: &Path) -> Output {
    command(arguments, data).output().unwrap()
}

impl Program {
    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// A request with the token.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        CLIENT.request(method, format!("{}{path}", self.address)).bearer_auth(&self.token)
    }

    /// Reads what must be there.
    pub fn read(&self, path: &str) -> Value {
        let answer = self.ask(Method::GET, path).send().unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.json().unwrap()
    }

    /// Posts, whatever comes of it.
    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.ask(Method::POST, path).json(body).send().unwrap()
    }

    /// Kill -9.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().unwrap();
        assert!(asked.success());
    }

    /// How it ended, if it does within this time.
    pub fn ends_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < limit {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The file of a running program, to look into.
pub fn look_into(data: &Path) -> Connection {
    let connection =
        Connection::open_with_flags(data.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
}

/// What is wrong with the file itself, by its own checks.
pub fn faults(file: &Connection) -> Vec<String> {
    let ask = |sql: &str| -> Vec<String> {
        let mut question = file.prepare(sql).unwrap();
        let rows = question.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
        rows.map(|row| row.map_or_else(|fault| fault.to_string(), Option::unwrap_or_default))
            .filter(|row| row != "ok")
            .collect()
    };
    let mut faults = ask("PRAGMA integrity_check");
    faults.extend(ask("PRAGMA foreign_key_check"));
    faults
}

/// Walks the ledger by `passage verify`.
pub fn assert_ledger_holds(data: &Path) {
    let verified = run(&["verify"], data);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
