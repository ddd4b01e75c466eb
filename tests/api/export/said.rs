//! What a file says of itself and of the time it is for, in the language that was asked for.
#![cfg(test)]

use serde_json::{Value, json};

use super::readers::{Cell, Sheet, csv, parquet, xlsx};
use super::{SYRIA, file};
use crate::harness::{Passage, area_at};

/// The first sheet, a line for each row.
fn read_me(book: &[(String, Sheet)]) -> Vec<String> {
    let sheet = &book[0].1;
    let head = [&sheet.names, &sheet.tags].map(|row| row.join(" "));
    let cell = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" "));
    head.into_iter().chain(rows).collect()
}

fn has(lines: &[String], begin: &str) -> bool {
    lines.iter().any(|line| line.starts_with(begin))
}

#[test]
fn figures_of_a_period_say_in_every_row_and_beside_them_which_it_is() {
    let asked = "from=2016-06-01&to=2016-06-30";
    for at in ["coverage", "funnel", "access/scorecard", "gap"] {
        let words = csv(&file(&SYRIA, &format!("/api/v1/{at}.csv?{asked}")).bytes);
        assert!(!words.rows.is_empty(), "{at}");
        for (name, begin) in [("from", "2016-06-01"), ("to", "2016-06-30T23:59")] {
            let says = |cell: &&Cell| matches!(cell, Cell::Text(text) if text.starts_with(begin));
            assert!(words.column(name).iter().all(says), "{at} {name}: {:?}", words.column(name));
        }
        let (_, notes) = parquet(file(&SYRIA, &format!("/api/v1/{at}.parquet?{asked}")).bytes);
        let note = |key: &str| notes.iter().find(|(own, _)| own == key).expect(key).1.clone();
        assert!(note("passage.from").starts_with("2016-06-01"), "{at}");
        assert_eq!(note("passage.asked"), "from=2016-06-01 to=2016-06-30");
        let lines = read_me(&xlsx(&file(&SYRIA, &format!("/api/v1/{at}.xlsx?{asked}")).bytes));
        for begin in ["Period from (UTC) Time(", "Period to (UTC) Time(", "Asked from=2016-06-01"] {
            assert!(has(&lines, begin), "{at} {begin}: {lines:#?}");
        }
    }
    let of_all_times = csv(&file(&SYRIA, "/api/v1/funnel.csv").bytes);
    assert!(of_all_times.column("from").into_iter().all(|cell| *cell == Cell::Empty));
}

#[test]
fn a_list_without_a_day_says_of_when_it_is() {
    let (_, notes) = parquet(file(&SYRIA, "/api/v1/areas.parquet?limit=3").bytes);
    assert!(
        notes.iter().any(|(key, text)| key == "passage.as_of" && !text.is_empty()),
        "{notes:?}"
    );
    let lines = read_me(&xlsx(&file(&SYRIA, "/api/v1/areas.xlsx?limit=3").bytes));
    // The reader takes the second line of a sheet for tags, and leaves out what is no word there.
    assert!(has(&lines, "Shows (UTC)"), "{lines:#?}");
    assert!(has(&lines, "Asked limit=3"), "{lines:#?}");
}

/// A server with a convoy under way, which its coordinator is not to know the way of.
fn with_a_convoy_under_way() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.6));
    let people = json!({ "code": "p1", "area": "duma", "date": "2016-07-01", "people": 9000,
        "metric": "residents" });
    passage.create("/api/v1/populations", &people);
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-25",
        "events": [{ "stage": "departed", "at": "2016-07-25T06:00:00Z" }],
        "drops": [{ "areas": ["duma"], "trucks": 2 }] });
    passage.create("/api/v1/convoys", &convoy);
    passage
}

#[test]
fn of_a_convoy_under_way_it_is_told_once_where_it_is_not_counted_and_never_where_it_is_a_row() {
    let passage = with_a_convoy_under_way();
    let as_viewer = |path: &str| {
        let bytes = super::file_for(&passage, &passage.viewer, path).bytes;
        (read_me(&xlsx(&bytes)), bytes)
    };
    let told =
        |lines: &[String], text: &str| lines.iter().filter(|line| line.contains(text)).count();
    let (lines, _) = as_viewer("/api/v1/coverage.xlsx");
    assert_eq!(told(&lines, "not counted here"), 1, "{lines:#?}");
    let (lines, _) = as_viewer("/api/v1/convoys.xlsx");
    assert_eq!(told(&lines, "not counted here"), 0, "{lines:#?}");
    let (lines, _) = as_viewer("/api/v1/coverage.xlsx?language=ar");
    assert_eq!(told(&lines, "not counted here"), 0, "{lines:#?}");
    assert!(told(&lines, "محجوب") == 1, "{lines:#?}");
}

#[test]
fn a_workbook_in_another_language_has_nothing_of_its_meaning_in_english() {
    for language in ["ar", "fr"] {
        let path = format!("/api/v1/coverage.xlsx?language={language}");
        let lines = read_me(&xlsx(&file(&SYRIA, &path).bytes));
        for english in [
            "The people there",
            "What there was to eat",
            "person-days",
            "Passage: coverage",
            "confidential",
            "How far the food",
        ] {
            let left: Vec<_> = lines.iter().filter(|line| line.contains(english)).collect();
            assert!(left.is_empty(), "{language} {english}: {left:#?}");
        }
    }
}

#[test]
fn notes_are_told_in_the_language_that_is_asked_for() {
    for at in ["funnel", "access/scorecard", "areas/SY-MADAYA/outlook", "areas/SY-MADAYA/gap"] {
        let answer = SYRIA.read(&format!("/api/v1/{at}"));
        let notes: Vec<&str> =
            answer["notes"].as_array().unwrap().iter().filter_map(|n| n.as_str()).collect();
        assert!(!notes.is_empty(), "{at}");
        for language in ["ar", "fr"] {
            let path = format!("/api/v1/{at}.xlsx?language={language}");
            let lines = read_me(&xlsx(&file(&SYRIA, &path).bytes)).join("\n");
            let left: Vec<_> = notes.iter().filter(|note| lines.contains(**note)).collect();
            assert!(left.is_empty(), "{at} {language}: {left:#?}");
        }
    }
}

#[test]
fn a_page_of_a_list_says_that_it_is_not_the_whole() {
    let total = SYRIA.read("/api/v1/areas")["total"].as_u64().unwrap();
    for (language, said) in [
        ("en", format!("Part of a list Records 1 to 3 of {total}; add limit=all")),
        ("fr", format!("Partie d’une liste Enregistrements 1 à 3 sur {total} ;")),
        ("ar", format!("جزء من قائمة السجلات من 1 إلى 3 من أصل {total}؛")),
    ] {
        let page = file(&SYRIA, &format!("/api/v1/areas.xlsx?limit=3&language={language}"));
        let lines = read_me(&xlsx(&page.bytes));
        assert!(has(&lines, &said), "{said}: {lines:#?}");
        assert_eq!(page.header("X-Total-Count"), total.to_string());
        let next = page.header("Link").strip_prefix('<').unwrap().split_once('>').unwrap().0;
        let later = file(&SYRIA, next);
        assert_eq!(later.header("X-Total-Count"), total.to_string());
        if language == "en" {
            let lines = read_me(&xlsx(&later.bytes));
            let said = format!("Part of a list A later page: 3 of {total} records");
            assert!(has(&lines, &said), "{lines:#?}");
        }
    }
    for limit in ["limit=1000", "limit=all"] {
        let lines = read_me(&xlsx(&file(&SYRIA, &format!("/api/v1/areas.xlsx?{limit}")).bytes));
        assert!(!has(&lines, "Part of a list"), "{limit}: {lines:#?}");
    }
    let words = file(&SYRIA, "/api/v1/areas.csv?limit=3");
    assert_eq!(words.header("X-Total-Count"), total.to_string());
    for (limit, records) in [("3", 3), ("all", total)] {
        let typed = file(&SYRIA, &format!("/api/v1/areas.parquet?limit={limit}"));
        assert_eq!(typed.header("X-Total-Count"), total.to_string());
        let (_, notes) = parquet(typed.bytes);
        let note = |key: &str| notes.iter().find(|(own, _)| own == key).expect(key).1.clone();
        assert_eq!(note("passage.total"), total.to_string());
        assert_eq!(note("passage.records"), records.to_string());
    }
}

#[test]
fn a_time_at_midnight_is_a_time_in_a_workbook_of_figures() {
    for (path, sheet, column) in [
        ("/api/v1/coverage.xlsx", "coverage", "last_delivery"),
        ("/api/v1/gap.xlsx", "gap", "from"),
        ("/api/v1/totals.xlsx", "totals", "published_on"),
        ("/api/v1/totals.xlsx", "published", "date"),
        ("/api/v1/alerts.xlsx", "alerts", "since"),
    ] {
        let book = xlsx(&file(&SYRIA, path).bytes);
        let (_, sheet) = book.iter().find(|(name, _)| name == sheet).expect(sheet);
        let cells = sheet.column(column);
        let times = cells.iter().filter(|cell| matches!(cell, Cell::Time(_))).count();
        let empty = cells.iter().filter(|cell| ***cell == Cell::Empty).count();
        assert!(times > 0 && times + empty == cells.len(), "{path} {column}: {cells:?}");
    }
}

#[test]
fn a_thing_has_one_name_in_every_form_and_a_tag_for_what_it_is() {
    let scorecard = csv(&file(&SYRIA, "/api/v1/access/scorecard.csv").bytes);
    assert!(scorecard.names.contains(&"open_oldest_days_at_least".to_owned()));
    let tag = |sheet: &Sheet, name: &str| {
        let at = sheet.names.iter().position(|own| own == name).expect(name);
        sheet.tags[at].clone()
    };
    for path in [
        "totals.csv?by=scheme&table=groups",
        "funnel.csv?by=month",
        "access/scorecard.csv?by=month",
    ] {
        let words = csv(&file(&SYRIA, &format!("/api/v1/{path}")).bytes);
        assert_eq!(tag(&words, "group"), "#meta+group", "{path}");
    }
    let by_area = csv(&file(&SYRIA, "/api/v1/totals.csv?by=area").bytes);
    assert_eq!(tag(&by_area, "area"), "#loc+code");
    assert_eq!(by_area.column("area"), by_area.column("group"));
    let by_scheme = csv(&file(&SYRIA, "/api/v1/totals.csv?by=scheme&table=groups").bytes);
    assert!(by_scheme.column("area").into_iter().all(|cell| *cell == Cell::Empty));
    let totals = csv(&file(&SYRIA, "/api/v1/totals.csv").bytes);
    assert!(totals.names.contains(&"published_spread".to_owned()));
    assert!(!totals.names.contains(&"spread".to_owned()));
    let book = xlsx(&file(&SYRIA, "/api/v1/outlook.xlsx?expand=all").bytes);
    let sheets: Vec<&str> = book.iter().skip(1).map(|(name, _)| name.as_str()).collect();
    assert_eq!(sheets, ["outlook", "inputs", "statements"], "as table= names them");
}

#[test]
fn words_behind_a_mark_that_others_split_at_are_no_formula_either() {
    let passage = Passage::start();
    let area =
        json!({ "code": "duma", "names": ";=1+1;", "admin1_name": "a\t@b", "country": "SYR" });
    passage.create("/api/v1/areas", &area);
    let text = file(&passage, "/api/v1/areas.csv").text();
    assert!(text.contains("\";'=1+1;\""), "{text}");
    for separator in [b';', b'\t'] {
        let mut rows = csv::ReaderBuilder::new();
        let rows = rows
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        for cell in rows
            .into_records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(!cell.trim_start().starts_with(['=', '@']), "{cell}: {text}");
        }
    }
}

/// Every sentence in an answer, wherever it stands.
fn sentences(answer: &Value) -> Vec<String> {
    const FIELDS: [&str; 6] =
        ["sentence", "bottleneck_sentence", "summary", "because", "formula", "notes"];
    match answer {
        Value::Array(rows) => rows.iter().flat_map(sentences).collect(),
        Value::Object(fields) => {
            assert!(!fields.contains_key("say"), "not put into words: {answer}");
            let of = |(name, value): (&String, &Value)| match value {
                Value::String(text) if FIELDS.contains(&name.as_str()) => vec![text.clone()],
                Value::Array(notes) if name == "notes" => {
                    notes.iter().filter_map(|note| note.as_str().map(str::to_owned)).collect()
                }
                _ => sentences(value),
            };
            fields.iter().flat_map(of).collect()
        }
        _ => Vec::new(),
    }
}

/// Is every sentence of an answer told in the language that is asked for?
#[track_caller]
fn assert_told(at: &str, ask: impl Fn(&str) -> Value) {
    let english = sentences(&ask("en"));
    assert!(!english.is_empty(), "{at}");
    let is_arabic = |text: &String| text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
    let arabic = sentences(&ask("ar"));
    let left: Vec<&String> = arabic.iter().filter(|text| !is_arabic(text)).collect();
    assert!(left.is_empty(), "{at}: {left:#?}");
    let french = sentences(&ask("fr"));
    let left: Vec<&String> = french.iter().filter(|text| english.contains(text)).collect();
    assert!(left.is_empty(), "{at}: {left:#?}");
    assert_eq!((arabic.len(), french.len()), (english.len(), english.len()), "{at}");
}

#[test]
fn whatever_is_computed_is_told_in_the_language_that_is_asked_for() {
    for at in [
        "totals",
        "coverage",
        "outlook?expand=all",
        "gap",
        "funnel",
        "access/scorecard",
        "areas/SY-MADAYA/outlook",
        "areas/SY-EAST-ALEPPO/outlook?include_planned=true&policy=threshold",
        "areas/SY-MADAYA/gap",
        "pauses/PA-2016-02-27-COH/windows",
        "pauses/PA-2016-07-06-EID/windows",
        "pauses/PA-2016-07-21-EGELAND/windows",
        "pauses/PA-2016-07-25-OBRIEN/windows",
    ] {
        assert_told(at, |language| {
            let and = if at.contains('?') { '&' } else { '?' };
            SYRIA.read(&format!("/api/v1/{at}{and}language={language}"))
        });
    }
    SYRIA.get("/api/v1/totals?language=de").problem(422, "invalid");
}

#[test]
fn what_a_pause_would_let_through_and_who_gets_it_is_told_in_the_language_that_is_asked_for() {
    let way = json!({ "trucks": 40, "lanes": 1, "docks": 4, "open_hour": 8, "close_hour": 16, "lead_hours": 1,
        "buffer_hours": 1, "load_hours": 1, "approach_hours": 1, "inspection_hours": 0.5, "onward_hours": 1,
        "unload_hours": 1.5, "return_hours": 2, "payload_tonnes": 15, "ration_kg": 0.555,
        "first_start": "2016-07-28T06:00",
        "from": "2016-07-28", "to": "2016-08-28" });
    for (name, changes) in [
        ("as it is", json!({})),
        ("no trucks", json!({ "trucks": 0, "lanes": 0 })),
        ("a long lead", json!({ "lead_hours": 60 })),
        ("a long way", json!({ "onward_hours": 20 })),
        ("no people", json!({ "people": 0 })),
        ("people", json!({ "people": 40_000, "stock_person_days": 0, "days": 3.5 })),
    ] {
        let mut sent = way.clone();
        for (field, value) in changes.as_object().unwrap() {
            sent[field] = value.clone();
        }
        assert_told(name, |language| {
            let at = "/api/v1/pauses/PA-2016-07-25-OBRIEN/throughput";
            SYRIA.post(&format!("{at}?language={language}"), &sent).ok(200)
        });
    }
    let plan = json!({ "horizon_days": 30, "areas": [{ "area": "SY-MADAYA" }, { "area": "SY-DARAYA" }],
        "windows": [{ "at": "2016-07-28", "loads": 10 }] });
    assert_told("plan", |language| {
        SYRIA.post(&format!("/api/v1/plans?language={language}"), &plan).ok(200)
    });
}
