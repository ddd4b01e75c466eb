//! What the reports of the summer of 2016 tell since the ones before them.

use std::fs;
use std::path::PathBuf;

use passage::app::App;
use passage::domain::pause::Answer;
use passage::domain::{Clearance, Language, Sensitivity};
use passage::report::change::Novelty;
use passage::report::change::convoys::Fate;
use passage::report::change::runouts::{Cause, Shift};
use passage::report::text::{LIMIT_BYTES, plain};
use passage::report::{Report, build, html, xlsx};
use passage::situation::Situation;

use super::happened::told;
use super::{MOST_BYTES, since};
use crate::languages::{astray, shown};
use crate::made::syria;
use crate::world::{end_of, settings};

async fn seen(app: &App, day: &str) -> Situation {
    let clearance = Clearance::of(Sensitivity::Internal);
    app.situations.situation(end_of(day), Some(end_of(day)), &clearance).await.unwrap()
}

async fn of_syria(app: &App, then: &str, now: &str) -> Report {
    let (then, now) = (seen(app, then).await, seen(app, now).await);
    build(&now, &then, true, "weekly", 7, &app.standards())
}

/// Leaves what was made where a person can look at it.
fn leave(name: &str, report: &Report) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        let page = html::page(report, *language).unwrap();
        let text = plain(report, *language);
        assert!(page.len() < MOST_BYTES && text.len() < LIMIT_BYTES, "{name} in {language}");
        fs::write(folder.join(format!("since-{name}-{language}.html")), page).unwrap();
        fs::write(folder.join(format!("since-{name}-{language}.txt")), text).unwrap();
        let book = xlsx::workbook(report, *language).unwrap();
        fs::write(folder.join(format!("since-{name}-{language}.xlsx")), book).unwrap();
    }
    fs::write(folder.join(format!("since-{name}.json")), report.json().unwrap()).unwrap();
}

/// The part of a text from one mark to the next of another.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let (_, after) = text.split_once(begin).unwrap();
    after.split_once(end).unwrap().0
}

#[tokio::test]
async fn of_the_summer_of_2016_the_reports_tell_each_kind_of_change() {
    let (_data, app) = syria("2016-12-01", settings()).await;
    let july = of_syria(&app, "2016-07-16", "2016-07-26").await;
    let aleppo = since(&july).runouts.iter().find(|change| change.area == "SY-EAST-ALEPPO");
    let aleppo = aleppo.unwrap();
    let causes: Vec<Cause> = aleppo.causes.iter().map(|cause| cause.cause).collect();
    assert_eq!(causes, [Cause::Loss, Cause::People], "{aleppo:?}");
    assert!(aleppo.moved_days.is_some_and(|days| days != 0), "{aleppo:?}");
    let stale: Vec<&str> = since(&july).stale.iter().map(|change| change.area.as_str()).collect();
    assert_eq!(stale, ["SY-AL-WAER"]);
    let counts =
        since(&july).populations.iter().filter_map(|change| change.now.as_ref()?.by.as_ref());
    assert!(counts.clone().any(|by| by == "UN (O'Brien)"), "{:?}", counts.collect::<Vec<_>>());

    let august = of_syria(&app, "2016-07-26", "2016-08-30").await;
    let changes = &since(&august).convoys;
    assert_eq!(told(changes)[0], ("CV-2016-08-25-WAE", Fate::Attacked), "{changes:?}");
    // Told on 23 August: it had arrived eight days before the report of 26 July.
    let late = changes.iter().find(|change| change.convoy.as_deref() == Some("CV-2016-07-18-WAE"));
    assert_eq!(
        late.map(|change| (change.fate, change.novelty)),
        Some((Fate::Arrived, Novelty::Late))
    );
    assert_eq!(since(&august).runouts[0].shift, Shift::Gone);
    let answer = since(&august).pauses.iter().filter(|change| change.pause == "PA-2016-08-18-DM48");
    let answer: Vec<Answer> =
        answer.map(|change| change.answered.as_ref().unwrap().answer).collect();
    assert_eq!(answer, [Answer::Agreed]);
    assert!(since(&august).pauses[0].broken.is_some(), "{:?}", since(&august).pauses);

    let september = of_syria(&app, "2016-09-16", "2016-09-26").await;
    assert_eq!(told(&since(&september).convoys)[0], ("CV-2016-09-19-ORM", Fate::Attacked));
    let ended = since(&september).pauses[0].answered.as_ref().unwrap();
    assert_eq!(ended.answer, Answer::Withdrawn, "{ended:?}");
    for (name, report) in [("july", july), ("august", august), ("september", september)] {
        leave(name, &report);
        let arabic = plain(&report, Language::Ar);
        let told = between(&arabic, "ما تغيّر", "كم يكفي الغذاء");
        assert_eq!(astray(told), None, "{name}");
        let page = html::page(&report, Language::Ar).unwrap();
        let told = between(&page, "<h2>ما تغيّر", "</section>");
        assert_eq!(astray(&shown(told)), None, "{name}");
        let french = plain(&report, Language::Fr);
        for english in ["before, now", "Why:", "learned late", " days ", "more, in the"] {
            assert!(!french.contains(english), "{name}: {english}");
        }
    }
}
