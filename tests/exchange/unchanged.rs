//! Imports that leave the store as it is.

use passage::domain::Kind;
use passage::exchange::import::Options;

use crate::world::{CONVOYS, World, totals};

#[tokio::test]
async fn importing_the_same_files_again_changes_nothing() {
    let world = World::with_files();
    assert_eq!(totals(&world.import().await.unwrap()), (7, 0, 0));
    let before = world.sequence().await;
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 7));
    assert_eq!(world.sequence().await, before);
}

#[tokio::test]
async fn only_what_differs_gets_a_next_version() {
    let world = World::with_files();
    world.import().await.unwrap();
    world.put_with("convoys.csv", CONVOYS, "airdrop", "airlift");
    assert_eq!(totals(&world.import().await.unwrap()), (0, 1, 6));
    assert_eq!(world.versions(Kind::Convoy, "CV-2").await.len(), 2);
}

#[tokio::test]
async fn a_dry_run_sees_what_would_be_there_and_changes_nothing() {
    let world = World::with_files();
    let options = Options { dry_run: true, ..Options::by("tests") };
    let before = world.sequence().await;
    assert_eq!(totals(&world.import_as(&options).await.unwrap()), (7, 0, 0));
    assert_eq!(world.sequence().await, before);
    world.put_with("convoys.csv", CONVOYS, "SO-JUNE", "SO-NONE");
    let problems = world.problems_as(&options).await;
    assert_eq!(problems, ["convoys.csv, row 3, column source: there is no source SO-NONE"]);
}

#[tokio::test]
async fn a_pause_and_the_incident_that_broke_it_may_name_each_other() {
    let world = World::with_files();
    world.put("pauses.csv", "code,pause_type,start\n#meta+code,,\nPA-1,ceasefire,2016-06-01\n");
    world.put(
        "pauses.violations.csv",
        "pause,index,at,incident\n#meta+parent,,,\nPA-1,1,2016-06-02,IN-1\n",
    );
    world.put(
        "incidents.csv",
        "code,incident_type,date,pause\n#meta+code,,,\nIN-1,pause_violation,2016-06-02,PA-1\n",
    );
    assert_eq!(totals(&world.import().await.unwrap()), (9, 0, 0));
}

#[tokio::test]
async fn files_of_a_spreadsheet_with_carriage_returns_and_a_mark_are_taken() {
    let world = World::with_files();
    let text = format!("\u{feff}{}\n,,,\n", CONVOYS.replace('\n', "\r\n"));
    world.put("convoys.csv", text);
    assert_eq!(totals(&world.import().await.unwrap()), (7, 0, 0));
}

#[tokio::test]
async fn another_form_of_dates_gives_the_same_records() {
    let world = World::with_files();
    world.import().await.unwrap();
    world.put_with("convoys.csv", CONVOYS, "2016-06-09", "09/06/2016");
    let options = Options { date_format: Some("%d/%m/%Y".to_owned()), ..Options::by("tests") };
    assert_eq!(totals(&world.import_as(&options).await.unwrap()), (0, 0, 7));
}

#[tokio::test]
async fn a_record_that_was_withdrawn_does_not_come_back_with_its_old_file() {
    let world = World::with_files();
    world.import().await.unwrap();
    let last = world.versions(Kind::Convoy, "CV-2").await.remove(0);
    world.withdraw(&last).await;
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 6));
    assert!(world.versions(Kind::Convoy, "CV-2").await.last().unwrap().withdrawn);
}
