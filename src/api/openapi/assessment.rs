//! The questions of the assessment: how long, what a pause would deliver, who gets the next truck.

use serde_json::{Map, Value, json};

use super::answer::{list, shape};
use super::{CLOCKS, Operation, extracts, object_schema};
use crate::api::extract;
use crate::domain::Kind;
use crate::domain::plan::PlanRequest;
use crate::exchange::extract::figures;
use crate::situation::pause::throughput::FIELDS;

const LOOKING: [(&str, &str); 4] = [
    ("sector", "food, water, health or fuel; food."),
    ("policy", "full, constant or threshold: how people are taken to eat."),
    ("include_planned", "true counts convoys that are meant to come."),
    ("horizon_days", "How far to look, days."),
];

const LACKING: [(&str, &str); 8] = [
    ("from", "First day."),
    ("to", "Last day."),
    ("policy", "full, constant or threshold."),
    ("include_planned", "true counts convoys that are meant to come."),
    ("ration_kg", "Weight of a ration for one day, kg."),
    ("loss", "Share lost in handling."),
    ("payload_tonnes", "Tonnes on one truck."),
    ("trucks_per_convoy", "Trucks in one convoy."),
];

/// Adds them.
pub(super) fn paths(paths: &mut Map<String, Value>) {
    looking_ahead(paths);
    pauses(paths);
    plans(paths);
}

fn looking_ahead(paths: &mut Map<String, Value>) {
    let about = "How long what an area has will last, with every input, its source and age.";
    Operation::get("/api/v1/areas/{reference}/outlook", "figures", about)
        .asking(CLOCKS)
        .asking(LOOKING)
        .answering(shape(
            "as_of:time known_at:time area:text sector:text unit:text status:text horizon_days:num \
             days_left:obj? runs_out_on:obj? inputs:[obj] flags:[text] notes:[text] formula:text",
        ))
        .add_to(paths);
    let about = "The outlook of all areas, the most urgent first.";
    Operation::get("/api/v1/outlook", "figures", about)
        .asking(CLOCKS)
        .asking(LOOKING)
        .asking([
            ("area", "Codes of areas."),
            ("admin1", "P-code."),
            ("expand", "all gives every input too."),
        ])
        .answering(shape("as_of:time known_at:time sector:text data:[obj] total:int"))
        .add_to(paths);
    let about = "What an area lacks, as people, tonnes, trucks and convoys; the next 30 days.";
    Operation::get("/api/v1/areas/{reference}/gap", "figures", about)
        .asking(CLOCKS)
        .asking(LACKING)
        .answering(shape(
            "as_of:time known_at:time area:text from:time to:time status:text period_days:num gap:obj? \
             coverage:obj? haulage:obj notes:[text] formula:text",
        ))
        .add_to(paths);
    let about = "What every area lacks, by code; the next 30 days.";
    Operation::get("/api/v1/gap", "figures", about)
        .asking(CLOCKS)
        .asking(LACKING)
        .asking([("area", "Codes of areas."), ("admin1", "P-code.")])
        .answering(shape("as_of:time known_at:time data:[obj] total:int"))
        .add_to(paths);
}

fn pauses(paths: &mut Map<String, Value>) {
    let about =
        "All pauses as a calendar (iCalendar): when each is to hold, and whether it is agreed.";
    Operation::get("/api/v1/pauses.ics", "pauses", about)
        .asking(CLOCKS)
        .also(200, "text/calendar", super::text())
        .add_to(paths);
    let about = "When a pause holds, how it stands with each party, what is left of it.";
    Operation::get("/api/v1/pauses/{reference}/windows", "pauses", about)
        .asking(CLOCKS)
        .asking([("from", "Windows from this moment on."), ("to", "Windows until this moment.")])
        .answering(windows())
        .add_to(paths);
    let about = "What a pause would let through; what is sent lies over the stored logistics.";
    let path = "/api/v1/pauses/{reference}/throughput";
    let post = Operation::post(path, "pauses", about, throughput_schema());
    // A question that is posted because it is long; it changes nothing.
    let post = Operation { success: 200, headers: Vec::new(), ..post }
        .asking(CLOCKS)
        .asking([extracts::SENTENCES])
        .answering(throughput());
    extracts::beside(post, &extract::forms(&figures::THROUGHPUT)).add_to(paths);
}

/// What a party answered, in both.
const PARTY: &str = "party:text? name:text must_agree:flag state:text? answer:text? since:text? conditions:text? \
    source:text?";

/// When a pause holds, window by window.
fn windows() -> Value {
    let mut answer = shape(
        "as_of:time known_at:time pause:text title:text? pause_type:text state:text status:text sentence:text \
         time_zone:text from:time to:time parties:[obj] windows:[obj] hours:num? effective_hours:figure \
         hours_lost:figure union:obj extends:text? extensions:[obj] notes:[text] flags:[text] sources:[text] \
         records:[obj]",
    );
    answer["properties"]["parties"]["items"] = shape(PARTY);
    answer["properties"]["windows"]["items"] = shape(
        "pause:text start:time end:time local_start:text local_end:text hours:num state:text \
         effective_hours:figure hours_lost:figure violations:obj",
    );
    answer
}

/// What a pause would let through.
fn throughput() -> Value {
    let mut answer = shape(
        "as_of:time known_at:time pause:text title:text? state:text parties:[obj] status:text times:text \
         sentence:text time_zone:text from:time to:time windows:[obj] loads:int? loads_bound:int? bottleneck:text? \
         bottleneck_sentence:text? tonnes:num? person_days:num? expected_person_days:num? honour_probability:num? \
         people_fed_for_days:num? days:num per_window:obj plan:obj people:obj convoy_block:obj? sensitivity:[obj] \
         by_length:[obj] logistics:[obj] notes:[text] flags:[text] sources:[text] records:[obj]",
    );
    answer["properties"]["parties"]["items"] = shape(PARTY);
    answer
}

/// The fields of logistics, none of them required, and those of the question.
fn throughput_schema() -> Value {
    let mut schema = object_schema(Kind::Logistics.schema(), false);
    let window = json!({ "type": "object", "required": ["start", "end"],
        "properties": { "start": { "type": "string" }, "end": { "type": "string" } } });
    for (name, about) in FIELDS {
        let mut field = match name {
            "from" | "to" | "first_start" => json!({ "type": ["string", "null"] }),
            "windows" => json!({ "type": ["array", "null"], "items": window }),
            "areas" => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
            _ => json!({ "type": ["number", "null"], "minimum": 0 }),
        };
        field["description"] = about.into();
        schema["properties"][name] = field;
    }
    schema["required"] = json!([]);
    schema
}

fn plans(paths: &mut Map<String, Value>) {
    let about = "What came of a plan by a day: loads, food and coverage, beside what was planned.";
    Operation::get("/api/v1/plans/{reference}/outcome", "plans", about)
        .asking(CLOCKS)
        .answering(shape("plan:text as_of:time known_at:time"))
        .add_to(paths);
    let about = "Works out who gets which loads and why, and keeps it where save says so (201). \
        A plan whose areas have loads already was made elsewhere and is kept as it is.";
    let body = json!({ "oneOf": [object_schema(&PlanRequest::SCHEMA, false),
        { "$ref": "#/components/schemas/plan" }] });
    let post = Operation::post("/api/v1/plans", "plans", about, body);
    // What an analyst keeps is answered as every record is.
    let kept = json!({ "anyOf": [{ "$ref": "#/components/schemas/plan_record" },
        list("id:id code:text version:int")] });
    let post = Operation { success: 200, ..post }
        .asking(CLOCKS)
        .asking([extracts::SENTENCES])
        .answering(shape("as_of:time known_at:time"))
        .also(201, "application/json", kept);
    let forms = extract::forms(&figures::PLAN);
    extracts::beside(post, &forms).add_to(paths);
}
