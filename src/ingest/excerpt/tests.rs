use std::io::Write as _;

use super::*;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.path().join(name);
        #[expect(clippy::disallowed_methods, reason = "a test's own input")]
        std::fs::File::create(&path).unwrap().write_all(content).unwrap();
        shown_path(&path)
    }
}

fn parts(excerpt: Option<&Excerpt>) -> (u64, &str, &str, &str) {
    let found = excerpt.expect("a row");
    (found.row, &found.before, &found.cell, &found.after)
}

#[test]
fn a_row_is_cut_where_the_cell_of_its_column_stands() {
    let folder = Folder::new();
    let file = folder.file(
        "t.csv",
        b"Timesheets of March\n\nid;date;quantity\n1;2026-03-02;\"a \"\"b\"\"\"\n2;2026-03-03\n",
    );
    let place = Place::new(&file, None);
    let (quoted, short, beyond) = (
        place.at_row(4).in_column("quantity"),
        place.at_row(5).in_column("quantity"),
        place.at_row(9),
    );
    let found = excerpts(&[(&short, ""), (&quoted, "a \"b\""), (&beyond, "")], How::default());
    assert_eq!(parts(found[1].as_ref()), (4, "1;2026-03-02;", "\"a \"\"b\"\"\"", ""));
    assert_eq!(parts(found[0].as_ref()), (5, "2;2026-03-03;", "", ""));
    assert_eq!(found[2], None);
}

#[test]
fn without_a_column_the_last_cell_that_reads_so_is_meant() {
    let folder = Folder::new();
    let file = folder.file("t.csv", b"id,quantity,unit\n5,7,5,Hours\n");
    let place = Place::new(&file, None).at_row(2);
    let found = excerpts(&[(&place, "Hours"), (&place, "5"), (&place, "no")], How::default());
    assert_eq!(parts(found[0].as_ref()), (2, "5,7,5,", "Hours", ""));
    assert_eq!(parts(found[1].as_ref()), (2, "5,7,", "5", ",Hours"));
    assert_eq!(parts(found[2].as_ref()), (2, "", "5,7,5,Hours", ""));
}

#[test]
fn a_quote_that_never_closes_is_shown_to_the_end_of_its_line() {
    let folder = Folder::new();
    let file = folder.file("t.csv", b"id,who,unit\n1,\"Anna,Hours\n2,Bob,Hours\n");
    let place = Place::new(&file, None).at_row(2);
    let found = excerpts(&[(&place, "\"")], How::default());
    assert_eq!(parts(found[0].as_ref()), (2, "1,", "\"Anna,Hours", ""));
}

#[test]
fn a_large_texts_row_is_shown_whatever_a_few_places_say_of_its_encoding() {
    let folder = Folder::new();
    let mut text = b"id,who,unit\n".to_vec();
    for id in 2..=80_000 {
        let who: &[u8] = if id == 60_123 { b"Andr\xe9" } else { b"Anna" };
        text.extend([format!("{id},").as_bytes(), who, b",Hours\n"].concat());
    }
    let size = text.len() as u64;
    assert!(size > How::default().bounds.texts_looked_through);
    let file = folder.file("t.csv", &text);
    let place = Place::new(&file, None).at_row(60_123);
    let found = excerpts(&[(&place, "Hours")], How::default());
    assert_eq!(parts(found[0].as_ref()), (60_123, "60123,Andr\u{e9},", "Hours", ""));
}

#[test]
fn what_cannot_be_read_again_is_left_out() {
    let folder = Folder::new();
    let file = folder.file("t.csv", b"id\n\xff\xfe\xfd\n");
    let gone = Place::new("no-such-file.csv", None).at_row(2);
    let place = Place::new(&file, None);
    let found = excerpts(&[(&gone, "x"), (&place, "x")], How::default());
    assert_eq!(found, [None, None]);
}

#[test]
fn a_line_is_cut_at_a_character() {
    let folder = Folder::new();
    let file = folder.file("drawdown.toml", "# ä\n[upsell]\nthréshold = 2\n".as_bytes());
    let line = excerpt_of_line(&file, 3, 1);
    assert_eq!(parts(line.as_ref()), (3, "", "thréshold", " = 2"));
    assert_eq!(parts(excerpt_of_line(&file, 3, 13).as_ref()), (3, "thréshold = ", "2", ""));
    assert_eq!(excerpt_of_line(&file, 9, 1), None);
}
