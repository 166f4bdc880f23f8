//! The README's walk through three reviews: its commands are run in order, and
//! whatever it shows is what they print and write.
//!
//! A comment before a block says what the block is:
//!
//! - `prints`: what the last command printed; after a colon the sections wanted
//!   of it, by how they begin;
//! - `file: PATH`: a file as it was written;
//! - `table: PATH: COLUMNS`: some columns of a CSV file;
//! - `filled in: PATH`: cells that a person writes into upsell.csv.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::history::write_csv;
use super::project;
use super::support::{Row, World};

const BEGIN: &str = "<!-- walk -->\n";
const END: &str = "<!-- /walk -->\n";

/// The README before, within and after the walk.
fn readme() -> [String; 3] {
    let text = fs::read_to_string(project("README.md")).expect("the README");
    let (before, rest) = text.split_once(BEGIN).expect("a walk");
    let (walk, after) = rest.split_once(END).expect("the end of the walk");
    [before, walk, after].map(str::to_owned)
}

/// A folder with the exports of the reviews, where the README has them.
fn world() -> World {
    let mut world = World::new();
    for day in ["2026-03-01", "2026-03-15", "2026-03-29"] {
        for file in ["orders.csv", "timesheets.csv"] {
            let name = format!("fixtures/review/{day}/{file}");
            let content = fs::read(project(&name)).expect("an export");
            world = world.file(&name, content);
        }
    }
    world
}

/// A walk under way.
struct Walk<'a> {
    world: World,
    lines: std::iter::Peekable<std::str::Lines<'a>>,
    /// What the last command printed.
    printed: String,
    /// The text with each block as it should be.
    text: String,
}

/// The text of the walk with every block as the program makes it.
fn walk(text: &str) -> String {
    let lines = text.lines().peekable();
    let mut walk = Walk { world: world(), lines, printed: String::new(), text: String::new() };
    while let Some(line) = walk.lines.next() {
        walk.keep(line);
        if let Some(mark) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            let (kind, what) = mark.split_once(": ").unwrap_or((mark, ""));
            walk.block(kind, what);
        } else if let Some(command) = line.strip_prefix("$ drawdown ") {
            walk.command(command);
        } else {
            let is_block = line.starts_with('|') || line.starts_with("```");
            let is_held = ["```", "```console"].contains(&line);
            assert!(!is_block || is_held, "nothing says what this block is: {line}");
        }
    }
    walk.text
}

impl Walk<'_> {
    fn keep(&mut self, line: &str) {
        self.text.extend([line, "\n"]);
    }

    /// Runs a command, which a backslash continues on the next line.
    fn command(&mut self, first: &str) {
        let mut command = first.to_owned();
        while let Some(part) = command.strip_suffix('\\') {
            let next = self.lines.next().expect("the rest of the command");
            self.keep(next);
            command = format!("{part}{next}");
        }
        let arguments: Vec<&str> = command.split_whitespace().collect();
        let code = if arguments[0] == "diff" { 10 } else { 0 };
        self.printed = self.world.run(&arguments).expect_code(code).stdout;
    }

    fn block(&mut self, kind: &str, what: &str) {
        if kind == "filled in" {
            return self.fill_in(&self.world.path().join(what));
        }
        self.pass_over();
        let block = match kind {
            "prints" => fenced("text", &parts(&self.printed, what)),
            "file" => fenced("csv", &self.read(what)),
            "table" => {
                let (path, columns) = what.split_once(": ").expect("columns");
                table(&self.read(path), &columns.split(", ").collect::<Vec<_>>())
            }
            _ => panic!("no such mark: {kind}"),
        };
        self.text.push_str(&block);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.world.path().join(path)).expect("an output")
    }

    /// Passes over the block as it stands.
    fn pass_over(&mut self) {
        if self.lines.next_if(|line| line.starts_with("```")).is_some() {
            while self.lines.next().expect("the end of the block") != "```" {}
        }
        while self.lines.next_if(|line| line.starts_with('|')).is_some() {}
    }

    /// Writes the cells of the table that follows into upsell.csv.
    fn fill_in(&mut self, path: &Path) {
        let mut rows = Vec::new();
        while let Some(line) = self.lines.next_if(|line| line.starts_with('|')) {
            self.keep(line);
            rows.push(line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
        }
        let columns = rows[0].clone();
        assert_eq!(columns[0], "order");
        for row in &rows[2..] {
            for (column, cell) in columns.iter().zip(row).skip(1) {
                write_csv(path.parent().expect("a folder"), row[0], column, cell);
            }
        }
    }
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// The sections that begin like this, parted by a comma; all, if none is named.
fn parts(printed: &str, wanted: &str) -> String {
    let sections: Vec<&str> = printed.trim_end().split("\n\n").collect();
    let found = wanted.split(", ").flat_map(|begin| {
        let found: Vec<&str> =
            sections.iter().copied().filter(|section| section.starts_with(begin)).collect();
        assert!(!found.is_empty(), "no section {begin} in:\n{printed}");
        found
    });
    found.collect::<Vec<_>>().join("\n\n")
}

fn table(csv: &str, columns: &[&str]) -> String {
    let mut text = format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in csv::Reader::from_reader(csv.as_bytes()).deserialize::<Row>() {
        let row = row.expect("a row");
        let cells: Vec<&str> = columns.iter().map(|column| row[*column].as_str()).collect();
        writeln!(text, "| {} |", cells.join(" | ")).expect("a text takes it");
    }
    text
}

/// Run with `UPDATE_EXPECTED=1` to write the blocks anew; read the difference
/// before it is committed.
#[test]
fn the_walk_through_three_reviews_is_what_the_program_does() {
    let [before, shown, after] = readme();
    let found = walk(&shown);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let text = [&before, BEGIN, &found, END, &after].concat();
        #[expect(clippy::disallowed_methods, reason = "the README's own blocks")]
        fs::write(project("README.md"), text).expect("written");
        return;
    }
    assert_eq!(found, shown, "found:\n{found}");
}

#[test]
fn the_walk_shows_a_new_line_a_new_order_and_a_lock() {
    let [_, shown, _] = readme();
    for (order, how) in [("S00101", "new line"), ("S00102", "new order"), ("S00103", "locked")] {
        let resolved = |line: &&str| {
            line.starts_with(&format!("  {order}  ")) && line.ends_with(&format!("  {how}"))
        };
        assert_eq!(shown.lines().filter(resolved).count(), 1, "{order}");
    }
    let marks = |kind: &str| shown.matches(&format!("<!-- {kind}")).count();
    assert_eq!([marks("prints"), marks("file"), marks("table"), marks("filled in")], [4, 2, 5, 1]);
}

#[test]
fn a_block_that_is_altered_is_found() {
    let [_, shown, _] = readme();
    let mut altered = String::new();
    let mut blocks = 0;
    for block in shown.split_inclusive("\n\n") {
        let is_held =
            ["<!-- prints", "<!-- file", "<!-- table"].iter().any(|mark| block.starts_with(mark));
        blocks += usize::from(is_held);
        // The last digit of the block becomes another one.
        match block.rfind(|letter: char| letter.is_ascii_digit()).filter(|_| is_held) {
            Some(at) => {
                let other = if block[at..].starts_with('7') { "3" } else { "7" };
                altered.extend([&block[..at], other, &block[at + 1..]]);
            }
            None => altered.push_str(block),
        }
    }
    assert_eq!(blocks, 11);
    let differing = altered.lines().zip(shown.lines()).filter(|(one, other)| one != other);
    assert_eq!(differing.count(), blocks, "each block is altered");
    assert_eq!(walk(&altered), shown, "each is put right");
    // What is decided decides what is written.
    let undecided = shown.replace("| Anna | new order |", "| Anna | wait |");
    assert_ne!(walk(&undecided), undecided);
}
