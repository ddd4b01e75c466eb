//! Taking an import back: what it brought is withdrawn, what it changed has again what it had, or nothing is done.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::change::Sitting;
use super::super::ledger::{Link, sees_whole};
use super::super::sealed::{Eyes, level_of, may_know};
use super::super::{instant, millis, word};
use super::spans;
use crate::disclose::Gate;
use crate::domain::{Clearance, FieldLevel, Kind, Sensitivity, draft};
use crate::store::{
    Action, Basis, Change, ChangedSince, ImportState, StoreError, StoreResult, Undoing, Undone,
    Write,
};

/// How many records that stand in the way are named.
const MOST_NAMED: usize = 1_000;

const SELECT_STATE: &str =
    "SELECT state FROM import WHERE id = :id AND (actor = :actor OR level <= :seen)";

const SELECT_UNDONE: &str = "
    SELECT id, undone_first, undone_last FROM import WHERE undone_first IS NOT NULL ORDER BY undone_first";

const MARK: &str = "
    UPDATE import SET state = 'undone', undone_at = :at, undone_by = :by, undo_reason = :reason,
                      undone_first = :first, undone_last = :last
     WHERE id = :id";

const BODY: &str = "SELECT body FROM ledger_body WHERE sequence = ?1";

const ENTRY: &str = "SELECT actor, recorded_at FROM ledger WHERE sequence = ?1";

/// Undoes an import, in the transaction of the writer.
pub(super) fn undo(connection: &Connection, gate: &Gate, order: &Undoing) -> StoreResult<Undone> {
    let state = named_params! {
        ":id": order.id.as_bytes(), ":actor": order.actor, ":seen": order.clearance.level as i64,
    };
    let state = connection
        .prepare_cached(SELECT_STATE)?
        .query_row(state, |row| Ok(word::<ImportState>(row, "state")))
        .optional()?;
    match state.transpose()? {
        None => return Ok(Undone::Closed),
        Some(ImportState::Committed) => {}
        Some(other) => return Ok(Undone::Not(other)),
    }
    let past = Past::read(connection, order.id)?;
    let touched = past.touched(connection)?;
    if !may_change_all(connection, gate, order, &touched)? {
        return Ok(Undone::Closed);
    }
    let (mut since, mut more) = (Vec::new(), 0);
    for record in &touched {
        if !past.is_last(connection, record)? {
            if since.len() < MOST_NAMED {
                since.push(changed_since(connection, record)?);
            } else {
                more += 1;
            }
        }
    }
    if !since.is_empty() {
        return Ok(Undone::Changed { listed: since, more });
    }
    take_back(connection, gate, order, &touched)
}

/// The first and the last of entries that were written together.
type Span = (i64, i64);

/// A record that the import wrote.
struct Touched {
    kind: Kind,
    id: Uuid,
    code: String,
    owner: Option<String>,
    /// The version that it has now, and its level.
    version: i64,
    level: Sensitivity,
    withdrawn: bool,
    /// The version that it had before the import, and whether it was withdrawn then; `None` where it was not there.
    before: Option<(i64, bool)>,
}

/// The spans of the import, and of all that were undone: what an undoing wrote does not stand in the way of another.
struct Past {
    own: Vec<Span>,
    undone: Vec<(Span, Vec<Span>)>,
}

fn is_in(spans: &[Span], version: i64) -> bool {
    spans.iter().any(|(first, last)| (*first..=*last).contains(&version))
}

impl Past {
    fn read(connection: &Connection, id: Uuid) -> StoreResult<Self> {
        let mut statement = connection.prepare_cached(SELECT_UNDONE)?;
        let rows = statement.query_map([], |row| {
            let id: [u8; 16] = row.get("id")?;
            Ok((Uuid::from_bytes(id), (row.get("undone_first")?, row.get("undone_last")?)))
        })?;
        let mut undone = Vec::new();
        for row in rows {
            let (of, span) = row?;
            undone.push((span, spans(connection, of)?));
        }
        Ok(Self { own: spans(connection, id)?, undone })
    }

    /// The records that the import wrote, kind by kind.
    fn touched(&self, connection: &Connection) -> StoreResult<Vec<Touched>> {
        let mut found = Vec::new();
        for kind in Kind::ALL {
            for (at, span) in self.own.iter().enumerate() {
                let sql = format!(
                    "SELECT now.id, now.code, now.owner, now.version, now.seen_from, now.withdrawn, min(own.version) AS first
                       FROM {kind} own JOIN {kind} now ON now.id = own.id AND now.retired_by IS NULL
                      WHERE own.version BETWEEN ?1 AND ?2 GROUP BY own.id ORDER BY first"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params![span.0, span.1])?;
                while let Some(row) = rows.next()? {
                    let touched = touched_from_row(connection, *kind, row)?;
                    // What an earlier span of it brought was found with that.
                    if !touched.before.is_some_and(|(version, _)| is_in(&self.own[..at], version)) {
                        found.push(touched);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Did nobody change the record after the import? What was changed and undone was not changed; what was withdrawn
    /// since that the import had brought is as an undoing would leave it.
    fn is_last(&self, connection: &Connection, record: &Touched) -> StoreResult<bool> {
        if record.withdrawn && record.before.is_none() {
            return Ok(true);
        }
        let mut version = record.version;
        while let Some((_, wrote)) =
            self.undone.iter().find(|((first, last), _)| (*first..=*last).contains(&version))
        {
            let mut before = None;
            for (first, last) in wrote {
                let earliest = first_in(connection, record, (*first, *last))?;
                let earlier = earliest
                    .map(|earliest| last_before(connection, record.kind, record.id, earliest));
                if let Some(Some((earlier, _))) = earlier.transpose()? {
                    before = before.map_or(Some(earlier), |found: i64| Some(found.min(earlier)));
                }
            }
            match before {
                // The undoing only ever leads back.
                Some(before) if before < version => version = before,
                _ => return Ok(false),
            }
        }
        Ok(is_in(&self.own, version))
    }
}

fn touched_from_row(connection: &Connection, kind: Kind, row: &Row<'_>) -> StoreResult<Touched> {
    let id: [u8; 16] = row.get("id")?;
    let id = Uuid::from_bytes(id);
    Ok(Touched {
        kind,
        id,
        code: row.get("code")?,
        owner: row.get("owner")?,
        version: row.get("version")?,
        level: level_of(row.get("seen_from")?)?,
        withdrawn: row.get("withdrawn")?,
        before: last_before(connection, kind, id, row.get("first")?)?,
    })
}

/// The first version of a record among some entries.
fn first_in(
    connection: &Connection,
    record: &Touched,
    span: (i64, i64),
) -> StoreResult<Option<i64>> {
    let kind = record.kind;
    let sql =
        format!("SELECT min(version) FROM {kind} WHERE id = ?1 AND version BETWEEN ?2 AND ?3");
    let of = params![record.id.as_bytes(), span.0, span.1];
    Ok(connection.prepare_cached(&sql)?.query_row(of, |row| row.get(0))?)
}

/// The version of a record before another one, and whether it was withdrawn with it.
fn last_before(
    connection: &Connection,
    kind: Kind,
    id: Uuid,
    version: i64,
) -> StoreResult<Option<(i64, bool)>> {
    let sql = format!(
        "SELECT version, withdrawn FROM {kind} WHERE id = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1"
    );
    let of = params![id.as_bytes(), version];
    let found =
        connection.prepare_cached(&sql)?.query_row(of, |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Who undoes must be one who could withdraw and put each of them by hand.
fn may_change_all(
    connection: &Connection,
    gate: &Gate,
    order: &Undoing,
    touched: &[Touched],
) -> StoreResult<bool> {
    let clearance = &order.clearance;
    if *clearance == Clearance::ALL {
        return Ok(true);
    }
    let own = clearance.organisation.as_ref().map(ToString::to_string);
    let mut eyes = Eyes::new(connection, gate, clearance, order.recorded_at);
    for record in touched {
        let may = (own.is_none() || own == record.owner)
            && may_know(connection, clearance, record.kind, &record.code)?
            && sees_whole(connection, record.kind, record.version, &mut eyes)?;
        if !may {
            return Ok(false);
        }
    }
    Ok(true)
}

fn changed_since(connection: &Connection, record: &Touched) -> StoreResult<ChangedSince> {
    let (actor, recorded_at): (String, i64) = connection
        .prepare_cached(ENTRY)?
        .query_row([record.version], |row| Ok((row.get("actor")?, row.get("recorded_at")?)))?;
    Ok(ChangedSince {
        kind: record.kind,
        code: record.code.clone(),
        version: record.version,
        actor,
        recorded_at: instant(recorded_at)?,
    })
}

fn take_back(
    connection: &Connection,
    gate: &Gate,
    order: &Undoing,
    touched: &[Touched],
) -> StoreResult<Undone> {
    let head = Write {
        actor: order.actor.clone(),
        owner: None,
        clearance: order.clearance.clone(),
        recorded_at: order.recorded_at,
        learned_at: order.learned_at.min(order.recorded_at),
        idempotency: None,
        changes: Vec::new(),
    };
    let first = Link::last(connection)?.sequence + 1;
    let mut sitting = Sitting::new(connection, gate, &head)?;
    let (mut withdrawn, mut restored, mut index) = (0, 0, 0);
    // What is withdrawn comes first, so that what is put back cannot name it.
    let is_put_back = |record: &&Touched| record.before.is_some();
    let (back, out): (Vec<&Touched>, Vec<&Touched>) = touched.iter().partition(is_put_back);
    for record in out.into_iter().filter(|record| !record.withdrawn).chain(back) {
        sitting.make(index, &change_back(connection, order, record)?)?;
        index += 1;
        if record.before.is_some() {
            restored += 1;
        } else {
            withdrawn += 1;
        }
    }
    sitting.finish()?;
    let last = Link::last(connection)?.sequence;
    let span = (last >= first).then_some((first, last));
    connection.prepare_cached(MARK)?.execute(named_params! {
        ":id": order.id.as_bytes(), ":at": millis(order.recorded_at), ":by": order.actor,
        ":reason": order.reason, ":first": span.map(|span| span.0), ":last": span.map(|span| span.1),
    })?;
    Ok(Undone::Done { withdrawn, restored })
}

/// The change that gives a record what it had, or takes it back.
fn change_back(connection: &Connection, order: &Undoing, record: &Touched) -> StoreResult<Change> {
    let body = |version: i64| -> StoreResult<Value> {
        let text: String =
            connection.prepare_cached(BODY)?.query_row([version], |row| row.get(0))?;
        serde_json::from_str(&text).map_err(|fault| {
            let column = fault.column();
            StoreError::Corrupt(format!("entry {version} cannot be read at character {column}"))
        })
    };
    let now = body(record.version)?;
    let (action, body) = match record.before {
        None => (Action::Withdraw, now),
        Some((version, was_withdrawn)) => {
            let action = if was_withdrawn { Action::Withdraw } else { Action::Revise };
            (action, as_closed(body(version)?, &now, record.level))
        }
    };
    let draft = draft(record.kind, &body).map_err(|problems| {
        let (kind, code) = (record.kind, &record.code);
        StoreError::Corrupt(format!("{kind} {code} cannot be read: {problems}"))
    })?;
    Ok(Change {
        action,
        draft,
        new_id: record.id,
        lowers: false,
        basis: Basis::Version(record.version),
        learned_at: None,
        reason: Some(order.reason.clone()),
    })
}

/// An earlier body under the levels that the record has now: it takes two people to lower one.
fn as_closed(mut earlier: Value, now: &Value, level: Sensitivity) -> Value {
    let own = |of: &Value| of["sensitivity"].as_str().and_then(|word| word.parse().ok());
    let before: Option<Sensitivity> = own(&earlier);
    let is_lower = match (before, own(now)) {
        (Some(before), _) => before < level,
        (None, Some(_)) => true,
        (None, None) => false,
    };
    if is_lower {
        let least: Sensitivity = own(now).unwrap_or(level);
        earlier["sensitivity"] = json!(before.map_or(least, |before| before.max(least)));
    }
    let fields = |of: &Value| -> Vec<FieldLevel> {
        let words = of["field_sensitivity"].as_array().into_iter().flatten();
        words.filter_map(|word| word.as_str()?.parse().ok()).collect()
    };
    let (mut kept, now) = (fields(&earlier), fields(now));
    for level in now {
        match kept.iter_mut().find(|own| own.field == level.field) {
            Some(own) => own.level = own.level.max(level.level),
            None => kept.push(level),
        }
    }
    if !kept.is_empty() {
        earlier["field_sensitivity"] =
            kept.iter().map(|level| Value::from(level.to_string())).collect();
    }
    earlier
}
