//! Logging in: the same work and the same answer whether the name is known or not.

use chrono::{DateTime, TimeDelta, Utc};

use super::password::Passwords;
use super::{may_come_in, session};
use crate::config::Login;
use crate::keys::Key;
use crate::store::{Lock, StoreResult, Subject, Trial, User, UserStore};

/// A name and a password as they came.
pub struct Attempt {
    /// The name.
    pub login: String,
    /// The password.
    pub password: String,
    /// From where; the first 64 bits of an IPv6 address, which one household may use whole.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Name or password is wrong, or they may not come in.
    Wrong,
    /// Too many were wrong; none is looked at for so many seconds.
    Locked(u64),
    /// Too many wait already.
    Busy,
}

/// What is needed to let somebody in.
pub struct Door<'a, S: ?Sized> {
    /// Where people are kept.
    pub store: &'a S,
    /// What secrets are hashed with.
    pub key: &'a Key,
    /// The threads that hash.
    pub passwords: &'a Passwords,
    /// The limits.
    pub limits: Login,
    /// The true time.
    pub now: DateTime<Utc>,
}

/// Lets somebody in and gives the cookie of their session, or says why not.
///
/// # Errors
///
/// When the store fails or the machine gives no random numbers.
pub async fn log_in<S: UserStore + ?Sized>(
    door: &Door<'_, S>,
    attempt: Attempt,
) -> StoreResult<Result<String, Refused>> {
    let login = attempt.login.trim().to_lowercase();
    // An id is no name to log in with.
    let user = door.store.user(&login).await?.filter(|user| user.login == login);
    let proof = prove(door, &login, user.as_ref(), attempt.password, &attempt.address).await?;
    if let Err(refused) = proof {
        return Ok(Err(refused));
    }
    let Some(user) = user.filter(|user| may_come_in(user, door.now)) else {
        return Ok(Err(Refused::Wrong));
    };
    let new = (door.key, door.limits, door.now);
    session::begin(door.store, new, &user.id, &attempt.browser).await.map(Ok)
}

/// Is that the password of this person? Counted against the name and the address until it proves right.
///
/// # Errors
///
/// When the store fails.
pub async fn prove<S: UserStore + ?Sized>(
    door: &Door<'_, S>,
    login: &str,
    user: Option<&User>,
    password: String,
    address: &str,
) -> StoreResult<Result<(), Refused>> {
    let Some(place) = door.passwords.place() else { return Ok(Err(Refused::Busy)) };
    let subjects = subjects(door, login, address);
    let seconds = |seconds: u32| TimeDelta::seconds(i64::from(seconds));
    let lock = Lock {
        first: seconds(door.limits.first_lock_seconds),
        longest: seconds(door.limits.longest_lock_seconds),
    };
    let trial = door.store.try_password(subjects.clone(), lock, door.now).await?;
    if let Trial::LockedUntil(until) = trial {
        let wait = (until - door.now).num_milliseconds();
        return Ok(Err(Refused::Locked(u64::try_from(wait).unwrap_or(0).div_ceil(1_000))));
    }
    let hash = user.map(|user| user.password_hash.clone());
    if !place.is_password(password, hash).await {
        return Ok(Err(Refused::Wrong));
    }
    door.store.password_was_right(subjects).await?;
    Ok(Ok(()))
}

/// The name first: only what is counted for it is forgotten when the password is right.
fn subjects<S: ?Sized>(door: &Door<'_, S>, login: &str, address: &str) -> Vec<Subject> {
    let hash = |what: &str, text: &str| {
        let mut hasher = blake3::Hasher::new_keyed(door.key.expose());
        hasher.update(what.as_bytes()).update(&[0]).update(text.as_bytes());
        *hasher.finalize().as_bytes()
    };
    vec![
        Subject { hash: hash("login name", login), most_wrong: door.limits.wrong_for_name },
        Subject { hash: hash("address", address), most_wrong: door.limits.wrong_from_address },
    ]
}
