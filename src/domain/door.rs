//! The doors of the domain: every value comes in through one, and all that is wrong is said at once.
//!
//! serde stops at the first error; a clerk with a sheet of forty columns needs all of them. So a body is
//! read into JSON first and then walked field by field (`docs/decisions/0003-doors.md`).

use serde_json::Value;

use super::figure::{Figure, within_bounds};
use super::invalid::{InvalidValue, Pointer, Problems};
use super::schema::Shape;

/// A type that JSON can be read into, with every problem noted.
pub trait Door: Sized {
    /// The form of the value, for schemas.
    const SHAPE: Shape;
    /// Must the field be there? Only types that have no word for "unknown" say yes.
    const REQUIRED: bool = true;

    /// Reads a value that is there and is not null.
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self>;

    /// What a missing or null field means.
    fn absent(at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        problems.add(at, "is required");
        None
    }

    /// Is this the value of a missing field? Such fields are not stored.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads a field that may be missing.
    fn enter(value: Option<&Value>, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        match value {
            None | Some(Value::Null) => Self::absent(at, problems),
            Some(value) => Self::open(value, at, problems),
        }
    }
}

impl<T: Door> Door for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        T::open(value, at, problems).map(Some)
    }
    fn absent(_: &Pointer<'_>, _: &mut Problems) -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// How many items a list inside a record may have.
pub(super) const LONGEST_LIST: usize = 2_000;

impl<T: Door> Door for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const REQUIRED: bool = false;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Array(items) = value else {
            problems.add(at, format!("must be a list, got {}", seen(value)));
            return None;
        };
        if items.len() > LONGEST_LIST {
            problems
                .add(at, format!("must have at most {LONGEST_LIST} items, got {}", items.len()));
            return None;
        }
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| T::enter(Some(item), &Pointer::Item(at, index), problems))
            .collect();
        read.into_iter().collect()
    }
    fn absent(_: &Pointer<'_>, _: &mut Problems) -> Option<Self> {
        Some(Self::new())
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Door for f64 {
    const SHAPE: Shape = Shape::Number;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(number) = value.as_f64() else {
            problems.add(at, format!("must be a number, got {}", seen(value)));
            return None;
        };
        noted(within_bounds(number), at, problems)
    }
}

impl Door for u64 {
    const SHAPE: Shape = Shape::Count;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(number) = value.as_u64() else {
            problems.add(at, format!("must be a whole number, zero or more, got {}", seen(value)));
            return None;
        };
        #[expect(clippy::cast_precision_loss, reason = "only compared with a bound far below 2^53")]
        noted(within_bounds(number as f64), at, problems).map(|_| number)
    }
}

impl Door for bool {
    const SHAPE: Shape = Shape::Flag;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let flag = value.as_bool();
        if flag.is_none() {
            problems.add(at, format!("must be true or false, got {}", seen(value)));
        }
        flag
    }
}

impl Door for Figure {
    const SHAPE: Shape = Shape::Figure;
    const REQUIRED: bool = false;

    /// Takes `{low, best, high}` or a bare number, which is the best estimate.
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Object(ends) = value else {
            let best = f64::open(value, at, problems)?;
            return noted(Self::new(None, Some(best), None), at, problems);
        };
        for name in ends.keys().filter(|name| !["low", "best", "high"].contains(&name.as_str())) {
            problems.add(&Pointer::Field(at, name), "unknown field; a figure has low, best, high");
        }
        let mut end =
            |name| Option::<f64>::enter(ends.get(name), &Pointer::Field(at, name), problems);
        let (low, best, high) = (end("low"), end("best"), end("high"));
        noted(Self::new(low?, best?, high?), at, problems)
    }
    fn absent(_: &Pointer<'_>, _: &mut Problems) -> Option<Self> {
        Some(Self::UNKNOWN)
    }
    fn is_absent(&self) -> bool {
        self.is_unknown()
    }
}

/// Notes a refusal at this place.
pub(crate) fn noted<T>(
    checked: Result<T, InvalidValue>,
    at: &Pointer<'_>,
    problems: &mut Problems,
) -> Option<T> {
    checked.map_err(|invalid| problems.add(at, invalid)).ok()
}

/// Reads a text, for doors of types that are written as one.
pub(crate) fn text<'v>(
    value: &'v Value,
    at: &Pointer<'_>,
    problems: &mut Problems,
) -> Option<&'v str> {
    let text = value.as_str();
    if text.is_none() {
        problems.add(at, format!("must be a text, got {}", seen(value)));
    }
    text
}

/// The form of what was sent, in words, with the value where it is short.
pub(super) fn seen(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => format!("{value}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => {
            format!("the text {:?}", InvalidValue::new("", text).value)
        }
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// Defines a part of a record: its struct, its schema and its door, each field said once.
macro_rules! part {
    ($(#[doc = $doc:literal])+ $name:ident $word:literal {
        $($field:ident: $type:ty, $hxl:literal, $about:literal;)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                #[doc = $about]
                #[serde(skip_serializing_if = "crate::domain::Door::is_absent")]
                pub $field: $type,
            )+
        }

        impl $name {
            /// The fields as data.
            pub const SCHEMA: crate::domain::Schema = crate::domain::Schema {
                name: $word,
                doc: concat!($($doc, "\n"),+),
                fields: &[$(crate::domain::Field {
                    name: stringify!($field),
                    hxl: $hxl,
                    doc: $about,
                    shape: <$type as crate::domain::Door>::SHAPE,
                    required: <$type as crate::domain::Door>::REQUIRED,
                }),+],
            };
        }

        impl crate::domain::Door for $name {
            const SHAPE: crate::domain::Shape = crate::domain::Shape::Part(&$name::SCHEMA);

            fn open(
                value: &serde_json::Value,
                at: &crate::domain::Pointer<'_>,
                problems: &mut crate::domain::Problems,
            ) -> Option<Self> {
                let fields = crate::domain::door::fields_of(value, &$name::SCHEMA, at, problems)?;
                $(let $field = <$type as crate::domain::Door>::enter(
                    fields.get(stringify!($field)),
                    &crate::domain::Pointer::Field(at, stringify!($field)),
                    problems,
                );)+
                Some(Self { $($field: $field?),+ })
            }
        }
    };
}
pub(super) use part;

/// The object inside `value`, after noting every field that the schema does not know.
pub(super) fn fields_of<'v>(
    value: &'v Value,
    schema: &super::schema::Schema,
    at: &Pointer<'_>,
    problems: &mut Problems,
) -> Option<&'v serde_json::Map<String, Value>> {
    let Value::Object(fields) = value else {
        problems.add(at, format!("must be an object, got {}", seen(value)));
        return None;
    };
    for name in fields.keys().filter(|name| schema.field(name).is_none()) {
        let known: Vec<&str> = schema.fields.iter().map(|field| field.name).collect();
        problems.add(
            &Pointer::Field(at, name),
            format!("unknown field; {} has {}", schema.name, known.join(", ")),
        );
    }
    Some(fields)
}
