//! What explain, diff and inspect say to readers of each language.

use std::collections::BTreeSet;
use std::fs;

use super::project;
use super::support::World;

const LANGUAGES: [&str; 5] = ["en", "zh-CN", "fr", "de", "es"];

/// Run with `UPDATE_EXPECTED=1` to write the expected files anew; read the
/// difference before it is committed.
#[track_caller]
fn expect(language: &str, name: &str, found: &str) {
    let path = project("tests/commands/expected").join(language).join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "an expected output")]
        fs::write(&path, found).expect("written");
    }
    let expected = fs::read_to_string(&path).expect("an expected output");
    assert_eq!(found, expected, "{language}/{name}");
}

const LINES: &str = "id,order,state,customer,product,ordered,unit,delivered,price,currency,tracking,policy,contract,task
A1,O1,sale,Xaba,Qoro,10,Hours,12,100,EUR,contract,ordered,K1,
A2,O1,sale,Xaba,Qoro,2,Days,,100,EUR,contract,ordered,K1,
B1,O2,sale,Ylva,Qoro,1500,Hours,1502,100,EUR,task,ordered,,T1
C1,O3,draft,Zeno,Qoro,5,Hours,0,100,EUR,contract,ordered,K3,
D1,O4,sale,Wimo,Qoro,5,Hours,4,100,EUR,contract,ordered,K4,
D2,O4,sale,Wimo,Vexo,5,Hours,,100,EUR,contract,ordered,K4,
E1,O5,sale,Ulla,Qoro,5,Hours,2,100,EUR,manual,ordered,,
F1,O6,sale,Tove,Vexo,5,Units,2,100,EUR,none,ordered,,
G1,O7,sale,Sigo,Qoro,5,Hours,3,100,EUR,contract,ordered,K7,
H1,O8,sale,Rune,Qoro,7,Hours,,100,EUR,contract,ordered,K8,
";

const TIMES: &str = "id,date,employee,line,contract,task,quantity,unit,approved,description
1,2026-01-05,Anna,,K1,,9.5,Hours,yes,Xenu
2,2026-01-06,Anna,,K1,,50,Minutes,yes,Xenu
3,2026-01-07,Anna,,K1,,0.3333333333333333,Hours,yes,Xenu
4,2026-01-08,Bo,,K1,,1,Days,no,Xenu
5,2026-04-08,Bo,,K1,,1,Days,yes,Xenu
6,2026-01-09,Bo,,,T1,1501.25,Hours,yes,Xenu
7,2026-01-09,Bo,B1,,,1,Days,yes,Xenu
8,2026-01-10,Bo,,K3,,2,Hours,yes,Xenu
9,2026-01-11,Bo,,K4,,3,Hours,yes,Xenu
10,2026-01-12,Bo,E1,,,3,Hours,yes,Xenu
11,2026-01-13,Bo,,K7,,6,Hours,yes,Xenu
12,2026-01-14,Bo,,K7,,1,Units,yes,Xenu
13,2026-01-15,Bo,,K77,,2,Hours,yes,Xenu
14,2026-01-16,Bo,G11,,,2,Hours,yes,Xenu
15,2026-01-17,Bo,,K8,,3,Hours,yes,Xenu
16,2026-01-18,Bo,,K8,,4,Hours,yes,Xenu
";

const ADJUSTMENTS: &str = "date,line,contract,quantity,unit,kind,reason
2026-01-20,G1,,1,Days,goodwill,Wiru
2026-01-05,,K1,1.5,Hours,opening,Wiru
2026-01-06,,K1,-0.5,Hours,write_off,
2026-01-07,B1,,2,Hours,billed_elsewhere,
";

/// Runs in which every kind of line and nearly every fate occurs; names are
/// words of no language.
fn world() -> World {
    let world = World::new()
        .file("in/lines.csv", LINES)
        .file("in/times.csv", TIMES)
        .file("in/again.csv", "id,date,employee,line,contract,task,quantity,unit,approved,description\n11,2026-01-13,Bo,,K7,,6,Hours,yes,Xenu\n")
        .file("in/adjustments.csv", ADJUSTMENTS)
        .file("drawdown.toml", "[count]\napproved = \"only\"\n");
    let reconcile = ["reconcile", "in", "--config", "drawdown.toml", "--quiet"];
    let old = ["--out", "old", "--as-of", "2026-03-31", "--lang", "de"];
    world.run(&[&reconcile[..], &old].concat()).expect_code(0);
    world
}

/// The same a month later: from other files, so that entries are compared.
fn two_runs() -> World {
    let lines = LINES
        .replace("G1,O7,sale", "G1,O7,done")
        .replace("C1,O3,draft,Zeno,Qoro,5,Hours,0,100,EUR,contract,ordered,K3,\n", "")
        .replace("H1,O8,sale,Rune,Qoro,7,Hours,,", "H1,O8,sale,Rune,Qoro,70,Hours,,")
        + "I1,O9,sale,Quin,Qoro,1,Hours,,100,EUR,contract,ordered,K9,\n";
    let times = TIMES
        .replace("6,2026-01-09,Bo,,,T1,1501.25", "6,2026-01-09,Bo,,,T1,1601.25")
        .replace("15,2026-01-17,Bo,,K8", "15,2026-01-17,Bo,,K9")
        .replace("9,2026-01-11,Bo,,K4,,3,Hours,yes,Xenu\n", "")
        .replace("13,2026-01-15,Bo,,K77,,2", "13,2026-01-15,Bo,,K8,,2")
        + "17,2026-02-02,Cleo,,K77,,1,Hours,yes,Xenu\n18,2026-04-02,Cleo,,K1,,1,Hours,yes,Xenu\n";
    let world = world()
        .file("later/lines.csv", lines)
        .file("later/times.csv", times)
        .file("later/adjustments.csv", ADJUSTMENTS);
    let reconcile = ["reconcile", "later", "--config", "drawdown.toml", "--quiet"];
    let new = ["--out", "new", "--as-of", "2026-04-15", "--from", "2026-04-01", "--lang", "fr"];
    world.run(&[&reconcile[..], &new].concat()).expect_code(0);
    let path = world.path().join("new/upsell.csv");
    let upsells = fs::read_to_string(&path).expect("upsell.csv");
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(path, upsells + "\n").expect("saved");
    world
}

/// A folder in which files are read in every way.
fn folder() -> World {
    World::new()
        .file(
            "in/lines.csv",
            "\u{feff}External ID;Order Reference;Orderd Quantity;Unit Price\nL1;O1;1;2\n",
        )
        .file(
            "in/times.csv",
            "Date\tEmployee\tHours\tProject\n03/04/2026\tAnna\t1,234\tPavo\nTotal\t\t1,234\t\n",
        )
        .file(
            "in/more.csv",
            "Date|Employee|Hours|Project\n31.03.2026|Anna|1,25|Pavo\n30.03.2026|Anna|1.234,5|Pavo\n",
        )
        .file("drawdown.toml", "[files.\"*.ods\"]\nsheet = \"Pavo\"\n")
}

const EXPLAINED: [&str; 8] = ["O1", "O2", "O3", "K4", "O5", "O6", "O7", "Rune"];

fn explained(world: &World, what: &str, more: &[&str]) -> String {
    world.run(&[&["explain", what, "--run", "old"], more].concat()).expect_code(0).stdout
}

fn compared(world: &World, more: &[&str]) -> String {
    world.run(&[&["diff", "old", "new"], more].concat()).expect_code(10).stdout
}

fn inspected(world: &World, more: &[&str]) -> String {
    let inspect = ["inspect", "in", "--config", "drawdown.toml"];
    world.run(&[&inspect[..], more].concat()).expect_code(0).stdout
}

#[test]
fn a_proof_is_told_in_every_language() {
    let world = world();
    for language in LANGUAGES {
        let told = |what: &str, more: &[&str]| {
            explained(&world, what, &[&["--lang", language], more].concat())
        };
        let all: Vec<String> = EXPLAINED.iter().map(|what| told(what, &[])).collect();
        expect(language, "explain.txt", &all.join("\n"));
        let page = told("O1", &["--format", "html"]);
        assert!(page.contains(&format!("<html lang=\"{language}\">")), "{page}");
        expect(language, "explain.html", &page);
    }
}

#[test]
fn a_comparison_is_told_in_every_language() {
    let world = two_runs();
    for language in LANGUAGES {
        expect(language, "diff.txt", &compared(&world, &["--lang", language]));
    }
}

#[test]
fn how_files_are_read_is_told_in_every_language() {
    let world = folder();
    for language in LANGUAGES {
        expect(language, "inspect.txt", &inspected(&world, &["--lang", language]));
    }
}

#[test]
fn programs_are_told_the_same_in_every_language() {
    let (runs, folder) = (two_runs(), folder());
    for language in LANGUAGES {
        let lang = ["--lang", language];
        for format in ["csv", "json"] {
            let as_format = ["--format", format];
            let in_language = [&as_format[..], &lang].concat();
            let english = [&as_format[..], &["--lang", "en"]].concat();
            assert_eq!(explained(&runs, "O1", &in_language), explained(&runs, "O1", &english));
            assert_eq!(compared(&runs, &in_language), compared(&runs, &english));
        }
        let json = ["--format", "json"];
        let in_language = [&json[..], &lang].concat();
        assert_eq!(inspected(&folder, &in_language), inspected(&folder, &json));
    }
}

/// The option, else what the run recorded; of two runs the newer one.
#[test]
fn the_language_is_that_of_the_reports_unless_another_is_asked_for() {
    let world = two_runs();
    assert!(explained(&world, "O1", &[]).starts_with("O1, Stichtag 31.03.2026\n"));
    assert!(explained(&world, "O1", &["--lang", "es"]).starts_with("O1, a fecha de 31/03/2026\n"));
    assert!(compared(&world, &[]).starts_with("Exécutions\n"));
    assert!(compared(&world, &["--lang", "zh"]).starts_with("两次运行\n"));
    let world = folder().file("drawdown.toml", "lang = \"zh-CN\"\n");
    assert!(inspected(&world, &[]).contains("类型：订单行"));
    assert!(inspected(&world, &["--lang", "fr"]).contains("rôle\u{a0}: lignes de commande"));
    // What a version that knew of no language recorded.
    let world = two_runs();
    for run in ["old/run.json", "new/run.json"] {
        let path = world.path().join(run);
        let json = fs::read_to_string(&path).expect("run.json");
        let json =
            json.replace("    \"lang\": \"de\",\n", "").replace("    \"lang\": \"fr\",\n", "");
        #[expect(clippy::disallowed_methods, reason = "an older run.json")]
        fs::write(path, json).expect("saved");
    }
    assert!(explained(&world, "O1", &[]).starts_with("O1, as of 2026-03-31\n"));
    assert!(compared(&world, &[]).starts_with("Runs\n"));
}

/// An earlier comparison is written over, whatever its language.
#[test]
fn a_comparison_of_any_language_is_known_by_its_beginning() {
    let world = two_runs();
    for language in LANGUAGES {
        let out = ["diff", "old", "new", "--out", "c.txt", "--lang", language];
        world.run(&out).expect_code(10);
        let written = fs::read_to_string(world.path().join("c.txt")).expect("written");
        assert_eq!(written, compared(&world, &["--lang", language]));
    }
    let world = world.file("c.txt", "Läufe\n       Etwas anderes\n");
    world.run(&["diff", "old", "new", "--out", "c.txt"]).expect_code(2);
}

/// Words of a text that are none of a name, a path or an option.
fn words_of(text: &str) -> BTreeSet<String> {
    let parts =
        text.split(|c: char| c.is_whitespace() || "()[]«»“”„\"'’，：；。、（）<>".contains(c));
    let words = parts.map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()));
    words
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

/// The words of the messages of a language, without the names of what they are
/// filled with.
fn messages(language: &str) -> BTreeSet<String> {
    let files = ["src/language", "src/language/commands"];
    let read = |folder: &str| {
        let path = project(folder).join(format!("{language}.ftl"));
        fs::read_to_string(path).expect("the messages")
    };
    let texts = files.map(read).concat();
    let said = texts.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let value = line.split_once('=').map_or(line, |(_, value)| value);
        value.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect()
    });
    words_of(&said.collect::<Vec<String>>().join("\n"))
}

/// Every word of what is told in English that is still there in another
/// language is a name from the files, or a word of that language.
#[test]
fn no_english_is_left_in_another_language() {
    let (runs, folder) = (two_runs(), folder());
    let told = |language: &str| {
        let lang = ["--lang", language];
        let mut all: Vec<String> =
            EXPLAINED.iter().map(|what| explained(&runs, what, &lang)).collect();
        let page = explained(&runs, "O1", &["--format", "html", "--lang", language]);
        let body = page.split_once("<body>").expect("a body").1;
        let texts = body.split('<').filter_map(|part| Some(part.split_once('>')?.1));
        all.push(texts.collect::<Vec<_>>().join(" "));
        all.push(compared(&runs, &lang));
        all.push(inspected(&folder, &lang));
        words_of(&all.join("\n"))
    };
    let names = [LINES, TIMES, ADJUSTMENTS].map(|file| {
        let rows = file.split_once('\n').expect("rows").1;
        rows.replace(',', "\n").replace("goodwill", "").replace("opening", "")
    });
    let mut names = words_of(&names.join("\n"));
    // Folders and kinds of files, what else the files have, and fields, which
    // are called alike in all languages.
    let others =
        "old new csv utf ods cleo quin date employee project hours external order reference
        orderd quantity price state customer product ordered unit status measure";
    names.extend(others.split_whitespace().map(str::to_owned));
    let english = told("en");
    for language in LANGUAGES.into_iter().skip(1) {
        let known = messages(language);
        let told = told(language);
        let left: Vec<&String> = told
            .intersection(&english)
            .filter(|word| !names.contains(*word) && !known.contains(*word))
            .collect();
        assert!(left.is_empty(), "{language}: {left:?}");
        assert!(english.difference(&told).count() > 100, "{language}");
    }
}
