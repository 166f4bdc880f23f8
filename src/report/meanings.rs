//! What each column means, for people who read the files without the program.

/// The meaning of a column: that in this table, else the one it has in all.
pub(super) fn meaning(table: &str, column: &str) -> Option<&'static str> {
    let find = |table: &str| MEANINGS.iter().find(|(of, name, _)| *of == table && *name == column);
    find(table).or_else(|| find(ANY)).map(|(_, _, meaning)| *meaning)
}

/// Any table that says nothing else.
const ANY: &str = "";

/// Table, column, meaning.
const MEANINGS: &[(&str, &str, &str)] = &[
    (ANY, "adjusted", "What adjustments add; empty without any (rule 6.10)"),
    (ANY, "comment", "A comment that people write; it comes back in the next run"),
    (ANY, "contract", "The contract: the analytic account, as exported"),
    (ANY, "currency", "The currency of the row's amounts"),
    (ANY, "customer", "The customer of the order"),
    (ANY, "date", "The day of the entry"),
    (ANY, "decision", "What people decided: new_line, new_order, lock, no, wait, or other words"),
    (
        ANY,
        "delivered",
        "The delivered quantity by the timesheets, or the recorded one of lines kept by hand",
    ),
    (ANY, "description", "The description of the entry"),
    (ANY, "employee", "Who worked"),
    (ANY, "entry", "The id of the entry"),
    (ANY, "excess", "Delivered and adjusted less ordered"),
    (ANY, "file", "The file of the row, as it was named on the command line or found in a folder"),
    (ANY, "first_date", "The first entry's day"),
    (ANY, "first_seen", "The as-of date of the run in which it was first an upsell"),
    (ANY, "hours", "The hours of the entries attributed to it"),
    (
        ANY,
        "invoice_status",
        "The ERP's invoice status as it would be with our delivered quantity (rule 6.6)",
    ),
    (ANY, "invoiced", "The invoiced quantity as exported"),
    (ANY, "last_date", "The last entry's day"),
    (ANY, "line", "The id of the order line, as exported"),
    (
        ANY,
        "lines",
        "The ids of the order lines that share the quota, parted by spaces; within an id a space or backslash has a backslash before it",
    ),
    (ANY, "order", "The order's name"),
    (ANY, "order_date", "The day of the order"),
    (ANY, "ordered", "The ordered quantity"),
    (ANY, "overrun_value", "Work past the quota at the net unit price: nobody has paid for it"),
    (ANY, "owner", "Who takes care of it; people write it"),
    (ANY, "policy", "The invoicing policy: ordered, delivered"),
    (ANY, "product", "The product"),
    (ANY, "project", "The project of the entries"),
    (ANY, "quantity", "The quantity of the entry"),
    (ANY, "reached_on", "The day from which the quota stayed used up (rule 6.9)"),
    (ANY, "remaining", "What is left of the ordered quantity; below zero when overrun"),
    (ANY, "remaining_value", "What is left at the net unit price"),
    (ANY, "row", "The row in the file, from 1, as a spreadsheet shows it"),
    (ANY, "rule", "The number of the rule that decided"),
    (ANY, "runs_open", "In how many runs it was an upsell, the last one included"),
    (ANY, "salesperson", "The salesperson of the order"),
    (ANY, "sheet", "The sheet of a workbook"),
    (ANY, "snooze_until", "The day until which it is set aside; people write it"),
    (
        ANY,
        "last_open",
        "The as-of date of the last run that met the order open; it was locked later",
    ),
    (ANY, "first_locked", "A day by which the order was locked for sure, as earlier runs show"),
    (ANY, "status", "not_confirmed, cancelled, not_tracked, exception, locked, upsell, near or ok"),
    (ANY, "task", "The task, as exported"),
    (ANY, "to_invoice", "The quantity to invoice by the invoicing policy, less what is invoiced"),
    (ANY, "to_invoice_value", "What is to be invoiced, at the net unit price"),
    (ANY, "unit", "The unit of measure of the row's quantities"),
    (ANY, "used", "Delivered and adjusted, as a share of ordered"),
    // delivered.csv
    ("delivered", "tracking", "How the hours are found: contract, task, manual, none"),
    ("delivered", "exported", "The delivered quantity that the ERP shows"),
    ("delivered", "difference", "Ours less the ERP's; empty if either is"),
    (
        "delivered",
        "entries",
        "How many entries are attributed to it; those of a pool stand on its first line",
    ),
    (
        "delivered",
        "consumed_value",
        "The delivered quantity up to the ordered one, at the net unit price",
    ),
    ("delivered", "cause", "Why the ERP may have another figure (rule 6.8)"),
    ("delivered", "proposed", "What the entries of a line kept by hand would give (rule 3.3)"),
    ("delivered", "period_hours", "Hours within the period under review; empty without --from"),
    ("delivered", "hours_before", "Hours before that period; empty without --from"),
    ("delivered", "order_invoice_status", "The invoice status of the whole order (rule 6.6)"),
    // upsell.csv
    ("upsell", "days_since", "Days from reached_on to the as-of date"),
    (
        "upsell",
        "customer_remaining",
        "Hours left on the customer's other confirmed contracts of the product or pool",
    ),
    ("upsell", "covered_by", "The orders of these contracts, parted by spaces"),
    ("upsell", "change", "The excess less that of the last run in which it was an upsell"),
    ("upsell", "snoozed", "yes while it is set aside"),
    // history.csv
    ("history", "sold", "The quantity sold, by which an upsell is known"),
    ("history", "unit", "The unit of sold and excess"),
    ("history", "open", "yes if the last run had it as an upsell"),
    ("history", "last_seen", "The as-of date of the last run in which it was an upsell"),
    ("history", "excess", "Its excess in that run, exactly"),
    ("history", "opportunity", "The External ID of its opportunity, if one was written"),
    ("history", "before_runs_open", "runs_open as the run before that run left it"),
    ("history", "before_last_seen", "last_seen as the run before that run left it"),
    ("history", "before_excess", "excess as the run before that run left it"),
    ("history", "before_opportunity", "opportunity as the run before that run left it"),
    ("history", "snoozed_at", "The excess at which it was set aside"),
    // exceptions.csv
    ("exceptions", "column", "The column's header, or the field that is missing"),
    ("exceptions", "kind", "The kind of fault"),
    ("exceptions", "rule", "The number of the rule that it breaks"),
    ("exceptions", "found", "What was found"),
    ("exceptions", "expected", "What was expected"),
    ("exceptions", "action", "What to do"),
    // unmatched.csv
    ("unmatched", "line", "The order line that the entry names"),
    ("unmatched", "reason", "Why no order line was found"),
    ("unmatched", "candidate", "The nearest thing that it may have meant"),
    ("unmatched", "client", "A time tracker's client"),
    ("unmatched", "project", "The entry's project"),
    ("unmatched", "activity", "A time tracker's activity or task"),
    ("unmatched", "tags", "A time tracker's tags"),
    // near.csv
    ("near", "used_per_week", "The mean use per week over the last weeks (rule 6.11)"),
    (
        "near",
        "begun_on",
        "The day on which a contract younger than these weeks began: ordered, or its first entry",
    ),
    ("near", "used_per_week_since", "The mean use in a week since begun_on, of 7 days at least"),
    ("near", "runs_out_since", "The day in whose course the rest runs out at that rate"),
    ("near", "runs_out_on", "The day in whose course the rest runs out at that rate"),
    ("near", "days_left", "Days from the as-of date to that day"),
    // idle.csv
    ("idle", "weeks_idle", "Whole weeks without an entry"),
    // customers.csv
    ("customers", "category", "The category of the unit"),
    ("customers", "lines", "How many order lines are summed"),
    ("customers", "sold", "Sold in advance: the ordered quantities of prepaid lines"),
    ("customers", "delivered", "Delivered on these"),
    ("customers", "remaining", "What is left on lines that have something left"),
    ("customers", "overrun", "What is over on lines that are past their quota"),
    ("customers", "by_delivery", "Delivered on lines that are invoiced by delivered quantities"),
    (
        "customers",
        "exceptions",
        "How many lines are exceptions; no other column has anything of them",
    ),
    ("customers", "exceptions_ordered", "What is ordered on these, as far as it is known, in unit"),
    ("customers", "without_price", "How many lines have no price, so that no value counts them"),
    // invoicing.csv
    (
        "invoicing",
        "finding",
        "worked_before_invoiced, not_invoiced, invoiced_too_much or status_differs",
    ),
    ("invoicing", "quantity", "The quantity that it is about"),
    ("invoicing", "value", "The same at the net unit price"),
    ("invoicing", "exported_status", "The order's invoice status as the ERP shows it"),
    // late.csv
    (
        "late",
        "reason",
        "after_renewal; after_lock; or on_locked, where nobody knows whether it was before the lock",
    ),
    ("late", "renewed_by", "The newer order of the same product or pool"),
    ("late", "renewed_on", "Its day"),
    ("late", "remaining", "What is left on the order that the entry is on, in remaining_unit"),
    ("late", "remaining_unit", "The unit of remaining"),
    // without_contract.csv
    (
        "without_contract",
        "customer",
        "The customer that the entries name or that their project belongs to",
    ),
    ("without_contract", "reason", "Why no confirmed order line takes them"),
    ("without_contract", "entries", "How many entries"),
    ("without_contract", "quantity", "Their quantity"),
    ("without_contract", "priced_by_line", "The line of priced_by that has the price"),
    ("without_contract", "price", "The net unit price of priced_by"),
    ("without_contract", "worth", "The quantity at that price"),
    (
        "without_contract",
        "priced_by",
        "The customer's latest confirmed order with a price for such a unit",
    ),
    // given_away.csv
    ("given_away", "month", "The month of the work, like 2026-03"),
    ("given_away", "source", "Where the hours come from: entries, adjustments"),
    ("given_away", "hours", "Hours past the quotas, in the order of the days"),
    ("given_away", "value", "The same at the net unit price"),
    ("given_away", "orders", "The orders, parted by spaces"),
    // delivered_update.csv
    ("delivered_update", "id", "The External ID of the order line"),
    ("delivered_update", ".id", "The database ID of the order line"),
    ("delivered_update", "qty_delivered", "The proposed quantity, in the order line's unit"),
    // opportunities.csv, opportunities_update.csv
    (
        "opportunities",
        "id",
        "The External ID: the same for the same upsell, so that an import updates",
    ),
    ("opportunities", "name", "The opportunity's name"),
    ("opportunities", "type", "opportunity"),
    ("opportunities", "partner_id", "The customer"),
    (
        "opportunities",
        "expected_revenue",
        "The price of what was sold last, once more (planned_revenue up to Odoo 13)",
    ),
    ("opportunities", "user_id", "The salesperson"),
    ("opportunities", "description", "Notes with the figures and the period"),
    ("opportunities_update", "id", "The External ID that an earlier run gave it"),
    (
        "opportunities_update",
        "expected_revenue",
        "The price of what was sold last, once more (planned_revenue up to Odoo 13)",
    ),
    ("opportunities_update", "description", "Notes with the figures and the period"),
    // orders_draft.csv
    ("orders_draft", "id", "The External ID of the order or quotation"),
    ("orders_draft", "partner_id", "The customer"),
    ("orders_draft", "user_id", "The salesperson"),
    ("orders_draft", "client_order_ref", "The order that it continues"),
    ("orders_draft", "order_line/id", "The External ID of the new line"),
    ("orders_draft", "order_line/product_id", "The product"),
    ("orders_draft", "order_line/name", "The description of the new line"),
    ("orders_draft", "order_line/product_uom_qty", "The quantity, in order_line/product_uom"),
    (
        "orders_draft",
        "order_line/product_uom",
        "The unit of measure (product_uom_id from Odoo 19 on)",
    ),
    ("orders_draft", "order_line/price_unit", "The unit price, in the order's currency"),
    // explain --format csv
    (
        "explanation",
        "fate",
        "attributed, unmatched, excluded, not_counted, duplicate, refused or rejected; adjustment for a row of adjustments (rule 6.10)",
    ),
    ("explanation", "why", "Why, in words"),
    ("explanation", "lines", "The ids of the lines that are explained, parted by spaces"),
    // diff --format csv
    (
        "explanation",
        "written",
        "The quantity as its cell has it, where that is the print of a binary float (rule 5.6)",
    ),
    (
        "explanation",
        "read_as",
        "What that is read as: so many minutes or seconds, or a decimal (rule 5.6)",
    ),
    (
        "explanation",
        "kind",
        "The kind of an adjustment: opening, goodwill, write_off or billed_elsewhere",
    ),
    (
        "explanation",
        "converted",
        "What an adjustment is in the unit of its line or pool, exactly, or its first decimals and …",
    ),
    ("explanation", "converted_unit", "The unit of converted"),
    ("diff", "kind", "The kind of difference"),
    ("diff", "column", "The column or control total that differs"),
    ("diff", "old", "What the older run has"),
    ("diff", "new", "What the newer run has"),
    ("diff", "difference", "New less old, of numbers"),
    ("diff", "how", "How an upsell was resolved"),
    ("diff", "unit", "The unit of the entry"),
];

/// Meanings of columns that no table has.
#[cfg(test)]
pub(super) fn unused(has: impl Fn(&str, &str) -> bool) -> Vec<(&'static str, &'static str)> {
    let names = MEANINGS.iter().map(|(table, name, _)| (*table, *name));
    names.filter(|(table, name)| !has(table, name)).collect()
}
