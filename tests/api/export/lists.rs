//! Lists of records as files.
#![cfg(test)]

use passage::domain::Kind;
use passage::exchange::extract::Form;
use serde_json::{Value, json};

use super::readers::{Cell, agree, csv, parquet, xlsx};
use super::{SYRIA, asked, file, file_for};
use crate::harness::{Passage, area_at};

#[test]
fn every_list_says_the_same_in_every_form() {
    for kind in Kind::ALL {
        let (passage, plural) = (&*SYRIA, kind.plural());
        let path = |form: &str| format!("/api/v1/{plural}.{form}?limit=300&sort=code");
        let words = csv(&file(passage, &path("csv")).bytes);
        let (typed, notes) = parquet(file(passage, &path("parquet")).bytes);
        agree(&format!("{plural}.parquet"), &words, &typed);
        assert!(notes.iter().any(|(key, _)| key == "passage.columns"), "{plural}: {notes:?}");
        let book = xlsx(&file(passage, &path("xlsx")).bytes);
        assert_eq!(book[0].0, "Read me", "{plural}");
        assert_eq!((&book[1].0[..], &book[1].1.tags), (plural, &words.tags));
        agree(&format!("{plural}.xlsx"), &words, &book[1].1);
        let map: Value = serde_json::from_slice(&file(passage, &path("geojson")).bytes).unwrap();
        let features = map["features"].as_array().unwrap();
        assert_eq!(features.len(), words.rows.len(), "{plural}.geojson");
        for (feature, code) in features.iter().zip(words.column("code")) {
            assert_eq!(*code, Cell::Text(feature["properties"]["code"].as_str().unwrap().into()));
        }
    }
}

#[test]
fn the_parts_of_records_are_sheets_beside_them_and_files_of_their_own() {
    let passage = &*SYRIA;
    let book = xlsx(&file(passage, "/api/v1/convoys.xlsx?limit=300&sort=code").bytes);
    let sheet = |name: &str| book.iter().find(|(own, _)| own == name).map(|(_, sheet)| sheet);
    for part in ["drops", "drops.lines", "events", "accounts"] {
        let path = |form: &str| format!("/api/v1/convoys.{form}?limit=300&sort=code&part={part}");
        let words = csv(&file(passage, &path("csv")).bytes);
        assert!(words.rows.len() > 3, "{part}");
        assert_eq!(words.names[0], "convoy");
        agree(part, &words, sheet(&format!("convoys.{part}")).expect(part));
        agree(part, &words, &parquet(file(passage, &path("parquet")).bytes).0);
    }
    let problem = passage.get("/api/v1/convoys.csv?part=wheels").problem(422, "invalid");
    assert!(problem.at("part").contains("drops.lines"), "{}", problem.0);
    let problem = passage.get("/api/v1/sources.csv?part=drops").problem(422, "invalid");
    assert!(problem.at("part").contains("none is there"), "{}", problem.0);
}

#[test]
fn a_form_is_given_by_accept_as_well_and_json_to_browsers() {
    let passage = &*SYRIA;
    let token = &passage.coordinator;
    for form in Form::ALL {
        let media = form.media_type();
        let by_accept = asked(passage, token, "/api/v1/areas?limit=3", Some(media));
        let by_address = file(passage, &format!("/api/v1/areas.{form}?limit=3"));
        assert_eq!(by_accept.header("Content-Type"), media);
        assert_eq!(by_accept.header("Vary").to_lowercase(), "accept");
        assert_eq!(by_address.header("Content-Type"), media);
        if *form == Form::Csv {
            assert_eq!(by_accept.bytes, by_address.bytes);
        }
    }
    let browser = Some("text/html,application/xhtml+xml,*/*;q=0.8");
    let json = asked(passage, token, "/api/v1/areas?limit=3", browser);
    assert_eq!(json.header("Content-Type"), "application/json");
    // The same address in two forms: neither may be given for the other.
    let csv = asked(passage, token, "/api/v1/areas?limit=3", Some("text/csv"));
    assert!(csv.text().starts_with("code,"), "{}", csv.text());
}

#[test]
fn a_workbook_says_what_it_is_from_which_sources_and_under_which_licence() {
    let passage = Passage::start();
    let source = json!([
        { "code": "s1", "name": "Sitrep", "publisher": "OCHA", "licence": "CC BY 4.0", "date": "2016-07-01" },
        { "code": "s2", "name": "A leaflet" }, { "code": "s3", "name": "Not named" },
    ]);
    passage.create("/api/v1/sources", &source);
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    for (code, source) in [("p1", "s1"), ("p2", "s2")] {
        let people = json!({ "code": code, "area": "duma", "date": "2016-07-01", "people": 9000,
            "metric": "besieged", "source": source });
        passage.create("/api/v1/populations", &people);
    }
    let book = xlsx(&file(&passage, "/api/v1/populations.xlsx").bytes);
    let about: Vec<String> = book[0].1.rows.iter().map(|row| format!("{row:?}")).collect();
    let all = format!("{:?}{:?}{}", book[0].1.names, book[0].1.tags, about.join("\n"));
    let told =
        ["CC BY 4.0", "not told", "OCHA", "confidential", "Ledger", "Known by", "How many, heads"];
    for said in told {
        assert!(all.contains(said), "{said} is not in {all}");
    }
    assert!(!all.contains("Not named"), "only sources that are named: {all}");
    let arabic = xlsx(&file(&passage, "/api/v1/populations.xlsx?language=ar").bytes);
    assert_eq!(arabic[0].0, "اقرأني");
    assert_eq!(arabic[1].1, book[1].1, "columns keep their names, so that they can be imported");
    passage.get("/api/v1/populations.csv?language=ar").problem(422, "invalid");
}

#[test]
fn what_is_withheld_is_marked_in_every_form_and_no_exact_position_is_given() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("aleppo", 37.16, 36.2));
    let hospital = json!({ "code": "m10", "names": { "en": "M10" }, "facility_type": "hospital",
        "area": "aleppo", "position": { "lon": 37.161_234, "lat": 36.202_345 } });
    passage.create("/api/v1/facilities", &hospital);
    let exports = || passage.with(&passage.auditor, reqwest::Method::GET, "/api/v1/exports");
    let noted = || {
        let list: Value = exports().send().unwrap().json().unwrap();
        list["total"].as_u64().unwrap()
    };
    let near = |cell: &Cell| matches!(cell, Cell::Number(lon) if (lon - 37.161_234).abs() < 1e-6);
    for limit in ["100", "all"] {
        let path = |form: &str| format!("/api/v1/facilities.{form}?limit={limit}");
        let seen = |form| file_for(&passage, &passage.viewer, &path(form)).bytes;
        let before = noted();
        let (typed, _) = parquet(seen("parquet"));
        let book = xlsx(&seen("xlsx"));
        for sheet in [&csv(&seen("csv")), &typed, &book[1].1] {
            assert_eq!(sheet.column("withheld"), [&Cell::Text("yes".to_owned())]);
            assert!(!sheet.column("position_lon").into_iter().any(near), "{sheet:?}");
        }
        let map = String::from_utf8(seen("geojson")).unwrap();
        assert!(!map.contains("37.1612"), "{map}");
        assert_eq!(noted(), before, "nothing exact was given");
        for form in Form::ALL {
            let own = file(&passage, &path(form.as_str())).bytes;
            assert!(!own.is_empty());
        }
        assert_eq!(noted(), before + 4, "every form is noted");
        let (whole, _) = parquet(file(&passage, &path("parquet")).bytes);
        assert!(whole.column("position_lon").into_iter().all(near), "{whole:?}");
    }
}
