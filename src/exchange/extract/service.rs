//! Lists that are no records: boundaries, the ledger, what was brought in and sent, who may come in.

mod one;
mod people;

use serde_json::Value;

pub use self::one::{ATTACHMENTS, OF_ONE, PROBLEMS_OF_ONE, VERSIONS, problems_of};
pub use self::people::{ACCOUNT_CHANGES, TOKENS, USERS};

use super::Holds::{Day, Flag, Moment};
use super::figures::with;
use super::table::{Answer, Col, Table, count, list, number, one, text};

/// Administrative units, without their outlines.
pub const BOUNDARIES: Answer = Answer { name: "boundaries", tables: &[UNITS] };
/// What was changed, entry by entry.
pub const CHANGES: Answer = Answer { name: "changes", tables: &[ENTRIES] };
/// Who was given which exact positions.
pub const EXPORTS: Answer = Answer { name: "exports", tables: &[GIVEN] };
/// What more shall see than before.
pub const LOWERINGS: Answer = Answer { name: "lowerings", tables: &[ASKED] };
/// What was brought in from files.
pub const IMPORTS: Answer = Answer { name: "imports", tables: &[RUNS, FILES, PROBLEMS] };
/// Reports as they were made.
pub const REPORTS: Answer = Answer { name: "reports", tables: &[MADE, COPIES] };
/// What was sent and what could not be.
pub const DELIVERIES: Answer = Answer { name: "deliveries", tables: &[SENT] };

/// All of them.
pub const ALL: [&Answer; 10] = [
    &BOUNDARIES,
    &CHANGES,
    &EXPORTS,
    &LOWERINGS,
    &IMPORTS,
    &REPORTS,
    &DELIVERIES,
    &TOKENS,
    &USERS,
    &ACCOUNT_CHANGES,
];

const SEQUENCE: Col = count("sequence", "#meta+sequence", "/sequence", "", "Its place in order.");
const RECORDED: Col =
    one(Moment, "recorded_at", "#date+recorded", "/recorded_at", "When it was written down.");
const ACTOR: Col = text("actor", "#meta+by", "/actor", "Who did it.");
const ACTION: Col = text("action", "#meta+action", "/action", "What was done.");
const KIND: Col = text("kind", "#meta+kind", "/kind", "The kind of the record.");
const CODE: Col = text("code", "#meta+code", "/code", "The code of the record.");
const ID: Col = text("id", "#meta+id", "/id", "Its id.");
const STATE: Col = text("state", "#status", "/state", "How it stands.");
const LEVEL: Col = text("level", "#meta+sensitivity", "/level", "The level of what is in it.");
const SCHEDULE: Col =
    text("schedule", "#meta+schedule", "/schedule", "The schedule that asked for the report.");
const PERIOD_END: Col =
    one(Moment, "period_end", "#date+end", "/period_end", "The end of the report's period.");
const IMPORT: Col = text("import", "#meta+id+import", "/import", "The id of the import.");
const FILE: Col = text("file", "#meta+file", "/file", "The name of the file.");

/// The rows of the data.
fn data(answer: &Value) -> Vec<Value> {
    list(answer, "/data")
}

/// What stands in a list inside each row of the data, with fields of that row.
fn inside(answer: &Value, at: &str, fields: &[(&'static str, &str)]) -> Vec<Value> {
    let rows = data(answer);
    let inner = rows.iter().flat_map(|row| {
        let own = fields.iter().map(|(name, at)| (*name, row.pointer(at).cloned()));
        let own: Vec<_> = own.map(|(name, value)| (name, value.unwrap_or_default())).collect();
        list(row, at).into_iter().map(move |inner| with(&inner, &own))
    });
    inner.collect()
}

const fn degrees(name: &'static str, tag: &'static str, at: &'static str) -> Col {
    number(name, tag, at, "degrees", "An edge of the box around it.")
}

const UNITS: Table = Table {
    name: "boundaries",
    about: "One administrative unit, in one release of its boundaries.",
    rows: data,
    columns: &[
        text("pcode", "#loc+code+v_pcode", "/pcode", "Its P-code."),
        count("level", "#meta+level", "/level", "", "0 is the country, 1 the level below it."),
        text("names_en", "#loc+name+i_en", "/names/en", "Its name in English."),
        text("names_ar", "#loc+name+i_ar", "/names/ar", "Its name in Arabic."),
        text("names_fr", "#loc+name+i_fr", "/names/fr", "Its name in French."),
        text(
            "parent",
            "#loc+code+parent+v_pcode",
            "/parent",
            "The P-code of the unit that it lies in.",
        ),
        text("country", "#country+code+v_pcode", "/country", "The P-code of its country."),
        one(Day, "valid_from", "#date+start", "/valid_from", "The first day of the release."),
        one(Day, "valid_to", "#date+end", "/valid_to", "The last day, where it is told."),
        degrees("west", "#geo+lon+min", "/bbox/0"),
        degrees("south", "#geo+lat+min", "/bbox/1"),
        degrees("east", "#geo+lon+max", "/bbox/2"),
        degrees("north", "#geo+lat+max", "/bbox/3"),
        text("source", "#meta+source", "/source", "Who published it."),
        one(Moment, "learned_at", "#date+learned", "/learned_at", "From when it counts as known."),
    ],
    place: None,
};

const ENTRIES: Table = Table {
    name: "changes",
    about: "One entry of the ledger.",
    rows: data,
    columns: &[
        SEQUENCE,
        RECORDED,
        one(Moment, "learned_at", "#date+learned", "/learned_at", "From when it counts as known."),
        ACTOR,
        ACTION,
        KIND,
        CODE,
        text("id", "#meta+id", "/id", "The id of the record."),
        text("reason", "#meta+reason", "/reason", "The reason."),
    ],
    place: None,
};

const GIVEN: Table = Table {
    name: "exports",
    about: "Exact positions that somebody was given.",
    rows: data,
    columns: &[
        SEQUENCE,
        RECORDED,
        text("actor", "#meta+by", "/actor", "Who was given them."),
        KIND,
        text("form", "#meta+form", "/form", "In which form."),
        text("codes", "#meta+code+list", "/codes", "The codes of the records now."),
    ],
    place: None,
};

const ASKED: Table = Table {
    name: "lowerings",
    about: "A level that is asked to be lowered.",
    rows: data,
    columns: &[
        ID,
        KIND,
        CODE,
        text("record_id", "#meta+id+record", "/record_id", "The id of the record."),
        count("version", "#meta+version", "/version", "", "The version that it is asked for."),
        text("sensitivity", "#meta+sensitivity", "/sensitivity", "The level that is asked for."),
        text(
            "field_sensitivity",
            "#meta+sensitivity+fields",
            "/field_sensitivity",
            "The levels that are asked for its fields.",
        ),
        text("reason", "#meta+reason", "/reason", "The reason."),
        text("proposed_by", "#meta+by+asked", "/proposed_by", "Who asks."),
        one(Moment, "proposed_at", "#date+asked", "/proposed_at", "When it was asked."),
        text("decided_by", "#meta+by+decided", "/decided_by", "Who decided."),
        one(Moment, "decided_at", "#date+decided", "/decided_at", "When it was decided."),
        text("decision", "#status", "/decision", "How it was decided."),
    ],
    place: None,
};

const RUNS: Table = Table {
    name: "imports",
    about: "One import: files that were brought in, or tried, together.",
    rows: data,
    columns: &[
        ID,
        STATE,
        text("by", "#meta+by", "/by", "Who did it."),
        LEVEL,
        one(Moment, "begun_at", "#date+start", "/begun_at", "When it began."),
        one(Moment, "ended_at", "#date+end", "/ended_at", "When it ended."),
        one(Moment, "kept_until", "#date+kept", "/kept_until", "Until when the files are kept."),
        count(
            "first_sequence",
            "#meta+sequence+first",
            "/first_sequence",
            "",
            "Its first entry in the ledger.",
        ),
        count(
            "last_sequence",
            "#meta+sequence+last",
            "/last_sequence",
            "",
            "Its last entry in the ledger.",
        ),
        text("undone_by", "#meta+by+undone", "/undone/by", "Who took it back."),
        one(Moment, "undone_at", "#date+undone", "/undone/at", "When it was taken back."),
        text("undone_reason", "#meta+reason+undone", "/undone/reason", "Why it was taken back."),
        text("withheld", "#meta+withheld", "/withheld", "What is not told to this reader."),
    ],
    place: None,
};

const FILES: Table = Table {
    name: "files",
    about: "What came of the records of one kind in one file.",
    rows: |answer| inside(answer, "/files", &[("import", "/id"), ("state", "/state")]),
    columns: &[
        IMPORT,
        STATE,
        FILE,
        text("kind", "#meta+kind", "/kind", "The kind of the records."),
        count("new", "#indicator+num+new", "/new", "records", "How many are new."),
        count("changed", "#indicator+num+changed", "/changed", "records", "How many were changed."),
        count(
            "unchanged",
            "#indicator+num+unchanged",
            "/unchanged",
            "records",
            "How many were there already, just so.",
        ),
        count(
            "left_out",
            "#indicator+num+left_out",
            "/left_out",
            "records",
            "How many were left out.",
        ),
    ],
    place: None,
};

const PROBLEMS: Table = Table {
    name: "problems",
    about: "One thing that is wrong in a file, and where.",
    rows: |answer| inside(answer, "/problems", &[("import", "/id")]),
    columns: &[
        IMPORT,
        FILE,
        text("sheet", "#meta+sheet", "/sheet", "The sheet of the workbook."),
        count("row", "#meta+row", "/row", "", "The row of the sheet, from 1."),
        text("letter", "#meta+letter", "/letter", "The letter of the column in a workbook."),
        text("column", "#meta+column", "/column", "The column of the sheet."),
        text("reason", "#meta+reason", "/reason", "What is wrong, and what is allowed."),
        text("value", "#meta+value", "/value", "The value as it stands there."),
    ],
    place: None,
};

const MADE: Table = Table {
    name: "reports",
    about: "One report, as it was made.",
    rows: data,
    columns: &[
        SCHEDULE,
        PERIOD_END,
        one(Moment, "shows", "#date+shows", "/as_of", "The day that the report shows."),
        one(Moment, "knew", "#date+knew", "/known_at", "What the report knew: by then."),
        one(Moment, "made_at", "#date+made", "/made_at", "When it was made."),
    ],
    place: None,
};

const COPIES: Table = Table {
    name: "copies",
    about: "One copy of a report.",
    rows: |answer| {
        inside(answer, "/copies", &[("schedule", "/schedule"), ("period_end", "/period_end")])
    },
    columns: &[
        SCHEDULE,
        PERIOD_END,
        text(
            "recipient",
            "#meta+recipient",
            "/recipient",
            "Its recipient, where they may be known.",
        ),
        one(
            Flag,
            "is_for_recipient",
            "#meta+for_recipient",
            "/is_for_recipient",
            "Is it for a recipient, or for the folder of reports?",
        ),
        text("language", "#meta+language", "/language", "Its language."),
        text("clearance", "#meta+clearance", "/clearance", "For whom it was made."),
    ],
    place: None,
};

const SENT: Table = Table {
    name: "deliveries",
    about: "One message to one recipient, without what it says.",
    rows: data,
    columns: &[
        ID,
        text(
            "recipient",
            "#meta+recipient",
            "/recipient",
            "Its recipient, where they may be known.",
        ),
        text("channel", "#meta+channel", "/channel", "The way it goes."),
        LEVEL,
        one(Moment, "made_at", "#date+made", "/made_at", "When it was made."),
        SCHEDULE,
        PERIOD_END,
        STATE,
        count(
            "attempts",
            "#indicator+num+attempts",
            "/attempts",
            "attempts",
            "How often it was tried.",
        ),
        one(Moment, "next_at", "#date+next", "/next_at", "When it is tried next."),
        one(Moment, "tried_at", "#date+tried", "/tried_at", "When it was tried last."),
        one(Moment, "done_at", "#date+done", "/done_at", "When it arrived, or was given up."),
        text("problem", "#meta+problem", "/problem", "Why it did not arrive."),
    ],
    place: None,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_lies_inside_a_row_knows_its_row_and_rows_without_any_give_none() {
        let answer = json!({ "data": [
            { "id": "one", "problems": [{ "row": 2 }, { "row": 3 }] }, { "id": "two", "problems": [] },
        ] });
        let rows = (PROBLEMS.rows)(&answer);
        assert_eq!(
            rows,
            [json!({ "import": "one", "row": 2 }), json!({ "import": "one", "row": 3 })]
        );
    }
}
