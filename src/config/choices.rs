//! The words of `drawdown.toml`: its keys, the values of its choices, and what is
//! expected where a value is neither.

use crate::ingest::{DateOrder, DecimalMark};
use crate::language::Language;
use crate::model::{InvoicingPolicy, ProductKind, Tracking};
use crate::reconcile::{
    Allocation, Counting, LockedOrders, ManualDelivery, OnConflict, Overlap, Rounding, UpsellRule,
};

/// The words for the values of a choice; the first is the default.
pub(super) type Words<T, const N: usize> = [(&'static str, T); N];

pub(super) const ALLOCATION: Words<Allocation, 2> =
    [("draw-down", Allocation::DrawDown), ("first-line", Allocation::FirstLine)];
pub(super) const ROUNDING: Words<Rounding, 3> =
    [("half-away", Rounding::HalfAway), ("up", Rounding::Up), ("none", Rounding::None)];
pub(super) const MANUAL: Words<ManualDelivery, 2> =
    [("recorded", ManualDelivery::Recorded), ("entries", ManualDelivery::Entries)];
pub(super) const LOCKED: Words<LockedOrders, 2> =
    [("done", LockedOrders::Done), ("ignore", LockedOrders::Ignore)];
pub(super) const OVERLAP: Words<Overlap, 2> =
    [("same", Overlap::Same), ("distinct", Overlap::Distinct)];
pub(super) const ON_CONFLICT: Words<OnConflict, 3> =
    [("fault", OnConflict::Fault), ("newest", OnConflict::Newest), ("first", OnConflict::First)];
pub(super) const UPSELL_RULE: Words<UpsellRule, 2> =
    [("reached", UpsellRule::Reached), ("exceeded", UpsellRule::Exceeded)];
pub(super) const DECIMAL: Words<DecimalMark, 2> =
    [(".", DecimalMark::Point), (",", DecimalMark::Comma)];
pub(super) const DATES: Words<DateOrder, 2> =
    [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
pub(super) const DELIMITER: Words<u8, 5> =
    [(",", b','), (";", b';'), ("tab", b'\t'), ("|", b'|'), ("\t", b'\t')];
pub(super) const COUNTING: Words<Counting, 2> = [("all", Counting::All), ("only", Counting::Only)];
pub(super) const POLICY: Words<InvoicingPolicy, 2> =
    [("ordered", InvoicingPolicy::Ordered), ("delivered", InvoicingPolicy::Delivered)];
pub(super) const TRACKING: Words<Tracking, 4> = [
    ("contract", Tracking::Contract),
    ("task", Tracking::Task),
    ("manual", Tracking::Manual),
    ("none", Tracking::None),
];
pub(super) const KIND: Words<ProductKind, 2> =
    [("service", ProductKind::Service), ("goods", ProductKind::Goods)];

/// Of two words for one language the first is recorded.
pub(super) const LANGUAGE: Words<Language, 6> = [
    ("en", Language::English),
    ("zh-CN", Language::Chinese),
    ("zh", Language::Chinese),
    ("fr", Language::French),
    ("de", Language::German),
    ("es", Language::Spanish),
];

pub(super) const TOP: &[&str] = &[
    "lang",
    "allocation",
    "rounding",
    "manual",
    "locked",
    "overlap",
    "on_conflict",
    "defaults",
    "period",
    "upsell",
    "forecast",
    "odoo",
    "count",
    "reading",
    "files",
    "products",
    "units",
    "aliases",
    "columns",
    "map",
];
pub(super) const DEFAULTS: &[&str] = &["policy", "tracking"];
pub(super) const PERIOD: &[&str] = &["from", "to", "ignore_before"];
pub(super) const UPSELL: &[&str] = &["rule", "threshold", "warning", "wake_after"];
pub(super) const FORECAST: &[&str] = &["weeks", "horizon", "idle"];
pub(super) const ODOO: &[&str] = &["version"];
pub(super) const COUNT: &[&str] = &["approved", "billable"];
pub(super) const READING: &[&str] = &["decimal", "dates", "encoding"];
pub(super) const FILE: &[&str] = &["encoding", "delimiter", "decimal", "dates", "unit", "sheet"];
pub(super) const PRODUCT: &[&str] =
    &["type", "policy", "tracking", "upsell_threshold", "hours_per_unit", "pool", "upsell"];
pub(super) const UNIT: &[&str] = &["category", "ratio", "rounding", "reference"];

pub(super) const AN_ENCODING: &str =
    "an encoding like \"UTF-8\", \"windows-1252\", \"ISO-8859-15\" or \"GB18030\"";
pub(super) const A_VERSION: &str = "a version of Odoo from 10 to 19";
pub(super) const A_DAY: &str = "a date like 2026-01-31";
pub(super) const A_THRESHOLD: &str =
    "a share of the ordered quantity, from 0 to 10: 0.8 for 80 per cent";
pub(super) const ABOVE_ZERO: &str = "a number above zero, like 8, 0.5 or \"1/60\"";
pub(super) const WHOLE: &str = "a whole number from 1 to 1000, like 8";
pub(super) const A_SHARE: &str = "a number above 0 and at most 1, like 0.8";
pub(super) const A_GROWTH: &str =
    "hours of 0 or more, like 8, or a share of the ordered quantity, like \"20%\"";
pub(super) const DECIMAL_ABOVE_ZERO: &str =
    "a number above zero whose decimals end, like 50 or 7.5";
pub(super) const A_DECIMAL_THRESHOLD: &str =
    "a share of the ordered quantity, from 0 to 10, whose decimals end: 0.8 for 80 per cent";

/// The word for a value of a choice.
pub(super) fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}
