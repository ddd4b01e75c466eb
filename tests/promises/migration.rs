//! G5: an old file that is killed while it is brought up to date is old or new, never between.
#![cfg(test)]

use std::fs;
use std::path::Path;

use rand::{RngExt, SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use serde_json::json;

use crate::disk::Disk;
use crate::program::{
    FILE, assert_ledger_holds, faults, log_path, look_into, run, start, start_with,
};
use crate::rounds::{Rounds, alone};

/// Records that an old file has.
const RECORDS: u32 = 20;

/// What an old file has rows in: these tables are as old as the ledger.
const TABLES: [&str; 4] = ["ledger", "ledger_body", "area", "idempotency"];

/// The steps, as they lie in the folder, whatever their number.
fn steps() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/sqlite/migrations");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// Everything that makes up the tables, in words.
fn schema(file: &Connection) -> String {
    const SELECT: &str = "
        SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
    let mut question = file.prepare(SELECT).unwrap();
    let rows = question.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<Vec<String>, _>>().unwrap().join("\n\n")
}

fn step_of(file: &Connection) -> usize {
    file.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap() as usize
}

/// An empty file at a step.
fn at_step(path: &Path, steps: &[String]) -> Connection {
    let file = Connection::open(path).unwrap();
    for step in steps {
        file.execute_batch(step).unwrap();
    }
    file.pragma_update(None, "user_version", u32::try_from(steps.len()).unwrap()).unwrap();
    file
}

/// The schema after each number of steps, from none.
fn schemas(steps: &[String]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let path = |done: usize| home.path().join(done.to_string());
    (0..=steps.len()).map(|done| schema(&at_step(&path(done), &steps[..done]))).collect()
}

/// A file as this program makes it, with records in it.
fn full_file(home: &Path) -> std::path::PathBuf {
    let data = home.join("full");
    let program = start(&data, None);
    for turn in 0..RECORDS {
        let body = json!({ "code": format!("m{turn}"), "names": "A" });
        assert_eq!(program.post("/api/v1/areas", &body).status().as_u16(), 201);
    }
    drop(program);
    data.join(FILE)
}

/// The rows of a full file in an old one, as far as the old one has their columns.
fn fill(old: &Connection, full: &Path) {
    old.execute("ATTACH ?1 AS full", [full.to_str().unwrap()]).unwrap();
    for table in TABLES {
        let columns = |schema: &str| -> Vec<String> {
            let sql = format!("SELECT name FROM pragma_table_info('{table}', '{schema}')");
            let mut question = old.prepare(&sql).unwrap();
            let names = question.query_map([], |row| row.get(0)).unwrap();
            names.collect::<Result<_, _>>().unwrap()
        };
        let known = columns("full");
        let shared: Vec<String> =
            columns("main").into_iter().filter(|name| known.contains(name)).collect();
        if !shared.is_empty() {
            let names = shared.join(", ");
            let sql =
                format!("INSERT INTO main.{table} ({names}) SELECT {names} FROM full.{table}");
            old.execute_batch(&sql).unwrap();
        }
    }
    old.execute_batch("DETACH full").unwrap();
}

#[test]
fn killed_while_it_is_brought_up_to_date_a_file_is_old_or_new_and_never_between() {
    let _turn = alone();
    let (steps, home) = (steps(), tempfile::tempdir().unwrap());
    let (schemas, full) = (schemas(&steps), full_file(home.path()));
    let old = |disk: &Disk, done: usize| old_file(disk, &steps[..done], &full);
    let writes: Vec<u64> =
        (0..steps.len()).map(|done| writes_of_a_start(|disk| old(disk, done))).collect();
    let mut rounds = Rounds::new("G5", 3, 50);
    rounds.run(|round, tally| {
        for (done, writes) in writes.iter().enumerate() {
            let mut draw = StdRng::seed_from_u64(u64::from(round) * 1_000 + done as u64);
            let disk = Disk::that_fails();
            old(&disk, done);
            kill_once(&disk, draw.random_range(1..=*writes), draw.random_bool(0.5));
            let now = assert_is_whole(&disk, &schemas, done);
            tally.add("part of the way", usize::from(done < now && now < steps.len()));
            tally.add("kills", 1);
            assert_comes_up(&disk.data(), &schemas, done);
        }
    });
    let told = format!(
        "{} kills at a write, from each of {} steps on: old or new schema, {} times between the first and the last step; every record there after the next start; a newer file refused",
        rounds.tally.count("kills"),
        steps.len(),
        rounds.tally.count("part of the way"),
    );
    rounds.tell(&told, true);
}

/// A file as an older program left it.
fn old_file(disk: &Disk, steps: &[String], full: &Path) {
    let file = at_step(&disk.data().join(FILE), steps);
    if steps.len() >= 2 {
        fill(&file, full);
    }
    file.pragma_update(None, "journal_mode", "WAL").unwrap();
}

/// A start that dies before its nth write, or in the middle of it.
fn kill_once(disk: &Disk, nth: u64, in_the_middle: bool) {
    disk.fail(&format!("write {} {nth} 1", if in_the_middle { -1 } else { 0 }));
    let started = start_with(&disk.data(), None, &disk.variables(), &[]);
    assert!(started.is_err(), "killed at write {nth}");
}

/// At which step is what the kill left? A copy is looked at, so that the next start finds it as it is.
fn assert_is_whole(disk: &Disk, schemas: &[String], done: usize) -> usize {
    let copy = tempfile::tempdir().unwrap();
    for name in fs::read_dir(disk.data()).unwrap().map(|entry| entry.unwrap().file_name()) {
        if !name.to_str().unwrap().ends_with("-shm") {
            fs::copy(disk.data().join(&name), copy.path().join(&name)).unwrap();
        }
    }
    let left = Connection::open(copy.path().join(FILE)).unwrap();
    let now = step_of(&left);
    assert!((done..schemas.len()).contains(&now), "step {now} from {done}");
    assert_eq!(schema(&left), schemas[now], "step {now} is whole, from {done}");
    assert_eq!(faults(&left), Vec::<String>::new());
    now
}

/// How many writes a start makes on such a file.
fn writes_of_a_start(old: impl Fn(&Disk)) -> u64 {
    let disk = Disk::with_log();
    old(&disk);
    drop(start_with(&disk.data(), None, &disk.variables(), &[]).unwrap());
    // Writes to the shared memory are counted too, but come after the last step as well: the log is enough.
    let log = fs::read(disk.log()).unwrap();
    let (mut at, mut writes) = (0, 0);
    while at + 21 <= log.len() {
        writes += u64::from(matches!(log[at], b'W' | b'T'));
        at += 21
            + usize::try_from(u64::from_le_bytes(log[at + 13..at + 21].try_into().unwrap()))
                .unwrap();
    }
    writes
}

fn assert_comes_up(data: &Path, schemas: &[String], done: usize) {
    // The token may have been made and not shown before the kill.
    let program = start(data, Some("psg_unknown.0"));
    let file = look_into(data);
    assert_eq!(schema(&file), schemas[schemas.len() - 1], "a migrated file is as a fresh one");
    assert_eq!(faults(&file), Vec::<String>::new());
    let records: u32 = file
        .query_row("SELECT count(*) FROM area WHERE retired_by IS NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(records, if done >= 2 { RECORDS } else { 0 });
    drop((file, program));
    assert_ledger_holds(data);
}

#[test]
fn a_file_that_is_made_anew_and_one_that_was_brought_up_to_date_have_the_same_tables() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    drop(start(&data, None));
    let fresh = schema(&Connection::open(data.join(FILE)).unwrap());
    assert_eq!(schemas(&steps()).last(), Some(&fresh));
}

/// A released step is never edited: this shows what an edit changes. A new step is accepted with `cargo insta accept`.
#[test]
fn the_tables_are_as_they_were_agreed() {
    insta::assert_snapshot!("schema", schemas(&steps()).last().unwrap());
}

#[test]
fn a_file_of_a_newer_program_is_refused_in_one_clear_line_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    drop(start(&data, None));
    let file = Connection::open(data.join(FILE)).unwrap();
    let newer = steps().len() + 1;
    file.pragma_update(None, "user_version", u32::try_from(newer).unwrap()).unwrap();
    drop(file);
    let refused = start_with(&data, None, &Vec::new(), &[]);
    assert!(refused.is_err_and(|status| status.code() == Some(1)));
    let log = fs::read_to_string(log_path(&data)).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| line.starts_with("passage: ")).collect();
    assert!(lines.len() == 1 && lines[0].contains("written by a newer Passage"), "{log}");
    assert!(!run(&["verify"], &data).status.success());
    let file = Connection::open(data.join(FILE)).unwrap();
    assert_eq!(step_of(&file), newer, "it is left as it is");
}
