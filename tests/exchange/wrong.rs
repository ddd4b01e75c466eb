//! Files that are wrong: each says where and why, and of its file nothing is stored.

use passage::domain::Kind;
use passage::exchange::import::{ImportError, Options};

use crate::world::{ACCOUNTS, AREAS, CONVOYS, DROPS, LINES, SOURCES, World};

/// Says the problems after one place of one file was changed.
async fn said(name: &str, text: &str, old: &str, new: &str) -> String {
    let world = World::with_files();
    world.put_with(name, text, old, new);
    world.problems().await.join("\n")
}

#[tokio::test]
async fn all_wrong_rows_of_all_files_are_said_together() {
    let world = World::with_files();
    world.put_with("areas.csv", AREAS, "36.4,33.57", "\"36,4\",33.57");
    world.put_with("convoys.csv", CONVOYS, "airdrop", "by_air");
    world.put_with("convoys.drops.csv", DROPS, "AR-1,,9", "AR-9,,9");
    world.put_with("convoys.drops.lines.csv", LINES, "12.5", "12 500");
    let problems = world.problems().await;
    let starts = [
        "areas.csv, row 4, column position_lon: must be a number written as 1000 or 12.5",
        "convoys.drops.lines.csv, row 4, column loaded: must be a number",
        "convoys.csv, row 4, column mode: must be one of cross_line, ",
    ];
    for start in starts {
        assert!(
            problems.iter().any(|problem| problem.starts_with(start)),
            "{start}: {problems:#?}"
        );
    }
    assert_eq!(world.versions(Kind::Source, "SO-JUNE").await.len(), 1, "a right file is kept");
    assert!(world.versions(Kind::Area, "AR-1").await.is_empty(), "a wrong file is kept out");
}

#[tokio::test]
async fn one_bad_row_keeps_everything_of_the_file_out() {
    let world = World::with_files();
    world.put_with("convoys.csv", CONVOYS, "2016-06-20", "2016-06-31");
    let problems = world.problems().await;
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("convoys.csv, row 4, column date: must be a date that exists"));
    assert!(problems[0].contains("--date-format") && problems[0].ends_with("got \"2016-06-31\""));
    assert!(world.versions(Kind::Convoy, "CV-1").await.is_empty());
    assert_eq!(world.versions(Kind::Area, "AR-1").await.len(), 1);
}

#[tokio::test]
async fn what_only_the_store_can_know_is_said_by_row_and_column() {
    let said_of = said("convoys.drops.csv", DROPS, "AR-1; AR-2", "AR-1; AR-7").await;
    assert_eq!(said_of, "convoys.drops.csv, row 4, column areas: there is no area AR-7");
    let said_of = said("convoys.accounts.csv", ACCOUNTS, "SO-JULY", "SO-NONE").await;
    assert_eq!(said_of, "convoys.accounts.csv, row 4, column source: there is no source SO-NONE");
}

#[tokio::test]
async fn what_only_follows_from_a_wrong_row_is_not_said() {
    let said_of = said("areas.csv", AREAS, "36.24,33.46", "336.24,33.46").await;
    assert!(
        said_of.starts_with("areas.csv, row 3, column position_lon: lon: must be degrees"),
        "{said_of}"
    );
    assert_eq!(said_of.lines().count(), 1, "{said_of}");
}

#[tokio::test]
async fn a_cell_that_would_run_as_a_formula_is_refused() {
    let said_of = said("areas.csv", AREAS, "Duma", "=HYPERLINK(A1)").await;
    assert!(
        said_of.contains("row 4, column names_en: looks like a formula; write ' before it"),
        "{said_of}"
    );
}

#[tokio::test]
async fn ragged_rows_and_broken_utf_8_are_said() {
    let said_of = said("areas.csv", AREAS, "Duma,", "Duma,extra,").await;
    assert_eq!(said_of.lines().next(), Some("areas.csv, row 4: has 5 cells, the header has 4"));
    let world = World::with_files();
    let broken = AREAS.as_bytes().iter().map(|byte| if *byte == b'y' { 0xFF } else { *byte });
    world.put("areas.csv", broken.collect::<Vec<u8>>());
    let problems = world.problems().await;
    assert!(
        problems[0].starts_with("areas.csv, row 3, column names_en: is not UTF-8"),
        "{problems:#?}"
    );
}

#[tokio::test]
async fn empty_files_and_heads_that_say_nothing_are_said() {
    let said_of = said("areas.csv", AREAS, AREAS, "").await;
    assert!(said_of.starts_with("areas.csv: is empty; a row must hold"), "{said_of}");
    let head: String = AREAS.split_inclusive('\n').take(2).collect();
    let said_of = said("areas.csv", AREAS, &head, "").await;
    assert!(said_of.contains("areas.csv: none of the first 25 rows holds HXL tags"), "{said_of}");
    let said_of = said("areas.csv", AREAS, "#geo+lon", "#geo+lat").await;
    assert!(said_of.contains("column position_lon: the tag must be #geo+lon"), "{said_of}");
}

#[tokio::test]
async fn names_alone_or_tags_alone_are_enough() {
    for line in 0..2 {
        let world = World::with_files();
        let mut lines: Vec<&str> = AREAS.lines().collect();
        lines.remove(line);
        world.put("areas.csv", lines.join("\n"));
        world.import().await.unwrap();
        assert_eq!(world.versions(Kind::Area, "AR-2").await.len(), 1);
    }
}

/// What counts people is not dropped because the other tags fit another kind; a table of ours of something else is no kind.
#[tokio::test]
async fn tags_that_fit_a_kind_but_for_the_figures_tell_none() {
    for (tags, row) in [
        (
            "#meta+code,#loc+code,#group+code,#date+reported,#affected+killed,#meta+source+code",
            "R-31,AR-1,GOS,2016-07-02,12,",
        ),
        (
            "#meta+code,#loc+code,#group+code,#date+reported,#affected+besieged,#meta+source+code",
            "R-32,AR-1,GOS,2016-07-02,4000,",
        ),
        (
            "#meta+sequence,#date+recorded,#date+learned,#meta+by,#meta+action,#meta+kind,#meta+code,#meta+id,#meta+reason",
            "1,2016-07-02,2016-07-02,me,create,area,R-33,,",
        ),
    ] {
        let world = World::with_files();
        world.put("july.csv", format!("{tags}\n{row}\n"));
        world.import().await.unwrap();
        let refused = world.import_file("july.csv").await;
        assert!(matches!(refused, Err(ImportError::UnknownFile(_))), "{tags}: {refused:?}");
    }
}

#[tokio::test]
async fn a_part_whose_record_or_outer_part_is_not_there_is_said() {
    let said_of = said("convoys.drops.csv", DROPS, "CV-1,2", "CV-8,2").await;
    let orphan = "convoys.drops.csv, row 4, column convoy: there is no convoy CV-8 in convoys.csv";
    assert!(said_of.contains(orphan), "{said_of}");
    let said_of = said("convoys.drops.lines.csv", LINES, "CV-1,1,1", "CV-1,4,1").await;
    assert_eq!(
        said_of,
        "convoys.drops.lines.csv, row 5: there is no part 4 in drops of this record"
    );
    let said_of = said("convoys.drops.csv", DROPS, "CV-1,1", ",1").await;
    assert!(said_of.contains("row 3, column convoy: is required"), "{said_of}");
}

#[tokio::test]
async fn an_index_that_is_missing_or_doubled_is_said() {
    let said_of = said("convoys.accounts.csv", ACCOUNTS, "CV-1,2", "CV-1,1").await;
    assert!(
        said_of.starts_with("convoys.accounts.csv, row 4, column index: row 3 has the same index"),
        "{said_of}"
    );
    let said_of = said("convoys.accounts.csv", ACCOUNTS, "CV-1,2", "CV-1,3").await;
    assert!(
        said_of.starts_with("convoys.accounts.csv, row 4, column index: the index before it"),
        "{said_of}"
    );
    let said_of = said("convoys.accounts.csv", ACCOUNTS, "CV-1,2", "CV-1,").await;
    assert!(
        said_of.starts_with("convoys.accounts.csv, row 4, column index: is required"),
        "{said_of}"
    );
    let said_of = said("convoys.accounts.csv", ACCOUNTS, "CV-1,2", "CV-1,0").await;
    assert!(said_of.contains("must be a whole number from 1, got \"0\""), "{said_of}");
}

#[tokio::test]
async fn a_code_that_comes_twice_is_said() {
    let said_of = said("areas.csv", AREAS, "AR-2", "AR-1").await;
    assert!(
        said_of.contains("areas.csv, row 4, column code: row 3 has the same code"),
        "{said_of}"
    );
    let said_of = said("areas.csv", AREAS, "AR-2", "").await;
    assert!(said_of.contains("areas.csv, row 4, column code: is required"), "{said_of}");
}

#[tokio::test]
async fn an_id_that_another_record_has_is_said() {
    let world = World::with_files();
    let id = "0190a0b0-0000-7000-8000-000000000001";
    let text =
        format!("code,id,names_en\n#meta+code,#meta+id,\nAR-1,{id},Daraya\nAR-2,{id},Duma\n");
    world.put("areas.csv", text);
    let problems = world.problems().await;
    assert_eq!(problems[0], "areas.csv, row 4, column id: another area has this id");
}

#[tokio::test]
async fn parts_without_their_outer_parts_file_are_said() {
    let world = World::with_files();
    world.remove("convoys.drops.csv");
    let problems = world.problems().await;
    assert_eq!(problems, ["convoys.drops.lines.csv: there is no convoys.drops.csv beside it"]);
}

#[tokio::test]
async fn of_thousands_of_problems_the_first_thousand_are_listed_and_the_rest_is_not_read() {
    let world = World::empty();
    let rows: Vec<String> = (0..2_500).map(|row| format!("AR-{row},=1")).collect();
    world.put("areas.csv", format!("code,names_en\n#meta+code,\n{}", rows.join("\n")));
    match world.import().await.unwrap_err() {
        ImportError::Wrong { wrong, .. } => {
            assert_eq!((wrong.listed.len(), wrong.more, wrong.stopped), (1_000, 0, true));
            assert_eq!(wrong.listed[999].row, Some(1_002));
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn parts_too_large_to_hold_are_read_along_in_the_order_of_the_records() {
    let options = Options { most_held: 0, ..Options::by("tests") };
    let world = World::with_files();
    world.import_as(&options).await.unwrap();
    let held = World::with_files();
    held.import().await.unwrap();
    let body = |versions: Vec<passage::store::Stored>| versions[0].body.clone();
    assert_eq!(
        body(world.versions(Kind::Convoy, "CV-1").await),
        body(held.versions(Kind::Convoy, "CV-1").await)
    );
    let world = World::with_files();
    let late = ACCOUNTS.replacen("CV-1,1", "CV-2,1", 1).replacen("CV-1,2", "CV-1,1", 1);
    world.put("convoys.accounts.csv", late);
    let problems = world.problems_as(&options).await;
    assert!(
        problems[0].contains("row 4, column convoy: CV-1 comes too late: sort this table"),
        "{problems:#?}"
    );
}

#[tokio::test]
async fn files_of_parts_share_what_may_be_held() {
    let world = World::with_files();
    let late = ACCOUNTS.replacen("CV-1,1", "CV-2,1", 1).replacen("CV-1,2", "CV-1,1", 1);
    world.put("convoys.accounts.csv", &late);
    // Each by itself would fit, and the accounts are read last.
    let most_held = u64::try_from(DROPS.len().max(LINES.len()).max(late.len())).unwrap();
    let options = Options { most_held, ..Options::by("tests") };
    let problems = world.problems_as(&options).await;
    assert!(problems[0].contains("CV-1 comes too late: sort this table"), "{problems:#?}");
    let all = u64::try_from(DROPS.len() + LINES.len() + late.len()).unwrap();
    let options = Options { most_held: all, ..Options::by("tests") };
    world.import_as(&options).await.unwrap();
}

#[tokio::test]
async fn a_folder_a_name_or_a_form_that_cannot_be_used_is_said() {
    let world = World::empty();
    assert!(world.problems().await[0].contains("no file here is named after a kind"));
    world.put("sources.csv", SOURCES);
    let options = Options { date_format: Some("%H".to_owned()), ..Options::by("tests") };
    assert!(world.problems_as(&options).await[0].starts_with("--date-format must hold"));
}

#[tokio::test]
async fn a_file_that_is_no_table_says_what_it_is() {
    for (name, text, said) in [
        ("july.xlsx", "", "july.xlsx: is empty"),
        ("areas.xlsx", "code,names_en\nAR-1,One\n", "areas.xlsx: is called a workbook and is none"),
    ] {
        let world = World::empty();
        world.put(name, text);
        let problems = world.problems().await;
        assert!(problems.len() == 1 && problems[0].starts_with(said), "{name}: {problems:#?}");
    }
}
