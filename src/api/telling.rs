//! Who is told, and when reports are made: refused at saving where it could not work, or would tell more than who
//! saves it may know.

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use crate::domain::{Draft, Kind, Pointer, Problems, Recipient, Schedule, Sensitivity, typed};
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
    if !matches!(kind, Kind::Recipient | Kind::Schedule) {
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

/// What is told by it at most; what is wrong with an address is noted.
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
    let recipient = typed::<Recipient>(&draft.body).ok()?;
    if let Err(rule) = state.deliverers.check(recipient.channel, recipient.address.as_str()) {
        problems.add(&Pointer::Field(at, "address"), rule);
    }
    if let Err(rule) = state.deliverers.check_level(recipient.channel, recipient.level()) {
        problems.add(&Pointer::Field(at, "clearance"), rule);
    }
    Some(recipient.level())
}
