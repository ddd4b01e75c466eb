//! Workbooks in: what people really have in their cells, and how it is said where it is wrong.

use passage::domain::Kind;
use passage::exchange::import::Options;
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::books::{fill, of_texts, of_xml, row};
use crate::world::{ACCOUNTS, AREAS, CONVOYS, DROPS, LINES, SOURCES, World, totals};

const ALL: [(&str, &str); 6] = [
    ("sources", SOURCES),
    ("areas", AREAS),
    ("convoys", CONVOYS),
    ("convoys.drops", DROPS),
    ("convoys.drops.lines", LINES),
    ("convoys.accounts", ACCOUNTS),
];

/// A world with one workbook to import.
fn with(book: &[u8]) -> World {
    let world = World::empty();
    world.put("book.xlsx", book);
    world
}

#[tokio::test]
async fn one_workbook_with_a_sheet_for_every_list_says_the_same_as_the_files() {
    let book = with(&of_texts(&ALL));
    let files = World::with_files();
    let (of_book, of_files) = (book.import().await.unwrap(), files.import().await.unwrap());
    assert_eq!(totals(&of_book), totals(&of_files));
    for (kind, code) in [(Kind::Area, "AR-2"), (Kind::Convoy, "CV-1"), (Kind::Source, "SO-JULY")] {
        let (one, other) = (book.versions(kind, code).await, files.versions(kind, code).await);
        assert_eq!(one[0].body, other[0].body, "{kind} {code}");
    }
    assert_eq!(of_book.files[1].file, "book.xlsx, sheet areas");
    let again = book.import().await.unwrap();
    assert_eq!(totals(&again).2, totals(&of_book).0, "nothing has changed");
}

#[tokio::test]
async fn problems_name_sheet_row_and_the_letter_of_the_column() {
    let areas = AREAS.replace("36.4,33.57", "336.4,x").replace("names_en", "Nom");
    let lines = LINES.replace("12.5", "12 500");
    let book = of_texts(&[
        ("areas", &areas),
        ("convoys", CONVOYS),
        ("convoys.drops", DROPS),
        ("convoys.drops.lines", &lines),
    ]);
    let problems = with(&book).problems().await;
    let expected = [
        "book.xlsx, sheet areas, row 4, column D (position_lat): must be a number",
        "book.xlsx, sheet convoys.drops.lines, row 4, column E (loaded): must be a number",
    ];
    for start in expected {
        assert!(
            problems.iter().any(|problem| problem.starts_with(start)),
            "{start}: {problems:#?}"
        );
    }
    let only = with(&of_texts(&[("convoys", CONVOYS)])).problems().await;
    let expected = "book.xlsx, sheet convoys, row 3, column D (source): there is no source SO-JUNE";
    assert_eq!(only, [expected]);
    let world =
        with(&of_texts(&[("areas", &AREAS.replace("names_en", "Nom").replace("Daraya", ""))]));
    let problems = world.problems().await;
    assert!(
        problems[0].contains("row 3, column B (Nom)"),
        "it has the name that people see: {problems:#?}"
    );
}

#[tokio::test]
async fn a_sheet_is_known_by_its_tags_and_the_others_are_said() {
    let book = of_texts(&[
        ("Orte", &AREAS.replace("code,names_en", "Kode,Name")),
        ("Notes", "Ask Jomana\n"),
        ("Sheet3", ""),
    ]);
    let world = with(&book);
    let summary = world.import().await.unwrap();
    assert_eq!(summary.skipped, ["book.xlsx, sheet Notes"]);
    assert_eq!(world.versions(Kind::Area, "AR-2").await.len(), 1);
    let unknown = with(&of_texts(&[("Tabelle1", "Code,Wer\nA,B\n")]));
    assert!(unknown.problems().await[0].contains("no sheet is named after a kind"));
    let named = Options { kind: Some(Kind::Area), ..Options::by("tests") };
    let one = with(&of_texts(&[("Tabelle1", "code,names_en\nAR-9,Homs\n")]));
    assert_eq!(totals(&one.import_as(&named).await.unwrap()).0, 1);
    let twice = with(&of_texts(&[("areas", AREAS), ("Orte", AREAS)]));
    assert!(twice.problems().await[0].contains("holds areas like book.xlsx, sheet areas"));
    let parts = with(&of_texts(&[("convoys.drops", DROPS)]));
    assert!(
        parts.problems().await[0].contains("holds parts of convoys, of which there is no sheet")
    );
}

#[tokio::test]
async fn hidden_sheets_are_not_read_and_said() {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("areas").unwrap(), AREAS);
    fill(workbook.add_worksheet().set_name("convoys").unwrap().set_hidden(true), CONVOYS);
    let world = with(&workbook.save_to_buffer().unwrap());
    let summary = world.import().await.unwrap();
    assert_eq!(
        summary.notes[0].to_string(),
        "book.xlsx, sheet convoys: is hidden and was not read"
    );
    assert!(world.versions(Kind::Convoy, "CV-1").await.is_empty());
}

#[tokio::test]
async fn merged_names_are_explained_and_merged_records_refused() {
    let book = |first_row: u32, last_row: u32, column: u16| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("areas").unwrap();
        fill(sheet, AREAS);
        let plain = Format::new();
        sheet.merge_range(first_row, column, last_row, column + 1, "33", &plain).unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let world = with(&book(0, 0, 2));
    let summary = world.import().await.unwrap();
    assert!(
        summary.notes[0]
            .to_string()
            .contains("row 1: C1:D1 is merged: its text counts for column C"),
        "{:?}",
        summary.notes
    );
    let problems = with(&book(2, 3, 2)).problems().await;
    assert_eq!(
        problems
            .iter()
            .filter(|problem| problem.contains("C3:D4 is merged; unmerge the cells"))
            .count(),
        1,
        "{problems:#?}"
    );
}

#[tokio::test]
async fn dates_of_both_epochs_are_the_days_that_the_sheet_shows() {
    // 26 July 2016 and noon of that day, counted from 1900 and from 1904.
    for (is_1904, serial) in [(false, 42_577.0), (true, 41_115.0)] {
        let at = |style: u8, value: f64| format!("<c s=\"{style}\"><v>{value}</v></c>");
        let rows = [
            row(1, &["code", "mode", "date", "planned_departure"]),
            row(2, &["CV-1", "airdrop", &at(1, serial), &at(2, serial + 0.5)]),
        ];
        let options =
            Options { time_zone: Some("Asia/Damascus".parse().unwrap()), ..Options::by("tests") };
        let world = with(&of_xml("convoys", &rows.concat(), is_1904));
        world.import_as(&options).await.unwrap();
        let stored = &world.versions(Kind::Convoy, "CV-1").await[0].body;
        assert!(stored.contains("\"date\":\"2016-07-26\""), "{stored}");
        assert!(stored.contains("2016-07-26T09:00:00Z"), "noon in Damascus: {stored}");
        let without = Options { time_zone: None, ..options };
        let problems = world.problems_as(&without).await;
        assert!(problems[0].contains("--time-zone"), "{problems:#?}");
    }
}

/// What is said of one cell of XML in the column `admin1_pcode`, a text, or `position_lon`, a number.
async fn said_of(column: &str, cell: &str) -> String {
    // A point needs both its numbers.
    let (other, number) = if column == "position_lon" {
        ("position_lat", "<c><v>33.5</v></c>")
    } else {
        ("note", "")
    };
    let rows =
        [row(1, &["code", "names_en", other, column]), row(2, &["AR-1", "Daraya", number, cell])];
    let world = with(&of_xml("areas", &rows.concat(), false));
    match world.import().await {
        Ok(_) => {
            let stored = world.versions(Kind::Area, "AR-1").await[0].body.clone();
            let body: serde_json::Value = serde_json::from_str(&stored).unwrap();
            let value =
                if column == "position_lon" { &body["position"]["lon"] } else { &body[column] };
            value.to_string()
        }
        Err(_) => world.problems().await.join("\n"),
    }
}

#[tokio::test]
async fn formulas_give_the_value_that_was_saved_and_errors_are_refused() {
    assert_eq!(said_of("position_lon", "<c><f>30+6</f><v>36</v></c>").await, "36");
    assert_eq!(said_of("admin1_name", "<c t=\"str\"><f>A1</f><v>Rural</v></c>").await, "\"Rural\"");
    let refused = [
        (
            "<c t=\"e\"><f>#REF!</f><v>#REF!</v></c>",
            "column D (admin1_name): is the error of a formula",
        ),
        (
            "<c><f>A1&amp;B1</f></c>",
            "column D (admin1_name): is a formula whose result was not saved",
        ),
        ("<c><f>A1&amp;B1</f><v></v></c>", "is a formula whose result was not saved"),
    ];
    for (cell, expected) in refused {
        let said = said_of("admin1_name", cell).await;
        assert!(said.contains(expected), "{cell}: {said}");
    }
}

#[tokio::test]
async fn numbers_are_read_by_what_they_are_and_not_by_how_they_look() {
    assert_eq!(said_of("position_lon", "<c><v>36.300000000000004</v></c>").await, "36.3");
    assert_eq!(said_of("position_lon", "٣٦٫٢٥").await, "36.25");
    assert_eq!(said_of("position_lon", "36.25").await, "36.25");
    assert_eq!(
        said_of("admin1_pcode", "<c s=\"5\"><v>211</v></c>").await,
        "\"0211\"",
        "zeros that are shown are meant"
    );
    assert_eq!(said_of("admin1_pcode", "<c><v>62179</v></c>").await, "\"62179\"");
    assert!(
        said_of("position_lon", "<c s=\"3\"><v>0.36</v></c>").await.contains("is a percentage")
    );
    assert!(
        said_of("position_lon", "<c s=\"1\"><v>42577</v></c>")
            .await
            .contains("is a date or a time")
    );
    assert!(said_of("position_lon", "<c t=\"b\"><v>1</v></c>").await.contains("is true or false"));
    assert_eq!(said_of("admin1_name", "=cmd|calc").await, "\"=cmd|calc\"", "a text is never run");
}

#[tokio::test]
async fn a_number_that_can_be_read_two_ways_is_asked_for() {
    let convoys = "code,mode,date\nCV-1,airdrop,2016-06-09\n";
    let drops = "convoy,index,areas,trucks\nCV-1,1,AR-1,x1.234\n";
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("areas").unwrap(), AREAS);
    fill(workbook.add_worksheet().set_name("convoys").unwrap(), convoys);
    let sheet = workbook.add_worksheet().set_name("convoys.drops").unwrap();
    fill(sheet, drops);
    sheet.write_string(1, 3, "1.234").unwrap();
    sheet.write_formula(0, 9, Formula::new("=1").set_result("")).unwrap();
    let world = with(&workbook.save_to_buffer().unwrap());
    let problems = world.problems().await;
    assert!(problems[0].contains("can be read two ways, as 1234 and as 1.234"), "{problems:#?}");
    for (mark, trucks) in [((Some('.'), None), "1.234"), ((None, Some('.')), "1234")] {
        let (decimal, thousands) = mark;
        let options = Options { decimal, thousands, dry_run: true, ..Options::by("tests") };
        let said = world.import_as(&options).await;
        assert!(said.is_ok(), "{trucks}: {said:?}");
    }
}

#[tokio::test]
async fn a_day_that_never_was_is_refused() {
    let rows = [
        row(1, &["code", "mode", "date"]),
        row(2, &["CV-1", "airdrop", "<c s=\"1\"><v>60</v></c>"]),
        row(3, &["CV-2", "airdrop", "<c s=\"1\"><v>0.5</v></c>"]),
        row(4, &["CV-3", "airdrop", "<c><v>42577</v></c>"]),
    ];
    let problems = with(&of_xml("convoys", &rows.concat(), false)).problems().await;
    assert!(
        problems[0].contains(
            "row 2, column C (date): is shown as a date that no calendar has, got \"1900-02-29\""
        ),
        "{problems:#?}"
    );
    assert!(
        problems[1].contains("row 3, column C (date): is a time without a day"),
        "{problems:#?}"
    );
    assert!(problems[2].contains("row 4, column C (date): is no date"), "{problems:#?}");
}

#[tokio::test]
async fn a_time_whose_form_ends_with_z_is_utc_also_at_midnight() {
    let rows = row(1, &["code", "pause_type", "start", "end"])
        + &row(2, &["#meta+code", "", "", ""])
        + &row(
            3,
            &[
                "PA-1",
                "ceasefire",
                "<c s=\"6\"><v>42577</v></c>",
                "<c s=\"6\"><v>42577.4375</v></c>",
            ],
        );
    let world = with(&of_xml("pauses", &rows, false));
    world.import().await.unwrap();
    let body = world.versions(Kind::Pause, "PA-1").await.remove(0).body;
    assert!(body.contains("\"start\":\"2016-07-26T00:00:00Z\""), "{body}");
    assert!(body.contains("\"end\":\"2016-07-26T10:30:00Z\""), "{body}");
}

#[tokio::test]
async fn a_number_that_the_spreadsheet_rounded_is_refused() {
    let book = |number: &str| {
        let cell = format!("<c><v>{number}</v></c>");
        let rows = row(1, &["code", "names_en"]) + &row(2, &["#meta+code", ""]);
        of_xml("areas", &(rows + &row(3, &["AR-1", &cell])), false)
    };
    assert_eq!(totals(&with(&book("999999999999999")).import().await.unwrap()).0, 1);
    for number in ["1000000000000000", "12345678901234567890", "1.2345678901234567E+19"] {
        let problems = with(&book(number)).problems().await;
        assert!(
            problems[0].contains("column B (names_en): is a number of more than 15 digits"),
            "{problems:?}"
        );
    }
}
