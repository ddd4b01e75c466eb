//! How tests call a server. They speak TLS by ring, as the program does; the library has none of its own.
//!
//! Other test targets include this file by `#[path = "../promises/client.rs"]`.
#![cfg(test)]

use reqwest::blocking::{Client, ClientBuilder};

/// A caller that is still to be set up.
pub fn client() -> ClientBuilder {
    // Where a test runs the program within itself, the program has chosen the same before.
    let _chosen_before = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
}
