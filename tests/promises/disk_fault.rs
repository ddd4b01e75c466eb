//! G3: a disk that is full, read-only or broken: nothing false is acknowledged, reading goes on, and it comes back.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::book::{Book, Fate, Sent, Wrong};
use crate::disk::Disk;
use crate::posters::{create, post_while};
use crate::program::{Program, Variables, command, faults, log_path, look_into, start, start_with};
use crate::result::is_night;
use crate::rounds::{Rounds, Tally, alone};

/// What happens to the disk under a running program, as `disk.c` says it, and how many milliseconds it stays so.
///
/// The file is opened anew a second after an error: a disk that may only be read is seen to be so, or is well by then.
const TROUBLES: [(&str, &str, u64); 6] = [
    ("full", "write 28 @1 -1", 100),
    ("read-only", "all 30 @1 -1", 100),
    ("read-only when it is opened anew", "all 30 @1 -1", 3_000),
    ("broken for fsync", "sync 5 @1 -1", 100),
    ("broken for writes", "write 5 @1 -1", 100),
    ("broken for one fsync", "sync 5 @1 1", 100),
];

/// Back to work within this after the disk is well again.
const BACK: Duration = Duration::from_secs(10);

/// Before a release, each of the first so many writes fails once; for each submission, one of so many.
const WRITES: u32 = 500;
const STRIDE: u32 = 41;

#[test]
fn a_bad_disk_makes_no_false_promise_and_stops_no_reader() {
    let _turn = alone();
    let sampled = WRITES / STRIDE;
    let mut rounds = Rounds::new("G3", sampled, WRITES);
    rounds.run(|round, tally| {
        if round == 0 {
            for (name, fault, stays_ms) in TROUBLES {
                let stays = Duration::from_millis(stays_ms);
                fails_and_comes_back(name, fault, stays, tally);
            }
            starts_on_a_full_disk_or_says_why();
            let is_real = a_real_disk_runs_full(tally);
            tally.add("tmpfs", usize::from(is_real));
        }
        one_write_fails(if is_night() { round } else { round * STRIDE } + 1, tally);
    });
    let slowest = rounds.tally.quantile(1.0);
    let told = format!(
        "disk full, read-only, EIO on write and fsync{}, and {} single failing writes: 507 or 503, reading goes on, {} acknowledged, 0 false; back after at most {slowest:.2} s; a start on a full disk works or says why",
        if rounds.tally.count("tmpfs") > 0 {
            ", a real full tmpfs"
        } else {
            " (no real tmpfs: not root)"
        },
        rounds.tally.count("single"),
        rounds.tally.count("acknowledged"),
    );
    rounds.tell(&told, slowest <= BACK.as_secs_f64());
}

fn fails_and_comes_back(name: &str, fault: &str, stays: Duration, tally: &mut Tally) {
    let disk = Disk::that_fails();
    let mut program = start_with(&disk.data(), None, &disk.variables(), &[]).unwrap();
    let book = Book::default();
    assert_eq!(book.send(&program, create("before")).fate, Fate::Acknowledged);
    post_while(&program, &book, "p", || {
        std::thread::sleep(Duration::from_millis(150));
        disk.fail(fault);
        if fault.ends_with("-1") {
            (0..3).for_each(|probe| assert_refused_but_readable(name, probe, &program, &book));
        }
        std::thread::sleep(stays);
        disk.heal();
        tally.took(until_back(name, &program, &book).as_secs_f64());
    });
    all_is_there(name, &disk.data(), &mut program, &book);
    tally.add("acknowledged", book.count(Fate::Acknowledged));
}

fn assert_refused_but_readable(name: &str, probe: u32, program: &Program, book: &Book) {
    let sent = book.send(program, create(&format!("probe-{probe}")));
    assert_is_no_acknowledgement(name, &sent);
    assert_eq!(program.read("/api/v1/areas/before")["code"], "before", "{name}: reading goes on");
    program.read("/api/v1/areas?limit=5");
    assert_eq!(program.ask(Method::GET, "/healthz").send().unwrap().status().as_u16(), 200);
}

fn assert_is_no_acknowledgement(name: &str, sent: &Sent) {
    assert!(matches!(sent.status, Some(503 | 507)), "{name}: {:?} {}", sent.status, sent.body);
    assert_eq!(sent.content_type, "application/problem+json", "{name}");
}

/// How long until a write is taken again.
fn until_back(name: &str, program: &Program, book: &Book) -> Duration {
    let begun = Instant::now();
    for turn in 0.. {
        let sent = book.send(program, create(&format!("after-{turn}")));
        if sent.fate == Fate::Acknowledged {
            break;
        }
        assert_is_no_acknowledgement(name, &sent);
        let (status, body) = (sent.status, &sent.body);
        assert!(begun.elapsed() < BACK * 2, "{name}: no write is taken again: {status:?} {body}");
        std::thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}

/// After a kill and a start on a sound disk: what was acknowledged is there, what is in doubt settles to one.
fn all_is_there(name: &str, data: &Path, program: &mut Program, book: &Book) {
    program.kill();
    let again = start(data, Some(&program.token));
    let file = look_into(data);
    let lost = book.check(&file, (0, 0)).0.lost;
    assert_eq!(lost, Vec::<String>::new(), "{name}");
    book.settle(&again);
    assert_eq!(book.check(&file, (0, 0)).0, Wrong::default(), "{name}");
    assert_eq!(faults(&file), Vec::<String>::new(), "{name}");
    let log = fs::read_to_string(log_path(data)).unwrap();
    assert!(!log.contains("panicked"), "{name}: {log}");
}

/// A start under a fault works, or ends with one clear line; with what it left, the next start works.
fn starts_or_says_why(data: &Path, variables: &Variables, token: Option<&str>) -> Option<Program> {
    let before = fs::read_to_string(log_path(data)).unwrap_or_default().len();
    let started = start_with(data, token, variables, &[]);
    let log = fs::read_to_string(log_path(data)).unwrap();
    match started {
        Ok(program) => Some(program),
        Err(status) => {
            assert!(status.code().is_some_and(|code| code != 0), "{status}: {log}");
            let lines: Vec<&str> =
                log[before..].lines().filter(|line| line.starts_with("passage: ")).collect();
            assert_eq!(lines.len(), 1, "one clear line: {}", &log[before..]);
            let says = ["disk", "os error", "unable to open"];
            assert!(says.iter().any(|word| lines[0].contains(word)), "{}", lines[0]);
            assert!(!log.contains("panicked"), "{log}");
            None
        }
    }
}

fn starts_on_a_full_disk_or_says_why() {
    for fault in ["all 28 1 -1", "write 28 1 -1", "all 30 1 -1", "sync 5 1 -1"] {
        let disk = Disk::that_fails();
        disk.fail(fault);
        starts_or_says_why(&disk.data(), &disk.variables(), None);
        disk.heal();
        let token = start_anew(&disk.data());
        disk.fail(fault);
        if let Some(program) = starts_or_says_why(&disk.data(), &disk.variables(), Some(&token)) {
            program.read("/api/v1/areas");
        }
        disk.heal();
        start(&disk.data(), Some(&token)).read("/api/v1/areas");
    }
}

/// Starts after a start that broke off: the token may have been made and never shown.
fn start_anew(data: &Path) -> String {
    let made =
        command(&["token", "create", "--name", "t", "--role", "admin"], data).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let told = String::from_utf8(made.stdout).unwrap();
    let token = told.split_whitespace().find(|word| word.starts_with("psg_") && word.contains('.'));
    token.unwrap_or_else(|| panic!("no token in {told}")).to_owned()
}

/// The nth write since the start fails, once.
fn one_write_fails(nth: u32, tally: &mut Tally) {
    let disk = Disk::that_fails();
    let error = if nth.is_multiple_of(2) { 28 } else { 5 };
    disk.fail(&format!("write {error} {nth} 1"));
    let name = format!("write {nth} with error {error}");
    let book = Book::default();
    let started = starts_or_says_why(&disk.data(), &disk.variables(), None);
    let mut program = started.unwrap_or_else(|| {
        disk.heal();
        let token = start_anew(&disk.data());
        start(&disk.data(), Some(&token))
    });
    for turn in 0..40 {
        let sent = book.send(&program, create(&format!("one-{turn}")));
        if sent.fate != Fate::Acknowledged {
            assert_is_no_acknowledgement(&name, &sent);
        }
    }
    disk.heal();
    until_back(&name, &program, &book);
    all_is_there(&name, &disk.data(), &mut program, &book);
    tally.add("single", 1);
    tally.add("acknowledged", book.count(Fate::Acknowledged));
}

/// A mounted folder, which is let go whatever happens.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

/// A small file system in memory, filled to the brim by another file; `false` where none can be mounted.
fn a_real_disk_runs_full(tally: &mut Tally) -> bool {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    fs::create_dir(&data).unwrap();
    let mount =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&data).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        println!("G3: no tmpfs can be mounted here, so a real full disk is left out");
        return false;
    }
    let _mounted = Mounted(&data);
    let (ballast, book) = (data.join("ballast"), Book::default());
    let mut program = start(&data, None);
    assert_eq!(book.send(&program, create("before")).fate, Fate::Acknowledged);
    // What does not fit any more is the point.
    let _ = fs::write(&ballast, vec![7; 8 << 20]);
    let refused = (0..200).map(|turn| book.send(&program, create(&format!("full-{turn}"))));
    let refused = refused.into_iter().find(|sent| sent.fate != Fate::Acknowledged);
    assert_is_no_acknowledgement("tmpfs", &refused.expect("a full disk takes no more"));
    assert_eq!(program.read("/api/v1/areas/before")["code"], "before");
    program.kill();
    let started = starts_or_says_why(&data, &Vec::new(), Some(&program.token));
    fs::remove_file(&ballast).unwrap();
    let mut program = started.unwrap_or_else(|| start(&data, Some(&program.token)));
    tally.took(until_back("tmpfs", &program, &book).as_secs_f64());
    all_is_there("tmpfs", &data, &mut program, &book);
    tally.add("acknowledged", book.count(Fate::Acknowledged));
    true
}
