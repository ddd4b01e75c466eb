//! Everything that is computed, as tables: one file for each, which holds its columns and little else.

mod alerts;
mod convoy;
mod coverage;
mod duplicates;
mod funnel;
mod gap;
mod outlook;
mod plan;
mod scorecard;
mod throughput;
mod totals;
mod windows;

use serde_json::{Map, Value};

pub use self::alerts::{ALERTS, HISTORY};
pub use self::convoy::{CONVOY_COVERAGE, CONVOY_FUNNEL};
pub use self::coverage::COVERAGE;
pub use self::duplicates::DUPLICATES;
pub use self::funnel::FUNNEL;
pub use self::gap::GAP;
pub use self::outlook::OUTLOOK;
pub use self::plan::{OUTCOME, PLAN};
pub use self::scorecard::SCORECARD;
pub use self::throughput::THROUGHPUT;
pub use self::totals::TOTALS;
pub use self::windows::WINDOWS;
use super::Holds::Moment;
use super::table::{Answer, Col, list, one};

/// All of them.
pub const ALL: [&Answer; 15] = [
    &TOTALS,
    &COVERAGE,
    &OUTLOOK,
    &GAP,
    &FUNNEL,
    &SCORECARD,
    &ALERTS,
    &HISTORY,
    &PLAN,
    &OUTCOME,
    &WINDOWS,
    &THROUGHPUT,
    &CONVOY_COVERAGE,
    &CONVOY_FUNNEL,
    &DUPLICATES,
];

/// The period of an answer, which each of its rows has: tables of several periods can be laid under each other.
const FROM: Col = one(
    Moment,
    "from",
    "#date+start",
    "/from",
    "The first instant of the period; empty where none was asked for.",
);
const TO: Col = one(
    Moment,
    "to",
    "#date+end",
    "/to",
    "The last instant of the period; empty where none was asked for.",
);

/// Rows with the period of their answer.
fn in_period(answer: &Value, rows: &[Value]) -> Vec<Value> {
    let period = ["from", "to"].map(|end| (end, answer.get(end).cloned().unwrap_or_default()));
    each_with(rows, &period)
}

/// The rows of the data of an answer, with its period.
fn data_in_period(answer: &Value) -> Vec<Value> {
    in_period(answer, &list(answer, "/data"))
}

/// Rows, each with the same further fields.
fn each_with(rows: &[Value], fields: &[(&str, Value)]) -> Vec<Value> {
    rows.iter().map(|row| with(row, fields)).collect()
}

/// A row with further fields.
pub(super) fn with(row: &Value, fields: &[(&str, Value)]) -> Value {
    let mut all: Map<String, Value> = row.as_object().cloned().unwrap_or_default();
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    Value::Object(all)
}

/// The rows of an answer about one thing or about several: those of its `data`, else itself.
fn data_or_itself(answer: &Value) -> Vec<Value> {
    match answer.get("data") {
        Some(_) => list(answer, "/data"),
        None => vec![answer.clone()],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::service;
    use super::*;

    /// Those that are computed, and lists that are no records.
    fn all() -> impl Iterator<Item = &'static Answer> {
        ALL.into_iter().chain(service::ALL).chain(service::OF_ONE)
    }

    #[test]
    fn no_table_has_two_columns_of_one_name_and_no_two_tables_are_called_alike() {
        let mut files = BTreeSet::new();
        for answer in all() {
            assert_eq!(
                answer.tables[0].name, answer.name,
                "the usual table has the name of the answer"
            );
            for table in answer.tables {
                let file = answer.file(table);
                assert!(file.len() <= 31, "{file} is too long for a sheet");
                assert!(files.insert(file.clone()), "{file} is there twice");
                let mut names = BTreeSet::new();
                for column in table.columns() {
                    assert!(names.insert(column.name.clone()), "{file}: {} twice", column.name);
                }
            }
        }
    }

    #[test]
    fn every_column_says_what_it_means_and_has_a_tag_whose_cells_are_as_it_says() {
        for table in all().flat_map(|answer| answer.tables) {
            for column in table.columns() {
                let at = format!("{}: {}", table.name, column.name);
                assert!(column.about.len() > 5 && column.tag.starts_with('#'), "{at}");
                assert_eq!(super::super::tag::mistake(&column), None, "{at}");
            }
        }
    }
}
