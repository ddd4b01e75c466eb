//! The boundaries of the store, kept at hand; read anew when more were imported, by this program or another.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Atlas, Unit};
use crate::store::{Store, StoreResult};

/// How many days, and times at which something was known, are kept at hand.
const MOST_KEPT: usize = 4;

/// A day, a moment, and the atlas of it.
type Kept = (NaiveDate, DateTime<Utc>, Arc<Atlas>);

/// Keeps the boundaries of a store.
pub struct Atlases {
    store: Arc<dyn Store>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// How many imports the store had when this was read.
    imports: i64,
    units: Arc<Vec<Arc<Unit>>>,
    atlases: VecDeque<Kept>,
}

impl Atlases {
    /// Of a store, of which nothing is read yet.
    #[must_use]
    pub fn of(store: Arc<dyn Store>) -> Self {
        Self { store, held: Mutex::default() }
    }

    /// How many imports of boundaries there were: what rests on them holds until there are more.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn imports(&self) -> StoreResult<i64> {
        self.store.boundary_imports().await
    }

    /// The units in force on a day, as known at a moment.
    ///
    /// # Errors
    ///
    /// When the store fails or an outline in it is damaged.
    pub async fn atlas(&self, day: NaiveDate, known_at: DateTime<Utc>) -> StoreResult<Arc<Atlas>> {
        let imports = self.imports().await?;
        let units = self.units(imports).await?;
        // From the newest on nothing changes.
        let newest = units.iter().map(|unit| unit.known.last_change()).max();
        let known_at = known_at.min(newest.unwrap_or(DateTime::<Utc>::MIN_UTC));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.atlases.iter().find(|(on, at, _)| (*on, *at) == (day, known_at));
        if let Some((_, _, atlas)) = found {
            return Ok(Arc::clone(atlas));
        }
        let atlas = Arc::new(Atlas::of(&units, day, known_at));
        if held.imports == imports {
            held.atlases.push_back((day, known_at, Arc::clone(&atlas)));
            if held.atlases.len() > MOST_KEPT {
                held.atlases.pop_front();
            }
        }
        Ok(atlas)
    }

    async fn units(&self, imports: i64) -> StoreResult<Arc<Vec<Arc<Unit>>>> {
        {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if held.imports == imports {
                return Ok(Arc::clone(&held.units));
            }
        }
        let known = self.store.boundaries().await?;
        let units = Arc::new(known.into_iter().filter_map(Unit::of).map(Arc::new).collect());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Held { imports, units: Arc::clone(&units), atlases: VecDeque::new() };
        Ok(units)
    }
}
