//! Our records in the shape of HDX HAPI, so that programs that read HAPI read Passage unchanged.
//!
//! Each resource is a table: its columns, what can be asked of it, and a function of one situation that gives its
//! rows. What stands in which column, and why, is written down in `docs/decisions/0028-hapi.md`. Claims of different
//! sources stay different rows; nothing is added up.

mod asked;
mod conflict;
mod convoys;
mod metadata;
mod people;
mod place;
mod whole;
mod written;

use serde_json::{Map, Value};

pub use self::asked::{Detail, Fault, LARGEST, LONGEST_CODE, LONGEST_NAME, MOST_ROWS, Question};
pub use self::place::UnitNames;
pub use self::whole::with_whole_places;
pub use self::written::{csv, json};
use crate::situation::Situation;

/// A row, by the names of its columns; those of which nothing is known are left out.
pub type Row = Map<String, Value>;

/// What a situation says to a resource.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows, in an order that stays the same.
    pub rows: Vec<Row>,
    /// How many claims have no place here, because they name no country, or areas of which some are withheld, and HAPI
    /// knows no row without a place.
    pub left_out: usize,
}

/// A resource of HAPI.
pub struct Resource {
    /// Its path.
    pub path: &'static str,
    /// What it lists.
    pub about: &'static str,
    /// Its own columns, in the order of HAPI.
    pub columns: &'static [Column],
    /// Columns of ours that `expand=all` adds.
    pub more: &'static [Column],
    /// What can be asked of it.
    pub params: &'static [Param],
    /// Do its rows lie in a place, and can they be asked for by it?
    pub is_placed: bool,
    /// Do its rows hold for a time, and can they be asked for by it?
    pub is_dated: bool,
    rows: fn(&Situation) -> Rows,
}

impl Resource {
    /// Its rows, as who sees the situation may know them; units are named by what is known of them anywhere.
    #[must_use]
    pub fn rows(&self, situation: &Situation, units: &UnitNames) -> Rows {
        let mut found = (self.rows)(situation);
        found.rows.iter_mut().for_each(|row| units.complete(row));
        found
    }

    /// Every column, in order.
    pub fn all_columns(&self, expand: bool) -> impl Iterator<Item = &'static Column> {
        let placed = if self.is_placed { place::COLUMNS } else { &[] };
        let dated = if self.is_dated { PERIOD } else { &[] };
        let more = if expand { self.more } else { &[] };
        let of_place = if expand && self.is_placed { place::MORE } else { &[] };
        [placed, self.columns, dated, more, of_place].into_iter().flatten()
    }

    /// Every parameter that chooses rows.
    pub fn all_params(&self) -> impl Iterator<Item = &'static Param> {
        let placed = if self.is_placed { place::PARAMS } else { &[] };
        let dated = if self.is_dated { asked::PERIOD } else { &[] };
        [self.params, placed, dated].into_iter().flatten()
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it says.
    pub about: &'static str,
}

const fn column(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column { name, holds, about }
}

/// What a column holds, where it is known.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number, zero or more.
    Whole,
    /// Yes or no.
    Flag,
    /// A time without a zone, UTC.
    Time,
}

/// What can be asked of a resource.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// The column that it is held against.
    pub column: &'static str,
    /// How.
    pub test: Test,
}

const fn param(name: &'static str, test: Test) -> Param {
    Param { name, column: name, test }
}

/// How a parameter is held against a column. What is unknown passes none of them.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// The same code, in large or small letters.
    Code,
    /// These letters anywhere in the name, large or small.
    Name,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The same number.
    Whole,
    /// This number or more.
    AtLeast,
    /// This number or less.
    AtMost,
    /// Yes or no.
    Flag,
    /// Its time reaches to this date or beyond.
    From,
    /// Its time begins on this date or before.
    Until,
}

const PERIOD: &[Column] = &[
    column(START, Holds::Time, "From when it holds, or when it happened."),
    column(END, Holds::Time, "Until when; null where it is not known or goes on."),
];
const START: &str = "reference_period_start";
const END: &str = "reference_period_end";

/// Every resource.
pub const RESOURCES: [&Resource; 10] = [
    &people::BASELINE_POPULATION,
    &people::HUMANITARIAN_NEEDS,
    &convoys::OPERATIONAL_PRESENCE,
    &conflict::CONFLICT_EVENTS,
    &metadata::LOCATION,
    &metadata::ADMIN1,
    &metadata::ADMIN2,
    &metadata::ORG,
    &metadata::ORG_TYPE,
    &metadata::SECTOR,
];

/// The code of the source, where HAPI has the id of the resource that a row comes from.
const RESOURCE: Column = column(
    "resource_hdx_id",
    Holds::Text,
    "Code of the source that says so (/api/v1/sources); null where it is not one source alone.",
);

/// Puts a value into a row, if it is known.
fn set(row: &mut Row, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        row.insert(name.to_owned(), value.into());
    }
}

/// Puts the time that a row holds for into it.
fn set_period(row: &mut Row, start: Option<Time>, end: Option<Time>) {
    set(row, START, start.map(asked::naive));
    set(row, END, end.map(asked::naive));
}

type Time = chrono::DateTime<chrono::Utc>;
