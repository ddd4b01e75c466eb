//! Breaches of a pause: which window each one falls into, as far as its time is known.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::answers::Reading;
use super::times::span_of;
use crate::assess::recurrence::Window;
use crate::domain::Pause;
use crate::domain::pause::Violation;
use crate::situation::table::Known;

/// Breaches inside a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Breaches {
    /// How many are recorded.
    pub count: usize,
    /// Did one of them end the pause?
    pub terminal: bool,
}

/// What broke a pause by a day, of all its records.
pub(super) fn known<'w>(
    rows: impl Iterator<Item = &'w Known<Pause>>,
    as_of: DateTime<Utc>,
) -> Vec<&'w Violation> {
    let mut found: Vec<&Violation> = rows.flat_map(|row| &row.record.violations).collect();
    found.retain(|violation| violation.at.start() <= as_of);
    found.sort_by_key(|violation| violation.at);
    found
}

/// When it happened inside a window; a breach known only by its day can lie anywhere in it.
pub(super) fn inside(
    violation: &Violation,
    window: Window,
    reading: Reading,
) -> Option<DateTime<Utc>> {
    let span = span_of(violation.at, violation.date_precision)?;
    if span.end <= window.start || window.end <= span.start {
        return None;
    }
    let last = window.end - TimeDelta::milliseconds(1);
    Some(reading.of(violation.at).clamp(window.start, last.max(window.start)))
}

/// Did it end the pause?
pub(super) fn is_terminal(violation: &Violation) -> bool {
    violation.terminal == Some(true)
}
