//! Words from a closed list: an enum, its spelling everywhere, and a refusal that names the known ones.

/// Defines an enum whose values are the words of the field.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $about:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $($(#[doc = $about])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every word, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word as it is written everywhere.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::domain::InvalidValue;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::domain::InvalidValue::new(
                        format!("must be one of {}", Self::WORDS.join(", ")), word)),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word: String = serde::Deserialize::deserialize(from)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }

        impl crate::domain::Door for $name {
            const SHAPE: crate::domain::Shape = crate::domain::Shape::Choice(Self::WORDS);
            fn open(
                value: &serde_json::Value,
                at: &crate::domain::Pointer<'_>,
                problems: &mut crate::domain::Problems,
            ) -> Option<Self> {
                let word = crate::domain::door::text(value, at, problems)?;
                crate::domain::door::noted(word.parse(), at, problems)
            }
        }
    };
}
pub(crate) use choice;
