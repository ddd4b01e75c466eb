//! How alerts are followed and told: how often they are looked for, what keeps others quiet, who is next.

use serde::Deserialize;

use super::fault::{Fault, in_order, within};
use crate::domain::Rule;

/// How alerts are followed and told.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Telling {
    pub look_seconds: u32,
    pub quiet_seconds: u32,
    pub escalate_hours: f64,
    pub most_single: usize,
    pub give_up_hours: f64,
}

/// Alerts that mute others for the same area and for those that lie in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is")]
pub struct Inhibit {
    pub by: Vec<Rule>,
    pub mutes: Vec<Rule>,
}

impl Telling {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        const LONGEST_LOOK_SECONDS: f64 = 3_600.0;
        const LONGEST_WAIT_HOURS: f64 = 720.0;
        // A receiver that is down for a day loses nothing.
        const SHORTEST_HOURS: f64 = 24.0;
        const LONGEST_HOURS: f64 = 8_784.0;
        #[expect(clippy::cast_precision_loss, reason = "held against a limit far below 2^53")]
        let most_single = self.most_single as f64;
        faults.extend(within(&[
            ("look_seconds", self.look_seconds.into(), 1.0..=LONGEST_LOOK_SECONDS),
            ("quiet_seconds", self.quiet_seconds.into(), 0.0..=LONGEST_LOOK_SECONDS),
            ("escalate_hours", self.escalate_hours, 0.01..=LONGEST_WAIT_HOURS),
            ("most_single", most_single, 1.0..=1_000.0),
            ("give_up_hours", self.give_up_hours, SHORTEST_HOURS..=LONGEST_HOURS),
        ]));
        in_order(
            &[[
                ("quiet_seconds", self.quiet_seconds.into()),
                ("look_seconds", self.look_seconds.into()),
            ]],
            faults,
        );
    }
}
