//! A header row: every column is read, left alone or blank, none twice; and
//! what is recognised does not hang on how a header is written.

use std::collections::BTreeSet;

use drawdown::ingest::Field;
use drawdown::ingest::fields::{
    ColumnAlias, Recognition, nearest_role, normalise_header, recognise,
};

use super::text_of;

/// Each line is a header. The first may name the field that the second means,
/// as the user may in drawdown.toml: `= quantity`.
pub fn headers(data: &[u8]) {
    let text = text_of(data);
    let mut headers: Vec<String> = text.split('\n').map(str::to_owned).collect();
    headers.truncate(256);
    for header in &headers {
        let normal = normalise_header(header);
        assert_eq!(normalise_header(&normal), normal, "{header:?}");
    }
    let alias = alias(&mut headers);
    let found = recognise(&headers, &alias);
    match &found {
        Some(recognition) => every_column_has_one_fate(&headers, recognition),
        None => {
            if let Some(near) = nearest_role(&headers) {
                assert!(!near.missing.is_empty(), "{near:?} lacks nothing");
            }
        }
    }
    let fields = |found: &Option<Recognition>| {
        found.as_ref().map(|found| {
            let columns = found.columns.iter().map(|column| (column.index, column.field));
            (found.role, found.nested_lines, columns.collect::<Vec<_>>())
        })
    };
    let mut wider = headers.clone();
    wider.extend([String::new(), " \u{a0}".to_owned()]);
    assert_eq!(fields(&found), fields(&recognise(&wider, &alias)), "blank headers at the end");
    // Output columns and one pair of Spanish labels are told by their case.
    let told_by_case = |normal: &str| normal.ends_with("seguimiento del servicio");
    if found.is_some() && !headers.iter().any(|header| told_by_case(&normalise_header(header))) {
        let padded: Vec<String> = headers.iter().map(|header| format!(" {header}\u{a0}")).collect();
        assert_eq!(fields(&found), fields(&recognise(&padded, &alias)), "space around headers");
    }
}

fn alias(headers: &mut Vec<String>) -> Vec<ColumnAlias> {
    let Some(name) = headers.first().and_then(|first| first.strip_prefix("= ")) else {
        return Vec::new();
    };
    let field = if name == "date" { Field::Date } else { Field::Quantity };
    headers.remove(0);
    let header = headers.first().cloned().unwrap_or_default();
    vec![ColumnAlias { role: None, header, field }]
}

fn every_column_has_one_fate(headers: &[String], recognition: &Recognition) {
    let read: BTreeSet<usize> = recognition.columns.iter().map(|column| column.index).collect();
    let alone: BTreeSet<usize> = recognition.left_alone.iter().map(|(index, _)| *index).collect();
    assert_eq!(read.len(), recognition.columns.len(), "a column is read twice");
    assert_eq!(alone.len(), recognition.left_alone.len(), "a column is left alone twice");
    for (index, header) in headers.iter().enumerate() {
        let fates = usize::from(read.contains(&index)) + usize::from(alone.contains(&index));
        let expected = usize::from(!normalise_header(header).is_empty());
        assert_eq!(fates, expected, "column {index}, {header:?}");
    }
    let fields: BTreeSet<(Field, bool)> =
        recognition.columns.iter().map(|column| (column.field, column.nested)).collect();
    assert_eq!(fields.len(), recognition.columns.len(), "a field has two columns");
    for column in &recognition.columns {
        assert_eq!(headers.get(column.index), Some(&column.header));
    }
    for (index, header) in &recognition.left_alone {
        assert_eq!(headers.get(*index), Some(header));
    }
    for (index, _, proposal) in &recognition.proposals {
        assert!(alone.contains(index), "a proposal for what is read");
        assert!(!proposal.is_empty());
    }
}
