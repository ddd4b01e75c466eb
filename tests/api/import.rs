//! Imports over HTTP: tried, committed, refused with every row, through the gate, and whatever else is sent as a form.
#![cfg(test)]

mod broken;
mod undo;

use reqwest::Method;
use reqwest::blocking::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::harness::{Answer, How, Passage, Sends};

/// A file of a form.
pub fn file(form: Form, name: &str, content: impl Into<Vec<u8>>) -> Form {
    form.part("file", Part::bytes(content.into()).file_name(name.to_owned()))
}

/// A file of areas with these codes, for everybody to see.
pub fn areas(codes: &[&str]) -> Form {
    file(Form::new(), "areas.csv", areas_csv(codes))
}

fn areas_csv(codes: &[&str]) -> String {
    let rows = codes.iter().map(|code| format!("{code},Area {code},public\n"));
    format!("code,names_en,sensitivity\n{}", rows.collect::<String>())
}

pub fn send(passage: &Passage, token: &str, form: Form) -> Answer {
    passage.with(token, Method::POST, "/api/v1/imports").multipart(form).answer()
}

/// Imports as a coordinator.
fn import(passage: &Passage, form: Form) -> Answer {
    send(passage, &passage.coordinator, form)
}

fn post(passage: &Passage, token: &str, import: &Value, what: &str) -> Answer {
    let path = format!("/api/v1/imports/{}/{what}", import["id"].as_str().unwrap());
    passage.with(token, Method::POST, &path).answer()
}

fn total(passage: &Passage, kinds: &str) -> u64 {
    passage.read(&format!("/api/v1/{kinds}"))["total"].as_u64().unwrap()
}

/// How many folders of files lie there.
fn spools(passage: &Passage) -> usize {
    std::fs::read_dir(passage.home().join("imports")).map_or(0, Iterator::count)
}

#[test]
fn files_are_in_at_once_and_what_came_of_them_is_told() {
    let passage = Passage::start();
    let answer = import(&passage, areas(&["a", "b"]));
    let location = answer.header("Location").to_owned();
    let done = answer.ok(201);
    assert_eq!(done["state"], "committed", "{done}");
    let counted = json!([{ "kind": "area", "file": "areas.csv", "new": 2, "changed": 0, "unchanged": 0, "left_out": 0 }]);
    assert_eq!(done["files"], counted);
    assert_eq!(done["received"][0]["file"], "areas.csv");
    assert_eq!((&done["problems"], &done["more"]), (&json!([]), &json!(0)));
    assert_eq!((&done["first_sequence"], &done["last_sequence"]), (&json!(1), &json!(2)));
    assert_eq!(passage.codes("/api/v1/areas?sort=code"), ["a", "b"]);
    assert_eq!(passage.read(&location), done);
    assert_eq!(passage.read("/api/v1/imports")["data"], json!([done]));
    assert_eq!(passage.read("/api/v1/imports?state=tried")["total"], 0);
    assert_eq!(spools(&passage), 0, "the files are not kept");
    let again = import(&passage, areas(&["a", "b"])).ok(201);
    assert_eq!(again["files"][0]["unchanged"], 2);
    assert_eq!(again["first_sequence"], Value::Null, "nothing was written");
}

#[test]
fn what_was_tried_changes_nothing_until_it_is_committed() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["a", "b"]).text("dry_run", "true")).ok(201);
    assert_eq!((&tried["state"], &tried["files"][0]["new"]), (&json!("tried"), &json!(2)));
    assert_eq!((total(&passage, "areas"), spools(&passage)), (0, 1));
    assert!(tried["kept_until"].is_string());
    let done = post(&passage, &passage.coordinator, &tried, "commit").ok(200);
    assert_eq!((&done["state"], &done["differs"]), (&json!("committed"), &json!(false)), "{done}");
    assert_eq!((total(&passage, "areas"), spools(&passage)), (2, 0));
    let twice = post(&passage, &passage.coordinator, &tried, "commit").ok(200);
    assert_eq!(twice, done, "twice does no more than once");
}

#[test]
fn a_commit_says_where_the_records_changed_since_it_was_tried() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["a", "b"]).text("dry_run", "true")).ok(201);
    import(&passage, areas(&["b", "c"])).ok(201);
    let done = post(&passage, &passage.coordinator, &tried, "commit").ok(200);
    assert_eq!(done["differs"], true);
    assert_eq!((&done["tried"][0]["new"], &done["files"][0]["new"]), (&json!(2), &json!(1)));
    assert_eq!(done["files"][0]["unchanged"], 1);
}

#[test]
fn everything_that_is_wrong_is_said_by_file_row_and_column_and_nothing_is_in() {
    let passage = Passage::start();
    let rows = "code,mode,date,source\nCV-1,by_mule,2016-06-09,\nCV-2,airdrop,2016-06-20,SO-X\n";
    let form = || file(areas(&["a"]), "convoys.csv", rows);
    let problem = import(&passage, form()).problem(422, "import_refused");
    assert!(problem.detail().starts_with("2 thing(s)"), "{}", problem.0);
    let told = &problem.0["import"];
    assert_eq!(told["state"], "refused");
    let found = told["problems"].as_array().unwrap();
    let place = |of: &Value| (of["file"].clone(), of["row"].clone(), of["column"].clone());
    assert_eq!(place(&found[0]), (json!("convoys.csv"), json!(2), json!("mode")), "{told}");
    assert!(found[0]["reason"].as_str().unwrap().contains("by_mule"), "{told}");
    assert_eq!(place(&found[1]), (json!("convoys.csv"), json!(3), json!("source")), "{told}");
    assert!(problem.at("/import/problems/0").starts_with("convoys.csv, row 2, column mode: "));
    assert_eq!((total(&passage, "areas"), spools(&passage)), (0, 0), "all of it or nothing");
    let tried = import(&passage, form().text("dry_run", "true")).ok(201);
    assert_eq!((&tried["state"], &tried["problems"]), (&json!("refused"), &told["problems"]));
    let refused = post(&passage, &passage.coordinator, &tried, "commit");
    assert!(refused.problem(409, "not_tried").detail().contains("refused"));
}

#[test]
fn parts_in_a_file_of_their_own_come_with_their_records() {
    let passage = Passage::start();
    let drops = "convoy,index,areas,trucks\nCV-1,1,a,9\n";
    let form = file(areas(&["a"]), "convoys.drops.csv", drops);
    let form = file(form, "convoys.csv", "code,mode,date\nCV-1,cross_line,2016-06-09\n");
    import(&passage, form).ok(201);
    assert_eq!(passage.read("/api/v1/convoys/CV-1")["drops"][0]["trucks"]["best"], 9.0);
}

#[test]
fn nobody_changes_by_a_file_what_they_could_not_change_by_hand() {
    let passage = Passage::start();
    let hidden =
        json!({ "code": "h", "names": { "en": "H" }, "sensitivity": "strictly_confidential" });
    passage.admin(Method::POST, "/api/v1/areas", &hidden).ok(201);
    let tried = import(&passage, areas(&["h"]).text("dry_run", "true")).ok(201);
    assert_eq!(tried["state"], "refused");
    assert!(tried["problems"][0]["reason"].as_str().unwrap().contains("already"), "{tried}");
    let others = json!({ "code": "o", "names": { "en": "O" } });
    passage.create("/api/v1/areas", &others);
    let partners = send(&passage, &passage.partner, areas(&["o", "mine"]));
    let problem = partners.problem(422, "import_refused");
    assert!(problem.at("/import/problems/0").contains("its own organisation"), "{}", problem.0);
    send(&passage, &passage.partner, areas(&["mine"])).ok(201);
    let mine = passage.read("/api/v1/areas/mine");
    assert_eq!(mine["owner"], "sarc");
    let renamed = "code,names_en\nmine,Renamed\n";
    let again = send(&passage, &passage.partner, file(Form::new(), "areas.csv", renamed)).ok(201);
    assert_eq!(again["files"][0]["changed"], 1, "{again}");
    let named = file(Form::new(), "convoys.csv", "code,mode,date,source\nC,airdrop,2016-06-20,h\n");
    import(&passage, named).problem(422, "import_refused");
}

#[test]
fn only_an_admin_imports_as_if_it_had_been_known() {
    let passage = Passage::start();
    let form = || areas(&["a"]).text("as_reported", "true");
    import(&passage, form()).problem(403, "forbidden");
    send(&passage, &passage.admin, form()).ok(201);
}

#[test]
fn who_is_told_is_not_decided_by_a_file() {
    let passage = Passage::start();
    let rows = "code,name,channel,address\nr,R,email,a@example.org\n";
    let form = file(Form::new(), "recipients.csv", rows);
    let problem = send(&passage, &passage.admin, form).problem(422, "import_refused");
    assert!(problem.0.to_string().contains("/api/v1/recipients"), "{}", problem.0);
}

#[test]
fn others_see_of_an_import_what_they_may_see_of_its_records() {
    let passage = Passage::start();
    let open = send(&passage, &passage.admin, areas(&["a"])).ok(201);
    let closed = "code,names_en,sensitivity\nx,Canary,strictly_confidential\n";
    let closed = send(&passage, &passage.admin, file(Form::new(), "areas.csv", closed)).ok(201);
    let tried = send(&passage, &passage.admin, areas(&["t"]).text("dry_run", "true")).ok(201);
    let path = |of: &Value| format!("/api/v1/imports/{}", of["id"].as_str().unwrap());
    let seen = passage.read(&path(&open));
    assert_eq!((&seen["files"][0]["new"], &seen["files"][0]["file"]), (&json!(1), &Value::Null));
    assert_eq!(seen["received"], json!([]));
    assert!(!seen["withheld"].as_array().unwrap().is_empty());
    for hidden in [&closed, &tried] {
        assert_eq!(passage.get(&path(hidden)).status, 404);
        assert_eq!(post(&passage, &passage.coordinator, hidden, "commit").status, 404);
    }
    assert_eq!(passage.read("/api/v1/imports")["total"], 1);
    assert_eq!(passage.with(&passage.viewer, Method::GET, "/api/v1/imports").answer().status, 403);
}

#[test]
fn a_list_of_imports_goes_on_where_it_ended() {
    let passage = Passage::start();
    let ids: Vec<Value> =
        ["a", "b", "c"].map(|code| import(&passage, areas(&[code])).ok(201)["id"].clone()).into();
    let mut found = Vec::new();
    let mut path = "/api/v1/imports?limit=2".to_owned();
    loop {
        let page = passage.read(&path);
        assert_eq!(page["total"], 3);
        found.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/imports?limit=2&cursor={next}");
    }
    assert!(found.len() == 3 && ids.iter().all(|id| found.contains(id)), "{found:?}");
    passage.get("/api/v1/imports?cursor=x").problem(422, "invalid");
}

#[test]
fn the_same_request_under_the_same_key_is_the_same_import() {
    let passage = Passage::start();
    let send = |form: Form| {
        let request = passage.with(&passage.coordinator, Method::POST, "/api/v1/imports");
        request.header("Idempotency-Key", "k").multipart(form).answer()
    };
    let one = send(areas(&["a"])).ok(201);
    assert_eq!(send(areas(&["a"])).ok(201), one);
    send(areas(&["b"])).problem(422, "idempotency_key_reused");
    assert_eq!(passage.read("/api/v1/imports")["total"], 1);
    assert_eq!(spools(&passage), 0);
}

#[test]
fn an_import_that_takes_long_does_not_hold_the_request() {
    let settings = "[upload]\nwait_seconds = 0".to_owned();
    let passage = Passage::start_as(How { settings, ..How::default() });
    let codes: Vec<String> = (0..3_000).map(|number| format!("a{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    // Another runs at the same time: each has its turn.
    let both = [areas(&codes), areas(&["z"])].map(|form| import(&passage, form));
    for answer in both {
        assert!([201, 202].contains(&answer.status), "{}", answer.text);
        let path = answer.header("Location").to_owned();
        let begun = std::time::Instant::now();
        let done = loop {
            let import = passage.read(&path);
            if import["state"] != "running" {
                break import;
            }
            assert!(begun.elapsed().as_secs() < 100, "{import}");
        };
        assert_eq!((&done["state"], &done["progress"]), (&json!("committed"), &Value::Null));
    }
    assert_eq!(total(&passage, "areas"), 3_001);
}

#[test]
fn files_that_were_tried_are_gone_after_a_day_and_what_cells_held_with_them() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["a"]).text("dry_run", "true")).ok(201);
    let rows = file(Form::new(), "areas.csv", "code,names_en,position_lon\nCANARY,C,\u{663}x\n");
    let refused = import(&passage, rows.text("dry_run", "true")).ok(201);
    assert!(!refused["problems"].as_array().unwrap().is_empty());
    let tidy = |hours: i64| {
        passage.at_work(passage::clock::Clock::Wall, async |app: &passage::app::App| {
            let now = app.clock.recorded_at() + chrono::TimeDelta::hours(hours);
            let age = chrono::TimeDelta::zero();
            passage::jobs::import::tidy(&*app.store, &app.data, now, age).await.unwrap();
        });
    };
    tidy(23);
    assert_eq!(spools(&passage), 1);
    tidy(25);
    assert_eq!(spools(&passage), 0);
    let path = |of: &Value| format!("/api/v1/imports/{}", of["id"].as_str().unwrap());
    assert_eq!(passage.read(&path(&tried))["state"], "expired");
    let refused = passage.read(&path(&refused));
    assert_eq!((&refused["state"], &refused["problems"]), (&json!("refused"), &json!([])));
    let late = post(&passage, &passage.coordinator, &tried, "commit");
    assert!(late.problem(409, "not_tried").detail().contains("expired"));
}

#[test]
fn what_a_server_left_running_is_told_truly() {
    let passage = Passage::start();
    let done = import(&passage, areas(&["a"])).ok(201);
    // As a server leaves it that is killed while it reads.
    passage.file().execute("UPDATE import SET state = 'running', ended_at = NULL", []).unwrap();
    let folder = passage.home().join("imports").join(done["id"].as_str().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    passage.at_work(passage::clock::Clock::Wall, async |app: &passage::app::App| {
        passage::jobs::import::settle(app).await.unwrap();
    });
    let told = passage.read(&format!("/api/v1/imports/{}", done["id"].as_str().unwrap()));
    assert_eq!(told["state"], "refused");
    assert!(told["problems"][0]["reason"].as_str().unwrap().contains("server stopped"), "{told}");
    assert!(!folder.exists());
}

#[test]
fn files_that_were_changed_since_they_were_tried_are_not_committed() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["a"]).text("dry_run", "true")).ok(201);
    let folder = passage.home().join("imports").join(tried["id"].as_str().unwrap());
    std::fs::write(folder.join("areas.csv"), areas_csv(&["b"])).unwrap();
    let refused = post(&passage, &passage.coordinator, &tried, "commit");
    assert!(refused.problem(422, "invalid").at("/file").contains("whole"));
    assert_eq!(total(&passage, "areas"), 0);
}

#[test]
fn a_purge_ends_what_waits_and_leaves_nothing_of_cells() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["CANARY"]).text("dry_run", "true")).ok(201);
    import(&passage, areas(&["CANARY"])).ok(201);
    passage.at_work(passage::clock::Clock::Wall, async |app: &passage::app::App| {
        let order = passage::store::PurgeOrder {
            kind: passage::domain::Kind::Area,
            doomed: passage::store::Doomed::Named(vec![passage::store::Reference::parse("CANARY")]),
            actor: "test".to_owned(),
            reason: "a test".to_owned(),
            recorded_at: app.clock.recorded_at(),
            dry_run: false,
        };
        passage::jobs::upkeep::purge(&*app.store, &app.data, order).await.unwrap();
    });
    assert_eq!(spools(&passage), 0);
    let told = passage.read(&format!("/api/v1/imports/{}", tried["id"].as_str().unwrap()));
    assert_eq!(told["state"], "expired");
    let sql = "SELECT count(*) FROM import WHERE instr(report || files || asked, 'CANARY') > 0";
    let left: i64 = passage.file().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

/// A mark that can be meant in two ways is asked for by the field of the form, as no command line was used.
#[test]
fn what_is_asked_back_names_fields_of_the_form() {
    let passage = Passage::start();
    send(&passage, &passage.coordinator, areas(&["a"])).ok(201);
    let rows = "code,area,metric,date,people,source,method\nP-1,a,residents,2016-07-01,1.234,,\n";
    let told = import(&passage, file(Form::new(), "populations.csv", rows));
    let problem = told.problem(422, "import_refused").0;
    let said = problem.to_string();
    assert!(said.contains("give `thousands` . or `decimal` .") && !said.contains("--"), "{said}");
    let unknown = file(Form::new(), "x.csv", "a,b\n1,2\n");
    let said = import(&passage, unknown).problem(422, "import_refused").0.to_string();
    assert!(said.contains("`kind`") && !said.contains("--"), "{said}");
    let marks =
        file(Form::new(), "populations.csv", rows).text("decimal", ",").text("thousands", ",");
    let same = import(&passage, marks).problem(422, "invalid");
    assert_eq!(same.at("/decimal"), "`decimal` and `thousands` cannot be the same mark");
}
