//! Parquet files beside the same entries as CSV (fixtures/recognised/parquet),
//! in a build that reads them: `cargo test --features parquet --test parquet`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use support::{Row, Run, World};

fn recognised(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The Parquet files of a folder, by name.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    files.sort();
    files
}

fn world(name: &str, bytes: impl AsRef<[u8]>) -> World {
    World::new().file("orders.csv", recognised("formats/orders.csv")).file(name, bytes)
}

fn odd(name: &str) -> World {
    world("t.parquet", recognised(&format!("parquet/odd/{name}.parquet")))
}

/// What the entries of a file come to.
fn delivered(name: &str, bytes: &[u8]) -> String {
    let world = world(name, bytes);
    world.reconcile(&["--strict", "--quiet"]).expect_code(0).text("delivered.csv")
}

/// A run over a file of `odd/`, with the world that its outputs lie in.
fn odd_run(name: &str) -> (World, Run) {
    let world = odd(name);
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    (world, run)
}

/// Row, column and text of each exception.
fn exceptions(run: &Run) -> Vec<[String; 3]> {
    let cells = |row: &Row| [&row["row"], &row["column"], &row["found"]].map(Clone::clone);
    run.table("exceptions.csv").iter().map(cells).collect()
}

fn rows(expected: &[[&str; 3]]) -> Vec<[String; 3]> {
    expected.iter().map(|row| row.map(str::to_owned)).collect()
}

#[test]
fn every_way_of_storing_gives_the_delivered_csv_of_the_same_csv() {
    let expected = delivered("t.csv", &recognised("formats/text-utf-8.csv"));
    let files = files("fixtures/recognised/parquet");
    assert_eq!(files.len(), 12);
    for path in files {
        let bytes = fs::read(&path).expect("a file");
        assert_eq!(delivered("t.parquet", &bytes), expected, "{}", path.display());
    }
}

#[test]
fn it_is_told_by_its_bytes_and_read_within_archives() {
    let expected = delivered("t.csv", &recognised("formats/text-utf-8.csv"));
    let bytes = recognised("parquet/duckdb.parquet");
    assert_eq!(delivered("t.csv", &bytes), expected);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &bytes).expect("memory");
    assert_eq!(delivered("t.parquet.gz", &gzip.finish().expect("memory")), expected);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("t.parquet", zip::write::SimpleFileOptions::default()).expect("a member");
    std::io::Write::write_all(&mut zip, &bytes).expect("memory");
    assert_eq!(delivered("t.zip", &zip.finish().expect("memory").into_inner()), expected);
    // Letters alone are a text.
    let text = "PAR1 id,date,contract,quantity\n1,2026-03-02,SO001 - Agrolait,1\n";
    world("t.csv", text).reconcile(&["--quiet"]).expect_code(0);
}

#[test]
fn inspect_and_check_read_it() {
    let world = odd("nested");
    let shown = world.run(&["inspect", "t.parquet"]).expect_code(3);
    assert!(
        shown.stderr.contains(
            "t.parquet, column \"description\": this column holds several values in a record; \
             export it as text or a number, one value a record, or leave it out"
        ),
        "{}",
        shown.stderr
    );
    let world = self::world("t.parquet", recognised("parquet/duckdb.parquet"));
    let shown = world.run(&["inspect", "t.parquet"]).expect_code(0);
    assert!(
        shown.stdout.contains("Parquet, header in row 1\n  role: timesheets\n"),
        "{}",
        shown.stdout
    );
    let json = world.run(&["inspect", "t.parquet", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["sheets"][0]["format"], "Parquet");
    assert_eq!(json["sheets"][0]["rows"], 5);
    world.run(&["check", ".", "--as-of", "2026-03-31"]).expect_code(0);
    // The row of a fault is shown, as for every other file.
    let world = odd("nulls");
    let shown = world.run(&["check", ".", "--as-of", "2026-03-31"]);
    let all = format!("{}{}", shown.stdout, shown.stderr);
    assert!(all.contains("t.parquet:3, column \"date\""), "{all}");
}

#[test]
fn nulls_are_empty_cells_and_rows_are_counted_from_the_header() {
    let (_world, run) = odd_run("nulls");
    assert_eq!(exceptions(&run), rows(&[["3", "date", ""], ["4", "quantity", ""]]));
}

#[test]
fn decimals_are_exact_to_the_last_digit_or_refused() {
    let (_world, run) = odd_run("many-digits");
    // 29 digits are one more than any number may have.
    assert_eq!(exceptions(&run), rows(&[["4", "quantity", "12345678901234567890123456789"]]));
    // All 28 zeros behind a point are no digits. Of 15 digits and more rule 5.6 keeps 12, and
    // reads 20 minutes as such.
    assert_eq!(run.line("2")["hours"], format!("1{}7", "0".repeat(27)));
    assert_eq!(run.line("1")["hours"], "0.45679");
}

#[test]
fn rule_5_6_floats_are_their_print() {
    let (_world, run) = odd_run("floats");
    // 7.1, and 0.3 of 0.1 + 0.2; 20 minutes; no number, and none that is written out.
    assert_eq!(run.line("1")["hours"], "7.4");
    assert_eq!(run.json()["totals"]["hours"]["attributed"], "7.733333");
    assert_eq!(
        exceptions(&run),
        rows(&[["5", "quantity", "NaN"], ["6", "quantity", "1.00000000000000e300"]])
    );
    let (_world, run) = odd_run("floats-32");
    // 7.1 + 0.3 + 2.7 + 16 777 216, and no digit of the floats beside them.
    assert_eq!(run.line("1")["hours"], "16777226.1");
    assert_eq!(run.line("3")["hours"], "1.1");
}

#[test]
fn intervals_are_durations_unless_they_have_months_or_parts_of_a_second() {
    let (_world, run) = odd_run("intervals");
    // 1:30 and 26:00.
    assert_eq!(run.line("1")["hours"], "27.5");
    assert_eq!(
        exceptions(&run),
        rows(&[
            ["4", "quantity", "1 months"],
            ["5", "quantity", "0:00:01.500000000"],
            ["6", "quantity", ""],
        ])
    );
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place_and_an_advice() {
    for (name, expected) in [
        ("nested-quantity", "t.parquet, column \"quantity\": this column holds several values"),
        ("halves", "t.parquet, column \"quantity\": this column holds half-precision floats; "),
        ("brotli", "t.parquet: it is compressed by BROTLI, which is not supported; write it with "),
        (
            "bytes",
            "t.parquet:3, column \"description\": its bytes are no text; export the column as ",
        ),
    ] {
        let run = odd(name).reconcile(&["--quiet"]).expect_code(3);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
    }
}

/// many.parquet as CSV, written here once more.
fn many() -> String {
    let mut text = "id,date,contract,quantity,unit\n".to_owned();
    for n in 0..5000_u32 {
        let contract = if n % 7 == 0 { "" } else { "SO001 - Agrolait" };
        let hundredths = n % 97 * 25;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        writeln!(text, "{n},2026-03-{:02},{contract},{whole}.{rest:02},Hours", 1 + n % 31)
            .expect("memory");
    }
    text
}

#[test]
fn row_groups_pages_and_threads_make_no_difference() {
    let outputs = ["delivered.csv", "upsell.csv", "exceptions.csv", "unmatched.csv"];
    let texts = |name: &str, bytes: &[u8], threads: &str| {
        let world = world(name, bytes);
        let run = world.reconcile(&["--quiet", "--threads", threads]).expect_code(0);
        outputs.map(|output| run.text(output).replace("t.parquet", "t.csv"))
    };
    let expected = texts("t.csv", many().as_bytes(), "1");
    assert!(expected[3].lines().count() > 700, "{}", expected[3]);
    let parquet = recognised("parquet/odd/many.parquet");
    for threads in ["1", "3"] {
        assert!(texts("t.parquet", &parquet, threads) == expected, "{threads} threads");
    }
}

#[test]
fn what_expands_past_the_bounds_is_refused() {
    let run = odd("many").reconcile(&["--quiet", "--max-expanded", "100kB"]).expect_code(3);
    assert!(
        run.stderr.contains("the Parquet file, expanded, exceeds the limit of 100000 bytes"),
        "{}",
        run.stderr
    );
    let run = odd("many").reconcile(&["--quiet", "--max-row", "10B"]).expect_code(3);
    assert!(run.stderr.contains("the length of this row in bytes"), "{}", run.stderr);
}

#[test]
fn order_lines_are_read_as_well() {
    let expected = delivered("t.csv", &recognised("formats/text-utf-8.csv"));
    let world = World::new()
        .file("orders.parquet", recognised("parquet/odd/orders.parquet"))
        .file("t.csv", recognised("formats/text-utf-8.csv"));
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    assert_eq!(run.text("delivered.csv"), expected);
}

#[test]
fn a_damaged_file_is_an_error_or_reads_as_something_and_ends_no_program() {
    use drawdown::config::Configuration;
    use drawdown::ingest::{discover, look_through};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.parquet");
    let (mut failed, mut read) = (0, 0);
    for name in ["double-int96-dictionary", "decimal-256-nanoseconds-utc", "durations-arrow-us"] {
        let sound = recognised(&format!("parquet/{name}.parquet"));
        for at in (4..sound.len()).step_by(7) {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = sound.clone();
                bytes[at] ^= change;
                #[expect(clippy::disallowed_methods, reason = "a test's own input")]
                fs::write(&path, &bytes).expect("a file");
                let configuration = Configuration::none();
                let found = discover(std::slice::from_ref(&path), None, configuration.how());
                let rows = found.and_then(|found| {
                    let looks = found.sheets.iter();
                    looks
                        .map(|sheet| look_through(sheet, configuration.reading()))
                        .collect::<Result<Vec<_>, _>>()
                });
                match rows {
                    Ok(_) => read += 1,
                    Err(error) => {
                        failed += 1;
                        assert!(error.to_string().contains("t.parquet"), "{error}");
                    }
                }
            }
        }
    }
    assert!(failed > 100 && read > 100, "{failed} failed, {read} were read");
}
