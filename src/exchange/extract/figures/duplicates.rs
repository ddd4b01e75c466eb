//! Records that may tell of the same thing, two by two.

use super::super::table::{Answer, Table, list, number, text};
use super::each_with;

/// What may be told twice.
pub const DUPLICATES: Answer = Answer { name: "duplicates", tables: &[PAIRS] };

const PAIRS: Table = Table {
    name: "duplicates",
    about: "Two records that may tell of the same thing; whether they do, somebody has to say.",
    rows: |answer| each_with(&list(answer, "/data"), &[("kind", answer["kind"].clone())]),
    columns: &[
        text("kind", "#meta+kind", "/kind", "The kind of both records."),
        text("one", "#meta+code+one", "/one", "The code of the one."),
        text("other", "#meta+code+other", "/other", "The code of the other."),
        number("score", "#indicator+num+score", "/score", "0 to 1", "How alike they are."),
        text("reasons", "#meta+reason", "/reasons", "In what they are alike, and in what not."),
    ],
    place: None,
};
