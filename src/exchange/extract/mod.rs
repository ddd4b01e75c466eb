//! Extracts: what people take away. Columns with tags, units and definitions, rows of typed cells, four forms of file.
//!
//! A list of records and a computed table are the same thing here: the columns of a list follow from the schema of its
//! kind ([`records`]), those of a computed table are written down once ([`table`]), and neither knows in which form it
//! leaves. `docs/decisions/0027-exports.md` says why.

pub mod cell;
pub mod csv;
pub mod figures;
pub mod geojson;
mod meaning;
pub mod parquet;
pub mod pipe;
pub mod readme;
pub mod records;
pub mod room;
pub mod service;
pub mod table;
#[cfg(test)]
mod tag;
pub mod xlsx;

use std::borrow::Cow;
use std::io;

pub use self::cell::Cell;
use crate::domain::choice::choice;

choice! {
    /// The form of an extract.
    Form {
        /// Comma-separated text with a row of HXL tags.
        Csv = "csv",
        /// A workbook: typed cells, and a sheet that says what it is.
        Xlsx = "xlsx",
        /// A map: `GeoJSON`, RFC 7946.
        GeoJson = "geojson",
        /// Typed columns for analysts: Apache Parquet.
        Parquet = "parquet",
    }
}

impl Form {
    /// What it is called in HTTP.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The same without parameters.
    #[must_use]
    pub const fn essence(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            other => other.media_type(),
        }
    }
}

/// What all cells of a column hold, where they hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words, codes, lists with `; ` between their items.
    Text,
    /// A number, in the unit of the column.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// A day or an instant, UTC.
    Moment,
    /// A day, UTC.
    Day,
}

/// A column of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name in the header.
    pub name: Cow<'static, str>,
    /// The HXL tag.
    pub tag: Cow<'static, str>,
    /// What its cells hold.
    pub holds: Holds,
    /// The unit of its numbers; empty where there is none.
    pub unit: &'static str,
    /// What it means, in a sentence.
    pub about: Cow<'static, str>,
    /// Do its cells hold codes of sources?
    pub cites: bool,
}

/// Takes rows, one after the other, and writes them in some form.
pub trait Rows: Send {
    /// Writes a row: one cell for each column, in their order.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;

    /// Writes what is left. Nothing comes after it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn finish(&mut self) -> io::Result<()>;
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(name: &'static str, tag: &'static str, about: &'static str) -> Self {
        Self {
            name: name.into(),
            tag: tag.into(),
            holds: Holds::Text,
            unit: "",
            about: about.into(),
            cites: false,
        }
    }
}
