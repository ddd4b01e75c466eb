//! The 4W and 5W shape of others: who does what, where, when, for whom, a row for each activity.
//!
//! A row becomes a convoy that is handed out on the spot, with one drop, and a line where goods are named. How, cell by
//! cell, is written in `docs/decisions/0030-spreadsheets.md`. Names are looked up among what is known here: a name
//! that is not known is refused, and an organisation is offered as a new one.

mod columns;
mod known;
mod named;
mod rows;

use std::io;
use std::sync::Arc;

pub(super) use columns::Columns;
pub(super) use known::Known;
pub use known::Offer;

use super::book::merged::Merged;
use super::book::spool::{Spool, SpoolWriter};
use super::header::{Header, Slot};
use super::input::Input;
use super::meant::Findings;
use super::problem::{Place, RowProblem};
use super::row::{Cell, Form};
use super::sheet::Sheet;
use super::target::{Found, Target};
use crate::domain::Kind;
use rows::{Cells, Made};

/// A table in this shape.
#[derive(Debug, Clone)]
pub(super) struct FourW {
    pub(super) place: Place,
    pub(super) input: Input,
    pub(super) columns: Arc<Columns>,
}

/// What a table in this shape became.
pub(super) struct Converted {
    pub(super) targets: Vec<Target>,
    pub(super) offers: Vec<Offer>,
    pub(super) notes: Vec<RowProblem>,
}

/// One of our tables on its way.
struct Draft {
    sheet: &'static Sheet,
    /// Our column and the column of the table that it comes from.
    columns: Vec<(&'static str, usize)>,
    writer: SpoolWriter,
}

impl FourW {
    /// Makes tables of ours of it. With `makes` the organisations that are not known are made.
    ///
    /// # Errors
    ///
    /// When the rows cannot be laid down.
    pub(super) fn converted(
        &self,
        known: &Known,
        makes: bool,
        findings: &mut Findings,
    ) -> Result<Converted, String> {
        let full = |fault: io::Error| {
            format!("cannot be laid down in the temporary folder (TMPDIR names another): {fault}")
        };
        let mut opened = self.input.open()?;
        let mut made = Made::new(&self.columns, known, makes, (findings, &self.place));
        let mut drafts = self.drafts().map_err(full)?;
        while let Some(next) = opened.next() {
            let row = match next {
                Ok(row) if row.number <= self.columns.last_row || row.is_blank() => continue,
                Ok(row) => row,
                Err(fault) if fault.row <= self.columns.last_row => continue,
                Err(fault) => return Err(format!("row {}: {}", fault.row, fault.reason)),
            };
            let cells = made.cells(&row);
            for draft in &mut drafts {
                draft.write(row.number, &cells).map_err(full)?;
            }
        }
        let merged = if let Input::Sheet(spool) = &self.input {
            (*spool.merged).clone()
        } else {
            Merged::default()
        };
        let mut tables = Vec::new();
        for mut draft in drafts {
            let spool = draft.writer.end_sheet(merged.clone()).map_err(full)?;
            tables.push((draft.sheet, self.found(&draft.columns, draft.sheet, spool)));
        }
        let mut targets = vec![Target::of_sheets(Kind::Convoy, &self.place.file, tables)];
        let offers = made.offers();
        if makes && !offers.is_empty() {
            targets.push(self.organisations(&offers).map_err(full)?);
        }
        Ok(Converted { targets, offers, notes: made.notes(&self.place) })
    }

    fn drafts(&self) -> io::Result<Vec<Draft>> {
        let convoys = Sheet::of(Kind::Convoy);
        let sheets = convoys.all();
        let wanted = ["", ".drops", ".drops.lines", ".events"];
        let sheets = sheets.into_iter().filter(|sheet| wanted.contains(&sheet.suffix.as_str()));
        sheets
            .map(|sheet| {
                let columns = self.columns.of_sheet(&sheet.suffix);
                Ok(Draft { sheet, columns, writer: SpoolWriter::new()? })
            })
            .collect()
    }

    /// The table of ours, whose problems are said by the cells of theirs.
    fn found(
        &self,
        columns: &[(&'static str, usize)],
        sheet: &'static Sheet,
        spool: Spool,
    ) -> Found {
        let assumed = if sheet.kind == Kind::Convoy {
            self.columns.assumed(&sheet.suffix)
        } else {
            Vec::new()
        };
        let slot = |(name, at): &(&'static str, usize)| Slot {
            column: sheet.columns.iter().find(|column| column.name == *name),
            shown: self.columns.shown(*at),
            at: *at,
            is_withheld: false,
        };
        let header = Header {
            slots: columns.iter().map(slot).collect(),
            first_row: 0,
            last_row: self.columns.last_row,
            example_row: None,
            parts: Vec::new(),
            is_only_part: false,
            assumed: Some(assumed),
            is_ours: false,
            notes: Vec::new(),
        };
        Found { place: self.place.clone(), input: Input::Sheet(spool), header: Ok(header) }
    }

    /// A table of the organisations that are new.
    fn organisations(&self, offers: &[Offer]) -> io::Result<Target> {
        let sheet = Sheet::of(Kind::Organisation);
        let mut writer = SpoolWriter::new()?;
        for offer in offers {
            for text in [&offer.code, &offer.name] {
                writer.push(Cell { text, form: Form::Text });
            }
            writer.end_row(offer.row)?;
        }
        let spool = writer.end_sheet(Merged::default())?;
        let who = self.columns.who();
        let has_arabic = offers.iter().all(|offer| is_arabic(&offer.name));
        let columns = [("code", who), (if has_arabic { "names_ar" } else { "names_en" }, who)];
        let found = self.found(&columns, sheet, spool);
        Ok(Target::of_sheets(Kind::Organisation, &self.place.file, vec![(sheet, found)]))
    }
}

fn is_arabic(text: &str) -> bool {
    text.chars().any(|letter| ('\u{621}'..='\u{6FF}').contains(&letter))
}

impl Draft {
    /// Writes the row, unless it has nothing for this table but the keys.
    fn write(&mut self, number: u64, cells: &Cells) -> io::Result<()> {
        let Some(own) = cells.get(self.sheet.suffix.as_str()) else { return Ok(()) };
        for (name, _) in &self.columns {
            let empty = (String::new(), Form::Text);
            let (text, form) = own.get(name).unwrap_or(&empty);
            self.writer.push(Cell { text, form: *form });
        }
        self.writer.end_row(number)
    }
}
