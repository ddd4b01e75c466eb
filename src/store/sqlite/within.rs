//! Lists within a unit or an area: by the codes that are recorded, else by the position that the reader sees.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::list::{Sees, Where};
use super::sealed::{self, Eyes};
use super::withheld::fields_that_name;
use crate::domain::{Kind, Place};
use crate::store::{Inside, StoreResult, Within};

/// The columns that a P-code may stand in; none of them is looked at where one is withheld.
const PCODES: [&str; 4] = ["pcode", "admin1_pcode", "admin2_pcode", "admin3_pcode"];

/// Lets the question ask whether a place lies inside.
pub(super) fn prepare(connection: &Connection, within: Option<&Within>) -> StoreResult<()> {
    let Some(inside) = within.and_then(|within| within.inside.clone()) else { return Ok(()) };
    add_function(connection, inside)
}

/// Adds `lies_within(lon, lat)`; false where a position is unknown.
fn add_function(connection: &Connection, inside: Inside) -> StoreResult<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("lies_within", 2, flags, move |arguments| {
        let (lon, lat): (Option<f64>, Option<f64>) = (arguments.get(0)?, arguments.get(1)?);
        let place = lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok());
        Ok(place.is_some_and(|place| inside.contains(place)))
    })?;
    Ok(())
}

/// Adds the condition that a record lies within.
pub(super) fn add(found: &mut Where, kind: Kind, within: &Within, sight: &Sees, eyes: &Eyes<'_>) {
    let area = area_lies_within(found, within, sight, eyes);
    if kind == Kind::Area {
        sight.add(found, area);
        return;
    }
    let fields = fields_that_name(kind, Kind::Area);
    let open = eyes.are_open(kind, &fields, &sight.level, &sight.organisation);
    let open = open.as_deref().unwrap_or("1");
    let some = format!(
        "EXISTS (SELECT 1 FROM mention m WHERE m.version = k.version AND m.kind = '{kind}' AND m.target_kind = 'area')"
    );
    // Inside the brackets `k` is an area: what is withheld of it is asked there.
    let by_area = format!(
        "k.version IN (SELECT m.version FROM mention m
          WHERE m.kind = '{kind}' AND m.target_kind = 'area' AND m.target_code IN (
            SELECT k.code FROM area k
             WHERE k.learned_at <= ?1 AND (k.retired_at IS NULL OR k.retired_at > ?1) AND {} AND {area}))",
        sealed::may_see("k", &sight.level, &sight.organisation),
    );
    let own = within.inside.as_ref().map_or_else(|| "0".to_owned(), |_| place(sight));
    sight.add(
        found,
        format!("({open} AND {by_area} OR ({open} IS NOT TRUE OR NOT {some}) AND k.masked_lon IS NOT NULL AND {own})"),
    );
}

/// The condition that the area `k` lies within, as far as the reader may know.
fn area_lies_within(found: &mut Where, within: &Within, sight: &Sees, eyes: &Eyes<'_>) -> String {
    let open = eyes.are_open(Kind::Area, &PCODES, &sight.level, &sight.organisation);
    let open = open.unwrap_or_else(|| "1".to_owned());
    let mut ways = Vec::new();
    if !within.areas.is_empty() {
        let areas = json(&within.areas);
        let areas = found.value(areas);
        let part_of = eyes.are_open(Kind::Area, &["part_of"], &sight.level, &sight.organisation);
        let part_of = part_of.unwrap_or_else(|| "1".to_owned());
        ways.push(format!("(k.code IN (SELECT value FROM json_each({areas})) AND {part_of})"));
    }
    let coded: Vec<String> =
        PCODES.iter().filter_map(|column| coded(found, within, column)).collect();
    if !coded.is_empty() {
        ways.push(format!("({open} AND ({}))", coded.join(" OR ")));
    }
    if within.inside.is_some() {
        let uncoded = uncoded(found, within);
        ways.push(format!("(({open} IS NOT TRUE OR {uncoded}) AND {})", place(sight)));
    }
    if ways.is_empty() { "0".to_owned() } else { format!("({})", ways.join(" OR ")) }
}

/// That the column has a P-code of the unit or of what lies in it.
fn coded(found: &mut Where, within: &Within, column: &str) -> Option<String> {
    let mut ways = Vec::new();
    if !within.pcodes.is_empty() {
        let codes = found.value(json(&within.pcodes));
        ways.push(format!("{} IN (SELECT value FROM json_each({codes}))", plain(column)));
    }
    for prefix in &within.prefixes {
        // A P-code has letters and digits alone, none of which stands for something else here.
        let longer = found.value(format!("{prefix}*"));
        ways.push(format!("{} GLOB {longer}", plain(column)));
    }
    (!ways.is_empty()).then(|| ways.join(" OR "))
}

/// That the area has no code that would say whether it lies in a unit of this level.
fn uncoded(found: &mut Where, within: &Within) -> String {
    let above = |found: &mut Where, column: &str| {
        let codes = found.value(json(&within.above));
        format!(
            "(k.{column} IS NULL OR {} IN (SELECT value FROM json_each({codes})))",
            plain(column)
        )
    };
    let none = |columns: &[&str]| {
        let each: Vec<String> =
            columns.iter().map(|column| format!("k.{column} IS NULL")).collect();
        each.join(" AND ")
    };
    let all = ["admin1_pcode", "admin2_pcode", "admin3_pcode"];
    match within.level {
        None => "1".to_owned(),
        Some(0) => format!("({} AND k.country IS NULL)", none(&all)),
        Some(1) => format!("({})", none(&all)),
        Some(2) => format!("({} AND {})", none(&all[1..]), above(found, "admin1_pcode")),
        Some(3) => format!("({} AND {})", none(&all[2..]), above(found, "admin2_pcode")),
        Some(_) => above(found, "admin3_pcode"),
    }
}

fn plain(column: &str) -> String {
    format!("upper(replace(replace(k.{column}, '-', ''), ' ', ''))")
}

fn place(sight: &Sees) -> String {
    format!("lies_within({}, {})", sight.place("k", "lon"), sight.place("k", "lat"))
}

fn json(codes: &[String]) -> String {
    serde_json::Value::from(codes.to_vec()).to_string()
}
