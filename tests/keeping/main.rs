//! Drills with the program itself: backup under load and the way back, tampering found from outside, purge, wipe,
//! check.
#![cfg(test)]

mod backup;
mod check;
#[path = "../promises/client.rs"]
mod client;
mod demo;
mod hdx;
mod house;
mod purge;
#[path = "../promises/result.rs"]
mod result;
#[path = "../promises/serving.rs"]
mod serving;
mod undo;
mod verify;
mod wipe;
