//! The access scorecard: what was asked, what was answered, how long it took, and what does not add up.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::{Passage, area, rows};

const SCORECARD: &str = "/api/v1/access/scorecard";

fn with_parties() -> Passage {
    let passage = Passage::start();
    let placed = json!({ "code": "homs", "names": "Homs", "admin1_pcode": "SY04" });
    passage.create("/api/v1/areas", &json!([area("north"), area("south"), placed]));
    let parties = json!([{ "code": "gov", "names": "Government" }, { "code": "nsag", "names": "Armed groups" }]);
    passage.create("/api/v1/parties", &parties);
    passage.create(
        "/api/v1/sources",
        &json!([{ "code": "ocha", "name": "OCHA" }, { "code": "who", "name": "WHO" }]),
    );
    let group = json!({ "code": "strip", "names": "All of it", "areas": ["north", "south"] });
    passage.create("/api/v1/area_groups", &group);
    passage
}

fn ask(passage: &Passage, fields: &Value) {
    passage.create("/api/v1/access_requests", fields);
}

fn only_row(answer: &Value) -> &Value {
    assert_eq!(answer["total"], 1, "{answer}");
    &rows(answer)[0]
}

fn flagged(of: &Value, flag: &str) -> bool {
    of["flags"].as_array().unwrap().contains(&json!(flag))
}

#[test]
fn published_counts_that_do_not_add_up_are_flagged_and_shown_as_given() {
    let passage = with_parties();
    let count = |code: &str, places: (&str, &str), numbers: [u32; 3]| {
        let [asked, granted, denied] = numbers;
        let mut count = json!({ "code": code, "source": "ocha", "reported_on": "2016-07-01", "counted": "movements",
            "asked": asked, "granted": granted, "denied": denied });
        count[places.0] = json!([places.1]);
        ask(&passage, &count);
    };
    // Gaza, August 2024: 91 and 176 movements were facilitated in the two halves, 250 in all.
    count("all", ("area_groups", "strip"), [598, 250, 176]);
    count("n", ("areas", "north"), [203, 91, 74]);
    count("s", ("areas", "south"), [395, 176, 102]);
    let answer = passage.read(&format!("{SCORECARD}?by=area"));
    let row = rows(&answer).iter().find(|row| row["group"] == "strip").unwrap();
    let all = &row["published"][0];
    assert_eq!((&all["asked"]["best"], &all["granted"]["best"]), (&json!(598), &json!(250)));
    let differences = all["differences_of_parts"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "asked and denied add up: {all}");
    assert_eq!(
        (&differences[0]["count"], &differences[0]["difference"]),
        (&json!("granted"), &json!(17))
    );
    assert_eq!(differences[0]["of"], json!(["n", "s"]));
    assert!(flagged(all, "parts_do_not_add_up") && !flagged(all, "does_not_add_up"));
    assert!(flagged(&answer, "parts_do_not_add_up"));
    assert_eq!(all["left_open"]["best"], 172, "impeded movements have no count of their own");
    assert_eq!(answer["totals"]["published_counts_that_do_not_add_up"]["named"][0]["code"], "all");
    assert_eq!(answer["totals"]["asked"], 0, "published counts are no requests");
}

#[test]
fn a_count_adds_up_wherever_the_doubt_of_its_parts_explains_it() {
    let passage = with_parties();
    let count = |code: &str, asked: Value, granted: Value, denied: Value, unanswered: Value| {
        ask(
            &passage,
            &json!({ "code": code, "source": "who", "reported_on": "2016-07-01", "authority": "gov",
            "asked": asked, "granted": granted, "denied": denied, "unanswered": unanswered }),
        );
    };
    count("a", json!(102), json!(30), Value::Null, json!(72));
    count("b", json!(100), json!(30), json!(10), json!(50));
    count("c", json!(11), json!({ "low": 8, "high": 9 }), json!(1), json!(1));
    count("d", json!(10), json!(9), json!(4), Value::Null);
    let answer = passage.read(SCORECARD);
    let published = only_row(&answer)["published"].as_array().unwrap();
    let differences: Vec<&Value> = published.iter().map(|count| &count["difference"]).collect();
    assert_eq!(differences, [&Value::Null, &json!(-10), &Value::Null, &json!(3)]);
    let amiss = &answer["totals"]["published_counts_that_do_not_add_up"];
    assert_eq!((&amiss["total"], &answer["totals"]["published_counts"]), (&json!(2), &json!(4)));
}

#[test]
fn hours_rest_on_days_that_are_known_and_say_how_many() {
    let passage = with_parties();
    let request = |fields: Value| {
        let mut request = json!({ "authority": "gov", "source": "ocha" });
        for (name, value) in fields.as_object().unwrap() {
            request[name] = value.clone();
        }
        ask(&passage, &request);
    };
    request(
        json!({ "requested_on": "2016-07-01", "answered_on": "2016-07-03", "answer": "approved" }),
    );
    request(
        json!({ "requested_on": "2016-07-01T00:00:00Z", "answered_on": "2016-07-01T10:00:00Z", "answer": "denied" }),
    );
    request(
        json!({ "requested_on": "2016-07-01", "answered_on": "2016-07-20", "date_precision": "month", "answer": "approved_with_conditions" }),
    );
    request(json!({ "reported_on": "2016-07-05", "answer": "partly_approved" }));
    let answer = passage.read(SCORECARD);
    let row = only_row(&answer);
    assert_eq!(
        row["answer_hours"],
        json!({ "median": { "low": 17, "best": 29, "high": 41 }, "requests": 2, "answered_and_hours_unknown": 2 })
    );
    assert!(flagged(row, "answer_hours_unknown"));
    assert_eq!(
        (&row["group"], &row["name"], &row["asked"]),
        (&json!("gov"), &json!("Government"), &json!(4))
    );
    let answers = &row["answers"];
    assert_eq!(
        (&answers["approved"], &answers["denied"], &answers["unknown"]),
        (&json!(1), &json!(1), &json!(0))
    );
    // On the second of July nobody knew of the answer of the third.
    let before = passage.read(&format!("{SCORECARD}?as_of=2016-07-02"));
    let before = only_row(&before);
    assert_eq!((&before["asked"], &before["answers"]["pending"]), (&json!(3), &json!(2)));
    assert_eq!(before["answer_hours"]["median"], json!({ "low": 10, "best": 10, "high": 10 }));
}

#[test]
fn a_request_that_was_never_answered_is_open_and_has_an_age() {
    let passage = with_parties();
    ask(
        &passage,
        &json!({ "code": "a", "requested_on": "2016-07-16", "answer": "pending", "people_requested": 500 }),
    );
    ask(&passage, &json!({ "code": "b", "requested_on": "2016-07-06", "answer": "no_answer" }));
    ask(&passage, &json!({ "code": "c", "reported_on": "2016-03-17", "answer": "pending" }));
    ask(&passage, &json!({ "code": "d", "requested_on": "2016-07-01" }));
    let answer = passage.read(SCORECARD);
    let row = only_row(&answer);
    assert_eq!(
        (&row["group"], &row["href"]),
        (&Value::Null, &Value::Null),
        "nobody told who was asked"
    );
    let answers = &row["answers"];
    assert_eq!(
        (&answers["pending"], &answers["no_answer"], &answers["unknown"]),
        (&json!(2), &json!(1), &json!(1))
    );
    // Of the third only the day is known on which somebody spoke of it: it waits for 131 days or more.
    assert_eq!(
        row["open"],
        json!({ "requests": 3, "median_days": { "low": 20, "best": null, "high": null },
        "oldest_days_at_least": 131, "age_unknown": 0 })
    );
    assert_eq!(row["people"]["asked_for_by_answer"]["pending"]["low"], 500);
    assert!(flagged(&answer, "answer_unknown"));
}

#[test]
fn people_are_compared_only_where_both_numbers_are_known() {
    let passage = with_parties();
    let request = |asked: Value, approved: Value| {
        ask(
            &passage,
            &json!({ "authority": "nsag", "requested_on": "2016-07-01", "answer": "approved",
            "people_requested": asked, "people_approved": approved }),
        );
    };
    request(json!({ "low": 80_000, "high": 100_000 }), json!(40_000));
    request(json!(1_000_000), Value::Null);
    request(Value::Null, json!(600_000));
    let answer = passage.read(SCORECARD);
    let people = &only_row(&answer)["people"];
    let both = &people["both_known"];
    assert_eq!((&both["requests"], &both["people_approved"]["best"]), (&json!(1), &json!(40_000)));
    assert_eq!(
        (&both["approved_share"]["low"], &both["approved_share"]["high"]),
        (&json!(0.4), &json!(0.5))
    );
    assert_eq!(people["answered_and_not_both_known"], 2);
    assert_eq!(
        people["asked_for"],
        json!({ "low": 1_080_000, "best": null, "high": null, "unknown": 1 })
    );
}

#[test]
fn rows_are_by_month_or_by_the_areas_as_they_were_asked_for_together() {
    let passage = with_parties();
    ask(
        &passage,
        &json!({ "code": "a", "requested_on": "2016-06-30", "areas": ["south", "north"] }),
    );
    ask(
        &passage,
        &json!({ "code": "b", "requested_on": "2016-07-01", "areas": ["north", "south"] }),
    );
    ask(&passage, &json!({ "code": "c", "requested_on": "2016-07-01", "area_groups": ["strip"] }));
    ask(&passage, &json!({ "code": "d", "requested_on": "2016-01-01", "date_precision": "year" }));
    let groups = |query: &str| -> Vec<(Value, Value)> {
        let answer = passage.read(&format!("{SCORECARD}?{query}"));
        rows(&answer).iter().map(|row| (row["group"].clone(), row["asked"].clone())).collect()
    };
    let row = |group: &str, asked: u32| (json!(group), json!(asked));
    assert_eq!(groups("by=month"), [row("2016-06", 1), row("2016-07", 2), (Value::Null, json!(1))]);
    // By the names of the areas; the group is another row, since it is not split.
    assert_eq!(groups("by=area&area=north"), [row("strip", 1), row("north; south", 2)]);
    assert_eq!(groups("by=area&admin1=SY04"), []);
    assert_eq!(groups("by=month&from=2016-07-01&to=2016-07-31"), [row("2016-07", 2)]);
    let cut = passage.read(&format!("{SCORECARD}?area=north"));
    assert!(flagged(&cut, "asked_for_several_areas"));
    assert_eq!(cut["totals"]["records"]["named"][0]["href"], "/api/v1/access_requests/a");
}

#[test]
fn everything_that_is_wrong_with_a_question_is_said_at_once() {
    let passage = with_parties();
    let problem = passage
        .get(&format!("{SCORECARD}?by=reason&area=atlantis&authority=nobody&from=x"))
        .problem(422, "invalid");
    assert!(problem.at("by").contains("authority, month, area"), "{}", problem.0);
    assert_eq!(problem.at("authority"), "there is no party nobody");
    assert!(problem.pointers().contains(&"area") && problem.pointers().contains(&"from"));
}
