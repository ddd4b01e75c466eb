//! The windows of a pause: when it holds, how it stands, what is left of it; and what each party answered.

use serde_json::Value;

use super::super::Holds::{Flag, Moment};
use super::super::table::{Answer, Table, count, figure, list, number, one, sources, text};
use super::with;

/// The windows of a pause.
pub const WINDOWS: Answer = Answer { name: "windows", tables: &[EACH, PARTIES] };

const EACH: Table = Table {
    name: "windows",
    about: "One time in which a pause is to hold.",
    rows: |answer| inside(answer, "windows"),
    columns: &[
        text("pause", "#event+code", "/pause", "Code of the pause that the window belongs to."),
        text("title", "#event+name", "/title", "Name of the pause that was asked for."),
        one(Moment, "start", "#date+start", "/start", "When it begins."),
        one(Moment, "end", "#date+end", "/end", "When it ends."),
        text(
            "local_start",
            "#meta+date+start+local",
            "/local_start",
            "The same on the local clock.",
        ),
        text("local_end", "#meta+date+end+local", "/local_end", "The same on the local clock."),
        number("hours", "#indicator+num+hours", "/hours", "hours", "How long it is."),
        text(
            "state",
            "#status",
            "/state",
            "Where it stands, with the weakest of the parties that must agree.",
        ),
        figure(
            "effective_hours",
            "#indicator+num+effective",
            "/effective_hours",
            "hours",
            "Hours it was in force so far, with all who must agree.",
        ),
        figure(
            "hours_lost",
            "#indicator+num+lost",
            "/hours_lost",
            "hours",
            "Hours that were agreed and lost to breaches or to being called off.",
        ),
        count(
            "violations",
            "#indicator+num+violations",
            "/violations/count",
            "violations",
            "Breaches that are told.",
        ),
        one(
            Flag,
            "ended_by_violation",
            "#meta+terminal",
            "/violations/terminal",
            "Did a breach end it?",
        ),
    ],
    place: None,
};

const PARTIES: Table = Table {
    name: "parties",
    about: "What one party answered to the pause.",
    rows: |answer| inside(answer, "parties"),
    columns: &[
        text("pause", "#event+code", "/pause", "Code of the pause."),
        text("party", "#group+code", "/party", "Code of the party."),
        text("name", "#group+name", "/name", "Its name."),
        one(
            Flag,
            "must_agree",
            "#meta+must_agree",
            "/must_agree",
            "Must it agree for the pause to hold?",
        ),
        text("answer", "#access+status", "/answer", "What it answered."),
        text("state", "#status", "/state", "Where the pause stands with it."),
        one(Moment, "since", "#date+since", "/since", "Since when."),
        text("conditions", "#description+conditions", "/conditions", "On which conditions."),
        sources("/source"),
    ],
    place: None,
};

/// The parts in a list of the answer, with the pause that was asked for where they name none.
fn inside(answer: &Value, name: &str) -> Vec<Value> {
    let parts = list(answer, &format!("/{name}"));
    let of = |part: &Value| {
        let pause = part.get("pause").unwrap_or(&answer["pause"]).clone();
        with(part, &[("pause", pause), ("title", answer["title"].clone())])
    };
    parts.iter().map(of).collect()
}
