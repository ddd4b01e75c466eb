//! What is said of a column, and of the workbook as a whole, in English or Arabic.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::label::label;
use super::super::sheet::{Column, Holds, Sheet};
use super::example::EXAMPLE;
use super::lists::Lists;
use crate::domain::{Kind, Language, Shape};

/// The words of the language.
const fn words(language: Language, english: &'static str, arabic: &'static str) -> &'static str {
    if matches!(language, Language::Ar) { arabic } else { english }
}

/// What a column holds, in which unit, and what is allowed.
pub(super) fn note(column: &Column, language: Language) -> String {
    let say = |english, arabic| words(language, english, arabic).to_owned();
    match column.holds {
        Holds::Code => say(
            "The code of the record: letters, digits, dots and dashes, no spaces. Give your own; the same code in two sheets means the same record. Required.",
            "رمز السجل: أحرف وأرقام ونقاط وشرطات دون مسافات. اختر رمزاً من عندك؛ والرمز نفسه في ورقتين يعني السجل نفسه. مطلوب.",
        ),
        Holds::Id => say("Leave empty for new records.", "اتركه فارغاً في السجلات الجديدة."),
        Holds::Position(_) => say(
            "Its place in the list: 1 for the first, 2 for the second. Required.",
            "ترتيبه في القائمة: 1 للأول و2 للثاني. مطلوب.",
        ),
        Holds::Field(field, _) => {
            let required = if field.required {
                say("Required.", "مطلوب.")
            } else {
                say("May be left empty: unknown.", "يمكن تركه فارغاً: غير معروف.")
            };
            let form = form(&field.shape, language);
            let arabic = if language == Language::Ar {
                format!("{}. ", label(column, language))
            } else {
                String::new()
            };
            format!("{arabic}{} {form} {required}", field.doc)
        }
    }
}

/// What may be written into a cell.
fn form(shape: &Shape, language: Language) -> String {
    let say = |english, arabic| words(language, english, arabic).to_owned();
    match shape {
        Shape::Number => say("A number, zero or more.", "رقم، صفر أو أكثر."),
        Shape::Count => say("A whole number, zero or more.", "رقم صحيح، صفر أو أكثر."),
        Shape::Figure => say(
            "A number, zero or more; low and high where the source gives a range.",
            "رقم، صفر أو أكثر؛ والحدان حيث يعطي المصدر مجالاً.",
        ),
        Shape::Flag => say("true or false.", "true (نعم) أو false (لا)."),
        Shape::Moment => say(
            "A date as YYYY-MM-DD, or a time as 2026-01-15T10:30:00+03:00.",
            "تاريخ بالشكل YYYY-MM-DD، أو وقت بالشكل 2026-01-15T10:30:00+03:00.",
        ),
        Shape::Place => say("Degrees, WGS 84.", "درجات، WGS 84."),
        Shape::Outline => say("GeoJSON of a Polygon or MultiPolygon.", "‏GeoJSON لمضلّع."),
        Shape::Choice(choices) => format!("{} {}.", say("One of:", "واحد من:"), choices.join(", ")),
        Shape::Code(kind) => {
            format!("{} {kind}.", say("The code of a record of the kind", "رمز سجل من نوع"))
        }
        Shape::List(item) => format!(
            "{} {}",
            form(item, language),
            say("Several with ; between them.", "عدة قيم بينها ;.")
        ),
        Shape::Text | Shape::Names | Shape::Part(_) => say("Text.", "نص."),
    }
}

/// What a kind is, without what only who programs needs.
fn first_paragraph(doc: &str) -> &str {
    doc.trim().split("\n\n").next().unwrap_or_default()
}

/// Writes the sheet that says what this workbook is.
pub(super) fn write_read_me(
    sheet: &mut Worksheet,
    kind: Kind,
    language: Language,
    lists: &Lists,
) -> Result<(), XlsxError> {
    let say = |english: &str, arabic: &str| {
        if language == Language::Ar { arabic.to_owned() } else { english.to_owned() }
    };
    sheet.set_name("read me")?;
    sheet.set_right_to_left(language.is_right_to_left());
    sheet.set_column_width(0, 110)?;
    let plural = kind.plural();
    let mut lines = vec![
        say(
            &format!("Passage: {plural}, to be filled in"),
            &format!("Passage: نموذج {plural} للتعبئة"),
        ),
        first_paragraph(kind.schema().doc).to_owned(),
        say(
            "One row is one record. Rows 1 and 2 say what the columns are; leave row 2, the HXL tags, as it is.",
            "كل صف سجل واحد. الصفان 1 و2 يبيّنان الأعمدة؛ اترك الصف 2، وسوم HXL، كما هو.",
        ),
        say(
            &format!(
                "Row 3 is an example with the code {EXAMPLE}. It is not read as long as it stays as it is; delete it or leave it."
            ),
            &format!("الصف 3 مثال رمزه {EXAMPLE}. لا يُقرأ ما دام كما هو؛ احذفه أو اتركه."),
        ),
        say(
            "Leave empty what is not known. Never write 0 for it.",
            "اترك ما لا تعرفه فارغاً، ولا تكتب 0 بدلاً منه.",
        ),
        say("What each sheet holds:", "محتوى كل ورقة:"),
    ];
    for own in Sheet::of(kind).all() {
        lines.push(format!("{}: {}", own.name(), first_paragraph(own.doc)));
    }
    lines.push(say(
        "The sheet lists has what may be chosen. A code that is not in it is taken too, if it is known here:",
        "ورقة lists فيها ما يمكن اختياره. ويُقبل رمز ليس فيها إن كان معروفاً هنا:",
    ));
    lines.extend(lists.sizes().map(|(heading, size)| format!("{heading}: {size}")));
    let bold = Format::new().set_bold();
    let plain = Format::new().set_text_wrap();
    for (row, line) in (0_u32..).zip(&lines) {
        sheet.write_string_with_format(row, 0, line, if row == 0 { &bold } else { &plain })?;
    }
    Ok(())
}
