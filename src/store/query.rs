//! Questions for lists of records: which, in which order, from where on.

use std::collections::BTreeMap;

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
