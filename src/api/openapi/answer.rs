//! What is answered: forms of bodies in one line each, and the faults that each operation can answer with.

use serde_json::{Map, Value, json};

use super::operation::{Operation, Verb};
use crate::exchange::extract::Form;

/// The form of an object, from one line: `name:type` for each field, with `?` behind a type that can be null, `~`
/// behind a name that can be left out, and `[type]` for a list.
///
/// The types are `text`, `time`, `id`, `int`, `num`, `flag`, `figure` and `obj`, whose fields are said in the docs.
/// Programs must bear further fields.
pub(super) fn shape(fields: &str) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for field in fields.split_whitespace() {
        let Some((name, form)) = field.split_once(':') else { continue };
        let plain = name.trim_end_matches('~');
        if plain == name {
            required.push(plain);
        }
        properties.insert(plain.to_owned(), form_of(form));
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

fn form_of(form: &str) -> Value {
    let (word, can_be_null) = form.strip_suffix('?').map_or((form, false), |word| (word, true));
    let or_null = |kind: &str| if can_be_null { json!([kind, "null"]) } else { json!(kind) };
    if let Some(inside) = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
        return json!({ "type": or_null("array"), "items": form_of(inside) });
    }
    let (kind, format) = match word {
        "time" => ("string", Some("date-time")),
        "id" => ("string", Some("uuid")),
        "int" => ("integer", None),
        "num" => ("number", None),
        "flag" => ("boolean", None),
        "obj" => ("object", None),
        "figure" => return json!({ "$ref": "#/components/schemas/figure" }),
        text => {
            debug_assert_eq!(text, "text", "no shape has this word");
            ("string", None)
        }
    };
    let mut schema = json!({ "type": or_null(kind) });
    if let Some(format) = format {
        schema["format"] = format.into();
    }
    schema
}

/// A list of rows and how many there are.
pub(super) fn list(row: &str) -> Value {
    let mut list = shape("data:[obj] total:int");
    list["properties"]["data"]["items"] = shape(row);
    list
}

/// A list with a place to go on from.
pub(super) fn list_on(row: &str, next: &str) -> Value {
    let mut list = list(row);
    list["properties"]["next"] = form_of(next);
    list
}

/// A text in another form than JSON.
pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

/// By the end of a path, where an operation does not say what it answers.
const BY_SUFFIX: [(&str, &str); 6] = [
    (".csv", "text/csv"),
    (".ics", "text/calendar"),
    (".atom", "application/atom+xml"),
    (".cap", "application/cap+xml"),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".parquet", "application/vnd.apache.parquet"),
];

/// Every answer of an operation.
pub(super) fn responses(operation: &Operation<'_>) -> Value {
    let mut responses = Map::new();
    let mut answers = operation.answers.clone();
    if answers.is_empty() {
        let suffix = BY_SUFFIX.iter().find(|(suffix, _)| operation.path.ends_with(suffix));
        let object = || ("application/json", json!({ "type": "object" }));
        let (content, schema) = suffix.map_or_else(object, |(_, content)| (*content, text()));
        answers.push((operation.success, content, schema));
    }
    for (status, content, schema) in answers {
        let response = responses
            .entry(status.to_string())
            .or_insert_with(|| json!({ "description": "As asked.", "content": {} }));
        response["content"][content] = json!({ "schema": schema });
        response["headers"] = headers(operation, status);
    }
    if operation.verb == Verb::Get {
        responses
            .insert("304".to_owned(), json!({ "description": "As If-None-Match has it already." }));
    }
    for fault in faults(operation) {
        let of =
            if operation.is_of_hapi() && matches!(fault, 400 | 422) { "hapi" } else { "fault" };
        let there = json!({ "$ref": format!("#/components/responses/{of}_{fault}") });
        responses.entry(fault.to_string()).or_insert(there);
    }
    Value::Object(responses)
}

fn headers(operation: &Operation<'_>, status: u16) -> Value {
    let header = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    let mut headers = json!({});
    if operation.verb == Verb::Get {
        headers["ETag"] = header("ETag");
        if operation.query.iter().any(|(name, _)| *name == "cursor" || *name == "offset") {
            headers["Link"] = header("Link");
        }
    }
    if operation.is_of_hapi() && operation.query.iter().any(|(name, _)| *name == "offset") {
        headers["X-Total-Count"] = header("X-Total-Count");
        headers["X-Left-Out-Count"] = header("X-Left-Out-Count");
    }
    // Files of lists, which have no place to say it; JSON says `total`.
    if operation.query.iter().any(|(name, _)| *name == "part") {
        headers["X-Total-Count"] = header("X-Total-Count");
    }
    if status == 201 {
        headers["Location"] = header("Location");
    }
    headers
}

/// What can go wrong, by status.
fn faults(operation: &Operation<'_>) -> Vec<u16> {
    // Whatever is asked can be too slow, too often, or find the service in trouble.
    let mut faults = vec![400, 408, 429, 500, 503];
    if !operation.is_open() {
        faults.extend([401, 403, 422]);
    }
    if operation.is_of_hapi() {
        faults.push(422);
    }
    if operation.path.contains('{') {
        faults.push(404);
    }
    let workbook = Form::Xlsx.essence();
    match operation.verb {
        // A large workbook is made in the temporary folder.
        Verb::Get if operation.answers.iter().any(|(_, content, _)| *content == workbook) => {
            faults.push(507);
        }
        Verb::Get => {}
        Verb::Post => faults.extend([409, 413, 415, 507]),
        Verb::Put => faults.extend([409, 412, 413, 415, 428, 507]),
    }
    faults.extend(&operation.faults);
    faults
}

/// What each fault says.
const FAULTS: [(u16, &str); 17] = [
    (400, "It cannot be read."),
    (401, "Send a token that holds."),
    (403, "The role may not do this, or not to this record."),
    (404, "There is none, or none that you may know of."),
    (408, "The request was not complete in time."),
    (
        409,
        "It does not fit what is there: a code is taken, a move is impossible, a record was taken back.",
    ),
    (410, "It was destroyed; this says when and why."),
    (412, "Somebody changed it since; read it again."),
    (413, "The body is too large."),
    (415, "Send it in the content type that is described here."),
    (422, "What was sent breaks rules; errors has every problem that was found."),
    (428, "Send If-Match with the ETag of the version that you are changing."),
    (429, "Too many requests; Retry-After says when the next one is taken."),
    (500, "A fault of this program; its log says more."),
    (503, "Busy, or the disk is in trouble; try again."),
    (507, "The disk is full."),
    (405, "The path does not take this method."),
];

/// The faults, as operations refer to them.
pub(super) fn components() -> Value {
    let mut responses = Map::new();
    let problem = json!({ "$ref": "#/components/schemas/problem" });
    for (status, about) in FAULTS {
        let mut response = json!({ "description": about,
            "content": { "application/problem+json": { "schema": problem } } });
        let more = match status {
            401 => Some("WWW-Authenticate"),
            405 => Some("Allow"),
            429 | 503 => Some("Retry-After"),
            _ => None,
        };
        if let Some(name) = more {
            response["headers"] =
                json!({ name: { "$ref": format!("#/components/headers/{name}") } });
        }
        responses.insert(format!("fault_{status}"), response);
    }
    let of_hapi = |about: &str, schema: Value| {
        json!({ "description": about, "content": {
            "application/json": { "schema": schema },
            "application/problem+json": { "schema": problem } } })
    };
    let mut wrong = shape("detail:[obj]");
    wrong["properties"]["detail"]["items"] = shape("type:text loc:[text] msg:text input:text");
    responses.insert("hapi_400".to_owned(), of_hapi("It cannot be read.", shape("detail:text")));
    responses.insert("hapi_422".to_owned(), of_hapi("Parameters are wrong; all are named.", wrong));
    Value::Object(responses)
}

/// The headers that answers can have.
pub(super) fn header_components() -> Value {
    let header =
        |about: &str, kind: &str| json!({ "description": about, "schema": { "type": kind } });
    json!({
        "ETag": header("Changes when the answer does; send it as If-None-Match.", "string"),
        "Link": header("Where the next page is (RFC 8288), if there is one.", "string"),
        "Location": header("Where the new record is.", "string"),
        "Allow": header("The methods that the path takes.", "string"),
        "WWW-Authenticate": header("Bearer.", "string"),
        "Retry-After": header("Seconds to wait.", "integer"),
        "X-Total-Count": header("How many rows there are on all pages.", "integer"),
        "X-Left-Out-Count": header("How many claims are left out because they name no country, or areas of which some are withheld.", "integer"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_schema() {
        let schema = shape("a:time b~:int? c:[figure]");
        assert_eq!(schema["required"], json!(["a", "c"]));
        assert_eq!(schema["properties"]["a"], json!({ "type": "string", "format": "date-time" }));
        assert_eq!(schema["properties"]["b"], json!({ "type": ["integer", "null"] }));
        let items = json!({ "$ref": "#/components/schemas/figure" });
        assert_eq!(schema["properties"]["c"], json!({ "type": "array", "items": items }));
    }
}
