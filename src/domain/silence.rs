//! A time in which alerts are not sent.

use super::alert::{Rule, Severity};
use super::record::record;
use super::{AreaCode, Moment, PauseCode, Problems, Sensitivity, Text};

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
            _ => {}
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.from)
    }
}

impl Silence {
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
}
