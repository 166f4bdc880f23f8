//! An explanation cut into the parts that a person reads, in their language.

use super::super::summary::{SummaryBlock, SummaryValue};
use super::{AdjustmentProof, EntryProof, Explanation, LineProof, Proof, Section, SourceProof};
use crate::language::Heading::{self, Of, Own};
use crate::language::{Group, Key, Language, Said, Words};

fn text(text: &str) -> SummaryValue {
    SummaryValue::Text(text.to_owned())
}

fn number(text: &str) -> SummaryValue {
    SummaryValue::Number(text.to_owned())
}

/// Cuts an explanation for readers of a language.
struct Cut<'a> {
    words: &'a Words,
    /// The folder that the files of all entries shown are in, with its slash.
    folder: String,
}

impl Explanation {
    /// Its parts in a language, in the order in which they are read.
    #[must_use]
    pub fn sections(&self, words: &Words) -> Vec<Section> {
        let cut = Cut { words, folder: self.folder() };
        let mut sections = vec![cut.opening(self)];
        for proof in &self.proofs {
            sections.push(cut.lines(proof));
            sections.extend(proof.sources.iter().map(|source| cut.sums(source)));
            sections.extend(cut.adjustments(proof));
            sections.extend(cut.causes(proof));
            sections.extend(cut.entries(proof));
            sections.extend(cut.nearly(proof));
        }
        sections
    }

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
}

/// Readings by rule 5.6 that are told one by one.
const READINGS: usize = 10;

/// Ways in which entries came here that are told.
const WHYS: usize = 10;

impl Cut<'_> {
    fn say(&self, said: &Said) -> String {
        self.words.tell(said)
    }

    fn cell(&self, said: &Said) -> SummaryValue {
        SummaryValue::Text(self.say(said))
    }

    fn tell<const N: usize>(&self, key: Key, filled: [(&'static str, Said); N]) -> String {
        self.say(&Said::message(key, filled))
    }

    /// A part with a table; the first heading is that of the rows' labels. The
    /// sentences stand below the table.
    fn with_table(
        &self,
        level: u8,
        heading: String,
        columns: &[Heading],
        rows: Vec<(String, Vec<SummaryValue>)>,
        notes: Vec<String>,
    ) -> Section {
        let mut headings = self.words.headings(columns).into_iter();
        Section {
            heading,
            level,
            sentences: Vec::new(),
            label: headings.next().unwrap_or_default(),
            table: SummaryBlock { heading: String::new(), columns: headings.collect(), rows },
            notes,
        }
    }

    fn opening(&self, explanation: &Explanation) -> Section {
        let found = explanation.found.iter().map(|found| {
            let kind = ("kind", Said::Word(Group::Found, found.kind.to_owned()));
            let name = ("name", Said::from(&found.name));
            match found.lines.as_slice() {
                [one] => self.tell(Key::ExplainFoundLine, [kind, name, ("line", one.into())]),
                lines => {
                    let count = ("count", Said::Count(lines.len() as u64));
                    let lines = ("lines", Said::names(lines.iter().map(String::as_str)));
                    self.tell(Key::ExplainFoundLines, [kind, name, count, lines])
                }
            }
        });
        let mut sentences: Vec<String> = found.collect();
        if explanation.found.len() > 1 {
            let kinds = explanation.found.iter();
            let kinds = kinds.map(|found| Said::Word(Group::Found, found.kind.to_owned()));
            let kinds = Said::Listed(Key::Listed, kinds.collect());
            sentences.push(self.tell(Key::ExplainFoundSeveral, [("kinds", kinds)]));
        }
        sentences.push(self.say(&explanation.run.note));
        if !self.folder.is_empty() {
            let folder = [("folder", Said::from(&self.folder))];
            sentences.push(self.tell(Key::ExplainFolder, folder));
        }
        let title =
            [("asked", Said::from(&explanation.asked)), ("day", explanation.run.as_of.into())];
        part(1, self.tell(Key::ExplainTitle, title), sentences)
    }

    fn lines(&self, proof: &Proof) -> Section {
        let heading = match proof.lines.as_slice() {
            [one] => name_of(one),
            lines => {
                let names: Vec<Said> = lines
                    .iter()
                    .map(|line| format!("{} {}", line.order, line.line).into())
                    .collect();
                let names = Said::Listed(Key::Listed, names);
                self.tell(Key::ExplainShareHours, [("lines", names)])
            }
        };
        let is_adjusted = proof.lines.iter().any(|line| line.adjusted.is_some());
        let mut columns = vec![Of("line"), Own(Key::ExplainOrdered), Own(Key::ExplainDelivered)];
        columns.extend(is_adjusted.then_some(Of("adjusted")));
        columns.extend([Own(Key::ExplainInErp), Of("difference"), Of("remaining"), Of("unit")]);
        columns.extend([Of("tracking"), Of("status")]);
        let rows = proof.lines.iter().map(|line| {
            let adjusted = line.adjusted.as_ref().map_or("", |adjusted| &adjusted.adjusted);
            let mut values = vec![number(&line.ordered), number(&line.delivered)];
            values.extend(is_adjusted.then(|| number(adjusted)));
            let others = [&line.exported, &line.difference, &line.remaining];
            values.extend(others.map(|value| number(value)));
            values.extend([
                self.cell(&line.unit),
                text(self.words.word(Group::Tracking, &line.tracking)),
                text(self.words.word(Group::Status, &line.status)),
            ]);
            (line.line.clone(), values)
        });
        let mut notes: Vec<String> =
            proof.lines.iter().map(|line| self.say(&line.equation)).collect();
        notes.extend(proof.lines.iter().flat_map(|line| {
            let told = |exception: &Said| {
                let line = ("line", Said::from(&line.line));
                self.tell(Key::ExplainException, [line, ("exception", exception.clone())])
            };
            line.exceptions.iter().map(told)
        }));
        notes.extend(proof.reached.iter().map(|reached| self.say(&reached.sentence)));
        let other = proof.lines.iter().filter(|line| line.as_in_report == Some(false));
        notes.extend(other.map(|line| {
            let of_line = ("line", Said::from(&line.line));
            match line.in_report.as_deref().filter(|text| !text.is_empty()) {
                Some(quantity) => {
                    let quantity = ("quantity", Said::number(quantity));
                    self.tell(Key::ExplainInReport, [quantity, of_line])
                }
                None => self.tell(Key::ExplainNothingInReport, [of_line]),
            }
        }));
        self.with_table(2, heading, &columns, rows.collect(), notes)
    }

    fn sums(&self, source: &SourceProof) -> Section {
        let mut sentences: Vec<String> =
            source.sums.iter().map(|sum| self.say(&sum.equation)).collect();
        if source.sums.len() > 1 {
            sentences.push(self.tell(Key::ExplainTogether, [("total", source.total.clone())]));
        }
        sentences.extend(source.shares.iter().map(|share| self.say(&share.sentence)));
        part(3, self.say(&source.what), sentences)
    }

    fn causes(&self, proof: &Proof) -> Option<Section> {
        // delivered.csv has the names that are shown in English.
        let name = |cause: &'static str| match self.words.language() {
            Language::English => cause,
            _ => self.words.word(Group::Cause, cause),
        };
        let rows: Vec<(String, Vec<SummaryValue>)> = proof
            .lines
            .iter()
            .flat_map(|line| {
                line.causes.iter().map(|cause| {
                    let arithmetic = self.cell(&cause.arithmetic);
                    (line.line.clone(), vec![text(name(cause.cause)), arithmetic])
                })
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let heading = self.words.text(Key::ExplainCauses).to_owned();
        let notes = vec![self.words.text(Key::ExplainCausesNote).to_owned()];
        let columns = [Of("line"), Of("cause"), Own(Key::ExplainArithmetic)];
        Some(self.with_table(3, heading, &columns, rows, notes))
    }

    /// A row, without the folder that all files are in.
    fn place(&self, entry: &EntryProof) -> String {
        self.row_in(&entry.file, entry.sheet.as_deref(), entry.row)
    }

    fn row_in(&self, file: &str, sheet: Option<&str>, row: u64) -> String {
        let file = file.strip_prefix(&self.folder).unwrap_or(file);
        match sheet {
            Some(sheet) => {
                let row = ("row", Said::from(row.to_string()));
                let filled = [("file", file.into()), ("sheet", sheet.into()), row];
                self.tell(Key::ExplainRow, filled)
            }
            None => format!("{file}:{row}"),
        }
    }

    fn adjustments(&self, proof: &Proof) -> Option<Section> {
        if proof.adjustments.is_empty() {
            return None;
        }
        let columns = [
            Of("row"),
            Of("date"),
            Of("kind"),
            Of("quantity"),
            Of("unit"),
            Own(Key::ExplainConvertedColumn),
            Own(Key::ExplainConvertedUnit),
            Of("reason"),
        ];
        let row = |one: &AdjustmentProof| {
            let values = vec![
                SummaryValue::Day(one.date),
                text(self.words.word(Group::Adjustment, one.kind)),
                number(&one.quantity),
                self.cell(&one.unit),
                number(&one.converted),
                self.cell(&one.converted_unit),
                text(&one.reason),
            ];
            (self.row_in(&one.file, one.sheet.as_deref(), one.row), values)
        };
        let mut notes: Vec<String> =
            proof.adjustment_sums.iter().map(|sum| self.say(&sum.equation)).collect();
        let adjusted = proof.lines.iter().filter_map(|line| line.adjusted.as_ref());
        notes.extend(adjusted.map(|adjusted| self.say(&adjusted.equation)));
        let heading = self.words.text(Key::Adjustments).to_owned();
        let rows = proof.adjustments.iter().map(row).collect();
        Some(self.with_table(3, heading, &columns, rows, notes))
    }

    fn more(&self, shown: usize, total: u64) -> Vec<String> {
        match total.saturating_sub(shown as u64) {
            0 => Vec::new(),
            more => {
                let filled = [("more", more.into()), ("total", total.into())];
                vec![self.tell(Key::ExplainMoreEntries, filled)]
            }
        }
    }

    /// A row for each entry; its last cell is what is said of it here.
    fn rows_of(
        &self,
        entries: &[EntryProof],
        said: impl Fn(&EntryProof) -> String,
    ) -> Vec<(String, Vec<SummaryValue>)> {
        let row = |entry: &EntryProof| {
            let values = vec![
                SummaryValue::Day(entry.date),
                text(&entry.employee),
                number(&entry.quantity),
                self.cell(&entry.unit),
                text(entry.rule),
                SummaryValue::Text(said(entry)),
            ];
            (self.place(entry), values)
        };
        entries.iter().map(row).collect()
    }

    /// Both readings of quantities that are a binary float's print.
    fn readings(&self, entries: &[EntryProof]) -> Vec<String> {
        let read = entries.iter().filter_map(|entry| {
            let (written, read_as) = entry.written.as_ref().zip(entry.read_as.clone())?;
            let filled = [
                ("place", self.place(entry).into()),
                ("written", written.into()),
                ("unit", entry.unit.clone()),
                ("read", read_as),
            ];
            Some(self.tell(Key::ExplainReading, filled))
        });
        let mut read: Vec<String> = read.collect();
        let more = read.len().saturating_sub(READINGS);
        if more > 0 {
            read.truncate(READINGS);
            let more = Said::Count(more as u64);
            read.push(self.tell(Key::ExplainMoreReadings, [("more", more)]));
        }
        read
    }

    fn entries(&self, proof: &Proof) -> Option<Section> {
        if proof.entries_total == 0 {
            return None;
        }
        let rows = self.rows_of(&proof.entries, |entry| entry.description.clone());
        let mut whys: Vec<(&str, String)> =
            proof.entries.iter().map(|entry| (entry.rule, self.say(&entry.why))).collect();
        whys.sort_unstable();
        whys.dedup();
        let mut notes = self.more(proof.entries.len(), proof.entries_total);
        notes.extend(self.readings(&proof.entries));
        notes.extend(whys.into_iter().take(WHYS).map(|(rule, why)| {
            self.tell(Key::ExplainRule, [("rule", rule.into()), ("why", why.into())])
        }));
        let heading = self.tell(Key::ExplainEntries, [("entries", proof.entries_total.into())]);
        Some(self.with_table(3, heading, &of_entries(Of("description")), rows, notes))
    }

    fn nearly(&self, proof: &Proof) -> Option<Section> {
        if proof.nearly_total == 0 {
            return None;
        }
        let rows = self.rows_of(&proof.nearly, |entry| {
            let fate = Said::Word(Group::Outcome, entry.fate.to_owned());
            self.tell(Key::ExplainFate, [("fate", fate), ("why", entry.why.clone())])
        });
        let heading = self.words.text(Key::ExplainNearly).to_owned();
        let mut notes = self.more(proof.nearly.len(), proof.nearly_total);
        notes.extend(self.readings(&proof.nearly));
        Some(self.with_table(3, heading, &of_entries(Own(Key::ExplainBecame)), rows, notes))
    }
}

/// A part without a table.
fn part(level: u8, heading: String, sentences: Vec<String>) -> Section {
    let table = SummaryBlock { heading: String::new(), columns: Vec::new(), rows: Vec::new() };
    Section { heading, level, sentences, label: String::new(), table, notes: Vec::new() }
}

fn name_of(line: &LineProof) -> String {
    let customer = match line.customer.as_str() {
        "" => String::new(),
        customer => format!(", {customer}"),
    };
    format!("{} {}, {}{customer}", line.order, line.line, line.product)
}

/// The columns of entries; the last one says something else each time.
fn of_entries(last: Heading) -> [Heading; 7] {
    [Of("row"), Of("date"), Of("employee"), Of("quantity"), Of("unit"), Of("rule"), last]
}
