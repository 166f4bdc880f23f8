//! Files that are named like an export, or lie among exports, and are something
//! else that has a name.

use std::borrow::Cow;

use crate::diagnostics::Phrase;

/// What such a file is and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mislabelled {
    phrase: Phrase,
    sentence: Cow<'static, str>,
}

macro_rules! mislabelled {
    ($($name:ident: $phrase:path = $sentence:literal;)+) => {
        $(pub(super) const $name: Mislabelled =
            Mislabelled { phrase: $phrase, sentence: Cow::Borrowed($sentence) };)+

        #[cfg(test)]
        const ALL: &[Mislabelled] = &[$($name),+];
    };
}

mislabelled! {
    UTF_32: Phrase::Utf32 =
        "it is UTF-32 text; save it as \"CSV UTF-8\"";
    PDF: Phrase::Pdf =
        "it is a PDF document; export the data as .xlsx or as CSV UTF-8";
    RTF: Phrase::Rtf =
        "it is a formatted document (RTF); export the data as .xlsx or as CSV UTF-8";
    SEVEN_ZIP: Phrase::SevenZip =
        "it is a 7z archive; unpack it first";
    RAR: Phrase::Rar =
        "it is a RAR archive; unpack it first";
    XZ: Phrase::Xz =
        "it is compressed by xz; unpack it first";
    BZIP2: Phrase::Bzip2 =
        "it is compressed by bzip2; unpack it first";
    TAR: Phrase::Tar =
        "it is a tar archive; unpack it first";
    NESTED: Phrase::Nested =
        "it is an archive within an archive; unpack it first";
    SQLITE: Phrase::Sqlite =
        "it is a database (SQLite); export the data as .xlsx or as CSV UTF-8";
    PICTURE: Phrase::Picture =
        "it is a picture; export the data as .xlsx or as CSV UTF-8";
    NO_PARQUET: Phrase::NoParquet =
        "it is a Parquet file, which this build of drawdown does not read; get one that does with `cargo install --path . --features parquet`, or export the data as CSV UTF-8";
    ENCRYPTED_PARQUET: Phrase::EncryptedParquet =
        "it is an encrypted Parquet file; write it without a key";
    OLD_EXCEL: Phrase::OldExcel =
        "it is a workbook of Excel 4 or older; save it as .xlsx";
    WEB_PAGE: Phrase::WebPage =
        "it is a web page (HTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8";
    MHTML: Phrase::Mhtml =
        "it is a web page in one file (MHTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8";
    XML_SPREADSHEET: Phrase::XmlSpreadsheet =
        "it is an XML spreadsheet of Excel 2003, whatever its name says; open it and save it as .xlsx";
    XML: Phrase::Xml =
        "it is an XML document; export the data as .xlsx or as CSV UTF-8";
    OPEN_DOCUMENT: Phrase::OpenDocument =
        "it is an OpenDocument file, but no spreadsheet; export the data as .xlsx or as CSV UTF-8";
    PROTECTED: Phrase::Protected =
        "it is protected by a password; save it without one";
    WORD: Phrase::Word =
        "it is a Word document; export the data as .xlsx or as CSV UTF-8";
    PRESENTATION: Phrase::Presentation =
        "it is a presentation; export the data as .xlsx or as CSV UTF-8";
    WORD_OR_PRESENTATION: Phrase::WordOrPresentation =
        "it is a Word document or a presentation; export the data as .xlsx or as CSV UTF-8";
    OFFICE: Phrase::Office =
        "it is an Office document without a workbook; export the data as .xlsx or as CSV UTF-8";
    OLE: Phrase::Ole =
        "it is an OLE file without a workbook; export the data as .xlsx or as CSV UTF-8";
    NUMBERS: Phrase::Numbers =
        "it is a document of Apple Numbers; export it as .xlsx or as CSV UTF-8";
}

impl Mislabelled {
    /// Of a member of an archive: compressed by a method that is not supported.
    pub(super) fn compressed(method: &str, sentence: String) -> Self {
        let phrase = Phrase::CompressedBy { method: method.into() };
        Self { phrase, sentence: Cow::Owned(sentence) }
    }

    /// What is said of it in a report.
    #[must_use]
    pub fn phrase(&self) -> &Phrase {
        &self.phrase
    }

    /// The same in English, in one clause that follows a path: what stops a run
    /// is told in this language.
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::english;

    #[test]
    fn a_report_says_in_english_what_an_error_says() {
        let compressed = super::super::SourceError::Unsupported {
            path: "a.zip/b.csv".to_owned(),
            method: "method 12".to_owned(),
        };
        let compressed = Mislabelled::compressed("method 12", compressed.reason());
        for mislabelled in ALL.iter().chain([&compressed]) {
            assert_eq!(english().say(mislabelled.phrase()), mislabelled.sentence());
        }
    }
}
