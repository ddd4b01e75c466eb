//! When a pause opens next, and how many truckloads it lets through to each of its areas.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::assess::gap::Haulage;
use crate::assess::recurrence::Window;
use crate::assess::recurrence::expand::{First, Lasts, LocalTime, Repeat, Times, expand};
use crate::assess::segments::WorkingDay;
use crate::assess::throughput::Logistics;
use crate::assess::throughput::bound::Binding;
use crate::assess::throughput::pause::throughput;
use crate::domain::pause::DurationMode;
use crate::domain::{Called, DatePrecision, Logistics as Stored, Pause, Saying, Text, Told};
use crate::report::outlook::FoodRow;
use crate::situation::gap::logistics;
use crate::situation::supply::of_area;
use crate::situation::{Known, Situation};

/// The way into one area in a pause.
pub(super) struct Way {
    /// The area.
    pub area: String,
    /// The road; areas on one road share its trucks.
    pub road: String,
    /// Truckloads that can get there if no other area is served.
    pub loads: f64,
    /// What keeps it from being more.
    pub bottleneck: Option<Binding>,
    /// What a truck carries.
    pub haulage: Haulage,
}

/// The first window of a pause that has not ended, as far as it lies ahead.
pub(super) fn next_window(
    pause: &Pause,
    as_of: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Option<Window> {
    let now = as_of + TimeDelta::milliseconds(1);
    let first = expand(&times(pause)?, now, until).ok()?.into_iter().next()?;
    Some(Window { start: first.start.max(now), end: first.end })
}

fn zone(pause: &Pause) -> Option<Tz> {
    pause.time_zone.as_ref()?.as_str().parse().ok()
}

/// When it is to hold; `None` where its record does not tell.
fn times(pause: &Pause) -> Option<Times<'_>> {
    let is_coarse =
        matches!(pause.date_precision, Some(DatePrecision::Month | DatePrecision::Year));
    let start = pause.start.filter(|_| !is_coarse)?;
    let local = |text: &Option<Text>| text.as_ref()?.as_str().parse::<LocalTime>().ok();
    let first = match local(&pause.start_local) {
        Some(time) => First::Local(start.date(), time),
        None if start.is_day() => First::Local(start.date(), LocalTime::Clock(0)),
        None => First::Instant(start.start()),
    };
    let rule = pause.recurrence.as_ref().map(Text::as_str).filter(|rule| rule.contains("FREQ="));
    let repeat = match (rule, pause.every_days) {
        (Some(rule), _) => Repeat::Rule(rule),
        (None, Some(days)) => Repeat::EveryDays(u32::try_from(days).ok()?),
        (None, None) => Repeat::Once,
    };
    let mode = pause.duration_mode.unwrap_or(DurationMode::Elapsed);
    let whole = || {
        let end = pause.end.filter(|_| repeat == Repeat::Once)?;
        Some((end.end() - start.start()).as_seconds_f64() / 3_600.0)
    };
    let lasts = match (pause.duration_hours, local(&pause.end_local)) {
        (Some(hours), _) => Lasts::Hours(hours, mode),
        (None, Some(time)) => Lasts::To(time),
        (None, None) => Lasts::Hours(whole()?, mode),
    };
    let until = pause.end.map(|end| end.end() + TimeDelta::milliseconds(1));
    Some(Times { first, zone: zone(pause).unwrap_or(Tz::UTC), repeat, lasts, until })
}

/// The ways into these areas in a window; of the others, what is missing.
pub(super) fn ways(
    situation: &Situation,
    areas: &[&FoodRow],
    window: Window,
    pause: &Known<Pause>,
) -> (Vec<Way>, Vec<Saying>) {
    let zone = zone(&pause.record);
    let (mut ways, mut lacking) = (Vec::new(), Vec::new());
    for row in areas {
        match way(situation, row, window, zone) {
            Ok(way) => ways.push(way),
            Err(what) => lacking.push(what),
        }
    }
    (ways, together(lacking))
}

/// One sentence for all areas without logistics, one for each whose logistics are not whole.
fn together(lacking: Vec<Lacking>) -> Vec<Saying> {
    let (mut none, mut told) = (Vec::new(), Vec::new());
    for one in lacking {
        match one {
            Lacking::All(name) => none.push(name),
            Lacking::Some(sentence) => told.push(sentence),
        }
    }
    let none = (!none.is_empty())
        .then(|| Saying::of("lacking-logistics").with("areas", Told::Names(none)));
    none.into_iter().chain(told).collect()
}

/// Why nothing can be told of the way into an area.
enum Lacking {
    /// Nobody stored anything; the name of the area.
    All(Called),
    /// In a sentence.
    Some(Saying),
}

fn way(
    situation: &Situation,
    row: &FoodRow,
    window: Window,
    zone: Option<Tz>,
) -> Result<Way, Lacking> {
    let stored = logistics(of_area(situation, &row.code), situation.as_of)
        .ok_or_else(|| Lacking::All(Called::only(&row.name)))?;
    let whole = read(&stored.record).map_err(|missing| {
        let names = missing.iter().map(|name| Saying::of(format!("logistics-{name}"))).collect();
        let saying = Saying::of("lacking-part").name("area", Called::only(&row.name));
        Lacking::Some(saying.with("missing", Told::Parts(names)))
    })?;
    let own = situation.world.areas.get(&row.code);
    let own = own.and_then(|area| area.record.time_zone.as_ref()?.as_str().parse().ok());
    let zone = zone.or(own).unwrap_or(Tz::UTC);
    let through = throughput(&[window], zone, &whole).map_err(|problems| {
        let saying = Saying::of("lacking-wrong").name("area", Called::only(&row.name));
        Lacking::Some(saying.text("problems", problems.to_string()))
    })?;
    #[expect(clippy::cast_precision_loss, reason = "truckloads stay far below 2^53")]
    let loads = through.loads as f64;
    let road = stored.record.route.as_ref().map_or(row.code.as_str(), Text::as_str);
    Ok(Way {
        area: row.code.clone(),
        road: road.to_owned(),
        loads,
        bottleneck: through.bottleneck,
        haulage: whole.haulage,
    })
}

/// The stored logistics as they are reckoned with, or the names of what is missing.
fn read(stored: &Stored) -> Result<Logistics, Vec<&'static str>> {
    let mut missing = Vec::new();
    let mut hours = |name, hours: Option<f64>| given(&mut missing, name, hours);
    let working_day = WorkingDay {
        open_hour: hours("open_hour", stored.open_hour),
        close_hour: hours("close_hour", stored.close_hour),
        lead_hours: hours("lead_hours", stored.lead_hours),
        buffer_hours: hours("buffer_hours", stored.buffer_hours),
    };
    let count = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
    let whole = Logistics {
        load_hours: hours("load_hours", stored.load_hours),
        preloaded: stored.preloaded.unwrap_or(true),
        approach_hours: hours("approach_hours", stored.approach_hours),
        inspection_hours: hours("inspection_hours", stored.inspection_hours),
        onward_hours: hours("onward_hours", stored.onward_hours),
        unload_hours: hours("unload_hours", stored.unload_hours),
        return_hours: hours("return_hours", stored.return_hours),
        must_return: stored.must_return.unwrap_or(true),
        trucks: given(&mut missing, "trucks", count(stored.trucks)),
        lanes: given(&mut missing, "lanes", count(stored.lanes)),
        docks: given(&mut missing, "docks", count(stored.docks)),
        working_day,
        haulage: haulage(stored),
    };
    if missing.is_empty() { Ok(whole) } else { Err(missing) }
}

/// What is given; else its name is noted, and the number that stands for it is never used.
fn given<T: Default>(missing: &mut Vec<&'static str>, name: &'static str, number: Option<T>) -> T {
    number.unwrap_or_else(|| {
        missing.push(name);
        T::default()
    })
}

/// As stored, else as usual, like the gap.
fn haulage(stored: &Stored) -> Haulage {
    let usual = Haulage::default();
    Haulage {
        ration_kg: stored.ration_kg.unwrap_or(usual.ration_kg),
        loss: stored.handling_loss.unwrap_or(usual.loss),
        payload_tonnes: stored.payload_tonnes.unwrap_or(usual.payload_tonnes),
        trucks_per_convoy: None,
    }
}
