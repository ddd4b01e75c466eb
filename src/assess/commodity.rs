//! The commodities: what a unit of each weighs and feeds, with the source of every number.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cargo::CargoKind;
use crate::domain::{Line, Text};

/// The reference table; every line of it names its source.
const TABLE: &str = include_str!("../../data/commodities.csv");

/// Is it medical, and how grave is it to take it off a convoy?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medical {
    /// No.
    No,
    /// Yes.
    Yes,
    /// Yes, for surgery or trauma.
    Surgical,
}

/// One line of the reference table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Commodity {
    /// Its code.
    pub code: String,
    /// Its name in English.
    pub name_en: String,
    /// The sector it belongs to.
    pub sector: String,
    /// How it is counted: `bulk_food`, `parcel`, `water`, `health_kit`, `other`.
    pub kind: String,
    /// The unit of its quantities.
    pub unit: String,
    /// Energy, kcal in 100 g.
    pub kcal_per_100g: Option<f64>,
    /// Weight of one unit, kg.
    pub kg_per_unit: Option<f64>,
    /// For how many people one unit is.
    pub persons: Option<f64>,
    /// For how many days one unit is.
    pub days: Option<f64>,
    /// Energy of the ration in one parcel, kcal per person and day.
    pub kcal_per_person_day: Option<f64>,
    /// Is it medical?
    pub medical: Medical,
    /// Other names.
    pub aliases: String,
}

static BY_NAME: LazyLock<HashMap<String, Commodity>> = LazyLock::new(read);

fn read() -> HashMap<String, Commodity> {
    let mut by_name = HashMap::new();
    let mut rows = csv::ReaderBuilder::new().from_reader(TABLE.as_bytes());
    // The row of HXL tags is no commodity and does not parse as one; a test reads all others.
    for commodity in rows.deserialize::<Commodity>().flatten() {
        let aliases: Vec<String> = commodity.aliases.split(';').map(key).collect();
        for name in aliases.into_iter().filter(|alias| !alias.is_empty()) {
            by_name.entry(name).or_insert_with(|| commodity.clone());
        }
        by_name.insert(key(&commodity.name_en), commodity.clone());
        by_name.insert(key(&commodity.code), commodity);
    }
    by_name
}

fn key(name: &str) -> String {
    name.trim().to_lowercase().replace(' ', "_")
}

/// The commodity of this code, name or alias.
#[must_use]
pub fn commodity(name: &str) -> Option<&'static Commodity> {
    BY_NAME.get(&key(name))
}

/// Every commodity of the table, once for each of its names.
pub(super) fn all() -> impl Iterator<Item = &'static Commodity> {
    BY_NAME.values()
}

impl Commodity {
    /// What the calculation needs of it.
    #[must_use]
    pub fn cargo_kind(&self) -> CargoKind {
        match self.kind.as_str() {
            "bulk_food" => CargoKind::BulkFood { kcal_per_100g: self.kcal_per_100g },
            "parcel" => CargoKind::Parcel {
                persons: self.persons,
                days: self.days,
                kcal_per_person_day: self.kcal_per_person_day,
            },
            "water" => CargoKind::Water,
            "health_kit" => CargoKind::HealthKit { persons: self.persons, days: self.days },
            _ => CargoKind::Other,
        }
    }
}

/// What a quantity is multiplied by to be in the unit of its commodity; `None` where that cannot be told.
pub(super) fn unit_scale(line: &Line) -> Option<f64> {
    let commodity = commodity(line.commodity.as_str());
    let unit = line.unit.as_ref().map(Text::as_str);
    let (Some(unit), Some(commodity)) = (unit, commodity) else { return Some(1.0) };
    scale(unit, commodity, line.kg_per_unit)
}

/// What a quantity in a unit is multiplied by to be in the unit of the commodity; `None` where that cannot be told.
///
/// `kg_per_unit`: weight of one of the unit where the source tells it.
pub(super) fn scale(unit: &str, commodity: &Commodity, kg_per_unit: Option<f64>) -> Option<f64> {
    const KG_PER_TONNE: f64 = 1_000.0;
    let unit = unit.to_lowercase();
    match (unit.trim_end_matches('s'), commodity.unit.to_lowercase().as_str()) {
        (given, own) if given == own => Some(1.0),
        ("t" | "tonne" | "ton" | "mt", "kg") => Some(KG_PER_TONNE),
        ("m3", "l") => Some(1_000.0),
        ("kg", "unit") => commodity.kg_per_unit.map(|kg| 1.0 / kg),
        ("litre" | "liter", "l") | (_, "unit") => Some(1.0),
        (_, "kg") => kg_per_unit,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = csv::Reader::from_reader(TABLE.as_bytes()).records().count() - 1;
        let codes: std::collections::HashSet<&str> =
            BY_NAME.values().map(|c| c.code.as_str()).collect();
        assert_eq!(codes.len(), lines);
    }

    #[test]
    fn a_commodity_is_found_by_its_arabic_name_too() {
        assert_eq!(commodity("طحين").map(|c| c.code.as_str()), Some("wheat_flour"));
        assert_eq!(commodity("Wheat flour").map(|c| c.kcal_per_100g), Some(Some(350.0)));
        assert!(commodity("moon dust").is_none());
    }
}
