//! What there is to choose from: the codes that are known here, as the reader may see them, on a sheet of their own.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Formula, Worksheet, XlsxError,
};
use serde_json::Value;

use super::super::current::each;
use crate::domain::{Clearance, Field, Kind, Language, Shape};
use crate::store::{Filter, RecordStore, StoreResult};

/// The most codes of one kind that are offered.
const MOST: usize = 10_000;
/// Fields whose words stand in a list of ours, though any other is taken too.
const LISTED: [(&str, &str); 2] = [
    ("commodity", include_str!("../../../data/commodities.csv")),
    ("org_type", include_str!("../../../data/org_types.csv")),
];

/// Codes and names of what is known here, by kind.
pub type Offered = BTreeMap<Kind, Vec<(String, String)>>;

/// The records that one of this kind can name, as a reader of this clearance sees them, by their codes.
///
/// # Errors
///
/// When the store fails.
pub async fn offered(
    store: &dyn RecordStore,
    kind: Kind,
    known_at: DateTime<Utc>,
    clearance: &Clearance,
) -> StoreResult<Offered> {
    let mut offered = Offered::new();
    for kind in kind.mentions() {
        let mut codes = Vec::new();
        each(store, kind, known_at, Filter::default(), clearance, |stored| {
            if codes.len() < MOST {
                let name = serde_json::from_str(&stored.body)
                    .map(|body| name_of(&body))
                    .unwrap_or_default();
                codes.push((stored.code, name));
            }
        })
        .await?;
        offered.insert(kind, codes);
    }
    Ok(offered)
}

/// A name for people, where the record has one.
fn name_of(body: &Value) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let names = body.get("names");
    let names = ["en", "ar", "fr"].iter().find_map(|language| text(names?.get(language)));
    names.or_else(|| text(body.get("name"))).or_else(|| text(body.get("title"))).unwrap_or_default()
}

/// One list: its heading, its entries, and whether others are taken too.
struct List {
    heading: String,
    entries: Vec<(String, String)>,
    is_closed: bool,
}

/// All lists of a workbook, each two columns wide.
pub(super) struct Lists(Vec<List>);

impl Lists {
    pub(super) fn of(kind: Kind, offered: &Offered) -> Self {
        let mut lists = Self(Vec::new());
        for sheet in super::Sheet::of(kind).all() {
            for column in &sheet.columns {
                let super::super::sheet::Holds::Field(field, _) = column.holds else { continue };
                lists.add(field, offered);
            }
        }
        lists
    }

    fn add(&mut self, field: &Field, offered: &Offered) {
        let Some(heading) = heading(field) else { return };
        if self.0.iter().any(|list| list.heading == heading) {
            return;
        }
        let (entries, is_closed) = match item(&field.shape) {
            Shape::Choice(words) => {
                (words.iter().map(|word| ((*word).to_owned(), String::new())).collect(), true)
            }
            Shape::Flag => {
                (["true", "false"].map(|word| (word.to_owned(), String::new())).to_vec(), true)
            }
            Shape::Code(kind) => {
                let kind = kind.parse::<Kind>().ok();
                (kind.and_then(|kind| offered.get(&kind)).cloned().unwrap_or_default(), false)
            }
            _ => (listed(field), false),
        };
        self.0.push(List { heading, entries, is_closed });
    }

    /// What may be chosen in a cell of this field; `None` where anything may be written, or several.
    pub(super) fn validation(&self, field: &Field) -> Option<DataValidation> {
        let heading = heading(field).filter(|_| !matches!(field.shape, Shape::List(_)))?;
        let at = self.0.iter().position(|list| list.heading == heading)?;
        let list = self.0.get(at).filter(|list| !list.entries.is_empty())?;
        let letter = super::super::row::letters(at * 2);
        let range = format!("=lists!${letter}$2:${letter}${}", list.entries.len() + 1);
        let validation = DataValidation::new().allow_list_formula(Formula::new(range));
        // What is not in the list may be right all the same: a code that is new, or that the reader may not see.
        Some(if list.is_closed {
            validation
        } else {
            validation.set_error_style(DataValidationErrorStyle::Information)
        })
    }

    /// How many entries a kind has, for the sheet that says what this is.
    pub(super) fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.iter().map(|list| (list.heading.as_str(), list.entries.len()))
    }

    /// Writes the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
        sheet.set_name("lists")?;
        sheet.set_right_to_left(language.is_right_to_left());
        let bold = Format::new().set_bold();
        for (column, list) in (0_u16..).step_by(2).zip(&self.0) {
            sheet.write_string_with_format(0, column, &list.heading, &bold)?;
            for (row, (code, name)) in (1_u32..).zip(&list.entries) {
                sheet.write_string(row, column, code)?;
                if !name.is_empty() {
                    sheet.write_string(row, column + 1, cut(name))?;
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
        Ok(())
    }
}

/// At most what a cell can hold.
fn cut(text: &str) -> String {
    text.chars().take(1_000).collect()
}

fn item(shape: &Shape) -> &Shape {
    if let Shape::List(item) = shape { item } else { shape }
}

/// What the list of a field is called; `None` where there is nothing to choose from.
fn heading(field: &Field) -> Option<String> {
    let shape = match &field.shape {
        Shape::List(item) => **item,
        other => *other,
    };
    match shape {
        Shape::Choice(_) => Some(field.name.to_owned()),
        Shape::Flag => Some("true or false".to_owned()),
        Shape::Code(kind) => kind.parse::<Kind>().ok().map(|kind| kind.plural().to_owned()),
        _ => {
            LISTED.iter().find(|(name, _)| *name == field.name).map(|(name, _)| (*name).to_owned())
        }
    }
}

/// The words of a list of ours, with their names.
fn listed(field: &Field) -> Vec<(String, String)> {
    let file = LISTED.iter().find(|(name, _)| *name == field.name).map_or("", |(_, file)| *file);
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_bytes());
    let rows = rows.records().filter_map(Result::ok).skip(1).filter(|row| !row[0].starts_with('#'));
    rows.map(|row| (row[0].to_owned(), row.get(1).unwrap_or_default().to_owned())).collect()
}
