//! An explanation cut into the parts that a person reads.

use super::super::summary::{SummaryBlock, SummaryValue};
use super::{AdjustmentProof, EntryProof, Explanation, LineProof, Proof, Section};

fn text(text: &str) -> SummaryValue {
    SummaryValue::Text(text.to_owned())
}

fn number(text: &str) -> SummaryValue {
    SummaryValue::Number(text.to_owned())
}

fn table(columns: &[&str], rows: Vec<(String, Vec<SummaryValue>)>) -> SummaryBlock {
    SummaryBlock {
        heading: String::new(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        rows,
    }
}

fn section(level: u8, heading: impl Into<String>, sentences: Vec<String>) -> Section {
    Section {
        heading: heading.into(),
        level,
        sentences,
        label: "",
        table: table(&[], Vec::new()),
        notes: Vec::new(),
    }
}

impl Explanation {
    /// Its parts, in the order in which they are read.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let folder = self.folder();
        let mut sections = vec![self.opening(&folder)];
        for proof in &self.proofs {
            sections.push(lines(proof));
            sections.extend(sums(proof));
            sections.extend(adjustments(proof, &folder));
            sections.extend(causes(proof));
            sections.extend(entries(proof, &folder));
            sections.extend(nearly(proof, &folder));
        }
        sections
    }

    /// The folder that the files of all entries shown are in, with its slash.
    fn folder(&self) -> String {
        let proofs = self.proofs.iter();
        let mut files = proofs.flat_map(|proof| {
            let entries = proof.entries.iter().chain(&proof.nearly).map(|entry| &entry.file);
            entries.chain(proof.adjustments.iter().map(|adjustment| &adjustment.file))
        });
        let folder_of = |file: &str| file.rfind('/').map_or(0, |at| at + 1);
        let Some(first) = files.next() else {
            return String::new();
        };
        let mut folder = first.get(..folder_of(first)).unwrap_or_default();
        for file in files {
            while !file.starts_with(folder) {
                let shorter = folder_of(folder.trim_end_matches('/'));
                folder = folder.get(..shorter).unwrap_or_default();
            }
        }
        folder.to_owned()
    }

    fn opening(&self, folder: &str) -> Section {
        let found = self.found.iter().map(|found| {
            let lines = match found.lines.as_slice() {
                [one] => format!("line {one}"),
                lines => format!("{} lines: {}", lines.len(), lines.join(", ")),
            };
            format!("{} {}: {lines}", found.kind, found.name)
        });
        let mut sentences: Vec<String> = found.collect();
        if self.found.len() > 1 {
            let kinds: Vec<&str> = self.found.iter().map(|found| found.kind).collect();
            sentences.push(format!(
                "The name fits more than one thing ({}); all are explained.",
                kinds.join(", ")
            ));
        }
        sentences.push(self.run.note.clone());
        if !folder.is_empty() {
            sentences.push(format!("Rows are those of files in {folder}"));
        }
        section(1, format!("{}, as of {}", self.asked, self.run.as_of), sentences)
    }
}

fn name_of(line: &LineProof) -> String {
    let customer = match line.customer.as_str() {
        "" => String::new(),
        customer => format!(", {customer}"),
    };
    format!("{} {}, {}{customer}", line.order, line.line, line.product)
}

fn lines(proof: &Proof) -> Section {
    let heading = match proof.lines.as_slice() {
        [one] => name_of(one),
        lines => {
            let names: Vec<String> =
                lines.iter().map(|line| format!("{} {}", line.order, line.line)).collect();
            format!("{}, which share their hours", names.join(", "))
        }
    };
    let is_adjusted = proof.lines.iter().any(|line| line.adjusted.is_some());
    let mut columns = vec!["Ordered", "Delivered"];
    columns.extend(is_adjusted.then_some("Adjusted"));
    columns.extend(["In ERP", "Difference", "Remaining", "Unit", "Tracking", "Status"]);
    let rows = proof
        .lines
        .iter()
        .map(|line| {
            let adjusted = line.adjusted.as_ref().map_or("", |adjusted| &adjusted.adjusted);
            let mut values = vec![number(&line.ordered), number(&line.delivered)];
            values.extend(is_adjusted.then(|| number(adjusted)));
            let others = [&line.exported, &line.difference, &line.remaining];
            values.extend(others.map(|value| number(value)));
            values.extend([
                text(&line.unit),
                text(&line.tracking),
                text(&line.status.replace('_', " ")),
            ]);
            (line.line.clone(), values)
        })
        .collect();
    let mut notes: Vec<String> = proof.lines.iter().map(|line| line.equation.clone()).collect();
    notes.extend(proof.reached.iter().map(|reached| reached.sentence.clone()));
    for line in &proof.lines {
        if line.as_in_report == Some(false) {
            notes.push(format!(
                "delivered.csv of the run has {} for {}: it is not the quantity explained here.",
                line.in_report.as_deref().filter(|text| !text.is_empty()).unwrap_or("nothing"),
                line.line
            ));
        }
    }
    Section {
        label: "Line",
        table: table(&columns, rows),
        notes,
        ..section(2, heading, Vec::new())
    }
}

fn sums(proof: &Proof) -> Vec<Section> {
    let of_source = |source: &super::SourceProof| {
        let mut sentences: Vec<String> =
            source.sums.iter().map(|sum| sum.equation.clone()).collect();
        if source.sums.len() > 1 {
            sentences.push(format!("Together: {}", source.total));
        }
        sentences.extend(source.shares.iter().map(|share| share.sentence.clone()));
        section(3, source.what.clone(), sentences)
    };
    proof.sources.iter().map(of_source).collect()
}

fn causes(proof: &Proof) -> Option<Section> {
    let rows: Vec<(String, Vec<SummaryValue>)> = proof
        .lines
        .iter()
        .flat_map(|line| {
            line.causes
                .iter()
                .map(|cause| (line.line.clone(), vec![text(cause.cause), text(&cause.arithmetic)]))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let note =
        "A cause is an arithmetic that gives the ERP's figure: a fit, not a proof. delivered.csv names the first.".to_owned();
    Some(Section {
        label: "Line",
        table: table(&["Cause", "Arithmetic"], rows),
        notes: vec![note],
        ..section(3, "Why the ERP may have another figure (rule 6.8)", Vec::new())
    })
}

/// A row, without the folder that all files are in.
fn place(entry: &EntryProof, folder: &str) -> String {
    row_in(&entry.file, entry.sheet.as_deref(), entry.row, folder)
}

fn row_in(file: &str, sheet: Option<&str>, row: u64, folder: &str) -> String {
    let file = file.strip_prefix(folder).unwrap_or(file);
    match sheet {
        Some(sheet) => format!("{file}, {sheet}, row {row}"),
        None => format!("{file}:{row}"),
    }
}

fn adjustments(proof: &Proof, folder: &str) -> Option<Section> {
    if proof.adjustments.is_empty() {
        return None;
    }
    let columns = ["Date", "Kind", "Quantity", "Unit", "Converted", "In", "Reason"];
    let row = |one: &AdjustmentProof| {
        let values = vec![
            SummaryValue::Day(one.date),
            text(&one.kind.replace('_', " ")),
            number(&one.quantity),
            text(&one.unit),
            number(&one.converted),
            text(&one.converted_unit),
            text(&one.reason),
        ];
        (row_in(&one.file, one.sheet.as_deref(), one.row, folder), values)
    };
    let mut notes: Vec<String> =
        proof.adjustment_sums.iter().map(|sum| sum.equation.clone()).collect();
    let adjusted = proof.lines.iter().filter_map(|line| line.adjusted.as_ref());
    notes.extend(adjusted.map(|adjusted| adjusted.equation.clone()));
    Some(Section {
        label: "Row",
        table: table(&columns, proof.adjustments.iter().map(row).collect()),
        notes,
        ..section(3, "Adjustments", Vec::new())
    })
}

fn more(shown: usize, total: u64) -> Vec<String> {
    match total.saturating_sub(shown as u64) {
        0 => Vec::new(),
        more => vec![format!("and {more} more, of {total}; --entries shows more of them")],
    }
}

/// A row for each entry; its last cell is what is said of it here.
fn rows_of(
    entries: &[EntryProof],
    folder: &str,
    said: impl Fn(&EntryProof) -> SummaryValue,
) -> Vec<(String, Vec<SummaryValue>)> {
    let row = |entry: &EntryProof| {
        let values = vec![
            SummaryValue::Day(entry.date),
            text(&entry.employee),
            number(&entry.quantity),
            text(&entry.unit),
            text(entry.rule),
            said(entry),
        ];
        (place(entry, folder), values)
    };
    entries.iter().map(row).collect()
}

/// Both readings of quantities that are a binary float's print.
fn readings(entries: &[EntryProof], folder: &str) -> Vec<String> {
    let read = entries.iter().filter_map(|entry| {
        let (written, read_as) = entry.written.as_ref().zip(entry.read_as.as_ref())?;
        Some(format!(
            "Rule 5.6: {} has {written} {}, the print of a binary float, which is read as {read_as}.",
            place(entry, folder),
            entry.unit
        ))
    });
    let read: Vec<String> = read.collect();
    let more = read.len().saturating_sub(READINGS);
    let rest = (more > 0).then(|| format!("Rule 5.6: and {more} more; --format csv has them all."));
    read.into_iter().take(READINGS).chain(rest).collect()
}

/// Readings by rule 5.6 that are told one by one.
const READINGS: usize = 10;

/// Ways in which entries came here that are told.
const WHYS: usize = 10;

fn entries(proof: &Proof, folder: &str) -> Option<Section> {
    if proof.entries_total == 0 {
        return None;
    }
    let columns = ["Date", "Employee", "Quantity", "Unit", "Rule", "Description"];
    let rows = rows_of(&proof.entries, folder, |entry| text(&entry.description));
    let mut whys: Vec<(&str, &str)> =
        proof.entries.iter().map(|entry| (entry.rule, entry.why.as_str())).collect();
    whys.sort_unstable();
    whys.dedup();
    let mut notes = more(proof.entries.len(), proof.entries_total);
    notes.extend(readings(&proof.entries, folder));
    notes.extend(whys.iter().take(WHYS).map(|(rule, why)| format!("Rule {rule}: {why}.")));
    let heading = match proof.entries_total {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    Some(Section {
        label: "Row",
        table: table(&columns, rows),
        notes,
        ..section(3, heading, Vec::new())
    })
}

fn nearly(proof: &Proof, folder: &str) -> Option<Section> {
    if proof.nearly_total == 0 {
        return None;
    }
    let columns = ["Date", "Employee", "Quantity", "Unit", "Rule", "What became of it"];
    let rows = rows_of(&proof.nearly, folder, |entry| {
        text(&format!("{}: {}", entry.fate.replace('_', " "), entry.why))
    });
    Some(Section {
        label: "Row",
        table: table(&columns, rows),
        notes: [more(proof.nearly.len(), proof.nearly_total), readings(&proof.nearly, folder)]
            .concat(),
        ..section(3, "Entries that nearly came here, and do not count", Vec::new())
    })
}
