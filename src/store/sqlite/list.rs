//! Lists: one question built from a filter, a page at a time.

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::{millis, record};
use crate::domain::{Clearance, Kind};
use crate::store::{Filter, Near, Page, Query, Sort, StoreError, StoreResult, Stored};

/// A `WHERE` on its way: conditions, and the values they name by position.
#[derive(Default)]
struct Where {
    conditions: Vec<String>,
    values: Vec<Sql>,
}

impl Where {
    /// Adds a value and gives its place, e.g. `?3`.
    fn value(&mut self, value: impl Into<Sql>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// Adds several and gives their places, e.g. `?3, ?4`.
    fn values(&mut self, values: &[String]) -> String {
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
    clearance: &Clearance,
) -> StoreResult<Page> {
    // Names of columns become part of the question: only those of the kind may.
    let columns = query.kind.columns();
    if let Some(unknown) = query.filter.columns.keys().find(|c| !columns.contains(&c.as_str())) {
        return Err(StoreError::Backend(format!("{} has no column {unknown}", query.kind).into()));
    }
    let mut found = Where::default();
    add_cut(&mut found, query, clearance);
    add_filter(&mut found, query.kind, &query.filter);
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM {} k WHERE {}", query.kind, found.text()))?
        .query_row(rusqlite::params_from_iter(&found.values), |row| row.get(0))?;
    add_after(&mut found, query);
    let (body, join) = if query.expand {
        ("b.body", "JOIN ledger_body b ON b.sequence = k.version")
    } else {
        ("k.summary", "")
    };
    let (order, key) = order_of(query.sort);
    // What names a record or has a code is few; read in order of an index the planner would walk through all.
    let few = !query.filter.mentions.is_empty() || !query.filter.codes.is_empty();
    let order = if few { order.replace("k.", "+k.") } else { order.to_owned() };
    let limit = found.value(i64::try_from(query.limit.saturating_add(1)).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT k.version, k.id, k.code, k.recorded_at, k.learned_at, k.retired_at, k.withdrawn, {body} AS body
           FROM {} k {join} WHERE {} ORDER BY {order} LIMIT {limit}",
        query.kind,
        found.text()
    );
    let mut rows =
        record::all(connection, query.kind, &sql, rusqlite::params_from_iter(&found.values))?;
    let more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| sort_key(connection, query.kind, key, row)).transpose()?;
    Ok(Page { rows, next, total: u64::try_from(total).unwrap_or(0) })
}

fn add_cut(found: &mut Where, query: &Query, clearance: &Clearance) {
    let known_at = found.value(millis(query.cut.known_at));
    found.add(format!(
        "k.learned_at <= {known_at} AND (k.retired_at IS NULL OR k.retired_at > {known_at})"
    ));
    let level = found.value(clearance.level as i64);
    found.add(format!("k.sensitivity <= {level}"));
    if let Some(as_of) = query.cut.as_of {
        let as_of = found.value(millis(as_of));
        found.add(format!("(k.happened_at IS NULL OR k.happened_at <= {as_of})"));
    }
}

fn add_filter(found: &mut Where, kind: Kind, filter: &Filter) {
    for (column, values) in &filter.columns {
        let values = found.values(values);
        let plus = if filter.mentions.is_empty() && filter.codes.is_empty() { "" } else { "+" };
        found.add(format!("{plus}k.{column} IN ({values})"));
    }
    for (target, codes) in &filter.mentions {
        let codes = found.values(codes);
        found.add(format!(
            "k.version IN (SELECT version FROM mention WHERE target_kind = '{target}' AND target_code IN ({codes}) AND kind = '{kind}')"
        ));
    }
    if !filter.codes.is_empty() {
        let codes = found.values(&filter.codes);
        found.add(format!("k.code IN ({codes})"));
    }
    // A plus keeps the planner from the index of dates where the few that are named are the better way in.
    let few = !filter.mentions.is_empty() || !filter.codes.is_empty();
    let date = if few { "+k.happened_at" } else { "k.happened_at" };
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
        add_placed(found, kind, &inside);
    }
    if let Some(near) = filter.near {
        let close = within(found, near);
        add_placed(found, kind, &close);
    }
    if !filter.withdrawn {
        found.add("k.withdrawn = 0".to_owned());
    }
}

/// A condition on a place: the record's own, else that of the areas it mentions. `{}` stands for the table.
///
/// Always on the masked position: a filter on the true one would give it away.
fn add_placed(found: &mut Where, kind: Kind, condition: &str) {
    let known_at = "?1";
    found.add(format!(
        "({} OR (k.masked_lon IS NULL AND k.version IN (
            SELECT m.version FROM mention m JOIN area a ON a.code = m.target_code
             WHERE m.kind = '{kind}' AND m.target_kind = 'area'
               AND a.learned_at <= {known_at} AND (a.retired_at IS NULL OR a.retired_at > {known_at}) AND {})))",
        condition.replace("{}", "k"),
        condition.replace("{}", "a"),
    ));
}

fn in_box(found: &mut Where, [west, south, east, north]: [f64; 4]) -> String {
    let [w, s, e, n] = [west, south, east, north].map(|degrees| found.value(degrees));
    let across = if west <= east {
        format!("{{}}.masked_lon BETWEEN {w} AND {e}")
    } else {
        // The box crosses the 180th meridian.
        format!("({{}}.masked_lon >= {w} OR {{}}.masked_lon <= {e})")
    };
    format!("{{}}.masked_lat BETWEEN {s} AND {n} AND {across}")
}

fn within(found: &mut Where, near: Near) -> String {
    /// A degree of latitude is nowhere shorter than this, kilometres.
    const KM_PER_DEGREE: f64 = 110.5;
    let reach = near.km / KM_PER_DEGREE;
    let [south, north] =
        [near.place.lat() - reach, near.place.lat() + reach].map(|lat| found.value(lat));
    let [lon, lat, km] =
        [near.place.lon(), near.place.lat(), near.km].map(|number| found.value(number));
    format!(
        "{{}}.masked_lat BETWEEN {south} AND {north}
         AND distance_km({{}}.masked_lon, {{}}.masked_lat, {lon}, {lat}) <= {km}"
    )
}

/// The order, and the column that a page goes on from beside the version.
const fn order_of(sort: Sort) -> (&'static str, Option<&'static str>) {
    match sort {
        Sort::Version => ("k.version", None),
        Sort::VersionDown => ("k.version DESC", None),
        Sort::Code => ("k.code, k.version", Some("code")),
        Sort::Date => ("k.happened_at, k.version", Some("happened_at")),
        Sort::DateDown => ("k.happened_at DESC, k.version DESC", Some("happened_at")),
    }
}

/// Goes on after the last row of the page before. Without a date comes before every date.
fn add_after(found: &mut Where, query: &Query) {
    let Some((key, version)) = &query.after else { return };
    let version = found.value(*version);
    let date = |key: &String| key.parse::<i64>().map_or(Sql::Null, Sql::Integer);
    let condition = match (query.sort, key) {
        (Sort::Version, _) => format!("k.version > {version}"),
        (Sort::VersionDown, _) => format!("k.version < {version}"),
        (Sort::Code, key) => {
            let key = found.value(key.clone().unwrap_or_default());
            format!("(k.code, k.version) > ({key}, {version})")
        }
        (Sort::Date, None) => format!("(k.happened_at IS NOT NULL OR k.version > {version})"),
        (Sort::DateDown, None) => format!("(k.happened_at IS NULL AND k.version < {version})"),
        (Sort::Date, Some(key)) => {
            let key = found.value(date(key));
            format!("(k.happened_at, k.version) > ({key}, {version})")
        }
        (Sort::DateDown, Some(key)) => {
            let key = found.value(date(key));
            format!("((k.happened_at, k.version) < ({key}, {version}) OR k.happened_at IS NULL)")
        }
    };
    found.add(condition);
}

fn sort_key(
    connection: &Connection,
    kind: Kind,
    column: Option<&str>,
    last: &Stored,
) -> StoreResult<(Option<String>, i64)> {
    let Some(column) = column else { return Ok((None, last.version)) };
    let sql = format!("SELECT CAST({column} AS TEXT) FROM {kind} WHERE version = ?1");
    let key = connection.prepare_cached(&sql)?.query_row([last.version], |row| row.get(0))?;
    Ok((key, last.version))
}
