"""The dashboard, the audit trail, sync, settings and the tour, as those who use them speak."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.history.trail import CommitLine, Trail
from soptui.desk.settings.config_file import config_path
from soptui.desk.settings.screen import load_screen_settings
from soptui.locale import use
from soptui.records.platform.private_files import state_folder
from soptui.tui.app import SoptuiApp
from soptui.tui.keys.commands import COMMANDS
from soptui.tui.keys.keymap import chosen_keys
from soptui.tui.screens.commit import CommitScreen
from soptui.tui.screens.tour import TourDialog
from tests.tui.sitting import SIZES, Person, compare, person_at, sitting


@pytest.fixture(autouse=True)
def without_checkpoints(looking: DemoOffice) -> None:
    """No checkpoint was made or seen yet."""
    shutil.rmtree(state_folder() / "checkpoints", ignore_errors=True)


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration file of the test's own, not there yet."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("SOPTUI_CONFIG", str(path))
    return path


def rows(person: Person) -> list[str]:
    """The keys of all rows that are no headings."""
    source = person.table.source
    found = [source.row(index) for index in range(len(source))]
    return [row.key for row in found if not row.is_heading]


# --- the audit trail ------------------------------------------------------------------------------


async def test_the_history_is_listed_newest_first_and_opens_at_a_commit(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("5")
        assert camat.table.key == looking.repository.head()
        await camat.presses("enter")
        screen = camat.screen
        assert isinstance(screen, CommitScreen)
        text = camat.line_of("page")
        assert "Diterima: tanda tangan" in text
        assert "+[[events]]" in text
        assert "Sop-Event: " in text
        await camat.presses("enter")
        assert camat.screen.PLACE == "case"
        await camat.presses("q", "q")
        assert camat.screen.PLACE == "audit"


async def test_the_history_is_read_beside_the_screen_which_answers_meanwhile(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read, readers = threading.Event(), set()
    lines = Trail.lines

    def read_slowly(trail: Trail, limit: int, offset: int = 0) -> tuple[CommitLine, ...]:
        readers.add(threading.current_thread())
        assert offset == 0 or may_read.wait(60)
        return lines(trail, limit, offset)

    monkeypatch.setattr(Trail, "lines", read_slowly)
    async with sitting(looking, "camat") as camat:
        await camat.presses("5")
        first = camat.table.source.row(0)
        await camat.pilot.press("end")
        await camat.pilot.pause()
        assert camat.table.key == looking.repository.trust.genesis
        assert "Pendirian" not in camat.sees()
        await camat.pilot.press("home")
        assert camat.table.source.row(camat.table.cursor) == first
        may_read.set()
        await camat.presses("end")
        assert "Pendirian" in camat.sees()
    assert threading.main_thread() not in readers


async def test_the_first_commit_is_the_end_of_the_list(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("5", "end")
        assert camat.table.key == looking.repository.trust.genesis


async def test_everything_is_verified_anew_by_a_key(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("5", "v")
        assert "SAH" in camat.line_of("summary")
        commits = len(camat.table.source)
        answer = rf"{commits} commit, 0 temuan, [0-9]+,[0-9] detik\.$"
        assert re.search(answer, camat.news)
        await camat.presses("tab")
        assert "Tidak ada temuan" in camat.sees()


async def test_a_finding_opens_at_its_commit_with_code_and_remedy(office: DemoOffice) -> None:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@kantor.example")
    plain = ("-c", "commit.gpgSign=false", "commit", "-q", "--allow-empty", "-m", "x")
    subprocess.run(["git", *identity, *plain], cwd=office.repository.root, check=True)
    async with sitting(office, "camat") as camat:
        await camat.presses("5")
        assert "TIDAK SAH" in camat.line_of("summary")
        await camat.presses("tab")
        assert "unsigned" in camat.line_of("detail")
        assert "Yang dilakukan" in camat.line_of("detail")
        await camat.presses("enter")
        assert isinstance(camat.screen, CommitScreen)
        text = camat.line_of("page")
        assert "unsigned" in text
        assert office.repository.head() in text
        assert "author Nobody <nobody@kantor.example>" in text


@pytest.mark.parametrize("suffix", ["txt", "json"])
async def test_the_trail_is_written_to_a_file(
    looking: DemoOffice, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"jejak.{suffix}"
    async with sitting(looking, "camat") as camat:
        await camat.presses("5")
        count = len(camat.table.source)
        await camat.presses("w", *["backspace"] * 40)
        for character in str(path):
            await camat.presses({"/": "slash", ".": "full_stop"}.get(character, character))
        await camat.presses("f10")
        assert str(path) in camat.news
    text = path.read_text(encoding="utf-8")
    if suffix == "json":
        assert len(json.loads(text)["commits"]) == count
    else:
        assert len(text.splitlines()) == count


# --- sync and checkpoints -------------------------------------------------------------------------


async def test_records_without_a_hub_say_so(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("7")
        assert "tidak mempunyai hub" in camat.line_of("state")
        await camat.presses("f10")
        assert "soptui sync --hub" in camat.news


async def test_a_checkpoint_is_signed_held_against_the_records_and_written(
    looking: DemoOffice, tmp_path: Path
) -> None:
    path = tmp_path / "titik.txt"
    async with sitting(looking, "camat") as camat:
        await camat.presses("7", "c", "f10")
        assert len(rows(camat)) == 1
        await camat.presses("enter")
        assert "Cocok" in camat.news
        await camat.presses("w", *["backspace"] * 40)
        for character in str(path):
            await camat.presses({"/": "slash", ".": "full_stop"}.get(character, character))
        await camat.presses("f10")
    assert path.read_bytes().startswith(b"soptui-checkpoint 1\n")


# --- settings -------------------------------------------------------------------------------------


async def test_a_setting_is_written_at_once_and_comments_stay(
    looking: DemoOffice, configuration: Path
) -> None:
    configuration.write_text('# milik saya\nlang = "id"\n', encoding="utf-8")
    async with sitting(looking, "camat") as camat:
        await camat.presses("8", "down", "enter")
        assert camat.news == "F10 mengubahnya."
        await camat.presses("f10")
        assert camat.app.theme == "soptui-light"
    text = configuration.read_text(encoding="utf-8")
    assert text.startswith("# milik saya\n")
    assert load_screen_settings()[0].theme == "soptui-light"


async def test_a_number_that_does_not_fit_is_refused_with_a_sentence(
    looking: DemoOffice, configuration: Path
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("8", "down", "down", "down", "down", "f10")
        await camat.presses("backspace", "x", "f10")
        assert "screen.sync_minutes" in camat.news
    assert not configuration.exists()


async def test_a_wrong_setting_is_named_and_the_rest_holds(
    looking: DemoOffice, configuration: Path
) -> None:
    configuration.write_text('[screen]\nsignal = "gong"\nsymbols = "ascii"\n', encoding="utf-8")
    async with sitting(looking, "camat") as camat:
        camat.app.take_settings()
        await camat.presses("8")
        assert "screen.signal" in camat.line_of("summary")
        assert camat.app.settings.symbols == "ascii"


async def test_a_key_of_ones_own_works_at_once_and_is_shown(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("8", "tab", "down", "f10", "backspace", "0", "f10")
        assert str(config_path()) in camat.news
        await camat.presses("0")
        assert camat.screen.PLACE == "cases"
        await camat.presses("2")
        assert camat.screen.PLACE == "cases"
        await camat.presses("1", "2")
        assert camat.screen.PLACE == "tray"


async def test_a_key_that_another_command_has_is_refused(
    looking: DemoOffice, configuration: Path
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("8", "tab", "down", "f10", "backspace", "3", "f10")
        assert "sop" in camat.news
    assert not configuration.exists()


def test_two_commands_may_trade_their_keys() -> None:
    taken, wrong = chosen_keys({"tray": ("2",), "cases": ("1",)})
    assert (taken, wrong) == ({"tray": ("2",), "cases": ("1",)}, ())


def test_keys_are_written_as_people_write_them() -> None:
    taken, wrong = chosen_keys({"filter": ("ctrl-f", "%")})
    assert taken == {}
    assert [message.values["other"] for message in wrong] == ["page-down"]
    assert chosen_keys({"filter": ("%",)})[0] == {"filter": ("percent_sign",)}


def test_a_command_that_is_not_there_and_a_reserved_key_are_refused() -> None:
    _taken, wrong = chosen_keys({"fly": ("f",), "sop": ("ctrl+c",)})
    assert [message.values["command"] for message in wrong] == ["fly", "sop"]


def test_every_command_keeps_its_usual_keys_when_nothing_is_chosen() -> None:
    assert chosen_keys({one.id: one.keys for one in COMMANDS if "ctrl+q" not in one.keys})[1] == ()


# --- looking only ---------------------------------------------------------------------------------


async def test_a_read_only_desk_closes_every_act_with_a_reason(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("8", *["down"] * 6, "f10")
        assert "BACA SAJA" in camat.sees()
        await camat.presses("1", "t")
        assert "hanya untuk membaca" in camat.news
        await camat.presses("n")
        assert "hanya untuk membaca" in camat.news
        await camat.presses("8", "f10")
        assert "BACA SAJA" not in camat.sees()


# --- the tour -------------------------------------------------------------------------------------


async def test_the_tour_has_five_pages_and_is_left_with_a_key(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("H")
        assert isinstance(camat.app.screen, TourDialog)
        for page in range(1, 6):
            assert f"{page}/5" in camat.sees()
            await camat.presses("enter")
        assert camat.screen.PLACE == "tray"
        await camat.presses("H", "right", "escape")
        assert camat.screen.PLACE == "tray"


@pytest.mark.parametrize("size", [(59, 16), (60, 15), (40, 10)])
async def test_in_too_small_a_window_the_first_start_asks_for_room_and_then_begins_the_tour(
    looking: DemoOffice, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.tui.app.was_toured", lambda: False)
    app = SoptuiApp(looking.desks["camat"], looking.desks)
    app.offers_tour = True
    async with person_at(app, size) as camat:
        assert "Jendela terlalu kecil" in camat.sees()
        await camat.resizes(80, 24)
        assert isinstance(camat.app.screen, TourDialog)
        await camat.presses("escape")
        await camat.resizes(*size)
        await camat.resizes(80, 24)
        assert camat.screen.PLACE == "tray"


# --- pictures -------------------------------------------------------------------------------------

PICTURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("behind", ("6", "a", "tab", "tab", "tab", "enter")),
    ("commit", ("5", "enter")),
    ("audit-findings", ("5", "tab")),
    ("sync", ("7",)),
    ("settings", ("8",)),
    ("settings-keys", ("8", "tab", "down")),
    ("tour", ("H",)),
)


@pytest.mark.snapshot
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("name", "keys"), PICTURES, ids=[one[0] for one in PICTURES])
async def test_the_place_is_as_its_picture(
    looking: DemoOffice,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
    language: str,
) -> None:
    use(language)
    monkeypatch.setenv("SOPTUI_CONFIG", "/nowhere/soptui/config.toml")
    async with sitting(looking, "camat", size) as camat:
        await camat.presses(*keys)
        compare(f"{name}-{size[0]}x{size[1]}-{language}", camat.sees())


@pytest.mark.snapshot
@pytest.mark.parametrize("key", ["5", "6", "7", "8"])
async def test_sixty_columns_can_be_used(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SOPTUI_CONFIG", "/nowhere/soptui/config.toml")
    async with sitting(looking, "camat", (60, 20)) as camat:
        await camat.presses(key)
        compare(f"narrow-{camat.screen.PLACE}", camat.sees())
