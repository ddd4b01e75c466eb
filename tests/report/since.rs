//! What a report says of what happened, moved or was learned since the last one.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use passage::app::App;
use passage::domain::pause::Answer;
use passage::domain::population::Metric;
use passage::domain::{Clearance, Kind, Language, Sensitivity};
use passage::report::change::convoys::Fate;
use passage::report::change::runouts::{Cause, Shift};
use passage::report::change::stale::Estimate;
use passage::report::change::{ConvoyChange, Novelty, RunoutChange, Since};
use passage::report::text::{LIMIT_BYTES, plain};
use passage::report::{Changes, Report, build, html, xlsx};
use passage::situation::Situation;
use passage::tongue::Tongue;
use serde_json::{Value, json};

use crate::languages::{astray, shown};
use crate::made::syria;
use crate::world::{
    area, arrival, besieged, end_of, people, report_of, settings, source, standards, world,
};

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
    let mut hidden = passage::situation::World::clone(&world(&town()));
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
    assert!(told.contains("now counted food is gone"), "{told}");
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

/// A convoy with these moves.
fn convoy(code: &'static str, moves: &[(&str, &str)]) -> Record {
    let events: Vec<Value> =
        moves.iter().map(|(stage, at)| json!({"stage": stage, "at": at})).collect();
    let drop = json!({"areas": ["A"], "people_targeted": {"best": 500}, "trucks": {"best": 7}});
    let body = json!({"mode": "cross_line", "date": "2016-07-20", "source": "s1", "drops": [drop], "events": events});
    (Kind::Convoy, code, body)
}

fn told(changes: &[ConvoyChange]) -> Vec<(&str, Fate)> {
    changes.iter().map(|change| (change.convoy.as_deref().unwrap_or("-"), change.fate)).collect()
}

#[test]
fn attacks_stand_before_refusals_and_these_before_arrivals() {
    let news = [
        convoy("arrived", &[("completed", "2016-07-25")]),
        convoy("denied", &[("denied", "2016-07-24")]),
        convoy("back", &[("departed", "2016-07-21"), ("turned_back", "2016-07-21")]),
        convoy("hit", &[("departed", "2016-07-20"), ("attacked", "2016-07-20")]),
        convoy("planned", &[]),
    ];
    let report = learned(&town(), &[town(), news.to_vec()].concat());
    assert_eq!(
        told(&since(&report).convoys),
        [
            ("hit", Fate::Attacked),
            ("denied", Fate::Denied),
            ("back", Fate::TurnedBack),
            ("arrived", Fate::Arrived)
        ]
    );
    let text = flat(&report);
    assert!(
        text.contains("hit to A: attacked, 20 Jul 2016. Trucks: 7. People meant: 500."),
        "{text}"
    );
    assert!(
        text.contains(
            "arrived to A: arrived, 25 Jul 2016. People reached, by the sources: not known."
        ),
        "{text}"
    );
}

#[test]
fn an_attack_whose_day_was_corrected_is_not_told_as_a_second_one() {
    let hit = |day| [town(), vec![convoy("hit", &[("departed", day), ("attacked", day)])]].concat();
    let report = learned(&hit("2016-07-17"), &hit("2016-07-18"));
    assert_eq!(told(&since(&report).convoys), []);
}

#[test]
fn parts_of_an_operation_are_not_told_as_arrivals_of_their_own() {
    let whole = convoy("whole", &[("completed", "2016-07-25")]);
    let mut part = convoy("part", &[("completed", "2016-07-25")]);
    part.2["part_of"] = json!(["whole"]);
    let report = learned(&town(), &[town(), vec![whole, part]].concat());
    assert_eq!(since(&report).convoys.len(), 1, "{:?}", since(&report).convoys);
}

#[test]
fn an_attack_on_a_convoy_that_only_an_incident_tells_is_told_once() {
    let incident = |convoy: Value| {
        let body = json!({
            "incident_type": "convoy_fired_on", "date": "2016-07-22", "title": "Shots at trucks", "areas": ["A"],
            "convoy": convoy, "source": "s1",
        });
        (Kind::Incident, "i1", body)
    };
    let hit = || convoy("hit", &[("departed", "2016-07-22"), ("attacked", "2016-07-22")]);
    let alone = learned(&town(), &[town(), vec![incident(Value::Null)]].concat());
    assert_eq!(told(&since(&alone).convoys), [("-", Fate::Attacked)]);
    assert!(flat(&alone).contains("Shots at trucks (A): attacked, 22 Jul 2016, as reported."));
    let both = learned(&town(), &[town(), vec![incident(json!("hit")), hit()]].concat());
    assert_eq!(told(&since(&both).convoys), [("hit", Fate::Attacked)]);
    assert_eq!(since(&both).convoys[0].incident, None);
}

/// A pause with these answers and breaches.
fn pause(answers: &Value, violations: &Value) -> Vec<Record> {
    let party = |name: &str| json!({"names": {"en": name}});
    let body = json!({
        "pause_type": "requested", "title": "48 hours", "asked_by": "UN", "parties": ["GOS", "NSAG"],
        "announced_on": "2016-07-10", "duration_hours": 48, "answers": answers, "violations": violations,
    });
    vec![
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        (Kind::Party, "GOS", party("Government")),
        (Kind::Party, "NSAG", party("Armed groups")),
        (Kind::Pause, "P", body),
    ]
}

#[test]
fn a_breach_stands_before_an_answer_and_both_are_told_once() {
    let agreed = json!({"party": "GOS", "answer": "agreed", "at": "2016-07-12", "source": "s1"});
    let refused = json!({"party": "NSAG", "answer": "refused", "at": "2016-07-21", "source": "s1"});
    let broken = json!({"at": "2016-07-22", "terminal": true, "source": "s1"});
    let then = pause(&json!([agreed]), &json!([]));
    let now = pause(&json!([agreed, refused]), &json!([broken]));
    let report = learned(&then, &now);
    let changes = &since(&report).pauses;
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes[0].broken.is_some() && changes[1].answered.is_some(), "{changes:?}");
    let text = flat(&report);
    assert!(
        text.contains("“48 hours”. Reported breach, 22 Jul 2016; it ended the pause."),
        "{text}"
    );
    assert!(text.contains("“48 hours”. Armed groups: refused, 21 Jul 2016."), "{text}");
    // What is told of 12 July and was learned after the 19th.
    let report = learned(&pause(&json!([]), &json!([])), &then);
    assert_eq!(since(&report).pauses[0].novelty, Novelty::Late);
}

#[test]
fn an_answer_without_a_day_is_told_when_it_is_learned() {
    let undated = json!([{"party": "GOS", "answer": "willing_to_discuss"}]);
    let report = learned(&pause(&json!([]), &json!([])), &pause(&undated, &json!([])));
    assert_eq!(since(&report).pauses[0].novelty, Novelty::Since);
    assert!(flat(&report).contains("willing to discuss, date not known."), "{}", flat(&report));
}

fn count(code: &'static str, by: &str, day: &str, people: f64) -> Record {
    let body = json!({
        "area": "A", "date": day, "people": {"best": people}, "metric": "residents", "estimated_by": by, "source": "s1",
    });
    (Kind::Population, code, body)
}

#[test]
fn counts_change_by_who_counts_and_the_same_count_again_is_no_change() {
    let then = vec![
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        count("p1", "OCHA", "2016-07-01", 4_000.0),
        count("p2", "WFP", "2016-07-02", 5_000.0),
    ];
    let news = vec![
        count("p3", "OCHA", "2016-07-22", 3_500.0),
        count("p4", "WFP", "2016-07-23", 5_000.0),
        count("p5", "Council", "2016-07-11", 9_000.0),
    ];
    let report = learned(&then, &[then.clone(), news].concat());
    let changes = &since(&report).populations;
    assert_eq!(changes.len(), 2, "{changes:?}");
    let best =
        |stated: &Option<passage::report::Stated>| stated.as_ref().and_then(|s| s.figure.best());
    assert_eq!((best(&changes[0].then), best(&changes[0].now)), (Some(4_000.0), Some(3_500.0)));
    assert_eq!((changes[1].novelty, best(&changes[1].newest_then)), (Novelty::Late, Some(5_000.0)));
    let text = flat(&report);
    assert!(
        text.contains(
            "A, residents, OCHA: 4,000 (1 Jul 2016) before, now 3,500 (22 Jul 2016). [1]"
        ),
        "{text}"
    );
    assert!(text.contains("(learned late) A, residents, Council: 9,000 (11 Jul 2016); the first count by this source. The newest before: 5,000 (2 Jul 2016), WFP."), "{text}");
    // The last of a source is withdrawn.
    let report = learned(
        &[then.clone(), vec![count("p5", "Council", "2016-07-11", 9_000.0)]].concat(),
        &then,
    );
    assert_eq!(since(&report).populations[0].novelty, Novelty::TakenBack);
}

#[test]
fn an_estimate_goes_stale_once() {
    let report = |then, now| after((&town(), then), (&town(), now));
    let first = report("2016-06-20", "2016-10-10");
    let stale = &since(&first).stale;
    let both: Vec<Estimate> = stale.iter().map(|change| change.estimate).collect();
    assert_eq!(both, [Estimate::People, Estimate::Stock], "{stale:?}");
    assert!(stale.iter().all(|change| change.age_days > change.limit_days));
    let text = flat(&first);
    assert!(
        text.contains("A: the newest count of people, 1 Jun 2016, is 131 days old; beyond"),
        "{text}"
    );
    assert!(since(&report("2016-10-10", "2016-10-17")).stale.is_empty());
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
        assert_eq!(astray(&arabic), None, "{name}");
        assert_eq!(astray(&shown(&html::page(&report, Language::Ar).unwrap())), None, "{name}");
        assert!(arabic.contains("ما تغيّر"), "{name}");
        let french = plain(&report, Language::Fr);
        for english in ["before, now", "Why:", "learned late", " days ", "more, in the"] {
            assert!(!french.contains(english), "{name}: {english}");
        }
    }
}
