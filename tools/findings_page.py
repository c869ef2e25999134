"""Write the page of the verifier's findings: `python -m tools.findings_page`."""

from __future__ import annotations

from pathlib import Path

from soptui.domain.findings import REMEDIES, SENTENCES, WARNINGS

PAGE = Path(__file__).parents[1] / "docs" / "findings.md"

_HEAD = """\
# What the verifier finds

Made from `soptui/domain/findings.py` by `python -m tools.findings_page`; do not edit it
here.

`soptui verify`, the hub's hook and every clone name what is wrong with a history by one of these
codes. A code never changes its meaning. An **error** makes the history unacceptable from its
commit on: nothing is shown or built upon from there, what stood before stays as it is, and what
descends from the commit is not judged. A **warning** refuses nothing; a person should look at it.
In the sentences, `{words in braces}` stand for what the finding names.
"""


def page() -> str:
    """The page, in Markdown."""
    rows = [
        f"## `{code}`\n\n{'Warning' if code in WARNINGS else 'Error'}. {_shown(sentence)}\n\n"
        f"What to do: {REMEDIES[code]}\n"
        for code, sentence in sorted(SENTENCES.items())
    ]
    return "\n".join([_HEAD, *rows])


def _shown(sentence: str) -> str:
    return sentence.replace("{", "`{").replace("}", "}`")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
