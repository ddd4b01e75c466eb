//! Who changes records by their codes has not read them before: whether they may is found here.

use super::super::ledger::sees_whole;
use super::super::sealed::may_know;
use super::{Current, Sitting};
use crate::domain::Clearance;
use crate::store::{Basis, Change, StoreResult, Written};

/// Why a record that is seen in part is not changed.
const PARTLY_HIDDEN: &str = "some of this record is withheld from you: who sees it only in part cannot change it, or what is withheld would be lost";

const NOT_YOURS: &str = "a partner changes only what belongs to its own organisation";

impl Sitting<'_> {
    /// May who writes change this record? What is against it is noted: the same as for who posts or puts one record.
    pub(super) fn may_change(
        &mut self,
        index: usize,
        change: &Change,
        current: &Current,
    ) -> StoreResult<bool> {
        let clearance = &self.head.clearance;
        if change.basis != Basis::Code || *clearance == Clearance::ALL {
            return Ok(true);
        }
        let kind = change.draft.kind;
        let own = clearance.organisation.as_ref().map(ToString::to_string);
        let why = if !may_know(self.connection, clearance, kind, &current.code)? {
            format!("there is already a {kind} {}", current.code)
        } else if own.is_some() && own != current.owner {
            NOT_YOURS.to_owned()
        } else if !sees_whole(self.connection, kind, current.version, &mut self.eyes)? {
            PARTLY_HIDDEN.to_owned()
        } else {
            return Ok(true);
        };
        self.refuse(index, "/code".to_owned(), why);
        Ok(false)
    }
}

impl Current {
    /// What is written where it stays as it is.
    pub(super) fn unchanged(&self) -> Written {
        Written { id: self.id, code: self.code.clone(), version: self.version }
    }
}
