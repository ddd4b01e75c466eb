//! Lists: filters, places, pages, `GeoJSON` and CSV.
#![cfg(test)]

use passage::domain::{Kind, Shape};
use serde_json::{Value, json};

use crate::harness::{Passage, area, area_at, codes, rows};

fn with_statuses() -> Passage {
    let passage = Passage::start();
    passage.create(
        "/api/v1/sources",
        &json!([{ "code": "un", "name": "UN" }, { "code": "sw", "name": "Siege Watch" }]),
    );
    passage.create("/api/v1/areas", &json!([area("duma"), area("homs")]));
    let status = |code: &str,
                  area: &str,
                  scheme: &str,
                  status: &str,
                  tier: Value,
                  from: &str,
                  source: &str| {
        json!({ "code": code, "area": area, "scheme": scheme, "status": status, "tier": tier, "valid_from": from, "source": source })
    };
    passage.create(
        "/api/v1/statuses",
        &json!([
            status("s1", "duma", "un", "besieged", json!(null), "2016-01-01", "un"),
            status("s2", "duma", "siege_watch", "besieged", json!(1), "2016-02-01", "sw"),
            status("s3", "homs", "siege_watch", "watchlist", json!(3), "2016-03-01", "sw"),
            status("s4", "homs", "un", "delisted", json!(null), "2016-04-01", "un"),
        ]),
    );
    passage
}

#[test]
fn every_filter_narrows_the_list() {
    let passage = with_statuses();
    for (query, expected) in [
        ("", vec!["s1", "s2", "s3", "s4"]),
        ("scheme=un", vec!["s1", "s4"]),
        ("status=besieged", vec!["s1", "s2"]),
        ("status=watchlist,delisted", vec!["s3", "s4"]),
        ("scheme=un&status=besieged", vec!["s1"]),
        ("tier=1", vec!["s2"]),
        ("tier=1,3", vec!["s2", "s3"]),
        ("area=homs", vec!["s3", "s4"]),
        ("area=homs,duma&scheme=siege_watch", vec!["s2", "s3"]),
        ("area=nowhere", vec![]),
        ("source=sw", vec!["s2", "s3"]),
        ("source=sw&area=duma", vec!["s2"]),
        ("code=s3,s1,zz", vec!["s1", "s3"]),
        ("from=2016-02-01", vec!["s2", "s3", "s4"]),
        ("to=2016-02-01", vec!["s1", "s2"]),
        ("from=2016-02-01&to=2016-03-01", vec!["s2", "s3"]),
        ("as_of=2016-03-01", vec!["s1", "s2", "s3"]),
        ("as_of=2016-03-01T00:00:00Z&from=2016-02-02", vec!["s3"]),
        ("known_at=2016-07-25", vec![]),
        ("known_at=2016-07-26", vec!["s1", "s2", "s3", "s4"]),
        ("sort=-version", vec!["s4", "s3", "s2", "s1"]),
        ("sort=-date", vec!["s4", "s3", "s2", "s1"]),
        ("sort=date&scheme=un", vec!["s1", "s4"]),
        ("sort=code", vec!["s1", "s2", "s3", "s4"]),
    ] {
        let list = passage.read(&format!("/api/v1/statuses?{query}"));
        assert_eq!(codes(&list), expected, "{query}");
        assert_eq!(list["total"], expected.len(), "{query}");
    }
}

/// The code of the record that others name.
fn named(kind: &str) -> String {
    format!("base-{kind}")
}

/// Bodies that give every column, as JSON: a record may name those above it.
const ONE_OF_EACH: &str = r#"{
    "source": { "name": "A" },
    "organisation": { "names": "A", "org_type": "un", "source": "base-source" },
    "party": { "names": "A", "role": "state", "source": "base-source" },
    "area": { "names": "A", "pcode": "SY1", "admin1_pcode": "SY02", "admin2_pcode": "SY0201", "admin3_pcode": "SY020101",
        "country": "SYR", "source": "base-source" },
    "area_group": { "names": "A", "areas": ["base-area"] },
    "facility": { "names": "A", "facility_type": "clinic", "functioning": "working", "as_of": "2016-07-01", "area": "base-area" },
    "status": { "area": "base-area", "scheme": "un", "status": "besieged", "tier": 2, "valid_from": "2016-07-01", "besieged_by": ["base-party"] },
    "population": { "area": "base-area", "date": "2016-07-01", "people": 5, "metric": "besieged", "scheme": "un" },
    "convoy": { "mode": "airdrop", "convoy_type": "aid", "date": "2016-07-01", "organisations": ["base-organisation"],
        "checkpoints": ["base-facility"], "drops": [{ "areas": ["base-area"] }], "accounts": [{ "source": "base-source" }] },
    "pause": { "pause_type": "requested", "announced_on": "2016-07-01", "area_groups": ["base-area_group"], "parties": ["base-party"] },
    "access_request": { "answer": "denied", "requested_on": "2016-07-01", "convoys": ["base-convoy"], "authority": "base-party" },
    "stock": { "stock_type": "stock", "area": "base-area", "date": "2016-07-01", "person_days": 4, "facility": "base-facility", "owner": ["base-organisation"] },
    "incident": { "incident_type": "shelling", "date": "2016-07-01", "convoy": "base-convoy", "pause": "base-pause", "facilities": ["base-facility"] },
    "observation": { "topic": "price", "date": "2016-07-01", "convoys": ["base-convoy"], "areas": ["base-area"] },
    "logistics": { "area": "base-area", "date": "2016-07-01", "trucks": 40 },
    "plan": { "date": "2016-07-01", "horizon_days": 30, "fairness": "lexicographic", "logistics": ["base-logistics"],
        "areas": [{ "area": "base-area", "people": 9000, "needed_person_days": 270000, "loads": 5 }] },
    "recipient": { "name": "Desk", "channel": "folder", "address": "desk", "organisation": "base-organisation" },
    "schedule": { "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["base-recipient"], "areas": ["base-area"] },
    "silence": { "from": "2016-07-01", "reason": "known", "pause": "base-pause", "areas": ["base-area"] }
}"#;

/// A server with one record of each kind, and the records.
fn with_one_of_each() -> (Passage, Vec<(Kind, Value)>) {
    let passage = Passage::start();
    let bodies: Value = serde_json::from_str(ONE_OF_EACH).unwrap();
    let make = |kind: &Kind| {
        let mut body = bodies[kind.as_str()].clone();
        body["code"] = json!(named(kind.as_str()));
        (*kind, passage.create(&format!("/api/v1/{}", kind.plural()), &body))
    };
    let records = Kind::ALL.iter().map(make).collect();
    (passage, records)
}

#[test]
fn every_kind_can_be_filtered_by_every_column() {
    let (passage, made) = with_one_of_each();
    for (kind, made) in made {
        for column in kind.columns() {
            let value = &made[*column];
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_ne!(value, "null", "{kind}.{column} is given here");
            let found = passage.codes(&format!("/api/v1/{}?{column}={value}", kind.plural()));
            assert_eq!(found, [named(kind.as_str())], "{kind}.{column}");
            let shape = kind.schema().field(column).map(|field| field.shape);
            if !matches!(shape, Some(Shape::Choice(_)) | None) {
                let other = passage.codes(&format!("/api/v1/{}?{column}=9", kind.plural()));
                assert!(other.is_empty(), "{kind}.{column}");
            }
        }
    }
}

#[test]
fn every_kind_can_be_filtered_by_whatever_it_names() {
    let (passage, made) = with_one_of_each();
    for (kind, made) in made {
        let names = |target: &&Kind| {
            **target != kind
                && made.to_string().contains(&format!("\"{}\"", named(target.as_str())))
        };
        for target in Kind::ALL.iter().filter(names) {
            let lists = format!("/api/v1/{}", kind.plural());
            let found = passage.codes(&format!("{lists}?{target}={}", named(target.as_str())));
            assert_eq!(found, [named(kind.as_str())], "{kind} by {target}");
            let other = passage.codes(&format!("{lists}?{target}=other"));
            assert!(other.is_empty(), "{kind} by {target}");
        }
    }
}

/// Follows the cursors of a list to its end.
fn pages(passage: &Passage, query: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut path = format!("/api/v1/areas?{query}");
    loop {
        let page = passage.read(&path);
        found.push(codes(&page));
        let Some(next) = page["next"].as_str() else { return found };
        let next: String = url_encoded(next);
        path = format!("/api/v1/areas?{query}&cursor={next}");
    }
}

fn url_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[test]
fn following_the_cursors_gives_every_row_once_in_every_order() {
    let passage = Passage::start();
    let made: Value = (0..25)
        .map(|n| area(&format!("{}{n:02}", if n % 2 == 0 { "ح'+:" } else { "b." })))
        .collect();
    passage.create("/api/v1/areas", &made);
    for sort in ["version", "-version", "code", "date", "-date"] {
        for limit in [1, 7, 24, 25, 26] {
            let pages = pages(&passage, &format!("sort={sort}&limit={limit}"));
            assert!(pages.iter().rev().skip(1).all(|page| page.len() == limit), "{sort} {limit}");
            let all = pages.concat();
            let mut once = all.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!((all.len(), once.len()), (25, 25), "{sort} {limit}");
            if sort == "code" {
                assert_eq!(all, once, "{limit}");
            }
        }
    }
}

#[test]
fn a_list_that_grows_and_changes_while_it_is_read_stays_the_list_it_was() {
    let passage = Passage::start_today();
    passage.create("/api/v1/areas", &(0..10).map(|n| area(&format!("a{n}"))).collect());
    let first = passage.read("/api/v1/areas?limit=4&sort=-version");
    let next = url_encoded(first["next"].as_str().unwrap());
    // The time moves on by at least a millisecond before anything is written.
    let known = passage.read("/healthz")["now"].clone();
    while passage.read("/healthz")["now"] == known {}
    passage.create("/api/v1/areas", &area("new"));
    passage.put("/api/v1/areas/a1", &json!(2), &json!({ "names": "Z" })).ok(200);
    let rest = passage.read(&format!("/api/v1/areas?limit=100&sort=-version&cursor={next}"));
    assert_eq!(
        [codes(&first), codes(&rest)].concat(),
        (0..10).rev().map(|n| format!("a{n}")).collect::<Vec<_>>()
    );
}

#[test]
fn a_cursor_holds_only_for_its_own_list() {
    let passage = with_statuses();
    let list = passage.read("/api/v1/statuses?limit=1&scheme=un");
    let next = url_encoded(list["next"].as_str().unwrap());
    assert_eq!(
        passage.codes(&format!("/api/v1/statuses?scheme=un&cursor={next}&limit=5")),
        ["s4"],
        "another limit is no other list"
    );
    for query in [
        "statuses?scheme=siege_watch",
        "statuses?",
        "statuses?scheme=un&sort=code",
        "statuses.geojson?scheme=un",
        "areas?",
        "statuses?scheme=un&as_of=2016-07-01",
    ] {
        let problem =
            passage.get(&format!("/api/v1/{query}&cursor={next}")).problem(422, "invalid");
        assert!(problem.at("cursor").contains("begin without one"), "{query}: {}", problem.0);
    }
    for broken in
        [&next[1..], "x", ".", "....", "-", "%00", &format!("{next}9"), &next.replace("%2E", ".x")]
    {
        let status = passage.get(&format!("/api/v1/statuses?scheme=un&cursor={broken}")).status;
        assert!([200, 422].contains(&status), "{broken}: {status}");
    }
}

#[test]
fn a_cursor_can_be_put_into_an_address_as_it_stands() {
    let passage = with_statuses();
    for sort in ["version", "code", "-date"] {
        let list = passage.read(&format!("/api/v1/statuses?limit=1&sort={sort}"));
        let next = list["next"].as_str().unwrap();
        let answer = passage.get(&format!("/api/v1/statuses?limit=1&sort={sort}&cursor={next}"));
        assert_eq!(answer.status, 200, "{next}: {}", answer.text);
    }
}

fn with_places() -> Passage {
    let passage = Passage::start();
    let unplaced = area("unplaced");
    passage.create(
        "/api/v1/areas",
        &json!([area_at("duma", 36.40, 33.57), area_at("homs", 36.72, 34.73), unplaced]),
    );
    passage.create("/api/v1/convoys", &json!([
        { "code": "c1", "mode": "cross_line", "date": "2016-07-01", "drops": [{ "areas": ["duma"] }] },
        { "code": "c2", "mode": "cross_line", "date": "2016-07-01", "drops": [{ "areas": ["homs"] }, { "areas": ["homs", "duma"] }] },
        { "code": "c3", "mode": "cross_line", "date": "2016-07-01", "drops": [{ "areas": ["unplaced"] }] },
    ]));
    let people = |code: &str, area: &str| json!({ "code": code, "area": area, "date": "2016-07-01", "people": 5, "metric": "residents" });
    passage.create("/api/v1/populations", &json!([people("p1", "duma"), people("p2", "homs")]));
    passage.create("/api/v1/incidents", &json!([
        { "code": "i1", "incident_type": "shelling", "date": "2016-07-01", "areas": ["homs", "duma"] },
        { "code": "i2", "incident_type": "shelling", "date": "2016-07-01" },
    ]));
    passage.create("/api/v1/facilities", &json!([
        { "code": "f1", "names": "F", "facility_type": "clinic", "area": "homs", "position": { "lon": 36.41, "lat": 33.57 } },
        { "code": "f2", "names": "F", "facility_type": "clinic", "area": "homs" },
    ]));
    passage
}

#[test]
fn what_lies_in_a_box_or_close_to_a_point_is_found_by_its_own_place_or_by_its_areas() {
    let passage = with_places();
    let (duma, homs) = ("bbox=36,33,37,34", "near=36.72,34.73,1");
    for (kinds, query, expected) in [
        ("areas", duma, vec!["duma"]),
        ("areas", homs, vec!["homs"]),
        ("areas", "near=36.29,33.51,12.5", vec!["duma"]),
        ("areas", "near=36.29,33.51,11.9", vec![]),
        ("areas", "bbox=-180,-90,180,90", vec!["duma", "homs"]),
        ("areas", "bbox=37,33,36,35", vec![]),
        ("areas", "near=0,0,20000", vec!["duma", "homs"]),
        ("convoys", duma, vec!["c1", "c2"]),
        ("convoys", homs, vec!["c2"]),
        ("convoys", "near=36.5,34.2,1", vec![]),
        ("populations", duma, vec!["p1"]),
        ("populations", homs, vec!["p2"]),
        ("incidents", duma, vec!["i1"]),
        ("incidents", homs, vec!["i1"]),
        ("facilities", duma, vec!["f1"]),
        ("facilities", homs, vec!["f2"]),
        ("facilities", "bbox=36,33,37,34&facility_type=bakery", vec![]),
    ] {
        assert_eq!(passage.codes(&format!("/api/v1/{kinds}?{query}")), expected, "{kinds}?{query}");
    }
}

#[test]
fn geojson_is_a_collection_of_features_longitude_first() {
    let passage = with_places();
    let answer = passage.get("/api/v1/areas.geojson?limit=2");
    assert_eq!(answer.header("Content-Type"), "application/geo+json");
    let collection = answer.ok(200);
    assert_eq!(
        (&collection["type"], &collection["total"]),
        (&json!("FeatureCollection"), &json!(3))
    );
    assert!(collection["next"].is_string(), "{collection}");
    let feature = &collection["features"][0];
    assert_eq!(feature["type"], "Feature");
    assert_eq!(feature["geometry"], json!({ "type": "Point", "coordinates": [36.4, 33.57] }));
    assert_eq!(feature["id"], feature["properties"]["id"]);
    assert_eq!(feature["properties"]["names"]["en"], "duma");
    let unplaced = passage.read("/api/v1/areas.geojson?code=unplaced");
    assert_eq!(unplaced["features"][0]["geometry"], Value::Null);
    let convoys = passage.read("/api/v1/convoys.geojson?code=c1,i1");
    assert_eq!(
        convoys["features"][0]["geometry"],
        json!({ "type": "Point", "coordinates": [36.4, 33.57] })
    );
    let incident = passage.read("/api/v1/incidents.geojson?code=i1");
    let both = json!({ "type": "MultiPoint", "coordinates": [[36.72, 34.73], [36.4, 33.57]] });
    assert_eq!(incident["features"][0]["geometry"], both);
    let facility = passage.read("/api/v1/facilities.geojson?near=36.41,33.57,1");
    assert_eq!(facility["features"][0]["geometry"]["coordinates"], json!([36.41, 33.57]));
}

#[test]
fn an_outline_is_shown_as_it_was_given() {
    let passage = Passage::start();
    let ring = json!([[[36.1, 33.1], [36.9, 33.1], [36.9, 33.9], [36.1, 33.1]]]);
    let outlined =
        json!({ "code": "a", "names": "A", "outline": { "type": "Polygon", "coordinates": ring } });
    passage.create("/api/v1/areas", &outlined);
    let collection = passage.read("/api/v1/areas.geojson");
    let geometry = &collection["features"][0]["geometry"];
    assert_eq!(geometry, &json!({ "type": "MultiPolygon", "coordinates": [ring] }));
    assert_eq!(passage.codes("/api/v1/areas?bbox=36,33,37,34"), ["a"], "it lies at its centre");
}

#[test]
fn every_kind_has_its_csv_with_a_header_and_a_row_of_tags() {
    let passage = with_places();
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}.csv", kind.plural());
        let answer = passage.get(&path);
        assert_eq!(answer.status, 200, "{kind}");
        assert_eq!(answer.header("Content-Type"), "text/csv; charset=utf-8", "{kind}");
        assert_eq!(
            answer.header("Content-Disposition"),
            format!("attachment; filename=\"{}.csv\"", kind.plural())
        );
        let mut lines = answer.text.lines();
        let (header, tags) = (lines.next().unwrap(), lines.next().unwrap());
        assert!(header.starts_with("code,"), "{kind}: {header}");
        assert!(
            tags.starts_with('#')
                && tags.split(',').filter(|tag| !tag.is_empty()).all(|tag| tag.starts_with('#')),
            "{kind}: {tags}"
        );
        assert_eq!(header.split(',').count(), tags.split(',').count(), "{kind}");
    }
    let csv = passage.get("/api/v1/areas.csv?code=duma,homs&limit=1").text;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.lines().nth(2).unwrap().starts_with("duma,"), "{csv}");
}

#[test]
fn a_page_of_csv_that_is_not_the_last_says_so() {
    let passage = with_places();
    let answer = passage.get("/api/v1/areas.csv?limit=1");
    // A spreadsheet has no place for `next`: without a header the rest is silently missing.
    assert!(answer.headers.contains_key("Link"), "{:?}", answer.headers);
}

#[test]
fn what_a_spreadsheet_would_run_is_written_as_text() {
    let passage = Passage::start();
    passage.create(
        "/api/v1/areas",
        &json!({ "code": "a", "names": "=HYPERLINK(\"http://x\")", "note": "+1,\n\"two\"" }),
    );
    let csv = passage.get("/api/v1/areas.csv").text;
    assert!(!csv.contains(",=") && !csv.contains(",\"="), "{csv}");
    assert!(!csv.contains(",+1") && !csv.contains(",\"+1"), "{csv}");
}

#[test]
fn the_thousandth_row_is_there_and_no_page_is_longer() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &(0..1_001).map(|n| area(&format!("a{n:04}"))).collect());
    let page = passage.read("/api/v1/areas?limit=1000");
    assert_eq!((rows(&page).len(), &page["total"]), (1_000, &json!(1_001)));
    assert_eq!(rows(&passage.read("/api/v1/areas")).len(), 100);
}
