//! Who is told of alerts and given reports, and on which way.

use super::alert::{Rule, Severity};
use super::channel::{Channel, check_address};
use super::door::part;
use super::record::record;
use super::{AreaCode, Language, OrganisationCode, Problems, RecipientCode, Sensitivity, Text};

/// After how many hours nobody has to wait for an answer any longer: a month.
const LONGEST_WAIT_HOURS: f64 = 720.0;

part! {
    /// Which alerts: all that is given must fit.
    AlertChoice "alert_choice" {
        rules: Vec<Rule>, "#indicator+rule", "By one of these rules; none named is all.";
        areas: Vec<AreaCode>, "#loc+code", "Touching one of these areas; none named is all.";
        pcode: Option<Text>, "#adm+code+v_pcode", "Touching an area whose P-code, or that of a unit it lies in, begins so.";
        severity: Option<Severity>, "#severity+code", "At least this grave; left out, low.";
    }
}

record! {
    /// Somebody who is told.
    Recipient "recipient" {
        name: Text, "#contact+name", "Who.";
        channel: Channel, "#contact+channel", "On which way.";
        address: Text, "#contact+address", "A mail address, a URL, or the name of a folder.";
        language: Option<Language>, "#meta+lang", "In which language; left out, English.";
        clearance: Option<Sensitivity>, "#meta+clearance", "What they may know, at most confidential; left out, internal.";
        organisation: Option<OrganisationCode>, "#org+code", "Whom they work for.";
        alerts: Vec<AlertChoice>, "#meta+alerts", "The alerts they are told of, as soon as one of these fits; none named is no alerts.";
        next: Option<RecipientCode>, "#contact+next", "Who is told of a critical alert that nobody acknowledged.";
        next_after_hours: Option<f64>, "#meta+escalation+hours", "After how many hours; left out, as set.";
        paused: Option<bool>, "#status+paused", "Are they told nothing for the time being; left out, no.";
    }

    const COLUMNS: &'static [&'static str] = &["channel"];
    const SUMMARY: &'static [&'static str] = &["name", "channel", "language", "clearance", "paused"];

    fn check(&self, problems: &mut Problems) {
        if let Err(rule) = check_address(self.channel, self.address.as_str()) {
            problems.add_field("address", rule);
        }
        if self.clearance == Some(Sensitivity::StrictlyConfidential) {
            problems.add_field("clearance", "must be at most confidential: what is strictly confidential is read in Passage only");
        }
        if self.next_after_hours.is_some_and(|hours| hours <= 0.0 || hours > LONGEST_WAIT_HOURS) {
            problems.add_field("next_after_hours", format!("must be more than 0 and at most {LONGEST_WAIT_HOURS}"));
        }
        if self.next_after_hours.is_some() && self.next.is_none() {
            problems.add_field("next_after_hours", "is read with next alone: name who is told then");
        }
    }
}

impl Recipient {
    /// What they may know.
    #[must_use]
    pub fn level(&self) -> Sensitivity {
        self.clearance.unwrap_or(Sensitivity::Internal).min(Sensitivity::Confidential)
    }

    /// The language they are told in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.unwrap_or(Language::En)
    }
}
