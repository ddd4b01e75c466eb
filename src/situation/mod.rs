//! One situation: every total, coverage, alert, report and export is a pure function of it.

pub mod alert;
pub mod arrivals;
pub mod claims;
pub mod coverage;
pub mod funnel;
pub mod gap;
pub mod of_area;
pub mod outlook;
pub mod pause;
pub mod plan;
pub mod plan_outcome;
pub mod scorecard;
pub mod standards;
pub mod supply;
pub mod table;
pub mod totals;
pub mod world;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Utc};

pub use self::table::Known;
pub use self::world::{Situation, World};
use crate::assess::delivery::AssumedRation;
use crate::clock::Clock;
use crate::domain::Clearance;
use crate::store::{Store, StoreResult};

/// How many worlds of the past are kept at hand.
const PAST_WORLDS: usize = 4;

/// When it was known, the place in the ledger it was read at, and the world.
type PastWorld = (DateTime<Utc>, i64, Arc<World>);

/// Keeps the world as it is now, and some as they were.
pub struct Situations {
    store: Arc<dyn Store>,
    clock: Clock,
    ration: AssumedRation,
    now: RwLock<Arc<World>>,
    /// One at a time brings the world up to date; the others find it done.
    catching_up: tokio::sync::Mutex<()>,
    past: Mutex<VecDeque<PastWorld>>,
}

impl Situations {
    /// Loads the world as it is now.
    ///
    /// # Errors
    ///
    /// When the store fails or holds a record that this program does not understand.
    pub async fn load(
        store: Arc<dyn Store>,
        clock: Clock,
        ration: AssumedRation,
    ) -> StoreResult<Self> {
        let world = load(&store, horizon(clock), ration).await?;
        let now = RwLock::new(Arc::new(world));
        let catching_up = tokio::sync::Mutex::new(());
        Ok(Self { store, clock, ration, now, catching_up, past: Mutex::default() })
    }

    /// Takes in what was written since, by this program or by another on the same file.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn catch_up(&self) -> StoreResult<()> {
        self.catch_up_to(i64::MAX).await
    }

    /// Takes in what was written since, unless the world has come as far as this place in the ledger already: of
    /// many who wrote at once the first brings the news of all.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn catch_up_to(&self, sequence: i64) -> StoreResult<()> {
        let _one = self.catching_up.lock().await;
        if self.world().sequence >= sequence {
            return Ok(());
        }
        let seen = self.world().sequence;
        if self.store.sequence().await? == seen {
            return Ok(());
        }
        if self.store.purged_after(seen).await? {
            // What was purged must be gone from memory too, now and as it was.
            let world = load(&self.store, horizon(self.clock), self.ration).await?;
            self.past.lock().unwrap_or_else(PoisonError::into_inner).clear();
            *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
            return Ok(());
        }
        let news = self.store.since(seen, horizon(self.clock)).await?;
        let mut world = World::clone(&self.world());
        world.patch(news, self.ration)?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
        Ok(())
    }

    /// The world as it is now.
    #[must_use]
    pub fn world(&self) -> Arc<World> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The situation of a day, as known at a moment or now. Everybody's clearance is the same until the gate has its policy.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn situation(
        &self,
        as_of: DateTime<Utc>,
        known_at: Option<DateTime<Utc>>,
        _clearance: &Clearance,
    ) -> StoreResult<Situation> {
        let now = self.clock.now();
        let world = match known_at.filter(|known_at| *known_at != now) {
            None => self.world(),
            Some(known_at) => self.past(known_at).await?,
        };
        Ok(Situation { world, as_of, known_at: known_at.unwrap_or(now) })
    }

    /// The world as it was known at a moment; what was learned late can change it, so the ledger's place counts too.
    async fn past(&self, known_at: DateTime<Utc>) -> StoreResult<Arc<World>> {
        let sequence = self.world().sequence;
        let kept = self.kept(known_at, sequence);
        if let Some(world) = kept {
            return Ok(world);
        }
        let world = Arc::new(load(&self.store, known_at, self.ration).await?);
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.push_back((known_at, sequence, Arc::clone(&world)));
        if past.len() > PAST_WORLDS {
            past.pop_front();
        }
        Ok(world)
    }

    fn kept(&self, known_at: DateTime<Utc>, sequence: i64) -> Option<Arc<World>> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let found = past.iter().find(|(at, seen, _)| (*at, *seen) == (known_at, sequence));
        found.map(|(_, _, world)| Arc::clone(world))
    }
}

/// Up to when the world of now is known. The wall clock moves on while it is asked; whatever is recorded is known.
const fn horizon(clock: Clock) -> DateTime<Utc> {
    match clock {
        Clock::Wall => DateTime::<Utc>::MAX_UTC,
        Clock::Fixed(now) => now,
    }
}

async fn load(
    store: &Arc<dyn Store>,
    known_at: DateTime<Utc>,
    ration: AssumedRation,
) -> StoreResult<World> {
    let world = Arc::new(Mutex::new(World::default()));
    let filled = Arc::clone(&world);
    let visit =
        move |stored| filled.lock().unwrap_or_else(PoisonError::into_inner).put(stored, ration);
    let sequence = store.visit_known(known_at, Box::new(visit)).await?;
    let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
    world.sequence = sequence;
    Ok(std::mem::take(&mut world))
}
