//! Tokens, users and what was changed about them, as described for programs.

use serde_json::{Map, Value, json};

use super::{Operation, Verb};
use crate::domain::{Role, Sensitivity};

const TAG: &str = "people";

pub(super) fn paths(paths: &mut Map<String, Value>) {
    for (path, about) in [
        ("/api/v1/tokens", "Tokens, without their secrets."),
        ("/api/v1/tokens/{id}", "A token, without its secret."),
        ("/api/v1/users", "People who log in."),
        ("/api/v1/users/{id}", "A person, by id or login name."),
    ] {
        Operation::get(path, TAG, about).add_to(paths);
    }
    Operation::get("/api/v1/account_changes", TAG, "What was changed about tokens and people.")
        .asking([("after", "From this place on; 0."), ("limit", "1 to 1000; 100.")])
        .add_to(paths);
    tokens(paths);
    users(paths);
}

fn tokens(paths: &mut Map<String, Value>) {
    let made = "Makes a token; its secret is shown this once. It holds 90 days unless it is said, 366 at most.";
    post("/api/v1/tokens", made, &standing(&[], &[])).add_to(paths);
    let changed = "Gives a token another name, role, clearance, organisation or expiry.";
    put("/api/v1/tokens/{id}", changed, &standing(&[], &[])).add_to(paths);
    done("/api/v1/tokens/{id}/revoke", "Revokes a token, from the next request on.").add_to(paths);
}

fn users(paths: &mut Map<String, Value>) {
    let login = ("login", json!({ "type": "string", "maxLength": 64 }));
    let password = ("password", password());
    let new = standing(&[login, password.clone()], &["login", "password"]);
    post("/api/v1/users", "Adds a person, with a password that they must change.", &new)
        .add_to(paths);
    let changed =
        "Gives a person another name, role, clearance or organisation; their sessions end.";
    put("/api/v1/users/{id}", changed, &standing(&[], &[])).add_to(paths);
    let off = "Lets a person in no more; their sessions end.";
    done("/api/v1/users/{id}/disable", off).add_to(paths);
    done("/api/v1/users/{id}/enable", "Lets a person in again.").add_to(paths);
    let body = json!({ "type": "object", "required": ["password"],
        "properties": { "password": password.1 }, "additionalProperties": false });
    let given = "Gives a person a password that they must change; their sessions end.";
    let path = "/api/v1/users/{id}/password";
    Operation { success: 200, ..post(path, given, &body) }.add_to(paths);
}

/// These are not sent again under a key: a secret is answered once.
fn post<'a>(path: &str, about: &str, body: &Value) -> Operation<'a> {
    Operation { headers: Vec::new(), ..Operation::post(path, TAG, about, body.clone()) }
}

fn put<'a>(path: &str, about: &str, body: &Value) -> Operation<'a> {
    Operation { verb: Verb::Put, success: 200, ..post(path, about, body) }
}

fn done<'a>(path: &str, about: &str) -> Operation<'a> {
    Operation { success: 200, body: None, ..post(path, about, &Value::Null) }
}

fn password() -> Value {
    json!({ "type": "string", "minLength": 12, "maxLength": 256, "writeOnly": true })
}

/// Name, role, clearance, organisation, expiry, and what else there is.
fn standing(more: &[(&str, Value)], required: &[&str]) -> Value {
    let text = json!({ "type": ["string", "null"] });
    let mut properties = json!({
        "name": { "type": "string" },
        "role": { "enum": Role::WORDS },
        "clearance": { "enum": Sensitivity::WORDS.iter().map(|word| json!(word))
            .chain([Value::Null]).collect::<Vec<_>>(),
            "description": "The highest level they see; left out, the usual one of the role." },
        "organisation": { "type": ["string", "null"],
            "description": "Code of the organisation whose they are; a partner needs one." },
        "expires_at": text,
    });
    for (name, schema) in more {
        properties[*name] = schema.clone();
    }
    let required: Vec<&str> = ["name", "role"].iter().chain(required).copied().collect();
    json!({ "type": "object", "required": required, "properties": properties,
        "additionalProperties": false })
}
