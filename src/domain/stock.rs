//! What an area holds, what comes in by itself, and what people eat: dated estimates.

use super::choice::choice;
use super::record::record;
use super::{
    AreaCode, DatePrecision, FacilityCode, Figure, Moment, OrganisationCode, Problems, Text,
};

choice! {
    /// Which side of the store the figure is.
    StockType {
        /// What is there.
        Stock = "stock",
        /// What comes in by itself each day.
        Inflow = "inflow",
        /// What people eat each day.
        Ration = "ration",
    }
}

choice! {
    /// How people eat what there is.
    RationPolicy {
        /// All they need, while there is any.
        Full = "full",
        /// A share of what they need.
        Constant = "constant",
        /// All they need while enough days are left, then a share.
        Threshold = "threshold",
    }
}

record! {
    /// A count or statement of what an area holds, gets or eats, on a date.
    Stock "stock" {
        area: AreaCode, "#loc+code", "The area.";
        facility: Option<FacilityCode>, "#loc+facility+code", "The store it lies in.";
        stock_type: StockType, "#capacity+type", "What is there, what comes in, or what people eat.";
        owner: Vec<OrganisationCode>, "#org+code", "Whose stock it is.";
        date: Moment, "#date+reported", "The day it is for.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly that day is known.";
        item: Option<Text>, "#item+name", "What it is.";
        quantity: Figure, "#capacity+num", "How much.";
        unit: Option<Text>, "#capacity+unit", "In which unit: `person_days`, `people_months`, `parcels`, …";
        quantity_text: Option<Text>, "#capacity+description", "How much, where the source gives words.";
        person_days: Figure, "#capacity+person_days", "The same in food person-days at 2,100 kcal, where it can be told.";
    }

    const COLUMNS: &'static [&'static str] = &["stock_type"];
    const SUMMARY: &'static [&'static str] = &["area", "stock_type", "date", "item", "quantity", "unit"];

    fn check(&self, problems: &mut Problems) {
        if self.quantity.is_unknown() && self.quantity_text.is_none() && self.person_days.is_unknown() {
            problems.add_field("quantity", "give quantity, person_days or quantity_text");
        }
        if !self.quantity.is_unknown() && self.unit.is_none() {
            problems.add_field("unit", "is required with quantity");
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
