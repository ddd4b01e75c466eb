//! The workbook of a report: typed cells, words that stay words, the same bytes for the same report.

use std::io::{Cursor, Read};

use passage::domain::{Kind, Language};
use passage::report::{Report, xlsx};
use serde_json::json;

use crate::outlook::eight_towns;
use crate::world::{report_of, source};

/// A file inside the workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book.to_vec())).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn book(report: &Report) -> Vec<u8> {
    xlsx::workbook(report, Language::En).unwrap()
}

fn eight() -> Report {
    report_of(&eight_towns(), "2016-07-19", "2016-07-26")
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(book(&eight()), book(&eight()));
    let core = part(&book(&eight()), "docProps/core.xml");
    assert!(core.contains("2016-07-26T23:59:59Z"), "{core}");
}

#[test]
fn words_that_begin_like_a_formula_stay_words() {
    const HOSTILE: [&str; 5] = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=HYPERLINK(\"http://x\")"];
    let mut records = vec![source("s1")];
    for (number, name) in HOSTILE.iter().enumerate() {
        let said = json!({"topic": "other", "date": "2016-07-22", "text": name, "actor": name, "source": "s1"});
        let code: &'static str = format!("o{number}").leak();
        records.push((Kind::Observation, code, said));
    }
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    assert_eq!(report.statements.len(), HOSTILE.len());
    let book = book(&report);
    for sheet in 1..=14 {
        let sheet = part(&book, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    }
    let words = part(&book, "xl/sharedStrings.xml");
    assert!(words.contains("=1+1") && words.contains("@SUM(A1)"), "{words}");
    assert!(part(&book, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn numbers_are_numbers_and_days_are_days_and_what_is_not_known_is_an_empty_cell() {
    let report = eight();
    let sheet = part(&book(&report), "xl/worksheets/sheet3.xml");
    let rows: Vec<&str> = sheet.split("<row ").skip(2).collect();
    let outlook = report.outlook.unwrap();
    assert_eq!(rows.len(), outlook.areas.len());
    let (row, first) = (rows[1], &outlook.areas[1]);
    let cell = |column: &str| {
        let begin = format!("<c r=\"{column}3\"");
        row.split(&begin).nth(1).and_then(|rest| rest.split("</c>").next()).unwrap_or_default()
    };
    let days = first.days_left.p50.unwrap();
    assert!(cell("H").contains(&format!("<v>{days}</v>")), "{} {days}", cell("H"));
    // 26 July 2016 is day 42,577 of spreadsheets.
    let day = first.runs_out_on.p50.unwrap();
    let number = (day - chrono_day("2016-07-26")).num_days() + 42_577;
    assert!(cell("K").contains(&format!("<v>{number}</v>")), "{} {number}", cell("K"));
    assert!(!cell("H").contains("t=\"s\"") && !cell("K").contains("t=\"s\""));
    // No low of the people is told: one number, no range.
    assert!(!row.contains("<c r=\"C3\" s=\"4\"><v>0</v>"), "{row}");
}

fn chrono_day(day: &str) -> chrono::NaiveDate {
    day.parse().unwrap()
}

#[test]
fn every_sheet_has_its_head_frozen_a_filter_and_headings_in_words() {
    for language in Language::ALL {
        let book = xlsx::workbook(&eight(), *language).unwrap();
        let names = part(&book, "xl/workbook.xml");
        assert_eq!(names.matches("<sheet ").count(), 14, "{names}");
        for sheet in 2..=14 {
            let sheet = part(&book, &format!("xl/worksheets/sheet{sheet}.xml"));
            assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter "));
            let turned = sheet.contains("rightToLeft=\"1\"");
            assert_eq!(turned, language.is_right_to_left());
        }
    }
}

#[test]
fn no_key_stands_for_a_heading() {
    for language in Language::ALL {
        let book = xlsx::workbook(&eight(), *language).unwrap();
        let shared = part(&book, "xl/sharedStrings.xml");
        let words: Vec<&str> = shared.split("<si>").skip(1).collect();
        for sheet in 2..=14 {
            let sheet = part(&book, &format!("xl/worksheets/sheet{sheet}.xml"));
            let head = sheet.split("</row>").next().unwrap();
            let places: Vec<usize> = head
                .split("<v>")
                .skip(1)
                .map(|rest| rest.split('<').next().unwrap().parse().unwrap())
                .collect();
            assert!(places.len() > 3, "{head}");
            for place in places {
                assert!(!words[place].contains('_'), "{} in {language}", words[place]);
            }
        }
    }
}

#[tokio::test]
async fn no_cell_of_an_arabic_or_french_workbook_is_an_english_sentence_or_a_word_for_programs() {
    let report = crate::pictures::report_of_syria("2016-07-26").await;
    for (language, besieged, yes) in
        [(Language::Ar, "محاصرة", "نعم"), (Language::Fr, "assiégé", "oui")]
    {
        let book = xlsx::workbook(&report, language).unwrap();
        let words = part(&book, "xl/sharedStrings.xml");
        let cells: Vec<&str> = words
            .split("</t>")
            .filter_map(|cell| cell.rsplit('>').next())
            .filter(|cell| !cell.is_empty())
            .collect();
        for english in [
            "yes",
            "no",
            "critical",
            "high",
            "besieged",
            "hard_to_reach",
            "press: besieged",
            "denied",
            "cross_line",
            "weekly",
            "requested",
            "data_gap",
            "one_holder",
            "alert_new",
        ] {
            assert!(!cells.contains(&english), "{english} in {language}");
        }
        for alert in &report.alerts {
            assert!(!words.contains(alert.text.as_str()), "{} in {language}", alert.text);
        }
        assert!(!words.contains("Situation report"), "{language}");
        assert!(words.contains(besieged) && cells.contains(&yes), "{language}");
    }
}
