//! Tables as CSV, to the letter of FORMATS.md: UTF-8 without a byte order
//! mark, comma, LF, one header row.

use std::io::Write;

use super::model::{Table, Value};

/// Writes a table.
///
/// # Errors
/// What `out` refuses.
pub fn write_table<W: Write>(table: &Table<'_>, out: W) -> Result<(), csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    for row in table.iter() {
        for value in row {
            match value {
                Value::Empty => writer.write_field("")?,
                Value::Text(text) => writer.write_field(text.as_bytes())?,
                Value::Number(number) => writer.write_field(number)?,
                Value::Day(day) => writer.write_field(day.to_string())?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(())
}
