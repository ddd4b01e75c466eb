//! Pauses as a calendar, with everything that a clock can do to them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use passage::assess::delivery::AssumedRation;
use passage::domain::{Kind, Sensitivity, draft};
use passage::exchange::ical;
use passage::situation::pause::windows::{WindowsQuestion, windows};
use passage::situation::{Situation, World};
use passage::store::{Seen, Stored};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{end_of, write};

fn put(world: &mut World, kind: Kind, code: &str, body: &Value) {
    let draft = draft(kind, body).unwrap_or_else(|problems| panic!("{code}: {problems}"));
    let number = blake3::hash(format!("{kind} {code}").as_bytes());
    let id = Uuid::from_slice(&number.as_bytes()[..16]).unwrap();
    let learned_at = end_of("2016-01-01");
    let seen = Seen { level: draft.sensitivity.or(Some(Sensitivity::Internal)), ..Seen::default() };
    let stored = Stored {
        kind,
        id,
        code: code.to_owned(),
        version: 7,
        recorded_at: learned_at,
        learned_at,
        retired_at: None,
        withdrawn: false,
        body: draft.body.to_string(),
        seen,
    };
    world.put(stored, AssumedRation { kcal: 1700.0, days: 30.0 }).unwrap();
}

/// Three places with clocks of their own, two parties, and these pauses.
pub(super) fn world(pauses: &[(String, Value)]) -> Arc<World> {
    let mut world = World::default();
    for (code, english, arabic, zone) in [
        ("aleppo", "Eastern Aleppo", "شرق حلب", "Asia/Damascus"),
        ("gaza", "Gaza City", "مدينة غزة", "Asia/Gaza"),
        ("fasher", "El Fasher", "الفاشر", "Africa/Khartoum"),
    ] {
        let body = json!({ "names": { "en": english, "ar": arabic }, "time_zone": zone });
        put(&mut world, Kind::Area, code, &body);
    }
    put(
        &mut world,
        Kind::Party,
        "gov",
        &json!({ "names": { "en": "Government", "ar": "الحكومة" } }),
    );
    put(&mut world, Kind::Party, "nsag", &json!({ "names": "Armed groups" }));
    for (code, body) in pauses {
        put(&mut world, Kind::Pause, code, body);
    }
    Arc::new(world)
}

pub(super) fn situation(world: &Arc<World>, day: &str) -> Situation {
    Situation { world: Arc::clone(world), as_of: end_of(day), known_at: end_of(day) }
}

/// A pause that both parties agreed to, with these fields.
fn agreed(code: &str, area: &str, fields: &Value) -> (String, Value) {
    let yes = |party: &str| json!({ "party": party, "answer": "agreed", "at": "2016-01-02" });
    let mut pause = json!({ "title": format!("Pause {code}"), "pause_type": "requested", "asked_by": "UN",
        "announced_on": "2016-01-01", "parties": ["gov", "nsag"], "areas": [area], "answers": [yes("gov"), yes("nsag")] });
    for (name, value) in fields.as_object().unwrap() {
        pause[name] = value.clone();
    }
    (code.to_owned(), pause)
}

fn every_kind_of_clock() -> Vec<(String, Value)> {
    let pauses = json!([
        ["weekly", "aleppo", { "start": "2016-07-28", "start_local": "10:00", "duration_hours": 48, "every_days": 7 }],
        ["night", "aleppo", { "start": "2016-10-20", "start_local": "22:00", "end_local": "06:00", "every_days": 1,
            "end": "2016-11-05" }],
        ["nominal", "aleppo", { "start": "2016-03-01", "start_local": "00:30", "duration_hours": 24,
            "duration_mode": "nominal", "recurrence": "FREQ=WEEKLY;BYDAY=FR;COUNT=12" }],
        ["gap", "aleppo", { "start": "2016-03-20", "start_local": "00:30", "duration_hours": 0.75,
            "duration_mode": "nominal", "every_days": 1, "end": "2016-03-31" }],
        ["monthly", "aleppo", { "start": "2016-06-15", "start_local": "08:00", "duration_hours": 11,
            "recurrence": "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20161231" }],
        ["twice", "aleppo", { "start": "2016-08-01", "start_local": "06:00", "end_local": "20:00",
            "recurrence": "freq=daily;byhour=6,14;count=10" }],
        ["second", "aleppo", { "start": "2016-10-27T21:30:00Z", "end": "2016-10-28T06:00:00Z" }],
        ["cut", "aleppo", { "start": "2016-08-01T05:00:00Z", "end": "2016-08-05T06:30:00Z", "every_days": 1,
            "duration_hours": 9.5 }],
        ["daily", "gaza", { "start": "2025-07-27", "start_local": "10:00", "end_local": "20:00", "every_days": 1,
            "announced_on": "2025-07-26" }],
        ["corridor", "gaza", { "start": "2025-07-27", "start_local": "06:00", "end_local": "23:00", "every_days": 1,
            "end": "2025-11-30", "pause_type": "corridor" }],
        ["once", "fasher", { "start": "2025-06-28", "start_local": "12:00", "duration_hours": 168 }],
        ["utc", "aleppo", { "start": "2016-09-01", "start_local": "10:00", "duration_hours": 3, "every_days": 2,
            "end": "2016-09-20", "time_zone": "UTC" }],
    ]);
    let pauses = pauses.as_array().unwrap().iter();
    pauses.map(|p| agreed(p[0].as_str().unwrap(), p[1].as_str().unwrap(), &p[2])).collect()
}

/// What Passage itself says of each pause in a time, for an independent reader to find again.
fn told(situation: &Situation, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Value {
    let question = WindowsQuestion { from: Some(from), to: Some(to) };
    let pauses = situation.world.pauses.iter().map(|pause| {
        let found = windows(situation, pause, &question).unwrap();
        let windows: Vec<Value> =
            found.windows.iter().map(|w| json!([w.start.timestamp(), w.end.timestamp()])).collect();
        json!({ "uid": pause.id, "code": pause.code, "windows": windows })
    });
    let pauses: Vec<Value> = pauses.collect();
    json!({ "from": from.timestamp(), "to": to.timestamp(), "pauses": pauses })
}

#[test]
fn every_window_is_in_the_calendar_as_passage_tells_it() {
    let situation = situation(&world(&every_kind_of_clock()), "2025-09-01");
    let text = ical::pauses(&situation);
    write("pauses.ics", &text);
    let at = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
    for (name, from, to) in
        [("2016", "2016-01-01", "2017-06-01"), ("2025", "2025-06-01", "2026-12-01")]
    {
        let told = told(&situation, (at(from), at(to)));
        let count: usize = told["pauses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["windows"].as_array().unwrap().len())
            .sum();
        assert!(count > 100, "{name}: {count} windows");
        write(&format!("pauses.{name}.windows.json"), &told.to_string());
    }
    let unfolded = text.replace("\r\n ", "");
    for line in [
        "DTSTART;TZID=Asia/Damascus:20160728T100000",
        "DURATION:PT48H",
        "RRULE:FREQ=DAILY;INTERVAL=7",
        // The Friday on which 00:30 is not shown has an event of its own, as has the week of October.
        "RECURRENCE-ID;TZID=Asia/Damascus:20160325T003000",
        "EXDATE;TZID=Asia/Damascus:20160325T003000",
        "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20160519T213000Z",
        "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20161205T060000Z",
        "DTSTART:20161027T213000Z",
        "RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20160919T100000Z",
        "DTSTART:20160901T100000Z",
        "LOCATION:Eastern Aleppo (شرق حلب)",
        "CLASS:PRIVATE",
    ] {
        assert!(unfolded.contains(&format!("\r\n{line}\r\n")), "{line} is not in\n{unfolded}");
    }
    assert_eq!(unfolded.matches("BEGIN:VTIMEZONE").count(), 3, "a zone for each clock but UTC");
}

/// The properties of the event of a pause, unfolded.
fn event(text: &str, title: &str) -> String {
    let unfolded = text.replace("\r\n ", "");
    let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let found = events.filter(|event| event.contains(&format!("SUMMARY:{title}")));
    found
        .map(|event| event.split("END:VEVENT").next().unwrap().to_owned())
        .next()
        .unwrap_or_default()
}

fn status(text: &str, title: &str) -> String {
    let event = event(text, title);
    event.lines().find_map(|line| line.strip_prefix("STATUS:")).unwrap_or("none").to_owned()
}

/// Pauses of three weeks of July 2016, by what the parties said of them.
fn answered() -> Vec<(String, Value)> {
    let yes = |party: &str| json!({ "party": party, "answer": "agreed", "at": "2016-06-20" });
    let nsag = |answer: &str, at: &str| json!({ "party": "nsag", "answer": answer, "at": at });
    let with = |code: &str, answers: Value, violations: Value| {
        let (start, end) = ("2016-07-01", "2016-07-20");
        let fields =
            json!({ "start": start, "end": end, "answers": answers, "violations": violations });
        agreed(code, "fasher", &fields)
    };
    let both = |more: Value| json!([yes("gov"), yes("nsag"), more]);
    let gov = |more: Value| json!([yes("gov"), more]);
    vec![
        with("open", json!([yes("gov")]), json!([])),
        with("talk", gov(nsag("willing_to_discuss", "2016-06-21")), json!([])),
        with("refused", gov(nsag("refused", "2016-06-21")), json!([])),
        with("withdrawn", both(nsag("withdrawn", "2016-07-10")), json!([])),
        with("late", both(nsag("refused", "2016-07-25")), json!([])),
        with("both", gov(yes("nsag")), json!([])),
        with("broken", gov(yes("nsag")), json!([{ "at": "2016-07-05", "terminal": true }])),
        with("strained", gov(yes("nsag")), json!([{ "at": "2016-07-05" }])),
        agreed(
            "endorsed",
            "fasher",
            &json!({ "pause_type": "endorsement", "start": "2016-07-01" }),
        ),
    ]
}

#[test]
fn a_pause_is_confirmed_only_where_every_party_agreed() {
    let world = world(&answered());
    let during = ical::pauses(&situation(&world, "2016-07-15"));
    let expected = [
        ("open", "TENTATIVE"),
        ("talk", "TENTATIVE"),
        ("refused", "CANCELLED"),
        ("withdrawn", "CANCELLED"),
        ("late", "CONFIRMED"),
        ("both", "CONFIRMED"),
        ("broken", "CANCELLED"),
        ("strained", "CONFIRMED"),
        ("endorsed", "none"),
    ];
    for (code, stands) in expected {
        assert_eq!(status(&during, &format!("Pause {code}")), stands, "{code}");
    }
    assert_eq!(
        status(&ical::pauses(&situation(&world, "2016-08-01")), "Pause open"),
        "CANCELLED",
        "it has passed"
    );
    let open = event(&during, "Pause open");
    assert!(open.contains("SUMMARY:Pause open (not agreed)"), "{open}");
    assert!(open.contains("Government: agreed\\, 2016-06-20."), "{open}");
    assert!(open.contains("Armed groups: no answer is known."), "{open}");
    write("answers.ics", &during);
}

#[test]
fn what_cannot_be_placed_in_time_is_counted_and_what_is_not_known_is_said() {
    let with = |code: &str, fields: Value| agreed(code, "aleppo", &fields);
    let pauses = [
        with("unknown", json!({ "duration_hours": 48 })),
        with(
            "month",
            json!({ "start": "2016-07-01", "date_precision": "month", "duration_hours": 48 }),
        ),
        with(
            "sunset",
            json!({ "start": "2016-07-01", "start_local": "10:00", "end_local": "sunset", "every_days": 1 }),
        ),
        with("later", json!({ "start": "2016-09-01", "announced_on": "2016-08-20" })),
        with("ceasefire", json!({ "start": "2016-07-02" })),
        with(
            "words",
            json!({ "start": "2016-07-02", "duration_hours": 48, "recurrence": "as needed" }),
        ),
        with("longer", json!({ "start": "2016-07-04", "duration_hours": 72 })),
        with("still longer", json!({ "extends": "longer", "duration_hours": 24, "answers": [] })),
        with("round", json!({ "extends": "about", "start": "2016-07-04", "duration_hours": 1 })),
        with(
            "about",
            json!({ "extends": "round", "start": "2016-07-04", "duration_hours": 1, "sensitivity": "confidential" }),
        ),
    ];
    let text = ical::pauses(&situation(&world(&pauses), "2016-08-01"));
    let unfolded = text.replace("\r\n ", "");
    let about = unfolded.lines().find_map(|line| line.strip_prefix("X-WR-CALDESC:")).unwrap();
    assert!(about.contains("6 shown"), "{about}");
    assert!(about.contains("Not shown: 2\\, because it is not known when they begin."), "{about}");
    assert!(about.contains("Not shown: 1\\, because they begin or end at sunset"), "{about}");
    let open = event(&text, "Pause ceasefire");
    assert!(!open.contains("DTEND") && !open.contains("DURATION"), "{open}");
    assert!(open.contains("No end is set") && open.contains("00:00 local time"), "{open}");
    let words = event(&text, "Pause words");
    assert!(words.contains("only the first time is shown") && !words.contains("RRULE"), "{words}");
    let longer = event(&text, "Pause still longer");
    assert!(longer.contains("DTSTART;TZID=Asia/Damascus:20160707T000000"), "{longer}");
    assert!(
        longer.contains("STATUS:CANCELLED") && longer.contains("RELATED-TO:"),
        "nobody agreed to it: {longer}"
    );
    assert!(event(&text, "Pause about").contains("CLASS:CONFIDENTIAL"));
    write("unknown.ics", &text);
}
