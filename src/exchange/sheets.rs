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
pub(super) const NO_RECORDS: [&str; 4] = ["read me", "اقرأني", "à lire", "lists"];

/// A sheet that is a table of ours, and its name.
type Known = (&'static Sheet, String, Spool);

/// Gives each sheet of a workbook its table.
pub(super) fn assign(file: &str, book: Book, only: Option<Kind>, plan: &mut Plan) {
    let place = |sheet: &str| Place { file: file.to_owned(), sheet: Some(sheet.to_owned()) };
    for hidden in &book.hidden {
        plan.notes.push(RowProblem::of_file(&place(hidden), "is hidden and was not read"));
    }
    let before = (plan.four_w.len(), plan.wrong.count());
    let (mut known, mut unknown) = told_apart(file, book.sheets, only, plan);
    if let Some(kind) = only {
        known.retain(|(sheet, ..)| sheet.kind == kind);
        let has_records = known.iter().any(|(sheet, ..)| sheet.depth == 0);
        if !has_records && unknown.len() == 1 {
            known.extend(unknown.pop().map(|(name, spool)| (Sheet::of(kind), name, spool)));
        }
    }
    plan.skipped.extend(unknown.iter().map(|(name, _)| place(name).to_string()));
    if known.is_empty() && (plan.four_w.len(), plan.wrong.count()) == before {
        let reason = "no sheet is named after a kind, like convoys, or has the tags of one; give --kind, or `passage template` makes a file to fill in";
        plan.wrong.push(RowProblem::of_file(&Place::of_file(file), reason));
    }
    for (kind, tables) in by_kind(file, known, plan) {
        let parts = tables.first().filter(|_| tables.iter().all(|(sheet, _)| sheet.depth > 0));
        if let Some((_, parts)) = parts {
            let reason = format!("holds parts of {}, of which there is no sheet", kind.plural());
            plan.wrong.push(RowProblem::of_file(&parts.place, reason));
        } else {
            plan.targets.push(Target::of_sheets(kind, file, tables));
        }
    }
}

/// The sheets that are tables of ours, and those of which it cannot be told.
fn told_apart(
    file: &str,
    sheets: Vec<(String, Spool)>,
    only: Option<Kind>,
    plan: &mut Plan,
) -> (Vec<Known>, Vec<(String, Spool)>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for (name, spool) in sheets {
        let place = Place { file: file.to_owned(), sheet: Some(name.clone()) };
        let is_ours = |name: &str| NO_RECORDS.contains(&name.to_lowercase().as_str());
        match sheet_of(&name, &spool) {
            Ok(Some(sheet)) => known.push((sheet, name, spool)),
            Ok(None) if spool.size() == 0 || is_ours(&name) => {}
            Err(reason) if only.is_none() => {
                plan.wrong.push(RowProblem::of_file(&place, reason));
            }
            _ if only.is_none() && plan.has_four_w(&place, &Input::Sheet(spool.clone())) => {}
            _ => unknown.push((name, spool)),
        }
    }
    (known, unknown)
}

/// The tables of each kind; a second one of the same parts is refused.
fn by_kind(
    file: &str,
    known: Vec<Known>,
    plan: &mut Plan,
) -> BTreeMap<Kind, Vec<(&'static Sheet, Found)>> {
    let mut kinds: BTreeMap<Kind, Vec<(&'static Sheet, Found)>> = BTreeMap::new();
    for (sheet, name, spool) in known {
        let place = Place { file: file.to_owned(), sheet: Some(name) };
        let tables = kinds.entry(sheet.kind).or_default();
        if let Some((_, first)) = tables.iter().find(|(own, _)| own.suffix == sheet.suffix) {
            let reason =
                format!("holds {} like {}; put them into one sheet", sheet.name(), first.place);
            plan.wrong.push(RowProblem::of_file(&place, reason));
        } else {
            tables.push((sheet, Found::read(sheet, place, Input::Sheet(spool))));
        }
    }
    kinds
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
