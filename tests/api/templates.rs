//! Workbooks to fill in, as readers get them: what can be chosen from is what they may see.
#![cfg(test)]

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use reqwest::Method;
use serde_json::json;

use crate::harness::{Passage, Sends};

/// The cells of a sheet of a template, as a reader with this token gets it.
fn cells(passage: &Passage, token: &str, path: &str, sheet: &str) -> Vec<String> {
    let sent = passage.with(token, Method::GET, path).send().unwrap();
    assert_eq!(sent.status(), 200);
    assert_eq!(
        sent.headers()["Content-Type"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    let bytes = sent.bytes().unwrap().to_vec();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.used_cells().map(|(_, _, cell)| cell.to_string()).collect()
}

#[test]
fn a_reader_chooses_from_what_it_may_see() {
    let passage = Passage::start();
    for (code, level) in [("open", "public"), ("shut", "strictly_confidential")] {
        let area = json!({ "code": code, "names": { "en": code }, "sensitivity": level });
        passage.create("/api/v1/areas", &area);
    }
    let path = "/api/v1/templates/convoys.xlsx";
    let lists = cells(&passage, &passage.viewer, path, "lists");
    assert!(
        lists.iter().any(|cell| cell == "open") && !lists.iter().any(|cell| cell == "shut"),
        "{lists:?}"
    );
    let lists = cells(&passage, &passage.admin, path, "lists");
    assert!(lists.iter().any(|cell| cell == "shut"), "{lists:?}");
}

#[test]
fn the_headers_are_in_the_language_that_is_asked_for() {
    let passage = Passage::start();
    let path = "/api/v1/templates/areas.xlsx?language=ar";
    let areas = cells(&passage, &passage.viewer, path, "areas");
    assert!(areas.iter().any(|cell| cell == "الاسم (بالعربية)"), "{areas:?}");
    assert!(areas.iter().any(|cell| cell == "#loc+name+i_ar"), "{areas:?}");
    let wrong =
        passage.with(&passage.viewer, Method::GET, "/api/v1/templates/areas.xlsx?language=xx");
    assert_eq!(wrong.answer().status, 422);
    let unknown = passage.with(&passage.viewer, Method::GET, "/api/v1/templates/area.xlsx");
    assert_eq!(unknown.answer().status, 404);
}
