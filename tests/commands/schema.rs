//! The schemas are what the program writes, and a change of them is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{drawdown, project};

fn text(arguments: &[&str]) -> String {
    String::from_utf8(drawdown(arguments).stdout).expect("UTF-8")
}

fn names() -> Vec<String> {
    let list = text(&["schema"]);
    list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&text(&["schema", name])).expect("JSON")
}

/// Run with `UPDATE_EXPECTED=1` to write the stored schemas anew.
#[test]
fn the_stored_schemas_are_those_of_the_program() {
    let names = names();
    assert_eq!(names.len(), 23, "{names:?}");
    for name in &names {
        let path = project(&format!("fixtures/schemas/{name}.schema.json"));
        let printed = text(&["schema", name]);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            #[expect(clippy::disallowed_methods, reason = "a test's own file")]
            fs::write(&path, &printed).expect("a file");
        }
        assert_eq!(printed, fs::read_to_string(&path).expect("a stored schema"), "{name}");
    }
    let stored = fs::read_dir(project("fixtures/schemas")).expect("the schemas").count();
    assert_eq!(stored, names.len(), "fixtures/schemas holds a schema that there is no more");
    assert_eq!(drawdown(&["schema", "nothing"]).status.code(), Some(2));
}

/// What a program may rely on: all but the words.
fn without_words(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let is_word = |name: &str, value: &Value| {
                matches!(name, "description" | "meaning") && value.is_string()
            };
            let kept = object.into_iter().filter(|(name, value)| !is_word(name, value));
            Value::Object(kept.map(|(name, value)| (name, without_words(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_words).collect()),
        other => other,
    }
}

#[test]
fn a_change_of_the_schemas_is_told_in_the_changelog() {
    let all: BTreeMap<String, Value> =
        names().into_iter().map(|name| (name.clone(), without_words(schema(&name)))).collect();
    let text = serde_json::to_string(&all).expect("JSON");
    let digest = blake3::hash(text.as_bytes()).to_hex()[..12].to_owned();
    let changelog = fs::read_to_string(project("CHANGELOG.md")).expect("the changelog");
    let newest = changelog.split("\n## ").nth(1).expect("a section");
    assert!(
        newest.contains(&format!("(schemas {digest})")),
        "the columns or the JSON of an output have changed: say in CHANGELOG.md what is different, \
         and write (schemas {digest}) there instead of the digest that stands there now"
    );
}

#[test]
fn json_outputs_are_as_their_schemas_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (old, new) = (path("old"), path("new"));
    for (out, input, day) in [
        (&old, "fixtures/review/2026-03-01", "2026-03-01"),
        (&new, "fixtures/review/2026-03-15", "2026-03-15"),
    ] {
        drawdown(&["reconcile", input, "--out", out, "--as-of", day, "--record-time"]);
    }
    let quickstart = "fixtures/quickstart-expected";
    let run =
        |arguments: &[&str]| -> Value { serde_json::from_str(&text(arguments)).expect("JSON") };
    let stored = |folder: &str| -> Value {
        let text = fs::read_to_string(Path::new(folder).join("run.json")).expect("run.json");
        serde_json::from_str(&text).expect("JSON")
    };
    let project_folder = project(quickstart);
    for (name, output) in [
        ("run", stored(project_folder.to_str().expect("a path"))),
        ("run", stored(&new)),
        ("run", run(&["check", "fixtures/quickstart", "--format", "json"])),
        (
            "run",
            run(&[
                "check",
                "fixtures/recognised/formats",
                "fixtures/quickstart/orders.xlsx",
                "--format",
                "json",
            ]),
        ),
        ("error", run(&["check", "fixtures/faults", "--format", "json"])),
        ("error", run(&["check", "no/such/file.csv", "--format", "json"])),
        ("explain", run(&["explain", "SO009", "--run", quickstart, "--format", "json"])),
        ("explain", run(&["explain", "SO011", "--run", quickstart, "--format", "json"])),
        ("diff", run(&["diff", &old, &new, "--format", "json"])),
        ("diff", run(&["diff", &old, &old, "--format", "json"])),
        ("inspect", run(&["inspect", "fixtures/quickstart", "--format", "json"])),
        ("inspect", run(&["inspect", "fixtures/recognised", "--format", "json"])),
    ] {
        let schema = schema(name);
        if let Err(problem) = fits(&schema, &schema, &output, name) {
            panic!("{problem}");
        }
    }
}

/// Whether a value fits a schema: the keywords that ours use, strictly. A
/// keyword that is not known here is a failure, and so is a member that its
/// object's schema does not name.
fn fits(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let fail = |what: &str| Err(format!("{at}: {what}: {value}"));
    let keywords = match schema {
        Value::Bool(true) => return Ok(()),
        Value::Object(keywords) => keywords,
        _ => return fail("a schema that allows nothing"),
    };
    for (keyword, operand) in keywords {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" | "format" => {}
            "$ref" => {
                let pointer = operand.as_str().and_then(|s| s.strip_prefix('#')).unwrap_or("?");
                let target = root.pointer(pointer).ok_or(format!("{at}: no {pointer}"))?;
                fits(root, target, value, at)?;
            }
            "anyOf" => {
                let choices = operand.as_array().ok_or("anyOf is a list")?;
                if !choices.iter().any(|choice| fits(root, choice, value, at).is_ok()) {
                    return fail("none of anyOf");
                }
            }
            "type" => {
                let is = |name: &Value| match name.as_str() {
                    Some("object") => value.is_object(),
                    Some("array") => value.is_array(),
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_u64() || value.is_i64(),
                    Some("boolean") => value.is_boolean(),
                    Some("null") => value.is_null(),
                    _ => false,
                };
                let is_any = operand.as_array().map_or(is(operand), |names| names.iter().any(is));
                if !is_any {
                    return fail(&format!("is no {operand}"));
                }
            }
            "minimum" => {
                if value.as_i64().is_some_and(|number| Some(number) < operand.as_i64()) {
                    return fail("too small");
                }
            }
            "const" => {
                if value != operand {
                    return fail("another value");
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, operand, item, &format!("{at}[{index}]"))?;
                }
            }
            "required" => {
                for name in operand.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if value.is_object() && value.get(name).is_none() {
                        return fail(&format!("has no {name}"));
                    }
                }
            }
            "properties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    match operand.get(name) {
                        Some(schema) => fits(root, schema, member, &format!("{at}.{name}"))?,
                        None => return fail(&format!("{name} is in no schema")),
                    }
                }
            }
            "additionalProperties" => {
                let named = keywords.get("properties");
                for (name, member) in value.as_object().into_iter().flatten() {
                    if named.and_then(|named| named.get(name)).is_none() {
                        fits(root, operand, member, &format!("{at}.{name}"))?;
                    }
                }
            }
            other => return fail(&format!("keyword {other} is not known to this test")),
        }
    }
    Ok(())
}

#[test]
fn the_check_of_schemas_can_fail() {
    let schema = schema("run");
    let whole = fs::read_to_string(project("fixtures/quickstart-expected/run.json")).expect("it");
    let whole: Value = serde_json::from_str(&whole).expect("JSON");
    let spoilt = |change: &dyn Fn(&mut Value)| {
        let mut value = whole.clone();
        change(&mut value);
        fits(&schema, &schema, &value, "run").expect_err("it does not fit")
    };
    assert!(spoilt(&|run| run["more"] = 1.into()).contains("more is in no schema"));
    assert!(spoilt(&|run| run["as_of"] = 1.into()).contains("as_of"));
    assert!(spoilt(&|run| run["inputs"][0]["rows"] = (-1).into()).contains("rows"));
    let lost = spoilt(&|run| {
        run.as_object_mut().and_then(|run| run.remove("totals"));
    });
    assert!(lost.contains("has no totals"), "{lost}");
}

#[test]
fn csv_outputs_have_the_columns_and_types_that_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a path");
    drawdown(&["reconcile", "fixtures/review/2026-03-15", "--out", out, "--as-of", "2026-03-15"]);
    let mut cells = 0;
    for name in names().iter().filter(|name| name.contains(".csv")) {
        let schema = schema(name);
        let columns = schema["columns"].as_array().expect("columns");
        let texts: Vec<String> = match name.as_str() {
            "explain.csv" => vec![text(&[
                "explain",
                "SO011",
                "--run",
                "fixtures/quickstart-expected",
                "--format",
                "csv",
            ])],
            "diff.csv" => {
                vec![text(&["diff", "fixtures/quickstart-expected", out, "--format", "csv"])]
            }
            file => ["fixtures/quickstart-expected", out]
                .iter()
                .map(|folder| fs::read_to_string(project(folder).join(file)).expect("a file"))
                .collect(),
        };
        for text in texts {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let header: Vec<String> =
                reader.headers().expect("a header").iter().map(str::to_owned).collect();
            let told: Vec<&str> =
                columns.iter().filter_map(|column| column["name"].as_str()).collect();
            if name == "delivered_update.csv" {
                // One of its ids may be left out.
                assert!(header.iter().all(|column| told.contains(&column.as_str())), "{header:?}");
            } else {
                assert_eq!(header, told, "{name}");
            }
            for row in reader.records() {
                for (cell, column) in row.expect("a row").iter().zip(&header) {
                    let at = told.iter().position(|name| name == column).expect("a column");
                    let kind = columns[at]["type"].as_str().expect("a type");
                    assert!(
                        cell.is_empty() || is_of(kind, cell),
                        "{name}: {column} is no {kind}: {cell}"
                    );
                    cells += usize::from(!cell.is_empty() && kind != "text");
                }
            }
        }
    }
    assert!(cells > 200, "only {cells} cells were checked");
}

fn is_of(kind: &str, cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    match kind {
        "text" => true,
        "integer" => digits(unsigned),
        "decimal" => {
            let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
            digits(whole) && digits(decimals)
        }
        "date" => cell.parse::<chrono::NaiveDate>().is_ok() && cell.len() == 10,
        _ => false,
    }
}
