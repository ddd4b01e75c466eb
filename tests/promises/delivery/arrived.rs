//! What the program made, by its file, against what came to its receivers.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Row;
use uuid::Uuid;

use crate::program::look_into;
use crate::receiver::Receiver;
use crate::smtp::Server;

/// A message as the program kept it.
pub struct Made {
    id: Uuid,
    recipient: String,
    channel: String,
    file_name: String,
    payload: Vec<u8>,
    state: String,
    attempts: u32,
    report: Option<(String, i64)>,
    tells: u32,
}

/// A copy that came.
struct Copy {
    content: Vec<u8>,
    is_taken: bool,
}

pub struct Arrived {
    pub made: BTreeMap<Uuid, Made>,
    copies: BTreeMap<Uuid, Vec<Copy>>,
    shelf: PathBuf,
    twice_told: Vec<String>,
}

/// How many messages wait.
pub fn waiting(data: &Path) -> i64 {
    let count = "SELECT count(*) FROM delivery WHERE state = 'waiting'";
    look_into(data).query_row(count, [], |row| row.get(0)).unwrap()
}

impl Arrived {
    pub fn at(data: &Path, hub: &Receiver, steady: &Receiver, post: &Server) -> Self {
        let mut copies: BTreeMap<Uuid, Vec<Copy>> = BTreeMap::new();
        for call in hub.calls().into_iter().chain(steady.calls()) {
            let id = call.header("Passage-Delivery").parse().unwrap();
            let copy = Copy { content: call.body.clone(), is_taken: call.is_taken };
            copies.entry(id).or_default().push(copy);
        }
        for taken in post.taken() {
            let copy = Copy { content: taken.letter.clone(), is_taken: true };
            copies.entry(id_of(&taken.letter)).or_default().push(copy);
        }
        let made = read(data);
        let twice_told = twice_told(data);
        Self { made, copies, shelf: data.join("outgoing/shelf"), twice_told }
    }

    /// Everything that is not as it was promised.
    pub fn wrong(&self) -> Vec<String> {
        let mut wrong = self.twice_told.clone();
        for made in self.made.values() {
            if made.state != "delivered" {
                wrong.push(format!("{} to {} is {}", made.id, made.recipient, made.state));
            }
            if made.channel == "folder" {
                let there = fs::read(self.shelf.join(&made.file_name)).unwrap_or_default();
                if there != made.payload {
                    wrong.push(format!("{} is not in the folder as it was made", made.file_name));
                }
                continue;
            }
            let copies = self.copies.get(&made.id).map_or(&[][..], Vec::as_slice);
            if !copies.iter().any(|copy| copy.is_taken) {
                wrong.push(format!("{} never came to {}", made.id, made.recipient));
            }
            let alike = |copy: &&Copy| copy.content.trim_ascii() == made.payload.trim_ascii();
            let unlike = copies.len() - copies.iter().filter(alike).count();
            if unlike > 0 {
                wrong.push(format!("{unlike} copies of {} are not what was made", made.id));
            }
        }
        let unknown = self.copies.keys().filter(|id| !self.made.contains_key(id));
        wrong.extend(unknown.map(|id| format!("{id} came and was never made")));
        wrong.extend(self.foreign_files());
        wrong.extend(self.reports_twice());
        wrong
    }

    /// Files that are none of what was made. One that was being written when the program died is hidden.
    fn foreign_files(&self) -> Vec<String> {
        let made: BTreeSet<&str> = self.made.values().map(|made| made.file_name.as_str()).collect();
        let files = fs::read_dir(&self.shelf).unwrap().map(|file| file.unwrap().file_name());
        let names = files.map(|name| name.into_string().unwrap());
        let foreign = names.filter(|name| !name.starts_with('.') && !made.contains(name.as_str()));
        foreign.map(|name| format!("{name} is in the folder and was never made")).collect()
    }

    fn reports_twice(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let reports = self.made.values().filter(|made| made.report.is_some());
        let twice =
            reports.filter(|made| !seen.insert((&made.report, &made.recipient, &made.file_name)));
        twice
            .map(|made| format!("{} was made twice for {}", made.file_name, made.recipient))
            .collect()
    }

    /// How often something was sent again that was answered as taken.
    pub fn repeats(&self) -> u64 {
        let taken = self.copies.values().map(|copies| copies.iter().filter(|copy| copy.is_taken));
        taken.map(|taken| taken.count().saturating_sub(1) as u64).sum()
    }

    pub fn reports(&self) -> usize {
        let ends = self.made.values().filter_map(|made| made.report.as_ref());
        ends.collect::<BTreeSet<_>>().len()
    }

    pub fn failed_attempts(&self) -> usize {
        self.made.values().map(|made| made.attempts as usize - 1).sum()
    }
}

/// The id that a letter carries.
fn id_of(letter: &[u8]) -> Uuid {
    let text = String::from_utf8_lossy(letter);
    let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: <")).unwrap();
    id.split('@').next().unwrap().parse().unwrap()
}

fn read(data: &Path) -> BTreeMap<Uuid, Made> {
    const MADE: &str = "
        SELECT d.*, c.payload, (SELECT count(*) FROM delivery_alert a WHERE a.delivery = d.id) AS tells
          FROM delivery d JOIN delivery_content c ON c.delivery = d.id";
    let file = look_into(data);
    let mut question = file.prepare(MADE).unwrap();
    let made = |row: &Row<'_>| {
        let end: Option<i64> = row.get("period_end")?;
        let schedule: Option<String> = row.get("schedule")?;
        Ok(Made {
            id: Uuid::from_bytes(row.get("id")?),
            recipient: row.get("recipient")?,
            channel: row.get("channel")?,
            file_name: row.get("file_name")?,
            payload: row.get("payload")?,
            state: row.get("state")?,
            attempts: row.get("attempts")?,
            report: schedule.zip(end),
            tells: row.get("tells")?,
        })
    };
    let made = question.query_map([], made).unwrap().map(Result::unwrap);
    let made: BTreeMap<Uuid, Made> = made.map(|made| (made.id, made)).collect();
    let is_told = |made: &Made| made.report.is_some() != (made.tells > 0);
    assert!(made.values().all(is_told), "each message brings a report or tells of alerts");
    made
}

/// Of an alert whose severity does not change a recipient is told twice: that it is there, and that it is over.
fn twice_told(data: &Path) -> Vec<String> {
    const TOLD: &str = "
        SELECT hex(a.episode), d.recipient, count(*) AS times, e.resolved_at IS NOT NULL AS is_over, t.is_over AS knows
          FROM delivery_alert a JOIN delivery d ON d.id = a.delivery
          JOIN alert_episode e ON e.id = a.episode
          JOIN alert_told t ON t.episode = a.episode AND t.recipient = d.recipient
         WHERE e.rule = 'facility_attacked' GROUP BY 1, 2";
    let file = look_into(data);
    let mut question = file.prepare(TOLD).unwrap();
    let told = |row: &Row<'_>| {
        let (episode, recipient): (String, String) = (row.get(0)?, row.get(1)?);
        let (times, is_over, knows): (i64, bool, bool) =
            (row.get("times")?, row.get("is_over")?, row.get("knows")?);
        let should = if is_over { 2 } else { 1 };
        let said =
            format!("{recipient} was told {times} times of {episode}, over: {is_over}, {knows}");
        Ok((times != should || is_over != knows).then_some(said))
    };
    question.query_map([], told).unwrap().filter_map(Result::unwrap).collect()
}
