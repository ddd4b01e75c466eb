//! The first sheet: what the workbook shows, for whom, by which words.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::heading::heading;
use super::table::chosen;
use crate::report::{Report, phrase, words};
use crate::tongue::Tongue;

pub(super) fn write(
    sheet: &mut Worksheet,
    report: &Report,
    t: Tongue<'_>,
) -> Result<(), XlsxError> {
    let language = t.language();
    sheet.set_name(heading("sheet_read_me", language))?;
    sheet.set_right_to_left(language.is_right_to_left());
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let instant = plain.clone().set_num_format("yyyy-mm-dd hh:mm:ss");
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 90)?;
    let mut row = 0;
    let mut put = |sheet: &mut Worksheet, name: &str, said: Said<'_>| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        match said {
            Said::Words(words) => sheet.write_string_with_format(row, 1, words, &plain)?,
            Said::Instant(at) => {
                sheet.write_datetime_with_format(row, 1, at.naive_utc(), &instant)?
            }
        };
        row += 1;
        Ok(())
    };
    let title = |key: &str| heading(key, language);
    put(sheet, &title("title"), Said::Words(&words::title(t, report.as_of)))?;
    put(sheet, &title("schedule"), Said::Words(&chosen(t, "book-schedule", &report.schedule)))?;
    put(sheet, &title("as_of"), Said::Instant(report.as_of))?;
    put(sheet, &title("known_at"), Said::Instant(report.known_at))?;
    put(sheet, &title("period"), Said::Words(&t.span(report.period)))?;
    put(sheet, &title("compared_with"), Said::Instant(report.before.as_of))?;
    if let Some(withheld) = phrase::withheld(t, report) {
        put(sheet, &title("withheld"), Said::Words(&withheld))?;
    }
    for note in ["note_empty", "note_range", "note_sources", "note_times"] {
        put(sheet, &title("note"), Said::Words(&heading(note, language)))?;
    }
    for term in &report.how_to_read {
        let (term, meaning) = phrase::term(t, term);
        put(sheet, &term, Said::Words(&meaning))?;
    }
    if let Some(mark) = &report.ledger {
        let words = format!("{}, {}", mark.sequence, mark.head);
        put(sheet, &title("ledger"), Said::Words(&words))?;
    }
    Ok(())
}

enum Said<'s> {
    Words(&'s str),
    Instant(chrono::DateTime<chrono::Utc>),
}
