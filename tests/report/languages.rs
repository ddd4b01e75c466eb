//! Reports and alerts in Arabic and French: whole, readable, and never half in English.

use std::fs;

use passage::domain::incident::IncidentType;
use passage::domain::pause::Answer;
use passage::domain::status::SiegeStatus;
use passage::domain::{Clearance, Kind, Language, Scheme, Sensitivity, Stage};
use passage::jobs::report::{Ask, in_language, make, remove_files};
use passage::report::outlook::Urgency;
use passage::report::pause::State;
use passage::report::text::LIMIT_BYTES;
use passage::report::{Report, build, html, text};
use passage::situation::alert::{Rule, Severity, alerts};
use passage::tongue::Tongue;
use serde_json::{Value, json};

use crate::made::syria;
use crate::pages::{hostile, huge};
use crate::world::{
    area, besieged, end_of, people, report_of, schedule, settings, source, standards,
};

/// Bytes in a page, fewer than.
const PAGE_BYTES: usize = 300_000;

/// What is the same in every language.
const NAMES: [&str; 3] = ["HTML", "JSON", "Passage"];

/// The first Latin letters that do not stand in a run of their own.
pub fn astray(text: &str) -> Option<String> {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    let mut depth = 0_u32;
    for (at, letter) in text.char_indices() {
        match letter {
            '\u{2067}' | '\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            letter if depth == 0 && letter.is_ascii_alphabetic() => {
                return Some(text[at..].chars().take(60).collect());
            }
            _ => {}
        }
    }
    None
}

/// What a page shows, without what sources wrote, addresses and names in other letters.
pub fn shown(page: &str) -> String {
    let mut text = String::new();
    let mut skipped = "";
    for part in page.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let is_foreign = tag.contains("lang=\"\"") || tag.contains("lang=\"en\"");
        if skipped.is_empty() && (name == "style" || name == "a" || is_foreign) {
            skipped = name;
        } else if !skipped.is_empty() && tag == format!("/{skipped}") {
            skipped = "";
        }
        if skipped.is_empty() {
            text.push_str(&after.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", ""));
        }
    }
    text
}

fn syrian_report() -> Report {
    static REPORT: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let made = REPORT.get_or_init(|| {
        let done = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let (_data, app) = syria("2016-12-01", settings()).await;
                let clearance = Clearance::of(Sensitivity::Internal);
                let seen = |at| app.situations.situation(at, Some(at), &clearance);
                let (now, then) = (end_of("2016-07-26"), end_of("2016-06-26"));
                let (now, then) = (seen(now).await.unwrap(), seen(then).await.unwrap());
                build(&now, &then, false, "test", 30, &standards()).json().unwrap()
            })
        });
        done.join().unwrap()
    });
    Report::from_json(made).unwrap()
}

#[test]
fn nothing_stays_english_in_an_arabic_report_but_what_sources_wrote_and_codes() {
    let report = syrian_report();
    let plain = text::plain(&report, Language::Ar);
    assert_eq!(astray(&plain), None);
    let page = html::page(&report, Language::Ar).unwrap();
    assert_eq!(astray(&shown(&page)), None);
    assert!(plain.contains("حلب الشرقية") && page.contains("حلب الشرقية"), "names are translated");
}

#[test]
fn an_arabic_page_reads_from_right_to_left_and_the_others_do_not() {
    let report = hostile();
    let page = |language| html::page(&report, language).unwrap();
    assert!(page(Language::Ar).contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page(Language::Fr).contains("<html lang=\"fr\">"));
    assert!(page(Language::En).contains("<html lang=\"en\">"));
    let plain = text::plain(&report, Language::Ar);
    assert!(plain.lines().all(|line| line.is_empty() || line.starts_with('\u{200f}')), "{plain}");
    for line in plain.lines() {
        assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line}");
    }
}

#[test]
fn pages_and_texts_stay_small_and_narrow_in_every_language() {
    for report in [syrian_report(), huge(), hostile()] {
        for language in Language::ALL {
            let plain = text::plain(&report, *language);
            assert!(plain.len() < LIMIT_BYTES, "{language}: {} bytes", plain.len());
            let is_wide = |c: &char| !matches!(c, '\u{200f}' | '\u{2067}'..='\u{2069}');
            let widest = plain.lines().map(|line| line.chars().filter(is_wide).count()).max();
            assert!(widest <= Some(76), "{language}: {widest:?}");
        }
    }
    for language in Language::ALL {
        let page = html::page(&syrian_report(), *language).unwrap();
        assert!(page.len() < PAGE_BYTES, "{language}: {} bytes", page.len());
    }
}

#[test]
fn no_name_breaks_out_of_the_page_in_any_language() {
    for language in Language::ALL {
        let page = html::page(&hostile(), *language).unwrap();
        assert!(!page.contains("<script") && page.contains("&#60;script&#62;"), "{language}");
        for loaded in [" src=", "@import", "url(", "<link", "<iframe", "<img", "http-equiv"] {
            assert!(!page.contains(loaded), "{language}: {loaded}");
        }
    }
}

#[tokio::test]
async fn every_alert_of_the_history_is_told_in_every_language() {
    let (_data, app) = syria("2017-03-01", settings()).await;
    let clearance = Clearance::of(Sensitivity::Internal);
    let mut rules = std::collections::BTreeSet::new();
    for day in ["2016-01-20", "2016-04-20", "2016-07-26", "2016-09-21", "2016-10-20"] {
        let at = end_of(day);
        let situation = app.situations.situation(at, Some(at), &clearance).await.unwrap();
        for alert in alerts(&situation, &standards()) {
            rules.insert(alert.rule);
            assert_eq!(alert.in_language(Language::En), alert.text);
            for language in [Language::Ar, Language::Fr] {
                let told = alert.in_language(language);
                assert!(told != alert.text && !told.contains(['{', '}']), "{told}");
            }
            assert_eq!(astray(&alert.in_language(Language::Ar)), None, "{}", alert.key);
            for (name, number) in alert.numbers.iter().filter(|(_, n)| !n.is_string()) {
                let bare = name.trim_end_matches("_low").trim_end_matches("_high");
                let named = Tongue::ENGLISH.knows(&format!("fact-{bare}"));
                assert!(named, "{}: {name} = {number} has no words", alert.rule);
            }
        }
    }
    assert!(rules.len() >= 10, "{rules:?}");
}

#[test]
fn every_word_of_every_closed_list_is_told_in_every_language() {
    let kinds = [Kind::Population, Kind::Stock, Kind::Incident, Kind::Convoy];
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let lists: [(&str, &[&str]); 14] = [
        ("severity", Severity::WORDS),
        ("rule", Rule::WORDS),
        ("stage", Stage::WORDS),
        ("status", SiegeStatus::WORDS),
        ("scheme", Scheme::WORDS),
        ("short-scheme", Scheme::WORDS),
        ("alert-by", Scheme::WORDS),
        ("answer", Answer::WORDS),
        ("state", State::WORDS),
        ("urgency", Urgency::WORDS),
        ("incident", IncidentType::WORDS),
        ("kind", &kinds),
        ("month", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]),
        ("short-month", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]),
    ];
    for language in Language::ALL {
        let tongue = Tongue::of(*language);
        for (list, words) in lists {
            for word in words {
                assert!(tongue.knows(&format!("{list}-{word}")), "{language}: {list}-{word}");
            }
        }
    }
}

/// Takes out what reports of earlier versions do not have.
fn older(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| {
                !["said", "notes_said", "withheld_said", "names"].contains(&name.as_str())
            });
            fields.values_mut().for_each(older);
        }
        Value::Array(items) => items.iter_mut().for_each(older),
        _ => {}
    }
}

#[test]
fn a_report_of_an_earlier_version_is_still_told_and_what_it_lacks_stays_english() {
    let records = [
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        people("p1", "A", &json!({"best": 5_000})),
    ];
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    let mut kept: Value = serde_json::from_str(&report.json().unwrap()).unwrap();
    older(&mut kept);
    let old = Report::from_json(&kept.to_string()).unwrap();
    assert_eq!(html::page(&old, Language::En).unwrap(), html::page(&report, Language::En).unwrap());
    assert_eq!(text::plain(&old, Language::En), text::plain(&report, Language::En));
    let plain = text::plain(&old, Language::Ar);
    assert_eq!(astray(&plain), None, "what is English is marked as such");
    assert!(plain.contains("\u{2068}Nothing is known to have ever arrived in"), "{plain}");
}

#[tokio::test]
async fn a_kept_report_is_written_in_another_language_beside_the_english_one_and_removed_with_it() {
    let (data, app) = syria("2016-07-26", settings()).await;
    let day = end_of("2016-07-26");
    let schedule = schedule(7);
    let ask = &Ask::of("manual", &schedule);
    make(&app, data.path(), ask, day, Some(day)).await.unwrap();
    let none = in_language(&app, data.path(), ask, day, Language::En).await.unwrap();
    assert!(none.is_empty(), "{none:?}");
    let files = in_language(&app, data.path(), ask, day, Language::Ar).await.unwrap();
    let names: Vec<String> =
        files.iter().map(|f| f.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["manual-2016-07-26.ar.html", "manual-2016-07-26.ar.txt"]);
    let page = fs::read_to_string(&files[0]).unwrap();
    assert!(page.contains("تقرير الحالة") && !page.contains("Ledger"), "{page}");
    remove_files(data.path(), "manual", day).unwrap();
    assert!(files.iter().all(|file| !file.exists()));
}
