//! The world of the simulation: time, what is true, what is kept, and who receives.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use passage::domain::{Channel, Kind, Recipient, Rule, Schedule, Sensitivity, Severity, typed};
use passage::jobs::outbox::anew;
use passage::jobs::telling::Why;
use passage::situation::alert::{Alert, Subject, of_service};
use passage::store::{Delivery, DeliveryState, Progress, Told};
use rand::{RngExt, rngs::StdRng};
use serde_json::json;
use uuid::Uuid;

use super::rules::Mistake;

/// Every alert that can be there: key and how grave.
pub static ALERTS: LazyLock<Vec<Vec<Alert>>> = LazyLock::new(|| {
    let of = |code: usize| {
        let alert = |severity: &Severity| {
            let subject = Subject { kind: Kind::Area, code: code.to_string(), name: None };
            of_service(Rule::Runout, *severity, subject, Vec::new())
        };
        Severity::ALL.iter().map(alert).collect()
    };
    (0..5).map(of).collect()
});

/// Everybody who may be told. The first is always there.
pub static READERS: LazyLock<Vec<(&'static str, Recipient)>> = LazyLock::new(|| {
    let reader = |code: &'static str, more: serde_json::Value| {
        let mut body = json!({ "name": code, "channel": "folder", "address": code });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        (code, typed(&body).unwrap())
    };
    vec![
        reader("steady", json!({ "alerts": [{}] })),
        reader("duty", json!({ "alerts": [{}], "next": "head", "next_after_hours": 2 })),
        reader("head", json!({ "next": "duty" })),
        reader("public", json!({ "alerts": [{}], "clearance": "public" })),
        reader("paused", json!({ "alerts": [{}], "paused": true })),
    ]
});

/// A schedule whose time falls into the hours in which clocks are set.
pub struct Timetable {
    pub code: &'static str,
    pub zone: &'static str,
    /// Hour and minute on the local clock.
    pub at: (u32, u32),
    pub schedule: Schedule,
}

pub static SCHEDULES: LazyLock<Vec<Timetable>> = LazyLock::new(|| {
    let timetable = |code, zone: &'static str, at: (u32, u32)| {
        let cron = format!("{} {} * * *", at.1, at.0);
        let schedule = typed(&json!({ "cron": cron, "time_zone": zone })).unwrap();
        Timetable { code, zone, at, schedule }
    };
    vec![
        timetable("morning", "Asia/Damascus", (7, 0)),
        timetable("night", "Europe/Berlin", (2, 30)),
    ]
});

/// The levels for which alerts are followed.
pub const LEVELS: [Sensitivity; 2] = [Sensitivity::Public, Sensitivity::Internal];

/// An episode as it is kept.
#[derive(Debug, Clone)]
pub struct Episode {
    pub id: Uuid,
    pub level: Sensitivity,
    pub alert: usize,
    pub severity: Severity,
    pub is_over: bool,
    pub is_quiet: bool,
}

/// A message as it is kept.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: Uuid,
    pub recipient: &'static str,
    pub made_at: DateTime<Utc>,
    pub payload: Vec<u8>,
    pub tells: Vec<(Uuid, Why, Severity)>,
    pub address: String,
    pub level: Sensitivity,
    pub progress: Progress,
}

impl Message {
    /// As the program keeps it.
    pub fn delivery(&self) -> Delivery {
        Delivery {
            id: self.id,
            recipient: self.recipient.to_owned(),
            channel: Channel::Folder,
            address: self.address.clone(),
            file_name: String::new(),
            payload: self.payload.clone(),
            level: self.level,
            made_at: self.made_at,
            report: None,
            progress: self.progress.clone(),
        }
    }
}

/// What outlives the process.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub episodes: Vec<Episode>,
    pub told: Vec<Told>,
    pub messages: Vec<Rc<Message>>,
    /// The schedule and the end of the period, in the order in which they were made.
    pub reports: Vec<(usize, DateTime<Utc>)>,
}

/// How the network to a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    Up,
    Down,
    LosesAnswers,
    Slow,
}

pub struct World {
    pub draw: StdRng,
    pub mistake: Option<Mistake>,
    /// The true time, and how far the clock is from it.
    pub time: DateTime<Utc>,
    pub offset: TimeDelta,
    /// What is true: alert and level, and how grave.
    pub truth: BTreeMap<(usize, Sensitivity), Severity>,
    pub kept: Kept,
    /// What came of attempts and is not noted: it dies with the process.
    pub unnoted: Vec<(Uuid, Progress)>,
    pub lines: BTreeMap<&'static str, Line>,
    /// Messages that their recipient fails on, or refuses.
    pub poison: BTreeSet<Uuid>,
    pub refused: BTreeSet<Uuid>,
    /// Everybody who may be told, as they are now; who was withdrawn is not there.
    pub readers: BTreeMap<&'static str, Recipient>,
    /// What each recipient received, in order.
    pub received: Vec<(&'static str, Uuid, Vec<u8>)>,
    pub arrived: BTreeSet<Uuid>,
    /// What was answered as taken.
    pub answered: BTreeSet<Uuid>,
    /// Sent again after that.
    pub repeats: usize,
    pub crashes: usize,
    /// What was answered as taken and not noted when the process died: all that may be sent again.
    pub in_flight: usize,
    /// Nothing can be kept.
    pub is_full: bool,
    pub faults: BTreeMap<&'static str, usize>,
    /// Laws that were seen broken on the way.
    pub seen_broken: Vec<String>,
    pub is_calm: bool,
    /// When everything ran for the last time.
    pub ran_until: DateTime<Utc>,
    pub trace: u64,
    last_id: u128,
}

impl World {
    pub fn new(mut draw: StdRng, mistake: Option<Mistake>) -> Self {
        let first: DateTime<Utc> = "2015-01-01T00:00:00Z".parse().unwrap();
        // Half of all lives begin near a day on which clocks are set.
        let begin = if draw.random() {
            let year = draw.random_range(2015..2022);
            let near: [&str; 4] = ["03-25", "03-27", "10-28", "10-29"];
            let near = near[draw.random_range(0..near.len())];
            format!("{year}-{near}T00:00:00Z").parse().unwrap()
        } else {
            first + TimeDelta::minutes(draw.random_range(0..7 * 365 * 24 * 60))
        };
        Self {
            draw,
            mistake,
            time: begin,
            offset: TimeDelta::zero(),
            truth: BTreeMap::new(),
            kept: Kept::default(),
            unnoted: Vec::new(),
            lines: READERS.iter().map(|(code, _)| (*code, Line::Up)).collect(),
            poison: BTreeSet::new(),
            refused: BTreeSet::new(),
            readers: READERS.iter().cloned().collect(),
            received: Vec::new(),
            arrived: BTreeSet::new(),
            answered: BTreeSet::new(),
            repeats: 0,
            crashes: 0,
            in_flight: 0,
            is_full: false,
            faults: BTreeMap::new(),
            seen_broken: Vec::new(),
            is_calm: false,
            ran_until: begin,
            trace: 0,
            last_id: 0,
        }
    }

    /// What the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.time + self.offset
    }

    pub fn one_in(&mut self, times: u32) -> bool {
        !self.is_calm && self.draw.random_range(0..times) == 0
    }

    pub fn count(&mut self, what: &'static str) {
        *self.faults.entry(what).or_default() += 1;
    }

    pub fn new_id(&mut self) -> Uuid {
        self.last_id += 1;
        Uuid::from_u128(self.last_id)
    }

    /// Notes what happened, for the replay.
    pub fn trace(&mut self, what: impl Hash) {
        let mut hasher = DefaultHasher::new();
        (self.trace, self.time.timestamp_millis(), what).hash(&mut hasher);
        self.trace = hasher.finish();
    }

    /// Time goes on, and something happens.
    pub fn happen(&mut self) {
        let longest = [60, 3_600, 40_000][self.draw.random_range(0..3)];
        self.time += TimeDelta::seconds(self.draw.random_range(1..longest));
        if self.one_in(40) {
            self.time += TimeDelta::days(self.draw.random_range(1..12));
            self.count("long sleeps");
        }
        for _ in 0..self.draw.random_range(0..3) {
            self.change_the_truth();
        }
        if self.one_in(6) {
            self.change_the_lines();
        }
        if self.one_in(10) {
            self.set_the_clock();
        }
        if self.is_full || self.one_in(30) {
            self.is_full = !self.one_in(3);
        }
        self.act_as_people_do();
        self.trace((self.offset.num_seconds(), &self.truth.len()));
    }

    fn change_the_truth(&mut self) {
        let alert = self.draw.random_range(0..ALERTS.len());
        let severity = Severity::ALL[self.draw.random_range(0..4)];
        let is_over = self.one_in(3);
        // What the public knows is less, and sometimes later.
        for level in LEVELS {
            if level == Sensitivity::Internal || self.one_in(2) {
                if is_over {
                    self.truth.remove(&(alert, level));
                } else {
                    self.truth.insert((alert, level), severity);
                }
            }
        }
    }

    fn change_the_lines(&mut self) {
        let lines = [Line::Up, Line::Up, Line::Down, Line::LosesAnswers, Line::Slow];
        let (code, _) = READERS[self.draw.random_range(1..READERS.len())];
        let line = lines[self.draw.random_range(0..lines.len())];
        self.lines.insert(code, line);
        let waiting = self.kept.messages.iter().filter(|one| one.progress.next_at.is_some());
        let waiting = waiting.filter(|one| one.recipient != "steady").map(|one| one.id);
        let waiting: Vec<Uuid> = waiting.collect();
        if !waiting.is_empty() && self.one_in(4) {
            let chosen = waiting[self.draw.random_range(0..waiting.len())];
            let refuses: bool = self.draw.random();
            let chosen_for = if refuses { &mut self.refused } else { &mut self.poison };
            chosen_for.insert(chosen);
        }
    }

    fn set_the_clock(&mut self) {
        let jumps = [-3_600, 3_600, -86_400, 86_400, 365 * 86_400];
        self.offset = if self.offset == TimeDelta::zero() {
            TimeDelta::seconds(jumps[self.draw.random_range(0..jumps.len())])
        } else {
            TimeDelta::zero()
        };
        self.count("jumps");
    }

    /// They take alerts on, keep them quiet and no longer, change who is told, and ask for what failed again.
    fn act_as_people_do(&mut self) {
        if !self.kept.episodes.is_empty() && self.one_in(4) {
            let chosen = self.draw.random_range(0..self.kept.episodes.len());
            let episode = &mut self.kept.episodes[chosen];
            episode.is_quiet = !episode.is_quiet;
        }
        if self.one_in(8) {
            self.change_a_reader();
        }
        if self.one_in(10) {
            self.ask_again();
        }
    }

    /// Somebody is withdrawn and comes back, is paused, moves, or may know less or again more.
    fn change_a_reader(&mut self) {
        let (code, first) = &READERS[self.draw.random_range(1..READERS.len())];
        let Some(reader) = self.readers.get_mut(code) else {
            self.readers.insert(code, first.clone());
            return;
        };
        match self.draw.random_range(0..4) {
            0 => reader.paused = Some(reader.paused != Some(true)),
            1 => {
                let address = if reader.address == first.address { "elsewhere" } else { code };
                let there = json!({ "name": code, "channel": "folder", "address": address });
                reader.address = typed::<Recipient>(&there).unwrap().address;
            }
            2 if reader.clearance == first.clearance => {
                reader.clearance = Some(Sensitivity::Public);
            }
            2 => reader.clearance = first.clearance,
            _ => drop(self.readers.remove(code)),
        }
        self.count("changed readers");
    }

    fn ask_again(&mut self) {
        let now = self.now();
        let is_failed = |one: &&mut Rc<Message>| one.progress.state == DeliveryState::Failed;
        for message in self.kept.messages.iter_mut().filter(is_failed) {
            // To where they are now, or not at all.
            let Ok(anew) = anew(&message.delivery(), self.readers.get(message.recipient)) else {
                continue;
            };
            let message = Rc::make_mut(message);
            message.address = anew.map_or_else(|| message.address.clone(), |anew| anew.address);
            let problem = message.progress.problem.clone();
            message.progress = Progress { problem, ..Progress::beginning(now) };
            return;
        }
    }

    /// Nothing fails any more, and everything is over: then there is time for all that waits.
    pub fn calm_down(&mut self) {
        (self.is_calm, self.is_full) = (true, false);
        self.offset = TimeDelta::zero();
        self.lines = READERS.iter().map(|(code, _)| (*code, Line::Up)).collect();
        self.poison.clear();
        self.readers = READERS.iter().cloned().collect();
        for reader in self.readers.values_mut() {
            reader.paused = None;
        }
        for _ in 0..2 {
            for _ in 0..10 {
                self.time += TimeDelta::hours(12);
                self.run();
            }
            self.truth.clear();
        }
        self.ran_until = self.now();
        for _ in 0..20 {
            self.time += TimeDelta::hours(6);
            self.send_what_waits();
        }
    }
}
