//! The reading connections: they never wait for the writer, and the writer never for them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{
    Manager, Metrics, Object, Pool, PoolError, RecycleError, RecycleResult, Timeouts,
};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};

use crate::domain::Place;
use crate::store::{Key, StoreError, StoreResult};

/// How long a question waits for a free connection before it is told to come again.
const WAIT: Duration = Duration::from_secs(5);

pub(super) struct Readers(Pool<Opener>);

struct Opener {
    path: PathBuf,
    key: Option<Key>,
}

impl Readers {
    pub(super) fn new(path: &Path, count: usize, key: Option<Key>) -> StoreResult<Self> {
        let timeouts = Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) };
        Pool::builder(Opener { path: path.to_owned(), key })
            .max_size(count.max(1))
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .map(Self)
            .map_err(|fault| StoreError::Backend(Box::new(fault)))
    }

    /// Runs a question in one snapshot, off the async threads.
    pub(super) async fn run<T, F>(&self, query: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        let connection = self.0.get().await.map_err(|fault| match fault {
            PoolError::Backend(fault) => fault,
            _ => StoreError::Busy,
        })?;
        tokio::task::spawn_blocking(move || in_snapshot(&connection, query))
            .await
            // What a panic says may name people; it goes nowhere.
            .map_err(|_broke_off| StoreError::Backend("a question panicked".into()))?
    }
}

fn in_snapshot<T>(
    connection: &Object<Opener>,
    query: impl FnOnce(&Connection) -> StoreResult<T>,
) -> StoreResult<T> {
    let snapshot = connection.unchecked_transaction()?;
    let answer = query(&snapshot)?;
    snapshot.commit()?;
    Ok(answer)
}

impl Manager for Opener {
    type Type = Connection;
    type Error = StoreError;

    async fn create(&self) -> StoreResult<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        super::unlock::unlock(&connection, self.key.as_ref())?;
        super::prepare(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        add_distance(&connection)?;
        Ok(connection)
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<StoreError> {
        if connection.is_autocommit() {
            Ok(())
        } else {
            Err(RecycleError::message("a question left its snapshot open"))
        }
    }
}

/// Adds `distance_km(lon, lat, lon, lat)`, over the ellipsoid; null where a position is unknown.
fn add_distance(connection: &Connection) -> StoreResult<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("distance_km", 4, flags, |arguments| {
        let place = |at: usize| -> rusqlite::Result<Option<Place>> {
            let (lon, lat): (Option<f64>, Option<f64>) =
                (arguments.get(at)?, arguments.get(at + 1)?);
            Ok(lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok()))
        };
        Ok(place(0)?.zip(place(2)?).map(|(a, b)| a.distance_km(b)))
    })?;
    Ok(())
}
