//! What every kind of record has, as described for programs.

use serde_json::{Map, Value, json};

use super::answer::{list, list_on, shape};
use super::operation::{Operation, Verb};
use super::{CLOCKS, LOWERING, extracts, object_schema};
use crate::api::PARTS;
use crate::domain::{Kind, Shape};
use crate::exchange::extract::Form;

/// A record as it is shown.
fn shown(kind: Kind) -> Value {
    json!({ "$ref": format!("#/components/schemas/{kind}_record") })
}

/// A row of a batch that was taken.
const TAKEN: &str = "id:id code:text version:int";

pub(super) fn paths(kind: Kind, paths: &mut Map<String, Value>) {
    let tag = kind.plural();
    let (lists, one) = (format!("/api/v1/{tag}"), format!("/api/v1/{tag}/{{reference}}"));
    let schema = json!({ "$ref": format!("#/components/schemas/{kind}") });
    reading(kind, &lists, paths);
    let batch = json!({ "oneOf": [schema, { "type": "array", "items": schema, "minItems": 1 }] });
    let about = "Posts one record, or several that go in whole or not at all.";
    Operation::post(&lists, tag, about, batch)
        .answering(json!({ "anyOf": [shown(kind), list(TAKEN)] }))
        .add_to(paths);
    Operation::get(&one, tag, "Reads a record.")
        .asking(CLOCKS)
        .answering(shown(kind))
        .failing([410])
        .add_to(paths);
    let about = "Puts the next version in place of the one that If-Match names.";
    let put = Operation::post(&one, tag, about, schema);
    let headers = vec![("If-Match", true), ("Idempotency-Key", false)];
    Operation { verb: Verb::Put, success: 200, headers, ..put }
        .answering(shown(kind))
        .add_to(paths);
    Operation::get(format!("{one}/history"), tag, "Every version, with what changed.")
        .asking([CLOCKS[1]])
        .answering(list("version:int?"))
        .add_to(paths);
    sub_paths(kind, &one, paths);
}

/// The list in each form, and a workbook to fill in.
fn reading(kind: Kind, lists: &str, paths: &mut Map<String, Value>) {
    let tag = kind.plural();
    let mentionable: Vec<&str> = kind.mentions().iter().map(|kind| kind.as_str()).collect();
    let mut rows = list_on("", "text?");
    rows["properties"]["data"]["items"] = shown(kind);
    let about = format!("Lists {}.", tag.replace('_', " "));
    let ask = |path: &str| {
        Operation::get(path, tag, about.clone())
            .asking(CLOCKS)
            .asking(FILTERS)
            .asking(kind.columns().iter().map(|column| (*column, "Only with these words.")))
            .asking(mentionable.iter().map(|target| (*target, "Only that name these codes.")))
    };
    extracts::of_list(lists, kind, &rows, ask, paths);
    let about = "A workbook to fill in and import: what may be chosen, notes, an example.";
    let template = Operation::get(format!("/api/v1/templates/{tag}.xlsx"), tag, about)
        .asking([("language", "The language of its headers: en, ar or fr; en.")]);
    extracts::beside(template, &[Form::Xlsx]).add_to(paths);
}

/// What lowers the level of a record or of its fields, once a second person agrees.
fn lowering_path(kind: Kind, one: &str) -> Operation<'static> {
    let level = json!({ "enum": crate::domain::Sensitivity::WORDS.iter().map(|word| json!(word))
        .chain([Value::Null]).collect::<Vec<_>>() });
    let body = json!({ "type": "object", "required": ["reason"], "additionalProperties": false,
        "properties": {
            "sensitivity": level,
            "field_sensitivity": { "type": ["array", "null"], "items": { "type": "string" },
                "description": "All levels of fields that shall hold, as field=level." },
            "reason": { "type": "string", "minLength": 1, "maxLength": 8_000 },
        } });
    let about = "Asks that more may see the record, which a second person decides.";
    let post = Operation::post(format!("{one}/lowerings"), kind.plural(), about, body);
    Operation { success: 202, headers: Vec::new(), ..post }.answering(shape(LOWERING))
}

/// What can be done with a record beside reading and replacing it.
fn sub_paths(kind: Kind, one: &str, paths: &mut Map<String, Value>) {
    let tag = kind.plural();
    let reason = json!({ "type": "object", "required": ["reason"], "additionalProperties": false,
        "properties": { "reason": { "type": "string", "minLength": 1, "maxLength": 8_000 } } });
    for (action, about) in
        [("withdraw", "Takes the record back."), ("confirm", "Stands by the record.")]
    {
        let post = Operation::post(format!("{one}/{action}"), tag, about, reason.clone());
        Operation { success: 200, ..post }.answering(shown(kind)).failing([412]).add_to(paths);
    }
    lowering_path(kind, one).add_to(paths);
    if kind.can_merge() {
        let mut merge = reason.clone();
        merge["required"] = json!(["into", "reason"]);
        merge["properties"]["into"] = json!({ "type": "string", "minLength": 1, "maxLength": 80,
            "description": "The code of the record that stays." });
        for (action, about, body) in [
            (
                "merge",
                "Says that it is the same as another: it is withdrawn, and its code stands for that one.",
                merge,
            ),
            (
                "unmerge",
                "Says that it is not the same after all: it is back as it was.",
                reason.clone(),
            ),
        ] {
            let post = Operation::post(format!("{one}/{action}"), tag, about, body);
            Operation { success: 200, ..post }
                .answering(shown(kind))
                .failing([409, 412])
                .add_to(paths);
        }
    }
    for (_, field) in PARTS.iter().filter(|(of, _)| *of == kind) {
        let part = kind.schema().field(field).map_or(Value::Null, |field| match field.shape {
            Shape::List(Shape::Part(schema)) => object_schema(schema, false),
            _ => Value::Null,
        });
        let about = format!("Adds to {field}; where If-Match names a version, to that one alone.");
        let mut post = Operation::post(format!("{one}/{field}"), tag, about, part);
        post.headers.push(("If-Match", false));
        post.answering(shown(kind)).failing([412, 428]).add_to(paths);
    }
}

const FILTERS: [(&str, &str); 11] = [
    ("code", "Codes."),
    ("from", "Happened on or after."),
    ("to", "Happened on or before."),
    ("bbox", "west,south,east,north in degrees."),
    ("near", "lon,lat,km: within that distance, over the ellipsoid."),
    (
        "within",
        "A P-code or the code of an area: what lies in it, by recorded codes, else by position.",
    ),
    ("withdrawn", "true also shows what was taken back."),
    ("sort", "version, -version, code, date or -date."),
    ("limit", "1 to 1000; 100. In files also all: the whole list in one go."),
    ("cursor", "next of the page before."),
    ("expand", "all: whole records instead of rows."),
];
