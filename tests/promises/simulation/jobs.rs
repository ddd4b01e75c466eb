//! The jobs of the simulation: the steps of `jobs::{look, schedule, outbox}` with the decisions of the program.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::TimeDelta;
use passage::domain::Severity;
use passage::jobs::deliver::Outcome;
use passage::jobs::outbox::{OF_EACH, Standing, Step, Turn, set_aside};
use passage::jobs::schedule::due;
use passage::jobs::telling::{Case, Desk, Notice, Reader, Why};
use passage::store::{Progress, Told};
use rand::RngExt;
use uuid::Uuid;

use super::rules::{Mistake, after, is_turn, standing};
use super::world::{ALERTS, Episode, Kept, LEVELS, Line, Message, READERS, SCHEDULES, World};

const GIVE_UP: TimeDelta = TimeDelta::days(7);
const ESCALATE: TimeDelta = TimeDelta::hours(4);

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Fate {
    Kept,
    Failed,
    DiedBefore,
    DiedAfter,
}

/// The process ended.
struct Died;

impl World {
    /// A round of all jobs, in some order; who dies starts again with the next round.
    pub fn run(&mut self) {
        let mut order = [0, 1, 2];
        for place in 0..order.len() {
            let other = self.draw.random_range(0..order.len());
            order.swap(place, other);
        }
        for job in order {
            let done = match job {
                0 => self.look(),
                // It may sleep.
                1 if self.one_in(3) => Ok(()),
                1 => self.make_reports(),
                _ => self.bring_out(),
            };
            if done.is_err() {
                self.crashes += 1;
                self.count("crashes");
                let waits = self.kept.messages.iter().filter(|one| one.progress.next_at.is_some());
                self.in_flight += waits.filter(|one| self.answered.contains(&one.id)).count();
                self.unnoted.clear();
                return;
            }
        }
    }

    /// Keeps what was made whole: all of it or nothing. `false` where the store failed.
    fn commit(&mut self, next: Kept) -> Result<bool, Died> {
        let fate = match self.draw.random_range(0..40) {
            _ if self.is_calm => Fate::Kept,
            _ if self.is_full => Fate::Failed,
            0 => Fate::DiedBefore,
            1 => Fate::DiedAfter,
            2 | 3 => Fate::Failed,
            _ => Fate::Kept,
        };
        self.trace(fate);
        match fate {
            Fate::Kept | Fate::DiedAfter => self.kept = next,
            Fate::Failed => self.count("failed commits"),
            Fate::DiedBefore => {}
        }
        match fate {
            Fate::DiedBefore | Fate::DiedAfter => Err(Died),
            Fate::Kept => Ok(true),
            Fate::Failed => Ok(false),
        }
    }

    /// As `jobs::look`: the lives of alerts, who is told, and the messages, in one write.
    fn look(&mut self) -> Result<(), Died> {
        let mut next = self.kept.clone();
        self.live_on(&mut next);
        let notices = self.decide(&next);
        if notices.is_empty() && self.is_calm {
            self.kept = next;
            return Ok(());
        }
        let before = next.messages.len();
        let mut by_recipient: BTreeMap<&'static str, Vec<Notice>> = BTreeMap::new();
        for notice in notices {
            let known = READERS.iter().find(|(code, _)| *code == notice.recipient);
            by_recipient.entry(known.unwrap().0).or_default().push(notice);
        }
        for (recipient, notices) in by_recipient {
            // Some are told of all in one message, some of each in its own.
            let together = if recipient == "duty" { notices.len() } else { 1 };
            for told in notices.chunks(together) {
                self.pack(recipient, told, &mut next);
            }
        }
        if self.mistake == Some(Mistake::KeepsInTwoWrites) {
            let mut first = next.clone();
            first.messages.truncate(before);
            self.commit(first)?;
        }
        self.commit(next).map(|_kept| ())
    }

    /// The episodes after what is true now.
    fn live_on(&mut self, next: &mut Kept) {
        for episode in next.episodes.iter_mut().filter(|episode| !episode.is_over) {
            match self.truth.get(&(episode.alert, episode.level)) {
                Some(severity) => episode.severity = *severity,
                None => episode.is_over = true,
            }
        }
        for level in LEVELS {
            for alert in 0..ALERTS.len() {
                let is_open =
                    |one: &Episode| !one.is_over && (one.alert, one.level) == (alert, level);
                let Some(severity) = self.truth.get(&(alert, level)).copied() else { continue };
                if !next.episodes.iter().any(is_open) {
                    let (is_over, is_quiet) = (false, self.one_in(6));
                    let id = self.new_id();
                    next.episodes.push(Episode { id, level, alert, severity, is_over, is_quiet });
                }
            }
        }
    }

    fn decide(&self, next: &Kept) -> Vec<Notice> {
        let untold: BTreeSet<Uuid> =
            next.told.iter().filter(|one| !one.is_over).map(|one| one.episode).collect();
        let is_case = |one: &&Episode| !one.is_over || untold.contains(&one.id);
        let cases: Vec<Case<'_>> = next
            .episodes
            .iter()
            .filter(is_case)
            .map(|one| Case {
                id: one.id,
                level: one.level,
                alert: &ALERTS[one.alert][one.severity as usize],
                is_over: one.is_over,
                is_quiet: one.is_quiet,
            })
            .collect();
        let readers: Vec<Reader<'_>> =
            self.readers.iter().map(|(code, record)| Reader { code, record }).collect();
        let remembers = self.mistake != Some(Mistake::ForgetsWhoWasTold);
        let told: Vec<Told> =
            next.told.iter().filter(|one| !one.is_over && remembers).cloned().collect();
        let chosen = |recipient: &passage::domain::Recipient, _: &_| !recipient.alerts.is_empty();
        let (cases, readers, told) = (&cases[..], &readers[..], &told[..]);
        Desk { cases, readers, told, chosen: &chosen, now: self.now(), escalate_after: ESCALATE }
            .notices()
    }

    fn pack(&mut self, recipient: &'static str, notices: &[Notice], next: &mut Kept) {
        let (id, now) = (self.new_id(), self.now());
        let mut tells = Vec::new();
        for Notice { episode, why, .. } in notices {
            let of = next.episodes.iter().find(|one| one.id == *episode).unwrap();
            tells.push((*episode, *why, of.severity));
            let told = next
                .told
                .iter()
                .find(|one| (one.episode, &*one.recipient) == (*episode, recipient));
            let told = Told {
                episode: *episode,
                recipient: recipient.to_owned(),
                severity: of.severity,
                first_at: told.map_or(now, |told| told.first_at),
                last_at: now,
                thread: told.map_or(id, |told| told.thread),
                is_over: *why == Why::Over,
            };
            next.told.retain(|one| (one.episode, &*one.recipient) != (*episode, recipient));
            next.told.push(told);
        }
        next.messages.extend(self.message(id, recipient, tells));
    }

    /// A message to somebody as they are now.
    fn message(
        &self,
        id: Uuid,
        recipient: &'static str,
        tells: Vec<(Uuid, Why, Severity)>,
    ) -> Option<Rc<Message>> {
        let (reader, made_at) = (self.readers.get(recipient)?, self.now());
        let payload = format!("{id} {recipient} {tells:?}").into_bytes();
        let (address, level) = (reader.address.to_string(), reader.level());
        let progress = Progress::beginning(made_at);
        Some(Rc::new(Message { id, recipient, made_at, payload, tells, address, level, progress }))
    }

    /// As `jobs::schedule`: what is due, once, with what brings it to its recipients.
    fn make_reports(&mut self) -> Result<(), Died> {
        let now = self.now();
        for (schedule, timetable) in SCHEDULES.iter().enumerate() {
            let own = self.kept.reports.iter().filter(|(of, end)| *of == schedule && *end <= now);
            let last = own.map(|(_, end)| *end).max();
            for end in due(&timetable.schedule, last, now) {
                let mut next = self.kept.clone();
                if next.reports.contains(&(schedule, end)) {
                    continue;
                }
                next.reports.push((schedule, end));
                for recipient in ["steady", "duty"] {
                    let id = self.new_id();
                    next.messages.extend(self.message(id, recipient, Vec::new()));
                }
                self.commit(next)?;
            }
        }
        Ok(())
    }

    /// The outbox alone, in a calm world.
    pub fn send_what_waits(&mut self) {
        if self.bring_out().is_err() {
            self.seen_broken.push("died: in a calm world".to_owned());
        }
    }

    /// As `jobs::outbox`.
    fn bring_out(&mut self) -> Result<(), Died> {
        while let Some((id, progress)) = self.unnoted.first().cloned() {
            if !self.note(id, &progress)? {
                return Ok(());
            }
            self.unnoted.remove(0);
        }
        let now = self.now();
        for (recipient, _) in READERS.iter() {
            let waits =
                |one: &&Rc<Message>| one.recipient == *recipient && one.progress.next_at.is_some();
            let queue: Vec<Rc<Message>> =
                self.kept.messages.iter().filter(waits).take(OF_EACH).cloned().collect();
            let stand: Vec<Progress> = queue.iter().map(|one| one.progress.clone()).collect();
            if is_turn(self.mistake, &stand, now) && !self.serve(recipient, queue)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The messages of one recipient; `false` where the store failed.
    fn serve(&mut self, recipient: &'static str, queue: Vec<Rc<Message>>) -> Result<bool, Died> {
        let mut turn = Turn::default();
        let in_order = self.mistake != Some(Mistake::MindsNoOrder);
        for mut message in queue {
            match turn.step(&message.progress, self.now()) {
                Step::Tries => {}
                Step::Ends if in_order => break,
                Step::Passes | Step::Ends => continue,
            }
            if self.mistake == Some(Mistake::PacksAnew) {
                Rc::make_mut(&mut message).payload = self.now().timestamp().to_be_bytes().to_vec();
            }
            let progress =
                match standing(self.mistake, &message.delivery(), self.readers.get(recipient)) {
                    Standing::Goes => self.attempt(recipient, &message)?,
                    Standing::Waits => break,
                    Standing::Never(why) => set_aside(&message.progress, why, self.now()),
                };
            if !self.note(message.id, &progress)? {
                if self.mistake != Some(Mistake::SendsWhatIsNotNoted) {
                    self.unnoted.push((message.id, progress));
                }
                return Ok(false);
            }
            if !turn.goes_on(&progress) && in_order {
                break;
            }
        }
        Ok(true)
    }

    /// How far a message has come after an attempt.
    fn attempt(&mut self, recipient: &'static str, message: &Message) -> Result<Progress, Died> {
        let outcome = self.send(recipient, message);
        // The process may die with the answer in its hands.
        if self.one_in(60) {
            return Err(Died);
        }
        let (age, luck) = ((message.made_at, GIVE_UP), f64::from(self.draw.random::<u8>()) / 255.0);
        Ok(after(self.mistake, &message.progress, &outcome, self.now(), age, luck))
    }

    /// One attempt over a line that may be down, or lose the answer on its way back.
    fn send(&mut self, recipient: &'static str, message: &Message) -> Outcome {
        let line = self.lines[recipient];
        self.trace((recipient, message.id, line));
        self.check_recipient(message);
        let away = || Outcome::Again("it does not answer".to_owned());
        if self.refused.contains(&message.id) {
            return Outcome::Never("no such recipient".to_owned());
        }
        if line == Line::Down || self.poison.contains(&message.id) {
            return away();
        }
        if line == Line::Slow {
            self.time += TimeDelta::seconds(self.draw.random_range(1..10));
        }
        // If this answer is lost, the next copy is the fault of the line.
        self.repeats += usize::from(self.answered.remove(&message.id));
        self.check_order(recipient, message);
        self.received.push((recipient, message.id, message.payload.clone()));
        if line == Line::LosesAnswers && self.draw.random() {
            self.count("lost answers");
            return away();
        }
        self.answered.insert(message.id);
        Outcome::Delivered
    }

    fn note(&mut self, id: Uuid, progress: &Progress) -> Result<bool, Died> {
        let mut next = self.kept.clone();
        let waits = |one: &&mut Rc<Message>| one.id == id && one.progress.next_at.is_some();
        if let Some(message) = next.messages.iter_mut().find(waits) {
            Rc::make_mut(message).progress = progress.clone();
        }
        self.commit(next)
    }
}
