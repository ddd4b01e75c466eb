//! The encrypted store: on the disk stands nothing that can be read, and only its key opens it.
//!
//! Built with the feature `sqlcipher` alone: `make sqlcipher`.
#![cfg(test)]

#[path = "../canary/bodies.rs"]
mod bodies;
#[path = "../promises/client.rs"]
mod client;
#[path = "../canary/program.rs"]
mod program;
#[path = "../promises/result.rs"]
mod result;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use passage::domain::Kind;
use passage::store::{Key, SqliteStore, StoreError};
use reqwest::Method;
use serde_json::Value;

use self::bodies::Filling;
use self::program::Program;
use self::result::record;

/// Stands in every text, code, name and plate.
const WORD: &str = "Kanari7q";

/// A data folder whose settings name a key that lies elsewhere.
struct Home {
    data: tempfile::TempDir,
    keys: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self { data: tempfile::tempdir().unwrap(), keys: tempfile::tempdir().unwrap() };
        home.name_key(&home.key("first"));
        home
    }

    /// Makes a key by the command that makes them.
    fn key(&self, name: &str) -> PathBuf {
        let file = self.keys.path().join(name);
        let made = Command::new(env!("CARGO_BIN_EXE_passage")).arg("store-key").arg(&file).output();
        assert!(made.unwrap().status.success());
        file
    }

    fn name_key(&self, file: &Path) {
        let settings = format!("[store]\nkey_from = \"file\"\nkey_file = \"{}\"\n", file.display());
        fs::write(self.data.path().join("config.toml"), settings).unwrap();
    }

    fn name_none(&self) {
        fs::write(self.data.path().join("config.toml"), "").unwrap();
    }

    /// What is said where the program does not start.
    fn refusal(&self) -> String {
        let mut command = program::command(self.data.path(), false);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.data.path());
        let done = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        String::from_utf8(done.stderr).unwrap()
    }
}

/// Closes a store, and waits until its write-ahead log is in its file.
fn closed(store: SqliteStore, path: &Path) {
    drop(store);
    let wal = path.with_extension("sqlite-wal");
    let gone = (0..3_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        !wal.exists()
    });
    assert!(gone, "the store is not closed");
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The files below a folder that hold a word, in whatever case.
fn holding(folder: &Path, word: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let word = word.to_lowercase().into_bytes();
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap().to_ascii_lowercase();
        bytes.windows(word.len()).any(|piece| piece == word)
    };
    all.into_iter().filter(holds).collect()
}

fn write_records(program: &Program) {
    let filling = Filling { text: "Kanari7q ", code: WORD, lon: 36.123_457, lat: 33.654_321 };
    for kind in Kind::ALL {
        let body = filling.first_body(*kind);
        program
            .ask(Method::POST, &format!("/api/v1/{}", kind.plural()))
            .json(&body)
            .send()
            .unwrap();
    }
}

fn area_of(program: &Program) -> Value {
    let path = format!("/api/v1/areas/{WORD}-area");
    program.ask(Method::GET, &path).send().unwrap().json().unwrap()
}

#[test]
fn nothing_of_a_record_stands_on_the_disk_while_it_runs_or_after() {
    let home = Home::new();
    let data = home.data.path();
    let program = Program::serve(data, false);
    write_records(&program);
    let token = program.token.clone();
    assert_eq!(area_of(&program)["names"]["en"], WORD);
    assert!(data.join("passage.sqlite-wal").metadata().unwrap().len() > 0, "there is a log");
    let words = [WORD, "36.123457", "SQLite format 3", "CREATE TABLE", "psg_"];
    for word in words {
        assert_eq!(holding(data, word), [] as [PathBuf; 0], "{word}");
    }
    let said = program.kill();
    assert!(!said.contains(WORD), "{said}");
    assert_eq!(holding(data, WORD), [] as [PathBuf; 0], "after a power cut");
    let mut again = Program::serve(data, false);
    again.token = token;
    assert_eq!(area_of(&again)["names"]["en"], WORD, "the log is read back");
    again.stop();
    assert_eq!(holding(data, WORD), [] as [PathBuf; 0], "after a stop");
    let key = fs::read_to_string(home.keys.path().join("first")).unwrap();
    assert_eq!(holding(data, key.trim()), [] as [PathBuf; 0], "the key");
    let mut all = Vec::new();
    files(data, &mut all);
    let told = format!(
        "{} canaries and the key in {} files, while it runs, after a power cut and after a stop: 0",
        words.len(),
        all.len()
    );
    record("G26", &told, true);
}

#[test]
fn a_wrong_key_a_missing_key_and_a_needless_key_are_each_refused_in_one_sentence() {
    let home = Home::new();
    Program::serve(home.data.path(), false).stop();
    home.name_key(&home.key("second"));
    let refusal = home.refusal();
    assert!(refusal.contains("the key does not open"), "{refusal}");
    assert_eq!(refusal.lines().count(), 1, "{refusal}");
    home.name_none();
    let refusal = home.refusal();
    assert!(refusal.contains("it is encrypted and store.key_from is none"), "{refusal}");
    home.name_key(&home.keys.path().join("nowhere"));
    assert!(home.refusal().contains("nowhere: No such file"));
    home.name_key(&home.keys.path().join("first"));
    Program::serve(home.data.path(), false).stop();

    let plain = Home::new();
    plain.name_none();
    Program::serve(plain.data.path(), false).stop();
    plain.name_key(&plain.keys.path().join("first"));
    let refusal = plain.refusal();
    assert!(refusal.contains("is not encrypted, but a key is given"), "{refusal}");
    plain.name_none();
    Program::serve(plain.data.path(), false).stop();
    record("G26", "a wrong, a missing and a needless key: each refused in one sentence", true);
}

#[test]
fn a_page_that_was_changed_on_the_disk_is_found() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.sqlite");
    let key = || Some(Key::new([7; 32]));
    closed(SqliteStore::open_with(&path, 1, key()).unwrap(), &path);
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let fault = SqliteStore::open_with(&path, 1, key()).unwrap_err();
    assert!(matches!(&fault, StoreError::Key(t) if t.contains("damaged")), "{fault}");
}

#[test]
fn a_copy_made_by_vacuum_is_encrypted_with_the_same_key() {
    let home = tempfile::tempdir().unwrap();
    let (path, copy) = (home.path().join("passage.sqlite"), home.path().join("copy.sqlite"));
    let key = Key::new([7; 32]);
    closed(SqliteStore::open_with(&path, 1, Some(key.clone())).unwrap(), &path);
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "key", format!("x'{}'", key.hex().expose())).unwrap();
    file.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    assert_eq!(holding(home.path(), "SQLite format 3"), [] as [PathBuf; 0]);
    assert!(SqliteStore::open(&copy, 1).is_err());
    drop(SqliteStore::open_with(&copy, 1, Some(key)).unwrap());
}

/// What a command said that went well.
fn well(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// A folder with records, whose server was stopped; and its token.
fn filled(home: &Home) -> String {
    let program = Program::serve(home.data.path(), false);
    write_records(&program);
    let token = program.token.clone();
    program.stop();
    token
}

/// Brings a backup back, with the settings that a file names.
fn restore(from: &Path, to: &Path, config: Option<&Path>) -> Output {
    let mut command = program::command(to.parent().unwrap(), false);
    command.args(["restore", "--from"]).arg(from).arg("--data").arg(to);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_backup_of_an_encrypted_store_is_encrypted_and_comes_back_with_its_key_alone() {
    let home = Home::new();
    let data = home.data.path();
    let token = filled(&home);
    let (key, away) = (home.keys.path().join("first"), tempfile::tempdir().unwrap());
    // Who keeps the key where other keys are must not find it in a backup that anybody can read.
    fs::create_dir_all(data.join("keys")).unwrap();
    fs::copy(&key, data.join("keys/store.key")).unwrap();
    let backup = away.path().join("plain.backup");
    let to = backup.to_str().unwrap();
    let said = well(&program::run(data, false, &["backup", "--to", to, "--with-keys"]));
    assert!(said.contains("The keys are in it"), "{said}");
    let secret = fs::read_to_string(&key).unwrap();
    for word in [WORD, "36.123457", secret.trim(), "SQLite format 3", "CREATE TABLE"] {
        assert_eq!(holding(away.path(), word), [] as [PathBuf; 0], "{word} in the backup");
    }
    assert_eq!(holding(data, WORD), [] as [PathBuf; 0], "beside the data");

    let new = away.path().join("new");
    let refused = restore(&backup, &new, None);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("it is encrypted"), "{why}");
    assert!(!new.join("passage.sqlite").exists(), "nothing was put in place");
    well(&restore(&backup, &new, Some(&data.join("config.toml"))));
    assert_eq!(holding(away.path(), WORD), [] as [PathBuf; 0], "after the way back");
    let mut again = Program::serve(&new, false);
    again.token = token;
    assert_eq!(area_of(&again)["names"]["en"], WORD);
    again.stop();
    assert_eq!(holding(away.path(), WORD), [] as [PathBuf; 0], "after a start");
}

#[test]
fn a_purge_of_an_encrypted_store_writes_it_anew_and_a_check_reads_it() {
    let home = Home::new();
    let data = home.data.path();
    let token = filled(&home);
    let before = fs::read(data.join("passage.sqlite")).unwrap();
    let code = format!("{WORD}-convoy");
    let purge = ["purge", "--kind", "convoy", "--ref", &code, "--reason", "kept for a year"];
    let said = well(&program::run(data, false, &purge));
    assert!(said.contains("purged 1 records") && said.contains("written anew"), "{said}");
    assert_eq!(holding(data, WORD), [] as [PathBuf; 0]);
    assert_ne!(fs::read(data.join("passage.sqlite")).unwrap(), before);
    well(&program::run(data, false, &["verify"]));
    let checked = program::run(data, false, &["check"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(said.contains("pages in order"), "{said}");
    let mut again = Program::serve(data, false);
    again.token = token;
    let path = format!("/api/v1/convoys/{code}");
    let answer = again.ask(Method::GET, &path).send().unwrap().status().as_u16();
    assert!([404, 410].contains(&answer), "{answer}");
    again.stop();
    home.name_key(&home.key("second"));
    let checked = program::run(data, false, &["check"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(2), "{said}");
    assert!(said.contains("the key does not open") && said.contains("key_from"), "{said}");
}

#[test]
fn a_wipe_destroys_the_key_of_the_store_wherever_it_lies_and_works_twice() {
    let home = Home::new();
    let data = home.data.path();
    filled(&home);
    let key = home.keys.path().join("first");
    let (name, kept) = (key.to_str().unwrap().to_owned(), fs::read(&key).unwrap());
    let said = well(&program::run(data, false, &["wipe", "--yes-destroy-everything"]));
    assert!(said.contains(&name) && said.contains("nobody opens the store again"), "{said}");
    assert!(!key.exists() && !data.join("passage.sqlite").exists());
    let digits = String::from_utf8(kept).unwrap();
    assert_eq!(holding(data, digits.trim()), [] as [PathBuf; 0]);
    fs::write(data.join("config.toml"), "[store]\nkey_from = 7\n").unwrap();
    fs::write(data.join("passage.salt"), "00").unwrap();
    let said = well(&program::run(data, false, &["wipe", "--yes-destroy-everything"]));
    assert!(said.contains("settings cannot be read"), "what is wrong stops nobody: {said}");
    assert!(said.contains("passage.salt") && !data.join("passage.salt").exists(), "{said}");
}
