"""The command line: the same powers as the screens, as plain lines and as JSON.

What a command found goes to standard output, all talk to standard error. Exit codes:

| code | meaning |
| --- | --- |
| 0 | done |
| 1 | refused by the gate or by the records; a sentence says why, and who could |
| 2 | the command was not understood |
| 3 | no records here, not trusted yet, or of a newer format |
| 4 | verification found errors |
| 5 | no key, or it cannot sign |
| 6 | a damaged record was found; the rest was shown |
| 70 | a fault in the program; the details are in a file |
| 130 | interrupted |
"""

from __future__ import annotations

import gc
import sys

_ALLOCATIONS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command that the process was started with, and exit."""
    from soptui.cli.brief import answered

    if answered(sys.argv[1:]):
        sys.exit(0)
    # What is loaded at the start stays: looking through it for garbage takes a tenth of the start.
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS)
    from soptui.cli.app import soptui

    soptui.main(prog_name="soptui")
