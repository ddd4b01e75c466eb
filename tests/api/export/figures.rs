//! Computed tables as files.
#![cfg(test)]

use passage::exchange::extract::Form;
use passage::exchange::extract::figures;
use passage::exchange::extract::table::{Answer, Table};
use reqwest::Method;
use serde_json::{Value, json};

use super::readers::{Cell, agree, csv, parquet, xlsx};
use super::{SYRIA, file, file_for};
use crate::harness::{Passage, Sends, area_at, assert_close};

/// Every computed answer, where it stands, asked so that its tables have rows.
const ASKED: [(&str, &str, &Answer); 14] = [
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
    ("/api/v1/duplicates", "kind=source", &figures::DUPLICATES),
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
            let sheet = book.iter().find(|(name, _)| name == table.name).expect(&what);
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
    assert_eq!(book[2].0, "deliveries");
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

/// A convoy of two drops, of which one authority took some.
fn with_a_convoy() -> Passage {
    let passage = Passage::start();
    for code in ["duma", "arbin"] {
        passage.create("/api/v1/areas", &area_at(code, 36.4, 33.6));
    }
    let flour = json!({ "commodity": "wheat_flour", "loaded": 6_000, "unit": "kg", "delivered": 5_000, "removed": 1_000,
        "removals": [{ "quantity": 1_000, "place": "Wafideen", "reason": "not on the list" }] });
    let convoy = json!({
        "code": "c1", "mode": "cross_line", "date": "2016-07-20",
        "events": [{ "stage": "completed", "at": "2016-07-20" }],
        "drops": [
            { "areas": ["duma"], "trucks": { "best": 2 }, "people_reached": { "best": 4_000 }, "lines": [flour] },
            { "areas": ["arbin"], "trucks": { "best": 1 }, "lines": [{ "commodity": "boxes of a kind that nobody told" }] },
        ],
    });
    passage.create("/api/v1/convoys", &convoy);
    passage
}

fn in_every_form(passage: &Passage, at: &str, of: &Answer) {
    let answer = passage.read(at);
    for table in of.tables {
        let file =
            |form| file_for(passage, &passage.coordinator, &path(at, form, "", table.name)).bytes;
        let words = csv(&file("csv"));
        assert!(!words.rows.is_empty(), "{at} {}", table.name);
        agree(table.name, &words, &parquet(file("parquet")).0);
        let book = xlsx(&file("xlsx"));
        let sheet = book.iter().find(|(name, _)| name == table.name).unwrap();
        agree(table.name, &words, &sheet.1);
        assert_eq!(unknown(table, &answer), [""; 0], "{}", table.name);
    }
}

#[test]
fn whom_one_convoy_feeds_is_a_table_of_its_drops_and_of_all() {
    let passage = with_a_convoy();
    let at = "/api/v1/convoys/c1/coverage";
    in_every_form(&passage, at, &figures::CONVOY_COVERAGE);
    let words = csv(&file_for(&passage, &passage.coordinator, &format!("{at}.csv?days=10")).bytes);
    let text = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(words.column("drop"), [&text("1"), &text("2"), &text("ALL")]);
    let answer = passage.read(&format!("{at}?days=10"));
    let fed = answer["drops"][0]["computed"]["people_fed"].as_f64().unwrap();
    let Cell::Text(told) = words.column("people_fed")[0].clone() else { panic!("no number") };
    assert_close(&json!(told.parse::<f64>().unwrap()), fed);
    assert_eq!(*words.column("people_fed")[1], Cell::Empty, "boxes of what nobody told");
    let map = file_for(&passage, &passage.coordinator, &format!("{at}.geojson"));
    let map: Value = serde_json::from_slice(&map.bytes).unwrap();
    assert_eq!(map["features"][1]["geometry"]["type"], "Point");
}

#[test]
fn where_the_goods_of_one_convoy_went_is_a_table_of_its_lines() {
    let passage = with_a_convoy();
    let at = "/api/v1/convoys/c1/funnel";
    in_every_form(&passage, at, &figures::CONVOY_FUNNEL);
    let words = csv(&file_for(&passage, &passage.coordinator, &format!("{at}.csv")).bytes);
    let text = |text: &str| Cell::Text(text.to_owned());
    let measures = ["goods", "weight", "food", "goods"].map(text);
    assert_eq!(words.column("measure"), measures.iter().collect::<Vec<_>>());
    assert_eq!(*words.column("removed")[0], text("1000"));
}

#[test]
fn what_a_pause_would_deliver_is_given_in_the_form_that_is_accepted() {
    let asked = json!({
        "first_start": "2016-07-28T06:00", "from": "2016-07-28", "to": "2016-07-30", "people": 250_000,
        "stock_person_days": 0, "inflow_person_days_per_day": 0, "honour_probability": 0.6, "confidence": 0.9,
        "days": 30, "trucks": 40, "load_hours": 2, "approach_hours": 1, "inspection_hours": 0.2, "lanes": 1,
        "onward_hours": 0.5, "unload_hours": 1, "docks": 4, "return_hours": 1, "lead_hours": 3, "buffer_hours": 2,
        "open_hour": 6, "close_hour": 18, "payload_tonnes": 15.67, "ration_kg": 0.555, "handling_loss": 0.02,
    });
    let at = "/api/v1/pauses/PA-2016-07-25-OBRIEN/throughput?as_of=2016-07-26T03:00:00Z";
    let ask = |form: Form, table: &str| {
        let at = format!("{at}{table}");
        let request = SYRIA.with(&SYRIA.analyst, Method::POST, &at).json(&asked);
        let response = request.header("Accept", form.media_type()).send().unwrap();
        assert_eq!(response.status().as_u16(), 200, "{form}");
        response.bytes().unwrap().to_vec()
    };
    let answer = SYRIA.with(&SYRIA.analyst, Method::POST, at).json(&asked).answer().ok(200);
    let book = xlsx(&ask(Form::Xlsx, ""));
    for table in figures::THROUGHPUT.tables {
        assert_eq!(unknown(table, &answer), [""; 0], "{}", table.name);
        let words = csv(&ask(Form::Csv, &format!("&table={}", table.name)));
        let sheet = book.iter().find(|(name, _)| name == table.name);
        agree(table.name, &words, &sheet.unwrap().1);
    }
    let words = csv(&ask(Form::Csv, ""));
    assert_eq!(words.column("loads"), [&Cell::Text("56".to_owned())]);
}
