//! The kinds of record, and the one place where a kind's name leads to its type.

use std::collections::BTreeSet;

use super::choice::choice;
use super::{Door, Field, Record, Schema, Shape};

choice! {
    /// A kind of record: one word, one table, one file in each room.
    Kind {
        /// Who said it.
        Source = "source",
        /// Who acts.
        Organisation = "organisation",
        /// Who must agree.
        Party = "party",
        /// A place where people live.
        Area = "area",
        /// A named set of areas.
        AreaGroup = "area_group",
        /// Hospital, bakery, warehouse, crossing.
        Facility = "facility",
        /// A claim that an area is besieged, hard to reach, …
        Status = "status",
        /// An estimate of people.
        Population = "population",
        /// People and goods that set out.
        Convoy = "convoy",
        /// A stop in fighting.
        Pause = "pause",
        /// A request to an authority.
        AccessRequest = "access_request",
        /// What an area holds, gets and eats.
        Stock = "stock",
        /// Attack, looting, obstruction, evacuation.
        Incident = "incident",
        /// Any other dated, sourced statement.
        Observation = "observation",
        /// How trucks reach an area.
        Logistics = "logistics",
        /// An allocation that was computed and kept.
        Plan = "plan",
        /// Who is told.
        Recipient = "recipient",
        /// When a report is made.
        Schedule = "schedule",
        /// A time in which alerts are not sent.
        Silence = "silence",
    }
}

/// Runs an expression with the type of a kind.
#[macro_export]
macro_rules! with_kind {
    ($kind:expr, $record:ident => $run:expr) => {
        match $kind {
            $crate::domain::Kind::Source => {
                type $record = $crate::domain::Source;
                $run
            }
            $crate::domain::Kind::Organisation => {
                type $record = $crate::domain::Organisation;
                $run
            }
            $crate::domain::Kind::Party => {
                type $record = $crate::domain::Party;
                $run
            }
            $crate::domain::Kind::Area => {
                type $record = $crate::domain::Area;
                $run
            }
            $crate::domain::Kind::AreaGroup => {
                type $record = $crate::domain::AreaGroup;
                $run
            }
            $crate::domain::Kind::Facility => {
                type $record = $crate::domain::Facility;
                $run
            }
            $crate::domain::Kind::Status => {
                type $record = $crate::domain::Status;
                $run
            }
            $crate::domain::Kind::Population => {
                type $record = $crate::domain::Population;
                $run
            }
            $crate::domain::Kind::Convoy => {
                type $record = $crate::domain::Convoy;
                $run
            }
            $crate::domain::Kind::Pause => {
                type $record = $crate::domain::Pause;
                $run
            }
            $crate::domain::Kind::AccessRequest => {
                type $record = $crate::domain::AccessRequest;
                $run
            }
            $crate::domain::Kind::Stock => {
                type $record = $crate::domain::Stock;
                $run
            }
            $crate::domain::Kind::Incident => {
                type $record = $crate::domain::Incident;
                $run
            }
            $crate::domain::Kind::Observation => {
                type $record = $crate::domain::Observation;
                $run
            }
            $crate::domain::Kind::Logistics => {
                type $record = $crate::domain::Logistics;
                $run
            }
            $crate::domain::Kind::Plan => {
                type $record = $crate::domain::Plan;
                $run
            }
            $crate::domain::Kind::Recipient => {
                type $record = $crate::domain::Recipient;
                $run
            }
            $crate::domain::Kind::Schedule => {
                type $record = $crate::domain::Schedule;
                $run
            }
            $crate::domain::Kind::Silence => {
                type $record = $crate::domain::Silence;
                $run
            }
        }
    };
}

fn collect(shape: &Shape, found: &mut BTreeSet<Kind>) {
    match shape {
        Shape::Code(kind) => found.extend(kind.parse::<Kind>()),
        Shape::List(item) => collect(item, found),
        Shape::Part(schema) => schema.fields.iter().for_each(|f| collect(&f.shape, found)),
        _ => {}
    }
}

impl Kind {
    /// The word in URLs and file names, e.g. `convoys`.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Organisation => "organisations",
            Self::Party => "parties",
            Self::Area => "areas",
            Self::AreaGroup => "area_groups",
            Self::Facility => "facilities",
            Self::Status => "statuses",
            Self::Population => "populations",
            Self::Convoy => "convoys",
            Self::Pause => "pauses",
            Self::AccessRequest => "access_requests",
            Self::Stock => "stocks",
            Self::Incident => "incidents",
            Self::Observation => "observations",
            Self::Logistics => "logistics",
            Self::Plan => "plans",
            Self::Recipient => "recipients",
            Self::Schedule => "schedules",
            Self::Silence => "silences",
        }
    }

    /// The kind with this plural.
    #[must_use]
    pub fn of_plural(plural: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.plural() == plural)
    }

    /// What generated codes of this kind begin with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Source => "SO",
            Self::Organisation => "OR",
            Self::Party => "PT",
            Self::Area => "AR",
            Self::AreaGroup => "AG",
            Self::Facility => "FA",
            Self::Status => "ST",
            Self::Population => "PO",
            Self::Convoy => "CV",
            Self::Pause => "PA",
            Self::AccessRequest => "AC",
            Self::Stock => "SK",
            Self::Incident => "IN",
            Self::Observation => "OB",
            Self::Logistics => "LO",
            Self::Plan => "PL",
            Self::Recipient => "RE",
            Self::Schedule => "SC",
            Self::Silence => "SI",
        }
    }

    /// The fields of the kind.
    #[must_use]
    pub fn schema(self) -> &'static Schema {
        with_kind!(self, T => match T::SHAPE {
            Shape::Part(schema) => schema,
            // Every record is a part: `record!` is the only way to make one.
            _ => unreachable!("a record is made of fields"),
        })
    }

    /// The kinds that a record of this kind can name.
    #[must_use]
    pub fn mentions(self) -> BTreeSet<Self> {
        let mut found = BTreeSet::new();
        collect(&Shape::Part(self.schema()), &mut found);
        found
    }

    /// The kinds that a record of this kind is about: those that it must name, and the area or group it is told of.
    #[must_use]
    pub fn is_about(self) -> BTreeSet<Self> {
        let about = |field: &&Field| field.required || ["area", "area_group"].contains(&field.name);
        let mut found = BTreeSet::new();
        let fields = self.schema().fields.iter().filter(about);
        fields
            .filter(|field| matches!(field.shape, Shape::Code(_)))
            .for_each(|field| collect(&field.shape, &mut found));
        found
    }

    /// Can two records of this kind be found to be the same and be merged?
    #[must_use]
    pub const fn can_merge(self) -> bool {
        matches!(self, Self::Area | Self::Convoy | Self::Source)
    }

    /// The fields that a row of a list shows.
    #[must_use]
    pub fn summary(self) -> &'static [&'static str] {
        with_kind!(self, T => T::SUMMARY)
    }

    /// The fields that lists can be filtered by, kept as columns.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        with_kind!(self, T => T::COLUMNS)
    }

    /// Can a field be withheld while the rest is shown? Not what a record needs, nor what lists are sorted and cut by.
    ///
    /// ```
    /// use passage::domain::Kind;
    /// assert!(Kind::Facility.can_withhold("position"));
    /// assert!(!Kind::Pause.can_withhold("start"));
    /// ```
    #[must_use]
    pub fn can_withhold(self, field: &str) -> bool {
        let dates = with_kind!(self, T => T::DATES);
        self.schema().field(field).is_some_and(|field| !field.required)
            && !["sensitivity", "field_sensitivity"].contains(&field)
            && !dates.contains(&field)
    }
}
