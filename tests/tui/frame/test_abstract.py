"""What lacks something that all of its kind must say cannot be made, and is told what it lacks."""

from __future__ import annotations

import pytest

from soptui.tui.forms.editors.text import Editor
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.frame.office_screen import OfficeScreen


@pytest.mark.parametrize(
    ("kind", "lacks", "arguments"),
    [
        (OfficeScreen, "body", ()),
        (Dialog, "inside", ("Judul",)),
        (Editor, "show_value", ()),
    ],
)
def test_a_screen_that_lacks_something_names_it(
    kind: type[object], lacks: str, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(TypeError, match=lacks):
        kind(*arguments)
