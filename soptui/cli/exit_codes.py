"""What a command's exit code says; the table stands in `soptui.cli`."""

from __future__ import annotations

REFUSED = 1
USAGE = 2
NOT_RECORDS = 3
VERIFICATION_FAILED = 4
NO_KEY = 5
DAMAGED = 6
FAULT = 70
INTERRUPTED = 130
