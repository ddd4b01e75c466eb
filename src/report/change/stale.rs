//! Estimates that went stale since the last report: nobody counted anew, and the limit of days is past.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Side;
use crate::domain::choice::choice;
use crate::report::stated::{self, Day};
use crate::situation::alert::{Alert, Rule};
use crate::situation::coverage::whole_days;

choice! {
    /// What was estimated.
    Estimate {
        /// How many people there are.
        People = "people",
        /// What is in store.
        Stock = "stock",
    }
}

/// An estimate that went stale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaleChange {
    /// The code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// What was estimated.
    #[serde(deserialize_with = "stated::word")]
    pub estimate: Estimate,
    /// The day of the newest estimate.
    pub day: Option<Day>,
    /// How old it is, whole days.
    pub age_days: f64,
    /// From how many days on it is stale.
    pub limit_days: f64,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// The oldest first.
pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Vec<StaleChange> {
    let new = now.alerts.iter().filter(|alert| alert.rule == Rule::StaleEstimate);
    let new = new.filter(|alert| then.alerts.iter().all(|old| old.key != alert.key));
    let mut found: Vec<StaleChange> = new.filter_map(|alert| change(then, alert)).collect();
    found.sort_by(|a, b| {
        b.age_days.total_cmp(&a.age_days).then_with(|| (&a.name, &a.area).cmp(&(&b.name, &b.area)))
    });
    found
}

/// An area that somebody only now calls cut off may have had an old estimate long since: that did not go stale.
fn change(then: &Side<'_>, alert: &Alert) -> Option<StaleChange> {
    let number = |name: &str| alert.numbers.get(name).and_then(Value::as_f64);
    let (age_days, limit_days) = (number("age_days")?, number("threshold_days")?);
    let since = alert.since?;
    let was_stale = whole_days(since, then.situation.as_of) > limit_days;
    let is_stock = alert.key.ends_with("/stock");
    (!was_stale).then(|| StaleChange {
        area: alert.subject.code.clone(),
        name: alert.subject.name.clone().unwrap_or_else(|| alert.subject.code.clone()),
        estimate: if is_stock { Estimate::Stock } else { Estimate::People },
        day: Some(since.date_naive().into()),
        age_days,
        limit_days,
        sources: alert.sources.clone(),
    })
}
