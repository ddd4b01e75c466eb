//! What is refused at saving, all of it at once.

use serde_json::json;

use super::recipient;
use crate::harness::Passage;

#[test]
fn all_that_is_wrong_is_said_at_once_for_every_kind() {
    let passage = Passage::start();
    let wrong = |path: &str, body: serde_json::Value| {
        let problem = passage.post(path, &body).problem(422, "invalid");
        let mut pointers: Vec<String> = problem.pointers().into_iter().map(str::to_owned).collect();
        pointers.sort();
        pointers
    };
    let schedule = json!({
        "code": "a:b", "cron": "0 0 30 2 *", "time_zone": "Nowhere/City", "language": "xx", "sections": ["all"],
        "formats": ["pdf"], "recipients": ["nobody", "nobody"], "areas": ["nowhere"],
    });
    assert_eq!(
        wrong("/api/v1/schedules", schedule),
        [
            "/areas/0",
            "/code",
            "/cron",
            "/formats/0",
            "/language",
            "/recipients/0",
            "/recipients/1",
            "/sections/0",
            "/time_zone"
        ]
    );
    let recipient = json!({
        "name": "Desk", "channel": "email", "address": "nobody", "next": "nobody",
        "next_after_hours": "soon", "clearance": "strictly_confidential",
        "alerts": [{ "areas": ["nowhere"] }],
    });
    assert_eq!(
        wrong("/api/v1/recipients", recipient.clone()),
        ["/address", "/alerts/0/areas/0", "/clearance", "/next", "/next_after_hours"]
    );
    let of_list: Vec<String> = wrong("/api/v1/recipients", json!([recipient]));
    assert_eq!(of_list[0], "/0/address");
    let silence = json!({ "from": "2016-07-01", "until": "later", "reason": "known", "areas": ["nowhere"], "pause": "none" });
    assert_eq!(wrong("/api/v1/silences", silence), ["/areas/0", "/pause", "/until"]);
    let convoy = json!({
        "departed": "never", "drops": [{ "areas": ["nowhere"], "trucks_sent": -1 }], "part_of": ["none"],
    });
    let found = wrong("/api/v1/convoys", convoy);
    for pointer in ["/drops/0/areas/0", "/part_of/0"] {
        assert!(found.contains(&pointer.to_owned()), "{found:?}");
    }
    // What comes with the same list is there.
    let convoys = json!([{ "code": "whole" }, { "part_of": ["whole", "none"] }]);
    let found = wrong("/api/v1/convoys", convoys);
    assert!(!found.contains(&"/1/part_of/0".to_owned()), "{found:?}");
    assert!(found.contains(&"/1/part_of/1".to_owned()), "{found:?}");
}

#[test]
fn what_is_named_twice_is_refused_and_a_report_goes_out_once() {
    let passage = Passage::start();
    recipient(&passage, "du2", &json!({}));
    let schedule = json!({
        "code": "onlyr", "cron": "* * * * *", "time_zone": "UTC", "recipients": ["du2", "du2"],
        "formats": ["text", "text"],
    });
    let problem = passage.post("/api/v1/schedules", &schedule).problem(422, "invalid");
    let mut pointers = problem.pointers();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/formats/1", "/recipients/1"]);
}
