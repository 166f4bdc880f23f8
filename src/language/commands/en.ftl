# What explain, diff and inspect say, in English. Every language has the same messages.

# Several things one after another
listed = { $before }, { $next }
and = { $before } and { $next }
clauses = { $before }, { $next }
sentences = { $before } { $next }

# The run that is explained
explain-run = This explains the run in { $folder }; its inputs are byte by byte what they were.
explain-run-edited = The inputs of the run in { $folder } are byte by byte what they were, and its delivered.csv was changed since (its digest is not the one in run.json). This explains what the inputs give.
explain-run-edited-figures = The inputs of the run in { $folder } are byte by byte what they were, and its delivered.csv was changed since (its digest is not the one in run.json). This explains what the inputs give; delivered.csv has other figures.
explain-run-other-version = The inputs of the run in { $folder } are what they were, and its delivered.csv has other figures: drawdown { $version } wrote it, and this is { $own }.
explain-run-json-edited = The inputs of the run in { $folder } are what they were, and so is its delivered.csv, which has other figures: run.json was changed since, in its as-of date or its configuration.
explain-inputs-changed = Inputs have changed since the run in { $folder }: { $files }. This explains today's inputs.
explain-inputs-changed-figures-same = Inputs have changed since the run in { $folder }: { $files }. This explains today's inputs; the delivered quantities below are still those of delivered.csv.
explain-inputs-changed-and-edited = Inputs have changed since the run in { $folder }: { $files }. Besides, its delivered.csv was changed since (its digest is not the one in run.json). This explains today's inputs.

# What was asked for, and what has the name
explain-title = { $asked }, as of { $day }
explain-found-line = { $kind } { $name }: line { $line }
explain-found-lines = { $kind } { $name }: { $count } lines: { $lines }
explain-found-several = The name fits more than one thing ({ $kinds }); all are explained.
explain-folder = Rows are those of files in { $folder }
found-order = order
found-line = line
found-contract = contract
found-task = task
found-customer = customer

# The figures of order lines
explain-share-hours = { $lines }, which share their hours
explain-ordered = Ordered
explain-delivered = Delivered
explain-in-erp = In ERP
explain-in-report = delivered.csv of the run has { $quantity } for { $line }: it is not the quantity explained here.
explain-nothing-in-report = delivered.csv of the run has nothing for { $line }: it is not the quantity explained here.
explain-recorded = { $line }: delivered is what is recorded on the line, { $quantity } { $unit } (rule 3.3); its entries come to { $entries }.
explain-not-tracked = { $line }: delivered is what is recorded on the line, { $quantity } { $unit }: nothing tracks it (rule 3.6).
explain-tracking-unknown = { $line }: nothing says how its delivered quantity is found.
explain-not-confirmed = { $line }: the order is { $state }, so nothing is delivered (rule 6.1).
explain-from-own = { $quantity } from its own entries
explain-from-shared = { $quantity } from entries of a shared name
explain-from-contract = { $quantity } from the contract
explain-made-up = { $line }: { $parts } = { $delivered } { $unit }.
explain-without-entries = { $line }: no entries, { $delivered } { $unit }.
explain-no-quantity = { $line }: no delivered quantity can be told.
explain-exception = { $line } is an exception. { $exception }
explain-reached = The quota of { $quota } { $unit } was reached on { $day }, and stays so (rule 6.9).
explain-reached-by-entry = The quota of { $quota } { $unit } was reached on { $day }, with { $place }, and stays so (rule 6.9).
explain-reached-by-adjustments = The quota of { $quota } { $unit } was reached on { $day }, with the adjustments of { $places }, and stays so (rule 6.9).
explain-reached-made-up = At the end of that day { $entries } by entries + { $adjusted } adjusted = { $sum } { $unit } were drawn.
state-draft = draft
state-sent = sent
state-cancelled = cancelled
state-sale = sale
state-done = done

# The sums behind them
explain-of-line = Entries of line { $lines }, by its name or task
explain-of-only-line = Entries of line { $lines }, by its name or task or on the contract { $contract }
explain-of-lines = Entries whose name or task fits { $lines } alike
explain-of-contract = Entries on the contract { $contract }
explain-of-contract-for = Entries on the contract { $contract }, for { $lines }
explain-drawn-down = { $entries }: drawn down in this order, each line up to what is left of it, the excess on the last (rule 3.5)
explain-on-first-line = { $entries }: all on the first line (rule 3.5)
explain-rounded = rounded to { $step }
explain-rounded-up = rounded up to { $step }
explain-not-rounded = not rounded
explain-not-converted = { $amount }: not converted
explain-taken = { $amount }, { $rounded }: { $result }
explain-converted = { $amount } { $operation } = { $exact } { $unit }, { $rounded }: { $result }
explain-converted-by-hours = { $amount } { $operation } (1 { $unit } is { $hours } hours) = { $exact } { $unit }, { $rounded }: { $result }
explain-together = Together: { $total }
explain-share = { $line } gets { $quantity } { $unit } (ordered { $ordered }).

# Adjustments
explain-converted-column = Converted
explain-converted-unit = In
explain-adjusts-line = line { $line }
explain-adjusts-contract = the contract { $contract }
explain-adjustments = Adjustments of { $to }: { $conversion }
explain-drawn = { $line }: { $delivered } delivered + { $adjusted } adjusted = { $drawn } { $unit } drawn from the quota; { $ordered } ordered − { $drawn } drawn = { $remaining } { $unit } remaining (rule 6.10).
adjustment-opening = opening
adjustment-goodwill = goodwill
adjustment-write_off = write off
adjustment-billed_elsewhere = billed elsewhere

# Why the ERP may have another figure
explain-causes = Why the ERP may have another figure (rule 6.8)
explain-causes-note = A cause is an arithmetic that gives the ERP's figure: a fit, not a proof. delivered.csv names the first.
explain-arithmetic = Arithmetic
explain-no-cause = no cause that drawdown knows gives { $quantity }
explain-no-sums = no entries
explain-each-sum-up = each sum converted and rounded up to { $step }
explain-each-entry = each entry converted and rounded to { $step }, then added
explain-as-they-stand = added as they stand
explain-all-on-first = all on its first line
explain-line-by-line = drawn down line by line
explain-with-excluded = with the entries outside the days that count
explain-with-left-out = with the entries that are not approved or not billable
explain-with-duplicates = with the duplicates
explain-with-unmatched = with the unmatched entries that carry its order, contract or task
explain-without-later = without later entries
explain-until = the entries up to { $day } come to { $sums }: { $quantity } { $unit }
explain-pool-until = the pool's entries up to { $day } come to { $sums }, of which this line takes { $quantity } { $unit }
explain-fit = { $sums }, { $how }: { $quantity } { $unit }
explain-pool-fit = the pool's { $sums }, { $how }, of which this line takes { $quantity } { $unit }

# Entries
explain-entries = { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}
explain-nearly = Entries that nearly came here, and do not count
explain-became = What became of it
explain-more-entries = and { $more } more, of { $total }; --entries shows more of them
explain-rule = Rule { $rule }: { $why }.
explain-fate = { $fate }: { $why }
explain-row = { $file }, { $sheet }, row { $row }
explain-place = { $file }, sheet "{ $sheet }", row { $row }
explain-reading = Rule 5.6: { $place } has { $written } { $unit }, the print of a binary float, which is read as { $read }.
explain-more-readings = Rule 5.6: and { $more } more; --format csv has them all.
explain-minutes = { $minutes } minutes
explain-seconds = { $seconds } seconds

# What became of one entry
outcome-attributed = attributed
outcome-unmatched = unmatched
outcome-refused = refused
outcome-excluded = excluded
outcome-not_counted = not counted
outcome-duplicate = duplicate
outcome-rejected = rejected

# Why an entry counts here
explain-by-line = its order line "{ $said }" is named by the entry itself
explain-by-task = its task "{ $said }" works for the order line
explain-by-contract = its contract "{ $said }" has the order line
explain-by-map = [map] or its project says what "{ $said }" stands for

# Why an entry does not count
explain-version = one of several versions of an entry, and nothing says which is right
explain-changed = an earlier version of an entry that was changed
explain-suspected = an equal entry without an id stands in another file
explain-duplicate = the same entry stands in another row, which counts
explain-later = later than the as-of date, { $day }
explain-earlier = earlier than the days that count
explain-left-out = not marked as approved or billable, and only such entries count
explain-mismatch = { $unit } is of another category than { $sold }, in which { $line } is sold
explain-order-is = { $order } is { $state }
explain-refused = { $orders }, and not confirmed
explain-names-nothing = it names nothing
explain-not-mapped = [map] says nothing of "{ $said }"
explain-mapped-twice = its tags stand for several things
explain-unknown-target = what [map] says it stands for is in no input
explain-unknown-line = no order line is "{ $said }"
explain-ambiguous-line = "{ $said }" fits several order lines
explain-ambiguous-task = task "{ $said }" fits several order lines
explain-task-without-line = task "{ $said }" has no order line, and it names no contract
explain-unknown-task = no input has the task "{ $said }"
explain-unknown-contract = no order has the contract "{ $said }"
explain-contract-not-tracked = no product on the contract "{ $said }" is tracked per contract
explain-ambiguous-contract = the contract "{ $said }" sells several products, and its hours cannot be told apart (rule 3.4)
explain-ambiguous-contract-of = the contract "{ $said }" sells several products ({ $products }), and its hours cannot be told apart (rule 3.4)
explain-nearest = { $why }; nearest is { $candidate }

# Two runs beside each other
diff-runs = Runs
diff-folder = Folder
diff-old = Old
diff-new = New
diff-upsells-new = New upsells
diff-upsells-open = Upsells still open
diff-upsells-changed = Other changes of open upsells
diff-upsells-resolved = Upsells resolved
diff-lines-changed = Order lines that changed
diff-lines-new = New order lines
diff-lines-gone = Order lines that are gone
diff-totals-changed = Changes of control totals
diff-back-dated = Entries back-dated into days already reported
diff-entries-changed = Entries of days already reported that have another day or quantity
diff-moved = Entries that moved to another line
diff-vanished = Entries that are gone from newer exports of their days
diff-settings = Settings that differ
diff-counted = { $heading }: { $count }
diff-counted-in-part = { $heading }: { $count }, the first { $shown }
diff-delivered-before = Delivered before
diff-excess-before = Excess before
diff-how = How
diff-also = Also
diff-leads-to = Leads to
diff-led-to = Led to
diff-empty = (empty)
diff-no-line = (no line)
diff-total-entries = entries { $fate }
diff-total-hours = hours { $fate }
diff-further = Further entries that differ: { $count }
diff-entries-left-out = Entries are not compared: { $reason }
diff-input-gone = { $file }, which { $folder } was made from, is gone
diff-input-changed = { $file }, which { $folder } was made from, has changed since
diff-unshared = Columns that only one of the runs has, not compared: { $columns }
diff-periods = The runs review different periods ({ $old }, and { $new }), so { $columns } are not compared
diff-no-period = no period
diff-period = { $from } to { $to }
diff-file-changed = { $file } is not what the run wrote: its digest is not the one in run.json. Run again, so that the comparison is one of two runs
diff-file-filled-in = { $file } was changed since the run wrote it. Its columns to fill in are meant to be; the others are compared as they stand now
diff-same = The runs say the same.
diff-differ = The runs differ; --format csv has every row.
resolution-locked = locked
resolution-cancelled = cancelled
resolution-more_ordered = more ordered
resolution-new_line = new line
resolution-new_order = new order
resolution-correction = correction
resolution-gone = gone
resolution-exception = exception
resolution-other = other

# How files are read
inspect-byte-order-mark = { $encoding } with a byte order mark
inspect-delimiter = { $delimiter } between cells
inspect-header = header in row { $row }
inspect-role = role: { $role }
inspect-field = { $word } ({ $name })
inspect-nested = nested
inspect-left-alone = left alone: { $headers }
inspect-total-rows = rows of totals left out: { $count }
inspect-group-rows = headings of groups left out: { $count }
inspect-missing = missing: { $field }; expected one of: { $headers }
inspect-proposal = did you mean "{ $known }" by "{ $header }"? It is left alone
inspect-unused-pattern = No file matches [files.{ $pattern }] of the configuration.
inspect-passed = { $path }: { $reason }
inspect-passed-over = Passed over
inspect-nothing = There is nothing to read.
inspect-decimal-comma = decimal comma
inspect-decimal-point = decimal point, grouped
inspect-day-first = day first
inspect-month-first = month first
inspect-number-undecided = undecided: { $why }; set decimal under [reading]
inspect-date-undecided = undecided: { $why }; set dates under [reading]
delimiter-comma = comma
delimiter-semicolon = semicolon
delimiter-tab = tab
delimiter-bar = bar
lacking-order_line_id = the order line's id
lacking-order = the order
lacking-state_of_the_order = the state of the order
lacking-product = the product
lacking-ordered_quantity = the ordered quantity
lacking-unit_of_measure = the unit of measure
lacking-date_of_the_entry = the date of the entry
lacking-quantity = the quantity
lacking-line_or_contract = the line or contract
lacking-unit_name = the unit's name

# What columns are read as; in brackets behind it stands the name that drawdown.toml takes
field-line_id = order line, External ID
field-line_database_id = order line, database ID
field-line_label = order line as the ERP shows it
field-sequence = sequence in the order
field-display_type = section or note
field-down_payment = down payment
field-description = description
field-ordered = ordered quantity
field-delivered = delivered quantity
field-delivered_method = how the delivered quantity is found
field-invoiced = invoiced quantity
field-price = unit price
field-discount = discount in per cent
field-subtotal = untaxed subtotal
field-tracking = tracking
field-policy = invoicing policy
field-analytic_distribution = analytic distribution
field-line_state = state of the order line
field-order = order
field-order_id = order, External ID
field-order_database_id = order, database ID
field-order_date = order date
field-order_state = state of the order
field-locked = order is locked
field-order_invoice_status = order's invoice status
field-customer = customer
field-salesperson = salesperson
field-currency = currency
field-contract = contract (analytic account)
field-contract_name = contract, name
field-contract_code = contract, code
field-contract_id = contract, External ID
field-contract_database_id = contract, database ID
field-product = product
field-product_name = product, name
field-product_id = product, External ID
field-product_database_id = product, database ID
field-product_code = product, internal reference
field-product_template_id = product template, External ID
field-product_template_database_id = product template, database ID
field-variant_id = product variant, External ID
field-variant_database_id = product variant, database ID
field-product_type = product, service or goods
field-invoice_policy = invoicing policy in the ERP
field-service_policy = invoicing policy of services in the ERP
field-service_type = tracking of services in the ERP
field-track_service = tracking of services (Odoo 10)
field-service_tracking = what an order creates (project, task)
field-upsell_threshold = upsell threshold
field-hours_per_unit = hours per unit
field-pool = pool
field-upsell = whether it is upsold
field-task = task
field-task_id = task, External ID
field-task_database_id = task, database ID
field-project = project
field-project_id = project, External ID
field-project_database_id = project, database ID
field-unit = unit of measure
field-unit_id = unit of measure, External ID
field-unit_database_id = unit of measure, database ID
field-category = category of units
field-category_id = category of units, External ID
field-category_database_id = category of units, database ID
field-unit_type = reference, bigger or smaller unit
field-factor = factor
field-factor_inverse = inverse factor
field-combined_ratio = combined ratio
field-ratio = ratio
field-relative_unit = relative unit
field-relative_unit_id = relative unit, External ID
field-relative_factor = relative factor
field-rounding = rounding step
field-active = whether it is active
field-entry_id = entry, External ID
field-entry_database_id = entry, database ID
field-date = date
field-employee = employee
field-user = user
field-quantity = quantity
field-approved = whether it is approved
field-billable = whether it is billable
field-billable_type = how it is billed
field-entry_type = kind of entry
field-client = client in the time tracker
field-activity = activity
field-tags = tags
field-seconds = duration in seconds
field-given_name = given name
field-family_name = family name
field-written = last changed
field-kind = kind of adjustment
field-reason = reason

# How far a run is
stage-find = Looking for files
stage-sum = Summing timesheets
stage-settle = Settling order lines
stage-look = Looking at single entries
stage-write = Writing reports
progress-files = { $files ->
    [one] { $stage }, { $files } file
   *[other] { $stage }, { $files } files
}
progress-bytes = { $done } of { $total }
progress-rows = { $rows } rows, { $rate } a second
progress-left = { $left } left
