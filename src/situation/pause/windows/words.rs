//! The windows of a pause in sentences, and what a reader must not overlook.

use super::TimesStatus;
use super::life::{Overall, WindowLife};
use crate::assess::pause_life::PauseState;
use crate::domain::Record;
use crate::domain::pause::{Answer, PauseType};
use crate::situation::pause::chain::{Chain, Extension};
use crate::situation::pause::listed;
use crate::situation::world::Situation;

/// What is told in words.
pub(super) struct Told<'t> {
    pub(super) situation: &'t Situation,
    pub(super) chain: &'t Chain<'t>,
    pub(super) overall: &'t Overall,
    pub(super) status: TimesStatus,
    pub(super) lives: &'t [WindowLife],
}

impl Told<'_> {
    /// How it stands, and when it holds.
    pub(super) fn sentence(&self) -> String {
        format!("{} {}", self.state(), self.times())
    }

    /// How it stands.
    pub(super) fn state(&self) -> String {
        let weakest = self.overall.parties.iter();
        let weakest = weakest.filter(|party| party.state == Some(self.overall.state));
        let names: Vec<String> = weakest.map(|party| party.name.clone()).collect();
        let names = listed(&names);
        match self.overall.state {
            PauseState::Refused => format!("Not agreed: refused by {names}."),
            PauseState::Cancelled => self.called_off(),
            PauseState::Expired => format!("Not agreed: it passed without a yes of {names}."),
            PauseState::Requested => format!("Not agreed: no yes is known of {names}."),
            PauseState::Agreed if self.chain.bounds().is_none() => {
                "Agreed by all who must agree; when it begins is not known.".to_owned()
            }
            PauseState::Agreed => "Agreed by all who must agree; it has not begun.".to_owned(),
            PauseState::Violated => {
                "Agreed by all who must agree; it is over and was broken.".to_owned()
            }
            PauseState::Honoured => {
                "Agreed by all who must agree; it is over, and no breach of it is recorded."
                    .to_owned()
            }
            PauseState::InEffect => match self.overall.breaches {
                0 => "Agreed by all who must agree, and begun.".to_owned(),
                1 => "Agreed by all who must agree, and begun; one breach is recorded.".to_owned(),
                n => format!("Agreed by all who must agree, and begun; {n} breaches are recorded."),
            },
        }
    }

    fn called_off(&self) -> String {
        let who = self.overall.parties.iter();
        let who = who.filter(|p| p.must_agree && p.answer == Some(Answer::Withdrawn));
        let who = listed(&who.map(|party| party.name.clone()).collect::<Vec<_>>());
        match self.overall.called_off {
            Some(at) => format!("Called off on {} by {who}.", at.format("%Y-%m-%d")),
            None => "Called off.".to_owned(),
        }
    }

    fn times(&self) -> String {
        if let Err(why) = &self.chain.schedule {
            return why.sentence.clone();
        }
        let hours: f64 = self.lives.iter().map(|life| life.hours).sum();
        let told = match self.lives {
            [] => "It does not hold in the time asked for.".to_owned(),
            [only] => format!(
                "1 window of {hours:.1} hours, from {} local time.",
                self.chain.clock.says(only.start)
            ),
            [first, ..] => format!(
                "{} windows of {hours:.1} hours together, the first from {} local time.",
                self.lives.len(),
                self.chain.clock.says(first.start)
            ),
        };
        match (self.status, self.in_words()) {
            (TimesStatus::NoEnd, _) => {
                format!(
                    "{told} No end is set: it is told as far as was asked, which does not mean that it holds."
                )
            }
            (TimesStatus::InWords, Some(words)) => format!(
                "{told} It is to come again \"{words}\", which is not counted: give every_days or a rule such as FREQ=WEEKLY;BYDAY=TH."
            ),
            _ => told,
        }
    }

    fn in_words(&self) -> Option<&str> {
        self.chain.schedule.as_ref().ok().and_then(|schedule| schedule.in_words)
    }

    /// What to mind, for programs.
    pub(super) fn flags(&self, extensions: &[Extension]) -> Vec<&'static str> {
        let pause = &self.chain.base.record;
        let schedule = self.chain.schedule.as_ref().ok();
        let mut flags: Vec<&'static str> = schedule.map(|s| s.flags.clone()).unwrap_or_default();
        if self.chain.clock.is_assumed && !flags.contains(&"time_zone_assumed") {
            flags.push("time_zone_assumed");
        }
        let has_conditions =
            self.overall.parties.iter().any(|p| p.answer == Some(Answer::AgreedWithConditions));
        let later = pause.happened().is_some_and(|at| at.start() > self.situation.as_of);
        let doubt = |life: &WindowLife| life.effective_hours.low() != life.effective_hours.high();
        let checks = [
            ("not_announced_yet", later),
            ("parties_unnamed", self.overall.parties.iter().any(|p| p.party.is_none())),
            ("has_conditions", has_conditions),
            ("open_end", self.chain.bounds().is_some_and(|(_, end)| end.is_none())),
            ("extended", !extensions.is_empty()),
            ("is_extension", pause.extends.is_some()),
            ("is_endorsement", pause.pause_type == PauseType::Endorsement),
            ("hours_differ", self.hours_differ()),
            ("violations_not_placed", self.overall.breaches_not_placed > 0),
            ("time_of_violation_unknown", self.lives.iter().any(doubt)),
        ];
        flags.extend(checks.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)));
        flags
    }

    /// Does the record give a length and an end that do not fit?
    fn hours_differ(&self) -> bool {
        let pause = &self.chain.base.record;
        let own = self.lives.iter().filter(|life| life.pause == *self.chain.base.code);
        let once = pause.every_days.is_none() && self.in_words().is_none();
        pause
            .duration_hours
            .filter(|_| once && pause.end.is_some())
            .is_some_and(|hours| own.into_iter().any(|life| (life.hours - hours).abs() > 0.01))
    }

    /// What a reader must not overlook.
    pub(super) fn notes(&self, extensions: &[Extension]) -> Vec<String> {
        let flags = self.flags(extensions);
        let mut notes: Vec<String> = extensions.iter().map(|e| e.sentence.clone()).collect();
        for party in self.overall.parties.iter().filter(|party| party.conditions.is_some()) {
            let conditions = party.conditions.as_deref().unwrap_or_default();
            notes.push(format!("{} made conditions: {conditions}.", party.name));
        }
        if let Some(extends) = &self.chain.base.record.extends {
            notes.push(format!("It makes {extends} longer; only its own windows are told here."));
        }
        let endorsed = &self.chain.base.record.endorses;
        if flags.contains(&"is_endorsement") {
            let endorsed: Vec<String> = endorsed.iter().map(ToString::to_string).collect();
            notes.push(format!(
                "It is support for another call, no pause of its own; see {}.",
                listed(&endorsed)
            ));
        }
        for (flag, sentence) in SENTENCES {
            if flags.contains(flag) {
                notes.push((*sentence).to_owned());
            }
        }
        notes
    }
}

const SENTENCES: &[(&str, &str)] = &[
    ("not_announced_yet", "On the day asked for it had not been asked for or announced yet."),
    (
        "time_zone_assumed",
        "No time zone is given for it or its areas; local times are taken as UTC.",
    ),
    (
        "start_time_assumed",
        "Only the day of its beginning is known; it is taken to begin at 00:00 local time.",
    ),
    ("dates_approximate", "Its dates are known only about."),
    ("parties_unnamed", "Nobody named the parties that must agree."),
    (
        "has_conditions",
        "A yes with conditions counts as a yes; whether they are met is not known here.",
    ),
    ("open_end", "No end is set; that nobody ended it does not mean that it holds."),
    ("hours_differ", "Its length and its end do not fit: the shorter of the two is taken."),
    ("violations_not_placed", "Some breaches cannot be placed in a window and take no hours away."),
    (
        "time_of_violation_unknown",
        "A breach is known only by its day, so that the hours in force lie between two ends.",
    ),
];
