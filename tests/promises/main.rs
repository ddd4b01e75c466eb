//! The promises: what is acknowledged is never lost. `docs/PROMISES.md` shows what was measured.
//!
//! Each promise has a file. It does its CI value by default and its NIGHT value when `make night` asks for it.
#![cfg(test)]
#![expect(clippy::print_stdout, reason = "what was measured is told while a long run goes on")]

mod book;
mod client;
mod clock;
mod delivery;
mod disk;
mod disk_fault;
mod kill;
mod migration;
mod one_etag;
mod page;
mod posters;
mod power;
mod program;
#[path = "../delivery/receiver.rs"]
mod receiver;
mod replay;
mod result;
mod rounds;
mod same_key;
mod serving;
mod simulation;
#[path = "../delivery/smtp.rs"]
mod smtp;
mod soak;
mod stop;
