//! The logistics of an answer: what was sent, laid over what is on record, laid over the few defaults there are.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::assess::gap::{Haulage, RATION_KG, TRUCK_PAYLOAD_TONNES};
use crate::assess::segments::WorkingDay;
use crate::assess::throughput as assess;
use crate::domain::{Door, Logistics, Pointer, Problem, Problems, Record};
use crate::situation::of_area::Row;
use crate::situation::supply::of_area;
use crate::situation::world::Situation;

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Given {
    /// The field.
    pub field: &'static str,
    /// What it is.
    pub value: Value,
    /// `sent`, `stored` or `default`.
    pub from: &'static str,
    /// The code of the stored logistics.
    pub record: Option<String>,
    /// Where a default comes from.
    pub source: Option<&'static str>,
}

/// Without these nothing can be worked out, and nobody may guess them.
const NEEDED: [&str; 13] = [
    "trucks",
    "load_hours",
    "approach_hours",
    "inspection_hours",
    "lanes",
    "onward_hours",
    "unload_hours",
    "docks",
    "return_hours",
    "lead_hours",
    "buffer_hours",
    "open_hour",
    "close_hour",
];

/// Those for which there is a default.
const WITH_DEFAULT: [&str; 5] =
    ["payload_tonnes", "ration_kg", "handling_loss", "preloaded", "must_return"];

/// The logistics that an answer rests on.
pub(super) struct Laid<'w> {
    pub(super) assess: assess::Logistics,
    pub(super) honour: Option<f64>,
    pub(super) given: Vec<Given>,
    /// The stored logistics they are laid over.
    pub(super) stored: Option<&'w Row<Logistics>>,
    /// How many areas have logistics of their own.
    pub(super) areas_with_own: usize,
}

/// The newest logistics of an area by a day.
fn newest<'w>(
    situation: &'w Situation,
    area: &str,
    by: DateTime<Utc>,
) -> Option<&'w Row<Logistics>> {
    let rows = of_area(situation, area).logistics.iter().rev();
    rows.into_iter().find(|row| row.record.date.start() <= by)
}

/// Lays what was sent over what is stored for the first of the areas that has any.
pub(super) fn laid<'w>(
    situation: &'w Situation,
    areas: &[String],
    sent: &Map<String, Value>,
    handling_loss: f64,
    problems: &mut Problems,
) -> Option<Laid<'w>> {
    let own = sent.get("area").and_then(Value::as_str).map(str::to_owned);
    let searched: Vec<String> = own.map_or_else(|| areas.to_vec(), |area| vec![area]);
    let found: Vec<&Row<Logistics>> =
        searched.iter().filter_map(|area| newest(situation, area, situation.as_of)).collect();
    let stored = found.first().copied();
    let before = problems.0.len();
    let record = record(situation, stored, sent, problems)?;
    let values = serde_json::to_value(&record).ok()?;
    for field in NEEDED.iter().filter(|field| values.get(**field).is_none()) {
        let of = stored.map_or_else(
            || "no logistics are stored for its areas".to_owned(),
            |row| format!("{} does not give it", row.code),
        );
        problems.add_field(field, format!("is required: {of}"));
    }
    let loss = record.handling_loss.unwrap_or(handling_loss);
    let assess = of_record(&record, loss);
    if problems.0.len() == before {
        check(&assess, problems);
    }
    let given = given(&values, loss, sent, stored);
    let honour = record.honour_probability;
    Some(Laid { assess, honour, given, stored, areas_with_own: found.len() })
}

/// One record made of both; it goes through the door of such records.
fn record(
    situation: &Situation,
    stored: Option<&Row<Logistics>>,
    sent: &Map<String, Value>,
    problems: &mut Problems,
) -> Option<Logistics> {
    // What a record must have and a question need not.
    let bare = json!({ "area": "none", "date": situation.as_of.date_naive().to_string() });
    let stored = stored.and_then(|row| serde_json::to_value(&row.record).ok());
    let mut whole = stored.unwrap_or(bare);
    if let Value::Object(fields) = &mut whole {
        fields.extend(sent.clone());
    }
    let record = Logistics::open(&whole, &Pointer::Root, problems)?;
    record.check(problems);
    Some(record)
}

/// What is missing counts as nothing here; it was refused before.
fn of_record(record: &Logistics, loss: f64) -> assess::Logistics {
    let count = |count: Option<u64>| u32::try_from(count.unwrap_or(0)).unwrap_or(u32::MAX);
    let hours = |hours: Option<f64>| hours.unwrap_or(0.0);
    assess::Logistics {
        trucks: count(record.trucks),
        load_hours: hours(record.load_hours),
        preloaded: record.preloaded.unwrap_or(true),
        approach_hours: hours(record.approach_hours),
        inspection_hours: hours(record.inspection_hours),
        lanes: count(record.lanes),
        onward_hours: hours(record.onward_hours),
        unload_hours: hours(record.unload_hours),
        docks: count(record.docks),
        return_hours: hours(record.return_hours),
        must_return: record.must_return.unwrap_or(true),
        working_day: WorkingDay {
            open_hour: hours(record.open_hour),
            close_hour: hours(record.close_hour),
            lead_hours: hours(record.lead_hours),
            buffer_hours: hours(record.buffer_hours),
        },
        haulage: Haulage {
            ration_kg: record.ration_kg.unwrap_or(RATION_KG),
            loss,
            payload_tonnes: record.payload_tonnes.unwrap_or(TRUCK_PAYLOAD_TONNES),
            trucks_per_convoy: None,
        },
    }
}

/// What the maths refuses, by the names of the fields here.
fn check(logistics: &assess::Logistics, problems: &mut Problems) {
    let mut found = Problems::default();
    logistics.check(&mut found);
    problems.0.extend(found.0.into_iter().map(|problem| match problem.pointer.as_str() {
        "/loss" => Problem { pointer: "/handling_loss".to_owned(), ..problem },
        _ => problem,
    }));
}

fn given(
    values: &Value,
    loss: f64,
    sent: &Map<String, Value>,
    stored: Option<&Row<Logistics>>,
) -> Vec<Given> {
    let fields = NEEDED.into_iter().chain(WITH_DEFAULT).chain(["honour_probability"]);
    fields
        .filter_map(|field| {
            let one = |value, from, record, source| Given { field, value, from, record, source };
            match values.get(field).cloned() {
                Some(value) if sent.contains_key(field) => Some(one(value, "sent", None, None)),
                Some(value) => {
                    Some(one(value, "stored", stored.map(|row| row.code.to_string()), None))
                }
                None => {
                    let (value, source) = default(field, loss)?;
                    Some(one(value, "default", None, Some(source)))
                }
            }
        })
        .collect()
}

/// The few defaults there are, each with where it comes from.
fn default(field: &str, loss: f64) -> Option<(Value, &'static str)> {
    Some(match field {
        "payload_tonnes" => (
            json!(TRUCK_PAYLOAD_TONNES),
            "project decision, within 5 to 20 t; WFP into Gaza 2023: 141 t on 9 trucks",
        ),
        "ration_kg" => (json!(RATION_KG), "WFP food basket of 2,100 kcal: 555 g"),
        "handling_loss" => (json!(loss), "settings; project decision 1 %, WFP 2020: 0.7 %"),
        "preloaded" => (json!(true), "project decision: the first loads stand ready"),
        "must_return" => (json!(true), "project decision: trucks are back before it ends"),
        _ => return None,
    })
}
