//! How a report looks: as HTML, as text, as JSON.

use passage::domain::{Kind, Language};
use passage::report::text::{LIMIT_BYTES, plain};
use passage::report::{Report, html};
use serde_json::{Value, json};

use crate::world::{arrival, besieged, people, report_of, source};

const HOSTILE: &str = "<script>alert('x')</script>&\"حمص";

/// Names and words that try to break out of the page.
pub fn hostile() -> Report {
    let records = [
        (Kind::Source, "s1", json!({"name": HOSTILE, "url": "http://x/\"><script>"})),
        (Kind::Area, "A", json!({"names": {"en": HOSTILE, "ar": "حمص"}, "admin1_name": HOSTILE})),
        besieged("b1", "A", "2016-01-18"),
        people("p1", "A", &json!({"low": 1, "high": 2})),
        (Kind::Organisation, "O1", json!({"names": {"en": HOSTILE}, "acronym": HOSTILE})),
        (
            Kind::Stock,
            "k1",
            json!({"area": "A", "stock_type": "stock", "date": "2016-07-26", "quantity": 9, "unit": "person_days", "item": HOSTILE, "owner": ["O1"], "source": "s1"}),
        ),
        arrival("c1", "2016-07-22", &["A"], Some(1_000.0)),
        (
            Kind::Observation,
            "o1",
            json!({"topic": "other", "date": "2016-07-22", "text": HOSTILE, "actor": HOSTILE, "areas": ["A"]}),
        ),
        (
            Kind::Incident,
            "i1",
            json!({"incident_type": "shelling", "date": "2016-07-22", "title": HOSTILE, "attributed_to": HOSTILE}),
        ),
        (
            Kind::Pause,
            "q1",
            json!({"pause_type": "requested", "title": HOSTILE, "asked_by": HOSTILE, "announced_on": "2016-07-22"}),
        ),
    ];
    report_of(&records, "2016-07-19", "2016-07-26")
}

#[test]
fn no_name_breaks_out_of_the_page() {
    let page = html::page(&hostile(), Language::En).unwrap();
    assert!(!page.contains("<script"), "escaping failed");
    assert!(page.contains("&#60;script&#62;"), "the name is not there");
    assert!(page.contains("dir=\"auto\""));
    assert!(page.contains("<svg"), "the chart is not drawn");
}

#[test]
fn the_page_runs_nothing_and_loads_nothing() {
    let page = html::page(&hostile(), Language::En).unwrap();
    for loaded in
        [" src=", "@import", "url(", "<link", "<iframe", "<img", "javascript:", "http-equiv"]
    {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn a_report_comes_back_from_its_json_as_it_was() {
    let report = hostile();
    let json = report.json().unwrap();
    let back = Report::from_json(&json).unwrap();
    assert_eq!(back, report);
    assert_eq!(
        html::page(&back, Language::En).unwrap(),
        html::page(&report, Language::En).unwrap()
    );
    assert_eq!(plain(&back, Language::En), plain(&report, Language::En));
    assert!(!json.contains(".0,") && !json.contains(".0\n"), "whole numbers have no fraction");
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(hostile().json().unwrap(), hostile().json().unwrap());
}

/// A thousand areas with long Arabic names, convoys, statements and sources.
pub fn huge() -> Report {
    let long = "حلب ".repeat(400);
    let mut records: Vec<(Kind, String, Value)> = Vec::new();
    for number in 0..1000 {
        let code = |prefix: &str| format!("{prefix}{number}");
        let source = code("s");
        records.push((
            Kind::Source,
            code("s"),
            json!({"name": long, "url": format!("https://x/{}", "y".repeat(300))}),
        ));
        records.push((Kind::Area, code("A"), json!({"names": {"ar": long}})));
        let listed = json!({"area": code("A"), "scheme": "un", "status": "besieged", "listed_on": "2016-01-18", "source": source});
        records.push((Kind::Status, code("b"), listed));
        let said = json!({"topic": "other", "date": "2016-07-22", "text": long, "source": source});
        records.push((Kind::Observation, code("o"), said));
        let drop = json!({"areas": [code("A")], "people_targeted": {"best": 100}});
        let convoy =
            json!({"mode": "cross_line", "date": "2016-07-22", "drops": [drop], "source": source});
        records.push((Kind::Convoy, code("c"), convoy));
        let pause = json!({"pause_type": "requested", "title": long, "asked_by": long, "announced_on": "2016-07-22"});
        records.push((Kind::Pause, code("q"), pause));
    }
    let records: Vec<(Kind, &str, Value)> =
        records.iter().map(|(kind, code, body)| (*kind, code.as_str(), body.clone())).collect();
    report_of(&records, "2016-07-19", "2016-07-26")
}

#[test]
fn the_text_stays_under_20_kb_and_says_what_it_leaves_out() {
    let text = plain(&huge(), Language::En);
    assert!(text.len() < LIMIT_BYTES, "{} bytes", text.len());
    assert!(text.contains("Lists are shortened"), "{text}");
    assert!(text.contains("more areas, in the HTML and JSON forms"), "{text}");
    assert!(text.contains("1,000"), "{text}");
}

#[test]
fn no_line_of_the_text_is_wider_than_76_columns() {
    for report in [huge(), hostile()] {
        let text = plain(&report, Language::En);
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(76), "{widest:?}");
    }
}

#[test]
fn a_short_report_is_complete() {
    let text = plain(&report_of(&[source("s1")], "2016-07-19", "2016-07-26"), Language::En);
    assert!(!text.contains("shortened") && !text.contains("left out"), "{text}");
}
