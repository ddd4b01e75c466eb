//! What would have been raised, and when: the alerts of a time in the past, from what was known at each moment alone.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::domain::Clearance;
use crate::situation::alert::alerts;
use crate::situation::alert::life::{Event, Lives};
use crate::store::StoreResult;

/// How many entries of the ledger are read at once.
const PAGE: usize = 1_000;

/// The time that is replayed, and for whom.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The first look.
    pub from: DateTime<Utc>,
    /// The last look.
    pub to: DateTime<Utc>,
    /// What is told is computed from what such a reader may know.
    pub clearance: Clearance,
}

/// Looks whenever something was learned, and at the end of each day; gives what changed, in order. `looked` is told
/// after each look how many are done, of how many.
///
/// # Errors
///
/// When the store fails.
pub async fn replay(
    app: &App,
    ask: &Ask,
    mut looked: impl FnMut(usize, usize),
) -> StoreResult<Vec<Event>> {
    let (mut lives, mut events) = (Lives::default(), Vec::new());
    let standards = app.standards();
    let moments = moments(app, ask).await?;
    for (done, at) in moments.iter().copied().enumerate() {
        let situation = app.situations.situation(at, Some(at), &ask.clearance).await?;
        events.extend(lives.look(at, &alerts(&situation, &standards)));
        looked(done + 1, moments.len());
    }
    Ok(events)
}

/// The beginning and the end, the ends of the days between, and whenever something was learned.
async fn moments(app: &App, ask: &Ask) -> StoreResult<BTreeSet<DateTime<Utc>>> {
    let mut moments = BTreeSet::from([ask.from, ask.to]);
    let midnight = ask.from.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let ends = (1..).map(|day| midnight + TimeDelta::days(day) - TimeDelta::milliseconds(1));
    moments.extend(ends.skip_while(|end| *end < ask.from).take_while(|end| *end < ask.to));
    let (mut after, known_by) = (0, app.situations.known_by());
    loop {
        let entries = app.store.changes(after, PAGE, &ask.clearance, known_by).await?;
        let Some(last) = entries.last() else { return Ok(moments) };
        after = last.sequence;
        let learned = entries.iter().map(|entry| entry.learned_at);
        moments.extend(learned.filter(|at| (ask.from..=ask.to).contains(at)));
    }
}
