//! Where a row is: the country and units of an area, and what several areas share.

use std::collections::HashMap;

use serde_json::Value;

use super::{Column, Holds, Param, Row, Test, column, param, set};
use crate::atlas::Atlas;
use crate::domain::boundary::key;
use crate::domain::{Area, AreaCode, AreaGroupCode, country};
use crate::situation::World;

pub(super) const COLUMNS: &[Column] = &[
    column("location_code", Holds::Text, "ISO 3166-1 alpha-3 code of the country."),
    column("location_name", Holds::Text, "Name of the country."),
    column("admin1_code", Holds::Text, "P-code of the first-level unit."),
    column("admin1_name", Holds::Text, "Name of the first-level unit."),
    column("admin2_code", Holds::Text, "P-code of the second-level unit."),
    column("admin2_name", Holds::Text, "Name of the second-level unit."),
    column("admin_level", Holds::Whole, "0 for a country, 1 or 2 for a unit."),
];

/// What HAPI shows no more since its second version, and can still be asked by; and what the place itself is called.
pub(super) const MORE: &[Column] = &[
    column("provider_admin1_name", Holds::Text, "Name of the first-level unit in our record."),
    column("provider_admin2_name", Holds::Text, "Name of the area itself, where that is known."),
    column("place_name", Holds::Text, "Name of the area or group of areas itself, at any level."),
];

pub(super) const PARAMS: &[Param] = &[
    param("location_ref", Test::Whole),
    param("location_code", Test::Code),
    param("location_name", Test::Name),
    param("has_hrp", Test::Flag),
    param("in_gho", Test::Flag),
    param("admin1_ref", Test::Whole),
    param("admin1_code", Test::Code),
    param("admin1_name", Test::Name),
    param("provider_admin1_name", Test::Name),
    param("admin2_ref", Test::Whole),
    param("admin2_code", Test::Code),
    param("admin2_name", Test::Name),
    param("provider_admin2_name", Test::Name),
    param("admin_level", Test::Word(&["0", "1", "2"])),
];

/// A unit: its P-code and its name, if that is known.
type Unit<'w> = (&'w str, Option<&'w str>);

/// Where a claim is about: a country, and as much below it as is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place<'w> {
    pub(super) iso3: String,
    pub(super) admin1: Option<Unit<'w>>,
    pub(super) admin2: Option<Unit<'w>>,
    name: Option<&'w str>,
}

impl<'w> Place<'w> {
    /// That of an area; `None` where its country is not known.
    pub(super) fn of_area(area: &'w Area) -> Option<Self> {
        let unit = |code: &'w Option<_>, name: &'w Option<_>| {
            let text = |text: &'w Option<crate::domain::Text>| {
                text.as_ref().map(crate::domain::Text::as_str)
            };
            text(code).map(|code| (code, text(name)))
        };
        let admin1 = unit(&area.admin1_pcode, &area.admin1_name);
        // A unit of the second level without that above it has no place in HAPI's tree.
        let admin2 = unit(&area.admin2_pcode, &area.admin2_name).filter(|_| admin1.is_some());
        Some(Self { iso3: area.iso3()?, admin1, admin2, name: Some(area.names.any()) })
    }

    /// That of several areas together: what they share. `None` where they share no country, or one is not known.
    pub(super) fn of_areas(world: &'w World, areas: &[AreaCode]) -> Option<Self> {
        let mut places = areas.iter().map(|code| {
            let area = world.areas.get(code.as_str())?;
            Self::of_area(&area.record)
        });
        let first = places.next()??;
        places.try_fold(first, |shared, next| shared.shared_with(&next?))
    }

    /// That of a group; `None` where its areas are not named.
    pub(super) fn of_group(world: &'w World, group: &AreaGroupCode) -> Option<Self> {
        let group = world.area_groups.get(group.as_str())?;
        let place = Self::of_areas(world, &group.record.areas)?;
        Some(Self { name: Some(group.record.names.any()), ..place })
    }

    /// Units are the same by their codes, whatever each area calls them.
    fn shared_with(self, other: &Self) -> Option<Self> {
        if self.iso3 != other.iso3 {
            return None;
        }
        let admin1 = shared(self.admin1, other.admin1);
        let admin2 = shared(self.admin2, other.admin2).filter(|_| admin1.is_some());
        let name = self.name.filter(|name| Some(*name) == other.name);
        Some(Self { admin1, admin2, name, ..self })
    }

    /// 0 for a country, 1 or 2 for a unit.
    fn level(&self) -> u8 {
        u8::from(self.admin1.is_some()) + u8::from(self.admin2.is_some())
    }

    /// A row that lies here.
    pub(super) fn row(&self) -> Row {
        let mut row = Row::new();
        set(&mut row, "location_code", Some(self.iso3.as_str()));
        set(&mut row, "location_name", country::name(&self.iso3));
        set(&mut row, "location_ref", Some(id(&self.iso3)));
        for (level, unit) in [("admin1", self.admin1), ("admin2", self.admin2)] {
            let Some((code, name)) = unit else { continue };
            set(&mut row, &format!("{level}_code"), Some(code));
            set(&mut row, &format!("{level}_name"), name);
            set(&mut row, &format!("{level}_ref"), Some(id(code)));
        }
        set(&mut row, "provider_admin1_name", self.admin1.and_then(|(_, name)| name));
        set(&mut row, "provider_admin2_name", self.name.filter(|_| self.level() == 2));
        set(&mut row, "place_name", self.name);
        set(&mut row, "admin_level", Some(self.level()));
        row
    }
}

/// The unit that both are, with its name where both call it so.
fn shared<'w>(one: Option<Unit<'w>>, other: Option<Unit<'w>>) -> Option<Unit<'w>> {
    let ((code, name), (own, called)) = one.zip(other)?;
    (key(code) == key(own)).then_some((code, name.filter(|name| Some(*name) == called)))
}

/// What units are called, by their codes: as boundaries name them, else as the first area does that names them.
#[derive(Debug, Default)]
pub struct UnitNames(HashMap<String, String>);

impl UnitNames {
    /// The names that are known.
    #[must_use]
    pub fn of(world: &World, atlas: &Atlas) -> Self {
        let units = atlas.units().iter().map(|unit| {
            let unit = unit.boundary();
            (key(unit.pcode.as_str()), unit.names.any().to_owned())
        });
        let mut names: HashMap<String, String> = units.collect();
        for place in world.areas.iter().filter_map(|area| Place::of_area(&area.record)) {
            for (code, name) in [place.admin1, place.admin2].into_iter().flatten() {
                if let Some(name) = name {
                    names.entry(key(code)).or_insert_with(|| name.to_owned());
                }
            }
        }
        Self(names)
    }

    /// Names the units of a row of which only the codes stand there.
    pub(super) fn complete(&self, row: &mut Row) {
        // The lists of units have a column more of each, for the unit itself.
        for (code, name) in
            [("admin1_code", "admin1_name"), ("admin2_code", "admin2_name"), ("code", "name")]
        {
            let known =
                row.get(code).and_then(Value::as_str).and_then(|code| self.0.get(&key(code)));
            if let Some(known) = known.filter(|_| !row.contains_key(name)).cloned() {
                set(row, name, Some(known));
            }
        }
    }
}

/// The number that stands for a code where HAPI has the key of a row: the same on every machine and for ever.
pub(super) fn id(code: &str) -> u32 {
    let hash = blake3::hash(code.to_ascii_uppercase().as_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    // 31 bits: some clients keep such a key as a signed number.
    u32::from_be_bytes([a, b, c, d]) >> 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<'w>(iso3: &str, units: [&'w str; 2], name: &'w str) -> Place<'w> {
        let unit = |code: &'w str| Some((code, None)).filter(|_| !code.is_empty());
        let [admin1, admin2] = units.map(unit);
        Place { iso3: iso3.to_owned(), admin1, admin2, name: Some(name) }
    }

    #[test]
    fn several_areas_lie_where_all_of_them_lie() {
        let daraya = place("SYR", ["SY03", "SY0309"], "Darayya");
        let duma = place("SYR", ["SY03", "SY0302"], "Duma");
        let foah = place("SYR", ["SY07", "SY0701"], "Foah");
        let both = daraya.clone().shared_with(&duma).unwrap();
        assert_eq!((both.level(), both.name, both.admin1), (1, None, Some(("SY03", None))));
        let far = both.shared_with(&foah).unwrap();
        assert_eq!((far.level(), far.iso3.as_str()), (0, "SYR"));
        assert_eq!(far.shared_with(&place("LBN", ["", ""], "Arsal")), None);
    }

    #[test]
    fn a_unit_is_the_same_by_its_code_whatever_it_is_called() {
        let called = |name: Option<&'static str>, area: &'static str| Place {
            admin1: Some(("SY03", name)),
            ..place("SYR", ["SY03", ""], area)
        };
        let rural = called(Some("Rural Damascus"), "Darayya");
        for other in [None, Some("Rif Dimashq")] {
            let both = rural.clone().shared_with(&called(other, "Duma")).unwrap();
            assert_eq!((both.level(), both.admin1), (1, Some(("SY03", None))));
        }
        let both = rural.clone().shared_with(&rural).unwrap();
        assert_eq!(both.admin1, Some(("SY03", Some("Rural Damascus"))));
    }

    #[test]
    fn a_number_stands_for_a_code_however_it_is_written() {
        assert_eq!(id("SY03"), id("sy03"));
        assert_ne!(id("SY03"), id("SY04"));
        assert!(i32::try_from(id("SYR")).is_ok());
    }
}
