//! What a situation report says ([`build`]), then how it looks ([`html`], [`text`], [`Report::json`]).
//!
//! A report is a pure function of two situations: as it is, and as it was. It reads no clock, no store and no
//! settings, so that the same data gives the same bytes. Renderers show the report and compute nothing.

pub mod area;
pub mod change;
mod chart;
pub mod convoy;
pub mod funnel;
pub mod gap;
pub mod headline;
pub mod html;
pub mod map;
pub mod names;
pub mod next_pause;
pub mod notice;
pub mod outlook;
pub mod pause;
mod phrase;
pub mod picture;
pub mod png;
pub mod reached;
pub mod source;
pub mod stated;
pub mod statement;
mod terms;
pub mod text;
mod words;
pub mod xlsx;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use self::area::AreaRow;
pub use self::change::Changes;
use self::change::Side;
pub use self::convoy::ConvoyRow;
pub use self::funnel::FunnelSteps;
pub use self::headline::Headline;
pub use self::map::AreaMap;
pub use self::outlook::FoodOutlook;
pub use self::pause::PauseRow;
pub use self::reached::MonthRow;
pub use self::source::SourceRow;
pub use self::stated::{Day, Stated};
pub use self::statement::{IncidentRow, StatementRow};
use crate::domain::record::tidy;
use crate::domain::{Language, Saying, Section};
use crate::situation::Situation;
use crate::situation::alert::{Alert, Rule, Severity};
use crate::situation::standards::Standards;
use crate::tongue::{CalledBy, Tongue};

/// A situation report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What it is, in a line.
    pub title: String,
    /// Which schedule it was made for.
    pub schedule: String,
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// The time it looks back on.
    pub period: Period,
    /// With what it is compared.
    pub before: Before,
    /// The parts that it has; none named is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// What its readers do not see, if anything is withheld from them.
    #[serde(default)]
    pub withheld: Option<String>,
    /// The same before a language is chosen; `null` in reports made before they were told in several.
    #[serde(default)]
    pub withheld_said: Option<Saying>,
    /// The three numbers.
    pub headline: Headline,
    /// What changed since.
    pub changes: Changes,
    /// How long food lasts, what is missing, what the next pause can do; `null` in reports made before these were told.
    #[serde(default)]
    pub outlook: Option<FoodOutlook>,
    /// What somebody should look at, the gravest first.
    pub alerts: Vec<Finding>,
    /// The areas that anybody lists as besieged or hard to reach.
    pub areas: Vec<AreaRow>,
    /// Where these areas lie, as the readers of the report may know it; `null` in reports made before this was told.
    #[serde(default)]
    pub map: Option<AreaMap>,
    /// People reached against people in need, month by month, the earliest first; `null` in reports made before this
    /// was told.
    #[serde(default)]
    pub months: Option<Vec<MonthRow>>,
    /// How far the convoys of the period came; `null` in reports made before this was told.
    #[serde(default)]
    pub funnel: Option<FunnelSteps>,
    /// The convoys of the period.
    pub convoys: Vec<ConvoyRow>,
    /// Pauses that are asked for, in force, or were of the period.
    pub pauses: Vec<PauseRow>,
    /// What sources said in the period.
    pub statements: Vec<StatementRow>,
    /// What happened in the period.
    pub incidents: Vec<IncidentRow>,
    /// The sources that are cited, in the order in which they are.
    pub sources: Vec<SourceRow>,
    /// What the words mean and what is not counted.
    pub how_to_read: Vec<Term>,
    /// Where the ledger stood when it was made, so that what is rewritten later shows; `null` in previews and in
    /// reports made before this was told.
    #[serde(default)]
    pub ledger: Option<LedgerMark>,
    /// When the task that makes reports ran before this one was made: a long time ago, and something stood still. `null`
    /// where it was not made by that task, or at its first run.
    #[serde(default)]
    pub scheduler_ran_at: Option<DateTime<Utc>>,
    /// What the places and parties of the report are called in other languages, by the name that stands in it.
    #[serde(default)]
    pub names: CalledBy,
}

/// A place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerMark {
    /// The last entry.
    pub sequence: i64,
    /// Its hash, hexadecimal.
    pub head: String,
}

/// A time looked back on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// It begins right after this instant.
    pub after: DateTime<Utc>,
    /// Its last instant.
    pub to: DateTime<Utc>,
    /// Its length, days.
    pub days: u32,
}

impl Period {
    fn ending(to: DateTime<Utc>, days: u32) -> Self {
        Self { after: to - TimeDelta::days(days.into()), to, days }
    }

    /// Does the instant lie in it?
    #[must_use]
    pub fn has(&self, at: DateTime<Utc>) -> bool {
        self.after < at && at <= self.to
    }
}

/// With what a report is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// The last report of this schedule; else, for want of one, the beginning of the period.
    pub is_report: bool,
    /// Was nothing known at all? Then no change can be told.
    pub is_blank: bool,
}

impl Before {
    const fn of(before: &Situation, is_report: bool, is_blank: bool) -> Self {
        Self { as_of: before.as_of, known_at: before.known_at, is_report, is_blank }
    }
}

/// An alert, as far as a reader needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Rule, subject and window or source: the same finding keeps its key.
    pub key: String,
    /// How grave it is.
    #[serde(deserialize_with = "stated::word")]
    pub severity: Severity,
    /// By which rule.
    #[serde(deserialize_with = "stated::word")]
    pub rule: Rule,
    /// In one sentence, in English.
    pub text: String,
    /// The same before a language is chosen; empty in reports made before they were told in several.
    #[serde(default)]
    pub said: Vec<Saying>,
    /// Since when it has been so, where that can be told.
    pub since: Option<DateTime<Utc>>,
    /// The numbers it rests on, with their units in their names.
    pub numbers: Map<String, Value>,
    /// The codes of the sources.
    pub sources: Vec<String>,
    /// Was it not there before?
    pub is_new: bool,
}

impl Finding {
    /// Its sentence in a language; in English where a report of an earlier version has it in no other one.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        phrase::alert(Tongue::of(language), self)
    }

    fn of(alert: &Alert, is_new: bool) -> Self {
        let mut numbers = alert.numbers.clone();
        numbers.values_mut().for_each(tidy);
        Self {
            key: alert.key.clone(),
            severity: alert.severity,
            rule: alert.rule,
            text: alert.text.clone(),
            said: alert.said.clone(),
            since: alert.since,
            numbers,
            sources: alert.sources.clone(),
            is_new,
        }
    }
}

/// A word and what it means here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The word.
    pub term: String,
    /// What it means.
    pub meaning: String,
    /// Both before a language is chosen; `null` in reports made before they were told in several.
    #[serde(default)]
    pub said: Option<(Saying, Saying)>,
}

/// Writes the report of a situation.
///
/// `before` is the situation of the last report, or of the beginning of the period; `period_days` is how far
/// the report looks back from the day of the situation.
#[must_use]
pub fn build(
    now: &Situation,
    before: &Situation,
    before_is_report: bool,
    schedule: &str,
    period_days: u32,
    standards: &Standards,
) -> Report {
    let is_blank = is_blank(before);
    let then = Side::of(before, period_days, standards);
    let mut side = Side::of(now, period_days, standards);
    let period = side.period;
    let pauses = pause::rows(now, period);
    let outlook = outlook::of(now, &side.areas, &side.outlooks, &pauses, standards);
    side.headline.ends_first = outlook::ends_first(&outlook);
    let is_new = |alert: &Alert| !is_blank && !then.alerts.iter().any(|old| old.key == alert.key);
    let mut report = Report {
        title: words::title(Tongue::ENGLISH, now.as_of),
        schedule: schedule.to_owned(),
        as_of: now.as_of,
        known_at: now.known_at,
        sections: Vec::new(),
        withheld: now.withheld().map(|said| Tongue::ENGLISH.told(&said)),
        withheld_said: now.withheld(),
        period,
        before: Before::of(before, before_is_report, is_blank),
        changes: if is_blank { Changes::default() } else { change::of(&then, &side) },
        map: Some(map::of(now, &side.areas, &outlook)),
        months: Some(reached::months(now, standards)),
        funnel: Some(funnel::of(now, period)),
        outlook: Some(outlook),
        alerts: side.alerts.iter().map(|alert| Finding::of(alert, is_new(alert))).collect(),
        headline: side.headline,
        areas: side.areas,
        convoys: convoy::rows(now, period, standards.losses),
        pauses,
        statements: statement::statements(now, period),
        incidents: statement::incidents(now, period),
        sources: Vec::new(),
        how_to_read: terms::how_to_read(now, standards),
        ledger: None,
        scheduler_ran_at: None,
        names: CalledBy::new(),
    };
    report.sources = source::cited(now, &report);
    report.names = names::of(now, &report);
    report
}

/// Is nothing known that a change could be told against?
fn is_blank(situation: &Situation) -> bool {
    let world = &situation.world;
    world.statuses.is_empty() && world.populations.is_empty() && world.convoys.is_empty()
}

/// Empties one list of a report.
type Clear = fn(&mut Report);

impl Report {
    /// A language, with the names that it has for what stands in the report.
    pub(crate) const fn tongue(&self, language: Language) -> Tongue<'_> {
        Tongue::with_names(language, &self.names)
    }

    /// The report as JSON, whole numbers without a fraction.
    ///
    /// # Errors
    ///
    /// Never for a report that was built; serde cannot promise it.
    pub fn json(&self) -> serde_json::Result<String> {
        let mut value = serde_json::to_value(self)?;
        tidy(&mut value);
        let mut text = serde_json::to_string_pretty(&value)?;
        text.push('\n');
        Ok(text)
    }

    /// Has it this part?
    #[must_use]
    pub fn has(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }

    /// The same with these parts alone; without any, with all of them. The three numbers always stay.
    #[must_use]
    pub fn only(mut self, sections: &[Section]) -> Self {
        self.sections = sections.to_vec();
        if !self.has(Section::Changes) {
            self.changes = Changes::default();
        }
        if !self.has(Section::Map) {
            self.map = None;
        }
        if !self.has(Section::Outlook) {
            self.outlook = None;
        }
        if !self.has(Section::Convoys) {
            (self.months, self.funnel) = (None, None);
        }
        let lists: [(Section, Clear); 6] = [
            (Section::Alerts, |report| report.alerts.clear()),
            (Section::Areas, |report| report.areas.clear()),
            (Section::Convoys, |report| report.convoys.clear()),
            (Section::Pauses, |report| report.pauses.clear()),
            (Section::Statements, |report| report.statements.clear()),
            (Section::Incidents, |report| report.incidents.clear()),
        ];
        for (section, clear) in lists {
            if !self.has(section) {
                clear(&mut self);
            }
        }
        self
    }

    /// A kept report, read back.
    ///
    /// # Errors
    ///
    /// When the text is no report of this program.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}
