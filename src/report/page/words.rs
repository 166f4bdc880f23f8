//! Every word of the page.

#![expect(clippy::unused_self, reason = "another language will need it")]

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::report::model::{Column, DELIVERED, EXCEPTIONS, Report, UNMATCHED, UPSELL};
use crate::report::tables::{IDLE, NEAR};
use crate::report::text::visible;

/// Texts that need nothing filled in.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) title: &'static str,
    pub(super) skip: &'static str,
    pub(super) dark: &'static str,
    pub(super) print: &'static str,
    pub(super) overview: &'static str,
    pub(super) warnings: &'static str,
    pub(super) control_totals: &'static str,
    pub(super) fate: &'static str,
    pub(super) entries: &'static str,
    pub(super) entries_unit: &'static str,
    pub(super) hours: &'static str,
    pub(super) hours_unit: &'static str,
    pub(super) agree: &'static str,
    pub(super) by_status: &'static str,
    pub(super) status: &'static str,
    pub(super) order_lines: &'static str,
    pub(super) by_cause: &'static str,
    pub(super) cause: &'static str,
    pub(super) search_label: &'static str,
    pub(super) search: &'static str,
    pub(super) customer: &'static str,
    pub(super) any_customer: &'static str,
    pub(super) salesperson: &'static str,
    pub(super) any_salesperson: &'static str,
    pub(super) any_status: &'static str,
    pub(super) clear: &'static str,
    pub(super) parts: &'static str,
    pub(super) no_script: &'static str,
    pub(super) order_by: &'static str,
    pub(super) by_overrun: &'static str,
    pub(super) by_used: &'static str,
    pub(super) by_reached: &'static str,
    pub(super) by_customer: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) inputs: &'static str,
    pub(super) file: &'static str,
    pub(super) role: &'static str,
    pub(super) rows: &'static str,
    pub(super) about: &'static str,
    pub(super) upsells: &'static str,
    pub(super) to_talk_about: &'static str,
    pub(super) set_aside: &'static str,
    pub(super) overrun_value: &'static str,
    pub(super) no_currency: &'static str,
    pub(super) near: &'static str,
    pub(super) past_warning: &'static str,
    pub(super) runs_out_soon: &'static str,
    pub(super) idle: &'static str,
    pub(super) remaining_value: &'static str,
    pub(super) unmatched_hours: &'static str,
    pub(super) exceptions: &'static str,
    pub(super) ordered: &'static str,
    pub(super) delivered: &'static str,
    pub(super) adjusted: &'static str,
    pub(super) excess: &'static str,
    pub(super) used: &'static str,
    pub(super) unit: &'static str,
    pub(super) reached_on: &'static str,
    pub(super) contract: &'static str,
    pub(super) lines: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) first_seen: &'static str,
    pub(super) change: &'static str,
    pub(super) owner: &'static str,
    pub(super) decision: &'static str,
    pub(super) comment: &'static str,
    pub(super) snooze_until: &'static str,
    pub(super) quota: &'static str,
    pub(super) by_hand: &'static str,
    pub(super) nothing_past: &'static str,
    pub(super) nothing: &'static str,
    pub(super) shown: &'static str,
    pub(super) found: &'static str,
}

const ENGLISH: Labels = Labels {
    title: "Delivered quantities and upsells",
    skip: "Skip to the lists",
    dark: "Dark",
    print: "Print",
    overview: "Headline figures",
    warnings: "Read this first",
    control_totals: "Control totals",
    fate: "What became of them",
    entries: "Entries",
    entries_unit: "entries",
    hours: "Hours",
    hours_unit: "hours",
    agree: "They agree exactly",
    by_status: "Order lines by status",
    status: "Status",
    order_lines: "Lines",
    by_cause: "Delivered differs from the ERP, by cause",
    cause: "Cause",
    search_label: "Search and filter the lists",
    search: "Search orders, customers, products …",
    customer: "Customer",
    any_customer: "Any customer",
    salesperson: "Salesperson",
    any_salesperson: "Any salesperson",
    any_status: "Any status",
    clear: "Clear",
    parts: "Lists",
    no_script: "The first rows of each list are below. Where scripts may run, the lists can be searched, sorted and paged through; the CSV files have every row.",
    order_by: "Order by",
    by_overrun: "largest overrun",
    by_used: "most used",
    by_reached: "reached first",
    by_customer: "customer",
    previous: "Previous",
    next: "Next",
    inputs: "What was read",
    file: "File",
    role: "Role",
    rows: "Rows",
    about: "Made by drawdown from exported files alone. Every figure is exact; → marks where a sum is rounded, once, to the step of its unit. This page holds all that it shows and asks no network for anything.",
    upsells: "Upsells",
    to_talk_about: "To talk about",
    set_aside: "Set aside",
    overrun_value: "Overrun value",
    no_currency: "no currency",
    near: "Near their quota",
    past_warning: "Past the warning level",
    runs_out_soon: "Run out soon at the rate of the last weeks",
    idle: "Idle contracts",
    remaining_value: "Remaining value",
    unmatched_hours: "Unmatched",
    exceptions: "Exceptions",
    ordered: "Ordered",
    delivered: "Delivered",
    adjusted: "Adjusted",
    excess: "Excess",
    used: "Used",
    unit: "Unit",
    reached_on: "Quota reached",
    contract: "Contract",
    lines: "Order lines",
    elsewhere: "Other contracts",
    first_seen: "First seen",
    change: "Since the last run",
    owner: "Owner",
    decision: "Decision",
    comment: "Comment",
    snooze_until: "Set aside until",
    quota: "quota",
    by_hand: "recorded on the line by hand (rule 3.3)",
    nothing_past: "nothing past the quota",
    nothing: "Nothing fits what is searched and chosen.",
    shown: "{from}–{to} of {all}",
    found: "{found} of {all} rows fit",
};

/// The words and how numbers and days are written.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) labels: &'static Labels,
}

impl Words {
    pub(super) fn english() -> Self {
        Self { labels: &ENGLISH }
    }

    pub(super) fn language(&self) -> &'static str {
        "en"
    }

    /// The marks between a number's thousands, before its decimals, and after a
    /// share.
    pub(super) fn marks(&self) -> [&'static str; 3] {
        [",", ".", "%"]
    }

    /// A text from a file, in which nothing is obeyed.
    pub(super) fn text(&self, text: &str) -> String {
        visible(text).into_owned()
    }

    /// A number in the reader's way.
    pub(super) fn number(&self, printed: &str) -> String {
        let [group, ..] = self.marks();
        let (sign, digits) = printed.strip_prefix('-').map_or(("", printed), |rest| ("-", rest));
        let (whole, decimals) =
            digits.split_once('.').map_or((digits, None), |(w, d)| (w, Some(d)));
        let mut text = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push_str(group);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push('.');
            text.push_str(decimals);
        }
        text
    }

    pub(super) fn whole(&self, count: u64) -> String {
        self.number(&count.to_string())
    }

    pub(super) fn count(&self, count: usize) -> String {
        self.number(&count.to_string())
    }

    /// A share of one in per cent.
    pub(super) fn percent(&self, share: &str) -> String {
        let (sign, digits) = share.strip_prefix('-').map_or(("", share), |rest| ("-", rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = format!("{decimals:0<2}");
        let (hundredths, rest) = decimals.split_at(2);
        let whole = format!("{whole}{hundredths}");
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        format!("{}%", self.number(&format!("{sign}{whole}{point}{rest}")))
    }

    pub(super) fn date(&self, day: NaiveDate) -> String {
        day.to_string()
    }

    /// A cell of a column: the word for a value of an enumeration, else the text.
    pub(super) fn word(&self, column: &str, name: &str) -> String {
        match column {
            "status" | "reason" | "cause" | "kind" | "decision" | "fate" | "role" => {
                self.text(&name.replace('_', " "))
            }
            _ => self.text(name),
        }
    }

    /// The heading of a column of a table.
    pub(super) fn heading(&self, table: &str, column: &str) -> String {
        let columns: &[Column] = match table {
            "near" => NEAR,
            "idle" => IDLE,
            "unmatched" => UNMATCHED,
            "exceptions" => EXCEPTIONS,
            "delivered" => DELIVERED,
            _ => UPSELL,
        };
        let known = columns.iter().find(|known| known.name == column);
        match (known, column) {
            (Some(known), _) => known.title.to_owned(),
            (None, "chart") => "Course".to_owned(),
            (None, _) => "Status".to_owned(),
        }
    }

    pub(super) fn list_title(&self, name: &str) -> String {
        match name {
            "upsell" => "Upsells",
            "snoozed" => "Set aside",
            "near" => "Near",
            "idle" => "Idle",
            "unmatched" => "Unmatched",
            "exceptions" => "Exceptions",
            _ => "Order lines",
        }
        .to_owned()
    }

    pub(super) fn about_list(&self, name: &str, rows: usize, shown: usize) -> String {
        let about = match name {
            "upsell" => {
                "Quotas that are used up: customers to talk to, by currency and largest overrun. Open a figure for its arithmetic."
            }
            "snoozed" => "Upsells that somebody has set aside until a later day.",
            "near" => {
                "Quotas past the warning level, and those that run out soon at the rate of the last weeks."
            }
            "idle" => "Paid contracts on which nobody has worked for a while.",
            "unmatched" => {
                "Timesheet entries that lead to no order line, with the nearest candidate."
            }
            "exceptions" => {
                "Rows that could not be used: what was found, what was expected, what to do."
            }
            _ => "Every order line with its figures.",
        };
        if rows == shown {
            return about.to_owned();
        }
        format!(
            "{about} The first {} of {}; {name}.csv has all.",
            self.count(shown),
            self.count(rows)
        )
    }

    pub(super) fn pages_of(&self, name: &str) -> String {
        format!("Pages of {}", self.list_title(name))
    }

    pub(super) fn empty_list(&self, name: &str) -> String {
        match name {
            "upsell" => "No quota is used up.",
            "snoozed" => "No upsell is set aside.",
            "near" => "No quota is near its end.",
            "idle" => "No contract is idle.",
            "unmatched" => {
                "Every entry leads to an order line, or unmatched entries were not listed."
            }
            "exceptions" => "Every row could be used.",
            _ => "There are no order lines.",
        }
        .to_owned()
    }

    pub(super) fn as_of(&self, report: &Report) -> String {
        format!("As of {}", self.date(report.period.as_of))
    }

    pub(super) fn period(&self, report: &Report) -> String {
        let mut text = self.as_of(report);
        let period = &report.period;
        for (label, day) in
            [("from", period.from), ("to", period.to), ("ignored before", period.ignore_before)]
        {
            if let Some(day) = day {
                let _ = write!(text, ", {label} {}", self.date(day));
            }
        }
        text
    }

    pub(super) fn past_quota(&self, amount: &str) -> String {
        format!("{amount} over")
    }

    pub(super) fn left_of_quota(&self, amount: &str) -> String {
        format!("{amount} left")
    }

    pub(super) fn ordered_short(&self, amount: &str) -> String {
        format!("{amount} ordered")
    }

    pub(super) fn reached_short(&self, day: &str) -> String {
        format!("used up {day}")
    }

    pub(super) fn chart_title(&self, order: &str, customer: &str) -> String {
        format!("What was left of {order}, {customer}")
    }

    pub(super) fn chart_description(
        &self,
        ordered: &str,
        first: &str,
        end: &str,
        last: &str,
        reached: Option<&str>,
    ) -> String {
        let reached = reached.map_or_else(String::new, |day| format!(" used up on {day};"));
        format!("{ordered} ordered, drawn from {first};{reached} {end} on {last}.")
    }

    pub(super) fn reached(&self, day: NaiveDate, days: i64) -> String {
        let day = self.date(day);
        match days {
            0 => format!("{day}, the day of this report"),
            1 => format!("{day}, 1 day ago"),
            days => format!("{day}, {} days ago", self.number(&days.to_string())),
        }
    }

    pub(super) fn elsewhere(&self, hours: &str, orders: &str) -> String {
        format!("{hours} hours left on {orders}")
    }

    pub(super) fn seen(&self, day: NaiveDate, runs: u64) -> String {
        let day = self.date(day);
        if runs <= 1 { day } else { format!("{day}, open in {} runs", self.whole(runs)) }
    }

    /// Whose a sum is.
    pub(super) fn whose(&self, of_adjustments: bool, line: Option<&str>) -> String {
        match (of_adjustments, line) {
            (false, None) => "Entries".to_owned(),
            (false, Some(line)) => format!("Entries of {}", self.text(line)),
            (true, None) => "Adjustments".to_owned(),
            (true, Some(line)) => format!("Adjustments of {}", self.text(line)),
        }
    }

    pub(super) fn ordered_on(&self, line: &str) -> String {
        format!("on order line {}", self.text(line))
    }
}
