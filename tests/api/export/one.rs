//! Lists about one thing as files: the versions of a record, its files, what is wrong with an import.
#![cfg(test)]

use reqwest::Method;
use reqwest::blocking::multipart::Form;
use serde_json::{Value, json};

use super::readers::{Cell, Sheet, agree, csv, parquet, xlsx};
use super::{asked, file, file_for};
use crate::attachment;
use crate::harness::{Passage, Sends, area_at};
use crate::import;

fn words(cells: &[&Cell]) -> Vec<String> {
    let word = |cell: &&Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Empty => String::new(),
        other => format!("{other:?}"),
    };
    cells.iter().map(word).collect()
}

/// A table of a list in every form, which say the same.
fn in_all_forms(passage: &Passage, list: &str, table: &str) -> Sheet {
    let file = |form: &str| file(passage, &format!("{list}.{form}?table={table}")).bytes;
    let all = csv(&file("csv"));
    agree(list, &all, &parquet(file("parquet")).0);
    let book = xlsx(&file("xlsx"));
    agree(list, &all, &book.iter().find(|(name, _)| name == table).expect(table).1);
    all
}

#[test]
fn the_versions_of_a_record_and_what_changed_are_taken_away() {
    let passage = Passage::start_today();
    let made = passage.create("/api/v1/areas", &area_at("madaya", 36.1, 33.69));
    let mut body = area_at("madaya", 36.1, 33.69);
    body["names"]["ar"] = json!("مضايا");
    body["note"] = json!("=besieged since July");
    passage.put("/api/v1/areas/madaya", &made["version"], &body).ok(200);
    passage.post("/api/v1/areas/madaya/withdraw", &json!({ "reason": "named twice" })).ok(200);
    let list = "/api/v1/areas/madaya/history";
    let versions = in_all_forms(&passage, list, "versions");
    assert_eq!(words(&versions.column("action")), ["create", "revise", "withdraw"]);
    assert_eq!(words(&versions.column("reason")), ["", "", "named twice"]);
    let changes = in_all_forms(&passage, list, "differences");
    let (fields, to) = (words(&changes.column("field")), words(&changes.column("to")));
    let at = |name: &str| to[fields.iter().rposition(|field| field == name).unwrap()].clone();
    assert_eq!((at("/names/ar"), at("/note")), ("مضايا".into(), "'=besieged since July".into()));
    let by_accept =
        asked(&passage, &passage.coordinator, list, Some("text/csv")).header("Content-Type").len();
    assert_eq!(by_accept, "text/csv; charset=utf-8".len());
    // What was known when the first version was written, and no later.
    let then = passage.read(list)["data"][0]["recorded_at"].as_str().unwrap().to_owned();
    let early = csv(&file(&passage, &format!("{list}.csv?known_at={then}")).bytes);
    assert_eq!(words(&early.column("action")), ["create"]);
    let wrong = passage.get(&format!("{list}.csv?table=rows&what=1")).problem(422, "invalid");
    assert_eq!(wrong.pointers(), ["table", "what"]);
    passage.get(&format!("{list}.geojson")).problem(404, "not_found");
}

/// As in the answer: below its level a position is the masked one, and who is given the exact one is written down.
#[test]
fn a_file_of_versions_masks_positions_and_notes_who_got_them() {
    let passage = Passage::start();
    let mut hidden = area_at("hidden", 37.512_345, 36.012_345);
    hidden["field_sensitivity"] = json!(["position=confidential"]);
    passage.create("/api/v1/areas", &hidden);
    let path = "/api/v1/areas/hidden/history.csv?table=differences";
    let seen = file_for(&passage, &passage.viewer, path).text();
    assert!(seen.contains("/position,") && !seen.contains("37.512"), "{seen}");
    let noted =
        || passage.admin(Method::GET, "/api/v1/exports", &json!({})).ok(200)["data"].clone();
    assert_eq!(noted(), json!([]));
    assert!(file(&passage, path).text().contains("37.512345"));
    assert_eq!((&noted()[0]["form"], &noted()[0]["codes"]), (&json!("csv"), &json!(["hidden"])));
}

#[test]
fn the_files_of_a_record_are_listed_in_a_file_for_who_sees_all_of_it() {
    let passage = Passage::start();
    let mut area = area_at("a", 36.1, 33.69);
    area["note"] = json!("by telephone");
    area["field_sensitivity"] = json!(["note=confidential"]);
    passage.create("/api/v1/areas", &area);
    let list = "/api/v1/areas/a/attachments";
    let form =
        attachment::file("waybill.pdf", "%PDF-1.7 waybill").text("note", "+963, nine trucks");
    passage.with(&passage.coordinator, Method::POST, list).multipart(form).answer().ok(201);
    let listed = in_all_forms(&passage, list, "attachments");
    assert_eq!(words(&listed.column("name")), ["waybill.pdf"]);
    assert_eq!(words(&listed.column("note")), ["'+963, nine trucks"]);
    // No rows would say that there are no files.
    let part = passage.with(&passage.viewer, Method::GET, &format!("{list}.csv")).answer();
    part.problem(403, "partly_hidden");
    let part = passage.with(&passage.viewer, Method::GET, list).answer().ok(200);
    assert_eq!(part["withheld"], true);
}

#[test]
fn what_is_wrong_with_the_files_of_an_import_is_taken_away() {
    let passage = Passage::start();
    let wrong = "code,names_en,position_lon,position_lat\nAR-3,Three,37,95\nAR-4,Four,361,36\n";
    let form =
        import::file(Form::new(), "wrong.csv", wrong).text("kind", "areas").text("dry_run", "true");
    let tried: Value = import::send(&passage, &passage.coordinator, form).ok(201);
    let one = format!("/api/v1/imports/{}", tried["id"].as_str().unwrap());
    let problems = in_all_forms(&passage, &one, "problems");
    assert_eq!(words(&problems.column("value")), ["95", "361"]);
    assert_eq!(words(&problems.column("column")), ["position_lat", "position_lon"]);
    let total = file(&passage, &format!("{one}.csv")).header("X-Total-Count").to_owned();
    assert_eq!(total, "2");
    // A try is nobody else's, but for who sees everything.
    assert_eq!(asked(&passage, &passage.analyst, &format!("{one}.csv"), None).status, 404);
    assert!(file_for(&passage, &passage.admin, &format!("{one}.csv")).text().contains(",361,"));
    let none = one.replace(tried["id"].as_str().unwrap(), "00000000-0000-7000-8000-000000000000");
    passage.get(&format!("{none}.csv")).problem(404, "not_found");
    passage.get(&format!("{one}.geojson")).problem(404, "not_found");
    // Of what is right there are the files, and what came of each.
    let right = import::send(&passage, &passage.coordinator, import::areas(&["AR-1"])).ok(201);
    let right = format!("/api/v1/imports/{}", right["id"].as_str().unwrap());
    assert_eq!(words(&in_all_forms(&passage, &right, "files").column("file")), ["areas.csv"]);
}
