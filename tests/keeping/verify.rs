//! G28 from outside: each kind of tampering ends `passage verify` with a sentence, and a random one always does.

use std::fs;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;

use crate::house::{House, passage};
use crate::result::{is_night, record};

/// A house with a checkpoint of it that is kept elsewhere.
fn with_checkpoint(areas: usize) -> (House, String) {
    let house = House::with_areas(areas);
    let checkpoint = house.beside("kept.checkpoint");
    fs::write(&checkpoint, passage(&["checkpoint", "--data", house.data()]).well()).unwrap();
    (house, checkpoint)
}

#[test]
fn what_fits_its_checkpoint_is_in_order_and_what_was_cut_is_said_to_be() {
    let (house, checkpoint) = with_checkpoint(4);
    let verify = ["verify", "--data", house.data(), "--checkpoint", &checkpoint];
    let said = passage(&verify).well();
    assert!(
        said.contains("4 entries, all in order") && said.contains("1 checkpoints fit"),
        "{said}"
    );
    let again = passage(&[&verify[..], &["--checkpoint", &checkpoint]].concat()).well();
    assert!(again.contains("2 checkpoints fit"), "{again}");
    house.tamper(
        "DELETE FROM area WHERE version = 4; DELETE FROM ledger_body WHERE sequence = 4;
         DELETE FROM ledger WHERE sequence = 4;",
    );
    passage(&["verify", "--data", house.data()]).well();
    let said = passage(&verify).refused();
    assert!(said.contains("the ledger ends at entry 3") && said.contains("it had 4"), "{said}");
}

#[test]
fn a_checkpoint_of_another_deployment_or_key_is_named_so() {
    let ((house, _), (_other, foreign)) = (with_checkpoint(2), with_checkpoint(2));
    let said = passage(&["verify", "--data", house.data(), "--checkpoint", &foreign]).refused();
    assert!(said.contains("of another deployment"), "{said}");
    let own = fs::read_to_string(house.beside("kept.checkpoint")).unwrap();
    let key = own.lines().find_map(|line| line.strip_prefix("key ")).unwrap().to_owned();
    let kept = house.beside("kept.checkpoint");
    let trusting = ["verify", "--data", house.data(), "--checkpoint", &kept, "--key"];
    passage(&[&trusting[..], &[&key]].concat()).well();
    let other_key = "ab".repeat(32);
    let said = passage(&[&trusting[..], &[&other_key]].concat()).refused();
    assert!(said.contains("not trusted"), "{said}");
}

#[test]
fn checkpoints_that_reports_left_are_looked_at_without_being_asked() {
    let house = House::with_areas(2);
    passage(&["report", "--data", house.data()]).well();
    let said = passage(&["verify", "--data", house.data()]).well();
    assert!(said.contains("1 checkpoints fit"), "{said}");
    house.tamper(
        "DELETE FROM area WHERE version = 2; DELETE FROM ledger_body WHERE sequence = 2;
         DELETE FROM ledger WHERE sequence = 2;",
    );
    let said = passage(&["verify", "--data", house.data()]).refused();
    assert!(said.contains("manual-") && said.contains("cut off"), "{said}");
}

/// What the ledger vouches for: tables, their keys and columns; `*` takes a whole row.
const PLACES: [(&str, &str, &[&str]); 4] = [
    (
        "ledger",
        "sequence",
        &["recorded_at", "learned_at", "actor", "action", "kind", "id", "digest", "hash"],
    ),
    ("ledger_body", "sequence", &["salt", "code", "sensitivity", "body", "reason"]),
    (
        "area",
        "version",
        &[
            "id",
            "code",
            "happened_at",
            "sensitivity",
            "lon",
            "lat",
            "summary",
            "withdrawn",
            "learned_at",
            "recorded_at",
            "country",
            "pcode",
        ],
    ),
    ("area", "version", &["*"]),
];

/// Changes one value of one row of what the ledger vouches for; says what.
fn tamper_somewhere(file: &Connection, random: &mut StdRng) -> String {
    let (table, key, columns) = PLACES[random.random_range(0..PLACES.len())];
    let column = columns[random.random_range(0..columns.len())];
    let rows: i64 =
        file.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    let row = random.random_range(1..=rows);
    if column == "*" {
        let table = ["ledger", "ledger_body", "area"][random.random_range(0..3)];
        let key = if table == "area" { "version" } else { "sequence" };
        file.execute(&format!("DELETE FROM {table} WHERE {key} = ?1"), [row]).unwrap();
        return format!("deleted {row} of {table}");
    }
    let value = random.random_range(1..1_000_000);
    for value in [
        format!("{column} + 1 + {value}"),
        format!("coalesce({column}, '') || 'x{value}'"),
        format!("randomblob(length({column}))"),
        "1 - abs(coalesce(".to_owned() + column + ", 0))",
        "12.5".to_owned(),
        "'SYR'".to_owned(),
    ] {
        let sql = format!(
            "UPDATE {table} SET {column} = {value} WHERE {key} = ?1 AND {column} IS NOT ({value})"
        );
        if file.execute(&sql, [row]).is_ok_and(|changed| changed == 1) {
            return format!("{sql} at {row}");
        }
    }
    file.execute(&format!("DELETE FROM {table} WHERE {key} = ?1"), [row]).unwrap();
    format!("deleted {row} of {table}")
}

#[test]
fn random_tamperings_are_all_found() {
    let count: u64 = if is_night() { 10_000 } else { 40 };
    let (house, _) = with_checkpoint(12);
    house.tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    let sound = house.home.path().join("sound");
    fs::copy(house.file(), &sound).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut overlooked = Vec::new();
    for seed in 0..count {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("passage.sqlite");
        fs::copy(&sound, &path).unwrap();
        let what = {
            let file = Connection::open(&path).unwrap();
            file.pragma_update(None, "foreign_keys", false).unwrap();
            file.pragma_update(None, "synchronous", "OFF").unwrap();
            tamper_somewhere(&file, &mut StdRng::seed_from_u64(seed))
        };
        let found = runtime.block_on(async {
            let store = passage::app::open_store(home.path(), &settings()).unwrap();
            let broken = store.verify().await.unwrap().broken;
            // What cuts the end off cleanly shows by the checkpoint.
            broken.is_some() || store.head().await.unwrap().sequence < 12
        });
        if !found {
            overlooked.push(format!("seed {seed}: {what}"));
        }
    }
    let told = format!("{count} random tamperings, {} not found", overlooked.len());
    record("G28", &told, overlooked.is_empty());
    assert!(overlooked.is_empty(), "{overlooked:#?}");
}

fn settings() -> passage::config::Settings {
    passage::config::Settings::layered("test", "[store]\nreaders = 1", std::iter::empty()).unwrap()
}
