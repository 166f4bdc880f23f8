# What people read in the reports, in English. Every language has the same messages.

# The summary
title = drawdown: delivered quantities and upsells
as-of = As of
as-of-day = As of { $day }
from = From
to = To
ignored-before = Ignored before
after-as-of = Entries after the as-of date
unreadable-rows = Timesheet rows that could not be read, hours unknown
not-approved-hours = Hours marked as not approved, not left out
not-billable-hours = Hours marked as not billable, not left out
lines-passed-over = Sections, notes and down payments passed over
total-rows = Rows of totals left out
group-rows = Headings of groups left out
run = Run
inputs = Inputs
role = Role
rows = Rows
control-totals = Control totals (agree exactly)
adjustments = Adjustments
lines-by-status = Order lines by status
differences-by-cause = Delivered differs from the ERP, by cause
no-upsell = Upsell: no quota is used up
all-snoozed = Upsell: every one is set aside until later
overrun-by-currency = Overrun value, per currency
overrun-of-upsells = Upsells
overrun-of-others = Other lines
no-currency = no currency
exceptions-by-kind = Exceptions by kind
first = First
reports-are-in = Reports are in { $folder }
passed-over = passed over: { $path }: { $reason }
page = Page { $page } of { $pages }

# Warnings
not-read = not read: { $path }: { $reason }
locks-mean-nothing = { $locked } of { $confirmed } confirmed orders are locked, so the upsell list leaves them out; if your company locks every order, set locked = "ignore"
locks-forgotten = the earlier run's delivered.csv is not what that run wrote, so it is not known any more since when orders are locked; late.csv says on_locked of them
no-timesheets = no timesheets among the inputs, so nothing could be delivered by them; export them and name the file
no-entries = the timesheets hold no entries; was the export filtered?
none-attributed = { $read ->
        [one] the only entry could not be attributed
       *[other] none of { $read } entries could be attributed
    }; { $hint }
many-unmatched = { $unmatched } of { $read } entries are unmatched; { $hint }
kinds-of-ids = the entries of { $one } and { $other } do not carry ids of one kind: an entry that stands in both counts twice, { $rows ->
        [0] but no row of the two looks the same
        [one] and 1 row ({ $hours } h) may be such: the same day, employee, quantity, unit, references and description
       *[other] and { $rows } rows ({ $hours } h) may be such: the same day, employee, quantity, unit, references and description
    }; export the External ID of the entries with both
undrafted = orders_draft.csv has no new line for { $orders }: an order that is there already is found by its External ID; export the orders, or order_id/id of their lines, with it
unused-patterns = no input is a file of [files] in drawdown.toml: { $patterns }; is the pattern written as the file's name?
shadowed-patterns = an earlier pattern of [files] in drawdown.toml takes every file of these, each with that one: { $patterns }; the first that fits a file counts
unused-products = no order line sells what [products] in drawdown.toml describes: { $products }; is the name written as in the export?
hint-excluded = most lie outside the days that count; check --as-of
hint-not-counted = most are not counted: approved or billable under [count] in drawdown.toml is "only", and they are not marked so
hint-rejected = most rows could not be read; the exceptions say why
hint-refused = most belong to orders that are not confirmed; the exceptions name them
hint-no-reference = most name no order line, task or contract; export these columns as well
hint-not-mapped = say under [map] in drawdown.toml which contracts their projects stand for
hint-unknown-target = no input has what [map] in drawdown.toml says they stand for; a run lists them in unmatched.csv
hint-unknown-line = the order lines that they name are in no input; export all order lines
hint-unknown-task = their tasks are in no input; export the tasks, or the entries' order lines
hint-unknown-contract = no order has their contract; export the orders' analytic accounts
hint-contract-not-tracked = no product on their contracts is tracked per contract
hint-task-without-line = their tasks have no order line
hint-see-unmatched = a run gives the reason of each in unmatched.csv

# What the workbook says to those who fill it in
choose-title = Decision
choose-note = What is to be done. The next run brings it back in this row.
choose-other = Another decision
snooze-title = Snooze until
snooze-note = A day. Until then the upsell stands in the sheet { $sheet }.
snooze-other = No day
kept-as-written = drawdown keeps it as you write it, and lists it as an exception.

# Sheets of the workbook
sheet-summary = Summary
sheet-delivered = Delivered
sheet-upsell = Upsell
sheet-snoozed = Snoozed
sheet-near = Near
sheet-idle = Idle
sheet-customers = Customers
sheet-invoicing = Invoicing
sheet-late = Late
sheet-without_contract = Without contract
sheet-given_away = Given away
sheet-exceptions = Exceptions
sheet-unmatched = Unmatched

# Statuses of order lines
status-not_confirmed = not confirmed
status-cancelled = cancelled
status-not_tracked = not tracked
status-exception = exception
status-locked = locked
status-upsell = upsell
status-near = near
status-ok = ok

# Why the ERP has another delivered quantity
cause-rounded_up = rounded up
cause-rounded_each_entry = rounded each entry
cause-not_converted = not converted
cause-first_line = first line
cause-excluded_counted = excluded counted
cause-left_out_counted = left out counted
cause-duplicates_counted = duplicates counted
cause-unmatched_counted = unmatched counted
cause-entries_missing = entries missing
cause-unexplained = unexplained

# How delivered quantities are found
tracking-contract = contract
tracking-task = task
tracking-manual = manual
tracking-none = none

# What is invoiced
policy-ordered = ordered
policy-delivered = delivered

# Invoice statuses
invoicing-no = nothing to invoice
invoicing-to_invoice = to invoice
invoicing-upselling = upselling opportunity
invoicing-invoiced = fully invoiced

# Why an entry is where it is
reason-no_reference = no reference
reason-not_mapped = not mapped
reason-ambiguous_map = ambiguous map
reason-unknown_target = unknown target
reason-unknown_line = unknown line
reason-ambiguous_line = ambiguous line
reason-ambiguous_task = ambiguous task
reason-task_without_line = task without line
reason-unknown_task = unknown task
reason-unknown_contract = unknown contract
reason-contract_not_tracked = contract not tracked
reason-ambiguous_contract = ambiguous contract
reason-order_not_confirmed = order not confirmed
reason-after_renewal = after renewal
reason-after_lock = after lock
reason-on_locked = on a locked order

# What is odd about invoices
finding-worked_before_invoiced = worked before invoiced
finding-not_invoiced = not invoiced
finding-invoiced_too_much = invoiced too much
finding-status_differs = status differs

# Decisions about upsells
decision-new_line = new line
decision-new_order = new order
decision-lock = lock
decision-no = no
decision-wait = wait

# Whether something holds
answer-yes = yes

# Where given-away work was found
source-entries = entries
source-adjustments = adjustments

# Roles of inputs
role-order_lines = order lines
role-orders = orders
role-products = products
role-tasks = tasks
role-projects = projects
role-units = units
role-unit_categories = unit categories
role-timesheets = timesheets
role-adjustments = adjustments

# Fates of rows
fate-read = read
fate-attributed = attributed
fate-unmatched = unmatched
fate-refused = refused
fate-excluded = excluded
fate-duplicates = duplicates
fate-rejected = rejected
fate-not_counted = not counted
fate-counted = counted

# Kinds of exceptions; in English by the names that messages and the manual have
exception-missing_value = missing_value
exception-not_a_number = not_a_number
exception-not_a_date = not_a_date
exception-ambiguous_number = ambiguous_number
exception-ambiguous_date = ambiguous_date
exception-unknown_value = unknown_value
exception-ragged_row = ragged_row
exception-unknown_unit = unknown_unit
exception-category_mismatch = category_mismatch
exception-unknown_order_line = unknown_order_line
exception-unknown_contract = unknown_contract
exception-unknown_tracking = unknown_tracking
exception-unknown_policy = unknown_policy
exception-ambiguous_contract = ambiguous_contract
exception-order_not_confirmed = order_not_confirmed
exception-entry_changed = entry_changed
exception-entry_conflict = entry_conflict
exception-suspected_duplicate = suspected_duplicate

# Units of measure, and their categories, that no file names
unit-Hours = Hours
unit-Days = Days
unit-Weeks = Weeks
unit-Minutes = Minutes
unit-Units = Units
category-Working_Time = Working Time
category-Unit = Unit

# Headings of columns
column-order = Order
column-line = Line
column-customer = Customer
column-product = Product
column-contract = Contract
column-task = Task
column-tracking = Tracking
column-policy = Invoicing policy
column-ordered = Ordered
column-unit = Unit
column-delivered = Delivered
column-exported = Delivered in ERP
column-difference = Difference
column-remaining = Remaining
column-used = Used
column-hours = Hours
column-entries = Entries
column-first_date = First entry
column-last_date = Last entry
column-consumed_value = Consumed value
column-overrun_value = Overrun value
column-currency = Currency
column-status = Status
column-invoice_status = Invoice status
column-cause = Cause
column-adjusted = Adjusted
column-proposed = Proposed
column-period_hours = Hours in period
column-hours_before = Hours before
column-invoiced = Invoiced
column-to_invoice = To invoice
column-to_invoice_value = Value to invoice
column-order_invoice_status = Order's invoice status
column-last_open = Last seen open
column-first_locked = Locked by
column-lines = Lines
column-salesperson = Salesperson
column-excess = Excess
column-reached_on = Reached on
column-days_since = Days since
column-customer_remaining = Customer's other hours
column-covered_by = Covered by
column-first_seen = First seen
column-runs_open = Runs open
column-change = Change
column-owner = Owner
column-decision = Decision
column-comment = Comment
column-snooze_until = Snooze until
column-snoozed = Snoozed
column-file = File
column-sheet = Sheet
column-row = Row
column-column = Column
column-kind = Kind
column-rule = Rule
column-found = Found
column-expected = Expected
column-action = What to do
column-entry = Entry
column-date = Date
column-employee = Employee
column-quantity = Quantity
column-reason = Reason
column-candidate = Nearest candidate
column-description = Description
column-client = Client
column-project = Project
column-activity = Activity
column-tags = Tags
column-category = Category
column-sold = Sold, prepaid
column-overrun = Overrun
column-by_delivery = Invoiced by delivery
column-remaining_value = Remaining value
column-without_price = Lines without price
column-exceptions = Lines in exception
column-exceptions_ordered = Ordered on these
column-month = Month
column-source = Source
column-value = Value
column-orders = Orders
column-order_date = Order date
column-weeks_idle = Weeks idle
column-finding = Finding
column-exported_status = Invoice status in ERP
column-renewed_by = Renewed by
column-renewed_on = Renewed on
column-late-remaining = Left on the order
column-remaining_unit = Unit of what is left
column-used_per_week = Used per week
column-runs_out_on = Runs out on
column-days_left = Days left
column-begun_on = Begun on
column-used_per_week_since = Used per week since
column-runs_out_since = Runs out by that
column-price = Price
column-worth = Worth
column-priced_by = Priced by order
column-priced_by_line = Priced by line

# Counted
more-not-read = { $more ->
    [one] not read: and 1 more, listed below
   *[other] not read: and { $more } more, listed below
}
unsold-products = { $products ->
    [one] nothing says how 1 product is invoiced or tracked; paste the lines of TOML that the exceptions give for each
   *[other] nothing says how { $products } products are invoiced or tracked; paste the lines of TOML that the exceptions give for each
}
unsold-products-without-file = { $products ->
    [one] nothing says how 1 product is invoiced or tracked; export the products as well, or paste the lines of TOML that the exceptions give for each
   *[other] nothing says how { $products } products are invoiced or tracked; export the products as well, or paste the lines of TOML that the exceptions give for each
}
upsells = { $quotas ->
    [one] Upsell: 1 quota has reached its threshold
   *[other] Upsell: { $quotas } quotas have reached their threshold
}
upsells-in-part = Upsell: { $quotas } quotas have reached their threshold, the first { $shown }
set-aside = Set aside until later: { $quotas }
set-aside-in-part = Set aside until later: { $quotas }, the first { $shown }

# What a check ends with
rows-cannot-be-used = There are rows that cannot be used.
every-read-row-can-be-used = Every row that was read can be used.
every-row-can-be-used = Every row can be used.
rows-are-exceptions = { $rows ->
    [one] There is 1 exception.
   *[other] There are { $rows } exceptions.
}

# A run on one screen
prepaid-hours = Prepaid hours as of { $day }
totals-agree = The control totals agree: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} read, { $hours } hours.
more-warnings = and { $more } more; see run.json
full-report = Full report: { $place }
beside-this-file = { $name }, beside this file
upsells-in-all = Upsells: { $upsells }
upsells-of-currencies = Upsells: { $upsells }, in { $currencies } currencies, the first { $shown }
in-all = In all
new = New
used-up = Used up
used-up-in-part = Used up, the first { $shown } of { $all }
nearly-used-up = Near
nearly-used-up-in-part = Near, the first { $shown } of { $all }
to-look-at = To look at
unmatched-entries = Unmatched entries
refused-entries = Refused entries
rejected-entries = Rejected entries
left = Left

# Charts, entries and runs in the workbook
total = Total
weekly-hours = Hours per week
hours-per-week = Hours per week, by status, in the last { $weeks } weeks
largest-overruns = Largest overruns, { $currency }
entries-in-part = At most the last { $most } entries of an upsell, of { $shown } of { $all } upsells; explain lists all of them.
rows-in-part = … the first { $shown } of { $all } rows; all of them are in { $file }.
sheet-entries = Entries
sheet-weeks = Weeks
sheet-runs = Runs
column-as_of = As of
column-unmatched = Unmatched
column-runs-exceptions = Exceptions
column-upsells = Upsells
# The page
page-title = Delivered quantities and upsells
page-skip = Skip to the lists
page-dark = Dark
page-print = Print
page-overview = Headline figures
page-read-first = Read this first
page-fate = What became of them
page-agree = They agree exactly
page-search-label = Search and filter the lists
page-search = Search orders, customers, products …
page-any-customer = Any customer
page-any-salesperson = Any salesperson
page-any-status = Any status
page-clear = Clear
page-lists = Lists
page-no-script = The first rows of each list are below. Where scripts may run, the lists can be searched, sorted and paged through; the CSV files have every row.
page-order-by = Order by
page-previous = Previous
page-next = Next
page-about = Made by drawdown from exported files alone. Every figure is exact; → marks where a sum is rounded, once, to the step of its unit. This page holds all that it shows and asks no network for anything.
page-to-talk-about = To talk about
page-past-warning = Past the warning level
page-runs-out-soon = Run out soon
page-course = Course
page-quota = quota used up
page-by-hand = recorded on the line by hand (rule 3.3)
page-nothing-past = nothing past the quota
page-adjusted = { $quantity } adjusted
page-labelled = { $label }: { $text }
page-nothing-fits = Nothing fits what is searched and chosen.
page-shown = { $from }–{ $to } of { $all }
page-found = { $found } of { $all } rows fit
page-empty = There is nothing here.
page-first-of = The first { $shown } of { $all }; { $name }.csv has all.
page-pages-of = Pages of { $list }
page-over = { $amount } over
page-left = { $amount } left
page-ordered = { $amount } ordered
page-reached = used up { $day }
page-days-ago = { $day }, { $days ->
    [0] the day of this report
    [one] 1 day ago
   *[other] { $days } days ago
}
page-rate-of-weeks = { $rate } a week, the mean of the last weeks
page-rate-since = { $rate } a week since { $day }, when it began; { $mean } over the last weeks
page-further = { $parts } more
page-of-entries = { $what } ({ $entries ->
    [one] 1 entry
   *[other] { $entries } entries
})
page-of-which-snoozed = of which { $snoozed } snoozed
page-chart-title = What was left of { $order }, { $customer }
page-chart-description = { $ordered } ordered, drawn from { $first }; { $end } on { $last }.
page-chart-description-reached = { $ordered } ordered, drawn from { $first }; used up on { $reached }; { $end } on { $last }.
page-of-upsell = Quotas that are used up: customers to talk to, by currency and largest overrun. Open a figure for its arithmetic.
page-of-snoozed = Upsells that somebody has set aside until a later day.
page-of-near = Quotas past the warning level, and those that run out soon at the rate of the last weeks, or since a young contract began.
page-of-idle = Prepaid contracts with something left on which nobody has worked for a while.
page-of-unmatched = Timesheet entries that lead to no order line, with the nearest candidate.
page-of-exceptions = Rows that could not be used: what was found, what was expected, what to do.
page-of-delivered = Every order line with its figures.
