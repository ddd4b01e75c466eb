//! An open table: its rows as typed fields, each wrong cell noted.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::book::merged::Merged;
use super::cell::Reading;
use super::header::{Header, Slot};
use super::input::{Input, Opened};
use super::number::Hand;
use super::problem::{Place, RowProblem};
use super::row::{Cell, Fault, Form, Refused, Row, refused};
use super::sheet::{Column, Holds, Sheet};
use super::target::Found;
use super::template::EXAMPLE;
use crate::domain::Shape;

/// A table whose head is right.
pub(super) struct Table {
    pub(super) sheet: &'static Sheet,
    found: Arc<Found>,
    rows: Opened,
    hand: Hand,
}

/// A row that cannot be read, and whose it is where that can be told.
pub(super) struct Broken {
    pub(super) problem: Box<RowProblem>,
    pub(super) code: Option<String>,
}

/// A row as fields.
pub(super) struct Filled {
    pub(super) fields: Map<String, Value>,
    /// The places of the part, outermost list first; empty where one is wrong.
    pub(super) positions: Vec<usize>,
    pub(super) problems: Vec<RowProblem>,
}

/// What a table without a head has: nothing.
static NO_SLOTS: [Slot; 0] = [];

impl Table {
    /// Opens a table.
    pub(super) fn open(found: &Arc<Found>, sheet: &'static Sheet) -> Result<Self, Vec<RowProblem>> {
        let header = found.header.as_ref().map_err(Clone::clone)?;
        let rows = found.input.open();
        let rows = rows.map_err(|reason| vec![RowProblem::of_file(&found.place, reason)])?;
        let hand = if header.is_ours && rows.has_commas() { Hand::Ours } else { Hand::Somebody };
        Ok(Self { sheet, found: Arc::clone(found), rows, hand })
    }

    /// Where it is.
    pub(super) fn place(&self) -> &Place {
        &self.found.place
    }

    fn header(&self) -> Option<&Header> {
        self.found.header.as_ref().ok()
    }

    fn slots(&self) -> &[Slot] {
        self.header().map_or(&NO_SLOTS, |header| &header.slots)
    }

    fn merged(&self) -> Option<&Merged> {
        if let Input::Sheet(spool) = &self.found.input { Some(&spool.merged) } else { None }
    }

    /// The next row that holds anything.
    pub(super) fn next(&mut self) -> Option<Result<Row, Broken>> {
        let last = self.header().map_or(0, |header| header.last_row);
        let example = self.header().and_then(|header| header.example_row);
        loop {
            match self.rows.next()? {
                Ok(row) if row.number <= last || row.is_blank() || Some(row.number) == example => {}
                Ok(row) => return Some(self.even(row)),
                Err(fault) if fault.row <= last && fault.column.is_some() => {}
                Err(fault) => {
                    return Some(Err(Broken { problem: Box::new(self.said(fault)), code: None }));
                }
            }
        }
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.rows.bytes()
    }

    /// A row with as many cells as there are columns.
    fn even(&self, row: Row) -> Result<Row, Broken> {
        let columns = self.slots().len();
        if row.forms.is_empty() {
            return if row.len() == columns { Ok(row) } else { Err(self.ragged(&row)) };
        }
        // A row of a sheet ends with its last cell, wherever that is.
        let beyond = (columns..row.len()).find(|at| !row.cell(*at).trim().is_empty());
        let Some(at) = beyond else { return Ok(row) };
        let reason = "holds something in a column that has no name and no tag";
        let problem =
            RowProblem::of_row(self.place(), row.number, reason).at(at).with_value(row.cell(at));
        Err(self.broken(&row, problem))
    }

    fn ragged(&self, row: &Row) -> Broken {
        let reason = format!("has {} cells, the header has {}", row.len(), self.slots().len());
        let problem = RowProblem::of_row(self.place(), row.number, reason);
        self.broken(row, problem)
    }

    fn broken(&self, row: &Row, problem: RowProblem) -> Broken {
        let code = Some(self.code(row)).filter(|code| !code.is_empty());
        Broken { problem: Box::new(problem), code }
    }

    /// The code of the record that the row belongs to; empty where it has none.
    pub(super) fn code(&self, row: &Row) -> String {
        let is_code =
            |slot: &Slot| slot.column.is_some_and(|column| matches!(column.holds, Holds::Code));
        let at = self.slots().iter().position(is_code);
        let cell = at.map_or(Cell::typed(""), |at| row.at(at));
        let read = Reading::default().value(&Shape::Text, cell, self.hand);
        let code = read.ok().flatten().and_then(|code| code.as_str().map(str::to_owned));
        code.unwrap_or_default()
    }

    /// Reads every cell of a row.
    pub(super) fn fill(&self, row: &Row, reading: &Reading) -> Filled {
        let (mut fields, mut problems) = (Map::new(), self.merged_cells(row));
        let is_only = self.header().is_some_and(|header| header.is_only_part);
        if is_only && self.is_nothing_of_part(row) {
            return Filled { fields, positions: Vec::new(), problems };
        }
        let mut positions = vec![usize::from(is_only); self.sheet.depth];
        for (at, slot) in self.slots().iter().enumerate() {
            if slot.is_withheld && !row.cell(at).trim().is_empty() {
                let reason = "this row does not hold all: what its reader may not see was left out, and would be lost";
                let problem = RowProblem::of_row(self.place(), row.number, reason);
                problems.push(problem.at(slot.at).in_column(&slot.shown).with_value(row.cell(at)));
            }
            let (cell, Some(column)) = (row.at(at), slot.column) else { continue };
            let noted = match column.holds {
                Holds::Position(depth) => {
                    position(cell.text).map(|position| positions[depth] = position)
                }
                // Whose row it is was asked before; it is no field of the part.
                Holds::Code if self.sheet.depth > 0 => Ok(()),
                _ => enter(column, cell, reading, self.hand, &mut fields),
            };
            if let Err(reason) = noted {
                let typed = Refused { value: cell.text, reason: &reason, column: None };
                let is_refused = cell.form == Form::Refused;
                let Refused { value, reason, column } =
                    if is_refused { refused(cell.text) } else { typed };
                let (at, shown) = column.unwrap_or((slot.at, &slot.shown));
                let problem =
                    RowProblem::of_row(self.place(), row.number, reason).at(at).in_column(shown);
                problems.push(if value.is_empty() { problem } else { problem.with_value(value) });
            }
        }
        if positions.contains(&0) {
            positions.clear();
        }
        Filled { fields, positions, problems }
    }

    /// Does the row have nothing of a part but whose it would be?
    fn is_nothing_of_part(&self, row: &Row) -> bool {
        let is_field = |slot: &Slot| {
            slot.column.is_some_and(|column| matches!(column.holds, Holds::Field(..)))
        };
        let mut slots = self.slots().iter().enumerate();
        slots.all(|(at, slot)| !is_field(slot) || row.cell(at).trim().is_empty())
    }

    /// What is wrong with merged cells in a row: once for each, where it begins.
    fn merged_cells(&self, row: &Row) -> Vec<RowProblem> {
        let Some(merged) = self.merged() else { return Vec::new() };
        let is_read = |at: u32| {
            self.slots().iter().any(|slot| slot.at == at as usize && slot.column.is_some())
        };
        let ranges =
            merged.in_row(row.number).filter(|range| (range.first.1..=range.last.1).any(is_read));
        ranges
            .map(|range| {
                let reason = format!("{range} is merged; unmerge the cells and write the value into each that it holds for");
                RowProblem::of_row(self.place(), u64::from(range.first.0) + 1, reason).at(range.first.1 as usize)
            })
            .collect()
    }

    /// What the reader of rows found, by the names of the columns.
    fn said(&self, fault: Fault) -> RowProblem {
        let problem = RowProblem::of_row(self.place(), fault.row, fault.reason);
        match fault.column.and_then(|column| self.slots().get(column)) {
            Some(slot) => problem.at(slot.at).in_column(&slot.shown),
            None => problem,
        }
    }

    /// A problem in a row, in this column of ours.
    pub(super) fn problem(&self, row: &Row, column: &str, reason: impl Into<String>) -> RowProblem {
        self.problem_at(row.number, column, reason)
    }

    /// The same by the number of the row.
    pub(super) fn problem_at(
        &self,
        row: u64,
        column: &str,
        reason: impl Into<String>,
    ) -> RowProblem {
        let problem = RowProblem::of_row(self.place(), row, reason);
        match self.header().and_then(|header| header.slot(column)) {
            Some(slot) => problem.at(slot.at).in_column(&slot.shown),
            None => problem.in_column(column),
        }
    }
}

/// Puts the value of a cell into its field.
fn enter(
    column: &Column,
    cell: Cell<'_>,
    reading: &Reading,
    hand: Hand,
    fields: &mut Map<String, Value>,
) -> Result<(), String> {
    let (name, shape, key) = match column.holds {
        Holds::Field(field, key) => (field.name, field.shape, key),
        _ => (column.name.as_str(), Shape::Text, None),
    };
    let is_code = matches!(column.holds, Holds::Code);
    let Some(value) = reading.value(&shape, cell, hand)? else {
        return if is_code { Err("is required".to_owned()) } else { Ok(()) };
    };
    if is_code && value == EXAMPLE {
        return Err(
            "is the code of the example: give a code of your own, or delete the row".to_owned()
        );
    }
    match key {
        None => {
            fields.insert(name.to_owned(), value);
        }
        Some(key) => {
            let inner = fields.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                inner.insert(key.to_owned(), value);
            }
        }
    }
    Ok(())
}

/// A place in a list.
fn position(cell: &str) -> Result<usize, String> {
    match super::number::bare(cell).parse::<usize>() {
        Ok(position) if position > 0 => Ok(position),
        _ if cell.trim().is_empty() => {
            Err("is required: 1 for the first, 2 for the second, …".to_owned())
        }
        _ => Err("must be a whole number from 1".to_owned()),
    }
}
