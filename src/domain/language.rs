//! The languages that people are told things in.

use super::choice::choice;

choice! {
    /// A language that reports, alerts and feeds are written in.
    Language {
        /// English.
        En = "en",
        /// Arabic, from right to left.
        Ar = "ar",
        /// French.
        Fr = "fr",
    }
}

impl Language {
    /// Is it written from right to left?
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Ar)
    }
}
