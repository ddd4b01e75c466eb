//! Attack, looting, obstruction, route cut, evacuation.

use super::choice::choice;
use super::door::part;
use super::record::record;
use super::{
    Account, AreaCode, ConvoyCode, DatePrecision, FacilityCode, Figure, Moment, PauseCode,
    Problems, Text,
};

choice! {
    /// What happened.
    IncidentType {
        /// A health facility was hit.
        HealthFacilityHit = "health_facility_hit",
        /// Something fell close to a health facility.
        HealthFacilityNearHit = "health_facility_near_hit",
        /// A bakery was hit.
        BakeryHit = "bakery_hit",
        /// A water station was hit.
        WaterStationHit = "water_station_hit",
        /// A store was hit.
        WarehouseHit = "warehouse_hit",
        /// A convoy was attacked.
        ConvoyAttacked = "convoy_attacked",
        /// A convoy was fired on.
        ConvoyFiredOn = "convoy_fired_on",
        /// A convoy was looted.
        ConvoyLooted = "convoy_looted",
        /// A convoy was held up.
        ConvoyObstructed = "convoy_obstructed",
        /// An aid vehicle was fired on.
        AidVehicleFiredOn = "aid_vehicle_fired_on",
        /// An aid worker was attacked.
        AidWorkerAttacked = "aid_worker_attacked",
        /// Shelling.
        Shelling = "shelling",
        /// Shelling of people who waited for aid.
        ShellingAtDistribution = "shelling_at_distribution",
        /// An air strike.
        AirStrike = "air_strike",
        /// Fighting over a time.
        Hostilities = "hostilities",
        /// A chemical attack, as alleged.
        ChemicalAttackAlleged = "chemical_attack_alleged",
        /// People starved.
        StarvationDeaths = "starvation_deaths",
        /// The way in was cut.
        SupplyRouteCut = "supply_route_cut",
        /// The sick and wounded were brought out.
        MedicalEvacuation = "medical_evacuation",
        /// People were brought out.
        Evacuation = "evacuation",
        /// A pause was broken.
        PauseViolation = "pause_violation",
        /// Anything else.
        Other = "other",
    }
}

impl IncidentType {
    /// Was a convoy or those who ride with it attacked?
    #[must_use]
    pub const fn is_on_a_convoy(self) -> bool {
        matches!(self, Self::ConvoyAttacked | Self::ConvoyFiredOn | Self::ConvoyLooted)
    }

    /// Was a facility hit that a siege cannot bear to lose?
    #[must_use]
    pub const fn is_on_a_vital_facility(self) -> bool {
        matches!(self, Self::HealthFacilityHit | Self::BakeryHit | Self::WaterStationHit)
    }
}

part! {
    /// What an incident destroyed or took.
    Loss "loss" {
        item: Option<Text>, "#impact+item", "What.";
        quantity: Figure, "#impact+num", "How much.";
        unit: Option<Text>, "#impact+unit", "In which unit.";
        in_store: Option<bool>, "#impact+store", "Is the quantity only what was in store, not what was lost.";
    }
}

record! {
    /// Attack, looting, obstruction, route cut, evacuation.
    Incident "incident" {
        title: Option<Text>, "#event+name", "A short name.";
        incident_type: IncidentType, "#event+type", "What happened.";
        date: Moment, "#date+start", "When.";
        date_end: Option<Moment>, "#date+end", "Until when.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these dates are known.";
        areas: Vec<AreaCode>, "#loc+code", "Where.";
        place: Option<Text>, "#loc+description", "Where, in the source's words.";
        facilities: Vec<FacilityCode>, "#loc+facility+code", "The facilities it struck.";
        facility_text: Option<Text>, "#loc+facility+description", "What it struck, in the source's words.";
        convoy: Option<ConvoyCode>, "#activity+code", "The convoy it struck.";
        pause: Option<PauseCode>, "#event+pause", "The pause it broke.";
        killed: Figure, "#affected+killed", "People killed.";
        killed_women: Option<u64>, "#affected+killed+f", "Women among them.";
        killed_children: Option<u64>, "#affected+killed+children", "Children among them.";
        injured: Figure, "#affected+injured", "People injured.";
        moved: Figure, "#affected+evacuated", "People brought out.";
        losses: Vec<Loss>, "#impact+losses", "What it destroyed or took.";
        attributed_to: Option<Text>, "#group+attributed", "By whom, always by a source's account.";
        accounts: Vec<Account>, "#meta+accounts", "What each source says of it.";
    }

    const COLUMNS: &'static [&'static str] = &["incident_type"];
    const SUMMARY: &'static [&'static str] = &["title", "incident_type", "date", "killed", "injured"];

    fn check(&self, problems: &mut Problems) {
        if let Some(end) = self.date_end.filter(|end| end.end() < self.date.start()) {
            problems.add_field("date_end", format!("must not lie before date, {}, got {end}", self.date));
        }
        let named = self.killed_women.unwrap_or(0) + self.killed_children.unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "head counts stay far below 2^53")]
        if self.killed.ceiling().is_some_and(|killed| named as f64 > killed) {
            problems.add_field("killed", format!("must not be less than the women and children among them, {named}"));
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
