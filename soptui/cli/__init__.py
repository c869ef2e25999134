"""The command line: the same powers as the screens, as plain lines and as JSON.

| where | what |
| --- | --- |
| `app`, `base` | which commands there are; how one is made, its help in the reader's language |
| `commands/` | the commands, one module a subject, loaded when they are run |
| `session` | one run: where the records are, whose desk it is, what there is to warn of |
| `changes` | recording a change of the office, and telling what is unusual since |
| `lost_keys` | a key in the place of a lost one: named by hand, its fingerprint compared |
| `form_words` | what a form lets choose, and what it would sign, in sentences |
| `output`, `words`, `json_data` | lines that fit the terminal, the words in them, and JSON |
| `click_words` | the sentences of Click, for the catalogues |
| `failures`, `exit_codes` | from whatever stops a command to a sentence and a code |
| `brief_cache` | the line for the prompt, without loading the program |

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
import os
import sys

_KEPT_FOR_GIT = ("GIT_SSH", "GIT_TRACE", "GIT_PROTOCOL")
"""How variables begin that say how Git reaches and serves a hub, or what it tells of its work."""

_ALLOCATIONS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command that the process was started with, and exit."""
    _settle()
    from soptui.cli.brief_cache import answer_from_note

    if answer_from_note(sys.argv[1:]):
        sys.exit(0)
    # What is loaded at the start stays: looking through it for garbage takes a tenth of the start.
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS)
    from soptui.cli.app import soptui

    soptui.main(prog_name="soptui")


def _settle() -> None:
    """Leave behind what the caller meant for Git, and have the three streams that all reckon with.

    `GIT_DIR` and the like would make Git work on another repository than the one that was asked
    for; and without a stream the next file that is opened would take its number.
    """
    for name in list(os.environ):
        if name.startswith("GIT_") and not name.startswith(_KEPT_FOR_GIT):
            del os.environ[name]
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is taken, which is this one.
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
