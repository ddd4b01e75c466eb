//! The levels of kinds and fields: as set for the crisis, and never below that for a single record.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::{FieldLevel, Kind, Sensitivity};

/// The level of a field of a kind, or only of records of one type (a hospital, a crossing).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldRule {
    /// The kind.
    pub kind: Kind,
    /// The type that the record must have, e.g. `hospital`; `None` holds for all.
    pub of_type: Option<String>,
    /// The field.
    pub field: String,
    /// Its level.
    pub level: Sensitivity,
}

/// The levels for a crisis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// Of records whose author gave none; kinds that are not here are internal.
    pub kinds: BTreeMap<Kind, Sensitivity>,
    /// Of single fields. A rule for one type goes before the rule for all.
    pub fields: Vec<FieldRule>,
}

impl Levels {
    /// Reads `facility = level`, `facility.position = level`, `facility[crossing].position = level`.
    ///
    /// # Errors
    ///
    /// What is wrong with a line, and what is allowed.
    pub fn read<'l>(lines: impl Iterator<Item = (&'l str, &'l str)>) -> Result<Self, String> {
        let mut levels = Self::default();
        for (name, level) in lines {
            let level: Sensitivity = level.parse().map_err(|fault| format!("{name}: {fault}"))?;
            levels.add(name, level)?;
        }
        levels.fields.sort();
        Ok(levels)
    }

    fn add(&mut self, name: &str, level: Sensitivity) -> Result<(), String> {
        let (kind, field) = name.split_once('.').map_or((name, None), |(k, f)| (k, Some(f)));
        let (kind, of_type) = match kind.strip_suffix(']').and_then(|kind| kind.split_once('[')) {
            Some((kind, of_type)) => (kind, Some(of_type.to_owned())),
            None => (kind, None),
        };
        let kind: Kind = kind.parse().map_err(|fault| format!("{name}: {fault}"))?;
        let Some(field) = field else {
            if of_type.is_some() {
                return Err(format!(
                    "{name}: a type may stand only before a field, as in facility[hospital].position"
                ));
            }
            self.kinds.insert(kind, level);
            return Ok(());
        };
        if !kind.can_withhold(field) {
            return Err(format!(
                "{name}: {kind} has no field {field} that can be withheld while the rest is shown"
            ));
        }
        self.fields.push(FieldRule { kind, of_type, field: field.to_owned(), level });
        Ok(())
    }

    /// The built-in levels for a conflict.
    #[must_use]
    pub fn of_a_conflict() -> Self {
        Self::read(CONFLICT.into_iter()).unwrap_or_default()
    }

    /// The level of a record of which none is given.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Sensitivity {
        self.kinds.get(&kind).copied().unwrap_or(Sensitivity::Internal)
    }

    /// The levels of the fields of a record: the rule, or what the record says where that is higher.
    #[must_use]
    pub fn of_fields(&self, kind: Kind, body: &Value, given: &[FieldLevel]) -> Vec<FieldLevel> {
        let mut levels: BTreeMap<String, Sensitivity> = BTreeMap::new();
        let of_type = body[format!("{kind}_type")].as_str();
        let mut rules: Vec<&FieldRule> = self
            .fields
            .iter()
            .filter(|rule| rule.kind == kind)
            .filter(|rule| rule.of_type.is_none() || rule.of_type.as_deref() == of_type)
            .collect();
        rules.sort_by_key(|rule| rule.of_type.is_some());
        for rule in rules {
            levels.insert(rule.field.clone(), rule.level);
        }
        for field in given {
            let level = levels.entry(field.field.clone()).or_insert(Sensitivity::Public);
            *level = field.level.max(*level);
        }
        levels.into_iter().map(|(field, level)| FieldLevel { field, level }).collect()
    }
}

/// What `config.toml` says for a conflict.
const CONFLICT: [(&str, &str); 6] = [
    ("source", "public"),
    ("recipient", "confidential"),
    ("facility.position", "confidential"),
    ("facility[crossing].position", "internal"),
    ("facility[checkpoint].position", "internal"),
    ("convoy.vehicles", "confidential"),
];

/// Does the field tell where a record is?
#[must_use]
pub fn is_position(field: &str) -> bool {
    ["position", "outline"].contains(&field)
}

/// Who sees the position as it is.
#[must_use]
pub fn of_position(fields: &[FieldLevel]) -> Sensitivity {
    let of_place = fields.iter().filter(|field| is_position(&field.field));
    of_place.map(|field| field.level).max().unwrap_or(Sensitivity::Public)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn position_of(facility_type: &str, given: &[&str]) -> Sensitivity {
        let given: Vec<FieldLevel> = given.iter().map(|text| text.parse().unwrap()).collect();
        let body = json!({ "facility_type": facility_type });
        of_position(&Levels::of_a_conflict().of_fields(Kind::Facility, &body, &given))
    }

    #[test]
    fn where_a_hospital_stands_is_confidential_in_a_conflict_and_where_a_crossing_is_everybody_here_knows()
     {
        assert_eq!(position_of("hospital", &[]), Sensitivity::Confidential);
        assert_eq!(position_of("crossing", &[]), Sensitivity::Internal);
    }

    #[test]
    fn a_record_can_raise_the_level_of_a_field_and_never_lower_it() {
        let strictly = Sensitivity::StrictlyConfidential;
        assert_eq!(position_of("hospital", &["position=strictly_confidential"]), strictly);
        assert_eq!(position_of("hospital", &["position=public"]), Sensitivity::Confidential);
    }

    #[test]
    fn what_hides_an_outline_hides_the_point_too() {
        assert_eq!(position_of("crossing", &["outline=confidential"]), Sensitivity::Confidential);
    }

    #[test]
    fn a_wrong_line_is_named_with_what_is_allowed() {
        let fault = |name, level| Levels::read([(name, level)].into_iter()).unwrap_err();
        assert!(fault("hospital", "public").contains("hospital: must be one of source"));
        assert!(fault("facility.posision", "public").contains("no field posision"));
        assert!(fault("facility.position", "secret").contains("must be one of public"));
        assert!(fault("status.status", "internal").contains("can be withheld"));
        assert!(fault("pause.start", "confidential").contains("can be withheld"));
        assert!(fault("facility[hospital]", "public").contains("only before a field"));
    }
}
