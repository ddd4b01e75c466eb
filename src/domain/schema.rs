//! What a record is made of, as data: from it come the doors, CSV columns, HXL tags and `OpenAPI` schemas.

/// The fields of a record or of a part of one, in the order they are written.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// The word for it, singular, e.g. `drop`.
    pub name: &'static str,
    /// One sentence on what it is.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in JSON, SQL, CSV and URLs.
    pub name: &'static str,
    /// The HXL hashtag of its CSV column.
    pub hxl: &'static str,
    /// What it holds, with its unit.
    pub doc: &'static str,
    /// The form of its value.
    pub shape: Shape,
    /// Must it be there?
    pub required: bool,
}

/// The form of a field's value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Free text.
    Text,
    /// The code of a record of this kind.
    Code(&'static str),
    /// A number, zero or more; it may have a fraction.
    Number,
    /// A whole number, zero or more.
    Count,
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A date or an instant.
    Moment,
    /// An estimate `{low, best, high}`.
    Figure,
    /// A name in several languages.
    Names,
    /// A point `{lon, lat}`.
    Place,
    /// A `GeoJSON` polygon.
    Outline,
    /// Several of the same form.
    List(&'static Shape),
    /// A part with fields of its own.
    Part(&'static Schema),
}

impl Schema {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
