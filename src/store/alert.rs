//! Alerts as they were told: episodes from raised to resolved, each computed from what readers of one level may know.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::StoreResult;
use super::delivery::Delivery;
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Kind, Rule, Sensitivity, Severity, Step};

/// An episode as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptEpisode {
    /// Stable for ever.
    pub id: Uuid,
    /// It is computed from what readers of this level may know.
    pub level: Sensitivity,
    /// Rule, subject and window or source.
    pub key: String,
    /// Which episode of its key it is, from 1.
    pub number: u32,
    /// By which rule.
    pub rule: Rule,
    /// How grave it is, or was at its end.
    pub severity: Severity,
    /// How grave it was at its gravest.
    pub gravest: Severity,
    /// The alert, JSON.
    pub body: String,
    /// When it was first found.
    pub raised_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was found no longer; `None` while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who took it on.
    pub acknowledged: Option<Acknowledgement>,
    /// The code of the silence that keeps it quiet; empty for a reader who may not know of the silence.
    pub silenced_by: Option<String>,
    /// The key of the alert that mutes it.
    pub muted_by: Option<String>,
}

withheld!(KeptEpisode { id, level, number, rule, severity, raised_at, resolved_at });

/// That somebody took an alert on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// What they said.
    pub note: Option<String>,
}

/// A step in the life of an episode.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// Its place among all events; nobody sees where others stand.
    pub sequence: i64,
    /// Of which episode.
    pub episode: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub step: Step,
    /// How grave the alert was after it.
    pub severity: Severity,
    /// How grave it was before, where that changed.
    pub was: Option<Severity>,
    /// Who did it; `None` where a rule did.
    pub actor: Option<String>,
    /// More about it.
    pub note: Option<String>,
}

withheld!(KeptEvent { sequence, episode, at, step, severity });

/// Who was told of an episode.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// Of which episode.
    pub episode: Uuid,
    /// The code of the recipient.
    pub recipient: String,
    /// How grave it was when they were last told.
    pub severity: Severity,
    /// When they were first told.
    pub first_at: DateTime<Utc>,
    /// When they were last told.
    pub last_at: DateTime<Utc>,
    /// The delivery that the thread began with.
    pub thread: Uuid,
    /// Were they told that it is over?
    pub is_over: bool,
}

withheld!(Told { episode, severity, first_at, last_at });

/// An episode after a look, and the records that it speaks of.
#[derive(Clone)]
pub struct LookedAt {
    /// The episode; who acknowledged it is not written with it.
    pub episode: KeptEpisode,
    /// Kind and code of every record that it speaks of.
    pub names: Vec<(Kind, String)>,
    /// What happened to it; the sequence is given when it is written.
    pub steps: Vec<(Step, Option<Severity>)>,
}

/// What one look changed: all of it is kept, or nothing.
#[derive(Default)]
pub struct Look {
    /// The episodes that are new or changed.
    pub episodes: Vec<LookedAt>,
    /// Who is told.
    pub told: Vec<Told>,
    /// What they are sent.
    pub messages: Vec<Message>,
}

/// What is sent about alerts.
#[derive(Clone)]
pub struct Message {
    /// As it goes out.
    pub delivery: Delivery,
    /// The episodes it tells of, each with how grave it was when the reader was told of it before; `None` at first.
    pub tells: Vec<(Uuid, Option<Severity>)>,
    /// Kind and code of every record that it speaks of.
    pub names: Vec<(Kind, String)>,
}

/// Which episodes are asked for.
#[derive(Debug, Clone, Default)]
pub struct EpisodeQuery {
    /// Those that were open at some time from here on.
    pub from: Option<DateTime<Utc>>,
    /// Those that were raised by then.
    pub to: Option<DateTime<Utc>>,
    /// By these rules; none named is all.
    pub rules: Vec<Rule>,
    /// As grave as one of these; none named is all.
    pub severities: Vec<Severity>,
    /// Only those that are open.
    pub open_only: bool,
    /// At most so many, the latest raised first.
    pub limit: usize,
}

/// Keeps alerts. Readers are shown the episodes of their level that speak of nothing they may not know at that moment.
#[async_trait]
pub trait AlertStore: Send + Sync {
    /// All open episodes of a level.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn open_episodes(&self, level: Sensitivity) -> StoreResult<Vec<KeptEpisode>>;
    /// Episodes of a level that are over and whose end was not told to everybody who was told of them.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn ended_untold(&self, level: Sensitivity) -> StoreResult<Vec<KeptEpisode>>;
    /// How many episodes each of these keys had.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn episode_numbers(
        &self,
        level: Sensitivity,
        keys: Vec<String>,
    ) -> StoreResult<Vec<(String, u32)>>;
    /// Who was told of open episodes, or of ended ones and not of their end.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn told(&self) -> StoreResult<Vec<Told>>;
    /// Keeps what a look changed.
    ///
    /// # Errors
    ///
    /// When the store fails, or another look came first.
    async fn keep_look(&self, at: DateTime<Utc>, look: Look) -> StoreResult<()>;
    /// Acknowledges the open episodes of the key that this one has, at the level of the reader and below; `None` where
    /// the reader sees no such open episode. One that was acknowledged before keeps who did it first. Those below are not
    /// told who it was and what they said.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn acknowledge(
        &self,
        episode: Uuid,
        acknowledgement: Acknowledgement,
        clearance: &Clearance,
    ) -> StoreResult<Option<KeptEpisode>>;
    /// Episodes of the reader's level.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn episodes(
        &self,
        query: EpisodeQuery,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<KeptEpisode>>;
    /// One episode with everything that happened to it, the oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn episode(
        &self,
        episode: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<(KeptEpisode, Vec<KeptEvent>)>>;
    /// The place up to which events of the reader's level have come.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn alert_events_end(&self, clearance: &Clearance) -> StoreResult<i64>;
    /// What happened to episodes of the reader's level after a place, in order, at most so many; and up to which place
    /// was looked.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn alert_events_after(
        &self,
        sequence: i64,
        limit: usize,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<(Vec<(KeptEvent, KeptEpisode)>, i64)>;
}
