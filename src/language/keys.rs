//! The names of the messages.

macro_rules! keys {
    ($($variant:ident = $id:literal,)+) => {
        /// A text of the reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key { $(#[doc = concat!("`", $id, "`")] $variant,)+ }

        impl Key {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id of its message.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }
    };
}

keys! {
    Title = "title",
    AsOf = "as-of",
    AsOfDay = "as-of-day",
    From = "from",
    To = "to",
    IgnoredBefore = "ignored-before",
    AfterAsOf = "after-as-of",
    UnreadableRows = "unreadable-rows",
    NotApprovedHours = "not-approved-hours",
    NotBillableHours = "not-billable-hours",
    LinesPassedOver = "lines-passed-over",
    TotalRows = "total-rows",
    GroupRows = "group-rows",
    Run = "run",
    Inputs = "inputs",
    Role = "role",
    Rows = "rows",
    ControlTotals = "control-totals",
    Adjustments = "adjustments",
    LinesByStatus = "lines-by-status",
    DifferencesByCause = "differences-by-cause",
    NoUpsell = "no-upsell",
    AllSnoozed = "all-snoozed",
    Upsells = "upsells",
    UpsellsInPart = "upsells-in-part",
    SetAside = "set-aside",
    SetAsideInPart = "set-aside-in-part",
    OverrunByCurrency = "overrun-by-currency",
    OverrunOfUpsells = "overrun-of-upsells",
    OverrunOfOthers = "overrun-of-others",
    NoCurrency = "no-currency",
    ExceptionsByKind = "exceptions-by-kind",
    First = "first",
    ReportsAreIn = "reports-are-in",
    PassedOver = "passed-over",
    Page = "page",
    NotRead = "not-read",
    MoreNotRead = "more-not-read",
    LocksMeanNothing = "locks-mean-nothing",
    LocksForgotten = "locks-forgotten",
    NoTimesheets = "no-timesheets",
    NoEntries = "no-entries",
    NoneAttributed = "none-attributed",
    ManyUnmatched = "many-unmatched",
    UnsoldProducts = "unsold-products",
    UnsoldProductsWithoutFile = "unsold-products-without-file",
    KindsOfIds = "kinds-of-ids",
    Undrafted = "undrafted",
    UnusedPatterns = "unused-patterns",
    UnusedProducts = "unused-products",
    HintExcluded = "hint-excluded",
    HintRejected = "hint-rejected",
    HintRefused = "hint-refused",
    HintNoReference = "hint-no-reference",
    HintNotMapped = "hint-not-mapped",
    HintUnknownTarget = "hint-unknown-target",
    HintUnknownLine = "hint-unknown-line",
    HintUnknownTask = "hint-unknown-task",
    HintUnknownContract = "hint-unknown-contract",
    HintContractNotTracked = "hint-contract-not-tracked",
    HintTaskWithoutLine = "hint-task-without-line",
    HintSeeUnmatched = "hint-see-unmatched",
    ChooseTitle = "choose-title",
    ChooseNote = "choose-note",
    ChooseOther = "choose-other",
    SnoozeTitle = "snooze-title",
    SnoozeNote = "snooze-note",
    SnoozeOther = "snooze-other",
    KeptAsWritten = "kept-as-written",
    RowsCannotBeUsed = "rows-cannot-be-used",
    EveryReadRowCanBeUsed = "every-read-row-can-be-used",
    EveryRowCanBeUsed = "every-row-can-be-used",
    RowsAreExceptions = "rows-are-exceptions",
    PrepaidHours = "prepaid-hours",
    TotalsAgree = "totals-agree",
    MoreWarnings = "more-warnings",
    FullReport = "full-report",
    BesideThisFile = "beside-this-file",
    UpsellsInAll = "upsells-in-all",
    UpsellsOfCurrencies = "upsells-of-currencies",
    InAll = "in-all",
    New = "new",
    UsedUp = "used-up",
    UsedUpInPart = "used-up-in-part",
    NearlyUsedUp = "nearly-used-up",
    NearlyUsedUpInPart = "nearly-used-up-in-part",
    Left = "left",
    Total = "total",
    WeeklyHours = "weekly-hours",
    HoursPerWeek = "hours-per-week",
    LargestOverruns = "largest-overruns",
    EntriesInPart = "entries-in-part",
    RowsInPart = "rows-in-part",
    ToLookAt = "to-look-at",
    UnmatchedEntries = "unmatched-entries",
    RefusedEntries = "refused-entries",
    RejectedEntries = "rejected-entries",
    PageTitle = "page-title",
    PageSkip = "page-skip",
    PageDark = "page-dark",
    PagePrint = "page-print",
    PageOverview = "page-overview",
    PageReadFirst = "page-read-first",
    PageFate = "page-fate",
    PageAgree = "page-agree",
    PageSearchLabel = "page-search-label",
    PageSearch = "page-search",
    PageAnyCustomer = "page-any-customer",
    PageAnySalesperson = "page-any-salesperson",
    PageAnyStatus = "page-any-status",
    PageClear = "page-clear",
    PageLists = "page-lists",
    PageNoScript = "page-no-script",
    PageOrderBy = "page-order-by",
    PagePrevious = "page-previous",
    PageNext = "page-next",
    PageAbout = "page-about",
    PageToTalkAbout = "page-to-talk-about",
    PagePastWarning = "page-past-warning",
    PageRunsOutSoon = "page-runs-out-soon",
    PageCourse = "page-course",
    PageQuota = "page-quota",
    PageByHand = "page-by-hand",
    PageNothingPast = "page-nothing-past",
    PageAdjusted = "page-adjusted",
    PageNothingFits = "page-nothing-fits",
    PageShown = "page-shown",
    PageFound = "page-found",
    PageEmpty = "page-empty",
    PageFirstOf = "page-first-of",
    PagePagesOf = "page-pages-of",
    PageOver = "page-over",
    PageLeft = "page-left",
    PageOrdered = "page-ordered",
    PageReached = "page-reached",
    PageDaysAgo = "page-days-ago",
    PageRateOfWeeks = "page-rate-of-weeks",
    PageRateSince = "page-rate-since",
    PageOfWhichSnoozed = "page-of-which-snoozed",
    PageChartTitle = "page-chart-title",
    PageChartDescription = "page-chart-description",
    PageChartDescriptionReached = "page-chart-description-reached",
    PageOfUpsell = "page-of-upsell",
    PageOfSnoozed = "page-of-snoozed",
    PageOfNear = "page-of-near",
    PageOfIdle = "page-of-idle",
    PageOfUnmatched = "page-of-unmatched",
    PageOfExceptions = "page-of-exceptions",
    PageOfDelivered = "page-of-delivered",
    OneOrOther = "one-or-other",
    PlaceCell = "place-cell",
    PlaceSheetRow = "place-sheet-row",
    PlaceSheet = "place-sheet",
    PlaceColumn = "place-column",
    Sentence = "sentence",
    AndInRow = "and-in-row",
    AndInRows = "and-in-rows",
    AndInMoreRows = "and-in-more-rows",
    RowWithText = "row-with-text",
    QuotedText = "quoted-text",
    Nothing = "nothing",
    KindHeadline = "kind-headline",
    NothingInColumn = "nothing-in-column",
    BlankCell = "blank-cell",
    TextInColumn = "text-in-column",
    RowsInColumn = "rows-in-column",
    RowsFound = "rows-found",
    ExpectedLabel = "expected-label",
    HelpLabel = "help-label",
    WarningLabel = "warning-label",
    MoreRows = "more-rows",
    MoreExceptions = "more-exceptions",
    AdviceSentence = "advice-sentence",
    AdviceSentenceAt = "advice-sentence-at",
    MoreAdvice = "more-advice",
    WarningSentence = "warning-sentence",
    OtherOrders = "other-orders",
}

/// Enumerations whose words are found by a value's stable name: the message of
/// `not_confirmed` in the group `status` is `status-not_confirmed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Headings of columns; one of a table's own is `column-late-remaining`.
    Column,
    /// Sheets of the workbook, by the names of their tables.
    Sheet,
    /// Statuses of order lines.
    Status,
    /// Why the ERP has another delivered quantity.
    Cause,
    /// How delivered quantities are found.
    Tracking,
    /// Invoicing policies.
    Policy,
    /// Invoice statuses.
    Invoicing,
    /// Why an entry is unmatched, refused or late.
    Reason,
    /// What is odd about invoices.
    Finding,
    /// What is decided about upsells.
    Decision,
    /// Whether something holds.
    Answer,
    /// Where work given away was found.
    Source,
    /// Roles of inputs.
    Role,
    /// What became of rows.
    Fate,
    /// Kinds of exceptions.
    Exception,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 15] = [
        Self::Column,
        Self::Sheet,
        Self::Status,
        Self::Cause,
        Self::Tracking,
        Self::Policy,
        Self::Invoicing,
        Self::Reason,
        Self::Finding,
        Self::Decision,
        Self::Answer,
        Self::Source,
        Self::Role,
        Self::Fate,
        Self::Exception,
    ];

    /// What the ids of its messages begin with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Sheet => "sheet",
            Self::Status => "status",
            Self::Cause => "cause",
            Self::Tracking => "tracking",
            Self::Policy => "policy",
            Self::Invoicing => "invoicing",
            Self::Reason => "reason",
            Self::Finding => "finding",
            Self::Decision => "decision",
            Self::Answer => "answer",
            Self::Source => "source",
            Self::Role => "role",
            Self::Fate => "fate",
            Self::Exception => "exception",
        }
    }

    /// Those whose words stand in a column of the reports' tables, by its
    /// stable name.
    #[must_use]
    pub fn of_column(name: &str) -> Option<Self> {
        Some(match name {
            "status" => Self::Status,
            "cause" => Self::Cause,
            "tracking" => Self::Tracking,
            "policy" => Self::Policy,
            "invoice_status" | "order_invoice_status" | "exported_status" => Self::Invoicing,
            "reason" => Self::Reason,
            "finding" => Self::Finding,
            "decision" => Self::Decision,
            "snoozed" => Self::Answer,
            "source" => Self::Source,
            "kind" => Self::Exception,
            _ => return None,
        })
    }
}
