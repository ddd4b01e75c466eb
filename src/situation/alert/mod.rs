//! Alerts: what a rule finds in the situation, with the numbers it rests on and the records behind them.
//!
//! Rules are pure: the same situation gives the same alerts. Their life (raised, updated, resolved) is in `life`.

mod area;
mod claim;
mod confirmed;
mod convoy;
mod gap;
mod incident;
pub mod life;
mod look_back;
mod low_coverage;
pub mod off;
pub mod pause;
mod pause_ending;
pub mod quiet;
mod runout;
mod stalled;
mod stock;
mod view;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use self::view::View;
use super::standards::Standards;
use super::table::Known;
use super::world::Situation;
use crate::domain::{Called, Kind, Language, Moment, Saying, Status, Told};
use crate::tongue::Tongue;

pub use crate::domain::alert::{Rule, Severity};

/// What an alert is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The kind of record.
    pub kind: Kind,
    /// Its code.
    pub code: String,
    /// Its name, where it has one.
    pub name: Option<String>,
}

/// A record that an alert rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The kind of record.
    pub kind: Kind,
    /// Its code.
    pub code: String,
    /// The version that was looked at.
    pub version: i64,
    /// Where to read it.
    pub href: String,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Rule, subject and window or source: the same finding keeps its key.
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// The areas it touches.
    pub areas: Vec<String>,
    /// In one sentence, in English.
    pub text: String,
    /// The same before a language is chosen.
    pub said: Vec<Saying>,
    /// The numbers it rests on, with their units in their names.
    pub numbers: Map<String, Value>,
    /// Since when it has been so, where that can be told.
    pub since: Option<DateTime<Utc>>,
    /// The records it rests on.
    pub records: Vec<Evidence>,
    /// The sources of those records.
    pub sources: Vec<String>,
}

/// The sentence that whatever ended with its rule ends with.
const TURNED_OFF: &str = "alert-turned-off";

/// The first instant of the time in which something counts as newly reported.
fn news_from(situation: &Situation, standards: &Standards) -> DateTime<Utc> {
    situation.as_of - days(standards.alert.event_days)
}

/// Every alert of every rule, the gravest first.
#[must_use]
pub fn alerts(situation: &Situation, standards: &Standards) -> Vec<Alert> {
    found(situation, standards, &|| false)
}

/// The same, for whoever may not want to wait for it: asks now and then whether to give up, and is `None` then.
#[must_use]
pub fn alerts_unless(
    situation: &Situation,
    standards: &Standards,
    gives_up: &dyn Fn() -> bool,
) -> Option<Vec<Alert>> {
    let found = found(situation, standards, gives_up);
    (!gives_up()).then_some(found)
}

fn found(situation: &Situation, standards: &Standards, gives_up: &dyn Fn() -> bool) -> Vec<Alert> {
    let view = View::of(situation, standards, gives_up);
    let mut found = Vec::new();
    runout::find(&view, &mut found);
    area::find(&view, &mut found);
    gap::find(&view, &mut found);
    convoy::find(&view, &mut found);
    pause::find(situation, standards, &mut found);
    claim::find(&view, &mut found);
    incident::find(&view, &mut found);
    confirmed::close(&situation.world, &mut found);
    found.retain(|alert| !off::is_off(situation, standards, alert));
    found.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.key.cmp(&b.key))
    });
    found.dedup_by(|a, b| a.key == b.key);
    found
}

/// An alert about the service itself: what it could not do for somebody.
#[must_use]
pub fn of_service(rule: Rule, severity: Severity, subject: Subject, said: Vec<Saying>) -> Alert {
    alert(rule, severity, subject, said)
}

/// An alert on its way: begun with what it is about, filled line by line.
fn alert(rule: Rule, severity: Severity, subject: Subject, said: Vec<Saying>) -> Alert {
    Alert {
        key: format!("{rule}/{}", subject.code),
        rule,
        severity,
        areas: if subject.kind == Kind::Area { vec![subject.code.clone()] } else { Vec::new() },
        subject,
        text: Tongue::ENGLISH.tell(&said),
        said,
        numbers: Map::new(),
        since: None,
        records: Vec::new(),
        sources: Vec::new(),
    }
}

impl Alert {
    /// Kind and code of every record that it speaks of. What the service itself is about need not be a record: a
    /// schedule may stand in the settings.
    #[must_use]
    pub fn names(&self) -> Vec<(Kind, String)> {
        let mut names: Vec<(Kind, String)> =
            self.records.iter().map(|record| (record.kind, record.code.clone())).collect();
        if !self.rule.is_of_the_service() && !self.subject.code.is_empty() {
            names.push((self.subject.kind, self.subject.code.clone()));
        }
        names.extend(self.areas.iter().map(|area| (Kind::Area, area.clone())));
        names.extend(self.sources.iter().map(|source| (Kind::Source, source.clone())));
        names.sort_by(|a, b| (a.0.as_str(), &a.1).cmp(&(b.0.as_str(), &b.1)));
        names.dedup();
        names
    }

    /// What is left of it for a reader who was told of it and may no longer know what it speaks of.
    #[must_use]
    pub fn closed(self) -> Self {
        let subject = Subject { kind: self.subject.kind, code: String::new(), name: None };
        let said = vec![Saying::of("alert-closed")];
        Self { key: String::new(), ..alert(self.rule, self.severity, subject, said) }
    }

    /// The same at its end where a setting turned its rule off: its sentence goes on to say so, wherever it is told.
    #[must_use]
    pub fn turned_off(mut self) -> Self {
        self.said.push(Saying::of(TURNED_OFF));
        self.text = Tongue::ENGLISH.tell(&self.said);
        self
    }

    /// Did it end because a setting turned its rule off, so that nobody knows whether it is over?
    #[must_use]
    pub fn is_turned_off(&self) -> bool {
        self.said.iter().any(|said| said.say == TURNED_OFF)
    }

    /// Its sentence in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        Tongue::of(language).tell(&self.said)
    }

    fn with_key(mut self, more: &str) -> Self {
        self.key = format!("{}/{more}", self.key);
        self
    }

    fn number(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.numbers.insert(name.to_owned(), value.into());
        self
    }

    fn since(mut self, at: Option<DateTime<Utc>>) -> Self {
        self.since = at;
        self
    }

    fn in_areas<'a>(
        mut self,
        areas: impl IntoIterator<Item = &'a crate::domain::AreaCode>,
    ) -> Self {
        self.areas.extend(areas.into_iter().map(ToString::to_string));
        self.areas.sort();
        self.areas.dedup();
        self
    }

    fn resting_on<T>(mut self, kind: Kind, row: &Known<T>) -> Self {
        let href = format!("/api/v1/{}/{}", kind.plural(), row.code);
        self.records.push(Evidence {
            kind,
            code: row.code.to_string(),
            version: row.version,
            href,
        });
        self
    }

    fn citing(mut self, sources: impl IntoIterator<Item = impl ToString>) -> Self {
        self.sources.extend(sources.into_iter().map(|source| source.to_string()));
        self.sources.sort();
        self.sources.dedup();
        self
    }
}

/// An alert that also rests on the claims by which an area is cut off.
fn with_claims(mut found: Alert, claims: &[&Known<Status>]) -> Alert {
    for claim in claims {
        found = found.resting_on(Kind::Status, claim).citing(&claim.record.source);
    }
    found
}

/// Since when an area is known to be cut off, by the earliest of its claims.
fn cut_off_since(claims: &[&Known<Status>]) -> Option<DateTime<Utc>> {
    let begun = claims.iter().filter_map(|c| c.record.valid_from.or(c.record.listed_on));
    begun.map(Moment::start).min()
}

/// So many days, which may have a fraction.
fn days(days: f64) -> TimeDelta {
    hours(days * 24.0)
}

/// So many hours, which may have a fraction; at most a hundred years, so that every date stays one.
#[must_use]
pub fn hours(hours: f64) -> TimeDelta {
    const MILLISECONDS_PER_HOUR: f64 = 3_600_000.0;
    const LONGEST: f64 = 100.0 * 366.0 * 24.0;
    #[expect(clippy::cast_possible_truncation, reason = "cut before")]
    TimeDelta::milliseconds((hours.clamp(-LONGEST, LONGEST) * MILLISECONDS_PER_HOUR) as i64)
}

/// An area as a subject.
fn area_subject(situation: &Situation, code: &str) -> Subject {
    let name = situation.world.areas.get(code).map(|area| area.record.names.any().to_owned());
    Subject { kind: Kind::Area, code: code.to_owned(), name }
}

/// The names of areas in a sentence.
fn area_names<'a>(
    situation: &Situation,
    areas: impl Iterator<Item = &'a crate::domain::AreaCode>,
) -> Told {
    let mut names: Vec<Called> = areas.map(|code| situation.area_called(code.as_str())).collect();
    names.sort_by(|a, b| a.any.cmp(&b.any));
    names.dedup_by(|a, b| a.any == b.any);
    if names.is_empty() {
        return Told::Part(Box::new(Saying::of("alert-area-not-named")));
    }
    Told::Names(names)
}
