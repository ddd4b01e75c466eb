//! Files attached to records, as described for programs.

use serde_json::{Map, Value, json};

use super::Operation;
use super::answer::{list, shape};
use crate::domain::Kind;
use crate::exchange::attached::media_types;

const TAG: &str = "files";

/// A file as it is shown.
const ATTACHMENT: &str = "id:id kind:text record:text name:text note:text? media_type:text bytes:int blake3:text \
    sent_blake3:text attached_by:text attached_at:time withdrawn:obj?";

pub(super) fn paths(paths: &mut Map<String, Value>) {
    let about = "The bytes of an attached file, to be kept as a file. Of pictures without where and when they were taken.";
    let bytes = || json!({ "type": "string", "contentMediaType": "application/octet-stream" });
    let get = Operation::get("/api/v1/attachments/{id}", TAG, about).failing([410]);
    let get = media_types().into_iter().fold(get, |get, of| get.also(200, of, bytes()));
    get.add_to(paths);
    let reason = json!({ "type": "object", "additionalProperties": false, "required": ["reason"],
        "properties": { "reason": { "type": "string", "description": "Why; the ledger keeps it." } } });
    let about = "Takes an attached file back: it is given to nobody any more.";
    let post = Operation::post("/api/v1/attachments/{id}/withdraw", TAG, about, reason);
    let post = Operation { success: 200, headers: Vec::new(), ..post };
    post.answering(shape(ATTACHMENT)).add_to(paths);
}

pub(super) fn of_kind(kind: Kind, paths: &mut Map<String, Value>) {
    let path = format!("/api/v1/{}/{{reference}}/attachments", kind.plural());
    let about = "The files attached to it, for who sees the record whole.";
    let mut all = list(ATTACHMENT);
    all["properties"]["withheld"] = json!({ "type": "boolean",
        "description": "The record is seen in part, so its files are not." });
    Operation::get(path.clone(), kind.plural(), about).answering(all).add_to(paths);
    let about = "Attaches a file: a waybill, a photo, a letter. It is as closed as the record. The same bytes twice are \
        one file.";
    let form = json!({ "type": "object", "required": ["file"], "additionalProperties": false, "properties": {
        "file": { "type": "string", "contentMediaType": "application/octet-stream",
            "description": "One file with its name: pdf, jpg, png, xlsx, docx, csv, txt, eml." },
        "name": { "type": "string", "maxLength": 200, "description": "Another name for it." },
        "note": { "type": "string", "maxLength": 2_000, "description": "What it is." },
    } });
    let post = Operation::post(path, kind.plural(), about, form);
    let post = Operation { sends: "multipart/form-data", headers: Vec::new(), ..post };
    post.answering(shape(ATTACHMENT))
        .also(200, "application/json", shape(ATTACHMENT))
        .add_to(paths);
}
