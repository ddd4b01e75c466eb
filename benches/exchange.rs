//! `make bench`: import and export of many rows, beside raw SQLite and beside reading the text alone, and the memory
//! that each takes. `PASSAGE_BENCH_CONVOYS` and `PASSAGE_BENCH_SHEET_ROWS` make it smaller.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints rough numbers"
)]

#[allow(dead_code, reason = "some of it is for the bench of the world")]
#[path = "parts/generate.rs"]
mod generate;
#[allow(dead_code, reason = "most of it is for the bench of the world")]
#[path = "parts/load.rs"]
mod load;
#[allow(dead_code, reason = "some of it is for the bench of the world")]
#[path = "parts/raw.rs"]
mod raw;

use std::path::{Path, PathBuf};
use std::time::Instant;

use passage::app::STORE_FILE;
use passage::clock::Clock;
use passage::domain::{Clearance, Kind};
use passage::exchange::export::Ask;
use passage::exchange::extract::Form;
use passage::exchange::import::{self, Options};
use passage::store::SqliteStore;

/// How many areas the world has.
const AREAS: usize = 5_000;

#[expect(clippy::disallowed_methods, reason = "a bench has no settings file")]
fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    let convoys = number("PASSAGE_BENCH_CONVOYS", 1_000_000);
    let rows = number("PASSAGE_BENCH_SHEET_ROWS", 100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!(
        "{AREAS} areas, {convoys} convoys; rows of convoys a second; the most memory beyond what was in use before"
    );
    let raw = raw::insert_convoys(&folder.path().join("raw.sqlite"), convoys, false);
    told("raw SQLite, the rows alone", raw, None);
    let raw = raw::insert_convoys(&folder.path().join("raw-all.sqlite"), convoys, true);
    told("raw SQLite, all rows and bytes", raw, None);
    actix_web::rt::System::new().block_on(async {
        let world = filled(folder.path(), "world", convoys).await;
        let text = folder.path().join("text");
        written("export as CSV", &world, Form::Csv, &text, convoys).await;
        read(&text, convoys);
        imported("import of CSV", &text, &folder.path().join("of-text.sqlite"), convoys).await;
        let columns = folder.path().join("columns");
        written("export as Parquet", &world, Form::Parquet, &columns, convoys).await;
        let small = filled(folder.path(), "small", rows).await;
        let book = folder.path().join("book.xlsx");
        written("export as a workbook", &small, Form::Xlsx, &book, rows).await;
        imported("import of the workbook", &book, &folder.path().join("of-book.sqlite"), rows)
            .await;
    });
}

fn told(what: &str, per_second: f64, mib: Option<f64>) {
    let memory = mib.map_or_else(String::new, |mib| format!(", {mib:.0} MiB"));
    println!("{what:<34} {per_second:>10.0}/s{memory}");
}

async fn filled(folder: &Path, name: &str, convoys: usize) -> SqliteStore {
    let data = folder.join(name);
    std::fs::create_dir(&data).expect("a data folder");
    generate::fill(&data, AREAS, convoys).await;
    SqliteStore::open(&data.join(STORE_FILE), 2).expect("a store")
}

async fn written(what: &str, store: &SqliteStore, form: Form, place: &Path, convoys: usize) {
    let memory = Memory::of_now();
    let begun = Instant::now();
    let kinds = [Kind::Area, Kind::Convoy];
    let ask = Ask::of(store, &kinds, Clock::Wall, &Clearance::ALL).await.expect("a question");
    ask.write(form, place).await.expect("files");
    told(what, convoys as f64 / begun.elapsed().as_secs_f64(), Some(memory.most_mib()));
}

/// The text alone: every cell of every file of convoys.
fn read(folder: &Path, convoys: usize) {
    let begun = Instant::now();
    let mut cells = 0;
    for path in files(folder).filter(|path| path.to_string_lossy().contains("convoys")) {
        let mut reader = csv::Reader::from_path(path).expect("a file");
        let mut row = csv::ByteRecord::new();
        while reader.read_byte_record(&mut row).expect("a row") {
            cells += row.len();
        }
    }
    assert!(cells > convoys, "there is something to read");
    told("reading the CSV alone", convoys as f64 / begun.elapsed().as_secs_f64(), None);
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
}

async fn imported(what: &str, files: &Path, store: &Path, convoys: usize) {
    let store = SqliteStore::open(store, 2).expect("a store");
    let memory = Memory::of_now();
    let begun = Instant::now();
    let (paths, options) = ([files.to_owned()], Options::by("bench"));
    let done = import::run(&store, &paths, &options, Clock::Wall, &mut |_| {}).await;
    done.expect("what was exported is imported");
    told(what, convoys as f64 / begun.elapsed().as_secs_f64(), Some(memory.most_mib()));
}

/// How much memory of its own the process takes.
struct Memory {
    before_kib: f64,
}

impl Memory {
    fn of_now() -> Self {
        std::fs::write("/proc/self/clear_refs", "5").expect("the most is forgotten");
        Self { before_kib: Self::kib("VmRSS:") }
    }

    /// The most since then, beyond what was in use then, MiB.
    fn most_mib(&self) -> f64 {
        (Self::kib("VmHWM:") - self.before_kib) / 1_024.0
    }

    fn kib(name: &str) -> f64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(name));
        let kib = line.and_then(|line| line.split_whitespace().nth(1));
        kib.and_then(|kib| kib.parse().ok()).unwrap_or(f64::NAN)
    }
}
