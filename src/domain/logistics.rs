//! What it takes to bring trucks into an area: legs, inspection, docks, working hours, payload. Asked once, used again.

use super::record::record;
use super::{AreaCode, DatePrecision, Moment, Problems, Text};

record! {
    /// How trucks reach an area, on a date: the newest such record of an area is the one that is used.
    Logistics "logistics" {
        area: AreaCode, "#loc+code", "The area.";
        date: Moment, "#date+reported", "Since when it is so.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly that day is known.";
        route: Option<Text>, "#loc+route", "The way in.";
        trucks: Option<u64>, "#capacity+num+trucks", "Trucks that can go at one time.";
        preloaded: Option<bool>, "#activity+preloaded", "Do they stand loaded when it begins; left out, yes.";
        must_return: Option<bool>, "#activity+return", "Must they be back before it ends; left out, yes.";
        load_hours: Option<f64>, "#activity+duration+load", "To load one truck again, hours.";
        approach_hours: Option<f64>, "#activity+duration+approach", "From the base to the checkpoint, hours.";
        inspection_hours: Option<f64>, "#activity+duration+inspection", "To inspect one truck, hours.";
        lanes: Option<u64>, "#capacity+num+lanes", "Trucks that are inspected at one time.";
        onward_hours: Option<f64>, "#activity+duration+onward", "From the checkpoint to the place of unloading, hours.";
        unload_hours: Option<f64>, "#activity+duration+unload", "To unload one truck, hours.";
        docks: Option<u64>, "#capacity+num+docks", "Trucks that are unloaded at one time.";
        return_hours: Option<f64>, "#activity+duration+return", "From the place of unloading back to the base, hours.";
        lead_hours: Option<f64>, "#activity+duration+lead", "From the start of a pause until the first truck moves, hours.";
        buffer_hours: Option<f64>, "#activity+duration+buffer", "That must be left before its end, hours.";
        open_hour: Option<f64>, "#meta+date+start+time", "When work begins on the local clock, hours after midnight.";
        close_hour: Option<f64>, "#meta+date+end+time", "When work ends on the local clock, hours after midnight.";
        payload_tonnes: Option<f64>, "#capacity+weight", "Tonnes on one truck.";
        ration_kg: Option<f64>, "#indicator+weight+ration", "Weight of the ration of one person for one day, kg.";
        handling_loss: Option<f64>, "#indicator+loss", "Share lost in handling.";
        trucks_per_convoy: Option<u64>, "#capacity+num+convoy", "Trucks in one convoy.";
        honour_probability: Option<f64>, "#indicator+probability", "How likely a pause is kept, from 0 to 1.";
    }

    const SUMMARY: &'static [&'static str] = &["area", "date", "trucks", "lanes", "docks", "open_hour", "close_hour"];

    fn check(&self, problems: &mut Problems) {
        let hours = [
            ("load_hours", self.load_hours), ("approach_hours", self.approach_hours),
            ("inspection_hours", self.inspection_hours), ("onward_hours", self.onward_hours),
            ("unload_hours", self.unload_hours), ("return_hours", self.return_hours),
            ("lead_hours", self.lead_hours), ("buffer_hours", self.buffer_hours),
        ];
        for (field, hours) in hours {
            if let Some(hours) = hours.filter(|hours| *hours > LONGEST_LEG_HOURS) {
                problems.add_field(field, format!("must be at most {LONGEST_LEG_HOURS} hours, got {hours}"));
            }
        }
        for (field, hour) in [("open_hour", self.open_hour), ("close_hour", self.close_hour)] {
            if let Some(hour) = hour.filter(|hour| *hour > 24.0) {
                problems.add_field(field, format!("must be between 0 and 24, got {hour}"));
            }
        }
        if let (Some(open), Some(close)) = (self.open_hour, self.close_hour)
            && open >= close
        {
            problems.add_field("close_hour", format!("must lie after open_hour, {open}; work through the night is 0 to 24"));
        }
        for (field, share) in [("handling_loss", self.handling_loss), ("honour_probability", self.honour_probability)] {
            if let Some(share) = share.filter(|share| *share > 1.0) {
                problems.add_field(field, format!("must be a share between 0 and 1, got {share}"));
            }
        }
        if self.handling_loss == Some(1.0) {
            problems.add_field("handling_loss", "must be less than 1: else nothing that is sent arrives");
        }
        for (field, amount) in [("payload_tonnes", self.payload_tonnes), ("ration_kg", self.ration_kg)] {
            if amount == Some(0.0) {
                problems.add_field(field, "must be more than 0");
            }
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}

/// Longest single leg that is taken for a figure and not for a slip of the pen: a week.
const LONGEST_LEG_HOURS: f64 = 168.0;
