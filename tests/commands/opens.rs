//! The workbook keeps to what spreadsheets take without a repair, whatever the
//! names in its inputs are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;

use super::support::World;

/// UTF-16 units of a cell, of a list to choose from, of a sheet's name, of a
/// heading of a table, of a header or footer, of a title and of a message.
const CELL: usize = 32_767;
const LIST: usize = 255;
const SHEET: usize = 31;
const HEADING: usize = 255;
const FOOTER: usize = 255;
const TITLE: usize = 32;
const MESSAGE: usize = 255;
/// Links of a sheet, letters of one, and how high a row and wide a column is.
const LINKS: usize = 65_530;
const LINK: usize = 2_079;
const HIGH: usize = 409;
const WIDE: usize = 255;
/// Letters side by side on a printed page.
const PRINTED: usize = 300;
/// Formats of cells.
const FORMATS: usize = 64_000;

/// An element of a part: its name without a prefix, its attributes, the text in
/// it, and the elements in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    inner: Vec<Element>,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str) -> usize {
        self.attribute(name).parse().unwrap_or_else(|_| panic!("{name} of {self:?}"))
    }

    /// All elements of a name within it.
    fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for inner in &self.inner {
            if inner.name == name {
                found.push(inner);
            }
            found.extend(inner.all(name));
        }
        found
    }

    fn one(&self, name: &str) -> Option<&Element> {
        self.inner.iter().find(|inner| inner.name == name)
    }

    /// Its text and that of what is in it.
    fn whole_text(&self) -> String {
        self.inner.iter().fold(self.text.clone(), |text, inner| text + &inner.whole_text())
    }
}

/// A letter that XML 1.0 takes.
fn is_of_xml(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').unwrap_or_else(|| panic!("&{part}"));
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            other => {
                let code = other.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
                let code = code.or_else(|| other.strip_prefix('#').map(str::parse));
                let code = code.and_then(Result::ok).and_then(char::from_u32);
                code.unwrap_or_else(|| panic!("&{other};"))
            }
        });
        plain.push_str(rest);
    }
    assert!(plain.chars().all(is_of_xml), "a letter that is none of XML: {plain:?}");
    plain
}

/// Reads a part; anything that is not well-formed ends the test.
fn parsed(part: &str, text: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        open.last_mut().expect("an element").text += &unescaped(before);
        let (tag, after) = from[1..].split_once('>').unwrap_or_else(|| panic!("{part}: {from}"));
        rest = after;
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().expect("an element");
            assert_eq!(closed.name, local(name), "{part}");
            open.last_mut().unwrap_or_else(|| panic!("{part}: {name}")).inner.push(closed);
            continue;
        }
        let is_closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Element { name: local(name).to_owned(), ..Element::default() };
        while let Some((name, value)) = attributes.split_once("=\"") {
            let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("{part}: {tag}"));
            let twice = element.attributes.insert(name.trim().to_owned(), unescaped(value));
            assert!(twice.is_none(), "{part}: {name} twice in {tag}");
            attributes = after;
        }
        assert_eq!(attributes.trim(), "", "{part}: {tag}");
        if is_closed {
            open.last_mut().expect("an element").inner.push(element);
        } else {
            open.push(element);
        }
    }
    assert_eq!((open.len(), rest.trim()), (1, ""), "{part} ends early");
    open.pop().and_then(|mut all| all.inner.pop()).unwrap_or_else(|| panic!("{part} is empty"))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A range as columns and rows from 1: left, top, right, bottom.
fn range(text: &str) -> [usize; 4] {
    let corner = |text: &str| {
        let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let column =
            letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
        let row: usize = text[letters.len()..].parse().unwrap_or_else(|_| panic!("{text}"));
        assert!((1..=16_384).contains(&column) && (1..=1_048_576).contains(&row), "{text}");
        [column, row]
    };
    let text = text.replace('$', "");
    let (first, last) = text.split_once(':').unwrap_or((&text, &text));
    let ([left, top], [right, bottom]) = (corner(first), corner(last));
    assert!(left <= right && top <= bottom, "{text}");
    [left, top, right, bottom]
}

fn overlap(a: [usize; 4], b: [usize; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// What a text of a cell stands for: `_x0001_` is a letter that XML has not.
fn cell_text(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (kept, skipped) = if letter.is_some() { (at, at + 7) } else { (at + 2, at + 2) };
        plain.push_str(&rest[..kept]);
        plain.extend(letter);
        rest = &rest[skipped..];
    }
    plain + rest
}

/// The parts of a workbook by their names.
struct Parts {
    xml: BTreeMap<String, Element>,
    names: BTreeSet<String>,
}

impl Parts {
    fn of(path: &std::path::Path) -> Self {
        let file = std::fs::File::open(path).expect("a workbook");
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        let (mut xml, mut names) = (BTreeMap::new(), BTreeSet::new());
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("a part");
            let name = entry.name().expect("a name").into_owned();
            assert!(names.insert(name.to_lowercase()), "{name} twice");
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("UTF-8");
            xml.insert(name.clone(), parsed(&name, &text));
        }
        Self { xml, names }
    }

    fn part(&self, name: &str) -> &Element {
        self.xml.get(name).unwrap_or_else(|| panic!("no {name}"))
    }

    fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Element)> {
        let parts = self.xml.iter().map(|(name, part)| (name.as_str(), part));
        parts.filter(move |(name, _)| name.starts_with(folder) && !name.contains("_rels"))
    }

    /// What another part is to one, by the ids it calls them.
    fn related(&self, name: &str) -> BTreeMap<String, String> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let Some(related) = self.xml.get(&format!("{folder}/_rels/{file}.rels")) else {
            return BTreeMap::new();
        };
        let mut targets = BTreeMap::new();
        for one in related.all("Relationship") {
            let target = one.attribute("Target");
            assert!(units(target) <= LINK, "{target}");
            if one.attribute("TargetMode") == "External" {
                continue;
            }
            let mut path: Vec<&str> = folder.split('/').collect();
            for step in target.trim_start_matches('/').split('/') {
                match step {
                    ".." => path.truncate(path.len().saturating_sub(1)),
                    step => path.push(step),
                }
            }
            let path = path.join("/");
            assert!(self.names.contains(&path.to_lowercase()), "{name} needs {path}");
            assert!(targets.insert(one.attribute("Id").to_owned(), path).is_none(), "{name}");
        }
        targets
    }
}

/// Everything is declared, and what is named is there.
fn packaged(parts: &Parts) {
    let types = parts.part("[Content_Types].xml");
    let of = |name: &str, attribute: &str| -> BTreeSet<String> {
        types.all(name).iter().map(|one| one.attribute(attribute).to_lowercase()).collect()
    };
    let (extensions, declared) = (of("Default", "Extension"), of("Override", "PartName"));
    for name in parts.names.iter().filter(|name| *name != "[content_types].xml") {
        let extension = name.rsplit('.').next().unwrap_or_default();
        assert!(
            declared.contains(&format!("/{name}")) || extensions.contains(extension),
            "{name} has no type"
        );
    }
    for name in declared {
        assert!(parts.names.contains(name.trim_start_matches('/')), "{name} is not there");
    }
    let formats = parts.part("xl/styles.xml").one("cellXfs").expect("formats").inner.len();
    assert!(formats < FORMATS);
    for (name, sheet) in parts.below("xl/worksheets/") {
        for cell in sheet.all("c").into_iter().filter(|cell| !cell.attribute("s").is_empty()) {
            assert!(cell.number("s") < formats, "{name}");
        }
    }
}

/// A sheet's cells that hold text, by their places.
fn texts(sheet: &Element, shared: &[String]) -> BTreeMap<[usize; 2], String> {
    let mut texts = BTreeMap::new();
    let mut last_row = 0;
    for row in sheet.all("row") {
        assert!(row.number("r") > last_row, "rows in order");
        last_row = row.number("r");
        if let Some(high) = row.attributes.get("ht") {
            let high = high.split('.').next().and_then(|whole| whole.parse().ok());
            assert!(high <= Some(HIGH), "a row {high:?} high");
        }
        let mut last = 0;
        for cell in &row.inner {
            let [column, at, ..] = range(cell.attribute("r"));
            assert!(at == last_row && column > last, "cells in order: {cell:?}");
            last = column;
            let text = match cell.attribute("t") {
                "s" => shared
                    [cell.one("v").expect("a value").text.parse::<usize>().expect("a place")]
                .clone(),
                "inlineStr" => cell.whole_text(),
                "str" => cell.one("v").map(Element::whole_text).unwrap_or_default(),
                kind => {
                    assert!(matches!(kind, "" | "n" | "b"), "{cell:?}");
                    continue;
                }
            };
            let text = cell_text(&text);
            assert!(units(&text) <= CELL, "{} units in {}", units(&text), cell.attribute("r"));
            texts.insert([column, at], text);
        }
    }
    texts
}

/// The order in which a sheet's parts have to stand.
const ORDER: [&str; 19] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "ignoredErrors",
    "drawing",
    "tableParts",
    "extLst",
];

fn in_order(name: &str, sheet: &Element) {
    let places: Vec<usize> = sheet
        .inner
        .iter()
        .map(|one| {
            ORDER
                .iter()
                .position(|known| *known == one.name)
                .unwrap_or_else(|| panic!("{name}: {}", one.name))
        })
        .collect();
    assert!(places.is_sorted(), "{name}: {places:?}");
    for column in sheet.all("col") {
        assert!(letters(column) <= WIDE, "{name}: {column:?}");
    }
    for text in sheet.all("oddFooter").iter().chain(&sheet.all("oddHeader")) {
        assert!(units(&text.text) <= FOOTER, "{name}: {}", text.text);
    }
}

/// The width of a column in whole letters.
fn letters(column: &Element) -> usize {
    let whole = column.attribute("width").split('.').next();
    whole.and_then(|whole| whole.parse().ok()).unwrap_or_else(|| panic!("{column:?}"))
}

/// A page has no more letters side by side than can be read on paper.
fn legible(name: &str, sheet: &Element) {
    let width =
        |column: &&Element| letters(column) * (column.number("max") + 1 - column.number("min"));
    let all: usize = sheet.all("col").iter().map(width).sum();
    let pages = sheet.one("pageSetup").expect("a page").attribute("fitToWidth");
    let pages = if pages.is_empty() { 1 } else { pages.parse().expect("a number") };
    assert!(all.div_ceil(pages) <= PRINTED, "{name}: {all} letters on {pages}");
}

/// What people choose from, and where they are led.
fn offered(name: &str, sheet: &Element, sheets: &BTreeSet<String>) {
    for one in sheet.all("dataValidation") {
        for place in one.attribute("sqref").split(' ') {
            range(place);
        }
        let list = one.one("formula1").map(|list| list.text.as_str()).unwrap_or_default();
        if one.attribute("type") == "list" {
            assert!(list.starts_with('"') && list.ends_with('"'), "{name}: {list}");
            assert!(units(list) <= LIST + 2, "{name}: {list}");
        }
        for (attribute, most) in
            [("promptTitle", TITLE), ("errorTitle", TITLE), ("prompt", MESSAGE), ("error", MESSAGE)]
        {
            assert!(
                units(one.attribute(attribute)) <= most,
                "{name}: {}",
                one.attribute(attribute)
            );
        }
    }
    let links = sheet.all("hyperlink");
    assert!(links.len() <= LINKS, "{name}: {} links", links.len());
    for link in links {
        range(link.attribute("ref"));
        let place = link.attribute("location");
        let (to, cell) = place.rsplit_once('!').unwrap_or_else(|| panic!("{name}: {place}"));
        range(cell);
        let to = to.trim_matches('\'').replace("''", "'").to_lowercase();
        assert!(sheets.contains(&to), "{name}: {place}");
    }
    let mut priorities = BTreeSet::new();
    for one in sheet.all("conditionalFormatting") {
        for place in one.attribute("sqref").split(' ').filter(|place| !place.is_empty()) {
            range(place);
        }
        for rule in one.all("cfRule").iter().filter(|rule| !rule.attribute("priority").is_empty()) {
            assert!(priorities.insert(rule.number("priority")), "{name}: {rule:?}");
        }
    }
    // No input becomes a formula.
    for formula in sheet.all("c").into_iter().filter_map(|cell| cell.one("f")) {
        assert!(formula.text.starts_with("SUBTOTAL("), "{name}: {}", formula.text);
    }
}

#[test]
fn a_workbook_of_hostile_names_needs_no_repair() {
    let hostile = [
        "=cmd|' /C calc'!A0".to_owned(),
        "+1+1".to_owned(),
        "-2".to_owned(),
        "@SUM(1+1)".to_owned(),
        "'quoted".to_owned(),
        "</t></si><script>&amp;]]>".to_owned(),
        "bell \u{7} escape \u{1b}[31m unit \u{1f} vertical \u{b} end".to_owned(),
        "_x0000_ _x0041_ \u{7}_x005F_".to_owned(),
        "no letters \u{fffe} \u{ffff} \u{fdd0}".to_owned(),
        "👩\u{200d}👩\u{200d}👧 🧾 شركة الأمل שלום \u{202e}gnp.exe".to_owned(),
        "a,b;c\t\"d\"".to_owned(),
        format!("long {}", "🧾x".repeat(20_000)),
        "[brackets]: * ? / \\ #N/A".to_owned(),
    ];
    let mut lines = String::from(
        "id,order,state,customer,salesperson,product,ordered,unit,price,currency,contract,tracking,policy\n",
    );
    let mut entries = String::from("id,date,contract,employee,description,quantity\n");
    for (at, name) in hostile.iter().enumerate() {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let currency = ["EUR", "E\"U", "=1+1", "[Red]"][at % 4];
        for (kind, hours) in [("U", 12), ("N", 9), ("O", 0)] {
            let contract = format!("{kind}{at} {quoted}").replace('"', "");
            let currency = currency.replace('"', "\"\"");
            let _ = writeln!(
                lines,
                "{kind}{at},S{kind}{at},sale,{quoted},{quoted},{quoted},10,Hours,100,\"{currency}\",\"{contract}\",contract,ordered"
            );
            if hours > 0 {
                let _ = writeln!(
                    entries,
                    "{kind}{at},2026-03-02,\"{contract}\",{quoted},{quoted},{hours}"
                );
            }
        }
        let _ = writeln!(entries, "X{at},2026-03-20,{quoted},{quoted},{quoted},1");
        let _ = writeln!(entries, "Y{at},2026-03-20,U1,{quoted},{quoted},{quoted}");
    }
    let world = World::new().file("lines.csv", lines).file("timesheets.csv", entries);
    for language in ["en", "zh-CN", "fr", "de", "es"] {
        let run = world.reconcile(&["--lang", language]).expect_code(0);
        let parts = Parts::of(&run.out.join("delivered.xlsx"));
        packaged(&parts);
        let shared: Vec<String> = parts
            .xml
            .get("xl/sharedStrings.xml")
            .map_or_else(Vec::new, |shared| shared.inner.iter().map(Element::whole_text).collect());
        let book = parts.part("xl/workbook.xml");
        let related = parts.related("xl/workbook.xml");
        let mut sheets = BTreeSet::new();
        for sheet in book.all("sheet") {
            let name = sheet.attribute("name");
            assert!((1..=SHEET).contains(&units(name)), "{name}");
            assert!(!name.contains([':', '\\', '/', '?', '*', '[', ']']), "{name}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
            assert!(sheets.insert(name.to_lowercase()), "{name} twice");
        }
        let (mut names, mut ids, mut found) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for sheet in book.all("sheet") {
            let path = related.get(sheet.attribute("r:id")).expect("a sheet");
            let (name, sheet) = (sheet.attribute("name"), parts.part(path));
            in_order(name, sheet);
            legible(name, sheet);
            offered(name, sheet, &sheets);
            let texts = texts(sheet, &shared);
            found.extend(texts.values().cloned());
            let related = parts.related(path);
            let mut taken: Vec<[usize; 4]> = Vec::new();
            for merged in sheet.all("mergeCell") {
                let place = range(merged.attribute("ref"));
                assert!(taken.iter().all(|other| !overlap(place, *other)), "{name}: {place:?}");
                taken.push(place);
            }
            for part in sheet.all("tablePart") {
                let table = parts.part(related.get(part.attribute("r:id")).expect("a table"));
                let place = range(table.attribute("ref"));
                assert!(taken.iter().all(|other| !overlap(place, *other)), "{name}: {place:?}");
                taken.push(place);
                assert!(sheet.one("autoFilter").is_none(), "{name}: two filters");
                assert!(ids.insert(table.number("id")), "{name}");
                let own = table.attribute("displayName");
                assert!(names.insert(own.to_lowercase()), "{own} twice");
                assert!(
                    own.chars().all(|c| c.is_alphanumeric() || c == '_')
                        && own.starts_with(|c: char| c.is_alphabetic() || c == '_'),
                    "{own}"
                );
                let columns = table.all("tableColumn");
                assert_eq!(columns.len(), place[2] - place[0] + 1, "{name}");
                assert_eq!(
                    table.one("tableColumns").expect("columns").number("count"),
                    columns.len()
                );
                let mut headings = BTreeSet::new();
                for (column, at) in columns.iter().zip(place[0]..) {
                    let heading = cell_text(column.attribute("name"));
                    assert!((1..=HEADING).contains(&units(&heading)), "{name}: {heading}");
                    assert!(headings.insert(heading.to_lowercase()), "{name}: {heading} twice");
                    assert_eq!(texts.get(&[at, place[1]]), Some(&heading), "{name}");
                }
                if let Some(filter) = table.one("autoFilter") {
                    let totals = usize::from(table.attribute("totalsRowCount") == "1");
                    let of = [place[0], place[1], place[2], place[3] - totals];
                    assert_eq!(range(filter.attribute("ref")), of, "{name}");
                }
            }
        }
        // What was hostile is there, as text: all of it, or as much as a cell takes.
        for name in &hostile {
            let is_there = found.iter().any(|text| {
                text == name
                    || text
                        .strip_suffix('…')
                        .is_some_and(|text| units(text) > 32_000 && name.starts_with(text))
            });
            assert!(is_there, "{name:.60} is not in the workbook");
        }
    }
}
