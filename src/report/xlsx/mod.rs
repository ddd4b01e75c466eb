//! The report as a workbook: each list a sheet with typed cells, so that it can be sorted, filtered and added up.
//!
//! Pure: the same report gives the same bytes. Numbers are exact here; the page rounds them for reading.

mod changes;
mod heading;
mod lists;
mod readme;
mod table;
mod world;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

pub use self::heading::heading;
use super::Report;
use crate::domain::Language;

/// The report as an XLSX file, its headings in this language.
///
/// # Errors
///
/// When the library refuses the sheets: never for a report that was built; it cannot promise it.
pub fn workbook(report: &Report, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The library would take the clock's time, and no two files would be the same.
    let made = report.known_at.naive_utc();
    let properties = DocProperties::new()
        .set_title(&report.title)
        .set_author("Passage")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    readme::write(book.add_worksheet(), report, language)?;
    let sheets = [
        world::areas(report),
        world::food(report),
        world::gap(report),
        world::months(report),
        world::funnel(report),
        lists::convoys(report),
        lists::pauses(report),
        lists::answers(report),
        lists::incidents(report),
        lists::statements(report),
        lists::alerts(report),
        changes::changes(report),
        lists::sources(report),
    ];
    for sheet in sheets {
        sheet.write(book.add_worksheet(), language)?;
    }
    book.save_to_buffer()
}
