# What is said of exceptions, in English. Every language has the same messages.
# Names of drawdown.toml's keys and values, of columns, files and arguments stay as they are.

# What was expected of a cell
expected-decimal = a decimal number like 7.5, of at most 28 digits
expected-decimal-with-comma = a decimal number like 7,5, of at most 28 digits
expected-date = a date like 2026-03-02
expected-yes-or-no = yes or no
expected-one-of = { $values }
expected-section-or-note = line_section, line_note, or nothing
expected-seconds-or-duration = whole seconds like 27000, or a duration like 7:30
expected-decimal-or-duration = a decimal number like 7.5, or a duration like 7:30
expected-decimal-with-comma-or-duration = a decimal number like 7,5, or a duration like 7:30
expected-decimal-not-below-zero = a number of 0 or more, like 1 or 0.9
expected-share-of-ordered = a share of the ordered quantity, from 0 to 10: 0.8 or 80 % for 80 per cent
expected-name-or-id = a name or an id
expected-cells-of-header = { $cells } cells, as the header has; this one is cell { $cell }
expected-shown-mark = a column that shows its decimal mark; { $example }
expected-one-mark = one decimal mark in a column; { $example }
expected-shown-order = a column that shows its order; { $example }
expected-one-order = one order in a column; { $example }
example-either = "{ $text }" may be { $one } or { $other }
example-two-numbers = "{ $text }" may be two numbers
example-two-days = "{ $text }" may be two days
example-both = it has "{ $one }" and "{ $other }"
expected-decision-day = a date like 2026-04-15
expected-decision = one of: new_line, new_order, lock, no, wait

# What was expected where nothing stands
expected-order-name = the order's name
expected-line-id = the id of the order line
expected-product-name = the product's name
expected-task-name = the task's name
expected-adjustment-day = the day of the adjustment
expected-adjusted-quantity = the adjusted quantity
expected-line-or-contract = the order line or the contract that is adjusted
expected-order-of-line = the order that the line belongs to
expected-ordered-quantity = the ordered quantity
expected-sold-product = the product that was sold
expected-recorded-quantity = the delivered quantity that is recorded by hand
expected-unit-of-quantities = the unit of measure of the quantities

# What was expected of what a cell names
expected-one-line = one order line; this text fits several
expected-line-of-inputs = an order line of one of the inputs
expected-one-contract = one contract; this name fits several
expected-contract-of-inputs = the contract of an order of one of the inputs
expected-contract-of-one-pool = a contract of one pool of products (rule 3.4); this one sells several
expected-tracked-contract = a contract on which a product is tracked per contract
expected-confirmed-order = an order that is confirmed (state sale or done)
expected-known-unit = { unit-Hours }, { unit-Days }, { unit-Weeks }, { unit-Minutes }, a unit of a units file or an alias
expected-per-cent-with-sign = a number of per cent with its sign, like 10 %
expected-unit-of-category = a unit of category { $category }, since order line { $line } is sold in { $unit }
expected-product-policy = the product's invoicing policy, from a column, a product file or the configuration
expected-product-tracking = the product's tracking, from a column, a product file or the configuration
expected-product-policy-and-tracking = the product's invoicing policy and tracking, from a column, a product file or the configuration
expected-one-pool = one product, or one pool of one customer and currency, tracked per contract
expected-counted-version = the version that counts: { $version } in { $place }
expected-one-version = one version of the entry; another is { $version } in { $place }
expected-own-entry = an entry of its own, or an id that tells it apart; { $place } has the same
expected-own-adjustment = an adjustment of its own; { $place } has the same

# What was found
met-product-of-lines = { $product } ({ $lines ->
        [one] 1 line
       *[other] { $lines } lines
    })
met-entry-of-orders = { $quantity }, { $orders }
met-draft-order = { $order } (draft)
met-sent-order = { $order } (sent)
met-cancelled-order = { $order } (cancelled)
met-version-of-entry = { $id }: { $quantity }, { $day }
met-quantity-of-day = { $quantity }, { $day }
met-quantity-of-category = { $quantity } ({ $category })

# What to do about a cell
action-correct-cell = correct the cell
action-correct-cell-or-export = correct the cell, or the export
action-failed-number = the formula of this cell failed: correct it, or write the number
action-failed-name = the formula of this cell failed: correct it, or write the value
action-uncalculated = nobody has worked out the formula of this cell: open the workbook in a spreadsheet program and save it, or write the value
action-id-as-text = a workbook keeps no more than some 15 digits of a number, so that two ids may have become one: export this column as text
action-no-per-cent = write the number alone, without the sign of per cent
action-sign-of-per-cent = an .xls or .xlsb workbook does not say whether this is shown in per cent: write it with its sign, like "10 %", or save the workbook as .xlsx
action-one-file-or-distinct = give each adjustment once; if both are meant, tell them apart by their reasons
action-shown-as-date = the spreadsheet shows this cell as a date: format it as a number
action-hours-as-decimal = write hours and minutes as a decimal number: 7:30 is 7.5
action-hours-as-decimal-with-comma = write hours and minutes as a decimal number: 7:30 is 7,5
action-one-number = correct the cell: write one number of at most 28 digits, without an exponent
action-has-letter = correct the cell: it holds the letter { $letter }
action-has-word = correct the cell: it holds "{ $word }" beside the number
action-number-in-digits = correct the cell: write the number in digits
action-has-sign = correct the cell: it holds "{ $sign }" ({ $code })
action-has-hidden = correct the cell: it holds a character that does not show ({ $code })
action-decimal-point = write the number with a decimal point and without grouping, like 1234.5
action-decimal-comma = write the number with a decimal comma and without grouping, like 1234,5
action-no-such-day = correct the cell: the calendar has no such day
action-year-out-of-range = correct the cell: the year must be from 1900 to 2200
action-format-as-date = format the cell as a date, or write the date as year-month-day
action-four-digit-year = write the year with four digits, or the date as year-month-day: which of the numbers is the year is not guessed, nor of which century
action-year-month-day = write the date as year-month-day
action-quote-delimiter = put the cell that holds a delimiter in quotes, like "7,5"
action-head-or-clear = give the column of this cell a header, or clear the cell
action-say-mark = say which mark it is, under [reading] in drawdown.toml: decimal = "," or "."
action-say-order = say which order it is, under [reading] in drawdown.toml: dates = "dmy" or "mdy"
action-fill-cell = fill the cell
action-fill-one-cell = fill one of the two cells
action-fill-or-export-name = fill the cell, or export the order's name
action-fill-or-export-id = export the lines with their External ID, or fill the cell
action-fill-or-take-out = fill the cell, or take the row out
action-fill-or-export-column = fill the cell, or export the column "{ $column }"
action-correct-decision = correct it beside the upsell of { $order }, here or in the workbook; until then it is kept as it stands

# What to do about what a cell names
action-line-by-id = name the line by its id, as delivered.csv does
action-export-line-id = export the id of the line as well (sale_line_id/id)
action-export-lines = export the order lines again, with this one
action-contract-as-named = write the contract as the order names it, or name an order line
action-name-line = name an order line
action-name-adjusted-line = name the order line that is adjusted
action-confirm-or-take-out = confirm the order, or take the adjustment out
action-confirm-or-book-elsewhere = confirm the order, or book the hours on another one
action-correct-adjustment-unit = correct the unit of the adjustment
action-correct-unit = correct the unit of the entry or of the order line
action-hours-per-unit = correct the unit, or say how many hours one is; paste into drawdown.toml:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # hours in one; 8 is an example
action-unit-meant = did you mean "{ $unit }"? then write under [aliases] in drawdown.toml:
    { $alias } = { $name }
action-declare-unit = export the units of measure as well, or paste into drawdown.toml:
    { "[" }units.{ $unit }]
    category = "Working Time"
    ratio = 8 # hours in one; 8 is an example
action-paste-policy = export the products as well, or paste into drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered" # or "delivered"
action-paste-tracking = export the products as well, or paste into drawdown.toml:
    { "[" }products.{ $product }]
    tracking = "contract" # or "task", "manual", "none"
action-paste-policy-and-tracking = export the products as well, or paste into drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered" # or "delivered"
    tracking = "contract" # or "task", "manual", "none"
action-split-or-track-by-task = split the order so that each product has its own contract, or track these products by task
action-nothing-if-right = nothing, if the version that counts is the right one
action-ids-or-distinct = export ids, or set overlap = "distinct" if both were worked
action-write-date-or-choose = export the write date as well, or choose with --on-conflict newest|first
action-readable-write-date = write the moment "{ $text }" in the form 2026-03-02 10:15:00 in the column of write dates; or say under [reading] in drawdown.toml whether the day or the month comes first: dates = "dmy" or "mdy"

# What is set up so that it goes wrong
advice-orders-locked = { $locked } of { $confirmed } confirmed orders are locked, so they are no upsell
advice-ignore-locks = if your company locks every order on confirmation, write locked = "ignore" in drawdown.toml
advice-piece-without-hours = { $product } ({ $lines ->
        [one] 1 line
       *[other] { $lines } lines
    }) is prepaid and sold by { $unit }, and nothing says how many hours one is
advice-say-hours-of-piece = sell it by the hour, or paste into drawdown.toml how many hours one is:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # hours in one; 8 is an example
advice-nothing-tracked = { $product } ({ $lines ->
        [one] 1 line
       *[other] { $lines } lines
    }) is confirmed and tracked, and has no contract, no task and no entry
advice-give-account-or-task = give the order its analytic account, or the line its task, in the ERP; if nobody tracks it, write tracking = "none" for the product in drawdown.toml
advice-prepaid-by-delivery = { $product } ({ $lines ->
        [one] 1 line
       *[other] { $lines } lines
    }) is sold ahead and invoiced by delivered quantities, so it is never an upsell
advice-invoice-by-ordered = invoice it by ordered quantities in the ERP, or paste into drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered"
advice-other-line-than-task = { $entries ->
        [one] 1 entry
       *[other] { $entries } entries
    } of task "{ $task }" name line { $line }, and the task is line { $others }'s
advice-line-of-order = { $line } of { $order }
advice-correct-entries-or-task = the entries count on the line that they name; correct them in the ERP, or the task's order line

# Why a file or a sheet was not read
passed-lock-file = lock file
passed-configuration = the configuration
passed-other-configuration = a configuration that is not in force: only one beside the inputs that are named is, or the one of --config
passed-hidden-file = hidden file
passed-hidden-folder = hidden folder
passed-hidden-sheet = hidden sheet
passed-not-chosen = another sheet is chosen under [files]
passed-earlier-output = an earlier run's output
passed-link-outside = a link out of the folder: name the file itself to read it
passed-link-to-folder-outside = a link out of the folder: name that folder itself to read it
passed-link-to-folder = a link to a folder in the folder
passed-link-to-read = a link to a file that is read
passed-link-to-nowhere = a link that leads nowhere
passed-no-file = neither a file nor a folder
passed-unknown-kind = unknown kind
passed-no-export = it is neither text nor a workbook; export it again, or take it away
passed-empty-sheet = an empty sheet
passed-unknown-role = headers of no known role
passed-nearly = looks like { $role }, but lacks { $missing }; correct its header, or take it away
passed-nearly-by = looks like { $role }, but lacks { $missing }; { $meant }
passed-header-meant = did you mean "{ $known }" by "{ $header }"?

# What a file is that is no export
is-utf-32 = it is UTF-32 text; save it as "CSV UTF-8"
is-pdf = it is a PDF document; export the data as .xlsx or as CSV UTF-8
is-rtf = it is a formatted document (RTF); export the data as .xlsx or as CSV UTF-8
is-7z = it is a 7z archive; unpack it first
is-rar = it is a RAR archive; unpack it first
is-xz = it is compressed by xz; unpack it first
is-bzip2 = it is compressed by bzip2; unpack it first
is-tar = it is a tar archive; unpack it first
is-nested = it is an archive within an archive; unpack it first
is-sqlite = it is a database (SQLite); export the data as .xlsx or as CSV UTF-8
is-picture = it is a picture; export the data as .xlsx or as CSV UTF-8
is-parquet = it is a Parquet file, which this build of drawdown does not read; get one that does with `cargo install --path . --features parquet`, or export the data as CSV UTF-8
is-encrypted-parquet = it is an encrypted Parquet file; write it without a key
is-old-excel = it is a workbook of Excel 4 or older; save it as .xlsx
is-web-page = it is a web page (HTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8
is-mhtml = it is a web page in one file (MHTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8
is-xml-spreadsheet = it is an XML spreadsheet of Excel 2003, whatever its name says; open it and save it as .xlsx
is-xml = it is an XML document; export the data as .xlsx or as CSV UTF-8
is-open-document = it is an OpenDocument file, but no spreadsheet; export the data as .xlsx or as CSV UTF-8
is-protected = it is protected by a password; save it without one
is-word = it is a Word document; export the data as .xlsx or as CSV UTF-8
is-presentation = it is a presentation; export the data as .xlsx or as CSV UTF-8
is-word-or-presentation = it is a Word document or a presentation; export the data as .xlsx or as CSV UTF-8
is-office = it is an Office document without a workbook; export the data as .xlsx or as CSV UTF-8
is-ole = it is an OLE file without a workbook; export the data as .xlsx or as CSV UTF-8
is-numbers = it is a document of Apple Numbers; export it as .xlsx or as CSV UTF-8
is-compressed-by = it is compressed by { $method }, which is not supported; compress it by deflate

# The words around them
one-or-other = { $others } or { $last }
place-cell = { $file }, sheet "{ $sheet }", { $cell } (row { $row }, column "{ $column }")
place-sheet-row = { $file }, sheet "{ $sheet }", row { $row }
place-sheet = { $file }, sheet "{ $sheet }"
place-column = { $rows }, column "{ $column }"
sentence = { $kind }: { $found } in { $place }; expected: { $expected }; help: { $action }
and-in-row = { $place } (and in row { $row })
and-in-rows = { $place } (and in rows { $rows } and { $last })
and-in-more-rows = { $place } (and in rows { $rows } and { $more } more)
row-with-text = { $row } ({ $found })
quoted-text = "{ $text }"
nothing = nothing
kind-headline = { $kind }: { $found }
nothing-in-column = nothing in column "{ $column }"
blank-cell = a cell is blank
text-in-column = { $found } in column "{ $column }"
rows-in-column = { $rows } rows in column "{ $column }"
rows-found = { $rows } rows
expected-label = expected: { $expected }
help-label = help
warning-label = warning
more-rows = { $rows ->
    [one] and 1 more row
   *[other] and { $rows } more rows
}
more-exceptions = and { $exceptions ->
    [one] 1 further exception, of another kind or column
   *[other] { $exceptions } further exceptions, of { $groups ->
        [one] another kind or column
       *[other] { $groups } more kinds or columns
    }
}; { $all } has them all
advice-sentence = advice: { $found }; help: { $action }
advice-sentence-at = advice: { $place }: { $found }; help: { $action }
more-advice = and { $more } further pieces of advice; --format json has them all
warning-sentence = warning: { $warning }
other-orders = the earlier run in { $folder } and these inputs have no order in common; its history was taken over all the same, and --since none starts afresh
