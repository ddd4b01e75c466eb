//! The read model.
pub mod table;
