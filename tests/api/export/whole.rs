//! Whole lists in one go.
#![cfg(test)]

use passage::exchange::extract::Form;
use reqwest::blocking::multipart;
use serde_json::{Value, json};

use super::readers::{agree, csv, parquet, xlsx};
use super::{SYRIA, file, file_for};
use crate::harness::Passage;
use crate::import;

/// More than are read at a time.
const MANY: usize = 2_300;

fn with_many() -> Passage {
    let passage = Passage::start();
    let of = |number: usize| {
        json!({ "code": format!("o{number:05}"), "topic": "price", "date": "2016-07-01", "value": number,
            "unit": "SYP", "text": if number.is_multiple_of(2) { "=1+1" } else { "bread, \"flat\"" } })
    };
    let all: Vec<Value> = (0..MANY).map(of).collect();
    for batch in all.chunks(500) {
        passage.create("/api/v1/observations", &json!(batch));
    }
    passage
}

#[test]
fn a_list_longer_than_a_page_comes_whole_in_every_form_and_in_its_order() {
    let passage = with_many();
    let path = |form: &str| format!("/api/v1/observations.{form}?limit=all&sort=code");
    let words = csv(&file(&passage, &path("csv")).bytes);
    assert_eq!(words.rows.len(), MANY);
    let codes = words.column("code");
    assert!(codes.is_sorted_by_key(|cell| format!("{cell:?}")), "in the order that was asked for");
    let (typed, _) = parquet(file(&passage, &path("parquet")).bytes);
    agree("parquet", &words, &typed);
    let book = file(&passage, &path("xlsx"));
    assert!(book.header("Content-Disposition").contains("observations.xlsx"));
    agree("xlsx", &words, &xlsx(&book.bytes)[1].1);
    let map: Value = serde_json::from_slice(&file(&passage, &path("geojson")).bytes).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), MANY);
    assert_eq!(map["total"], MANY);
    let filtered = csv(&file(&passage, "/api/v1/observations.csv?limit=all&code=o00001").bytes);
    assert_eq!(filtered.rows.len(), 1, "filters hold");
}

#[test]
fn pages_laid_end_to_end_are_the_whole() {
    let passage = with_many();
    let mut rows = Vec::new();
    let mut next = Some("/api/v1/observations.parquet?limit=1000".to_owned());
    while let Some(path) = next {
        let page = file(&passage, &path);
        let link = page.header("Link").to_owned();
        rows.extend(parquet(page.bytes).0.rows);
        next = link.strip_prefix('<').and_then(|rest| Some(rest.split_once('>')?.0.to_owned()));
    }
    let whole = parquet(file(&passage, "/api/v1/observations.parquet?limit=all").bytes).0;
    assert_eq!(rows.len(), MANY);
    // The whole has a column more, which says what is withheld: nothing here.
    let own = rows[0].len();
    let whole: Vec<_> = whole.rows.iter().map(|row| row[..own].to_vec()).collect();
    assert_eq!(rows, whole);
}

#[test]
fn json_has_pages_alone_and_a_list_of_none_is_whole() {
    let passage = Passage::start();
    let problem = passage.get("/api/v1/areas?limit=all").problem(422, "invalid");
    assert!(problem.at("limit").contains("between 1 and 1000"), "{}", problem.0);
    for form in Form::ALL {
        let empty = file(&passage, &format!("/api/v1/areas.{form}?limit=all")).bytes;
        match form {
            Form::Csv => assert!(csv(&empty).rows.is_empty()),
            Form::Parquet => assert!(parquet(empty).0.rows.is_empty()),
            Form::Xlsx => assert!(xlsx(&empty)[1].1.rows.is_empty()),
            Form::GeoJson => {
                let map: Value = serde_json::from_slice(&empty).unwrap();
                assert_eq!(map, json!({ "type": "FeatureCollection", "features": [], "total": 0 }));
            }
        }
    }
}

#[test]
fn a_question_that_is_wrong_is_refused_before_anything_is_sent() {
    for query in ["limit=all&sort=size", "limit=all&stage=flying", "limit=all&part=wheels"] {
        SYRIA.get(&format!("/api/v1/convoys.csv?{query}")).problem(422, "invalid");
    }
}

/// What is taken away today comes back as it is, also where somebody whose clock ran ahead wrote more since.
#[test]
fn what_is_taken_away_in_a_past_comes_back_unchanged() {
    for kind in ["convoys", "pauses", "incidents"] {
        let book = file_for(&SYRIA, &SYRIA.admin, &format!("/api/v1/{kind}.xlsx?limit=all")).bytes;
        let form = import::file(multipart::Form::new(), &format!("{kind}.xlsx"), book)
            .text("dry_run", "true");
        let tried = import::send(&SYRIA, &SYRIA.admin, form).ok(201);
        let files = tried["files"].as_array().unwrap();
        assert!(files.iter().any(|file| file["unchanged"].as_u64() > Some(5)), "{tried}");
        assert!(files.iter().all(|file| file["changed"] == 0 && file["new"] == 0), "{files:?}");
    }
}
