//! Every wrapping, encoding and kind of workbook, made by the tests themselves.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::Write;

use calamine::Reader as _;
use flate2::write::GzEncoder;
use memchr::memmem;
use proptest::prelude::*;
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::encoding::Utf8Sample;
use super::guard::CountScan;
use super::kind::OLE_MAGIC;
use super::*;

const TEXT: &str = "id;name\n1;Müller é\n";
const CHINESE: &str =
    "订单,产品,数量\n1,咨询服务（按小时计费）,8\n2,软件开发与维护,16\n3,项目管理和培训,4\n";
const TRADITIONAL: &str =
    "訂單,產品,數量\n1,諮詢服務（按小時計費）,8\n2,軟體開發與維護,16\n3,專案管理與教育訓練,4\n";

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    let mut file = File::options().write(true).create(true).truncate(true).open(&path).unwrap();
    file.write_all(bytes).unwrap();
    path
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn all(bytes: &[u8], name: &str, bounds: &Bounds) -> Result<Vec<Source>, SourceError> {
    sources(&file(bytes), name, bounds)
}

thread_local! {
    /// A folder that lasts as long as the test's thread, and how many
    /// files were put there.
    static FOLDER: (TempDir, Cell<usize>) = (folder(), Cell::new(0));
}

fn file(bytes: &[u8]) -> PathBuf {
    FOLDER.with(|(folder, count)| {
        count.set(count.get() + 1);
        write(folder, &count.get().to_string(), bytes)
    })
}

fn one(bytes: &[u8], name: &str) -> Source {
    let mut found = all(bytes, name, &Bounds::default()).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn kind(bytes: &[u8]) -> Kind {
    one(bytes, "a.csv").kind
}

fn text_of(source: &Source, chosen: Option<TextEncoding>) -> Result<String, SourceError> {
    let mut text = String::new();
    let mut reader = source.open_text(chosen, &Bounds::default())?;
    reader.read_to_string(&mut text).map_err(|e| SourceError::from_io("x", &e))?;
    Ok(text)
}

fn mislabelled(kind: &Kind, word: &str) -> bool {
    matches!(kind, Kind::Mislabelled(what) if what.sentence().contains(word))
}

fn utf_16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

fn encode(text: &str, encoding: TextEncoding) -> Option<Vec<u8>> {
    match encoding {
        TextEncoding::Utf16Le => Some(utf_16(text, true)),
        TextEncoding::Utf16Be => Some(utf_16(text, false)),
        other => {
            let (bytes, _, unmappable) = other.encoding().encode(text);
            (!unmappable).then(|| bytes.into_owned())
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A zstd frame of `blocks` runs of 128 KiB of zeros, four bytes each.
fn zstd_bomb(blocks: usize) -> Vec<u8> {
    let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];
    for at in 0..blocks {
        let header: u32 = (128 << 10) << 3 | 1 << 1 | u32::from(at + 1 == blocks);
        bytes.extend(&header.to_le_bytes()[..3]);
        bytes.push(0);
    }
    bytes
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        if name.ends_with('/') {
            writer.add_directory(*name, options).unwrap();
        } else {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn xlsx_with(strings: &[u8]) -> Vec<u8> {
    let sheet = br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    zip(&[
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Lines" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

fn xlsx() -> Vec<u8> {
    xlsx_with(br#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>hello</t></si></sst>"#)
}

fn first_cell(source: &Source) -> String {
    let file = source.open_workbook(&Bounds::default()).unwrap();
    let mut workbook = calamine::Xlsx::new(file).unwrap();
    let mut cells = workbook.worksheet_cells_reader("Lines").unwrap();
    format!("{:?}", cells.next_cell().unwrap().unwrap().get_value())
}

/// An OLE file with one stream in its directory.
fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut head = vec![0_u8; 512];
    let mut put = |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, OLE_MAGIC);
    put(24, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    put(44, &1_u32.to_le_bytes());
    put(48, &1_u32.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &0xffff_fffe_u32.to_le_bytes());
    put(68, &0xffff_fffe_u32.to_le_bytes());
    put(76, &0_u32.to_le_bytes());
    for at in 1..109 {
        put(76 + 4 * at, &0xffff_ffff_u32.to_le_bytes());
    }
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = stream.len() / 512;
    let mut table = vec![0xffff_ffff_u32; 128];
    table[0] = 0xffff_fffd;
    table[1] = 0xffff_fffe;
    for at in 0..sectors {
        table[2 + at] =
            if at + 1 == sectors { 0xffff_fffe } else { u32::try_from(3 + at).unwrap() };
    }
    let mut bytes = head;
    bytes.extend(table.iter().flat_map(|id| id.to_le_bytes()));
    for (name, kind, start, size) in
        [("Root Entry", 5, 0xffff_fffe_u32, 0), (name, 2, 2, stream.len())]
    {
        let mut entry = vec![0_u8; 128];
        let units = utf_16(name, true);
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).unwrap();
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
        bytes.extend(entry);
    }
    bytes.resize(512 * 3, 0);
    bytes.extend(stream);
    bytes
}

// Encodings.

#[test]
fn names_lead_back_to_their_encoding() {
    for encoding in ENCODINGS {
        assert_eq!(TextEncoding::from_name(encoding.name()), Some(encoding));
    }
    assert_eq!(TextEncoding::from_name(" GBK "), Some(TextEncoding::Gb18030));
    assert_eq!(TextEncoding::from_name("latin1"), Some(TextEncoding::Windows1252));
    assert_eq!(TextEncoding::from_name("Latin-9"), Some(TextEncoding::Iso8859_15));
    assert_eq!(TextEncoding::from_name("replacement"), None);
    assert_eq!(TextEncoding::from_name("utf-9"), None);
}

const ENCODINGS: [TextEncoding; 9] = [
    TextEncoding::Utf8,
    TextEncoding::Utf16Le,
    TextEncoding::Utf16Be,
    TextEncoding::Gb18030,
    TextEncoding::Big5,
    TextEncoding::Windows1252,
    TextEncoding::Iso8859_15,
    TextEncoding::Other(encoding_rs::SHIFT_JIS),
    TextEncoding::Other(encoding_rs::WINDOWS_1250),
];

#[test]
fn finds_the_encoding_and_reads_it_back() {
    for (encoding, text) in [
        (TextEncoding::Utf8, TEXT),
        (TextEncoding::Utf8, CHINESE),
        (TextEncoding::Utf16Le, TEXT),
        (TextEncoding::Utf16Be, TEXT),
        (TextEncoding::Utf16Le, CHINESE),
        (TextEncoding::Utf16Be, CHINESE),
        (TextEncoding::Gb18030, CHINESE),
        (TextEncoding::Big5, TRADITIONAL),
        (TextEncoding::Windows1252, TEXT),
        (TextEncoding::Utf8, "a,b\n"),
        (TextEncoding::Utf8, ""),
    ] {
        let source = one(&encode(text, encoding).unwrap(), "a.csv");
        assert_eq!(source.kind, Kind::Text(encoding), "{text}");
        assert!(!source.byte_order_mark);
        assert_eq!(text_of(&source, None).unwrap(), text);
    }
}

#[test]
fn short_western_text_is_windows_1252() {
    let mut wrong = Vec::new();
    for text in [
        "Müller",
        "Größe;1\n",
        "café",
        "España",
        "10 €",
        "Ørsted A/S",
        "naïve",
        "£ 5",
        "½ Std",
        "a – b",
        "§ 5 Abs. 2",
        "20 °C",
        "Straße 5, Köln\nÄnderung\n",
        "Société Générale",
        "João",
        "Übergabe",
        "3 × 4 m²",
        "‘quoted’ …",
    ] {
        let bytes = encode(text, TextEncoding::Windows1252).unwrap();
        let source = one(&bytes, "a.csv");
        let read = text_of(&source, None).unwrap();
        if read != text {
            wrong.push((text, read, source.kind));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn other_alphabets_are_found_where_there_is_enough_of_them() {
    let polish = "Usługa;Łódź\nświadczenie usług księgowych;żądanie\nprzedłużenie umowy;wrzesień\n";
    let russian = "Заказ;Количество\nРазработка программного обеспечения;12\nКонсультация;3\n";
    let japanese = "注文,数量\nソフトウェア開発とサポート,12\nコンサルティング,3\n";
    for (text, encoding) in [
        (polish, encoding_rs::WINDOWS_1250),
        (russian, encoding_rs::WINDOWS_1251),
        (japanese, encoding_rs::SHIFT_JIS),
    ] {
        let encoding = TextEncoding::Other(encoding);
        assert_eq!(text_of(&one(&encode(text, encoding).unwrap(), "a.csv"), None).unwrap(), text);
    }
}

#[test]
fn a_byte_order_mark_is_dropped_and_outranks_a_choice() {
    for encoding in
        [TextEncoding::Utf8, TextEncoding::Utf16Le, TextEncoding::Utf16Be, TextEncoding::Gb18030]
    {
        let bytes = encode(&format!("\u{feff}{TEXT}"), encoding).unwrap();
        let source = one(&bytes, "a.csv");
        assert_eq!(source.kind, Kind::Text(encoding));
        assert!(source.byte_order_mark);
        assert_eq!(text_of(&source, Some(TextEncoding::Windows1252)).unwrap(), TEXT);
    }
}

#[test]
fn latin_9_is_read_by_choice() {
    let bytes = encode("10 €;Œuvre", TextEncoding::Iso8859_15).unwrap();
    let source = one(&bytes, "a.csv");
    assert_eq!(text_of(&source, Some(TextEncoding::Iso8859_15)).unwrap(), "10 €;Œuvre");
}

#[test]
fn letters_beyond_a_long_ascii_header_count() {
    let mut text = "id,name,quantity\n".repeat(200_000);
    text.push_str(CHINESE);
    assert_eq!(
        kind(&encode(&text, TextEncoding::Gb18030).unwrap()),
        Kind::Text(TextEncoding::Gb18030)
    );
    assert_eq!(kind(text.as_bytes()), Kind::Text(TextEncoding::Utf8));
}

#[test]
fn a_large_file_is_looked_at_in_blocks() {
    let mut text = "id,name,quantity\n".repeat(4_500_000);
    text.push_str(CHINESE);
    assert!(text.len() as u64 > FREE_BYTES);
    assert_eq!(
        kind(&encode(&text, TextEncoding::Gb18030).unwrap()),
        Kind::Text(TextEncoding::Gb18030)
    );
    assert_eq!(kind(text.as_bytes()), Kind::Text(TextEncoding::Utf8));
    let chinese = CHINESE.repeat(800_000);
    assert_eq!(kind(chinese.as_bytes()), Kind::Text(TextEncoding::Utf8));
    assert_eq!(
        kind(&encode(&chinese, TextEncoding::Gb18030).unwrap()),
        Kind::Text(TextEncoding::Gb18030)
    );
}

#[test]
fn utf_8_with_a_few_bad_bytes_is_still_utf_8() {
    let mut bytes = CHINESE.repeat(3).into_bytes();
    bytes.extend(b"M\xfcller\n");
    let source = one(&bytes, "a.csv");
    assert_eq!(source.kind, Kind::Text(TextEncoding::Utf8));
    let mut read = Vec::new();
    source.open_text(None, &Bounds::default()).unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, bytes);
}

#[test]
fn malformed_bytes_are_named_after_the_text_before_them() {
    for (encoding, bytes, good, offset) in [
        (TextEncoding::Gb18030, &b"ab\xc4\xe3\xff,c"[..], "ab你", 4),
        (TextEncoding::Big5, b"ab\xa4\xa4\x80,c", "ab中", 4),
        (TextEncoding::Gb18030, b"ab\xc4", "ab", 2),
        (TextEncoding::Utf16Le, b"a\0b\0c", "ab", 4),
        (TextEncoding::Utf16Le, b"a\0\x00\xdcb\0", "a", 2),
        (TextEncoding::Utf16Be, b"\0a\xd8\0\0b", "a", 2),
        (TextEncoding::Utf16Be, b"\0a\xd8\0", "a", 2),
    ] {
        let mut reader = Decoding::new(bytes, encoding, "a.csv");
        let mut text = Vec::new();
        let error = SourceError::from_io("?", &reader.read_to_end(&mut text).unwrap_err());
        assert_eq!(String::from_utf8(text).unwrap(), good);
        assert_eq!(
            error,
            SourceError::Malformed { path: "a.csv".into(), encoding: encoding.name(), offset }
        );
        assert!(reader.read(&mut [0; 8]).is_err(), "it stays failed");
    }
}

/// Gives its bytes in pieces of the given lengths, over and over.
struct InPieces<'a>(&'a [u8], &'a [usize], usize);

impl Read for InPieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.1[self.2 % self.1.len()].min(self.0.len()).min(buffer.len());
        self.2 += 1;
        buffer[..piece].copy_from_slice(&self.0[..piece]);
        self.0 = &self.0[piece..];
        Ok(piece)
    }
}

fn read_in(mut reader: impl Read, sizes: &[usize]) -> (Vec<u8>, Option<SourceError>) {
    let mut text = Vec::new();
    for size in sizes.iter().cycle() {
        let mut buffer = vec![0; *size];
        match reader.read(&mut buffer) {
            Ok(0) => return (text, None),
            Ok(read) => text.extend(&buffer[..read]),
            Err(error) => return (text, Some(SourceError::from_io("?", &error))),
        }
    }
    (text, None)
}

proptest! {
    #[test]
    fn any_pieces_give_the_same_text(
        text in "[a-zéßñ€你好訂單语々あ😀\\n,;]{0,200}",
        mark in any::<bool>(),
        pieces in prop::collection::vec(1_usize..7, 1..5),
        sizes in prop::collection::vec(1_usize..9, 1..5),
    ) {
        for encoding in ENCODINGS {
            let can_mark = matches!(encoding, TextEncoding::Utf8 | TextEncoding::Utf16Le | TextEncoding::Utf16Be | TextEncoding::Gb18030);
            let text: String = text.chars().filter(|c| encode(&c.to_string(), encoding).is_some()).collect();
            let marked = if mark && can_mark { format!("\u{feff}{text}") } else { text.clone() };
            let bytes = encode(&marked, encoding).unwrap();
            let input = InPieces(&bytes, &pieces, 0);
            let (read, error) = if encoding == TextEncoding::Utf8 {
                read_in(Unmarked::new(input), &sizes)
            } else {
                read_in(Decoding::new(input, encoding, "a"), &sizes)
            };
            prop_assert_eq!(error, None);
            prop_assert_eq!(String::from_utf8(read).unwrap(), text);
        }
    }

    #[test]
    fn any_pieces_give_the_same_fault(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'a'), 0x81_u8..0xfe], 0..60),
        pieces in prop::collection::vec(1_usize..5, 1..5),
    ) {
        for encoding in ENCODINGS {
            let whole = read_in(Decoding::new(&bytes[..], encoding, "a"), &[4096]);
            let apart = read_in(Decoding::new(InPieces(&bytes, &pieces, 0), encoding, "a"), &[3]);
            prop_assert_eq!(&whole, &apart);
            if let Some(SourceError::Malformed { offset, .. }) = &whole.1 {
                let good = &bytes[..usize::try_from(*offset).unwrap()];
                let decoded = encoding.encoding().decode_without_bom_handling_and_without_replacement(good);
                let decoded = decoded.unwrap();
                let decoded = decoded.strip_prefix('\u{feff}').unwrap_or(&decoded);
                prop_assert_eq!(decoded.as_bytes(), &whole.0[..]);
            }
        }
    }

    #[test]
    fn utf_8_is_told_the_same_in_any_pieces(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'a'), 0x80_u8..0xf5], 0..40),
        text in "[aé你😀]{0,40}",
        piece in 1_usize..6,
    ) {
        for bytes in [&bytes[..], text.as_bytes()] {
            let mut sample = Utf8Sample::default();
            bytes.chunks(piece).for_each(|chunk| sample.push(chunk));
            let malformed = sample.malformed + u64::from(!sample.begun.is_empty());
            prop_assert_eq!(malformed == 0, std::str::from_utf8(bytes).is_ok());
            let mut whole = Utf8Sample::default();
            whole.push(bytes);
            prop_assert_eq!((sample.malformed, sample.letters), (whole.malformed, whole.letters));
        }
    }

    #[test]
    fn nothing_panics(
        magic in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", OLE_MAGIC, b"\xff\xfe", b"<?xml",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let folder = folder();
        let path = write(&folder, "a", &[magic, &bytes[..]].concat());
        if let Ok(found) = sources(&path, "a", &Bounds::default()) {
            for source in found {
                let _ = text_of(&source, None);
                let _ = source.open_workbook(&Bounds::default());
            }
        }
    }

    #[test]
    fn a_damaged_archive_or_workbook_is_an_error_at_most(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        which in 0_usize..6,
    ) {
        let mut bytes = match which {
            0 => xlsx(),
            1 => zip(&[("a.csv", TEXT.as_bytes()), ("b.xlsx", &xlsx())]),
            2 => gzip(CHINESE.as_bytes()),
            3 => zstd(CHINESE.repeat(20).as_bytes()),
            4 => ole("Workbook", &[0x09, 0x08, 0x10, 0]),
            _ => ole("EncryptedPackage", b""),
        };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let folder = folder();
        let path = write(&folder, "a", &bytes);
        if let Ok(found) = sources(&path, "a", &Bounds::default()) {
            for source in found {
                let _ = text_of(&source, None);
                let _ = source.open_workbook(&Bounds::default());
            }
        }
    }
}

// Wrappings.

#[test]
fn reads_gzip_of_several_members_and_zstd_of_several_frames() {
    let parts = CHINESE.as_bytes().split_at(31);
    let skippable = [&b"\x5a\x2a\x4d\x18\x03\0\0\0"[..], b"xyz"].concat();
    for (bytes, compression) in [
        ([gzip(parts.0), gzip(parts.1)].concat(), Compression::Gzip),
        ([zstd(parts.0), skippable.clone(), zstd(parts.1)].concat(), Compression::Zstd),
        ([skippable, zstd(CHINESE.as_bytes())].concat(), Compression::Zstd),
    ] {
        let source = one(&bytes, "a.csv.z");
        assert_eq!(
            (&source.compression, &source.kind),
            (&compression, &Kind::Text(TextEncoding::Utf8))
        );
        assert_eq!(text_of(&source, None).unwrap(), CHINESE);
    }
}

#[test]
fn zeros_behind_gzip_data_are_padding_and_anything_else_is_told() {
    let whole = gzip(CHINESE.as_bytes());
    for zeros in [1, 512, 200_000] {
        let source = one(&[whole.clone(), vec![0; zeros]].concat(), "a.csv.gz");
        assert_eq!(text_of(&source, None).unwrap(), CHINESE);
    }
    let magic = [whole.clone(), b"\x1f\x8bjunk".to_vec()].concat();
    assert!(matches!(all(&magic, "a", &Bounds::default()), Err(SourceError::Damaged { .. })));
    for behind in [&b"junk"[..], b"\x1f", b"\0\0junk", b"\0\x1f\x8b"] {
        let bytes = [whole.as_slice(), behind].concat();
        let error = all(&bytes, "a", &Bounds::default()).unwrap_err();
        let SourceError::Damaged { reason, .. } = &error else { panic!("{error}") };
        let zeros = behind.iter().take_while(|byte| **byte == 0).count();
        let start = format!("from byte {} on, is no gzip data", whole.len() + zeros + 1);
        assert!(reason.ends_with(&start) || behind == b"\x1f", "{reason}");
    }
}

#[test]
fn larger_text_survives_each_wrapping() {
    let mut text = String::new();
    for row in 0..60_000 {
        writeln!(text, "{row},名称 {},{}", row * 7919 % 1000, row % 13).unwrap();
    }
    let gbk = encode(&text, TextEncoding::Gb18030).unwrap();
    for bytes in [gbk.clone(), gzip(&gbk), zstd(&gbk), zip(&[("x.csv", &gbk)])] {
        assert!(text_of(&one(&bytes, "a"), None).unwrap() == text);
    }
}

#[test]
fn members_come_by_name_and_leavings_not_at_all() {
    let nested = zip(&[("x.csv", b"a,b\n")]);
    let bytes = zip(&[
        ("z.csv", b"a,b\n"),
        ("sub/", b""),
        ("sub\\orders.csv", TEXT.as_bytes()),
        ("__MACOSX/._z.csv", b"\0\x05"),
        (".hidden/a.csv", b"a,b\n"),
        ("sub/~$book.xlsx", b"x"),
        (".~lock.z.csv#", b"x"),
        ("Thumbs.db", b"x"),
        ("book.xlsx", &xlsx()),
        ("more.zip", &nested),
        ("more.csv.gz", &gzip(b"a,b\n")),
        ("empty.csv", b""),
    ]);
    let found = all(&bytes, "all.zip", &Bounds::default()).unwrap();
    let shown: Vec<&str> = found.iter().map(|source| source.shown.as_str()).collect();
    assert_eq!(
        shown,
        [
            "all.zip/book.xlsx",
            "all.zip/empty.csv",
            "all.zip/more.csv.gz",
            "all.zip/more.zip",
            "all.zip/sub/orders.csv",
            "all.zip/z.csv"
        ]
    );
    assert_eq!(found[0].kind, Kind::Workbook(WorkbookKind::Xlsx));
    assert_eq!(first_cell(&found[0]), r#"SharedString("hello")"#);
    assert!(mislabelled(&found[2].kind, "archive within"));
    assert!(mislabelled(&found[3].kind, "archive within"));
    assert_eq!(text_of(&found[4], None).unwrap(), TEXT);
    let error = all(&bytes, "all.zip", &Bounds { members: 5, ..Bounds::default() }).unwrap_err();
    assert!(matches!(error, SourceError::TooManyMembers { found: 12, limit: 5, .. }), "{error}");
}

#[test]
fn a_csv_that_is_a_zip_is_opened() {
    let source = one(&zip(&[("orders.csv", CHINESE.as_bytes())]), "orders.csv");
    assert_eq!(source.shown, "orders.csv/orders.csv");
    assert_eq!(text_of(&source, None).unwrap(), CHINESE);
}

#[test]
fn member_names_of_chinese_windows_are_read() {
    let mut bytes = zip(&[("XXXXXXXXXXXXXXXXXXXXXXXXXXXX.csv", b"a,b\n")]);
    let name = encode("二月份销售订单明细数据（导出", TextEncoding::Gb18030).unwrap();
    while let Some(at) = memmem::find(&bytes, &[b'X'; 28]) {
        bytes[at..at + 28].copy_from_slice(&name);
    }
    let source = one(&bytes, "a.zip");
    assert_eq!(source.shown, "a.zip/二月份销售订单明细数据（导出.csv");
    assert_eq!(text_of(&source, None).unwrap(), "a,b\n");
}

#[test]
fn what_is_cut_short_or_altered_is_damaged() {
    let text = CHINESE.repeat(50);
    let archive = zip(&[("a.csv", text.as_bytes())]);
    let gzip = gzip(text.as_bytes());
    for cut in [1, 5, 9] {
        for bytes in [&archive[..archive.len() - cut], &gzip[..gzip.len() - cut]] {
            let error = all(bytes, "a", &Bounds::default()).unwrap_err();
            assert!(matches!(error, SourceError::Damaged { .. }), "{error}");
        }
    }
    let zstd = zstd(text.as_bytes());
    let error = all(&zstd[..zstd.len() - 6], "a", &Bounds::default()).unwrap_err();
    assert!(matches!(error, SourceError::Damaged { .. }), "{error}");
    for (mut bytes, from_end) in [(gzip, 6), (zstd, 2)] {
        let at = bytes.len() - from_end;
        bytes[at] ^= 1;
        let error = all(&bytes, "a", &Bounds::default()).unwrap_err();
        assert!(matches!(error, SourceError::Damaged { .. }), "{error}");
    }
    let mut bytes = archive;
    bytes[60] ^= 1;
    let error = all(&bytes, "a", &Bounds::default()).unwrap_err();
    assert!(matches!(&error, SourceError::Damaged { path, .. } if path == "a/a.csv"), "{error}");
    assert!(
        error.reason().starts_with("its member of the zip archive is damaged"),
        "{}",
        error.reason()
    );
}

#[test]
fn what_is_cut_short_after_a_look_is_damaged_where_it_is_read() {
    let text = "1,2026-03-02,Anna,7.5\n".repeat(300_000);
    for bytes in [gzip(text.as_bytes()), zstd(text.as_bytes()), zip(&[("a", text.as_bytes())])] {
        let mut source = one(&bytes, "a.csv.gz");
        assert!(text_of(&source, None).unwrap() == text);
        // Past what is read without a thread, and before the end.
        source.path = file(&bytes[..bytes.len() * 9 / 10]);
        if matches!(source.compression, Compression::Zip { .. }) {
            // The archive's own directory is whole.
            let mut altered = bytes.clone();
            altered[bytes.len() * 9 / 10 - 200] ^= 0x55;
            source.path = file(&altered);
        }
        let (mut here, mut ahead) = (Vec::new(), Vec::new());
        let direct = match &source.packed {
            Some(packed) => packed.stream(&source.path, &source.shown, &source.bounds),
            None => expand(&source.path, &source.shown, &source.compression, &source.bounds),
        };
        let direct = direct.unwrap().read_to_end(&mut here).unwrap_err();
        let error = source.open_text(None, &source.bounds).unwrap().read_to_end(&mut ahead);
        let error = SourceError::from_io("?", &error.unwrap_err());
        assert!(matches!(error, SourceError::Damaged { .. }), "{error}");
        assert_eq!(error, SourceError::from_io("?", &direct));
        assert!(ahead == here && ahead.len() > 2 << 20, "{} of {}", ahead.len(), text.len());
    }
}

// Bounds.

#[test]
fn a_gibibyte_of_zeros_stops_at_the_ratio_and_at_the_limit() {
    // A mebibyte-sized member, many times: cheap to make.
    let member = gzip(&vec![b'\n'; 16 << 20]);
    let bytes = member.repeat(64);
    let source = one(&bytes, "a.csv.gz");
    let limited = Bounds { expanded_bytes: 100 << 20, expansion_ratio: 5000, ..Bounds::default() };
    for (bounds, least) in [(Bounds::default(), FREE_BYTES), (limited, 100 << 20)] {
        let mut reader = source.open_text(None, &bounds).unwrap();
        let (mut read, mut chunk) = (0_u64, vec![0; CHUNK_BYTES]);
        let error = loop {
            match reader.read(&mut chunk) {
                Ok(0) => panic!("read to its end: {read}"),
                Ok(some) => read += some as u64,
                Err(error) => break SourceError::from_io("?", &error),
            }
        };
        assert!(read >= least - CHUNK_BYTES as u64 && read < least + (64 << 20), "{read}");
        assert!(
            matches!(error, SourceError::Expands { limit: 200, .. } | SourceError::TooLarge { .. }),
            "{error}"
        );
        assert!(reader.read(&mut chunk).is_err(), "it stays failed");
    }
}

#[test]
fn zstd_and_zip_bombs_stop_too() {
    let bytes = zstd_bomb(8192);
    let small = one(&zstd_bomb(16), "a.zst");
    assert_eq!(text_of(&small, None).map(|text| text.len()).ok(), None, "zeros are no text");
    let mut reader = expand(&file(&bytes), "a", &Compression::Zstd, &Bounds::default()).unwrap();
    let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
    assert!(matches!(SourceError::from_io("?", &error), SourceError::Expands { .. }), "{error}");

    let bytes = zip(&[("a.csv", &vec![b'\n'; 80 << 20])]);
    let error = all(&bytes, "a.zip", &Bounds::default()).unwrap_err();
    assert!(matches!(error, SourceError::Expands { .. }), "{error}");
    let bounds = Bounds { expanded_bytes: 1 << 20, ..Bounds::default() };
    let error = all(&zip(&[("a.csv", &vec![b'\n'; 2 << 20])]), "a.zip", &bounds).unwrap_err();
    assert!(matches!(error, SourceError::TooLarge { limit: 1_048_576, .. }), "{error}");
}

fn workbook_error(bytes: &[u8], bounds: &Bounds) -> SourceError {
    one(bytes, "a.xlsx").open_workbook(bounds).map(|_| ()).unwrap_err()
}

#[test]
fn a_workbook_may_not_announce_more_strings_than_it_holds() {
    let bombs = [
        br#"<sst count="1" uniqueCount="999999999999"><si><t>a</t></si></sst>"#.to_vec(),
        [b"<!--".to_vec(), vec![b' '; 200_000], br"--><sst uniqueCount = '9999999'/>".to_vec()]
            .concat(),
        [b"<sst uniqueCount".to_vec(), vec![b' '; 70_000], b"='9'/>".to_vec()].concat(),
        utf_16("\u{feff}<sst uniqueCount=\"9999999\"/>", true),
    ];
    for strings in bombs {
        let error = workbook_error(&xlsx_with(&strings), &Bounds::default());
        assert!(
            matches!(&error, SourceError::Overstated { part, .. } if part == "xl/sharedstrings.xml"),
            "{error}"
        );
    }
    // References are no strings.
    let strings = br#"<sst count="99999999" uniqueCount="1"><si><t>hello</t></si></sst>"#;
    assert_eq!(first_cell(&one(&xlsx_with(strings), "a")), r#"SharedString("hello")"#);
}

#[test]
fn a_workbook_part_has_its_bounds() {
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let bytes = xlsx_with(strings.as_bytes());
    // Shared strings are kept in memory: half.
    let bounds = Bounds { workbook_part_bytes: 2 << 20, ..Bounds::default() };
    let error = workbook_error(&bytes, &bounds);
    assert!(matches!(&error, SourceError::TooLarge { limit: 1_048_576, .. }), "{error}");

    // The directory says 16 bytes: the part is counted, not believed.
    let mut lying = bytes.clone();
    let size = u32::try_from(strings.len()).unwrap().to_le_bytes();
    let at = memmem::rfind(&lying, &size).unwrap();
    lying[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
    let error = workbook_error(&lying, &Bounds::default());
    assert!(matches!(&error, SourceError::Damaged { .. }), "{error}");

    let bytes = xlsx_with(&vec![b' '; 80 << 20]);
    assert!(matches!(workbook_error(&bytes, &Bounds::default()), SourceError::Expands { .. }));
}

#[test]
fn a_name_near_a_chunks_end_is_found() {
    for split in 0..40 {
        let text =
            [vec![b'x'; 600], br#"uniqueCount="123456789" "#.to_vec(), vec![b'x'; 600]].concat();
        let mut scan = CountScan::default();
        scan.push(&text[..590 + split]);
        scan.push(&text[590 + split..]);
        assert_eq!(scan.highest, 123_456_789);
    }
}

// Kinds.

#[test]
fn workbooks_are_told_by_what_is_in_them() {
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    for (bytes, wanted) in [
        (xlsx(), WorkbookKind::Xlsx),
        (zip(&[("xl/workbook.bin", b"x")]), WorkbookKind::Xlsb),
        (zip(&[("mimetype", ods), ("content.xml", b"<x/>")]), WorkbookKind::Ods),
        (ole("Workbook", b""), WorkbookKind::Xls),
        (ole("Book", b""), WorkbookKind::Xls),
    ] {
        assert_eq!(kind(&bytes), Kind::Workbook(wanted));
        assert_eq!(kind(&gzip(&bytes)), Kind::Workbook(wanted));
        assert_eq!(kind(&zip(&[("a", &bytes)])), Kind::Workbook(wanted));
    }
    for bytes in [xlsx(), gzip(&xlsx()), zstd(&xlsx())] {
        assert_eq!(first_cell(&one(&bytes, "a")), r#"SharedString("hello")"#);
    }
}

#[test]
fn what_is_mislabelled_is_named() {
    let page = "<html><head></head><table><tr><td>1</td></tr></table></html>";
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    for (bytes, word) in [
        (page.as_bytes().to_vec(), "web page"),
        (format!("\u{feff}\r\n <!DOCTYPE HTML>{page}").into_bytes(), "web page"),
        (utf_16(&format!("\u{feff}{page}"), true), "web page"),
        (
            b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>"
                .to_vec(),
            "XML spreadsheet",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related".to_vec(), "MHTML"),
        (b"%PDF-1.7\n".to_vec(), "PDF"),
        (ole("EncryptedPackage", b""), "password"),
        (ole("WordDocument", b""), "Word"),
        (zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]), "Word"),
        (
            zip(&[("mimetype", ods), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")]),
            "password",
        ),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "OpenDocument"),
    ] {
        let kind = kind(&bytes);
        assert!(mislabelled(&kind, word), "{word}: {kind:?}");
    }
}

#[test]
fn text_under_any_name_is_text_and_the_rest_is_unknown() {
    assert_eq!(one(b"a;b\n1;2\n", "a.xls").kind, Kind::Text(TextEncoding::Utf8));
    assert_eq!(kind(b"<b>id</b>,name\n"), Kind::Text(TextEncoding::Utf8));
    assert_eq!(kind(b"BZhang,1\n"), Kind::Text(TextEncoding::Utf8));
    assert_eq!(kind(b"PAR1,1\n"), Kind::Text(TextEncoding::Utf8));
    let parquet = kind(b"PAR1\x15\0\x15PAR1");
    assert!(parquet == Kind::Parquet || mislabelled(&parquet, "--features parquet"), "{parquet:?}");
    assert_eq!(parquet == Kind::Parquet, cfg!(feature = "parquet"));
    assert_eq!(kind(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"), Kind::Unknown);
    let error = one(b"a\n", "a.csv").open_workbook(&Bounds::default()).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "cannot read a.csv: it is no workbook");
    assert_eq!(error.reason(), "it is no workbook");
}

#[test]
fn an_xls_may_not_announce_more_cells_than_there_can_be() {
    let stream = |rows: u32, columns: u16| {
        let mut stream = vec![0x09, 0x08, 4, 0, 0, 6, 0x10, 0, 0x00, 0x02, 14, 0];
        stream.extend(0_u32.to_le_bytes());
        stream.extend(rows.to_le_bytes());
        stream.extend(0_u16.to_le_bytes());
        stream.extend(columns.to_le_bytes());
        stream.extend([0, 0, 0x0a, 0, 0, 0]);
        ole("Workbook", &stream)
    };
    assert!(one(&stream(65_536, 256), "a.xls").open_workbook(&Bounds::default()).is_ok());
    for bytes in [stream(u32::MAX, 256), stream(10, 60_000)] {
        let error = workbook_error(&bytes, &Bounds::default());
        assert!(matches!(&error, SourceError::Overstated { what: "cells", .. }), "{error}");
    }
    let password = ole("Workbook", &[0x09, 0x08, 0, 0, 0x2f, 0, 2, 0, 0, 0]);
    assert!(matches!(workbook_error(&password, &Bounds::default()), SourceError::Protected { .. }));
}

#[test]
fn what_is_not_there_is_an_io_error() {
    let error = sources(Path::new("/nowhere/a.csv"), "a.csv", &Bounds::default()).unwrap_err();
    assert!(matches!(&error, SourceError::Io { path, .. } if path == "a.csv"), "{error}");
    let folder = folder();
    assert!(matches!(sources(folder.path(), "a", &Bounds::default()), Err(SourceError::Io { .. })));
}

#[test]
fn readers_can_go_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let source = one(TEXT.as_bytes(), "a.csv");
    is_send(&source);
    is_send(&source.open_text(None, &Bounds::default()).unwrap());
}

#[test]
fn a_file_that_changes_is_no_longer_as_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "a.csv", b"a,b\n1,2\n");
    let found = || sources(&path, "a.csv", &Bounds::default()).unwrap().remove(0);
    let source = found();
    assert!(source.is_as_found().unwrap());
    write(&folder, "a.csv", b"a,b\n1,2\n3,4\n");
    assert!(!source.is_as_found().unwrap());
    // Another file of the same size and time.
    let source = found();
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    let other = write(&folder, "other.csv", b"a,b\n1,2\n3,5\n");
    File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
    std::fs::rename(&other, &path).unwrap();
    assert_eq!(source.is_as_found().unwrap(), cfg!(not(unix)));
    std::fs::remove_file(&path).unwrap();
    assert!(source.is_as_found().is_err());
}
