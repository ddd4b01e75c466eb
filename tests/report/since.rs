//! What a report says of what happened, moved or was learned since the last one.

mod happened;
mod syria;

use std::sync::Arc;

use passage::domain::population::Metric;
use passage::domain::{Kind, Language};
use passage::report::change::convoys::Fate;
use passage::report::change::runouts::{Cause, Shift};
use passage::report::change::{Novelty, RunoutChange, Since};
use passage::report::text::{LIMIT_BYTES, plain};
use passage::report::{Changes, Report, build, html, xlsx};
use passage::situation::{Situation, World};
use passage::tongue::Tongue;
use serde_json::{Value, json};

use self::happened::{convoy, told};
use crate::world::{area, arrival, besieged, end_of, people, report_of, source, standards, world};

/// Bytes in a page, at most.
const MOST_BYTES: usize = 300_000;

type Record = (Kind, &'static str, Value);

/// A report after a report: what was known then, and what is known now.
fn after(then: (&[Record], &str), now: (&[Record], &str)) -> Report {
    let seen = |(records, day): (&[Record], &str)| Situation {
        world: world(records),
        as_of: end_of(day),
        known_at: end_of(day),
    };
    build(&seen(now), &seen(then), true, "test", 7, &standards())
}

/// The report of 26 July after that of 19 July.
fn learned(then: &[Record], now: &[Record]) -> Report {
    after((then, "2016-07-19"), (now, "2016-07-26"))
}

fn since(report: &Report) -> &Since {
    report.changes.since.as_ref().unwrap()
}

fn flat(report: &Report) -> String {
    plain(report, Language::En).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stock(code: &'static str, day: &str, person_days: &Value) -> Record {
    let body = json!({
        "area": "A", "stock_type": "stock", "date": day, "person_days": person_days, "source": "s1",
    });
    (Kind::Stock, code, body)
}

/// A besieged town of 1,000 whose food was counted on 10 July and lasts until the end of the month.
fn town() -> Vec<Record> {
    vec![
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        people("p1", "A", &json!({"low": 1_000, "high": 1_000})),
        stock("k1", "2016-07-10", &json!({"low": 30_000, "high": 30_000})),
    ]
}

/// Food for so many people that came on a day.
fn delivery(code: &'static str, day: &str, people: f64) -> Record {
    let mut convoy = arrival(code, day, &["A"], Some(people));
    convoy.2["drops"][0]["ration_days"] = json!(30);
    convoy
}

fn only_runout(report: &Report) -> &RunoutChange {
    let [change] = since(report).runouts.as_slice() else { panic!("{:?}", since(report).runouts) };
    change
}

#[test]
fn a_delivery_moves_the_day_on_which_food_ends_and_is_named_as_the_reason() {
    let now = [town(), vec![delivery("c1", "2016-07-22", 1_000.0)]].concat();
    let report = learned(&town(), &now);
    let change = only_runout(&report);
    assert_eq!((change.shift, change.is_floor), (Shift::Later, false));
    let day = |change: &Option<chrono::NaiveDate>| change.unwrap();
    let (then, now) =
        (day(&change.then.as_ref().unwrap().runs_out_on.p50), day(&change.now.runs_out_on.p50));
    assert_eq!(change.moved_days, Some((now - then).num_days()));
    assert!(change.moved_days > Some(10), "{change:?}");
    let [cause] = change.causes.as_slice() else { panic!("{change:?}") };
    assert_eq!((cause.cause, cause.record.as_str()), (Cause::Delivery, "c1"));
    assert_eq!((cause.novelty, cause.sources.as_slice()), (Novelty::Since, &["s1".to_owned()][..]));
    let told = flat(&report);
    let days = change.moved_days.unwrap();
    assert!(told.contains(&format!("A: food lasts {days} days longer; about")), "{told}");
    assert!(told.contains("Why: a delivery, 22 Jul 2016. [1]"), "{told}");
}

#[test]
fn a_delivery_of_last_month_that_was_told_only_now_is_marked_as_learned_late() {
    let now = [town(), vec![delivery("c1", "2016-07-15", 1_000.0)]].concat();
    let report = learned(&town(), &now);
    let [convoy] = since(&report).convoys.as_slice() else { panic!("{:?}", since(&report)) };
    assert_eq!((convoy.fate, convoy.novelty), (Fate::Arrived, Novelty::Late));
    assert_eq!(only_runout(&report).causes[0].novelty, Novelty::Late);
    let told = flat(&report);
    assert!(told.contains("(learned late) c1 to A: arrived, 15 Jul 2016."), "{told}");
    assert!(told.contains("a delivery, 15 Jul 2016 (learned late)"), "{told}");
    assert!(told.contains("dated before the last report, and not known to it"), "{told}");
}

#[test]
fn what_was_told_and_is_withdrawn_is_no_longer_told() {
    let then = [town(), vec![delivery("c1", "2016-07-15", 1_000.0)]].concat();
    let report = learned(&then, &town());
    let [convoy] = since(&report).convoys.as_slice() else { panic!("{:?}", since(&report)) };
    assert_eq!((convoy.fate, convoy.novelty), (Fate::Arrived, Novelty::TakenBack));
    let change = only_runout(&report);
    assert_eq!((change.shift, change.causes[0].novelty), (Shift::Nearer, Novelty::TakenBack));
    assert!(flat(&report).contains("(no longer told) c1 to A: arrived"), "{}", flat(&report));
}

#[test]
fn of_a_convoy_that_is_withheld_now_nothing_is_taken_back() {
    let then = [town(), vec![delivery("c1", "2016-07-15", 1_000.0)]].concat();
    let mut hidden = World::clone(&world(&town()));
    hidden.embargoed.insert("c1".into(), end_of("2016-07-30"));
    let seen = |world, day: &str| Situation { world, as_of: end_of(day), known_at: end_of(day) };
    let (then, now) = (seen(world(&then), "2016-07-19"), seen(Arc::new(hidden), "2016-07-26"));
    let report = build(&now, &then, true, "test", 7, &standards());
    let since = since(&report);
    assert!(since.convoys.is_empty(), "{:?}", since.convoys);
    assert!(since.runouts.iter().all(|change| change.causes.is_empty()), "{:?}", since.runouts);
    assert!(!flat(&report).contains("c1"), "{}", flat(&report));
}

#[test]
fn food_that_has_been_eaten_since_stands_first_and_has_no_number_of_days() {
    let report = after((&town(), "2016-07-19"), (&town(), "2016-08-20"));
    let change = only_runout(&report);
    assert_eq!((change.shift, change.moved_days), (Shift::Gone, None));
    let told = flat(&report);
    assert!(told.contains("A: by what is known, the food has been eaten; about"), "{told}");
    assert!(told.contains("now nothing is left of what was counted"), "{told}");
}

#[test]
fn a_day_that_cannot_be_told_any_more_is_not_known_and_not_zero() {
    let without = town().into_iter().filter(|record| record.1 != "k1").collect::<Vec<_>>();
    let report = learned(&town(), &without);
    let change = only_runout(&report);
    assert_eq!((change.shift, change.moved_days), (Shift::Unknown, None));
    assert_eq!(change.causes[0].novelty, Novelty::TakenBack);
    assert!(flat(&report).contains("now not known."), "{}", flat(&report));
    // And the other way round.
    let report = learned(&without, &town());
    assert_eq!(only_runout(&report).shift, Shift::Known);
    assert!(flat(&report).contains("not known before, now about"), "{}", flat(&report));
}

#[test]
fn days_that_pass_move_nothing() {
    let report = after((&town(), "2016-07-19"), (&town(), "2016-07-22"));
    assert!(since(&report).is_empty(), "{:?}", since(&report));
    assert!(report.changes.is_empty(), "{:?}", report.changes);
    let told = flat(&report);
    assert!(told.contains("No day on which food ends moved"), "{told}");
    let page = html::page(&report, Language::En).unwrap();
    assert!(page.contains("No day on which food ends moved"));
}

#[test]
fn something_that_changed_since_is_a_change_even_where_the_numbers_stay() {
    let mut changes = Changes { since: Some(Since::default()), ..Changes::default() };
    assert!(changes.is_empty());
    let report = learned(&town(), &[town(), vec![delivery("c1", "2016-07-22", 1.0)]].concat());
    changes.since.as_mut().unwrap().convoys.clone_from(&since(&report).convoys);
    assert!(!changes.is_empty());
}

#[test]
fn a_first_report_says_that_it_is_compared_with_the_beginning_of_the_period() {
    let records = [town(), vec![delivery("c1", "2016-07-22", 1_000.0)]].concat();
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    let text = flat(&report);
    assert!(text.contains("the beginning of the period; there is no earlier report"), "{text}");
    assert_eq!(told(&since(&report).convoys), [("c1", Fate::Arrived)]);
    let late = [town(), vec![delivery("c1", "2016-07-15", 1_000.0)]].concat();
    let seen = |records: &[Record], day: &str| Situation {
        world: world(records),
        as_of: end_of(day),
        known_at: end_of(day),
    };
    let (then, now) = (seen(&town(), "2016-07-19"), seen(&late, "2016-07-26"));
    let text = flat(&build(&now, &then, false, "test", 7, &standards()));
    assert!(text.contains("dated before the period, and not known at its beginning"), "{text}");
    // Of a time of which nothing is known no change is told.
    let blank = learned(&[], &late);
    assert!(blank.before.is_blank && blank.changes.since.is_none());
}

#[test]
fn a_report_that_was_kept_before_this_was_told_reads_and_looks_as_it_did() {
    let now = [town(), vec![delivery("c1", "2016-07-22", 1_000.0)]].concat();
    let whole = learned(&town(), &now);
    let mut body: Value = serde_json::from_str(&whole.json().unwrap()).unwrap();
    body["changes"].as_object_mut().unwrap().remove("since").unwrap();
    let old = Report::from_json(&body.to_string()).unwrap();
    assert_eq!(old.changes.since, None);
    let (page, text) = (html::page(&old, Language::En).unwrap(), plain(&old, Language::En));
    assert!(!page.contains("Food: days that moved") && !text.contains("FOOD: DAYS THAT MOVED"));
    assert!(!page.contains("Numbers, lists and alerts"));
    let quiet = Report { changes: Changes::default(), ..old };
    assert!(!flat(&quiet).contains("No day on which food ends moved"), "it did not look");
    assert_eq!(Report::from_json(&whole.json().unwrap()).unwrap(), whole);
}

#[test]
fn many_changes_are_cut_on_the_page_and_whole_in_the_data_and_the_workbook() {
    let codes: Vec<&'static str> = (0..400).map(|n| &*format!("convoy{n:03}").leak()).collect();
    let news = codes.iter().map(|code| convoy(code, &[("completed", "2016-07-22")]));
    let now: Vec<Record> = town().into_iter().chain(news).collect();
    let report = learned(&town(), &now);
    assert_eq!(since(&report).convoys.len(), 400);
    for language in Language::ALL {
        let page = html::page(&report, *language).unwrap();
        assert!(page.len() < MOST_BYTES, "{} bytes in {language}", page.len());
        assert!(page.contains("388"), "how many are left out is told in {language}");
        let text = plain(&report, *language);
        assert!(text.len() < LIMIT_BYTES, "{} bytes in {language}", text.len());
        xlsx::workbook(&report, *language).unwrap();
    }
    assert!(flat(&report).contains("more, in the workbook and the JSON form"), "{}", flat(&report));
}

#[test]
fn every_word_of_what_is_told_since_is_in_every_language() {
    let lists: [(&str, &[&str]); 3] =
        [("fate", Fate::WORDS), ("metric", Metric::WORDS), ("since-cause", Cause::WORDS)];
    for tongue in Language::ALL.iter().map(|language| Tongue::of(*language)) {
        for (list, words) in lists {
            for word in words {
                assert!(tongue.knows(&format!("{list}-{word}")), "{list}-{word}");
            }
        }
    }
}
