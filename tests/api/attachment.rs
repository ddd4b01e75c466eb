//! Files attached to records: given away as files, as closed as the record, without what cameras write beside pictures.
#![cfg(test)]

use reqwest::Method;
use reqwest::blocking::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::harness::{Answer, How, Passage, Sends, rows};

/// A form with one file.
pub fn file(name: &str, content: impl Into<Vec<u8>>) -> Form {
    Form::new().part("file", Part::bytes(content.into()).file_name(name.to_owned()))
}

fn attach(passage: &Passage, token: &str, code: &str, form: Form) -> Answer {
    let path = format!("/api/v1/areas/{code}/attachments");
    passage.with(token, Method::POST, &path).multipart(form).answer()
}

fn with_area(how: How) -> Passage {
    let passage = Passage::start_as(how);
    let body = json!({ "code": "a", "names": { "en": "A" }, "sensitivity": "public" });
    passage.create("/api/v1/areas", &body);
    passage
}

fn path(of: &Value) -> String {
    format!("/api/v1/attachments/{}", of["id"].as_str().unwrap())
}

#[test]
fn a_file_is_attached_and_comes_back_as_a_file() {
    let passage = with_area(How::default());
    let form = file("بوليصة.pdf", "%PDF-1.7 waybill").text("note", "nine trucks");
    let answer = attach(&passage, &passage.coordinator, "a", form);
    let location = answer.header("Location").to_owned();
    let made = answer.ok(201);
    assert_eq!((&made["name"], &made["note"]), (&json!("بوليصة.pdf"), &json!("nine trucks")));
    assert_eq!((&made["media_type"], &made["bytes"]), (&json!("application/pdf"), &json!(16)));
    assert_eq!(made["blake3"], blake3::hash(b"%PDF-1.7 waybill").to_hex().as_str());
    assert_eq!(made["blake3"], made["sent_blake3"]);
    let read = passage.get(&location);
    assert_eq!((read.status, read.text.as_str()), (200, "%PDF-1.7 waybill"));
    assert_eq!(read.header("Content-Type"), "application/pdf");
    assert!(read.header("Content-Disposition").starts_with("attachment; filename=\"______.pdf\""));
    assert_eq!(read.header("X-Content-Type-Options"), "nosniff");
    assert!(read.header("Content-Security-Policy").contains("sandbox"));
    let tag = read.header("ETag").to_owned();
    let again = passage.with(&passage.coordinator, Method::GET, &location);
    assert_eq!(again.header("If-None-Match", tag).answer().status, 304);
    let listed = passage.read("/api/v1/areas/a/attachments");
    assert_eq!((rows(&listed), &listed["withheld"]), (&[made.clone()][..], &json!(false)));
    let twice = attach(&passage, &passage.coordinator, "a", file("x.pdf", "%PDF-1.7 waybill"));
    assert_eq!(twice.ok(200)["id"], made["id"], "the same bytes are one file");
    let changes = passage.read("/api/v1/changes");
    assert_eq!(rows(&changes).last().unwrap()["action"], "attach");
    assert_eq!(std::fs::read_dir(passage.home().join("imports")).unwrap().count(), 0);
}

#[test]
fn a_picture_is_kept_without_where_it_was_taken() {
    let passage = with_area(How::default());
    let head: &[u8] = b"\xFF\xD8\xFF\xE0\x00\x09JFIF\0\x01\x01";
    let taken: &[u8] = b"\xFF\xE1\x00\x13Exif\0\0GPS 36.2 33.5";
    let picture: &[u8] = b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x01\x02\xFF\xD9";
    let sent = [head, &taken[..21], picture].concat();
    let made = attach(&passage, &passage.coordinator, "a", file("photo.jpg", sent.clone())).ok(201);
    assert_eq!(made["media_type"], "image/jpeg");
    assert_eq!(made["sent_blake3"], blake3::hash(&sent).to_hex().as_str());
    assert_eq!(made["blake3"], blake3::hash(&[head, picture].concat()).to_hex().as_str());
    let on_disk = std::fs::read(passage.home().join(passage::app::STORE_FILE)).unwrap();
    assert!(!on_disk.windows(8).any(|bytes| bytes == b"GPS 36.2"));
}

#[test]
fn a_file_is_as_closed_as_its_record_and_follows_it() {
    let passage = with_area(How::default());
    let made = attach(&passage, &passage.coordinator, "a", file("a.txt", "x")).ok(201);
    let as_viewer = |path: &str| passage.with(&passage.viewer, Method::GET, path).answer().status;
    assert_eq!(as_viewer(&path(&made)), 200);
    let version = passage.read("/api/v1/areas/a")["version"].clone();
    let closed = json!({ "code": "a", "names": { "en": "A" }, "sensitivity": "confidential" });
    passage.put("/api/v1/areas/a", &version, &closed).ok(200);
    assert_eq!((as_viewer(&path(&made)), as_viewer("/api/v1/areas/a/attachments")), (404, 404));
    assert_eq!(passage.get(&path(&made)).status, 200);
    assert_eq!(passage.get("/api/v1/attachments/x").status, 404);
    assert_eq!(passage.get("/api/v1/areas/none/attachments").status, 404);
}

#[test]
fn who_sees_a_record_in_part_is_told_that_files_are_withheld() {
    let passage = with_area(How::default());
    let site = json!({ "code": "site", "names": "Clinic", "facility_type": "hospital",
        "position": { "lon": 36.4, "lat": 33.57 } });
    passage.create("/api/v1/facilities", &site);
    let form = file("a.txt", "x");
    let list = "/api/v1/facilities/site/attachments";
    let made = passage.with(&passage.admin, Method::POST, list).multipart(form).answer().ok(201);
    let seen = passage.with(&passage.viewer, Method::GET, list).answer().ok(200);
    assert_eq!(seen, json!({ "data": [], "total": 0, "withheld": true }));
    assert_eq!(passage.with(&passage.viewer, Method::GET, &path(&made)).answer().status, 404);
    let exports = || passage.with(&passage.admin, Method::GET, "/api/v1/exports").answer().ok(200);
    let before = rows(&exports()).len();
    assert_eq!(passage.with(&passage.admin, Method::GET, &path(&made)).answer().status, 200);
    let after = exports();
    assert_eq!(rows(&after).len(), before + 1, "a file of an exact place is noted");
    assert_eq!(rows(&after).last().unwrap()["form"], "attachment");
}

#[test]
fn a_file_that_was_withdrawn_is_given_to_nobody() {
    let passage = with_area(How::default());
    let made = attach(&passage, &passage.coordinator, "a", file("a.txt", "x")).ok(201);
    let withdraw = |token: &str| {
        let request = passage.with(token, Method::POST, &format!("{}/withdraw", path(&made)));
        request.json(&json!({ "reason": "of another convoy" })).answer()
    };
    withdraw(&passage.partner).problem(403, "not_yours");
    let gone = withdraw(&passage.coordinator).ok(200);
    assert_eq!(gone["withdrawn"]["reason"], "of another convoy");
    assert_eq!(withdraw(&passage.coordinator).ok(200), gone, "twice does no more than once");
    let asked = passage.get(&path(&made)).problem(410, "withdrawn");
    assert!(asked.detail().contains("of another convoy"), "{}", asked.0);
    assert_eq!(rows(&passage.read("/api/v1/areas/a/attachments")), [gone]);
    attach(&passage, &passage.coordinator, "a", file("a.txt", "x")).ok(201);
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let settings = "[upload]\nattachment_bytes = 1000".to_owned();
    let passage = with_area(How { settings, ..How::default() });
    let wrong = |form: Form| attach(&passage, &passage.coordinator, "a", form);
    let at_file = |form: Form, says: &str| {
        let problem = wrong(form).problem(422, "invalid");
        assert!(problem.at("/file").contains(says), "{says}: {}", problem.0);
    };
    at_file(Form::new().text("note", "x"), "required");
    at_file(file("a.exe", b"MZ\0".to_vec()), "none of the files");
    at_file(file("a.html", "<script>"), "must end with one of");
    at_file(file("a.png", "%PDF-1.7"), "must end with .pdf");
    at_file(file("a.txt", ""), "is empty");
    at_file(file("../..", "x"), "dot");
    let two = file("a.txt", "x").part("file", Part::bytes(&b"y"[..]).file_name("b.txt"));
    at_file(two, "one file");
    let fields = file("a.txt", "x").text("colour", "red").text("name", "a/..");
    assert_eq!(wrong(fields).problem(422, "invalid").pointers(), ["/name", "/colour"]);
    wrong(file("a.txt", "x".repeat(1_001))).problem(413, "too_large");
    wrong(file("a.txt", "x".repeat(100_000))).problem(413, "too_large");
    let renamed = wrong(file("a.txt", "x".repeat(1_000)).text("name", "waybill 9.txt")).ok(201);
    assert_eq!(renamed["name"], "waybill 9.txt");
    let json = passage.post("/api/v1/areas/a/attachments", &json!({}));
    json.problem(415, "unsupported_media_type");
    attach(&passage, &passage.coordinator, "none", file("a.txt", "x")).problem(404, "not_found");
    attach(&passage, &passage.partner, "a", file("a.txt", "x")).problem(403, "not_yours");
    passage.post("/api/v1/areas/a/withdraw", &json!({ "reason": "a test" })).ok(200);
    wrong(file("b.txt", "y")).problem(409, "withdrawn");
}
