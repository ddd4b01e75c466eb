//! Brings out what waits, again and again until it is taken or given up.
//!
//! [`after`], [`is_due`] and [`is_turn`] decide and are pure; [`run_due`] does what is due now. What a message says was
//! kept before it is sent for the first time, and what became of an attempt is noted after it: whoever is killed in
//! between sends the same bytes under the same id once more.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::stream::{self, StreamExt};
use uuid::Uuid;

use super::JobError;
use super::deliver::{Deliverers, Outcome, Parcel};
use crate::app::App;
use crate::domain::Sensitivity;
use crate::pulse::Task;
use crate::situation::alert::hours;
use crate::store::{Delivery, DeliveryState, Progress};

/// The wait after the first failed attempt; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);

/// The longest wait between two attempts.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// What was tried less often than this is not given up, however old it is: somebody may have asked for it again.
const LEAST_ATTEMPTS: u32 = 20;

/// For how many recipients something is on its way at the same time, one message for each.
pub const AT_ONCE: usize = 64;

/// How many messages of a recipient are taken up in one round.
pub const OF_EACH: usize = 16;

/// What failed this often may be something that its recipient will never take, and is passed over: the one that was made
/// after it is tried. Until then those that come after it wait.
pub const PASSED_OVER_AFTER: u32 = 5;

/// So many that fail say that the recipient is away.
const AWAY: usize = 2;

/// How long a recipient who takes everything, but slowly, is served in one round: the others wait for it.
const LONGEST_TURN: Duration = Duration::from_secs(5);

/// How often it is looked whether something waits.
const TICK: Duration = Duration::from_secs(1);

/// Is it to be tried now? A time further away than any wait was set by a clock that was ahead.
#[must_use]
pub fn is_due(progress: &Progress, now: DateTime<Utc>) -> bool {
    progress.next_at.is_some_and(|next| next <= now || next - now > LONGEST_WAIT)
}

/// The messages of a recipient are tried in the order in which they were made, or an alert would burn on for who hears of
/// its end before its beginning.
#[derive(Debug, Default)]
pub struct Turn {
    failed: usize,
}

impl Turn {
    /// Is the message tried that was made after one that stands so?
    pub fn goes_on(&mut self, progress: &Progress) -> bool {
        if progress.state != DeliveryState::Waiting {
            return true;
        }
        self.failed += 1;
        progress.attempts >= PASSED_OVER_AFTER && self.failed < AWAY
    }
}

/// Is a recipient served now? The oldest messages decide for all that wait behind them.
#[must_use]
pub fn is_turn<'a>(queue: impl IntoIterator<Item = &'a Progress>, now: DateTime<Utc>) -> bool {
    let mut turn = Turn::default();
    for progress in queue {
        if is_due(progress, now) {
            return true;
        }
        if !turn.goes_on(progress) {
            return false;
        }
    }
    false
}

/// How far a delivery has come after an attempt. `luck`, from 0 to 1, spreads the waits: those who wait for the same
/// server do not all come back at the same moment.
///
/// # Example
///
/// ```
/// use chrono::{DateTime, TimeDelta};
/// use passage::jobs::deliver::Outcome;
/// use passage::jobs::outbox::after;
/// use passage::store::{DeliveryState, Progress};
/// let made = DateTime::UNIX_EPOCH;
/// let failed = Outcome::Again("the server does not answer".to_owned());
/// let week = TimeDelta::days(7);
/// let once = after(&Progress::beginning(made), &failed, made, (made, week), 1.0);
/// assert_eq!((once.state, once.next_at), (DeliveryState::Waiting, Some(made + TimeDelta::seconds(30))));
/// let taken = after(&once, &Outcome::Delivered, made + TimeDelta::seconds(30), (made, week), 1.0);
/// assert_eq!((taken.state, taken.attempts), (DeliveryState::Delivered, 2));
/// ```
#[must_use]
pub fn after(
    before: &Progress,
    outcome: &Outcome,
    now: DateTime<Utc>,
    (made_at, give_up): (DateTime<Utc>, TimeDelta),
    luck: f64,
) -> Progress {
    let attempts = before.attempts.saturating_add(1);
    let tried = Progress { attempts, tried_at: Some(now), next_at: None, ..before.clone() };
    let ended = |state, problem| Progress { state, done_at: Some(now), problem, ..tried.clone() };
    match outcome {
        Outcome::Delivered => ended(DeliveryState::Delivered, None),
        Outcome::Never(why) => ended(DeliveryState::Failed, Some(why.clone())),
        Outcome::Again(why) if now - made_at >= give_up && attempts >= LEAST_ATTEMPTS => {
            let why = format!("given up after {attempts} attempts: {why}");
            ended(DeliveryState::Failed, Some(why))
        }
        Outcome::Again(why) => {
            let next_at = Some(now + wait(attempts, luck));
            Progress { next_at, problem: Some(why.clone()), ..tried }
        }
    }
}

/// The wait after so many failed attempts: between half of the doubled wait and all of it.
fn wait(attempts: u32, luck: f64) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).min(20);
    let longest = FIRST_WAIT.checked_mul(1 << doublings).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    #[expect(clippy::cast_possible_truncation, reason = "an hour has few milliseconds")]
    #[expect(clippy::cast_precision_loss, reason = "an hour has few milliseconds")]
    let spread = (longest.num_milliseconds() as f64 * luck.clamp(0.0, 1.0) / 2.0) as i64;
    longest / 2 + TimeDelta::milliseconds(spread)
}

/// What came of attempts that the store could not take down yet. Nothing more is sent before it has: what was sent and
/// is not noted would be sent again and again.
#[derive(Default)]
pub struct Unnoted(Mutex<Vec<(Uuid, Progress)>>);

impl Unnoted {
    async fn note(&self, app: &App) -> Result<(), JobError> {
        loop {
            let next = self.held(|held| held.first().cloned());
            let Some((id, progress)) = next else { return Ok(()) };
            app.store.note_progress(id, progress).await?;
            self.held(|held| held.retain(|(other, _)| *other != id));
        }
    }

    fn held<T>(&self, with: impl FnOnce(&mut Vec<(Uuid, Progress)>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Tries everything that is due now; gives how many were tried. Recipients are served side by side, the messages of
/// one in the order in which they were made.
///
/// # Errors
///
/// The first failure of the store, after every recipient had its turn.
pub async fn run_due(
    app: &App,
    deliverers: &Deliverers,
    unnoted: &Unnoted,
) -> Result<usize, JobError> {
    unnoted.note(app).await?;
    // By the true clock, also where the rest of the program lives at another time.
    let now = app.clock.recorded_at();
    let mut queues: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
    for delivery in app.store.waiting(OF_EACH).await? {
        queues.entry(delivery.recipient.clone()).or_default().push(delivery);
    }
    queues.retain(|_, queue| is_turn(queue.iter().map(|delivery| &delivery.progress), now));
    let turns = queues.into_values().map(|queue| serve(app, deliverers, unnoted, queue));
    let done: Vec<_> = stream::iter(turns).buffer_unordered(AT_ONCE).collect().await;
    app.pulse.note(Task::Deliver, app.clock.recorded_at());
    done.into_iter().sum()
}

/// Tries the messages of one recipient, one after the other; gives how many.
async fn serve(
    app: &App,
    deliverers: &Deliverers,
    unnoted: &Unnoted,
    queue: Vec<Delivery>,
) -> Result<usize, JobError> {
    let give_up = hours(app.settings.telling.give_up_hours);
    let (turn_begun, mut turn, mut tried) = (Instant::now(), Turn::default(), 0);
    for waiting in queue {
        // Its content is read only now: many that wait for many would not fit into memory.
        let found = app.store.delivery(waiting.id, Sensitivity::StrictlyConfidential).await?;
        let Some(delivery) = found else { continue };
        let sent_at = app.clock.recorded_at();
        let outcome = deliverers.deliver(&Parcel::from(&delivery), sent_at).await;
        tried += 1;
        let now = app.clock.recorded_at();
        let age = (delivery.made_at, give_up);
        let progress = after(&delivery.progress, &outcome, now, age, luck());
        tell(&delivery, &progress);
        let is_slow = turn_begun.elapsed() > LONGEST_TURN;
        let goes_on = turn.goes_on(&progress) && !(is_slow && progress.next_at.is_none());
        if let Err(fault) = app.store.note_progress(delivery.id, progress.clone()).await {
            unnoted.held(|held| held.push((delivery.id, progress)));
            return Err(fault.into());
        }
        if !goes_on {
            break;
        }
    }
    Ok(tried)
}

/// A number from 0 to 1; where the machine has no luck to give, the longest wait.
fn luck() -> f64 {
    let mut byte = [u8::MAX];
    let _drawn = getrandom::fill(&mut byte);
    f64::from(byte[0]) / f64::from(u8::MAX)
}

fn tell(delivery: &Delivery, progress: &Progress) {
    let (id, channel, attempts) = (delivery.id, delivery.channel, progress.attempts);
    let problem = progress.problem.as_deref().unwrap_or_default();
    match progress.state {
        DeliveryState::Delivered => {
            tracing::info!(delivery.id = %id, %channel, attempts, "Delivered {id}");
        }
        DeliveryState::Waiting => {
            tracing::warn!(delivery.id = %id, %channel, attempts, problem, "Could not deliver {id} yet");
        }
        DeliveryState::Failed => {
            tracing::error!(delivery.id = %id, %channel, attempts, problem, "Cannot deliver {id}; somebody must look");
        }
    }
}

/// Brings out what waits for as long as the program runs.
pub async fn run_forever(app: Arc<App>, deliverers: Arc<Deliverers>) {
    let unnoted = Unnoted::default();
    loop {
        match run_due(&app, &deliverers, &unnoted).await {
            // There may be more.
            Ok(tried) if tried >= OF_EACH => continue,
            Ok(_) => {}
            Err(fault) => tracing::error!(error = %fault, "What waits could not be brought out"),
        }
        tokio::time::sleep(TICK).await;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WEEK: TimeDelta = TimeDelta::days(7);

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn again() -> Outcome {
        Outcome::Again("it does not answer".to_owned())
    }

    #[test]
    fn what_was_taken_or_can_never_be_is_not_tried_again() {
        let beginning = Progress::beginning(at(0));
        let taken = after(&beginning, &Outcome::Delivered, at(5), (at(0), WEEK), 0.5);
        assert_eq!((taken.state, taken.done_at), (DeliveryState::Delivered, Some(at(5))));
        assert!(!is_due(&taken, at(1_000_000)));
        let never = Outcome::Never("no such recipient".to_owned());
        let failed = after(&beginning, &never, at(5), (at(0), WEEK), 0.5);
        assert_eq!((failed.state, failed.attempts), (DeliveryState::Failed, 1));
        assert_eq!(failed.problem.as_deref(), Some("no such recipient"));
        assert!(!is_due(&failed, at(1_000_000)));
    }

    #[test]
    fn the_waits_double_up_to_an_hour_and_are_spread() {
        let waits: Vec<i64> = (1..=9).map(|attempts| wait(attempts, 1.0).num_seconds()).collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
        assert_eq!(wait(1, 0.0), TimeDelta::seconds(15));
        assert_eq!(wait(u32::MAX, 0.0), TimeDelta::minutes(30));
    }

    #[test]
    fn a_receiver_that_is_down_for_a_day_loses_nothing_and_one_that_never_comes_back_is_given_up() {
        let (mut progress, mut now) = (Progress::beginning(at(0)), at(0));
        while progress.state == DeliveryState::Waiting {
            now = progress.next_at.unwrap();
            progress = after(&progress, &again(), now, (at(0), WEEK), 0.5);
        }
        assert!(now - at(0) >= WEEK && now - at(0) <= WEEK + LONGEST_WAIT, "{now}");
        assert!(progress.problem.unwrap().starts_with("given up after"));
    }

    #[test]
    fn what_somebody_asked_for_again_is_tried_often_enough_however_old_it_is() {
        let mut progress = Progress::beginning(at(0));
        for _ in 1..LEAST_ATTEMPTS {
            let now = progress.next_at.unwrap() + TimeDelta::days(400);
            progress = after(&progress, &again(), now, (at(0), WEEK), 0.5);
            assert_eq!(progress.state, DeliveryState::Waiting);
        }
        let now = progress.next_at.unwrap() + TimeDelta::days(400);
        assert_eq!(
            after(&progress, &again(), now, (at(0), WEEK), 0.5).state,
            DeliveryState::Failed
        );
    }

    fn failed(attempts: u32, next: i64) -> Progress {
        Progress { attempts, next_at: Some(at(next)), ..Progress::beginning(at(0)) }
    }

    #[test]
    fn what_is_to_be_tried_later_holds_up_all_that_was_made_after_it() {
        let new = Progress::beginning(at(5));
        let is_turn = |queue: &[&Progress]| is_turn(queue.iter().copied(), at(10));
        assert!(!is_turn(&[]));
        assert!(is_turn(&[&new]));
        assert!(!is_turn(&[&failed(1, 20), &new]));
        assert!(is_turn(&[&failed(1, 10), &new]), "it is its time");
    }

    #[test]
    fn what_failed_often_is_passed_over_and_two_of_that_are_a_recipient_who_is_away() {
        let new = Progress::beginning(at(5));
        let often = failed(PASSED_OVER_AFTER, 20);
        let is_turn = |queue: &[&Progress]| is_turn(queue.iter().copied(), at(10));
        assert!(is_turn(&[&often, &new]));
        assert!(!is_turn(&[&failed(PASSED_OVER_AFTER - 1, 20), &new]));
        assert!(!is_turn(&[&often, &often, &new]));
        assert!(!is_turn(&[&often, &failed(1, 20), &new]));
        let mut turn = Turn::default();
        let done = Progress { state: DeliveryState::Failed, next_at: None, ..failed(9, 0) };
        let went: Vec<bool> =
            [&done, &done, &often, &done, &often].map(|one| turn.goes_on(one)).to_vec();
        assert_eq!(went, [true, true, true, true, false]);
    }

    #[test]
    fn a_clock_that_was_ahead_keeps_nothing_waiting() {
        let ahead = Progress::beginning(at(0) + TimeDelta::days(1_000));
        assert!(is_due(&ahead, at(0)));
        let soon = Progress::beginning(at(0) + LONGEST_WAIT);
        assert!(!is_due(&soon, at(0)));
        assert!(is_due(&soon, at(0) + LONGEST_WAIT));
    }

    proptest! {
        /// Whatever comes of the attempts: it waits with a time, or is over without one, and never goes back.
        #[test]
        fn a_delivery_waits_with_a_time_or_is_over(
            outcomes in prop::collection::vec(0_u8..3, 1..40), luck in 0.0..1.0_f64, step in 0_i64..10_000,
        ) {
            let (mut progress, mut now) = (Progress::beginning(at(0)), at(0));
            for (tried, outcome) in outcomes.into_iter().enumerate() {
                let outcome = match outcome {
                    0 => Outcome::Delivered,
                    1 => Outcome::Never("no".to_owned()),
                    _ => again(),
                };
                now += TimeDelta::seconds(step);
                progress = after(&progress, &outcome, now, (at(0), WEEK), luck);
                prop_assert_eq!(progress.attempts as usize, tried + 1);
                prop_assert_eq!(progress.next_at.is_some(), progress.state == DeliveryState::Waiting);
                prop_assert_eq!(progress.done_at.is_none(), progress.state == DeliveryState::Waiting);
                prop_assert!(progress.next_at.is_none_or(|next| next > now && next - now <= LONGEST_WAIT));
                if progress.state != DeliveryState::Waiting {
                    break;
                }
            }
        }
    }
}
