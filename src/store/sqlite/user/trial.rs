//! How often a wrong password was given, in `SQLite`: a restart forgets nothing of it.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::super::{instant, millis};
use crate::store::{Lock, StoreResult, Subject, Trial};

/// After how long without a wrong password none is remembered.
const MEMORY: TimeDelta = TimeDelta::days(1);

const FORGET: &str = "DELETE FROM login_failure WHERE max(last_at, locked_until) < :before";

const SELECT: &str = "SELECT wrong, locked_until FROM login_failure WHERE subject = :subject";

const UPSERT: &str = "
    INSERT INTO login_failure (subject, wrong, locked_until, last_at)
    VALUES (:subject, :wrong, :locked_until, :at)
    ON CONFLICT (subject) DO UPDATE
       SET wrong = :wrong, locked_until = :locked_until, last_at = :at";

const DELETE: &str = "DELETE FROM login_failure WHERE subject = :subject";

const TAKE_BACK: &str = "
    UPDATE login_failure
       SET wrong = max(wrong - 1, 0),
           locked_until = CASE WHEN wrong <= :most_wrong THEN 0 ELSE locked_until END
     WHERE subject = :subject";

/// Counts the try in advance, so that many at once are not more than many one after the other.
pub(super) fn begin(
    connection: &Connection,
    subjects: &[Subject],
    lock: Lock,
    at: DateTime<Utc>,
) -> StoreResult<Trial> {
    connection.execute(FORGET, named_params! { ":before": millis(at - MEMORY) })?;
    let mut counts = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let row = named_params! { ":subject": subject.hash };
        let found: Option<(u32, i64)> = connection
            .prepare_cached(SELECT)?
            .query_row(row, |row| Ok((row.get("wrong")?, row.get("locked_until")?)))
            .optional()?;
        let (wrong, until) = found.unwrap_or_default();
        let until = instant(until)?;
        if until > at {
            return Ok(Trial::LockedUntil(until));
        }
        counts.push(wrong.saturating_add(1));
    }
    for (subject, wrong) in subjects.iter().zip(counts) {
        let until = locked_until(wrong, subject.most_wrong, lock, at).map_or(0, millis);
        let row = named_params! {
            ":subject": subject.hash, ":wrong": wrong, ":locked_until": until, ":at": millis(at),
        };
        connection.prepare_cached(UPSERT)?.execute(row)?;
    }
    Ok(Trial::Open)
}

/// Until when a subject is locked after so many wrong passwords; each further one doubles the wait.
fn locked_until(wrong: u32, most: u32, lock: Lock, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let beyond = wrong.checked_sub(most)?;
    let factor = 1_i32.checked_shl(beyond.min(30))?;
    let wait = lock.first.checked_mul(factor).unwrap_or(lock.longest).min(lock.longest);
    at.checked_add_signed(wait)
}

pub(super) fn was_right(connection: &Connection, subjects: &[Subject]) -> StoreResult<()> {
    for (place, subject) in subjects.iter().enumerate() {
        if place == 0 {
            connection.execute(DELETE, named_params! { ":subject": subject.hash })?;
        } else {
            let row = named_params! { ":subject": subject.hash, ":most_wrong": subject.most_wrong };
            connection.execute(TAKE_BACK, row)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_the_tenth_wrong_password_up_to_a_longest() {
        let lock = Lock { first: TimeDelta::minutes(1), longest: TimeDelta::hours(1) };
        let at = DateTime::UNIX_EPOCH;
        let wait =
            |wrong| locked_until(wrong, 10, lock, at).map(|until| (until - at).num_minutes());
        assert_eq!(wait(9), None);
        assert_eq!(
            [10, 11, 12, 15, 16, 40, u32::MAX].map(wait).map(Option::unwrap),
            [1, 2, 4, 32, 60, 60, 60]
        );
    }
}
