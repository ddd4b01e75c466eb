//! How long food lasts, what is missing and what the next pause can do, as a report tells it.

use passage::domain::{Kind, Language};
use passage::report::next_pause::PauseUse;
use passage::report::outlook::{FoodOutlook, Urgency};
use passage::report::{Report, html, text};
use serde_json::{Value, json};

use crate::world::{area, besieged, people, report_of, source};

type Record = (Kind, &'static str, Value);

/// A count of the food of an area, made on the day of the report.
pub fn stock(code: &'static str, area: &str, person_days: &Value) -> Record {
    let body = json!({
        "area": area, "stock_type": "stock", "date": "2016-07-26T23:59:59Z", "person_days": person_days, "source": "s1",
    });
    (Kind::Stock, code, body)
}

/// Nothing comes in by itself, or so much each day.
fn inflow(code: &'static str, area: &str, person_days: f64) -> Record {
    let body = json!({
        "area": area, "stock_type": "inflow", "date": "2016-07-20", "person_days": person_days, "source": "s1",
    });
    (Kind::Stock, code, body)
}

/// Eight towns of 1,000 to 2,000 people: one is out, one never ends, two end beyond the axis or the horizon.
pub fn eight_towns() -> Vec<Record> {
    let mut records = vec![
        source("s1"),
        (Kind::Organisation, "ICRC", json!({"names": {"en": "Red Cross"}, "acronym": "ICRC"})),
    ];
    let towns: [(&str, &str, &str, Value); 8] = [
        ("Out", "p1", "k1", json!(0)),
        ("Soon", "p2", "k2", json!({"low": 4_000, "high": 9_000})),
        ("Week", "p3", "k3", json!({"low": 12_000, "best": 15_000, "high": 20_000})),
        ("Month", "p4", "k4", json!({"low": 25_000, "high": 60_000})),
        ("مضايا", "p5", "k5", json!({"low": 20_000, "high": 30_000})),
        (
            "A town with a name far too long to stand beside its days",
            "p6",
            "k6",
            json!({"low": 60_000, "high": 140_000}),
        ),
        ("Beyond", "p7", "k7", json!({"low": 2_000_000, "high": 3_000_000})),
        ("Never", "p8", "k8", json!({"low": 5_000, "high": 6_000})),
    ];
    let codes = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"];
    let listings = ["b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"];
    for (place, (name, count, store, amount)) in towns.into_iter().enumerate() {
        let code = codes[place];
        records.push((Kind::Area, code, json!({"names": {"en": name}, "admin1_name": "Homs"})));
        // The last one is counted, and nobody calls it cut off.
        if place < 7 {
            records.push(besieged(listings[place], code, "2016-01-18"));
        }
        records.push(people(count, code, &json!({"low": 1_000, "high": 2_000})));
        records.push(stock(store, code, &amount));
    }
    records.push(inflow("f8", "A8", 50_000.0));
    for record in &mut records {
        if record.1 == "k2" {
            record.2["owner"] = json!(["ICRC"]);
        }
    }
    records
}

fn report(records: &[Record]) -> Report {
    report_of(records, "2016-07-19", "2016-07-26")
}

fn outlook(records: &[Record]) -> FoodOutlook {
    report(records).outlook.unwrap()
}

/// The text in one line.
fn plain(report: &Report) -> String {
    text::plain(report, Language::En).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_most_urgent_stands_first_and_what_never_ends_last() {
    let found = outlook(&eight_towns());
    let codes: Vec<&str> = found.areas.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["A1", "A2", "A3", "A5", "A4", "A6", "A7", "A8"]);
    assert!(found.areas.iter().filter(|row| !row.is_listed).all(|row| row.code == "A8"));
    assert_eq!(found.areas[0].urgency, Urgency::Critical);
    let band = found.areas[1].days_left;
    assert!(band.p10 < band.p50 && band.p50 < band.p90, "{band:?}");
}

#[test]
fn every_area_with_a_band_is_drawn_and_has_the_same_words_in_chart_table_and_text() {
    let report = report(&eight_towns());
    let page = html::page(&report, Language::En).unwrap();
    let flat = plain(&report);
    for words in ["counted food is gone", "does not end as things are", "not within 730 days"] {
        assert_eq!(page.matches(words).count(), 3, "described, drawn and in the table: {words}");
        assert!(flat.contains(words), "{words}: {flat}");
    }
    assert_eq!(page.matches("class=\"name\"").count(), 8);
    // What goes on beyond the axis, what lies beyond it and what never ends.
    assert_eq!(page.matches("class=\"on\"").count(), 3);
    assert!(
        page.contains("A town with a name far…</text>"),
        "a long name is cut in the chart alone"
    );
    assert!(
        page.contains("29 Jul – 30 Jul – 3 Aug 2016")
            && flat.contains("29 Jul – 30 Jul – 3 Aug 2016")
    );
    assert!(page.contains("role=\"img\"") && page.contains("<desc "));
}

#[test]
fn an_axis_is_as_long_as_it_must_be_and_three_months_where_nothing_ends_before() {
    let axis = |codes: &[&str]| {
        let mut records = eight_towns();
        records.retain(|record| !record.1.starts_with('k') || codes.contains(&record.1));
        html::page(&report(&records), Language::En).unwrap()
    };
    assert!(axis(&["k1"]).contains("beyond the 5 days shown"));
    assert!(axis(&["k1", "k2"]).contains("beyond the 10 days shown"));
    assert!(axis(&["k5"]).contains("beyond the 30 days shown"));
    assert!(axis(&["k7", "k8"]).contains("beyond the 90 days shown"));
}

#[test]
fn the_nearest_end_stands_at_the_top_and_says_that_one_holder_is_a_floor() {
    let mut records = eight_towns();
    records.retain(|record| record.1 != "k1");
    let report = report(&records);
    let first = report.headline.ends_first.as_ref().unwrap();
    assert_eq!((first.area.as_str(), first.sources.as_slice()), ("A2", &["s1".to_owned()][..]));
    assert!(
        first.text.contains("Only the stock of ICRC was counted, on 26 July 2016"),
        "{}",
        first.text
    );
    assert!(first.text.contains("a floor on the date, not a forecast"), "{}", first.text);
    assert!(
        first.text.contains("In 1 more area it is gone within two weeks too"),
        "{}",
        first.text
    );
    let flat = plain(&report);
    assert!(flat.find(&first.text) < flat.find("THREE NUMBERS"), "{flat}");
}

#[test]
fn an_end_in_a_month_is_no_news_for_the_top() {
    let records = [
        source("s1"),
        area("A"),
        besieged("b", "A", "2016-01-18"),
        people("p", "A", &json!(1_000)),
        stock("k", "A", &json!(30_000)),
    ];
    let report = report(&records);
    assert_eq!(report.headline.ends_first, None);
    assert_eq!(report.outlook.unwrap().areas.len(), 1);
}

#[test]
fn where_nobody_counted_no_day_is_told_but_whom_to_count_first() {
    let town = |code, count, listed, heads: u32| {
        [area(code), besieged(listed, code, "2016-01-18"), people(count, code, &json!(heads))]
    };
    let records: Vec<Record> = [
        town("A", "p1", "b1", 2_000).to_vec(),
        town("B", "p2", "b2", 9_000).to_vec(),
        vec![source("s1"), area("C"), besieged("b3", "C", "2016-01-18")],
    ]
    .concat();
    let report = report(&records);
    let (page, flat) = (html::page(&report, Language::En).unwrap(), plain(&report));
    assert!(!page.contains("<svg"), "there is nothing to draw");
    assert!(
        flat.contains("For 2 areas called besieged or hard to reach nobody is known to have counted the stock: B (9,000 people), A (2,000 people). To count first"),
        "{flat}"
    );
    assert!(flat.contains("most people live: B, A."), "{flat}");
    assert!(flat.contains("For 1 area nobody is known to have counted the people"), "{flat}");
    assert!(!flat.contains("Days left:"), "{flat}");
}

#[test]
fn a_known_delivery_gives_a_day_before_which_it_cannot_end() {
    let mut convoy = crate::world::arrival("c", "2016-07-26", &["A"], None);
    convoy.2["drops"][0]["people_targeted"] = json!({"best": 10_000});
    let records = [
        source("s1"),
        area("A"),
        besieged("b", "A", "2016-01-18"),
        people("p", "A", &json!(10_000)),
        convoy,
    ];
    let flat = plain(&report(&records));
    assert!(flat.contains("Days left: not known: not before 15 Aug 2016, in 19 days."), "{flat}");
    assert!(flat.contains("stock not counted, known deliveries alone"), "{flat}");
}

#[test]
fn an_area_that_nobody_calls_cut_off_is_left_out_unless_its_food_was_counted() {
    let words = json!({"area": "B", "stock_type": "stock", "date": "2016-07-20", "quantity_text": "little", "source": "s1"});
    let records = [source("s1"), area("A"), area("B"), (Kind::Stock, "k", words)];
    assert!(outlook(&records).areas.is_empty(), "words are no count");
    assert!(plain(&report(&records)).contains("No area was known to be besieged"));
}

#[test]
fn notes_stand_once_however_many_areas_they_are_for() {
    let page = html::page(&report(&eight_towns()), Language::En).unwrap();
    assert_eq!(page.matches("is taken as nothing").count(), 1);
    assert_eq!(page.matches("what one organisation holds").count(), 1);
}

#[test]
fn the_gap_adds_up_over_areas_and_counts_nobody_twice() {
    let mut quarter = area("B");
    quarter.2["part_of"] = json!("A");
    let records = [
        source("s1"),
        area("A"),
        quarter,
        area("C"),
        besieged("b1", "A", "2016-01-18"),
        besieged("b2", "B", "2016-01-18"),
        besieged("b3", "C", "2016-01-18"),
        people("p1", "A", &json!(1_000)),
        people("p2", "B", &json!(400)),
        people("p3", "C", &json!(3_000)),
        stock("k1", "A", &json!(0)),
    ];
    let gap = outlook(&records).gap;
    assert_eq!((gap.areas.len(), gap.areas_in_total), (3, 2));
    let total = gap.total.unwrap().people;
    // Of C the stock is not known: all 3,000 may lack food, or none.
    assert_eq!((total.low(), total.best(), total.high()), (Some(1_000.0), None, Some(4_000.0)));
    let flat = plain(&report(&records));
    assert!(flat.contains("C (stock not counted): people none to 3,000;"), "{flat}");
    assert!(flat.contains("All 2 areas together, least to most: people 1,000 to 4,000;"), "{flat}");
}

fn logistics(fields: &Value) -> Record {
    let mut body = json!({
        "area": "A", "date": "2016-07-01", "trucks": 40, "load_hours": 2, "approach_hours": 1, "inspection_hours": 0.2,
        "lanes": 1, "onward_hours": 0.5, "unload_hours": 1, "docks": 4, "return_hours": 1, "lead_hours": 3,
        "buffer_hours": 2, "open_hour": 6, "close_hour": 18, "payload_tonnes": 15.67, "handling_loss": 0.02,
    });
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    (Kind::Logistics, "l1", body)
}

/// A besieged town of 250,000, and a weekly pause of 48 hours asked for from Thursday, 28 July, 06:00.
fn with_pause(pause: &Value, more: Vec<Record>) -> FoodOutlook {
    let mut asked = json!({
        "pause_type": "requested", "title": "48 hours", "asked_by": "UN", "parties": ["GOS", "NSAG"], "areas": ["A"],
        "announced_on": "2016-07-21", "start": "2016-07-28", "start_local": "06:00", "duration_hours": 48,
        "every_days": 7, "time_zone": "Asia/Damascus", "source": "s1",
        "answers": [{"party": "GOS", "answer": "agreed", "at": "2016-07-22"}],
    });
    for (name, value) in pause.as_object().unwrap() {
        asked[name] = value.clone();
    }
    let mut records = vec![
        source("s1"),
        area("A"),
        besieged("b1", "A", "2016-01-18"),
        people("p1", "A", &json!(250_000)),
        (Kind::Party, "NSAG", json!({"names": {"en": "Armed groups"}})),
        (Kind::Pause, "P", asked),
    ];
    records.extend(more);
    outlook(&records)
}

#[test]
fn a_pause_tells_its_truckloads_whom_they_feed_and_that_it_is_not_agreed() {
    let next = with_pause(&json!({}), vec![logistics(&json!({}))]).next_pause;
    assert_eq!((next.status, next.is_agreed), (PauseUse::Told, Some(false)));
    assert_eq!(next.from.unwrap().to_rfc3339(), "2016-07-28T03:00:00+00:00");
    // The worked example of eastern Aleppo.
    assert_eq!((next.truckloads, next.truckloads_used), (Some(56.0), Some(56.0)));
    assert_eq!(next.people_fed_for_a_week.map(f64::floor), Some(221_356.0));
    let said = [
        "asked for, not agreed: no answer is known from Armed groups",
        "56 truckloads can get in (unloading keeps it from being more)",
        "878 tonnes, a week's food for 221,356 people",
        "A gets 56 loads",
    ];
    for said in said {
        assert!(next.text.contains(said), "{said}: {}", next.text);
    }
}

#[test]
fn of_a_pause_without_a_beginning_or_without_logistics_nothing_is_told_but_what_is_missing() {
    let next = with_pause(&json!({"start": null, "start_local": null}), Vec::new()).next_pause;
    assert_eq!((next.status, next.truckloads), (PauseUse::NoStart, None));
    assert!(next.text.contains("It is not known when one begins next"), "{}", next.text);
    let next = with_pause(&json!({}), Vec::new()).next_pause;
    assert_eq!(next.status, PauseUse::NoLogistics);
    assert!(next.text.contains("no logistics are stored for A"), "{}", next.text);
    let next = with_pause(&json!({}), vec![logistics(&json!({"docks": null}))]).next_pause;
    assert!(next.text.contains("the logistics stored for A lack docks"), "{}", next.text);
}

#[test]
fn a_pause_that_a_party_refused_or_that_is_over_is_not_the_next_one() {
    let refused = json!({"answers": [{"party": "NSAG", "answer": "refused", "at": "2016-07-22"}]});
    let over = json!({"end": "2016-07-25", "start": "2016-07-14"});
    for pause in [refused, over] {
        let next = with_pause(&pause, vec![logistics(&json!({}))]).next_pause;
        assert_eq!(next.status, PauseUse::NoPause, "{}", next.text);
    }
}

#[test]
fn two_towns_on_one_road_share_its_truckloads_and_the_worst_off_gains() {
    let second = |code: &'static str, fields: Value| {
        let mut record = logistics(&fields);
        record.1 = code;
        record
    };
    let road = json!({"route": "Castello"});
    let more = vec![
        logistics(&road),
        second("l2", json!({"route": "Castello", "area": "B"})),
        area("B"),
        besieged("b2", "B", "2016-01-18"),
        people("p2", "B", &json!(250_000)),
        stock("k2", "B", &json!(6_000_000)),
    ];
    let next = with_pause(&json!({"areas": ["A", "B"]}), more).next_pause;
    assert_eq!(next.truckloads, Some(56.0), "{}", next.text);
    let shares: Vec<(&str, f64)> =
        next.shares.iter().map(|share| (share.area.as_str(), share.truckloads)).collect();
    assert!(shares.contains(&("A", 56.0)) && shares.contains(&("B", 0.0)), "{shares:?}");
}

#[test]
fn a_report_that_was_kept_before_food_was_told_can_still_be_read_and_shown() {
    let whole = report(&eight_towns());
    let mut body: Value = serde_json::from_str(&whole.json().unwrap()).unwrap();
    body.as_object_mut().unwrap().remove("outlook");
    body["headline"].as_object_mut().unwrap().remove("ends_first");
    let old = Report::from_json(&body.to_string()).unwrap();
    assert_eq!(old.outlook, None);
    assert!(!html::page(&old, Language::En).unwrap().contains("How long food lasts"));
    assert!(!text::plain(&old, Language::En).contains("HOW LONG FOOD LASTS"));
}

#[test]
fn the_same_lots_are_drawn_for_the_same_day() {
    let report = || report(&eight_towns());
    let (one, other) = (report(), report());
    assert_eq!(one.json().unwrap(), other.json().unwrap());
    assert_eq!(html::page(&one, Language::En).unwrap(), html::page(&other, Language::En).unwrap());
    assert_eq!(Report::from_json(&one.json().unwrap()).unwrap(), one);
}
