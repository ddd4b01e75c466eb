//! Who may know what: levels of records and fields, roles, and what a reader may see.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use super::choice::choice;
use super::door::{self, Door};
use super::{InvalidValue, OrganisationCode, Pointer, Problems, Shape};

choice! {
    /// Who may see a record; the levels of the OCHA Data Responsibility Guidelines.
    Sensitivity {
        /// Anybody.
        Public = "public",
        /// Those who work with this Passage.
        Internal = "internal",
        /// Named people.
        Confidential = "confidential",
        /// Named people, never by mail.
        StrictlyConfidential = "strictly_confidential",
    }
}

choice! {
    /// What a token or a person is here for; what each may do stands in the policy (`disclose::policy`).
    Role {
        /// Reads what its clearance lets it see.
        Viewer = "viewer",
        /// Writes for its own organisation, and reads that organisation's records above its clearance.
        Partner = "partner",
        /// Posts and corrects records of everybody.
        Coordinator = "coordinator",
        /// Also confirms records and keeps plans.
        Analyst = "analyst",
        /// Also manages people and tokens.
        Admin = "admin",
        /// Reads the ledger and what was exported, and writes nothing.
        Auditor = "auditor",
    }
}

impl Role {
    /// The clearance of a token or a person for whom none is given.
    #[must_use]
    pub const fn usual_clearance(self) -> Sensitivity {
        match self {
            Self::Viewer | Self::Partner | Self::Auditor => Sensitivity::Internal,
            Self::Coordinator | Self::Analyst => Sensitivity::Confidential,
            Self::Admin => Sensitivity::StrictlyConfidential,
        }
    }
}

/// What a reader may see.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clearance {
    /// The highest level.
    pub level: Sensitivity,
    /// The organisation whose own records are seen at every level: that of a partner.
    pub organisation: Option<OrganisationCode>,
}

impl Clearance {
    /// Sees every level.
    pub const ALL: Self = Self::of(Sensitivity::StrictlyConfidential);

    /// Sees up to a level, and nothing of its own above it.
    #[must_use]
    pub const fn of(level: Sensitivity) -> Self {
        Self { level, organisation: None }
    }

    /// May it see what has this level and belongs to this organisation?
    #[must_use]
    pub fn sees(&self, level: Sensitivity, owner: Option<&OrganisationCode>) -> bool {
        level <= self.level || self.owns(owner)
    }

    /// Does the record belong to the organisation of the reader?
    #[must_use]
    pub fn owns(&self, owner: Option<&OrganisationCode>) -> bool {
        self.organisation.is_some() && self.organisation.as_ref() == owner
    }
}

/// That a field of a record is seen by fewer than the rest of it, written `field=level`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldLevel {
    /// The field, as JSON spells it.
    pub field: String,
    /// Who may see it.
    pub level: Sensitivity,
}

impl FromStr for FieldLevel {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let wrong = || {
            let levels = Sensitivity::WORDS.join(", ");
            InvalidValue::new(format!("must be field=level, with one of the levels {levels}"), text)
        };
        let (field, level) = text.split_once('=').ok_or_else(wrong)?;
        let level = level.trim().parse().map_err(|_unknown| wrong())?;
        Ok(Self { field: field.trim().to_owned(), level })
    }
}

impl fmt::Display for FieldLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.field, self.level)
    }
}

impl Serialize for FieldLevel {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Door for FieldLevel {
    const SHAPE: Shape = Shape::Text;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        door::noted(door::text(value, at, problems)?.parse(), at, problems)
    }
}
