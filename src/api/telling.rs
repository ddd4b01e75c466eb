//! Who is told, when reports are made, and what is kept quiet: refused at saving where it could not work, or would reach
//! further than who saves it may see.

use serde_json::json;

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use crate::domain::{
    Draft, Kind, Pointer, Problems, Recipient, Schedule, Sensitivity, Silence, typed,
};
use crate::jobs::report::check_schedule_name;

/// Refuses recipients that nothing can be delivered to as things are set, and whoever would have told to others what
/// they may not know themselves.
pub(super) fn allowed(
    kind: Kind,
    drafts: &[&Draft],
    is_batch: bool,
    state: &State,
    reader: &Reader,
) -> Result<(), ApiError> {
    if !matches!(kind, Kind::Recipient | Kind::Schedule | Kind::Silence) {
        return Ok(());
    }
    let mut problems = Problems::default();
    for (index, draft) in drafts.iter().enumerate() {
        let root = Pointer::Root;
        let item = Pointer::Item(&root, index);
        let at = if is_batch { &item } else { &root };
        let level = told_level(kind, draft, at, state, &mut problems);
        if level.is_some_and(|level| level > reader.clearance.level) {
            return Err(ApiError::AboveYou);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

/// A silence holds for its author and all below, where it does not say otherwise.
pub(super) fn complete(draft: &mut Draft, reader: &Reader) {
    let says = draft.body.get("clearance").is_some_and(|level| !level.is_null());
    if draft.kind == Kind::Silence && !says {
        draft.body["clearance"] = json!(reader.clearance.level);
    }
}

/// Up to which level of readers it reaches; what is wrong with an address is noted.
fn told_level(
    kind: Kind,
    draft: &Draft,
    at: &Pointer<'_>,
    state: &State,
    problems: &mut Problems,
) -> Option<Sensitivity> {
    if kind == Kind::Schedule {
        let code = draft.code.as_ref().map(|code| check_schedule_name(code.as_str()));
        if let Some(Err(rule)) = code {
            problems.add(&Pointer::Field(at, "code"), rule);
        }
        return typed::<Schedule>(&draft.body).ok().map(|schedule| schedule.level());
    }
    if kind == Kind::Silence {
        return typed::<Silence>(&draft.body).ok().map(|silence| silence.level());
    }
    let recipient = typed::<Recipient>(&draft.body).ok()?;
    if let Err(rule) = state.deliverers.check(recipient.channel, recipient.address.as_str()) {
        problems.add(&Pointer::Field(at, "address"), rule);
    }
    if let Err(rule) = state.deliverers.check_level(recipient.channel, recipient.level()) {
        problems.add(&Pointer::Field(at, "clearance"), rule);
    }
    Some(recipient.level())
}
