//! Disks that fail, a folder that is taken, and a listener that others could read.

use std::io::{Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::{Program, command, command_after};
use crate::result::record;

/// Lets no file of the process grow beyond so many bytes; writing more gives an error of the disk.
fn limit_files(program: &Program, bytes: &str) {
    let limited = Command::new("prlimit")
        .args(["--pid", &program.child.id().to_string(), &format!("--fsize={bytes}:unlimited")])
        .status()
        .unwrap();
    assert!(limited.success());
}

/// A server that lives on where a file may not grow.
fn on_a_disk_that_fails() -> Program {
    let home = tempfile::tempdir().unwrap();
    let command = command_after("trap '' XFSZ", home.path());
    Program::of(command, home).expect("it starts")
}

#[test]
fn on_an_error_of_the_disk_writers_get_503_readers_go_on_and_writing_comes_back() {
    let program = on_a_disk_that_fails();
    assert_eq!(program.ask(&program.post_area("before")).status, 201);
    // The log cannot be written either.
    limit_files(&program, "1024");
    for n in 0..3 {
        let refused = program.ask(&program.post_area(&format!("lost{n}")));
        refused.problem(503, "disk_fault");
        assert_eq!(refused.header("retry-after"), "5");
        assert_eq!(program.ask(&program.get("/api/v1/areas/before")).status, 200);
        assert_eq!(program.ask(&program.get(&format!("/api/v1/areas/lost{n}"))).status, 404);
    }
    limit_files(&program, "unlimited");
    let begun = Instant::now();
    while program.ask(&program.post_area("after")).status != 201 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it comes back within ten seconds");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(program.ask(&program.get("/api/v1/areas/after")).status, 200);
}

#[test]
fn when_the_data_are_damaged_after_an_error_of_the_disk_the_process_ends_rather_than_take_more() {
    let mut program = on_a_disk_that_fails();
    for n in 0..50 {
        assert_eq!(program.ask(&program.post_area(&format!("a{n}"))).status, 201);
    }
    for name in ["passage.sqlite", "passage.sqlite-wal"] {
        const HEAD: usize = 4_096;
        let file = program.home.path().join(name);
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[HEAD..].fill(0xAA);
        std::fs::write(&file, bytes).unwrap();
    }
    limit_files(&program, "65536");
    assert_ne!(program.ask(&program.post_area("lost")).status, 201);
    let status = program.ended();
    assert_eq!(status.code(), Some(74), "{}", program.log());
    let said = program.log();
    assert_eq!(said.matches("The writer has stopped").count(), 1, "{said}");
    record(
        "G18",
        "damaged under the running server, then an error of the disk: ended with 74 and one line",
        true,
    );
}

#[test]
fn a_second_server_on_the_same_folder_ends_with_one_clear_line() {
    let first = Program::start(&[]);
    let mut second = Command::new(env!("CARGO_BIN_EXE_passage"));
    second.args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(first.home.path());
    let ended = second.output().unwrap();
    assert!(!ended.status.success());
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("another Passage runs on this folder"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let mut short = Command::new(env!("CARGO_BIN_EXE_passage"));
    let listed = short.args(["token", "list", "--data"]).arg(first.home.path()).output().unwrap();
    assert!(listed.status.success(), "short commands go on beside a server");
}

#[test]
fn a_listener_that_others_could_read_needs_tls_or_a_word_that_it_is_meant() {
    let start = |settings: &[(&str, &str)]| {
        let home = tempfile::tempdir().unwrap();
        let anywhere: Vec<_> = settings.iter().copied().chain([("listen", "0.0.0.0:0")]).collect();
        Program::of(command(home.path(), &anywhere), home)
    };
    let home = tempfile::tempdir().unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_passage"))
        .args(["serve", "--listen", "0.0.0.0:0", "--data"])
        .arg(home.path())
        .output()
        .unwrap();
    assert!(!ended.status.success());
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("tls_certificate") && said.contains("allow_plain_http"), "{said}");
    assert!(start(&[]).is_none());
    assert!(start(&[("allow_plain_http", "true")]).is_some());
}

/// Takes everything out as a workbook, where `sh` had a word to say before.
fn workbook_after(before: &str, home: &std::path::Path) -> std::process::Output {
    let mut export = Command::new("sh");
    export.args(["-c", &format!("{before}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_passage")]);
    export.args(["export", "--format", "xlsx", "--data"]).arg(home).arg(home.join("all.xlsx"));
    export.output().unwrap()
}

#[test]
fn without_room_in_the_temporary_folder_a_workbook_is_refused_in_a_sentence() {
    let home = {
        let mut program = Program::start(&[]);
        assert_eq!(program.ask(&program.post_area("duma")).status, 201);
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        std::mem::replace(&mut program.home, tempfile::tempdir().unwrap())
    };
    for (before, why) in [
        ("export TMPDIR=/not/there", "is not there or cannot be written"),
        ("trap '' XFSZ; ulimit -f 2048", "is full"),
    ] {
        let refused = workbook_after(before, home.path());
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{said}");
        assert!(said.contains("the temporary folder") && said.contains(why), "{said}");
        assert!(!said.contains("panic"), "{said}");
        assert!(!home.path().join("all.xlsx").exists());
    }
    assert!(workbook_after("true", home.path()).status.success());
}

/// Takes in a batch of observations with these numbers.
fn post_observations(program: &Program, numbers: std::ops::Range<usize>) {
    let text = "bread ".repeat(40);
    let one = |n: usize| {
        serde_json::json!({ "code": format!("o{n:05}"), "topic": "price", "date": "2016-07-01", "value": n,
            "unit": "SYP", "text": text })
    };
    let body = numbers.map(one).collect::<serde_json::Value>().to_string();
    let request = format!(
        "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        program.token,
        body.len()
    );
    let reply = program.ask(&request);
    assert_eq!(reply.status, 201, "{}", reply.body);
}

#[test]
fn a_large_workbook_for_which_the_room_ends_on_the_way_is_507_before_anything_is_sent() {
    /// More records than a workbook in memory has, and room for its beginning.
    const MANY: usize = 20_500;
    let program = on_a_disk_that_fails();
    for from in (0..MANY).step_by(500) {
        post_observations(&program, from..from + 500);
    }
    limit_files(&program, "8500000");
    let list = "/api/v1/observations.xlsx?limit=all";
    let refused = program.ask(&program.get(list));
    refused.problem(507, "no_space");
    assert!(refused.body.contains("take CSV or Parquet"), "{}", refused.body);
    limit_files(&program, "unlimited");
    let mut line = program.connect();
    line.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let mut whole = Vec::new();
    line.write_all(
        program.get(list).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes(),
    )
    .unwrap();
    line.read_to_end(&mut whole).unwrap();
    assert!(whole.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&whole[..200]));
    let end = b"PK\x05\x06";
    assert!(
        whole.windows(end.len()).any(|bytes| bytes == end),
        "the directory of a zip at its end"
    );
}
