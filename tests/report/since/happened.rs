//! What happened since the last report: convoys, pauses, counts of people, estimates.

use passage::domain::Kind;
use passage::report::change::convoys::Fate;
use passage::report::change::stale::Estimate;
use passage::report::change::{ConvoyChange, Novelty};
use serde_json::{Value, json};

use super::{Record, after, flat, learned, since, town};
use crate::world::{area, besieged, source};

/// A convoy with these moves.
pub fn convoy(code: &'static str, moves: &[(&str, &str)]) -> Record {
    let events: Vec<Value> =
        moves.iter().map(|(stage, at)| json!({"stage": stage, "at": at})).collect();
    let drop = json!({"areas": ["A"], "people_targeted": {"best": 500}, "trucks": {"best": 7}});
    let body = json!({"mode": "cross_line", "date": "2016-07-20", "source": "s1", "drops": [drop], "events": events});
    (Kind::Convoy, code, body)
}

pub fn told(changes: &[ConvoyChange]) -> Vec<(&str, Fate)> {
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
    assert!(text.contains("(learned late) A, residents, Council: 9,000 (11 Jul 2016); no count by this source before. The newest before: 5,000 (2 Jul 2016), WFP."), "{text}");
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
