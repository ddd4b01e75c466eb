//! What a file does not tell of a record stays as it is on record.

use passage::clock::Clock;
use passage::domain::Kind;
use passage::exchange::import::{self, ImportError, Options, Summary};
use serde_json::{Value, json};

use crate::world::{ACCOUNTS, CONVOYS, DROPS, World, totals};

impl World {
    async fn body(&self, kind: Kind, code: &str) -> Value {
        let versions = self.versions(kind, code).await;
        let last = versions.iter().max_by_key(|stored| stored.version).unwrap();
        serde_json::from_str(&last.body).unwrap()
    }

    /// Imports one file, whatever it is called.
    async fn file(&self, name: &str) -> Result<Summary, ImportError> {
        let (path, options) = (self.files().join(name), Options::by("tests"));
        import::run(&self.store, &[path], &options, Clock::Wall, &mut |_| {}).await
    }

    /// Leaves no file but this one.
    fn put_alone(&self, name: &str, text: &str) {
        for entry in std::fs::read_dir(self.files()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        self.put(name, text);
    }
}

async fn imported() -> World {
    let world = World::with_files();
    world.import().await.unwrap();
    world
}

#[tokio::test]
async fn convoys_without_the_tables_of_their_parts_change_nothing() {
    let world = imported().await;
    world.put_alone("convoys.csv", CONVOYS);
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 2));
}

#[tokio::test]
async fn a_file_of_some_columns_changes_those_alone() {
    let world = imported().await;
    let before = world.body(Kind::Convoy, "CV-1").await;
    world.put_alone("convoys.csv", "code,mode\n#meta+code,\nCV-1,cross_border\n");
    let options = Options { dry_run: true, ..Options::by("tests") };
    assert_eq!(totals(&world.import_as(&options).await.unwrap()), (0, 1, 0));
    assert_eq!(totals(&world.import().await.unwrap()), (0, 1, 0));
    let mut expected = before;
    expected["mode"] = json!("cross_border");
    assert_eq!(world.body(Kind::Convoy, "CV-1").await, expected);
}

#[tokio::test]
async fn an_empty_cell_takes_away_what_is_on_record() {
    let world = imported().await;
    world.put_alone("convoys.csv", "code,mode,source\n#meta+code,,\nCV-1,cross_line,\n");
    world.import().await.unwrap();
    let now = world.body(Kind::Convoy, "CV-1").await;
    assert_eq!(now.get("source"), None);
    assert_eq!(now["drops"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_table_of_parts_without_rows_of_a_record_takes_them_away() {
    let world = imported().await;
    world.put("convoys.accounts.csv", ACCOUNTS.lines().take(2).collect::<Vec<_>>().join("\n"));
    world.import().await.unwrap();
    let now = world.body(Kind::Convoy, "CV-1").await;
    assert_eq!(now.get("accounts"), None);
    assert_eq!(now["drops"][1]["lines"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_lies_below_a_part_stays_with_it_only_where_the_part_is_as_it_was() {
    let world = imported().await;
    world.remove("convoys.drops.lines.csv");
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 7));
    world.put_with("convoys.drops.csv", DROPS, "CV-1,1,AR-1,,9", "CV-1,1,AR-2,,9");
    let problems = world.problems().await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with(
            "convoys.drops.csv, row 3: is another than on record, where it has lines too"
        ),
        "{problems:?}"
    );
}

#[tokio::test]
async fn of_an_estimate_and_of_names_what_was_not_told_stays_while_it_fits() {
    let world = World::empty();
    world.put(
        "areas.csv",
        "code,names_en,names_ar,position_lon,position_lat\n#meta+code,,,,\nAR-1,Daraya,داريا,36.24,33.46\n",
    );
    world.put(
        "populations.csv",
        "code,area,metric,date,people_low,people,people_high\n#meta+code,,,,,,\nPO-1,AR-1,besieged,2016-06-01,4000,8000,8300\n",
    );
    world.import().await.unwrap();
    world.put_alone("areas.csv", "code,names_en\n#meta+code,\nAR-1,Darayya\n");
    world.import().await.unwrap();
    let area = world.body(Kind::Area, "AR-1").await;
    assert_eq!(area["names"], json!({ "en": "Darayya", "ar": "داريا" }));
    assert_eq!(area["position"]["lat"], 33.46);
    let text = "code,area,metric,date,people\n#meta+code,,,,\nPO-1,AR-1,besieged,2016-06-01,8000\n";
    world.put_alone("populations.csv", text);
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 1));
    world.put_alone("populations.csv", &text.replace("8000", "9000"));
    let problems = world.problems().await;
    assert_eq!(
        problems,
        [
            "populations.csv, row 3, column people_low: is another than on record, where it has low and high too, which this file does not tell: bring all columns of people, or leave it as it is on record"
        ]
    );
}

#[tokio::test]
async fn a_record_that_came_in_another_file_of_the_import_is_not_completed() {
    let world = World::with_files();
    world.put("more-convoys.csv", "code,mode\n#meta+code,\nCV-1,cross_border\n");
    let paths = [world.files(), world.files().join("more-convoys.csv")];
    let options = Options { kind: Some(Kind::Convoy), ..Options::by("tests") };
    let refusal = import::run(&world.store, &paths, &options, Clock::Wall, &mut |_| {})
        .await
        .unwrap_err()
        .to_string();
    assert!(refusal.contains("another file of this import has it too"), "{refusal}");
}

#[tokio::test]
async fn what_was_withdrawn_is_left_out_and_said_also_where_its_row_is_another_now() {
    let world = imported().await;
    let last = world.versions(Kind::Convoy, "CV-2").await.remove(0);
    world.withdraw(&last).await;
    world.put_with("convoys.csv", CONVOYS, "airdrop", "airlift");
    let done = world.import().await.unwrap();
    assert_eq!(totals(&done), (0, 0, 6));
    let convoys = done.files.iter().find(|count| count.kind == Kind::Convoy).unwrap();
    assert_eq!(convoys.left_out, 1);
    assert_eq!(
        done.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "convoys.csv, row 4, column code: was left out: the convoy was withdrawn, and a file does not bring it back, got \"CV-2\""
        ]
    );
    assert!(world.versions(Kind::Convoy, "CV-2").await.last().unwrap().withdrawn);
}

#[tokio::test]
async fn what_is_known_today_is_not_put_into_the_past() {
    let world = imported().await;
    world.put_alone("convoys.csv", "code,mode,date\n#meta+code,,\nCV-1,cross_border,2016-06-09\n");
    let options = Options { as_reported: true, ..Options::by("tests") };
    let problems = world.problems_as(&options).await;
    assert!(
        problems[0].contains("with --as-reported a file must have all columns"),
        "{problems:?}"
    );
    world.put_alone("convoys.csv", "code,mode,date\n#meta+code,,\nCV-9,cross_border,2016-06-09\n");
    assert_eq!(totals(&world.import_as(&options).await.unwrap()), (1, 0, 0));
}

#[tokio::test]
async fn a_4w_changes_only_what_it_tells_of_a_convoy_that_is_there() {
    let world = imported().await;
    let of_one = |code: &str, place: &str, reached: &str| {
        format!(
            "#activity+id,#org+impl,#loc,#date+start,#reached\n{code},SARC,{place},2016-06-20,{reached}\n"
        )
    };
    world.put("organisations.csv", "code,names_en\n#meta+code,\nSARC,Syrian Arab Red Crescent\n");
    world.import().await.unwrap();
    let before = world.body(Kind::Convoy, "CV-2").await;
    world.put_alone("4w.csv", &of_one("CV-2", "AR-1", "500"));
    assert_eq!(totals(&world.file("4w.csv").await.unwrap()), (0, 1, 0));
    let now = world.body(Kind::Convoy, "CV-2").await;
    assert_eq!(now["mode"], before["mode"]);
    assert_eq!(now["drops"][0]["people_reached"]["best"], 500);
    assert_eq!(now["events"][0]["stage"], "completed", "nothing else was on record");
    // Two drops with goods are on record, and the 4W knows of one.
    world.put_alone("4w.csv", &of_one("CV-1", "AR-1", "500"));
    let refusal = world.file("4w.csv").await.unwrap_err().to_string();
    assert!(
        refusal.contains("there are 2 of drops on record, and this table tells 1"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_row_from_which_something_was_withheld_is_refused_and_the_others_are_not() {
    let world = imported().await;
    let text = "code,mode,date,withheld\n#meta+code,,,#meta+withheld\nCV-1,cross_line,2016-06-09,\nCV-2,airdrop,2016-06-20,";
    world.put_alone("convoys.csv", &format!("{text}\n"));
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 2));
    world.put_alone("convoys.csv", &format!("{text}position\n"));
    let problems = world.problems().await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("row 4, column withheld: this row does not hold all"),
        "{problems:?}"
    );
}
