//! What keeps alerts quiet, and whom they are for: silences, alerts that mute others, and the choices of recipients.
//!
//! Pure: who is told, and when, is decided in `jobs/telling`.

use chrono::{DateTime, Utc};

use super::{Alert, Severity};
use crate::assess::pause_life::PauseState;
use crate::config::Inhibit;
use crate::domain::{AlertChoice, Area, Moment, Silence, Text};
use crate::situation::pause::windows::{WindowsQuestion, windows};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// The P-codes of an area, its own and those of the units it lies in; empty where one is not known.
#[must_use]
pub fn units(area: &Area) -> [&str; 4] {
    let units = [&area.pcode, &area.admin3_pcode, &area.admin2_pcode, &area.admin1_pcode];
    units.map(|unit| unit.as_ref().map_or("", Text::as_str))
}

/// Does an alert touch one of these areas, and an area in the unit of this P-code? Left out, each fits.
fn touches(
    situation: &Situation,
    alert: &Alert,
    areas: &[crate::domain::AreaCode],
    pcode: Option<&Text>,
) -> bool {
    let named = |code: &String| areas.iter().any(|area| area.as_str() == code.as_str());
    let lies_in = |prefix: &str| {
        let known = alert.areas.iter().filter_map(|code| situation.world.areas.get(code));
        known.flat_map(|area| units(&area.record)).any(|unit| unit.starts_with(prefix))
    };
    (areas.is_empty() || alert.areas.iter().any(named))
        && pcode.is_none_or(|pcode| lies_in(pcode.as_str()))
}

/// Is the alert one of those that a recipient chose? All that is given must fit.
#[must_use]
pub fn is_chosen(situation: &Situation, choice: &AlertChoice, alert: &Alert) -> bool {
    (choice.rules.is_empty() || choice.rules.contains(&alert.rule))
        && choice.severity.is_none_or(|severity| alert.severity >= severity)
        && touches(situation, alert, &choice.areas, choice.pcode.as_ref())
}

/// The silences that are in force now. `situation` must know the pauses that they are tied to.
#[must_use]
pub fn silences_now(situation: &Situation) -> Vec<&Known<Silence>> {
    let now = situation.as_of;
    let in_force = |silence: &&Known<Silence>| {
        let Silence { from, until, pause, .. } = &silence.record;
        from.start() <= now
            && until.is_none_or(|until| now <= ends(until))
            && pause.as_ref().is_none_or(|pause| is_on(situation, pause.as_str()))
    };
    situation.world.silences.iter().map(|silence| &**silence).filter(in_force).collect()
}

/// A day means its end, an instant itself.
fn ends(until: Moment) -> DateTime<Utc> {
    if until.is_day() { until.end() } else { until.start() }
}

fn is_on(situation: &Situation, pause: &str) -> bool {
    let Some(pause) = situation.world.pauses.get(pause) else { return false };
    let question = WindowsQuestion { from: None, to: None };
    // More windows than anybody can read: nobody knows whether one is on, so nothing is kept quiet by it.
    windows(situation, pause, &question).is_ok_and(|of| of.state == PauseState::InEffect)
}

/// The first of these silences that fits an alert.
#[must_use]
pub fn silenced_by<'s>(
    situation: &Situation,
    silences: &[&'s Known<Silence>],
    alert: &Alert,
) -> Option<&'s str> {
    let fits = |silence: &&&Known<Silence>| {
        let silence = &silence.record;
        (silence.rules.is_empty() || silence.rules.contains(&alert.rule))
            && alert.severity <= silence.severity.unwrap_or(Severity::Critical)
            && touches(situation, alert, &silence.areas, silence.pcode.as_ref())
    };
    silences.iter().find(fits).map(|silence| &*silence.code)
}

/// The key of the alert that mutes this one: by the settings, for the same area or for one that lies in it.
#[must_use]
pub fn muted_by<'a>(
    situation: &Situation,
    inhibit: &[Inhibit],
    alert: &Alert,
    open: &'a [Alert],
) -> Option<&'a str> {
    let rules = inhibit.iter().filter(|rule| rule.mutes.contains(&alert.rule));
    let by: Vec<_> = rules.flat_map(|rule| &rule.by).collect();
    let above = |other: &&Alert| {
        by.contains(&&other.rule)
            && other.key != alert.key
            && other.areas.iter().any(|area| is_above(situation, area, alert))
    };
    open.iter().find(above).map(|other| other.key.as_str())
}

/// Is the area one of the alert's, or one that such an area lies in?
fn is_above(situation: &Situation, area: &str, alert: &Alert) -> bool {
    if alert.areas.iter().any(|code| code == area) {
        return true;
    }
    let above = situation.world.areas.get(area).and_then(|area| area.record.pcode.as_ref());
    let Some(above) = above else { return false };
    let below = alert.areas.iter().filter_map(|code| situation.world.areas.get(code));
    below.flat_map(|area| units(&area.record)).any(|unit| unit.starts_with(above.as_str()))
}
