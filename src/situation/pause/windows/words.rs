//! The windows of a pause in sentences, and what a reader must not overlook.

use super::TimesStatus;
use super::life::{Overall, WindowLife};
use crate::assess::pause_life::PauseState;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::{Called, Record, Saying, Told as Part};
use crate::situation::pause::chain::{Chain, Extension};
use crate::situation::pause::times::EXAMPLE_RULE;
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
    pub(super) fn sentence(&self) -> Saying {
        self.state().then(self.times())
    }

    /// How it stands.
    pub(super) fn state(&self) -> Saying {
        let state = self.overall.state;
        let by = |say: &str| {
            let weakest = self.overall.parties.iter().filter(|party| party.state == Some(state));
            let names = weakest.map(|party| party.name.clone()).collect();
            Saying::of(say).with("parties", Part::Listed(names))
        };
        match state {
            PauseState::Refused => by("stands-refused"),
            PauseState::Cancelled => self.called_off(),
            PauseState::Expired => by("stands-expired"),
            PauseState::Requested => by("stands-requested"),
            PauseState::Agreed if self.chain.bounds().is_none() => {
                Saying::of("stands-agreed-undated")
            }
            PauseState::Agreed => Saying::of("stands-agreed"),
            PauseState::Violated => Saying::of("stands-violated"),
            PauseState::Honoured => Saying::of("stands-honoured"),
            PauseState::InEffect => {
                Saying::of("stands-in-effect").number("breaches", count(self.overall.breaches))
            }
        }
    }

    fn called_off(&self) -> Saying {
        let who = self.overall.parties.iter();
        let who = who.filter(|p| p.must_agree && p.answer == Some(Answer::Withdrawn));
        let who = who.map(|party| party.name.clone()).collect();
        match self.overall.called_off {
            Some(at) => Saying::of("stands-called-off-by")
                .date("day", at.date_naive(), None)
                .with("parties", Part::Listed(who)),
            None => Saying::of("stands-called-off"),
        }
    }

    fn times(&self) -> Saying {
        if let Err(why) = &self.chain.schedule {
            return why.sentence.clone();
        }
        let hours: f64 = self.lives.iter().map(|life| life.hours).sum();
        let from = |say: &str, first: &WindowLife| {
            let start = self.chain.clock.says(first.start);
            Saying::of(say).decimal("hours", hours).text("start", start)
        };
        let told = match self.lives {
            [] => Saying::of("times-none"),
            [only] => from("times-one", only),
            [first, ..] => from("times-several", first).number("count", count(self.lives.len())),
        };
        match (self.status, self.in_words()) {
            (TimesStatus::NoEnd, _) => told.then(Saying::of("times-no-end")),
            (TimesStatus::InWords, Some(words)) => told.then(
                Saying::of("times-in-words")
                    .text("words", words)
                    .text("field", "every_days")
                    .text("rule", EXAMPLE_RULE),
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
    pub(super) fn notes(&self, extensions: &[Extension]) -> Vec<Saying> {
        let pause = &self.chain.base.record;
        let flags = self.flags(extensions);
        let mut notes: Vec<Saying> = extensions.iter().map(|e| e.sentence.clone()).collect();
        for party in &self.overall.parties {
            let Some(conditions) = &party.conditions else { continue };
            let of = Saying::of("window-conditions").part("party", party.name.clone());
            notes.push(of.text("conditions", conditions));
        }
        if let Some(extends) = &pause.extends {
            notes.push(Saying::of("window-extends").text("pause", extends.as_str()));
        }
        if flags.contains(&"is_endorsement") {
            let endorsed = pause.endorses.iter().map(|code| Called::only(code.as_str()));
            notes.push(Saying::of("window-endorses").listed("pauses", endorsed));
        }
        let said = NOTED.iter().filter(|flag| flags.contains(flag));
        notes.extend(said.map(|flag| Saying::of(format!("window-{flag}"))));
        notes
    }
}

/// The flags that have a sentence, in their order.
const NOTED: [&str; 10] = [
    "not_announced_yet",
    "time_zone_assumed",
    "start_time_assumed",
    "dates_approximate",
    "parties_unnamed",
    "has_conditions",
    "open_end",
    "hours_differ",
    "violations_not_placed",
    "time_of_violation_unknown",
];

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
const fn count(things: usize) -> f64 {
    things as f64
}
