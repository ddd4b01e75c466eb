//! Values that are no codes: P-codes are read as HAPI reads them, names are suggested with a score and never taken alone.

use passage::clock::Clock;
use passage::domain::{Kind, Pcode};
use passage::exchange::import::{Accept, ImportError, Options, Summary, Way};
use passage::matching::Score;

use crate::contradiction::with_units;
use crate::world::{World, totals};

const AREAS: &str = "\
code,names_en,names_ar,aliases,pcode,admin1_pcode
AR-DUMA,Duma,دوما,,SY030201,SY03
AR-FOAH,Foah,الفوعة,,SY070103,SY07
AR-GHOUTA,Eastern Ghouta,الغوطة الشرقية,,,SY03
";

/// The areas first; then a file that names them otherwise.
async fn prepared(name: &str, text: &str) -> World {
    let world = World::empty();
    world.put("areas.csv", AREAS);
    world.import().await.unwrap();
    world.remove("areas.csv");
    world.put(name, text);
    world
}

pub async fn refused(world: &World, options: &Options) -> (String, Summary) {
    match world.import_as(options).await {
        Err(ImportError::Wrong { wrong, done }) => (wrong.to_string(), *done),
        other => panic!("it was taken silently: {other:?}"),
    }
}

pub fn accepting(codes: &[(&str, &str)], from: Option<f64>) -> Options {
    let codes = codes.iter().map(|(value, code)| ((*value).to_owned(), (*code).to_owned()));
    let accept = Accept { codes: codes.collect(), from: from.map(Score::of) };
    Options { accept, ..Options::by("tests") }
}

pub fn populations(areas: &[&str]) -> String {
    let rows = areas
        .iter()
        .enumerate()
        .map(|(at, area)| format!("PO-{at},\"{area}\",2016-07-01,{}00,residents\n", at + 1));
    format!("code,area,date,people,metric\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn a_name_is_refused_with_what_comes_near_and_how_near() {
    let text = populations(&["Douma", "Al-Fu'ah", "دُوما", "Nowhere at all", "Douma"]);
    let world = prepared("populations.csv", &text).await;
    let (said, done) = refused(&world, &Options::by("tests")).await;
    assert!(
        said.contains(
            "populations.csv, row 2, column area: there is no area Douma; near: AR-DUMA Duma (0.95)"
        ),
        "{said}"
    );
    assert!(
        said.contains("row 3, column area: there is no area Al-Fu'ah; near: AR-FOAH Foah (0.95)"),
        "{said}"
    );
    assert!(
        said.contains("row 4, column area: there is no area دُوما; near: AR-DUMA Duma (0.99)"),
        "{said}"
    );
    assert!(said.contains("row 5, column area: there is no area Nowhere at all"), "{said}");
    let near = |value: &str| {
        let found = done.suggestions.iter().find(|suggestion| suggestion.value == value).unwrap();
        (found.cells, found.near.iter().map(|near| near.code.clone()).collect::<Vec<_>>())
    };
    assert_eq!(near("Douma"), (2, vec!["AR-DUMA".to_owned()]));
    assert_eq!(near("Nowhere at all"), (1, Vec::new()));
    assert!(done.taken.is_empty(), "{:?}", done.taken);
    assert!(world.versions(Kind::Population, "PO-0").await.is_empty(), "nothing was stored");
}

#[tokio::test]
async fn a_p_code_is_read_as_hapi_reads_it_and_that_is_said() {
    let text = populations(&["SY030201", "syr030201", "SY30201", "SY0300201", "AR-FOAH"]);
    let world = prepared("populations.csv", &text).await;
    let summary = world.import().await.unwrap();
    assert_eq!(totals(&summary).0, 5, "{summary:?}");
    let ways: Vec<(&str, Way)> =
        summary.taken.iter().map(|taken| (taken.value.as_str(), taken.way)).collect();
    let expected = [
        ("SY0300201", Way::PaddedPcode),
        ("SY030201", Way::Pcode),
        ("SY30201", Way::PaddedPcode),
        ("syr030201", Way::Pcode),
    ];
    assert_eq!(ways, expected);
    let stored = world.versions(Kind::Population, "PO-2").await;
    assert!(stored[0].body.contains("\"area\":\"AR-DUMA\""), "{}", stored[0].body);
    let again = world.import().await.unwrap();
    assert_eq!(totals(&again), (0, 0, 5), "the same file changes nothing");
}

#[tokio::test]
async fn a_mistyped_p_code_is_suggested_and_not_taken() {
    let world = prepared("populations.csv", &populations(&["SY030202"])).await;
    let (said, done) = refused(&world, &accepting(&[], Some(0.95))).await;
    assert!(said.contains("there is no area SY030202; near: AR-DUMA Duma (0.87)"), "{said}");
    assert_eq!(done.suggestions[0].near[0].way, Way::NearPcode);
}

#[tokio::test]
async fn another_digit_in_a_p_code_is_another_place_for_every_threshold() {
    let world = prepared("populations.csv", &populations(&["SY030202"])).await;
    for from in [0.0, 0.5, 0.8] {
        let (said, done) = refused(&world, &accepting(&[], Some(from))).await;
        assert!(said.contains("there is no area SY030202; near: AR-DUMA Duma (0.87)"), "{said}");
        assert!(done.taken.is_empty(), "{:?}", done.taken);
    }
    let one = accepting(&[("SY030202", "AR-DUMA")], None);
    assert_eq!(world.import_as(&one).await.unwrap().taken[0].way, Way::Accepted);
}

#[tokio::test]
async fn a_name_that_a_longer_one_begins_with_is_suggested_and_never_taken() {
    let world = prepared("populations.csv", &populations(&["الغوطة"])).await;
    let (said, done) = refused(&world, &accepting(&[], Some(0.1))).await;
    assert!(
        said.contains("there is no area الغوطة; near: AR-GHOUTA Eastern Ghouta (0.60)"),
        "{said}"
    );
    assert_eq!(done.suggestions[0].near[0].way, Way::Beginning);
}

#[tokio::test]
async fn what_cannot_be_a_code_is_said_to_name_nothing() {
    let world = prepared("populations.csv", "").await;
    let row = "PO-1,AR-DUMA,2016-07-01,100,residents,The July report\n";
    world.put("populations.csv", format!("code,area,date,people,metric,source\n{row}"));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("column source: there is no source The July report: it must be a code of 1 to 80 letters"), "{said}");
    let Err(ImportError::Wrong { wrong, .. }) = world.import().await else { panic!("taken") };
    assert_eq!(wrong.listed[0].value.as_deref(), Some("The July report"));
}

#[tokio::test]
async fn what_somebody_accepts_is_taken_and_listed() {
    let text = populations(&["Douma", "the town of Foah"]);
    let world = prepared("populations.csv", &text).await;
    let by_hand = accepting(&[("Douma", "AR-DUMA"), ("the town of Foah", "AR-FOAH")], None);
    let summary = world.import_as(&Options { dry_run: true, ..by_hand.clone() }).await.unwrap();
    assert_eq!(summary.taken.len(), 2);
    assert!(summary.taken.iter().all(|taken| taken.way == Way::Accepted), "{:?}", summary.taken);
    assert_eq!(
        summary.taken[0].at.to_string(),
        "populations.csv, row 2, column area: \"Douma\" is taken for the area AR-DUMA Duma (1.00)"
    );
    assert_eq!(totals(&world.import_as(&by_hand).await.unwrap()).0, 2);
    let wrong = accepting(&[("Douma", "AR-DUMA"), ("the town of Foah", "AR-NOWHERE")], None);
    let (said, _) = refused(&world, &wrong).await;
    assert!(said.contains("there is no area AR-NOWHERE"), "{said}");
}

#[tokio::test]
async fn a_threshold_takes_only_what_is_near_enough_and_alone() {
    let world = prepared("populations.csv", &populations(&["Douma"])).await;
    let (said, _) = refused(&world, &accepting(&[], Some(0.96))).await;
    assert!(said.contains("near: AR-DUMA Duma (0.95)"), "{said}");
    let summary = world.import_as(&accepting(&[], Some(0.95))).await.unwrap();
    assert_eq!((summary.taken[0].code.as_str(), summary.taken[0].way), ("AR-DUMA", Way::Threshold));
    let twice = prepared("areas.csv", "code,names_en\nAR-OTHER,Dumah\n").await;
    twice.import().await.unwrap();
    twice.put("populations.csv", populations(&["Douma"]));
    let (said, _) = refused(&twice, &accepting(&[], Some(0.9))).await;
    assert!(
        said.contains("near: AR-DUMA Duma (0.95), AR-OTHER Dumah (0.95)"),
        "two are as near: {said}"
    );
}

#[tokio::test]
async fn a_code_that_comes_with_the_same_files_is_no_name_of_another() {
    let world =
        prepared("areas.csv", "code,names_en\nSYR030201,A new place\nDouma,Another\n").await;
    world.put("populations.csv", populations(&["SYR030201", "Douma"]));
    let summary = world.import_as(&accepting(&[], Some(0.9))).await.unwrap();
    assert_eq!(
        summary.taken.iter().map(|taken| taken.value.as_str()).collect::<Vec<_>>(),
        [] as [&str; 0]
    );
    assert!(world.versions(Kind::Population, "PO-1").await[0].body.contains("\"area\":\"Douma\""));
}

#[tokio::test]
async fn parts_and_lists_are_looked_at_too() {
    let world = prepared("convoys.csv", "code,mode,date\nCV-1,cross_line,2016-06-09\n").await;
    world.put("convoys.drops.csv", "convoy,index,areas\nCV-1,1,SY30201; Fouaa\n");
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("convoys.drops.csv, row 2, column areas: there is no area Fouaa; near: AR-FOAH Foah (0.95)"), "{said}");
    let summary = world.import_as(&accepting(&[("Fouaa", "AR-FOAH")], None)).await.unwrap();
    assert_eq!(summary.taken.len(), 2, "{:?}", summary.taken);
    assert!(
        world.versions(Kind::Convoy, "CV-1").await[0]
            .body
            .contains(r#""areas":["AR-DUMA","AR-FOAH"]"#)
    );
}

#[tokio::test]
async fn a_4w_names_what_comes_near() {
    let text = "Partner,Activity,District,From\n#org+impl+name,#activity+name,#adm3+name,#date+start\nSARC,Food,Fouaa,2016-07-01\n";
    let world = prepared("ours.csv", text).await;
    world.put("organisations.csv", "code,names_en,acronym\nsarc,Syrian Arab Red Crescent,SARC\n");
    let organisations = world.files().join("organisations.csv");
    let options = Options::by("tests");
    passage::exchange::import::run(
        &world.store,
        &[organisations],
        &options,
        Clock::Wall,
        &mut |_| {},
    )
    .await
    .unwrap();
    world.remove("organisations.csv");
    let ours = world.files().join("ours.csv");
    let import = async |options: &Options| {
        let paths = [ours.clone()];
        passage::exchange::import::run(&world.store, &paths, options, Clock::Wall, &mut |_| {})
            .await
    };
    let Err(ImportError::Wrong { wrong, done }) = import(&options).await else {
        panic!("taken silently")
    };
    let said = wrong.to_string();
    assert!(said.contains("\"Fouaa\" here; import it first; near: AR-FOAH Foah (0.95)"), "{said}");
    assert_eq!(done.suggestions.len(), 1);
    let summary = import(&accepting(&[("Fouaa", "AR-FOAH")], None)).await.unwrap();
    assert_eq!((summary.taken.len(), totals(&summary).0), (1, 1));
}

#[tokio::test]
async fn the_code_of_a_unit_must_be_one_that_is_known_where_the_units_are() {
    let world = with_units().await;
    world.put("areas.csv", "code,names_en,admin1_pcode,admin2_pcode\nAR-1,One,SY2,\nAR-2,Two,syr03,\nAR-3,Three,SY20,\nAR-4,Four,IQ01,IQ0101\n");
    let (said, done) = refused(&world, &Options::by("tests")).await;
    // Of another country nothing is known, so nothing is refused there.
    assert!(said.contains("areas.csv, row 4, column admin1_pcode: is no unit of level 1 known here; near: SY02 Aleppo (0.75)"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!((done.suggestions.len(), done.suggestions[0].of), (1, "unit"));
    let summary = world.import_as(&accepting(&[("SY20", "SY20")], None)).await.unwrap();
    assert_eq!(totals(&summary).0, 4);
    let taken: Vec<(&str, &str)> =
        summary.taken.iter().map(|taken| (taken.value.as_str(), taken.code.as_str())).collect();
    assert_eq!(taken, [("SY2", "SY02"), ("syr03", "SY03")]);
    assert!(world.versions(Kind::Area, "AR-1").await[0].body.contains("\"admin1_pcode\":\"SY02\""));
    assert!("SY20".parse::<Pcode>().is_ok(), "it has the shape of a code; that is not enough");
}

#[tokio::test]
async fn a_trial_says_what_may_be_told_twice_and_leaves_nothing_out() {
    let world = prepared("convoys.csv", "code,mode,date\nCV-1,cross_line,2016-06-09\n").await;
    world.put("convoys.drops.csv", "convoy,index,areas,trucks\nCV-1,1,AR-DUMA,9\n");
    let first = world.import_as(&Options { dry_run: true, ..Options::by("tests") }).await.unwrap();
    assert!(first.duplicates.is_empty(), "{:?}", first.duplicates);
    assert_eq!(totals(&world.import().await.unwrap()).0, 1);
    world.put("convoys.csv", "code,mode,date\nCV-1,cross_line,2016-06-09\nCV-2,cross_line,2016-06-10\nCV-3,airdrop,2016-06-09\n");
    world.put(
        "convoys.drops.csv",
        "convoy,index,areas,trucks\nCV-1,1,AR-DUMA,9\nCV-2,1,AR-DUMA,9\nCV-3,1,AR-DUMA,9\n",
    );
    let trial = world.import_as(&Options { dry_run: true, ..Options::by("tests") }).await.unwrap();
    let said: Vec<(&str, &str, String)> = trial
        .duplicates
        .iter()
        .map(|twice| {
            (twice.pair.one.as_str(), twice.pair.other.as_str(), twice.pair.score.to_string())
        })
        .collect();
    assert_eq!(said, [("CV-1", "CV-2", "0.87".to_owned())]);
    assert_eq!(totals(&world.import().await.unwrap()).0, 2, "a suggestion keeps nothing out");
}
