//! What programs may rely on: the shape of each JSON output, from the types
//! that write it, and the columns of each CSV output, from the tables that do.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::explanation::EXPLAINED;
use super::meanings::meaning;
use super::model::{Column, ColumnKind, DELIVERED, EXCEPTIONS, HISTORY, UNMATCHED, UPSELL};
use super::tables::{
    BOTH_IDS, CUSTOMERS, GIVEN_AWAY, IDLE, INVOICING, LATE, NEAR, WITHOUT_CONTRACT,
};

/// The JSON Schema of what a type is written as.
#[must_use]
pub fn json_schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The columns of a CSV output, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableSchema {
    /// The table's name: `delivered`.
    #[serde(skip)]
    pub table: &'static str,
    columns: Vec<ColumnSchema>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ColumnSchema {
    name: &'static str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    meaning: &'static str,
}

impl TableSchema {
    /// Of a table. A column without a meaning is left without one, which a
    /// test does not let pass.
    #[must_use]
    pub fn new(table: &'static str, columns: &'static [Column]) -> Self {
        let has = |name: &str| columns.iter().any(|column| column.name == name);
        let described = columns.iter().map(|column| ColumnSchema {
            name: column.name,
            r#type: type_name(column.kind),
            unit: unit(table, column, &has),
            meaning: meaning(table, column.name).unwrap_or_default(),
        });
        Self { table, columns: described.collect() }
    }

    /// Its columns' names that have no meaning.
    #[must_use]
    pub fn without_meaning(&self) -> Vec<&'static str> {
        let blank = self.columns.iter().filter(|column| column.meaning.is_empty());
        blank.map(|column| column.name).collect()
    }
}

/// How a cell is written.
fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Quantity | ColumnKind::Money | ColumnKind::Share | ColumnKind::Hours => {
            "decimal"
        }
        ColumnKind::Count => "integer",
        ColumnKind::Day => "date",
    }
}

/// What a number counts, or the column that says so.
fn unit(table: &str, column: &Column, has: &impl Fn(&str) -> bool) -> Option<&'static str> {
    match (table, column.name, column.kind) {
        ("late", "remaining", _) => Some("as in remaining_unit"),
        ("orders_draft", "order_line/product_uom_qty", _) => Some("as in order_line/product_uom"),
        (_, _, ColumnKind::Quantity) if has("unit") => Some("as in unit"),
        (_, _, ColumnKind::Money) if has("currency") => Some("as in currency"),
        (_, _, ColumnKind::Hours) => Some("hours"),
        (_, _, ColumnKind::Share) => Some("share of 1"),
        _ => None,
    }
}

/// The columns of every table of a run and of `explain`. Those whose names
/// depend on the ERP's version are as they are for the one that counts unless
/// another is configured.
#[must_use]
pub fn table_schemas() -> Vec<TableSchema> {
    let [opportunities, updates, drafts] =
        super::crm::columns(crate::reconcile::OdooVersion::default());
    [
        ("delivered", DELIVERED),
        ("upsell", UPSELL),
        ("near", NEAR),
        ("idle", IDLE),
        ("customers", CUSTOMERS),
        ("invoicing", INVOICING),
        ("late", LATE),
        ("without_contract", WITHOUT_CONTRACT),
        ("given_away", GIVEN_AWAY),
        ("exceptions", EXCEPTIONS),
        ("unmatched", UNMATCHED),
        ("delivered_update", BOTH_IDS),
        ("opportunities", opportunities),
        ("opportunities_update", updates),
        ("orders_draft", drafts),
        ("history", HISTORY),
        ("explanation", EXPLAINED),
    ]
    .into_iter()
    .map(|(name, columns)| TableSchema::new(name, columns))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::meanings::unused;

    #[test]
    fn every_column_has_a_meaning() {
        for schema in table_schemas() {
            let missing = schema.without_meaning();
            assert!(
                missing.is_empty(),
                "src/report/meanings.rs lacks {missing:?} of {}",
                schema.table
            );
        }
    }

    #[test]
    fn every_meaning_is_of_a_column() {
        let schemas = table_schemas();
        let has = |table: &str, name: &str| {
            table == "diff"
                || schemas.iter().any(|schema| {
                    (table.is_empty() || schema.table == table)
                        && schema.columns.iter().any(|column| column.name == name)
                })
        };
        assert_eq!(unused(has), Vec::<(&str, &str)>::new());
    }
}
