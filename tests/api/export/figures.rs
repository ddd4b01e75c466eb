//! Computed tables as files.
#![cfg(test)]

use passage::exchange::extract::Form;
use passage::exchange::extract::figures;
use passage::exchange::extract::table::{Answer, Table};
use reqwest::Method;
use serde_json::{Value, json};

use super::readers::{Cell, agree, csv, parquet, xlsx};
use super::{SYRIA, file, file_for};
use crate::harness::{Passage, Sends};

/// Every computed answer, where it stands, asked so that its tables have rows.
const ASKED: [(&str, &str, &Answer); 13] = [
    ("/api/v1/totals", "", &figures::TOTALS),
    ("/api/v1/totals", "by=area", &figures::TOTALS),
    ("/api/v1/coverage", "", &figures::COVERAGE),
    ("/api/v1/outlook", "expand=all", &figures::OUTLOOK),
    ("/api/v1/areas/SY-EAST-ALEPPO/outlook", "", &figures::OUTLOOK),
    ("/api/v1/gap", "", &figures::GAP),
    ("/api/v1/areas/SY-EAST-ALEPPO/gap", "", &figures::GAP),
    ("/api/v1/funnel", "by=month", &figures::FUNNEL),
    ("/api/v1/funnel", "by=authority", &figures::FUNNEL),
    ("/api/v1/access/scorecard", "", &figures::SCORECARD),
    ("/api/v1/alerts", "", &figures::ALERTS),
    ("/api/v1/alerts/history", "", &figures::HISTORY),
    ("/api/v1/pauses/PA-2016-07-06-EID/windows", "", &figures::WINDOWS),
];

fn path(path: &str, form: impl std::fmt::Display, query: &str, table: &str) -> String {
    format!("{path}.{form}?{query}&table={table}")
}

/// The columns of a table of which no row of an answer knows the place: written wrong, or nothing tells them here.
fn unknown(table: &Table, answer: &Value) -> Vec<&'static str> {
    let rows = (table.rows)(answer);
    if rows.is_empty() {
        return Vec::new();
    }
    let is_known = |at: &str| rows.iter().any(|row| row.pointer(at).is_some());
    table.columns.iter().filter(|column| !is_known(column.at)).map(|column| column.name).collect()
}

#[test]
fn every_computed_table_says_the_same_in_every_form() {
    let mut filled = 0;
    for (at, query, of) in ASKED {
        for table in of.tables {
            let what = format!("{at} {}", of.file(table));
            let words = csv(&file(&SYRIA, &path(at, "csv", query, table.name)).bytes);
            assert_eq!(words.tags.len(), words.names.len(), "{what}");
            let (typed, notes) =
                parquet(file(&SYRIA, &path(at, "parquet", query, table.name)).bytes);
            agree(&what, &words, &typed);
            assert!(notes.iter().any(|(key, text)| key == "passage.as_of" && !text.is_empty()));
            let book = xlsx(&file(&SYRIA, &format!("{at}.xlsx?{query}")).bytes);
            let sheet = book.iter().find(|(name, _)| *name == of.file(table)).expect(&what);
            assert_eq!(sheet.1.tags, words.tags, "{what}");
            agree(&what, &words, &sheet.1);
            filled += usize::from(!words.rows.is_empty());
        }
    }
    assert!(filled > 20, "{filled} tables have rows");
}

#[test]
fn every_column_of_every_computed_table_is_found_in_the_answer() {
    let mut lost = Vec::new();
    for of in figures::ALL {
        for table in of.tables {
            let asked = ASKED.iter().filter(|(.., own)| own.name == of.name);
            let unknown = asked.map(|(at, query, _)| {
                let answer = SYRIA.read(&format!("{at}?{query}"));
                (unknown(table, &answer), (table.rows)(&answer).len())
            });
            // A column may be told of some questions alone.
            let unknown: Vec<_> =
                unknown.filter(|(_, rows)| *rows > 0).map(|(names, _)| names).collect();
            let Some(first) = unknown.first() else { continue };
            let everywhere =
                first.iter().filter(|name| unknown.iter().all(|own| own.contains(name)));
            lost.extend(everywhere.map(|name| format!("{}: {name}", of.file(table))));
        }
    }
    // What becomes of alerts is known once somebody looked for them, which nobody did here.
    let life = ["state", "raised_at", "updated_at"].map(|name| format!("alerts: {name}"));
    // Its areas are told where rows are areas.
    let by_area = ["funnel: areas", "funnel.stages: areas", "scorecard: areas"].map(str::to_owned);
    lost.retain(|name| !life.contains(name) && !by_area.contains(name));
    assert!(lost.is_empty(), "no answer knows these columns: {lost:#?}");
}

#[test]
fn the_rows_of_what_is_about_areas_stand_on_a_map() {
    for (at, query) in [
        ("/api/v1/coverage", ""),
        ("/api/v1/outlook", ""),
        ("/api/v1/alerts", ""),
        ("/api/v1/gap", ""),
    ] {
        let map = file(&SYRIA, &format!("{at}.geojson?{query}"));
        assert_eq!(map.header("Content-Type"), "application/geo+json");
        let map: Value = serde_json::from_slice(&map.bytes).unwrap();
        let features = map["features"].as_array().unwrap();
        let words = csv(&file(&SYRIA, &format!("{at}.csv?{query}")).bytes);
        assert_eq!(features.len(), words.rows.len(), "{at}");
        assert!(features.iter().any(|feature| feature["geometry"]["type"] == "Point"), "{at}");
    }
    let problem = SYRIA.get("/api/v1/outlook.geojson?table=inputs&expand=all");
    assert!(problem.problem(422, "invalid").at("table").contains("without a place"));
    assert_eq!(SYRIA.get("/api/v1/funnel.geojson").status, 404, "its rows have no place");
}

#[test]
fn an_unknown_table_is_refused_with_those_that_there_are() {
    let problem = SYRIA.get("/api/v1/totals.csv?table=sums").problem(422, "invalid");
    assert_eq!(problem.at("table"), "must be one of totals, groups, published");
    SYRIA.get("/api/v1/totals?table=groups").problem(422, "invalid");
}

#[test]
fn totals_by_area_are_groups_and_what_is_unknown_is_empty() {
    let groups = csv(&file(&SYRIA, "/api/v1/totals.csv?by=area").bytes);
    assert_eq!(groups.names[0], "group");
    let schemes = csv(&file(&SYRIA, "/api/v1/totals.csv").bytes);
    let published = schemes.column("published_people");
    assert!(published.contains(&&Cell::Text("590000".to_owned())), "{published:?}");
    assert!(published.contains(&&Cell::Empty) && !published.contains(&&Cell::Text("0".to_owned())));
}

fn plan() -> Value {
    json!({ "date": "2016-07-28", "horizon_days": 30, "payload_tonnes": 15,
        "areas": [{ "area": "SY-EAST-ALEPPO" }, { "area": "SY-AL-WAER" }],
        "windows": [{ "at": "2016-07-28", "loads": 20 }] })
}

#[test]
fn a_plan_is_given_in_the_form_that_is_accepted() {
    let ask = |form: Form| {
        let request = SYRIA.with(&SYRIA.analyst, Method::POST, "/api/v1/plans").json(&plan());
        let response = request.header("Accept", form.media_type()).send().unwrap();
        assert_eq!(response.status().as_u16(), 200, "{form}");
        response.bytes().unwrap().to_vec()
    };
    let words = csv(&ask(Form::Csv));
    assert_eq!(words.rows.len(), 2);
    agree("plan", &words, &parquet(ask(Form::Parquet)).0);
    let book = xlsx(&ask(Form::Xlsx));
    agree("plan", &words, &book[1].1);
    assert_eq!(book[2].0, "plan.deliveries");
    let map: Value = serde_json::from_slice(&ask(Form::GeoJson)).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), 2);
    let answer = SYRIA.with(&SYRIA.analyst, Method::POST, "/api/v1/plans").json(&plan());
    let answer = answer.answer().ok(200);
    for table in figures::PLAN.tables {
        assert_eq!(unknown(table, &answer), [""; 0], "{}", table.name);
    }
}

#[test]
fn what_came_of_a_plan_is_a_table() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &json!({ "code": "duma", "names": "Duma" }));
    let kept = json!({ "code": "july", "date": "2016-07-01", "horizon_days": 30, "fairness": "lexicographic",
        "areas": [{ "area": "duma", "people": 9000, "needed_person_days": 270_000, "loads": 5 }] });
    passage.create("/api/v1/plans", &kept);
    let words = csv(&file_for(&passage, &passage.analyst, "/api/v1/plans/july/outcome.csv").bytes);
    assert_eq!(words.column("plan"), [&Cell::Text("july".to_owned())]);
    let answer = passage.read("/api/v1/plans/july/outcome");
    assert_eq!(unknown(&figures::OUTCOME.tables[0], &answer), [""; 0]);
}
