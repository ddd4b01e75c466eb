//! Records as spreadsheets: CSV files with HXL tags, out and in again without loss; boundaries in; alerts and pauses
//! as feeds.
//!
//! One file per kind (`convoys.csv`), one beside it for each list of parts (`convoys.drops.csv`,
//! `convoys.drops.lines.csv`). What a file looks like follows from the schema of its kind alone
//! ([`sheet`]), so nothing here knows what a convoy is. A file is read row by row; it is never held whole.

mod asked;
mod asking;
mod book;
mod cell;
mod current;
mod dialect;
mod feed;
mod four_w;
mod head;
mod header;
mod input;
mod intake;
mod label;
mod meant;
mod number;
mod outcome;
mod parts;
mod plan;
mod problem;
mod recognise;
mod reported;
mod row;
mod rows;
mod seen;
mod sheet;
mod sheets;
mod table;
mod tag;
mod target;
mod twice;
mod untold;
mod xml;

pub mod atom;
pub mod attached;
pub mod boundary;
pub mod cap;
pub mod export;
pub mod extract;
pub mod hapi;
pub mod hdx;
pub mod ical;
pub mod import;
pub mod template;
pub mod told;
