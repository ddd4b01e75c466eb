//! Files to take away: every list and every computed table in each of its forms, with their media types.

use serde_json::{Map, Value, json};

use super::answer::{shape, text};
use super::operation::Operation;
use super::parameter;
use crate::api::extract::forms;
use crate::domain::Kind;
use crate::exchange::extract::records::Of;
use crate::exchange::extract::table::{Answer, Table};
use crate::exchange::extract::{Form, figures as answers, service};

/// What a file of this form is, as a schema.
fn content(form: Form) -> Value {
    match form {
        Form::GeoJson => shape("type:text features:[obj] next~:text? total:int"),
        Form::Csv => text(),
        Form::Xlsx | Form::Parquet => json!({ "type": "string", "format": "binary" }),
    }
}

/// The same operation, which also answers in these forms.
pub(super) fn beside<'a>(operation: Operation<'a>, forms: &[Form]) -> Operation<'a> {
    let success = operation.success;
    forms
        .iter()
        .fold(operation, |operation, form| operation.also(success, form.essence(), content(*form)))
}

/// A list of records: as JSON, with `Accept` also as a file, and at an address of its own for each form.
pub(super) fn of_list<'a>(
    path: &str,
    kind: Kind,
    rows: &Value,
    ask: impl Fn(&str) -> Operation<'a>,
    paths: &mut Map<String, Value>,
) {
    beside(ask(path).answering(rows.clone()), Form::ALL).add_to(paths);
    for form in Form::ALL {
        let more = match form {
            Form::Xlsx => vec![LANGUAGE],
            Form::Csv | Form::Parquet if !Of::parts(kind).is_empty() => vec![PART],
            _ => Vec::new(),
        };
        let file = ask(&format!("{path}.{form}")).asking(more);
        beside(file, &[*form]).add_to(paths);
    }
}

const LANGUAGE: (&str, &str) = ("language", "Of the sheet that says what it is: en, ar or fr; en.");
/// The same of an answer that is computed.
pub(super) const SENTENCES: (&str, &str) = ("language", "Of the sentences: en, ar or fr; en.");
const LIMIT: (&str, &str) = ("limit", "1 to 1000, or all; all.");
const PART: (&str, &str) =
    ("part", "Instead of the records the parts in one of their lists, such as drops.lines.");
const TABLE: (&str, &str) = ("table", "Which of the tables that the answer comes to.");

/// What stands at an address: a question that is described already, in its forms.
const FIGURES: [(&str, &Answer); 15] = [
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
    ("/api/v1/convoys/{reference}/coverage", &answers::CONVOY_COVERAGE),
    ("/api/v1/convoys/{reference}/funnel", &answers::CONVOY_FUNNEL),
    ("/api/v1/duplicates", &answers::DUPLICATES),
];

/// The same of lists that are no records, which have no sentences.
const LISTS: [(&str, &Answer); 11] = [
    ("/api/v1/boundaries", &service::BOUNDARIES),
    ("/api/v1/changes", &service::CHANGES),
    ("/api/v1/exports", &service::EXPORTS),
    ("/api/v1/lowerings", &service::LOWERINGS),
    ("/api/v1/imports", &service::IMPORTS),
    ("/api/v1/imports/{id}", &service::PROBLEMS_OF_ONE),
    ("/api/v1/reports", &service::REPORTS),
    ("/api/v1/deliveries", &service::DELIVERIES),
    ("/api/v1/tokens", &service::TOKENS),
    ("/api/v1/users", &service::USERS),
    ("/api/v1/account_changes", &service::ACCOUNT_CHANGES),
];

/// Adds to each question that is described the forms of its answer. Called last: it copies what is there.
pub(super) fn figures(paths: &mut Map<String, Value>) {
    for (path, of) in FIGURES {
        if let Some(parameters) = paths.get_mut(path).and_then(parameters)
            && !parameters.iter().any(|asked| asked["name"] == SENTENCES.0)
        {
            parameters.push(parameter::asked(path, SENTENCES));
        }
        in_forms(path, of, None, paths);
    }
    for (path, of) in LISTS {
        in_forms(path, of, Some(LANGUAGE), paths);
    }
    for kind in Kind::ALL {
        let one = format!("/api/v1/{}/{{reference}}", kind.plural());
        in_forms(&format!("{one}/history"), &service::VERSIONS, Some(LANGUAGE), paths);
        in_forms(&format!("{one}/attachments"), &service::ATTACHMENTS, Some(LANGUAGE), paths);
    }
}

/// The parameters of the question that is asked at an address.
fn parameters(entry: &mut Value) -> Option<&mut Vec<Value>> {
    entry.get_mut("get")?.get_mut("parameters")?.as_array_mut()
}

/// Describes the forms of an answer; workbooks may ask for more.
fn in_forms(
    path: &str,
    of: &Answer,
    of_workbook: Option<(&str, &str)>,
    paths: &mut Map<String, Value>,
) {
    let Some(described) = paths.get(path).cloned() else { return };
    for form in forms(of) {
        let answer = json!({ "schema": content(form) });
        let question = &mut paths[path]["get"]["responses"]["200"]["content"];
        question[form.essence()] = answer.clone();
        let path = format!("{path}.{form}");
        let mut entry = json!({ "get": described["get"] });
        let operation = &mut entry["get"];
        operation["operationId"] =
            format!("get_{}", path.replace(['/', '{', '}', '.'], "_")).into();
        operation["responses"]["200"]["content"] = json!({ form.essence(): answer });
        if let Some(parameters) = parameters(&mut entry) {
            let is_limit = |asked: &&mut Value| asked["name"] == LIMIT.0;
            if let Some(limit) = parameters.iter_mut().find(is_limit) {
                *limit = parameter::asked(&path, LIMIT);
            }
            parameters.push(table(of, form));
            let more = of_workbook.filter(|_| form == Form::Xlsx);
            parameters.extend(more.map(|asked| parameter::asked(&path, asked)));
        }
        paths.insert(path, entry);
    }
}

/// The names of the tables that an answer comes to in this form.
fn table(of: &Answer, form: Form) -> Value {
    let has = |table: &&Table| form != Form::GeoJson || table.place.is_some();
    let names: Vec<&str> = of.tables.iter().filter(has).map(|table| table.name).collect();
    let (name, about) = TABLE;
    json!({ "name": name, "in": "query", "required": false, "description": about,
        "schema": { "type": "string", "enum": names } })
}
