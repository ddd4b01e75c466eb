//! The pictures of a report: what they show, what they never show, how large they make it, how they look as PNG.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use passage::domain::{Kind, Language};
use passage::report::map::DaysBand;
use passage::report::picture::{self, Room, drawn_for, pictures};
use passage::report::{Report, html, png, xlsx};
use serde_json::{Value, json};

use crate::made::syria;
use crate::outlook::eight_towns;
use crate::world::{arrival, besieged, end_of, manual, people, report_of, settings, source};

/// Bytes in a page, at most.
const MOST_BYTES: usize = 300_000;

type Record = (Kind, &'static str, Value);

/// The report of the history of Syria on a day, as it is kept.
pub async fn report_of_syria(day: &str) -> Report {
    let (data, app) = syria(day, settings()).await;
    let end = end_of(day);
    let outcome = manual(&app, data.path(), 7, end, Some(end)).await.unwrap();
    let json = outcome.files.iter().find(|path| path.extension().is_some_and(|e| e == "json"));
    Report::from_json(&fs::read_to_string(json.unwrap()).unwrap()).unwrap()
}

/// Leaves what was drawn where a person can look at it.
fn leave(name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

fn leave_all(name: &str, report: &Report) {
    for language in [Language::En, Language::Ar] {
        let narrow = drawn_for(report, language, Room::Narrow);
        let narrow = narrow.into_iter().filter(|drawn| drawn.name != "lasts");
        for drawn in pictures(report, language).into_iter().chain(narrow) {
            let name = format!("{name}-{}-{language}", drawn.name);
            leave(&format!("{name}.svg"), drawn.svg.as_bytes());
            if let Some(bytes) = png::png(&drawn.svg, 640) {
                leave(&format!("{name}.png"), &bytes);
            }
        }
        let book = xlsx::workbook(report, language).unwrap();
        leave(&format!("{name}-{language}.xlsx"), &book);
    }
    for language in Language::ALL {
        let page = html::page(report, *language).unwrap();
        leave(&format!("{name}-{language}.html"), page.as_bytes());
        let letter = html::letter(report, *language).unwrap().html;
        leave(&format!("{name}-{language}.letter.html"), letter.as_bytes());
    }
}

fn placed(code: &'static str, lon: f64, lat: f64) -> Record {
    let body = json!({
        "names": {"en": code, "ar": "مضايا"}, "country": "SYR", "position": {"lon": lon, "lat": lat},
    });
    (Kind::Area, code, body)
}

/// Two besieged towns with a place, one without.
fn three_towns() -> Vec<Record> {
    vec![
        source("s1"),
        placed("A", 36.1, 33.69),
        placed("B", 40.14, 35.33),
        crate::world::area("C"),
        besieged("b1", "A", "2016-01-18"),
        besieged("b2", "B", "2016-01-18"),
        besieged("b3", "C", "2016-01-18"),
        people("p1", "A", &json!(40_000)),
        people("p2", "B", &json!({"low": 100_000, "high": 200_000})),
    ]
}

fn report(records: &[Record]) -> Report {
    report_of(records, "2016-07-19", "2016-07-26")
}

fn month<'r>(report: &'r Report, month: &str) -> &'r passage::report::MonthRow {
    let months = report.months.as_ref().unwrap();
    months.iter().find(|row| row.month.to_string() == month).unwrap()
}

#[tokio::test]
async fn the_report_of_26_july_2016_has_a_map_the_days_the_months_and_the_funnel() {
    let report = report_of_syria("2016-07-26").await;
    leave_all("2016-07-26", &report);
    let names: Vec<&str> = pictures(&report, Language::En).iter().map(|drawn| drawn.name).collect();
    assert_eq!(names, ["map", "lasts", "reached", "funnel"]);
    let page = html::page(&report, Language::En).unwrap();
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    let june = month(&report, "2016-06-01");
    // As OCHA published it on 20 June: besieged and hard-to-reach areas together.
    assert_eq!(june.in_need.best(), Some(5_470_000.0));
    assert!(june.sources.contains(&"sitrep07".to_owned()), "{:?}", june.sources);
    // Of April only the total of the besieged is known, and one hard-to-reach town: that is a floor.
    let april = month(&report, "2016-04-01").in_need;
    assert_eq!((april.low(), april.best(), april.high()), (Some(607_000.0), None, None));
}

#[test]
fn a_mark_stands_for_each_listed_area_whose_position_is_known() {
    let map = report(&three_towns()).map.unwrap();
    let codes: Vec<&str> = map.marks.iter().map(|mark| mark.code.as_str()).collect();
    assert_eq!((codes, map.without_position), (vec!["A", "B"], vec!["C".to_owned()]));
    assert_eq!(map.countries, ["SYR"]);
    assert!(map.marks.iter().all(|mark| mark.band == DaysBand::NotKnown && !mark.is_masked));
}

#[test]
fn a_position_that_only_some_readers_inside_may_see_is_in_no_report() {
    use passage::situation::Situation;
    let mut world = crate::world::world(&three_towns());
    std::sync::Arc::get_mut(&mut world).unwrap().exact.insert("A".into());
    std::sync::Arc::get_mut(&mut world).unwrap().masked.insert("B".into());
    let (as_of, known_at) = (end_of("2016-07-26"), end_of("2016-07-26"));
    let now = Situation { world, as_of, known_at };
    let report = passage::report::build(&now, &now, false, "t", 7, &crate::world::standards());
    let map = report.map.clone().unwrap();
    assert_eq!(map.told_inside_only, ["A"]);
    assert!(map.marks.len() == 1 && map.marks[0].is_masked);
    assert!(!report.json().unwrap().contains("33.69"), "the exact position is in the JSON");
    let page = html::page(&report, Language::En).unwrap();
    assert!(page.contains("told inside Passage only") && page.contains("shown only"));
}

#[test]
fn a_masked_position_is_known_to_be_one() {
    use passage::assess::delivery::AssumedRation;
    use passage::situation::World;
    let mut world = World::default();
    let stored = |withheld: &[&str], withdrawn| passage::store::Stored {
        kind: Kind::Area,
        id: uuid::Uuid::nil(),
        code: "A".to_owned(),
        version: 1,
        recorded_at: end_of("2016-01-01"),
        learned_at: end_of("2016-01-01"),
        retired_at: None,
        withdrawn,
        body: json!({"names": {"en": "A"}, "position": {"lon": 36.1, "lat": 33.6}}).to_string(),
        seen: passage::store::Seen {
            withheld: withheld.iter().map(|field| (*field).to_owned()).collect(),
            ..passage::store::Seen::default()
        },
    };
    let ration = AssumedRation { kcal: 1700.0, days: 30.0 };
    world.put(stored(&["position"], false), ration).unwrap();
    assert!(world.masked.contains("A"));
    world.put(stored(&[], false), ration).unwrap();
    assert!(world.masked.is_empty());
}

#[test]
fn people_of_convoys_to_one_place_are_never_added_and_unknown_is_not_nobody() {
    let mut records = three_towns();
    records.push(arrival("c1", "2016-06-03", &["A"], Some(20_000.0)));
    records.push(arrival("c2", "2016-06-20", &["A"], Some(30_000.0)));
    records.push(arrival("c3", "2016-05-20", &["A"], None));
    let report = report(&records);
    let june = month(&report, "2016-06-01");
    assert_eq!((june.reached.low(), june.reached.high()), (Some(30_000.0), Some(40_000.0)));
    assert_eq!(june.arrivals, 2);
    let may = month(&report, "2016-05-01");
    assert!(may.reached.is_unknown() && may.arrivals == 1 && may.arrivals_of_unknown_size == 1);
    let april = month(&report, "2016-04-01");
    assert!(april.reached.is_unknown() && april.arrivals == 0);
    let drawn = picture::reached_of(&report, Language::En, Room::Wide).unwrap();
    assert!(drawn.described.contains("Apr 2016: no known arrival"), "{}", drawn.described);
    assert!(drawn.described.contains("May 2016: not known, 1 arrival"), "{}", drawn.described);
    assert!(drawn.described.contains("Jun 2016: 30,000 to 40,000"), "{}", drawn.described);
}

#[test]
fn where_no_total_is_published_the_need_is_the_sum_of_the_named_areas_and_a_floor_where_one_is_not_counted()
 {
    let report = report(&three_towns());
    let june = month(&report, "2016-06-01").in_need;
    // 40,000 and at least 100,000; nobody counted the third, and nobody tells who is hard to reach.
    assert_eq!((june.low(), june.best(), june.high()), (Some(140_000.0), None, None));
    // The counts are of June: before there was none.
    assert!(month(&report, "2016-05-01").in_need.is_unknown());
}

#[test]
fn the_last_month_goes_to_the_day_of_the_report_and_there_are_twelve() {
    let report = report(&three_towns());
    let months = report.months.as_ref().unwrap();
    assert_eq!(months.len(), 12);
    assert_eq!(months[0].month.to_string(), "2015-08-01");
    assert_eq!(
        (months[11].month.to_string(), months[11].to),
        ("2016-07-01".to_owned(), report.as_of)
    );
}

#[test]
fn a_step_of_the_funnel_that_nobody_told_is_not_known_and_never_none() {
    let mut records = three_towns();
    records.push(arrival("c1", "2016-07-22", &["A"], None));
    let report = report(&records);
    let steps = report.funnel.as_ref().unwrap();
    assert_eq!(steps.arrived.convoys, 1);
    assert!(steps.arrived.trucks.figure.is_unknown() && steps.arrived.people.figure.is_unknown());
    let drawn = picture::funnel_of(&report, Language::En, Room::Wide).unwrap();
    let arrived = "Arrived: Convoys 1, Trucks not known, People they are for not known";
    assert!(drawn.described.contains(arrived), "{}", drawn.described);
    assert!(drawn.svg.contains("stroke-dasharray"), "what is not known has an open box");
}

#[test]
fn a_step_that_no_convoy_is_known_to_have_come_to_is_not_nought() {
    let mut records = three_towns();
    let asked = json!({
        "mode": "cross_line", "date": "2016-07-22", "source": "s1", "drops": [{"areas": ["A"]}],
        "events": [{"stage": "requested", "at": "2016-07-22"}],
    });
    records.push((Kind::Convoy, "c1", asked));
    let report = report(&records);
    assert!(report.headline.reached.people.figure.is_unknown());
    let drawn = picture::funnel_of(&report, Language::En, Room::Wide).unwrap();
    let arrived = "Arrived: Convoys none known, Trucks none known, People they are for none known";
    assert!(drawn.described.contains(arrived), "{}", drawn.described);
}

#[test]
fn a_kept_report_of_before_the_pictures_can_still_be_read_and_shown() {
    let mut body: Value = serde_json::from_str(&report(&three_towns()).json().unwrap()).unwrap();
    for field in ["map", "months", "funnel"] {
        assert!(body.as_object_mut().unwrap().remove(field).is_some(), "{field}");
    }
    let old = Report::from_json(&body.to_string()).unwrap();
    assert!(pictures(&old, Language::En).iter().all(|drawn| drawn.name == "lasts"));
    let page = html::page(&old, Language::En).unwrap();
    assert!(!page.contains("Where they are") && !page.contains("by month"));
    assert!(xlsx::workbook(&old, Language::En).is_ok());
}

#[test]
fn no_picture_shows_a_convoy() {
    let mut records = three_towns();
    let moving = json!({
        "mode": "cross_line", "source": "s1", "drops": [{"areas": ["A"]}],
        "events": [{"stage": "departed", "at": "2016-07-26T10:00:00Z", "place": "Secret crossing"}],
    });
    records.push((Kind::Convoy, "CV-SECRET", moving));
    let report = report(&records);
    for drawn in pictures(&report, Language::En) {
        assert!(!drawn.svg.contains("SECRET") && !drawn.svg.contains("Secret"), "{}", drawn.name);
    }
    let map = serde_json::to_string(&report.map).unwrap();
    assert!(!map.contains("Secret") && !map.contains("CV-SECRET"), "{map}");
}

#[test]
fn each_id_is_on_the_page_once_and_every_picture_names_those_of_its_words() {
    let page = html::page(&report(&eight_towns()), Language::En).unwrap();
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let named = page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut named = named.flat_map(|ids| ids.split(' ')).peekable();
    assert!(named.peek().is_some() && named.all(|id| unique.contains(id)));
}

#[test]
fn every_picture_says_in_words_what_it_shows_and_loads_nothing() {
    for language in Language::ALL {
        let drawn = pictures(&report(&placed_towns(12)), *language);
        assert!(drawn.len() >= 3, "{}", drawn.len());
        for drawn in drawn {
            assert!(!drawn.title.is_empty() && !drawn.described.is_empty(), "{}", drawn.name);
            assert!(drawn.svg.contains("<title ") && drawn.svg.contains("<desc "));
            for loaded in ["<script", "<image", "href", "@import", "url(", "<foreignObject"] {
                assert!(!drawn.svg.contains(loaded), "{}: {loaded}", drawn.name);
            }
        }
    }
}

/// So many besieged towns with a place, people, food and a convoy.
fn many(count: u32) -> Vec<(Kind, String, Value)> {
    let mut records: Vec<(Kind, String, Value)> =
        vec![(Kind::Source, "s1".to_owned(), source("s1").2)];
    for number in 0..count {
        let code = |prefix: &str| format!("{prefix}{number:04}");
        let (lon, lat) =
            (36.6 + f64::from(number % 23) * 0.1, 34.9 + f64::from(number % 31) * 0.04);
        let name = format!("Town of number {number}");
        records.push((
            Kind::Area,
            code("A"),
            json!({
                "names": {"en": name, "ar": "بلدة"}, "country": "SYR", "admin1_name": "Homs",
                "position": {"lon": lon, "lat": lat},
            }),
        ));
        records.push((Kind::Status, code("b"), besieged("b", "A", "2016-01-18").2));
        records.push((
            Kind::Population,
            code("p"),
            people("p", "A", &json!(1_000 * (number + 1))).2,
        ));
        let drop =
            json!({"areas": [code("A")], "carries_food": true, "people_reached": {"best": 900}});
        records.push((
            Kind::Convoy,
            code("c"),
            json!({
                "mode": "cross_line", "date": "2016-07-22", "source": "s1", "drops": [drop],
                "events": [{"stage": "completed", "at": "2016-07-22"}],
            }),
        ));
        for (_, own, body) in records.iter_mut().rev().take(3) {
            if !own.starts_with('c') {
                body["area"] = code("A").into();
            }
        }
    }
    records
}

fn placed_towns(count: u32) -> Vec<Record> {
    many(count).into_iter().map(|(kind, code, body)| (kind, &*code.leak(), body)).collect()
}

#[test]
fn with_five_hundred_areas_the_pictures_stay_small_and_the_page_says_what_it_leaves_out() {
    let report = report(&placed_towns(500));
    let drawn = pictures(&report, Language::En);
    leave("500-areas-map.svg", drawn[0].svg.as_bytes());
    let bytes: usize = drawn.iter().map(|drawn| drawn.svg.len()).sum();
    assert!(bytes < 90_000, "{bytes} bytes");
    assert!(drawn[0].svg.contains("the table has 300 more"), "it says what is not drawn");
    let page = html::page(&report, Language::En).unwrap();
    leave("500-areas.html", page.as_bytes());
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    assert!(page.contains("more rows left out so that this page stays under 300 KB"));
    // What it cites it lists, and counts are of all.
    let cited = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let cited: HashSet<&str> = cited.collect();
    assert!(!cited.is_empty());
    assert!(cited.iter().all(|id| page.contains(&format!("<li id=\"{id}\" value="))), "{cited:?}");
    assert!(page.contains("of 500 listed"));
}

#[test]
fn the_same_report_gives_the_same_pictures_and_the_same_pixels() {
    let drawn = || pictures(&report(&placed_towns(9)), Language::Ar);
    let (one, other) = (drawn(), drawn());
    assert_eq!(one, other);
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(png::png(&one.svg, 320), png::png(&other.svg, 320));
    }
}

#[test]
fn a_picture_for_arabic_is_mirrored_and_its_words_are_arabic() {
    let report = report(&placed_towns(3));
    let (en, ar) = (
        picture::reached_of(&report, Language::En, Room::Wide).unwrap(),
        picture::reached_of(&report, Language::Ar, Room::Wide).unwrap(),
    );
    assert!(ar.svg.contains("تموز 2016") && !ar.svg.contains("Jul 2016"));
    // The bars begin at the other side; the first dark box is that of the legend.
    let bar = |svg: &str| -> f64 {
        let mut dark =
            svg.lines().filter(|line| line.starts_with("<rect") && line.contains("#585858"));
        let x = dark.next().and_then(|line| line.split(" x=\"").nth(1)?.split('"').next());
        x.unwrap().parse().unwrap()
    };
    assert!(bar(&en.svg) < 200.0 && bar(&ar.svg) > 320.0, "{} {}", bar(&en.svg), bar(&ar.svg));
}
