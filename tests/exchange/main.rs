//! CSV in and out, against a real store: what is refused and how it is said, and that nothing is lost.
#![cfg(test)]

#[path = "../canary/bodies.rs"]
mod bodies;
mod boundary;
mod extract;
mod feeds;
mod injection;
mod reported;
#[path = "../promises/result.rs"]
mod result;
mod round_trip;
mod unchanged;
mod world;
mod wrong;
