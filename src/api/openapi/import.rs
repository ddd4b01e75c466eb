//! Files that are sent, as described for programs.

use serde_json::{Map, Value, json};

use super::Operation;
use super::answer::{list_on, shape};
use crate::exchange::import::FIELDS;
use crate::store::ImportState;

const TAG: &str = "files";

/// An import as it is shown.
const IMPORT: &str = "id:id state:text by:text level:text begun_at:time ended_at:time? kept_until:time? asked:obj \
    received:[obj] files:[obj] tried:[obj]? differs:flag? progress:obj? undone:obj? first_sequence:int? \
    last_sequence:int? problems:[obj] more:int stopped:flag notes:[obj] offers:[obj] taken:[obj] \
    suggestions:[obj] duplicates:[obj] skipped:[text] withheld:[text]";

/// What came of the records of one file.
const FILE: &str = "kind:text file:text? new:int changed:int unchanged:int left_out:int";

/// One thing that is wrong.
const PROBLEM: &str =
    "file:text sheet:text? row:int? letter:text? column:text? reason:text value:text?";

pub(super) fn paths(paths: &mut Map<String, Value>) {
    let all = [send(), read(), list(), commit(), undo()];
    for operation in all {
        operation.add_to(paths);
    }
}

/// The form of an import.
fn import() -> Value {
    let mut import = shape(IMPORT);
    import["properties"]["state"] = json!({ "enum": ImportState::WORDS });
    import["properties"]["files"]["items"] = shape(FILE);
    import["properties"]["problems"]["items"] = shape(PROBLEM);
    import
}

fn send() -> Operation<'static> {
    let about = "Imports workbooks and CSV files: all of them or, where anything is wrong, nothing. With dry_run=true \
        everything is checked and nothing changed; commit then imports what was tried.";
    let file = json!({ "type": "string", "contentMediaType": "application/octet-stream" });
    let mut properties = json!({
        "file": { "type": "array", "items": file, "minItems": 1, "maxItems": 50,
            "description": "The files, each with its name; parts of records in a file of their own beside them." },
        "dry_run": { "enum": ["true", "false"], "description": "true only tries." },
    });
    for (name, about) in FIELDS {
        properties[name] = json!({ "type": "string", "description": about });
    }
    let form = json!({ "type": "object", "required": ["file"], "additionalProperties": false,
        "properties": properties });
    let post = Operation::post("/api/v1/imports", TAG, about, form);
    Operation { sends: "multipart/form-data", ..post }.answering(import()).also(
        202,
        "application/json",
        import(),
    )
}

fn read() -> Operation<'static> {
    let about = "An import: how far it is, what came of it and all that is wrong with its files.";
    Operation::get("/api/v1/imports/{id}", TAG, about).answering(import())
}

fn list() -> Operation<'static> {
    let mut all = list_on("id:id", "text?");
    all["properties"]["data"]["items"] = import();
    Operation::get("/api/v1/imports", TAG, "What was imported and tried, the latest first.")
        .asking([
            ("state", "running, tried, committed, refused, undone or expired."),
            ("limit", "1 to 1000; 100."),
            ("cursor", "The next of the answer before."),
        ])
        .answering(all)
}

fn commit() -> Operation<'static> {
    let about = "Imports what was tried, as it was tried; differs says whether more came of it or less. Twice does no \
        more than once.";
    let post = Operation::post("/api/v1/imports/{id}/commit", TAG, about, Value::Null);
    let post = Operation { success: 200, body: None, headers: Vec::new(), ..post };
    post.answering(import()).also(202, "application/json", import())
}

fn undo() -> Operation<'static> {
    let about = "Takes an import back in one step: what it brought is withdrawn, what it changed has again what it had. \
        Refused where records were changed since, which are named.";
    let reason = json!({ "type": "object", "additionalProperties": false, "required": ["reason"],
        "properties": { "reason": { "type": "string", "description": "Why; the ledger keeps it." } } });
    let post = Operation::post("/api/v1/imports/{id}/undo", TAG, about, reason);
    Operation { success: 200, headers: Vec::new(), ..post }.answering(import())
}
