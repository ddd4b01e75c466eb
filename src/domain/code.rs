//! Codes: the short stable names that spreadsheets match on, one type for each kind of record.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use super::door::{self, Door};
use super::invalid::{InvalidValue, Pointer, Problems};
use super::schema::Shape;

/// The code of a record: 1 to 80 letters (of any script), digits and `- _ . : / + '`, unique in its kind, never changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = InvalidValue;

    fn from_str(code: &str) -> Result<Self, InvalidValue> {
        const LONGEST: usize = 80;
        let legal = |c: char| c.is_alphanumeric() || "-_.:+'".contains(c);
        if code.is_empty() || code.chars().count() > LONGEST || !code.chars().all(legal) {
            return Err(InvalidValue::new(
                "must be a code of 1 to 80 letters, digits and - _ . : + '",
                format!("{code:?}"),
            ));
        }
        // An address takes dots for a folder and what reads like an id for one: such a record could not be reached.
        if [".", ".."].contains(&code) || code.parse::<uuid::Uuid>().is_ok() {
            return Err(InvalidValue::new("must be a code that is no path and no id", code));
        }
        Ok(Self(code.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Door for Code {
    const SHAPE: Shape = Shape::Text;
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        door::noted(door::text(value, at, problems)?.parse(), at, problems)
    }
}

/// Defines the code type of one kind of record.
macro_rules! codes {
    ($($name:ident $kind:literal,)+) => {$(
        #[doc = concat!("The code of a record of kind `", $kind, "`.")]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Code);

        impl $name {
            /// The code as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $name {
            type Err = InvalidValue;
            fn from_str(code: &str) -> Result<Self, InvalidValue> {
                code.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Door for $name {
            const SHAPE: Shape = Shape::Code($kind);
            fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
                Code::open(value, at, problems).map(Self)
            }
        }
    )+};
}

codes! {
    SourceCode "source",
    OrganisationCode "organisation",
    PartyCode "party",
    AreaCode "area",
    AreaGroupCode "area_group",
    FacilityCode "facility",
    ConvoyCode "convoy",
    PauseCode "pause",
    IncidentCode "incident",
    LogisticsCode "logistics",
    RecipientCode "recipient",
}
