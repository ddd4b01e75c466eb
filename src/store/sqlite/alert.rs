//! Alerts as they were told, in `SQLite`.

mod closed;
mod purge;
mod shown;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use uuid::Uuid;

pub(super) use self::closed::take_back;
pub(super) use self::purge::purge;
use self::shown::{blinded, is_shown, shown};
use super::sealed::{Eyes, level_of};
use super::{SqliteStore, delivery, instant, millis, uuid, word, word_or_none};
use crate::domain::{Clearance, Sensitivity, Severity, Step};
use crate::store::{
    Acknowledgement, AlertStore, EpisodeQuery, KeptEpisode, KeptEvent, Look, LookedAt, Message,
    StoreResult, Told,
};

const SELECT_OPEN: &str = "
    SELECT * FROM alert_episode WHERE level = ?1 AND resolved_at IS NULL ORDER BY key";

const SELECT_ENDED_UNTOLD: &str = "
    SELECT * FROM alert_episode
     WHERE level = ?1 AND resolved_at IS NOT NULL
       AND id IN (SELECT episode FROM alert_told WHERE is_over = 0)
     ORDER BY key";

const SELECT_NUMBER: &str = "SELECT max(number) FROM alert_episode WHERE level = ?1 AND key = ?2";

const SELECT_TOLD: &str = "SELECT * FROM alert_told WHERE is_over = 0";

/// Who acknowledged an episode meanwhile is left as it is.
const UPSERT: &str = "
    INSERT INTO alert_episode (id, level, key, number, rule, severity, gravest, body, raised_at, updated_at,
                               resolved_at, silenced_by, muted_by)
    VALUES (:id, :level, :key, :number, :rule, :severity, :gravest, :body, :raised_at, :updated_at,
            :resolved_at, :silenced_by, :muted_by)
    ON CONFLICT (id) DO UPDATE
       SET severity = excluded.severity, gravest = excluded.gravest, body = excluded.body,
           updated_at = excluded.updated_at, resolved_at = excluded.resolved_at,
           silenced_by = excluded.silenced_by, muted_by = excluded.muted_by";

const FORGET_NAMES: &str = "DELETE FROM alert_names WHERE episode = ?1";

const INSERT_NAME: &str = "INSERT INTO alert_names (episode, kind, code) VALUES (?1, ?2, ?3)";

const INSERT_EVENT: &str = "
    INSERT INTO alert_event (episode, at, step, severity, was, actor, note)
    VALUES (:episode, :at, :step, :severity, :was, :actor, :note)";

const UPSERT_TOLD: &str = "
    INSERT INTO alert_told (episode, recipient, severity, first_at, last_at, thread, is_over)
    VALUES (:episode, :recipient, :severity, :first_at, :last_at, :thread, :is_over)
    ON CONFLICT (episode, recipient) DO UPDATE
       SET severity = excluded.severity, last_at = excluded.last_at, is_over = excluded.is_over";

const INSERT_TELLS: &str =
    "INSERT INTO delivery_alert (delivery, episode, was) VALUES (?1, ?2, ?3)";

const INSERT_DELIVERY_NAME: &str =
    "INSERT INTO delivery_name (delivery, kind, code) VALUES (?1, ?2, ?3)";

const SELECT_SAME_KEY: &str = "
    SELECT * FROM alert_episode
     WHERE key = ?1 AND level <= ?2 AND resolved_at IS NULL AND acknowledged_at IS NULL";

const ACKNOWLEDGE: &str = "
    UPDATE alert_episode
       SET acknowledged_at = :at, acknowledged_by = :by, acknowledged_note = :note
     WHERE id = :id";

const SELECT_BETWEEN: &str = "
    SELECT * FROM alert_episode
     WHERE level = :level AND (:from IS NULL OR resolved_at IS NULL OR resolved_at >= :from)
       AND (:to IS NULL OR raised_at <= :to)
     ORDER BY raised_at DESC, key";

/// By the index of those that are open, which are few.
const SELECT_OPEN_BETWEEN: &str = "
    SELECT * FROM alert_episode
     WHERE level = :level AND resolved_at IS NULL AND :from IS :from AND (:to IS NULL OR raised_at <= :to)
     ORDER BY raised_at DESC, key";

const SELECT_EVENTS: &str = "SELECT * FROM alert_event WHERE episode = ?1 ORDER BY sequence";

const SELECT_EVENTS_END: &str = "
    SELECT v.sequence FROM alert_event v JOIN alert_episode e ON e.id = v.episode
     WHERE e.level = ?1 ORDER BY v.sequence DESC LIMIT 1";

const SELECT_EVENTS_AFTER: &str = "
    SELECT v.sequence, v.episode, v.at, v.step, v.severity, v.was, v.actor, v.note
      FROM alert_event v JOIN alert_episode e ON e.id = v.episode
     WHERE v.sequence > ?1 AND e.level = ?2 ORDER BY v.sequence LIMIT ?3";

#[async_trait]
impl AlertStore for SqliteStore {
    async fn open_episodes(&self, level: Sensitivity) -> StoreResult<Vec<KeptEpisode>> {
        self.read(move |connection| episodes_by(connection, SELECT_OPEN, [level as i64])).await
    }

    async fn ended_untold(&self, level: Sensitivity) -> StoreResult<Vec<KeptEpisode>> {
        self.read(move |connection| episodes_by(connection, SELECT_ENDED_UNTOLD, [level as i64]))
            .await
    }

    async fn episode_numbers(
        &self,
        level: Sensitivity,
        keys: Vec<String>,
    ) -> StoreResult<Vec<(String, u32)>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_NUMBER)?;
            let number = |key: String| {
                let of = params![level as i64, key];
                let last: Option<u32> = statement.query_row(of, |row| row.get(0))?;
                Ok((key, last.unwrap_or(0)))
            };
            keys.into_iter().map(number).collect()
        })
        .await
    }

    async fn told(&self) -> StoreResult<Vec<Told>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_TOLD)?;
            let rows = statement.query_map([], |row| Ok(told_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn keep_look(&self, at: DateTime<Utc>, look: Look) -> StoreResult<()> {
        self.write_in_turn(move |connection| {
            look.episodes.iter().try_for_each(|looked| keep(connection, at, looked))?;
            for told in &look.told {
                connection.prepare_cached(UPSERT_TOLD)?.execute(named_params! {
                    ":episode": told.episode.as_bytes(), ":recipient": told.recipient,
                    ":severity": told.severity.as_str(), ":first_at": millis(told.first_at),
                    ":last_at": millis(told.last_at), ":thread": told.thread.as_bytes(),
                    ":is_over": told.is_over,
                })?;
            }
            look.messages.iter().try_for_each(|message| send(connection, message))?;
            // What they name may have been destroyed or closed while they were made.
            purge::again(connection, &look)?;
            take_back(connection)
        })
        .await
    }

    async fn acknowledge(
        &self,
        episode: Uuid,
        acknowledgement: Acknowledgement,
        clearance: &Clearance,
    ) -> StoreResult<Option<KeptEpisode>> {
        let (clearance, gate) = (clearance.clone(), self.gate.clone());
        self.write_in_turn(move |connection| {
            let eyes = Eyes::new(connection, &gate, &clearance, acknowledgement.at);
            let Some(found) = shown(&eyes, episode)?.filter(|one| one.resolved_at.is_none()) else {
                return Ok(None);
            };
            let same = params![found.key, clearance.level as i64];
            for one in episodes_by(connection, SELECT_SAME_KEY, same)? {
                let told = if one.level < clearance.level {
                    &from_above(&acknowledgement)
                } else {
                    &acknowledgement
                };
                acknowledge(connection, &one, told)?;
            }
            shown(&eyes, episode)
        })
        .await
    }

    async fn episodes(
        &self,
        query: EpisodeQuery,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<KeptEpisode>> {
        let (clearance, gate) = (clearance.clone(), self.gate.clone());
        self.read(move |connection| {
            let eyes = Eyes::new(connection, &gate, &clearance, at);
            let sql = if query.open_only { SELECT_OPEN_BETWEEN } else { SELECT_BETWEEN };
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(named_params! {
                ":level": clearance.level as i64, ":from": query.from.map(millis),
                ":to": query.to.map(millis),
            })?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let episode = episode_from_row(row)?;
                let EpisodeQuery { rules, severities, .. } = &query;
                let is_asked = (rules.is_empty() || rules.contains(&episode.rule))
                    && (severities.is_empty() || severities.contains(&episode.severity));
                if is_asked && is_shown(&eyes, episode.id)? {
                    found.push(blinded(&eyes, episode)?);
                }
                if found.len() == query.limit {
                    break;
                }
            }
            Ok(found)
        })
        .await
    }

    async fn episode(
        &self,
        episode: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<(KeptEpisode, Vec<KeptEvent>)>> {
        let (clearance, gate) = (clearance.clone(), self.gate.clone());
        self.read(move |connection| {
            let eyes = Eyes::new(connection, &gate, &clearance, at);
            let Some(found) = shown(&eyes, episode)? else { return Ok(None) };
            let mut statement = connection.prepare_cached(SELECT_EVENTS)?;
            let mut rows = statement.query([episode.as_bytes()])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(shown::event(&eyes, event_from_row(row)?)?);
            }
            Ok(Some((found, events)))
        })
        .await
    }

    async fn alert_events_end(&self, clearance: &Clearance) -> StoreResult<i64> {
        let level = clearance.level as i64;
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SELECT_EVENTS_END)?;
            let last = statement.query_row([level], |row| row.get(0)).optional()?;
            Ok(last.unwrap_or(0))
        })
        .await
    }

    async fn alert_events_after(
        &self,
        sequence: i64,
        limit: usize,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<(Vec<(KeptEvent, KeptEpisode)>, i64)> {
        let (clearance, gate) = (clearance.clone(), self.gate.clone());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let eyes = Eyes::new(connection, &gate, &clearance, at);
            let mut statement = connection.prepare_cached(SELECT_EVENTS_AFTER)?;
            let mut rows = statement.query(params![sequence, eyes.level(), limit])?;
            let (mut found, mut until) = (Vec::new(), sequence);
            while let Some(row) = rows.next()? {
                let event = event_from_row(row)?;
                until = event.sequence;
                if let Some(episode) = shown(&eyes, event.episode)? {
                    found.push((shown::event(&eyes, event)?, episode));
                }
            }
            Ok((found, until))
        })
        .await
    }
}

fn keep(connection: &Connection, at: DateTime<Utc>, looked: &LookedAt) -> StoreResult<()> {
    let episode = &looked.episode;
    let id = episode.id.as_bytes();
    connection.prepare_cached(UPSERT)?.execute(named_params! {
        ":id": id, ":level": episode.level as i64, ":key": episode.key,
        ":number": episode.number, ":rule": episode.rule.as_str(),
        ":severity": episode.severity.as_str(), ":gravest": episode.gravest.as_str(),
        ":body": episode.body, ":raised_at": millis(episode.raised_at),
        ":updated_at": millis(episode.updated_at),
        ":resolved_at": episode.resolved_at.map(millis),
        ":silenced_by": episode.silenced_by, ":muted_by": episode.muted_by,
    })?;
    // What ended keeps the names of what was last found.
    if !looked.names.is_empty() {
        connection.prepare_cached(FORGET_NAMES)?.execute([id])?;
    }
    for (kind, code) in &looked.names {
        connection.prepare_cached(INSERT_NAME)?.execute(params![id, kind.as_str(), code])?;
    }
    for (step, was) in &looked.steps {
        let note = match step {
            Step::Silenced => episode.silenced_by.as_ref().or(episode.muted_by.as_ref()),
            _ => None,
        };
        connection.prepare_cached(INSERT_EVENT)?.execute(named_params! {
            ":episode": id, ":at": millis(at), ":step": step.as_str(),
            ":severity": episode.severity.as_str(), ":was": was.map(Severity::as_str),
            ":actor": None::<String>, ":note": note,
        })?;
    }
    Ok(())
}

fn send(connection: &Connection, message: &Message) -> StoreResult<()> {
    delivery::insert(connection, &message.delivery)?;
    let id = message.delivery.id.as_bytes();
    for (episode, was) in &message.tells {
        let of = params![id, episode.as_bytes(), was.map(Severity::as_str)];
        connection.prepare_cached(INSERT_TELLS)?.execute(of)?;
    }
    for (kind, code) in &message.names {
        connection.prepare_cached(INSERT_DELIVERY_NAME)?.execute(params![
            id,
            kind.as_str(),
            code
        ])?;
    }
    Ok(())
}

/// What those below are told of it: neither who it was, nor what they said, which may rest on what is closed to them.
fn from_above(of: &Acknowledgement) -> Acknowledgement {
    Acknowledgement { by: "somebody who sees more".to_owned(), note: None, at: of.at }
}

fn acknowledge(
    connection: &Connection,
    episode: &KeptEpisode,
    by: &Acknowledgement,
) -> StoreResult<()> {
    let id = episode.id.as_bytes();
    connection.prepare_cached(ACKNOWLEDGE)?.execute(named_params! {
        ":id": id, ":at": millis(by.at), ":by": by.by, ":note": by.note,
    })?;
    connection.prepare_cached(INSERT_EVENT)?.execute(named_params! {
        ":episode": id, ":at": millis(by.at), ":step": Step::Acknowledged.as_str(),
        ":severity": episode.severity.as_str(), ":was": None::<String>,
        ":actor": by.by, ":note": by.note,
    })?;
    Ok(())
}

fn episodes_by(
    connection: &Connection,
    sql: &str,
    of: impl rusqlite::Params,
) -> StoreResult<Vec<KeptEpisode>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(of, |row| Ok(episode_from_row(row)))?;
    rows.map(|row| row?).collect()
}

fn episode_from_row(row: &Row<'_>) -> StoreResult<KeptEpisode> {
    let time = |column: &str| row.get::<_, Option<i64>>(column).map(|at| at.map(instant));
    let by: Option<String> = row.get("acknowledged_by")?;
    let note = row.get("acknowledged_note")?;
    let acknowledged = time("acknowledged_at")?.transpose()?.zip(by);
    Ok(KeptEpisode {
        id: uuid(row, "id")?,
        level: level_of(row.get("level")?)?,
        key: row.get("key")?,
        number: row.get("number")?,
        rule: word(row, "rule")?,
        severity: word(row, "severity")?,
        gravest: word(row, "gravest")?,
        body: row.get("body")?,
        raised_at: instant(row.get("raised_at")?)?,
        updated_at: instant(row.get("updated_at")?)?,
        resolved_at: time("resolved_at")?.transpose()?,
        acknowledged: acknowledged.map(|(at, by)| Acknowledgement { at, by, note }),
        silenced_by: row.get("silenced_by")?,
        muted_by: row.get("muted_by")?,
    })
}

fn event_from_row(row: &Row<'_>) -> StoreResult<KeptEvent> {
    Ok(KeptEvent {
        sequence: row.get("sequence")?,
        episode: uuid(row, "episode")?,
        at: instant(row.get("at")?)?,
        step: word(row, "step")?,
        severity: word(row, "severity")?,
        was: word_or_none(row, "was")?,
        actor: row.get("actor")?,
        note: row.get("note")?,
    })
}

fn told_from_row(row: &Row<'_>) -> StoreResult<Told> {
    Ok(Told {
        episode: uuid(row, "episode")?,
        recipient: row.get("recipient")?,
        severity: word(row, "severity")?,
        first_at: instant(row.get("first_at")?)?,
        last_at: instant(row.get("last_at")?)?,
        thread: uuid(row, "thread")?,
        is_over: row.get("is_over")?,
    })
}
