//! What an import reads of one kind: the table of its records, and those of the lists inside them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::dialect::Told;
use super::head::ROWS;
use super::header::{Header, Slot, header, only_list};
use super::input::Input;
use super::problem::{Place, RowProblem};
use super::row::{Fault, Row, letters};
use super::sheet::{Holds, Sheet};
use super::template::is_example;
use crate::domain::Kind;

/// A table that is there.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) input: Input,
    /// Its head, or what is wrong with it.
    pub(super) header: Result<Header, Vec<RowProblem>>,
}

/// The tables of one kind.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) kind: Kind,
    /// What the file of the records is called, without `.csv`; for a workbook its whole name.
    stem: String,
    is_workbook: bool,
    /// By what comes after the name of the records, e.g. `.drops.lines`.
    found: Arc<BTreeMap<&'static str, Arc<Found>>>,
}

impl Target {
    /// A text file, and those of its parts that lie beside it.
    pub(super) fn beside(kind: Kind, path: &Path, told: Told) -> Self {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut found: BTreeMap<&'static str, Found> = BTreeMap::new();
        for sheet in Sheet::of(kind).all() {
            let of_parts = path.with_file_name(sheet.file(&stem));
            let path = if sheet.depth == 0 { path.to_owned() } else { of_parts };
            if sheet.depth == 0 || path.exists() {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let of_file = Found::read(sheet, Place::of_file(file), Input::Csv(path, told));
                found.insert(sheet.suffix.as_str(), of_file);
            }
        }
        Self::of(kind, stem, false, found)
    }

    fn of(
        kind: Kind,
        stem: String,
        is_workbook: bool,
        mut found: BTreeMap<&'static str, Found>,
    ) -> Self {
        if let Some(list) = only_list(Sheet::of(kind)) {
            with_only_part(list, &mut found);
        }
        let found = found.into_iter().map(|(suffix, found)| (suffix, Arc::new(found)));
        Self { kind, stem, is_workbook, found: Arc::new(found.collect()) }
    }

    /// Sheets of a workbook.
    pub(super) fn of_sheets(kind: Kind, file: &str, sheets: Vec<(&'static Sheet, Found)>) -> Self {
        let found = sheets.into_iter().map(|(sheet, found)| (sheet.suffix.as_str(), found));
        Self::of(kind, file.to_owned(), true, found.collect())
    }

    /// The table of this sheet, where it is there.
    pub(super) fn found(&self, sheet: &Sheet) -> Option<&Arc<Found>> {
        self.found.get(sheet.suffix.as_str())
    }

    /// All tables that are there.
    pub(super) fn all(&self) -> impl Iterator<Item = &Found> {
        self.found.values().map(AsRef::as_ref)
    }

    /// Where this sheet is, or would be.
    pub(super) fn place(&self, sheet: &Sheet) -> Place {
        if let Some(found) = self.found(sheet) {
            return found.place.clone();
        }
        if self.is_workbook {
            return Place { file: self.stem.clone(), sheet: Some(sheet.name()) };
        }
        Place::of_file(sheet.file(&self.stem))
    }

    /// The word for this sheet beside another of the same kind.
    pub(super) fn name(&self, sheet: &Sheet) -> String {
        let Place { file, sheet } = self.place(sheet);
        sheet.map_or(file, |sheet| format!("the sheet {sheet}"))
    }

    /// A problem in a column of ours, by the name and letter that it has in the table.
    pub(super) fn in_column(&self, problem: RowProblem, sheet: &Sheet, name: &str) -> RowProblem {
        let header = self.found(sheet).and_then(|found| found.header.as_ref().ok());
        match header.and_then(|header| header.slot(name)) {
            Some(slot) => {
                RowProblem { letter: Some(letters(slot.at)), ..problem.in_column(&slot.shown) }
            }
            None => problem.in_column(name),
        }
    }
}

impl Found {
    /// A table whose head is read.
    pub(super) fn read(sheet: &'static Sheet, place: Place, input: Input) -> Self {
        let header = rows_of_head(&input)
            .map_err(|reason| vec![RowProblem::of_file(&place, reason)])
            .and_then(|(rows, fault)| match (header(sheet, &place, &rows), fault) {
                (Ok(header), _) => Ok(without_example(header, &place, &rows)),
                // Without the row that cannot be read there is no telling what the head says.
                (Err(_), Some(fault)) => {
                    Err(vec![RowProblem::of_row(&place, fault.row, fault.reason)])
                }
                (Err(problems), None) => Err(problems),
            });
        let header = header.map(|header| with_merged(header, &place, &input));
        Self { place, input, header }
    }
}

/// Takes the columns of the one part that each record of others has as a table of its own, unless there is one.
fn with_only_part(list: &'static Sheet, found: &mut BTreeMap<&'static str, Found>) {
    let has_own = found.contains_key(list.suffix.as_str());
    let Some(Found { place, input, header: Ok(header) }) = found.get_mut("") else { return };
    let parts = std::mem::take(&mut header.parts);
    if parts.is_empty() {
        return;
    }
    let note = |slot: &Slot, reason: String| {
        RowProblem::of_row(place, header.first_row, reason).at(slot.at).in_column(&slot.shown)
    };
    if has_own {
        let reason = format!("is not read: what it says stands in {}", list.name());
        header.notes.extend(parts.iter().map(|slot| note(slot, reason.clone())));
        return;
    }
    let mut slots = header.slots.clone();
    for slot in &mut slots {
        let is_code = slot.column.is_some_and(|column| matches!(column.holds, Holds::Code));
        slot.column = list.columns.first().filter(|_| is_code);
    }
    let mut notes = Vec::new();
    for part in parts {
        let name = part.column.map_or("", |column| column.name.as_str());
        notes.push(note(&part, format!("is read as {name} of the only one of {}", list.name())));
        if let Some(slot) = slots.iter_mut().find(|slot| slot.at == part.at) {
            *slot = part;
        }
    }
    let own = Header {
        slots,
        parts: Vec::new(),
        is_only_part: true,
        is_ours: false,
        notes,
        assumed: header.assumed.clone(),
        ..*header
    };
    let of_parts = Found { place: place.clone(), input: input.clone(), header: Ok(own) };
    found.insert(list.suffix.as_str(), of_parts);
}

/// Notes the row that shows how a template is filled in, where it is still there.
fn without_example(mut header: Header, place: &Place, rows: &[Row]) -> Header {
    let below = rows.iter().find(|row| row.number > header.last_row && !row.is_blank());
    if let Some(row) = below.filter(|row| is_example(&header.slots, row)) {
        header.example_row = Some(row.number);
        let reason = "is the example of the template and is not read";
        header.notes.push(RowProblem::of_row(place, row.number, reason));
    }
    header
}

/// Says which merged cells lie in the head.
fn with_merged(mut header: Header, place: &Place, input: &Input) -> Header {
    if let Input::Sheet(spool) = input {
        for row in header.first_row..=header.last_row {
            for range in
                spool.merged.in_row(row).filter(|range| u64::from(range.first.0) + 1 == row)
            {
                let column = letters(range.first.1 as usize);
                let reason = format!(
                    "{range} is merged: its text counts for column {column} and this row alone"
                );
                header.notes.push(RowProblem::of_row(place, row, reason));
            }
        }
    }
    header
}

/// The first rows of a table, and the first of them that cannot be read.
pub(super) fn rows_of_head(input: &Input) -> Result<(Vec<Row>, Option<Fault>), String> {
    let mut opened = input.open()?;
    let (mut rows, mut fault) = (Vec::new(), None);
    while let Some(next) = opened.next() {
        match next {
            Ok(row) => rows.push(row),
            Err(next) => fault = fault.or(Some(next)),
        }
        if rows.len() > ROWS {
            break;
        }
    }
    Ok((rows, fault))
}

impl Header {
    /// Stands in `assumed` for the whole table.
    pub(super) const ALL: &'static str = "*";

    /// Is this column, or all of the table, only assumed?
    pub(super) fn assumes(&self, name: &str) -> bool {
        self.assumed.as_ref().is_some_and(|assumed| assumed.contains(&name))
    }

    /// The column of the table that is this column of ours.
    pub(super) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.column.is_some_and(|column| column.name == name))
    }
}
