//! stub
pub mod csv;
