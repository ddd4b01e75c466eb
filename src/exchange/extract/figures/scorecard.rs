//! The access scorecard: who was asked, what was answered, how long it took; and what sources published of it.

use serde_json::Value;

use super::super::Holds::Moment;
use super::super::table::{Answer, Table, count, figure, list, number, one, sources, text};
use super::{FROM, TO, data_in_period, in_period, with};

/// Who was asked for access and what was answered.
pub const SCORECARD: Answer = Answer { name: "scorecard", tables: &[ROWS, PUBLISHED] };

const ROWS: Table = Table {
    name: "scorecard",
    about: "Single requests to one authority, of one month or for one area, as was asked for.",
    rows: data_in_period,
    columns: &[
        text("group", "#meta+group", "/group", "A code or a month; empty where nobody told."),
        text("name", "#meta+group+name", "/name", "Its name, where it has one."),
        text(
            "areas",
            "#loc+code+list",
            "/places/areas",
            "The areas of the row, never split; where rows are areas.",
        ),
        FROM,
        TO,
        count("asked", "#indicator+num+requests", "/asked", "requests", "Requests that were made."),
        count(
            "approved",
            "#indicator+num+approved",
            "/answers/approved",
            "requests",
            "Approved as asked.",
        ),
        count(
            "approved_with_conditions",
            "#indicator+num+conditions",
            "/answers/approved_with_conditions",
            "requests",
            "Approved with conditions.",
        ),
        count(
            "partly_approved",
            "#indicator+num+partly",
            "/answers/partly_approved",
            "requests",
            "Approved in part.",
        ),
        count("denied", "#indicator+num+denied", "/answers/denied", "requests", "Denied."),
        count(
            "no_answer",
            "#indicator+num+no_answer",
            "/answers/no_answer",
            "requests",
            "Never answered.",
        ),
        count(
            "pending",
            "#indicator+num+pending",
            "/answers/pending",
            "requests",
            "Not answered yet.",
        ),
        count(
            "answer_unknown",
            "#indicator+num+unknown",
            "/answers/unknown",
            "requests",
            "Nobody told what was answered.",
        ),
        figure(
            "people_requested",
            "#targeted+requested",
            "/people/asked_for",
            "people",
            "People that access was asked for.",
        ),
        count(
            "people_requested_unknown",
            "#indicator+num+requests+unknown",
            "/people/asked_for/unknown",
            "requests",
            "Requests whose people are not known, and not in the sum.",
        ),
        count(
            "both_known",
            "#indicator+num+both",
            "/people/both_known/requests",
            "requests",
            "Requests whose people asked for and approved are both known.",
        ),
        figure(
            "both_known_requested",
            "#targeted+requested+both",
            "/people/both_known/people_requested",
            "people",
            "People asked for in these.",
        ),
        figure(
            "both_known_approved",
            "#targeted+approved+both",
            "/people/both_known/people_approved",
            "people",
            "People approved in these.",
        ),
        figure(
            "approved_share",
            "#indicator+num+approved+share",
            "/people/both_known/approved_share",
            "share",
            "The one over the other.",
        ),
        figure(
            "answer_hours_median",
            "#indicator+num+hours",
            "/answer_hours/median",
            "hours",
            "Median time to an answer.",
        ),
        count(
            "answer_hours_requests",
            "#indicator+num+hours+requests",
            "/answer_hours/requests",
            "requests",
            "Requests that this median rests on.",
        ),
        count(
            "open",
            "#indicator+num+open",
            "/open/requests",
            "requests",
            "Requests that are open.",
        ),
        figure(
            "open_median_days",
            "#indicator+num+open+days",
            "/open/median_days",
            "days",
            "Median age of these.",
        ),
        number(
            "open_oldest_days_at_least",
            "#indicator+num+open+oldest",
            "/open/oldest_days_at_least",
            "days",
            "Age of the oldest, at least.",
        ),
        count(
            "published_counts",
            "#indicator+num+published",
            "/published_total",
            "counts",
            "Published counts of the row; they are in the table published and never added.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        count(
            "records",
            "#meta+num+records",
            "/records/total",
            "records",
            "Records that the row rests on.",
        ),
        count("sources", "#meta+num+sources", "/sources/total", "sources", "Sources of these."),
    ],
    place: None,
};

const PUBLISHED: Table = Table {
    name: "published",
    about: "A count of requests as its source gives it. Such counts overlap and have no sum.",
    rows: |answer| in_period(answer, &published(answer)),
    columns: &[
        text("group", "#meta+group", "/group", "The row of the scorecard it belongs to."),
        FROM,
        TO,
        text("record", "#meta+code", "/code", "The code of the record."),
        text("title", "#activity+name", "/title", "What was asked, in short."),
        text("authority", "#org+authority+code", "/authority", "Who was asked."),
        text("areas", "#loc+code+list", "/areas", "For which areas."),
        text("area_groups", "#loc+group+list", "/area_groups", "For which groups of areas."),
        one(Moment, "date", "#date", "/date", "The day it is counted under."),
        one(Moment, "period_from", "#date+start+asked", "/period_from", "First day asked for."),
        one(Moment, "period_to", "#date+end+asked", "/period_to", "Last day asked for."),
        text("answer", "#access+status", "/answer", "The answer as a whole."),
        text("counted", "#meta+counted", "/counted", "What the four count."),
        figure("asked", "#indicator+num+requests", "/asked", "", "How many were asked for."),
        figure("granted", "#indicator+num+granted", "/granted", "", "How many were granted."),
        figure("denied", "#indicator+num+denied", "/denied", "", "How many were denied."),
        figure(
            "unanswered",
            "#indicator+num+no_answer",
            "/unanswered",
            "",
            "How many got no answer.",
        ),
        figure(
            "left_open",
            "#indicator+num+open",
            "/left_open",
            "",
            "Asked for, and no source tells what became of them.",
        ),
        number(
            "difference",
            "#indicator+num+difference",
            "/difference",
            "",
            "By how much the parts miss the whole; above zero, the parts are more.",
        ),
        figure(
            "people_requested",
            "#targeted+requested",
            "/people_requested",
            "people",
            "People asked for.",
        ),
        figure(
            "people_approved",
            "#targeted+approved",
            "/people_approved",
            "people",
            "People approved.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        sources("/source"),
    ],
    place: None,
};

fn published(answer: &Value) -> Vec<Value> {
    let of = |row: Value| {
        let group = row["group"].clone();
        let counts = list(&row, "/published").into_iter();
        counts.map(move |count| with(&count, &[("group", group.clone())])).collect::<Vec<_>>()
    };
    list(answer, "/data").into_iter().flat_map(of).collect()
}
