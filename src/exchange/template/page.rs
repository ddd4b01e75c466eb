//! One sheet to fill in: names, HXL tags, an example, and what may be chosen below.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError,
};

use super::super::label::label;
use super::super::sheet::{Column, Holds, Sheet};
use super::example::{Shown, example};
use super::lists::Lists;
use super::notes::note;
use crate::domain::{Language, Shape};

/// The row of the names, of the tags and of the example, from 0.
const NAMES: u32 = 0;
const TAGS: u32 = 1;
const EXAMPLE_ROW: u32 = 2;
/// The last row in which something is offered to choose from, from 0.
const LAST: u32 = 9_999;
/// The widest column, pixels.
const WIDEST_PIXELS: u32 = 220;
/// The most letters that a spreadsheet shows beside a cell.
const MOST_SHOWN: usize = 250;

/// Writes a sheet.
pub(super) fn write(
    page: &mut Worksheet,
    sheet: &Sheet,
    language: Language,
    lists: &Lists,
) -> Result<(), XlsxError> {
    page.set_name(sheet.name())?;
    page.set_right_to_left(language.is_right_to_left());
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(0xDD_EB_F7);
    let tag = Format::new().set_font_color(0x7F_7F_7F).set_border_bottom(FormatBorder::Medium);
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        page.write_string_with_format(NAMES, at, label(column, language), &head)?;
        page.write_string_with_format(TAGS, at, &column.tag, &tag)?;
        let text = note(column, language);
        let shown = Note::new(&text).add_author_prefix(false).set_width(320).set_height(140);
        page.insert_note(NAMES, at, &shown)?;
        write_example(page, at, column)?;
        offer(page, at, column, &text, lists)?;
    }
    page.set_freeze_panes(EXAMPLE_ROW, 1)?;
    page.set_autofit_max_width(WIDEST_PIXELS);
    page.autofit();
    Ok(())
}

fn write_example(page: &mut Worksheet, at: u16, column: &Column) -> Result<(), XlsxError> {
    let grey = Format::new().set_italic().set_font_color(0x7F_7F_7F);
    match example(column) {
        Shown::Nothing => page.write_blank(EXAMPLE_ROW, at, &grey)?,
        Shown::Words(words) => page.write_string_with_format(EXAMPLE_ROW, at, words, &grey)?,
        Shown::Number(number) => page.write_number_with_format(EXAMPLE_ROW, at, number, &grey)?,
        Shown::Flag(flag) => page.write_boolean_with_format(EXAMPLE_ROW, at, flag, &grey)?,
        Shown::Day(day) => {
            let date = day.parse::<NaiveDate>().unwrap_or_default();
            page.write_date_with_format(EXAMPLE_ROW, at, date, &grey.set_num_format("yyyy-mm-dd"))?
        }
    };
    Ok(())
}

/// Offers what may be chosen, and says beside the cell what belongs there.
fn offer(
    page: &mut Worksheet,
    at: u16,
    column: &Column,
    text: &str,
    lists: &Lists,
) -> Result<(), XlsxError> {
    let Holds::Field(field, _) = column.holds else { return Ok(()) };
    if matches!(field.shape, Shape::Moment) {
        page.set_column_format(at, &Format::new().set_num_format("yyyy-mm-dd"))?;
    }
    let validation =
        lists.validation(field).unwrap_or_else(|| DataValidation::new().allow_any_value());
    let shown: String = text.chars().take(MOST_SHOWN).collect();
    page.add_data_validation(EXAMPLE_ROW, at, LAST, at, &validation.set_input_message(shown)?)?;
    Ok(())
}
