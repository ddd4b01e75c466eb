//! To come.
#![cfg(test)]
