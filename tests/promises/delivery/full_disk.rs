//! A disk that is full when a report is made: nothing half-written is left, and it is made when there is room.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::disk::Disk;
use crate::program::{look_into, start_with};

const PATIENCE: Duration = Duration::from_mins(2);

/// Often, so that some fall into the time in which the disk is full.
const SCHEDULE: &str = "[[schedule]]\nname = 'often'\ncron = '*/2 * * * * *'\ntime_zone = 'UTC'\nperiod_days = 1\nformats = ['text', 'json']\n";

pub fn a_report_is_made_when_there_is_room() {
    // Every write fails; and only the opening of files, so that the store takes a report whose files cannot be made.
    for fault in ["write 28 @1 -1", "open 28 @1 -1"] {
        let disk = Disk::that_fails();
        let data = disk.data();
        fs::write(data.join("config.toml"), SCHEDULE).unwrap();
        let program = start_with(&data, None, &disk.variables(), &[]).unwrap();
        let area = json!({ "code": "duma", "names": "Duma" });
        assert_eq!(program.post("/api/v1/areas", &area).status().as_u16(), 201);
        until("none yet", || reports(&data) > 0);
        disk.fail(fault);
        std::thread::sleep(Duration::from_secs(5));
        let full = reports(&data);
        disk.heal();
        until(fault, || reports(&data) > full);
        // Also the one that was kept when its files could not be written.
        until("not each has its files", || is_whole(&data));
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn reports(data: &Path) -> i64 {
    let count = "SELECT count(*) FROM report WHERE recipient = ''";
    look_into(data).query_row(count, [], |row| row.get(0)).unwrap()
}

/// The files of reports. One that was being written when something ended it is hidden.
fn names(data: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(data.join("reports")).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}

/// Has each file its others beside it, and is every JSON whole?
fn is_whole(data: &Path) -> bool {
    let files = names(data);
    let json = files.iter().filter(|path| path.extension().is_some_and(|end| end == "json"));
    for path in json.clone() {
        let text = fs::read_to_string(path).unwrap();
        let read: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(read.is_ok(), "{} is half-written", path.display());
    }
    json.count() * 4 == files.len()
}
