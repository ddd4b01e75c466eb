//! Who must agree before anything moves: authorities and armed actors, in the words of the UN.

use super::choice::choice;
use super::record::record;
use super::{Names, Text};

choice! {
    /// What kind of party it is.
    PartyRole {
        /// The authorities of the state.
        State = "state",
        /// A non-state armed group or a coalition of them.
        NonStateArmedGroup = "non_state_armed_group",
        /// Another state that takes part or backs a side.
        ThirdState = "third_state",
        /// An international organisation or envoy.
        International = "international",
        /// Local authorities or representatives.
        Local = "local",
        /// Several together, or not told.
        Other = "other",
    }
}

record! {
    /// Who must agree, holds a checkpoint, surrounds an area or announces a pause.
    Party "party" {
        names: Names, "#group+name", "Its names, as the UN writes them.";
        role: Option<PartyRole>, "#group+type", "What kind of party it is.";
        description: Option<Text>, "#group+description", "More about it.";
    }

    const COLUMNS: &'static [&'static str] = &["role"];
    const SUMMARY: &'static [&'static str] = &["names", "role"];
}
