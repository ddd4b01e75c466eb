//! What is withheld of a version because of what else is known of its record, and filters that must not tell it.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::sealed::Eyes;
use crate::disclose::levels;
use crate::domain::{FieldLevel, Kind, Sensitivity, Shape};
use crate::store::{StoreError, StoreResult, Stored};

impl Eyes<'_> {
    /// The levels that the newest version of a record gives its fields, for an older one: what was raised is raised
    /// for its past too. None for the newest version itself, which says them.
    pub(super) fn raised(
        &self,
        of: &Stored,
        place_level: Sensitivity,
    ) -> StoreResult<Vec<FieldLevel>> {
        if of.retired_at.is_none() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT b.body FROM {} k JOIN ledger_body b ON b.sequence = k.version
              WHERE k.id = ?1 AND k.retired_by IS NULL AND (k.whole_from > ?2 OR k.place_from > ?2
                    OR instr(b.body, '\"field_sensitivity\"') > 0)",
            of.kind
        );
        let text: Option<String> = self
            .connection()
            .prepare_cached(&sql)?
            .query_row(params![of.id.as_bytes(), self.level()], |row| row.get(0))
            .optional()?;
        let Some(text) = text else { return Ok(Vec::new()) };
        let body: Value = serde_json::from_str(&text)
            .map_err(|fault| StoreError::Corrupt(format!("{} {}: {fault}", of.kind, of.id)))?;
        let mut raised = self.gate().levels_of(of.kind, &body);
        // The type may have been another then, with another rule for its position.
        let position = of.kind.schema().fields.iter().find(|field| levels::is_position(field.name));
        raised.extend(
            position.map(|field| FieldLevel { field: field.name.to_owned(), level: place_level }),
        );
        Ok(raised)
    }

    /// The condition that none of these fields is withheld from the reader: a filter by one that is would tell it.
    /// The values that it names are given by place.
    pub(super) fn are_open(
        &self,
        kind: Kind,
        fields: &[&str],
        level: &str,
        organisation: &str,
    ) -> Option<String> {
        let schema = kind.schema();
        let can_close = |name: &&&str| schema.field(name).is_some_and(|field| !field.required);
        let fields: Vec<&str> = fields.iter().filter(can_close).copied().collect();
        if self.sees_all() || fields.is_empty() {
            return None;
        }
        let by_rule: Vec<String> =
            fields.iter().filter_map(|field| self.closed_by_rule(kind, field)).collect();
        let rules = if by_rule.is_empty() {
            String::new()
        } else {
            format!(" AND NOT ({})", by_rule.join(" OR "))
        };
        let above = Sensitivity::ALL.iter().filter(|above| **above as i64 > self.level());
        let given: Vec<String> = above
            .flat_map(|above| fields.iter().map(move |field| format!("'{field}={above}'")))
            .collect();
        Some(format!(
            "(k.owner = {organisation} OR (k.whole_from <= {level} AND k.retired_by IS NULL) OR (NOT EXISTS (
                SELECT 1 FROM {kind} n JOIN ledger_body lb ON lb.sequence = n.version,
                       json_each(lb.body, '$.field_sensitivity') f
                 WHERE n.id = k.id AND (n.version = k.version OR n.retired_by IS NULL)
                   AND instr(lb.body, '\"field_sensitivity\"') > 0 AND f.value IN ({})){rules}))",
            given.join(", ")
        ))
    }

    /// The condition that the rules of the crisis withhold a field; `None` where they never do.
    fn closed_by_rule(&self, kind: Kind, field: &str) -> Option<String> {
        let rules = &self.gate().rules().levels.fields;
        let of_field = rules.iter().filter(|rule| rule.kind == kind && rule.field == field);
        let (closed, open): (Vec<_>, Vec<_>) =
            of_field.partition(|rule| rule.level as i64 > self.level());
        let column = format!("{kind}_type");
        let has_type = kind.columns().contains(&column.as_str());
        // The words of types come from settings, and were never held against the schema.
        let words = |rules: &[&crate::disclose::FieldRule]| {
            let types = rules.iter().filter_map(|rule| rule.of_type.as_deref());
            let quoted = types.map(|word| format!("'{}'", word.replace('\'', "''")));
            quoted.collect::<Vec<_>>().join(", ")
        };
        if closed.iter().any(|rule| rule.of_type.is_none()) {
            let open = words(&open);
            let all_but = has_type && !open.is_empty();
            return Some(if all_but {
                format!("k.{column} NOT IN ({open})")
            } else {
                "1".to_owned()
            });
        }
        let closed = words(&closed);
        (has_type && !closed.is_empty()).then(|| format!("k.{column} IN ({closed})"))
    }
}

/// The fields of a kind, by which it may name records of another.
pub(super) fn fields_that_name(kind: Kind, target: Kind) -> Vec<&'static str> {
    let fields = kind.schema().fields.iter();
    fields.filter(|field| names(&field.shape, target)).map(|field| field.name).collect()
}

fn names(shape: &Shape, target: Kind) -> bool {
    match shape {
        Shape::Code(kind) => *kind == target.as_str(),
        Shape::List(item) => names(item, target),
        Shape::Part(schema) => schema.fields.iter().any(|field| names(&field.shape, target)),
        _ => false,
    }
}
