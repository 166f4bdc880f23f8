//! What the help promises: every example in it runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{drawdown, project};

fn text(arguments: &[&str]) -> String {
    String::from_utf8(drawdown(arguments).stdout).expect("UTF-8")
}

/// The commands that the program's help lists.
fn commands() -> Vec<String> {
    let help = text(&["--help"]);
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let rows = list.expect("a list of commands").lines();
    let is_name = |row: &&str| row.starts_with("  ") && !row.starts_with("   ");
    let names = rows.filter(is_name).filter_map(|row| row.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The command lines of a help's examples.
fn examples(help: &str) -> Vec<String> {
    help.lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with("drawdown "))
        .map(str::to_owned)
        .collect()
}

/// The folder that the examples speak of: exports, and the reports of two runs.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let exports = folder.path().join("exports");
    for under in [
        "exports",
        ".local/share/man/man1",
        ".zfunc",
        ".config/fish/completions",
        ".local/share/bash-completion/completions",
    ] {
        fs::create_dir_all(folder.path().join(under)).expect("a folder");
    }
    for file in fs::read_dir(project("fixtures/quickstart")).expect("exports") {
        let file = file.expect("a file");
        for target in [&exports, &folder.path().to_path_buf()] {
            fs::copy(file.path(), target.join(file.file_name())).expect("a copy");
        }
    }
    for (report, day) in [("report-2026-03-15", "2026-03-15"), ("report", "2026-03-31")] {
        let line = format!("drawdown reconcile exports/ --out {report} --as-of {day}");
        assert_eq!(run(folder.path(), &line).status.code(), Some(0));
    }
    folder
}

#[cfg(unix)]
fn run(folder: &Path, line: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_drawdown"));
    Command::new("sh")
        .args(["-c", line])
        .env("PATH", format!("{}:/usr/bin:/bin", program.parent().expect("a folder").display()))
        .env("HOME", folder)
        .current_dir(folder)
        .output()
        .expect("a shell")
}

#[cfg(unix)]
#[test]
fn every_example_in_the_help_runs() {
    let names = commands();
    assert!(names.len() >= 8, "{names:?}");
    let mut lines: BTreeSet<String> = examples(&text(&["--help"])).into_iter().collect();
    for name in &names {
        let of_command = examples(&text(&[name, "--help"]));
        assert!(!of_command.is_empty(), "the help of {name} has no example");
        lines.extend(of_command);
    }
    let folder = place();
    for line in lines {
        let output = run(folder.path(), &line);
        let code = output.status.code();
        // Exceptions, upsells, differences: the exports have all of them.
        let is_done = matches!(code, Some(0 | 4 | 5 | 10));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(is_done && !stderr.contains("error"), "{line}\nended with {code:?}\n{stderr}");
    }
}

#[test]
fn every_shell_has_completions_of_every_command() {
    let names = commands();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = text(&["completions", shell]);
        for name in &names {
            assert!(script.contains(name.as_str()), "{shell} lacks {name}");
        }
        assert!(script.contains("as-of"), "{shell} lacks --as-of");
    }
}

#[test]
fn every_command_has_a_page_and_the_manual_names_them_all() {
    let names = commands();
    let manual = text(&["manual"]);
    assert!(manual.contains(".TH drawdown 1"), "{manual}");
    for name in &names {
        assert!(manual.contains(&format!("drawdown\\-{name}")), "no {name} in:\n{manual}");
        let page = text(&["manual", name]);
        assert!(page.contains(&format!(".TH drawdown-{name} 1")), "{page}");
        assert!(page.contains("drawdown "), "{page}");
    }
    assert_eq!(drawdown(&["manual", "nothing"]).status.code(), Some(2));
}
