//! Hospital, bakery, warehouse, water station, crossing, checkpoint. Positions are sensitive.

use super::choice::choice;
use super::record::record;
use super::{AreaCode, DatePrecision, Moment, Names, Place, Problems};

choice! {
    /// What the facility is for.
    FacilityType {
        /// Hospital.
        Hospital = "hospital",
        /// Clinic, blood bank, first-aid point.
        Clinic = "clinic",
        /// Bakery or mill.
        Bakery = "bakery",
        /// Store of food or goods.
        Warehouse = "warehouse",
        /// Water station, well, reservoir.
        WaterStation = "water_station",
        /// Border or line crossing.
        Crossing = "crossing",
        /// Checkpoint.
        Checkpoint = "checkpoint",
        /// Road that supplies come by.
        SupplyRoute = "supply_route",
        /// School.
        School = "school",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// Does it work?
    Functioning {
        /// It works.
        Working = "working",
        /// In part.
        Partly = "partly",
        /// Out of action.
        NotWorking = "not_working",
    }
}

record! {
    /// Hospital, bakery, warehouse, water station, crossing or checkpoint.
    Facility "facility" {
        names: Names, "#loc+facility+name", "Its names.";
        facility_type: FacilityType, "#loc+facility+type", "What it is for.";
        area: Option<AreaCode>, "#loc+code", "The area it lies in.";
        position: Option<Place>, "#geo", "Where it is, degrees WGS 84.";
        functioning: Option<Functioning>, "#status+functioning", "Does it work; left out where not known.";
        as_of: Option<Moment>, "#date+reported", "On which day that was so.";
        date_precision: Option<DatePrecision>, "#meta+date+reported+precision", "How exactly that day is known.";
    }

    const COLUMNS: &'static [&'static str] = &["facility_type", "functioning"];
    const SUMMARY: &'static [&'static str] = &["names", "facility_type", "area", "functioning"];

    fn place(&self) -> Option<Place> {
        self.position
    }
    fn check(&self, problems: &mut Problems) {
        if self.functioning.is_some() && self.as_of.is_none() {
            problems.add_field("as_of", "is required with functioning: on which day was that so");
        }
    }
}

impl FacilityType {
    /// Is it one of those whose loss a siege cannot bear: health, bread, water?
    #[must_use]
    pub const fn is_vital(self) -> bool {
        matches!(self, Self::Hospital | Self::Clinic | Self::Bakery | Self::WaterStation)
    }
}
