//! An extract as Parquet: typed columns that analysts read without guessing, with its definitions inside.
//!
//! Only the writer of the library is used, without Arrow. A group of rows is held at a time, so that memory stays flat.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{
    SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter,
};
use parquet::schema::types::{Type, TypePtr};
use serde_json::json;

use super::{Cell, Column, Holds, Rows};
use crate::domain::Moment;

/// How many rows are held until they are written.
const GROUP_ROWS: usize = 10_000;
/// How many bytes of words are held until they are written.
const GROUP_BYTES: usize = 8 << 20;

/// Writes rows, a group at a time.
pub struct ParquetRows<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Held>,
    rows: usize,
    bytes: usize,
}

impl<W: Write + Send> std::fmt::Debug for ParquetRows<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetRows").field("rows", &self.rows).finish_non_exhaustive()
    }
}

/// The cells of a column that wait: the values, and for each row whether there is one.
struct Held {
    holds: Holds,
    cells: Vec<Cell>,
}

impl<W: Write + Send> ParquetRows<W> {
    /// Begins a file. `notes` are kept in it by name, beside the tags, units and definitions of the columns.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn begin(out: W, columns: &[Column], notes: &[(&str, String)]) -> io::Result<Self> {
        let notes =
            notes.iter().map(|(name, text)| KeyValue::new((*name).to_owned(), text.clone()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("Passage".to_owned())
            .set_key_value_metadata(Some(notes.chain([defined(columns)]).collect()))
            .build();
        let file =
            SerializedFileWriter::new(out, schema(columns).map_err(failed)?, Arc::new(properties));
        let held = |column: &Column| Held { holds: column.holds, cells: Vec::new() };
        let columns = columns.iter().map(held).collect();
        Ok(Self { file: file.map_err(failed)?, columns, rows: 0, bytes: 0 })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            column.write(&mut group)?;
            column.cells.clear();
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl<W: Write + Send> Rows for ParquetRows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            if let Cell::Text(text) = cell {
                self.bytes += text.len();
            }
            column.cells.push(cell.clone());
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.write_group().map_err(failed)?;
        }
        self.file.finish().map(|_about| ()).map_err(failed)
    }
}

impl Held {
    fn write<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let missing = || ParquetError::General("fewer columns than were begun".to_owned());
        let mut column = group.next_column()?.ok_or_else(missing)?;
        match self.holds {
            Holds::Text => self.put::<ByteArrayType>(&mut column, |cell| {
                cell.unmarked().map(|text| ByteArray::from(text.as_ref()))
            })?,
            Holds::Number => self.put::<DoubleType>(&mut column, number)?,
            #[expect(clippy::cast_possible_truncation, reason = "counts stay far below 2^53")]
            Holds::Whole => {
                self.put::<Int64Type>(&mut column, |cell| number(cell).map(|n| n.round() as i64))?;
            }
            Holds::Flag => self.put::<BoolType>(&mut column, |cell| match cell {
                Cell::Flag(yes) => Some(*yes),
                _ => None,
            })?,
            Holds::Moment => self.put::<Int64Type>(&mut column, |cell| {
                moment(cell).map(|moment| moment.start().timestamp_millis())
            })?,
            Holds::Day => self.put::<Int32Type>(&mut column, |cell| moment(cell).and_then(day))?,
        }
        column.close()
    }

    /// Writes the values there are, and where there is none.
    fn put<T: DataType>(
        &self,
        column: &mut SerializedColumnWriter<'_>,
        value: impl Fn(&Cell) -> Option<T::T>,
    ) -> Result<(), ParquetError> {
        let values: Vec<Option<T::T>> = self.cells.iter().map(value).collect();
        let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
        let values: Vec<T::T> = values.into_iter().flatten().collect();
        column.typed::<T>().write_batch(&values, Some(&levels), None).map(|_count| ())
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

fn moment(cell: &Cell) -> Option<Moment> {
    match cell {
        Cell::Moment(moment) => Some(*moment),
        _ => None,
    }
}

/// Days since 1970, as the form counts them.
fn day(moment: Moment) -> Option<i32> {
    let days = (moment.date() - chrono::NaiveDate::default()).num_days();
    i32::try_from(days).ok()
}

/// Every column may be empty; none is nested.
fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(|column| {
        let (physical, logical) = match column.holds {
            Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Number => (Physical::DOUBLE, None),
            Holds::Whole => (Physical::INT64, None),
            Holds::Flag => (Physical::BOOLEAN, None),
            Holds::Moment => (Physical::INT64, Some(timestamp())),
            Holds::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        Ok(Arc::new(field))
    });
    let fields = fields.collect::<Result<Vec<_>, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder("passage").with_fields(fields).build()?))
}

/// Milliseconds since 1970, UTC.
fn timestamp() -> LogicalType {
    LogicalType::timestamp(true, TimeUnit::MILLIS)
}

/// The tags, units and definitions of the columns, as JSON by name.
fn defined(columns: &[Column]) -> KeyValue {
    let about = |column: &Column| {
        let about = json!({ "hxl": column.tag, "unit": column.unit, "definition": column.about });
        (column.name.clone().into_owned(), about)
    };
    let columns: serde_json::Map<String, serde_json::Value> = columns.iter().map(about).collect();
    KeyValue::new("passage.columns".to_owned(), serde_json::Value::Object(columns).to_string())
}

fn failed(fault: ParquetError) -> io::Error {
    match fault {
        ParquetError::External(inner) => io::Error::other(inner),
        other => io::Error::other(other),
    }
}
