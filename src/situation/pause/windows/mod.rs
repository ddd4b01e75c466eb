//! The windows of a pause: when it holds, how it stands with each party, what was left of it.

mod life;
mod words;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

pub use self::life::WindowLife;
pub use super::answers::PartyAnswer;
use super::breach;
pub use super::breach::Breaches;
pub use super::chain::Extension;
use super::chain::{Chain, Piece, hours_of};
pub use super::times::TimesStatus;
pub use super::union::{OtherPause, Union, UnionOf, UnionWindow};
use super::{evidence, union};
use crate::assess::pause_life::PauseState;
use crate::assess::recurrence::Window;
use crate::assess::recurrence::expand::NoWindows;
use crate::domain::pause::{PauseType, Violation};
use crate::domain::{Figure, Kind, Pause, Problems, Saying};
use crate::situation::alert::Evidence;
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// How far ahead windows are told where nobody says, days.
pub const USUAL_DAYS: i64 = 28;

/// The longest time that may be asked for, days.
const MOST_DAYS: i64 = 3_660;

/// Which windows are asked for. Left out: all of a pause that has an end, else those of the next four weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WindowsQuestion {
    /// From when.
    pub from: Option<DateTime<Utc>>,
    /// Until when, not part of it.
    pub to: Option<DateTime<Utc>>,
}

/// When a pause holds and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PauseWindows {
    /// Its code.
    pub pause: String,
    /// Its name.
    pub title: Option<String>,
    /// What kind of stop it is.
    pub pause_type: PauseType,
    /// Where it stands: with the weakest of the parties that must agree.
    pub state: PauseState,
    /// Whether its times can be told.
    pub status: TimesStatus,
    /// Both in words.
    pub sentence: Saying,
    /// The clock of its local times.
    pub time_zone: String,
    /// The first instant that was asked for.
    pub from: DateTime<Utc>,
    /// The end of it.
    pub to: DateTime<Utc>,
    /// What each party answered.
    pub parties: Vec<PartyAnswer>,
    /// Its windows, whole and in order.
    pub windows: Vec<WindowLife>,
    /// Hours of all its windows together; `None` where they cannot be told.
    pub hours: Option<f64>,
    /// Hours it was in force so far, with all who must agree; a breach known only by its day leaves a doubt.
    pub effective_hours: Figure,
    /// Hours that were agreed and lost to breaches or to being called off; unknown where none were agreed.
    pub hours_lost: Figure,
    /// The same time with all other pauses of these areas, overlaps counted once.
    pub union: Union,
    /// The pause that it makes longer.
    pub extends: Option<String>,
    /// What makes it longer.
    pub extensions: Vec<Extension>,
    /// What to mind.
    pub notes: Vec<Saying>,
    /// The same for programs.
    pub flags: Vec<&'static str>,
    /// The sources of all these records.
    pub sources: Vec<String>,
    /// The records that it rests on.
    pub records: Vec<Evidence>,
}

/// The windows of a pause.
///
/// # Errors
///
/// When more windows are asked for than anybody can read.
pub fn windows(
    situation: &Situation,
    pause: &Known<Pause>,
    question: &WindowsQuestion,
) -> Result<PauseWindows, Problems> {
    let chain = Chain::of(situation, pause, None);
    let (from, to) = time_asked(&chain, question, situation.as_of)?;
    let (pieces, extensions) = chain.pieces(from, to).map_err(|why| too_many(&why))?;
    let breaches = breach::known(chain.rows(), situation.as_of);
    let lives: Vec<WindowLife> =
        pieces.iter().map(|piece| life_of(&chain, piece, &breaches, situation.as_of)).collect();
    let overall = overall(situation, &chain, &breaches);
    let status = status(&chain, &pieces);
    let union = union::union(situation, &chain, &lives, (from, to));
    let told = words::Told { situation, chain: &chain, overall: &overall, status, lives: &lives };
    let known = chain.schedule.is_ok() || !pieces.is_empty();
    Ok(PauseWindows {
        pause: pause.code.to_string(),
        title: pause.record.title.as_ref().map(ToString::to_string),
        pause_type: pause.record.pause_type,
        state: overall.state,
        status,
        sentence: told.sentence(),
        time_zone: chain.clock.zone.name().to_owned(),
        from,
        to,
        hours: known
            .then(|| hours_of(&pieces.iter().map(|piece| piece.window).collect::<Vec<_>>())),
        effective_hours: total(&lives, |life| life.effective_hours),
        hours_lost: total(&lives, |life| life.hours_lost),
        union,
        extends: pause.record.extends.as_ref().map(ToString::to_string),
        notes: told.notes(&extensions),
        flags: told.flags(&extensions),
        sources: sources(&chain),
        records: chain.rows().map(|row| evidence(Kind::Pause, row)).collect(),
        parties: overall.parties,
        windows: lives,
        extensions,
    })
}

/// How one window stands.
pub(super) fn life_of(
    chain: &Chain<'_>,
    piece: &Piece<'_>,
    breaches: &[&Violation],
    as_of: DateTime<Utc>,
) -> WindowLife {
    life::of_window(chain, piece, breaches, as_of)
}

/// How a pause stands as a whole.
pub(super) fn state_of(
    situation: &Situation,
    chain: &Chain<'_>,
    breaches: &[&Violation],
) -> PauseState {
    overall(situation, chain, breaches).state
}

/// How a pause stands as a whole and with each party.
pub(super) fn overall(
    situation: &Situation,
    chain: &Chain<'_>,
    breaches: &[&Violation],
) -> life::Overall {
    life::Overall::of(situation, chain, breaches)
}

/// How a pause stands in a sentence, and what a reader must not overlook; its windows are told elsewhere.
pub(super) fn said(
    situation: &Situation,
    chain: &Chain<'_>,
    overall: &life::Overall,
) -> (Saying, Vec<Saying>) {
    let status = status(chain, &[]);
    let told = words::Told { situation, chain, overall, status, lives: &[] };
    (told.state(), told.notes(&[]))
}

/// The sum over the windows of which it is known; unknown where it is known of none.
fn total(lives: &[WindowLife], of: impl Fn(&WindowLife) -> Figure) -> Figure {
    let known: Vec<Figure> = lives.iter().map(of).filter(|figure| !figure.is_unknown()).collect();
    Figure::sum(&known)
}

/// The time that is asked for, or that is usual.
pub(super) fn time_asked(
    chain: &Chain<'_>,
    question: &WindowsQuestion,
    as_of: DateTime<Utc>,
) -> Result<(DateTime<Utc>, DateTime<Utc>), Problems> {
    let usual = TimeDelta::days(USUAL_DAYS);
    let as_of = after(as_of);
    let (from, to) = match (question.from, question.to, chain.bounds()) {
        (Some(from), Some(to), _) => (from, to),
        (Some(from), None, Some((_, Some(end)))) => (from, end.max(from + usual)),
        (Some(from), None, _) => (from, from + usual),
        (None, Some(to), Some((start, Some(_)))) => (start.min(to - usual), to),
        (None, Some(to), _) => (as_of.min(to - usual), to),
        (None, None, Some((start, Some(end)))) => (start, end),
        (None, None, _) => (as_of, as_of + usual),
    };
    let mut problems = Problems::default();
    if from >= to {
        problems.add_field("from", "must lie before to");
    }
    if (to - from).num_days() > MOST_DAYS && (question.from.is_some() || question.to.is_some()) {
        problems.add_field("to", "must be at most ten years after from");
    }
    if problems.is_empty() { Ok((from, to)) } else { Err(problems) }
}

/// The instant from which on it is later than a day: of its last millisecond, the next.
pub(super) fn after(as_of: DateTime<Utc>) -> DateTime<Utc> {
    let is_last = as_of.timestamp_subsec_millis() == 999;
    if is_last { as_of + TimeDelta::milliseconds(1) } else { as_of }
}

/// What is said where there are more windows than anybody can read.
pub(super) fn too_many(why: &NoWindows) -> Problems {
    let mut problems = Problems::default();
    problems.add_field("to", why);
    problems
}

/// Whether the windows can be told, and are all that there is.
pub(super) fn status(chain: &Chain<'_>, pieces: &[Piece<'_>]) -> TimesStatus {
    match &chain.schedule {
        Err(why) => why.status,
        Ok(schedule) if schedule.in_words.is_some() => TimesStatus::InWords,
        Ok(_) if pieces.is_empty() => TimesStatus::NoWindowsInTime,
        Ok(schedule) if schedule.is_open() => TimesStatus::NoEnd,
        Ok(_) => TimesStatus::Ok,
    }
}

/// Every source of these records.
pub(super) fn sources(chain: &Chain<'_>) -> Vec<String> {
    let mut found: Vec<String> = chain
        .rows()
        .flat_map(|row| {
            let pause = &row.record;
            let answers = pause.answers.iter().filter_map(|answer| answer.source.as_ref());
            let breaches = pause.violations.iter().filter_map(|breach| breach.source.as_ref());
            let accounts = pause.accounts.iter().filter_map(|account| account.source.as_ref());
            pause.source.iter().chain(answers).chain(breaches).chain(accounts)
        })
        .map(ToString::to_string)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// A window cut to a time; `None` if nothing of it lies there.
pub(super) fn cut(window: Window, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Option<Window> {
    let cut = Window { start: window.start.max(from), end: window.end.min(to) };
    (cut.start < cut.end).then_some(cut)
}
