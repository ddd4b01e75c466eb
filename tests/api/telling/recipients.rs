//! Who is told, by which way, and what is refused at saving.

use chrono::TimeDelta;
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use reqwest::Method;
use serde_json::json;

use super::{brought, cut_off, no_delivery, recipient, with};
use crate::harness::{NOW, Passage, Sends};

#[test]
fn a_recipient_is_told_once_when_it_begins_and_once_when_it_is_over() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(&passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    assert_eq!(passage.look(), 1);
    assert_eq!(passage.look(), 0, "nobody is told twice");
    assert_eq!(passage.read("/api/v1/deliveries?state=waiting")["total"], 1);
    assert_eq!(passage.bring_out(), 1);
    let files = brought(&passage, "desk");
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(text.starts_with("Critical: No known arrival for long\nNothing is known"), "{text}");
    let sent = passage.read("/api/v1/deliveries?recipient=desk")["data"][0].clone();
    assert_eq!((&sent["state"], &sent["attempts"]), (&json!("delivered"), &json!(1)));
    let whole = passage.read(&format!("/api/v1/deliveries/{}", sent["id"].as_str().unwrap()));
    assert_eq!(whole["content"], json!(text), "what was sent is on record");
    passage.post("/api/v1/statuses/duma-besieged/withdraw", &json!({ "reason": "lifted" })).ok(200);
    assert_eq!(passage.look(), 1);
    passage.bring_out();
    let over = brought(&passage, "desk").into_iter().find(|file| *file != files[0]).unwrap();
    assert!(String::from_utf8(over.1).unwrap().starts_with("Over: "));
}

#[test]
fn the_end_of_a_rule_that_was_turned_off_is_not_told_as_the_end_of_what_it_found() {
    let mut passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(&passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    passage.look();
    passage.bring_out();
    let begun = brought(&passage, "desk");
    passage.settings = "[[place]]\narea = 'duma'\nalert = { off = ['no_delivery'] }".to_owned();
    assert_eq!([passage.look(), passage.look()], [1, 0]);
    passage.bring_out();
    let end = brought(&passage, "desk").into_iter().find(|file| *file != begun[0]).unwrap();
    let end = String::from_utf8(end.1).unwrap();
    let said = "Turned off by a setting, not known to be over: No known arrival for long\n";
    assert!(end.starts_with(said), "{end}");
    // Whoever reads of it by another way, now or later, does not read that it is over either.
    let feed = passage.get("/api/v1/alerts/feed.atom").text;
    assert!(feed.contains("[Turned off by a setting, not known to be over]"), "{feed}");
    let history = passage.read("/api/v1/alerts/history?rule=no_delivery");
    let text = history["data"][0]["text"].as_str().unwrap();
    assert!(text.ends_with("whether it is over is not known."), "{text}");
}

#[test]
fn what_was_taken_on_is_told_to_nobody_until_it_is_over_and_then_to_who_knew() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let life = no_delivery(&passage)["life"].clone();
    let ack = format!("/api/v1/alerts/{}/ack", life["id"].as_str().unwrap());
    passage.with(&passage.coordinator, Method::POST, &ack).answer().ok(200);
    recipient(&passage, "late", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    assert_eq!(passage.look(), 0);
}

#[test]
fn the_end_of_what_was_closed_meanwhile_is_told_once_and_without_a_word_of_it() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(
        &passage,
        "desk",
        &json!({ "alerts": [{ "rules": ["no_delivery"] }], "clearance": "internal" }),
    );
    passage.look();
    passage.bring_out();
    let begun = brought(&passage, "desk");
    let before = passage.read("/api/v1/areas/duma");
    let mut closed = crate::harness::area("duma");
    closed["sensitivity"] = json!("confidential");
    passage.put("/api/v1/areas/duma", &before["version"], &closed).ok(200);
    assert_eq!([passage.look(), passage.look()], [1, 0]);
    passage.bring_out();
    let over = brought(&passage, "desk").into_iter().find(|file| *file != begun[0]).unwrap();
    let over = String::from_utf8(over.1).unwrap();
    assert!(
        over.starts_with("Over: No known arrival for long\nWhat you were told of is over"),
        "{over}"
    );
    assert!(!over.to_lowercase().contains("duma"), "{over}");
    assert_eq!(passage.look(), 0);
}

#[test]
fn many_alerts_at_one_time_are_one_message() {
    let passage = Passage::start();
    for place in ["a", "b", "c", "d", "e", "f"] {
        cut_off(&passage, place);
    }
    recipient(&passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    assert_eq!(passage.look(), 1);
    passage.bring_out();
    let text = String::from_utf8(brought(&passage, "desk")[0].1.clone()).unwrap();
    assert_eq!(text.matches("No known arrival for long").count(), 6, "{text}");
}

#[test]
fn a_critical_alert_that_nobody_takes_on_goes_to_the_next() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(&passage, "head", &json!({}));
    let chosen =
        json!({ "alerts": [{ "rules": ["no_delivery"] }], "next": "head", "next_after_hours": 3 });
    recipient(&passage, "desk", &chosen);
    let now: chrono::DateTime<chrono::Utc> = NOW.parse().unwrap();
    let look_after = |hours| {
        let later = Clock::Fixed(now + TimeDelta::hours(hours));
        let look = async |app: &App| passage::jobs::look::look(app).await.unwrap().messages;
        passage.at_work(later, look)
    };
    assert_eq!([look_after(0), look_after(2), look_after(3), look_after(9)], [1, 0, 1, 0]);
    let rows = passage.read("/api/v1/deliveries")["data"].clone();
    let told: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["recipient"].as_str().unwrap()).collect();
    assert!(told.contains(&"head") && told.contains(&"desk"), "{told:?}");
}

#[test]
fn what_cannot_work_is_refused_at_saving_with_its_field() {
    let passage = Passage::start();
    let base = json!({ "name": "Desk", "channel": "folder", "address": "desk" });
    for (change, pointer) in [
        (json!({ "channel": "email", "address": "nobody" }), "/address"),
        (json!({ "channel": "email", "address": "a@example.org" }), "/address"),
        (json!({ "channel": "webhook", "address": "http://127.0.0.1/x" }), "/address"),
        (json!({ "channel": "webhook", "address": "https://10.0.0.1/" }), "/address"),
        (json!({ "address": "../up" }), "/address"),
        (json!({ "channel": "pigeon" }), "/channel"),
        (json!({ "language": "de" }), "/language"),
        (json!({ "clearance": "strictly_confidential" }), "/clearance"),
        (json!({ "next": "nobody" }), "/next"),
        (json!({ "next_after_hours": 2 }), "/next_after_hours"),
        (json!({ "alerts": [{ "rules": ["no_such"] }] }), "/alerts/0/rules/0"),
        (json!({ "alerts": [{ "areas": ["nowhere"] }] }), "/alerts/0/areas/0"),
    ] {
        let mut body = base.clone();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let problem = passage.post("/api/v1/recipients", &body).problem(422, "invalid");
        assert!(!problem.at(pointer).is_empty(), "{change}: {}", problem.0);
    }
    let schedule = json!({ "cron": "0 7 * * *", "time_zone": "Asia/Damascus" });
    for (change, pointer) in [
        (json!({ "cron": "0 0 30 2 *" }), "/cron"),
        (json!({ "cron": "at seven" }), "/cron"),
        (json!({ "cron": "0 0 7 1 1 * 2017" }), "/cron"),
        (json!({ "time_zone": "Asia/Damaskus" }), "/time_zone"),
        (json!({ "recipients": ["nobody"] }), "/recipients/0"),
        (json!({ "language": "de" }), "/language"),
        (json!({ "areas": ["nowhere"] }), "/areas/0"),
        (json!({ "sections": ["weather"] }), "/sections/0"),
        (json!({ "formats": ["pdf"] }), "/formats/0"),
        (json!({ "period_days": 0 }), "/period_days"),
    ] {
        let mut body = schedule.clone();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let problem = passage.post("/api/v1/schedules", &body).problem(422, "invalid");
        assert!(!problem.at(pointer).is_empty(), "{change}: {}", problem.0);
    }
}

#[test]
fn a_letter_tells_no_more_than_is_set_and_goes_where_letters_go() {
    let passage = with(
        "[mail]\nserver = 'localhost'\nfrom = 'passage@example.org'\nto_domains = ['example.org']",
    );
    let mut body = json!({
        "code": "desk", "name": "Desk", "channel": "email", "address": "desk@elsewhere.org", "clearance": "confidential",
    });
    let problem = passage.post("/api/v1/recipients", &body).problem(422, "invalid");
    assert!(problem.at("/clearance").contains("at most internal by e-mail"), "{}", problem.0);
    assert!(problem.at("/address").contains("mail.to_domains: example.org"), "{}", problem.0);
    body["clearance"] = json!("internal");
    body["address"] = json!("desk@example.org");
    passage.create("/api/v1/recipients", &body);
}

#[test]
fn nobody_has_told_to_others_what_they_may_not_know_themselves() {
    let passage = Passage::start();
    let made = json!({ "name": "inner", "role": "analyst", "clearance": "internal" });
    let token = passage.admin(Method::POST, "/api/v1/tokens", &made).ok(201);
    let token = token["token"].as_str().unwrap();
    let post = |path: &str, body: &serde_json::Value| {
        passage.with(token, Method::POST, path).json(body).answer()
    };
    let mut body = json!({ "name": "Desk", "channel": "folder", "address": "desk", "clearance": "confidential" });
    post("/api/v1/recipients", &body).problem(403, "above_you");
    body["clearance"] = json!("internal");
    assert_eq!(post("/api/v1/recipients", &body).status, 201);
    let schedule = json!({ "cron": "0 7 * * *", "time_zone": "UTC", "clearance": "confidential" });
    post("/api/v1/schedules", &schedule).problem(403, "above_you");
}

#[test]
fn where_somebody_is_reached_is_not_told_to_who_may_not_know_it() {
    let passage = Passage::start();
    recipient(&passage, "desk", &json!({}));
    passage
        .with(&passage.viewer, Method::GET, "/api/v1/recipients/desk")
        .answer()
        .problem(404, "not_found");
    assert_eq!(passage.read("/api/v1/recipients/desk")["address"], "desk");
    let row = passage.read("/api/v1/recipients")["data"][0].clone();
    assert!(row.get("address").is_none(), "{row}");
}

#[test]
fn what_failed_is_an_alert_and_is_sent_again_when_somebody_asks() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(&passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    passage.look();
    let sent = passage.read("/api/v1/deliveries")["data"][0].clone();
    let path = format!("/api/v1/deliveries/{}", sent["id"].as_str().unwrap());
    let retry =
        || passage.with(&passage.coordinator, Method::POST, &format!("{path}/retry")).answer();
    assert_eq!(retry().ok(200)["state"], "waiting", "what waits is tried at once");
    // Something else stands under the name of the file.
    let folder = passage.home().join("outgoing").join("desk");
    std::fs::create_dir_all(&folder).unwrap();
    let name = {
        let file = passage.file();
        file.query_row("SELECT file_name FROM delivery", [], |row| row.get::<_, String>(0)).unwrap()
    };
    std::fs::write(folder.join(&name), "other").unwrap();
    passage.bring_out();
    assert_eq!(passage.read(&path)["state"], "failed");
    passage.look();
    let alerts = passage.read("/api/v1/alerts?rule=delivery_failed");
    assert_eq!(alerts["data"][0]["subject"]["code"], "desk", "{alerts}");
    std::fs::remove_file(folder.join(&name)).unwrap();
    retry().ok(200);
    passage.bring_out();
    assert_eq!(passage.read(&path)["state"], "delivered");
}

/// A message to the desk that could not be delivered, and its path: something else stands under the name of its file.
fn dead_letter(passage: &Passage) -> String {
    cut_off(passage, "duma");
    recipient(passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    passage.look();
    let folder = passage.home().join("outgoing").join("desk");
    std::fs::create_dir_all(&folder).unwrap();
    let name = "SELECT file_name FROM delivery";
    let name = passage.file().query_row(name, [], |row| row.get::<_, String>(0)).unwrap();
    std::fs::write(folder.join(name), "other").unwrap();
    passage.bring_out();
    let sent = passage.read("/api/v1/deliveries?state=failed")["data"][0].clone();
    format!("/api/v1/deliveries/{}", sent["id"].as_str().unwrap())
}

#[test]
fn what_need_not_be_sent_any_more_is_dismissed_and_its_alert_ends() {
    let passage = Passage::start();
    let path = dead_letter(&passage);
    passage.look();
    assert_eq!(passage.read("/api/v1/alerts?rule=delivery_failed")["total"], 1);
    let dismiss = |body: serde_json::Value| {
        let path = format!("{path}/dismiss");
        passage.with(&passage.coordinator, Method::POST, &path).json(&body).answer()
    };
    let problem = dismiss(json!({})).problem(422, "invalid");
    assert!(problem.at("/reason").contains("is required"), "{}", problem.0);
    let ended = dismiss(json!({ "reason": "he left" })).ok(200);
    assert_eq!(ended["state"], "dismissed");
    assert!(ended["problem"].as_str().unwrap().starts_with("dismissed: he left"), "{ended}");
    assert_eq!(passage.read(&path)["content"], json!(null), "what it said is destroyed");
    dismiss(json!({ "reason": "he left" })).problem(409, "not_failed");
    passage.look();
    assert_eq!(passage.read("/api/v1/alerts?rule=delivery_failed")["total"], 0);
    let listed = passage.read("/api/v1/deliveries");
    assert_eq!((&listed["by_state"]["dismissed"], &listed["total"]), (&json!(1), &json!(1)));
}

#[test]
fn what_failed_and_is_asked_for_again_goes_to_where_its_recipient_is_now() {
    let passage = Passage::start();
    let path = dead_letter(&passage);
    let retry =
        || passage.with(&passage.coordinator, Method::POST, &format!("{path}/retry")).answer();
    let etag = passage.get("/api/v1/recipients/desk").header("ETag").to_owned();
    let put = passage.with(&passage.analyst, Method::PUT, "/api/v1/recipients/desk");
    put.header("If-Match", etag).json(&json!({
        "name": "Duty desk", "channel": "folder", "address": "moved", "clearance": "confidential",
    })).answer().ok(200);
    retry().ok(200);
    passage.bring_out();
    assert_eq!(passage.read(&path)["state"], "delivered");
    assert_eq!(brought(&passage, "moved").len(), 1);
    retry().problem(409, "not_failed");
}

#[test]
fn counts_are_of_all_that_was_sent_and_a_list_goes_on() {
    let passage = Passage::start();
    for place in ["a", "b", "c"] {
        cut_off(&passage, place);
    }
    recipient(&passage, "desk", &json!({ "alerts": [{ "rules": ["no_delivery"] }] }));
    assert_eq!(passage.look(), 3);
    passage.bring_out();
    let (mut seen, mut path) = (Vec::new(), "/api/v1/deliveries?limit=1".to_owned());
    loop {
        let page = passage.read(&path);
        assert_eq!((&page["total"], &page["by_state"]["delivered"]), (&json!(3), &json!(3)));
        seen.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/deliveries?limit=1&cursor={next}");
    }
    let all = passage.read("/api/v1/deliveries")["data"].clone();
    let all: Vec<String> =
        all.as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
    assert_eq!(seen, all);
    let problem = passage.get("/api/v1/deliveries?cursor=x").problem(422, "invalid");
    assert!(problem.at("cursor").contains("begin without one"), "{}", problem.0);
}

#[test]
fn a_recipient_is_not_named_to_who_may_not_know_of_it() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    let chosen = json!({ "alerts": [{ "rules": ["no_delivery"] }], "clearance": "internal" });
    recipient(&passage, "desk", &chosen);
    passage.look();
    passage.bring_out();
    let made = json!({ "name": "inner", "role": "coordinator", "clearance": "internal" });
    let token = passage.admin(Method::POST, "/api/v1/tokens", &made).ok(201);
    let token = token["token"].as_str().unwrap();
    let read = |path: &str| passage.with(token, Method::GET, path).answer().ok(200);
    let row = read("/api/v1/deliveries")["data"][0].clone();
    assert_eq!((&row["recipient"], &row["level"]), (&json!(null), &json!("internal")), "{row}");
    let whole = read(&format!("/api/v1/deliveries/{}", row["id"].as_str().unwrap()));
    assert_eq!((&whole["recipient"], &whole["content"]), (&json!(null), &json!(null)));
    assert_eq!(read("/api/v1/deliveries?recipient=desk")["total"], 0);
    assert_eq!(passage.read("/api/v1/deliveries?recipient=desk")["data"][0]["recipient"], "desk");
}

#[test]
fn a_letter_that_is_made_while_mail_is_not_set_waits() {
    let passage = with("[mail]\nserver = 'localhost'\nfrom = 'passage@example.org'");
    cut_off(&passage, "duma");
    let body = json!({ "code": "desk", "name": "Desk", "channel": "email",
        "address": "desk@example.org", "alerts": [{ "rules": ["no_delivery"] }] });
    passage.create("/api/v1/recipients", &body);
    let unset = Settings::layered("test", "", std::iter::empty()).unwrap();
    let work = async {
        let now = Clock::Fixed(NOW.parse().unwrap());
        let app = App::build(passage.home(), now, unset).await.unwrap();
        passage::jobs::look::look(&app).await.unwrap();
        let ways = passage::jobs::deliver::Deliverers::of(&app.settings, &app.data).unwrap();
        let unnoted = passage::jobs::outbox::Unnoted::default();
        passage::jobs::outbox::run_due(&app, &ways, &unnoted).await.unwrap()
    };
    assert_eq!(actix_web::rt::System::new().block_on(work), 1);
    let row = passage.read("/api/v1/deliveries")["data"][0].clone();
    assert_eq!(row["state"], "waiting", "{row}");
    assert!(row["problem"].as_str().unwrap().contains("mail.server"), "{row}");
}
