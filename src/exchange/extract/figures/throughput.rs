//! What a pause would let through: in all, window by window, and what would change it.

use serde_json::Value;

use super::super::Holds::Moment;
use super::super::table::{Answer, Col, Table, count, figure, list, number, one, sources, text};
use super::each_with;

/// What a pause would let through.
pub const THROUGHPUT: Answer =
    Answer { name: "throughput", tables: &[ALL, SEGMENTS, LEVERS, LENGTHS] };

const PAUSE: Col = text("pause", "#event+code", "/pause", "Code of the pause.");
const LOADS: Col =
    count("loads", "#output+num+loads", "/loads", "truckloads", "Truckloads that get through.");

const ALL: Table = Table {
    name: "throughput",
    about: "What the pause would let through in the period, under the logistics that were asked for.",
    rows: |answer| vec![answer.clone()],
    columns: &[
        PAUSE,
        text("status", "#meta+status", "/status", "ok, or what is missing."),
        text("sentence", "#description", "/sentence", "The answer in words."),
        one(Moment, "from", "#date+start", "/from", "The period begins."),
        one(Moment, "to", "#date+end", "/to", "The period ends."),
        LOADS,
        count(
            "loads_bound",
            "#output+num+loads+max",
            "/loads_bound",
            "truckloads",
            "No more than these could get through, however they are sent.",
        ),
        text("bottleneck", "#meta+bottleneck", "/bottleneck", "What holds the trucks up most."),
        number("tonnes", "#output+num+tonnes", "/tonnes", "tonnes", "Weight of the loads."),
        number(
            "person_days",
            "#indicator+num+person_days",
            "/person_days",
            "person-days at 2,100 kcal",
            "Food in the loads after losses.",
        ),
        number(
            "expected_person_days",
            "#indicator+num+expected",
            "/expected_person_days",
            "person-days at 2,100 kcal",
            "The same times the chance that the pause is kept.",
        ),
        number(
            "honour_probability",
            "#indicator+num+probability",
            "/honour_probability",
            "probability",
            "The chance that the pause is kept.",
        ),
        number(
            "people_fed_for_days",
            "#indicator+num+fed",
            "/people_fed_for_days",
            "people",
            "People fed for the days asked for.",
        ),
        number("days", "#indicator+num+days", "/days", "days", "For how long people are fed."),
        figure("people", "#population", "/people/people", "people", "The people there."),
        figure(
            "windows_needed",
            "#indicator+num+windows+needed",
            "/plan/windows_needed",
            "windows",
            "Windows that would meet the need, were each kept.",
        ),
        figure(
            "windows_to_agree",
            "#indicator+num+windows+agree",
            "/plan/windows_to_agree",
            "windows",
            "Windows to agree on so that enough are kept with the confidence asked for.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        sources("/sources"),
    ],
    place: None,
};

const SEGMENTS: Table = Table {
    name: "segments",
    about: "One stretch of daylight in a window, in which trucks may drive.",
    rows: |answer| {
        let of_window = |window: Value| list(&window, "/segments");
        let windows = list(answer, "/windows").into_iter();
        of_pause(answer, &windows.flat_map(of_window).collect::<Vec<_>>())
    },
    columns: &[
        PAUSE,
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
        LOADS,
        count(
            "loads_bound",
            "#output+num+loads+max",
            "/loads_bound",
            "truckloads",
            "No more than these could get through.",
        ),
        text("binding", "#meta+bottleneck", "/binding", "What holds the trucks up."),
        count(
            "trips_per_truck",
            "#indicator+num+trips",
            "/trips_per_truck",
            "trips",
            "How many times one truck can go.",
        ),
    ],
    place: None,
};

const LEVERS: Table = Table {
    name: "levers",
    about: "What one change would do, all else as it is; effects of two changes are never added up.",
    rows: |answer| of_pause(answer, &list(answer, "/sensitivity")),
    columns: &[
        PAUSE,
        text("lever", "#meta+lever", "/lever", "What is changed."),
        number("from", "#indicator+num+from", "/from", "", "What it is now."),
        number("to", "#indicator+num+to", "/to", "", "What it would be."),
        LOADS,
        count(
            "more_loads",
            "#output+num+loads+more",
            "/more_loads",
            "truckloads",
            "Truckloads more than now; fewer if negative.",
        ),
        number(
            "gain",
            "#indicator+num+gain",
            "/gain",
            "share",
            "The same as a share of those now; empty where nothing gets through now.",
        ),
        text("sentence", "#description", "/sentence", "The same in words."),
    ],
    place: None,
};

const LENGTHS: Table = Table {
    name: "lengths",
    about: "What a pause of another length would let through.",
    rows: |answer| of_pause(answer, &list(answer, "/by_length")),
    columns: &[
        PAUSE,
        number("hours", "#indicator+num+hours", "/hours", "hours", "How long the pause would be."),
        LOADS,
    ],
    place: None,
};

fn of_pause(answer: &Value, rows: &[Value]) -> Vec<Value> {
    each_with(rows, &[("pause", answer["pause"].clone())])
}
