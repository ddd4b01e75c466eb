//! Which sheet of a workbook is which table.

use std::collections::BTreeMap;

use super::book::{Book, spool::Spool};
use super::input::Input;
use super::plan::Plan;
use super::problem::{Place, RowProblem};
use super::recognise::{Meaning, meaning_of_name, sheets_with_tags};
use super::sheet::Sheet;
use super::target::{Found, Target, rows_of_head};
use crate::domain::Kind;

/// The sheets of our own workbooks that hold no records.
pub(super) const NO_RECORDS: [&str; 2] = ["read me", "lists"];

/// Gives each sheet of a workbook its table.
pub(super) fn assign(file: &str, book: Book, only: Option<Kind>, plan: &mut Plan) {
    let place = |sheet: &str| Place { file: file.to_owned(), sheet: Some(sheet.to_owned()) };
    for hidden in &book.hidden {
        plan.notes.push(RowProblem::of_file(&place(hidden), "is hidden and was not read"));
    }
    let mut known: Vec<(&'static Sheet, String, Spool)> = Vec::new();
    let mut unknown = Vec::new();
    let mut has_four_w = false;
    for (name, spool) in book.sheets {
        match sheet_of(&name, &spool) {
            Ok(Some(sheet)) => known.push((sheet, name, spool)),
            Ok(None) if spool.size() == 0 || NO_RECORDS.contains(&name.to_lowercase().as_str()) => {
            }
            Ok(None)
                if only.is_none()
                    && plan.has_four_w(&place(&name), &Input::Sheet(spool.clone())) =>
            {
                has_four_w = true
            }
            Ok(None) => unknown.push((name, spool)),
            Err(reason) if only.is_none() => {
                plan.wrong.push(RowProblem::of_file(&place(&name), reason))
            }
            Err(_) => unknown.push((name, spool)),
        }
    }
    if let Some(kind) = only {
        known.retain(|(sheet, ..)| sheet.kind == kind);
        let has_records = known.iter().any(|(sheet, ..)| sheet.depth == 0);
        if !has_records && unknown.len() == 1 {
            known.extend(unknown.pop().map(|(name, spool)| (Sheet::of(kind), name, spool)));
        }
    }
    plan.skipped.extend(unknown.iter().map(|(name, _)| place(name).to_string()));
    let mut kinds: BTreeMap<Kind, Vec<(&'static Sheet, Found)>> = BTreeMap::new();
    let mut is_wrong = false;
    for (sheet, name, spool) in known {
        let tables = kinds.entry(sheet.kind).or_default();
        if let Some((_, first)) = tables.iter().find(|(own, _)| own.suffix == sheet.suffix) {
            let reason =
                format!("holds {} like {}; put them into one sheet", sheet.name(), first.place);
            plan.wrong.push(RowProblem::of_file(&place(&name), reason));
            is_wrong = true;
            continue;
        }
        tables.push((sheet, Found::read(sheet, place(&name), Input::Sheet(spool))));
    }
    if kinds.is_empty() && !has_four_w && !is_wrong && plan.wrong.count() == 0 {
        let reason = "no sheet is named after a kind, like convoys, or has the tags of one; give --kind, or `passage template` makes a file to fill in";
        plan.wrong.push(RowProblem::of_file(&Place::of_file(file), reason));
    }
    for (kind, tables) in kinds {
        if let Some((_, parts)) =
            tables.first().filter(|_| tables.iter().all(|(sheet, _)| sheet.depth > 0))
        {
            let reason = format!("holds parts of {}, of which there is no sheet", kind.plural());
            plan.wrong.push(RowProblem::of_file(&parts.place, reason));
            continue;
        }
        plan.targets.push(Target::of_sheets(kind, file, tables));
    }
}

/// Which table a sheet is; `None` where neither its name nor its tags tell.
fn sheet_of(name: &str, spool: &Spool) -> Result<Option<&'static Sheet>, String> {
    match meaning_of_name(name) {
        Meaning::Records(kind) => return Ok(Some(Sheet::of(kind))),
        Meaning::Parts(sheet) => return Ok(Some(sheet)),
        Meaning::Nothing => {}
    }
    let (rows, _) = rows_of_head(&Input::Sheet(spool.clone())).unwrap_or_default();
    match sheets_with_tags(&rows)[..] {
        [] => Ok(None),
        [sheet] => Ok(Some(sheet)),
        ref several => {
            let names: Vec<String> = several.iter().map(|sheet| sheet.name()).collect();
            Err(format!("its tags fit {}; name the sheet after what it holds", names.join(" and ")))
        }
    }
}
