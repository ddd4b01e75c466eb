//! All pauses as a calendar shows them: when each is to hold, how it stands, what is not known of it.

mod occurs;

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

pub use self::occurs::{Again, Occurs};
use super::answers::PartyAnswer;
use super::chain::Chain;
use super::times::{Schedule, TimesStatus, Untold};
use super::{LocalClock, breach, place, windows};
use crate::assess::pause_life::PauseState;
use crate::domain::choice::choice;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::{Moment, Pause, Saying};
use crate::situation::table::Known;
use crate::situation::world::Situation;

choice! {
    /// How a pause stands in a calendar.
    Stands {
        /// Every party that must agree has agreed.
        Confirmed = "confirmed",
        /// Somebody has still to answer.
        Tentative = "tentative",
        /// It was refused, passed without an answer, was called off, or was ended before its time.
        Cancelled = "cancelled",
    }
}

/// A pause whose times can be told.
#[derive(Debug, Clone)]
pub struct Entry<'w> {
    /// The record.
    pub pause: &'w Known<Pause>,
    /// How it stands.
    pub stands: Stands,
    /// When it holds.
    pub occurs: Occurs,
    /// How it stands, in a sentence.
    pub sentence: Saying,
    /// What each party answered.
    pub parties: Vec<PartyAnswer>,
    /// The names of its areas, in the languages they have.
    pub areas: Vec<String>,
    /// What to mind.
    pub notes: Vec<Saying>,
    /// The sources of all that.
    pub sources: Vec<String>,
    /// The pause that it makes longer.
    pub extends: Option<Uuid>,
}

/// All pauses that had been asked for or announced by a day.
#[derive(Debug, Clone, Default)]
pub struct Calendar<'w> {
    /// Those whose times can be told, by code.
    pub entries: Vec<Entry<'w>>,
    /// How many cannot be shown, and why.
    pub left_out: BTreeMap<TimesStatus, usize>,
}

/// All pauses of a situation. Support for somebody else's call is no pause of its own and is not among them.
#[must_use]
pub fn calendar(situation: &Situation) -> Calendar<'_> {
    let mut found = Calendar::default();
    for chain in chains(situation) {
        match Occurs::of_chain(situation, &chain) {
            Ok(occurs) => found.entries.push(entry(situation, &chain, occurs)),
            Err(why) => *found.left_out.entry(why.status).or_default() += 1,
        }
    }
    found.entries.sort_by(|a, b| a.pause.code.cmp(&b.pause.code));
    found
}

impl Occurs {
    fn of_chain(situation: &Situation, chain: &Chain<'_>) -> Result<Self, Untold> {
        let schedule = chain.schedule.as_ref().map_err(Clone::clone)?;
        Self::of(schedule, chain.clock.zone, situation.as_of)
    }
}

/// Each pause by itself: what makes another longer begins where that ends, and has answers of its own.
fn chains(situation: &Situation) -> Vec<Chain<'_>> {
    let pauses = &situation.world.pauses;
    let is_shown = |row: &Known<Pause>| {
        let is_announced = row.record.announced_on.is_none_or(|at| at.start() <= situation.as_of);
        is_announced && row.record.pause_type != PauseType::Endorsement
    };
    let is_root = |row: &Known<Pause>| {
        let extends = row.record.extends.as_ref();
        extends.is_none_or(|of| pauses.get(of.as_str()).is_none())
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for row in pauses.iter().filter(|row| is_root(row)) {
        let Chain { base, clock, schedule, longer } = Chain::of(situation, row, None);
        found.push(alone(base, clock, schedule));
        for (row, read) in longer {
            found.push(alone(row, LocalClock::of(situation, &row.record), read));
        }
    }
    found.retain(|chain| is_shown(chain.base) && seen.insert(&chain.base.code));
    // Pauses that make each other longer in a circle have no root.
    let left = pauses.iter().filter(|row| is_shown(row) && !seen.contains(&*row.code));
    let left: Vec<Chain<'_>> = left.map(|row| Chain::alone(situation, row)).collect();
    found.extend(left);
    found
}

fn alone<'w>(
    base: &'w Known<Pause>,
    clock: LocalClock,
    schedule: Result<Schedule<'w>, Untold>,
) -> Chain<'w> {
    Chain { base, clock, schedule, longer: Vec::new() }
}

fn entry<'w>(situation: &Situation, chain: &Chain<'w>, occurs: Occurs) -> Entry<'w> {
    let pause = chain.base;
    let breaches = breach::known(std::iter::once(pause), situation.as_of);
    let overall = windows::overall(situation, chain, &breaches);
    let (sentence, mut notes) = windows::said(situation, chain, &overall);
    if let Ok(Schedule { in_words: Some(words), .. }) = &chain.schedule {
        notes.push(Saying::of("times-first-alone").text("words", *words));
    }
    let ended = breaches.iter().any(|breach| breach::is_terminal(breach))
        || was_taken_back(chain, &overall.parties);
    let extends = pause.record.extends.as_ref();
    Entry {
        pause,
        stands: stands(overall.state, ended),
        occurs,
        sentence,
        areas: area_names(situation, &pause.record),
        notes,
        sources: windows::sources(chain),
        extends: extends.and_then(|of| Some(situation.world.pauses.get(of.as_str())?.id)),
        parties: overall.parties,
    }
}

/// Did a party that must agree say no, or take its yes back, before the pause was over?
fn was_taken_back(chain: &Chain<'_>, parties: &[PartyAnswer]) -> bool {
    let end = chain.bounds().and_then(|(_, end)| end);
    let in_time = |at: Moment| end.is_none_or(|end| at.start() < end);
    parties.iter().filter(|party| party.must_agree).any(|party| {
        let is_no = matches!(party.answer, Some(Answer::Refused | Answer::Withdrawn));
        is_no && party.since.is_none_or(in_time)
    })
}

const fn stands(state: PauseState, ended: bool) -> Stands {
    match state {
        PauseState::Refused | PauseState::Cancelled | PauseState::Expired => Stands::Cancelled,
        PauseState::Requested => Stands::Tentative,
        PauseState::Violated | PauseState::Honoured if ended => Stands::Cancelled,
        PauseState::Agreed | PauseState::InEffect | PauseState::Violated | PauseState::Honoured => {
            Stands::Confirmed
        }
    }
}

/// Each area in English and Arabic, else in whichever language its name is known.
fn area_names(situation: &Situation, pause: &Pause) -> Vec<String> {
    let named = |code: String| {
        let Some(area) = situation.world.areas.get(&code) else { return code };
        let names = &area.record.names;
        match (names.in_language("en"), names.in_language("ar")) {
            (Some(english), Some(arabic)) => format!("{english} ({arabic})"),
            (Some(_) | None, _) => names.any().to_owned(),
        }
    };
    place::areas(situation, pause).into_iter().map(named).collect()
}
