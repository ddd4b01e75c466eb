//! Files to take away: every list and every computed table in each of its forms, with their media types.

use serde_json::{Map, Value, json};

use super::Operation;
use crate::api::extract::forms;
use crate::domain::Kind;
use crate::exchange::extract::records::Of;
use crate::exchange::extract::table::Answer;
use crate::exchange::extract::{Form, figures as answers};

const JSON: &str = "application/json";

/// What stands in an answer of each of these media types.
pub(super) fn content(media: &[&str]) -> Value {
    let schema = |media: &str| match media.split(';').next() {
        Some(JSON | "application/geo+json") => json!({ "type": "object" }),
        Some("text/csv") => json!({ "type": "string" }),
        _ => json!({ "type": "string", "format": "binary" }),
    };
    let of = |media: &&str| ((*media).to_owned(), json!({ "schema": schema(media) }));
    Value::Object(media.iter().map(of).collect())
}

/// JSON and the media types of the forms of an answer.
pub(super) fn media(of: &Answer) -> Vec<&'static str> {
    std::iter::once(JSON).chain(forms(of).into_iter().map(Form::media_type)).collect()
}

/// The same question answered as JSON, with `Accept` also as a file, and at an address of its own for each form.
fn add<'a>(
    path: &str,
    forms: &[Form],
    ask: impl Fn(&str) -> Operation<'a>,
    beside: impl Fn(Form) -> Vec<(&'a str, &'a str)>,
    paths: &mut Map<String, Value>,
) {
    let all = forms.iter().map(|form| form.media_type());
    ask(path).giving(std::iter::once(JSON).chain(all)).add_to(paths);
    for form in forms {
        let path = format!("{path}.{form}");
        ask(&path).asking(beside(*form)).giving([form.media_type()]).add_to(paths);
    }
}

/// A list of records.
pub(super) fn of_list<'a>(
    path: &str,
    kind: Kind,
    ask: impl Fn(&str) -> Operation<'a>,
    paths: &mut Map<String, Value>,
) {
    let has_parts = !Of::parts(kind).is_empty();
    let beside = |form| match form {
        Form::Xlsx => vec![LANGUAGE],
        Form::Csv | Form::Parquet if has_parts => vec![PART],
        _ => Vec::new(),
    };
    add(path, Form::ALL, ask, beside, paths);
}

const LANGUAGE: (&str, &str) = ("language", "Of the sheet that says what it is: en, ar or fr; en.");
const PART: (&str, &str) =
    ("part", "Instead of the records the parts in one of their lists, such as drops.lines.");
const TABLE: (&str, &str) = ("table", "Which of the tables that the answer comes to.");

/// What stands at an address: a question that is described already, in its forms.
const FIGURES: [(&str, &Answer); 12] = [
    ("/api/v1/totals", &answers::TOTALS),
    ("/api/v1/coverage", &answers::COVERAGE),
    ("/api/v1/alerts", &answers::ALERTS),
    ("/api/v1/alerts/history", &answers::HISTORY),
    ("/api/v1/outlook", &answers::OUTLOOK),
    ("/api/v1/areas/{reference}/outlook", &answers::OUTLOOK),
    ("/api/v1/gap", &answers::GAP),
    ("/api/v1/areas/{reference}/gap", &answers::GAP),
    ("/api/v1/plans/{reference}/outcome", &answers::OUTCOME),
    ("/api/v1/funnel", &answers::FUNNEL),
    ("/api/v1/access/scorecard", &answers::SCORECARD),
    ("/api/v1/pauses/{reference}/windows", &answers::WINDOWS),
];

/// Adds to each question that is described the forms of its answer. Called last: it copies what is there.
pub(super) fn figures(paths: &mut Map<String, Value>) {
    for (path, of) in FIGURES {
        let Some(described) = paths.get(path).map(|entry| entry["get"].clone()) else { continue };
        paths[path]["get"]["responses"]["200"]["content"] = content(&media(of));
        for form in forms(of) {
            let path = format!("{path}.{form}");
            let mut operation = described.clone();
            operation["operationId"] =
                format!("get_{}", path.replace(['/', '{', '}', '.'], "_")).into();
            operation["responses"]["200"]["content"] = content(&[form.media_type()]);
            if let Some(parameters) = operation["parameters"].as_array_mut() {
                parameters.extend([parameter(LANGUAGE), parameter(TABLE)]);
            }
            paths.insert(path, json!({ "get": operation }));
        }
    }
}

fn parameter((name, about): (&str, &str)) -> Value {
    json!({ "name": name, "in": "query", "required": false, "description": about,
        "schema": { "type": "string" } })
}
