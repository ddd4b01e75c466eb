//! What a situation report says, how it looks, and that it is made once.
#![cfg(test)]

#[path = "../canary/bodies.rs"]
mod bodies;
mod languages;
mod late;
mod levels;
mod made;
mod markup;
mod narrow;
mod notices;
mod outlook;
mod pages;
mod pictures;
mod replay;
#[path = "../promises/result.rs"]
mod result;
mod says;
mod since;
mod skipped;
mod times;
mod workbook;
mod world;
