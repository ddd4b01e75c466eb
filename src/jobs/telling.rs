//! Who is told of which alert, and why: a pure decision from what is open, who chose it and who was told before.
//!
//! It looks at how things stand and not at what just happened, so that nothing is lost while the program does not run,
//! and nobody is told the same thing twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::domain::{Recipient, Sensitivity, Severity};
use crate::situation::alert::{Alert, hours};
use crate::store::Told;

/// An episode as the decision sees it.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// The episode.
    pub id: Uuid,
    /// For readers of which level.
    pub level: Sensitivity,
    /// The alert.
    pub alert: &'a Alert,
    /// Is it over?
    pub is_over: bool,
    /// Did somebody take it on, or does a silence or another alert keep it quiet?
    pub is_quiet: bool,
}

/// Somebody who may be told.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The code.
    pub code: &'a str,
    /// What is known of them.
    pub record: &'a Recipient,
}

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is there.
    Raised,
    /// It is graver than when they were last told.
    Graver(Severity),
    /// Somebody else did not acknowledge it.
    Escalated,
    /// It is over.
    Over,
}

/// That somebody is to be told of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The code of the recipient.
    pub recipient: String,
    /// The episode.
    pub episode: Uuid,
    /// Why.
    pub why: Why,
}

/// What is known when it is decided.
pub struct Desk<'a> {
    /// What is open, and what is over without everybody knowing.
    pub cases: &'a [Case<'a>],
    /// Everybody who may be told.
    pub readers: &'a [Reader<'a>],
    /// Who was told of what.
    pub told: &'a [Told],
    /// Is an alert one of those that a recipient chose?
    pub chosen: &'a dyn Fn(&Recipient, &Alert) -> bool,
    /// The time.
    pub now: DateTime<Utc>,
    /// After how long the next one is told, where the recipient does not say.
    pub escalate_after: TimeDelta,
}

impl<'a> Desk<'a> {
    /// Who is to be told now, each of an episode at most once; in the order of recipients and cases.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let told: BTreeMap<(Uuid, &str), &Told> =
            self.told.iter().map(|one| ((one.episode, one.recipient.as_str()), one)).collect();
        let escalated = self.escalated(&told);
        let mut notices = Vec::new();
        for reader in self.readers.iter().filter(|reader| !is_paused(reader)) {
            for case in self.cases.iter().filter(|case| case.level == reader.record.level()) {
                let before = told.get(&(case.id, reader.code)).copied();
                let is_next = escalated.contains(&(case.id, reader.code));
                if let Some(why) = self.why(reader, case, before, is_next) {
                    let recipient = reader.code.to_owned();
                    notices.push(Notice { recipient, episode: case.id, why });
                }
            }
        }
        notices
    }

    fn why(
        &self,
        reader: &Reader<'_>,
        case: &Case<'_>,
        before: Option<&Told>,
        is_next: bool,
    ) -> Option<Why> {
        match before {
            // Who was told that something is wrong is told that it is over, whatever keeps the alert quiet.
            Some(told) if case.is_over => (!told.is_over).then_some(Why::Over),
            _ if case.is_over || case.is_quiet => None,
            Some(told) => {
                (case.alert.severity > told.severity).then_some(Why::Graver(told.severity))
            }
            None if (self.chosen)(reader.record, case.alert) => Some(Why::Raised),
            None => is_next.then_some(Why::Escalated),
        }
    }

    /// Who is next to be told of what nobody acknowledged, by the episode of their own level. Whoever is paused is passed
    /// over, and hands on at once what they chose to be told.
    fn escalated(&self, told: &BTreeMap<(Uuid, &str), &Told>) -> BTreeSet<(Uuid, &'a str)> {
        let mut next = BTreeSet::new();
        let grave = |case: &&Case<'_>| {
            case.alert.severity == Severity::Critical && !case.is_over && !case.is_quiet
        };
        for case in self.cases.iter().filter(grave) {
            for reader in self.readers {
                let waited = told.get(&(case.id, reader.code)).is_some_and(|told| {
                    told.severity == Severity::Critical
                        && self.now - told.last_at >= self.patience(reader)
                });
                let hands_on = is_paused(reader)
                    && case.level == reader.record.level()
                    && (self.chosen)(reader.record, case.alert);
                if !(waited || hands_on) {
                    continue;
                }
                let Some(other) = self.next_of(reader) else { continue };
                let level = other.record.level();
                let same = |one: &&Case<'_>| one.level == level && one.alert.key == case.alert.key;
                next.extend(self.cases.iter().find(same).map(|one| (one.id, other.code)));
            }
        }
        next
    }

    /// The next one who is not paused.
    fn next_of(&self, reader: &Reader<'a>) -> Option<Reader<'a>> {
        let mut other = *reader;
        // A round of those who are all paused ends.
        for _ in self.readers {
            let code = other.record.next.as_ref()?.as_str();
            other = *self.readers.iter().find(|one| one.code == code)?;
            if !is_paused(&other) {
                return Some(other);
            }
        }
        None
    }

    fn patience(&self, reader: &Reader<'_>) -> TimeDelta {
        reader.record.next_after_hours.map_or(self.escalate_after, hours)
    }
}

fn is_paused(reader: &Reader<'_>) -> bool {
    reader.record.paused == Some(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::domain::{Kind, Rule, typed};
    use crate::situation::alert::{Subject, of_service};

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn alert(code: &str, severity: Severity) -> Alert {
        let subject = Subject { kind: Kind::Area, code: code.to_owned(), name: None };
        of_service(Rule::Runout, severity, subject, Vec::new())
    }

    fn recipient(more: &serde_json::Value) -> Recipient {
        let mut body = json!({ "name": "Duty", "channel": "folder", "address": "duty" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        typed(&body).unwrap()
    }

    const fn reader<'r>(code: &'r str, record: &'r Recipient) -> Reader<'r> {
        Reader { code, record }
    }

    fn case(alert: &Alert, id: u128) -> Case<'_> {
        let id = Uuid::from_u128(id);
        Case { id, level: Sensitivity::Internal, alert, is_over: false, is_quiet: false }
    }

    /// What is decided, and who was told after it.
    fn decide(
        cases: &[Case<'_>],
        readers: &[Reader<'_>],
        told: &mut Vec<Told>,
        now: DateTime<Utc>,
    ) -> Vec<(String, Why)> {
        let chosen = |recipient: &Recipient, _: &Alert| !recipient.alerts.is_empty();
        let escalate_after = TimeDelta::hours(4);
        let desk = Desk { cases, readers, told, chosen: &chosen, now, escalate_after };
        let notices = desk.notices();
        for notice in &notices {
            let case = cases.iter().find(|case| case.id == notice.episode).unwrap();
            let severity = case.alert.severity;
            told.retain(|one| (one.episode, &one.recipient) != (notice.episode, &notice.recipient));
            told.push(Told {
                episode: notice.episode,
                recipient: notice.recipient.clone(),
                severity,
                first_at: now,
                last_at: now,
                thread: Uuid::nil(),
                is_over: case.is_over,
            });
        }
        notices.into_iter().map(|notice| (notice.recipient, notice.why)).collect()
    }

    #[test]
    fn each_is_told_once_then_of_what_is_graver_and_of_the_end() {
        let duty = recipient(&json!({ "alerts": [{}] }));
        let readers = [reader("duty", &duty)];
        let (high, critical) = (alert("duma", Severity::High), alert("duma", Severity::Critical));
        let mut told = Vec::new();
        let mut step = |case: Case<'_>| decide(&[case], &readers, &mut told, at(0));
        assert_eq!(step(case(&high, 1)), [("duty".to_owned(), Why::Raised)]);
        assert!(step(case(&high, 1)).is_empty());
        let graver = Why::Graver(Severity::High);
        assert_eq!(step(case(&critical, 1)), [("duty".to_owned(), graver)]);
        assert!(step(case(&high, 1)).is_empty(), "less grave is no news");
        let over = Case { is_over: true, ..case(&high, 1) };
        assert_eq!(step(over.clone()), [("duty".to_owned(), Why::Over)]);
        assert!(step(over).is_empty());
    }

    #[test]
    fn what_was_taken_on_is_quiet_until_it_is_over() {
        let duty = recipient(&json!({ "alerts": [{}] }));
        let readers = [reader("duty", &duty)];
        let (high, critical) = (alert("duma", Severity::High), alert("duma", Severity::Critical));
        let mut told = Vec::new();
        decide(&[case(&high, 1)], &readers, &mut told, at(0));
        let quiet = Case { is_quiet: true, ..case(&critical, 1) };
        assert!(decide(&[quiet], &readers, &mut told, at(1)).is_empty());
        let over = Case { is_over: true, is_quiet: true, ..case(&critical, 1) };
        assert_eq!(decide(&[over], &readers, &mut told, at(2)), [("duty".to_owned(), Why::Over)]);
    }

    #[test]
    fn what_is_kept_quiet_from_the_beginning_is_told_when_nothing_keeps_it_quiet_any_more() {
        let duty = recipient(&json!({ "alerts": [{}] }));
        let readers = [reader("duty", &duty)];
        let high = alert("duma", Severity::High);
        let mut told = Vec::new();
        let quiet = Case { is_quiet: true, ..case(&high, 1) };
        assert!(decide(&[quiet], &readers, &mut told, at(0)).is_empty());
        let over = Case { is_over: true, is_quiet: true, ..case(&high, 2) };
        assert!(decide(&[over], &readers, &mut told, at(0)).is_empty(), "its end is no news");
        assert_eq!(
            decide(&[case(&high, 1)], &readers, &mut told, at(1)),
            [("duty".to_owned(), Why::Raised)]
        );
    }

    #[test]
    fn a_critical_alert_that_nobody_acknowledges_goes_on_to_the_next_and_stops_at_who_knows() {
        let duty = recipient(&json!({ "alerts": [{}], "next": "head", "next_after_hours": 2 }));
        let head = recipient(&json!({ "next": "duty" }));
        let readers = [reader("duty", &duty), reader("head", &head)];
        let critical = alert("duma", Severity::Critical);
        let mut told = Vec::new();
        let mut step = |hour| decide(&[case(&critical, 1)], &readers, &mut told, at(hour));
        assert_eq!(step(0).len(), 1);
        assert!(step(1).is_empty());
        assert_eq!(step(2), [("head".to_owned(), Why::Escalated)]);
        assert!(step(100).is_empty());
    }

    #[test]
    fn what_goes_on_is_the_same_alert_by_the_episode_of_the_next_ones_level() {
        let duty = recipient(&json!({ "alerts": [{}], "next": "head", "next_after_hours": 2 }));
        let head = recipient(&json!({ "clearance": "confidential" }));
        let readers = [reader("duty", &duty), reader("head", &head)];
        let (other, critical) = (alert("foah", Severity::High), alert("duma", Severity::Critical));
        let level = Sensitivity::Confidential;
        let of_head = |alert, id| Case { level, ..case(alert, id) };
        let cases =
            [of_head(&other, 1), case(&other, 2), case(&critical, 3), of_head(&critical, 4)];
        let mut told = Vec::new();
        decide(&cases, &readers, &mut told, at(0));
        assert_eq!(
            decide(&cases, &readers, &mut told, at(2)),
            [("head".to_owned(), Why::Escalated)]
        );
        let head_knows = told.iter().filter(|told| told.recipient == "head");
        assert_eq!(head_knows.map(|told| told.episode.as_u128()).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn whoever_is_paused_is_passed_over_and_hands_on_at_once_what_they_chose() {
        let duty = recipient(&json!({ "alerts": [{}], "next": "head", "next_after_hours": 2 }));
        let head = recipient(&json!({ "next": "director", "paused": true }));
        let director = recipient(&json!({ "next": "duty" }));
        let away = recipient(&json!({ "alerts": [{}], "next": "head", "paused": true }));
        let chain = [reader("duty", &duty), reader("head", &head), reader("director", &director)];
        let critical = alert("duma", Severity::Critical);
        let mut told = Vec::new();
        let mut step = |hour| decide(&[case(&critical, 1)], &chain, &mut told, at(hour));
        assert_eq!(step(0), [("duty".to_owned(), Why::Raised)]);
        assert_eq!(step(2), [("director".to_owned(), Why::Escalated)]);
        assert!(step(9).is_empty());
        let chain = [reader("duty", &away), chain[1], chain[2]];
        let told = decide(&[case(&critical, 1)], &chain, &mut Vec::new(), at(0));
        assert_eq!(told, [("director".to_owned(), Why::Escalated)], "nobody else would know");
        let high = alert("duma", Severity::High);
        assert!(decide(&[case(&high, 1)], &chain, &mut Vec::new(), at(0)).is_empty());
        let circle = [reader("duty", &away), chain[1], reader("director", &away)];
        assert!(decide(&[case(&critical, 1)], &circle, &mut Vec::new(), at(0)).is_empty());
    }

    #[test]
    fn what_is_not_critical_or_was_taken_on_goes_on_to_nobody() {
        let duty = recipient(&json!({ "alerts": [{}], "next": "head" }));
        let head = recipient(&json!({}));
        let readers = [reader("duty", &duty), reader("head", &head)];
        for (severity, is_quiet) in [(Severity::High, false), (Severity::Critical, true)] {
            let (alert, mut told) = (alert("duma", severity), Vec::new());
            decide(&[case(&alert, 1)], &readers, &mut told, at(0));
            let later = Case { is_quiet, ..case(&alert, 1) };
            assert!(decide(&[later], &readers, &mut told, at(50)).is_empty());
        }
    }

    #[test]
    fn nobody_is_told_of_an_episode_of_another_level_or_while_they_are_paused() {
        let public = recipient(&json!({ "alerts": [{}], "clearance": "public" }));
        let paused = recipient(&json!({ "alerts": [{}], "paused": true }));
        let readers = [reader("public", &public), reader("paused", &paused)];
        let high = alert("duma", Severity::High);
        assert!(decide(&[case(&high, 1)], &readers, &mut Vec::new(), at(0)).is_empty());
    }

    proptest! {
        /// Deciding again at the same moment tells nobody anything, whatever was open, quiet or over.
        #[test]
        fn deciding_twice_tells_nobody_twice(
            states in prop::collection::vec((0_usize..4, any::<bool>(), any::<bool>()), 0..8),
            hours in prop::collection::vec(0_i64..30, 1..6),
        ) {
            let alerts: Vec<Alert> = states.iter().enumerate()
                .map(|(code, (severity, ..))| alert(&code.to_string(), Severity::ALL[*severity])).collect();
            let cases: Vec<Case<'_>> = alerts.iter().zip(&states).enumerate()
                .map(|(id, (alert, (_, is_over, is_quiet)))| Case {
                    is_over: *is_over, is_quiet: *is_quiet, ..case(alert, id as u128)
                }).collect();
            let duty = recipient(&json!({ "alerts": [{}], "next": "head" }));
            let head = recipient(&json!({}));
            let readers =
                [reader("duty", &duty), reader("head", &head)];
            let (mut told, mut now) = (Vec::new(), 0);
            for hour in hours {
                now += hour;
                decide(&cases, &readers, &mut told, at(now));
                prop_assert!(decide(&cases, &readers, &mut told, at(now)).is_empty());
            }
        }
    }
}
