//! How alerts are followed and told: how often they are looked for, what keeps others quiet, who is next.

use serde::Deserialize;

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
    pub(super) fn check(&self) -> Result<(), String> {
        const LONGEST_LOOK_SECONDS: u32 = 3_600;
        const SHORTEST_HOURS: f64 = 24.0;
        if !(1..=LONGEST_LOOK_SECONDS).contains(&self.look_seconds) {
            return Err(format!(
                "telling.look_seconds: must be 1 to {LONGEST_LOOK_SECONDS}, got {}",
                self.look_seconds
            ));
        }
        if self.quiet_seconds > self.look_seconds {
            return Err("telling.quiet_seconds: must not be more than look_seconds".to_owned());
        }
        if self.escalate_hours.is_nan() || self.escalate_hours <= 0.0 {
            return Err("telling.escalate_hours: must be more than 0".to_owned());
        }
        if self.most_single == 0 {
            return Err("telling.most_single: must be 1 or more".to_owned());
        }
        // A receiver that is down for a day loses nothing.
        if self.give_up_hours.is_nan() || self.give_up_hours < SHORTEST_HOURS {
            return Err(format!("telling.give_up_hours: must be at least {SHORTEST_HOURS}"));
        }
        Ok(())
    }
}
