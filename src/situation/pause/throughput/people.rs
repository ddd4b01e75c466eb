//! What truckloads mean for the people: one window against the need until the next, and the days ahead.

use chrono::TimeDelta;
use serde::Serialize;

use super::{Case, Time, loads};
use crate::assess::gap::{Haulage, gap};
use crate::assess::recurrence::Window;
use crate::assess::stock::{Period, StockChange, StockEvent, Supply, coverage_interval};
use crate::assess::throughput::outcome::{Need, NeedFlag, Outcome, outcome};
use crate::assess::throughput::pause::Throughput;
use crate::assess::throughput::windows::{WindowYield, window_yield};
use crate::domain::choice::choice;
use crate::domain::{Figure, Problems};
use crate::situation::coverage::days_between;
use crate::situation::pause::windows::{after, cut};

choice! {
    /// Whether what the people need can be told.
    NeedStatus {
        /// It can.
        Ok = "ok",
        /// Nobody is there to be fed.
        NoNeed = "no_need",
        /// It is not known how many people there are.
        UnknownPopulation = "unknown_population",
        /// It is not known when the pause holds.
        NoWindows = "no_windows",
        /// However many windows there are, they are not enough.
        Never = "never",
    }
}

/// The share of the need that is met, 0 to 1; low for the most people, high for the fewest.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Coverage {
    /// If the window is kept.
    pub if_kept: Figure,
    /// With the chance that it is kept; unknown if that is.
    pub expected: Figure,
    /// In the long run, with the chance that one is kept; unknown if it does not come again.
    pub steady: Figure,
}

/// One window, as the mean of the windows, against the need until the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Is it known?
    pub status: NeedStatus,
    /// Days from one window to the next; `None` if it comes only once.
    pub cycle_days: Option<f64>,
    /// Days that its food must last.
    pub ration_days: f64,
    /// Truckloads.
    pub loads: Option<f64>,
    /// Tonnes on the trucks.
    pub tonnes: Option<f64>,
    /// Person-days of food, less what is lost in handling.
    pub person_days: Option<f64>,
    /// The same times the chance that it is kept.
    pub expected_person_days: Option<f64>,
    /// People fed until the next.
    pub people_fed: Option<f64>,
    /// The share of the need that is met.
    pub coverage: Coverage,
    /// What these people need in that time, and what would carry it.
    pub need: Carried,
    /// What was not known.
    pub unknown: Vec<NeedFlag>,
}

/// A need, and what would carry it; of the best figure of people.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Carried {
    /// Person-days.
    pub person_days: Option<f64>,
    /// Tonnes that must arrive.
    pub tonnes: Option<f64>,
    /// Tonnes that must be loaded, so that enough arrives.
    pub tonnes_with_loss: Option<f64>,
    /// Truckloads of that.
    pub loads: Option<f64>,
}

/// Windows for the days planned for, and the food of the days ahead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Is it known?
    pub status: NeedStatus,
    /// The days planned for.
    pub days: f64,
    /// Windows like these, if all are kept; low for the fewest people. Unknown where there are never enough.
    pub windows_needed: Figure,
    /// Windows to agree on, so that enough of them are kept; unknown without a chance that one is.
    pub windows_to_agree: Figure,
    /// How sure one wants to be of that.
    pub confidence: f64,
    /// Windows in the days ahead, if the pause goes on as its times say; unknown where these cannot be told.
    pub windows_ahead: Option<usize>,
    /// The first of them, days from the day asked for.
    pub first_window_day: Option<f64>,
    /// The share of the need of these days that is met: what is in store is eaten, and each window counts from its
    /// start. Unknown where neither windows nor stores are known.
    pub coverage_ahead: Figure,
}

/// The three ends of every doubt: most people with least food, best, fewest with most.
fn needs(case: &Case<'_>, windows: usize, cycle: Option<f64>, ration_days: f64) -> [Need; 3] {
    let (people, stock, inflow) = (
        case.fed.people.figure,
        case.fed.stock_person_days.figure,
        case.fed.inflow_person_days_per_day.figure,
    );
    #[expect(clippy::cast_precision_loss, reason = "windows stay far below 2^53")]
    let windows = windows.max(1) as f64;
    let need = |population, stock, inflow| Need {
        population,
        stock,
        inflow,
        // The outcome sums over all windows; each must last so long.
        ration_days: ration_days * windows,
        plan_days: case.ask.days,
        cycle_days: cycle,
        honour: case.laid.honour,
        confidence: case.ask.confidence,
    };
    [
        need(people.ceiling(), stock.floor(), inflow.floor()),
        need(people.middle(), stock.middle(), inflow.middle()),
        need(people.floor(), stock.ceiling(), inflow.ceiling()),
    ]
}

/// Days from one window to the next.
fn cycle(case: &Case<'_>, through: &Throughput) -> Option<f64> {
    let windows = &through.windows;
    let own = case.chain.schedule.as_ref().ok().and_then(|schedule| schedule.every_days);
    let own = own.filter(|_| case.ask.windows.is_none() && case.chain.longer.is_empty());
    #[expect(clippy::cast_precision_loss, reason = "days and windows stay far below 2^53")]
    let number = |count: u64| count as f64;
    // Windows that touch are one here: they come as rarely as they are long.
    if let Some(days) = own.filter(|_| windows.len() == case.windows.len() || windows.len() == 1) {
        let joined = if windows.len() == 1 { case.windows.len().max(1) } else { 1 };
        return Some(number(days) * number(joined as u64));
    }
    let (first, last) = (windows.first()?, windows.last()?);
    let gaps = u64::try_from(windows.len() - 1).ok().filter(|gaps| *gaps > 0)?;
    Some(days_between(first.window.start, last.window.start) / number(gaps))
}

/// One window against the need until the next; and what all windows are worth for the days planned for.
pub(super) fn week(case: &Case<'_>, through: &Throughput) -> (Week, WindowYield) {
    let cycle = cycle(case, through);
    let ration_days = case.ask.ration_days.or(cycle).unwrap_or(case.ask.days);
    let windows = through.windows.len();
    let needs = needs(case, windows, cycle, ration_days);
    let outcomes = needs.map(|need| outcome(through, &case.laid.assess, &need));
    #[expect(clippy::cast_precision_loss, reason = "loads and windows stay far below 2^53")]
    let (loads, number) = (through.loads as f64, windows as f64);
    let each = |all: Option<f64>| all.filter(|_| windows > 0).map(|all| all / number);
    let worth = outcomes[1].worth;
    let of_days = case.laid.honour.unwrap_or(f64::NAN);
    let for_days = window_yield(loads, &case.laid.assess.haulage, case.ask.days, of_days);
    let week = Week {
        status: status(case, windows),
        cycle_days: cycle,
        ration_days,
        loads: each(Some(loads)),
        tonnes: each(worth.tonnes),
        person_days: each(worth.person_days),
        expected_person_days: each(worth.expected_person_days),
        people_fed: worth.people_fed.filter(|_| windows > 0),
        coverage: if windows > 0 { coverage(&outcomes) } else { Coverage::default() },
        need: carried(case, ration_days),
        unknown: outcomes[1].flags.iter().copied().collect(),
    };
    (week, for_days)
}

fn coverage(outcomes: &[Outcome; 3]) -> Coverage {
    let of = |f: fn(&Outcome) -> Option<f64>| {
        Figure::computed(f(&outcomes[0]), f(&outcomes[1]), f(&outcomes[2]))
    };
    Coverage {
        if_kept: of(|o| o.coverage),
        expected: of(|o| o.expected_coverage),
        steady: of(|o| o.steady.and_then(|steady| steady.coverage)),
    }
}

fn status(case: &Case<'_>, windows: usize) -> NeedStatus {
    let people = case.fed.people.figure;
    if people.is_unknown() {
        NeedStatus::UnknownPopulation
    } else if people.ceiling() == Some(0.0) {
        NeedStatus::NoNeed
    } else if windows == 0 {
        NeedStatus::NoWindows
    } else {
        NeedStatus::Ok
    }
}

fn carried(case: &Case<'_>, days: f64) -> Carried {
    let Some(people) = case.fed.people.figure.middle() else { return Carried::default() };
    let haulage = case.laid.assess.haulage;
    let person_days = people * days;
    let without_loss = Haulage { loss: 0.0, ..haulage };
    let loaded = gap(person_days, 0.0, days, &haulage).tonnes;
    Carried {
        person_days: Some(person_days),
        tonnes: gap(person_days, 0.0, days, &without_loss).tonnes,
        tonnes_with_loss: loaded,
        loads: loaded.map(|tonnes| tonnes / haulage.payload_tonnes),
    }
}

/// Windows for the days planned for, and the food of the days ahead.
pub(super) fn plan(case: &Case<'_>, through: &Throughput) -> Result<Plan, Problems> {
    let windows = through.windows.len();
    let needs = needs(case, windows, None, case.ask.days);
    let outcomes = needs.map(|need| outcome(through, &case.laid.assess, &need));
    let finite = |number: Option<f64>| number.filter(|number| number.is_finite());
    // Most people need most windows.
    let of = |f: fn(&Outcome) -> Option<f64>| {
        let [most, best, fewest] = [0, 1, 2].map(|end| finite(f(&outcomes[end])));
        if windows > 0 { Figure::computed(fewest, best, most) } else { Figure::UNKNOWN }
    };
    let never = outcomes[1].windows_needed.is_some_and(f64::is_infinite) && windows > 0;
    let status = match status(case, windows) {
        NeedStatus::Ok if never => NeedStatus::Never,
        status => status,
    };
    let ahead = ahead(case)?;
    Ok(Plan {
        status,
        days: case.ask.days,
        windows_needed: of(|o| o.windows_needed),
        windows_to_agree: of(|o| o.windows_to_agree),
        confidence: case.ask.confidence,
        windows_ahead: times_are_known(case).then_some(ahead.len()),
        first_window_day: ahead.first().map(|event| event.day),
        coverage_ahead: coverage_ahead(case, &ahead),
    })
}

/// Is it known when the pause holds?
fn times_are_known(case: &Case<'_>) -> bool {
    case.ask.windows.is_some() || case.chain.schedule.is_ok()
}

/// What each window of the days ahead brings.
fn ahead(case: &Case<'_>) -> Result<Vec<StockEvent>, Problems> {
    let now = after(case.situation.as_of);
    #[expect(clippy::cast_possible_truncation, reason = "at most ten years")]
    let length = TimeDelta::seconds((case.ask.days * 86_400.0) as i64);
    let time: Time = (now, now + length);
    let windows: Vec<Window> = match &case.ask.windows {
        Some(sent) => sent.clone(),
        None => case.chain.pieces(time.0, time.1).map_or_else(
            |_| Vec::new(),
            |(pieces, _)| pieces.into_iter().map(|piece| piece.window).collect(),
        ),
    };
    let windows: Vec<Window> = windows.into_iter().filter_map(|w| cut(w, time)).collect();
    let through = loads::through(&windows, case.clock(), &case.laid.assess)?;
    let haulage = &case.laid.assess.haulage;
    let events = through.windows.iter().filter_map(|window| {
        #[expect(clippy::cast_precision_loss, reason = "loads stay far below 2^53")]
        let worth = window_yield(window.loads as f64, haulage, 1.0, 1.0);
        Some(StockEvent {
            day: days_between(now, window.window.start),
            change: StockChange::Arrival,
            amount: Figure::exactly(worth.person_days?),
        })
    });
    Ok(events.collect())
}

/// The share of the need of the days ahead that is met; unknown stock and inflow count as none.
fn coverage_ahead(case: &Case<'_>, events: &[StockEvent]) -> Figure {
    let people = case.fed.people.figure;
    let nothing_known = case.fed.stock_person_days.figure.is_unknown() && events.is_empty();
    let is_told = times_are_known(case) && !nothing_known;
    if !is_told || people.is_unknown() || people.ceiling() == Some(0.0) {
        return Figure::UNKNOWN;
    }
    let people = Figure::computed(people.low(), people.middle(), people.high());
    let or_none = |figure: Figure| {
        if figure.is_unknown() {
            return Figure::exactly(0.0);
        }
        Figure::computed(figure.floor(), figure.middle(), figure.ceiling())
    };
    let stock = or_none(case.fed.stock_person_days.figure);
    let inflow = or_none(case.fed.inflow_person_days_per_day.figure);
    let supply = Supply { inflow, events, ..Supply::of(stock, people) };
    coverage_interval(&supply, &Period::of(0.0, case.ask.days)).coverage
}
