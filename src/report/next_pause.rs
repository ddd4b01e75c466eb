//! The best use of the next pause: how many truckloads it lets through, and who gets them.
//!
//! Reckoned only where the pause has a beginning and logistics are stored for its areas; else it is said what is
//! missing. A pause that is asked for is not agreed, and is told so.

mod way;
mod words;

use std::collections::HashSet;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::way::{Way, next_window, ways};
use self::words::{assumed, consent, sentences, undated};
use super::area::within;
use super::outlook::FoodRow;
use super::pause::{PauseRow, State};
use super::stated;
use crate::assess::recurrence::Window;
use crate::domain::choice::choice;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::plan::PlanRequest;
use crate::domain::{Door, Pause, Pointer, Problems, Saying, Told};
use crate::situation::plan::{ToldPlan, told_plan};
use crate::situation::standards::Standards;
use crate::situation::{Known, Situation};
use crate::tongue::Tongue;

/// How far ahead a pause is looked for, days.
const LOOK_AHEAD_DAYS: i64 = 60;
/// For how long food must last after the pause, days.
const HORIZON_DAYS: f64 = 30.0;
/// For how long people are told to be fed, days.
const WEEK_DAYS: f64 = 7.0;

choice! {
    /// Can the use of the next pause be told?
    PauseUse {
        /// Yes.
        Told = "told",
        /// No pause is asked for or agreed that food could come in by.
        NoPause = "no_pause",
        /// Pauses are asked for or announced, but it is not known when one begins.
        NoStart = "no_start",
        /// Nobody stored how trucks reach its areas, or not all of it.
        NoLogistics = "no_logistics",
        /// In none of its areas people are known to need food.
        NoArea = "no_area",
        /// The loads cannot be shared out.
        NoPlan = "no_plan",
    }
}

/// The best use of the next pause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextPause {
    /// Can it be told?
    #[serde(deserialize_with = "stated::word")]
    pub status: PauseUse,
    /// In two or three sentences, in English.
    pub text: String,
    /// The same before a language is chosen; empty in reports made before they were told in several.
    #[serde(default)]
    pub said: Vec<Saying>,
    /// The code of the pause.
    pub pause: Option<String>,
    /// Its next window begins.
    pub from: Option<DateTime<Utc>>,
    /// And ends.
    pub to: Option<DateTime<Utc>>,
    /// Has everybody agreed who must? `null` without a pause.
    pub is_agreed: Option<bool>,
    /// Truckloads that can get in.
    pub truckloads: Option<f64>,
    /// Truckloads that are shared out: no more than is needed.
    pub truckloads_used: Option<f64>,
    /// Tonnes on these.
    pub tonnes: Option<f64>,
    /// People whom they feed for a week.
    pub people_fed_for_a_week: Option<f64>,
    /// Who gets what.
    pub shares: Vec<PauseShare>,
    /// What to mind, in English.
    pub notes: Vec<String>,
    /// The same before a language is chosen; empty in reports made before they were told in several.
    #[serde(default)]
    pub notes_said: Vec<Saying>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// What one area gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PauseShare {
    /// The code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// Truckloads.
    pub truckloads: f64,
    /// What it gets and why not more, in one sentence.
    pub text: String,
}

impl NextPause {
    fn untold(status: PauseUse, said: Vec<Saying>) -> Self {
        Self {
            status,
            text: Tongue::ENGLISH.tell(&said),
            said,
            pause: None,
            from: None,
            to: None,
            is_agreed: None,
            truckloads: None,
            truckloads_used: None,
            tonnes: None,
            people_fed_for_a_week: None,
            shares: Vec::new(),
            notes: Vec::new(),
            notes_said: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Adds what to mind.
    fn minding(mut self, notes: Vec<Saying>) -> Self {
        self.notes.extend(notes.iter().map(|note| Tongue::ENGLISH.told(note)));
        self.notes_said.extend(notes);
        self
    }

    /// It in a language; in English where a report of an earlier version has it in no other one.
    pub(super) fn told(&self, t: Tongue<'_>) -> String {
        if self.said.is_empty() { t.text(&self.text) } else { t.tell(&self.said) }
    }

    /// What to mind, likewise.
    pub(super) fn notes(&self, t: Tongue<'_>) -> Vec<String> {
        if self.notes_said.is_empty() {
            return self.notes.iter().map(|note| t.text(note)).collect();
        }
        self.notes_said.iter().map(|note| t.told(note)).collect()
    }
}

/// A pause that food could come in by, and its next window.
struct Next<'s> {
    row: &'s PauseRow,
    pause: &'s Known<Pause>,
    window: Option<Window>,
}

pub(super) fn of(
    situation: &Situation,
    pauses: &[PauseRow],
    areas: &[FoodRow],
    standards: &Standards,
) -> NextPause {
    let until = situation.as_of + TimeDelta::days(LOOK_AHEAD_DAYS);
    let open = pauses.iter().filter(|row| may_bring_food(row)).filter_map(|row| {
        let pause = situation.world.pauses.get(&row.code)?;
        let window = next_window(&pause.record, situation.as_of, until);
        Some(Next { row, pause, window })
    });
    let open: Vec<Next<'_>> = open.collect();
    let dated = open.iter().filter_map(|next| Some((next.window?, next)));
    match dated.min_by(|(a, x), (b, y)| (a.start, &x.row.code).cmp(&(b.start, &y.row.code))) {
        Some((window, next)) => of_window(situation, next, window, areas, standards),
        None => without_start(&open),
    }
}

/// A stop in fighting that nobody refused and that is not over. Ways out are not ways in.
fn may_bring_food(row: &PauseRow) -> bool {
    let is_stop = !matches!(
        row.pause_type,
        PauseType::Corridor | PauseType::Evacuation | PauseType::Endorsement
    );
    let refused = |answer: &Answer| matches!(answer, Answer::Refused | Answer::Withdrawn);
    is_stop && row.state != State::Ended && !row.answers.iter().any(|a| refused(&a.answer))
}

fn without_start(open: &[Next<'_>]) -> NextPause {
    // One that has begun is not the next one.
    let ahead = open.iter().filter(|next| !matches!(next.row.state, State::Begun | State::InForce));
    let ahead: Vec<&Next<'_>> = ahead.collect();
    let (status, said) = match &ahead[..] {
        [] => (PauseUse::NoPause, Saying::of("pause-none")),
        ahead => (PauseUse::NoStart, undated(ahead)),
    };
    let mut sources: Vec<String> =
        ahead.iter().flat_map(|next| next.row.sources.iter().cloned()).collect();
    sources.sort();
    sources.dedup();
    NextPause { sources, ..NextPause::untold(status, vec![said]) }
}

fn of_window(
    situation: &Situation,
    next: &Next<'_>,
    window: Window,
    areas: &[FoodRow],
    standards: &Standards,
) -> NextPause {
    let opening = Saying::of("pause-opening")
        .text("pause", &next.row.title)
        .part("consent", consent(next.row))
        .number("hours", window.hours())
        .with("at", Told::Instant(window.start));
    let told = |status: PauseUse, said: Vec<Saying>| NextPause {
        pause: Some(next.row.code.clone()),
        from: Some(window.start),
        to: Some(window.end),
        is_agreed: Some(next.row.silent.is_empty()),
        sources: next.row.sources.clone(),
        ..NextPause::untold(status, std::iter::once(opening.clone()).chain(said).collect())
            .minding(assumed(&next.pause.record))
    };
    let inside = inside(situation, &next.pause.record, areas);
    if inside.is_empty() {
        return told(PauseUse::NoArea, vec![Saying::of("pause-no-area")]);
    }
    let (ways, lacking) = ways(situation, &inside, window, next.pause);
    if ways.is_empty() {
        let said = Saying::of("pause-no-logistics").with("lacking", Told::Apart(lacking));
        return told(PauseUse::NoLogistics, vec![said]);
    }
    let capacity = capacity(&ways);
    let plan = request(situation, &ways, window, capacity)
        .and_then(|request| told_plan(situation, &request, standards).ok());
    let Some(plan) = plan else {
        return told(PauseUse::NoPlan, vec![Saying::of("pause-no-plan")]);
    };
    let used = Used::of(&ways, &plan);
    let mut answer = told(PauseUse::Told, sentences(&ways, capacity, &used, &plan));
    answer.truckloads = Some(capacity);
    answer.truckloads_used = Some(used.loads);
    answer.tonnes = Some(used.tonnes);
    answer.people_fed_for_a_week = Some(used.person_days / WEEK_DAYS);
    answer.shares = shares(&plan);
    let left_out = |lacking| Saying::of("pause-left-out").part("lacking", lacking);
    answer.minding(lacking.into_iter().map(left_out).chain(plan.notes).collect())
}

/// The areas of the outlook that lie in the areas of the pause and whose people are known, none inside another.
fn inside<'r>(situation: &Situation, pause: &Pause, areas: &'r [FoodRow]) -> Vec<&'r FoodRow> {
    let groups = pause.area_groups.iter();
    let groups = groups.filter_map(|group| situation.world.area_groups.get(group.as_str()));
    let members = groups.flat_map(|group| &group.record.areas);
    let named: HashSet<&str> =
        pause.areas.iter().chain(members).map(crate::domain::AreaCode::as_str).collect();
    let lies_in = |row: &&FoodRow| {
        named.contains(row.code.as_str()) || within(situation, &row.code, &named).is_some()
    };
    let known = areas.iter().filter(lies_in).filter(|row| !row.people.is_unknown());
    let known: Vec<&FoodRow> = known.collect();
    let codes: HashSet<&str> = known.iter().map(|row| row.code.as_str()).collect();
    let is_own =
        |row: &&FoodRow| row.within.as_ref().is_none_or(|within| !codes.contains(within.as_str()));
    known.into_iter().filter(is_own).collect()
}

/// Truckloads of all roads together; areas on one road share its most.
fn capacity(ways: &[Way]) -> f64 {
    let mut seen = HashSet::new();
    let roads = ways.iter().filter(|way| seen.insert(way.road.as_str()));
    roads.map(|way| most_of_road(ways, &way.road)).sum()
}

fn most_of_road(ways: &[Way], road: &str) -> f64 {
    ways.iter().filter(|way| way.road == road).map(|way| way.loads).fold(0.0, f64::max)
}

/// The request for the plan, as anybody could send it.
fn request(situation: &Situation, ways: &[Way], window: Window, loads: f64) -> Option<PlanRequest> {
    const KG_PER_TONNE: f64 = 1_000.0;
    let until_window = (window.start - situation.as_of).as_seconds_f64() / 86_400.0;
    let need = |way: &Way| json!({ "area": way.area, "route": way.road, "loss": way.haulage.loss, "loads_per_window": way.loads });
    let supply = |way: &Way| {
        let person_days = way.haulage.payload_tonnes * KG_PER_TONNE / way.haulage.ration_kg;
        json!({ "commodity": "food", "hub": way.area, "person_days_per_load": person_days, "areas": [way.area] })
    };
    let mut roads: Vec<&str> = ways.iter().map(|way| way.road.as_str()).collect();
    roads.sort_unstable();
    roads.dedup();
    let road = |road: &str| json!({ "route": road, "loads_per_window": most_of_road(ways, road) });
    let at = window.start.to_rfc3339_opts(SecondsFormat::Millis, true);
    let body = json!({
        "horizon_days": until_window.max(0.0).ceil() + HORIZON_DAYS,
        "areas": ways.iter().map(need).collect::<Vec<_>>(),
        "windows": [{ "at": at, "loads": loads }],
        "supplies": ways.iter().map(supply).collect::<Vec<_>>(),
        "routes": roads.into_iter().map(road).collect::<Vec<_>>(),
    });
    PlanRequest::open(&body, &Pointer::Root, &mut Problems::default())
}

/// What is really sent.
struct Used {
    loads: f64,
    tonnes: f64,
    person_days: f64,
}

impl Used {
    fn of(ways: &[Way], plan: &ToldPlan) -> Self {
        let each = plan.allocation.areas.iter().filter_map(|area| {
            let way = ways.iter().find(|way| way.area == area.id)?;
            let person_days: f64 = area.deliveries.iter().map(|one| one.person_days).sum();
            Some((area.loads, area.loads * way.haulage.payload_tonnes, person_days))
        });
        let none = Self { loads: 0.0, tonnes: 0.0, person_days: 0.0 };
        each.fold(none, |sum, (loads, tonnes, person_days)| Self {
            loads: sum.loads + loads,
            tonnes: sum.tonnes + tonnes,
            person_days: sum.person_days + person_days,
        })
    }
}

fn shares(plan: &ToldPlan) -> Vec<PauseShare> {
    let each = plan.told.iter().zip(&plan.allocation.areas);
    each.map(|(told, area)| PauseShare {
        area: told.area.clone(),
        name: told.name.clone(),
        truckloads: area.loads,
        text: Tongue::ENGLISH.told(&told.sentence),
    })
    .collect()
}
