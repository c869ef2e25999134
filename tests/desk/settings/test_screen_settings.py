"""Settings of the screen: checked, written with comments kept, and wrong ones named and ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.desk.settings.config_file import SettingsFault
from soptui.desk.settings.screen import (
    SCREEN,
    THEMES,
    ScreenSettings,
    load_screen_settings,
    screen_value,
    set_keys,
    set_screen,
)
from soptui.tui.terminal.themes import NAMES


def config(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_usual_settings_hold_without_a_file(tmp_path: Path) -> None:
    assert load_screen_settings(tmp_path / "none.toml") == (ScreenSettings(), ())


def test_what_is_set_holds(tmp_path: Path) -> None:
    path = config(
        tmp_path,
        '[screen]\nsignal = "bell"\nsync_minutes = 0\n\n[keys]\napprove = "a,f5"\nback = ["x"]\n',
    )

    settings, wrong = load_screen_settings(path)

    assert (settings.signal, settings.sync_minutes) == ("bell", 0)
    assert settings.keys == {"approve": ("a", "f5"), "back": ("x",)}
    assert wrong == ()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('signal = "gong"', "screen.signal"),
        ("sync_minutes = -1", "screen.sync_minutes"),
        ("sync_minutes = true", "screen.sync_minutes"),
        ('mouse = "yes"', "screen.mouse"),
        ("blink = true", "screen.blink"),
    ],
)
def test_a_wrong_setting_is_named_and_the_others_hold(
    tmp_path: Path, line: str, named: str
) -> None:
    path = config(tmp_path, f'[screen]\n{line}\nsymbols = "ascii"\n')

    settings, wrong = load_screen_settings(path)

    assert settings.symbols == "ascii"
    assert [message.values["key"] for message in wrong] == [named]


def test_keys_that_are_no_text_are_named_and_ignored(tmp_path: Path) -> None:
    settings, wrong = load_screen_settings(config(tmp_path, "[keys]\napprove = 5\n"))

    assert settings.keys == {}
    assert [message.values["command"] for message in wrong] == ["approve"]


def test_a_file_that_is_no_toml_is_told_once(tmp_path: Path) -> None:
    settings, wrong = load_screen_settings(config(tmp_path, "[screen\n"))

    assert settings == ScreenSettings()
    assert len(wrong) == 1


def test_comments_and_layout_stay_when_a_setting_is_written(tmp_path: Path) -> None:
    path = config(tmp_path, '# mine\nlang = "en"  # for the auditor\n\n[screen]\nmouse = true\n')

    set_screen("signal", "osc9", path)
    set_keys("approve", ("a", "f5"), path)

    text = path.read_text(encoding="utf-8")
    assert text.startswith('# mine\nlang = "en"  # for the auditor\n\n[screen]\nmouse = true\n')
    settings, wrong = load_screen_settings(path)
    assert (settings.signal, settings.mouse, wrong) == ("osc9", True, ())
    assert settings.keys == {"approve": ("a", "f5")}


def test_a_setting_is_taken_away(tmp_path: Path) -> None:
    path = config(tmp_path, '[screen]\nmouse = true\n\n[keys]\nback = "x"\n')

    set_screen("mouse", None, path)
    set_keys("back", (), path)

    assert load_screen_settings(path) == (ScreenSettings(), ())


def test_what_does_not_fit_is_not_written(tmp_path: Path) -> None:
    path = config(tmp_path, "")

    with pytest.raises(SettingsFault):
        set_screen("theme", "soptui-pink", path)

    assert path.read_text(encoding="utf-8") == ""


def test_texts_of_the_command_line_become_values() -> None:
    assert screen_value("mouse", "true") is True
    assert screen_value("sync_minutes", "15") == 15
    assert screen_value("signal", "bell") == "bell"
    assert not SCREEN["mouse"].fits(screen_value("mouse", "maybe"))


def test_every_set_of_colours_can_be_chosen() -> None:
    assert THEMES == NAMES
