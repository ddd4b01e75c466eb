//! What becomes of alerts, what was sent, and reports as they were sent, as described for programs.

use serde_json::{Map, Value, json};

use super::Operation;
use super::answer::{list_on, shape, text};
use super::extracts::SENTENCES;

const ALERTS: &str = "alerts";
const REPORTS: &str = "reports";

const CHOICE: [(&str, &str); 4] = [
    ("severity", "low, medium, high or critical; several with commas."),
    ("rule", "Rules; several with commas."),
    ("area", "Codes of areas."),
    ("state", "raised, acknowledged, silenced or resolved; several with commas."),
];

pub(super) fn paths(paths: &mut Map<String, Value>) {
    let operations = [lives(), feeds(), changes(), sent()].into_iter().flatten();
    operations.for_each(|operation| operation.add_to(paths));
}

fn lives() -> Vec<Operation<'static>> {
    let past = "What was open in a time, with counts by rule and how long it lasted.";
    vec![
        Operation::get("/api/v1/alerts/history", ALERTS, past)
            .asking([
                ("from", "Open on or after; 90 days before to."),
                ("to", "Raised on or before; now."),
                ("limit", "1 to 1000; 100. Counts are of all."),
                SENTENCES,
            ])
            .asking(CHOICE)
            .answering(shape("from:time to:time by_rule:obj data:[obj] total:int")),
        Operation::get(
            "/api/v1/alerts/{id}",
            ALERTS,
            "An alert with everything that happened to it.",
        )
        .asking([SENTENCES])
        .answering(shape("alert:obj life:obj events:[obj]")),
    ]
}

fn feeds() -> Vec<Operation<'static>> {
    let stream = "What happens to alerts, as it happens (server-sent events); Last-Event-ID goes on after an event.";
    vec![
        Operation::get(
            "/api/v1/alerts/{id}.cap",
            ALERTS,
            "An alert as a message of the Common Alerting Protocol 1.2, in every language.",
        )
        .also(200, "application/cap+xml", text()),
        Operation::get(
            "/api/v1/alerts/feed.atom",
            ALERTS,
            "Alerts as an Atom feed, the latest first.",
        )
        .asking([
            ("language", "en, ar or fr."),
            ("severity", "low, medium, high or critical; several with commas."),
            ("rule", "Rules; several with commas."),
            ("limit", "1 to 1000; 100."),
        ])
        .also(200, "application/atom+xml", text()),
        Operation::get("/api/v1/alerts/stream", ALERTS, stream)
            .asking([
                ("last_event_id", "As Last-Event-ID."),
                (
                    "for_seconds",
                    "Ends after so long; 0 tells what is new and ends. Left out, it does not end.",
                ),
            ])
            .also(200, "text/event-stream", text()),
    ]
}

fn changes() -> Vec<Operation<'static>> {
    let note = json!({ "type": "object", "additionalProperties": false, "properties": {
        "note": { "type": ["string", "null"], "minLength": 1, "maxLength": 8_000, "description": "What is done about it." } } });
    let taken = "Takes an alert on: it is told to nobody again until it is over.";
    let ack = Operation::post("/api/v1/alerts/{id}/ack", ALERTS, taken, note);
    let thresholds =
        json!({ "type": "object", "description": "Thresholds as in [alert] of the settings." });
    let name = json!({ "type": ["string", "null"] });
    let place = json!({ "type": "object", "properties": { "area": name, "pcode": name, "alert": thresholds } });
    let asked = json!({ "type": "object", "additionalProperties": false, "properties": {
        "alert": { "anyOf": [thresholds, { "type": "null" }] },
        "places": { "type": ["array", "null"], "items": place },
        "rules": { "type": ["array", "null"], "items": { "enum": crate::domain::Rule::WORDS } },
        "days": { "type": ["integer", "null"], "minimum": 1, "maximum": 366, "description": "How far back; 90." } } });
    let about = "What other thresholds would find now and would have found in the last days, beside those in force.";
    let preview = Operation::post("/api/v1/alerts/preview", ALERTS, about, asked);
    let looked =
        "days:int days_looked_at:int from:time? to:time? note:text as_set:obj as_asked:obj";
    vec![
        unkeyed(ack).answering(shape("alert:obj life:obj")),
        unkeyed(preview).answering(shape(looked)),
    ]
}

/// A report as it was sent; older ones lack what was not told then.
const REPORT: &str = "title:text schedule:text as_of:time known_at:time period:obj before:obj sections~:[text] \
    withheld~:text? withheld_said~:obj? headline:obj changes:obj outlook~:obj? alerts:[obj] areas:[obj] map~:obj? \
    months~:[obj]? funnel~:obj? convoys:[obj] pauses:[obj] statements:[obj] incidents:[obj] sources:[obj] \
    how_to_read:[obj] ledger~:obj? scheduler_ran_at~:time? names~:obj";

/// A message, without what it says.
const DELIVERY: &str = "id:id recipient:text? channel:text level:text made_at:time schedule:text? period_end:time? \
    state:text attempts:int next_at:time? tried_at:time? done_at:time? problem:text?";

fn sent() -> Vec<Operation<'static>> {
    let again = "Tries a failed delivery again, from the beginning, at the address that its recipient has now.";
    let retry = Operation::post("/api/v1/deliveries/{id}/retry", REPORTS, again, Value::Null);
    let reason = json!({ "type": "object", "additionalProperties": false, "required": ["reason"],
        "properties": { "reason": { "type": "string", "description": "Why; the ledger keeps it." } } });
    let ended = "Decides that a failed delivery is not sent: it stays on the list, and what it said is destroyed.";
    let dismiss = Operation::post("/api/v1/deliveries/{id}/dismiss", REPORTS, ended, reason);
    vec![
        Operation::get(
            "/api/v1/deliveries",
            REPORTS,
            "What was sent and what could not be, the latest first.",
        )
        .asking([
            ("state", "waiting, delivered, failed or dismissed."),
            ("recipient", "Code of a recipient."),
            ("limit", "1 to 1000; 100."),
            ("cursor", "The next of the answer before."),
        ])
        .answering({
            let mut all = list_on(DELIVERY, "text?");
            all["properties"]["by_state"] = json!({ "type": "object" });
            all
        }),
        Operation::get(
            "/api/v1/deliveries/{id}",
            REPORTS,
            "A delivery with what is sent at every attempt.",
        )
        .answering(shape(&format!("{DELIVERY} content:text?"))),
        Operation { body: None, ..unkeyed(retry) }.answering(shape(DELIVERY)),
        unkeyed(dismiss).answering(shape(DELIVERY)),
        Operation::get(
            "/api/v1/reports/{schedule}/{period_end}",
            REPORTS,
            "A report byte for byte as it was sent.",
        )
        .asking([
            ("format", "html, text, xlsx or json; json."),
            ("recipient", "Whose copy; left out, that of the folder of reports."),
        ])
        .answering(shape(REPORT))
        .also(200, "text/html", text())
        .also(200, "text/plain", text())
        .also(
            200,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
        ),
    ]
}

/// Doing it twice does no more than doing it once.
fn unkeyed(operation: Operation<'_>) -> Operation<'_> {
    Operation { headers: Vec::new(), success: 200, ..operation }
}
