//! Workbooks to fill in: a sheet for the records of a kind and one for each list inside them, with what is allowed to
//! choose from, a note on every column, and one row that shows how. What is handed out here is read back by an import.

mod example;
mod lists;
mod notes;
mod page;

pub(super) use example::{EXAMPLE, is_example};
pub use lists::{Offered, offered};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::sheet::Sheet;
use crate::domain::{Kind, Language};

/// The workbook for records of a kind, with headers in this language.
///
/// # Errors
///
/// When the library that writes it objects.
pub fn workbook(kind: Kind, language: Language, offered: &Offered) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same to choose from makes the same bytes: the time of its making says nothing.
    workbook.set_properties(
        &DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?),
    );
    let lists = lists::Lists::of(kind, offered);
    for sheet in Sheet::of(kind).all() {
        page::write(workbook.add_worksheet(), sheet, language, &lists)?;
    }
    lists.write(workbook.add_worksheet(), language)?;
    notes::write_read_me(workbook.add_worksheet(), kind, language, &lists)?;
    workbook.save_to_buffer()
}
