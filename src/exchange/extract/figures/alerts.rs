//! Alerts as they are, and what became of them.

use super::super::Holds::Moment;
use super::super::table::{Answer, Col, Table, list, number, one, sources, text};

/// What needs attention.
pub const ALERTS: Answer = Answer { name: "alerts", tables: &[NOW] };

/// What became of alerts.
pub const HISTORY: Answer = Answer { name: "alerts_history", tables: &[PAST] };

const KEY: Col = text("key", "#meta+id", "/key", "The same finding keeps its key.");
const RULE: Col = text("rule", "#event+type", "/rule", "The rule that found it.");
const SEVERITY: Col =
    text("severity", "#severity", "/severity", "How grave it is: low, medium, high, critical.");
const KIND: Col =
    text("subject_kind", "#meta+kind", "/subject/kind", "The kind of record that it is about.");
const SUBJECT: Col = text("subject", "#meta+code", "/subject/code", "The code of that record.");
const NAME: Col = text("subject_name", "#meta+name", "/subject/name", "Its name.");
const AREAS: Col = text("areas", "#loc+code+list", "/areas", "The areas that it touches.");
const TEXT: Col = text("text", "#description", "/text", "What was found, in one sentence.");
const STATE: Col = text(
    "state",
    "#status",
    "/life/state",
    "Raised, acknowledged, silenced or resolved; empty where it was not looked for yet.",
);
const RAISED: Col =
    one(Moment, "raised_at", "#date+start", "/life/raised_at", "When it was raised.");

const NOW: Table = Table {
    name: "alerts",
    about: "One thing that needs attention.",
    rows: |answer| list(answer, "/data"),
    columns: &[
        KEY,
        RULE,
        SEVERITY,
        KIND,
        SUBJECT,
        NAME,
        AREAS,
        TEXT,
        one(
            Moment,
            "since",
            "#date+since",
            "/since",
            "Since when it has been so, where that can be told.",
        ),
        STATE,
        RAISED,
        one(Moment, "updated_at", "#date+updated", "/life/updated_at", "When it last changed."),
        sources("/sources"),
    ],
    place: Some("/areas"),
};

const PAST: Table = Table {
    name: "alerts_history",
    about: "One time in which an alert was open.",
    rows: |answer| list(answer, "/data"),
    columns: &[
        KEY,
        RULE,
        SEVERITY,
        KIND,
        SUBJECT,
        NAME,
        AREAS,
        TEXT,
        STATE,
        text("gravest", "#severity+max", "/life/gravest", "How grave it was at its worst."),
        RAISED,
        one(
            Moment,
            "resolved_at",
            "#date+end",
            "/life/resolved_at",
            "When it was over; empty while it is open.",
        ),
        number(
            "hours",
            "#indicator+num+hours",
            "/hours",
            "hours",
            "How long it lasted, or has lasted so far.",
        ),
        one(
            Moment,
            "acknowledged_at",
            "#date+acknowledged",
            "/life/acknowledged/at",
            "When somebody took it on.",
        ),
    ],
    place: Some("/areas"),
};
