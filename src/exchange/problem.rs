//! What is wrong with a file, by row and column, as a spreadsheet shows them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::row::letters;
use super::sheet::Sheet;
use super::target::Target;
use crate::domain::{InvalidValue, Problem};

/// How many problems are listed; of the others only the number is said.
pub(super) const MOST_LISTED: usize = 1_000;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// The name of the file.
    pub file: String,
    /// The sheet of the workbook; `None` where the file is no workbook, or it is about all of it.
    pub sheet: Option<String>,
    /// The row as a spreadsheet counts, from 1. `None` where it is the file or sheet itself.
    pub row: Option<u64>,
    /// The letters over the column in a spreadsheet, e.g. `AB`, where it is about one and that is known.
    pub letter: Option<String>,
    /// The name of the column, where it is about one.
    pub column: Option<String>,
    /// What is wrong and what is allowed.
    pub reason: String,
    /// What the cell holds, cut to a readable length; `None` where it holds nothing, or it is about no cell.
    pub value: Option<String>,
}

/// A file, and the sheet in it where it is a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) sheet: Option<String>,
}

impl Place {
    pub(super) fn of_file(file: impl Into<String>) -> Self {
        Self { file: file.into(), sheet: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.sheet.as_ref().map_or(Ok(()), |sheet| write!(f, ", sheet {sheet}"))
    }
}

impl RowProblem {
    pub(super) fn of_file(place: &Place, reason: impl Into<String>) -> Self {
        let Place { file, sheet } = place.clone();
        let reason = reason.into();
        Self { file, sheet, row: None, letter: None, column: None, reason, value: None }
    }

    pub(super) fn of_row(place: &Place, row: u64, reason: impl Into<String>) -> Self {
        Self { row: Some(row), ..Self::of_file(place, reason) }
    }

    /// In the column at this place, from 0.
    pub(super) fn at(self, column: usize) -> Self {
        Self { letter: Some(letters(column)), ..self }
    }

    pub(super) fn in_column(self, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..self }
    }

    pub(super) fn with_value(self, value: &str) -> Self {
        Self { value: Some(InvalidValue::new("", value).value), ..self }
    }

    /// With what a record holds there, where that is one value.
    pub(super) fn holding(self, body: &Value, pointer: &str) -> Self {
        match body.pointer(pointer).filter(|_| !pointer.is_empty()) {
            Some(Value::String(text)) => self.with_value(text),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => {
                self.with_value(&value.to_string())
            }
            _ => self,
        }
    }

    /// Is it about the same cell, or about another cell of the same figure?
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let figure = |column: &String| {
            let ends = ["_low", "_high"];
            let base = ends.iter().find_map(|end| column.strip_suffix(end));
            base.unwrap_or(column).to_owned()
        };
        let cell = |problem: &Self| {
            let column = problem.column.as_ref().map(figure);
            (problem.file.clone(), problem.sheet.clone(), problem.row, column)
        };
        cell(self) == cell(other)
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet {sheet}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        // In a text file the columns have no letters.
        match (&self.letter.as_ref().filter(|_| self.sheet.is_some()), &self.column) {
            (Some(letter), Some(column)) => write!(f, ", column {letter} ({column})")?,
            (Some(letter), None) => write!(f, ", column {letter}")?,
            (None, Some(column)) => write!(f, ", column {column}")?,
            (None, None) => {}
        }
        write!(f, ": {}", self.reason)?;
        // The reason often says it already.
        let value = self.value.as_ref().filter(|value| !self.reason.contains(value.as_str()));
        value.map_or(Ok(()), |value| write!(f, ", got {value:?}"))
    }
}

/// Everything that is wrong, up to a readable number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrongRows {
    /// The first thousand.
    pub listed: Vec<RowProblem>,
    /// How many more were found.
    pub more: u64,
    /// Was the rest of the files not read since so much was wrong?
    pub stopped: bool,
}

impl WrongRows {
    /// Notes a problem, once.
    pub(super) fn push(&mut self, problem: RowProblem) {
        if self.listed.len() >= MOST_LISTED {
            self.more += 1;
        } else if !self.listed.contains(&problem) {
            self.listed.push(problem);
        }
    }

    /// Is as much wrong as is listed?
    pub(super) fn is_full(&self) -> bool {
        self.listed.len() >= MOST_LISTED
    }

    /// Notes that the rest was not read.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = RowProblem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    /// One thing that is wrong with all of an import.
    #[must_use]
    pub fn of_all(reason: &str) -> Self {
        let mut wrong = Self::default();
        wrong.push(RowProblem::of_file(&Place::of_file(""), reason));
        wrong
    }

    /// Notes all of these too.
    pub(super) fn merge(&mut self, others: Self) {
        self.extend(others.listed);
        self.more += others.more;
        self.stopped |= others.stopped;
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.listed.len() as u64 + self.more
    }
}

impl fmt::Display for WrongRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.listed.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        if self.stopped {
            write!(f, "\nThe rest was not read: first mend what is listed.")?;
        }
        Ok(())
    }
}

/// The row that a record or a part was read from, and those of the parts inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) row: u64,
    pub(super) parts: BTreeMap<&'static str, Vec<Origin>>,
}

/// Says a problem of a record by the cell it came from.
pub(super) fn located(target: &Target, origin: &Origin, problem: Problem) -> RowProblem {
    let (mut sheet, mut origin) = (Sheet::of(target.kind), origin);
    let mut steps = problem.pointer.split('/').skip(1);
    let mut column = None;
    while let Some(field) = steps.next() {
        let key = steps.next();
        let Some(child) = sheet.child(field) else {
            column = sheet.column(field, key).map(|column| column.name.clone());
            break;
        };
        let index = key.and_then(|index| index.parse::<usize>().ok());
        let part = index.and_then(|index| origin.parts.get(child.list)?.get(index));
        let Some(part) = part else { break };
        (sheet, origin) = (child, part);
    }
    let found = RowProblem::of_row(&target.place(sheet), origin.row, problem.detail);
    match column {
        Some(column) => target.in_column(found, sheet, &column),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::dialect::Told;
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn a_problem_of_a_part_is_said_by_the_row_of_its_own_file() {
        let line = Origin { row: 9, ..Origin::default() };
        let drop = Origin { row: 7, parts: [("lines", vec![line])].into() };
        let convoy = Origin { row: 3, parts: [("drops", vec![drop])].into() };
        let target = Target::beside(Kind::Convoy, Path::new("seeds/convoys.csv"), Told::default());
        let said = |pointer: &str| {
            let problem = Problem { pointer: pointer.to_owned(), detail: "is odd".to_owned() };
            located(&target, &convoy, problem).to_string()
        };
        assert_eq!(
            said("/drops/0/lines/0/loaded"),
            "convoys.drops.lines.csv, row 9, column loaded: is odd"
        );
        assert_eq!(
            said("/drops/0/people_reached/low"),
            "convoys.drops.csv, row 7, column people_reached_low: is odd"
        );
        assert_eq!(said("/drops/0/areas/4"), "convoys.drops.csv, row 7, column areas: is odd");
        assert_eq!(said("/drops/0"), "convoys.drops.csv, row 7: is odd");
        assert_eq!(said("/code"), "convoys.csv, row 3, column code: is odd");
        assert_eq!(said(""), "convoys.csv, row 3: is odd");
    }

    #[test]
    fn of_more_than_a_thousand_problems_the_others_are_counted() {
        let mut wrong = WrongRows::default();
        wrong.extend(
            (0..1_234).map(|row| RowProblem::of_row(&Place::of_file("areas.csv"), row, "is odd")),
        );
        assert_eq!((wrong.listed.len(), wrong.more), (1_000, 234));
        assert!(wrong.to_string().ends_with("and 234 more"));
    }
}
