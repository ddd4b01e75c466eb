//! What a pause would let through, in sentences for the table at which it is negotiated.

use super::people::{NeedStatus, Week};
use super::{Case, ThroughputStatus, loads};
use crate::assess::pause_life::PauseState;
use crate::assess::throughput::bound::Binding;
use crate::assess::throughput::outcome::NeedFlag;
use crate::assess::throughput::pause::Throughput;
use crate::assess::throughput::sensitivity::{Change, Lever};
use crate::situation::pause::listed;

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
    pub(super) fn sentence(&self) -> String {
        let windows = self.through.windows.len();
        match self.status {
            ThroughputStatus::NoWindows => match &self.case.chain.schedule {
                Err(why) if self.case.ask.windows.is_none() => why.sentence.clone(),
                _ => "It does not hold in the time asked for.".to_owned(),
            },
            ThroughputStatus::NothingGetsThrough => self.nothing(),
            ThroughputStatus::WindowTooShort => self.too_short(),
            ThroughputStatus::Ok => self.gets_through(windows),
        }
    }

    fn gets_through(&self, windows: usize) -> String {
        let trucks = grouped(self.through.loads);
        let of = if windows == 1 { "1 window".to_owned() } else { format!("{windows} windows") };
        let tonnes = self.week.tonnes.unwrap_or(0.0);
        let each = if windows == 1 { "" } else { " for each window" };
        let fed = self.fed().map_or_else(String::new, |fed| format!(": {fed}"));
        let need = match self.week.status {
            NeedStatus::NoNeed => " Nobody is there to be fed, so that there is no coverage.",
            NeedStatus::UnknownPopulation => " How many people there are is not known.",
            NeedStatus::Ok | NeedStatus::NoWindows | NeedStatus::Never => "",
        };
        format!("{trucks} truckloads in {of}; {tonnes:.1} tonnes{each}{fed}.{need}")
    }

    fn nothing(&self) -> String {
        let logistics = &self.case.laid.assess;
        let missing: Vec<String> = [
            (logistics.trucks, "truck"),
            (logistics.lanes, "lane at the checkpoint"),
            (logistics.docks, "dock"),
        ]
        .iter()
        .filter(|(number, _)| *number == 0)
        .map(|(_, what)| format!("no {what}"))
        .collect();
        format!("Nothing gets through: there is {}.", listed(&missing))
    }

    fn fed(&self) -> Option<String> {
        let people = whole(self.week.people_fed?);
        let days = self.week.ration_days;
        let unit = if (days - 1.0).abs() < 1e-9 { "day" } else { "days" };
        let fed = format!("food for {} people for {days} {unit}", grouped(people));
        Some(match self.week.coverage.if_kept.best() {
            Some(share) => format!("{fed}, {:.1} % of what all of them need", share * 100.0),
            None => fed,
        })
    }

    /// Why no truck can do even one trip.
    fn too_short(&self) -> String {
        let logistics = &self.case.laid.assess;
        let day = &logistics.working_day;
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
            return format!(
                "Nothing gets through: one trip takes {trip:.1} hours and the longest stretch of work is {longest:.1}."
            );
        }
        let hours = self.through.windows.iter().map(|w| w.window.hours()).fold(0.0, f64::max);
        format!(
            "Nothing gets through: {} hours before the first truck moves and {} before the end leave no working hours of a window of {hours:.1}.",
            day.lead_hours, day.buffer_hours
        )
    }

    /// What holds the trucks up, and what to ask for.
    pub(super) fn bottleneck(&self, levers: &[loads::Lever]) -> Option<String> {
        let binding = self.through.bottleneck?;
        let more_trucks = levers.iter().find(|lever| {
            lever.change.lever == Lever::Trucks && lever.change.to > lever.change.from
        });
        let no_gain = more_trucks.is_some_and(|lever| lever.more_loads == 0);
        let trucks = if no_gain { ": more trucks change nothing" } else { "" };
        Some(match binding {
            Binding::Offloading => {
                format!("Offloading is the bottleneck{trucks}. Ask for docks, for quicker unloading, for hours.")
            }
            Binding::Checkpoint => {
                format!("The checkpoint is the bottleneck{trucks}. Ask for lanes, for quicker inspection, for hours.")
            }
            Binding::Fleet => "The number of trucks is the bottleneck.".to_owned(),
            Binding::WindowTooShort => {
                "The pause is too short for one trip. Ask for hours, or for less time before the first truck moves.".to_owned()
            }
        })
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
    pub(super) fn notes(&self) -> Vec<String> {
        let flags = self.flags();
        let mut notes: Vec<String> = SENTENCES
            .iter()
            .filter(|(flag, _)| flags.contains(flag))
            .map(|(_, sentence)| (*sentence).to_owned())
            .collect();
        if flags.contains(&"areas_without_count") {
            let areas = self.case.fed.areas_without_count.join(", ");
            notes.push(format!("Nobody counted the people of {areas}; they are left out."));
        }
        notes.push(
            "The parameters are as given; coverage counts food alone, shared out evenly."
                .to_owned(),
        );
        notes
    }
}

const SENTENCES: &[(&str, &str)] = &[
    ("not_agreed", "Not all who must agree have agreed: this is what it would let through."),
    ("windows_sent", "These are the windows that were sent, not those of the record."),
    ("first_start_sent", "It is taken to begin at the time that was sent, not as the record says."),
    (
        "time_zone_assumed",
        "No time zone is given for it or its areas; local times are taken as UTC.",
    ),
    (
        "start_time_assumed",
        "Only the day of its beginning is known; it is taken to begin at 00:00 local time.",
    ),
    ("default_payload", "15 tonnes on a truck are assumed; trucks carry 5 to 20."),
    ("payload_unusual", "Trucks usually carry 5 to 20 tonnes."),
    (
        "honour_unknown",
        "Nobody said how likely a window is kept: what is to be expected is not given.",
    ),
    (
        "population_unknown",
        "Nobody counted the people: coverage is not given. Send people, or areas with known people.",
    ),
    ("stock_unknown", "What they hold is not known and counts as nothing: fewer windows may do."),
    (
        "inflow_unknown",
        "What comes in by itself is not known and counts as nothing: coverage may be higher.",
    ),
    ("no_need", "Nobody is there to be fed: there is no coverage."),
    (
        "several_logistics",
        "Several areas have logistics of their own; those of the first are used.",
    ),
];

/// What one change would do.
pub(super) fn lever(change: &Change) -> String {
    let (from, to) = (change.from, change.to);
    let minutes = |hours: f64| (hours * 60.0 * 10.0).round() / 10.0;
    let what = match change.lever {
        Lever::Trucks => format!("{to} trucks instead of {from}"),
        Lever::Docks => format!("{to} docks instead of {from}"),
        Lever::Lanes => format!("{to} lanes at the checkpoint instead of {from}"),
        Lever::InspectionHours => {
            format!("{} minutes to inspect a truck instead of {}", minutes(to), minutes(from))
        }
        Lever::UnloadHours => {
            format!("{} minutes to unload a truck instead of {}", minutes(to), minutes(from))
        }
        Lever::LeadHours => format!("{to} hours before the first truck moves instead of {from}"),
        Lever::WorkingHours if to >= 24.0 => {
            format!("work round the clock instead of {from} hours a day")
        }
        Lever::WorkingHours => format!("{to} hours of work a day instead of {from}"),
    };
    let effect = match change.gain.map(|gain| (gain * 100.0).round()) {
        None if change.loads == 0 => "still nothing".to_owned(),
        None => format!("{} truckloads instead of none", change.loads),
        Some(percent) if percent < 0.0 => format!("−{} %", -percent),
        Some(percent) => format!("+{} %", percent.abs()),
    };
    format!("{what}: {effect}.")
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "people fed are floored, never below 0; a number too large becomes the largest"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

/// A whole number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
