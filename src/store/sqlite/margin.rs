//! What the totals of groups tell of their parts, looked up in the file.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use crate::disclose::{Gate, Members, Small, Total};
use crate::store::{StoreError, StoreResult};

/// Of the count of an operation: would it tell the suppressed one of a part?
pub(super) fn of_an_operation(connection: &Connection, code: &str) -> StoreResult<Small> {
    const SMALL_PARTS: &str = "
        SELECT EXISTS (SELECT 1 FROM mention m JOIN convoy part ON part.version = m.version
             WHERE m.target_kind = 'convoy' AND m.target_code = ?1 AND m.kind = 'convoy'
               AND part.small > 0 AND part.retired_by IS NULL)";
    let any: bool = connection.prepare_cached(SMALL_PARTS)?.query_row([code], |row| row.get(0))?;
    Ok(if any { Small::All } else { Small::Not })
}

/// Of a population: what it would tell of an area if it is that of a group.
pub(super) fn of_a_population(
    connection: &Connection,
    gate: &Gate,
    version: i64,
) -> StoreResult<Small> {
    const OF_A_GROUP: &str = "SELECT 1 FROM mention WHERE kind = 'population' AND version = ?1 AND target_kind = 'area_group'";
    const SMALLEST: &str = "
        SELECT max(p.small) FROM population own
          JOIN mention g ON g.kind = 'population' AND g.version = own.version AND g.target_kind = 'area_group'
          JOIN area_group ag ON ag.code = g.target_code AND ag.retired_by IS NULL
          JOIN mention member ON member.kind = 'area_group' AND member.version = ag.version AND member.target_kind = 'area'
          JOIN mention of ON of.target_kind = 'area' AND of.kind = 'population' AND of.target_code IN
               (SELECT member.target_code UNION ALL SELECT other FROM area_same WHERE code = member.target_code)
          JOIN population p ON p.version = of.version AND p.metric = own.metric
         WHERE own.version = ?1";
    if !connection.prepare_cached(OF_A_GROUP)?.exists([version])? {
        return Ok(Small::Not);
    }
    let of_members: Option<i64> =
        connection.prepare_cached(SMALLEST)?.query_row([version], |row| row.get(0))?;
    let told = match of_members {
        Some(2..) => return Ok(Small::All),
        Some(1) => Small::Parts,
        _ => Small::Not,
    };
    let (own, others) = totals(connection, version)?;
    let areas: BTreeSet<&String> =
        [&own].into_iter().chain(&others).flat_map(|t| &t.areas).collect();
    let members = members(connection, version, &areas)?;
    Ok(told.max(gate.told_by_totals(&own, &others, &members)))
}

/// The total of a version, and of each group that shares an area with its group the one nearest in time.
fn totals(connection: &Connection, version: i64) -> StoreResult<(Total, Vec<Total>)> {
    const OWN: &str = "
        SELECT ag.version AS of_group, b.body, ag.code FROM mention g
          JOIN area_group ag ON ag.code = g.target_code AND ag.retired_by IS NULL
          JOIN ledger_body b ON b.sequence = g.version
         WHERE g.kind = 'population' AND g.version = ?1 AND g.target_kind = 'area_group'";
    const OTHERS: &str = "
        SELECT DISTINCT og.version AS of_group, b.body, og.code, abs(p.happened_at - own.happened_at) AS days
          FROM population own
          JOIN mention mine ON mine.kind = 'area_group' AND mine.version = ?2 AND mine.target_kind = 'area'
          JOIN mention theirs ON theirs.target_kind = 'area' AND theirs.kind = 'area_group' AND theirs.target_code IN
               (SELECT mine.target_code UNION ALL SELECT other FROM area_same WHERE code = mine.target_code)
          JOIN area_group og ON og.version = theirs.version AND og.retired_by IS NULL AND og.version <> ?2
          JOIN mention of ON of.target_kind = 'area_group' AND of.target_code = og.code AND of.kind = 'population'
          JOIN population p ON p.version = of.version AND p.retired_by IS NULL AND NOT p.withdrawn
               AND p.metric = own.metric
          JOIN ledger_body b ON b.sequence = p.version
         WHERE own.version = ?1 ORDER BY days, p.version DESC";
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let own: Option<(i64, String)> =
        connection.prepare_cached(OWN)?.query_row([version], row).optional()?;
    let Some((group, body)) = own else { return Ok((Total::default(), Vec::new())) };
    let own = Total { areas: areas(connection, group)?, body: parsed(&body)? };
    let mut nearest = BTreeMap::new();
    let mut statement = connection.prepare_cached(OTHERS)?;
    for found in statement.query_map([version, group], row)? {
        let (group, body): (i64, String) = found?;
        nearest.entry(group).or_insert(body);
    }
    let total = |(group, body): (i64, String)| {
        Ok(Total { areas: areas(connection, group)?, body: parsed(&body)? })
    };
    Ok((own, nearest.into_iter().map(total).collect::<StoreResult<_>>()?))
}

/// The areas of a version of a group.
fn areas(connection: &Connection, group: i64) -> StoreResult<BTreeSet<String>> {
    // Two codes of one area are one member.
    const AREAS: &str = "
        SELECT coalesce((SELECT merged_into FROM area WHERE code = target_code AND retired_by IS NULL), target_code)
          FROM mention WHERE kind = 'area_group' AND version = ?1 AND target_kind = 'area'";
    let mut statement = connection.prepare_cached(AREAS)?;
    let found = statement.query_map([group], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What of each area is known nearest in time to a version.
fn members(
    connection: &Connection,
    version: i64,
    areas: &BTreeSet<&String>,
) -> StoreResult<Members> {
    const NEAREST: &str = "
        SELECT b.body FROM population own
          JOIN mention of ON of.target_kind = 'area' AND of.kind = 'population' AND of.target_code IN
               (SELECT ?2 UNION ALL SELECT other FROM area_same WHERE code = ?2)
          JOIN population p ON p.version = of.version AND p.retired_by IS NULL AND NOT p.withdrawn
               AND p.metric = own.metric
          JOIN ledger_body b ON b.sequence = p.version
         WHERE own.version = ?1 ORDER BY abs(p.happened_at - own.happened_at), p.version DESC LIMIT 1";
    let mut statement = connection.prepare_cached(NEAREST)?;
    let mut found = Members::new();
    for area in areas {
        let body: Option<String> =
            statement.query_row(params![version, area], |row| row.get(0)).optional()?;
        if let Some(body) = body {
            found.insert((*area).clone(), parsed(&body)?);
        }
    }
    Ok(found)
}

fn parsed(text: &str) -> StoreResult<Value> {
    serde_json::from_str(text)
        .map_err(|fault| StoreError::Corrupt(format!("a count of people: {fault}")))
}

/// Is a count suppressed of an area that lies inside the one that is counted? Its own would tell it.
pub(super) fn tells_inside(connection: &Connection, version: i64) -> StoreResult<bool> {
    // The areas that lie in the one that is counted name it, and those in them name these.
    const INSIDE: &str = "
        WITH RECURSIVE inside (code) AS (
            SELECT target_code FROM mention WHERE kind = 'population' AND version = ?1 AND target_kind = 'area'
            UNION SELECT a.code FROM inside i
                JOIN mention m ON m.target_kind = 'area' AND m.kind = 'area' AND m.target_code IN
                     (SELECT i.code UNION ALL SELECT other FROM area_same WHERE code = i.code)
                JOIN area a ON a.version = m.version AND a.retired_by IS NULL)
        SELECT EXISTS (SELECT 1 FROM population own JOIN inside i
            JOIN mention of ON of.target_kind = 'area' AND of.kind = 'population' AND of.target_code IN
                 (SELECT i.code UNION ALL SELECT other FROM area_same WHERE code = i.code)
            JOIN population p ON p.version = of.version AND p.small > 0 AND p.metric = own.metric AND p.id <> own.id
           WHERE own.version = ?1 AND NOT EXISTS (SELECT 1 FROM mention same WHERE same.kind = 'population'
                AND same.version = own.version AND same.target_kind = 'area' AND same.target_code IN
                    (SELECT i.code UNION ALL SELECT other FROM area_same WHERE code = i.code)))";
    Ok(connection.prepare_cached(INSIDE)?.query_row([version], |row| row.get(0))?)
}
