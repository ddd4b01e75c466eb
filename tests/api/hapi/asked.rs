//! What can be asked, and how HAPI says that it cannot.
#![cfg(test)]

use serde_json::json;

use super::{NEEDS, POPULATION, ask, column, count, rows, world};
use crate::harness::Passage;

fn counted() -> Passage {
    let passage = world();
    count(&passage, "daraya", "2016-06-10", "residents", &json!(4_000));
    count(&passage, "duma", "2016-06-20", "residents", &json!(90_000));
    count(&passage, "foah", "2016-06-30", "residents", &json!({ "low": 9_000 }));
    passage
}

#[test]
fn codes_are_matched_whole_and_names_in_part_whatever_the_letters() {
    let passage = counted();
    for (question, expected) in [
        ("location_code=syr", 3),
        ("location_code=sy", 0),
        ("location_code=SY_", 0),
        ("location_name=YRI", 3),
        ("location_name=%25", 0),
        ("provider_admin2_name=0%25%20d", 1),
        ("provider_admin2_name=Dar_yya", 0),
        ("admin1_code=sy03", 2),
        ("admin1_name=damascus", 2),
        ("admin2_code=SY0701", 1),
        ("admin_level=2", 3),
        ("admin_level=1", 0),
        ("gender=all", 3),
        ("age_range=ALL", 3),
        ("has_hrp=true", 0),
        ("has_hrp=false", 0),
        ("location_code=", 3),
        ("location_code=LBN&location_code=SYR", 3),
        ("some_new_parameter=1", 3),
        ("app_identifier=bm90IHJlYWQ=", 3),
    ] {
        let found = rows(&passage, &format!("{POPULATION}?{question}")).len();
        assert_eq!(found, expected, "{question}");
    }
}

#[test]
fn what_is_unknown_is_neither_more_nor_less() {
    let passage = counted();
    for (question, expected) in [
        ("population_min=4000", 2),
        ("population_min=4001", 1),
        ("population_max=4000", 1),
        ("population_min=0", 2),
    ] {
        let found = rows(&passage, &format!("{POPULATION}?{question}")).len();
        assert_eq!(found, expected, "{question}");
    }
}

#[test]
fn a_time_is_asked_for_by_overlap() {
    let passage = counted();
    for (question, expected) in [
        ("start_date=2016-06-20", 2),
        ("start_date=2016-06-20T23:59:59", 2),
        ("start_date=2016-06-21", 1),
        ("end_date=2016-06-20", 2),
        ("end_date=2016-06-19", 1),
        ("end_date=2016-06-20T00:00:00", 2),
        ("start_date=2016-06&end_date=2016-06", 3),
        ("start_date=2016&end_date=2016", 3),
        ("end_date=2015", 0),
        ("start_date=2017", 0),
    ] {
        let found = rows(&passage, &format!("{POPULATION}?{question}")).len();
        assert_eq!(found, expected, "{question}");
    }
}

#[test]
fn pages_follow_one_another_and_say_how_many_there_are() {
    let passage = counted();
    let first = ask(&passage, &format!("{POPULATION}?limit=2&location_code=SYR"));
    assert_eq!(first.headers["x-total-count"], "3");
    let link = first.headers["link"].to_str().unwrap().to_owned();
    assert_eq!(link, format!("<{POPULATION}?limit=2&location_code=SYR&offset=2>; rel=\"next\""));
    assert_eq!(first.ok(200)["data"].as_array().unwrap().len(), 2);
    let last = ask(&passage, &format!("{POPULATION}?limit=2&location_code=SYR&offset=2"));
    assert!(!last.headers.contains_key("link"));
    assert_eq!(last.ok(200)["data"].as_array().unwrap().len(), 1);
    assert_eq!(rows(&passage, &format!("{POPULATION}?offset=9999999")).len(), 0);
    let etag = ask(&passage, POPULATION).headers["etag"].clone();
    let again = passage.anybody(reqwest::Method::GET, POPULATION).header("If-None-Match", etag);
    assert_eq!(crate::harness::Sends::answer(again).status, 304);
}

#[test]
fn csv_has_the_columns_in_the_order_of_hapi_and_of_nothing_is_nothing() {
    let passage = counted();
    let answer = ask(&passage, &format!("{POPULATION}?output_format=csv&admin1_code=SY03"));
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=results.csv");
    let mut lines = answer.text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "location_code,location_name,admin1_code,admin1_name,admin2_code,admin2_name,\
         admin_level,resource_hdx_id,gender,age_range,min_age,max_age,population,\
         reference_period_start,reference_period_end"
    );
    assert_eq!(
        lines.next().unwrap(),
        "SYR,Syrian Arab Republic,SY03,Rural Damascus,SY0309,,2,paper,all,all,,,4000,\
         2016-06-10T00:00:00,2016-06-10T23:59:59"
    );
    assert_eq!(lines.count(), 1);
    let empty = ask(&passage, &format!("{POPULATION}?output_format=csv&location_code=LBN"));
    assert_eq!((empty.status, empty.text.as_str()), (200, ""));
}

#[test]
fn a_spreadsheet_runs_no_name_as_a_formula() {
    let passage = world();
    let area = json!({ "code": "evil", "names": "=1+1", "country": "SYR" });
    super::public(&passage, "areas", area);
    count(&passage, "evil", "2016-06-10", "residents", &json!(4_000));
    let answer = ask(&passage, &format!("{POPULATION}?output_format=csv&expand=all"));
    assert!(answer.text.contains(",'=1+1\n"), "{}", answer.text);
}

#[test]
fn what_is_wrong_is_said_as_hapi_says_it() {
    let passage = world();
    let path = format!(
        "{NEEDS}?limit=10001&offset=-1&population_status=all%20of%20them&output_format=xml"
    );
    let details = ask(&passage, &path).ok(422)["detail"].as_array().unwrap().clone();
    let names: Vec<_> = details.iter().map(|detail| detail["loc"].clone()).collect();
    let expected = ["limit", "offset", "output_format", "population_status"];
    assert_eq!(names, expected.map(|name| json!(["query", name])));
    assert_eq!(details[3]["input"], "all of them");
    for question in [
        "start_date=yesterday",
        "end_date=2016-13",
        "admin_level=1&provider_admin2_name=Darayya",
        "admin_level=0&provider_admin1_name=Idleb",
    ] {
        let told = ask(&passage, &format!("{NEEDS}?{question}")).ok(400);
        assert!(told["detail"].is_string(), "{question}: {told}");
    }
    let long = "x".repeat(600);
    ask(&passage, &format!("{NEEDS}?location_name={long}")).ok(422);
    assert_eq!(ask(&passage, "/api/v2/metadata/dataset").status, 404);
}

#[test]
fn a_program_can_name_itself_as_hapi_wants_it() {
    let passage = world();
    let path = "/api/v2/encode_app_identifier?application=test_app&email=someone%40example.org";
    let told = ask(&passage, path).ok(200);
    assert_eq!(told["encoded_app_identifier"], "dGVzdF9hcHA6c29tZW9uZUBleGFtcGxlLm9yZw==");
    let wrong = ask(&passage, "/api/v2/encode_app_identifier?application=abc").ok(422);
    assert_eq!(wrong["detail"].as_array().unwrap().len(), 2);
    let version = ask(&passage, "/api/v2/util/version").ok(200);
    assert_eq!(version["api_version"], "2.0.0");
    let sent = passage.anybody(reqwest::Method::GET, POPULATION);
    let sent = sent.header("X-HDX-HAPI-APP-IDENTIFIER", "x");
    assert_eq!(crate::harness::Sends::answer(sent).status, 200);
    assert_eq!(column(&passage, POPULATION, "population").len(), 0);
}
