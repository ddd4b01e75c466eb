//! How an import is asked for, how far it is, and what came of it.

use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::current::Fate;
use super::dialect::Encoding;
use super::four_w::Offer;
use super::meant::{Accept, Findings, Suggestion, Taken};
use super::problem::{Place, RowProblem, WrongRows};
use super::twice::Twice;
use crate::domain::{Clearance, Kind, OrganisationCode};
use crate::store::StoreError;

/// How much of files of parts is held in memory, bytes of all of them together; there a row takes up to sixteen times what it
/// takes in its file.
const MOST_HELD: u64 = 4 << 20;

/// What is stored together or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// The files of one kind, and of kinds that name each other.
    Kind,
    /// All files.
    All,
}

/// How to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Who imports.
    pub actor: String,
    /// The kind of the files, where their names do not tell; of a folder only this kind.
    pub kind: Option<Kind>,
    /// Check everything and change nothing?
    pub dry_run: bool,
    /// Count each record and part as known from the date of its source, not from today?
    pub as_reported: bool,
    /// Another form of dates beside the usual one, as chrono writes it, e.g. `%d/%m/%Y`.
    pub date_format: Option<String>,
    /// Where the clock hung that times without a zone were read from.
    pub time_zone: Option<Tz>,
    /// The mark before the fraction of a number, `.` or `,`, where `1.234` could be read two ways.
    pub decimal: Option<char>,
    /// The mark between thousands: `.`, `,`, `'` or a space.
    pub thousands: Option<char>,
    /// How text files are written, where that is not UTF-8 and they do not say so.
    pub encoding: Option<Encoding>,
    /// What stands between the cells of text files, where that cannot be told.
    pub separator: Option<char>,
    /// Make the organisations that a 4W names and that are not known?
    pub new_organisations: bool,
    /// What is accepted of what was suggested for values that are no codes.
    pub accept: Accept,
    /// How much of files of parts is held in memory, bytes together; what is not held must be in the order of its records.
    pub most_held: u64,
    /// What who imports may see: what they may not see whole they cannot change, nor name.
    pub clearance: Clearance,
    /// The organisation that new records belong to.
    pub owner: Option<OrganisationCode>,
    /// The kinds that are not imported on this way.
    pub barred: &'static [Kind],
    /// What is stored together or not at all.
    pub together: Together,
    /// The id of the import, where it is on record already.
    pub id: Option<Uuid>,
}

impl Options {
    /// The usual way.
    #[must_use]
    pub fn by(actor: impl Into<String>) -> Self {
        Self {
            actor: actor.into(),
            kind: None,
            dry_run: false,
            as_reported: false,
            date_format: None,
            time_zone: None,
            decimal: None,
            thousands: None,
            encoding: None,
            separator: None,
            new_organisations: false,
            accept: Accept::default(),
            most_held: MOST_HELD,
            clearance: Clearance::ALL,
            owner: None,
            barred: &[],
            together: Together::Kind,
            id: None,
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The file that is read.
    pub file: String,
    /// How many records of it were read.
    pub rows: u64,
    /// How many bytes of it and of its parts were read.
    pub bytes: u64,
    /// How many there are.
    pub total_bytes: u64,
}

/// What became of the records of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// The file.
    pub file: String,
    /// Records that were not there.
    pub new: u64,
    /// Records that were there with another body.
    pub changed: u64,
    /// Records that were there as they are.
    pub unchanged: u64,
    /// Records that were withdrawn, or merged into others, before: their rows were left out.
    pub left_out: u64,
}

impl KindCount {
    pub(super) const fn of(kind: Kind, file: String) -> Self {
        Self { kind, file, new: 0, changed: 0, unchanged: 0, left_out: 0 }
    }

    pub(super) fn note(&mut self, fate: &Fate) {
        match fate {
            Fate::New => self.new += 1,
            Fate::Changed => self.changed += 1,
            Fate::Unchanged => self.unchanged += 1,
            Fate::Gone(_) => self.left_out += 1,
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// File by file.
    pub files: Vec<KindCount>,
    /// CSV files in a folder, and sheets of workbooks, that tell no kind; they were not read.
    pub skipped: Vec<String>,
    /// What was not read though it is there, or was understood though it is not word for word.
    pub notes: Vec<RowProblem>,
    /// Organisations that a 4W names and that are not known; made only where that was asked for.
    pub offers: Vec<Offer>,
    /// Values that are no codes, and what was taken in their place: P-codes, and what somebody accepted.
    pub taken: Vec<Taken>,
    /// Values that name nothing known here, and what comes near; nothing was taken for them.
    pub suggestions: Vec<Suggestion>,
    /// Where it was only tried: records that may tell of the same thing, at least one of them new.
    pub duplicates: Vec<Twice>,
}

impl Summary {
    /// Puts in what was found of values that are no codes.
    pub(super) fn with(mut self, findings: &Findings) -> Self {
        // It is asked for once for each batch; what was said before is not said again.
        let new = findings.notes().into_iter().filter(|note| !self.notes.contains(note));
        let new: Vec<RowProblem> = new.collect();
        self.notes.extend(new);
        Self { taken: findings.taken(), suggestions: findings.suggestions(), ..self }
    }
}

impl Summary {
    /// What came of an import and what is wrong with it, as it is kept and shown.
    #[must_use]
    pub fn report(&self, wrong: &WrongRows) -> Value {
        json!({
            "files": self.files, "skipped": self.skipped, "notes": self.notes, "offers": self.offers,
            "taken": self.taken, "suggestions": self.suggestions, "duplicates": self.duplicates,
            "problems": wrong.listed, "more": wrong.more, "stopped": wrong.stopped,
        })
    }
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Rows are wrong. Of their files nothing was stored; those before them are in `done`.
    #[error("{wrong}")]
    Wrong {
        /// What is wrong, of the first wrong file and all after it.
        wrong: WrongRows,
        /// What was stored before.
        done: Box<Summary>,
    },
    /// Neither the name nor the tags of a file tell its kind.
    #[error("{0}: its name and its tags tell no kind; name it like convoys.csv, or give --kind")]
    UnknownFile(String),
    /// A file holds parts; it is read with the file of its records.
    #[error(
        "{path} holds parts of the records in {records}.csv: import that file, with this one beside it"
    )]
    Parts {
        /// The file.
        path: String,
        /// The file it belongs to, without `.csv`.
        records: &'static str,
    },
    /// A folder has no file that could be imported.
    #[error("{0}: no file here is named after a kind, like convoys.csv, or is a workbook")]
    Nothing(String),
    /// The form of dates cannot be used.
    #[error("--date-format {0}")]
    DateFormat(String),
    /// The marks in numbers cannot be used.
    #[error("{0}")]
    Marks(String),
    /// A folder cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The folder.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something was wrong and then it was not.
    #[error("the files or the records they name were changed during the import; import again")]
    Unsettled,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    /// What is wrong with the files, and what was done before.
    ///
    /// # Errors
    ///
    /// The fault of the store, where it is that.
    pub fn told(self) -> Result<(Summary, WrongRows), StoreError> {
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let (file, reason) = match self {
            Self::Wrong { wrong, done } => return Ok((*done, wrong)),
            Self::Store(fault) => return Err(fault),
            Self::UnknownFile(path) => {
                let reason =
                    "its name and its tags tell no kind; name it like convoys.csv, or give --kind";
                (name(&path), reason.to_owned())
            }
            Self::Parts { path, records } => {
                let reason =
                    format!("holds parts of the records in {records}.csv: send that file too");
                (name(&path), reason)
            }
            Self::Unreadable { path, .. } => (name(&path), "cannot be read".to_owned()),
            Self::Nothing(reason) => (String::new(), reason),
            other => (String::new(), other.to_string()),
        };
        let mut wrong = WrongRows::default();
        wrong.push(RowProblem::of_file(&Place::of_file(file), reason));
        Ok((Summary::default(), wrong))
    }
}
