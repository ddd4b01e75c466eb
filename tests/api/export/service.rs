//! Lists that are no records, as files: boundaries, the ledger, imports, reports, messages, people.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::exchange::extract::service;
use passage::exchange::extract::table::{Answer, Table};
use reqwest::Method;
use reqwest::blocking::multipart::Form;
use serde_json::{Value, json};

use super::readers::{Cell, agree, csv, parquet, xlsx};
use super::{asked, file_for};
use crate::harness::{NOW, Passage, Sends, area_at};
use crate::{boundary, import};

/// A server where every list has rows.
static FILLED: LazyLock<Passage> = LazyLock::new(|| {
    let passage = boundary::with_country();
    // An exact position that only few may know is given, and asked to be told to more.
    let mut area = area_at("hidden", 37.5, 36.0);
    area["sensitivity"] = json!("confidential");
    area["field_sensitivity"] = json!(["position=strictly_confidential"]);
    passage.create("/api/v1/areas", &area);
    passage.with(&passage.admin, Method::GET, "/api/v1/areas?expand=all").answer().ok(200);
    let lowered = json!({ "sensitivity": "internal", "field_sensitivity": ["position=confidential"], "reason": "published" });
    passage.admin(Method::POST, "/api/v1/areas/hidden/lowerings", &lowered).ok(202);
    import::send(&passage, &passage.coordinator, import::areas(&["AR-1", "AR-2"])).ok(201);
    let wrong = "code,names_en,position_lon,position_lat\nAR-3,Three,37,95\n";
    let wrong = import::file(Form::new(), "=wrong.csv", wrong)
        .text("kind", "areas")
        .text("dry_run", "true");
    import::send(&passage, &passage.coordinator, wrong).ok(201);
    report(&passage);
    let person = json!({ "login": "amal", "name": "Amal", "role": "analyst", "password": "seven green bicycles" });
    passage.admin(Method::POST, "/api/v1/users", &person).ok(201);
    passage
});

/// A recipient is sent a report, which is made a day later.
fn report(passage: &Passage) {
    let desk = json!({ "code": "desk", "name": "Desk", "channel": "folder", "address": "desk", "clearance": "internal" });
    passage.create("/api/v1/recipients", &desk);
    let schedule = json!({ "code": "weekly", "cron": "0 7 * * *", "time_zone": "UTC",
        "recipients": ["desk"], "formats": ["text"] });
    passage.create("/api/v1/schedules", &schedule);
    let later = NOW.parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(1);
    passage.at_work(Clock::Fixed(later), async |app: &App| {
        passage::jobs::schedule::run_due(app, &app.data).await.unwrap()
    });
    passage.bring_out();
}

fn path(of: &Answer, form: &str, table: &Table) -> String {
    format!("/api/v1/{}.{form}?table={}", of.name, table.name)
}

/// The columns that no row knows of, in one word each.
fn lost(table: &Table, answer: &Value) -> Vec<String> {
    let rows = (table.rows)(answer);
    let is_known = |at: &str| rows.iter().any(|row| row.pointer(at).is_some());
    let lost = table.columns.iter().filter(|column| !is_known(column.at));
    lost.map(|column| format!("{}: {}", table.name, column.name)).collect()
}

#[test]
fn every_list_says_the_same_in_every_form_and_knows_all_its_columns() {
    let mut missing = Vec::new();
    for of in service::ALL {
        let answer = FILLED.with(&FILLED.admin, Method::GET, &format!("/api/v1/{}", of.name));
        let answer: Value = answer.send().unwrap().json().unwrap();
        let book =
            xlsx(&file_for(&FILLED, &FILLED.admin, &format!("/api/v1/{}.xlsx", of.name)).bytes);
        for table in of.tables {
            let what = of.file(table);
            let file = |form| file_for(&FILLED, &FILLED.admin, &path(of, form, table)).bytes;
            let words = csv(&file("csv"));
            let (typed, _) = parquet(file("parquet"));
            agree(&what, &words, &typed);
            let sheet = book.iter().find(|(name, _)| name == table.name).expect(&what);
            agree(&what, &words, &sheet.1);
            assert!(!words.rows.is_empty(), "{what} has no row");
            assert!(words.column("as_of").iter().all(|cell| **cell != Cell::Empty), "{what}");
            missing.extend(lost(table, &answer));
        }
    }
    // Nothing was taken back here, and units have the names that their publisher gave.
    let rare = ["undone_by", "undone_at", "undone_reason"].map(|name| format!("imports: {name}"));
    missing.retain(|lost| !rare.contains(lost) && lost != "boundaries: names_fr");
    assert!(missing.is_empty(), "no row knows these columns: {missing:#?}");
}

#[test]
fn a_file_is_the_whole_and_a_part_says_where_it_goes_on() {
    let whole = file_for(&FILLED, &FILLED.admin, "/api/v1/changes.csv");
    let all = csv(&whole.bytes);
    assert!(all.rows.len() > 3 && whole.header("Link").is_empty(), "{}", whole.header("Link"));
    let named = file_for(&FILLED, &FILLED.admin, "/api/v1/changes.csv?limit=all");
    assert_eq!(csv(&named.bytes).rows.len(), all.rows.len());
    let mut found = Vec::new();
    let mut next = "/api/v1/changes.csv?limit=3".to_owned();
    loop {
        let page = file_for(&FILLED, &FILLED.admin, &next);
        found.extend(csv(&page.bytes).column("sequence").into_iter().cloned());
        let link = page.header("Link");
        let Some(end) = link.find(">; rel=\"next\"") else { break };
        link[1..end].clone_into(&mut next);
    }
    assert_eq!(found.iter().collect::<Vec<_>>(), all.column("sequence"), "page by page");
    let part = file_for(&FILLED, &FILLED.admin, "/api/v1/boundaries.csv?limit=2");
    let total: usize = part.header("X-Total-Count").parse().unwrap();
    assert!(total > 2 && part.header("Link").contains("cursor="), "{}", part.header("Link"));
    let wrong = FILLED.get("/api/v1/changes.csv?limit=0&table=rows&what=x").problem(422, "invalid");
    assert_eq!(wrong.pointers(), ["table", "limit", "what"]);
    FILLED.get("/api/v1/changes?limit=all").problem(422, "invalid");
}

#[test]
fn a_workbook_says_how_much_of_a_list_is_in_it() {
    let said = |query: &str| {
        let file = file_for(&FILLED, &FILLED.admin, &format!("/api/v1/{query}"));
        let (_, first) = xlsx(&file.bytes).remove(0);
        format!("{first:?}")
    };
    let part = said("boundaries.xlsx?limit=2");
    assert!(part.contains("Records 1 to 2 of "), "{part}");
    assert!(!said("boundaries.xlsx").contains("Records 1 to"));
    assert!(said("changes.xlsx?limit=3").contains("More follow after the last row."));
    let arabic = said("changes.xlsx?limit=3&language=ar");
    assert!(arabic.contains("تتبع صفوف أخرى") && arabic.contains("قيد واحد في السجل"), "{arabic}");
    // Sentences there are none in JSON.
    FILLED.get("/api/v1/changes?language=ar").problem(422, "invalid");
}

#[test]
fn a_file_tells_no_more_than_the_list_and_runs_nothing() {
    let problems = "/api/v1/imports.csv?table=problems";
    let own = file_for(&FILLED, &FILLED.coordinator, problems).text();
    assert!(own.contains("'=wrong.csv") && own.contains(",95,"), "{own}");
    // What cells held is told to who sent them and to who sees everything.
    let others = csv(&file_for(&FILLED, &FILLED.analyst, problems).bytes);
    assert!(others.rows.is_empty(), "{others:?}");
    let changes = file_for(&FILLED, &FILLED.viewer, "/api/v1/changes.csv").text();
    assert!(!changes.contains("hidden"), "{changes}");
    assert_eq!(asked(&FILLED, &FILLED.viewer, "/api/v1/users.csv", None).status, 403);
    let people = file_for(&FILLED, &FILLED.admin, "/api/v1/users.csv").text();
    assert!(people.contains("amal") && !people.contains("argon2"), "{people}");
    let by_accept = asked(&FILLED, &FILLED.admin, "/api/v1/users", Some("text/csv"));
    assert_eq!(by_accept.header("Content-Type"), "text/csv; charset=utf-8");
}
