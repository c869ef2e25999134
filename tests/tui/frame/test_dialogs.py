"""Dialogs name their keys at the foot, however small the window is, and as this person has them."""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.keys.commands import commands_on
from soptui.tui.screens.help import HelpDialog
from soptui.tui.text.lines import one_line, wrap
from tests.tui.sitting import sitting


@pytest.mark.parametrize("size", [(80, 24), (80, 16), (60, 16)])
@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        (("D",), "Enter Masuk"),
        (("question_mark",), "PgDn Halaman berikutnya"),
        (("colon",), "Enter Buka"),
        (("H",), "Enter Lembar berikutnya"),
        (("8", "tab", "f10"), "F10 Ubah"),
        (("Q",), "F10 Keluar"),
        (("7", "v"), "Enter Lanjut"),
    ],
    ids=["desks", "help", "find", "tour", "change", "leave", "ask"],
)
async def test_a_dialog_says_how_it_is_used_and_left(
    looking: DemoOffice, keys: tuple[str, ...], hint: str, size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses(*keys)
        seen = camat.sees().splitlines()
        frame = next(place for place, one in enumerate(seen) if "└──" in one)
        foot = seen[frame - 1]
        # What the screen beneath still shows are no keys, which would do nothing now.
        assert not any("1-8 Layar" in one for one in seen[frame + 1 :])
        if not isinstance(camat.app.screen, HelpDialog):
            assert not any(one.strip() for one in seen[frame + 1 :])
        assert hint in foot
        assert "Esc " in foot


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
async def test_what_is_found_stays_in_its_box_and_no_foot_shows_beneath(
    looking: DemoOffice, size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses("colon")
        corners = [place for place, one in enumerate(camat.sees().splitlines()) if "┌─ Cari" in one]
        for text in ("sop", "zzz"):
            await camat.types(text)
            seen = camat.sees().rstrip("\n").splitlines()
            assert [place for place, one in enumerate(seen) if "┌─ Cari" in one] == corners
            assert "└──" in seen[-1]
            assert len(seen) == size[1] - 1
            assert "Enter Buka" in seen[-2]


async def test_help_is_read_to_its_end_in_a_small_window(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (60, 16)) as camat:
        await camat.presses("question_mark")
        *_above, last = (one for one in camat.line_of("help").splitlines() if one)
        assert last not in camat.sees()
        await camat.presses("end")
        assert last in camat.sees()


async def test_the_last_page_of_the_tour_leads_to_work(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("H", "enter", "enter", "enter", "enter")
        assert "Enter Mulai bekerja" in camat.sees()
        await camat.presses("left")
        assert "Enter Lembar berikutnya" in camat.sees()


async def test_a_title_is_shown_as_it_is_and_never_read_as_markup(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        for title in ("[/] rusak", "[red]merah[/red]", "dua\nbaris", "\x1b[31mwarna"):
            camat.app.push_screen(TextDialog(title, lambda width: wrap("isi", width)))
            await camat.waits()
            shown = next(one for one in camat.sees().splitlines() if "┌" in one)
            assert one_line(title) in shown
            await camat.presses("escape")


def test_a_dialog_can_run_each_of_its_commands() -> None:
    dialog = TextDialog("Judul", lambda width: wrap("isi", width))
    wanted = {one.id for one in commands_on("dialog") if not one.runs}
    assert wanted == set(dialog.handlers())
