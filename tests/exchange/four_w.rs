//! The 4W shape of others: rows become convoys, names are looked up, and nothing is made silently.

use passage::domain::Kind;
use passage::exchange::import::{ImportError, Options};

use crate::books::of_texts;
use crate::world::{World, totals};

const ORGANISATIONS: &str = "code,names_en,acronym\nsarc,Syrian Arab Red Crescent,SARC\n";
const AREAS: &str =
    "code,names_en,names_ar,pcode\nAR-1,Daraya,داريا,SY030102\nAR-2,Duma,دوما,SY030101\n";
const FOUR_W: &str = "\
Who does what in July,,,,,,,,,
Partner,Sector,Activity,District,P-code,From,To,Status,Reached,Women
#org+impl+name,#sector+name,#activity+name,#adm3+name,#adm3+code,#date+start,#date+end,#status,#reached,#reached+f
SARC,Food,Food baskets,Duma,SY030101,2016-07-01,2016-07-05,completed,2500,1300
Relief & Hope,WASH,Water trucking,داريا,,2016-07-03,,Ongoing,,
";

fn world(text: &str) -> World {
    let world = World::empty();
    world.put("areas.csv", AREAS);
    world.put("organisations.csv", ORGANISATIONS);
    world.put("from-a-partner.xlsx", of_texts(&[("July", text)]));
    world
}

async fn convoys(world: &World) -> Vec<serde_json::Value> {
    use passage::store::{Cut, Filter, Query, RecordStore, Sort};
    let cut = Cut { as_of: None, known_at: chrono::DateTime::<chrono::Utc>::MAX_UTC };
    let query = Query {
        kind: Kind::Convoy,
        cut,
        filter: Filter::default(),
        sort: Sort::Date,
        limit: 100,
        after: None,
        expand: true,
        count: false,
    };
    let page = world.store.records(query, &passage::domain::Clearance::ALL).await.unwrap();
    page.rows.iter().map(|stored| serde_json::from_str(&stored.body).unwrap()).collect()
}

/// The areas and organisations first, as they are stored before what names them is looked up.
async fn prepared(text: &str) -> World {
    let world = world(text);
    let others = [world.files().join("areas.csv"), world.files().join("organisations.csv")];
    let options = Options::by("tests");
    passage::exchange::import::run(
        &world.store,
        &others,
        &options,
        passage::clock::Clock::Wall,
        &mut |_| {},
    )
    .await
    .unwrap();
    world.remove("areas.csv");
    world.remove("organisations.csv");
    world
}

#[tokio::test]
async fn an_organisation_that_is_not_known_is_offered_and_made_only_when_asked() {
    let world = prepared(FOUR_W).await;
    let Err(ImportError::Wrong { wrong, done }) = world.import().await else {
        panic!("it made one silently")
    };
    let said = wrong.to_string();
    assert!(said.contains("sheet July, row 5, column A (Partner): no organisation is called \"Relief & Hope\" here"), "{said}");
    assert_eq!(done.offers.len(), 1);
    assert_eq!((done.offers[0].code.as_str(), done.offers[0].rows), ("relief-hope", 1));
    let makes = Options { new_organisations: true, ..Options::by("tests") };
    let summary = world.import_as(&makes).await.unwrap();
    assert_eq!(totals(&summary).0, 3, "two convoys and an organisation: {summary:?}");
    assert_eq!(world.versions(Kind::Organisation, "relief-hope").await.len(), 1);
    let again = world.import_as(&makes).await.unwrap();
    assert_eq!(totals(&again), (0, 0, 2), "the same rows are the same convoys");
}

#[tokio::test]
async fn rows_become_convoys_by_the_written_mapping() {
    let world = prepared(FOUR_W).await;
    let makes = Options { new_organisations: true, ..Options::by("tests") };
    let summary = world.import_as(&makes).await.unwrap();
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note.contains("\"داريا\" is taken for area AR-1")),
        "{notes:#?}"
    );
    assert!(notes.iter().any(|note| note.contains("column J (Women): is not read")), "{notes:#?}");
    let convoys = convoys(&world).await;
    let done = convoys.iter().find(|convoy| convoy["title"] == "Food: Food baskets").unwrap();
    assert_eq!(done["mode"], "local_distribution");
    assert_eq!(done["organisations"], serde_json::json!(["sarc"]));
    assert_eq!(done["drops"][0]["areas"], serde_json::json!(["AR-2"]));
    assert_eq!(done["drops"][0]["people_reached"]["best"], 2500);
    assert_eq!(done["drops"][0]["sectors"], serde_json::json!(["FSC"]));
    assert_eq!(
        (&done["events"][0]["stage"], &done["events"][0]["at"]),
        (&"completed".into(), &"2016-07-05".into())
    );
    let ongoing = convoys.iter().find(|convoy| convoy["title"] == "WASH: Water trucking").unwrap();
    assert_eq!(ongoing["events"][0]["stage"], "offloaded");
    assert!(ongoing["note"].as_str().unwrap().contains("status: Ongoing"), "{ongoing}");
}

#[tokio::test]
async fn what_cannot_be_told_is_said_by_the_cell_that_it_stands_in() {
    let text = FOUR_W
        .replace("Duma,SY030101,2016-07-01", "Qudsaya,,01/07/2016")
        .replace("Relief & Hope", "SARC")
        .replace("Ongoing", "on its way");
    let problems = prepared(&text).await.problems().await;
    let expected = [
        "from-a-partner.xlsx, sheet July, row 4, column D (District): no area has the code, the P-code or the name \"Qudsaya\"",
        "from-a-partner.xlsx, sheet July, row 4, column F (From): must be a date",
        "from-a-partner.xlsx, sheet July, row 5, column H (Status): \"on its way\" is not known as a status",
    ];
    for start in expected {
        assert!(
            problems.iter().any(|problem| problem.starts_with(start) || problem.contains(start)),
            "{start}: {problems:#?}"
        );
    }
}

#[tokio::test]
async fn a_sector_is_kept_by_its_code_and_one_that_is_not_known_is_said() {
    let text = FOUR_W
        .replace("Relief & Hope,WASH", "SARC,Stabilisation")
        .replace("SARC,Food,", "SARC,FSC,");
    let world = prepared(&text).await;
    let summary = world.import().await.unwrap();
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    let said = "row 5, column B (Sector): \"Stabilisation\" is no sector that is known here, and is kept in the title alone; known are CCM, EDU";
    assert!(notes.iter().any(|note| note.contains(said)), "{notes:#?}");
    let convoys = convoys(&world).await;
    let of = |title: &str| {
        convoys.iter().find(|convoy| convoy["title"] == title).unwrap()["drops"][0]["sectors"]
            .clone()
    };
    assert_eq!(of("FSC: Food baskets"), serde_json::json!(["FSC"]));
    assert_eq!(of("Stabilisation: Water trucking"), serde_json::Value::Null);
}

#[tokio::test]
async fn two_rows_that_say_the_same_need_ids() {
    let twice = format!(
        "{FOUR_W}SARC,Food,Food baskets,Duma,SY030101,2016-07-01,2016-07-05,completed,900,\n"
    )
    .replace("Relief & Hope", "SARC");
    let problems = prepared(&twice).await.problems().await;
    assert!(
        problems[0].contains("row 6")
            && problems[0].contains("row 4 says the same of who, what, where and when"),
        "{problems:#?}"
    );
}
