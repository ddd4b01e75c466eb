//! Hostile and broken files: each is refused with a sentence, soon and without swelling, and none is a crash.
//!
//! What takes the memory of the process is measured, so everything runs in one test, one file after another.
#![cfg(test)]
#![expect(clippy::print_stdout, reason = "what was measured is told")]

#[allow(dead_code, reason = "half of it is for tests/exchange")]
#[path = "../exchange/books.rs"]
mod books;
#[path = "../../fuzz/src/lib.rs"]
mod doors;
mod files;
#[allow(dead_code, reason = "results are written elsewhere")]
#[path = "../promises/result.rs"]
mod result;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use passage::clock::Clock;
use passage::domain::Kind;
use passage::exchange::import::{ImportError, Options, check};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// In which time a file must be refused, which holds on a machine that does nothing else: it is asked at NIGHT values.
const SOON: Duration = Duration::from_secs(2);
/// By how much the memory of the process may rise meanwhile, KiB.
const RISE_KIB: u64 = 64 << 10;

/// Whoever measures the memory of the process is alone.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The memory of the process that is in use now, and the most that ever was, KiB.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (of("VmRSS:"), of("VmHWM:"))
}

/// Forgets what the most memory was.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

fn said(path: &Path, options: &Options) -> String {
    match check(&[path.to_owned()], options, Clock::Wall) {
        Ok(summary) => format!("taken: {summary:?}"),
        Err(ImportError::Wrong { wrong, .. }) => wrong.listed[0].to_string(),
        Err(other) => other.to_string(),
    }
}

#[test]
fn every_hostile_file_is_refused_soon_with_a_sentence_and_without_swelling() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let options = Options { kind: Some(Kind::Area), ..Options::by("tests") };
    let mut slowest = (Duration::ZERO, "");
    let mut highest = (0, "");
    for (name, make, expected) in files::hostile() {
        let path = folder.path().join(name);
        std::fs::write(&path, make()).unwrap();
        forget_peak();
        let (before, _) = memory();
        let start = Instant::now();
        let said = said(&path, &options);
        let took = start.elapsed();
        let rise = memory().1.saturating_sub(before);
        println!("{name}: {took:?}, {rise} KiB: {said}");
        assert!(said.contains(expected), "{name} must say {expected:?}: {said}");
        assert!(!result::is_night() || took <= SOON, "{name} took {took:?}");
        assert!(rise <= RISE_KIB, "{name} took {rise} KiB more");
        slowest = slowest.max((took, name));
        highest = highest.max((rise, name));
        std::fs::remove_file(&path).unwrap();
    }
    println!("slowest {slowest:?}, highest {highest:?}");
}

#[test]
fn bytes_of_every_kind_at_every_place_of_a_workbook_are_no_crash() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("areas.xlsx");
    let rows = [books::row(1, &["code", "names_en"]), books::row(2, &["AR-1", "Daraya"])].concat();
    let right = books::of_xml("areas", &rows, false);
    let options = Options::by("tests");
    std::fs::write(&path, &right).unwrap();
    assert!(check(std::slice::from_ref(&path), &options, Clock::Wall).is_ok());
    for at in (0..right.len()).step_by(7) {
        let mut broken = right.clone();
        broken[at] ^= 0xFF;
        std::fs::write(&path, &broken).unwrap();
        let _ = said(&path, &options);
        std::fs::write(&path, &right[..at]).unwrap();
        let said = said(&path, &options);
        assert!(!said.starts_with("taken"), "cut off at {at}: {said}");
    }
}

#[test]
fn ten_million_rows_of_text_are_a_stream() {
    let rows: u64 = if result::is_night() { 10_000_000 } else { 200_000 };
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("areas.csv");
    files::long_csv(&path, rows);
    let options = Options { kind: Some(Kind::Area), ..Options::by("tests") };
    forget_peak();
    let said = said(&path, &options);
    assert!(said.contains("must be a number"), "its last row is wrong: {said}");
    println!("{rows} rows, most memory {} KiB", memory().1);
    assert!(memory().1 <= 256 << 10, "{} KiB", memory().1);
}

/// Changes bytes a little: turns, takes out, puts in, doubles.
fn changed(bytes: &[u8], random: &mut StdRng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..4) {
        let at = random.random_range(0..=bytes.len());
        match random.random_range(0..4) {
            0 => bytes.insert(at, random.random()),
            1 if at < bytes.len() => {
                bytes[at] = *b"\0\",;#'\n\r\xFF9".get(random.random_range(0..10)).unwrap();
            }
            2 => bytes.truncate(at),
            _ => bytes.extend_from_within(at.saturating_sub(8)..at),
        }
    }
    bytes
}

#[test]
fn no_bytes_at_any_door_are_a_crash() {
    let times = if result::is_night() { 20_000 } else { 100 };
    for (name, open, corpus) in doors::DOORS {
        for bytes in corpus {
            open(bytes);
            let mut random = StdRng::seed_from_u64(name.len() as u64 + bytes.len() as u64);
            for _ in 0..times {
                open(&changed(bytes, &mut random));
            }
        }
    }
}
