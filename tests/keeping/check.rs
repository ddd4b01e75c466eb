//! One screen that says how everything is, in 80 columns, also of what is damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::house::{House, passage};

/// The state and the words of a line.
fn line(data: &str, about: &str) -> (String, String) {
    let said = passage(&["check", "--data", data, "--json"]);
    let read: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    let line = read["lines"].as_array().unwrap().iter().find(|line| line["about"] == about);
    let line = line.unwrap_or_else(|| panic!("{about}: {read}"));
    (line["state"].as_str().unwrap().to_owned(), line["says"].as_str().unwrap().to_owned())
}

#[test]
fn a_new_house_lacks_a_backup_and_one_that_was_kept_is_well() {
    let house = House::with_areas(2);
    let data = house.data();
    assert_eq!(line(data, "backup").0, "bad");
    assert_eq!(line(data, "ledger").0, "look");
    assert_eq!(passage(&["check", "--data", data]).code, Some(2));
    passage(&["backup", "--data", data, "--to", &house.beside("b.backup")]).well();
    for about in ["store", "ledger", "clock", "keys", "server"] {
        let (state, says) = line(data, about);
        assert_eq!(state, "ok", "{about}: {says}");
    }
    let (state, says) = line(data, "backup");
    assert!(state == "look" && says.contains("none is scheduled"), "{says}");
    let said = passage(&["check", "--data", data]);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let server = house.start();
    assert!(line(data, "server").1.contains("runs"));
    server.area("beside");
}

#[test]
fn what_a_restore_brings_in_is_for_its_owner_alone() {
    let house = House::with_areas(1);
    let (to, new) = (house.beside("b.backup"), house.beside("new"));
    passage(&["backup", "--data", house.data(), "--with-keys", "--to", &to]).well();
    passage(&["restore", "--from", &to, "--data", &new]).well();
    let (state, says) = line(&new, "keys");
    assert_eq!(state, "ok", "{says}");
    for name in ["passage.sqlite", "config.toml"] {
        let mode =
            fs::metadata(std::path::Path::new(&new).join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} {mode:o}");
    }
}

#[test]
fn what_is_damaged_is_said_and_nothing_gives_up() {
    let house = House::with_areas(2);
    let data = house.data();
    house.tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    let sound = fs::read(house.file()).unwrap();
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("text", b"this is no database, but a letter that somebody put here".repeat(40)),
        ("cut", sound[..sound.len() / 2].to_vec()),
        (
            "holes",
            sound
                .iter()
                .enumerate()
                .map(|(at, byte)| if at > 4096 && at % 7 == 0 { 0 } else { *byte })
                .collect(),
        ),
    ] {
        fs::write(house.file(), bytes).unwrap();
        let said = passage(&["check", "--data", data]);
        let store = said.out.lines().find(|line| line.contains(" store ")).unwrap();
        assert!(store.starts_with("BAD"), "{what}: {}", said.out);
        for untrue in ["ever made", "recorded yet", "report yet", "never walked"] {
            assert!(!said.out.contains(untrue), "{what}: {}", said.out);
        }
        assert!(matches!(said.code, Some(1 | 2)) && said.out.contains("store"), "{what}: {said:?}");
        assert!(!said.err.contains("panicked"), "{what}: {said:?}");
    }
    fs::remove_file(house.file()).unwrap();
    assert_eq!(line(data, "store").0, "bad");
    assert_eq!(passage(&["check", "--data", &house.beside("nowhere")]).code, Some(2));
}

#[test]
fn keys_that_others_can_read_or_that_are_none_are_bad() {
    let house = House::with_areas(1);
    passage(&["checkpoint", "--data", house.data()]).well();
    let key = house.data.join("keys/checkpoint.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(line(house.data(), "keys").0, "bad");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(line(house.data(), "keys").0, "ok");
    fs::write(&key, "short").unwrap();
    assert_eq!(line(house.data(), "keys").0, "bad");
}

#[test]
fn a_broken_ledger_stays_bad_until_it_is_walked_well() {
    let house = House::with_areas(2);
    house.tamper("UPDATE area SET summary = '{}' WHERE version = 2");
    passage(&["verify", "--data", house.data()]).refused();
    let (state, says) = line(house.data(), "ledger");
    assert!(state == "bad" && says.contains("entry 2"), "{says}");
}

#[test]
fn a_backup_does_not_silence_a_walk_that_found_something() {
    let house = House::with_areas(3);
    let older = house.beside("older.backup");
    passage(&["backup", "--data", house.data(), "--to", &older]).well();
    let server = house.start();
    server.area("later");
    server.kill();
    let checkpoint = house.beside("later.checkpoint");
    fs::write(&checkpoint, passage(&["checkpoint", "--data", house.data()]).well()).unwrap();
    passage(&["restore", "--from", &older, "--data", house.data(), "--replace"]).well();
    let verify = ["verify", "--data", house.data(), "--checkpoint", &checkpoint];
    passage(&verify).refused();
    assert_eq!(line(house.data(), "ledger").0, "bad", "rolled back");
    passage(&["backup", "--data", house.data(), "--to", &house.beside("new.backup")]).well();
    assert_eq!(line(house.data(), "ledger").0, "bad", "the backup walked no checkpoint");
    assert_eq!(line(house.data(), "backup").0, "look", "it was made, and none is scheduled");
    passage(&["verify", "--data", house.data()]).well();
    assert_eq!(line(house.data(), "ledger").0, "ok");
}

/// A certificate and its key that expire after so many days, named by the settings.
fn certified(house: &House, days: i64) {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut asked = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let until = passage::clock::Clock::Wall.recorded_at() + chrono::TimeDelta::days(days);
    let until = std::time::SystemTime::from(until);
    asked.not_after = until.into();
    let certificate = asked.self_signed(&key).unwrap();
    let (cert, secret) = (house.beside("cert.pem"), house.beside("key.pem"));
    fs::write(&cert, certificate.pem()).unwrap();
    fs::write(&secret, key.serialize_pem()).unwrap();
    let settings = format!("[server]\ntls_certificate = {cert:?}\ntls_key = {secret:?}\n");
    fs::write(house.data.join("config.toml"), settings).unwrap();
}

#[test]
fn a_certificate_is_looked_at_before_it_expires() {
    let house = House::with_areas(1);
    let said = passage(&["check", "--data", house.data()]);
    assert!(!said.out.contains("certificate"), "HTTP is plain: {}", said.out);
    for (days, state, word) in
        [(90, "ok", "89 days"), (20, "look", "expires in 19 days"), (-1, "bad", "expired on")]
    {
        certified(&house, days);
        let (found, says) = line(house.data(), "tls");
        assert_eq!(found, state, "{says}");
        assert!(says.contains(word), "{says}");
        let said = passage(&["check", "--data", house.data()]);
        let widest = said.out.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{}", said.out);
    }
    fs::write(house.beside("cert.pem"), "none").unwrap();
    let (found, says) = line(house.data(), "tls");
    assert!(found == "bad" && says.contains("tls_certificate"), "{says}");
}

#[test]
fn schedules_are_listed_wherever_they_come_from_and_who_is_sent_nothing_is_said() {
    let house = House::with_areas(1);
    let data = house.data();
    let server = house.start();
    let posted = serde_json::json!({ "code": "posted", "cron": "0 7 * * *", "time_zone": "UTC" });
    assert_eq!(server.post("/api/v1/schedules", &posted), Some(201));
    server.kill();
    let config = "[[schedule]]\nname = 'daily'\ncron = '0 7 * * *'\ntime_zone = 'UTC'\nrecipients = ['desk']\n";
    fs::write(std::path::Path::new(data).join("config.toml"), config).unwrap();
    let said = passage(&["check", "--data", data]).out;
    for line in ["posted: no report yet", "daily: no report yet", "there is no recipient desk"] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let refused = passage(&["report", "preview", "--data", data, "--schedule", "nope"]).refused();
    assert!(refused.contains("there is no schedule nope; there are: daily, posted"), "{refused}");
}
