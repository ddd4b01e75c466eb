//! Sessions: what a browser shows after a person has logged in.

use chrono::{DateTime, TimeDelta, Utc};

use super::may_come_in;
use crate::config::Login;
use crate::keys::Key;
use crate::store::{Session, StoreResult, User, UserStore};
use crate::token::{self, Pair};

/// What the public half begins with.
const PREFIX: &str = "ses_";

/// How exactly it is noted when a session was last used: a note is a write, and reading must not cost one each time.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// How much of what a browser calls itself is kept, characters.
const LONGEST_BROWSER: usize = 200;

/// Begins a session and gives its cookie.
///
/// # Errors
///
/// When the store fails or the machine gives no random numbers.
pub async fn begin<S: UserStore + ?Sized>(
    store: &S,
    (key, limits, now): (&Key, Login, DateTime<Utc>),
    user: &str,
    browser: &str,
) -> StoreResult<String> {
    let Pair { id, secret } = Pair::random(PREFIX)?;
    let session = Session {
        id: id.clone(),
        user: user.to_owned(),
        secret_hash: token::hash(key, &secret),
        created_at: now,
        seen_at: now,
        browser: browser.chars().filter(|c| !c.is_control()).take(LONGEST_BROWSER).collect(),
    };
    store.begin_session(session, now - hours(limits.longest_hours)).await?;
    Ok(format!("{id}.{secret}"))
}

/// The session that a cookie stands for, and whose it is, if it holds now.
///
/// # Errors
///
/// When the store fails.
pub async fn check<S: UserStore + ?Sized>(
    store: &S,
    (key, limits, now): (&Key, Login, DateTime<Utc>),
    cookie: &str,
) -> StoreResult<Option<(Session, User)>> {
    let Some((id, secret)) = token::parts(PREFIX, cookie) else { return Ok(None) };
    let found = store.session(id).await?;
    let kept = found.as_ref().map(|(session, _)| &session.secret_hash);
    if !token::is_secret(key, secret, kept) {
        return Ok(None);
    }
    let found = found.filter(|(session, user)| {
        may_come_in(user, now)
            && now - session.seen_at < hours(limits.idle_hours)
            && now - session.created_at < hours(limits.longest_hours)
    });
    if let Some((session, _)) = &found
        && now - session.seen_at >= SEEN_EVERY
    {
        store.see_session(&session.id, now).await?;
    }
    Ok(found)
}

fn hours(hours: u32) -> TimeDelta {
    TimeDelta::hours(i64::from(hours))
}
