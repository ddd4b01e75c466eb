//! When a situation report is made, and for whom.

use super::choice::choice;
use super::record::record;
use super::{AreaCode, Language, Problems, RecipientCode, Sensitivity, Text, Times};

/// The longest that a report looks back, some ten years.
const MOST_PERIOD_DAYS: u64 = 3_660;

/// How far back a report looks whose schedule does not say.
const USUAL_PERIOD_DAYS: u64 = 7;

choice! {
    /// What a report is sent as.
    Format {
        /// A page.
        Html = "html",
        /// Plain text.
        Text = "text",
        /// A workbook.
        Xlsx = "xlsx",
        /// The report as data.
        Json = "json",
    }
}

impl Format {
    /// The ending of a file.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "txt",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The media type of a file.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

choice! {
    /// A part of a report. What it is about and how to read it are always there.
    Section {
        /// What changed since the last report.
        Changes = "changes",
        /// The map.
        Map = "map",
        /// How long food lasts, what is missing, the next pause.
        Outlook = "outlook",
        /// What somebody should look at.
        Alerts = "alerts",
        /// The areas.
        Areas = "areas",
        /// The convoys.
        Convoys = "convoys",
        /// The pauses.
        Pauses = "pauses",
        /// What sources said.
        Statements = "statements",
        /// What happened.
        Incidents = "incidents",
    }
}

record! {
    /// A report that is made at its times.
    Schedule "schedule" {
        cron: Text, "#meta+date+cron", "When, on the local clock: minute, hour, day of month, month, day of week; a sixth field before them is the second.";
        time_zone: Text, "#loc+timezone", "IANA time zone of the local clock.";
        title: Option<Text>, "#meta+title", "A short name.";
        period_days: Option<u64>, "#meta+date+duration+days", "How many days it looks back; left out, 7.";
        areas: Vec<AreaCode>, "#loc+code", "The areas it tells of; none named is all.";
        sections: Vec<Section>, "#meta+sections", "The parts it has; none named is all.";
        language: Option<Language>, "#meta+lang", "The language of the copy in the folder of reports; left out, English. Recipients have their own.";
        formats: Vec<Format>, "#meta+formats", "What it is sent as; none named is html and text.";
        recipients: Vec<RecipientCode>, "#contact+code", "Who is sent it.";
        clearance: Option<Sensitivity>, "#meta+clearance", "For whom the copy in the folder of reports is made, at most confidential; left out, internal.";
        paused: Option<bool>, "#status+paused", "Is none made for the time being; left out, no.";
    }

    const SUMMARY: &'static [&'static str] = &["title", "cron", "time_zone", "period_days", "language", "paused"];

    fn check(&self, problems: &mut Problems) {
        self.check_times(problems);
        if self.period_days.is_some_and(|days| !(1..=MOST_PERIOD_DAYS).contains(&days)) {
            problems.add_field("period_days", format!("must be 1 to {MOST_PERIOD_DAYS}"));
        }
        if self.clearance == Some(Sensitivity::StrictlyConfidential) {
            problems.add_field("clearance", "must be at most confidential: a report is a file that is handed on, and what is strictly confidential is read in Passage only");
        }
    }
}

impl Schedule {
    fn check_times(&self, problems: &mut Problems) {
        let zone: Result<chrono_tz::Tz, _> = self.time_zone.as_str().parse();
        if zone.is_err() {
            problems.add_field(
                "time_zone",
                format!("must be an IANA time zone such as Asia/Damascus, got {}", self.time_zone),
            );
        }
        let zone = zone.unwrap_or(chrono_tz::UTC);
        if let Err(rule) = Times::checked(self.cron.as_str(), zone) {
            problems.add_field("cron", rule);
        }
    }

    /// When it is due; never `None` for one that went through its door.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        Times::read(self.cron.as_str(), self.time_zone.as_str().parse().ok()?)
    }

    /// How many days it looks back.
    #[must_use]
    pub fn period_days(&self) -> u32 {
        u32::try_from(self.period_days.unwrap_or(USUAL_PERIOD_DAYS)).unwrap_or(u32::MAX)
    }

    /// For whom the copy in the folder of reports is made.
    #[must_use]
    pub fn level(&self) -> Sensitivity {
        self.clearance.unwrap_or(Sensitivity::Internal).min(Sensitivity::Confidential)
    }

    /// Is it told?
    #[must_use]
    pub fn has(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }

    /// What it is sent as, each once: an earlier program took doubles.
    #[must_use]
    pub fn formats(&self) -> Vec<Format> {
        if self.formats.is_empty() { vec![Format::Html, Format::Text] } else { once(&self.formats) }
    }

    /// Who is sent it, each once.
    #[must_use]
    pub fn recipients(&self) -> Vec<RecipientCode> {
        once(&self.recipients)
    }
}

/// Each once, where it stands first.
fn once<T: Clone + PartialEq>(items: &[T]) -> Vec<T> {
    let is_first = |(index, item): &(usize, &T)| !items[..*index].contains(item);
    items.iter().enumerate().filter(is_first).map(|(_, item)| item.clone()).collect()
}
