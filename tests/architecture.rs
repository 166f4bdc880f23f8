//! The rooms of the crate and the arrows between them (ARCHITECTURE.md): every
//! path under src/ is read and held to one table, together with what no room
//! may contain.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a room may know of another one.
#[derive(Clone, Copy)]
enum Known {
    All,
    /// Only what these modules of it make public, and these names.
    Parts(&'static [&'static str]),
}

use Known::{All, Parts};

/// The table of allowed arrows: a room, and the rooms it may know.
const ARROWS: [(&str, &[(&str, Known)]); 16] = [
    ("diagnostics", &[]),
    // What is said of faults, as phrases that it has the words for.
    ("language", &[("diagnostics", All)]),
    ("digest", &[]),
    ("run_json", &[("digest", All)]),
    ("progress", &[]),
    ("model", &[("diagnostics", All)]),
    (
        "ingest",
        &[
            ("model", All),
            ("diagnostics", All),
            // A part that is read has a digest.
            ("digest", Parts(&["Piece", "PieceDigest"])),
            // A run's own output is passed over.
            ("run_json", Parts(&["is_run_folder"])),
        ],
    ),
    ("reconcile", &[("model", All), ("diagnostics", All)]),
    (
        "engine",
        &[
            ("digest", All),
            ("ingest", All),
            ("model", All),
            ("diagnostics", All),
            // Is told of blocks; nothing comes back.
            ("progress", All),
            // The sums, who is a duplicate of whom, and the user's choices
            // about both; no attribution, conversion or settlement.
            ("reconcile", Parts(&["partial", "key_sums", "duplicates", "rules"])),
        ],
    ),
    (
        "history",
        &[
            ("language", All),
            // Tables of our own are read back as an export is, and a day in
            // them as in a cell.
            ("ingest", Parts(&["plain", "column", "read_date", "shown_path"])),
            ("run_json", All),
            ("model", All),
            ("diagnostics", All),
            ("digest", All),
        ],
    ),
    (
        "report",
        &[
            ("language", All),
            ("history", All),
            ("model", All),
            ("reconcile", All),
            ("diagnostics", All),
            ("digest", All),
            ("run_json", All),
        ],
    ),
    (
        "diff",
        &[
            ("ingest", Parts(&["plain", "column", "shown_path"])),
            ("run_json", All),
            ("report", All),
            // A comparison is told in the reader's language.
            ("language", All),
            // The entries behind two runs.
            ("job", Parts(&["entries"])),
            ("model", All),
            ("diagnostics", All),
        ],
    ),
    (
        "config",
        &[
            ("language", All),
            ("reconcile", Parts(&["rules", "mapping"])),
            // A number or a day in the file reads as one in a cell; and the
            // user's choices about reading, which ingest declares.
            (
                "ingest",
                Parts(&[
                    "fields",
                    "column",
                    "Bounds",
                    "Chosen",
                    "DateOrder",
                    "DecimalMark",
                    "FileChoice",
                    "FilePattern",
                    "How",
                    "TextEncoding",
                ]),
            ),
            ("model", All),
            ("diagnostics", All),
        ],
    ),
    (
        "run_folder",
        &[
            ("config", All),
            ("diagnostics", All),
            ("digest", All),
            // Its own tables are read back as an export is.
            ("ingest", Parts(&["fields", "column", "plain", "shown_path"])),
            ("model", All),
            ("reconcile", Parts(&["rules"])),
            ("run_json", All),
        ],
    ),
    (
        "job",
        &[
            ("config", All),
            ("diagnostics", All),
            ("digest", All),
            ("engine", All),
            ("history", All),
            ("ingest", All),
            // What a proof says, in no language yet.
            ("language", Parts(&["Group", "Key", "Said"])),
            ("model", All),
            ("progress", All),
            ("reconcile", All),
            ("report", All),
            // The run whose figures are explained.
            ("run_folder", All),
            ("run_json", All),
        ],
    ),
    (
        "cli",
        &[
            ("language", All),
            ("config", All),
            ("diagnostics", All),
            ("diff", All),
            ("digest", All),
            ("engine", All),
            ("history", All),
            ("ingest", All),
            ("job", All),
            ("model", All),
            ("progress", All),
            ("reconcile", All),
            ("report", All),
            ("run_folder", All),
            ("run_json", All),
        ],
    ),
];

/// A file under src/, without comments, literals and test modules.
struct Source {
    /// `ingest/text.rs`.
    name: String,
    /// Its module: `["ingest", "text"]`.
    module: Vec<String>,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    text: String,
    line: usize,
}

/// A path that a file names, from the root of the crate: `["model", "Exact"]`.
type CratePath = (Vec<String>, usize);

// ---- reading ----

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let all: Vec<Source> = files
        .iter()
        .map(|path| {
            let name =
                path.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
            Source::new(&name, &fs::read_to_string(path).expect("a source file"))
        })
        .collect();
    let of_tests: BTreeSet<Vec<String>> = all.iter().flat_map(Source::test_files).collect();
    all.into_iter()
        .map(Source::without_tests)
        .filter(|file| !of_tests.contains(&file.module))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    fn new(name: &str, text: &str) -> Self {
        let parts = name.trim_end_matches(".rs").split('/').map(str::to_owned);
        let module =
            parts.filter(|part| !matches!(part.as_str(), "mod" | "lib" | "main")).collect();
        Self { name: name.to_owned(), module, tokens: tokens(text) }
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }

    fn are(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(offset, text)| self.is(at + offset, text))
    }

    const TEST: [&'static str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

    /// Parts that only tests have, kept in files of their own.
    fn test_files(&self) -> Vec<Vec<String>> {
        (0..self.tokens.len())
            .filter(|at| {
                self.are(*at, &Self::TEST) && self.is(at + 7, "mod") && self.is(at + 9, ";")
            })
            .map(|at| {
                let mut module = self.module.clone();
                module.push(self.tokens[at + 8].text.clone());
                module
            })
            .collect()
    }

    /// Without the items that only tests have.
    fn without_tests(mut self) -> Self {
        let mut kept = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if self.are(at, &Self::TEST) {
                at = self.end_of_item(at + Self::TEST.len());
            } else {
                kept.push(self.tokens[at].clone());
                at += 1;
            }
        }
        self.tokens = kept;
        self
    }

    /// Just past the item that starts here: its closing brace or semicolon.
    fn end_of_item(&self, start: usize) -> usize {
        let mut depth = 0_i32;
        for at in start..self.tokens.len() {
            match self.tokens[at].text.as_str() {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => {
                    depth -= 1;
                    if depth == 0 && self.is(at, "}") {
                        return at + 1;
                    }
                }
                ";" if depth == 0 => return at + 1,
                _ => {}
            }
        }
        self.tokens.len()
    }

    /// The room that the file is part of; none for lib.rs and main.rs.
    fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    /// Every path that starts at `crate` or `super`, from the crate's root.
    fn paths(&self) -> Vec<CratePath> {
        let mut paths = Vec::new();
        for at in 0..self.tokens.len() {
            let follows = at.checked_sub(1).is_some_and(|before| self.is(before, "::"));
            if follows || !(self.is(at, "crate") || self.is(at, "super")) || !self.is(at + 1, "::")
            {
                continue;
            }
            let mut base: Vec<String> = Vec::new();
            let mut next = at + 2;
            if self.is(at, "super") {
                base.clone_from(&self.module);
                base.pop();
                while self.are(next, &["super", "::"]) {
                    base.pop();
                    next += 2;
                }
            }
            self.tree(next, &base, &mut paths);
        }
        paths
    }

    /// The paths of a use tree; gives the place after it.
    fn tree(&self, mut at: usize, base: &[String], paths: &mut Vec<CratePath>) -> usize {
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        if !self.is(at, "{") {
            let mut path = base.to_vec();
            while let Some(token) = self.tokens.get(at) {
                if token.text == "{" {
                    return self.tree(at, &path, paths);
                }
                if token.text != "self" {
                    path.push(token.text.clone());
                }
                at += 1;
                if !self.is(at, "::") {
                    break;
                }
                at += 1;
            }
            paths.push((path, line));
            return at;
        }
        at += 1;
        while at < self.tokens.len() && !self.is(at, "}") {
            at = self.tree(at, base, paths);
            if self.is(at, "as") {
                at += 2;
            }
            if self.is(at, ",") {
                at += 1;
            }
        }
        at + 1
    }

    /// The paths that start at a room which the file has in scope by its name.
    fn through(&self, room: &str) -> Vec<CratePath> {
        (1..self.tokens.len())
            .filter(|at| self.are(*at, &[room, "::"]) && !self.is(at - 1, "::"))
            .map(|at| {
                let name = self.tokens.get(at + 2).map_or("", |token| &token.text);
                (vec![room.to_owned(), name.to_owned()], self.tokens[at].line)
            })
            .collect()
    }

    /// Which module each public name of a room's own mod.rs comes from.
    fn exports(&self) -> BTreeMap<String, String> {
        let mut exports = BTreeMap::new();
        for at in 0..self.tokens.len() {
            if !self.are(at, &["pub", "use"]) {
                continue;
            }
            let mut paths = Vec::new();
            self.tree(at + 2, &[], &mut paths);
            for (path, _) in paths {
                if let [module, .., name] = path.as_slice() {
                    exports.insert(name.clone(), module.clone());
                }
            }
        }
        exports
    }
}

/// Words and marks of Rust; comments, literals and lifetimes are left out.
fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let get = |at: usize| letters.get(at).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < letters.len() {
        let start = at;
        let letter = letters[at];
        if letter == '/' && get(at + 1) == '/' {
            while at < letters.len() && letters[at] != '\n' {
                at += 1;
            }
        } else if letter == '/' && get(at + 1) == '*' {
            while at < letters.len() && !(letters[at] == '*' && get(at + 1) == '/') {
                at += 1;
            }
            at += 2;
        } else if letter == '"' {
            at = end_of_string(&letters, at + 1);
        } else if matches!(letter, 'b' | 'c') && get(at + 1) == '"' {
            at = end_of_string(&letters, at + 2);
        } else if letter == 'r'
            && (get(at + 1) == '"' || (get(at + 1) == '#' && matches!(get(at + 2), '"' | '#')))
        {
            at = end_of_raw_string(&letters, at + 1);
        } else if letter == 'b' && get(at + 1) == 'r' && matches!(get(at + 2), '"' | '#') {
            at = end_of_raw_string(&letters, at + 2);
        } else if letter == '\'' {
            at += if get(at + 1) == '\\' {
                // '\n', '\'', '\u{1f}': up to the quote after the letter.
                3 + letters[(at + 3).min(letters.len())..]
                    .iter()
                    .position(|c| *c == '\'')
                    .unwrap_or(0)
                    + 1
            } else if get(at + 2) == '\'' {
                3
            } else {
                1
            };
        } else if is_word(letter) {
            while is_word(get(at)) {
                at += 1;
            }
            found.push(Token { text: letters[start..at].iter().collect(), line });
        } else if letter == ':' && get(at + 1) == ':' {
            at += 2;
            found.push(Token { text: "::".to_owned(), line });
        } else {
            at += 1;
            if !letter.is_whitespace() {
                found.push(Token { text: letter.to_string(), line });
            }
        }
        line += letters[start..at.min(letters.len())].iter().filter(|c| **c == '\n').count();
    }
    found
}

fn end_of_string(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn end_of_raw_string(letters: &[char], mut at: usize) -> usize {
    let start = at;
    while letters.get(at) == Some(&'#') {
        at += 1;
    }
    let hashes = at - start;
    at += 1;
    while at < letters.len() {
        let after = &letters[at + 1..(at + 1 + hashes).min(letters.len())];
        if letters[at] == '"' && after.len() == hashes && after.iter().all(|c| *c == '#') {
            return at + 1 + hashes;
        }
        at += 1;
    }
    at
}

// ---- judging ----

/// The rooms' own mod.rs files: where their public names come from.
type Exports = BTreeMap<String, BTreeMap<String, String>>;

fn exports(sources: &[Source]) -> Exports {
    sources
        .iter()
        .filter(|file| file.module.len() == 1)
        .map(|file| (file.module[0].clone(), file.exports()))
        .collect()
}

/// Every path against the arrows.
fn against_the_arrows(file: &Source, exports: &Exports) -> Vec<String> {
    let Some(room) = file.room() else { return Vec::new() };
    let Some((_, known)) = ARROWS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: {room} is a room that the table does not have", file.name)];
    };
    let mut paths = Vec::new();
    for (path, line) in file.paths() {
        match path.as_slice() {
            // The room itself: what it is used for stands further down.
            [target] if target != room => paths.extend(file.through(target)),
            _ => paths.push((path, line)),
        }
    }
    let mut found = Vec::new();
    for (path, line) in paths {
        let Some(target) = path.first().filter(|target| *target != room) else { continue };
        let allowed = known.iter().find(|(name, _)| name == target).map(|(_, known)| known);
        let fits = match allowed {
            None => false,
            Some(All) => true,
            Some(Parts(parts)) => path.get(1).is_some_and(|name| {
                let from = exports.get(target).and_then(|names| names.get(name)).unwrap_or(name);
                parts.contains(&from.as_str()) || parts.contains(&name.as_str())
            }),
        };
        if !fits {
            found.push(format!("{}:{line}: {room} may not know {}", file.name, path.join("::")));
        }
    }
    found
}

/// Where a run of tokens stands in a file.
fn places(file: &Source, wanted: &[&str]) -> Vec<String> {
    (0..file.tokens.len())
        .filter(|at| file.are(*at, wanted))
        .map(|at| format!("{}:{}: {}", file.name, file.tokens[at].line, wanted.concat()))
        .collect()
}

fn panics(file: &Source) -> Vec<String> {
    let calls: [&[&str]; 6] = [
        &[".", "unwrap", "("],
        &[".", "expect", "("],
        &["panic", "!"],
        &["todo", "!"],
        &["unimplemented", "!"],
        &["unreachable", "!"],
    ];
    calls.iter().flat_map(|call| places(file, call)).collect()
}

fn prints(file: &Source) -> Vec<String> {
    if file.room() == Some("cli") {
        return Vec::new();
    }
    let macros = ["print", "println", "eprint", "eprintln", "dbg"];
    macros.iter().flat_map(|name| places(file, &[name, "!"])).collect()
}

#[track_caller]
fn expect_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

// ---- the tests ----

#[test]
fn every_path_follows_the_arrows() {
    let sources = sources();
    let exports = exports(&sources);
    let paths: usize = sources.iter().map(|file| file.paths().len()).sum();
    assert!(paths > 300, "{paths} paths were read: too few to be all of them");
    expect_none(
        &sources.iter().flat_map(|file| against_the_arrows(file, &exports)).collect::<Vec<_>>(),
    );
}

#[test]
fn every_room_is_in_the_table_and_every_row_of_the_table_is_a_room() {
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().filter_map(Source::room).collect();
    let table: BTreeSet<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    assert_eq!(rooms, table);
}

#[test]
fn nothing_outside_tests_can_panic_by_a_call() {
    expect_none(&sources().iter().flat_map(panics).collect::<Vec<_>>());
}

#[test]
fn unsafe_is_nowhere() {
    expect_none(&sources().iter().flat_map(|file| places(file, &["unsafe"])).collect::<Vec<_>>());
}

#[test]
fn main_is_under_fifteen_lines() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs"))
        .expect("main.rs");
    assert!(main.lines().count() < 15, "{} lines", main.lines().count());
}

#[test]
fn only_the_command_line_prints() {
    expect_none(&sources().iter().flat_map(prints).collect::<Vec<_>>());
}

/// An alias of a hash map escapes clippy's list of disallowed types. A hasher by
/// itself has no order.
#[test]
fn only_the_engine_has_hash_maps() {
    let outside = |file: &&Source| file.room() != Some("engine");
    let words = ["hashbrown", "HashMap", "HashSet"];
    let sources = sources();
    let found =
        sources.iter().filter(outside).flat_map(|file| words.map(|word| places(file, &[word])));
    expect_none(&found.flatten().collect::<Vec<_>>());
}

// ---- the tests of the tests: each rule can fail ----

fn judged(name: &str, text: &str) -> Vec<String> {
    let file = Source::new(name, text).without_tests();
    let own =
        Source::new("reconcile/mod.rs", "pub use partial::{ByUnit, Cell}; pub use settle::settle;");
    against_the_arrows(&file, &exports(&[own]))
}

#[test]
fn sees_a_path_against_the_arrows_however_it_is_written() {
    for text in [
        "use crate::report::Report;",
        "use crate::{model::Exact, report::Report};",
        "fn f() { let _ = crate::report::write_table; }",
        "use super::super::report::Report;",
        "use super::super::report; fn f() { report::write_table() }",
        "/// words\nuse  crate :: report :: Report;",
    ] {
        let found = judged("ingest/text.rs", text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains("ingest may not know report"), "{found:?}");
    }
}

#[test]
fn sees_which_module_a_public_name_comes_from() {
    assert!(judged("engine/embedded.rs", "use crate::reconcile::{ByUnit, Cell};").is_empty());
    assert_eq!(judged("engine/embedded.rs", "use crate::reconcile::{Cell, settle};").len(), 1);
    // The room itself, and then a name of it.
    assert_eq!(
        judged("engine/embedded.rs", "use crate::reconcile; fn f() { reconcile::settle() }").len(),
        1
    );
    assert!(
        judged("engine/embedded.rs", "use crate::reconcile; type C = reconcile::Cell;").is_empty()
    );
}

#[test]
fn passes_over_comments_literals_and_tests() {
    for text in [
        "// use crate::report::Report;",
        "/* crate::report */ const A: &str = \"crate::report\"; const B: char = '\"';",
        "const A: &str = r#\"a \" crate::report::x\"#;",
        "const A: u8 = b'\"'; // crate::report",
        "#[cfg(test)]\nmod tests { use crate::report::Report; fn f() { g() } }",
        "use super::sheet::Row; use crate::model::Exact; use super::super::diagnostics::Error;",
    ] {
        assert_eq!(judged("ingest/text.rs", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn sees_panics_and_prints() {
    let file = Source::new(
        "model/a.rs",
        "#[expect(dead_code)] fn f() { x.unwrap(); y.expect(\"z\"); println!(); }",
    );
    assert_eq!(panics(&file).len(), 2);
    assert_eq!(prints(&file).len(), 1);
}
