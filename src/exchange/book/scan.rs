//! The parts of a workbook looked through before they are read: nothing in them may make the reader swell, and what
//! the reader does not say is noted: merged cells, formulas without a result, names of sheets.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::merged::{Range, position};

/// How deep the parts of a workbook lie in each other; ten is usual.
const DEEPEST: usize = 64;
/// The longest tag, bytes.
const LONGEST_TAG: usize = 64 << 10;
/// The most merged ranges, and formulas without a result, of one sheet.
const MOST_NOTED: usize = 10_000;

/// What is known of a part by its elements.
pub(super) trait Visitor {
    /// An element begins.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String>;
    /// It ends.
    fn end(&mut self, _name: &str) -> Result<(), String> {
        Ok(())
    }
    /// Text inside it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn text(&mut self, _text: &str) -> Result<(), String> {
        Ok(())
    }
}

/// Runs over a part.
///
/// # Errors
///
/// Where it is no right XML, holds a DTD, lies too deep, or the visitor objects.
pub(super) fn visit(
    name: &str,
    part: impl BufRead,
    visitor: &mut impl Visitor,
) -> Result<(), String> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|fault| said(name, &fault))?;
        match event {
            Event::Start(element) => {
                depth += 1;
                bounded(name, depth, &element)?;
                visitor.start(&element)?;
            }
            Event::Empty(element) => {
                bounded(name, depth, &element)?;
                visitor.start(&element)?;
                visitor.end(element.local_name().as_ref())?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                visitor.end(element.local_name().as_ref())?;
            }
            Event::Text(text) => visitor.text(&text)?,
            Event::CData(text) => visitor.text(&text)?,
            Event::GeneralRef(_) => visitor.text("&")?,
            Event::DocType(_) => {
                return Err(format!(
                    "has a DTD in its part {name}, which no workbook needs and none may have"
                ));
            }
            Event::Eof if depth > 0 => {
                return Err(format!("is damaged: its part {name} ends in the middle"));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn bounded(name: &str, depth: usize, element: &BytesStart<'_>) -> Result<(), String> {
    if depth > DEEPEST {
        return Err(format!("has elements more than {DEEPEST} deep in its part {name}"));
    }
    if element.len() > LONGEST_TAG {
        return Err(format!("has a tag without end in its part {name}"));
    }
    Ok(())
}

fn said(name: &str, fault: &quick_xml::Error) -> String {
    match fault {
        quick_xml::Error::Io(fault) if fault.kind() == std::io::ErrorKind::InvalidData => {
            fault.to_string()
        }
        quick_xml::Error::Io(fault) => {
            format!("has a part {name} that cannot be unpacked ({fault}); fetch it again")
        }
        other => format!("is damaged: its part {name} is no right XML ({other})"),
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    // That each stands once costs a comparison with all others.
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Counts the elements of a name.
pub(super) struct Counted {
    pub(super) what: &'static str,
    pub(super) element: &'static str,
    pub(super) most: usize,
    pub(super) count: usize,
}

impl Visitor for Counted {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        if element.local_name().as_ref() == self.element {
            self.count += 1;
            if self.count > self.most {
                return Err(format!("has more than {} {}", self.most, self.what));
            }
        }
        Ok(())
    }
}

/// The relationships of a part: id, last word of the type, target.
#[derive(Debug, Default)]
pub(super) struct Relationships(pub(super) Vec<(String, String, String)>);

impl Visitor for Relationships {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        if element.local_name().as_ref() == "Relationship" {
            let of = |name| attribute(element, name).unwrap_or_default();
            let word = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
            self.0.push((of("Id"), word, of("Target")));
        }
        Ok(())
    }
}

/// The sheets that the workbook names: name and id of the relationship.
#[derive(Debug, Default)]
pub(super) struct Sheets(pub(super) Vec<(String, String)>);

impl Visitor for Sheets {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        if element.local_name().as_ref() == "sheet" {
            let of = |name| attribute(element, name).unwrap_or_default();
            self.0.push((of("name"), of("id")));
        }
        Ok(())
    }
}

/// What is noted of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetNotes {
    pub(super) merged: Vec<Range>,
    /// The cells of formulas whose result was not saved, by row and column from 0.
    pub(super) unreckoned: HashSet<(u32, u32)>,
    cell: Option<Cell>,
    in_value: bool,
}

#[derive(Debug)]
struct Cell {
    at: Option<(u32, u32)>,
    /// Does it name one of the texts that all sheets share?
    is_shared: bool,
    has_formula: bool,
    has_value: bool,
}

impl Visitor for SheetNotes {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        match element.local_name().as_ref() {
            "c" => {
                let at = match attribute(element, "r") {
                    Some(cell) => Some(
                        position(&cell)
                            .ok_or_else(|| format!("has a cell {cell:.20}, which no sheet has"))?,
                    ),
                    None => None,
                };
                let is_shared = attribute(element, "t").is_some_and(|kind| kind == "s");
                self.cell = Some(Cell { at, is_shared, has_formula: false, has_value: false });
            }
            "row" => {
                if let Some(row) = attribute(element, "r") {
                    position(&format!("A{row}"))
                        .ok_or_else(|| format!("has a row {row:.20}, which no sheet has"))?;
                }
            }
            "f" => self.cell.iter_mut().for_each(|cell| cell.has_formula = true),
            "v" | "t" => self.in_value = true,
            "dimension" => {
                let cells = attribute(element, "ref").unwrap_or_default();
                Range::of(&cells).ok_or_else(|| {
                    format!("says that its cells are {cells:.40}, which no sheet has")
                })?;
            }
            "mergeCell" => {
                let cells = attribute(element, "ref").unwrap_or_default();
                let range = Range::of(&cells).ok_or_else(|| {
                    format!("says that {cells:.40} are merged, which no sheet has")
                })?;
                if range.first != range.last {
                    self.merged.push(range);
                }
            }
            _ => {}
        }
        if self.merged.len() > MOST_NOTED {
            return Err(format!("has more than {MOST_NOTED} merged ranges; unmerge the cells"));
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), String> {
        match name {
            "v" | "t" => self.in_value = false,
            "c" => {
                let cell = self.cell.take().filter(|cell| cell.has_formula && !cell.has_value);
                self.unreckoned.extend(cell.and_then(|cell| cell.at));
                if self.unreckoned.len() > MOST_NOTED {
                    return Err(format!(
                        "has more than {MOST_NOTED} formulas whose results were not saved; open it in a spreadsheet program and save it"
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        let Some(cell) = self.cell.as_mut().filter(|_| self.in_value && !text.trim().is_empty())
        else {
            return Ok(());
        };
        cell.has_value = true;
        if cell.is_shared && text.trim().parse::<u32>().is_err() {
            return Err(format!(
                "has a cell that names {text:.20} as the number of a text, which is none; open it in a spreadsheet program and save it"
            ));
        }
        Ok(())
    }
}
