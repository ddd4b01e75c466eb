//! The tables, step by step; `user_version` says how far a file has come.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{StoreError, StoreResult};

/// The steps in order. A step that was released is never edited.
const STEPS: [&str; 16] = [
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_records.sql"),
    include_str!("migrations/0003_token_report.sql"),
    include_str!("migrations/0004_logistics_plan.sql"),
    include_str!("migrations/0005_gate.sql"),
    include_str!("migrations/0006_people.sql"),
    include_str!("migrations/0007_keeping.sql"),
    include_str!("migrations/0008_telling.sql"),
    include_str!("migrations/0009_message.sql"),
    include_str!("migrations/0010_delivery_content.sql"),
    include_str!("migrations/0011_report_list.sql"),
    include_str!("migrations/0012_boundary.sql"),
    include_str!("migrations/0013_import.sql"),
    include_str!("migrations/0014_merge.sql"),
    include_str!("migrations/0015_attachment.sql"),
    include_str!("migrations/0016_code.sql"),
];

/// How many steps this program knows.
pub(super) const NEWEST: usize = STEPS.len();

/// Brings the file up to date, each step whole or not at all.
pub(super) fn migrate(connection: &mut Connection) -> StoreResult<()> {
    let done: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(StoreError::Corrupt(format!(
            "the file is at step {done}, this program knows {}: it was written by a newer Passage",
            STEPS.len()
        )));
    }
    if done == STEPS.len() {
        return Ok(());
    }
    // A step may put a new table in place of one that others refer to; what it leaves is checked instead.
    connection.pragma_update(None, "foreign_keys", false)?;
    let taken = (done..STEPS.len()).try_for_each(|index| take(connection, index));
    connection.pragma_update(None, "foreign_keys", true)?;
    taken
}

fn take(connection: &mut Connection, index: usize) -> StoreResult<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(STEPS[index])?;
    if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(StoreError::Corrupt(format!(
            "after step {} a row refers to one that is not there",
            index + 1
        )));
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {}", index + 1))?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn every_kind_has_a_table_with_a_column_for_each_of_its_filters() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        for kind in Kind::ALL {
            let columns =
                format!("SELECT {} FROM {kind}", ["version", "id", "code", "summary"].join(", "));
            connection.prepare(&columns).unwrap();
            for column in kind.columns() {
                connection.prepare(&format!("SELECT {column} FROM {kind}")).unwrap();
            }
        }
    }

    #[test]
    fn a_file_of_a_newer_program_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(migrate(&mut connection).unwrap_err().to_string().contains("newer"));
    }
}
