//! Looks for alerts: after every write that nothing follows for a moment, and by the clock. Both find the same.
//!
//! One look takes in what the rules find for readers of each level, brings the lives of the alerts up to date, decides
//! who is told, and keeps all of it with the messages in one transaction.

mod found;
mod message;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

pub(super) use self::found::Read;
use self::found::{Level, at_level};
use super::telling::{Case, Desk, Notice, Reader};
use super::{JobError, causes};
use crate::app::App;
use crate::clock::Clock;
use crate::domain::{Clearance, Recipient, Sensitivity};
use crate::pulse::Task;
use crate::situation::Situation;
use crate::situation::alert::quiet::{is_chosen, silences_now};
use crate::situation::alert::{Alert, hours};
use crate::store::{Look, Told};

/// How often it is looked whether something was written.
const TICK: Duration = Duration::from_millis(500);

/// How long writes that follow each other put a look off at most, as a multiple of the quiet that is waited for.
const MOST_QUIETS: u32 = 5;

/// What one look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Steps in the lives of alerts.
    pub steps: usize,
    /// Messages that are to be delivered.
    pub messages: usize,
}

/// Looks once.
///
/// # Errors
///
/// When the store fails, or a message cannot be made.
pub async fn look(app: &App) -> Result<Outcome, JobError> {
    app.situations.catch_up().await?;
    let now = app.clock.now();
    let all = app.situations.situation(now, None, &Clearance::ALL).await?;
    let silences = silences_now(&all);
    let mut levels = Vec::with_capacity(Sensitivity::ALL.len());
    for level in Sensitivity::ALL {
        levels.push(at_level(app, *level, now, &silences).await?);
    }
    let told = app.store.told().await?;
    let notices = notices(app, &all, &levels, &told, now);
    let mut look = Look::default();
    message::write(app, &all, &levels, (&notices, &told), now, &mut look);
    look.told.extend(forgotten(&all, &levels, &told));
    for level in levels {
        look.episodes.extend(level.changed);
    }
    let steps = look.episodes.iter().map(|looked| looked.steps.len()).sum();
    let outcome = Outcome { steps, messages: look.messages.len() };
    if !(look.episodes.is_empty() && look.told.is_empty() && look.messages.is_empty()) {
        app.store.keep_look(now, look).await?;
    }
    app.note_ran(Task::Look).await;
    Ok(outcome)
}

fn notices(
    app: &App,
    all: &Situation,
    levels: &[Level],
    told: &[Told],
    now: DateTime<Utc>,
) -> Vec<Notice> {
    let cases: Vec<Case<'_>> = levels.iter().flat_map(Level::cases).collect();
    let readers = all.world.recipients.iter();
    let readers: Vec<Reader<'_>> =
        readers.map(|known| Reader { code: &known.code, record: &known.record }).collect();
    // Where an area lies is known to who sees everything; that an alert touches it, it says itself.
    let chosen = |recipient: &Recipient, alert: &Alert| {
        recipient.alerts.iter().any(|choice| is_chosen(all, choice, alert))
    };
    let escalate_after = hours(app.settings.telling.escalate_hours);
    Desk { cases: &cases, readers: &readers, told, chosen: &chosen, now, escalate_after }.notices()
}

/// Who is no recipient any more, or one of another level, is not told of the end.
fn forgotten(all: &Situation, levels: &[Level], told: &[Told]) -> Vec<Told> {
    let is_over = |told: &&Told| {
        let mut episodes = levels.iter().flat_map(|level| &level.over);
        let over = episodes.find(|over| over.kept.id == told.episode);
        let recipient = all.world.recipients.get(&told.recipient);
        over.is_some_and(|over| {
            recipient.is_none_or(|known| known.record.level() != over.kept.level)
        })
    };
    told.iter().filter(is_over).map(|told| Told { is_over: true, ..told.clone() }).collect()
}

/// When the next look is due, from what was written since the last one.
#[derive(Debug, Clone, Copy)]
struct Watch {
    /// The place in the ledger at the last look.
    looked: i64,
    looked_at: Instant,
    /// The place in the ledger that was last seen, and since when it is that; and since when anything is new.
    seen: i64,
    seen_at: Instant,
    news_at: Option<Instant>,
}

impl Watch {
    const fn beginning(sequence: i64, now: Instant) -> Self {
        Self { looked: sequence, looked_at: now, seen: sequence, seen_at: now, news_at: None }
    }

    /// Is a look due?
    fn is_due(&mut self, sequence: i64, now: Instant, every: Duration, quiet: Duration) -> bool {
        if sequence != self.seen {
            (self.seen, self.seen_at) = (sequence, now);
            self.news_at = self.news_at.or(Some(now));
        }
        let is_quiet = self.seen != self.looked && now - self.seen_at >= quiet;
        let is_late = self.news_at.is_some_and(|news| now - news >= quiet * MOST_QUIETS);
        is_quiet || is_late || now - self.looked_at >= every
    }
}

/// Looks for as long as the program runs.
pub async fn run_forever(app: Arc<App>) {
    let settings = app.settings.telling;
    let every = Duration::from_secs(settings.look_seconds.into());
    let quiet = Duration::from_secs(settings.quiet_seconds.into());
    let mut watch = Watch::beginning(i64::MIN, Instant::now());
    loop {
        let sequence = app.situations.world().sequence;
        let now = Instant::now();
        // Where time stands still only what is written changes anything.
        let stands_still = matches!(app.clock, Clock::Fixed(_)) && watch.looked == sequence;
        if watch.is_due(sequence, now, every, quiet) && !stands_still {
            if let Err(fault) = look(&app).await {
                // A rule that panicked panics again: who watches the service learns of it.
                app.pulse.note_broken(Task::Look);
                tracing::error!(error = %causes(&fault), "Alerts could not be looked for");
            }
            watch = Watch::beginning(sequence, Instant::now());
        }
        tokio::time::sleep(TICK).await;
    }
}

/// The number of episodes that the keys had, for the ones that are raised now.
type Numbers = BTreeMap<String, u32>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_when_writes_are_over_for_a_moment_or_do_not_end_or_by_the_clock() {
        let (every, quiet) = (Duration::from_mins(1), Duration::from_secs(2));
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        let mut watch = Watch::beginning(7, begun);
        assert!(!watch.is_due(7, after(59), every, quiet));
        assert!(watch.is_due(7, after(60), every, quiet), "by the clock");
        let mut watch = Watch::beginning(7, begun);
        assert!(!watch.is_due(8, after(1), every, quiet));
        assert!(!watch.is_due(9, after(2), every, quiet), "something followed");
        assert!(!watch.is_due(9, after(3), every, quiet));
        assert!(watch.is_due(9, after(4), every, quiet));
        let mut watch = Watch::beginning(7, begun);
        let due = (1..=11).map(|second| {
            watch.is_due(7 + i64::try_from(second).unwrap(), after(second), every, quiet)
        });
        assert_eq!(
            due.filter(|due| *due).count(),
            1,
            "writes that do not end put it off for a while"
        );
    }
}
