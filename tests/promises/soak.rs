//! G6: hours of mixed load use no more memory, no more files and no longer times than minutes of it.
//!
//! `make night` says how long by `PROMISES_SOAK_SECONDS`, and judges all of it. `make test` runs half a minute of the
//! same load, which is too short to tell growth or drift: it judges the file, the log and the open files.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::program::{FILE, Program, faults, look_into, start};
use crate::result::{is_night, record, variable};
use crate::rounds::{alone, quantile};

/// Changes asked for each second: many times what an operation of hundreds of offices brings.
const WRITES_PER_SECOND: u32 = 20;

/// Readers that ask all the time, with a pause between their questions.
const READERS: usize = 2;

/// How long somebody reads from one snapshot, and how long nobody does then.
const LONG_READ: Duration = Duration::from_secs(20);

const MOST_WAL_BYTES: u64 = 64 << 20;

/// What was seen at a moment.
#[derive(Debug, Clone, Copy)]
struct Seen {
    rss_kb: u32,
    files: u32,
    wal_bytes: u64,
    /// How many processes of the whole machine want a core: where that rises, times mean nothing.
    waiting: u32,
}

/// How long requests took, in each tenth of the run.
type Times = Mutex<[Vec<f64>; 10]>;

#[test]
fn a_long_run_ends_as_it_began() {
    let _turn = alone();
    let length = Duration::from_secs(if is_night() {
        let seconds = variable("PROMISES_SOAK_SECONDS").and_then(|seconds| seconds.parse().ok());
        seconds.unwrap_or(300)
    } else {
        30
    });
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let program = start(&data, None);
    warm_up(&program);
    let (times, seen) = load(&program, &data, length);
    let file = look_into(&data);
    assert_eq!(faults(&file), Vec::<String>::new());
    let records: i64 = file.query_row("SELECT count(*) FROM ledger", [], |row| row.get(0)).unwrap();
    judge(length, records, &times, &seen);
}

/// Fills the caches of every connection, as fast as it goes: memory was seen to stand still after 10,000 changes.
fn warm_up(program: &Program) {
    const WRITERS: usize = 4;
    let changes: usize = if is_night() { 3_000 } else { 300 };
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let mut versions = [0; 100];
                for turn in 0..changes {
                    let at = turn % versions.len();
                    versions[at] = change(program, &format!("u{writer}-{at}"), versions[at], turn);
                    let asked = program.ask(Method::GET, ASKED[turn % ASKED.len()]);
                    asked.send().unwrap().bytes().unwrap();
                }
            });
        }
    });
}

/// Without care the log grows by every change as long as they come: by the end of this to 60 MiB. With care to 16 MiB,
/// and to twice that where a machine under load once keeps a reader longer than it is waited for. That is ten times
/// as long as each reads, and what each reads does not grow with the file.
#[test]
fn readers_that_overlap_all_the_time_do_not_make_the_log_grow() {
    const MOST: u64 = 36 << 20;
    const READS: Duration = Duration::from_millis(100);
    const AT_ONCE: u32 = 4;
    const RECORDS: usize = 24_000;
    const BATCH: usize = 40;
    let _turn = alone();
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let program = start(&data, None);
    let over = AtomicBool::new(false);
    let wal_bytes = std::thread::scope(|scope| {
        for reader in 0..AT_ONCE {
            let (data, over) = (&data, &over);
            scope.spawn(move || {
                std::thread::sleep(READS * reader / AT_ONCE);
                while !over.load(Ordering::Relaxed) {
                    let file = look_into(data);
                    let snapshot = file.unchecked_transaction().unwrap();
                    let sql = "SELECT EXISTS (SELECT 1 FROM ledger)";
                    snapshot.query_row(sql, [], |row| row.get::<_, bool>(0)).unwrap();
                    wait(READS, over);
                }
            });
        }
        let wal = |turn: usize| {
            let body =
                |part| json!({ "code": format!("w{turn}-{part}"), "names": "A".repeat(200) });
            let batch = (0..BATCH).map(body).collect();
            let answer = program.post("/api/v1/areas", &serde_json::Value::Array(batch));
            assert_eq!(answer.status().as_u16(), 201);
            look(&program, &data).wal_bytes
        };
        let most = (0..RECORDS / BATCH).map(wal).max().unwrap();
        over.store(true, Ordering::Relaxed);
        most
    });
    assert!(wal_bytes <= MOST, "{wal_bytes} bytes");
}

/// Writes, reads and holds a snapshot for the whole time; looks at the process meanwhile.
fn load(program: &Program, data: &Path, length: Duration) -> ([Vec<f64>; 10], Vec<Seen>) {
    let (over, times) = (AtomicBool::new(false), Times::default());
    let begun = Instant::now();
    let watch = |ask: &dyn Fn()| {
        let tenth = (begun.elapsed().as_secs_f64() / length.as_secs_f64() * 10.0).min(9.0);
        let asked = Instant::now();
        ask();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 9")]
        let tenth = tenth as usize;
        let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
        times[tenth].push(asked.elapsed().as_secs_f64());
    };
    let seen = std::thread::scope(|scope| {
        let (over, watch) = (&over, &watch);
        scope.spawn(move || write_steadily(program, over, watch));
        for reader in 0..READERS {
            scope.spawn(move || read_on(program, reader, over, watch));
        }
        scope.spawn(move || read_long(data, over));
        let mut seen = Vec::new();
        while begun.elapsed() < length {
            std::thread::sleep(Duration::from_secs(1));
            seen.push(look(program, data));
        }
        over.store(true, Ordering::Relaxed);
        seen
    });
    (times.into_inner().unwrap(), seen)
}

/// The same thousand records change again and again: the versions grow, the world of now does not.
fn write_steadily(program: &Program, over: &AtomicBool, watch: &dyn Fn(&dyn Fn())) {
    let mut versions = vec![0_i64; 1_000];
    let mut due = Instant::now();
    for turn in 0.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let at = turn % versions.len();
        let answered = std::cell::Cell::new(0);
        watch(&|| answered.set(change(program, &format!("s{at}"), versions[at], turn)));
        versions[at] = answered.get();
        due += Duration::from_secs(1) / WRITES_PER_SECOND;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

/// Makes a record, or its next version; gives the version it has then.
fn change(program: &Program, code: &str, version: i64, turn: usize) -> i64 {
    let ask = if version == 0 {
        program.ask(Method::POST, "/api/v1/areas").json(&json!({ "code": code, "names": "A" }))
    } else {
        let ask = program.ask(Method::PUT, &format!("/api/v1/areas/{code}"));
        let body = json!({ "names": format!("A {turn}") });
        ask.header("If-Match", format!("\"{version}\"")).json(&body)
    };
    let answer = ask.send().unwrap();
    assert!(answer.status().is_success(), "{code}: {}", answer.status());
    let body: serde_json::Value = answer.json().unwrap();
    body["version"].as_i64().unwrap()
}

/// What readers ask.
const ASKED: [&str; 5] = [
    "/api/v1/areas?limit=50",
    "/api/v1/changes?after=0&limit=50",
    "/api/v1/totals",
    "/readyz",
    "/api/v1/areas/s0",
];

fn read_on(program: &Program, reader: usize, over: &AtomicBool, watch: &dyn Fn(&dyn Fn())) {
    for turn in reader.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        watch(&|| {
            let answer = program.ask(Method::GET, ASKED[turn % ASKED.len()]).send().unwrap();
            let (path, status) = (ASKED[turn % ASKED.len()], answer.status());
            // The first record may not be there yet.
            assert!(status.is_success() || status.as_u16() == 404, "{path}: {status}");
            answer.bytes().unwrap();
        });
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Half of the time somebody holds one snapshot, as a backup does: what is written meanwhile stays in the log.
fn read_long(data: &Path, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        let file = look_into(data);
        let snapshot = file.unchecked_transaction().unwrap();
        let count = || -> i64 {
            snapshot.query_row("SELECT count(*) FROM ledger", [], |row| row.get(0)).unwrap()
        };
        let before = count();
        wait(LONG_READ, over);
        assert_eq!(count(), before, "a snapshot stands still");
        drop(snapshot);
        wait(LONG_READ, over);
    }
}

fn wait(length: Duration, over: &AtomicBool) {
    let begun = Instant::now();
    while begun.elapsed() < length && !over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn look(program: &Program, data: &Path) -> Seen {
    let process = Path::new("/proc").join(program.id().to_string());
    let status = fs::read_to_string(process.join("status")).unwrap();
    let rss = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let wal = fs::metadata(data.join(format!("{FILE}-wal")));
    let running = fs::read_to_string("/proc/loadavg").unwrap();
    let running = running.split([' ', '/']).nth(3).unwrap();
    Seen {
        rss_kb: rss.split_whitespace().next().unwrap().parse().unwrap(),
        files: u32::try_from(fs::read_dir(process.join("fd")).unwrap().count()).unwrap(),
        waiting: running.parse().unwrap(),
        wal_bytes: wal.map_or(0, |wal| wal.len()),
    }
}

/// The tenth of the run that is compared with the last: by then the long reader has begun.
const WARM: usize = 1;

fn judge(length: Duration, records: i64, times: &[Vec<f64>; 10], seen: &[Seen]) {
    let tenth = |nth: usize| &seen[seen.len() * nth / 10..seen.len() * (nth + 1) / 10];
    let most = |nth, of: fn(&Seen) -> u32| tenth(nth).iter().map(of).max().unwrap_or(0);
    let rss = |nth| f64::from(most(nth, |seen| seen.rss_kb)) / 1_024.0;
    let files = |nth| most(nth, |seen| seen.files);
    let waiting = |nth| most(nth, |seen| seen.waiting);
    let grown = rss(9) / rss(WARM) - 1.0;
    let drift = quantile(&times[9], 0.99) / quantile(&times[WARM], 0.99) - 1.0;
    let wal = seen.iter().map(|seen| seen.wal_bytes).max().unwrap_or(0);
    let told = format!(
        "{} s, {records} changes, {} requests: memory {:+.1} % ({:.0} MB), open files {} then {}, WAL at most {} MiB, p99 {:.0} ms, {:+.0} % (processes waiting for a core {} then {})",
        length.as_secs(),
        times.iter().map(Vec::len).sum::<usize>(),
        grown * 100.0,
        rss(9),
        files(WARM),
        files(9),
        wal >> 20,
        quantile(&times[9], 0.99) * 1_000.0,
        drift * 100.0,
        waiting(WARM),
        waiting(9),
    );
    let is_flat = files(9) <= files(WARM) + 8 && wal <= MOST_WAL_BYTES;
    let passed = is_flat && (!is_night() || grown <= 0.05 && drift <= 0.20);
    println!("G6: {told}");
    record("G6", &told, passed);
    assert!(passed, "G6: {told}");
}
