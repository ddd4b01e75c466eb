//! The decisions of the program, and mistakes in them, of which each must be found.
#![cfg(test)]

use chrono::{DateTime, TimeDelta, Utc};
use passage::jobs::deliver::Outcome;
use passage::jobs::outbox::{after, is_due, is_turn};
use passage::store::{DeliveryState, Progress};

/// How far a delivery has come after an attempt.
type After = fn(&Progress, &Outcome, DateTime<Utc>, (DateTime<Utc>, TimeDelta), f64) -> Progress;

/// The decisions, each as it is in the program or with a mistake in it.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mistake that can be planted")]
pub struct Rules {
    pub after: After,
    pub is_turn: fn(&[Progress], DateTime<Utc>) -> bool,
    pub remembers_who_was_told: bool,
    pub remembers_what_was_not_noted: bool,
    pub goes_in_order: bool,
    pub packs_anew: bool,
    pub keeps_all_at_once: bool,
}

impl Rules {
    pub const OURS: Self = Self {
        after,
        is_turn: |queue, now| is_turn(queue, now),
        remembers_who_was_told: true,
        remembers_what_was_not_noted: true,
        goes_in_order: true,
        packs_anew: false,
        keeps_all_at_once: true,
    };

    /// Mistakes, with how the law begins that each breaks.
    #[expect(clippy::too_many_lines, reason = "a table of mistakes")]
    pub fn mistakes() -> Vec<(&'static str, &'static str, Self)> {
        let ours = Self::OURS;
        vec![
            (
                "an attempt that failed counts as delivered",
                "lost",
                Self {
                    after: |before, outcome, now, age, luck| {
                        let said = matches!(outcome, Outcome::Again(_));
                        after(
                            before,
                            if said { &Outcome::Delivered } else { outcome },
                            now,
                            age,
                            luck,
                        )
                    },
                    ..ours
                },
            ),
            (
                "what fails is given up without a word",
                "no reason",
                Self {
                    after: |before, outcome, now, age, luck| {
                        let done = after(before, outcome, now, age, luck);
                        let failed = matches!(outcome, Outcome::Again(_) | Outcome::Never(_));
                        if failed {
                            Progress {
                                state: DeliveryState::Failed,
                                next_at: None,
                                problem: None,
                                ..done
                            }
                        } else {
                            done
                        }
                    },
                    ..ours
                },
            ),
            (
                "a time that a clock set ahead is trusted",
                "held up",
                Self {
                    is_turn: |queue, now| {
                        queue.first().and_then(|one| one.next_at).is_some_and(|next| next <= now)
                    },
                    ..ours
                },
            ),
            (
                "whatever is due goes first",
                "out of order",
                Self {
                    is_turn: |queue, now| queue.iter().any(|one| is_due(one, now)),
                    goes_in_order: false,
                    ..ours
                },
            ),
            (
                "who was told is forgotten",
                "told twice",
                Self { remembers_who_was_told: false, ..ours },
            ),
            (
                "what could not be noted is sent again",
                "repeats",
                Self { remembers_what_was_not_noted: false, ..ours },
            ),
            (
                "a message is made anew for each attempt",
                "another copy",
                Self { packs_anew: true, ..ours },
            ),
            (
                "who was told is kept before the message is",
                "not told",
                Self { keeps_all_at_once: false, ..ours },
            ),
        ]
    }
}
