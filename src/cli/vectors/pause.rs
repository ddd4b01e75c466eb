//! Adapters of pauses: their life, their windows, what they can deliver.

use serde_json::{Value, json};

use super::Adapter;
use super::args::{Args, BadArgs, Parsed, as_json, as_number};
use crate::assess::interval;
use crate::assess::pause_life::{self, PauseEvent, PauseEventKind, PauseWindow};

pub(super) const ADAPTERS: &[(&str, Adapter)] =
    &[("pause_state", pause_state), ("merge_intervals", merge_intervals)];

fn pause_event(event: Args) -> Parsed<PauseEvent> {
    let window = PauseWindow { start: event.maybe("start")?, end: event.maybe("end")? };
    let kind = match event.text("type")? {
        "requested" => PauseEventKind::Requested(window),
        "agreed" => PauseEventKind::Agreed(window),
        "extended" => PauseEventKind::Extended { end: event.number("end")? },
        "violated" => PauseEventKind::Violated { terminal: event.parsed_or("terminal", false)? },
        "refused" => PauseEventKind::Refused,
        "cancelled" => PauseEventKind::Cancelled,
        _ => return event.refuse("type", "an event of a pause"),
    };
    Ok(PauseEvent { hour: event.number("t")?, kind })
}

fn pause_state(args: Args) -> Parsed<Value> {
    let events = args.each("events", pause_event)?;
    Ok(json!(pause_life::pause_state(&events, args.number("now")?)))
}

fn merge_intervals(args: Args) -> Parsed<Value> {
    let pairs =
        args.each("pairs", |pair| match (as_number(&pair.0[0]), as_number(&pair.0[1])) {
            (Some(start), Some(end)) => Ok((start, end)),
            _ => Err(BadArgs(format!("each pair must be two numbers, got {}", pair.0))),
        })?;
    let union = interval::merge_intervals(&pairs).into_iter();
    Ok(union.map(|(start, end)| json!([as_json(start), as_json(end)])).collect())
}
