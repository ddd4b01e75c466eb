//! Tokens, users and what was changed about them, as described for programs.

use serde_json::{Map, Value, json};

use super::answer::{list, list_on, shape};
use super::{Operation, Verb};
use crate::domain::{Role, Sensitivity};

const TAG: &str = "people";

const TOKEN: &str = "id:text name:text role:text clearance:text organisation:text? created_at:time created_by:text \
    expires_at:time revoked_at:time?";
const USER: &str = "id:text login:text name:text role:text clearance:text organisation:text? \
    must_change_password:flag created_at:time created_by:text expires_at:time? disabled_at:time?";

pub(super) fn paths(paths: &mut Map<String, Value>) {
    for (path, about, answer) in [
        ("/api/v1/tokens", "Tokens, without their secrets.", list(TOKEN)),
        ("/api/v1/tokens/{id}", "A token, without its secret.", shape(TOKEN)),
        ("/api/v1/users", "People who log in.", list(USER)),
        ("/api/v1/users/{id}", "A person, by id or login name.", shape(USER)),
    ] {
        Operation::get(path, TAG, about).answering(answer).add_to(paths);
    }
    Operation::get("/api/v1/account_changes", TAG, "What was changed about tokens and people.")
        .asking([("after", "From this place on; 0."), ("limit", "1 to 1000; 100.")])
        .answering({
            let row =
                "sequence:int recorded_at:time actor:text action:text subject:text detail:obj?";
            let mut changes = list_on(row, "int?");
            // There may be too many to count.
            changes["required"] = json!(["data"]);
            changes
        })
        .add_to(paths);
    tokens(paths);
    users(paths);
}

fn tokens(paths: &mut Map<String, Value>) {
    let made = "Makes a token; its secret is shown this once. It holds 90 days unless it is said, 366 at most.";
    let secret =
        "id:text token:text name:text role:text clearance:text organisation:text? expires_at:time";
    post("/api/v1/tokens", made, &standing(&[], &[])).answering(shape(secret)).add_to(paths);
    let changed = "Gives a token another name, role, clearance, organisation or expiry.";
    put("/api/v1/tokens/{id}", changed, &standing(&[], &[])).answering(shape(TOKEN)).add_to(paths);
    done("/api/v1/tokens/{id}/revoke", "Revokes a token, from the next request on.")
        .answering(shape("id:text revoked:flag"))
        .add_to(paths);
}

fn users(paths: &mut Map<String, Value>) {
    let login = ("login", json!({ "type": "string", "minLength": 1, "maxLength": 64 }));
    let password = ("password", password());
    let new = standing(&[login, password.clone()], &["login", "password"]);
    post("/api/v1/users", "Adds a person, with a password that they must change.", &new)
        .answering(shape(USER))
        .add_to(paths);
    let changed =
        "Gives a person another name, role, clearance or organisation; their sessions end.";
    put("/api/v1/users/{id}", changed, &standing(&[], &[])).answering(shape(USER)).add_to(paths);
    let off = "Lets a person in no more; their sessions end.";
    done("/api/v1/users/{id}/disable", off).answering(shape(USER)).add_to(paths);
    done("/api/v1/users/{id}/enable", "Lets a person in again.")
        .answering(shape(USER))
        .add_to(paths);
    let body = json!({ "type": "object", "required": ["password"],
        "properties": { "password": password.1 }, "additionalProperties": false });
    let given = "Gives a person a password that they must change; their sessions end.";
    let path = "/api/v1/users/{id}/password";
    Operation { success: 200, ..post(path, given, &body) }.answering(shape(USER)).add_to(paths);
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
    let moment = json!({ "type": ["string", "null"], "pattern": super::parameter::MOMENT });
    let mut properties = json!({
        "name": { "type": "string", "minLength": 1, "maxLength": 8_000 },
        "role": { "enum": Role::WORDS },
        "clearance": { "enum": Sensitivity::WORDS.iter().map(|word| json!(word))
            .chain([Value::Null]).collect::<Vec<_>>(),
            "description": "The highest level they see; left out, the usual one of the role." },
        "organisation": { "type": ["string", "null"], "minLength": 1, "maxLength": 80,
            "description": "Code of the organisation whose they are; a partner needs one." },
        "expires_at": moment,
    });
    for (name, schema) in more {
        properties[*name] = schema.clone();
    }
    let required: Vec<&str> = ["name", "role"].iter().chain(required).copied().collect();
    json!({ "type": "object", "required": required, "properties": properties,
        "additionalProperties": false })
}
