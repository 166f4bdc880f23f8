//! The columns of a Parquet file: what their types mean, and each value as the
//! text that a CSV would have in its place, exact to the last digit.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, TimeDelta};
use num_bigint::{BigInt, Sign};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::ColumnDescriptor;

use super::super::workbook::float_text;

/// Digits that a number may have; more of them are cut off where they are
/// zeros behind the point.
const MAX_DIGITS: usize = 28;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Millis,
    Micros,
    Nanos,
}

impl Unit {
    /// How many there are in a second.
    fn per_second(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Millis => 1_000,
            Self::Micros => 1_000_000,
            Self::Nanos => 1_000_000_000,
        }
    }
}

impl From<&TimeUnit> for Unit {
    fn from(unit: &TimeUnit) -> Self {
        match unit {
            TimeUnit::MILLIS => Self::Millis,
            TimeUnit::MICROS => Self::Micros,
            TimeUnit::NANOS => Self::Nanos,
        }
    }
}

/// Whether a moment is one of UTC or of wherever it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Utc,
    Local,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Truth,
    Whole,
    /// A whole number whose first bit is no sign.
    Unsigned,
    /// So many digits stand behind the point.
    Decimal(usize),
    Float,
    Day,
    Moment(Unit, Clock),
    /// A moment as Impala and Spark wrote it: a day and nanoseconds.
    OldMoment,
    /// A time of day, or a span of time: a duration.
    Span(Unit),
    /// Months, days and milliseconds.
    Interval,
    Uuid,
    Text,
}

impl Kind {
    /// The kind of a column; `span` is what the Arrow schema says of it. An
    /// error: what else it is.
    pub(super) fn of(column: &ColumnDescriptor, span: Option<Unit>) -> Result<Self, String> {
        let logical = column.logical_type_ref();
        if matches!(logical, Some(LogicalType::Decimal(_)))
            || logical.is_none() && column.converted_type() == ConvertedType::DECIMAL
        {
            let scale = usize::try_from(column.type_scale());
            return scale.map(Self::Decimal).map_err(|_| "has a negative scale".to_owned());
        }
        let physical = column.physical_type();
        Ok(match (physical, logical) {
            (Type::BOOLEAN, _) => Self::Truth,
            (Type::INT32, Some(LogicalType::Date)) => Self::Day,
            (Type::INT32 | Type::INT64, Some(LogicalType::Time(time))) => {
                Self::Span(Unit::from(&time.unit))
            }
            (Type::INT64, Some(LogicalType::Timestamp(time))) => {
                let clock = if time.is_adjusted_to_u_t_c { Clock::Utc } else { Clock::Local };
                Self::Moment(Unit::from(&time.unit), clock)
            }
            (Type::INT32 | Type::INT64, Some(LogicalType::Integer(number))) => {
                if number.is_signed {
                    Self::Whole
                } else {
                    Self::Unsigned
                }
            }
            (Type::INT32 | Type::INT64, None) => Self::of_bare(column.converted_type(), span),
            // A column of nothing but nulls.
            (Type::INT32 | Type::INT64, Some(LogicalType::Unknown)) => Self::Whole,
            (Type::INT96, _) => Self::OldMoment,
            (Type::FLOAT | Type::DOUBLE, _) => Self::Float,
            (
                Type::BYTE_ARRAY,
                None
                | Some(
                    LogicalType::String
                    | LogicalType::Enum
                    | LogicalType::Json
                    | LogicalType::Unknown,
                ),
            ) if column.converted_type() != ConvertedType::BSON => Self::Text,
            (Type::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Uuid)) => Self::Uuid,
            (Type::FIXED_LEN_BYTE_ARRAY, None)
                if column.converted_type() == ConvertedType::INTERVAL =>
            {
                Self::Interval
            }
            (_, Some(LogicalType::Float16)) => return Err("holds half-precision floats".to_owned()),
            _ => return Err("holds bytes that are no text".to_owned()),
        })
    }

    /// Of an integer whose type only the older annotation tells, or the Arrow
    /// schema, or nothing.
    fn of_bare(converted: ConvertedType, span: Option<Unit>) -> Self {
        match converted {
            ConvertedType::DATE => Self::Day,
            ConvertedType::TIME_MILLIS => Self::Span(Unit::Millis),
            ConvertedType::TIME_MICROS => Self::Span(Unit::Micros),
            // The older annotation is of UTC by definition.
            ConvertedType::TIMESTAMP_MILLIS => Self::Moment(Unit::Millis, Clock::Utc),
            ConvertedType::TIMESTAMP_MICROS => Self::Moment(Unit::Micros, Clock::Utc),
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Self::Unsigned,
            _ => span.map_or(Self::Whole, Self::Span),
        }
    }

    fn push_whole(self, value: i64, text: &mut String) {
        // Writing to a String does not fail.
        let _ = match self {
            Self::Decimal(scale) => {
                push_decimal(value < 0, &value.unsigned_abs().to_string(), scale, text);
                Ok(())
            }
            Self::Day => {
                let day = TimeDelta::try_days(value);
                let day = day.and_then(|day| NaiveDate::default().checked_add_signed(day));
                match day {
                    Some(day) => write!(text, "{day}"),
                    None => text.write_str(OUT_OF_RANGE),
                }
            }
            Self::Moment(unit, clock) => {
                push_moment(i128::from(value), unit.per_second(), clock, text);
                Ok(())
            }
            Self::Span(unit) => {
                push_span(i128::from(value), unit.per_second(), text);
                Ok(())
            }
            _ => write!(text, "{value}"),
        };
    }

    fn push_bytes(self, bytes: &[u8], text: &mut String) -> Result<(), Problem> {
        match self {
            Self::Decimal(scale) => {
                if bytes.is_empty() {
                    return Err(Problem::Damaged);
                }
                let number = BigInt::from_signed_bytes_be(bytes);
                let negative = number.sign() == Sign::Minus;
                push_decimal(negative, &number.magnitude().to_string(), scale, text);
            }
            Self::Interval => {
                let part = |at: usize| bytes.get(at..)?.first_chunk().copied();
                let part = |at| part(at).map(|part| i128::from(u32::from_le_bytes(part)));
                let (Some(months), Some(days), Some(millis)) = (part(0), part(4), part(8)) else {
                    return Err(Problem::Damaged);
                };
                if months == 0 {
                    push_span(days * 86_400_000 + millis, 1000, text);
                } else {
                    // No number of hours: whoever reads it refuses it.
                    let _ = write!(text, "{months} months");
                }
            }
            Self::Uuid => {
                for (at, byte) in bytes.iter().enumerate() {
                    let dash = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
                    let _ = write!(text, "{dash}{byte:02x}");
                }
            }
            _ => text.push_str(std::str::from_utf8(bytes).map_err(|_| Problem::NoText)?),
        }
        Ok(())
    }
}

const OUT_OF_RANGE: &str = "a date out of range";

/// Days before 1970-01-01 of the Julian day 0.
const JULIAN_EPOCH: i128 = 2_440_588;

fn push_decimal(negative: bool, digits: &str, scale: usize, text: &mut String) {
    if negative {
        text.push('-');
    }
    let (whole, decimals) = digits.split_at(digits.len().saturating_sub(scale));
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if scale == 0 {
        return;
    }
    let zeros = scale - decimals.len();
    let kept =
        if whole.len() + scale > MAX_DIGITS { decimals.trim_end_matches('0') } else { decimals };
    if kept.is_empty() && whole.len() + scale > MAX_DIGITS {
        return;
    }
    text.push('.');
    text.extend(std::iter::repeat_n('0', zeros));
    text.push_str(kept);
}

/// A day, and a time where there is one. A moment of UTC says so.
fn push_moment(value: i128, per_second: i64, clock: Clock, text: &mut String) {
    let per_second = i128::from(per_second);
    let nanos = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
    let moment = i64::try_from(value.div_euclid(per_second)).ok().and_then(|seconds| {
        DateTime::from_timestamp(seconds, u32::try_from(nanos).unwrap_or_default())
    });
    let Some(moment) = moment.map(|moment| moment.naive_utc()) else {
        text.push_str(OUT_OF_RANGE);
        return;
    };
    let _ = match clock {
        Clock::Utc => write!(text, "{}Z", moment.format("%Y-%m-%dT%H:%M:%S%.f")),
        Clock::Local if moment.time() == chrono::NaiveTime::MIN => {
            write!(text, "{}", moment.date())
        }
        Clock::Local => write!(text, "{}", moment.format("%Y-%m-%d %H:%M:%S%.f")),
    };
}

/// Hours, minutes and seconds; what is left of a second stands behind a point,
/// so that nothing is rounded.
fn push_span(value: i128, per_second: i64, text: &mut String) {
    let sign = if value < 0 { "-" } else { "" };
    let per_second = u128::try_from(per_second).unwrap_or(1);
    let (seconds, rest) = (value.unsigned_abs() / per_second, value.unsigned_abs() % per_second);
    let _ = write!(text, "{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest > 0 {
        let nanos = rest * (1_000_000_000 / per_second);
        let _ = write!(text, ".{nanos:09}");
    }
}

/// Why a value has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    Damaged,
    NoText,
}

/// A column of a row group, from its first record to its last.
pub(super) trait Column {
    /// Decodes the next so many records.
    fn fill(&mut self, records: u64) -> Result<(), ParquetError>;
    /// Adds the text of the next of them; nothing for a null.
    fn next(&mut self, text: &mut String) -> Result<(), Problem>;
    /// Whether its values are no texts.
    fn is_typed(&self) -> bool;
}

/// Opens a column of a row group.
pub(super) fn open(
    group: &dyn RowGroupReader,
    leaf: usize,
    kind: Kind,
) -> Result<Box<dyn Column>, ParquetError> {
    let reader = group.get_column_reader(leaf)?;
    let nullable = group.metadata().column(leaf).column_descr().max_def_level() > 0;
    Ok(match reader {
        ColumnReader::BoolColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |v, _, t| {
                t.push_str(if *v { "True" } else { "False" });
                Ok(())
            })
        }
        ColumnReader::Int32ColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value, kind, text| {
                let whole = match kind {
                    Kind::Unsigned => i64::from(value.cast_unsigned()),
                    _ => i64::from(*value),
                };
                kind.push_whole(whole, text);
                Ok(())
            })
        }
        ColumnReader::Int64ColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value, kind, text| {
                if kind == Kind::Unsigned {
                    let _ = write!(text, "{}", value.cast_unsigned());
                } else {
                    kind.push_whole(*value, text);
                }
                Ok(())
            })
        }
        ColumnReader::Int96ColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value, _, text| {
                push_old_moment(value, text);
                Ok(())
            })
        }
        ColumnReader::FloatColumnReader(reader) => {
            // The shortest text that is this float, as a CSV has it.
            Typed::boxed(reader, nullable, kind, |value, _, text| {
                let _ = write!(text, "{value}");
                Ok(())
            })
        }
        ColumnReader::DoubleColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value, _, text| {
                text.push_str(&float_text(*value));
                Ok(())
            })
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value: &ByteArray, kind, text| {
                kind.push_bytes(value.data(), text)
            })
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            Typed::boxed(reader, nullable, kind, |value, kind, text| {
                kind.push_bytes(value.data(), text)
            })
        }
    })
}

fn push_old_moment(value: &Int96, text: &mut String) {
    let [low, high, day] = value.data() else { return };
    let nanos = i128::from(u64::from(*high) << 32 | u64::from(*low));
    let days = i128::from(*day) - JULIAN_EPOCH;
    push_moment(days * 86_400_000_000_000 + nanos, 1_000_000_000, Clock::Local, text);
}

type Push<V> = fn(&V, Kind, &mut String) -> Result<(), Problem>;

struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    kind: Kind,
    push: Push<T::T>,
    nullable: bool,
    /// Of each record, whether it has a value: 1, or 0.
    levels: Vec<i16>,
    values: Vec<T::T>,
    next_level: usize,
    next_value: usize,
}

impl<T: DataType + 'static> Typed<T> {
    fn boxed(
        reader: ColumnReaderImpl<T>,
        nullable: bool,
        kind: Kind,
        push: Push<T::T>,
    ) -> Box<dyn Column> {
        let (levels, values) = (Vec::new(), Vec::new());
        Box::new(Self {
            reader,
            kind,
            push,
            nullable,
            levels,
            values,
            next_level: 0,
            next_value: 0,
        })
    }
}

impl<T: DataType> Column for Typed<T> {
    fn fill(&mut self, records: u64) -> Result<(), ParquetError> {
        self.levels.clear();
        self.values.clear();
        (self.next_level, self.next_value) = (0, 0);
        let wanted = usize::try_from(records).unwrap_or(usize::MAX);
        let (read, _, _) =
            self.reader.read_records(wanted, Some(&mut self.levels), None, &mut self.values)?;
        if read == wanted {
            return Ok(());
        }
        Err(ParquetError::EOF("a column has fewer records than announced".to_owned()))
    }

    fn next(&mut self, text: &mut String) -> Result<(), Problem> {
        if self.nullable {
            let level = self.levels.get(self.next_level).ok_or(Problem::Damaged)?;
            self.next_level += 1;
            if *level == 0 {
                return Ok(());
            }
        }
        let value = self.values.get(self.next_value).ok_or(Problem::Damaged)?;
        self.next_value += 1;
        (self.push)(value, self.kind, text)
    }

    fn is_typed(&self) -> bool {
        self.kind != Kind::Text
    }
}
