//! No spreadsheet runs a text of a record, whatever it is, and every text comes back from a file as it was.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

use passage::domain::{Kind, Text};
use passage::exchange::export::{Exported, write_dir};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bodies::Filling;
use crate::result;
use crate::world::World;

/// What a spreadsheet takes for the start of a formula.
const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Texts that try to be formulas, behind whatever a reader may skip, and any other text.
pub fn hostile() -> impl Strategy<Value = String> {
    let starts = prop::sample::select(vec![
        "",
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        "＝",
        "＋",
        "－",
        "＠",
        "'=",
        "''=",
        " =",
        "\u{a0}=",
        "\u{feff}=",
        "\u{200b}=",
        ";=",
        ",=",
        "\"=",
        "\",=",
        "\"\n=",
        "-1+",
        "+1;",
        "=1;=",
    ]);
    (starts, any::<String>()).prop_map(|(start, rest)| format!("{start}{rest}"))
}

/// The cells below the two rows of the head, of every file in a folder.
fn cells(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(file.unwrap().path())
            .expect("the file is there");
        for row in reader.records().skip(2) {
            found.extend(row.expect("a row of CSV").iter().map(str::to_owned));
        }
    }
    found
}

fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A record with this text in every field, also in parts of parts.
fn record(kind: Kind, text: &str) -> BTreeMap<Kind, Vec<Exported>> {
    let filling = Filling { text, code: "-A1", lon: -36.123_457, lat: -33.5 };
    let (code, id) = (filling.code_of(kind.as_str()), Uuid::nil());
    [(kind, vec![Exported { code, id, body: filling.body(kind) }])].into()
}

#[test]
fn no_cell_of_an_export_begins_a_formula_and_numbers_stay_numbers() {
    let mut runner = TestRunner::default();
    let (texts, looked_at) = (runner.config().cases, Cell::new(0));
    let kinds = prop::sample::select(Kind::ALL.to_vec());
    let found = runner.run(&(kinds, hostile()), |(kind, text)| {
        let folder = tempfile::tempdir().unwrap();
        write_dir(folder.path(), record(kind, &text)).unwrap();
        let cells = cells(folder.path());
        looked_at.set(looked_at.get() + cells.len());
        for cell in &cells {
            prop_assert!(!cell.starts_with(STARTERS) || is_number(cell), "{:?}", cell);
        }
        if kind == Kind::Facility {
            prop_assert!(cells.iter().any(|cell| cell == "-36.123457"), "a longitude is a number");
        }
        Ok(())
    });
    let formulas = if found.is_ok() { "0 formulas" } else { "a formula" };
    let told = format!("{texts} texts in {} cells of CSV: {formulas}", looked_at.get());
    result::record("G31", &told, found.is_ok());
    found.unwrap();
}

/// As many texts as cases are asked for, each as the door lets it in.
fn texts() -> Vec<String> {
    let mut runner = TestRunner::default();
    let count = runner.config().cases;
    let mut drawn = || hostile().new_tree(&mut runner).unwrap().current();
    let all = (0..count).filter_map(|_| Some(drawn().parse::<Text>().ok()?.as_str().to_owned()));
    all.collect()
}

#[tokio::test]
async fn every_text_comes_back_from_a_file_as_it_was() {
    let texts = texts();
    assert!(texts.len() > 10, "{} texts pass the door", texts.len());
    let exported = |(number, text): (usize, &String)| Exported {
        code: format!("O-{number:06}"),
        id: Uuid::from_u128(7 << 76 | 2 << 62 | number as u128),
        body: json!({ "topic": "other", "date": "2016-07-22", "text": text, "note": text }),
    };
    let world = World::empty();
    let records = texts.iter().enumerate().map(exported).collect();
    write_dir(&world.files(), [(Kind::Observation, records)].into()).unwrap();
    if let Err(fault) = world.import().await {
        panic!("{fault}");
    }
    for (number, text) in texts.iter().enumerate() {
        let stored = world.versions(Kind::Observation, &format!("O-{number:06}")).await.remove(0);
        let body: Value = serde_json::from_str(&stored.body).unwrap();
        assert_eq!((&body["text"], &body["note"]), (&json!(text), &json!(text)));
    }
    result::record("G31", &format!("{} came back from CSV as they were", texts.len()), true);
}
