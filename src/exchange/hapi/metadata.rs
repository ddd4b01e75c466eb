//! The lists that HAPI's other tables refer to: countries, units, organisations, their types, sectors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::place::{Place, id};
use super::{Column, Holds, Resource, Row, Rows, Test, column, param, set};
use crate::domain::{Organisation, Text, country};
use crate::situation::{Situation, World};

const SECTORS: &str = include_str!("../../../data/sectors.csv");
const ORG_TYPES: &str = include_str!("../../../data/org_types.csv");

/// Code and name.
type Entry = (String, String);

static SECTOR_NAMES: LazyLock<Vec<Entry>> = LazyLock::new(|| table(SECTORS));
static ORG_TYPE_NAMES: LazyLock<Vec<Entry>> = LazyLock::new(|| table(ORG_TYPES));

/// The rows of a table of codes, without its header and tags.
fn table(text: &str) -> Vec<Entry> {
    let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    rows.deserialize::<Entry>().flatten().filter(|(code, _)| !code.starts_with('#')).collect()
}

fn name_in<'t>(table: &'t [Entry], code: &str) -> Option<&'t str> {
    let same = |entry: &&Entry| entry.0.eq_ignore_ascii_case(code);
    table.iter().find(same).map(|(_, name)| name.as_str())
}

/// The name of a sector.
pub(super) fn sector_name(code: &str) -> Option<&'static str> {
    name_in(&SECTOR_NAMES, code)
}

const ID: Column = column("id", Holds::Whole, "A number that stands for the code.");
const CODE: Column = column("code", Holds::Text, "Its code.");
const NAME: Column = column("name", Holds::Text, "Its name.");
const FROM_CODS: Column =
    column("from_cods", Holds::Flag, "Whether it is from OCHA's common data sets; not known here.");
const START: Column = column("reference_period_start", Holds::Time, "Since when; not known here.");
const END: Column = column("reference_period_end", Holds::Time, "Until when; not known here.");
const LOCATION_REF: Column = column("location_ref", Holds::Whole, "The id of its country.");
const LOCATION_CODE: Column = column("location_code", Holds::Text, "The code of its country.");
const LOCATION_NAME: Column = column("location_name", Holds::Text, "The name of its country.");

pub(super) const LOCATION: Resource = Resource {
    path: "/api/v2/metadata/location",
    about: "The countries of our areas.",
    columns: &[
        ID,
        CODE,
        NAME,
        column("has_hrp", Holds::Flag, "Whether it has a response plan; not known here."),
        column("in_gho", Holds::Flag, "Whether it is in the Global Overview; not known here."),
        FROM_CODS,
        START,
        END,
    ],
    more: &[],
    params: &[
        param("id", Test::Whole),
        param("code", Test::Code),
        param("name", Test::Name),
        param("has_hrp", Test::Flag),
        param("in_gho", Test::Flag),
    ],
    is_placed: false,
    is_dated: false,
    rows: locations,
};

pub(super) const ADMIN1: Resource = Resource {
    path: "/api/v2/metadata/admin1",
    about: "The first-level units of our areas.",
    columns: &[ID, LOCATION_REF, CODE, NAME, FROM_CODS, START, END, LOCATION_CODE, LOCATION_NAME],
    more: &[],
    params: &[
        param("id", Test::Whole),
        param("location_ref", Test::Whole),
        param("code", Test::Code),
        param("name", Test::Name),
        param("location_code", Test::Code),
        param("location_name", Test::Name),
    ],
    is_placed: false,
    is_dated: false,
    rows: |situation| units(&situation.world, |place| place.admin1),
};

pub(super) const ADMIN2: Resource = Resource {
    path: "/api/v2/metadata/admin2",
    about: "The second-level units of our areas.",
    columns: &[
        ID,
        column("admin1_ref", Holds::Whole, "The id of its first-level unit."),
        CODE,
        NAME,
        FROM_CODS,
        START,
        END,
        column("admin1_code", Holds::Text, "The P-code of its first-level unit."),
        column("admin1_name", Holds::Text, "The name of its first-level unit."),
        LOCATION_REF,
        LOCATION_CODE,
        LOCATION_NAME,
    ],
    more: &[],
    params: &[
        param("id", Test::Whole),
        param("admin1_ref", Test::Whole),
        param("location_ref", Test::Whole),
        param("code", Test::Code),
        param("name", Test::Name),
        param("admin1_code", Test::Code),
        param("admin1_name", Test::Name),
        param("location_code", Test::Code),
        param("location_name", Test::Name),
    ],
    is_placed: false,
    is_dated: false,
    rows: |situation| units(&situation.world, |place| place.admin2),
};

pub(super) const ORG: Resource = Resource {
    path: "/api/v2/metadata/org",
    about: "The organisations that are known here.",
    columns: &[
        column("acronym", Holds::Text, "Its acronym."),
        NAME,
        column("org_type_code", Holds::Text, "Code of its type."),
        column("org_type_description", Holds::Text, "What that type is."),
    ],
    more: &[],
    params: &[
        param("acronym", Test::Code),
        param("name", Test::Name),
        param("org_type_code", Test::Code),
        param("org_type_description", Test::Name),
    ],
    is_placed: false,
    is_dated: false,
    rows: orgs,
};

pub(super) const ORG_TYPE: Resource = Resource {
    path: "/api/v2/metadata/org-type",
    about: "The types of organisations.",
    columns: &[CODE, column("description", Holds::Text, "What it is.")],
    more: &[],
    params: &[param("code", Test::Code), param("description", Test::Name)],
    is_placed: false,
    is_dated: false,
    rows: |_| entries(&ORG_TYPE_NAMES, "description"),
};

pub(super) const SECTOR: Resource = Resource {
    path: "/api/v2/metadata/sector",
    about: "The sectors.",
    columns: &[CODE, NAME],
    more: &[],
    params: &[param("code", Test::Code), param("name", Test::Name)],
    is_placed: false,
    is_dated: false,
    rows: |_| entries(&SECTOR_NAMES, "name"),
};

fn entries(table: &[Entry], name: &str) -> Rows {
    let row = |(code, named): &Entry| {
        let mut row = Row::new();
        set(&mut row, "code", Some(code.as_str()));
        set(&mut row, name, Some(named.as_str()));
        row
    };
    Rows { rows: table.iter().map(row).collect(), left_out: 0 }
}

fn places(world: &World) -> impl Iterator<Item = Place<'_>> {
    world.areas.iter().filter_map(|area| Place::of_area(&area.record))
}

fn locations(situation: &Situation) -> Rows {
    let codes: std::collections::BTreeSet<String> =
        places(&situation.world).map(|place| place.iso3).collect();
    let row = |code: String| {
        let mut row = Row::new();
        set(&mut row, "id", Some(id(&code)));
        set(&mut row, "name", country::name(&code));
        set(&mut row, "code", Some(code));
        row
    };
    Rows { rows: codes.into_iter().map(row).collect(), left_out: 0 }
}

/// The units of a level, by code, each with those it lies in; of several names the first that is known.
fn units<'w>(
    world: &'w World,
    of: impl Fn(&Place<'w>) -> Option<(&'w str, Option<&'w str>)>,
) -> Rows {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for place in places(world) {
        let Some((code, name)) = of(&place) else { continue };
        let row = rows.entry(code).or_insert_with(|| {
            let mut row = place.row();
            set(&mut row, "id", Some(id(code)));
            set(&mut row, "code", Some(code));
            row
        });
        if !row.contains_key("name") {
            set(row, "name", name);
        }
    }
    Rows { rows: rows.into_values().collect(), left_out: 0 }
}

/// Sets the columns that say who an organisation is.
pub(super) fn set_org(row: &mut Row, organisation: &Organisation) {
    let code = organisation.org_type.as_ref().map(Text::as_str);
    set(row, "org_acronym", organisation.acronym.as_ref().map(Text::as_str));
    set(row, "org_name", Some(organisation.names.any()));
    set(row, "org_type_code", code);
    set(row, "org_type_description", code.and_then(|code| name_in(&ORG_TYPE_NAMES, code)));
}

fn orgs(situation: &Situation) -> Rows {
    let rows = situation.world.organisations.iter().map(|known| {
        let mut row = Row::new();
        set_org(&mut row, &known.record);
        for (own, there) in [("acronym", "org_acronym"), ("name", "org_name")] {
            if let Some(value) = row.remove(there) {
                row.insert(own.to_owned(), value);
            }
        }
        row
    });
    Rows { rows: rows.collect(), left_out: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sector::Sector;

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert_eq!(SECTOR_NAMES.len(), 19);
        assert_eq!(ORG_TYPE_NAMES.len(), 18);
        assert_eq!(sector_name("wsh"), Some("Water, Sanitation and Hygiene"));
    }

    #[test]
    fn every_sector_that_a_record_may_name_has_the_name_that_hapi_gives_it() {
        let unnamed = Sector::ALL.iter().filter(|sector| sector_name(sector.as_str()).is_none());
        assert_eq!(unnamed.count(), 0);
    }
}
