//! What must be refused, in words that help, with nothing stored.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{How, Passage, Problem, Sends, area, area_at};

/// Posts what must be refused, and makes sure that nothing was stored.
#[track_caller]
fn refused(passage: &Passage, kinds: &str, body: &Value) -> Problem {
    let before = passage.counts(kinds);
    let problem = passage.post(&format!("/api/v1/{kinds}"), body).problem(422, "invalid");
    assert_eq!(passage.counts(kinds), before, "something was stored");
    problem
}

/// Posts a text that cannot be read as JSON.
#[track_caller]
fn unreadable(passage: &Passage, text: impl Into<reqwest::blocking::Body>) -> Problem {
    let problem = passage.post_text("/api/v1/areas", text).problem(400, "unreadable");
    assert_eq!(passage.counts("areas"), (0, 0));
    problem
}

fn population(people: &Value) -> Value {
    json!({ "area": "duma", "date": "2016-07-01", "people": people, "metric": "besieged" })
}

fn with_area() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    passage
}

#[test]
fn numbers_that_count_nothing_are_refused_each_at_its_place() {
    let passage = with_area();
    for (people, pointer, says) in [
        (json!(-1), "/people", "zero or more"),
        (json!(1e12), "/people", "at most 100,000,000,000"),
        (json!({ "low": -1 }), "/people/low", "zero or more"),
        (json!({ "high": 1e300 }), "/people/high", "at most"),
        (json!({ "low": 3, "best": 2 }), "/people", "low ≤ best ≤ high"),
        (json!({ "low": 3, "high": 2 }), "/people", "low ≤ best ≤ high"),
        (json!({ "best": 3, "high": 2 }), "/people", "low ≤ best ≤ high"),
        (json!("many"), "/people", "must be a number, got the text \"many\""),
        (json!("8000"), "/people", "must be a number"),
        (json!(true), "/people", "must be a number"),
        (json!([1, 2]), "/people", "must be a number, got a list"),
        (json!({ "about": 3 }), "/people/about", "low, best, high"),
        (json!({}), "/people", "is required"),
        (json!(null), "/people", "is required"),
    ] {
        let problem = refused(&passage, "populations", &population(&people));
        assert!(problem.at(pointer).contains(says), "{people}: {}", problem.0);
    }
    let mut parts = population(&json!(10));
    parts["women"] = json!(-1);
    parts["men"] = json!(1.5);
    parts["places"] = json!(1e15);
    let problem = refused(&passage, "populations", &parts);
    assert_eq!(problem.pointers(), ["/places", "/women", "/men"]);
    let mut parts = population(&json!(10));
    parts["girls"] = json!(11);
    assert_eq!(refused(&passage, "populations", &parts).pointers(), ["/people"]);
}

#[test]
fn numbers_that_json_does_not_know_are_unreadable() {
    let passage = Passage::start();
    for number in
        ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1e", "0x10", "01", "1.", "١٢"]
    {
        let body =
            format!("{{\"names\": \"A\", \"position\": {{\"lon\": {number}, \"lat\": 33}}}}");
        let problem = unreadable(&passage, body);
        assert!(problem.detail().contains("line 1 column"), "{number}: {}", problem.detail());
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let passage = Passage::start();
    let convoy = json!({
        "mode": "by_foot", "date": "2016-13-01", "colour": "red", "organisations": "WFP",
        "drops": [{ "trucks": -4, "areas": [7], "lines": [{ "loaded": "ten", "taste": 1 }] }],
        "accounts": [{ "outcome": "good", "trucks": { "best": -1, "mean": 2 } }],
    });
    let problem = refused(&passage, "convoys", &convoy);
    let mut pointers = problem.pointers();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "/accounts/0/outcome",
            "/accounts/0/trucks/best",
            "/accounts/0/trucks/mean",
            "/colour",
            "/date",
            "/drops/0/areas/0",
            "/drops/0/lines/0/commodity",
            "/drops/0/lines/0/loaded",
            "/drops/0/lines/0/taste",
            "/drops/0/trucks",
            "/mode",
            "/organisations",
        ]
    );
    assert!(
        problem
            .at("/mode")
            .contains("cross_line, cross_border, airdrop, airlift, local_distribution")
    );
    assert!(problem.at("/drops/0/lines/0/taste").contains("line has commodity, description"));
    assert!(problem.detail().starts_with("12 "), "{}", problem.detail());
}

#[test]
fn dates_that_no_calendar_has_are_refused() {
    let passage = Passage::start();
    for date in [
        "2016-02-30",
        "2016-13-01",
        "2016-00-10",
        "1899-12-31",
        "0000-01-01",
        "2201-01-01",
        "9999-12-31",
        "26/07/2016",
        "07/26/2016",
        "2016-7-26",
        "2016-07",
        "20160726",
        "2016-07-26T25:00:00Z",
        "2016-07-26T10:00",
        "yesterday",
        "",
        "2016-07-26 ",
        "+2016-7-26",
        "2016- 7-26",
        "2016-07-26T10:00:00",
        "-2016-07-26",
    ] {
        let problem =
            refused(&passage, "incidents", &json!({ "incident_type": "shelling", "date": date }));
        assert_eq!(problem.pointers(), ["/date"], "{date}");
    }
    for date in [json!(20_160_726), json!(null), json!({ "year": 2016 })] {
        let problem =
            refused(&passage, "incidents", &json!({ "incident_type": "shelling", "date": date }));
        assert_eq!(problem.pointers(), ["/date"], "{date}");
    }
    let leap = json!({ "incident_type": "shelling", "date": "2016-02-29" });
    passage.create("/api/v1/incidents", &leap);
}

#[test]
fn places_off_the_earth_or_far_outside_the_country_are_refused() {
    let passage = Passage::start();
    let placed = |lon: Value, lat: Value| json!({ "names": "A", "country": "SYR", "position": { "lon": lon, "lat": lat } });
    for (lon, lat, wrong) in [
        (36.4, 91.0, &[("/position/lat", "-90 and 90")][..]),
        (181.0, 33.0, &[("/position/lon", "-180 and 180")]),
        (36.4, -90.01, &[("/position/lat", "-90 and 90")]),
        (200.0, 95.0, &[("/position/lon", "-180 and 180"), ("/position/lat", "-90 and 90")]),
    ] {
        let problem = refused(&passage, "areas", &placed(json!(lon), json!(lat)));
        assert_eq!(problem.pointers(), wrong.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        for (at, says) in wrong {
            assert!(problem.at(at).contains(says), "{}", problem.0);
        }
    }
    let swapped = refused(&passage, "areas", &placed(json!(33.57), json!(36.4)));
    assert!(
        swapped.at("/position").contains("longitude and latitude seem to be swapped"),
        "{}",
        swapped.0
    );
    let far = refused(&passage, "areas", &placed(json!(10), json!(50)));
    assert!(far.at("/position").contains("far outside Syria"), "{}", far.0);
    assert!(!far.at("/position").contains("swapped"), "{}", far.0);
    let by_pcode =
        json!({ "names": "A", "admin1_pcode": "SY02", "position": { "lon": 33.57, "lat": 36.4 } });
    assert!(refused(&passage, "areas", &by_pcode).at("/position").contains("swapped"));
    let half =
        refused(&passage, "areas", &json!({ "names": "A", "position": { "lat": 33, "alt": 600 } }));
    assert_eq!(half.pointers(), ["/position/alt", "/position/lon"]);
    refused(&passage, "areas", &json!({ "names": "A", "position": [36.4, 33.57] }));
    refused(&passage, "areas", &placed(json!("36.4"), json!("33.57")));
    assert_eq!(
        refused(&passage, "areas", &json!({ "names": "A", "country": "Atlantis" })).pointers(),
        ["/country"]
    );
}

#[test]
fn a_facility_far_outside_the_country_of_its_area_is_refused() {
    let passage = Passage::start();
    let mut duma = area_at("duma", 36.4, 33.57);
    duma["country"] = json!("SYR");
    passage.create("/api/v1/areas", &duma);
    let clinic = json!({ "names": "C", "facility_type": "clinic", "area": "duma", "position": { "lon": 33.57, "lat": 36.4 } });
    let problem = refused(&passage, "facilities", &clinic);
    assert!(problem.at("/position").contains("swapped"), "{}", problem.0);
}

fn outlined(coordinates: &Value) -> Value {
    json!({ "names": "A", "outline": { "type": "Polygon", "coordinates": coordinates } })
}

#[test]
fn outlines_that_are_no_polygons_are_refused() {
    let passage = Passage::start();
    for coordinates in [
        json!([[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]),
        json!([[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[3, 3], [6, 3], [6, 6], [3, 6], [3, 3]]]),
        json!([[[0, 0], [1, 0], [0, 0]]]),
        json!([[[0, 0], [1, 0]]]),
        json!([[[0, 0]]]),
        json!([[]]),
        json!([]),
        json!([[[0, 0], [0, 0], [0, 0], [0, 0]]]),
        json!([[[200, 0], [201, 0], [201, 1], [200, 0]]]),
        json!([[[0, 91], [1, 91], [1, 92], [0, 91]]]),
        json!([[["0", "0"], ["1", "0"], ["1", "1"], ["0", "0"]]]),
        json!([0, 0]),
        json!("POLYGON((0 0))"),
        json!(null),
        json!([[null, null, null, null]]),
    ] {
        let problem = refused(&passage, "areas", &outlined(&coordinates));
        assert_eq!(problem.pointers(), ["/outline"], "{coordinates}");
    }
    for outline in [
        json!({ "type": "Point", "coordinates": [36.4, 33.5] }),
        json!({ "type": "Polygon" }),
        json!({ "type": "Circle" }),
        json!({ "type": "GeometryCollection", "geometries": [] }),
        json!({}),
        json!([]),
        json!("x"),
        json!(3),
        json!({ "type": "MultiPolygon", "coordinates": [] }),
        json!({ "type": "MultiPolygon", "coordinates": [[]] }),
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Point", "coordinates": [0, 0] } }),
    ] {
        let problem = refused(&passage, "areas", &json!({ "names": "A", "outline": outline }));
        assert_eq!(problem.pointers(), ["/outline"], "{outline}");
    }
}

#[test]
fn a_corner_with_one_number_is_refused_and_harms_nobody() {
    let passage = Passage::start();
    for coordinates in [json!([[[1], [2], [3], [1]]]), json!([[[], [], [], []]])] {
        let problem = refused(&passage, "areas", &outlined(&coordinates));
        assert_eq!(problem.pointers(), ["/outline"], "{coordinates}");
    }
}

/// A ring of so many corners around a point.
fn ring(corners: u32) -> Value {
    let corner = |n: u32| {
        let angle = std::f64::consts::TAU * f64::from(n % corners) / f64::from(corners);
        json!([36.4 + 0.3 * angle.cos(), 33.5 + 0.3 * angle.sin()])
    };
    (0..=corners).map(corner).collect()
}

#[test]
fn an_outline_of_two_hundred_thousand_corners_is_refused() {
    let passage = Passage::start();
    let problem = refused(&passage, "areas", &outlined(&json!([ring(200_000)])));
    assert!(
        problem.at("/outline").contains("at most")
            || problem.at("/outline").contains("5000 corners"),
        "{}",
        problem.0
    );
    let made = passage.create("/api/v1/areas", &outlined(&json!([ring(1_000)])));
    assert_eq!(made["outline"]["coordinates"][0][0].as_array().unwrap().len(), 1_001);
}

#[test]
fn an_outline_of_very_many_islands_holds_nobody_up() {
    let passage = Passage::start();
    let island = |n: u32| {
        let (lon, lat) = (36.0 + f64::from(n % 50) * 0.02, 33.0 + f64::from(n / 50) * 0.02);
        json!([[[lon, lat], [lon + 0.01, lat], [lon, lat + 0.01], [lon, lat]]])
    };
    let islands: Value = (0..600).map(island).collect();
    let area = json!({ "code": "isles", "names": "A", "outline": { "type": "MultiPolygon", "coordinates": islands } });
    // Refused or taken, but not so slow that the request is cut off, or the server with it.
    let answer = passage.post("/api/v1/areas", &area);
    assert!([201, 422].contains(&answer.status), "{}", answer.text);
}

#[test]
fn unknown_words_unknown_fields_and_unknown_codes_are_named() {
    let passage = with_area();
    let status = json!({ "area": "homs", "scheme": "who", "status": "starving", "valid_from": "2016-07-01" });
    let problem = refused(&passage, "statuses", &status);
    assert_eq!(problem.at("/scheme"), "must be one of un, siege_watch, press, own, got who");
    assert!(problem.at("/status").contains("besieged, hard_to_reach, watchlist"), "{}", problem.0);
    let status =
        json!({ "area": "homs", "scheme": "un", "status": "besieged", "valid_from": "2016-07-01" });
    assert_eq!(refused(&passage, "statuses", &status).at("/area"), "there is no area homs");
    let status = json!({ "scheme": "un", "status": "besieged" });
    assert_eq!(refused(&passage, "statuses", &status).pointers(), ["/area", "/valid_from"]);
    let names = refused(&passage, "areas", &json!({ "names": { "en": "A", "klingon": "B" } }));
    assert_eq!(names.at("/names/klingon"), "unknown language; known are en, ar, fr");
    let tilde = refused(&passage, "areas", &json!({ "names": "A", "a/b~c": 1 }));
    assert_eq!(tilde.pointers(), ["/a~1b~0c"], "a JSON pointer escapes");
}

#[test]
fn only_json_is_taken_and_only_as_json() {
    let passage = Passage::start();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/csv",
        "application/xml",
        "application/jsonp",
        "",
    ] {
        let request = passage.with(&passage.coordinator, Method::POST, "/api/v1/areas");
        let answer =
            request.header("Content-Type", content_type).body(area("a").to_string()).answer();
        let problem = answer.problem(415, "unsupported_media_type");
        assert!(problem.detail().contains("application/json"), "{}", problem.detail());
    }
    let none = passage
        .with(&passage.coordinator, Method::POST, "/api/v1/areas")
        .body(area("a").to_string())
        .answer();
    none.problem(415, "unsupported_media_type");
    assert_eq!(passage.counts("areas"), (0, 0));
    let request = passage.with(&passage.coordinator, Method::POST, "/api/v1/areas");
    request
        .header("Content-Type", "Application/JSON ; charset=utf-8")
        .body(area("a").to_string())
        .answer()
        .ok(201);
}

#[test]
fn what_is_no_json_is_unreadable() {
    let passage = Passage::start();
    for text in [
        "",
        " ",
        "{",
        "{\"names\": \"A\"",
        "{'names': 'A'}",
        "{\"names\": \"A\",}",
        "names=A",
        "{} {}",
        "{\"a\":\"\\ud800\"}",
        "\u{feff}{\"names\":\"A\"}",
    ] {
        unreadable(&passage, text);
    }
    let broken = unreadable(&passage, b"{\"names\": \"Dum\xffa\"}".to_vec());
    assert!(broken.detail().contains("not UTF-8 from byte 14"), "{}", broken.detail());
    unreadable(&passage, "[".repeat(100_000));
    unreadable(&passage, "{\"a\":".repeat(100_000));
    unreadable(&passage, format!("{{\"names\": {}1{}}}", "[".repeat(50_000), "]".repeat(50_000)));
    for body in [json!(null), json!(3), json!("A"), json!(true)] {
        assert_eq!(refused(&passage, "areas", &body).pointers(), [""], "{body}");
    }
}

#[test]
fn a_body_over_the_limit_is_refused_also_when_its_length_is_not_told() {
    let settings = "[server]\nbody_limit_bytes = 4096".to_owned();
    let passage = Passage::start_as(How { settings, ..How::default() });
    let large = json!({ "names": "A", "note": "x".repeat(5_000) }).to_string();
    let told = passage.post_text("/api/v1/areas", large.clone()).problem(413, "too_large");
    assert!(told.detail().contains("4096 bytes"), "{}", told.detail());
    let chunked = reqwest::blocking::Body::new(std::io::Cursor::new(large.clone()));
    passage.post_text("/api/v1/areas", chunked).problem(413, "too_large");
    for path in [
        "/api/v1/areas/a",
        "/api/v1/areas/a/withdraw",
        "/api/v1/convoys/a/events",
        "/api/v1/tokens",
    ] {
        let method = if path.ends_with("/a") { Method::PUT } else { Method::POST };
        let request =
            passage.with(&passage.admin, method, path).header("Content-Type", "application/json");
        request
            .body(reqwest::blocking::Body::new(std::io::Cursor::new(large.clone())))
            .answer()
            .problem(413, "too_large");
    }
    let fits = json!({ "names": "A", "note": "x".repeat(4_000) }).to_string();
    passage
        .post_text("/api/v1/areas", reqwest::blocking::Body::new(std::io::Cursor::new(fits)))
        .ok(201);
}

#[test]
fn an_empty_batch_is_refused() {
    let passage = Passage::start();
    let problem = refused(&passage, "areas", &json!([]));
    assert_eq!(problem.pointers(), [""]);
}

#[test]
fn a_flood_of_mistakes_gets_a_short_answer() {
    let passage = Passage::start();
    let items: Value = (0..100_000).map(|_| json!({})).collect();
    let answer = passage.post("/api/v1/convoys", &items);
    assert!(answer.text.len() < 1_000_000, "{} bytes", answer.text.len());
    let problem = answer.problem(422, "invalid");
    assert_eq!(problem.pointers()[..2], ["/0/mode", "/0/date"]);
    let fields = (0..20_000).map(|n| (format!("field_{n}"), json!(1))).collect();
    let answer = passage.post("/api/v1/convoys", &Value::Object(fields));
    assert!(answer.text.len() < 1_000_000, "{} bytes", answer.text.len());
    let answer = passage.post("/api/v1/convoys", &json!({ "n".repeat(1_000_000): 1 }));
    assert!(answer.text.len() < 100_000, "{} bytes", answer.text.len());
    assert_eq!(passage.counts("convoys"), (0, 0));
}

#[test]
fn lists_and_texts_have_an_end() {
    let passage = with_area();
    let long: Value = (0..2_001).map(|_| json!("duma")).collect();
    let problem = refused(&passage, "area_groups", &json!({ "names": "G", "areas": long }));
    assert!(problem.at("/areas").contains("at most 2000 items, got 2001"), "{}", problem.0);
    for (note, says) in [
        ("x".repeat(8_001), "1 to 8000"),
        (String::new(), "1 to 8000"),
        (" \n ".to_owned(), "1 to 8000"),
        ("a\u{0}b".to_owned(), "control"),
        ("a\u{1b}[31mb".to_owned(), "control"),
        ("a\u{85}".to_owned() + "b", "control"),
    ] {
        let problem = refused(&passage, "areas", &json!({ "names": "A", "note": note }));
        assert!(problem.at("/note").contains(says), "{note:?}: {}", problem.0);
    }
    let problem = refused(&passage, "areas", &json!({ "names": { "en": 3, "ar": "" } }));
    assert_eq!(problem.pointers(), ["/names/en", "/names/ar"]);
    assert_eq!(refused(&passage, "areas", &json!({ "names": {} })).pointers(), ["/names"]);
}

#[test]
fn a_text_from_windows_keeps_its_lines() {
    let passage = Passage::start();
    let made = passage.create("/api/v1/areas", &json!({ "names": "A", "note": "first\r\nsecond" }));
    assert_eq!(made["note"], "first\nsecond");
}

#[test]
fn codes_that_cannot_stand_in_an_address_are_refused() {
    let passage = Passage::start();
    for code in [
        "",
        " ",
        "a b",
        "a/b",
        "../../etc/passwd",
        "..%2f",
        "a\u{0}",
        "a\nb",
        "a?b",
        "a#b",
        "a&b",
        "a,b",
        "<script>",
        "a\"b",
        &"x".repeat(81),
    ] {
        let problem = refused(&passage, "areas", &json!({ "code": code, "names": "A" }));
        assert!(problem.at("/code").contains("1 to 80 letters, digits"), "{code}: {}", problem.0);
    }
    for code in [json!(7), json!({}), json!(["a"])] {
        assert_eq!(
            refused(&passage, "areas", &json!({ "code": code, "names": "A" })).pointers(),
            ["/code"]
        );
    }
    passage.create("/api/v1/areas", &json!({ "code": "ب".repeat(80), "names": "A" }));
}

#[test]
fn a_code_of_dots_cannot_be_reached_and_is_refused() {
    // Clients take /areas/.. and /areas/. for other addresses (RFC 3986, 5.2.4).
    let passage = Passage::start();
    for code in [".", ".."] {
        assert_eq!(
            refused(&passage, "areas", &json!({ "code": code, "names": "A" })).pointers(),
            ["/code"],
            "{code}"
        );
    }
}

#[test]
fn references_that_lead_nowhere_are_not_found_and_harm_nobody() {
    let passage = with_area();
    let long = "x".repeat(8_000);
    for reference in [
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2f",
        "%00",
        "a%00b",
        "%FF%FE",
        "%",
        "%zz",
        "'%20OR%201=1--",
        "%22",
        "duma%20",
        "*",
        "%D8%A7",
        "null",
        &long,
    ] {
        for path in [
            format!("/api/v1/areas/{reference}"),
            format!("/api/v1/areas/{reference}/history"),
            format!("/api/v1/convoys/{reference}/coverage"),
        ] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nHost: p\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n",
                passage.viewer
            );
            let answer = passage.raw(request.as_bytes());
            assert!(
                answer.starts_with("HTTP/1.1 404") || answer.starts_with("HTTP/1.1 400"),
                "{path}: {answer}"
            );
        }
    }
    passage.get("/api/v1/areas/DUMA").problem(404, "not_found");
    passage.get("/api/v1/areas/00000000-0000-0000-0000-000000000000").problem(404, "not_found");
    passage
        .post("/api/v1/areas/nowhere/withdraw", &json!({ "reason": "x" }))
        .problem(404, "not_found");
}

#[test]
fn an_address_that_is_too_long_is_refused_and_harms_nobody() {
    let passage = with_area();
    let codes = "a,".repeat(32_000);
    let answer = passage.raw(format!("GET /api/v1/areas?code={codes} HTTP/1.1\r\nHost: p\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n", passage.viewer).as_bytes());
    assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    let answer =
        passage.raw(format!("GET /{} HTTP/1.1\r\nHost: p\r\n\r\n", "a".repeat(200_000)).as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    let answer = passage
        .raw(format!("GET / HTTP/1.1\r\nHost: p\r\nX: {}\r\n\r\n", "a".repeat(200_000)).as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(passage.codes("/api/v1/areas"), ["duma"]);
}

/// A question, the parameter that is wrong with it, and what is said.
const WRONG_QUESTIONS: &[(&str, &str, &str)] = &[
    ("areas?limit=0", "limit", "between 1 and 1000"),
    ("areas?limit=1001", "limit", "between 1 and 1000"),
    ("areas?limit=-1", "limit", "between 1 and 1000"),
    ("areas?limit=ten", "limit", "between 1 and 1000"),
    ("areas?limit=1.5", "limit", ""),
    ("areas?limit=NaN", "limit", ""),
    ("areas?colour=red", "colour", "unknown parameter; known are as_of, known_at"),
    ("areas?code=a&code=b", "code", "given twice"),
    ("areas?sort=size", "sort", "version, -version, code, date, -date"),
    ("areas?expand=some", "expand", "must be all"),
    ("areas?withdrawn=perhaps", "withdrawn", "true"),
    ("areas?as_of=2016-02-30", "as_of", "a date that exists"),
    ("areas?known_at=1066-10-14", "known_at", "1900"),
    ("areas?from=x&to=y", "from", "YYYY-MM-DD"),
    ("areas?bbox=1,2,3", "bbox", "west,south,east,north"),
    ("areas?bbox=1,2,3,x", "bbox", "west,south,east,north"),
    ("areas?bbox=1,50,3,40", "bbox", "south not above north"),
    ("areas?bbox=-181,0,0,1", "bbox", "west,south,east,north"),
    ("areas?bbox=NaN,0,0,1", "bbox", "west,south,east,north"),
    ("areas?near=36,33", "near", "lon,lat,km"),
    ("areas?near=36,91,5", "near", "lon,lat,km"),
    ("areas?near=36,33,-5", "near", "lon,lat,km"),
    ("areas?near=36,33,inf", "near", "lon,lat,km"),
    ("areas?cursor=abc", "cursor", "begin without one"),
    ("statuses?status=starving", "status", "besieged, hard_to_reach"),
    ("statuses?scheme=un,who", "scheme", "got who"),
    ("convoys?stage=flying", "stage", "planned, requested"),
    ("populations?metric=everybody", "metric", "residents, besieged"),
    ("totals?by=village", "by", "area, admin1"),
    ("totals?scheme=who", "scheme", "or any"),
    ("totals?policy=first", "policy", "latest, most_reliable, median, max"),
    ("totals?metric=x", "metric", "residents"),
    ("totals?area=duma", "area", "unknown parameter"),
    ("coverage?area=homs", "area", "there is no area homs"),
    ("coverage?from=2016-07-20&to=2016-07-10", "from", "after to"),
    ("alerts?severity=deadly", "severity", "low, medium, high, critical"),
    ("alerts?rule=hunger", "rule", "no_delivery"),
    ("changes?after=x", "after", "whole number"),
    ("changes?limit=0", "limit", "between 1 and 1000"),
    ("changes?limit=1001", "limit", "between 1 and 1000"),
];

#[test]
fn every_wrong_parameter_is_named() {
    let passage = with_area();
    let wrong = |query: &str| passage.get(&format!("/api/v1/{query}")).problem(422, "invalid");
    for (query, pointer, says) in WRONG_QUESTIONS {
        let problem = wrong(query);
        assert!(problem.at(pointer).contains(says), "{query}: {}", problem.0);
    }
    let several = wrong("areas?limit=0&colour=red&sort=size&bbox=1");
    assert_eq!(several.pointers(), ["bbox", "sort", "limit", "colour"]);
    passage.create(
        "/api/v1/convoys",
        &json!({ "code": "c1", "mode": "airdrop", "date": "2016-07-01" }),
    );
    for days in ["0", "-1", "99999", "many", "NaN"] {
        wrong(&format!("convoys/c1/coverage?days={days}")).at("days");
    }
    wrong("areas/duma?limit=3").at("limit");
    wrong("areas/duma/history?as_of=2016-07-01").at("as_of");
}

#[test]
fn a_query_that_is_broken_harms_nobody() {
    let passage = with_area();
    for query in [
        "%",
        "%FF",
        "code=%FF",
        "&&&",
        "=",
        "code",
        "code=%00",
        "near=%00",
        "a[]=1",
        "code=%F0%9F%92%A9",
    ] {
        let status = passage.get(&format!("/api/v1/areas?{query}")).status;
        assert!([200, 400, 422].contains(&status), "{query}: {status}");
    }
}
