//! Lists: one question built from a filter, a page at a time.

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::sealed::{self, Eyes, SEALED};
use super::withheld::fields_that_name;
use super::{merge, millis, record, within};
use crate::domain::Kind;
use crate::store::{Filter, Near, Page, Query, Sort, StoreError, StoreResult, Stored};

/// A `WHERE` on its way: conditions, and the values they name by position.
#[derive(Default)]
pub(super) struct Where {
    conditions: Vec<String>,
    values: Vec<Sql>,
}

impl Where {
    /// Adds a value and gives its place, e.g. `?3`.
    pub(super) fn value(&mut self, value: impl Into<Sql>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// Adds several and gives their places, e.g. `?3, ?4`.
    pub(super) fn values(&mut self, values: &[String]) -> String {
        let places: Vec<String> = values.iter().map(|value| self.value(value.clone())).collect();
        places.join(", ")
    }

    fn add(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    fn text(&self) -> String {
        self.conditions.join(" AND ")
    }
}

/// A page of the list that the query describes.
pub(super) fn page(
    connection: &Connection,
    query: &Query,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Page> {
    // Names of columns become part of the question: only those of the kind may.
    let columns = query.kind.columns();
    if let Some(unknown) = query.filter.columns.keys().find(|c| !columns.contains(&c.as_str())) {
        return Err(StoreError::Backend(format!("{} has no column {unknown}", query.kind).into()));
    }
    within::prepare(connection, query.filter.within.as_ref())?;
    let mut found = Where::default();
    let sight = add_cut(&mut found, query, eyes);
    add_filter(&mut found, query.kind, &query.filter, &sight, eyes)?;
    let total = if query.count { count(connection, query.kind, &found)? } else { 0 };
    let sql = question(&mut found, query, &sight);
    let values = rusqlite::params_from_iter(&found.values);
    let mut rows = record::all(connection, query.kind, &sql, values, |raw| {
        if query.expand { eyes.body(raw) } else { eyes.summary(raw) }
    })?;
    let more = rows.len() > query.limit;
    rows.truncate(query.limit);
    if query.expand {
        merge::redirect(&mut rows, sight.known_at, eyes)?;
    }
    let key = order_of(query.sort, &sight).1;
    let last = rows.last().filter(|_| more);
    let next =
        last.map(|row| sort_key(connection, query, key.as_deref(), &sight, row)).transpose()?;
    let until = eyes.next_embargo_end()?;
    Ok(Page { rows, next, total: u64::try_from(total).unwrap_or(0), until })
}

/// The rows of the page, and one more if there is one.
fn question(found: &mut Where, query: &Query, sight: &Sees) -> String {
    add_after(found, query, sight);
    let (body, join) = if query.expand {
        ("b.body", "JOIN ledger_body b ON b.sequence = k.version")
    } else {
        ("k.summary", "")
    };
    let (order, _) = order_of(query.sort, sight);
    // What names a record or has a code is few; read in order of an index the planner would walk through all.
    let order = if names_few(&query.filter) { order.replace("k.", "+k.") } else { order };
    let limit = found.value(i64::try_from(query.limit.saturating_add(1)).unwrap_or(i64::MAX));
    format!(
        "SELECT {SEALED}, {body} AS body FROM {} k {join} WHERE {} ORDER BY {order} LIMIT {limit}",
        query.kind,
        found.text()
    )
}

/// How many there are in all.
fn count(connection: &Connection, kind: Kind, found: &Where) -> StoreResult<i64> {
    let sql = format!("SELECT count(*) FROM {kind} k WHERE {}", found.text());
    let values = rusqlite::params_from_iter(&found.values);
    Ok(connection.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
}

/// What a reader sees of the columns that a list is filtered and sorted by.
pub(super) struct Sees {
    /// The condition that a version is of a convoy under way, of which no time or place is told.
    under_embargo: String,
    /// Where the list stands: the version, or where the record began, for a convoy under way.
    version: String,
    /// When it happened.
    happened_at: String,
    /// Sees the reader everything as it is?
    all: bool,
    pub(super) level: String,
    pub(super) organisation: String,
    level_value: i64,
    organisation_value: Option<String>,
    known_at: i64,
}

fn add_cut(found: &mut Where, query: &Query, eyes: &Eyes<'_>) -> Sees {
    let known_at = found.value(millis(query.cut.known_at));
    found.add(format!(
        "k.learned_at <= {known_at} AND (k.retired_at IS NULL OR k.retired_at > {known_at})"
    ));
    let (level, organisation) = (found.value(eyes.level()), found.value(eyes.organisation()));
    if eyes.sees_all() {
        // Every value that is given must be named.
        found.add(format!("{level} >= 0 AND {organisation} IS {organisation}"));
    } else {
        found.add(sealed::may_see("k", &level, &organisation));
    }
    let at = found.value(eyes.at());
    found.add(format!("{at} IS NOT NULL"));
    let sight = Sees::of(query, eyes, &at, level, organisation);
    if let Some(as_of) = query.cut.as_of {
        let as_of = found.value(millis(as_of));
        let happened_at = &sight.happened_at;
        found.add(format!("({happened_at} IS NULL OR {happened_at} <= {as_of})"));
    }
    sight
}

impl Sees {
    fn of(query: &Query, eyes: &Eyes<'_>, at: &str, level: String, organisation: String) -> Self {
        let kind = query.kind;
        let under_embargo = eyes.under_embargo("k", kind, at, &organisation);
        let hides = under_embargo != "0";
        let unless = |column: &str, instead: &str| {
            if hides {
                format!("CASE WHEN {under_embargo} THEN {instead} ELSE {column} END")
            } else {
                column.to_owned()
            }
        };
        let begun = format!("(SELECT min(v.version) FROM {kind} v WHERE v.id = k.id)");
        Self {
            version: unless("k.version", &begun),
            happened_at: unless("k.happened_at", "NULL"),
            all: eyes.sees_all(),
            under_embargo,
            level,
            organisation,
            level_value: eyes.level(),
            organisation_value: eyes.organisation(),
            known_at: millis(query.cut.known_at),
        }
    }

    /// Adds a condition that tells something of a convoy's way or time: one under way does not pass it.
    pub(super) fn add(&self, found: &mut Where, condition: String) {
        if self.under_embargo == "0" {
            found.add(condition);
        } else {
            found.add(format!("({condition} AND NOT {})", self.under_embargo));
        }
    }

    /// The position that the reader sees, `axis` being lon or lat.
    pub(super) fn place(&self, table: &str, axis: &str) -> String {
        if self.all {
            return format!("{table}.{axis}");
        }
        format!(
            "CASE WHEN {table}.place_from <= {} OR {table}.owner = {} THEN {table}.{axis} ELSE {table}.masked_{axis} END",
            self.level, self.organisation
        )
    }
}

/// Does it ask for records that are named, or name others: a few at most?
fn names_few(filter: &Filter) -> bool {
    !filter.mentions.is_empty() || !filter.codes.is_empty()
}

fn add_filter(
    found: &mut Where,
    kind: Kind,
    filter: &Filter,
    sight: &Sees,
    eyes: &mut Eyes<'_>,
) -> StoreResult<()> {
    // A plus keeps the planner from an index where the few that are named are the better way in.
    let plus = if names_few(filter) { "+" } else { "" };
    for (column, values) in &filter.columns {
        let values = found.values(values);
        let condition = format!("{plus}k.{column} IN ({values})");
        match column.as_str() {
            "mode" | "convoy_type" => found.add(condition),
            _ => sight.add(found, condition),
        }
        add_open(found, kind, &[column], sight, eyes);
    }
    for (target, codes) in &filter.mentions {
        add_mention(found, kind, *target, codes, sight, eyes)?;
    }
    if !filter.codes.is_empty() {
        let codes = merge::with_winners(eyes, kind, &filter.codes, sight.known_at)?;
        let codes = found.values(&codes);
        found.add(format!("k.code IN ({codes})"));
    }
    let date = format!("{plus}{}", sight.happened_at);
    if let Some(from) = filter.from {
        let from = found.value(millis(from));
        found.add(format!("{date} >= {from}"));
    }
    if let Some(to) = filter.to {
        let to = found.value(millis(to));
        found.add(format!("{date} <= {to}"));
    }
    if let Some(bbox) = filter.bbox {
        let inside = in_box(found, bbox);
        add_placed(found, kind, &inside, sight, eyes);
    }
    if let Some(near) = filter.near {
        let close = within(found, near);
        add_placed(found, kind, &close, sight, eyes);
    }
    if let Some(within) = &filter.within {
        within::add(found, kind, within, sight, eyes);
    }
    if !filter.withdrawn {
        found.add("k.withdrawn = 0".to_owned());
    }
    Ok(())
}

/// Only records that name one of these; a filter by what the reader may not know of finds as much as one by what is
/// not there.
fn add_mention(
    found: &mut Where,
    kind: Kind,
    target: Kind,
    codes: &[String],
    sight: &Sees,
    eyes: &mut Eyes<'_>,
) -> StoreResult<()> {
    let mut known = Vec::new();
    for code in codes {
        known.extend(merge::known_as(eyes, target, code, sight.known_at)?);
    }
    let codes = found.values(&known);
    let condition = format!(
        "k.version IN (SELECT version FROM mention WHERE target_kind = '{target}' AND target_code IN ({codes}) AND kind = '{kind}')"
    );
    match target {
        Kind::Organisation => found.add(condition),
        _ => sight.add(found, condition),
    }
    add_open(found, kind, &fields_that_name(kind, target), sight, eyes);
    Ok(())
}

/// A filter by a field that is withheld from the reader finds nothing.
fn add_open(found: &mut Where, kind: Kind, fields: &[&str], sight: &Sees, eyes: &Eyes<'_>) {
    if let Some(open) = eyes.are_open(kind, fields, &sight.level, &sight.organisation) {
        found.add(open);
    }
}

/// A condition on a place: the record's own, else that of the areas it mentions.
///
/// Always on the position that the reader sees: a filter on the true one would give it away.
fn add_placed(found: &mut Where, kind: Kind, condition: &Placed, sight: &Sees, eyes: &Eyes<'_>) {
    let known_at = "?1";
    let areas = fields_that_name(kind, Kind::Area);
    let open = eyes.are_open(kind, &areas, &sight.level, &sight.organisation);
    let placed = format!(
        "({} OR (k.masked_lon IS NULL AND k.version IN (
            SELECT m.version FROM mention m JOIN area a ON a.code = m.target_code
             WHERE m.kind = '{kind}' AND m.target_kind = 'area'
               AND a.learned_at <= {known_at} AND (a.retired_at IS NULL OR a.retired_at > {known_at})
               AND {} AND {}) AND {}))",
        condition(sight, "k"),
        sealed::may_see("a", &sight.level, &sight.organisation),
        condition(sight, "a"),
        open.as_deref().unwrap_or("1"),
    );
    sight.add(found, placed);
}

/// A condition on the place of a row of this table.
type Placed = dyn Fn(&Sees, &str) -> String;

fn in_box(found: &mut Where, [west, south, east, north]: [f64; 4]) -> Box<Placed> {
    let [w, s, e, n] = [west, south, east, north].map(|degrees| found.value(degrees));
    Box::new(move |sight, table| {
        let (lon, lat) = (sight.place(table, "lon"), sight.place(table, "lat"));
        let across = if west <= east {
            format!("{lon} BETWEEN {w} AND {e}")
        } else {
            // The box crosses the 180th meridian.
            format!("({lon} >= {w} OR {lon} <= {e})")
        };
        format!("{lat} BETWEEN {s} AND {n} AND {across}")
    })
}

fn within(found: &mut Where, near: Near) -> Box<Placed> {
    /// A degree of latitude is nowhere shorter than this, kilometres.
    const KM_PER_DEGREE: f64 = 110.5;
    let reach = near.km / KM_PER_DEGREE;
    let [south, north] =
        [near.place.lat() - reach, near.place.lat() + reach].map(|lat| found.value(lat));
    let [lon, lat, km] =
        [near.place.lon(), near.place.lat(), near.km].map(|number| found.value(number));
    Box::new(move |sight, table| {
        let (own_lon, own_lat) = (sight.place(table, "lon"), sight.place(table, "lat"));
        format!(
            "{own_lat} BETWEEN {south} AND {north} AND distance_km({own_lon}, {own_lat}, {lon}, {lat}) <= {km}"
        )
    })
}

/// The order, and the column that a page goes on from beside the version.
fn order_of(sort: Sort, sight: &Sees) -> (String, Option<String>) {
    let Sees { version, happened_at, .. } = sight;
    match sort {
        Sort::Version => (version.clone(), None),
        Sort::VersionDown => (format!("{version} DESC"), None),
        Sort::Code => (format!("k.code, {version}"), Some("k.code".to_owned())),
        Sort::Date => (format!("{happened_at}, {version}"), Some(happened_at.clone())),
        Sort::DateDown => {
            (format!("{happened_at} DESC, {version} DESC"), Some(happened_at.clone()))
        }
    }
}

/// Goes on after the last row of the page before. Without a date comes before every date.
fn add_after(found: &mut Where, query: &Query, sight: &Sees) {
    let Some((key, after)) = &query.after else { return };
    let after = found.value(*after);
    let Sees { version, happened_at, .. } = sight;
    let date = |key: &String| key.parse::<i64>().map_or(Sql::Null, Sql::Integer);
    let condition = match (query.sort, key) {
        (Sort::Version, _) => format!("{version} > {after}"),
        (Sort::VersionDown, _) => format!("{version} < {after}"),
        (Sort::Code, key) => {
            let key = found.value(key.clone().unwrap_or_default());
            format!("(k.code, {version}) > ({key}, {after})")
        }
        (Sort::Date, None) => format!("({happened_at} IS NOT NULL OR {version} > {after})"),
        (Sort::DateDown, None) => format!("({happened_at} IS NULL AND {version} < {after})"),
        (Sort::Date, Some(key)) => {
            let key = found.value(date(key));
            format!("({happened_at}, {version}) > ({key}, {after})")
        }
        (Sort::DateDown, Some(key)) => {
            let key = found.value(date(key));
            format!("(({happened_at}, {version}) < ({key}, {after}) OR {happened_at} IS NULL)")
        }
    };
    found.add(condition);
}

/// Sort key and place of the last row of a page, to go on from.
fn sort_key(
    connection: &Connection,
    query: &Query,
    column: Option<&str>,
    sight: &Sees,
    last: &Stored,
) -> StoreResult<(Option<String>, i64)> {
    let column = column.unwrap_or("NULL");
    // The numbers of the places are those of the list's own question.
    let sql = format!(
        "SELECT CAST({column} AS TEXT), {} FROM {} k WHERE k.version = ?4",
        sight.version, query.kind
    );
    let known_at = millis(query.cut.known_at);
    let organisation = &sight.organisation_value;
    connection
        .prepare_cached(&sql)?
        .query_row(
            rusqlite::params![known_at, sight.level_value, organisation, last.version],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .map_err(StoreError::from)
}

#[cfg(test)]
mod tests;
