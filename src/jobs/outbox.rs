//! Brings out what waits, again and again until it is taken or given up.
//!
//! [`after`], [`Turn`], [`is_turn`] and [`standing()`] decide and are pure; [`run_due`] does what is due now. What a
//! message says was kept before it is sent for the first time, and what became of an attempt is noted after it: whoever
//! is killed in between sends the same bytes under the same id once more.

mod again;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::stream::{self, FuturesUnordered, StreamExt};
use uuid::Uuid;

pub use self::again::{NotAgain, anew, try_again};
pub use self::standing::{Standing, set_aside, standing};
use super::JobError;
use super::deliver::{Deliverers, Outcome};
use crate::app::App;
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

/// What is done about a message when its place in the queue has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is tried.
    Tries,
    /// Its time has not come, and the one after it is looked at.
    Passes,
    /// Its time has not come, and all that were made after it wait behind it.
    Ends,
}

/// The messages of a recipient are tried in the order in which they were made, or an alert would burn on for who hears of
/// its end before its beginning.
#[derive(Debug, Default)]
pub struct Turn {
    failed: usize,
}

impl Turn {
    /// What is done about the next message.
    pub fn step(&mut self, progress: &Progress, now: DateTime<Utc>) -> Step {
        if is_due(progress, now) {
            return Step::Tries;
        }
        if self.goes_on(progress) { Step::Passes } else { Step::Ends }
    }

    /// Is the message looked at that was made after one that stands so?
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
    let mut steps = queue.into_iter().map(|progress| turn.step(progress, now));
    steps.find(|step| *step != Step::Passes) == Some(Step::Tries)
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

/// Tries what is due now; gives how many were tried. Recipients are served side by side, the messages of one in the
/// order in which they were made.
///
/// # Errors
///
/// The first failure of the store, after every recipient had its turn.
pub async fn run_due(
    app: &App,
    deliverers: &Deliverers,
    unnoted: &Unnoted,
) -> Result<usize, JobError> {
    let queues = due(app, unnoted).await?;
    let turns = queues.into_values().map(|queue| serve(app, deliverers, unnoted, queue));
    let done: Vec<_> = stream::iter(turns).buffer_unordered(AT_ONCE).collect().await;
    app.note_ran(Task::Deliver).await;
    done.into_iter().sum()
}

/// The queues of those whose turn it is.
async fn due(app: &App, unnoted: &Unnoted) -> Result<BTreeMap<String, Vec<Delivery>>, JobError> {
    unnoted.note(app).await?;
    // By the true clock, also where the rest of the program lives at another time.
    let now = app.clock.recorded_at();
    let mut queues: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
    for delivery in app.store.waiting(OF_EACH).await? {
        queues.entry(delivery.recipient.clone()).or_default().push(delivery);
    }
    queues.retain(|_, queue| is_turn(queue.iter().map(|delivery| &delivery.progress), now));
    Ok(queues)
}

/// Tries the messages of one recipient, one after the other; gives how many.
async fn serve(
    app: &App,
    deliverers: &Deliverers,
    unnoted: &Unnoted,
    queue: Vec<Delivery>,
) -> Result<usize, JobError> {
    let (turn_begun, mut turn, mut tried) = (Instant::now(), Turn::default(), 0);
    for waiting in queue {
        match turn.step(&waiting.progress, app.clock.recorded_at()) {
            Step::Tries => {}
            Step::Passes => continue,
            Step::Ends => break,
        }
        let Some((delivery, progress)) = attempt(app, deliverers, waiting).await? else { break };
        let Some(progress) = progress else { continue };
        tried += 1;
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

/// What comes of a message now: how far it has come, or `None` where it waits no more. `None` for all of it: its
/// recipient is paused.
async fn attempt(
    app: &App,
    deliverers: &Deliverers,
    waiting: Delivery,
) -> Result<Option<(Delivery, Option<Progress>)>, JobError> {
    // Whoever was closed out, or moved, a moment ago is sent nothing any more.
    app.situations.catch_up().await?;
    let world = app.situations.world();
    let recipient = world.recipients.get(&waiting.recipient).map(|known| &known.record);
    match standing(&waiting, recipient) {
        Standing::Goes => {}
        Standing::Waits => return Ok(None),
        Standing::Never(why) => {
            let aside = set_aside(&waiting.progress, why, app.clock.recorded_at());
            return Ok(Some((waiting, Some(aside))));
        }
    }
    // Its content is read only now: many that wait for many would not fit into memory.
    let Some(delivery) = app.store.to_send(waiting.id).await? else {
        return Ok(Some((waiting, None)));
    };
    let sent_at = app.clock.recorded_at();
    let outcome = deliverers.deliver(&delivery, sent_at).await;
    let age = (delivery.made_at, hours(app.settings.telling.give_up_hours));
    let now = app.clock.recorded_at();
    let progress = after(&delivery.progress, &outcome, now, age, luck());
    Ok(Some((delivery, Some(progress))))
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
        // That is decided elsewhere.
        DeliveryState::Dismissed => {}
    }
}

/// Brings out what waits for as long as the program runs. A recipient who is served for long, as by a mail server that
/// takes its time, holds up nobody else.
pub async fn run_forever(app: Arc<App>, deliverers: Arc<Deliverers>) {
    let (app, deliverers, unnoted) = (&*app, &*deliverers, &Unnoted::default());
    let (mut turns, mut busy) = (FuturesUnordered::new(), BTreeSet::new());
    loop {
        match due(app, unnoted).await {
            Ok(queues) => {
                for (recipient, queue) in queues {
                    if turns.len() < AT_ONCE && busy.insert(recipient.clone()) {
                        let turn = serve(app, deliverers, unnoted, queue);
                        turns.push(turn.map(move |done| (recipient, done)));
                    }
                }
            }
            Err(fault) => not_brought_out(&fault),
        }
        app.note_ran(Task::Deliver).await;
        let tick = tokio::time::sleep(TICK);
        tokio::pin!(tick);
        let mut is_time = false;
        while !is_time {
            tokio::select! {
                () = &mut tick => is_time = true,
                Some((recipient, done)) = turns.next(), if !turns.is_empty() => {
                    busy.remove(&recipient);
                    match done {
                        // There may be more.
                        Ok(tried) => is_time = tried >= OF_EACH,
                        Err(fault) => not_brought_out(&fault),
                    }
                }
            }
        }
    }
}

fn not_brought_out(fault: &JobError) {
    tracing::error!(error = %fault, "What waits could not be brought out");
}
