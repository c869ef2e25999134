"""`python -m soptui`: the same as the command `soptui`."""

from __future__ import annotations

from soptui.cli import main

if __name__ == "__main__":
    main()
