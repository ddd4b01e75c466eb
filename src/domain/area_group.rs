//! A named set of areas that sources speak of as one.

use super::record::record;
use super::{AreaCode, Names, Text};

record! {
    /// A named set of areas that sources speak of as one. A figure for it is never split over its areas.
    AreaGroup "area_group" {
        names: Names, "#loc+name", "Its names.";
        areas: Vec<AreaCode>, "#loc+code+list", "The areas in it; none where the source names none.";
        definition: Option<Text>, "#loc+description", "What belongs to it.";
    }

    const SUMMARY: &'static [&'static str] = &["names"];
}
