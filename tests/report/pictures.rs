//! The pictures of a report: what they show, what they never show, how large they make it, how they look as PNG.

use std::fs;
use std::path::PathBuf;

use passage::domain::{Kind, Language, Sensitivity};
use passage::jobs::report::{Ask, make};
use passage::report::map::DaysBand;
use passage::report::picture::{self, Picture, pictures};
use passage::report::{Report, html, png};
use serde_json::{Value, json};

use crate::made::syria;
use crate::outlook::eight_towns;
use crate::world::{arrival, end_of, people, report_of, settings, source};

/// Bytes in a page, at most.
const MOST_BYTES: usize = 300_000;

/// The report of the history of Syria on a day, as it is kept.
async fn report_of_syria(day: &str, clearance: Sensitivity) -> Report {
    let (data, app) = syria(day, settings()).await;
    let ask = Ask { schedule: "manual", period_days: 7, clearance };
    let outcome = make(&app, data.path(), ask, end_of(day), Some(end_of(day))).await.unwrap();
    let json = outcome.files.iter().find(|path| path.extension().is_some_and(|e| e == "json"));
    Report::from_json(&fs::read_to_string(json.unwrap()).unwrap()).unwrap()
}

/// Leaves what was drawn where a person can look at it.
fn leave(name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

fn leave_all(day: &str, report: &Report) {
    for language in Language::ALL {
        for drawn in pictures(report, *language) {
            let name = format!("{day}-{}-{language}", drawn.name);
            leave(&format!("{name}.svg"), drawn.svg.as_bytes());
            if let Some(bytes) = png::png(&drawn.svg, 1_280) {
                leave(&format!("{name}.png"), &bytes);
            }
        }
    }
    leave(&format!("{day}.html"), html::page(report).unwrap().as_bytes());
}

#[tokio::test]
async fn the_report_of_26_july_2016_has_a_map_the_months_and_the_funnel() {
    let report = report_of_syria("2016-07-26", Sensitivity::Internal).await;
    leave_all("2016-07-26", &report);
    let names: Vec<&str> = pictures(&report, Language::En).iter().map(|drawn| drawn.name).collect();
    assert_eq!(names, ["map", "lasts", "reached", "funnel"]);
    let page = html::page(&report).unwrap();
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
}
