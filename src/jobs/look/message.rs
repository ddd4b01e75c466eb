//! Messages about alerts.

use chrono::{DateTime, Utc};

use super::Level;
use crate::app::App;
use crate::jobs::JobError;
use crate::jobs::telling::Notice;
use crate::situation::Situation;
use crate::store::{Look, Told};

pub(super) fn write(
    _app: &App,
    _all: &Situation,
    _levels: &[Level],
    (_notices, _told): (&[Notice], &[Told]),
    _now: DateTime<Utc>,
    _look: &mut Look,
) -> Result<(), JobError> {
    Ok(())
}
