//! One situation: every total, coverage, alert, report and export is a pure function of it.

pub mod alert;
pub mod arrivals;
pub mod claims;
pub mod coverage;
pub mod duplicates;
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
pub mod usual;
mod within;
pub mod world;

use std::collections::{HashMap, VecDeque};
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

/// How many readers' worlds of now are kept at hand, beside that of who sees everything.
const SEEN_WORLDS: usize = 16;

/// When it was known, the place in the ledger it was read at, by whom it is seen, and the world.
type PastWorld = (DateTime<Utc>, i64, Clearance, Arc<World>);

/// Keeps the world as it is now, and some as they were; each as its readers may know it.
pub struct Situations {
    store: Arc<dyn Store>,
    clock: Clock,
    ration: AssumedRation,
    /// As seen by who sees everything: the measure of how far the others have come.
    now: RwLock<Arc<World>>,
    /// As seen by every other clearance that was asked for.
    seen: RwLock<HashMap<Clearance, Arc<World>>>,
    /// One at a time brings the worlds up to date; the others find it done.
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
        let world = whole(&store, clock, ration).await?;
        Ok(Self {
            store,
            clock,
            ration,
            now: RwLock::new(Arc::new(world)),
            seen: RwLock::default(),
            catching_up: tokio::sync::Mutex::new(()),
            past: Mutex::default(),
        })
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
            let world = whole(&self.store, self.clock, self.ration).await?;
            self.past.lock().unwrap_or_else(PoisonError::into_inner).clear();
            self.seen.write().unwrap_or_else(PoisonError::into_inner).clear();
            *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
            return Ok(());
        }
        let (world, changes_sight) = self.patched(&self.world(), &Clearance::ALL).await?;
        // First the readers who see less: who asked after a write must find it for every clearance.
        for (clearance, old) in self.seen_worlds() {
            // A changed level may uncover what was known long before: such a world is read anew.
            let mut new = None;
            if !changes_sight {
                let (world, _) = self.patched(&old, &clearance).await?;
                new = Some(world).filter(|world| !world.shows_other_convoys_than(&old));
            }
            self.keep_seen(clearance, new.map(Arc::new));
        }
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
        Ok(())
    }

    /// A world with the news for this reader, and whether some of it changes what is seen of other records.
    async fn patched(&self, old: &World, clearance: &Clearance) -> StoreResult<(World, bool)> {
        let (known_at, at) = (horizon(self.clock), self.clock.now());
        let news = self.store.since(old.sequence, known_at, clearance, at).await?;
        let changes_sight = news.changes_sight;
        let mut world = World::clone(old);
        world.patch(news, self.ration)?;
        Ok((world, changes_sight))
    }

    fn seen_worlds(&self) -> Vec<(Clearance, Arc<World>)> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.iter().map(|(clearance, world)| (clearance.clone(), Arc::clone(world))).collect()
    }

    /// Keeps a reader's world of now, or forgets it.
    fn keep_seen(&self, clearance: Clearance, world: Option<Arc<World>>) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        let Some(world) = world else {
            seen.remove(&clearance);
            return;
        };
        if seen.len() >= SEEN_WORLDS && !seen.contains_key(&clearance) {
            // Which one goes does not matter: it is read again when it is asked for.
            let other = seen.keys().next().cloned();
            other.and_then(|other| seen.remove(&other));
        }
        seen.insert(clearance, world);
    }

    /// The world as it is now, for who sees everything: what the ledger has reached, never what is shown.
    #[must_use]
    pub fn world(&self) -> Arc<World> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The situation of a day, as known at a moment or now, as this reader may know it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn situation(
        &self,
        as_of: DateTime<Utc>,
        known_at: Option<DateTime<Utc>>,
        clearance: &Clearance,
    ) -> StoreResult<Situation> {
        let latest = self.known_by();
        let known_at = known_at.map_or(latest, |known_at| known_at.min(latest));
        let world = if known_at == latest {
            self.seen_by(clearance, self.clock.now()).await?
        } else {
            self.past(known_at, self.world().sequence, clearance).await?
        };
        Ok(Situation { world, as_of, known_at })
    }

    /// The situation of a day, as known at a moment and recorded up to a place in the ledger, as this reader may know it.
    /// What was written later counts as little as what was learned later, also where it is dated before that moment.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn recorded_by(
        &self,
        sequence: i64,
        as_of: DateTime<Utc>,
        known_at: DateTime<Utc>,
        clearance: &Clearance,
    ) -> StoreResult<Situation> {
        let now = self.world();
        let known_at = known_at.min(self.known_by());
        if now.sequence == sequence && (known_at >= now.learned_at || known_at == self.known_by()) {
            let world = self.seen_by(clearance, self.clock.now()).await?;
            // Somebody may have written in between.
            if world.sequence == sequence {
                return Ok(Situation { world, as_of, known_at });
            }
        }
        let world = self.past(known_at, sequence, clearance).await?;
        Ok(Situation { world, as_of, known_at })
    }

    /// Up to when things are known, for whoever asks for no past.
    #[must_use]
    pub fn known_by(&self) -> DateTime<Utc> {
        self.clock.known_by(self.world().learned_at)
    }

    /// The world of now as this reader may know it.
    async fn seen_by(&self, clearance: &Clearance, now: DateTime<Utc>) -> StoreResult<Arc<World>> {
        if *clearance == Clearance::ALL {
            return Ok(self.world());
        }
        let kept = |sequence| self.kept_seen(clearance, sequence, now);
        if let Some(world) = kept(self.world().sequence) {
            return Ok(world);
        }
        let _one = self.catching_up.lock().await;
        if let Some(world) = kept(self.world().sequence) {
            return Ok(world);
        }
        // Where an embargo ended, the records that speak of its convoy say so from now on too: all is read anew.
        let horizon = horizon(self.clock);
        let whole = (horizon, i64::MAX);
        let world = load(&self.store, whole, clearance, now, self.ration).await?;
        let world = Arc::new(world);
        self.keep_seen(clearance.clone(), Some(Arc::clone(&world)));
        Ok(world)
    }

    /// The kept one, if it has come as far as the ledger and no embargo in it has ended since.
    fn kept_seen(
        &self,
        clearance: &Clearance,
        sequence: i64,
        now: DateTime<Utc>,
    ) -> Option<Arc<World>> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let world = seen.get(clearance)?;
        let holds = world.sequence >= sequence && world.embargo_ends().is_none_or(|end| end > now);
        holds.then(|| Arc::clone(world))
    }

    /// The world as it was known at a moment; what was learned late can change it, so the ledger's place counts too.
    async fn past(
        &self,
        known_at: DateTime<Utc>,
        sequence: i64,
        clearance: &Clearance,
    ) -> StoreResult<Arc<World>> {
        if let Some(world) = self.kept(known_at, sequence, clearance) {
            return Ok(world);
        }
        // What was withheld then is withheld still, so that a report can be printed again as it was. A moment to come
        // would uncover what is withheld now.
        let at = known_at.min(self.clock.now());
        let world = load(&self.store, (known_at, sequence), clearance, at, self.ration).await?;
        let world = Arc::new(world);
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.push_back((known_at, sequence, clearance.clone(), Arc::clone(&world)));
        if past.len() > PAST_WORLDS {
            past.pop_front();
        }
        Ok(world)
    }

    fn kept(
        &self,
        known_at: DateTime<Utc>,
        sequence: i64,
        clearance: &Clearance,
    ) -> Option<Arc<World>> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let found = past
            .iter()
            .find(|(at, seen, by, _)| (*at, *seen) == (known_at, sequence) && by == clearance);
        found.map(|(_, _, _, world)| Arc::clone(world))
    }
}

/// Up to when the world of now is known. The wall clock moves on while it is asked; whatever is recorded is known.
const fn horizon(clock: Clock) -> DateTime<Utc> {
    match clock {
        Clock::Wall => DateTime::<Utc>::MAX_UTC,
        Clock::Fixed(now) => now,
    }
}

/// The world of now for who sees everything, with the moment of the newest that was recorded, be it a withdrawal.
async fn whole(store: &Arc<dyn Store>, clock: Clock, ration: AssumedRation) -> StoreResult<World> {
    let at = clock.now();
    let mut world = load(store, (horizon(clock), i64::MAX), &Clearance::ALL, at, ration).await?;
    world.learned_at = store.newest().await?;
    Ok(world)
}

/// What was known at a moment, and recorded up to a place in the ledger.
async fn load(
    store: &Arc<dyn Store>,
    (known_at, sequence): (DateTime<Utc>, i64),
    clearance: &Clearance,
    at: DateTime<Utc>,
    ration: AssumedRation,
) -> StoreResult<World> {
    let world = Arc::new(Mutex::new(World::default()));
    let filled = Arc::clone(&world);
    let visit =
        move |stored| filled.lock().unwrap_or_else(PoisonError::into_inner).put(stored, ration);
    let sequence = store.visit_known(known_at, sequence, clearance, at, Box::new(visit)).await?;
    let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
    world.sequence = sequence;
    Ok(std::mem::take(&mut world))
}
