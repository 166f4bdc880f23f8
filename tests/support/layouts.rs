//! How exports of Odoo 10 to 19 are headed in five languages
//! (fixtures/recognised/versions/labels.csv), and files put into their words.

#![allow(unreachable_pub, reason = "a module of a test binary")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub const VERSIONS: std::ops::RangeInclusive<u8> = 10..=19;
pub const LANGUAGES: [&str; 5] = ["en", "zh_CN", "fr", "de", "es"];

#[derive(Debug, Deserialize)]
struct LabelRow {
    kind: String,
    role: String,
    technical: String,
    key: String,
    language: String,
    label: String,
    versions: String,
}

/// What is labelled: kind, role, technical name, key of a value, language.
type Labelled = (String, String, String, String, String);

/// All labels.
pub struct Layouts {
    labels: BTreeMap<Labelled, Vec<(BTreeSet<u8>, String)>>,
}

/// `10-12 14` as numbers.
fn versions(text: &str) -> BTreeSet<u8> {
    let number = |text: &str| -> u8 { text.parse().expect("a version") };
    text.split(' ')
        .flat_map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            number(first)..=number(last)
        })
        .collect()
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised/versions")
}

/// The model that a field leads to, by the role whose files list it.
fn target(technical: &str) -> &'static str {
    match technical {
        "order_id" => "orders",
        "order_line" | "so_line" | "sale_line_id" => "order_lines",
        "uom_ids" => "units",
        "category_id" => "unit_categories",
        _ => "",
    }
}

/// The labels that stand in a column's cells: kind, role, technical name.
fn cells_of(role: &str, path: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let last = path.rsplit('/').next().unwrap_or_default();
    Some(match (role, last) {
        (_, "state") => ("value", "orders", "state"),
        (_, "invoice_status") => ("value", "orders", "invoice_status"),
        (_, "type" | "product_type") => ("value", "products", "type"),
        (_, "detailed_type") => ("value", "products", "detailed_type"),
        (_, "invoice_policy") => ("value", "products", "invoice_policy"),
        (_, "service_policy") => ("value", "products", "service_policy"),
        (_, "service_type") => ("value", "products", "service_type"),
        (_, "service_tracking") => ("value", "products", "service_tracking"),
        (_, "track_service") => ("value", "products", "track_service"),
        (_, "uom_type") => ("value", "units", "uom_type"),
        (_, "display_type") => ("value", "order_lines", "display_type"),
        (_, "qty_delivered_method") => ("value", "order_lines", "qty_delivered_method"),
        (_, "product_uom" | "product_uom_id" | "uom_id" | "relative_uom_id")
        | ("units", "name") => ("unit", "", ""),
        ("unit_categories", "name") if path == "uom_ids/name" => ("unit", "", ""),
        ("unit_categories", "name") | (_, "category_id") => ("category", "", ""),
        _ => return None,
    })
}

impl Layouts {
    pub fn read() -> Self {
        let mut labels: BTreeMap<Labelled, Vec<_>> = BTreeMap::new();
        let path = folder().join("labels.csv");
        let mut reader = csv::Reader::from_path(path).expect("labels.csv");
        for row in reader.deserialize() {
            let row: LabelRow = row.expect("a label");
            let labelled = (row.kind, row.role, row.technical, row.key, row.language);
            labels.entry(labelled).or_default().push((versions(&row.versions), row.label));
        }
        Self { labels }
    }

    /// The labels of one thing in a version; several where that version's minor
    /// releases or modules differ.
    fn of(&self, labelled: [&str; 5], version: u8) -> Vec<&str> {
        let [kind, role, technical, key, language] = labelled.map(str::to_owned);
        let labels = self.labels.get(&(kind, role, technical, key, language));
        let labels = labels.into_iter().flatten();
        labels.filter(|(v, _)| v.contains(&version)).map(|(_, label)| label.as_str()).collect()
    }

    /// The fields that a role's records have in a version.
    pub fn fields(&self, role: &str, version: u8) -> Vec<&str> {
        let labels = self.labels.iter().filter(|((kind, of, _, _, language), labels)| {
            let there = labels.iter().any(|(versions, _)| versions.contains(&version));
            kind == "field" && of == role && language == "en" && there
        });
        labels.map(|((_, _, technical, _, _), _)| technical.as_str()).collect()
    }

    /// A column's header in a language. What has no translation is English, as
    /// in an export. `variant` chooses among several labels.
    pub fn header(&self, role: &str, path: &str, wording: Wording) -> String {
        let mut role = role;
        let segments = path.split('/').map(|technical| {
            let (kind, of) = if technical == "id" { ("external_id", "") } else { ("field", role) };
            let in_language =
                |language| self.of([kind, of, technical, "", language], wording.version);
            let own = in_language(wording.language);
            let labels = if own.is_empty() { in_language("en") } else { own };
            role = target(technical);
            match (labels.get(wording.variant).or(labels.last()), kind) {
                (Some(label), _) => (*label).to_owned(),
                // Not looked up before 12.
                (None, "external_id") => "External ID".to_owned(),
                (None, _) => panic!("{}: {of} has no {technical}", wording.version),
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// An English cell of a column in a language; what is no label stays.
    fn cell(&self, role: &str, path: &str, cell: &str, wording: Wording) -> String {
        let Some((kind, of, column)) = cells_of(role, path) else { return cell.to_owned() };
        let translated = self.labels.keys().find_map(|(a, b, technical, key, language)| {
            let same = a == kind && b == of && language == "en";
            // Units and categories are named by their id.
            let column = if kind == "value" { column } else { technical };
            let english = [kind, of, column, key, "en"];
            if !same || technical != column || !self.of(english, wording.version).contains(&cell) {
                return None;
            }
            let labels = self.of([kind, of, column, key, wording.language], wording.version);
            labels.get(wording.variant).or(labels.last()).map(|label| (*label).to_owned())
        });
        translated.unwrap_or_else(|| cell.to_owned())
    }

    /// A file with technical headers and English cells, in a language's words.
    pub fn translate(
        &self,
        role: &str,
        technical: &[Vec<String>],
        wording: Wording,
    ) -> Vec<Vec<String>> {
        let (paths, rows) = technical.split_first().expect("a header");
        let header = paths.iter().map(|path| self.header(role, path, wording)).collect();
        let rows = rows.iter().map(|row| {
            let cells = paths.iter().zip(row);
            cells.map(|(path, cell)| self.cell(role, path, cell, wording)).collect()
        });
        std::iter::once(header).chain(rows).collect()
    }
}

/// The version, the language, and which of several labels.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    pub version: u8,
    pub language: &'static str,
    pub variant: usize,
}

/// The rows of a file, its header among them.
pub fn read_rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}
