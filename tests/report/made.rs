//! Reports are made once, kept, written whole, and made up when they were missed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::Sensitivity;
use passage::exchange::import::{self, Options};
use passage::jobs::schedule::run_due;
use passage::keeping::checkpoint::{self, Checkpoint};
use passage::report::Report;

use crate::world::{end_of, manual, settings};

const DAILY: &str = "[[schedule]]\nname = 'daily'\ncron = '0 7 * * *'\ntime_zone = 'Asia/Damascus'\nperiod_days = 7\n";

async fn app(data: &Path, now: &str, settings: Settings) -> App {
    let now = now.parse::<passage::domain::Moment>().unwrap().end();
    App::build(data, Clock::Fixed(now), settings).await.unwrap()
}

/// A data folder with the history of Syria in it, each record known from the day of its source.
pub async fn syria(now: &str, settings: Settings) -> (tempfile::TempDir, App) {
    let data = tempfile::tempdir().unwrap();
    let app = app(data.path(), now, settings).await;
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds/syria-2016");
    let options = Options { as_reported: true, ..Options::by("test") };
    let done = import::run(&*app.store, &[seeds], &options, Clock::Wall, &mut |_| {}).await;
    assert!(done.is_ok(), "{:?}", done.err().map(|fault| fault.to_string()));
    app.situations.catch_up().await.unwrap();
    (data, app)
}

fn files(data: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = fs::read_dir(data.join("reports"));
    let entries = folder.into_iter().flatten().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

#[tokio::test]
async fn a_second_run_of_the_same_period_changes_nothing() {
    let (data, app) = syria("2016-07-26", settings()).await;
    let day = end_of("2016-07-26");
    let first = manual(&app, data.path(), 7, day, Some(day)).await.unwrap();
    let written = files(data.path());
    let names: Vec<&String> = written.keys().collect();
    assert_eq!(
        names,
        [
            "manual-2016-07-26.checkpoint",
            "manual-2016-07-26.html",
            "manual-2016-07-26.json",
            "manual-2016-07-26.txt"
        ]
    );
    let second = manual(&app, data.path(), 30, day, Some(day)).await.unwrap();
    assert!(first.is_new && !second.is_new);
    assert_eq!(files(data.path()), written);
    assert_eq!(app.store.reports(None, 10, Sensitivity::Internal).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_file_comes_back_byte_for_byte_and_a_changed_one_stays() {
    let (data, app) = syria("2016-07-26", settings()).await;
    let day = end_of("2016-07-26");
    let outcome = manual(&app, data.path(), 7, day, None).await.unwrap();
    let mut written = files(data.path());
    fs::remove_file(&outcome.files[0]).unwrap();
    fs::write(&outcome.files[1], "as somebody wrote it").unwrap();
    manual(&app, data.path(), 7, day, None).await.unwrap();
    written.insert("manual-2016-07-26.txt".to_owned(), b"as somebody wrote it".to_vec());
    assert_eq!(files(data.path()), written);
}

#[tokio::test]
async fn two_folders_with_the_same_history_give_the_same_bytes() {
    let mut made = Vec::new();
    for _ in 0..2 {
        let (data, app) = syria("2016-12-01", settings()).await;
        let day = end_of("2016-07-26");
        manual(&app, data.path(), 7, day, Some(day)).await.unwrap();
        // The ledgers differ: each entry is salted, each record has an id of its own.
        let head = app.store.head().await.unwrap().hash;
        let mut files = files(data.path());
        files.remove("manual-2016-07-26.checkpoint").unwrap();
        let without_head = |(name, bytes): (String, Vec<u8>)| {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(text.matches(&head).count(), 1, "{name} names the head of the ledger");
            (name, text.replace(&head, "HEAD"))
        };
        made.push(files.into_iter().map(without_head).collect::<BTreeMap<_, _>>());
    }
    assert_eq!(made[0], made[1]);
}

#[tokio::test]
async fn what_was_known_later_is_refused_under_the_name_of_a_kept_report() {
    let (data, app) = syria("2016-12-01", settings()).await;
    let day = end_of("2016-07-26");
    manual(&app, data.path(), 7, day, Some(day)).await.unwrap();
    let later = manual(&app, data.path(), 7, day, Some(end_of("2016-08-30"))).await;
    assert!(later.unwrap_err().to_string().contains("another schedule"));
}

#[tokio::test]
async fn a_missed_run_is_made_up_once_and_compared_with_the_last_report() {
    let settings = || Settings::layered("test", DAILY, std::iter::empty()).unwrap();
    let (data, first) = syria("2016-07-20T09:00:00Z", settings()).await;
    let outcomes = run_due(&first, data.path()).await.unwrap();
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].period_end.to_rfc3339(), "2016-07-20T04:00:00+00:00");
    assert!(run_due(&first, data.path()).await.unwrap().is_empty());
    drop(first);
    // Six days later: one report is made up, not six.
    let again = app(data.path(), "2016-07-26T09:00:00Z", settings()).await;
    assert_eq!(run_due(&again, data.path()).await.unwrap().len(), 1);
    assert!(run_due(&again, data.path()).await.unwrap().is_empty());
    let written = files(data.path());
    assert_eq!(written.len(), 8, "{:?}", written.keys());
    let body = String::from_utf8(written["daily-2016-07-26T0400Z.json"].clone()).unwrap();
    let report = Report::from_json(&body).unwrap();
    assert!(report.before.is_report);
    assert_eq!(report.before.as_of.to_rfc3339(), "2016-07-20T04:00:00+00:00");
}

#[tokio::test]
async fn on_an_empty_folder_nothing_is_due() {
    let data = tempfile::tempdir().unwrap();
    let app = app(data.path(), "2016-07-26", settings()).await;
    assert!(run_due(&app, data.path()).await.unwrap().is_empty());
    assert!(files(data.path()).is_empty());
}

#[tokio::test]
async fn the_report_of_26_july_2016_says_what_was_known_that_day() {
    let (data, app) = syria("2016-07-26", settings()).await;
    let day = end_of("2016-07-26");
    manual(&app, data.path(), 7, day, Some(day)).await.unwrap();
    let text = String::from_utf8(files(data.path())["manual-2016-07-26.txt"].clone()).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("590,000, in 18 places"), "{text}");
    assert!(text.contains("CV-2016-07-26-TAL to Talbiseh: departed"), "{text}");
    assert!(text.contains("People meant: 40,000, reached: not known"), "{text}");
    assert!(text.contains("No answer is known from: Government of Syria"), "{text}");
    // Known only from 28 July on.
    assert!(!text.contains("Russian corridors"), "{text}");
}

#[tokio::test]
async fn the_history_of_syria_verifies_column_by_column() {
    let (_data, app) = syria("2016-07-26", settings()).await;
    let verified = app.store.verify().await.unwrap();
    assert_eq!((verified.broken, verified.unread), (None, 0));
    assert!(verified.entries > 600, "{}", verified.entries);
}

#[tokio::test]
async fn a_report_ends_with_where_the_ledger_stood_and_its_checkpoint_says_the_same() {
    let (data, app) = syria("2016-07-26", settings()).await;
    let day = end_of("2016-07-26");
    manual(&app, data.path(), 7, day, Some(day)).await.unwrap();
    let (head, written) = (app.store.head().await.unwrap(), files(data.path()));
    let text = |name: &str| String::from_utf8(written[name].clone()).unwrap();
    let plain = text("manual-2016-07-26.txt");
    let end = format!("Ledger: entry {}, head {}", head.sequence, head.hash);
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.ends_with(&end), "{plain}");
    assert!(text("manual-2016-07-26.html").contains(&end));
    let sent = Checkpoint::read_all(&text("manual-2016-07-26.checkpoint")).unwrap();
    assert!(sent[0].is_signed());
    assert_eq!((sent[0].sequence, &sent[0].head), (head.sequence, &head.hash));
    let kept = checkpoint::kept(data.path()).unwrap();
    assert_eq!(kept, [("manual-2016-07-26.checkpoint".to_owned(), Ok(sent))]);
}
