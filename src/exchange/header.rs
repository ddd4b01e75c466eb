//! The head of a table: where its names and HXL tags are, and which column of ours each column is.

use std::collections::HashMap;

use super::extract::records::WITHHELD;
use super::head::{Head, ROWS};
use super::label::{is_called, is_slip, near};
use super::problem::{Place, RowProblem};
use super::row::{Row, letters};
use super::sheet::{Column, Holds, Sheet};
use super::tag::{Meaning, Tag, meaning};
use crate::domain::Kind;

/// The head of a table, understood.
#[derive(Debug)]
pub(super) struct Header {
    /// Its columns from left to right.
    pub(super) slots: Vec<Slot>,
    /// The number of its first row.
    pub(super) first_row: u64,
    /// The number of its last row; what comes after are records.
    pub(super) last_row: u64,
    /// The number of the row that is only our example of how to fill it in.
    pub(super) example_row: Option<u64>,
    /// What is only assumed of columns and of whole tables; `None` in tables of ours. Tables of others tell less of a
    /// record than ours, and what is assumed holds for new records alone.
    pub(super) assumed: Option<Vec<&'static str>>,
    /// Columns of the one list whose parts have a table of their own in our files: in those of others a row has one.
    pub(super) parts: Vec<Slot>,
    /// Is each row the only part of its record?
    pub(super) is_only_part: bool,
    /// Is it word for word the head that our exports write: all names and all tags, in our order?
    pub(super) is_ours: bool,
    /// What is not read, or was understood though it is not word for word.
    pub(super) notes: Vec<RowProblem>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Which of ours it is; `None` is not read.
    pub(super) column: Option<&'static Column>,
    /// Its own name, or its tag.
    pub(super) shown: String,
    /// Where it stands in the spreadsheet, from 0.
    pub(super) at: usize,
    /// Does it say what was left out of a row, since its reader may not see it?
    pub(super) is_withheld: bool,
}

/// Finds the row of the names by what our own columns are called.
fn named(sheet: &'static Sheet, rows: &[Row]) -> Option<usize> {
    let known = |row: &Row| row.cells().filter(|cell| column_called(sheet, cell).is_some()).count();
    let counts: Vec<usize> = rows.iter().take(ROWS).map(known).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    counts.iter().position(|count| *count == most)
}

/// The list of which most records have one part: who writes convoys by hand writes where each goes beside it.
pub(super) fn only_list(sheet: &'static Sheet) -> Option<&'static Sheet> {
    let is_convoys = sheet.kind == Kind::Convoy && sheet.depth == 0;
    sheet.child("drops").filter(|_| is_convoys)
}

fn column_called(sheet: &'static Sheet, name: &str) -> Option<&'static Column> {
    let name = name.trim();
    let exact = sheet.columns.iter().find(|column| column.name == name);
    exact
        .or_else(|| sheet.columns.iter().find(|column| !name.is_empty() && is_called(column, name)))
}

/// Understands the head of a table.
///
/// # Errors
///
/// Every column that is unclear, there twice, or missing.
pub(super) fn header(
    sheet: &'static Sheet,
    place: &Place,
    rows: &[Row],
) -> Result<Header, Vec<RowProblem>> {
    let of_names = || named(sheet, rows).map(|at| Head { names: Some(&rows[at]), tags: None });
    let Some(head) = Head::tagged(rows).or_else(of_names) else {
        return Err(vec![RowProblem::of_file(place, no_head(sheet, rows))]);
    };
    let (problems, notes, parts) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { sheet, place, head, problems, notes, parts };
    let slots = reader.slots();
    reader.note_missing(&slots);
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let is_ours = is_of_an_export(sheet, reader.head);
    let (first_row, last_row) = head.rows();
    Ok(Header {
        slots,
        first_row,
        last_row,
        example_row: None,
        assumed: None,
        parts: reader.parts,
        is_only_part: false,
        is_ours,
        notes: reader.notes,
    })
}

/// Is it the head that our exports write? By hand nobody writes all columns with all tags.
fn is_of_an_export(sheet: &Sheet, head: Head<'_>) -> bool {
    let (Some(names), Some(tags)) = (head.names, head.tags) else { return false };
    // What they write for readers who may not see all has one column more.
    let own = sheet.columns.len();
    let is_more = names.len() == own + 1 && names.cell(own) == WITHHELD;
    (is_more || names.len() == own)
        && tags.len() == names.len()
        && names.cells().zip(&sheet.columns).all(|(cell, column)| cell == column.name)
        && tags.cells().zip(&sheet.columns).all(|(cell, column)| cell == column.tag)
}

/// Says that there is no head.
fn no_head(sheet: &Sheet, rows: &[Row]) -> String {
    if rows.iter().all(Row::is_blank) {
        return "is empty; a row must hold the names of the columns, the next one their HXL tags"
            .to_owned();
    }
    let known: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    format!(
        "none of the first {ROWS} rows holds HXL tags or names of columns; known are {}; `passage template` makes a file to fill in",
        known.join(", ")
    )
}

struct Reader<'r> {
    sheet: &'static Sheet,
    place: &'r Place,
    head: Head<'r>,
    problems: Vec<RowProblem>,
    notes: Vec<RowProblem>,
    parts: Vec<Slot>,
}

/// What is found of a column before the others are known.
enum Found {
    Ours(&'static Column),
    /// Ours, unless another column is it word for word.
    Perhaps(&'static Column, String),
    /// Asked for, unless all that it could be is there word for word.
    Asked(Vec<&'static Column>, String),
    Ignored(String),
    /// That of a part of the record.
    OfPart(&'static Column),
    /// What was left out of each row.
    Withheld,
}

impl Reader<'_> {
    fn slots(&mut self) -> Vec<Slot> {
        let found: Vec<Found> = (0..self.head.len()).map(|at| self.found(at)).collect();
        let mut taken = self.taken(&found);
        let mut slots = Vec::new();
        for (at, found) in found.into_iter().enumerate() {
            let is_withheld = matches!(found, Found::Withheld);
            let column = match found {
                Found::Withheld => None,
                Found::Ours(column) => Some(column),
                Found::OfPart(column) => {
                    let (column, shown) = (Some(column), self.shown(at));
                    self.parts.push(Slot { column, shown, at, is_withheld: false });
                    None
                }
                Found::Ignored(why) => {
                    self.note(at, why);
                    None
                }
                Found::Perhaps(column, why) => match taken.get(column.name.as_str()) {
                    None => {
                        taken.insert(&column.name, at);
                        self.note(at, format!("is read as {}: {why}", column.name));
                        Some(column)
                    }
                    Some(first) => {
                        let reason =
                            format!("is not read: column {} is {}", letters(*first), column.name);
                        self.note(at, reason);
                        None
                    }
                },
                Found::Asked(columns, why) => {
                    if columns.iter().all(|column| taken.contains_key(column.name.as_str())) {
                        self.note(
                            at,
                            "is not read: what its tag may mean stands in other columns".to_owned(),
                        );
                    } else {
                        self.refuse(at, why);
                    }
                    None
                }
            };
            slots.push(Slot { column, shown: self.shown(at), at, is_withheld });
        }
        slots
    }

    /// Where each of our columns stands that is there word for word.
    fn taken(&mut self, found: &[Found]) -> HashMap<&'static str, usize> {
        let mut taken: HashMap<&str, usize> = HashMap::new();
        for (at, found) in found.iter().enumerate() {
            let Found::Ours(column) = found else { continue };
            if let Some(first) = taken.insert(&column.name, at) {
                taken.insert(&column.name, first);
                let (first, second) = (letters(first), letters(at));
                self.refuse(at, format!("two columns have this name or tag: {first} and {second}"));
            }
        }
        taken
    }

    fn shown(&self, at: usize) -> String {
        let (name, tag) = self.head.cells(at);
        if name.is_empty() { tag.to_owned() } else { name.to_owned() }
    }

    /// What one column is, by its tag and its name.
    fn found(&mut self, at: usize) -> Found {
        let (name, tag) = self.head.cells(at);
        let by_name = column_called(self.sheet, name);
        if name == WITHHELD || Tag::of(tag).is_some_and(|tag| tag.has("meta", &[WITHHELD])) {
            return Found::Withheld;
        }
        let Some(parsed) = Tag::of(tag) else { return self.untagged(at, name, by_name) };
        let same_name = |columns: &[&'static Column]| {
            by_name.filter(|named| columns.iter().any(|own| own.name == named.name))
        };
        match meaning(self.sheet, &parsed) {
            Meaning::Exact(columns) => match same_name(&columns) {
                Some(column) => Found::Ours(column),
                None => self.exact(at, &columns, by_name.filter(|column| column.name == name)),
            },
            Meaning::Near(column, None) => {
                Found::Perhaps(column, format!("its tag is {}", column.tag))
            }
            Meaning::Near(column, Some(words)) if words.is_empty() => Found::Perhaps(
                column,
                format!("no other column has a tag like that; word for word it is {}", column.tag),
            ),
            Meaning::Near(column, Some(words)) => {
                Found::Perhaps(column, format!("{words} is not known and says nothing here"))
            }
            Meaning::Unclear(columns) => match same_name(&columns) {
                Some(column) => Found::Ours(column),
                None => Found::Asked(columns.clone(), unclear(tag, &columns)),
            },
            Meaning::Some(column) => Found::Ignored(format!(
                "is not read: {tag} counts households or only some of the people, {} all of them",
                column.name
            )),
            Meaning::Nothing => match only_list(self.sheet).map(|list| meaning(list, &parsed)) {
                Some(Meaning::Exact(columns)) if columns.len() == 1 => Found::OfPart(columns[0]),
                Some(Meaning::Near(column, None)) => Found::OfPart(column),
                _ => Found::Ignored(format!(
                    "is not read: no column of {} has the tag {tag}",
                    self.sheet.name()
                )),
            },
        }
    }

    /// A tag that is ours word for word, under a name that is perhaps that of another.
    fn exact(
        &mut self,
        at: usize,
        columns: &[&'static Column],
        named: Option<&'static Column>,
    ) -> Found {
        if let Some(named) = named {
            self.refuse_tag(at, format!("the tag must be {}", named.tag), &named.name);
            return Found::Ours(named);
        }
        match columns {
            [one] => Found::Ours(one),
            several => Found::Asked(several.to_vec(), unclear(self.head.cells(at).1, several)),
        }
    }

    fn untagged(&mut self, at: usize, name: &str, by_name: Option<&'static Column>) -> Found {
        if let Some(column) = by_name {
            return Found::Ours(column);
        }
        let of_part = only_list(self.sheet).and_then(|list| column_called(list, name));
        if let Some(column) = of_part.filter(|column| matches!(column.holds, Holds::Field(..))) {
            return Found::OfPart(column);
        }
        if name.is_empty() {
            return Found::Ignored("has no name and no tag and is not read".to_owned());
        }
        if let Some(column) = self.sheet.columns.iter().find(|column| is_slip(&column.name, name)) {
            self.refuse(
                at,
                format!("no such column; is it {}? Rename it, or delete it", column.name),
            );
        }
        let near = near(self.sheet, name);
        let near = near.map_or_else(String::new, |column| format!("; near: {}", column.name));
        Found::Ignored(format!("is not read: it has no tag, and no column has this name{near}"))
    }

    fn refuse(&mut self, at: usize, reason: String) {
        let problem = self.of_column(at, reason);
        self.problems.push(problem);
    }

    fn refuse_tag(&mut self, at: usize, reason: String, column: &str) {
        let row = self.head.tags.map_or(1, |row| row.number);
        let problem = RowProblem::of_row(self.place, row, reason).in_column(column).at(at);
        self.problems.push(problem.with_value(self.head.cells(at).1));
    }

    fn note(&mut self, at: usize, reason: String) {
        // Empty columns at the end are no news.
        if self.shown(at).is_empty() && (at..self.head.len()).all(|at| self.shown(at).is_empty()) {
            return;
        }
        let note = self.of_column(at, reason);
        self.notes.push(note);
    }

    fn of_column(&self, at: usize, reason: String) -> RowProblem {
        let row = self.head.names.or(self.head.tags).map_or(1, |row| row.number);
        let problem = RowProblem::of_row(self.place, row, reason).at(at);
        let shown = self.shown(at);
        if shown.is_empty() { problem } else { problem.in_column(&shown) }
    }

    /// The columns without which no row can be right. An estimate or a name is there with any of its columns.
    fn note_missing(&mut self, slots: &[Slot]) {
        let is_there = |wanted: &Column| {
            slots
                .iter()
                .filter_map(|slot| slot.column)
                .any(|column| is_of_one_field(column, wanted) || column.name == wanted.name)
        };
        let row = self.head.names.or(self.head.tags).map_or(1, |row| row.number);
        let missing: Vec<&Column> =
            self.sheet.needed().filter(|column| !is_there(column)).collect();
        for columns in missing.chunk_by(|one, other| is_of_one_field(one, other)) {
            let Some((column, others)) = columns.split_first() else { continue };
            let mut reason = format!("the column is required; its tag is {}", column.tag);
            if !others.is_empty() {
                let names: Vec<&str> = others.iter().map(|other| other.name.as_str()).collect();
                reason = format!("{reason}; or give {}", names.join(" or "));
            }
            self.problems.push(RowProblem::of_row(self.place, row, reason).in_column(&column.name));
        }
    }
}

/// Do both tell of one field, as names in two languages do?
fn is_of_one_field(one: &Column, other: &Column) -> bool {
    match (one.holds, other.holds) {
        (Holds::Field(one, _), Holds::Field(other, _)) => one.name == other.name,
        _ => false,
    }
}

fn unclear(tag: &str, columns: &[&Column]) -> String {
    let could: Vec<String> =
        columns.iter().map(|column| format!("{} ({})", column.tag, column.name)).collect();
    format!("{tag} is not clear: write the whole tag, {}, or take the tag away", could.join(" or "))
}

#[cfg(test)]
mod tests;
