//! The HAPI-shaped reading, as described for programs: from the same tables that it is read by.

use serde_json::{Map, Value, json};

use super::answer::{shape, text};
use super::operation::Operation;
use super::parameter::{DATE_ASKED, MOMENT_ASKED};
use crate::exchange::hapi::{
    Column, Holds, LARGEST, LONGEST_CODE, LONGEST_NAME, MOST_ROWS, RESOURCES, Resource, Test,
};

const TAG: &str = "hapi";

const COMMON: [(&str, &str); 7] = [
    ("app_identifier", "Taken as HAPI takes it, and not needed."),
    ("limit", "0 to 10000; 10000. 0 gives 1000."),
    ("offset", "How many rows to pass over."),
    ("output_format", "json or csv; json."),
    ("expand", "all: with columns of ours behind those of HAPI."),
    ("as_of", "How was it on that day."),
    ("known_at", "What was known by then."),
];

pub(super) fn paths(paths: &mut Map<String, Value>) {
    for resource in RESOURCES {
        let params = resource.all_params().map(|param| (param.name, about(param.test)));
        Operation::get(resource.path, TAG, resource.about)
            .asking(params)
            .asking(COMMON)
            .answering(rows(resource))
            .also(200, "text/csv", text())
            .add_to(paths);
    }
    let about = "The name of a program and an address, as HAPI wants them in app_identifier.";
    Operation::get("/api/v2/encode_app_identifier", TAG, about)
        .asking([("application", "Name of the program."), ("email", "Address of who runs it.")])
        .answering(shape("encoded_app_identifier:text"))
        .add_to(paths);
    Operation::get(
        "/api/v2/util/version",
        TAG,
        "Whose shapes these are, and which Passage answers.",
    )
    .answering(shape("api_version:text hapi_sqlalchemy_schema_version:text passage_version:text"))
    .add_to(paths);
}

const fn about(test: Test) -> &'static str {
    match test {
        Test::Code => "The same code, in large or small letters.",
        Test::Name => "These letters anywhere in it, large or small.",
        Test::Word(_) => "This word.",
        Test::Whole => "This number.",
        Test::AtLeast => "This number or more.",
        Test::AtMost => "This number or less.",
        Test::Flag => "Yes or no; where it is not known, neither.",
        Test::From => "Holds on or after: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss.",
        Test::Until => "Holds on or before; in the same forms.",
    }
}

fn rows(resource: &Resource) -> Value {
    let usual: Vec<&str> = resource.all_columns(false).map(|column| column.name).collect();
    let properties: Map<String, Value> = resource
        .all_columns(true)
        .map(|column| (column.name.to_owned(), column_schema(column)))
        .collect();
    let row = json!({ "type": "object", "properties": properties, "required": usual });
    json!({ "type": "object", "required": ["data"],
        "properties": { "data": { "type": "array", "items": row } } })
}

fn column_schema(column: &Column) -> Value {
    let about = column.about;
    match column.holds {
        Holds::Text => json!({ "type": ["string", "null"], "description": about }),
        Holds::Time => json!({ "type": ["string", "null"], "description": about,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$" }),
        Holds::Whole => json!({ "type": ["integer", "null"], "minimum": 0, "description": about }),
        Holds::Flag => json!({ "type": ["boolean", "null"], "description": about }),
        Holds::Word(words) => {
            let words: Vec<Value> =
                words.iter().map(|word| json!(word)).chain([Value::Null]).collect();
            json!({ "enum": words, "description": about })
        }
    }
}

/// What the parameter of this name may be.
pub(super) fn parameter(path: &str, name: &str) -> Value {
    let whole = |most: u64| json!({ "type": "integer", "minimum": 0, "maximum": most });
    match name {
        "limit" => return whole(MOST_ROWS as u64),
        "offset" => return whole(LARGEST),
        "output_format" => return json!({ "type": "string", "enum": ["json", "csv"] }),
        "expand" => return json!({ "type": "string", "enum": ["all"] }),
        "as_of" | "known_at" => return json!({ "type": "string", "pattern": MOMENT_ASKED }),
        "app_identifier" => return json!({ "type": "string", "maxLength": LONGEST_NAME }),
        "application" => return json!({ "type": "string", "minLength": 4, "maxLength": 512 }),
        "email" => return json!({ "type": "string", "format": "email", "maxLength": 512 }),
        _ => {}
    }
    let resource = RESOURCES.iter().find(|resource| resource.path == path);
    let param = resource.and_then(|r| r.all_params().find(|param| param.name == name));
    match param.map(|param| param.test) {
        Some(Test::Code) => json!({ "type": "string", "maxLength": LONGEST_CODE }),
        Some(Test::Word(words)) => json!({ "type": "string", "enum": words }),
        Some(Test::Whole | Test::AtLeast | Test::AtMost) => whole(LARGEST),
        Some(Test::Flag) => json!({ "type": "boolean" }),
        Some(Test::From | Test::Until) => {
            json!({ "type": "string", "pattern": DATE_ASKED })
        }
        Some(Test::Name) | None => json!({ "type": "string", "maxLength": LONGEST_NAME }),
    }
}
