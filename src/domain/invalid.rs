//! What is said when a value is refused: in words a data clerk can act on, all of them at once.

use std::fmt;

use serde::Serialize;

/// A value was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}{}{rule}, got {value}", if field.is_empty() { "" } else { ": " })]
pub struct InvalidValue {
    /// The field as the API spells it; empty where the value stands alone.
    pub field: &'static str,
    /// The rule it broke, e.g. `must be zero or more`.
    pub rule: String,
    /// The value as it was given, cut to a readable length.
    pub value: String,
}

impl InvalidValue {
    /// A refusal of a value that stands alone.
    #[must_use]
    pub fn new(rule: impl Into<String>, value: impl fmt::Display) -> Self {
        Self { field: "", rule: rule.into(), value: shortened(&value.to_string(), LONGEST_VALUE) }
    }

    /// The same refusal, for a named field.
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }
}

/// How much of a value is repeated, characters.
const LONGEST_VALUE: usize = 80;

/// At most so many characters of what a user sent: enough to recognise it, too little to fill a log.
fn shortened(value: &str, longest: usize) -> String {
    if value.chars().count() <= longest {
        return value.to_owned();
    }
    value.chars().take(longest).chain(['…']).collect()
}

/// One thing that is wrong with a record: where (a JSON pointer) and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// RFC 6901 JSON pointer into what was sent, e.g. `/drops/0/people_targeted`.
    pub pointer: String,
    /// What is wrong and what is allowed.
    pub detail: String,
}

/// Everything that is wrong with what was sent, in the order it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, thiserror::Error)]
#[error("{}", .0.iter().map(|p| format!("{}: {}", p.pointer, p.detail)).collect::<Vec<_>>().join("; "))]
pub struct Problems(pub Vec<Problem>);

/// What a pointer may be long: field names are the sender's.
const LONGEST_POINTER: usize = 300;

impl Problems {
    /// How many are said of one request: enough to mend a sheet, too few to fill a memory.
    pub const MOST: usize = 1_000;

    /// Notes one more problem.
    pub fn add(&mut self, at: &Pointer<'_>, detail: impl fmt::Display) {
        if self.0.len() < Self::MOST {
            let pointer = shortened(&at.to_string(), LONGEST_POINTER);
            self.0.push(Problem { pointer, detail: detail.to_string() });
        }
    }

    /// Notes one more problem, of a field of the record itself.
    pub fn add_field(&mut self, field: &str, detail: impl fmt::Display) {
        self.add(&Pointer::Field(&Pointer::Root, field), detail);
    }

    /// Was nothing found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where they are, without what stands there: fit for a log.
    #[must_use]
    pub fn places(&self) -> String {
        self.0.iter().map(|problem| problem.pointer.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The same problems, found inside item `index` of a list.
    #[must_use]
    pub fn in_item(self, index: usize) -> Self {
        Self(
            self.0
                .into_iter()
                .map(|p| Problem { pointer: format!("/{index}{}", p.pointer), ..p })
                .collect(),
        )
    }
}

/// Where we are inside a document; written as a JSON pointer only when something is wrong there.
#[derive(Debug, Clone, Copy)]
pub enum Pointer<'a> {
    /// The whole document.
    Root,
    /// A named field of the parent.
    Field(&'a Pointer<'a>, &'a str),
    /// An item of the parent list.
    Item(&'a Pointer<'a>, usize),
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(parent, name) => {
                write!(f, "{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}
