//! What is written with earlier knowledge after a report was made: that report could not tell it, so the next one does.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Channel, Clearance, Kind, Recipient, Sensitivity, draft, typed};
use passage::jobs::report::{Ask, make};
use passage::jobs::schedule::run_due;
use passage::report::Report;
use passage::store::{Action, Basis, Change, Write};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::schedule;

const WEEKLY: &str = "[[schedule]]\nname = 'weekly'\ncron = '0 7 * * 2'\ntime_zone = 'UTC'\n";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn app(data: &Path, now: &str) -> App {
    let settings = Settings::layered("test", WEEKLY, std::iter::empty()).unwrap();
    App::build(data, Clock::Fixed(at(now)), settings).await.unwrap()
}

async fn put(app: &App, (recorded, learned): (&str, &str), kind: Kind, body: &Value) {
    let change = Change {
        action: Action::Create,
        new_id: Uuid::now_v7(),
        lowers: false,
        basis: Basis::New,
        learned_at: None,
        reason: None,
        draft: draft(kind, body).unwrap(),
    };
    let write = Write {
        actor: "tests".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: at(recorded),
        learned_at: at(learned),
        idempotency: None,
        changes: vec![change],
    };
    app.store.write(write).await.unwrap();
}

/// The last report that was made.
async fn told(app: &App) -> Report {
    let far = at("2100-01-01T00:00:00Z");
    let kept = app.store.report_before("weekly", "", far).await.unwrap().unwrap();
    Report::from_json(&kept.body).unwrap()
}

#[tokio::test]
async fn a_siege_that_was_written_after_a_report_as_known_before_it_is_told_in_the_next() {
    let data = tempfile::tempdir().unwrap();
    let first = app(data.path(), "2016-07-26T08:00:00Z").await;
    let early = ("2016-07-01T00:00:00Z", "2016-07-01T00:00:00Z");
    let area = json!({ "code": "duma", "names": { "en": "Duma" } });
    put(&first, early, Kind::Area, &area).await;
    let source = json!({ "code": "s1", "name": "A source", "date": "2016-07-01" });
    put(&first, early, Kind::Source, &source).await;
    let siege = |area: &str| {
        json!({
            "code": format!("{area}-besieged"), "area": area, "scheme": "un", "status": "besieged",
            "listed_on": "2016-07-01", "source": "s1",
        })
    };
    put(&first, early, Kind::Area, &json!({ "code": "homs", "names": { "en": "Homs" } })).await;
    put(&first, early, Kind::Status, &siege("homs")).await;
    assert_eq!(run_due(&first, data.path()).await.unwrap().len(), 1);
    let then = told(&first).await;
    let areas: Vec<&str> = then.areas.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(areas, ["homs"], "of the other nothing is known yet");
    let late = ("2016-07-27T00:00:00Z", "2016-07-20T00:00:00Z");
    put(&first, late, Kind::Status, &siege("duma")).await;
    drop(first);
    let next = app(data.path(), "2016-08-02T08:00:00Z").await;
    assert_eq!(run_due(&next, data.path()).await.unwrap().len(), 1);
    let now = told(&next).await;
    assert!(now.before.is_report && now.before.known_at == then.known_at);
    let listings: Vec<&str> =
        now.changes.listings.iter().map(|change| change.area.as_str()).collect();
    assert_eq!(listings, ["duma"], "its reader never got it: {:?}", now.changes);
    // The one after that has it on both sides.
    drop(next);
    let last = app(data.path(), "2016-08-09T08:00:00Z").await;
    assert_eq!(run_due(&last, data.path()).await.unwrap().len(), 1);
    assert!(told(&last).await.changes.listings.is_empty());
}

#[tokio::test]
async fn what_is_recorded_after_a_place_in_the_ledger_is_not_seen_from_there() {
    let data = tempfile::tempdir().unwrap();
    let app = app(data.path(), "2016-08-02T08:00:00Z").await;
    let area = |code: &str| json!({ "code": code, "names": { "en": code } });
    let early = ("2016-07-01T00:00:00Z", "2016-07-01T00:00:00Z");
    put(&app, early, Kind::Area, &area("a")).await;
    app.situations.catch_up().await.unwrap();
    let sequence = app.situations.world().sequence;
    put(&app, ("2016-07-27T00:00:00Z", "2016-07-02T00:00:00Z"), Kind::Area, &area("b")).await;
    app.situations.catch_up().await.unwrap();
    let now = at("2016-08-02T08:00:00Z");
    // Areas are internal unless set otherwise.
    for level in [Sensitivity::Internal, Sensitivity::StrictlyConfidential] {
        let seen = async |sequence| {
            let clearance = Clearance::of(level);
            let seen = app.situations.recorded_by(sequence, now, now, &clearance).await.unwrap();
            (seen.world.areas.iter().count(), seen.world.sequence)
        };
        assert_eq!(seen(sequence).await, (1, sequence), "{level}");
        assert_eq!(seen(sequence + 1).await, (2, sequence + 1), "{level}");
    }
}

fn recipient(channel: Channel, address: &str) -> Recipient {
    typed(&json!({ "name": "Desk", "channel": channel, "address": address })).unwrap()
}

#[tokio::test]
async fn all_copies_tell_of_one_moment_and_are_drawn_off_the_thread_of_the_jobs() {
    let data = tempfile::tempdir().unwrap();
    let settings = Settings::layered("test", "", std::iter::empty()).unwrap();
    // The true clock, which moves on while copies are made.
    let app = Arc::new(App::build(data.path(), Clock::Wall, settings).await.unwrap());
    let early = ("2016-07-01T00:00:00Z", "2016-07-01T00:00:00Z");
    put(&app, early, Kind::Area, &json!({ "code": "duma", "names": { "en": "Duma" } })).await;
    let (desk, hub) =
        (recipient(Channel::Email, "desk@example.org"), recipient(Channel::Folder, "hub"));
    let schedule = schedule(7);
    let ask =
        Ask { recipients: vec![("desk", &desk), ("hub", &hub)], ..Ask::of("daily", &schedule) };
    let end = at("2016-07-26T07:00:00Z");
    let begun = Instant::now();
    let mut longest = Duration::ZERO;
    let mut last = begun;
    let making = make(&app, data.path(), &ask, end, None);
    tokio::pin!(making);
    // What else runs on this thread has its turns meanwhile.
    let outcome = loop {
        tokio::select! {
            biased;
            made = &mut making => break made,
            () = tokio::time::sleep(Duration::from_millis(1)) => {
                longest = longest.max(last.elapsed());
                last = Instant::now();
            }
        }
    };
    assert!(outcome.unwrap().is_new);
    let (longest, whole) = (longest.max(last.elapsed()), begun.elapsed());
    assert!(longest < whole / 2, "it stood still for {longest:?} of {whole:?}");
    let mut moments = Vec::new();
    for reader in ["", "desk", "hub"] {
        let kept = app.store.report_before("daily", reader, at("2100-01-01T00:00:00Z")).await;
        let kept = kept.unwrap().unwrap();
        let report = Report::from_json(&kept.body).unwrap();
        moments.push((kept.known_at, report.known_at, report.ledger));
    }
    let head = app.store.head().await.unwrap();
    assert!(moments.iter().all(|moment| *moment == moments[0]), "{moments:?}");
    assert_eq!(moments[0].2.as_ref().map(|ledger| ledger.sequence), Some(head.sequence));
}
