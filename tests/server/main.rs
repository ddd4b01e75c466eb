//! The program as a server among strangers: floods, slow clients, certificates, broken disks.
#![cfg(test)]

mod attack;
mod disk;
mod limits;
mod program;
#[path = "../promises/result.rs"]
mod result;
mod tls;
