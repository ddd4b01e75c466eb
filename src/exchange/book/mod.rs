//! Workbooks (.xlsx): what a file is, whether it can be read without harm, and its sheets as rows.
//!
//! A workbook is read once. First the guard looks at the whole of what will be read ([`guard`]), then `calamine`
//! reads cell by cell, and the rows are laid down in a file without a name ([`spool`]).

mod format;
mod guard;
mod inflate;
pub(super) mod merged;
mod read;
mod scan;
mod serial;
pub(super) mod spool;

pub(super) use format::{Format, format_of};
pub(super) use read::{Book, read};
