"""SOPs and calendars: checked with their rows, shown, put in force, replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path

from soptui.desk.words.sop import readings
from soptui.records.clone.genesis import starter_path
from soptui.tui.presentation.sop import identity
from soptui.tui.text.lines import text_of
from tests.support.commands import Terminal, typed


def starter_sop() -> Path:
    return starter_path() / "sops" / "pengukuran-data-kinerja" / "1.toml"


def test_the_seed_s_defects_are_named_with_their_rows(home: Path) -> None:
    checked = typed("sop", "check", str(starter_sop()), "--json")
    assert checked.exit_code == 0
    codes = {(one["code"], one["row"]) for one in json.loads(checked.stdout)}
    assert {("repeated-word", 6), ("same-output", 5), ("number-without-serial", None)} <= codes


def test_an_sop_is_shown_with_all_that_the_screen_tells_of_it(terminal: Terminal) -> None:
    shown = terminal.does("camat-1", "sop", "show", "pengukuran-data-kinerja")
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    (sop,) = terminal.office.repository.current()[1].sops.values()
    page = text_of(identity(sop, 10_000)).splitlines()
    # The page numbers the items of its lists.
    items = [re.sub(r"^\d+\. ", "", " ".join(line.split())) for line in page]
    assert len(items) > 30
    assert [one for one in items if one not in "\n".join(lines)] == []
    for told in (
        "Created December 2021",
        "Revised -",
        "Address Jalan Raya Ajibarang No 02 Ajibarang",
        "Taking part Staff, Kasubag dan seksi lainnya",
        "Symbol diamond: decision",
        "Other person than in 5",
        "Page ends after this row",
    ):
        assert told in lines, told
    for _row, reading in readings(sop):
        assert f"({reading.confidence} % sure): {reading.reason}" in shown


def test_an_sop_with_errors_ends_with_one(home: Path) -> None:
    text = starter_sop().read_text().replace('actor = "camat"', 'actor = "bupati"', 1)
    Path("bad.toml").write_text(text)
    checked = typed("sop", "check", "bad.toml")
    assert checked.exit_code == 1
    Path("worse.toml").write_text("not = [toml")
    worse = typed("sop", "check", "worse.toml")
    assert worse.exit_code == 1
    assert "not valid TOML" in worse.stderr
    assert typed("sop", "check", "nowhere.toml").exit_code == 1


def test_a_new_version_of_an_sop_is_put_in_force(terminal: Terminal) -> None:
    text = starter_sop().read_text().replace("\nversion = 1\n", "\nversion = 2\n", 1)
    Path("two.toml").write_text("# a comment of the office\n" + text)
    refused = terminal.run("admin-1", "sop", "add", "two.toml")
    assert "says the same as version 1" in " ".join(refused.stderr.split())
    terminal.does("admin-1", "sop", "add", "two.toml", "--sure")
    assert terminal.data("admin-1", "sop", "list")[0]["version"] == 2
    again = terminal.run("admin-1", "sop", "add", "two.toml")
    assert again.exit_code == 1
    assert "cannot be changed" in again.stderr
    old = terminal.does("admin-1", "sop", "show", "pengukuran-data-kinerja", "--version", "1")
    assert ["Version", "1"] in [line.split() for line in old.splitlines()]


def test_calendars_can_be_seen_and_replaced(terminal: Terminal) -> None:
    years = terminal.data("admin-1", "calendar", "list")
    assert {2021, 2027} <= {one["year"] for one in years}
    assert next(one["working_days"] for one in years if one["year"] == 2026) == 240
    shown = terminal.does("admin-1", "calendar", "show", "2026")
    assert "Isra" in shown
    assert "Ramadan: 19 February 2026 to 20 March 2026" in shown
    rows = [line.split() for line in shown.splitlines()]
    assert ["Usual", "Monday-Thursday", "07:15-15:30", "12:00-12:30"] in rows
    assert ["Usual", "Friday", "07:15-15:15", "11:30-13:00"] in rows
    assert ["Ramadan", "Friday", "07:30-11:00", "-"] in rows
    text = (starter_path() / "calendars" / "2026.toml").read_text()
    Path("2026.toml").write_text("# ubah\n" + text.replace("07:15:00", "07:00:00"))
    added = " ".join(terminal.does("admin-1", "calendar", "add", "2026.toml").split())
    assert "measured by the new calendar too; none became late" in added
    Path("2027.toml").write_text(
        (starter_path() / "calendars" / "2027.toml").read_text().replace("07:15:00", "07:00:00")
    )
    again = terminal.data("admin-1", "calendar", "add", "2027.toml")
    assert (again["became_late"], again["became_on_time"]) == (0, 0)
    assert "07:00-15:30" in terminal.does("admin-1", "calendar", "show", "2026")
    assert terminal.run("admin-1", "calendar", "show", "1999").exit_code == 1
