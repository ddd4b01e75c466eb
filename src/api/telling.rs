//! Who is told, when reports are made, and what is kept quiet: refused at saving where it could not work, or would reach
//! further than who saves it may see.

use serde_json::{Value, json};

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use crate::domain::{
    Channel, Draft, Kind, Pointer, Problems, Recipient, Schedule, Sensitivity, Silence, typed,
};
use crate::jobs::report::check_schedule_name;

/// Notes what nothing could be delivered by as things are set. Looks at the fields that can be read, whatever becomes
/// of the others, and says nothing of those that are wrong already.
pub(super) fn check(
    kind: Kind,
    sent: &Value,
    at: &Pointer<'_>,
    state: &State,
    problems: &mut Problems,
) {
    let word = |name: &str| sent.get(name).and_then(Value::as_str);
    let mut note = |name: &str, outcome: Result<(), String>| {
        let pointer = Pointer::Field(at, name);
        let is_told = problems.0.iter().any(|told| told.pointer == pointer.to_string());
        if let (Err(rule), false) = (outcome, is_told) {
            problems.add(&pointer, rule);
        }
    };
    match kind {
        Kind::Schedule => note("code", word("code").map_or(Ok(()), check_schedule_name)),
        Kind::Recipient => {
            let Some(channel) = word("channel").and_then(|word| word.parse::<Channel>().ok())
            else {
                return;
            };
            let address = word("address");
            note("address", address.map_or(Ok(()), |to| state.deliverers.check(channel, to)));
            let level = word("clearance").map_or(Ok(Sensitivity::Internal), str::parse);
            let level = level.ok().map(|level| level.min(Sensitivity::Confidential));
            note(
                "clearance",
                level.map_or(Ok(()), |level| state.deliverers.check_level(channel, level)),
            );
        }
        _ => {}
    }
}

/// A silence holds for its author and all below, where it does not say otherwise.
pub(super) fn complete(draft: &mut Draft, reader: &Reader) {
    let says = draft.body.get("clearance").is_some_and(|level| !level.is_null());
    if draft.kind == Kind::Silence && !says {
        draft.body["clearance"] = json!(reader.clearance.level);
    }
}

/// Refuses whoever would have told to others what they may not know themselves.
pub(super) fn allowed(kind: Kind, drafts: &[Draft], reader: &Reader) -> Result<(), ApiError> {
    let level_of = |draft: &Draft| match kind {
        Kind::Schedule => typed::<Schedule>(&draft.body).ok().map(|schedule| schedule.level()),
        Kind::Recipient => typed::<Recipient>(&draft.body).ok().map(|recipient| recipient.level()),
        Kind::Silence => typed::<Silence>(&draft.body).ok().map(|silence| silence.level()),
        _ => None,
    };
    let is_above = |draft| level_of(draft).is_some_and(|level| level > reader.clearance.level);
    if drafts.iter().any(is_above) { Err(ApiError::AboveYou) } else { Ok(()) }
}
