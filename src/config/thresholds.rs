//! Thresholds of the alert rules, and how outlooks are computed.

use serde::Deserialize;

use crate::domain::alert::RuleSet;
use crate::domain::stock::RationPolicy;

/// Thresholds of the alert rules, and which of them are turned off.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit and source")]
pub struct Alert {
    pub off: RuleSet,
    pub no_delivery_days: f64,
    pub no_delivery_critical_days: f64,
    pub runout_p50_days: f64,
    pub runout_p50_high_days: f64,
    pub runout_p50_critical_days: f64,
    pub runout_p10_days: f64,
    pub runout_p10_high_days: f64,
    pub runout_p10_critical_days: f64,
    pub runout_clear_factor: f64,
    pub low_coverage: f64,
    pub low_coverage_critical: f64,
    pub low_coverage_clear: f64,
    pub stock_destroyed_share: f64,
    pub stock_destroyed_days: f64,
    pub stock_destroyed_critical_days: f64,
    pub convoy_stalled_hours: f64,
    pub convoy_stalled_pause_hours: f64,
    pub pause_ending_hours: f64,
    pub hysteresis_days: u32,
    pub convoy_overdue_hours: f64,
    pub convoy_overdue_high_hours: f64,
    pub items_removed_share: f64,
    pub items_removed_high_share: f64,
    pub pause_unanswered_hours: f64,
    pub pause_unanswered_before_start_hours: f64,
    pub stale_population_days: f64,
    pub stale_stock_days: f64,
    pub population_jump_share: f64,
    pub future_dated_hours: f64,
    pub event_days: f64,
}

/// How outlooks are computed.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit and source")]
pub struct Outlook {
    #[serde(deserialize_with = "super::word")]
    pub policy: RationPolicy,
    pub ration_low: f64,
    pub ration_best: f64,
    pub ration_high: f64,
    pub threshold_days: f64,
    pub horizon_days: u32,
    pub look_back_days: u32,
    pub counted_together_days: u32,
    pub draws: usize,
}
