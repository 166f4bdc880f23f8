//! What is to be said of something that was found, in no language yet: which
//! sentence, and what it is filled with. A phrase is made where a fault is
//! found, and costs no more than its texts; `language` has the words.

use chrono::NaiveDate;

use super::Place;
use super::naming::{Amount, Naming, Reading, Word};

/// What a phrase is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Filling<'a> {
    /// A text as it stands in a file, or as drawdown.toml takes it.
    Text(&'a str),
    /// How many, or which one by its number.
    Count(u64),
    /// Texts of which one is right.
    Choice(&'a [&'a str]),
    /// Phrases one after the other.
    Phrases(&'a [Phrase]),
    /// A phrase within this one.
    Phrase(&'a Phrase),
    /// Where something stands.
    Place(&'a Place),
    /// A value that has a word in every language.
    Word(Word),
    /// What something is called.
    Naming(&'a Naming<'static>),
    /// A number, as the CSV files print it.
    Number(&'a str),
    /// An amount and its unit.
    Amount(&'a Amount),
    /// A day.
    Day(NaiveDate),
}

impl<'a> From<&'a Box<str>> for Filling<'a> {
    fn from(text: &'a Box<str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a &'static str> for Filling<'a> {
    fn from(text: &'a &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<&u64> for Filling<'_> {
    fn from(count: &u64) -> Self {
        Self::Count(*count)
    }
}

impl<'a> From<&'a &'static [&'static str]> for Filling<'a> {
    fn from(texts: &'a &'static [&'static str]) -> Self {
        Self::Choice(texts)
    }
}

impl<'a> From<&'a Vec<Phrase>> for Filling<'a> {
    fn from(phrases: &'a Vec<Phrase>) -> Self {
        Self::Phrases(phrases)
    }
}

impl<'a> From<&'a Box<Phrase>> for Filling<'a> {
    fn from(phrase: &'a Box<Phrase>) -> Self {
        Self::Phrase(phrase)
    }
}

impl<'a> From<&'a Box<Place>> for Filling<'a> {
    fn from(place: &'a Box<Place>) -> Self {
        Self::Place(place)
    }
}

impl From<&Word> for Filling<'_> {
    fn from(word: &Word) -> Self {
        Self::Word(*word)
    }
}

impl<'a> From<&'a Box<Naming<'static>>> for Filling<'a> {
    fn from(naming: &'a Box<Naming<'static>>) -> Self {
        Self::Naming(naming)
    }
}

impl<'a> From<&'a Box<Amount>> for Filling<'a> {
    fn from(amount: &'a Box<Amount>) -> Self {
        Self::Amount(amount)
    }
}

impl From<&NaiveDate> for Filling<'_> {
    fn from(day: &NaiveDate) -> Self {
        Self::Day(*day)
    }
}

impl<'a> From<&'a Reading> for Filling<'a> {
    fn from(Reading(text): &'a Reading) -> Self {
        if text.contains('.') { Self::Number(text) } else { Self::Text(text) }
    }
}

/// A phrase as it is declared, for those who hold the words to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// The variant's name.
    pub name: &'static str,
    /// The id of its message.
    pub id: &'static str,
    /// The names of what fills it.
    pub filled: &'static [&'static str],
}

macro_rules! phrases {
    ($($variant:ident $({ $($field:ident: $type:ty),+ })? = $id:literal;)+) => {
        /// Something that is said of a row or a file. The message of each has
        /// the same id and the same fillings in every language.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "a message shows what each of its fillings is")]
        pub enum Phrase {
            $(#[doc = concat!("`", $id, "`")] $variant $({ $($field: $type),+ })?,)+
        }

        impl Phrase {
            /// Every phrase.
            pub const ALL: &'static [Declared] = &[
                $(Declared {
                    name: stringify!($variant),
                    id: $id,
                    filled: &[$($(stringify!($field)),+)?],
                },)+
            ];

            /// The id of its message.
            #[must_use]
            pub const fn id(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $id,)+ }
            }

            /// What it is filled with, by name.
            #[must_use]
            pub fn filled(&self) -> Vec<(&'static str, Filling<'_>)> {
                match self {
                    $(Self::$variant $({ $($field),+ })? => {
                        vec![$($((stringify!($field), $field.into())),+)?]
                    })+
                }
            }
        }
    };
}

phrases! {
    // What was expected of a cell
    Decimal = "expected-decimal";
    DecimalWithComma = "expected-decimal-with-comma";
    Date = "expected-date";
    YesOrNo = "expected-yes-or-no";
    OneOf { values: &'static [&'static str] } = "expected-one-of";
    SectionOrNote = "expected-section-or-note";
    SecondsOrDuration = "expected-seconds-or-duration";
    DecimalOrDuration = "expected-decimal-or-duration";
    DecimalWithCommaOrDuration = "expected-decimal-with-comma-or-duration";
    DecimalNotBelowZero = "expected-decimal-not-below-zero";
    ShareOfOrdered = "expected-share-of-ordered";
    NameOrId = "expected-name-or-id";
    CellsOfHeader { cells: u64, cell: u64 } = "expected-cells-of-header";
    ShownMark { example: Box<Phrase> } = "expected-shown-mark";
    OneMark { example: Box<Phrase> } = "expected-one-mark";
    ShownOrder { example: Box<Phrase> } = "expected-shown-order";
    OneOrder { example: Box<Phrase> } = "expected-one-order";
    Either { text: Box<str>, one: Reading, other: Reading } = "example-either";
    TwoNumbers { text: Box<str> } = "example-two-numbers";
    TwoDays { text: Box<str> } = "example-two-days";
    Both { one: Box<str>, other: Box<str> } = "example-both";
    DecisionDay = "expected-decision-day";
    Decision = "expected-decision";

    // What was expected where nothing stands
    OrderName = "expected-order-name";
    LineId = "expected-line-id";
    ProductName = "expected-product-name";
    TaskName = "expected-task-name";
    AdjustmentDay = "expected-adjustment-day";
    AdjustedQuantity = "expected-adjusted-quantity";
    LineOrContract = "expected-line-or-contract";
    OrderOfLine = "expected-order-of-line";
    OrderedQuantity = "expected-ordered-quantity";
    SoldProduct = "expected-sold-product";
    RecordedQuantity = "expected-recorded-quantity";
    UnitOfQuantities = "expected-unit-of-quantities";

    // What was expected of what a cell names
    OneLine = "expected-one-line";
    LineOfInputs = "expected-line-of-inputs";
    OneContract = "expected-one-contract";
    ContractOfInputs = "expected-contract-of-inputs";
    ContractOfOnePool = "expected-contract-of-one-pool";
    TrackedContract = "expected-tracked-contract";
    ConfirmedOrder = "expected-confirmed-order";
    KnownUnit = "expected-known-unit";
    PerCentWithSign = "expected-per-cent-with-sign";
    UnitOfCategory { category: Box<Naming<'static>>, line: Box<str>, unit: Box<Naming<'static>> } =
        "expected-unit-of-category";
    ProductPolicy = "expected-product-policy";
    ProductTracking = "expected-product-tracking";
    ProductPolicyAndTracking = "expected-product-policy-and-tracking";
    OnePool = "expected-one-pool";
    CountedVersion { version: Box<Phrase>, place: Box<Place> } = "expected-counted-version";
    OneVersion { version: Box<Phrase>, place: Box<Place> } = "expected-one-version";
    OwnEntry { place: Box<Place> } = "expected-own-entry";
    OwnAdjustment { place: Box<Place> } = "expected-own-adjustment";

    // What was found, where it is more than a cell's text
    ProductOfLines { product: Box<str>, lines: u64 } = "met-product-of-lines";
    EntryOfOrders { quantity: Box<Amount>, orders: Vec<Phrase> } = "met-entry-of-orders";
    DraftOrder { order: Box<str> } = "met-draft-order";
    SentOrder { order: Box<str> } = "met-sent-order";
    CancelledOrder { order: Box<str> } = "met-cancelled-order";
    VersionOfEntry { id: Box<str>, quantity: Box<Amount>, day: NaiveDate } = "met-version-of-entry";
    QuantityOfDay { quantity: Box<Amount>, day: NaiveDate } = "met-quantity-of-day";
    QuantityOfCategory { quantity: Box<Amount>, category: Box<Naming<'static>> } =
        "met-quantity-of-category";

    // What to do about a cell
    CorrectCell = "action-correct-cell";
    CorrectCellOrExport = "action-correct-cell-or-export";
    FailedNumber = "action-failed-number";
    FailedName = "action-failed-name";
    Uncalculated = "action-uncalculated";
    IdAsText = "action-id-as-text";
    NoPerCent = "action-no-per-cent";
    SignOfPerCent = "action-sign-of-per-cent";
    OneFileOrDistinct = "action-one-file-or-distinct";
    ShownAsDate = "action-shown-as-date";
    HoursAsDecimal = "action-hours-as-decimal";
    HoursAsDecimalWithComma = "action-hours-as-decimal-with-comma";
    OneNumber = "action-one-number";
    HasLetter { letter: Box<str> } = "action-has-letter";
    HasWord { word: Box<str> } = "action-has-word";
    NumberInDigits = "action-number-in-digits";
    HasSign { sign: Box<str>, code: Box<str> } = "action-has-sign";
    HasHidden { code: Box<str> } = "action-has-hidden";
    DecimalPoint = "action-decimal-point";
    DecimalComma = "action-decimal-comma";
    NoSuchDay = "action-no-such-day";
    YearOutOfRange = "action-year-out-of-range";
    FormatAsDate = "action-format-as-date";
    FourDigitYear = "action-four-digit-year";
    YearMonthDay = "action-year-month-day";
    QuoteDelimiter = "action-quote-delimiter";
    HeadOrClear = "action-head-or-clear";
    SayMark = "action-say-mark";
    SayOrder = "action-say-order";
    FillCell = "action-fill-cell";
    FillOneCell = "action-fill-one-cell";
    FillOrExportName = "action-fill-or-export-name";
    FillOrExportId = "action-fill-or-export-id";
    FillOrTakeOut = "action-fill-or-take-out";
    FillOrExportColumn { column: &'static str } = "action-fill-or-export-column";
    CorrectDecision { order: Box<str> } = "action-correct-decision";

    // What to do about what a cell names
    LineById = "action-line-by-id";
    ExportLineId = "action-export-line-id";
    ExportLines = "action-export-lines";
    ContractAsNamed = "action-contract-as-named";
    NameLine = "action-name-line";
    NameAdjustedLine = "action-name-adjusted-line";
    ConfirmOrTakeOut = "action-confirm-or-take-out";
    ConfirmOrBookElsewhere = "action-confirm-or-book-elsewhere";
    CorrectAdjustmentUnit = "action-correct-adjustment-unit";
    CorrectUnit = "action-correct-unit";
    HoursPerUnit { product: Box<str> } = "action-hours-per-unit";
    UnitMeant { unit: Box<str>, alias: Box<str>, name: Box<str> } = "action-unit-meant";
    DeclareUnit { unit: Box<str> } = "action-declare-unit";
    PastePolicy { product: Box<str> } = "action-paste-policy";
    PasteTracking { product: Box<str> } = "action-paste-tracking";
    PastePolicyAndTracking { product: Box<str> } = "action-paste-policy-and-tracking";
    SplitOrTrackByTask = "action-split-or-track-by-task";
    NothingIfRight = "action-nothing-if-right";
    IdsOrDistinct = "action-ids-or-distinct";
    WriteDateOrChoose = "action-write-date-or-choose";
    ReadableWriteDate { text: Box<str> } = "action-readable-write-date";

    // What is set up so that it goes wrong, and what to change
    OrdersLocked { locked: u64, confirmed: u64 } = "advice-orders-locked";
    IgnoreLocks = "advice-ignore-locks";
    PieceWithoutHours { product: Box<str>, lines: u64, unit: Box<str> } =
        "advice-piece-without-hours";
    SayHoursOfPiece { product: Box<str> } = "advice-say-hours-of-piece";
    NothingTracked { product: Box<str>, lines: u64 } = "advice-nothing-tracked";
    GiveAccountOrTask = "advice-give-account-or-task";
    PrepaidByDelivery { product: Box<str>, lines: u64 } = "advice-prepaid-by-delivery";
    InvoiceByOrdered { product: Box<str> } = "advice-invoice-by-ordered";
    OtherLineThanTask { entries: u64, task: Box<str>, line: Box<Phrase>, others: Vec<Phrase> } =
        "advice-other-line-than-task";
    LineOfOrder { line: Box<str>, order: Box<str> } = "advice-line-of-order";
    CorrectEntriesOrTask = "advice-correct-entries-or-task";

    // Why a file or a sheet was not read
    LockFile = "passed-lock-file";
    Configuration = "passed-configuration";
    OtherConfiguration = "passed-other-configuration";
    HiddenFile = "passed-hidden-file";
    HiddenFolder = "passed-hidden-folder";
    HiddenSheet = "passed-hidden-sheet";
    NotChosen = "passed-not-chosen";
    EarlierOutput = "passed-earlier-output";
    LinkOutside = "passed-link-outside";
    LinkToFolderOutside = "passed-link-to-folder-outside";
    LinkToFolder = "passed-link-to-folder";
    LinkToRead = "passed-link-to-read";
    LinkToNowhere = "passed-link-to-nowhere";
    NoFile = "passed-no-file";
    UnknownKind = "passed-unknown-kind";
    NoExport = "passed-no-export";
    EmptySheet = "passed-empty-sheet";
    UnknownRole = "passed-unknown-role";
    Nearly { role: Word, missing: &'static str } = "passed-nearly";
    NearlyBy { role: Word, missing: &'static str, meant: Box<Phrase> } = "passed-nearly-by";
    HeaderMeant { header: Box<str>, known: Box<str> } = "passed-header-meant";

    // What a file is that is no export
    Utf32 = "is-utf-32";
    Pdf = "is-pdf";
    Rtf = "is-rtf";
    SevenZip = "is-7z";
    Rar = "is-rar";
    Xz = "is-xz";
    Bzip2 = "is-bzip2";
    Tar = "is-tar";
    Nested = "is-nested";
    Sqlite = "is-sqlite";
    Picture = "is-picture";
    NoParquet = "is-parquet";
    EncryptedParquet = "is-encrypted-parquet";
    OldExcel = "is-old-excel";
    WebPage = "is-web-page";
    Mhtml = "is-mhtml";
    XmlSpreadsheet = "is-xml-spreadsheet";
    Xml = "is-xml";
    OpenDocument = "is-open-document";
    Protected = "is-protected";
    Word = "is-word";
    Presentation = "is-presentation";
    WordOrPresentation = "is-word-or-presentation";
    Office = "is-office";
    Ole = "is-ole";
    Numbers = "is-numbers";
    CompressedBy { method: Box<str> } = "is-compressed-by";
}

/// What was found in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A text, as it stands there.
    Text(Box<str>),
    /// More than that, for which there are words.
    Words(Box<Phrase>),
}

impl Found {
    /// The text; blank where there are words for it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Words(_) => "",
        }
    }
}

impl From<&str> for Found {
    fn from(text: &str) -> Self {
        Self::Text(shortened(text.to_owned()).into())
    }
}

impl From<String> for Found {
    fn from(text: String) -> Self {
        Self::Text(shortened(text).into())
    }
}

impl From<Phrase> for Found {
    fn from(phrase: Phrase) -> Self {
        Self::Words(Box::new(phrase))
    }
}

/// Letters of what was found that a message shows.
const SHOWN_LETTERS: usize = 200;

/// What was found, cut where it is longer than a person reads.
#[must_use]
pub fn shortened(text: String) -> String {
    match text.char_indices().nth(SHOWN_LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Fault;

    /// There may be thousands of faults of one kind.
    #[test]
    fn what_is_said_of_a_fault_is_small() {
        assert!(size_of::<Phrase>() <= 64, "{}", size_of::<Phrase>());
        assert!(size_of::<Found>() <= 24, "{}", size_of::<Found>());
        assert!(size_of::<Fault>() <= 192, "{}", size_of::<Fault>());
    }

    #[test]
    fn what_is_found_is_cut_at_a_letter() {
        let long = "长".repeat(SHOWN_LETTERS + 1);
        let cut = format!("{}…", "长".repeat(SHOWN_LETTERS));
        assert_eq!(Found::from(long.as_str()).text(), cut);
        let fits = "长".repeat(SHOWN_LETTERS);
        assert_eq!(Found::from(fits.clone()).text(), fits);
        assert_eq!(Found::from(Phrase::CorrectCell).text(), "");
    }
}
