"""What every peer is asked for: its arguments, and the columns it writes."""

import sys
from pathlib import Path

AS_OF = "2026-03-31"

DELIVERED = (
    "order line customer product contract ordered unit delivered exported difference remaining used"
    " consumed_value overrun_value currency status"
).split()
UPSELL = (
    "order lines customer salesperson product contract ordered unit delivered excess used"
    " overrun_value currency"
).split()


def arguments():
    """The folder of exports, the folder for the two tables, threads."""
    data, out, threads = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    return data, out, threads
