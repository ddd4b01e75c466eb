//! Lists about one thing: the versions of a record, the files attached to it, what is wrong with the files of an import.

use serde_json::Value;

use super::super::Holds::{Flag, Moment};
use super::super::table::{Answer, Col, Table, count, list, one, text};
use super::{ACTION, ACTOR, FILES, ID, PROBLEMS, RECORDED, data, inside};

/// The versions of a record.
pub const VERSIONS: Answer = Answer { name: "versions", tables: &[WRITTEN, DIFFERENCES] };
/// The files that are attached to a record.
pub const ATTACHMENTS: Answer = Answer { name: "attachments", tables: &[ATTACHED] };
/// What is wrong with the files of one import, and what came of each.
pub const PROBLEMS_OF_ONE: Answer = Answer {
    name: "problems",
    tables: &[
        Table { rows: data, ..PROBLEMS },
        Table { rows: |answer| list(answer, "/files"), ..FILES },
    ],
};

/// All of them.
pub const OF_ONE: [&Answer; 3] = [&VERSIONS, &ATTACHMENTS, &PROBLEMS_OF_ONE];

const VERSION: Col = count("version", "#meta+version", "/version", "", "The version.");

const WRITTEN: Table = Table {
    name: "versions",
    about: "One version of the record.",
    rows: data,
    columns: &[
        VERSION,
        RECORDED,
        one(Moment, "learned_at", "#date+learned", "/learned_at", "From when it counts as known."),
        one(
            Moment,
            "retired_at",
            "#date+retired",
            "/retired_at",
            "From when it does not count any more.",
        ),
        one(Flag, "withdrawn", "#status+withdrawn", "/withdrawn", "Was the record taken back?"),
        ACTOR,
        ACTION,
        text("reason", "#meta+reason", "/reason", "The reason."),
        text("withheld", "#meta+withheld", "/withheld", "What is not told to this reader."),
    ],
    place: None,
};

const DIFFERENCES: Table = Table {
    name: "differences",
    about: "One field that differs from the version before.",
    rows: |answer| {
        inside(answer, "/changes", &[("version", "/version"), ("recorded_at", "/recorded_at")])
    },
    columns: &[
        VERSION,
        RECORDED,
        text("field", "#meta+field", "/field", "The field, and its place in lists from 0."),
        text("from", "#meta+value+before", "/from", "What it said before."),
        text("to", "#meta+value+after", "/to", "What it says in this version."),
    ],
    place: None,
};

const ATTACHED: Table = Table {
    name: "attachments",
    about: "One file that is attached to the record.",
    rows: data,
    columns: &[
        ID,
        text("name", "#meta+file", "/name", "The name of the file."),
        text("note", "#description", "/note", "What it is."),
        text("media_type", "#meta+media_type", "/media_type", "Its media type."),
        count("bytes", "#indicator+num+bytes", "/bytes", "bytes", "How large it is."),
        text("blake3", "#meta+digest", "/blake3", "Its BLAKE3 digest as it is kept."),
        text(
            "sent_blake3",
            "#meta+digest+sent",
            "/sent_blake3",
            "Its BLAKE3 digest as it was sent: pictures are kept without where they were taken.",
        ),
        text("attached_by", "#meta+by", "/attached_by", "Who attached it."),
        one(Moment, "attached_at", "#date+attached", "/attached_at", "When it was attached."),
        text("withdrawn_by", "#meta+by+withdrawn", "/withdrawn/by", "Who took it back."),
        one(Moment, "withdrawn_at", "#date+withdrawn", "/withdrawn/at", "When it was taken back."),
        text(
            "withdrawn_reason",
            "#meta+reason+withdrawn",
            "/withdrawn/reason",
            "Why it was taken back.",
        ),
    ],
    place: None,
};

/// What is wrong with the files of an import, as its answer tells it: each problem is a row.
#[must_use]
pub fn problems_of(import: &Value) -> Value {
    let told = serde_json::json!({ "data": [import] });
    serde_json::json!({ "data": (PROBLEMS.rows)(&told), "files": (FILES.rows)(&told) })
}
