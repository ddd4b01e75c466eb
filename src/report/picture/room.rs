//! How much room a picture has: a page or a screen, or a telephone.

/// For what a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A screen or paper.
    Wide,
    /// A telephone, or a letter, which may be read on one: what stands side by side elsewhere stands below.
    Narrow,
}

impl Room {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// The width of a drawing, pixels; its letters keep their size.
    #[must_use]
    pub const fn width(self) -> f64 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 340.0,
        }
    }

    /// The names of a picture: two drawings of one page have each its own ids.
    pub(super) const fn name(self, wide: &'static str, narrow: &'static str) -> &'static str {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}
