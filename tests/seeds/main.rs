//! The seeds: every source row is in the store, and the history says what it should.

#![cfg(test)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::assess::reconcile::Policy;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::record::draft;
use passage::domain::{Clearance, Kind, Moment, Scheme};
use passage::exchange::export::export;
use passage::exchange::import::{Options, run};
use passage::situation::totals::{By, Totals, TotalsQuestion, totals};
use passage::store::{Cut, RecordStore, Reference, SqliteStore, Store};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/syria-2016")
}

fn end_of(day: &str) -> DateTime<Utc> {
    day.parse::<Moment>().unwrap().end()
}

async fn load(store: &dyn Store, from: &Path) -> passage::exchange::import::Summary {
    let options = Options { as_reported: true, ..Options::by("test") };
    let paths = [from.to_owned()];
    run(store, &paths, &options, Clock::Wall, &mut |_| ())
        .await
        .unwrap_or_else(|fault| panic!("{fault}"))
}

async fn seeded(data: &Path) -> SqliteStore {
    let store = SqliteStore::open(&data.join("passage.sqlite"), 2).unwrap();
    load(&store, &folder()).await;
    store
}

#[tokio::test]
async fn every_source_row_became_a_record_that_is_in_the_store() {
    let data = tempfile::tempdir().unwrap();
    let store = seeded(data.path()).await;
    let cut = Cut { as_of: None, known_at: DateTime::<Utc>::MAX_UTC };
    let mut keys = csv::Reader::from_path(folder().join("keys.csv")).unwrap();
    let mut found = 0;
    for row in keys.records().skip(1) {
        let row = row.unwrap();
        let (kind, code) = (row[2].parse::<Kind>().unwrap(), Reference::Code(row[3].to_owned()));
        let stored = store.record(kind, &code, cut, &Clearance::ALL).await;
        assert!(stored.is_ok(), "{} row {}: {kind} {code}: {:?}", &row[0], &row[1], stored.err());
        found += 1;
    }
    assert!(found >= 563 + 12, "{found} keys");
}

/// Lists are sorted and filtered by what follows from a record: none of it may follow from what can be withheld.
#[tokio::test]
async fn no_date_and_no_derived_column_follows_from_a_field_that_can_be_withheld() {
    let data = tempfile::tempdir().unwrap();
    let store = seeded(data.path()).await;
    let cut = Cut { as_of: None, known_at: DateTime::<Utc>::MAX_UTC };
    let mut keys = csv::Reader::from_path(folder().join("keys.csv")).unwrap();
    let mut tried = 0;
    for row in keys.records().skip(1) {
        let row = row.unwrap();
        let (kind, code) = (row[2].parse::<Kind>().unwrap(), Reference::Code(row[3].to_owned()));
        let body = store.record(kind, &code, cut, &Clearance::ALL).await.unwrap().body;
        let whole: serde_json::Value = serde_json::from_str(&body).unwrap();
        for field in whole.as_object().unwrap().keys().filter(|field| kind.can_withhold(field)) {
            let mut rest = whole.clone();
            rest.as_object_mut().unwrap().remove(field);
            let Ok(rest) = draft(kind, &rest) else { continue };
            let whole = draft(kind, &whole).unwrap();
            assert_eq!(rest.happened_at, whole.happened_at, "{kind}.{field}");
            let derived = kind.columns().iter().enumerate();
            for (at, column) in derived.filter(|(_, name)| kind.schema().field(name).is_none()) {
                assert_eq!(rest.columns[at], whole.columns[at], "{kind}.{field} and {column}");
            }
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried} fields of seeds");
}

#[tokio::test]
async fn what_is_exported_comes_in_again_as_the_same_and_a_second_time_changes_nothing() {
    let (data, out, again) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = seeded(data.path()).await;
    let twice = load(&store, &folder()).await;
    assert!(twice.files.iter().all(|file| (file.new, file.changed) == (0, 0)), "{:?}", twice.files);
    export(&store, out.path(), Kind::ALL, Clock::Wall, &Clearance::ALL).await.unwrap();
    let other_data = tempfile::tempdir().unwrap();
    let other = SqliteStore::open(&other_data.path().join("passage.sqlite"), 2).unwrap();
    let options = Options::by("test");
    run(&other, &[out.path().to_owned()], &options, Clock::Wall, &mut |_| ()).await.unwrap();
    export(&other, again.path(), Kind::ALL, Clock::Wall, &Clearance::ALL).await.unwrap();
    let mut compared = 0;
    for entry in std::fs::read_dir(out.path()).unwrap() {
        let path = entry.unwrap().path();
        let twin = again.path().join(path.file_name().unwrap());
        assert_eq!(
            std::fs::read(&path).unwrap(),
            std::fs::read(&twin).unwrap(),
            "{}",
            path.display()
        );
        compared += 1;
    }
    assert!(compared >= Kind::ALL.len(), "{compared} files");
}

async fn totals_of(day: &str) -> Totals {
    let data = tempfile::tempdir().unwrap();
    seeded(data.path()).await;
    let settings = Settings::layered("test", "", std::iter::empty()).unwrap();
    let app = Arc::new(App::build(data.path(), Clock::Fixed(end_of(day)), settings).await.unwrap());
    let situation = app.situations.situation(end_of(day), None, &Clearance::ALL).await.unwrap();
    let question = TotalsQuestion {
        by: By::Area,
        scheme: None,
        policy: Policy::Latest,
        metric: None,
        spread_flag: 0.2,
    };
    totals(&situation, &question)
}

#[tokio::test]
async fn in_july_2016_the_un_counts_590_000_people_in_18_places_and_siege_watch_more_than_a_million()
 {
    let totals = totals_of("2016-07-26").await;
    let besieged = |scheme| {
        let own = totals.schemes.iter().find(|own| own.scheme == scheme).unwrap();
        own.besieged.list_total.clone().unwrap()
    };
    let un = besieged(Scheme::Un);
    assert_eq!((un.people.best(), un.places), (Some(590_000.0), Some(18)));
    let siege_watch = besieged(Scheme::SiegeWatch);
    assert_eq!(siege_watch.people.best(), Some(1_015_275.0));
    assert!(totals.flags.contains(&"schemes_differ"));
    assert!(
        totals
            .schemes
            .iter()
            .all(|own| own.besieged.people.central() != Some(590_000.0 + 1_015_275.0))
    );
}

#[tokio::test]
async fn eastern_aleppo_is_besieged_for_the_press_in_july_and_not_yet_for_the_un() {
    let totals = totals_of("2016-07-26").await;
    let listed = |scheme| {
        totals.groups.iter().any(|group| group.scheme == scheme && group.group == "SY-EAST-ALEPPO")
    };
    assert!(listed(Scheme::Press));
    assert!(!listed(Scheme::Un));
}
