//! What must not be printed by accident: a secret, a position, the body of a record.

use std::fmt;

/// A value that shows nothing of itself in logs, errors and panics, and that no serializer takes.
///
/// ```
/// use passage::domain::Sensitive;
/// let secret = Sensitive::new("open sesame");
/// assert_eq!(format!("{secret} {secret:?}"), "[withheld] [withheld]");
/// assert_eq!(*secret.expose(), "open sesame");
/// ```
///
/// ```compile_fail
/// serde_json::to_string(&passage::domain::Sensitive::new("open sesame")).unwrap();
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Guards a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: every place that looks at it says so by this word.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, for good.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

/// What stands in place of a value.
pub(crate) const WITHHELD: &str = "[withheld]";

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WITHHELD)
    }
}

impl<T> fmt::Display for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WITHHELD)
    }
}

/// Prints a type by name and by those of its fields that may stand in a log.
macro_rules! withheld {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use withheld;
