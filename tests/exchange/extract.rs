//! Forms of export beside CSV: workbooks, Parquet and maps in folders, and words that no form runs.
#![cfg(test)]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use passage::clock::Clock;
use passage::domain::{Clearance, Kind, Language, Sensitivity};
use passage::exchange::export::{Ask, export};
use passage::exchange::extract::readme::About;
use passage::exchange::extract::records::{Of, Sheets, Taken};
use passage::exchange::extract::xlsx::Book;
use passage::exchange::extract::{Cell, Column, Form, Holds};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bodies::Filling;
use crate::injection::hostile;
use crate::world::World;

fn names(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

fn book(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

async fn ask<'s>(world: &'s World, clearance: &Clearance) -> Ask<'s> {
    let mut ask = Ask::of(&world.store, Kind::ALL, Clock::Wall, clearance).await.unwrap();
    ask.partly = true;
    ask
}

#[tokio::test]
async fn a_folder_of_parquet_has_the_files_that_a_folder_of_csv_has() {
    let world = World::with_files();
    world.import().await.unwrap();
    let (csv, parquet) = (world.path().join("csv"), world.path().join("parquet"));
    export(&world.store, &csv, Kind::ALL, Clock::Wall, &Clearance::ALL).await.unwrap();
    ask(&world, &Clearance::ALL).await.write(Form::Parquet, &parquet).await.unwrap();
    let stems = |folder: &Path, end: &str| -> BTreeSet<String> {
        names(folder).iter().map(|name| name.strip_suffix(end).unwrap().to_owned()).collect()
    };
    assert_eq!(stems(&csv, ".csv"), stems(&parquet, ".parquet"));
    assert!(names(&csv).contains("convoys.drops.lines.csv"));
}

#[tokio::test]
async fn a_workbook_has_a_sheet_for_each_kind_and_each_list_and_is_placed_whole() {
    let world = World::with_files();
    world.import().await.unwrap();
    let place = world.path().join("all.xlsx");
    let files = ask(&world, &Clearance::ALL).await.write(Form::Xlsx, &place).await.unwrap();
    assert_eq!(files, std::slice::from_ref(&place));
    let mut book = book(std::fs::read(&place).unwrap());
    let sheets = book.sheet_names();
    for kind in Kind::ALL {
        assert!(sheets.contains(&kind.plural().to_owned()), "{kind}: {sheets:?}");
    }
    assert!(sheets.contains(&"convoys.drops.lines".to_owned()));
    let convoys = book.worksheet_range("convoys").unwrap();
    assert_eq!(convoys.get_value((0, 0)), Some(&Data::String("code".to_owned())));
    assert_eq!(convoys.get_value((1, 0)), Some(&Data::String("#meta+code".to_owned())));
    assert!(!names(world.path()).iter().any(|name| name.contains(".part")));
    let (ask, folder) = (ask(&world, &Clearance::ALL).await, world.path().join("out"));
    assert!(ask.write(Form::Xlsx, &folder).await.unwrap()[0].ends_with("out/passage.xlsx"));
}

#[tokio::test]
async fn a_folder_of_maps_places_records_at_the_areas_they_name() {
    let world = World::with_files();
    world.import().await.unwrap();
    let folder = world.path().join("maps");
    ask(&world, &Clearance::ALL).await.write(Form::GeoJson, &folder).await.unwrap();
    let read = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
    };
    let areas = read("areas.geojson");
    assert_eq!(areas["features"][0]["geometry"]["coordinates"], json!([36.24, 33.46]));
    assert_eq!(areas["features"][0]["properties"]["code"], "AR-1");
    assert_eq!(read("sources.geojson")["features"][0]["geometry"], Value::Null);
}

#[tokio::test]
async fn who_may_see_less_is_told_what_is_withheld() {
    let world = World::with_files();
    world.import().await.unwrap();
    let clearance = Clearance::of(Sensitivity::Public);
    let folder = world.path().join("public");
    ask(&world, &clearance).await.write(Form::Xlsx, &folder).await.unwrap();
    let mut book = book(std::fs::read(folder.join("passage.xlsx")).unwrap());
    let sources = book.worksheet_range("sources").unwrap();
    let last = sources.width() - 1;
    assert_eq!(sources[(1, last)], Data::String("#meta+withheld".to_owned()));
    assert_eq!(sources.height(), 2 + 3, "sources are public");
    assert_eq!(book.worksheet_range("convoys").unwrap().height(), 2, "convoys are not");
}

/// The sheets of one record as the workbook has them.
fn sheets(kind: Kind, code: &str, body: &Value) -> Vec<u8> {
    let mut book = Book::begin(Language::Ar, false);
    let mut sheets = Sheets::begin(&mut book, kind, false).unwrap();
    let taken = Taken { code, id: Uuid::nil(), body, is_part: false };
    sheets.record(&mut book, &taken).unwrap();
    let mut bytes = Vec::new();
    book.finish(&About::default(), &mut bytes).unwrap();
    bytes
}

#[test]
fn no_words_become_a_formula_or_a_link_in_a_workbook_and_all_come_back() {
    let mut runner = proptest::test_runner::TestRunner::default();
    let kinds = prop::sample::select(Kind::ALL.to_vec());
    let found = runner.run(&(kinds, hostile()), |(kind, text)| {
        let filling = Filling { text: &text, code: "-A1", lon: -36.123_457, lat: -33.5 };
        let bytes = sheets(kind, &filling.code_of(kind.as_str()), &filling.body(kind));
        let mut files = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        for at in 0..files.len() {
            let mut file = files.by_index(at).unwrap();
            let mut xml = String::new();
            std::io::Read::read_to_string(&mut file, &mut xml).unwrap();
            prop_assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"), "{}", xml);
        }
        let mut book = book(bytes);
        for of in Of::kind(kind).all() {
            let Ok(range) = book.worksheet_range(&of.name()) else { continue };
            let texts = range.rows().flatten().filter(|cell| matches!(cell, Data::String(_)));
            prop_assert!(texts.count() > 0);
        }
        Ok(())
    });
    crate::result::record("G31", "hostile texts in workbooks: 0 formulas, 0 links", found.is_ok());
    found.unwrap();
}

#[test]
fn a_full_sheet_says_so_with_what_to_take_instead() {
    use passage::exchange::extract::xlsx::MOST_ROWS;
    let mut book = Book::begin(Language::En, true);
    let column = Column { holds: Holds::Number, ..Column::words("n", "#indicator+num", "Number.") };
    let place = book.sheet("numbers", "Numbers.", vec![column]).unwrap();
    for _ in 0..MOST_ROWS {
        book.row(place, &[Cell::Empty]).unwrap();
    }
    let fault = book.row(place, &[Cell::Empty]).unwrap_err().to_string();
    assert!(fault.contains("1048574 rows") && fault.contains("Parquet"), "{fault}");
}
