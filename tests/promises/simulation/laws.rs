//! What must hold when the world of the simulation is calm. Each law says what is wrong, in words that begin alike.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, Utc};
use passage::jobs::outbox::PASSED_OVER_AFTER;
use passage::jobs::schedule::skipped;
use passage::jobs::telling::Why;
use passage::store::DeliveryState;
use uuid::Uuid;

use super::world::{Message, READERS, SCHEDULES, Timetable, World};
use crate::clock::occurrences;

/// Everything that is wrong.
pub fn broken(world: &World) -> Vec<String> {
    let mut wrong = world.seen_broken.clone();
    arrived_or_listed(world, &mut wrong);
    copies_are_alike(world, &mut wrong);
    repeats_are_few(world, &mut wrong);
    told_once_and_to_the_end(world, &mut wrong);
    made_once_or_listed(world, &mut wrong);
    wrong
}

pub fn failed(world: &World) -> usize {
    let messages = world.kept.messages.iter();
    messages.filter(|one| one.progress.state == DeliveryState::Failed).count()
}

fn arrived_or_listed(world: &World, wrong: &mut Vec<String>) {
    for message in &world.kept.messages {
        let Message { id, progress, recipient, .. } = &**message;
        match progress.state {
            DeliveryState::Waiting => {
                wrong.push(format!("held up: {id} to {recipient} waits: {progress:?}"));
            }
            DeliveryState::Delivered if !world.arrived.contains(id) => {
                wrong.push(format!("lost: {id} to {recipient} never came"));
            }
            DeliveryState::Failed if progress.problem.is_none() => {
                wrong.push(format!("no reason: {id} to {recipient} failed"));
            }
            DeliveryState::Delivered | DeliveryState::Failed | DeliveryState::Dismissed => {}
        }
    }
}

fn copies_are_alike(world: &World, wrong: &mut Vec<String>) {
    let made: BTreeMap<Uuid, &Message> =
        world.kept.messages.iter().map(|one| (one.id, &**one)).collect();
    for (recipient, id, payload) in &world.received {
        match made.get(id) {
            Some(one) if one.payload == *payload && one.recipient == *recipient => {}
            Some(_) => wrong.push(format!("another copy: of {id} to {recipient}")),
            None => wrong.push(format!("unkept: {id} was sent to {recipient} and is not kept")),
        }
    }
}

/// What was answered and not noted when the process died may come again, once; that is one message for each recipient.
fn repeats_are_few(world: &World, wrong: &mut Vec<String>) {
    let World { repeats, crashes, in_flight, .. } = world;
    if repeats > in_flight || *in_flight > crashes * READERS.len() {
        wrong.push(format!("repeats: {repeats} of {in_flight} in flight in {crashes} crashes"));
    }
}

fn told_once_and_to_the_end(world: &World, wrong: &mut Vec<String>) {
    let mut told = BTreeMap::new();
    for message in &world.kept.messages {
        for (episode, why, severity) in &message.tells {
            // Somebody to whom an alert came by escalation is not told that it was raised.
            let why = if *why == Why::Escalated { Why::Raised } else { *why };
            let step = match why {
                Why::Raised | Why::Escalated => "begun".to_owned(),
                Why::Graver(_) => format!("{severity}"),
                Why::Over => "over".to_owned(),
            };
            let other = told.insert((*episode, message.recipient, step), message.id);
            if let Some(other) = other {
                let id = message.id;
                wrong.push(format!("told twice: {why:?} of {episode} by {other} and {id}"));
            }
        }
    }
    // Who could know less, or more, for a time was told of episodes of another level.
    let is_of_level = |episode: &Uuid, recipient: &str| {
        let level = world.readers.get(recipient).map(passage::domain::Recipient::level);
        world.kept.episodes.iter().any(|one| one.id == *episode && Some(one.level) == level)
    };
    let begun = told.keys().filter(|(.., word)| word == "begun");
    for (episode, recipient, _) in begun.clone() {
        let is_over = told.contains_key(&(*episode, *recipient, "over".to_owned()));
        if !is_over && is_of_level(episode, recipient) {
            wrong.push(format!("not told: the end of {episode} to {recipient}"));
        }
    }
    // Whoever is noted as told was sent something.
    for one in &world.kept.told {
        let mut own = begun.clone();
        if !own
            .any(|(episode, recipient, _)| (*episode, *recipient) == (one.episode, &*one.recipient))
        {
            wrong.push(format!("not told: {} of {}", one.recipient, one.episode));
        }
    }
}

/// The ends of the periods of a schedule up to now, as the look for alerts takes them.
fn made(world: &World, schedule: usize) -> Vec<DateTime<Utc>> {
    let own = world.kept.reports.iter().filter(|(of, _)| *of == schedule);
    let mut ends: Vec<_> = own.map(|(_, end)| *end).filter(|end| *end <= world.ran_until).collect();
    ends.sort();
    ends
}

pub fn skipped_of_all(world: &World) -> Vec<DateTime<Utc>> {
    let all = SCHEDULES.iter().enumerate();
    all.flat_map(|(of, timetable)| skipped(&timetable.schedule, &made(world, of), None)).collect()
}

fn made_once_or_listed(world: &World, wrong: &mut Vec<String>) {
    for (of, Timetable { code, zone, at, schedule }) in SCHEDULES.iter().enumerate() {
        let ends = made(world, of);
        if ends.windows(2).any(|two| two[0] == two[1]) {
            wrong.push(format!("doubled: a report of {code}"));
        }
        let Some(first) = ends.first() else {
            wrong.push(format!("unmade: no report of {code}"));
            continue;
        };
        let at = NaiveTime::from_hms_opt(at.0, at.1, 0).unwrap();
        let should = occurrences(zone.parse().unwrap(), at, *first, world.ran_until);
        let listed: BTreeSet<_> = skipped(schedule, &ends, None).into_iter().collect();
        let all: BTreeSet<_> = ends.iter().copied().chain(listed.iter().copied()).collect();
        if all != should {
            let differ: Vec<_> = all.symmetric_difference(&should).collect();
            wrong.push(format!("unlisted: reports of {code} neither made nor listed: {differ:?}"));
        }
        if ends.iter().any(|end| listed.contains(end)) {
            wrong.push(format!("listed: a report of {code} that was made"));
        }
    }
}

impl World {
    /// Nothing goes to who is no recipient any more, to where they are not, or above what they may know.
    pub(super) fn check_recipient(&mut self, message: &Message) {
        let reader = self.readers.get(message.recipient);
        let may_have = reader.is_some_and(|reader| {
            reader.paused != Some(true)
                && reader.level() >= message.level
                && reader.address.as_str() == message.address
        });
        if !may_have {
            let (id, recipient) = (message.id, message.recipient);
            self.seen_broken.push(format!("closed out: {id} was sent to {recipient}"));
        }
    }

    /// What was made earlier came earlier, unless it failed often or somebody had it tried again.
    pub(super) fn check_order(&mut self, recipient: &str, message: &Message) {
        if !self.arrived.insert(message.id) {
            return;
        }
        let is_before =
            |one: &&std::rc::Rc<Message>| one.recipient == recipient && one.id < message.id;
        let before = self.kept.messages.iter().filter(is_before);
        let held = before.filter(|one| {
            one.progress.next_at.is_some()
                && one.progress.attempts < PASSED_OVER_AFTER
                && !self.arrived.contains(&one.id)
        });
        if let Some(held) = held.map(|one| one.id).next() {
            self.seen_broken.push(format!("out of order: {} came before {held}", message.id));
        }
    }
}
