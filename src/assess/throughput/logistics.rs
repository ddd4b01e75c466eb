//! How goods move in a pause: trucks, the checkpoint, the way in, the docks, the working hours.

use crate::assess::gap::{Haulage, RATION_KG};
use crate::assess::segments::WorkingDay;
use crate::domain::Problems;

/// Times that differ by less are the same: hours. It keeps rounding from costing a truckload.
pub(super) const ROUNDING: f64 = 1e-9;

/// The longest time of one step of a round trip, and the longest stretch of work: hours.
const MOST_HOURS: f64 = 1_000.0;

/// The most trucks, lanes or docks.
const MOST_OF_A_KIND: u32 = 100_000;

/// The shortest round trip: a minute. Anything shorter is a slip of the pen.
const SHORTEST_ROUND_HOURS: f64 = 1.0 / 60.0;

/// How goods move in a pause. All trucks are alike and go round: load, drive to the checkpoint, pass it,
/// drive on, unload, return.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logistics {
    /// Trucks that can be used at once.
    pub trucks: u32,
    /// Loading one truck at the base: hours.
    pub load_hours: f64,
    /// Is the first load of each stretch of work on the trucks before it begins?
    pub preloaded: bool,
    /// From the base to the checkpoint: hours.
    pub approach_hours: f64,
    /// Inspecting one truck at the checkpoint: hours.
    pub inspection_hours: f64,
    /// Trucks that are inspected at the same time.
    pub lanes: u32,
    /// From the checkpoint to where goods are unloaded: hours.
    pub onward_hours: f64,
    /// Unloading one truck: hours.
    pub unload_hours: f64,
    /// Trucks that are unloaded at the same time.
    pub docks: u32,
    /// Back to the base: hours.
    pub return_hours: f64,
    /// Must a truck be back before the stretch of work ends? If not, it must be unloaded.
    pub must_return: bool,
    /// When work is possible.
    pub working_day: WorkingDay,
    /// What a truck carries, what a ration weighs, what is lost.
    pub haulage: Haulage,
}

impl Logistics {
    /// Eastern Aleppo, 2016, as the worked example of the field has it.
    ///
    /// Its parameters are assumptions, not sourced. Source: SPEC §5.
    pub const EASTERN_ALEPPO: Self = Self {
        trucks: 40,
        load_hours: 2.0,
        preloaded: true,
        approach_hours: 1.0,
        inspection_hours: 0.2,
        lanes: 1,
        onward_hours: 0.5,
        unload_hours: 1.0,
        docks: 4,
        return_hours: 1.0,
        must_return: true,
        working_day: WorkingDay {
            open_hour: 6.0,
            close_hour: 18.0,
            lead_hours: 3.0,
            buffer_hours: 2.0,
        },
        haulage: Haulage {
            ration_kg: RATION_KG,
            loss: 0.02,
            payload_tonnes: 15.67,
            trucks_per_convoy: None,
        },
    };

    /// Notes all that is wrong with it, by the names of its fields.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::assess::throughput::Logistics;
    /// use passage::domain::Problems;
    /// let mut problems = Problems::default();
    /// Logistics { unload_hours: -1.0, docks: 0, ..Logistics::EASTERN_ALEPPO }.check(&mut problems);
    /// assert_eq!(problems.0[0].pointer, "/unload_hours");
    /// // No dock at all is sad, but no mistake: nothing is unloaded.
    /// assert_eq!(problems.0.len(), 1);
    /// ```
    pub fn check(&self, problems: &mut Problems) {
        self.check_round(problems);
        self.working_day.check(problems);
        let Haulage { ration_kg, loss, payload_tonnes, trucks_per_convoy: _ } = self.haulage;
        let amounts =
            [("payload_tonnes", payload_tonnes, 1_000.0), ("ration_kg", ration_kg, 100.0)];
        for (field, amount, most) in amounts {
            if !(amount > 0.0 && amount <= most) {
                let rule = format!("must be more than 0 and at most {most}, got {amount}");
                problems.add_field(field, rule);
            }
        }
        if !(0.0..=1.0).contains(&loss) {
            problems.add_field("loss", format!("must be a share from 0 to 1, got {loss}"));
        }
    }

    /// Notes all that is wrong with the trucks and their way.
    pub(super) fn check_round(&self, problems: &mut Problems) {
        let before = problems.0.len();
        for (field, number) in
            [("trucks", self.trucks), ("lanes", self.lanes), ("docks", self.docks)]
        {
            if number > MOST_OF_A_KIND {
                problems
                    .add_field(field, format!("must be {MOST_OF_A_KIND} or fewer, got {number}"));
            }
        }
        for (field, hours) in self.steps() {
            check_hours(field, hours, problems);
        }
        if problems.0.len() == before && self.round_hours() < SHORTEST_ROUND_HOURS {
            problems.add_field("unload_hours", "a whole round trip must take a minute or more");
        }
    }

    fn steps(&self) -> [(&'static str, f64); 6] {
        [
            ("load_hours", self.load_hours),
            ("approach_hours", self.approach_hours),
            ("inspection_hours", self.inspection_hours),
            ("onward_hours", self.onward_hours),
            ("unload_hours", self.unload_hours),
            ("return_hours", self.return_hours),
        ]
    }

    /// One round trip without waiting: hours.
    pub(super) fn round_hours(&self) -> f64 {
        self.steps().iter().fold(0.0, |sum, (_, hours)| sum + hours)
    }

    /// Before the first truck reaches the checkpoint: hours.
    pub(super) fn first_arrival_hours(&self) -> f64 {
        self.first_load_hours() + self.approach_hours
    }

    /// From a truck being unloaded to its counting: hours.
    pub(super) fn way_out_hours(&self) -> f64 {
        if self.must_return { self.return_hours } else { 0.0 }
    }

    /// Before a truck sets out for the first time: hours.
    pub(super) fn first_load_hours(&self) -> f64 {
        if self.preloaded { 0.0 } else { self.load_hours }
    }

    /// The first trip of one truck without waiting: hours.
    pub(super) fn first_trip_hours(&self) -> f64 {
        self.first_arrival_hours()
            + self.inspection_hours
            + self.onward_hours
            + self.unload_hours
            + self.way_out_hours()
    }
}

/// Notes a time that is no time.
pub(super) fn check_hours(field: &'static str, hours: f64, problems: &mut Problems) {
    if !(0.0..=MOST_HOURS).contains(&hours) {
        problems.add_field(field, format!("must be from 0 to {MOST_HOURS} hours, got {hours}"));
    }
}
