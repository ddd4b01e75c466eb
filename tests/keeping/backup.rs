//! G29: a backup under write load, and the way back, row for row. Damaged, cut, foreign and old ones are refused.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use passage::keeping::disk;
use serde_json::json;

use crate::house::{House, passage, rows};
use crate::result::{is_night, record};

/// The data of a plain backup: what follows its list.
fn data_in(backup: &Path) -> Vec<u8> {
    let bytes = fs::read(backup).unwrap();
    let text = String::from_utf8_lossy(&bytes[..20_000.min(bytes.len())]).into_owned();
    let size = text.split("\"passage.sqlite\",").nth(1).unwrap();
    let size = size.split("\"bytes\": ").nth(1).unwrap().split(',').next().unwrap();
    bytes[bytes.len() - size.parse::<usize>().unwrap()..].to_vec()
}

/// One drill: writers write, a backup is made, brought back elsewhere, and compared row for row; how many rows.
fn drill(round: usize, recipient: Option<(&str, &str)>) -> usize {
    let house = House::with_areas(3);
    let server = house.start();
    let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    let to = house.beside("out.backup");
    std::thread::scope(|scope| {
        let (server, stop, written) = (&server, &stop, &written);
        for writer in 0..3 {
            scope.spawn(move || {
                for n in 0.. {
                    let body = json!({ "code": format!("w-{writer}-{n}"), "names": "A" });
                    if stop.load(Ordering::Relaxed)
                        || server.post("/api/v1/areas", &body) != Some(201)
                    {
                        return;
                    }
                    written.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while written.load(Ordering::Relaxed) < 20 {
            std::thread::yield_now();
        }
        let (store, log) = disk::store_sizes(&house.data);
        assert!(store > 0 && log > 0, "a check of the room counts both: {store} and {log}");
        let mut arguments = vec!["backup", "--data", house.data(), "--to", &to];
        arguments.extend(recipient.iter().flat_map(|(public, _)| ["--recipient", public]));
        let before = written.load(Ordering::Relaxed);
        assert!(passage(&arguments).well().contains("in order"));
        let during = written.load(Ordering::Relaxed) - before;
        assert!(during > 0, "others wrote meanwhile");
        stop.store(true, Ordering::Relaxed);
    });
    let new = house.beside("new");
    let mut arguments = vec!["restore", "--from", &to, "--data", &new];
    arguments.extend(recipient.iter().flat_map(|(_, secret)| ["--identity", secret]));
    let said = passage(&arguments).well();
    assert!(said.contains("RPO: the newest record is") && said.contains("RTO: "), "{said}");
    let restored = rows(&Path::new(&new).join("passage.sqlite"));
    // The backup is the beginning of what the server has by now: cut that back to the same entry.
    let head: usize = restored.iter().filter(|row| row.starts_with("ledger:")).count();
    assert!(head >= 23, "round {round}: {head}");
    server.kill();
    house.tamper(&format!(
        "DELETE FROM area WHERE version > {head}; DELETE FROM mention WHERE version > {head};
         DELETE FROM ledger_body WHERE sequence > {head}; DELETE FROM ledger WHERE sequence > {head};"
    ));
    let here = rows(&house.file());
    assert_eq!(restored, here, "round {round}: every row and the head");
    let said = passage(&["verify", "--data", &new]).well();
    assert!(said.contains(&format!("{head} entries, all in order")), "{said}");
    here.len()
}

#[test]
fn a_backup_under_write_load_comes_back_row_for_row() {
    let drills = if is_night() { 100 } else { 2 };
    let home = tempfile::tempdir().unwrap();
    let secret = home.path().join("key.txt").to_str().unwrap().to_owned();
    let said = passage(&["backup", "--make-key", &secret]).well();
    let public = said.lines().next().unwrap().to_owned();
    let drill = |round| drill(round, (round % 2 == 1).then_some((&*public, &*secret)));
    let rows: usize = (0..drills).map(drill).sum();
    let told = format!(
        "{drills} drills under load, each second one encrypted: {rows} rows came back as they were"
    );
    record("G29", &told, true);
}

#[test]
fn an_encrypted_backup_shows_nothing_and_opens_with_its_key_alone() {
    let house = House::with_areas(3);
    let secret = house.beside("key.txt");
    let said = passage(&["backup", "--make-key", &secret]).well();
    let public = said.lines().next().unwrap().to_owned();
    assert!(public.starts_with("age1"), "{said}");
    assert!(passage(&["backup", "--make-key", &secret]).refused().contains("key.txt"));
    let to = house.beside("out.backup.age");
    let said =
        passage(&["backup", "--data", house.data(), "--to", &to, "--recipient", &public]).well();
    assert!(said.contains("encrypted") && said.contains("The keys are in it."), "{said}");
    let bytes = fs::read(&to).unwrap();
    assert!(!bytes.windows(7).any(|window| window == b"SQLite " || window == b"\"areas\""));
    let new = house.beside("new");
    let refused = passage(&["restore", "--from", &to, "--data", &new]).refused();
    assert!(refused.contains("--identity"), "{refused}");
    let other = house.beside("other.txt");
    passage(&["backup", "--make-key", &other]).well();
    let wrong = ["restore", "--from", &to, "--data", &new, "--identity", &other];
    assert!(passage(&wrong).refused().contains("not made for this key"));
    assert!(!Path::new(&new).exists(), "nothing is left of what was refused");
    passage(&["restore", "--from", &to, "--data", &new, "--identity", &secret]).well();
    for key in ["token.key", "checkpoint.key"] {
        let (here, there) =
            (house.data.join("keys").join(key), Path::new(&new).join("keys").join(key));
        assert_eq!(fs::read(here).ok(), fs::read(there).ok(), "{key}");
    }
    assert!(Path::new(&new).join("keys/checkpoint.key").exists());
}

#[test]
fn a_damaged_or_cut_backup_is_refused_and_leaves_the_folder_as_it_was() {
    let house = House::with_areas(3);
    let to = house.beside("out.backup");
    passage(&["backup", "--data", house.data(), "--to", &to]).well();
    let sound = fs::read(&to).unwrap();
    let begin = sound.len() - data_in(Path::new(&to)).len();
    let (bad, new) = (house.beside("bad.backup"), house.beside("new"));
    let mut cases: Vec<Vec<u8>> = vec![Vec::new(), b"nonsense".to_vec()];
    for cut in [1, 100, begin - 5, begin + 1, sound.len() / 2, sound.len() - 1] {
        cases.push(sound[..cut].to_vec());
    }
    for at in [3, 25, begin / 2, begin - 20, begin + 100, sound.len() / 2, sound.len() - 1] {
        let mut flipped = sound.clone();
        flipped[at] ^= 1;
        cases.push(flipped);
    }
    cases.push([&*sound, b"x"].concat());
    for (case, bytes) in cases.iter().enumerate() {
        fs::write(&bad, bytes).unwrap();
        let said = passage(&["restore", "--from", &bad, "--data", &new]).refused();
        assert!(said.contains("backup"), "case {case}: {said}");
        let is_empty = fs::read_dir(&new).map_or(true, |mut folder| folder.next().is_none());
        assert!(is_empty, "case {case}: nothing is left in the folder");
    }
    record("G29", &format!("{} damaged or cut backups refused", cases.len()), true);
    fs::write(&bad, &sound).unwrap();
    passage(&["restore", "--from", &bad, "--data", &new]).well();
}

#[test]
fn a_backup_that_is_older_than_claimed_is_refused() {
    let house = House::with_areas(3);
    let to = house.beside("out.backup");
    passage(&["backup", "--data", house.data(), "--to", &to]).well();
    let server = house.start();
    server.area("later");
    server.kill();
    let (checkpoint, new) = (house.beside("later.checkpoint"), house.beside("new"));
    fs::write(&checkpoint, passage(&["checkpoint", "--data", house.data()]).well()).unwrap();
    let refused =
        passage(&["restore", "--from", &to, "--data", &new, "--expect-sequence", "4"]).refused();
    assert!(refused.contains("older than claimed"), "{refused}");
    let expecting = ["restore", "--from", &to, "--data", &new, "--expect-checkpoint", &checkpoint];
    let refused = passage(&expecting).refused();
    assert!(refused.contains("ends at entry 3") && refused.contains("it had 4"), "{refused}");
    passage(&["restore", "--from", &to, "--data", &new, "--expect-sequence", "3"]).well();
}

#[test]
fn a_folder_with_something_in_it_or_a_running_server_is_not_restored_over() {
    let house = House::with_areas(3);
    let to = house.beside("out.backup");
    passage(&["backup", "--data", house.data(), "--to", &to]).well();
    let over = ["restore", "--from", &to, "--data", house.data()];
    assert!(passage(&over).refused().contains("not empty"));
    let replace = [&over[..], &["--replace"]].concat();
    let server = house.start();
    assert!(passage(&replace).refused().contains("a server runs"));
    server.area("lost");
    server.kill();
    let said = passage(&replace).well();
    assert!(said.contains("is kept in"), "{said}");
    let server = house.start();
    assert_eq!(server.get("/api/v1/areas/lost").map(|(status, _)| status), Some(404));
    assert_eq!(server.get("/api/v1/areas/a-2").map(|(status, _)| status), Some(200));
    let aside = fs::read_dir(&house.data).unwrap().map(|entry| entry.unwrap().path());
    let aside =
        aside.into_iter().find(|path| path.to_str().unwrap().contains("replaced-")).unwrap();
    let lost = "SELECT count(*) FROM area WHERE code = 'lost'";
    let aside = rusqlite::Connection::open(aside.join("passage.sqlite")).unwrap();
    assert_eq!(aside.query_row(lost, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    let other = House::with_areas(1);
    let foreign = ["restore", "--from", &to, "--data", other.data(), "--replace"];
    assert!(passage(&foreign).refused().contains("another deployment"));
}

#[test]
fn a_restore_that_breaks_off_leaves_everything_as_it_was() {
    let house = House::with_areas(3);
    let to = house.beside("out.backup");
    passage(&["backup", "--data", house.data(), "--to", &to]).well();
    let server = house.start();
    server.area("newer");
    server.kill();
    // The key that signed it is gone, so that the name of the old one has to be kept, and its place is taken.
    fs::remove_file(house.data.join("keys/checkpoint.key")).unwrap();
    fs::create_dir(house.data.join("keys/former.pub")).unwrap();
    let restore = ["restore", "--from", &to, "--data", house.data(), "--replace"];
    let refused = passage(&restore).refused();
    assert!(refused.contains("what was there is as it was"), "{refused}");
    let names: Vec<_> =
        fs::read_dir(&house.data).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().starts_with("replaced")), "{names:?}");
    let server = house.start();
    assert_eq!(server.get("/api/v1/areas/newer").map(|(status, _)| status), Some(200));
}

#[test]
fn what_a_killed_backup_or_restore_or_the_writing_of_a_file_left_goes_after_a_day() {
    let house = House::with_areas(1);
    let backups = house.data.join("backups");
    fs::create_dir(&backups).unwrap();
    let folders = [".backup-old", ".restore-old", ".backup-new", "mine-old"];
    let folders = folders.map(|name| house.data.join(name));
    let parts = [".backup-old.part", ".backup-new.part"].map(|name| backups.join(name));
    for folder in &folders {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("passage.sqlite"), "half of it").unwrap();
    }
    for part in &parts {
        fs::write(part, "half of it").unwrap();
    }
    let outgoing = house.data.join("outgoing/duty");
    fs::create_dir_all(&outgoing).unwrap();
    let letters = [".part-old", ".part-new", "alerts-old.json"].map(|name| outgoing.join(name));
    for letter in &letters {
        fs::write(letter, "half of it").unwrap();
    }
    let all = || folders.iter().chain(&parts).chain(&letters);
    let two_days_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(48);
    for path in all().filter(|path| path.to_str().unwrap().contains("old")) {
        fs::File::open(path).unwrap().set_modified(two_days_ago).unwrap();
    }
    drop(house.start());
    assert_eq!(letters.each_ref().map(|path| path.exists()), [false, true, true]);
    assert_eq!(folders.each_ref().map(|path| path.exists()), [false, false, true, true]);
    let to = backups.join("b.backup");
    passage(&["backup", "--data", house.data(), "--to", to.to_str().unwrap()]).well();
    assert_eq!(parts.map(|path| path.exists()), [false, true]);
}

#[test]
fn what_lies_beside_the_keys_and_is_in_no_backup_stays() {
    let house = House::with_areas(1);
    let to = house.beside("out.backup");
    passage(&["backup", "--data", house.data(), "--to", &to, "--with-keys"]).well();
    let server_key = house.data.join("keys/tls.pem");
    fs::write(&server_key, "of the server").unwrap();
    passage(&["restore", "--from", &to, "--data", house.data(), "--replace"]).well();
    assert_eq!(fs::read_to_string(&server_key).unwrap(), "of the server");
    let server = house.start();
    assert_eq!(server.get("/api/v1/areas/a-0").map(|(status, _)| status), Some(200));
}

#[test]
fn a_backup_replaces_no_file_and_is_never_half_there() {
    let house = House::with_areas(1);
    let to = house.beside("out.backup");
    fs::write(&to, "something else").unwrap();
    let refused = passage(&["backup", "--data", house.data(), "--to", &to]).refused();
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(fs::read_to_string(&to).unwrap(), "something else");
    house.tamper("UPDATE ledger_body SET body = '{}' WHERE sequence = 1");
    let to = house.beside("second.backup");
    let refused = passage(&["backup", "--data", house.data(), "--to", &to]).refused();
    assert!(refused.contains("entry 1 is the first that is broken"), "{refused}");
    let left: Vec<_> =
        fs::read_dir(house.home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let inside = fs::read_dir(&house.data).unwrap().map(|e| e.unwrap().file_name());
    assert!(inside.into_iter().all(|name| !name.to_str().unwrap().starts_with(".backup-")));
}

#[test]
fn scheduled_backups_are_made_at_the_start_and_the_oldest_go() {
    let house = House::with_areas(1);
    fs::write(
        house.data.join("config.toml"),
        "schedule = []\n[backup]\nevery_hours = 1\nkeep = 2\n",
    )
    .unwrap();
    let folder = house.data.join("backups");
    fs::create_dir(&folder).unwrap();
    for old in ["2016-07-25", "2016-07-26"] {
        fs::write(folder.join(format!("passage-{old}T000000Z.backup")), "old").unwrap();
    }
    fs::write(folder.join("mine.backup"), "not ours").unwrap();
    let server = house.start();
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let begun = std::time::Instant::now();
    while names().iter().any(|name| name.contains("07-25")) {
        assert!(begun.elapsed().as_secs() < 60, "{:?}", names());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let names = names();
    assert_eq!((names.len(), names[0].as_str()), (3, "mine.backup"), "{names:?}");
    let begun = std::time::Instant::now();
    let told = loop {
        let (status, told) = server.get("/api/v1/upkeep").unwrap();
        assert_eq!(status, 200, "{told}");
        if told.contains("\"backup\"") || begun.elapsed().as_secs() > 60 {
            break told;
        }
    };
    assert!(told.contains("not encrypted, up to entry 1"), "{told}");
}
