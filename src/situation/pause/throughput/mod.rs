//! What a pause would let through: truckloads, tonnes, people fed, what holds the trucks up, what to ask for.

mod ask;
mod given;
mod loads;
mod need;
mod people;
mod words;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use self::ask::Ask;
pub use self::ask::{FIELDS, end_of};
pub use self::given::Given;
pub use self::loads::{ConvoyBlock, LengthLoads, Lever, SegmentRow, WindowRow};
pub use self::need::{AreaPeople, Fed, From};
pub use self::people::{Coverage, NeedStatus, Plan, Week};
use super::answers::PartyAnswer;
use super::breach;
use super::chain::Chain;
use super::times::Schedule;
use super::windows::{self, WindowsQuestion};
use super::{LocalClock, evidence, place};
use crate::assess::pause_life::PauseState;
use crate::assess::recurrence::Window;
use crate::assess::throughput::bound::Binding;
use crate::assess::throughput::pause::Throughput;
use crate::domain::choice::choice;
use crate::domain::{Kind, Pause, Problems, Saying};
use crate::situation::alert::Evidence;
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

choice! {
    /// Whether it can be told what gets through, and if nothing, why.
    ThroughputStatus {
        /// Something gets through.
        Ok = "ok",
        /// It is not known when it holds; the status of its times says why.
        NoWindows = "no_windows",
        /// No truck could do even one trip.
        WindowTooShort = "window_too_short",
        /// There is no truck, no lane or no dock.
        NothingGetsThrough = "nothing_gets_through",
    }
}

/// What a pause would let through.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PauseThroughput {
    /// Its code.
    pub pause: String,
    /// Its name.
    pub title: Option<String>,
    /// Where it stands: with the weakest of the parties that must agree.
    pub state: PauseState,
    /// What each party answered.
    pub parties: Vec<PartyAnswer>,
    /// Does anything get through, and if not, why?
    pub status: ThroughputStatus,
    /// Whether its times can be told; `sent` where windows were sent.
    pub times: String,
    /// All of it in words.
    pub sentence: Saying,
    /// The clock of working hours and local times.
    pub time_zone: String,
    /// The first instant that was asked for.
    pub from: DateTime<Utc>,
    /// The end of it.
    pub to: DateTime<Utc>,
    /// Its windows, those that overlap or touch as one, with the stretches of work in them.
    pub windows: Vec<WindowRow>,
    /// Truckloads of all windows, truck by truck; `None` without a window.
    pub loads: Option<u64>,
    /// The most it could be by a rule of thumb, which is too high where several things are scarce.
    pub loads_bound: Option<u64>,
    /// What holds up most of the loads.
    pub bottleneck: Option<Binding>,
    /// The same in words.
    pub bottleneck_sentence: Option<Saying>,
    /// Tonnes on the trucks.
    pub tonnes: Option<f64>,
    /// Person-days of food at 2,100 kcal, less what is lost in handling.
    pub person_days: Option<f64>,
    /// The same times the chance that a pause is kept.
    pub expected_person_days: Option<f64>,
    /// The chance that a window is kept.
    pub honour_probability: Option<f64>,
    /// People whom all windows together feed for the days planned for.
    pub people_fed_for_days: Option<f64>,
    /// The days planned for.
    pub days: f64,
    /// One window against the need until the next.
    pub per_window: Week,
    /// Windows for the days planned for, and the food of the days ahead.
    pub plan: Plan,
    /// Whom it is to feed.
    pub people: Fed,
    /// The biggest convoy that can go in and out as one block.
    pub convoy_block: Option<ConvoyBlock>,
    /// What each change would do, the best first.
    pub sensitivity: Vec<Lever>,
    /// What a pause of another length would let through, from the same beginning.
    pub by_length: Vec<LengthLoads>,
    /// The logistics it rests on, and where each number comes from.
    pub logistics: Vec<Given>,
    /// What to mind.
    pub notes: Vec<Saying>,
    /// The same for programs.
    pub flags: Vec<&'static str>,
    /// The sources of these records.
    pub sources: Vec<String>,
    /// The records that it rests on.
    pub records: Vec<Evidence>,
}

/// What was asked, with all that was looked up for it.
struct Case<'c> {
    situation: &'c Situation,
    chain: &'c Chain<'c>,
    ask: &'c Ask,
    laid: &'c given::Laid<'c>,
    fed: &'c Fed,
    time: (DateTime<Utc>, DateTime<Utc>),
    windows: &'c [Window],
    times: windows::TimesStatus,
}

impl Case<'_> {
    fn clock(&self) -> LocalClock {
        self.chain.clock
    }
}

/// What a pause would let through, with the logistics of `body` laid over those on record.
///
/// # Errors
///
/// All that is wrong with what was sent, and all that is missing.
pub fn throughput(
    situation: &Situation,
    pause: &Known<Pause>,
    body: &Value,
    standards: &Standards,
) -> Result<PauseThroughput, Problems> {
    let mut problems = Problems::default();
    let ask = Ask::read(body, &mut problems);
    if !body.is_object() {
        return Err(problems);
    }
    let areas = place::areas(situation, &pause.record);
    let fed = need::fed(situation, standards, &ask, &areas, &mut problems);
    let searched: Vec<String> = ask.areas.iter().chain(&areas).cloned().collect();
    let loss = standards.losses.handling_loss;
    let laid = given::laid(situation, &searched, &ask.logistics, loss, &mut problems);
    let chain = Chain::of(situation, pause, ask.first);
    let (time, windows, times) = held(situation, &chain, &ask, &mut problems);
    let Some(laid) = laid.filter(|_| problems.is_empty()) else { return Err(problems) };
    let (ask, fed) = (&ask, &fed);
    answer(&Case {
        situation,
        chain: &chain,
        ask,
        laid: &laid,
        fed,
        time,
        windows: &windows,
        times,
    })
}

type Time = (DateTime<Utc>, DateTime<Utc>);

/// The windows that are asked for: those that were sent, else those of the record.
fn held(
    situation: &Situation,
    chain: &Chain<'_>,
    ask: &Ask,
    problems: &mut Problems,
) -> (Time, Vec<Window>, windows::TimesStatus) {
    let now = situation.as_of;
    if let Some(sent) = &ask.windows {
        let start = sent.iter().map(|window| window.start).min().unwrap_or(now);
        let end = sent.iter().map(|window| window.end).max().unwrap_or(now);
        return ((start, end), sent.clone(), windows::TimesStatus::Ok);
    }
    let first = ask.first.and_then(|_| chain.bounds()).map(|(start, _)| start);
    let question =
        WindowsQuestion { from: ask.from.or(first.filter(|_| ask.to.is_none())), to: ask.to };
    let mut of = |time: Time| match chain.pieces(time.0, time.1) {
        Ok((pieces, _)) => {
            let status = windows::status(chain, &pieces);
            let windows = pieces.into_iter().map(|piece| piece.window);
            // Of a pause without an end only the time asked for counts, not all since it began.
            let is_open = chain.schedule.as_ref().is_ok_and(Schedule::is_open);
            let of_time = |w| if is_open { windows::cut(w, time) } else { Some(w) };
            (time, windows.filter_map(of_time).collect(), status)
        }
        Err(why) => {
            problems.0.extend(windows::too_many(&why).0);
            (time, Vec::new(), windows::TimesStatus::TooMany)
        }
    };
    match windows::time_asked(chain, &question, now) {
        Ok(time) => of(time),
        Err(found) => {
            problems.0.extend(found.0);
            ((now, now), Vec::new(), windows::TimesStatus::NoWindowsInTime)
        }
    }
}

fn answer(case: &Case<'_>) -> Result<PauseThroughput, Problems> {
    let logistics = &case.laid.assess;
    let through = loads::through(case.windows, case.clock(), logistics)?;
    let (week, worth) = people::week(case, &through);
    let plan = people::plan(case, &through)?;
    let sensitivity = loads::levers(case, &through)?;
    let status = status(&through, logistics);
    let breaches = breach::known(case.chain.rows(), case.situation.as_of);
    let overall = windows::overall(case.situation, case.chain, &breaches);
    let has_windows = !through.windows.is_empty();
    let told = words::Told { case, through: &through, status, state: overall.state, week: &week };
    let base = case.chain.base;
    Ok(PauseThroughput {
        pause: base.code.to_string(),
        title: base.record.title.as_ref().map(ToString::to_string),
        state: overall.state,
        status,
        times: if case.ask.windows.is_some() { "sent" } else { case.times.as_str() }.to_owned(),
        sentence: told.sentence(),
        time_zone: case.clock().zone.name().to_owned(),
        from: case.time.0,
        to: case.time.1,
        windows: loads::rows(&through, case.clock()),
        loads: has_windows.then_some(through.loads),
        loads_bound: has_windows.then(|| loads::bound(&through)),
        bottleneck: through.bottleneck,
        bottleneck_sentence: told.bottleneck(&sensitivity),
        tonnes: worth.tonnes.filter(|_| has_windows),
        person_days: worth.person_days.filter(|_| has_windows),
        expected_person_days: worth.expected_person_days.filter(|_| has_windows),
        honour_probability: case.laid.honour,
        people_fed_for_days: worth.people_fed.filter(|_| has_windows),
        days: case.ask.days,
        convoy_block: loads::block(&through, logistics)?,
        by_length: loads::by_length(case, &through)?,
        logistics: case.laid.given.clone(),
        notes: told.notes(),
        flags: told.flags(),
        sources: sources(case),
        records: records(case),
        parties: overall.parties,
        per_window: week,
        plan,
        people: case.fed.clone(),
        sensitivity,
    })
}

fn status(
    through: &Throughput,
    logistics: &crate::assess::throughput::Logistics,
) -> ThroughputStatus {
    let is_none_of = [logistics.trucks, logistics.lanes, logistics.docks].contains(&0);
    if through.windows.is_empty() {
        ThroughputStatus::NoWindows
    } else if through.loads > 0 {
        ThroughputStatus::Ok
    } else if is_none_of {
        ThroughputStatus::NothingGetsThrough
    } else {
        ThroughputStatus::WindowTooShort
    }
}

fn sources(case: &Case<'_>) -> Vec<String> {
    let logistics = case.laid.stored.and_then(|row| row.record.source.as_ref());
    let mut found = windows::sources(case.chain);
    found.extend(logistics.map(ToString::to_string));
    found.sort();
    found.dedup();
    found
}

fn records(case: &Case<'_>) -> Vec<Evidence> {
    let pauses = case.chain.rows().map(|row| evidence(Kind::Pause, row));
    let logistics = case.laid.stored.map(|row| evidence(Kind::Logistics, row));
    let people = case.fed.areas.iter().filter_map(|area| area.record.clone());
    let people = people.filter(|_| case.ask.people.is_none());
    pauses.chain(logistics).chain(people).collect()
}
