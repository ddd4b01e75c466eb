//! The decisions of the program, and mistakes in them, of which each must be found.
#![cfg(test)]

use chrono::{DateTime, TimeDelta, Utc};
use passage::domain::Recipient;
use passage::jobs::deliver::Outcome;
use passage::jobs::outbox::{self, Standing};
use passage::store::{Delivery, DeliveryState, Progress};

/// A mistake that the program does not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// An attempt that failed counts as delivered.
    CountsAllAsDelivered,
    /// What fails is given up without a word.
    GivesUpWithoutAWord,
    /// A time that a clock set ahead is believed.
    BelievesTheClock,
    /// Whatever is due goes first.
    MindsNoOrder,
    /// Who was told is forgotten.
    ForgetsWhoWasTold,
    /// What could not be noted is sent again.
    SendsWhatIsNotNoted,
    /// A message is made anew for each attempt.
    PacksAnew,
    /// Who was told is kept before the message is.
    KeepsInTwoWrites,
    /// What has become of a recipient since is not looked at.
    MindsNoRecipient,
}

impl Mistake {
    /// Each, with how what it breaks begins.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::CountsAllAsDelivered, "lost"),
        (Self::GivesUpWithoutAWord, "no reason"),
        (Self::BelievesTheClock, "held up"),
        (Self::MindsNoOrder, "out of order"),
        (Self::ForgetsWhoWasTold, "told twice"),
        (Self::SendsWhatIsNotNoted, "repeats"),
        (Self::PacksAnew, "another copy"),
        (Self::KeepsInTwoWrites, "not told"),
        (Self::MindsNoRecipient, "closed out"),
    ];
}

/// How far a delivery has come after an attempt.
pub fn after(
    mistake: Option<Mistake>,
    before: &Progress,
    outcome: &Outcome,
    now: DateTime<Utc>,
    age: (DateTime<Utc>, TimeDelta),
    luck: f64,
) -> Progress {
    let is_counted =
        mistake == Some(Mistake::CountsAllAsDelivered) && matches!(outcome, Outcome::Again(_));
    let outcome = if is_counted { &Outcome::Delivered } else { outcome };
    let done = outbox::after(before, outcome, now, age, luck);
    if mistake == Some(Mistake::GivesUpWithoutAWord) && done.state != DeliveryState::Delivered {
        return Progress { state: DeliveryState::Failed, next_at: None, problem: None, ..done };
    }
    done
}

/// Is a recipient served now?
pub fn is_turn(mistake: Option<Mistake>, queue: &[Progress], now: DateTime<Utc>) -> bool {
    let is_past = |one: &Progress| one.next_at.is_some_and(|next| next <= now);
    match mistake {
        Some(Mistake::BelievesTheClock) => queue.first().is_some_and(is_past),
        Some(Mistake::MindsNoOrder) => queue.iter().any(|one| outbox::is_due(one, now)),
        _ => outbox::is_turn(queue, now),
    }
}

/// May a message go out to who its recipient is now?
pub fn standing(
    mistake: Option<Mistake>,
    delivery: &Delivery,
    recipient: Option<&Recipient>,
) -> Standing {
    match mistake {
        Some(Mistake::MindsNoRecipient) => Standing::Goes,
        _ => outbox::standing(delivery, recipient),
    }
}
