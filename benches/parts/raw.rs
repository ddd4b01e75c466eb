//! What the machine can do: the same rows by bare statements, and commits of one row.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::generate::{change, convoy};
use passage::domain::{Kind, draft};

fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("a file");
    let _: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .expect("WAL");
    connection.pragma_update(None, "synchronous", "FULL").expect("FULL");
    connection.set_prepared_statement_cache_capacity(64);
    connection
}

/// Rows a second of the convoy table with its indexes, in one transaction; with all the other rows and bytes too,
/// where asked. The rows are made before the clock runs.
pub fn insert_convoys(path: &Path, convoys: usize, everything: bool) -> f64 {
    const CHUNK: usize = 50_000;
    let connection = open(path);
    connection
        .execute_batch(
            "CREATE TABLE convoy (version INTEGER PRIMARY KEY, id BLOB, code TEXT, happened_at INTEGER, sensitivity INTEGER,
                lon REAL, lat REAL, masked_lon REAL, masked_lat REAL, stage TEXT, mode TEXT, convoy_type TEXT, summary TEXT,
                withdrawn INTEGER, learned_at INTEGER, recorded_at INTEGER, retired_by INTEGER, retired_at INTEGER) STRICT;
             CREATE UNIQUE INDEX code ON convoy (code) WHERE retired_by IS NULL;
             CREATE INDEX id ON convoy (id);
             CREATE INDEX happened ON convoy (happened_at);
             CREATE INDEX stage ON convoy (stage, happened_at);
             CREATE TABLE ledger (sequence INTEGER PRIMARY KEY, recorded_at INTEGER, learned_at INTEGER, actor TEXT, action TEXT,
                kind TEXT, id BLOB, digest BLOB, hash BLOB) STRICT;
             CREATE TABLE body (sequence INTEGER PRIMARY KEY, salt BLOB, code TEXT, sensitivity INTEGER, body TEXT, reason TEXT) STRICT;
             CREATE TABLE mention (target_kind TEXT, target_code TEXT, kind TEXT, version INTEGER,
                PRIMARY KEY (target_kind, target_code, kind, version)) STRICT, WITHOUT ROWID;
             BEGIN IMMEDIATE",
        )
        .expect("tables");
    let mut took = Duration::ZERO;
    for from in (0..convoys).step_by(CHUNK) {
        let rows: Vec<_> = (from..(from + CHUNK).min(convoys))
            .map(|n| {
                let change = change(draft(Kind::Convoy, &convoy(n, crate::AREAS)).expect("right"));
                let body = change.draft.body.to_string();
                let summary = serde_json::Value::Object(change.draft.summary.clone()).to_string();
                (n as i64 + 1, change, body, summary)
            })
            .collect();
        let begun = Instant::now();
        for (version, change, body, summary) in &rows {
            insert(&connection, *version, change, body, summary, everything);
        }
        took += begun.elapsed();
    }
    let begun = Instant::now();
    connection.execute_batch("COMMIT").expect("a commit");
    convoys as f64 / (took + begun.elapsed()).as_secs_f64()
}

fn insert(
    connection: &Connection,
    version: i64,
    change: &passage::store::Change,
    body: &str,
    summary: &str,
    everything: bool,
) {
    let (id, code) =
        (change.new_id.as_bytes(), change.draft.code.as_ref().map(passage::domain::Code::as_str));
    let text = |at: usize| change.draft.columns[at].as_str();
    let happened = change.draft.happened_at.map(|at| at.timestamp_millis());
    let mut convoy = connection
        .prepare_cached("INSERT INTO convoy VALUES (?1,?2,?3,?4,1,NULL,NULL,NULL,NULL,?5,?6,?7,?8,0,?9,?9,NULL,NULL)")
        .expect("a statement");
    convoy
        .execute(params![version, id, code, happened, text(0), text(1), text(2), summary, 1])
        .expect("a row");
    if everything {
        let hash = [7_u8; 32];
        let mut ledger = connection
            .prepare_cached("INSERT INTO ledger VALUES (?1,1,1,'bench','create','convoy',?2,?3,?3)")
            .expect("a statement");
        ledger.execute(params![version, id, hash]).expect("a row");
        let mut bodies = connection
            .prepare_cached("INSERT INTO body VALUES (?1,?2,?3,1,?4,NULL)")
            .expect("a statement");
        bodies.execute(params![version, &hash[..16], code, body]).expect("a row");
        let mut mentions = connection
            .prepare_cached("INSERT INTO mention VALUES (?1,?2,'convoy',?3)")
            .expect("a statement");
        for mention in &change.draft.mentions {
            mentions.execute(params![mention.kind.as_str(), mention.code, version]).expect("a row");
        }
    }
}

/// Commits a second of one small row each, FULL.
pub fn commits_a_second(path: &Path, seconds: Duration) -> f64 {
    let connection = open(path);
    connection
        .execute_batch("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT) STRICT")
        .expect("a table");
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < seconds {
        connection.execute("INSERT INTO row (text) VALUES ('one row')", []).expect("a row");
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}
