//! A report on a telephone: nothing is wider than 360 pixels, and what a symbol means can be seen.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use passage::domain::Language;
use passage::report::picture::{Room, drawn_for};
use passage::report::{Report, html};

use crate::outlook::eight_towns;
use crate::pages::hostile;
use crate::pictures::report_of_syria;
use crate::world::report_of;

/// A telephone, pixels.
const WIDTH: u32 = 360;

fn eight() -> Report {
    report_of(&eight_towns(), "2016-07-19", "2016-07-26")
}

fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders = std::env::var_os("PATH")?;
    let all = std::env::split_paths(&folders)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .collect::<Vec<_>>();
    all.into_iter().find(|path| path.is_file())
}

/// How wide the page is where it may be as wide as a telephone; `None` where no browser could tell.
fn width_of(page: &str) -> Option<u32> {
    let home = tempfile::tempdir().unwrap();
    let quoted = page.replace('&', "&amp;").replace('"', "&quot;");
    let around = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><iframe width=\"{WIDTH}\" height=\"800\" style=\"border:0\" srcdoc=\"{quoted}\" onload=\"document.body.dataset.wide = 'wide-' + this.contentDocument.documentElement.scrollWidth + '-wide'\"></iframe>"
    );
    let path = home.path().join("around.html");
    fs::write(&path, around).unwrap();
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--dump-dom",
    ];
    let data = format!("--user-data-dir={}", home.path().join("data").display());
    let shown = Command::new(browser()?)
        .args(flags)
        .arg(data)
        .arg(format!("file://{}", path.display()))
        .output()
        .ok()?;
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    shown.split("wide-").nth(1)?.split("-wide").next()?.parse().ok()
}

#[tokio::test]
async fn nothing_of_a_report_or_its_letter_is_wider_than_a_telephone() {
    let syria = report_of_syria("2016-07-26").await;
    for language in Language::ALL {
        let letter = html::letter(&syria, *language).unwrap().html;
        for page in [html::page(&syria, *language).unwrap(), letter] {
            // Without a browser: what made it wider is not there.
            let rule = |name: &str| page.split(name).nth(1).and_then(|rest| rest.split('}').next());
            assert!(rule(".cite {").is_some_and(|rule| !rule.contains("nowrap")), "{language}");
            assert!(!page.contains("min-width: 30rem") && !page.contains("overflow-x"));
            if let Some(wide) = width_of(&page) {
                assert!(wide <= WIDTH, "{language}: {wide}");
            }
        }
    }
}

#[test]
fn names_that_are_very_long_are_cut_and_make_no_page_wider() {
    let page = html::page(&hostile(), Language::En).unwrap();
    if let Some(wide) = width_of(&page) {
        assert!(wide <= WIDTH, "{wide}");
    }
}

#[test]
fn a_drawing_for_a_telephone_is_as_narrow_and_has_the_words_of_the_wide_one() {
    let report = eight();
    for language in Language::ALL {
        let [wide, narrow] = Room::ALL.map(|room| drawn_for(&report, *language, room));
        assert_eq!(wide.len(), narrow.len());
        for (wide, narrow) in wide.iter().zip(&narrow).filter(|(_, own)| own.name != "lasts") {
            assert!(narrow.svg.contains("width=\"340\""), "{}", narrow.name);
            assert_eq!(wide.described, narrow.described);
        }
    }
}

#[test]
fn a_letter_has_plain_colours_of_its_own() {
    let letter = html::letter(&eight(), Language::En).unwrap().html;
    assert!(!letter.contains("var(--"), "programs for mail know no variables");
    assert!(letter.contains("<body style=\"color:#1a1a1a;background-color:#ffffff\">"));
    assert!(letter.contains("content=\"light only\""));
}
