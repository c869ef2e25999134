"""QR codes as text, for a terminal or a printed page."""

from __future__ import annotations

# Light modules are drawn, because most terminals write light on dark.
_PIECES = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}


def qr_lines(data: str, *, border: int = 2) -> list[str]:
    """The QR code of `data`, two rows of it in each line, with `border` light modules around."""
    import segno

    code = segno.make(data, micro=False, error="L", boost_error=False)
    rows = [list(row) for row in code.matrix_iter(border=border)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return [
        "".join(
            _PIECES[int(bool(upper)), int(bool(lower))] for upper, lower in zip(*pair, strict=True)
        )
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]
