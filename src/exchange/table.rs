//! An open file: its rows as typed fields, each wrong cell noted.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::{Map, Value};

use super::cell::Reading;
use super::header::{self, Layout};
use super::problem::RowProblem;
use super::rows::{Fault, Row, Rows};
use super::sheet::{Column, Holds, Sheet};
use crate::domain::Shape;

/// A file whose header and tags are right.
pub(super) struct Table {
    pub(super) file: String,
    pub(super) sheet: &'static Sheet,
    layout: Layout,
    rows: Rows<BufReader<File>>,
}

/// A row that cannot be read, and whose it is where that can be told.
pub(super) struct Broken {
    pub(super) problem: RowProblem,
    pub(super) code: Option<String>,
}

/// A row as fields.
pub(super) struct Filled {
    pub(super) fields: Map<String, Value>,
    /// The places of the part, outermost list first; empty where one is wrong.
    pub(super) positions: Vec<usize>,
    pub(super) problems: Vec<RowProblem>,
}

impl Table {
    /// Opens a file and reads its first two rows.
    pub(super) fn open(
        path: &Path,
        file: String,
        sheet: &'static Sheet,
    ) -> Result<Self, Vec<RowProblem>> {
        let opened = File::open(path).map_err(|fault| {
            vec![RowProblem::of_file(&file, format!("cannot be read: {fault}"))]
        })?;
        let mut rows = Rows::new(BufReader::new(opened));
        let mut next = || rows.next().transpose().map_err(|fault| vec![said(&file, &[], fault)]);
        let Some(names) = next()? else {
            let reason = "is empty; row 1 must hold the names of the columns, row 2 their HXL tags";
            return Err(vec![RowProblem::of_file(&file, reason)]);
        };
        let layout = header::columns(sheet, &file, &names)?;
        let problems = header::check_tags(&layout, &file, next()?.as_ref());
        if problems.is_empty() { Ok(Self { file, sheet, layout, rows }) } else { Err(problems) }
    }

    /// The next row that holds anything.
    pub(super) fn next(&mut self) -> Option<Result<Row, Broken>> {
        loop {
            match self.rows.next()? {
                Ok(row) if row.is_blank() => {}
                Ok(row) if row.len() != self.layout.len() => return Some(Err(self.ragged(&row))),
                Ok(row) => return Some(Ok(row)),
                Err(fault) => {
                    let problem = said(&self.file, &self.layout, fault);
                    return Some(Err(Broken { problem, code: None }));
                }
            }
        }
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.rows.bytes()
    }

    fn ragged(&self, row: &Row) -> Broken {
        let reason = format!("has {} cells, the header has {}", row.len(), self.layout.len());
        let problem = RowProblem::of_row(&self.file, row.number, reason);
        Broken { problem, code: Some(self.code(row)).filter(|code| !code.is_empty()) }
    }

    /// The code of the record that the row belongs to; empty where it has none.
    pub(super) fn code(&self, row: &Row) -> String {
        let at = self.layout.iter().position(|column| matches!(column.holds, Holds::Code));
        let read = Reading::default().value(&Shape::Text, at.map_or("", |at| row.cell(at)));
        let code = read.ok().flatten().and_then(|code| code.as_str().map(str::to_owned));
        code.unwrap_or_default()
    }

    /// Reads every cell of a row.
    pub(super) fn fill(&self, row: &Row, reading: &Reading) -> Filled {
        let (mut fields, mut problems) = (Map::new(), Vec::new());
        let mut positions = vec![0; self.sheet.depth];
        for (column, cell) in self.layout.iter().zip(row.cells()) {
            let noted = match column.holds {
                Holds::Position(depth) => {
                    position(cell).map(|position| positions[depth] = position)
                }
                // Whose row it is was asked before; it is no field of the part.
                Holds::Code if self.sheet.depth > 0 => Ok(()),
                _ => enter(column, cell, reading, &mut fields),
            };
            if let Err(reason) = noted {
                let problem = RowProblem::of_row(&self.file, row.number, reason);
                let problem = problem.in_column(&column.name);
                problems.push(if cell.is_empty() { problem } else { problem.with_value(cell) });
            }
        }
        if positions.contains(&0) {
            positions.clear();
        }
        Filled { fields, positions, problems }
    }
}

/// Puts the value of a cell into its field.
fn enter(
    column: &Column,
    cell: &str,
    reading: &Reading,
    fields: &mut Map<String, Value>,
) -> Result<(), String> {
    let (name, shape, key) = match column.holds {
        Holds::Field(field, key) => (field.name, field.shape, key),
        _ => (column.name.as_str(), Shape::Text, None),
    };
    let Some(value) = reading.value(&shape, cell)? else {
        let is_code = matches!(column.holds, Holds::Code);
        return if is_code { Err("is required".to_owned()) } else { Ok(()) };
    };
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
    match cell.trim().parse::<usize>() {
        Ok(position) if position > 0 => Ok(position),
        _ if cell.trim().is_empty() => {
            Err("is required: 1 for the first, 2 for the second, …".to_owned())
        }
        _ => Err("must be a whole number from 1".to_owned()),
    }
}

/// What the reader of rows found, by the names of the columns.
fn said(file: &str, layout: &[&Column], fault: Fault) -> RowProblem {
    let problem = RowProblem::of_row(file, fault.row, fault.reason);
    match fault.column.and_then(|column| layout.get(column)) {
        Some(column) => problem.in_column(&column.name),
        None => problem,
    }
}
