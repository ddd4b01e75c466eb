//! G7: a clock that jumps, or is wrong, misses no report, makes none twice, and hides and reorders nothing.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;
use passage::domain::{Schedule, typed};
use passage::jobs::schedule::{due, next};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Program, Variables, log_path, look_into, start_with};
use crate::rounds::{Rounds, Tally, alone};

/// How long a report may take to come after its time: the longest sleep of the program, and a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Random jumps in simulated time, of one round.
const JUMPS: u32 = 50;

/// A report every ten seconds: a missed hour would be 360.
const OFTEN: &str = "*/10 * * * * *";

#[test]
fn a_clock_that_jumps_misses_nothing_and_doubles_nothing() {
    let _turn = alone();
    let mut rounds = Rounds::new("G7", 1, 20);
    rounds.run(|round, tally| {
        if round == 0 {
            eight_cases();
        }
        jump_about(u64::from(round), tally);
    });
    let told = format!(
        "8 cases on the program (+3 y, -1 h, +1 h, two edges of summer time, leap second, before it was written, --now) and {} random jumps in simulated time ({} reports): none missed, none doubled, no order changed",
        rounds.tally.count("jumps"),
        rounds.tally.count("reports"),
    );
    rounds.tell(&told, true);
}

/// They mostly wait, so they wait together.
fn eight_cases() {
    let cases: [fn(); 6] = [
        started_three_years_ahead_and_set_right,
        set_back_an_hour_while_it_runs,
        set_forward_an_hour_while_it_runs,
        summer_time_begins,
        summer_time_ends,
        the_rest,
    ];
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.into_iter().map(|case| scope.spawn(case)).collect();
        for case in running {
            case.join().unwrap();
        }
    });
}

fn the_rest() {
    a_clock_before_it_was_written_is_refused_unless_it_lives_at_another_time();
    a_leap_second_is_taken();
}

/// A program whose clock a file says.
pub struct Faked {
    home: TempDir,
}

impl Faked {
    fn new(cron: &str, zone: &str) -> Self {
        Self::with(&format!(
            "[[schedule]]\nname = 'often'\ncron = '{cron}'\ntime_zone = '{zone}'\nperiod_days = 1\n"
        ))
    }

    /// With these settings.
    pub fn with(settings: &str) -> Self {
        let faked = Self { home: tempfile::tempdir().unwrap() };
        fs::create_dir(faked.data()).unwrap();
        fs::write(faked.data().join("config.toml"), settings).unwrap();
        faked
    }

    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Sets the clock this far from the true one.
    pub fn set(&self, offset: TimeDelta) {
        let beside = self.home.path().join("next");
        fs::write(&beside, format!("{:+}\n", offset.num_seconds())).unwrap();
        fs::rename(beside, self.home.path().join("clock")).unwrap();
    }

    fn variables(&self) -> Variables {
        let clock = self.home.path().join("clock").display().to_string();
        let named = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        // Only the time of day jumps: what counts seconds goes on as a real clock does.
        [
            ("LD_PRELOAD", library().to_str().unwrap()),
            ("FAKETIME_TIMESTAMP_FILE", &clock),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
        ]
        .map(named)
        .to_vec()
    }

    pub fn start(&self, token: Option<&str>) -> Program {
        start_with(&self.data(), token, &self.variables(), &[]).unwrap()
    }

    /// The ends of the periods of the reports that were made.
    fn reports(&self) -> Vec<DateTime<Utc>> {
        let file = look_into(&self.data());
        let mut question = file.prepare("SELECT period_end FROM report").unwrap();
        let ends = question.query_map([], |row| row.get(0)).unwrap();
        ends.map(|end| DateTime::from_timestamp_millis(end.unwrap()).unwrap()).collect()
    }

    /// Waits until there is a report of a period that ends in these bounds.
    fn wait_for(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let begun = Instant::now();
        loop {
            let reports = self.reports();
            if let Some(end) = reports.iter().find(|end| (from..=to).contains(*end)) {
                return *end;
            }
            assert!(begun.elapsed() < PATIENCE, "no report from {from} to {to}: {reports:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub fn log(&self) -> String {
        fs::read_to_string(log_path(&self.data())).unwrap()
    }
}

/// The library that fakes the time.
fn library() -> PathBuf {
    let folders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    let path = |folder: &&str| Path::new(folder).join("faketime/libfaketimeMT.so.1");
    let found = folders.iter().map(path).find(|path| path.exists());
    found.expect("libfaketime is needed to set the clock of a process: apt-get install faketime")
}

#[expect(clippy::disallowed_methods, reason = "the clock that is faked is this one")]
fn true_now() -> DateTime<Utc> {
    Utc::now()
}

/// Writes a record and gives its place in the ledger.
fn write(program: &Program, code: &str) -> i64 {
    let answer = program.post("/api/v1/areas", &json!({ "code": code, "names": code }));
    assert_eq!(answer.status().as_u16(), 201, "{code}");
    answer.json::<Value>().unwrap()["version"].as_i64().unwrap()
}

/// Every record that was written is found, and the feed tells them in the order in which they were written.
fn assert_all_in_order(program: &Program, codes: &[&str]) {
    let page = program.read("/api/v1/changes");
    let told: Vec<&str> =
        page["data"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(told, codes, "in the order in which they were written");
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(program.read("/api/v1/areas")["total"], distinct.len(), "none is hidden");
    for code in distinct {
        assert_eq!(program.read(&format!("/api/v1/areas/{code}"))["code"], code);
    }
}

/// Changes a record that was written under another time, and reads the change.
fn revise(program: &Program, code: &str, version: i64) {
    let path = format!("/api/v1/areas/{code}");
    let ask = program.ask(reqwest::Method::PUT, &path).header("If-Match", format!("\"{version}\""));
    let answer = ask.json(&json!({ "names": "changed" })).send().unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{code}");
    let names = program.read(&path)["names"].to_string();
    assert!(names.contains("changed"), "{code}: {names}");
    assert_eq!(program.read(&format!("{path}/history"))["total"], 2);
}

fn assert_none_twice(reports: &[DateTime<Utc>]) {
    let distinct: BTreeSet<_> = reports.iter().collect();
    assert_eq!(distinct.len(), reports.len(), "{reports:?}");
}

fn started_three_years_ahead_and_set_right() {
    let faked = Faked::new(OFTEN, "UTC");
    let ahead = TimeDelta::days(3 * 365);
    faked.set(ahead);
    let program = faked.start(None);
    let version = write(&program, "a");
    let begun = true_now();
    faked.wait_for(begun + ahead - TimeDelta::seconds(20), begun + ahead + TimeDelta::minutes(2));
    let token = program.token.clone();
    drop(program);
    faked.set(TimeDelta::zero());
    let program = faked.start(Some(&token));
    write(&program, "b");
    assert_all_in_order(&program, &["a", "b"]);
    revise(&program, "a", version);
    let begun = true_now();
    faked.wait_for(begun - TimeDelta::seconds(20), begun + TimeDelta::minutes(2));
    assert_none_twice(&faked.reports());
}

fn set_back_an_hour_while_it_runs() {
    jump_while_it_runs(TimeDelta::hours(-1));
}

fn set_forward_an_hour_while_it_runs() {
    jump_while_it_runs(TimeDelta::hours(1));
}

fn jump_while_it_runs(offset: TimeDelta) {
    let faked = Faked::new(OFTEN, "UTC");
    faked.set(TimeDelta::zero());
    let program = faked.start(None);
    let version = write(&program, "a");
    let begun = true_now();
    faked.wait_for(begun - TimeDelta::seconds(20), begun + TimeDelta::minutes(2));
    let before = faked.reports().len();
    faked.set(offset);
    let jumped = true_now() + offset;
    write(&program, "b");
    assert_all_in_order(&program, &["a", "b"]);
    revise(&program, "a", version);
    faked.wait_for(jumped - TimeDelta::seconds(20), jumped + TimeDelta::minutes(2));
    let reports = faked.reports();
    assert_none_twice(&reports);
    // An hour is 360 periods: only the latest is made up, and what came due since.
    let since = usize::try_from((true_now() + offset - jumped).num_seconds() / 10).unwrap() + 3;
    assert!(reports.len() - before <= since, "no mass of reports: {reports:?}");
    let begun = Instant::now();
    while !faked.log().contains("The clock jumped by") {
        assert!(begun.elapsed() < PATIENCE, "the jump is told: {}", faked.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(!faked.log().contains("panicked"), "{}", faked.log());
}

/// 02:30 does not come on the day on which 02:00 becomes 03:00: it is due at 03:00, which is 01:00 UTC.
fn summer_time_begins() {
    assert_one_report_at("2027-03-28T01:00:00Z");
}

/// 02:30 comes twice on the day on which 03:00 becomes 02:00: it is due the first time, and not an hour later.
fn summer_time_ends() {
    assert_one_report_at("2027-10-31T00:30:00Z");
}

fn assert_one_report_at(due: &str) {
    let due: DateTime<Utc> = due.parse().unwrap();
    let faked = Faked::new("30 2 * * *", "Europe/Berlin");
    let at = |moment: DateTime<Utc>| faked.set(moment - true_now());
    at(due - TimeDelta::seconds(8));
    let program = faked.start(None);
    write(&program, "a");
    faked.wait_for(due, due);
    // An hour later on the wall of UTC the clock shows 02:30 the second time, or 03:30.
    at(due + TimeDelta::hours(1) - TimeDelta::seconds(5));
    let begun = Instant::now();
    while !faked.log().contains("The clock jumped by") {
        assert!(begun.elapsed() < PATIENCE, "the jump is told: {}", faked.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(Duration::from_secs(2));
    let near = |end: &&DateTime<Utc>| **end >= due - TimeDelta::hours(3);
    let reports = faked.reports();
    assert_eq!(reports.iter().filter(near).collect::<Vec<_>>(), [&due], "{reports:?}");
}

fn a_clock_before_it_was_written_is_refused_unless_it_lives_at_another_time() {
    let faked = Faked::new(OFTEN, "UTC");
    faked.set("2001-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap() - true_now());
    let refused = start_with(&faked.data(), None, &faked.variables(), &[]);
    assert!(refused.is_err_and(|status| status.code() == Some(1)), "it does not start");
    let log = faked.log();
    let lines: Vec<&str> = log.lines().filter(|line| line.starts_with("passage: ")).collect();
    assert!(lines.len() == 1 && lines[0].contains("the clock of this machine shows"), "{log}");
    let lived = start_with(&faked.data(), None, &faked.variables(), &["--now", "2016-07-26"]);
    lived.expect("it lives at another time").read("/healthz");
}

fn a_leap_second_is_taken() {
    let faked = Faked::new(OFTEN, "UTC");
    faked.set(TimeDelta::zero());
    let program = faked.start(None);
    let body = json!({ "code": "s", "name": "S", "date": "2016-12-31T23:59:60Z" });
    let answer = program.post("/api/v1/sources", &body);
    let status = answer.status().as_u16();
    let kept: Value = answer.json().unwrap();
    assert_eq!((status, &kept["date"]), (201, &json!("2017-01-01T00:00:00Z")), "{kept}");
    let found = program.read("/api/v1/sources?as_of=2016-12-31T23:59:60Z");
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(program.read("/api/v1/sources?as_of=2016-12-31T23:59:59Z")["total"], 0);
}

/// A clock that jumps between random moments of twenty years, most of them near an edge of summer time.
fn jump_about(seed: u64, tally: &mut Tally) {
    let schedules = [
        ("0 7 * * *", "Asia/Damascus", (7, 0)),
        ("30 0 * * *", "Asia/Damascus", (0, 30)),
        ("30 23 * * *", "Asia/Damascus", (23, 30)),
        ("30 2 * * *", "Europe/Berlin", (2, 30)),
        ("15 1 * * *", "Europe/London", (1, 15)),
        ("45 2 * * *", "Australia/Lord_Howe", (2, 45)),
    ];
    let mut draw = StdRng::seed_from_u64(seed);
    let (cron, zone, (hour, minute)) = schedules[draw.random_range(0..schedules.len())];
    let schedule: Schedule =
        typed(&serde_json::json!({ "cron": cron, "time_zone": zone, "period_days": 1 })).unwrap();
    let zone: Tz = zone.parse().unwrap();
    let at = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let mut kept = BTreeSet::new();
    for _ in 0..JUMPS {
        let begin = somewhere(zone, &mut draw);
        let end = begin + TimeDelta::hours(draw.random_range(1..72));
        live(&schedule, begin, end, &mut kept);
        let should = occurrences(zone, at, begin - TimeDelta::hours(50), end);
        let latest_before = should.iter().rfind(|due| **due <= begin);
        let wanted = should.iter().filter(|due| **due > begin).chain(latest_before);
        let missed: Vec<_> = wanted.filter(|due| !kept.contains(*due)).collect();
        assert!(missed.is_empty(), "seed {seed}, {cron} {zone}, {begin} to {end}: {missed:?}");
        let foreign: Vec<_> = kept.range(begin..=end).filter(|due| !should.contains(due)).collect();
        assert!(foreign.is_empty(), "seed {seed}, {cron} {zone}, {begin} to {end}: {foreign:?}");
        tally.add("jumps", 1);
    }
    tally.add("reports", kept.len());
}

/// Lives as the program does: looks what is due, does it, sleeps until the next or a while.
fn live(
    schedule: &Schedule,
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
    kept: &mut BTreeSet<DateTime<Utc>>,
) {
    let mut now = begin;
    while now <= end {
        let last = kept.range(..=now).next_back().copied();
        let ends = due(schedule, last, now);
        assert!(ends.len() <= 1, "no mass of reports at {now}: {ends:?}");
        for period_end in ends {
            assert!(period_end <= now && kept.insert(period_end), "{period_end} twice, at {now}");
        }
        let pause = next(schedule, now).map_or(TimeDelta::hours(1), |next| next - now);
        assert!(pause > TimeDelta::zero(), "it sleeps at {now}");
        now += pause.min(TimeDelta::hours(1));
    }
}

/// A moment between 2015 and 2034, in half of all cases within a day and a half of a change of the clock.
fn somewhere(zone: Tz, draw: &mut StdRng) -> DateTime<Utc> {
    let first: DateTime<Utc> = "2015-01-01T00:00:00Z".parse().unwrap();
    let mut moment = first + TimeDelta::minutes(draw.random_range(0..19 * 365 * 24 * 60));
    if draw.random_bool(0.5) {
        let offset = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).to_string();
        let changes = (0..400).map(|day| moment + Days::new(day));
        let change = changes.into_iter().find(|day| offset(*day) != offset(*day + Days::new(1)));
        moment = change.unwrap_or(moment) + TimeDelta::minutes(draw.random_range(-2_160..2_160));
    }
    moment
}

/// When a local time of day comes, worked out another way than the program does.
pub fn occurrences(
    zone: Tz,
    at: NaiveTime,
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
) -> BTreeSet<DateTime<Utc>> {
    let first: NaiveDate = begin.with_timezone(&zone).date_naive() - Days::new(1);
    let last: NaiveDate = end.with_timezone(&zone).date_naive() + Days::new(1);
    let days = first.iter_days().take_while(|day| *day <= last);
    let place = |local: NaiveDateTime| match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => None,
    };
    // A time that the clock springs over comes at the first minute after the gap.
    let of_day = |day: NaiveDate| {
        let minutes = (0..240).map(|minutes| day.and_time(at) + TimeDelta::minutes(minutes));
        minutes.into_iter().find_map(place)
    };
    days.filter_map(of_day).filter(|due| (begin..=end).contains(due)).collect()
}
