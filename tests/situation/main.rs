//! The situation as a whole: however the world came to be what it is, its figures are the same.

#![cfg(test)]

mod merged;
mod patched;
