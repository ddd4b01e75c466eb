//! G8: killed at any time, also in the midst of sending, to receivers that fail, hang and break off: what the program
//! made arrives once they are back, each copy the same, and hardly anything twice.
#![cfg(test)]

mod arrived;
mod full_disk;

use std::fs;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use passage::jobs::outbox::AT_ONCE;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};

use self::arrived::{Arrived, waiting};
use crate::clock::Faked;
use crate::posters::a_while;
use crate::program::{Program, assert_ledger_holds, faults, look_into};
use crate::receiver::{Mood as Calls, Receiver};
use crate::rounds::{Rounds, Tally, alone};
use crate::smtp::{Mood as Letters, Offer, Server};

/// Kills of one round, all on one store.
const KILLS: u32 = 10;

/// How many records are posted between two kills, and as many taken back: each is an event that somebody is told.
const RECORDS: usize = 22;

/// How long it may take until everything that waits has arrived, when the receivers are back.
const PATIENCE: Duration = Duration::from_mins(3);

#[test]
fn killed_in_the_midst_of_sending_it_brings_everything_and_hardly_anything_twice() {
    let _turn = alone();
    let mut rounds = Rounds::new("G8", 1, 50);
    rounds.run(|round, tally| {
        if round == 0 {
            full_disk::a_report_is_made_when_there_is_room();
        }
        kill_often(round, tally);
    });
    let tally = &rounds.tally;
    let told = format!(
        "{} kills, {} of them in the midst of sending; {} events; {} messages and files of {} reports on three ways, all delivered when the receivers were back, each copy the same; {} failed attempts; {} repeats after success (limit {}); no report twice, those skipped told as an alert; a report that found a full disk made when there was room",
        tally.count("kills"),
        tally.count("in the midst"),
        tally.count("events"),
        tally.count("delivered"),
        tally.count("reports"),
        tally.count("failed attempts"),
        tally.count("repeats"),
        tally.count("kills") * AT_ONCE as u64,
    );
    rounds.tell(&told, true);
}

/// The receivers, and the program that tells them.
struct Stage {
    faked: Faked,
    hub: Receiver,
    steady: Receiver,
    post: Server,
    offset: TimeDelta,
    token: Option<String>,
}

impl Stage {
    fn new() -> Self {
        let (hub, steady, post) =
            (Receiver::start(None), Receiver::start(None), Server::start(Offer::Nothing));
        let settings = format!(
            "[telling]\nlook_seconds = 1\nquiet_seconds = 0\nmost_single = 1000\n[webhook]\nallow_private = ['127.0.0.1']\ntimeout_seconds = 1\n[mail]\nserver = '127.0.0.1'\nport = {}\ntls = 'none'\nfrom = 'passage@example.org'\ntimeout_seconds = 1\ntaken_seconds = 1\n",
            post.port
        );
        let faked = Faked::with(&settings);
        faked.set(TimeDelta::zero());
        Self { faked, hub, steady, post, offset: TimeDelta::zero(), token: None }
    }

    /// Starts, so much later by its clock: what waits for its time needs not be waited for.
    fn start(&mut self, later: TimeDelta) -> Program {
        self.offset += later;
        self.faked.set(self.offset);
        let program = self.faked.start(self.token.as_deref());
        self.token = Some(program.token.clone());
        program
    }

    fn fill(&self, program: &Program) {
        let create = |path: &str, body: Value| {
            let answer = program.post(path, &body);
            let status = answer.status().as_u16();
            assert_eq!(status, 201, "{path}: {}", answer.text().unwrap());
        };
        create("/api/v1/areas", json!({ "code": "duma", "names": "Duma" }));
        let recipients = [
            ("hub", "webhook", format!("http://127.0.0.1:{}/hub", self.hub.port)),
            ("steady", "webhook", format!("http://127.0.0.1:{}/steady", self.steady.port)),
            ("desk", "email", "desk@example.org".to_owned()),
            ("shelf", "folder", "shelf".to_owned()),
        ];
        for (code, channel, address) in &recipients {
            create(
                "/api/v1/recipients",
                json!({ "code": code, "name": code, "channel": channel, "address": address, "alerts": [{}] }),
            );
        }
        let codes = recipients.map(|(code, ..)| code);
        create(
            "/api/v1/schedules",
            json!({ "code": "often", "cron": "* * * * *", "time_zone": "UTC", "recipients": codes,
                "formats": ["text", "json"] }),
        );
    }

    /// The receivers do as they like.
    fn moods(&self, draw: &mut StdRng) {
        let calls = [Calls::Answers(200), Calls::Answers(500), Calls::Hangs, Calls::Closes];
        self.hub.be(calls[draw.random_range(0..calls.len())].clone());
        let letters = [
            Letters::Well,
            Letters::Refuses("MAIL", 451),
            Letters::Hangs("RCPT"),
            Letters::Closes("DATA"),
        ];
        self.post.be(letters[draw.random_range(0..letters.len())]);
    }

    /// How much was heard of the program.
    fn heard(&self) -> usize {
        self.hub.calls().len() + self.steady.calls().len() + self.post.taken().len()
    }
}

fn kill_often(round: u32, tally: &mut Tally) {
    let mut draw = StdRng::seed_from_u64(u64::from(round));
    let mut stage = Stage::new();
    let mut program = stage.start(TimeDelta::zero());
    stage.fill(&program);
    for kill in 0..KILLS {
        stage.moods(&mut draw);
        tally.add("events", happen(&program, kill));
        tally.add("in the midst", usize::from(kill_soon(&stage, &mut program, &mut draw)));
        tally.add("kills", 1);
        program = stage.start(TimeDelta::seconds(draw.random_range(0..150)));
    }
    drop(program);
    judge(&mut stage, tally);
}

/// Hospitals are hit, and those of the last time turn out not to have been: alerts begin and end.
fn happen(program: &Program, kill: u32) -> usize {
    let code = |kill: u32, number: usize| format!("i{kill}-{number}");
    let day = program.read("/healthz")["now"]
        .as_str()
        .map_or_else(String::new, |now| now[..10].to_owned());
    let incidents: Vec<Value> = (0..RECORDS)
        .map(|number| {
            json!({ "code": code(kill, number), "incident_type": "health_facility_hit", "areas": ["duma"], "date": day })
        })
        .collect();
    let answer = program.post("/api/v1/incidents", &json!(incidents));
    assert!(answer.status().is_success(), "{}", answer.text().unwrap());
    let mut events = RECORDS;
    for number in (0..RECORDS).filter(|_| kill > 0) {
        let path = format!("/api/v1/incidents/{}", code(kill - 1, number));
        let version = program.read(&path)["version"].as_i64().unwrap();
        let ask = program.ask(Method::POST, &format!("{path}/withdraw"));
        let ask = ask.header("If-Match", format!("\"{version}\""));
        let answer = ask.json(&json!({ "reason": "It was not so." })).send().unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().unwrap());
        events += 1;
    }
    events
}

/// Kills after a while, or just when something is being sent; says whether it was.
fn kill_soon(stage: &Stage, program: &mut Program, draw: &mut StdRng) -> bool {
    let begun = Instant::now();
    let while_it_sends = draw.random_range(0..3) > 0;
    if while_it_sends {
        // After some messages: each gives another place at which it dies.
        let until = stage.heard() + draw.random_range(1..12);
        while stage.heard() < until && begun.elapsed() < Duration::from_secs(6) {
            std::thread::sleep(Duration::from_micros(200));
        }
        let is_sending = stage.heard() >= until;
        program.kill();
        return is_sending;
    }
    std::thread::sleep(a_while(draw, 500, 4_000));
    program.kill();
    false
}

/// Until nothing waits for some seconds.
fn until_quiet(stage: &Stage) {
    let data = stage.faked.data();
    let (begun, mut quiet_since) = (Instant::now(), None);
    while quiet_since.is_none_or(|since: Instant| since.elapsed() < Duration::from_secs(4)) {
        let is_quiet = waiting(&data) == 0;
        quiet_since = if is_quiet { quiet_since.or_else(|| Some(Instant::now())) } else { None };
        assert!(begun.elapsed() < PATIENCE, "{} wait: {}", waiting(&data), stage.faked.log());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The receivers are back, and there is time.
fn judge(stage: &mut Stage, tally: &mut Tally) {
    stage.hub.be(Calls::Answers(200));
    stage.post.be(Letters::Well);
    let data = stage.faked.data();
    let mut program = stage.start(TimeDelta::hours(2));
    until_quiet(stage);
    let skipped = program.read("/api/v1/alerts?rule=report_skipped");
    assert_eq!(skipped["total"], 1, "the clock went on by two hours: {skipped}");
    program.kill();
    // A report may have been made just then.
    while waiting(&data) > 0 {
        program = stage.start(TimeDelta::zero());
        until_quiet(stage);
        program.kill();
    }
    let arrived = Arrived::at(&data, &stage.hub, &stage.steady, &stage.post);
    let wrong = arrived.wrong();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(arrived.repeats() <= tally.count("kills") * AT_ONCE as u64);
    tally.add("repeats", usize::try_from(arrived.repeats()).unwrap());
    tally.add("delivered", arrived.made.len());
    tally.add("reports", arrived.reports());
    tally.add("failed attempts", arrived.failed_attempts());
    assert_eq!(faults(&look_into(&data)), Vec::<String>::new());
    assert_ledger_holds(&data);
    assert!(!stage.faked.log().contains("panicked"), "{}", stage.faked.log());
    let reports = fs::read_dir(data.join("reports")).unwrap().count();
    assert!(reports > 0, "the folder of reports is filled too");
}
