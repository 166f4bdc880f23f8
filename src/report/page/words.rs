//! The words of the page, and how its numbers and days are written: messages of
//! the reader's language, and those of columns and sheets where they exist.

#![expect(clippy::unused_self, reason = "some texts are the same in every language")]

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::diagnostics::{Naming, Word};
use crate::language::{self, Filled, Group, Key};
use crate::model::Exact;
use crate::report::model::Report;
use crate::report::text::{visible, visible_lines};

/// Where a label's words stand.
enum From {
    Text(Key),
    /// The heading of a column.
    Column(&'static str),
    /// The name of a sheet.
    Sheet(&'static str),
}

use From::{Column, Sheet, Text};

/// Texts that need nothing filled in, by their place on the page.
macro_rules! labels {
    ($($name:ident = $from:expr,)+) => {
        #[derive(Debug)]
        pub(super) struct Labels { $(pub(super) $name: String,)+ }

        impl Labels {
            fn new(words: &language::Words) -> Self {
                Self { $($name: label(words, &$from),)+ }
            }
        }
    };
}

fn label(words: &language::Words, from: &From) -> String {
    match from {
        Text(key) => words.text(*key),
        Column(name) => words.heading("", name),
        Sheet(name) => words.word(Group::Sheet, name),
    }
    .to_owned()
}

labels! {
    title = Text(Key::PageTitle),
    skip = Text(Key::PageSkip),
    dark = Text(Key::PageDark),
    print = Text(Key::PagePrint),
    overview = Text(Key::PageOverview),
    warnings = Text(Key::PageReadFirst),
    control_totals = Text(Key::ControlTotals),
    fate = Text(Key::PageFate),
    entries = Column("entries"),
    hours = Column("hours"),
    agree = Text(Key::PageAgree),
    by_status = Text(Key::LinesByStatus),
    status = Column("status"),
    order_lines = Column("lines"),
    by_cause = Text(Key::DifferencesByCause),
    cause = Column("cause"),
    search_label = Text(Key::PageSearchLabel),
    search = Text(Key::PageSearch),
    customer = Column("customer"),
    any_customer = Text(Key::PageAnyCustomer),
    salesperson = Column("salesperson"),
    any_salesperson = Text(Key::PageAnySalesperson),
    any_status = Text(Key::PageAnyStatus),
    clear = Text(Key::PageClear),
    parts = Text(Key::PageLists),
    no_script = Text(Key::PageNoScript),
    order_by = Text(Key::PageOrderBy),
    by_overrun = Column("overrun_value"),
    by_used = Column("used"),
    by_reached = Column("reached_on"),
    by_customer = Column("customer"),
    previous = Text(Key::PagePrevious),
    next = Text(Key::PageNext),
    inputs = Text(Key::Inputs),
    file = Column("file"),
    role = Text(Key::Role),
    rows = Text(Key::Rows),
    about = Text(Key::PageAbout),
    upsells = Sheet("upsell"),
    to_talk_about = Text(Key::PageToTalkAbout),
    set_aside = Sheet("snoozed"),
    overrun_value = Column("overrun_value"),
    no_currency = Text(Key::NoCurrency),
    near = Sheet("near"),
    past_warning = Text(Key::PagePastWarning),
    runs_out_soon = Text(Key::PageRunsOutSoon),
    idle = Sheet("idle"),
    without_price = Column("without_price"),
    remaining_value = Column("remaining_value"),
    unmatched = Sheet("unmatched"),
    exceptions = Sheet("exceptions"),
    ordered = Column("ordered"),
    delivered = Column("delivered"),
    adjusted = Column("adjusted"),
    adjustments = Text(Key::Adjustments),
    kind = Column("kind"),
    quantity = Column("quantity"),
    excess = Column("excess"),
    used = Column("used"),
    unit = Column("unit"),
    reached_on = Column("reached_on"),
    contract = Column("contract"),
    lines = Column("lines"),
    elsewhere = Column("customer_remaining"),
    first_seen = Column("first_seen"),
    change = Column("change"),
    owner = Column("owner"),
    decision = Column("decision"),
    comment = Column("comment"),
    snooze_until = Column("snooze_until"),
    quota = Text(Key::PageQuota),
    by_hand = Text(Key::PageByHand),
    nothing_past = Text(Key::PageNothingPast),
    nothing = Text(Key::PageNothingFits),
    empty = Text(Key::PageEmpty),
}

/// The words and how numbers and days are written.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) labels: Labels,
    words: &'a language::Words,
}

impl<'a> Words<'a> {
    pub(super) fn new(words: &'a language::Words) -> Self {
        Self { labels: Labels::new(words), words }
    }

    /// The words of the reports.
    pub(super) fn of_reports(&self) -> &'a language::Words {
        self.words
    }

    pub(super) fn language(&self) -> &'static str {
        self.words.language().tag()
    }

    /// What stands between a number's thousands, before its decimals, and after
    /// a share.
    pub(super) fn marks(&self) -> [String; 3] {
        let language = self.words.language();
        let per_cent = language.percent("0");
        let per_cent = per_cent.strip_prefix('0').unwrap_or("%");
        [language.group_mark().into(), language.decimal_mark().into(), per_cent.to_owned()]
    }

    /// A text from a file, in which nothing is obeyed.
    pub(super) fn text(&self, text: &str) -> String {
        visible(text).into_owned()
    }

    /// A cell of a column; a text of ours keeps its lines, as TOML to paste has.
    pub(super) fn cell(&self, column: &str, text: &str) -> String {
        match column {
            "expected" | "action" => visible_lines(text),
            _ => self.text(text),
        }
    }

    /// A number in the reader's way.
    pub(super) fn number(&self, printed: &str) -> String {
        self.words.number(printed)
    }

    pub(super) fn whole(&self, count: u64) -> String {
        self.number(&count.to_string())
    }

    pub(super) fn count(&self, count: usize) -> String {
        self.number(&count.to_string())
    }

    /// A share of one in per cent.
    pub(super) fn percent(&self, share: &str) -> String {
        self.words.language().percent(share)
    }

    pub(super) fn date(&self, day: NaiveDate) -> String {
        self.words.date(day)
    }

    pub(super) fn date_in_tables(&self, day: NaiveDate) -> String {
        self.words.language().date_in_tables(day)
    }

    /// A cell of a column: the word for a value of an enumeration, else the text.
    pub(super) fn word(&self, column: &str, name: &str) -> String {
        let group = match column {
            "fate" => Some(Group::Fate),
            "role" => Some(Group::Role),
            "adjustment" => Some(Group::Adjustment),
            _ => Group::of_column(column),
        };
        let word = self.cell(column, group.map_or(name, |group| self.words.word(group, name)));
        // A code is for programs.
        if column == "kind" { word.replace('_', " ") } else { word }
    }

    /// A word of drawdown's own.
    pub(super) fn supplied(&self, word: Word) -> String {
        self.words.supplied(word).to_owned()
    }

    /// What a unit is called.
    pub(super) fn unit(&self, unit: &Naming<'_>) -> String {
        self.text(self.words.naming(unit))
    }

    /// The heading of a column of a table.
    pub(super) fn heading(&self, table: &str, column: &str) -> String {
        match column {
            "chart" => self.words.text(Key::PageCourse),
            _ => self.words.heading(table, column),
        }
        .to_owned()
    }

    pub(super) fn list_title(&self, name: &str) -> String {
        self.words.word(Group::Sheet, name).to_owned()
    }

    pub(super) fn about_list(&self, name: &str, rows: usize, shown: usize) -> String {
        let about = self.words.text(match name {
            "upsell" => Key::PageOfUpsell,
            "snoozed" => Key::PageOfSnoozed,
            "near" => Key::PageOfNear,
            "idle" => Key::PageOfIdle,
            "unmatched" => Key::PageOfUnmatched,
            "exceptions" => Key::PageOfExceptions,
            _ => Key::PageOfDelivered,
        });
        if rows == shown {
            return about.to_owned();
        }
        let (shown, all) = (self.count(shown), self.count(rows));
        let filled = [("shown", (&shown).into()), ("all", (&all).into()), ("name", name.into())];
        format!("{about} {}", self.words.with(Key::PageFirstOf, &filled))
    }

    pub(super) fn pages_of(&self, name: &str) -> String {
        self.filled(Key::PagePagesOf, &[("list", self.list_title(name))])
    }

    /// A message of the script, which fills in what stands in braces.
    pub(super) fn for_script(&self, key: Key, names: &[&'static str]) -> String {
        let filled: Vec<_> = names.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        self.filled(key, &filled)
    }

    fn filled(&self, key: Key, texts: &[(&'static str, String)]) -> String {
        let filled: Vec<(&'static str, Filled<'_>)> =
            texts.iter().map(|(name, text)| (*name, text.into())).collect();
        self.words.with(key, &filled)
    }

    pub(super) fn as_of(&self, report: &Report) -> String {
        self.filled(Key::AsOfDay, &[("day", self.date(report.period.as_of))])
    }

    pub(super) fn period(&self, report: &Report) -> String {
        let period = &report.period;
        let further = [
            (Key::From, period.from),
            (Key::To, period.to),
            (Key::IgnoredBefore, period.ignore_before),
        ];
        let further = further
            .into_iter()
            .filter_map(|(key, day)| Some(format!("{} {}", self.words.text(key), self.date(day?))));
        std::iter::once(self.as_of(report)).chain(further).collect::<Vec<_>>().join(" · ")
    }

    fn of_amount(&self, key: Key, amount: &str) -> String {
        self.filled(key, &[("amount", amount.to_owned())])
    }

    pub(super) fn past_quota(&self, amount: &str) -> String {
        self.of_amount(Key::PageOver, amount)
    }

    pub(super) fn left_of_quota(&self, amount: &str) -> String {
        self.of_amount(Key::PageLeft, amount)
    }

    pub(super) fn ordered_short(&self, amount: &str) -> String {
        self.of_amount(Key::PageOrdered, amount)
    }

    pub(super) fn reached_short(&self, day: NaiveDate) -> String {
        self.filled(Key::PageReached, &[("day", self.date(day))])
    }

    pub(super) fn chart_title(&self, order: &str, customer: &str) -> String {
        let filled = [("order", order.to_owned()), ("customer", customer.to_owned())];
        self.filled(Key::PageChartTitle, &filled)
    }

    /// What a drawing shows: what was ordered, its first day, what was left in
    /// the end, and the day of that.
    pub(super) fn chart_description(
        &self,
        [ordered, first, end, last]: [&str; 4],
        reached_on: Option<NaiveDate>,
    ) -> String {
        let mut filled = vec![
            ("ordered", ordered.to_owned()),
            ("first", first.to_owned()),
            ("end", end.to_owned()),
            ("last", last.to_owned()),
        ];
        match reached_on {
            None => self.filled(Key::PageChartDescription, &filled),
            Some(day) => {
                filled.push(("reached", self.date(day)));
                self.filled(Key::PageChartDescriptionReached, &filled)
            }
        }
    }

    pub(super) fn reached(&self, day: NaiveDate, days: i64) -> String {
        let days = u64::try_from(days).unwrap_or_default();
        let day = self.date(day);
        let filled = [("day", day.as_str().into()), ("days", days.into())];
        self.words.with(Key::PageDaysAgo, &filled)
    }

    pub(super) fn rate_of_weeks(&self, rate: &str) -> String {
        self.filled(Key::PageRateOfWeeks, &[("rate", rate.to_owned())])
    }

    pub(super) fn rate_since(&self, rate: &str, begun: NaiveDate, mean: &str) -> String {
        let filled =
            [("rate", rate.to_owned()), ("day", self.date(begun)), ("mean", mean.to_owned())];
        self.filled(Key::PageRateSince, &filled)
    }

    /// How many of a headline's upsells are set aside; blank for none.
    pub(super) fn of_which_snoozed(&self, snoozed: usize) -> String {
        if snoozed == 0 {
            return String::new();
        }
        self.filled(Key::PageOfWhichSnoozed, &[("snoozed", self.count(snoozed))])
    }

    /// Parts of a sum that are not shown one by one.
    pub(super) fn further(&self, parts: usize) -> String {
        self.words.with(Key::PageFurther, &[("parts", (parts as u64).into())])
    }

    /// What is so, and how many entries are.
    pub(super) fn of_entries(&self, what: &str, entries: u64) -> String {
        let filled = [("what", what.into()), ("entries", entries.into())];
        self.words.with(Key::PageOfEntries, &filled)
    }

    pub(super) fn elsewhere(&self, hours: &str, orders: &str) -> String {
        format!("{hours} ({orders})")
    }

    pub(super) fn seen(&self, day: NaiveDate, runs: u64) -> String {
        let day = self.date(day);
        if runs <= 1 {
            return day;
        }
        let runs = self.labelled(&self.heading("upsell", "runs_open"), &self.whole(runs));
        format!("{day} · {runs}")
    }

    /// A text and what it is, with the language's own colon.
    pub(super) fn labelled(&self, label: &str, text: &str) -> String {
        self.filled(Key::PageLabelled, &[("label", label.into()), ("text", text.into())])
    }

    /// What adjustments add below what is delivered (rule 6.10).
    pub(super) fn adjusted(&self, amount: &Exact, printed: &str) -> String {
        let sign = if amount.is_positive() { "+" } else { "" };
        let quantity = format!("{sign}{}", self.number(printed));
        self.filled(Key::PageAdjusted, &[("quantity", quantity)])
    }

    /// Whose a sum is.
    pub(super) fn whose(&self, of_adjustments: bool, line: Option<&str>) -> String {
        let what: Cow<'_, str> = if of_adjustments {
            self.words.text(Key::Adjustments).into()
        } else {
            self.heading("delivered", "entries").into()
        };
        match line {
            None => what.into_owned(),
            Some(line) => format!("{what} ({})", self.text(line)),
        }
    }

    pub(super) fn ordered_on(&self, line: &str) -> String {
        self.labelled(&self.heading("delivered", "line"), &self.text(line))
    }
}
