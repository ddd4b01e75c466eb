//! `--as-reported`: what was known when.

use passage::domain::Kind;
use passage::exchange::import::Options;
use passage::store::Stored;
use serde_json::Value;

use crate::world::{ACCOUNTS, CONVOYS, SOURCES, World, totals};

fn as_reported() -> Options {
    Options { as_reported: true, ..Options::by("tests") }
}

/// The days from which versions count as known, and how many accounts each has.
fn days(versions: &[Stored]) -> Vec<(String, usize)> {
    let accounts = |stored: &Stored| {
        let body: Value = serde_json::from_str(&stored.body).unwrap();
        body.get("accounts").and_then(Value::as_array).map_or(0, Vec::len)
    };
    let day = |stored: &Stored| stored.learned_at.date_naive().to_string();
    versions.iter().map(|stored| (day(stored), accounts(stored))).collect()
}

fn known(day: &str, accounts: usize) -> (String, usize) {
    (day.to_owned(), accounts)
}

#[tokio::test]
async fn two_accounts_of_different_dates_make_two_versions() {
    let world = World::with_files();
    assert_eq!(totals(&world.import_as(&as_reported()).await.unwrap()), (7, 0, 0));
    let versions = world.versions(Kind::Convoy, "CV-1").await;
    // The second source is known only to the month: to its last day.
    assert_eq!(days(&versions), [known("2016-06-10", 1), known("2016-07-31", 2)]);
    assert_eq!(versions[0].learned_at.to_rfc3339(), "2016-06-10T00:00:00+00:00");
    assert_eq!(versions[0].retired_at, Some(versions[1].learned_at));
}

#[tokio::test]
async fn sources_are_known_from_their_own_date_and_places_from_the_beginning() {
    let world = World::with_files();
    world.import_as(&as_reported()).await.unwrap();
    let first = async |kind, code| days(&world.versions(kind, code).await).remove(0).0;
    assert_eq!(first(Kind::Source, "SO-JUNE").await, "2016-06-10");
    assert_eq!(first(Kind::Source, "SO-JULY").await, "2016-07-31");
    assert_eq!(first(Kind::Source, "SO-UNDATED").await, "1970-01-01");
    assert_eq!(first(Kind::Area, "AR-1").await, "1970-01-01");
}

#[tokio::test]
async fn without_a_dated_source_news_takes_a_day() {
    let world = World::with_files();
    let undated = ACCOUNTS.replacen("SO-JULY,,,", "SO-UNDATED,2016-06-01,month,", 1);
    world.put("convoys.accounts.csv", undated);
    world.import_as(&as_reported()).await.unwrap();
    assert_eq!(days(&world.versions(Kind::Convoy, "CV-2").await), [known("2016-06-21", 0)]);
    let cv1 = days(&world.versions(Kind::Convoy, "CV-1").await);
    assert_eq!(cv1, [known("2016-06-10", 1), known("2016-07-01", 2)]);
}

#[tokio::test]
async fn nothing_is_known_from_later_than_now() {
    let world = World::with_files();
    world.put_with("sources.csv", SOURCES, "2016-07-01", "2199-07-01");
    world.import_as(&as_reported()).await.unwrap();
    let versions = world.versions(Kind::Convoy, "CV-1").await;
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1].learned_at, versions[1].recorded_at);
}

#[tokio::test]
async fn a_cut_that_the_door_refuses_comes_with_the_next_one() {
    let world = World::with_files();
    // Without its events this convoy has no date, and its second event is known before its first.
    world
        .put("convoys.csv", "code,mode,note\n#meta+code,,\nCV-1,cross_line,x\nCV-2,cross_line,y\n");
    for name in ["convoys.drops.csv", "convoys.drops.lines.csv", "convoys.accounts.csv"] {
        world.remove(name);
    }
    let events = "\
convoy,index,stage,at,source
#meta+parent,,,,
CV-1,1,requested,2016-06-01,SO-JULY
CV-1,2,approved,2016-06-05,SO-JUNE
CV-2,1,planned,2016-06-01,SO-JUNE
CV-2,2,approved,2016-06-02,SO-JULY
CV-2,3,loaded,2016-06-03,SO-JUNE
";
    world.put("convoys.events.csv", events);
    world.import_as(&as_reported()).await.unwrap();
    let learned = async |code| days(&world.versions(Kind::Convoy, code).await);
    // CV-1 happened on 1 June, so it is known from the 2nd; a move to approved may come first.
    assert_eq!(learned("CV-1").await, [known("2016-06-10", 0), known("2016-07-31", 0)]);
    // From planned to loaded is no possible move: with the middle event missing there is no version.
    assert_eq!(learned("CV-2").await, [known("2016-07-31", 0)]);
}

#[tokio::test]
async fn rows_of_one_code_are_versions_in_their_order() {
    let world = World::with_files();
    let third = format!("{CONVOYS}CV-1,airlift,2016-06-09,SO-JULY\n");
    world.put("convoys.csv", &third);
    assert_eq!(totals(&world.import_as(&as_reported()).await.unwrap()), (7, 0, 0));
    let versions = world.versions(Kind::Convoy, "CV-1").await;
    assert_eq!(days(&versions), [known("2016-06-10", 1), known("2016-07-31", 2)]);
    assert!(versions[0].body.contains("cross_line") && versions[1].body.contains("airlift"));
}

#[tokio::test]
async fn importing_again_as_reported_changes_nothing() {
    let world = World::with_files();
    world.put("convoys.csv", format!("{CONVOYS}CV-1,airlift,2016-06-09,SO-JULY\n"));
    world.import_as(&as_reported()).await.unwrap();
    let before = world.sequence().await;
    assert_eq!(totals(&world.import_as(&as_reported()).await.unwrap()), (0, 0, 7));
    assert_eq!(world.sequence().await, before);
}

#[tokio::test]
async fn what_the_store_refuses_of_a_cut_is_said_once_by_its_own_row() {
    let world = World::with_files();
    world.put_with("convoys.accounts.csv", ACCOUNTS, "SO-JUNE,,,2400", "SO-NONE,2016-12-01,,2400");
    let problems = world.problems_as(&as_reported()).await;
    assert_eq!(
        problems,
        ["convoys.accounts.csv, row 3, column source: there is no source SO-NONE"]
    );
}
