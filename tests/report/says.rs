//! What a report says of small worlds.

use passage::config::Settings;
use passage::domain::{Kind, Language};
use passage::report::pause::State;
use passage::report::{build, text};
use passage::situation::Situation;
use passage::situation::standards::Standards;
use serde_json::json;

use crate::world::{area, arrival, besieged, end_of, people, report_of, source, world};

#[test]
fn of_an_empty_world_nothing_is_known_and_nothing_is_zero() {
    let report = report_of(&[], "2016-07-19", "2016-07-26");
    assert!(report.before.is_blank);
    assert!(report.headline.besieged.counts.is_empty());
    assert!(report.headline.reached.people.figure.is_unknown());
    let text = text::plain(&report, Language::En);
    assert!(text.contains("People besieged: not known"), "{text}");
    assert!(text.contains("no change can be told"), "{text}");
    assert!(!text.contains(" 0 people") && !text.contains(": 0"), "{text}");
}

#[test]
fn a_report_says_which_alerts_are_not_looked_for() {
    let report = |settings: &str| {
        let settings = Settings::layered("test", settings, std::iter::empty()).unwrap();
        let world = world(&[source("s1"), area("A")]);
        let at = end_of("2016-07-26");
        let seen = Situation { world, as_of: at, known_at: at };
        build(&seen, &seen, false, "test", 7, &Standards::of_settings(&settings))
    };
    let off = report("[[place]]\narea = 'A'\nalert = { off = ['runout'] }");
    let told = |language| text::plain(&off, language);
    assert!(told(Language::En).contains("in A: Known food ends soon, if no convoy comes."));
    assert!(told(Language::Fr).contains("Non recherché"));
    assert!(told(Language::Ar).contains("ما لا يُبحث عنه"));
    assert!(!text::plain(&report(""), Language::En).contains("Not looked for"));
}

#[test]
fn lists_of_two_schemes_stand_side_by_side_and_are_not_added() {
    let total = |scheme: &str, people: f64, day: &str| {
        json!({
            "area_group": "ALL-BESIEGED", "date": day, "people": {"best": people}, "metric": "besieged",
            "scheme": scheme, "places": 18, "estimated_by": scheme, "source": "s1",
        })
    };
    let records = [
        source("s1"),
        (Kind::Population, "p1", total("un", 590_000.0, "2016-07-21")),
        (Kind::Population, "p2", total("siege_watch", 1_015_275.0, "2016-04-30")),
    ];
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    let counts = &report.headline.besieged.counts;
    let best: Vec<_> = counts.iter().map(|count| count.people.figure.best()).collect();
    assert_eq!(best, [Some(590_000.0), Some(1_015_275.0)]);
    assert!(counts.iter().all(|count| count.people.day.is_some() && count.people.by.is_some()));
    assert_eq!(counts[0].people.sources, ["s1"]);
    assert!(!report.json().unwrap().contains("1605275"));
}

#[test]
fn an_arrival_of_unknown_size_leaves_the_most_unknown() {
    let records = [
        source("s1"),
        area("A"),
        area("B"),
        arrival("c1", "2016-07-22", &["A"], Some(4_000.0)),
        arrival("c2", "2016-07-23", &["B"], None),
    ];
    let reached = report_of(&records, "2016-07-19", "2016-07-26").headline.reached;
    assert_eq!((reached.people.figure.low(), reached.people.figure.high()), (Some(4_000.0), None));
    assert_eq!((reached.arrivals_of_unknown_size, reached.convoys.arrived), (1, 2));
}

#[test]
fn two_rounds_to_one_town_are_not_counted_as_twice_the_people() {
    let records = [
        source("s1"),
        area("A"),
        people("p", "A", &json!({"best": 5_000})),
        arrival("c1", "2016-07-22", &["A"], Some(4_000.0)),
        arrival("c2", "2016-07-24", &["A"], Some(3_000.0)),
    ];
    let figure = report_of(&records, "2016-07-19", "2016-07-26").headline.reached.people.figure;
    assert_eq!((figure.low(), figure.high()), (Some(4_000.0), Some(5_000.0)));
}

#[test]
fn one_figure_for_two_towns_counts_once() {
    let records = [
        source("s1"),
        area("A"),
        area("B"),
        arrival("c1", "2016-07-22", &["A", "B"], Some(9_000.0)),
    ];
    let reached = report_of(&records, "2016-07-19", "2016-07-26").headline.reached;
    assert_eq!(
        (reached.people.figure.low(), reached.people.figure.high()),
        (Some(9_000.0), Some(9_000.0))
    );
    assert_eq!(reached.convoys.arrived, 1);
}

#[test]
fn an_arrival_before_the_period_is_not_one_of_it() {
    let records = [source("s1"), area("A"), arrival("c1", "2016-07-19", &["A"], Some(1.0))];
    let report = report_of(&records, "2016-07-12", "2016-07-26");
    assert!(report.convoys.is_empty());
    assert!(report.headline.reached.people.figure.is_unknown());
}

#[test]
fn at_least_so_many_people_has_no_most() {
    let records = [
        source("s1"),
        area("A"),
        area("B"),
        besieged("b1", "A", "2016-01-18"),
        besieged("b2", "B", "2016-01-18"),
        people("p1", "A", &json!({"low": 250_000})),
        people("p2", "B", &json!({"best": 4_000})),
    ];
    let waiting = report_of(&records, "2016-07-19", "2016-07-26").headline.without_arrival;
    assert_eq!((waiting.areas, waiting.areas_listed, waiting.areas_without_any), (2, 2, 2));
    assert_eq!(
        (waiting.people.figure.low(), waiting.people.figure.high()),
        (Some(254_000.0), None)
    );
}

#[test]
fn people_of_a_town_inside_a_listed_district_are_counted_once() {
    let mut town = area("TOWN");
    town.2["part_of"] = json!("DISTRICT");
    let records = [
        source("s1"),
        area("DISTRICT"),
        town,
        besieged("b1", "DISTRICT", "2016-01-18"),
        besieged("b2", "TOWN", "2016-01-18"),
        people("p1", "DISTRICT", &json!({"best": 9_000})),
        people("p2", "TOWN", &json!({"best": 4_000})),
    ];
    let waiting = report_of(&records, "2016-07-19", "2016-07-26").headline.without_arrival;
    assert_eq!((waiting.areas, waiting.people.figure.high()), (2, Some(9_000.0)));
}

#[test]
fn without_a_known_arrival_no_share_of_the_need_is_claimed() {
    let records = [
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        people("p1", "A", &json!({"best": 4_000})),
    ];
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    assert!(report.areas[0].coverage.is_unknown());
    assert_eq!(report.areas[0].arrivals_in_30_days, 0);
}

#[test]
fn a_new_listing_is_a_change_and_an_old_one_is_not() {
    let records = [
        source("s1"),
        area("A"),
        area("B"),
        besieged("b1", "A", "2016-01-18"),
        besieged("b2", "B", "2016-07-22"),
    ];
    let changes = report_of(&records, "2016-07-19", "2016-07-26").changes;
    let areas: Vec<_> = changes.listings.iter().map(|change| change.area.as_str()).collect();
    assert_eq!(areas, ["B"]);
    assert_eq!(changes.listings[0].then, None);
    assert!(changes.new.iter().any(|key| key.starts_with("newly_besieged/B")), "{:?}", changes.new);
}

#[test]
fn an_alert_that_a_delivery_ended_is_told_as_over() {
    let records = [
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        arrival("c1", "2016-07-22", &["A"], Some(1_000.0)),
    ];
    let changes = report_of(&records, "2016-07-19", "2016-07-26").changes;
    assert!(changes.ended.iter().any(|alert| alert.key == "no_delivery/A"), "{:?}", changes.ended);
}

#[test]
fn a_request_stays_open_until_every_party_has_answered_and_says_who_has_not() {
    let party = |name: &str| json!({"names": {"en": name}});
    let mut pause = json!({
        "pause_type": "requested", "title": "48 hours", "asked_by": "UN", "parties": ["GOS", "NSAG"],
        "announced_on": "2016-07-21", "duration_hours": 48,
        "answers": [{"party": "GOS", "answer": "agreed", "at": "2016-07-22", "source": "s1"}],
    });
    let records = |pause: &serde_json::Value| {
        [
            source("s1"),
            (Kind::Party, "GOS", party("Government")),
            (Kind::Party, "NSAG", party("Armed groups")),
            (Kind::Pause, "P", pause.clone()),
        ]
    };
    let open = report_of(&records(&pause), "2016-07-19", "2016-07-26").pauses;
    assert_eq!(
        (open[0].state, open[0].silent.as_slice()),
        (State::Open, &["Armed groups".to_owned()][..])
    );
    let more = json!({"party": "NSAG", "answer": "refused", "at": "2016-07-27"});
    pause["answers"].as_array_mut().unwrap().push(more);
    let before_the_answer = report_of(&records(&pause), "2016-07-19", "2016-07-26").pauses;
    assert_eq!(before_the_answer[0].state, State::Open);
    let answered = report_of(&records(&pause), "2016-07-19", "2016-07-27").pauses;
    assert_eq!(answered[0].state, State::Answered);
}

#[test]
fn a_truce_of_48_hours_is_over_after_them() {
    let pause = json!({"pause_type": "announced", "start": "2016-07-20", "duration_hours": 48});
    let state = |day: &str| {
        report_of(&[(Kind::Pause, "P", pause.clone())], "2016-07-19", day).pauses[0].state
    };
    assert_eq!(state("2016-07-21"), State::Begun);
    assert_eq!(state("2016-07-24"), State::Ended);
}

#[test]
fn every_code_that_is_cited_is_in_the_list_of_sources() {
    let records = [
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        arrival("c1", "2016-07-22", &["A"], Some(1_000.0)),
    ];
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    // The record of the source is missing: it is cited by its code.
    assert_eq!(report.sources.len(), 1);
    assert_eq!((report.sources[0].code.as_str(), report.sources[0].name.as_str()), ("s1", "s1"));
}

#[test]
fn a_running_total_tells_of_arrivals_and_the_headline_agrees_with_the_alerts() {
    let total = json!({
        "topic": "cumulative_reached", "date": "2016-07-07", "areas": ["A"], "value": {"best": 65}, "unit": "airdrops",
        "period_from": "2016-04-10", "period_to": "2016-07-07", "source": "s1",
    });
    let records = [
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        (Kind::Observation, "o1", total),
    ];
    let report = report_of(&records, "2016-07-19", "2016-07-26");
    let alerts = report.alerts.iter().filter(|alert| alert.key.starts_with("no_delivery/"));
    assert_eq!(report.headline.without_arrival.areas, alerts.count());
    assert_eq!(report.headline.without_arrival.areas, 0);
    assert!(text::plain(&report, Language::En).contains("running total"));
}

#[test]
fn where_only_the_whole_tells_how_many_were_reached_the_whole_is_asked() {
    let mut parts =
        [arrival("c1", "2016-07-22", &["A"], None), arrival("c2", "2016-07-22", &["B"], None)];
    for part in &mut parts {
        part.2["part_of"] = json!(["whole"]);
    }
    let [first, second] = parts;
    let whole = arrival("whole", "2016-07-22", &["A", "B"], Some(80_000.0));
    let records = [source("s1"), area("A"), area("B"), whole, first, second];
    let reached = report_of(&records, "2016-07-19", "2016-07-26").headline.reached;
    assert_eq!(
        (reached.people.figure.low(), reached.people.figure.high()),
        (Some(80_000.0), Some(80_000.0))
    );
    assert_eq!((reached.arrivals_of_unknown_size, reached.convoys.arrived), (0, 1));
}

#[test]
fn trucks_of_two_drops_add_up_to_a_range_that_holds_the_best() {
    let drops = json!([
        {"areas": ["A"], "trucks": {"low": 48, "best": 50, "high": 50}},
        {"areas": ["B"], "trucks": {"best": 4}},
    ]);
    let convoy =
        json!({"mode": "cross_line", "date": "2016-07-22", "drops": drops, "source": "s1"});
    let records = [source("s1"), area("A"), area("B"), (Kind::Convoy, "c", convoy)];
    let trucks = report_of(&records, "2016-07-19", "2016-07-26").convoys[0].trucks;
    assert_eq!((trucks.low(), trucks.best(), trucks.high()), (Some(52.0), Some(54.0), Some(54.0)));
}
