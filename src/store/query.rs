//! Questions for lists of records: which, in which order, from where on.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::record::{Cut, Stored};
use crate::domain::choice::choice;
use crate::domain::sensitive::withheld;
use crate::domain::{Kind, Place};

/// Within so many kilometres of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The point.
    pub place: Place,
    /// The distance, kilometres.
    pub km: f64,
}

/// Tells whether a place lies inside something.
#[derive(Clone)]
pub struct Inside(Arc<dyn Fn(Place) -> bool + Send + Sync>);

impl Inside {
    /// What this says.
    #[must_use]
    pub fn of(contains: impl Fn(Place) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(contains))
    }

    /// Does the place lie in it?
    #[must_use]
    pub fn contains(&self, place: Place) -> bool {
        (self.0)(place)
    }
}

impl PartialEq for Inside {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inside")
    }
}

/// A unit or an area that records are looked for in. Codes that somebody recorded decide; where an area has none of that
/// level, its position does. What names areas lies where they lie, else where it lies itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Within {
    /// Areas that lie in it, by code.
    pub areas: Vec<String>,
    /// P-codes of it and of what lies in it, in capitals, without dashes and spaces.
    pub pcodes: Vec<String>,
    /// What longer P-codes of it begin with, written so.
    pub prefixes: Vec<String>,
    /// Its level; `None` where codes of units say nothing about it.
    pub level: Option<u8>,
    /// P-codes of what it lies in, written so: an area that is recorded in another one of these does not lie in it.
    pub above: Vec<String>,
    /// Whether a place lies in it; `None` where its outline is not known.
    pub inside: Option<Inside>,
}

/// Which records are looked for. All that is given must be true.
#[derive(Clone, Default, PartialEq)]
pub struct Filter {
    /// Column and the values it may have.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Kind of another record and the codes that may be mentioned.
    pub mentions: BTreeMap<Kind, Vec<String>>,
    /// The codes they may have.
    pub codes: Vec<String>,
    /// Happened at or after.
    pub from: Option<DateTime<Utc>>,
    /// Happened at or before.
    pub to: Option<DateTime<Utc>>,
    /// West, south, east, north, degrees.
    pub bbox: Option<[f64; 4]>,
    /// Within a distance.
    pub near: Option<Near>,
    /// Within a unit or an area.
    pub within: Option<Within>,
    /// Also those that were withdrawn?
    pub withdrawn: bool,
}

withheld!(Filter { from, to, withdrawn });

choice! {
    /// The order of a list.
    Sort {
        /// As they were recorded.
        Version = "version",
        /// The newest recorded first.
        VersionDown = "-version",
        /// By code.
        Code = "code",
        /// By when they happened.
        Date = "date",
        /// The latest happened first.
        DateDown = "-date",
    }
}

/// A question for a page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The kind.
    pub kind: Kind,
    /// Which versions.
    pub cut: Cut,
    /// Which records.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most.
    pub limit: usize,
    /// Sort key and version of the last row of the page before.
    pub after: Option<(Option<String>, i64)>,
    /// Bodies instead of summaries?
    pub expand: bool,
    /// Is it asked how many there are in all? Counting looks at every one of them, on every page.
    pub count: bool,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The rows: `body` is the summary, or the body where it was asked for.
    pub rows: Vec<Stored>,
    /// Sort key and version to go on from; `None` on the last page.
    pub next: Option<(Option<String>, i64)>,
    /// How many there are in all; 0 where that was not asked.
    pub total: u64,
    /// When the next embargo ends that is in force for this reader: the page may be another from then on, also where
    /// nothing was written.
    pub until: Option<DateTime<Utc>>,
}
