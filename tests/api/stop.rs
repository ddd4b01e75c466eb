//! Stopping: running requests finish, nothing acknowledged is lost.
#![cfg(test)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::client::client;

/// The program itself, in a process of its own.
struct Program {
    child: Child,
    address: String,
    token: String,
}

fn serve(data: &std::path::Path, token: Option<String>) -> Program {
    let mut command = crate::serving::serve();
    command.arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let (address, made) = crate::serving::ready(child.stdout.take().unwrap()).expect("it starts");
    Program { child, address, token: token.or(made).expect("a first start makes a token") }
}

impl Program {
    fn post(&self, client: &Client, body: &Value) -> Option<u16> {
        let request =
            client.post(format!("{}/api/v1/areas", self.address)).bearer_auth(&self.token);
        request.json(body).send().ok().map(|answer| answer.status().as_u16())
    }

    fn ask_to_stop(&self) {
        let asked =
            Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_was_acknowledged_before_a_stop_is_there_after_it() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("new folder");
    let mut program = serve(&data, None);
    let acknowledged: Vec<String> = std::thread::scope(|scope| {
        let program = &program;
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                scope.spawn(move || {
                    let client = client().build().unwrap();
                    let code = |n: u32| format!("a-{writer}-{n}");
                    let taken = |n: &u32| {
                        let body = json!({ "code": code(*n), "names": "A" });
                        program.post(&client, &body) == Some(201)
                    };
                    if writer == 0 {
                        let done: Vec<String> = (0..25).take_while(taken).map(code).collect();
                        program.ask_to_stop();
                        return done;
                    }
                    (0..100_000).take_while(taken).map(code).collect()
                })
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    assert!(acknowledged.len() >= 25, "{}", acknowledged.len());
    assert!(program.child.wait().unwrap().success(), "it stops with 0");
    let again = serve(&data, Some(program.token.clone()));
    let client = client().build().unwrap();
    for code in acknowledged {
        let answer = client
            .get(format!("{}/api/v1/areas/{code}", again.address))
            .bearer_auth(&again.token)
            .send()
            .unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{code} was acknowledged");
    }
}

#[test]
fn a_request_that_runs_when_the_stop_comes_is_finished() {
    let home = tempfile::tempdir().unwrap();
    let mut program = serve(home.path(), None);
    let body = json!({ "code": "late", "names": "A" }).to_string();
    let host = program.address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /api/v1/areas HTTP/1.1\r\nHost: p\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        program.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server says "go on": the request runs now.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100"));
    program.ask_to_stop();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(program.child.wait().unwrap().success());
}

#[test]
fn a_second_start_shows_no_token_again() {
    let home = tempfile::tempdir().unwrap();
    let first = serve(home.path(), None);
    let token = first.token.clone();
    drop(first);
    let mut child = Command::new(env!("CARGO_BIN_EXE_passage"))
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["tokens"], json!({}));
    assert!(token.starts_with("psg_"));
}
