//! Whatever is sent in place of a form with files: refused with a sentence, and nothing of it is left.

use std::io::Write;
use std::net::TcpStream;

use reqwest::Method;
use reqwest::blocking::multipart::{Form, Part};
use serde_json::json;

use super::{areas, areas_csv, file, import, spools, total};
use crate::harness::{How, Passage, Sends};

#[test]
fn what_is_no_form_or_has_no_file_is_refused() {
    let passage = Passage::start();
    let post = || passage.with(&passage.coordinator, Method::POST, "/api/v1/imports");
    post().answer().problem(415, "unsupported_media_type");
    let as_json = post().json(&json!({ "file": "x" })).answer();
    assert!(
        as_json.problem(415, "unsupported_media_type").detail().contains("multipart/form-data")
    );
    let typed = |content: &str| post().header("Content-Type", content.to_owned());
    typed("multipart/mixed; boundary=x")
        .body("--x--")
        .answer()
        .problem(415, "unsupported_media_type");
    typed("multipart/form-data").body("--x--").answer().problem(400, "unreadable");
    typed("multipart/form-data; boundary=x")
        .body("no parts at all")
        .answer()
        .problem(400, "unreadable");
    typed("multipart/form-data; boundary=x")
        .body("--x\r\n\r\nno head\r\n--x--")
        .answer()
        .problem(400, "unreadable");
    let none = import(&passage, Form::new().text("dry_run", "true")).problem(422, "invalid");
    assert!(none.at("/file").contains("required"));
    let unnamed = import(&passage, Form::new().text("file", "code\nx\n")).problem(422, "invalid");
    assert!(unnamed.at("/file").contains("name"));
    assert_eq!(spools(&passage), 0);
}

#[test]
fn all_that_is_wrong_with_the_fields_is_said_at_once() {
    let passage = Passage::start();
    let form = areas(&["a"])
        .text("kind", "areas")
        .text("kind", "convoys")
        .text("dry_run", "perhaps")
        .text("colour", "red")
        .text("date_format", "%Q");
    let problem = import(&passage, form).problem(422, "invalid");
    let mut pointers = problem.pointers();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/colour", "/date_format", "/dry_run", "/kind"], "{}", problem.0);
    assert_eq!(problem.at("/kind"), "is given twice");
    assert_eq!(total(&passage, "areas"), 0);
}

#[test]
fn names_with_paths_in_them_lead_nowhere() {
    let passage = Passage::start();
    let form = file(Form::new(), "../../../areas.csv", areas_csv(&["a"]));
    let done = import(&passage, form).ok(201);
    assert_eq!(done["received"][0]["file"], "areas.csv");
    assert!(!passage.home().join("areas.csv").exists());
    let form = file(areas(&["a"]), "C:\\x\\AREAS.csv", areas_csv(&["b"]));
    let twice = import(&passage, form).problem(422, "invalid");
    assert!(twice.at("/file").contains("twice"), "{}", twice.0);
    for name in ["..", ".areas.csv", "", "a\u{202e}vsc.csv"] {
        let form = file(Form::new(), name, areas_csv(&["a"]));
        import(&passage, form).problem(422, "invalid");
    }
}

#[test]
fn more_than_is_taken_is_refused() {
    let settings = "[upload]\nimport_bytes = 1000".to_owned();
    let passage = Passage::start_as(How { settings, ..How::default() });
    let long = "x".repeat(990);
    let form = file(areas(&["a"]), "long.csv", long);
    import(&passage, form).problem(413, "too_large");
    // What is announced is refused before it is read.
    let form = file(Form::new(), "areas.csv", "x".repeat(100_000));
    import(&passage, form).problem(413, "too_large");
    assert_eq!(spools(&passage), 0);
    import(&passage, areas(&["a"])).ok(201);
}

#[test]
fn thousands_of_parts_are_refused() {
    let passage = Passage::start();
    let many = (0..10_000).fold(Form::new(), |form, _| form.text("x", "y"));
    assert!(import(&passage, many).problem(422, "invalid").at("").contains("100 parts"));
    let files =
        (0..60).fold(Form::new(), |form, at| file(form, &format!("areas{at}.csv"), "code\n"));
    assert!(import(&passage, files).problem(422, "invalid").at("/file").contains("50 files"));
    assert_eq!(spools(&passage), 0);
}

#[test]
fn what_is_no_table_is_named() {
    let passage = Passage::start();
    for (name, content, says) in [
        ("areas.csv", b"\x00\x01\x02".to_vec(), "areas.csv"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n".to_vec(), "photo.csv"),
        ("anything.csv", b"a,b\n1,2\n".to_vec(), "give `kind`"),
        ("convoys.drops.csv", b"convoy,index\nC,1\n".to_vec(), "send that file too"),
    ] {
        let form = Form::new().part("file", Part::bytes(content).file_name(name));
        let problem = import(&passage, form).problem(422, "import_refused");
        let text = problem.0.to_string();
        assert!(text.contains(says), "{name}: {text}");
        assert!(!text.contains(passage.home().to_str().unwrap()), "no path of ours: {text}");
    }
    assert_eq!(spools(&passage), 0);
}

#[test]
fn of_an_upload_that_breaks_off_nothing_is_left() {
    let passage = Passage::start();
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"areas.csv\"\r\n\r\ncode,names_en\n";
    let head = format!(
        "POST /api/v1/imports HTTP/1.1\r\nHost: p\r\nAuthorization: Bearer {}\r\nContent-Length: 100000\r\n\
         Content-Type: multipart/form-data; boundary=x\r\n\r\n{body}",
        passage.coordinator
    );
    let mut stream = TcpStream::connect(passage.address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let begun = std::time::Instant::now();
    while spools(&passage) == 0 {
        assert!(begun.elapsed().as_secs() < 20, "it begins");
    }
    drop(stream);
    while spools(&passage) > 0 {
        assert!(begun.elapsed().as_secs() < 40, "what came is removed");
    }
    assert_eq!(passage.read("/api/v1/imports")["total"], 0);
}
