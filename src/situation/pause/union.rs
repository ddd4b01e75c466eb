//! A pause together with all others of its areas: what all of them ask for, and what all of them agreed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::chain::Chain;
use super::times::TimesStatus;
use super::windows::{WindowLife, cut};
use super::{breach, place, windows};
use crate::assess::interval::merge_intervals;
use crate::assess::pause_life::PauseState;
use crate::assess::recurrence::Window;
use crate::domain::pause::PauseType;
use crate::domain::{Pause, Record};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// A stretch of time in which at least one pause is to hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionWindow {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// Its end.
    pub end: DateTime<Utc>,
    /// How long it is: real hours.
    pub hours: f64,
    /// Which pauses are to hold in it, or in a part of it.
    pub pauses: Vec<String>,
}

/// The union of windows, as far as they lie in the time asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct UnionOf {
    /// Its stretches, in order.
    pub windows: Vec<UnionWindow>,
    /// All of them together: hours.
    pub hours: f64,
}

/// Another pause of the same areas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherPause {
    /// Its code.
    pub pause: String,
    /// Its name.
    pub title: Option<String>,
    /// Where it stands.
    pub state: PauseState,
    /// Whether its times can be told.
    pub status: TimesStatus,
    /// The areas of this pause that it is to hold in.
    pub areas: Vec<String>,
    /// Its windows in the time asked for.
    pub windows: usize,
    /// Where to read of them.
    pub href: String,
}

/// This pause with all others of its areas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    /// What all of them ask for or announce, whatever was answered; without what was called off.
    pub asked: UnionOf,
    /// What all who must agree had agreed to.
    pub agreed: UnionOf,
    /// The others that hold in the time asked for, or of which it cannot be told.
    pub others: Vec<OtherPause>,
}

/// A window with what is said of it.
struct Held {
    pause: String,
    window: Window,
    state: PauseState,
}

/// The union over this pause and all others of its areas.
pub(super) fn union(
    situation: &Situation,
    chain: &Chain<'_>,
    own: &[WindowLife],
    time: (DateTime<Utc>, DateTime<Utc>),
) -> Union {
    let mut held: Vec<Held> = own.iter().filter_map(|life| held(life, time)).collect();
    let mut others = Vec::new();
    let in_chain: BTreeSet<&str> = chain.rows().map(|row| &*row.code).collect();
    let areas = place::areas(situation, &chain.base.record);
    for row in situation.world.pauses.iter().filter(|row| !in_chain.contains(&*row.code)) {
        if !is_other(situation, row) {
            continue;
        }
        let shared = place::shared(situation, &areas, &place::areas(situation, &row.record));
        if shared.is_empty() {
            continue;
        }
        let (other, lives) = other(situation, row, shared, time);
        held.extend(lives.iter().filter_map(|life| self::held(life, time)));
        if other.status != TimesStatus::NoWindowsInTime {
            others.push(other);
        }
    }
    let asked = held.iter().filter(|held| held.state != PauseState::Cancelled);
    let agreed = held.iter().filter(|held| held.state >= PauseState::Agreed);
    Union { asked: union_of(asked), agreed: union_of(agreed), others }
}

/// Is it a pause of its own that was asked for or announced by then?
fn is_other(situation: &Situation, row: &Known<Pause>) -> bool {
    row.record.pause_type != PauseType::Endorsement
        && row.record.happened().is_none_or(|at| at.start() <= situation.as_of)
}

fn held(life: &WindowLife, time: (DateTime<Utc>, DateTime<Utc>)) -> Option<Held> {
    let window = cut(Window { start: life.start, end: life.end }, time)?;
    Some(Held { pause: life.pause.clone(), window, state: life.state })
}

/// Another pause by itself: what makes it longer is a pause of its own here.
fn other(
    situation: &Situation,
    row: &Known<Pause>,
    areas: Vec<String>,
    time: (DateTime<Utc>, DateTime<Utc>),
) -> (OtherPause, Vec<WindowLife>) {
    let chain = Chain::alone(situation, row);
    let (pieces, status) = match chain.pieces(time.0, time.1) {
        Ok((pieces, _)) => (pieces, None),
        Err(_) => (Vec::new(), Some(TimesStatus::TooMany)),
    };
    let breaches = breach::known(chain.rows(), situation.as_of);
    let lives: Vec<WindowLife> = pieces
        .iter()
        .map(|piece| windows::life_of(&chain, piece, &breaches, situation.as_of))
        .collect();
    let other = OtherPause {
        pause: row.code.to_string(),
        title: row.record.title.as_ref().map(ToString::to_string),
        state: windows::state_of(situation, &chain, &breaches),
        status: status.unwrap_or_else(|| windows::status(&chain, &pieces)),
        areas,
        windows: lives.len(),
        href: format!("/api/v1/pauses/{}/windows", row.code),
    };
    (other, lives)
}

fn union_of<'h>(held: impl Iterator<Item = &'h Held>) -> UnionOf {
    let held: Vec<&Held> = held.collect();
    // Milliseconds are whole, so that nothing is lost on the way to numbers and back.
    #[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
    let number = |at: DateTime<Utc>| at.timestamp_millis() as f64;
    #[expect(clippy::cast_possible_truncation, reason = "made from such a number")]
    let instant = |number: f64| DateTime::from_timestamp_millis(number as i64);
    let pairs: Vec<(f64, f64)> =
        held.iter().map(|held| (number(held.window.start), number(held.window.end))).collect();
    let windows: Vec<UnionWindow> = merge_intervals(&pairs)
        .into_iter()
        .filter_map(|(start, end)| {
            let window = Window { start: instant(start)?, end: instant(end)? };
            let inside = held
                .iter()
                .filter(|held| held.window.start >= window.start && held.window.end <= window.end);
            let pauses: BTreeSet<String> = inside.map(|held| held.pause.clone()).collect();
            let (start, end, hours) = (window.start, window.end, window.hours());
            Some(UnionWindow { start, end, hours, pauses: pauses.into_iter().collect() })
        })
        .collect();
    let hours = windows.iter().map(|window| window.hours).sum();
    UnionOf { windows, hours }
}
