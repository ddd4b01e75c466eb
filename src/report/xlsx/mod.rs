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
use super::{Report, words};
use crate::domain::Language;

/// The report as an XLSX file, its headings and words in this language.
///
/// # Errors
///
/// When the library refuses the sheets: never for a report that was built; it cannot promise it.
pub fn workbook(report: &Report, language: Language) -> Result<Vec<u8>, XlsxError> {
    let (mut book, t) = (Workbook::new(), report.tongue(language));
    // The library would take the clock's time, and no two files would be the same.
    let made = report.known_at.naive_utc();
    let properties = DocProperties::new()
        .set_title(words::title(t, report.as_of))
        .set_author("Passage")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    readme::write(book.add_worksheet(), report, t)?;
    let sheets = [
        world::areas(report, t),
        world::food(report),
        world::gap(report),
        world::months(report),
        world::funnel(report),
        lists::convoys(report),
        lists::pauses(report, t),
        lists::answers(report),
        lists::incidents(report),
        lists::statements(report),
        lists::alerts(report, t),
        changes::changes(report, t),
        lists::sources(report),
    ];
    for sheet in sheets {
        sheet.write(book.add_worksheet(), t)?;
    }
    book.save_to_buffer()
}
