"""Saved filters in the configuration: read, checked, written, and wrong ones named."""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.desk.settings.config_file import SettingsFault
from soptui.desk.settings.saved_filters import SavedFilter, forget_filter, save_filter
from soptui.desk.settings.screen import load_screen_settings
from soptui.domain.case_filter import CaseOrder


def config(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_filter_of_words_alone_and_one_with_an_order_are_read(tmp_path: Path) -> None:
    text = '[filters]\nquarter = "tw iv"\n"From the Bupati" = { words = "bupati", sort = "sent" }\n'

    settings, wrong = load_screen_settings(config(tmp_path, text))

    assert settings.filters == (
        SavedFilter("quarter", "tw iv"),
        SavedFilter("From the Bupati", "bupati", CaseOrder.SENT),
    )
    assert wrong == ()


@pytest.mark.parametrize(
    "line",
    [
        "late = 1",
        "late = { words = 1 }",
        'late = { sort = "colour" }',
        'late = { words = "x", where = "y" }',
        'late = { words = "a\\u0007b" }',
        f'"{"n" * 41}" = "x"',
        '" " = "x"',
    ],
)
def test_a_wrong_filter_is_named_and_the_others_hold(tmp_path: Path, line: str) -> None:
    path = config(tmp_path, f'[filters]\n{line}\nquarter = "tw iv"\n')

    settings, wrong = load_screen_settings(path)

    assert settings.filters == (SavedFilter("quarter", "tw iv"),)
    assert len(wrong) == 1


def test_saving_keeps_comments_and_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    path = config(tmp_path, '# mine\nlang = "en"\n')

    save_filter(SavedFilter("Quarter", "tw iii"), path)
    save_filter(SavedFilter("Quarter", "tw iv", CaseOrder.URGENCY), path)
    save_filter(SavedFilter("All by subject", order=CaseOrder.SUBJECT), path)

    assert path.read_text(encoding="utf-8").startswith('# mine\nlang = "en"\n')
    settings, wrong = load_screen_settings(path)
    assert settings.filters == (
        SavedFilter("Quarter", "tw iv", CaseOrder.URGENCY),
        SavedFilter("All by subject", "", CaseOrder.SUBJECT),
    )
    assert wrong == ()

    forget_filter("Quarter", path)
    assert [one.name for one in load_screen_settings(path)[0].filters] == ["All by subject"]


def test_a_filter_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = config(tmp_path, "")

    with pytest.raises(SettingsFault):
        save_filter(SavedFilter("x", "y\a"), path)

    assert path.read_text(encoding="utf-8") == ""
