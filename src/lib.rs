//! Passage: who is cut off, what got through, how long it lasts, what to do next.
//!
//! The rooms, in the order to read them. A room uses only those above it (`tests/architecture.rs`).

pub mod domain;

pub mod matching;

pub mod tongue;

pub mod assess;

pub mod disclose;

pub mod store;

pub mod atlas;

pub mod clock;
pub mod config;
pub mod folder;
pub mod keys;
pub mod pulse;
pub mod store_key;
pub mod telemetry;

pub mod situation;

pub mod exchange;
pub mod report;

pub mod people;
pub mod token;

pub mod app;
pub mod keeping;

pub mod jobs;

pub mod api;
pub mod web;

#[cfg(feature = "mcp")]
pub mod mcp;

pub mod cli;
