//! The API as a client meets it: a real server on a free port, a store of its own for each test.
#![cfg(test)]

#[path = "../promises/client.rs"]
mod client;
mod harness;

mod access;
mod alert;
mod attachment;
mod auth;
mod authorisation;
mod bad_input;
mod boundary;
mod calendar;
mod changes;
mod convoy;
mod coverage;
mod export;
#[path = "../store/fixed_mask.rs"]
mod fixed_mask;
#[path = "../exchange/boundary/fixture.rs"]
mod fixture;
mod funnel;
mod gate;
mod hapi;
mod health;
mod idempotency;
mod import;
mod incident;
mod leaks;
mod list;
mod login;
mod lowering;
mod merge;
mod openapi;
mod outlook;
mod pause;
mod pause_windows;
mod people;
mod plan;
mod population;
mod record;
mod report;
#[path = "../promises/result.rs"]
mod result;
mod room;
#[path = "../promises/serving.rs"]
mod serving;
mod set_back;
mod stop;
mod telling;
mod templates;
mod text;
mod throughput;
mod tile;
mod totals;
