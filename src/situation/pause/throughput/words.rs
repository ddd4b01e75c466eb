//! What a pause would let through, in sentences for the table at which it is negotiated.

use super::people::{NeedStatus, Week};
use super::{Case, ThroughputStatus, loads};
use crate::assess::pause_life::PauseState;
use crate::assess::throughput::bound::Binding;
use crate::assess::throughput::outcome::NeedFlag;
use crate::assess::throughput::pause::Throughput;
use crate::assess::throughput::sensitivity::{Change, Lever};
use crate::domain::{Saying, Told as Part};

/// What is told in words.
pub(super) struct Told<'t> {
    pub(super) case: &'t Case<'t>,
    pub(super) through: &'t Throughput,
    pub(super) status: ThroughputStatus,
    pub(super) state: PauseState,
    pub(super) week: &'t Week,
}

/// Trucks carry so many tonnes. Source: SPEC §1.
const USUAL_PAYLOAD: std::ops::RangeInclusive<f64> = 5.0..=20.0;

impl Told<'_> {
    /// All of it.
    pub(super) fn sentence(&self) -> Saying {
        match self.status {
            ThroughputStatus::NoWindows => match &self.case.chain.schedule {
                Err(why) if self.case.ask.windows.is_none() => why.sentence.clone(),
                _ => Saying::of("times-none"),
            },
            ThroughputStatus::NothingGetsThrough => self.nothing(),
            ThroughputStatus::WindowTooShort => self.too_short(),
            ThroughputStatus::Ok => self.gets_through(),
        }
    }

    fn gets_through(&self) -> Saying {
        let food = self.fed();
        let told = Saying::of("through-gets")
            .number("count", counted(self.through.loads))
            .number("windows", counted(self.through.windows.len() as u64))
            .decimal("tonnes", self.week.tonnes.unwrap_or(0.0))
            .case("fed", if food.is_some() { "told" } else { "no" })
            .part("food", food.unwrap_or_else(|| Saying::of("nothing")));
        match self.week.status {
            NeedStatus::NoNeed => told.then(Saying::of("through-nobody")),
            NeedStatus::UnknownPopulation => told.then(Saying::of("through-how-many")),
            NeedStatus::Ok | NeedStatus::NoWindows | NeedStatus::Never => told,
        }
    }

    fn nothing(&self) -> Saying {
        let logistics = &self.case.laid.assess;
        let missing = [
            (logistics.trucks, "lacks-trucks"),
            (logistics.lanes, "lacks-lanes"),
            (logistics.docks, "lacks-docks"),
        ];
        let missing = missing.iter().filter(|(number, _)| *number == 0);
        let missing = missing.map(|(_, say)| Saying::of(*say)).collect();
        Saying::of("through-nothing").with("missing", Part::Listed(missing))
    }

    fn fed(&self) -> Option<Saying> {
        let people = self.week.people_fed?;
        let days = self.week.ration_days;
        let food = Saying::of("through-food")
            .number("people", people.floor())
            .text("days", days.to_string())
            .with("count", Part::Number(days));
        Some(match self.week.coverage.if_kept.best() {
            Some(share) => {
                Saying::of("through-food-share").part("food", food).decimal("share", share * 100.0)
            }
            None => food,
        })
    }

    /// Why no truck can do even one trip.
    fn too_short(&self) -> Saying {
        let logistics = &self.case.laid.assess;
        let segments = self.through.windows.iter().flat_map(|window| &window.segments);
        let longest = segments.map(|s| s.segment.hours()).fold(0.0, f64::max);
        if longest > 0.0 {
            let load = if logistics.preloaded { 0.0 } else { logistics.load_hours };
            let back = if logistics.must_return { logistics.return_hours } else { 0.0 };
            let trip = load
                + logistics.approach_hours
                + logistics.inspection_hours
                + logistics.onward_hours
                + logistics.unload_hours
                + back;
            return Saying::of("through-trip").decimal("trip", trip).decimal("longest", longest);
        }
        let day = &logistics.working_day;
        let hours = self.through.windows.iter().map(|w| w.window.hours()).fold(0.0, f64::max);
        Saying::of("through-lead")
            .text("lead", day.lead_hours.to_string())
            .text("buffer", day.buffer_hours.to_string())
            .decimal("hours", hours)
    }

    /// What holds the trucks up, and what to ask for.
    pub(super) fn bottleneck(&self, levers: &[loads::Lever]) -> Option<Saying> {
        let binding = self.through.bottleneck?;
        let more_trucks = levers.iter().find(|lever| {
            lever.change.lever == Lever::Trucks && lever.change.to > lever.change.from
        });
        let no_gain = more_trucks.is_some_and(|lever| lever.more_loads == 0);
        let say = match binding {
            Binding::Offloading => "bottleneck-offloading",
            Binding::Checkpoint => "bottleneck-checkpoint",
            Binding::Fleet => "bottleneck-fleet",
            Binding::WindowTooShort => "bottleneck-window_too_short",
        };
        Some(Saying::of(say).case("trucks", if no_gain { "no_gain" } else { "some" }))
    }

    /// What to mind, for programs.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        let unknown = |flag| self.week.unknown.contains(&flag);
        let default = |field: &str| {
            self.case.laid.given.iter().any(|g| g.field == field && g.from == "default")
        };
        let fed = self.case.fed;
        let schedule = self.case.chain.schedule.as_ref().ok();
        let checks = [
            ("not_agreed", self.state < PauseState::Agreed),
            ("windows_sent", self.case.ask.windows.is_some()),
            ("first_start_sent", self.case.ask.first.is_some()),
            ("time_zone_assumed", self.case.clock().is_assumed),
            (
                "start_time_assumed",
                schedule.is_some_and(|s| s.flags.contains(&"start_time_assumed")),
            ),
            ("default_payload", default("payload_tonnes")),
            (
                "payload_unusual",
                !USUAL_PAYLOAD.contains(&self.case.laid.assess.haulage.payload_tonnes),
            ),
            ("honour_unknown", self.case.laid.honour.is_none()),
            ("population_unknown", unknown(NeedFlag::PopulationUnknown)),
            ("stock_unknown", unknown(NeedFlag::StockUnknown)),
            ("inflow_unknown", unknown(NeedFlag::InflowUnknown)),
            ("no_need", self.week.status == NeedStatus::NoNeed),
            (
                "areas_without_count",
                fed.people.from != "sent" && !fed.areas_without_count.is_empty(),
            ),
            ("several_logistics", self.case.laid.areas_with_own > 1),
        ];
        checks.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)).collect()
    }

    /// What a reader must not overlook.
    pub(super) fn notes(&self) -> Vec<Saying> {
        let flags = self.flags();
        let said = NOTED.iter().filter(|flag| flags.contains(flag));
        let mut notes: Vec<Saying> =
            said.map(|flag| Saying::of(format!("through-{flag}"))).collect();
        if flags.contains(&"areas_without_count") {
            let areas = self.case.fed.areas_without_count.iter();
            let areas = areas.map(|code| self.case.situation.area_called(code)).collect();
            notes.push(Saying::of("through-areas_without_count").with("areas", Part::Names(areas)));
        }
        notes.push(Saying::of("through-as-given"));
        notes
    }
}

/// The flags that have a sentence of their own, in their order.
const NOTED: [&str; 13] = [
    "not_agreed",
    "windows_sent",
    "first_start_sent",
    "time_zone_assumed",
    "start_time_assumed",
    "default_payload",
    "payload_unusual",
    "honour_unknown",
    "population_unknown",
    "stock_unknown",
    "inflow_unknown",
    "no_need",
    "several_logistics",
];

/// What one change would do.
pub(super) fn lever(change: &Change) -> Saying {
    let (from, to) = (change.from, change.to);
    let minutes = |hours: f64| (hours * 60.0 * 10.0).round() / 10.0;
    let of = |say: &str, to: f64, from: f64| {
        Saying::of(say).text("to", to.to_string()).text("from", from.to_string())
    };
    let what = match change.lever {
        Lever::Trucks => of("lever-trucks", to, from),
        Lever::Docks => of("lever-docks", to, from),
        Lever::Lanes => of("lever-lanes", to, from),
        Lever::InspectionHours => of("lever-inspection_hours", minutes(to), minutes(from)),
        Lever::UnloadHours => of("lever-unload_hours", minutes(to), minutes(from)),
        Lever::LeadHours => of("lever-lead_hours", to, from),
        Lever::WorkingHours if to >= 24.0 => of("lever-round-the-clock", to, from),
        Lever::WorkingHours => of("lever-working_hours", to, from),
    };
    let percent = change.gain.map(|gain| (gain * 100.0).round());
    let effect = match percent {
        None if change.loads == 0 => Saying::of("effect-nothing"),
        None => Saying::of("effect-from-none").number("count", counted(change.loads)),
        Some(percent) if percent < 0.0 => Saying::of("effect-less").number("percent", -percent),
        Some(percent) => Saying::of("effect-more").number("percent", percent.abs()),
    };
    what.part("effect", effect)
}

#[expect(clippy::cast_precision_loss, reason = "truckloads are far below 2^52")]
const fn counted(number: u64) -> f64 {
    number as f64
}
