//! The first two rows of a file: the names of the columns, and their HXL tags.

use std::collections::{BTreeSet, HashSet};

use super::problem::RowProblem;
use super::rows::Row;
use super::sheet::{Column, Holds, Sheet};

/// The row of the names.
const NAMES: u64 = 1;
/// The row of the tags.
const TAGS: u64 = 2;

/// The columns of a file, in its own order.
pub(super) type Layout = Vec<&'static Column>;

/// The columns that a header names.
///
/// # Errors
///
/// Every column that is unknown, unnamed, named twice or missing.
pub(super) fn columns(
    sheet: &'static Sheet,
    file: &str,
    row: &Row,
) -> Result<Layout, Vec<RowProblem>> {
    if let Some(reason) = no_header(row) {
        return Err(vec![RowProblem::of_row(file, NAMES, reason)]);
    }
    let mut problems = Vec::new();
    let mut layout: Layout = Vec::new();
    let mut seen = HashSet::new();
    for (index, name) in row.cells().map(str::trim).enumerate() {
        let problem = |reason: String| RowProblem::of_row(file, NAMES, reason).with_value(name);
        if name.is_empty() {
            let reason = format!("column {} has no name; name it or delete it", index + 1);
            problems.push(RowProblem::of_row(file, NAMES, reason));
        } else if !seen.insert(name) {
            problems.push(problem("two columns have this name".to_owned()));
        } else if let Some(column) = sheet.columns.iter().find(|column| column.name == name) {
            layout.push(column);
        } else {
            let known: Vec<&str> =
                sheet.columns.iter().map(|column| column.name.as_str()).collect();
            let known = known.join(", ");
            problems.push(problem(format!("no such column; {file} may have {known}")));
        }
    }
    problems.extend(
        missing(sheet, &layout)
            .into_iter()
            .map(|name| RowProblem::of_row(file, NAMES, "the column is required").in_column(name)),
    );
    if problems.is_empty() { Ok(layout) } else { Err(problems) }
}

/// Why a row is no header at all, if so.
fn no_header(row: &Row) -> Option<&'static str> {
    let first = row.cells().find(|cell| !cell.trim().is_empty());
    match first {
        None => Some("row 1 must hold the names of the columns"),
        Some(tag) if tag.starts_with('#') => Some(
            "row 1 must hold the names of the columns; these are HXL tags, which belong in row 2",
        ),
        Some(cells) if row.len() == 1 && cells.contains([';', '\t']) => {
            Some("cells must be separated by commas; save the file as CSV UTF-8 (comma delimited)")
        }
        Some(_) => None,
    }
}

/// The columns without which no row can be right. An estimate or a name is there with any of its columns.
fn missing(sheet: &'static Sheet, layout: &Layout) -> Vec<&'static str> {
    let is_there = |wanted: &Column| {
        layout.iter().any(|column| match (column.holds, wanted.holds) {
            (Holds::Field(own, _), Holds::Field(wanted, _)) => own.name == wanted.name,
            _ => column.name == wanted.name,
        })
    };
    let is_needed = |column: &&Column| match column.holds {
        Holds::Code | Holds::Position(_) => true,
        Holds::Id => false,
        Holds::Field(field, _) => field.required,
    };
    let needed = sheet.columns.iter().filter(is_needed).filter(|column| !is_there(column));
    needed.map(|column| column.name.as_str()).collect()
}

/// Checks the tags below the names.
pub(super) fn check_tags(layout: &Layout, file: &str, row: Option<&Row>) -> Vec<RowProblem> {
    let is_tag = |cell: &str| cell.trim().starts_with('#');
    let Some(row) = row.filter(|row| row.number == TAGS && row.cells().any(is_tag)) else {
        let example: Vec<&str> = layout.iter().take(3).map(|column| column.tag.as_str()).collect();
        let reason =
            format!("row 2 must hold the HXL tags of the columns: {}, …", example.join(","));
        return vec![RowProblem::of_row(file, TAGS, reason)];
    };
    let mut problems = Vec::new();
    for (index, cell) in row.cells().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty())
    {
        let problem = |reason: String| RowProblem::of_row(file, TAGS, reason).with_value(cell);
        match layout.get(index) {
            None => problems.push(problem(format!("column {} has no name above it", index + 1))),
            Some(column) if words(cell) != words(&column.tag) => problems
                .push(problem(format!("the tag must be {}", column.tag)).in_column(&column.name)),
            Some(_) => {}
        }
    }
    problems
}

/// The hashtag and the attributes of a tag; HXL gives their order and case no meaning.
fn words(tag: &str) -> BTreeSet<String> {
    let mut words = tag.split('+').map(|word| word.trim().to_ascii_lowercase());
    let hashtag = words.next().unwrap_or_default();
    words.map(|attribute| format!("+{attribute}")).chain([hashtag]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::Rows;
    use super::*;
    use crate::domain::Kind;

    fn row(line: &str, number: u64) -> Row {
        let mut row = Rows::new(line.as_bytes()).next().unwrap().unwrap();
        row.number = number;
        row
    }

    fn header(line: &str) -> Result<Layout, String> {
        columns(Sheet::of(Kind::Area), "areas.csv", &row(line, 1))
            .map_err(|problems| problems[0].to_string())
    }

    #[test]
    fn columns_may_be_missing_and_in_any_order() {
        let layout = header("names_ar, pcode ,code").unwrap();
        let tags = row("#loc +I_AR + name,#loc+v_pcode+code,", 2);
        assert_eq!(check_tags(&layout, "areas.csv", Some(&tags)), []);
    }

    #[test]
    fn an_unknown_column_is_refused_with_the_known_ones() {
        let refusal = header("code,names_en,p_code").unwrap_err();
        assert!(
            refusal.contains("code, id, names_en") && refusal.contains("\"p_code\""),
            "{refusal}"
        );
    }

    #[test]
    fn a_missing_header_is_said() {
        assert!(header("#meta+code,#loc+name+i_en").unwrap_err().contains("belong in row 2"));
        assert!(header(",,").unwrap_err().contains("names of the columns"));
        assert!(header("code;names_en").unwrap_err().contains("commas"));
        assert!(header("code,code,names_en").unwrap_err().contains("two columns"));
        assert!(header("names_en").unwrap_err().contains("column code: the column is required"));
        assert!(header("code").unwrap_err().contains("column names_en: the column is required"));
        assert!(header("code,,names_en").unwrap_err().contains("column 2 has no name"));
    }

    #[test]
    fn tags_that_are_missing_or_belong_to_another_column_are_said() {
        let layout = header("code,names_en").unwrap();
        let check = |line| check_tags(&layout, "areas.csv", Some(&row(line, 2)))[0].to_string();
        assert!(
            check_tags(&layout, "areas.csv", None)[0]
                .to_string()
                .contains("#meta+code,#loc+name+i_en")
        );
        assert!(check("AR-1,Daraya").contains("row 2 must hold"));
        assert!(check("#meta+code,Daraya").contains("must be #loc+name+i_en"));
        assert!(check("#meta+code,#loc+name+i_ar").contains("must be #loc+name+i_en"));
        assert!(check("#meta+code,,#loc").contains("no name above"));
    }
}
