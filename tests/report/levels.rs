//! G25: what goes out tells nobody more than they may know: on each way, in each format, to readers of each level.
//!
//! Records of each level carry a word of that level in every text and code. The real jobs look for alerts and make
//! reports; then all that was made is taken apart as its reader would.
#![cfg(test)]

mod apart;
mod told;

use std::fs;
use std::path::Path;

use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::Sensitivity;
use passage::jobs::deliver::Deliverers;
use passage::jobs::look::look;
use passage::jobs::outbox::{self, Unnoted};
use passage::jobs::schedule;
use passage::store::{Delivery, DeliveryQuery};

use self::apart::{Piece, pieces};
use self::told::{READERS, WORDS, fill, forget};
use crate::result::record;

/// No mail server and no receiver is there: only folders are filled.
const SETTINGS: &str = "
[telling]
most_single = 1000
[mail]
server = '127.0.0.1'
port = 1
tls = 'none'
from = 'passage@example.org'
timeout_seconds = 1
most = 'confidential'
[webhook]
allow_private = ['127.0.0.1']
timeout_seconds = 1
";

async fn app(data: &Path, now: &str) -> App {
    let now = now.parse::<passage::domain::Moment>().unwrap().end();
    let settings = Settings::layered("test", SETTINGS, std::iter::empty()).unwrap();
    App::build(data, Clock::Fixed(now), settings).await.unwrap()
}

/// Looks, makes what is due, and brings out what can be brought out.
async fn work(app: &App, data: &Path) {
    assert!(look(app).await.unwrap().messages > 0, "somebody is told of something");
    assert!(!schedule::run_due(app, data).await.unwrap().is_empty(), "reports are made");
    let deliverers = Deliverers::of(&app.settings, data).unwrap();
    let unnoted = Unnoted::default();
    // Those who cannot be reached are tried later, and the folders get all that is theirs.
    while outbox::run_due(app, &deliverers, &unnoted).await.unwrap() > 0 {}
}

/// All that was made to be sent, whole.
async fn made(app: &App) -> Vec<Delivery> {
    let all = Sensitivity::StrictlyConfidential;
    let mut made = Vec::new();
    for listed in app.store.deliveries(DeliveryQuery::latest(usize::MAX), all).await.unwrap() {
        made.push(app.store.delivery(listed.id, all).await.unwrap().unwrap());
    }
    made
}

/// What a reader of a level was given: where it was found, and what it says.
struct Given {
    level: Sensitivity,
    what: String,
    pieces: Vec<Piece>,
}

/// Everything that goes out: what was made to be sent, the files in the folders, the reports beside them.
async fn given(app: &App, data: &Path) -> Vec<Given> {
    let mut given: Vec<Given> = made(app)
        .await
        .into_iter()
        .map(|delivery| {
            let what = if delivery.report.is_some() { "report" } else { "alerts" };
            let what = format!("{what} by {}", delivery.channel);
            let mut pieces = pieces(&delivery.file_name, &delivery.payload);
            pieces.push(Piece::named("name of the file", &delivery.file_name));
            Given { level: delivery.level, what, pieces }
        })
        .collect();
    for (level, reader) in READERS {
        let folder = data.join("outgoing").join(reader);
        given.extend(files(&folder, level, "file in a folder", |_name| true));
        let of_schedule = |name: &str| name.starts_with(&format!("of-{reader}-"));
        given.extend(files(&data.join("reports"), level, "file of reports", of_schedule));
    }
    given
}

fn files(
    folder: &Path,
    level: Sensitivity,
    what: &str,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Given> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap()).filter(|name| is_meant(name));
    let given = names.map(|name| {
        let mut pieces = pieces(&name, &fs::read(folder.join(&name)).unwrap());
        pieces.push(Piece::named("name of the file", &name));
        Given { level, what: what.to_owned(), pieces }
    });
    given.collect()
}

/// No word of a level above the reader's stands anywhere; gives in how many pieces it was looked.
fn assert_no_word_of_a_higher_level(given: &[Given]) -> usize {
    let mut looked = 0;
    for Given { level, what, pieces } in given {
        for (higher, word) in WORDS.iter().filter(|(of, _)| of > level) {
            for piece in pieces {
                looked += 1;
                assert!(
                    !piece.holds(word),
                    "{what} for {level} readers: a word of {higher} in {}",
                    piece.shown(word)
                );
            }
        }
    }
    looked
}

/// Words of the own level do stand there, or nothing would have been found: on each way and in each kind of file.
fn assert_words_of_the_own_level(given: &[Given]) {
    let kinds = [
        "alerts by email",
        "alerts by webhook",
        "alerts by folder",
        "report by email",
        "report by webhook",
        "report by folder",
        "file in a folder",
        "file of reports",
    ];
    let parts = ["text/plain", "text/html", "subject", ".json", ".xlsx", ".txt", ".html"];
    for (level, word) in &WORDS[..3] {
        let own = given.iter().filter(|given| given.level == *level);
        for kind in kinds {
            let of_kind = own.clone().filter(|given| given.what == kind);
            let found = of_kind.flat_map(|given| &given.pieces).any(|piece| piece.holds(word));
            assert!(found, "{kind}: nothing of what {level} readers may know");
        }
        for part in parts {
            let pieces = own.clone().flat_map(|given| &given.pieces);
            let mut of_part = pieces.filter(|piece| piece.name.contains(part));
            assert!(of_part.any(|piece| piece.holds(word)), "{part} for {level} readers");
        }
    }
}

#[tokio::test]
async fn what_goes_out_tells_no_reader_more_than_they_may_know() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let first = app(data, "2016-07-26").await;
    let (taken, written) = fill(&first).await;
    work(&first, data).await;
    let begun = given(&first, data).await;
    let mut looked = assert_no_word_of_a_higher_level(&begun);
    assert_words_of_the_own_level(&begun);
    // A week later half of it is taken back: there are ends to tell, and changes to report.
    forget(&first, &written).await;
    drop(first);
    let second = app(data, "2016-08-02").await;
    work(&second, data).await;
    let ended = given(&second, data).await;
    assert!(ended.len() > begun.len(), "more was made");
    looked += assert_no_word_of_a_higher_level(&ended);
    let told = format!(
        "{taken} records of 4 levels, 9 recipients of 3 levels on 3 ways: {} messages and files in {looked} looks at their parts (mail decoded, workbooks unpacked): 0 canaries of a higher level, and those of the own level found on every way and in every format",
        ended.len()
    );
    record("G25", &told, true);
}
