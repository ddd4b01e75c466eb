//! The description of the API and the API say the same.
#![cfg(test)]

use std::collections::BTreeSet;

use passage::domain::Kind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends};

fn document(passage: &Passage) -> Value {
    passage.anybody(Method::GET, "/openapi.json").answer().ok(200)
}

fn operations(document: &Value) -> Vec<(String, Method, &Value)> {
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (verb, operation) in operations.as_object().unwrap() {
            let method = Method::from_bytes(verb.to_uppercase().as_bytes()).unwrap();
            found.push((path.clone(), method, operation));
        }
    }
    found
}

#[test]
fn the_description_is_openapi_3_1_and_read_without_a_token() {
    let passage = Passage::start();
    let document = document(&passage);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["title"], "Passage");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let session = &document["components"]["securitySchemes"]["session"];
    assert_eq!((&session["in"], &session["name"]), (&json!("cookie"), &json!("__Host-passage")));
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        assert!(
            ids.insert(operation["operationId"].to_string()),
            "{method} {path}: its id is taken"
        );
        assert!(
            operation["summary"].as_str().is_some_and(|text| text.ends_with('.')),
            "{method} {path}"
        );
        // Every status by itself: a program can prepare for each.
        assert_eq!(operation["responses"]["default"], Value::Null, "{method} {path}");
        for status in ["400", "429", "500", "503"] {
            assert!(operation["responses"][status].is_object(), "{method} {path}: {status}");
        }
    }
}

/// The answer to this status, wherever it stands.
fn response<'d>(document: &'d Value, operation: &'d Value, status: &str) -> &'d Value {
    let response = &operation["responses"][status];
    let pointer = response["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.map_or(response, |pointer| document.pointer(pointer).unwrap())
}

#[test]
fn every_answer_is_described_with_what_is_in_it() {
    let passage = Passage::start();
    let document = document(&passage);
    for (path, method, operation) in operations(&document) {
        for status in operation["responses"].as_object().unwrap().keys() {
            let response = response(&document, operation, status);
            assert!(response["description"].is_string(), "{method} {path} {status}");
            if status != "304" {
                let content = response["content"].as_object();
                let is_said = content.is_some_and(|content| {
                    !content.is_empty() && content.values().all(|one| one["schema"].is_object())
                });
                assert!(is_said, "{method} {path} {status}: {response}");
            }
        }
    }
}

#[test]
fn what_is_read_is_as_described() {
    let passage = Passage::start();
    let document = document(&passage);
    for (path, method, operation) in operations(&document) {
        if method != Method::GET {
            continue;
        }
        let ends = if path.ends_with("/stream") { "?for_seconds=0" } else { "" };
        let answer = passage.with(&passage.admin, method, &(filled(&path) + ends)).answer();
        let status = answer.status.to_string();
        assert!(operation["responses"][&status].is_object(), "{path}: {status} {}", answer.text);
        let response = response(&document, operation, &status);
        let given = answer.headers["content-type"].to_str().unwrap();
        let given = given.split(';').next().unwrap();
        let schema = &response["content"][given]["schema"];
        assert!(schema.is_object(), "{path} {status}: {given}");
        for name in schema["required"].as_array().into_iter().flatten() {
            let there = answer.json().get(name.as_str().unwrap()).is_some();
            assert!(there, "{path} {status}: {name} is not there: {}", answer.text);
        }
    }
}

#[test]
fn everything_it_points_to_is_there() {
    let passage = Passage::start();
    let document = document(&passage);
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

/// A path with something in it, and what stands there.
fn filled(path: &str) -> String {
    let id = if path.contains("/lowerings/") {
        "00000000-0000-0000-0000-000000000000"
    } else {
        "psg_000000000000"
    };
    path.replace("{reference}", "base").replace("{id}", id).replace("{z}/{x}/{y}", "0/0/0")
}

#[test]
fn every_path_and_method_in_it_is_answered() {
    let passage = Passage::start();
    let document = document(&passage);
    for (path, method, operation) in operations(&document) {
        // What would not end is asked to.
        let ends = if path.ends_with("/stream") { "?for_seconds=0" } else { "" };
        let asked = filled(&path) + ends;
        let request = passage.with(&passage.admin, method.clone(), &asked);
        let request =
            if operation["requestBody"].is_null() { request } else { request.json(&json!({})) };
        let answer = request.answer();
        assert_ne!(answer.status, 405, "{method} {path}");
        assert!(answer.status < 500, "{method} {path}: {}", answer.text);
        if answer.status == 404 {
            // A record that is not there is another thing than a path that is not there.
            assert!(!answer.text.contains("nothing at /"), "{method} {path}: {}", answer.text);
        }
    }
}

/// The routes that are not of a kind of record.
const ROUTES: [&str; 26] = [
    "GET /api/v2/encode_app_identifier",
    "GET /api/v2/util/version",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /openapi.json",
    "GET /api/v1/totals",
    "GET /api/v1/coverage",
    "GET /api/v1/changes",
    "GET /api/v1/alerts",
    "GET /api/v1/reports",
    "GET /api/v1/tokens",
    "POST /api/v1/tokens",
    "GET /api/v1/tokens/{id}",
    "PUT /api/v1/tokens/{id}",
    "POST /api/v1/tokens/{id}/revoke",
    "GET /api/v1/users",
    "POST /api/v1/users",
    "GET /api/v1/users/{id}",
    "PUT /api/v1/users/{id}",
    "POST /api/v1/users/{id}/disable",
    "POST /api/v1/users/{id}/enable",
    "POST /api/v1/users/{id}/password",
    "GET /api/v1/account_changes",
    "GET /api/v1/convoys/{reference}/coverage",
    "GET /api/v1/pauses.ics",
];

#[test]
fn every_route_is_in_it() {
    let passage = Passage::start();
    let document = document(&passage);
    let there: BTreeSet<String> = operations(&document)
        .into_iter()
        .map(|(path, method, _)| format!("{method} {path}"))
        .collect();
    let mut expected: Vec<String> = ROUTES.map(str::to_owned).to_vec();
    let of_hapi =
        passage::exchange::hapi::RESOURCES.map(|resource| format!("GET {}", resource.path));
    expected.extend(of_hapi);
    for kind in Kind::ALL {
        let lists = format!("/api/v1/{}", kind.plural());
        expected.extend([
            format!("GET {lists}"),
            format!("POST {lists}"),
            format!("GET {lists}.geojson"),
            format!("GET {lists}.csv"),
            format!("GET {lists}.xlsx"),
            format!("GET {lists}.parquet"),
        ]);
        let one = format!("{lists}/{{reference}}");
        expected.extend([
            format!("GET {one}"),
            format!("PUT {one}"),
            format!("GET {one}/history"),
            format!("POST {one}/withdraw"),
            format!("POST {one}/confirm"),
        ]);
    }
    expected.extend(
        passage::api::PARTS
            .map(|(kind, field)| format!("POST /api/v1/{}/{{reference}}/{field}", kind.plural())),
    );
    for route in expected {
        assert!(there.contains(&route), "{route} is not described");
    }
}

#[test]
fn the_parameters_it_names_are_taken() {
    let passage = Passage::start();
    let document = document(&passage);
    for (path, method, operation) in operations(&document) {
        if method != Method::GET || path.contains('{') {
            continue;
        }
        let known = |parameter: &&Value| parameter["in"] == "query";
        for parameter in operation["parameters"].as_array().unwrap().iter().filter(known) {
            let name = parameter["name"].as_str().unwrap();
            // What would not end is asked to.
            let ends = if path.ends_with("/stream") && name != "for_seconds" {
                "&for_seconds=0"
            } else {
                ""
            };
            let answer = passage.get(&format!("{path}?{name}=%21{ends}"));
            assert!(!answer.text.contains("unknown parameter"), "{path}?{name}: {}", answer.text);
            assert!(answer.status < 500, "{path}?{name}: {}", answer.text);
        }
    }
}

#[test]
fn what_it_requires_is_what_is_missed() {
    let passage = Passage::start();
    let document = document(&passage);
    for kind in Kind::ALL {
        let schema = &document["components"]["schemas"][kind.as_str()];
        assert_eq!(schema["additionalProperties"], false, "{kind}");
        // Without loads it would be a question for a plan, which requires other things.
        let empty =
            if kind == &Kind::Plan { json!({ "areas": [{ "loads": 1 }] }) } else { json!({}) };
        let problem =
            passage.post(&format!("/api/v1/{}", kind.plural()), &empty).problem(422, "invalid");
        for name in schema["required"].as_array().unwrap() {
            assert_eq!(
                problem.at(&format!("/{}", name.as_str().unwrap())),
                "is required",
                "{kind}"
            );
        }
    }
}

#[test]
fn every_file_says_its_media_type_and_every_question_all_that_it_can_be_answered_in() {
    use passage::exchange::extract::Form;
    let passage = Passage::start();
    let document = document(&passage);
    let content = |path: &str, verb: &str| {
        let content = &document["paths"][path][verb]["responses"]["200"]["content"];
        let content = content.as_object().unwrap_or_else(|| panic!("{verb} {path} gives nothing"));
        content.keys().cloned().collect::<BTreeSet<_>>()
    };
    let mut files = 0;
    for (path, _, operation) in operations(&document) {
        let Some(form) = Form::ALL.iter().find(|form| path.ends_with(&format!(".{form}"))) else {
            continue;
        };
        files += 1;
        assert_eq!(content(&path, "get"), [form.essence().to_owned()].into(), "{path}");
        let question = path.strip_suffix(&format!(".{form}")).unwrap();
        // A workbook to fill in is there in no other form.
        if path.starts_with("/api/v1/templates/") {
            continue;
        }
        let all = content(question, "get");
        assert!(all.contains("application/json") && all.contains(form.essence()), "{question}");
        let asked = operation["parameters"].as_array().unwrap();
        assert!(asked.iter().any(|one| one["name"] == "table" || one["name"] == "limit"), "{path}");
    }
    assert!(files > 4 * Kind::ALL.len() + 30, "{files} files are described");
    assert!(content("/api/v1/plans", "post").contains(Form::Parquet.essence()));
}

#[test]
fn what_is_answered_as_json_and_as_files_is_described_as_both() {
    let passage = Passage::start();
    let document = document(&passage);
    let answer = |path: &str, verb: &str| {
        document["paths"][path][verb]["responses"]["200"]["content"]["application/json"]["schema"]
            .clone()
    };
    for (path, verb, field) in [
        ("/api/v1/pauses/{reference}/throughput", "post", "loads"),
        ("/api/v1/pauses/{reference}/windows", "get", "windows"),
        ("/api/v1/reports/{schedule}/{period_end}", "get", "headline"),
    ] {
        assert!(answer(path, verb)["properties"][field].is_object(), "{verb} {path}");
    }
    let workbook = &document["paths"]["/api/v1/areas.xlsx"]["get"]["responses"];
    assert!(workbook["507"].is_object() && workbook["503"].is_object());
}
