//! G2: when the power goes, what was acknowledged is on the disk.
//!
//! A kill cannot show this: what a dead process wrote is still in the memory of the system. So the program's writes
//! are written down, and disks are built that hold what a real one could hold if the power had gone at a moment.
#![cfg(test)]

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use rusqlite::Connection;

use crate::book::{Fate, send};
use crate::disk::Disk;
use crate::posters::{POSTERS, create};
use crate::program::{FILE, faults, run, start_with};
use crate::replay::{Fashion, Platter, steps};
use crate::result::variable;
use crate::rounds::{Rounds, Tally, alone};

/// Disks that are built of one log.
const IMAGES: usize = 300;

/// Of so many disks, one is walked by `passage verify` too.
const VERIFIED: usize = 25;

/// Where the writer of the contrast writes; set in its process alone.
const CARELESS: &str = "PROMISES_CARELESS";

/// What was acknowledged, and how long the log was by then.
type Acknowledged = Vec<(u64, String)>;

#[test]
fn when_the_power_goes_nothing_acknowledged_is_lost() {
    // This test in the process that it starts itself.
    if let Some(data) = variable(CARELESS) {
        return write_as_normal(Path::new(&data));
    }
    let _turn = alone();
    let mut rounds = Rounds::new("G2", 1, 34);
    rounds.run(|round, tally| {
        let disk = Disk::with_log();
        let acknowledged = write_for_a_while(&disk, 1_000);
        let bad = cut_power(&disk, &acknowledged, u64::from(round), true, tally);
        assert_eq!(bad, Vec::<String>::new());
        let careless = Disk::with_log();
        let acknowledged = write_carelessly(&careless);
        let bad =
            cut_power(&careless, &acknowledged, u64::from(round), false, &mut Tally::default());
        assert!(bad.len() > IMAGES / 10, "the test sees what NORMAL loses: {}", bad.len());
        tally.add("careless", bad.len());
    });
    let count = |what| rounds.tally.count(what);
    let told = format!(
        "{} disks after a cut ({} records to find): 0 lost, 0 broken; the same test with synchronous=NORMAL: {} bad",
        count("disks"),
        count("records"),
        count("careless"),
    );
    rounds.tell(&told, true);
}

/// Several write into the program at once until so many are acknowledged.
fn write_for_a_while(disk: &Disk, many: usize) -> Acknowledged {
    let mut program = start_with(&disk.data(), None, &disk.variables(), &[]).unwrap();
    let acknowledged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for poster in 0..POSTERS {
            let (program, acknowledged) = (&program, &acknowledged);
            scope.spawn(move || {
                for turn in 0.. {
                    let request = create(&format!("w{poster}-{turn}"));
                    assert_eq!(send(program, &request).fate, Fate::Acknowledged);
                    let mut book = acknowledged.lock().unwrap();
                    book.extend(request.codes.into_iter().map(|code| (disk.now(), code)));
                    if book.len() >= many {
                        break;
                    }
                }
            });
        }
    });
    program.ask_to_stop();
    program.ends_within(Duration::from_mins(1)).expect("it stops");
    acknowledged.into_inner().unwrap()
}

/// Builds disks of one log, cut at different moments; says what is wrong with which.
fn cut_power(
    disk: &Disk,
    acknowledged: &Acknowledged,
    seed: u64,
    is_ours: bool,
    tally: &mut Tally,
) -> Vec<String> {
    let mut draw = StdRng::seed_from_u64(seed);
    let mut cuts: Vec<u64> = (0..IMAGES).map(|_| moment(disk, acknowledged, &mut draw)).collect();
    cuts.sort_unstable();
    let mut platter = Platter::default();
    let mut steps = steps(&disk.log()).into_iter().peekable();
    let mut bad = Vec::new();
    for (nth, cut) in cuts.into_iter().enumerate() {
        while let Some(step) = steps.next_if(|step| step.end <= cut) {
            platter.apply(step);
        }
        let image = tempfile::tempdir().unwrap();
        let fashion = Fashion::ALL[nth % Fashion::ALL.len()];
        platter.image(image.path(), fashion, &mut draw);
        let due: Vec<&str> = acknowledged
            .iter()
            .filter(|(by, _)| *by <= cut)
            .map(|(_, code)| code.as_str())
            .collect();
        let is_verified = is_ours && nth % VERIFIED == 0;
        if let Some(wrong) = look_at(image.path(), &due, is_verified) {
            bad.push(format!("cut at {cut}, {fashion:?}: {wrong}"));
        }
        tally.add("disks", 1);
        tally.add("records", due.len());
    }
    bad
}

/// A moment: of five, one in the first start, two right after an acknowledgement, two at any time.
fn moment(disk: &Disk, acknowledged: &Acknowledged, draw: &mut impl Rng) -> u64 {
    match draw.random_range(0..5) {
        0 => draw.random_range(0..=acknowledged[0].0),
        1 | 2 => acknowledged[draw.random_range(0..acknowledged.len())].0,
        _ => draw.random_range(0..=disk.now()),
    }
}

/// Opens a disk as the next start would; what is wrong with it?
fn look_at(image: &Path, due: &[&str], is_verified: bool) -> Option<String> {
    if !image.join(FILE).exists() {
        return (!due.is_empty()).then(|| "the file is gone".to_owned());
    }
    let wrong = match codes_of(image) {
        Ok(codes) => due.iter().find(|code| !codes.contains(**code)).map(|code| {
            let lost = due.iter().filter(|code| !codes.contains(**code)).count();
            format!("{lost} of {} lost, {code} first", due.len())
        }),
        Err(fault) if due.is_empty() && fault.contains("no such table") => None,
        Err(fault) => Some(fault),
    };
    wrong.or_else(|| {
        let verified = is_verified.then(|| run(&["verify"], image));
        let broken = verified.filter(|verified| !verified.status.success());
        broken.map(|broken| String::from_utf8_lossy(&broken.stderr).into_owned())
    })
}

fn codes_of(image: &Path) -> Result<HashSet<String>, String> {
    let file = Connection::open(image.join(FILE)).map_err(|fault| fault.to_string())?;
    let faults = faults(&file);
    if !faults.is_empty() {
        return Err(faults.join("; "));
    }
    let told = |fault: rusqlite::Error| fault.to_string();
    let mut question = file.prepare("SELECT code FROM area").map_err(told)?;
    let rows = question.query_map([], |row| row.get(0)).map_err(told)?;
    rows.collect::<Result<_, _>>().map_err(told)
}

/// The contrast: a writer that does all the same with `synchronous=NORMAL`, in a process of its own.
fn write_carelessly(disk: &Disk) -> Acknowledged {
    let this = std::env::current_exe().unwrap();
    let written = Command::new(this)
        .args(["--exact", "power::when_the_power_goes_nothing_acknowledged_is_lost"])
        .envs(disk.variables())
        .env(CARELESS, disk.data())
        .output()
        .unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stdout));
    let told = fs::read_to_string(disk.data().with_extension("told")).unwrap();
    let line = |line: &str| {
        let (by, code) = line.split_once(' ').unwrap();
        (by.parse().unwrap(), code.to_owned())
    };
    told.lines().map(line).collect()
}

fn write_as_normal(data: &Path) {
    let file = Connection::open(data.join(FILE)).unwrap();
    let mode = file.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0));
    assert_eq!(mode.map(|mode: String| mode), Ok("wal".to_owned()));
    file.pragma_update(None, "synchronous", "NORMAL").unwrap();
    file.execute_batch("CREATE TABLE area (code TEXT PRIMARY KEY, body BLOB) STRICT").unwrap();
    let mut told = fs::File::create(data.with_extension("told")).unwrap();
    let log = variable("DISK_LOG").unwrap();
    for turn in 0..1_000 {
        let code = format!("w{turn}");
        file.execute("INSERT INTO area VALUES (?1, randomblob(5000))", [&code]).unwrap();
        writeln!(told, "{} {code}", fs::metadata(&log).unwrap().len()).unwrap();
    }
}
