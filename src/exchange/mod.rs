//! Records as spreadsheets: CSV files with HXL tags, out and in again without loss; alerts and pauses as feeds.
//!
//! One file per kind (`convoys.csv`), one beside it for each list of parts (`convoys.drops.csv`,
//! `convoys.drops.lines.csv`). What a file looks like follows from the schema of its kind alone
//! ([`sheet`]), so nothing here knows what a convoy is. A file is read row by row; it is never held whole.

mod cell;
mod current;
mod feed;
mod header;
mod intake;
mod parts;
mod plan;
mod problem;
mod reported;
mod rows;
mod sheet;
mod table;
mod xml;

pub mod atom;
pub mod cap;
pub mod csv;
pub mod export;
pub mod hapi;
pub mod ical;
pub mod import;
pub mod told;
