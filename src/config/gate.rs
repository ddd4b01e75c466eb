//! The gate as it is set: levels for the crisis, the mask, small counts, the embargo.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::disclose::{Levels, Rules};
use crate::domain::{Kind, Sensitivity};

/// The gate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gate {
    crisis: String,
    mask_km: f64,
    small_count: u32,
    #[serde(deserialize_with = "super::word")]
    small_counts_from: Sensitivity,
    small_count_kinds: Vec<String>,
    #[serde(deserialize_with = "super::word")]
    movements_from: Sensitivity,
    embargo_hours: f64,
    embargo_forgotten_days: f64,
}

/// The levels for each crisis, as they stand in the file.
pub(super) type Crises = BTreeMap<String, BTreeMap<String, String>>;

impl Gate {
    /// The rules, with the levels for the crisis that is set.
    pub(super) fn rules(&self, crises: &Crises) -> Result<Rules, String> {
        const FARTHEST_KM: f64 = 1_000.0;
        const LONGEST_HOURS: f64 = 87_600.0;
        let of_crisis = |name: &str| {
            let lines = crises.get(name).into_iter().flatten();
            Levels::read(lines.map(|(name, level)| (name.as_str(), level.as_str())))
                .map_err(|fault| format!("crisis.{name}: {fault}"))
        };
        // Also those that are not in force must be right: a crisis does not wait for a correction.
        crises.keys().try_for_each(|name| of_crisis(name).map(|_| ()))?;
        if !crises.contains_key(&self.crisis) {
            let known: Vec<&str> = crises.keys().map(String::as_str).collect();
            return Err(format!(
                "gate.crisis: must be one of {}, got {}",
                known.join(", "),
                self.crisis
            ));
        }
        let within = |name: &str, value: f64, most: f64| {
            let detail =
                format!("gate.{name}: must be more than 0 and at most {most}, got {value}");
            if value > 0.0 && value <= most { Ok(value) } else { Err(detail) }
        };
        let kind = |word: &String| {
            word.parse::<Kind>().map_err(|fault| format!("gate.small_count_kinds: {fault}"))
        };
        Ok(Rules {
            levels: of_crisis(&self.crisis)?,
            mask_km: within("mask_km", self.mask_km, FARTHEST_KM)?,
            small_count: self.small_count,
            small_counts_from: self.small_counts_from,
            small_count_kinds: self.small_count_kinds.iter().map(kind).collect::<Result<_, _>>()?,
            movements_from: self.movements_from,
            embargo_hours: within("embargo_hours", self.embargo_hours, LONGEST_HOURS)?,
            embargo_forgotten_days: within(
                "embargo_forgotten_days",
                self.embargo_forgotten_days,
                LONGEST_HOURS / 24.0,
            )?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    fn rules(file: &str) -> Result<Rules, String> {
        let settings = Settings::layered("f", file, std::iter::empty());
        settings.map(|settings| settings.gate).map_err(|fault| fault.to_string())
    }

    #[test]
    fn the_built_in_rules_are_those_of_the_file() {
        assert_eq!(rules("").unwrap(), Rules::default());
    }

    #[test]
    fn where_a_hospital_stands_is_no_secret_in_a_flood() {
        let levels = rules("[gate]\ncrisis = 'flood'").unwrap().levels;
        let body = serde_json::json!({ "facility_type": "hospital" });
        assert!(levels.of_fields(Kind::Facility, &body, &[]).is_empty());
    }

    #[test]
    fn a_crisis_of_ones_own_can_be_described() {
        let file = "[gate]\ncrisis = 'epidemic'\n[crisis.epidemic]\npopulation = 'confidential'";
        assert_eq!(
            rules(file).unwrap().levels.of_kind(Kind::Population),
            Sensitivity::Confidential
        );
    }

    #[test]
    fn what_is_wrong_with_the_gate_stops_the_start_and_is_named() {
        for (file, named) in [
            ("[gate]\ncrisis = 'war'", "conflict, flood"),
            ("[gate]\nmask_km = 0.0", "mask_km"),
            ("[gate]\nembargo_hours = -1.0", "embargo_hours"),
            ("[gate]\nsmall_count_kinds = ['people']", "small_count_kinds"),
            ("[gate]\nmovements_from = 'secret'", "confidential"),
            ("[crisis.flood]\n'facility.posision' = 'public'", "posision"),
        ] {
            let fault = rules(file).unwrap_err();
            assert!(fault.contains(named), "{file}: {fault}");
        }
    }
}
