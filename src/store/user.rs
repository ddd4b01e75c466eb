//! Users: people who log in with a password, their sessions, and how often a wrong password was given.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::StoreResult;
use crate::domain::Standing;

/// A person as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// By which they are found.
    pub id: String,
    /// The name they log in with, in lower case.
    pub login: String,
    /// The name that is shown.
    pub name: String,
    /// What they were given.
    pub standing: Standing,
    /// The hash of their password, with its salt and costs.
    pub password_hash: String,
    /// Must they choose another password before anything else?
    pub must_change_password: bool,
    /// When they were added.
    pub created_at: DateTime<Utc>,
    /// Who added them.
    pub created_by: String,
    /// Until when they may come in.
    pub expires_at: Option<DateTime<Utc>>,
    /// Since when they may not.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// What is changed about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserChange {
    /// The shown name, the standing and the expiry; a change of the standing ends every session.
    Details {
        /// The name that is shown.
        name: String,
        /// What they are given.
        standing: Standing,
        /// Until when they may come in.
        expires_at: Option<DateTime<Utc>>,
    },
    /// The password; ends every session.
    Password {
        /// Its hash.
        hash: String,
        /// Must they choose another before anything else?
        must_change: bool,
    },
    /// They may not come in any more; ends every session.
    Disable,
    /// They may come in again.
    Enable,
}

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The public half of the cookie, by which it is found.
    pub id: String,
    /// Whose it is.
    pub user: String,
    /// The hash of the secret half.
    pub secret_hash: [u8; 32],
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, give or take some minutes.
    pub seen_at: DateTime<Utc>,
    /// What the browser calls itself.
    pub browser: String,
}

/// Whether a password may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// It may.
    Open,
    /// Not before this moment.
    LockedUntil(DateTime<Utc>),
}

/// A name or an address with which passwords are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// A keyed hash of it.
    pub hash: [u8; 32],
    /// After how many wrong passwords it is locked.
    pub most_wrong: u32,
}

/// For how long a subject is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// The first time.
    pub first: TimeDelta,
    /// At most, after doubling with each further wrong password.
    pub longest: TimeDelta,
}

/// Something that was changed about a token or a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AccountChange {
    /// Its place.
    pub sequence: i64,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// `token` or `user`.
    pub subject: String,
    /// Which one.
    pub id: String,
    /// What is so now; never a secret or its hash.
    pub detail: serde_json::Value,
}

/// Keeps users and sessions. Every change of a user is written down for the auditor in the same transaction.
#[async_trait]
pub trait UserStore: Send + Sync {
    /// Adds a person; `false` where the login name is taken.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn add_user(&self, user: User) -> StoreResult<bool>;
    /// A person by id or login name.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn user(&self, id_or_login: &str) -> StoreResult<Option<User>>;
    /// All people, the oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn users(&self) -> StoreResult<Vec<User>>;
    /// Changes a person, and ends the sessions that must end with that; `false` where there is none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn change_user(
        &self,
        id: &str,
        change: UserChange,
        by: &str,
        at: DateTime<Utc>,
    ) -> StoreResult<bool>;
    /// Begins a session, and forgets those that began before `oldest`.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn begin_session(&self, session: Session, oldest: DateTime<Utc>) -> StoreResult<()>;
    /// A session with the person whose it is.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn session(&self, id: &str) -> StoreResult<Option<(Session, User)>>;
    /// The sessions of a person, the newest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn sessions(&self, user: &str) -> StoreResult<Vec<Session>>;
    /// Notes that a session is in use.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn see_session(&self, id: &str, at: DateTime<Utc>) -> StoreResult<()>;
    /// Ends one session of a person, or, with `others`, all their sessions but that one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn end_sessions(&self, user: &str, id: &str, others: bool) -> StoreResult<()>;
    /// Takes a try of a password in advance for wrong: counts it for every subject, unless one of them is locked.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn try_password(
        &self,
        subjects: Vec<Subject>,
        lock: Lock,
        at: DateTime<Utc>,
    ) -> StoreResult<Trial>;
    /// The password was right: forgets what was counted for the first subject, and takes back one try of the others.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn password_was_right(&self, subjects: Vec<Subject>) -> StoreResult<()>;
    /// What was changed about tokens and people after a place, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn account_changes(&self, after: i64, limit: usize) -> StoreResult<Vec<AccountChange>>;
}
