//! Where rows come from: a text file, or a sheet of a workbook that was read before.

use std::path::PathBuf;

use super::book::spool::{Spool, SpoolRows};
use super::dialect::{self, Text, Told};
use super::row::{Fault, Row};
use super::rows::Rows;

/// A table that can be opened, as often as it is needed.
#[derive(Debug, Clone)]
pub(super) enum Input {
    /// A text file.
    Csv(PathBuf, Told),
    /// The rows of a sheet.
    Sheet(Spool),
}

/// An open table.
pub(super) enum Opened {
    Csv { rows: Rows<Text>, separator: u8 },
    Sheet(SpoolRows),
}

impl Input {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read.
    pub(super) fn open(&self) -> Result<Opened, String> {
        match self {
            Self::Csv(path, told) => {
                let (text, dialect) = dialect::open(path, *told)?;
                let separator = dialect.separator;
                Ok(Opened::Csv { rows: Rows::new(text, dialect), separator })
            }
            Self::Sheet(spool) => Ok(Opened::Sheet(spool.rows())),
        }
    }

    /// How many bytes it has.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Csv(path, _) => path.metadata().map_or(0, |file| file.len()),
            Self::Sheet(spool) => spool.size(),
        }
    }
}

impl Opened {
    /// The next row, also a blank one; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Row, Fault>> {
        match self {
            Self::Csv { rows, .. } => rows.next(),
            Self::Sheet(rows) => rows.next(),
        }
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Csv { rows, .. } => rows.bytes(),
            Self::Sheet(rows) => rows.bytes(),
        }
    }

    /// Is it separated as we separate it ourselves?
    pub(super) fn has_commas(&self) -> bool {
        matches!(self, Self::Csv { separator: b',', .. })
    }
}
