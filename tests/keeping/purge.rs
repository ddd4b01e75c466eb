//! G26 in part: a purge leaves no byte of the record in the folder, the running server forgets it, history says so.

use serde_json::{Value, json};

use crate::house::{House, occurrences, passage};

const CANARY: &str = "ZQXCANARY";

#[test]
fn what_was_purged_is_gone_from_the_file_the_memory_and_the_reports_and_its_history_says_so() {
    let house = House::with_areas(1);
    let server = house.start();
    let code = format!("CV-{CANARY}");
    let convoy = json!({ "code": code, "mode": "cross_line", "date": "2016-07-26", "note": format!("{CANARY} x"),
        "drops": [{ "areas": ["a-0"], "trucks": 9 }] });
    assert_eq!(server.post("/api/v1/convoys", &convoy), Some(201));
    passage(&["report", "--data", house.data(), "--as-of", "2016-07-27"]).well();
    assert!(occurrences(&house.data.join("reports"), CANARY.as_bytes()) > 0);
    let purge = [
        "purge",
        "--data",
        house.data(),
        "--kind",
        "convoy",
        "--ref",
        &code,
        "--reason",
        "the driver asked",
    ];
    let said = passage(&[&purge[..], &["--dry-run"]].concat()).well();
    assert!(said.contains("would purge 1 records, 1 kept reports"), "{said}");
    let said = passage(&purge).well();
    assert!(said.contains("purged 1 records") && said.contains("written anew"), "{said}");
    assert_eq!(occurrences(&house.data, CANARY.as_bytes()), 0);
    let said = passage(&purge).well();
    assert!(said.contains("purged 0 records") && !said.contains("anew"), "{said}");
    let path = format!("/api/v1/convoys/{code}");
    let (status, said) = server.get(&path).unwrap();
    assert_eq!(status, 410, "{said}");
    assert!(said.contains("by operator, because: the driver asked"), "{said}");
    let (status, history) = server.get(&format!("{path}/history")).unwrap();
    let history: Value = serde_json::from_str(&history).unwrap();
    assert_eq!((status, &history["data"][0]["action"]), (200, &json!("purge")));
    assert_eq!(history["data"][0]["reason"], "the driver asked");
    let begun = std::time::Instant::now();
    while server
        .get("/api/v1/reports/preview?format=json&as_of=2016-07-27")
        .unwrap()
        .1
        .contains(CANARY)
    {
        assert!(begun.elapsed().as_secs() < 60, "the server still knows it");
    }
    assert!(!server.get("/api/v1/convoys").unwrap().1.contains(CANARY));
    let said = passage(&["verify", "--data", house.data()]).well();
    assert!(said.contains("1 of them purged"), "{said}");
}

#[test]
fn a_purge_leaves_no_code_in_the_notes_of_who_was_given_a_position() {
    let house = House::with_areas(1);
    let server = house.start();
    let site = format!("site-{CANARY}");
    let clinic = json!({ "code": site, "names": "Clinic", "facility_type": "hospital",
        "position": { "lon": 36.4, "lat": 33.57 } });
    assert_eq!(server.post("/api/v1/facilities", &clinic), Some(201));
    server.get(&format!("/api/v1/facilities/{site}")).unwrap();
    let noted = || server.get("/api/v1/exports").unwrap().1;
    assert!(noted().contains(&site), "{}", noted());
    let purge = ["purge", "--data", house.data(), "--kind", "facility", "--ref", &site];
    passage(&[&purge[..], &["--reason", "it moved"]].concat()).well();
    assert_eq!(occurrences(&house.data, CANARY.as_bytes()), 0);
    let noted: Value = serde_json::from_str(&noted()).unwrap();
    let id = noted["data"][0]["codes"][0].as_str().unwrap();
    assert!(uuid::Uuid::parse_str(id).is_ok(), "that it was given is told: {noted}");
}

#[test]
fn the_server_ends_a_purge_that_the_power_cut_short() {
    let house = House::with_areas(1);
    house.tamper(
        "INSERT INTO upkeep (task, tried_at, detail) VALUES ('rewrite', 0, 'records were purged')",
    );
    let said = passage(&["check", "--data", house.data()]);
    assert!(said.out.contains("records were purged"), "{}", said.out);
    let server = house.start();
    let begun = std::time::Instant::now();
    while !server.get("/api/v1/upkeep").unwrap().1.contains("the file was written anew") {
        assert!(begun.elapsed().as_secs() < 60, "it was not looked at");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    drop(server);
    assert!(!passage(&["check", "--data", house.data()]).out.contains("purge "));
}

#[test]
fn what_is_older_than_it_is_kept_goes_by_itself_and_never_before() {
    let house = House::with_areas(1);
    let observation = |code: &str, date: &str| json!({ "code": code, "date": date, "topic": "other", "text": "said", "areas": ["a-0"] });
    let server = house.start();
    for (code, date) in [("old", "2016-07-26"), ("new", "2026-07-26")] {
        let taken = server.post("/api/v1/observations", &observation(code, date));
        assert_eq!(taken, Some(201), "{code}");
    }
    server.kill();
    let purge = |days: &str| {
        let order = [
            "purge",
            "--data",
            house.data(),
            "--kind",
            "observation",
            "--older-than",
            days,
            "--reason",
            "kept long enough",
        ];
        passage(&order).well()
    };
    assert!(purge("365d").contains("purged 0 records"), "it was recorded just now");
    let said = purge("0d");
    assert!(said.contains("purged observation old (1 versions)"), "{said}");
}
