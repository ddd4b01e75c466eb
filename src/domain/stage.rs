//! The life of a convoy: its stages, and which may follow which.

use super::choice::choice;

choice! {
    /// Where a convoy is in its life.
    Stage {
        /// Somebody means to send it.
        Planned = "planned",
        /// The authorities were asked.
        Requested = "requested",
        /// They said yes.
        Approved = "approved",
        /// They said no.
        Denied = "denied",
        /// The goods are on the trucks.
        Loaded = "loaded",
        /// It set out.
        Departed = "departed",
        /// It stands at a checkpoint.
        AtCheckpoint = "at_checkpoint",
        /// It is inside.
        Entered = "entered",
        /// The goods are off the trucks.
        Offloaded = "offloaded",
        /// Handed over; nothing more to come.
        Completed = "completed",
        /// Put off.
        Postponed = "postponed",
        /// Given up.
        Cancelled = "cancelled",
        /// Sent back.
        TurnedBack = "turned_back",
        /// Attacked on the way.
        Attacked = "attacked",
        /// Looted on the way.
        Looted = "looted",
        /// It will not arrive; what was on it is lost or gone.
        ClosedWithLoss = "closed_with_loss",
    }
}

impl Stage {
    /// Which stages may follow this one.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::domain::Stage;
    /// assert!(Stage::Denied.next().contains(&Stage::Approved));
    /// assert!(!Stage::Planned.next().contains(&Stage::Completed));
    /// ```
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use Stage::{
            Approved, AtCheckpoint, Attacked, Cancelled, ClosedWithLoss, Completed, Denied,
            Departed, Entered, Loaded, Looted, Offloaded, Planned, Postponed, Requested,
            TurnedBack,
        };
        match self {
            Planned => &[Requested, Approved, Denied, Postponed, Cancelled, TurnedBack],
            Requested => &[Approved, Denied, Postponed, Cancelled, TurnedBack],
            Approved => &[Loaded, Denied, Postponed, Cancelled, TurnedBack],
            Denied => &[Approved, Cancelled],
            Loaded => &[Departed, Attacked, Looted, Postponed, Cancelled, TurnedBack],
            Departed => {
                &[AtCheckpoint, Entered, Attacked, Looted, Postponed, Cancelled, TurnedBack]
            }
            AtCheckpoint => {
                &[Departed, Entered, Attacked, Looted, Postponed, Cancelled, TurnedBack]
            }
            Entered => {
                &[Offloaded, Attacked, Looted, Postponed, Cancelled, TurnedBack, ClosedWithLoss]
            }
            Offloaded => &[Completed, Attacked, Looted, ClosedWithLoss],
            Postponed => &[Planned, Cancelled],
            Attacked | Looted => &[
                Departed,
                Entered,
                Offloaded,
                TurnedBack,
                ClosedWithLoss,
                Attacked,
                Looted,
                Cancelled,
            ],
            TurnedBack => &[Planned, Requested, Approved, Cancelled, ClosedWithLoss],
            Completed | Cancelled | ClosedWithLoss => &[],
        }
    }

    /// Did the goods come off the trucks where they were meant to?
    #[must_use]
    pub const fn has_arrived(self) -> bool {
        matches!(self, Self::Offloaded | Self::Completed)
    }

    /// Has it ended, one way or the other?
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::ClosedWithLoss)
    }

    /// Did somebody let it go?
    #[must_use]
    pub const fn was_allowed(self) -> bool {
        matches!(
            self,
            Self::Approved
                | Self::Loaded
                | Self::Departed
                | Self::AtCheckpoint
                | Self::Entered
                | Self::Offloaded
                | Self::Completed
        )
    }

    /// Did somebody stop it?
    #[must_use]
    pub const fn was_refused(self) -> bool {
        matches!(self, Self::Denied | Self::TurnedBack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_convoy_that_arrived_is_not_turned_back() {
        assert!(!Stage::Offloaded.next().contains(&Stage::TurnedBack));
        assert!(Stage::Completed.next().is_empty());
    }

    #[test]
    fn an_attack_can_follow_every_stage_from_loaded_to_offloaded() {
        let carrying =
            [Stage::Loaded, Stage::Departed, Stage::AtCheckpoint, Stage::Entered, Stage::Offloaded];
        for stage in carrying {
            assert!(stage.next().contains(&Stage::Attacked), "{stage}");
            assert!(stage.next().contains(&Stage::Looted), "{stage}");
        }
    }

    #[test]
    fn every_stage_before_offloaded_can_be_cancelled() {
        for stage in Stage::ALL.iter().filter(|s| !s.has_arrived() && !s.is_over()) {
            assert!(stage.next().contains(&Stage::Cancelled), "{stage}");
        }
    }
}
