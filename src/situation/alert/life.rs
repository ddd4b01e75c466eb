//! The life of an alert: raised, updated, resolved. Raised again after that, it is a new episode.
//!
//! Pure: it is told what the rules find at one look after the other. How long a breach must last, and how far past the
//! line a figure must be to clear, the rules themselves see by looking back (`look_back`), so looking more often
//! changes nothing but the moment at which something is noticed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Alert, Severity};
pub use crate::domain::alert::Step;

/// An alert from when it was raised until it was resolved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Episode {
    /// The alert as it is now, or was at its end; at most one episode of its key is open.
    #[serde(flatten)]
    pub alert: Alert,
    /// Which episode of its key it is, from 1.
    pub number: u32,
    /// How grave it was at its gravest.
    pub gravest: Severity,
    /// When it was first found; where it was open already, when one began to look.
    pub raised_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was found no longer; `None` while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// A step in the life of an alert.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub step: Step,
    /// How grave it was before, where that changed.
    pub was: Option<Severity>,
    /// The alert after it.
    pub episode: Episode,
}

/// The lives of all alerts, look after look.
#[derive(Debug, Clone, Default)]
pub struct Lives {
    open: BTreeMap<String, Episode>,
    /// How many episodes each key has had.
    counts: BTreeMap<String, u32>,
    has_looked: bool,
}

impl Lives {
    /// The lives that were kept, to go on with: what is open, and how many episodes the keys that are found had.
    #[must_use]
    pub fn kept(open: impl IntoIterator<Item = Episode>, counts: BTreeMap<String, u32>) -> Self {
        let open = open.into_iter().map(|episode| (episode.alert.key.clone(), episode));
        Self { open: open.collect(), counts, has_looked: true }
    }

    /// What is open, by key.
    #[must_use]
    pub const fn open(&self) -> &BTreeMap<String, Episode> {
        &self.open
    }

    /// Takes in what the rules find at a moment; gives what changed, what was resolved first.
    pub fn look(&mut self, at: DateTime<Utc>, found: &[Alert]) -> Vec<Event> {
        let mut events = self.resolve(at, found);
        for alert in found {
            let event = match self.open.get_mut(&alert.key) {
                Some(episode) => updated(episode, at, alert),
                None => Some(self.raise(at, alert)),
            };
            events.extend(event);
        }
        self.has_looked = true;
        events
    }

    fn resolve(&mut self, at: DateTime<Utc>, found: &[Alert]) -> Vec<Event> {
        let found: BTreeSet<&str> = found.iter().map(|alert| alert.key.as_str()).collect();
        let ended = self.open.extract_if(.., |key, _| !found.contains(key.as_str()));
        let resolved = |(_, episode): (String, Episode)| {
            let episode = Episode { resolved_at: Some(at), updated_at: at, ..episode };
            Event { at, step: Step::Resolved, was: None, episode }
        };
        ended.map(resolved).collect()
    }

    fn raise(&mut self, at: DateTime<Utc>, alert: &Alert) -> Event {
        let number = self.counts.entry(alert.key.clone()).or_default();
        *number += 1;
        let episode = Episode {
            alert: alert.clone(),
            number: *number,
            gravest: alert.severity,
            raised_at: at,
            updated_at: at,
            resolved_at: None,
        };
        self.open.insert(alert.key.clone(), episode.clone());
        let step = if self.has_looked { Step::Raised } else { Step::Open };
        Event { at, step, was: None, episode }
    }
}

/// Brings an episode up to date; an event where more changed than what its sentence counts down.
fn updated(episode: &mut Episode, at: DateTime<Utc>, alert: &Alert) -> Option<Event> {
    let was = Some(episode.alert.severity).filter(|severity| *severity != alert.severity);
    let is_news = was.is_some() || episode.alert.records != alert.records;
    episode.gravest = episode.gravest.max(alert.severity);
    episode.alert.clone_from(alert);
    if !is_news {
        return None;
    }
    episode.updated_at = at;
    Some(Event { at, step: Step::Updated, was, episode: episode.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Rule, Subject};
    use super::*;
    use crate::domain::{Kind, Saying};

    fn at(day: u32) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::days(day.into())
    }

    fn alert(code: &str, severity: Severity) -> Alert {
        let subject = Subject { kind: Kind::Area, code: code.to_owned(), name: None };
        let said = Saying::of("alert-runout-long").text("area", code);
        super::super::alert(Rule::Runout, severity, subject, vec![said])
    }

    fn steps(events: &[Event]) -> Vec<(Step, &str, u32)> {
        let told = events.iter().map(|event| (event.step, &event.episode));
        told.map(|(step, of)| (step, of.alert.subject.code.as_str(), of.number)).collect()
    }

    #[test]
    fn what_is_found_again_after_it_was_resolved_is_a_new_episode() {
        let mut lives = Lives::default();
        assert!(lives.look(at(0), &[]).is_empty());
        let duma = [alert("duma", Severity::High)];
        assert_eq!(steps(&lives.look(at(1), &duma)), [(Step::Raised, "duma", 1)]);
        assert!(lives.look(at(2), &duma).is_empty(), "nobody is told twice");
        let resolved = lives.look(at(3), &[]);
        assert_eq!(steps(&resolved), [(Step::Resolved, "duma", 1)]);
        let episode = &resolved[0].episode;
        assert_eq!((episode.raised_at, episode.resolved_at), (at(1), Some(at(3))));
        assert_eq!(steps(&lives.look(at(4), &duma)), [(Step::Raised, "duma", 2)]);
        assert_eq!(lives.open().len(), 1);
    }

    #[test]
    fn what_was_open_when_one_began_to_look_is_not_told_as_raised() {
        let mut lives = Lives::default();
        let events = lives.look(at(0), &[alert("duma", Severity::Low)]);
        assert_eq!(steps(&events), [(Step::Open, "duma", 1)]);
    }

    #[test]
    fn a_change_of_severity_says_what_it_was_and_another_sentence_alone_is_no_news() {
        let mut lives = Lives::default();
        lives.look(at(0), &[alert("duma", Severity::Medium)]);
        let events = lives.look(at(1), &[alert("duma", Severity::Critical)]);
        assert_eq!((events[0].step, events[0].was), (Step::Updated, Some(Severity::Medium)));
        let mut other = alert("duma", Severity::High);
        lives.look(at(2), std::slice::from_ref(&other));
        other.text = "one day less".to_owned();
        assert!(lives.look(at(3), &[other]).is_empty());
        let episode = &lives.open()["runout/duma"];
        let text = episode.alert.text.as_str();
        assert_eq!((episode.gravest, text), (Severity::Critical, "one day less"));
        assert_eq!(episode.updated_at, at(2));
    }

    proptest! {
        /// Whatever is found look after look: of each key raised and resolved come in turn, and what is open is what
        /// was found last.
        #[test]
        fn of_each_alert_one_episode_at_most_is_open(
            looks in prop::collection::vec(prop::collection::btree_map("[a-d]", 0_usize..4, 0..4), 1..30),
        ) {
            let mut lives = Lives::default();
            let mut open: BTreeMap<String, u32> = BTreeMap::new();
            for (day, look) in looks.iter().enumerate() {
                let found: Vec<Alert> =
                    look.iter().map(|(code, grave)| alert(code, Severity::ALL[*grave])).collect();
                for event in lives.look(at(u32::try_from(day).unwrap()), &found) {
                    let Episode { alert: Alert { key, severity, .. }, number, gravest, .. } = event.episode;
                    prop_assert!(gravest >= severity);
                    match event.step {
                        Step::Open | Step::Raised => prop_assert_eq!(open.insert(key, number), None),
                        Step::Updated => prop_assert_eq!(open.get(&key), Some(&number)),
                        Step::Resolved => prop_assert_eq!(open.remove(&key), Some(number)),
                        done => prop_assert!(false, "{done} is what people do"),
                    }
                }
                let keys: Vec<&String> = lives.open().keys().collect();
                prop_assert_eq!(keys, open.keys().collect::<Vec<_>>());
                prop_assert_eq!(found.len(), open.len());
            }
        }
    }
}
