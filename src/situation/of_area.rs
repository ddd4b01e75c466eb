//! For each area the records that speak of it, the latest last: who asks of one area looks at no other.

use std::sync::Arc;

use super::table::{Known, Table};
use crate::domain::{AreaCode, Incident, Logistics, Moment, Population, Record, Stock};

/// A row of a table, shared with it.
pub type Row<T> = Arc<Known<T>>;

/// What is known of one area, each list by day and then by code.
#[derive(Debug, Clone, Default)]
pub struct OfArea {
    /// Counts of its people.
    pub populations: Vec<Row<Population>>,
    /// Counts of what it holds, gets and eats.
    pub stocks: Vec<Row<Stock>>,
    /// Incidents that destroyed something in it.
    pub losses: Vec<Row<Incident>>,
    /// How trucks reach it.
    pub logistics: Vec<Row<Logistics>>,
}

/// A record that stands in the lists of areas.
pub(super) trait InArea: Record + Sized {
    /// The areas it speaks of.
    fn areas(&self) -> &[AreaCode];
    /// The list it stands in.
    fn list(of: &mut OfArea) -> &mut Vec<Row<Self>>;
}

impl InArea for Population {
    fn areas(&self) -> &[AreaCode] {
        self.area.as_slice()
    }
    fn list(of: &mut OfArea) -> &mut Vec<Row<Self>> {
        &mut of.populations
    }
}

impl InArea for Stock {
    fn areas(&self) -> &[AreaCode] {
        std::slice::from_ref(&self.area)
    }
    fn list(of: &mut OfArea) -> &mut Vec<Row<Self>> {
        &mut of.stocks
    }
}

impl InArea for Logistics {
    fn areas(&self) -> &[AreaCode] {
        std::slice::from_ref(&self.area)
    }
    fn list(of: &mut OfArea) -> &mut Vec<Row<Self>> {
        &mut of.logistics
    }
}

impl InArea for Incident {
    /// Those of an incident that destroyed something; what a convoy lost never came to be in an area.
    fn areas(&self) -> &[AreaCode] {
        if self.losses.is_empty() || self.convoy.is_some() { &[] } else { &self.areas }
    }
    fn list(of: &mut OfArea) -> &mut Vec<Row<Self>> {
        &mut of.losses
    }
}

/// Takes a record out of the lists it stood in and puts it into those it belongs in now.
pub(super) fn index<T: InArea>(
    table: &mut Table<OfArea>,
    before: Option<&Row<T>>,
    after: Option<&Row<T>>,
) {
    if let Some(before) = before {
        for area in before.record.areas() {
            table.change(area.as_str(), |of| T::list(of).retain(|row| row.code != before.code));
        }
    }
    if let Some(after) = after {
        for area in after.record.areas() {
            table.change(area.as_str(), |of| {
                let list = T::list(of);
                let place = list.partition_point(|row| order(row) <= order(after));
                list.insert(place, Arc::clone(after));
            });
        }
    }
}

fn order<T: Record>(row: &Known<T>) -> (Option<Moment>, &str) {
    (row.record.happened(), &row.code)
}
