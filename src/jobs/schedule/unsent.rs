//! Schedules that name recipients who are not there.

use super::schedules;
use crate::app::App;
use crate::domain::{RecipientCode, Schedule};
use crate::situation::World;

/// To whom a schedule is sent without anybody of this code being there: nobody is told.
#[must_use]
pub fn unknown_recipients<'a>(world: &World, schedule: &'a Schedule) -> Vec<&'a str> {
    let codes = schedule.recipients.iter().map(RecipientCode::as_str);
    let mut unknown: Vec<&str> =
        codes.filter(|code| world.recipients.get(code).is_none()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

/// Says in the log which schedules are sent to nobody, with the field: those of the settings are read before it is
/// known who is there.
pub(super) fn warn_of_unknown(app: &App) {
    let world = app.situations.world();
    for one in schedules(app, &world) {
        let unknown = unknown_recipients(&world, one.schedule);
        if !unknown.is_empty() {
            tracing::warn!(
                schedule = one.code,
                "schedule {}: recipients: there is no recipient {}; nothing is sent there",
                one.code,
                unknown.join(", ")
            );
        }
    }
}
