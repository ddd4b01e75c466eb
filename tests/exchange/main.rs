//! Spreadsheets in and out, against a real store: what is refused and how it is said, and that nothing is lost.
#![cfg(test)]

#[path = "../canary/bodies.rs"]
mod bodies;
mod books;
mod boundary;
mod contradiction;
mod extract;
mod feeds;
mod flat;
mod four_w;
mod injection;
mod meant;
mod reported;
#[path = "../promises/result.rs"]
mod result;
mod round_trip;
mod spelling;
mod templates;
mod text_files;
mod unchanged;
mod untold;
mod workbooks;
mod world;
mod wrong;
