//! Examples at the end of each command's help. A test runs every line of them.

/// Of the program itself.
pub(super) const FIRST_STEPS: &str =
    "First steps, with exports of sales order lines and timesheets in the folder exports/:
  drawdown inspect exports/
  drawdown check exports/
  drawdown reconcile exports/ --out report
  drawdown explain SO009 --run report

inspect shows how each file is read, check judges every row and writes nothing,
reconcile writes the reports (open report/delivered.xlsx first), explain proves one
of their figures. `drawdown COMMAND --help` says more of each, with examples.";

pub(super) const RECONCILE: &str = "Examples:
Everything in a folder, and the folders in it, as of today:
  drawdown reconcile exports/ --out report

Single files, up to the end of March:
  drawdown reconcile orders.xlsx products.csv 'timesheets-*.csv' --as-of 2026-03-31 --out march

Every night: silent unless something is wrong, exit code 5 when there are upsells:
  drawdown reconcile exports/ --out report --quiet --fail-on upsell

The upsell list and a summary to send, and nothing else:
  drawdown reconcile exports/ --out report --write upsell,summary

Exit codes: 0 done; 2 wrong usage; 3 input that cannot be used (nothing written);
4 done, but there are exceptions, files that may be exports and were not read, or
no entry was attributed to lines tracked by them (with --strict); 5 done, and there are upsells
(with --fail-on upsell); 1 anything unexpected.";

pub(super) const CHECK: &str = "Examples:
A folder of exports, or single files of it:
  drawdown check exports/
  drawdown check orders.xlsx products.csv 'timesheets-*.csv' --as-of 2026-03-31

For a program that reads the faults:
  drawdown check exports/ --format json

Reads and judges every row as reconcile does, prints control totals, exceptions
and advice, and writes nothing.

Exit codes: 0 every row can be used; 4 there are exceptions, or files that may be
exports and were not read; 2 wrong usage; 3 input that cannot be used; 1 anything unexpected.";

pub(super) const EXPLAIN: &str = "Examples:
An order of a run that was written with --out report:
  drawdown explain SO009 --run report

All contracts of a customer, with every entry:
  drawdown explain 'Azure Interior' --run report --entries 1000

An order line, as a page to send to the customer:
  drawdown explain L009-1 --run report --format html > SO009.html

Reads the inputs that run.json names once more, by the rules that it records, and
says whether they have changed since. They are looked for from the current folder,
then from the folder that holds the run and those above it.

Exit codes: 0 done; 2 wrong usage; 3 no such run, input or name; 1 anything unexpected.";

pub(super) const DIFF: &str = "Examples:
What has changed since the last review:
  drawdown diff report-2026-03-15 report

The same as a table, a row for each difference:
  drawdown diff report-2026-03-15 report --format csv --out changes.csv

Whether two runs agree to the cent, whatever the day:
  drawdown diff report-2026-03-15 report --tolerance 0.01 --ignore days_since

Compares control totals, order lines (delivered.csv) and upsells (upsell.csv),
cell by cell, and says which upsells are new, still open or resolved, and how.
Where the inputs of both runs are still what they were, it also lists entries that
were back-dated into days already reported, have another day or quantity there,
moved to another line, or vanished.

Exit codes: 0 both say the same; 10 they differ; 2 wrong usage, or no output of a
run; 3 an output that cannot be read; 1 anything unexpected.";

pub(super) const INSPECT: &str = "Examples:
Which file is what, and which header is which field:
  drawdown inspect exports/

One file that is not read as it should be:
  drawdown inspect 'timesheets-*.csv'

Exit codes: 0 done; 2 wrong usage; 3 input that cannot be used; 1 anything unexpected.";

pub(super) const INIT: &str = "Examples:
Beside the exports, where the other commands look for it:
  drawdown init exports/

Every setting in the file is explained and commented out: nothing changes until
you take a # away. A drawdown.toml that is there already is left as it is.

Exit codes: 0 done; 2 wrong usage, or the file cannot be written; 1 anything unexpected.";

pub(super) const SCHEMA: &str = "Examples:
Which outputs have one:
  drawdown schema

The JSON Schema of run.json, and the columns of delivered.csv with type, unit and meaning:
  drawdown schema run > run.schema.json
  drawdown schema delivered.csv

A column is never renamed or moved, new ones come at the end: read columns by their names.";

pub(super) const COMPLETIONS: &str = "Examples:
bash, for yourself (the folder must exist; it takes the package bash-completion):
  drawdown completions bash > ~/.local/share/bash-completion/completions/drawdown

zsh, in a folder of $fpath:
  drawdown completions zsh > ~/.zfunc/_drawdown

fish:
  drawdown completions fish > ~/.config/fish/completions/drawdown.fish

They hold from the next shell that you start.";

pub(super) const MANUAL: &str = "Examples:
To read at once, or to install for `man drawdown`:
  drawdown manual > drawdown.1
  drawdown manual > ~/.local/share/man/man1/drawdown.1

Of one command:
  drawdown manual reconcile > ~/.local/share/man/man1/drawdown-reconcile.1";
