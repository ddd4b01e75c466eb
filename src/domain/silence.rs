//! A time in which alerts are not sent.

use chrono::TimeDelta;

use super::alert::{Rule, Severity};
use super::record::record;
use super::{AreaCode, Moment, PauseCode, Problems, Sensitivity, Text};

/// How long everything may be kept quiet: over a weekend. Whoever forgets a silence of everything misses everything.
const LONGEST_OF_EVERYTHING: TimeDelta = TimeDelta::hours(72);

record! {
    /// Alerts that are not sent for a time: all that is given must fit.
    Silence "silence" {
        from: Moment, "#date+start", "From when.";
        until: Option<Moment>, "#date+end", "Until when; may be left out with a pause, for as long as that is in force.";
        reason: Text, "#meta+reason", "Why.";
        rules: Vec<Rule>, "#indicator+rule", "Alerts by one of these rules; none named is all.";
        areas: Vec<AreaCode>, "#loc+code", "Alerts that touch one of these areas; none named is all.";
        pcode: Option<Text>, "#adm+code+v_pcode", "Alerts that touch an area whose P-code, or that of a unit it lies in, begins so.";
        severity: Option<Severity>, "#severity+code", "Alerts that are at most this grave; left out, critical.";
        pause: Option<PauseCode>, "#event+code", "The pause in fighting that it is tied to: it holds only while that is in force.";
        clearance: Option<Sensitivity>, "#meta+clearance", "It holds for readers of this level and below; left out, of the level of who saves it.";
    }

    const SUMMARY: &'static [&'static str] = &["from", "until", "reason", "rules", "areas", "pcode", "severity", "pause"];

    fn check(&self, problems: &mut Problems) {
        match self.until {
            None if self.pause.is_none() => problems.add_field("until", "is required without a pause: a silence has an end"),
            Some(until) if until.end() < self.from.start() => {
                problems.add_field("until", format!("must not lie before from, {}", self.from));
            }
            Some(until) if self.is_of_everything() && until.end() - self.from.start() > LONGEST_OF_EVERYTHING => {
                problems.add_field("until", format!(
                    "must lie at most {} hours after from, as no alert of any kind is told then; for longer, name rules, areas, a P-code, a pause or a severity below critical",
                    LONGEST_OF_EVERYTHING.num_hours()
                ));
            }
            _ => {}
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.from)
    }
}

impl Silence {
    /// Does nothing that is given leave an alert out?
    fn is_of_everything(&self) -> bool {
        self.rules.is_empty()
            && self.areas.is_empty()
            && self.pcode.is_none()
            && self.pause.is_none()
            && self.severity.is_none_or(|most| most == Severity::Critical)
    }

    /// The highest level of readers for whom it holds; internal where nobody said, as in a file that was imported.
    #[must_use]
    pub fn level(&self) -> Sensitivity {
        self.clearance.unwrap_or(Sensitivity::Internal)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::{Kind, draft};

    #[test]
    fn a_silence_has_an_end_or_a_pause() {
        let silence = |more: serde_json::Value| {
            let mut body = json!({ "from": "2016-07-01", "reason": "known" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            draft(Kind::Silence, &body)
        };
        assert!(silence(json!({ "until": "2016-07-02" })).is_ok());
        assert!(silence(json!({ "pause": "p" })).is_ok());
        for wrong in [json!({}), json!({ "until": "2016-06-30" })] {
            assert!(silence(wrong).err().unwrap().to_string().contains("until"));
        }
    }

    #[test]
    fn a_silence_of_everything_is_over_after_three_days() {
        let silence = |until: &str, more: serde_json::Value| {
            let mut body = json!({ "from": "2016-07-01", "until": until, "reason": "known" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            draft(Kind::Silence, &body).map(|_| ()).map_err(|problems| problems.to_string())
        };
        assert_eq!(silence("2016-07-03", json!({})), Ok(()));
        for more in [json!({}), json!({ "severity": "critical" })] {
            let refused = silence("2099-01-01", more).unwrap_err();
            assert!(refused.contains("/until: must lie at most 72 hours after from"), "{refused}");
        }
        for some in [
            json!({ "rules": ["data_gap"] }),
            json!({ "areas": ["a"] }),
            json!({ "pcode": "SY" }),
            json!({ "severity": "high" }),
            json!({ "pause": "p" }),
        ] {
            assert_eq!(silence("2099-01-01", some), Ok(()));
        }
    }
}
