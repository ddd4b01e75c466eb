//! The API as a client meets it: a real server on a free port, a store of its own for each test.
#![cfg(test)]

mod harness;

mod auth;
mod convoy;
mod health;
mod idempotency;
mod incident;
mod pause;
mod record;
