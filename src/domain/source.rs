//! Who said it: name, publisher, date, link, and how far it can be trusted.

use super::choice::choice;
use super::record::record;
use super::{DatePrecision, Moment, Problems, Text};

choice! {
    /// How reliable the source is in general (the Admiralty scale).
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

record! {
    /// Who said it: a report, a transcript, a news item, an assessment.
    Source "source" {
        name: Text, "#meta+source", "The source as it names itself.";
        publisher: Option<Text>, "#meta+publisher", "Who publishes it.";
        date: Option<Moment>, "#date+reported", "When it was published.";
        date_precision: Option<DatePrecision>, "#meta+date+reported+precision", "How exactly that date is known.";
        url: Option<Text>, "#meta+url", "Where it can be read.";
        reliability: Option<Reliability>, "#meta+reliability", "A (reliable) to E (unreliable), F (cannot be judged).";
        credibility: Option<u64>, "#meta+credibility", "1 (confirmed) to 5 (improbable), 6 (cannot be judged).";
        licence: Option<Text>, "#meta+license", "Under which licence it may be used.";
    }

    const SUMMARY: &'static [&'static str] = &["name", "date"];
    const DATES: &'static [&'static str] = &["date"];

    fn check(&self, problems: &mut Problems) {
        if self.credibility.is_some_and(|c| !(1..=6).contains(&c)) {
            problems.add_field("credibility", "must be between 1 and 6");
        }
        let is_web = |url: &Text| ["http://", "https://"].iter().any(|s| url.as_str().starts_with(s));
        if self.url.as_ref().is_some_and(|url| !is_web(url)) {
            problems.add_field("url", "must begin with http:// or https://");
        }
    }

    fn happened(&self) -> Option<Moment> {
        self.date
    }
}

impl Source {
    /// The day from which the source counts as known: its date; of a month the last day; `None` without a date.
    #[must_use]
    pub fn known_from(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let precision = self.date_precision.unwrap_or(DatePrecision::Day);
        self.date.map(|date| match precision {
            DatePrecision::Day | DatePrecision::Approx => date.start(),
            coarser => {
                let latest = Moment::instant(coarser.latest(date));
                Moment::day(latest.date()).start()
            }
        })
    }
}
